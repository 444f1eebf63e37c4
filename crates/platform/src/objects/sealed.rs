//! The one sealing path: sealed on the way in, verified on the way out, whatever the store.

use super::fault::{StoreFault, is_missing, told};
use super::patience::in_time;
use super::shelf::{Shelf, relative};
use super::sink::{Ending, Sink};
use crate::port::{Blobs, ByteStream, Keys, ObjectEntry, ObjectName, Upload, Written};
use crate::sealing::{CHUNK_BYTES, Context, Opener, Sealer};
use crate::{PlatformError, Result};
use async_trait::async_trait;
use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt as _};
use object_store::ObjectStoreExt as _;
use sha2::{Digest as _, Sha256};
use smartexus_domain::{DocumentId, WorkspaceId};
use std::sync::Arc;
use std::time::Duration;

/// Objects on a shelf, each sealed under its document's key.
pub(crate) struct Sealed<S> {
    shelf: S,
    keys: Arc<dyn Keys>,
}

impl<S: Shelf> Sealed<S> {
    pub(super) fn new(shelf: S, keys: Arc<dyn Keys>) -> Self {
        Self { shelf, keys }
    }

    /// Whether what lies under a taken name is what was to be written: then it is an earlier try of ours whose
    /// answer was lost, or the same work done twice. Sealed bytes never repeat, so the content is compared.
    async fn compare(&self, name: &ObjectName, written: Written) -> Result<Written> {
        let stored = match self.measure(name).await {
            Ok(stored) => stored,
            Err(PlatformError::Missing | PlatformError::Unverified) => return Err(StoreFault::Taken.into()),
            Err(error) => return Err(error),
        };
        if stored == written { Ok(written) } else { Err(StoreFault::Taken.into()) }
    }

    async fn measure(&self, name: &ObjectName) -> Result<Written> {
        let mut body = self.get(name).await?;
        let (mut bytes, mut hasher) = (0_u64, Sha256::new());
        while let Some(piece) = body.next().await {
            let piece = piece?;
            bytes += piece.len() as u64;
            hasher.update(&piece);
        }
        Ok(Written { bytes, sha256: hasher.finalize().into() })
    }
}

#[async_trait]
impl<S: Shelf> Blobs for Sealed<S> {
    async fn put(&self, name: &ObjectName, body: Upload<'_>, limit_bytes: u64) -> Result<Written> {
        let key = self.keys.document_key(name.workspace, name.document).await?;
        let (sealer, header) = Sealer::new(&key, &Context::object(name))?;
        let mut sink = Sink::new(self.shelf.spot(name).await?, header);
        let written = match fill(&mut sink, sealer, body, limit_bytes).await {
            Ok(written) => written,
            Err(error) => {
                sink.abort().await;
                return Err(error);
            }
        };
        match sink.finish().await? {
            Ending::Written => Ok(written),
            Ending::Taken => self.compare(name, written).await,
        }
    }

    async fn get(&self, name: &ObjectName) -> Result<ByteStream> {
        let key = self.keys.document_key(name.workspace, name.document).await?;
        let spot = self.shelf.spot(name).await?;
        let found = in_time(spot.patience, async {
            match spot.store.get(&spot.path).await {
                Ok(found) => Ok(found),
                Err(error) if is_missing(&error) => Err(PlatformError::Missing),
                Err(error) => Err(told(error)),
            }
        })
        .await?;
        let opener = Some(Opener::new(key, Context::object(name)));
        let reading = Reading { sealed: found.into_stream(), opener, patience: spot.patience };
        Ok(stream::unfold(reading, Reading::next).boxed())
    }

    async fn delete(&self, name: &ObjectName) -> Result<()> {
        self.shelf.remove(name.workspace, &relative(name)).await
    }

    async fn delete_entry(&self, workspace: WorkspaceId, entry: &ObjectEntry) -> Result<()> {
        self.shelf.remove(workspace, &entry.path).await
    }

    async fn list_document(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Vec<ObjectEntry>> {
        self.shelf.below(workspace, document).await
    }

    async fn list(&self, workspace: WorkspaceId) -> BoxStream<'static, Result<ObjectEntry>> {
        self.shelf.all(workspace).await
    }

    async fn probe(&self) -> Result<()> {
        self.shelf.probe().await
    }
}

/// Seals the body into the sink and measures it.
async fn fill(
    sink: &mut Sink,
    mut sealer: Sealer,
    mut body: Upload<'_>,
    limit_bytes: u64,
) -> Result<Written> {
    let (mut bytes, mut hasher) = (0_u64, Sha256::new());
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|source| PlatformError::Upload { source })?;
        bytes += piece.len() as u64;
        if bytes > limit_bytes {
            return Err(PlatformError::TooLarge { limit_bytes });
        }
        hasher.update(&piece);
        // In small slices: a whole artifact may come as one piece, and is not sealed in memory a second time.
        for slice in piece.chunks(CHUNK_BYTES) {
            sealer.push(slice, sink.buffer())?;
            sink.flush_full().await?;
        }
    }
    sealer.finish(sink.buffer())?;
    Ok(Written { bytes, sha256: hasher.finalize().into() })
}

/// Sealed bytes on their way out.
struct Reading {
    sealed: BoxStream<'static, object_store::Result<Bytes>>,
    opener: Option<Opener>,
    patience: Duration,
}

impl Reading {
    /// The next verified plaintext, or the end, or the one error after which there is nothing more.
    async fn next(mut self) -> Option<(Result<Bytes>, Self)> {
        loop {
            let mut opener = self.opener.take()?;
            let mut plain = Vec::new();
            let piece = in_time(self.patience, async { self.sealed.next().await.transpose().map_err(told) });
            let step = match piece.await {
                Ok(Some(sealed)) => {
                    let pushed = opener.push(&sealed, &mut plain);
                    self.opener = pushed.is_ok().then_some(opener);
                    pushed
                }
                Ok(None) => opener.finish(&mut plain),
                Err(error) => Err(error),
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
