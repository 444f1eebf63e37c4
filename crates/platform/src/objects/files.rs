//! Objects as files.

use super::fault::StoreFault;
use super::probe;
use super::sealed::Sealed;
use super::shelf::{Shelf, Spot, relative};
use super::walk;
use crate::port::{Keys, ObjectEntry, ObjectName};
use crate::{PlatformError, Result};
use async_trait::async_trait;
use futures::stream::{self, BoxStream, StreamExt as _};
use object_store::ObjectStore;
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use smartexus_domain::{DocumentId, WorkspaceId};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// A disk is waited for: work that was handed to it cannot be taken back, and a caller that gave up would not know
/// what became of it.
const PATIENCE: Duration = Duration::MAX;

/// Sealed objects below one folder, named `<workspace>/<document>/<kind>/<version>`.
pub(crate) type SealedFiles = Sealed<Files>;

/// Files below one folder.
///
/// With `fsync`, writes are synced, file and folder, before they count; deletes are not: an object that comes back
/// after a power loss is sealed under a key that is gone, and the next sweep removes it.
pub(crate) struct Files {
    store: Arc<dyn ObjectStore>,
    root: PathBuf,
}

impl Sealed<Files> {
    pub(crate) fn open(root: &Path, fsync: bool, keys: Arc<dyn Keys>) -> Result<Self> {
        let files = LocalFileSystem::new_with_prefix(root)
            .map_err(super::fault::told)?
            .with_fsync(fsync)
            .with_automatic_cleanup(true);
        Ok(Self::new(Files { store: Arc::new(files), root: root.to_owned() }, keys))
    }
}

#[async_trait]
impl Shelf for Files {
    async fn spot(&self, name: &ObjectName) -> Result<Spot> {
        let path = ObjectPath::from(format!("{}/{}", name.workspace, relative(name)));
        Ok(Spot { store: Arc::clone(&self.store), path, patience: PATIENCE })
    }

    async fn remove(&self, workspace: WorkspaceId, path: &str) -> Result<()> {
        let (folder, path) = (self.folder(workspace), path.to_owned());
        blocking(move || walk::remove(&folder, &path)).await
    }

    async fn below(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Vec<ObjectEntry>> {
        let folder = self.folder(workspace);
        blocking(move || walk::below(workspace, &folder, Path::new(&document.to_string()))).await
    }

    async fn all(&self, workspace: WorkspaceId) -> BoxStream<'static, Result<ObjectEntry>> {
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

    async fn probe(&self) -> Result<()> {
        let name = probe::name()?;
        let path = ObjectPath::from(format!("{}/{name}", probe::FOLDER));
        let spot = Spot { store: Arc::clone(&self.store), path, patience: PATIENCE };
        probe::write_and_read(&spot).await?;
        let folder = self.root.join(probe::FOLDER);
        // Any workspace will do: no name in this folder is an object's.
        let nobody = WorkspaceId::from_uuid(uuid::Uuid::nil());
        let listed = {
            let folder = folder.clone();
            blocking(move || walk::below(nobody, &folder, Path::new(""))).await?
        };
        for path in probe::to_remove(&listed, &name)? {
            let folder = folder.clone();
            blocking(move || walk::remove(&folder, &path)).await?;
        }
        probe::is_gone(&spot).await
    }
}

impl Files {
    fn folder(&self, workspace: WorkspaceId) -> PathBuf {
        self.root.join(workspace.to_string())
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => answer.map_err(|error| StoreFault::Disk(error.kind()).into()),
        Err(error) => Err(PlatformError::blobs(error)),
    }
}
