//! Whole artifacts, in memory: what stages take and give.

use crate::port::{Artifact, Lease, ObjectKind, ObjectName};
use crate::{PlatformError, Result, World};
use bytes::Bytes;
use futures::{StreamExt as _, stream};

impl World {
    /// Writes an artifact under a lease, sealed and durable, and returns the reference to settle with. Until it is
    /// settled it belongs to nobody: a worker that lost its lease leaves an orphan and no damage.
    ///
    /// # Errors
    /// `Blobs`, `KeyDestroyed`, `Keys`, `Database`.
    pub async fn put_artifact(&self, lease: &Lease, kind: ObjectKind, content: Bytes) -> Result<Artifact> {
        let workspace = lease.token.workspace;
        let version = lease.object_version();
        let object = ObjectName { workspace, document: lease.document, kind, version };
        let body = stream::once(std::future::ready(Ok(content))).boxed();
        let written = self.blobs.put(&object, body, u64::MAX).await?;
        let fingerprint = self.keys.fingerprint(workspace, &[b"artifact", &written.sha256]).await?;
        Ok(Artifact { object, stage: lease.stage, bytes: written.bytes, fingerprint })
    }

    /// Reads a whole object, verified to its last byte.
    ///
    /// # Errors
    /// `TooLarge` past `limit_bytes`; `Missing`, `Unverified`, `Blobs`, `KeyDestroyed`, `Keys`, `Database`.
    pub async fn read_object(&self, name: &ObjectName, limit_bytes: u64) -> Result<Bytes> {
        let mut body = self.blobs.get(name).await?;
        let mut content = Vec::new();
        while let Some(chunk) = body.next().await {
            content.extend_from_slice(&chunk?);
            if content.len() as u64 > limit_bytes {
                return Err(PlatformError::TooLarge { limit_bytes });
            }
        }
        Ok(content.into())
    }
}
