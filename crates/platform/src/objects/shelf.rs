//! What the sealing path needs of a store, whatever the store is.

use crate::Result;
use crate::port::{ObjectEntry, ObjectKind, ObjectName};
use async_trait::async_trait;
use futures::stream::BoxStream;
use object_store::ObjectStore;
use object_store::path::Path as ObjectPath;
use smartexus_domain::{DocumentId, WorkspaceId};
use std::sync::Arc;
use std::time::Duration;

/// Where one object's sealed bytes lie.
pub(crate) struct Spot {
    /// The store that they go through.
    pub(super) store: Arc<dyn ObjectStore>,
    /// Their place in it.
    pub(super) path: ObjectPath,
    /// How long one step may take: a part written, a piece read.
    pub(super) patience: Duration,
}

/// A store of sealed bytes. Bytes go through [`Spot::store`]; finding and removing differ too much between stores
/// and are asked of the shelf. A `path` is relative to the workspace's folder.
#[async_trait]
pub(crate) trait Shelf: Send + Sync {
    /// Where an object lies, whether or not it is there.
    async fn spot(&self, name: &ObjectName) -> Result<Spot>;

    /// Removes what lies at a path, with every version and remain of it; nothing there is fine.
    async fn remove(&self, workspace: WorkspaceId, path: &str) -> Result<()>;

    /// Everything at or below a document's folder.
    async fn below(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Vec<ObjectEntry>>;

    /// Everything below a workspace's folder.
    async fn all(&self, workspace: WorkspaceId) -> BoxStream<'static, Result<ObjectEntry>>;

    /// A round trip: see [`Blobs::probe`](crate::port::Blobs::probe).
    async fn probe(&self) -> Result<()>;
}

/// Where an object lies below its workspace's folder: `<document>/<kind>/<version>`, the version as 16 hex digits.
pub(super) fn relative(name: &ObjectName) -> String {
    format!("{}/{}/{:016x}", name.document, name.kind.as_str(), name.version)
}

/// The object that a path below the workspace's folder names, if it names one exactly as we would.
pub(super) fn parse(workspace: WorkspaceId, path: &str) -> Option<ObjectName> {
    let (document, rest) = path.split_once('/')?;
    let (kind, version) = rest.rsplit_once('/')?;
    let name = ObjectName {
        workspace,
        document: document.parse().ok()?,
        kind: ObjectKind::named(kind).ok()?,
        version: u64::from_str_radix(version, 16).ok()?,
    };
    (relative(&name) == path).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn names_read_back_and_nothing_else_is_a_name() {
        let workspace = WorkspaceId::from_uuid(Uuid::from_u128(1));
        let document = DocumentId::from_uuid(Uuid::from_u128(2));
        for kind in ["source", "report/result.json"] {
            let kind = ObjectKind::named(kind).unwrap();
            let name = ObjectName { workspace, document, kind, version: (1 << 32) | 7 };
            let path = relative(&name);
            assert_eq!(parse(workspace, &path), Some(name));
            for other in [format!("{path}#1"), path.to_uppercase(), format!("{path}0"), format!("x{path}")] {
                assert_eq!(parse(workspace, &other), None, "{other}");
            }
        }
    }
}
