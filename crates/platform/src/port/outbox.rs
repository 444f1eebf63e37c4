//! What has to be told: rows written with the effect, told afterwards, at least once.

use crate::Result;
use async_trait::async_trait;
use jiff::Timestamp;
use smartexus_domain::{DocumentId, WorkspaceId};
use std::time::Duration;

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

/// How far [`Outbox::pending`] counts.
pub const PENDING_MAX: u64 = 10_000;

/// Hands rows to whoever tells them, and ticks them off. Several processes may tell: each takes rows for a while, and
/// what it did not tick off by then is anybody's again. So a row is told at least once, by one process at a time as
/// long as none stands still for longer than it holds rows, and rows of one document may be told out of their order
/// when one process took the earlier and another the later.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Takes unsent rows of a workspace that nobody holds, oldest first, at most `limit`, and holds them for `hold`,
    /// by the clock that all processes share.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn take(&self, workspace: WorkspaceId, limit: u32, hold: Duration) -> Result<Vec<OutboxRow>>;

    /// Unsent rows of a workspace, held or not, oldest first, at most `limit`.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn unsent(&self, workspace: WorkspaceId, limit: u32) -> Result<Vec<OutboxRow>>;

    /// Ticks rows off. Ticking twice is fine.
    ///
    /// # Errors
    /// `Database`.
    async fn mark_sent(&self, workspace: WorkspaceId, ids: &[i64]) -> Result<()>;

    /// How many rows of a workspace have been unsent for this long, held or not, counted up to [`PENDING_MAX`].
    ///
    /// # Errors
    /// `Database`.
    async fn pending(&self, workspace: WorkspaceId, for_long: Duration) -> Result<u64>;
}
