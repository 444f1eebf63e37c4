//! Jobs: the table that is the queue. Claim, heartbeat, settle, retry, release, reconcile.

use super::{Actor, Artifact, PipelineRef, Priority, Ring, TraceParent};
use crate::Result;
use async_trait::async_trait;
use jiff::Timestamp;
use smartexus_domain::{
    DocumentId, DocumentState, FailureCode, JobId, MediaType, PageRange, StageKind, WorkspaceId,
};
use std::time::Duration;

/// How long a lease lives without a heartbeat.
pub const LEASE: Duration = Duration::from_secs(5);

/// Leases that may end without a verdict before the job is dead with `worker_lost`.
pub const MAX_LOSSES: u32 = 10;

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobState {
    /// Waits to be claimed, from its due time on.
    Ready,
    /// Somebody has it, as long as the lease lasts.
    Leased,
    /// Settled.
    Done,
    /// Given up: its document failed, or its pages are missing.
    Dead,
    /// Dead, and a person has seen it: it is in no list any more.
    Dropped,
    /// Done, but with pages missing that are being read after all: it will run again in its order.
    Stale,
}

impl JobState {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Ready, Self::Leased, Self::Done, Self::Dead, Self::Dropped, Self::Stale];

    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Leased => "leased",
            Self::Done => "done",
            Self::Dead => "dead",
            Self::Dropped => "dropped",
            Self::Stale => "stale",
        }
    }
}

/// Which part of its stage a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobPart {
    /// All of it.
    Whole,
    /// These pages only. Many such jobs run at a time, on any worker.
    Pages(PageRange),
    /// What puts the parts together, made when the last of them came home.
    Gather,
}

impl JobPart {
    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Pages(_) => "pages",
            Self::Gather => "gather",
        }
    }

    /// The pages of a part.
    #[must_use]
    pub const fn pages(self) -> Option<PageRange> {
        match self {
            Self::Pages(range) => Some(range),
            Self::Whole | Self::Gather => None,
        }
    }
}

/// Proof of ownership: every write of a worker carries it, and is refused when the epoch has moved on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LeaseToken {
    /// Whose job.
    pub workspace: WorkspaceId,
    /// Which job.
    pub job: JobId,
    /// Which claim of it.
    pub epoch: u32,
}

/// A claimed job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// Proof of ownership.
    pub token: LeaseToken,
    /// Of which document.
    pub document: DocumentId,
    /// Which stage.
    pub stage: StageKind,
    /// Which part of the stage.
    pub part: JobPart,
    /// Which run of the stage: 0, and 1, 2, … when a person asks for the work again.
    pub run: u32,
    /// Runs that ended through the document so far.
    pub attempts: u32,
    /// Leases that ended without a verdict so far.
    pub losses: u32,
    /// How urgent it is.
    pub priority: Priority,
    /// The trace it belongs to.
    pub trace: Option<TraceParent>,
    /// The instruction.
    pub pipeline: PipelineRef,
    /// When the lease ends unless a heartbeat moves it.
    pub expires_at: Timestamp,
}

impl Lease {
    /// The version of every object written under this lease. It holds the epoch, so no two leases share one.
    #[must_use]
    pub const fn object_version(&self) -> u64 {
        (self.run as u64) << 32 | self.token.epoch as u64
    }
}

/// A job to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextJob {
    /// Which stage.
    pub stage: StageKind,
    /// How urgent it is.
    pub priority: Priority,
}

/// What a settled run says about its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentOutcome {
    /// More stages follow.
    Continues,
    /// The document ends here as `needs_review`, `approved` or `exported`.
    Completed(DocumentState),
    /// The document is at fault.
    Failed(FailureCode),
}

/// Everything the one settling transaction writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// Objects that were put under this lease's [`Lease::object_version`].
    pub artifacts: Vec<Artifact>,
    /// Jobs that follow. A job that exists already (document, stage, run) is not made twice.
    pub next: Vec<NextJob>,
    /// Parts that the stage is split into: one job each, and a gathering job when the last of them is home. Only
    /// the whole stage can be split; empty means that it is not.
    pub fan_out: Vec<PageRange>,
    /// What it means for the document.
    pub outcome: DocumentOutcome,
    /// What the bytes turned out to be.
    pub media_type: Option<MediaType>,
    /// How long the run took, in microseconds.
    pub timing_us: u64,
}

/// The answer to a settle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// It counts. Ring for these.
    Recorded {
        /// The jobs that were made.
        next: Vec<Ring>,
    },
    /// The lease is not ours any more, or the document is gone: drop everything.
    FencedOut,
}

/// How a run that ended through the document is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPlan {
    /// How long to wait first.
    pub delay: Duration,
    /// The attempt that reaches this number is the last one.
    pub max_attempts: u32,
    /// The document's failure when there is no further attempt.
    pub failure: FailureCode,
    /// How long the run took, in microseconds.
    pub timing_us: u64,
}

/// The answer to a retry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retried {
    /// It waits for its due time.
    Waits {
        /// From then on it can be claimed.
        due_at: Timestamp,
    },
    /// No further attempt: the job is dead and the document failed.
    Dead,
    /// The lease is not ours any more.
    FencedOut,
}

/// The answer to a release or a postponement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Released {
    /// The job is ready again, with no attempt and no loss counted.
    Ready,
    /// The lease was not ours any more.
    FencedOut,
}

/// What the reconciler found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Ready and due for a while, or abandoned: ring for these. They are not listed again at once.
    pub ring: Vec<Ring>,
    /// Jobs that were declared dead because their workers kept vanishing.
    pub lost: Vec<(WorkspaceId, JobId)>,
}

/// A job as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRecord {
    /// Its id.
    pub id: JobId,
    /// Which stage.
    pub stage: StageKind,
    /// Which part of it.
    pub part: JobPart,
    /// Which run.
    pub run: u32,
    /// Where it stands.
    pub state: JobState,
    /// Why it is dead.
    pub failure: Option<FailureCode>,
    /// Runs that ended through the document.
    pub attempts: u32,
    /// Leases that ended without a verdict.
    pub losses: u32,
    /// Claims so far.
    pub epoch: u32,
    /// When it can be, or could have been, claimed.
    pub due_at: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
    /// How long its last run took, in microseconds.
    pub timing_us: Option<u64>,
}

/// A dead job as an operator sees it: ids and codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadJob {
    /// The job.
    pub job: JobRecord,
    /// Of which document.
    pub document: DocumentId,
}

/// The answer to another chance for a dead job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Revived {
    /// It is ready, with its counters at nought. Ring for it.
    Ready(Ring),
    /// It is not dead, or not in this workspace.
    NotDead,
}

/// How much work waits, over all workspaces: counts and an age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backlog {
    /// Jobs that are ready and due, counted up to [`Backlog::COUNT_MAX`].
    pub ready: u64,
    /// For how long the oldest of them has been due.
    pub oldest: Duration,
    /// For how long the oldest [`Priority::Interactive`] one of them has been due: other work waits behind those, for as
    /// long as there are any.
    pub oldest_interactive: Duration,
}

impl Backlog {
    /// Counting stops here: more is told as this.
    pub const COUNT_MAX: u64 = 10_000;
}

/// The queue.
///
/// Two counters, not one: `attempts` counts runs that ended through the document, `losses` leases that ended
/// without a verdict. With one, a storm of killed workers would give up innocent documents.
#[async_trait]
pub trait Jobs: Send + Sync {
    /// Claims one job that is ready and due, or whose lease has expired (that counts a loss), of the given stages
    /// (empty means any): by priority, and within one priority in turns, so that a workspace with many documents
    /// does not starve one with few. One owner at a time: a second claimer gets another job or `None`. Jobs of
    /// tombstoned documents are never handed out.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn claim(&self, stages: &[StageKind]) -> Result<Option<Lease>>;

    /// Renews all leases of a process in one statement and returns those that are lost: kill their runs and drop
    /// what they made.
    ///
    /// # Errors
    /// `Database`.
    async fn heartbeat(&self, leases: &[LeaseToken]) -> Result<Vec<LeaseToken>>;

    /// Ends a run with a verdict (an artifact or a rejection; either counts one attempt), in **one** transaction
    /// that checks the epoch. Then ring for the jobs it returns.
    ///
    /// # Errors
    /// `Database`; `Inconsistent` when an artifact does not belong to the lease.
    async fn settle(&self, token: LeaseToken, settlement: Settlement) -> Result<Settled>;

    /// Ends a run that failed through the document but may succeed again (the child died, a limit was hit):
    /// counts one attempt.
    ///
    /// # Errors
    /// `Database`.
    async fn retry(&self, token: LeaseToken, plan: RetryPlan) -> Result<Retried>;

    /// Gives a job back because the world is at fault: nothing is counted, its due time moves by `delay`.
    ///
    /// # Errors
    /// `Database`.
    async fn postpone(&self, token: LeaseToken, delay: Duration) -> Result<Released>;

    /// Gives a job back at once (graceful stop, or we are at fault): nothing is counted. Then ring.
    ///
    /// # Errors
    /// `Database`.
    async fn release(&self, token: LeaseToken) -> Result<Released>;

    /// Run about every second in any process, idempotent: declares jobs dead whose workers vanished
    /// [`MAX_LOSSES`] times, and lists up to `limit` jobs that ought to be rung for: those whose lease has ended, and
    /// those that have been due for a while without anybody taking them.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn reconcile(&self, limit: u32) -> Result<Reconciled>;

    /// Dead jobs of a workspace by id, after `after`, at most `limit`.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn dead(&self, workspace: WorkspaceId, after: Option<JobId>, limit: u32) -> Result<Vec<DeadJob>>;

    /// Gives a dead job another chance, with its counters at nought; its failed document is at work again.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn revive(&self, workspace: WorkspaceId, job: JobId, actor: Actor) -> Result<Revived>;

    /// Takes a dead job out of the list; its document stays failed. False when it is not dead, or not in this
    /// workspace.
    ///
    /// # Errors
    /// `Database`.
    async fn drop_dead(&self, workspace: WorkspaceId, job: JobId, actor: Actor) -> Result<bool>;

    /// How much work waits.
    ///
    /// # Errors
    /// `Database`.
    async fn backlog(&self) -> Result<Backlog>;

    /// The jobs of a document, oldest first. Empty for a document of another workspace.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn of_document(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Vec<JobRecord>>;
}
