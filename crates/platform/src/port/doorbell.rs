//! The bell: it only saves waiting. The database is the truth.

use crate::Result;
use async_trait::async_trait;
use smartexus_domain::{JobId, WorkspaceId};
use std::time::Duration;

/// How many rings a listener has heard. Take it *before* looking for work, hand it to [`Doorbell::wait`] after
/// finding none: a ring in between is then not missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rings(pub u64);

/// Announces that a job is ready. A ring carries ids and no content; it may be lost or repeated.
#[async_trait]
pub trait Doorbell: Send + Sync {
    /// Announces a job. Returns after the bell has taken it.
    ///
    /// # Errors
    /// [`crate::PlatformError::Database`] when the bell cannot be reached; the reconciler rings again.
    async fn ring(&self, workspace: WorkspaceId, job: JobId) -> Result<()>;

    /// Rings heard so far.
    fn rings(&self) -> Rings;

    /// Waits for a ring later than `heard`, at most `patience`. An idle worker waits about one second and then
    /// looks again: that slow poll is what a lost ring, or a job of another process, falls back on.
    async fn wait(&self, heard: Rings, patience: Duration) -> Rings;
}
