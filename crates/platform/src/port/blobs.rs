//! Objects: the bytes of documents and artifacts.

use crate::Result;
use async_trait::async_trait;
use bytes::Bytes;
use futures::stream::BoxStream;
use jiff::Timestamp;
use smartexus_domain::{DocumentId, StageKind, WorkspaceId};

/// Bytes on their way in.
pub type Upload<'a> = BoxStream<'a, std::io::Result<Bytes>>;
/// Bytes on their way out. An error means that nothing read so far may be acted upon.
pub type ByteStream = BoxStream<'static, Result<Bytes>>;

/// What an object is: `source`, `pages`, `statement`, `enriched`, `report/result.json`, …
/// 1 to 64 characters out of `a-z 0-9 - _ . /`; no part between slashes is empty or begins with a dot.
/// Never made from a user's file name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectKind(String);

/// Not an object kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "an object kind is 1 to 64 characters out of a-z, 0-9, '-', '_', '.', '/', in parts that begin with no dot"
)]
pub struct ObjectKindError;

impl ObjectKind {
    /// Longest name in bytes.
    pub const MAX_BYTES: usize = 64;

    /// The bytes as they came in.
    #[must_use]
    pub fn source() -> Self {
        Self("source".to_owned())
    }

    /// What a stage leaves behind: [`StageKind::artifact`].
    #[must_use]
    pub fn artifact(stage: StageKind) -> Self {
        Self(stage.artifact().to_owned())
    }

    /// Any other name.
    ///
    /// # Errors
    /// [`ObjectKindError`] outside the alphabet or the length above.
    pub fn named(name: &str) -> Result<Self, ObjectKindError> {
        let allowed = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/');
        let part = |p: &str| !p.is_empty() && !p.starts_with('.');
        let fits = name.len() <= Self::MAX_BYTES && name.bytes().all(allowed) && name.split('/').all(part);
        if fits { Ok(Self(name.to_owned())) } else { Err(ObjectKindError) }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The full name of one stored object; it begins with the workspace. An object is written once: the version of an
/// artifact holds the epoch of the lease it was written under, so a worker that lost its lease cannot overwrite.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectName {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Of which document.
    pub document: DocumentId,
    /// What.
    pub kind: ObjectKind,
    /// 0 for the source, [`Lease::object_version`](super::Lease::object_version) for artifacts.
    pub version: u64,
}

impl ObjectName {
    /// The name of a document's source.
    #[must_use]
    pub fn source(workspace: WorkspaceId, document: DocumentId) -> Self {
        Self { workspace, document, kind: ObjectKind::source(), version: 0 }
    }
}

/// What was written, measured over the bytes that the caller passed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Number of bytes.
    pub bytes: u64,
    /// SHA-256. Never stored in clear: it would confirm a guess at the content.
    pub sha256: [u8; 32],
}

/// One line of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectEntry {
    /// Its name; `None` for a file that is not named like one of ours.
    pub name: Option<ObjectName>,
    /// Where it lies below the workspace's folder, for deletion by [`Blobs::delete_entry`].
    pub path: String,
    /// Stored size in bytes, of all versions that the store kept; 0 for a half upload whose store does not tell.
    pub stored_bytes: u64,
    /// When it was last written; of a half upload in parts, when it was begun.
    pub modified_at: Timestamp,
}

/// The object store. In a [`World`](crate::World) it seals on the way in and verifies on the way out.
#[async_trait]
pub trait Blobs: Send + Sync {
    /// Writes one object and returns when it is durable. The stream is never held in memory as a whole. Under the
    /// name is the whole object or nothing: after `TooLarge` and `Upload` nothing, after `Blobs` possibly the
    /// whole, when the store had taken it and could not say so.
    ///
    /// A name is written once. A second put of the same content is an earlier try's and succeeds; one of another
    /// content is refused with `Blobs`, and the first stays: whoever retries under a new lease has a new name.
    ///
    /// # Errors
    /// `TooLarge` past `limit_bytes`, `Upload` when the stream breaks, `Blobs`, `KeyDestroyed`, `Keys`.
    async fn put(&self, name: &ObjectName, body: Upload<'_>, limit_bytes: u64) -> Result<Written>;

    /// Reads one object. Chunks come out only after they are verified; the stream ends with an error when the
    /// object was cut, so act on nothing before its end.
    ///
    /// # Errors
    /// `Missing`, `Unverified`, `Blobs`, `KeyDestroyed`, `Keys`.
    async fn get(&self, name: &ObjectName) -> Result<ByteStream>;

    /// Removes one object, in every version that the store kept of it; removing what is not there is fine.
    ///
    /// # Errors
    /// `Blobs`.
    async fn delete(&self, name: &ObjectName) -> Result<()>;

    /// Removes what a listing showed, foreign files too.
    ///
    /// # Errors
    /// `Blobs`.
    async fn delete_entry(&self, workspace: WorkspaceId, entry: &ObjectEntry) -> Result<()>;

    /// Everything stored for a document: finished objects and the remains of broken writes.
    ///
    /// # Errors
    /// `Blobs`.
    async fn list_document(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Vec<ObjectEntry>>;

    /// Everything stored for a workspace, as a stream, because it may be long.
    async fn list(&self, workspace: WorkspaceId) -> BoxStream<'static, Result<ObjectEntry>>;

    /// Writes, reads, lists and removes one small thing in a folder of its own, beside all workspaces: for
    /// `doctor` and `/readyz`. It costs a handful of requests, so ask seldom.
    ///
    /// # Errors
    /// `Blobs` when any of that is not possible.
    async fn probe(&self) -> Result<()>;
}
