//! Keys: one per document, wrapped by its workspace's, wrapped by the key provider's. Destroying one is erasure.

use super::Fingerprint;
use crate::{Result, SecretBytes};
use async_trait::async_trait;
use smartexus_domain::{DocumentId, WorkspaceId};

/// A document's data key, or a workspace's for what comes from no document, with the id under which it is stored. No `Debug`, no `Clone`; wiped when dropped.
pub struct DocumentKey {
    pub(crate) id: [u8; 16],
    pub(crate) secret: SecretBytes,
}

impl DocumentKey {
    /// A key out of its parts.
    #[must_use]
    pub fn new(id: [u8; 16], secret: SecretBytes) -> Self {
        Self { id, secret }
    }
}

/// The key store.
#[async_trait]
pub trait Keys: Send + Sync {
    /// Makes a document's key, and the workspace's on first use, and returns when it is durable. Called before any
    /// row names the document, so that a crash leaves an idle key and never an unreadable row. Making it again
    /// returns the one that is there.
    ///
    /// # Errors
    /// `Keys`, `Database`.
    async fn create(&self, workspace: WorkspaceId, document: DocumentId) -> Result<DocumentKey>;

    /// A document's key.
    ///
    /// # Errors
    /// `KeyDestroyed` when there is none in this workspace; `Keys`, `Database`.
    async fn document_key(&self, workspace: WorkspaceId, document: DocumentId) -> Result<DocumentKey>;

    /// The key for what a workspace keeps that comes from no document: derived from the workspace's, which is made on first
    /// use.
    ///
    /// # Errors
    /// `Keys`, `Database`.
    async fn workspace_content_key(&self, workspace: WorkspaceId) -> Result<DocumentKey>;

    /// Destroys a document's key, in the key store and in its log, and returns when both are done. Destroying what
    /// is not there is fine.
    ///
    /// # Errors
    /// `Database`; the key may then be destroyed or not: call again.
    async fn destroy(&self, workspace: WorkspaceId, document: DocumentId) -> Result<()>;

    /// Whether a key is stored for the document.
    ///
    /// # Errors
    /// `Database`.
    async fn holds(&self, workspace: WorkspaceId, document: DocumentId) -> Result<bool>;

    /// Whether the workspace has a key, and the key file opens it. Makes none.
    ///
    /// # Errors
    /// `Keys` with `DoesNotUnwrap` for another key file than the one it was wrapped with; `Database`.
    async fn opens(&self, workspace: WorkspaceId) -> Result<bool>;

    /// HMAC-SHA-256 of the parts, each length-prefixed, under a key derived from the workspace's. The same parts
    /// give the same answer within one workspace and another in the next.
    ///
    /// # Errors
    /// `Keys`, `Database`.
    async fn fingerprint(&self, workspace: WorkspaceId, parts: &[&[u8]]) -> Result<Fingerprint>;
}
