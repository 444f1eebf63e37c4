//! Objects as files, sealed on the way in and verified on the way out.

use super::Durability;
use super::walk;
use crate::port::{Blobs, ByteStream, Keys, ObjectEntry, ObjectName, Upload, Written};
use crate::sealing::{Context, Opener, Sealer};
use crate::{PlatformError, Result};
use async_trait::async_trait;
use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt as _};
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt as _, PutPayload};
use sha2::{Digest as _, Sha256};
use smartexus_domain::{DocumentId, WorkspaceId};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Sealed bytes that are collected before they are handed to the store: an object up to this size is written at
/// once, a larger one in parts of it. Object stores want parts of at least 5 MiB.
const PART_BYTES: usize = 8 * 1024 * 1024;

/// Objects below one folder, named `<workspace>/<document>/<kind>/<version>`.
///
/// Writes are synced, file and folder, before they count; deletes are not: an object that comes back after a power
/// loss is sealed under a key that is gone, and the next sweep removes it.
pub(crate) struct SealedFiles {
    store: Arc<dyn ObjectStore>,
    root: PathBuf,
    keys: Arc<dyn Keys>,
}

impl SealedFiles {
    pub(crate) fn open(root: &Path, durability: Durability, keys: Arc<dyn Keys>) -> Result<Self> {
        let files = LocalFileSystem::new_with_prefix(root)
            .map_err(PlatformError::blobs)?
            .with_fsync(durability == Durability::Full)
            .with_automatic_cleanup(true);
        Ok(Self { store: Arc::new(files), root: root.to_owned(), keys })
    }
}

#[async_trait]
impl Blobs for SealedFiles {
    async fn put(&self, name: &ObjectName, mut body: Upload<'_>, limit_bytes: u64) -> Result<Written> {
        let key = self.keys.document_key(name.workspace, name.document).await?;
        let (mut sealer, header) = Sealer::new(&key, &Context::object(name))?;
        let mut sink = Sink::new(Arc::clone(&self.store), path(name), header);
        let (mut bytes, mut hasher) = (0_u64, Sha256::new());
        let filled: Result<()> = async {
            while let Some(piece) = body.next().await {
                let piece = piece.map_err(|source| PlatformError::Upload { source })?;
                bytes += piece.len() as u64;
                if bytes > limit_bytes {
                    return Err(PlatformError::TooLarge { limit_bytes });
                }
                hasher.update(&piece);
                sealer.push(&piece, sink.buffer())?;
                sink.flush_full().await?;
            }
            sealer.finish(sink.buffer())
        }
        .await;
        match filled {
            Ok(()) => sink.finish().await?,
            Err(error) => {
                sink.abort().await;
                return Err(error);
            }
        }
        Ok(Written { bytes, sha256: hasher.finalize().into() })
    }

    async fn get(&self, name: &ObjectName) -> Result<ByteStream> {
        let key = self.keys.document_key(name.workspace, name.document).await?;
        let sealed = match self.store.get(&path(name)).await {
            Ok(found) => found.into_stream(),
            Err(object_store::Error::NotFound { .. }) => return Err(PlatformError::Missing),
            Err(error) => return Err(PlatformError::blobs(error)),
        };
        let reading = Reading { sealed, opener: Some(Opener::new(key, Context::object(name))) };
        Ok(stream::unfold(reading, Reading::next).boxed())
    }

    async fn delete(&self, name: &ObjectName) -> Result<()> {
        match self.store.delete(&path(name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(PlatformError::blobs(error)),
        }
    }

    async fn delete_entry(&self, workspace: WorkspaceId, entry: &ObjectEntry) -> Result<()> {
        let (folder, path) = (self.folder(workspace), entry.path.clone());
        blocking(move || walk::remove(&folder, &path)).await
    }

    async fn list_document(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Vec<ObjectEntry>> {
        let folder = self.folder(workspace);
        blocking(move || walk::below(workspace, &folder, Path::new(&document.to_string()))).await
    }

    async fn list(&self, workspace: WorkspaceId) -> BoxStream<'static, Result<ObjectEntry>> {
        let folder = self.folder(workspace);
        let top = {
            let folder = folder.clone();
            blocking(move || walk::top(&folder)).await
        };
        let names = match top {
            Ok(names) => names,
            Err(error) => return stream::once(std::future::ready(Err(error))).boxed(),
        };
        // One document's folder at a time is in memory, however many there are.
        stream::iter(names)
            .then(move |name| {
                let folder = folder.clone();
                async move {
                    match blocking(move || walk::below(workspace, &folder, &name)).await {
                        Ok(entries) => entries.into_iter().map(Ok).collect(),
                        Err(error) => vec![Err(error)],
                    }
                }
            })
            .flat_map(stream::iter)
            .boxed()
    }
}

impl SealedFiles {
    fn folder(&self, workspace: WorkspaceId) -> PathBuf {
        self.root.join(workspace.to_string())
    }
}

fn path(name: &ObjectName) -> ObjectPath {
    ObjectPath::from(walk::relative(name))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => answer.map_err(PlatformError::blobs),
        Err(error) => Err(PlatformError::blobs(error)),
    }
}

/// Sealed bytes on their way into the store, which shows them under their name only when all are there.
struct Sink {
    store: Arc<dyn ObjectStore>,
    path: ObjectPath,
    buffer: Vec<u8>,
    parts: Option<Box<dyn MultipartUpload>>,
}

impl Sink {
    fn new(store: Arc<dyn ObjectStore>, path: ObjectPath, header: Vec<u8>) -> Self {
        Self { store, path, buffer: header, parts: None }
    }

    fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.buffer
    }

    async fn flush_full(&mut self) -> Result<()> {
        if self.buffer.len() < PART_BYTES {
            return Ok(());
        }
        self.flush().await
    }

    async fn flush(&mut self) -> Result<()> {
        let part = PutPayload::from(std::mem::take(&mut self.buffer));
        let parts = match &mut self.parts {
            Some(parts) => parts,
            parts @ None => {
                let started = self.store.put_multipart(&self.path).await.map_err(PlatformError::blobs)?;
                parts.insert(started)
            }
        };
        parts.put_part(part).await.map_err(PlatformError::blobs)
    }

    async fn finish(mut self) -> Result<()> {
        if self.parts.is_none() {
            let whole = PutPayload::from(std::mem::take(&mut self.buffer));
            self.store.put(&self.path, whole).await.map_err(PlatformError::blobs)?;
            return Ok(());
        }
        let written = self.flush().await;
        let Some(parts) = &mut self.parts else { return written };
        if let Err(error) = written {
            self.abort().await;
            return Err(error);
        }
        parts.complete().await.map(|_| ()).map_err(PlatformError::blobs)
    }

    /// Best effort: what remains is found by the listing and removed by the sweeper.
    async fn abort(mut self) {
        if let Some(parts) = &mut self.parts
            && parts.abort().await.is_err()
        {
            tracing::warn!("broken upload remains");
        }
    }
}

/// Sealed bytes on their way out.
struct Reading {
    sealed: BoxStream<'static, object_store::Result<Bytes>>,
    opener: Option<Opener>,
}

impl Reading {
    /// The next verified plaintext, or the end, or the one error after which there is nothing more.
    async fn next(mut self) -> Option<(Result<Bytes>, Self)> {
        loop {
            let mut opener = self.opener.take()?;
            let mut plain = Vec::new();
            let step = match self.sealed.next().await {
                Some(Ok(sealed)) => {
                    let pushed = opener.push(&sealed, &mut plain);
                    self.opener = pushed.is_ok().then_some(opener);
                    pushed
                }
                Some(Err(error)) => Err(PlatformError::blobs(error)),
                None => opener.finish(&mut plain),
            };
            match step {
                // What was verified before a bad chunk of the same push is dropped with it.
                Err(error) => {
                    self.opener = None;
                    return Some((Err(error), self));
                }
                Ok(()) if plain.is_empty() => {}
                Ok(()) => return Some((Ok(plain.into()), self)),
            }
        }
    }
}
