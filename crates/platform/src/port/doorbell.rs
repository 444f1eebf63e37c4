//! The bell: it only saves waiting. The database is the truth.

use super::{Priority, TraceParent};
use crate::Result;
use async_trait::async_trait;
use smartexus_domain::{JobId, StageKind, WorkspaceId};
use std::time::Duration;

/// The announcement that a job is ready: ids and routing, never content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    /// Whose job.
    pub workspace: WorkspaceId,
    /// Which job.
    pub job: JobId,
    /// Which stage it is of: listeners of other stages do not hear it.
    pub stage: StageKind,
    /// How urgent it is: more urgent rings are heard first.
    pub priority: Priority,
    /// The trace it belongs to.
    pub trace: Option<TraceParent>,
}

/// Announces that a job is ready. A ring may be lost or repeated; the reconciler and the idle poll make it good.
#[async_trait]
pub trait Doorbell: Send + Sync {
    /// Announces a job. Returns after the bell has taken it: a broker has confirmed **and** routed it.
    ///
    /// # Errors
    /// [`crate::PlatformError::Queue`] when the bell cannot be reached in time; the reconciler rings again.
    async fn ring(&self, ring: &Ring) -> Result<()>;

    /// A listener for rings of these stages (empty means any): one for each slot of a worker. Open it *before*
    /// looking for work: what rings between the look and the wait is then not missed.
    fn listen(&self, stages: &[StageKind]) -> Box<dyn Listener>;

    /// Whether other processes hear it too.
    fn is_shared(&self) -> bool;

    /// Whether rings get through now, for `doctor` and `/readyz`. A bell that is out of order slows and stops nothing.
    ///
    /// # Errors
    /// [`crate::PlatformError::Queue`] with the part that does not work.
    async fn check(&self) -> Result<()>;

    /// Lets go in good order, so that nothing that was held counts as tried. Drop the listeners first.
    async fn close(&self);
}

/// One idle slot's ear. The order is: claim; if nothing was found, [`Listener::wait`], claim, and
/// [`Listener::claimed`] at once, before the work begins.
#[async_trait]
pub trait Listener: Send {
    /// Waits for a ring, at most `patience`, and says whether one was heard. An idle slot waits about one second
    /// and then looks anyway: that slow poll is what a lost ring falls back on. A bell that is out of order is a
    /// bell that is not heard: this never fails.
    async fn wait(&mut self, patience: Duration) -> bool;

    /// The claim after the last ring is over; `found` says whether it gave a job. A broker's delivery is
    /// acknowledged here, never later: no delivery is held while a job runs.
    async fn claimed(&mut self, found: bool);
}
