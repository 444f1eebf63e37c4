//! What has to be told: rows written with the effect, told afterwards, at least once.

use crate::Result;
use async_trait::async_trait;
use jiff::Timestamp;
use smartexus_domain::{DocumentId, WorkspaceId};

/// One thing to tell. A repeat carries the same id and the same words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// Grows without a promise of no holes.
    pub id: i64,
    /// Whose.
    pub workspace: WorkspaceId,
    /// `document.accepted`, `document.needs_review`, `document.approved`, `document.exported`,
    /// `document.failed`, `document.erased`.
    pub topic: String,
    /// About which document.
    pub document: DocumentId,
    /// When it happened.
    pub at: Timestamp,
}

/// Reads and ticks off. Embedded there is one publisher, so rows are not leased.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Unsent rows of a workspace, oldest first, at most `limit`.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn unsent(&self, workspace: WorkspaceId, limit: u32) -> Result<Vec<OutboxRow>>;

    /// Ticks rows off. Ticking twice is fine.
    ///
    /// # Errors
    /// `Database`.
    async fn mark_sent(&self, workspace: WorkspaceId, ids: &[i64]) -> Result<()>;
}
