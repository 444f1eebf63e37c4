//! What one sweep did.

use crate::{ClockJump, Plan};
use serde::Serialize;
use smartexus_domain::{DocumentId, WorkspaceId};
use smartexus_platform::port::{EraseStep, Receipt};

/// One sweep: the plan, and what became of it. Ids, times and codes only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SweepReport {
    /// Nothing was done: this is what would be.
    pub dry_run: bool,
    /// The plan, the same value in a dry run and in the run that follows it.
    pub plan: Plan,
    /// Erasures that were under way already and are finished first.
    pub resumed: Vec<DocumentId>,
    /// Proofs of what is gone.
    pub receipts: Vec<Receipt>,
    /// What was planned, but a hold came first.
    pub held: Vec<DocumentId>,
    /// What could not be done now. The next sweep tries again.
    pub failures: Vec<SweepFailure>,
    /// What belonged to nothing.
    pub orphans: Orphans,
    /// The schedule paused because the clock jumped.
    pub paused: Option<ClockJump>,
}

/// One thing that a sweep could not do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SweepFailure {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Which document; `None` for something that belongs to none.
    pub document: Option<DocumentId>,
    /// At which step of an erasure.
    pub step: Option<EraseStep>,
    /// What happened, without content.
    pub message: String,
}

/// Things that belonged to nothing and were older than the horizon.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Orphans {
    /// Uploads that never became a document.
    pub intents: u64,
    /// Objects without a row.
    pub objects: u64,
    /// Remains of broken writes, and files that are not ours.
    pub files: u64,
}

impl Orphans {
    /// How many in all.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.intents.saturating_add(self.objects).saturating_add(self.files)
    }
}

impl SweepReport {
    /// Everything that was planned was done.
    #[must_use]
    pub fn succeeded(&self) -> bool {
        self.failures.is_empty()
    }
}
