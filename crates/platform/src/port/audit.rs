//! The audit trail: who did what to which document. Codes and ids only, no content.

use crate::Result;
use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smartexus_domain::{DocumentId, JobId, WorkspaceId};

/// On whose behalf something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The door, for whoever sent the request.
    Intake,
    /// A worker.
    Worker,
    /// The retention schedule.
    Sweeper,
    /// A person at the command line of this machine.
    Operator,
    /// The machinery itself, for instance the reconciler.
    System,
}

impl Actor {
    /// Every actor.
    pub const ALL: [Self; 5] = [Self::Intake, Self::Worker, Self::Sweeper, Self::Operator, Self::System];

    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Worker => "worker",
            Self::Sweeper => "sweeper",
            Self::Operator => "operator",
            Self::System => "system",
        }
    }
}

/// What happened. Written by the ports themselves, inside the transaction of the effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditAction {
    /// A workspace came to be.
    WorkspaceCreated,
    /// A document was committed with its first job.
    DocumentAccepted,
    /// The same bytes with the same instruction came again.
    DocumentRepeated,
    /// A job ended; its artifacts count.
    JobSettled,
    /// A run ended through the document and will be tried again.
    JobRetried,
    /// A job will not be tried again.
    JobDead,
    /// A dead job was given another chance.
    JobRevived,
    /// A dead job was taken out of the list.
    JobDropped,
    /// A document reached `approved`, `needs_review` or `exported`.
    DocumentCompleted,
    /// A document reached `failed`.
    DocumentFailed,
    /// A hold was placed.
    HoldPlaced,
    /// A hold was released.
    HoldReleased,
    /// A document was tombstoned: from here on nobody sees it.
    DocumentTombstoned,
    /// A document is gone and its absence was verified.
    DocumentErased,
    /// A rule for categories came into the workspace's list.
    CategoryRuleAdded,
    /// One was taken out of it.
    CategoryRuleRemoved,
    /// The rules stand in another order.
    CategoryRulesOrdered,
    /// A person corrected the category of a row.
    CategoryCorrected,
    /// A correction was taken back.
    CategoryCorrectionUndone,
    /// Learning from corrections was switched `off` (an objection) or `on`.
    CategoryLearningSwitched,
    /// What was learned from a document went with it.
    CategoriesForgotten,
    /// Names of merchants of a document were about to be sent to a model outside; the detail says how many.
    EndpointAsked,
    /// A mapping of a form came into the workspace's list, or took the place of one.
    FormMappingKept,
    /// One was taken out of it.
    FormMappingRemoved,
}

impl AuditAction {
    /// Every action.
    pub const ALL: [Self; 24] = [
        Self::WorkspaceCreated,
        Self::DocumentAccepted,
        Self::DocumentRepeated,
        Self::JobSettled,
        Self::JobRetried,
        Self::JobDead,
        Self::JobRevived,
        Self::JobDropped,
        Self::DocumentCompleted,
        Self::DocumentFailed,
        Self::HoldPlaced,
        Self::HoldReleased,
        Self::DocumentTombstoned,
        Self::DocumentErased,
        Self::CategoryRuleAdded,
        Self::CategoryRuleRemoved,
        Self::CategoryRulesOrdered,
        Self::CategoryCorrected,
        Self::CategoryCorrectionUndone,
        Self::CategoryLearningSwitched,
        Self::CategoriesForgotten,
        Self::EndpointAsked,
        Self::FormMappingKept,
        Self::FormMappingRemoved,
    ];

    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WorkspaceCreated => "workspace_created",
            Self::DocumentAccepted => "document_accepted",
            Self::DocumentRepeated => "document_repeated",
            Self::JobSettled => "job_settled",
            Self::JobRetried => "job_retried",
            Self::JobDead => "job_dead",
            Self::JobRevived => "job_revived",
            Self::JobDropped => "job_dropped",
            Self::DocumentCompleted => "document_completed",
            Self::DocumentFailed => "document_failed",
            Self::HoldPlaced => "hold_placed",
            Self::HoldReleased => "hold_released",
            Self::DocumentTombstoned => "document_tombstoned",
            Self::DocumentErased => "document_erased",
            Self::CategoryRuleAdded => "category_rule_added",
            Self::CategoryRuleRemoved => "category_rule_removed",
            Self::CategoryRulesOrdered => "category_rules_ordered",
            Self::CategoryCorrected => "category_corrected",
            Self::CategoryCorrectionUndone => "category_correction_undone",
            Self::CategoryLearningSwitched => "category_learning_switched",
            Self::CategoriesForgotten => "categories_forgotten",
            Self::EndpointAsked => "endpoint_asked",
            Self::FormMappingKept => "form_mapping_kept",
            Self::FormMappingRemoved => "form_mapping_removed",
        }
    }
}

/// One event of a workspace's chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditEvent {
    /// 1, 2, 3, … within the workspace, without a hole.
    pub sequence: u64,
    /// When.
    pub at: Timestamp,
    /// For whom.
    pub actor: Actor,
    /// What.
    pub action: AuditAction,
    /// About which document.
    pub document: Option<DocumentId>,
    /// About which job.
    pub job: Option<JobId>,
    /// A code that says more: a stage, a state, a failure code, a rule's id. Never free text.
    pub detail: String,
    /// SHA-256 over the event before and everything above, hexadecimal.
    pub hash: String,
}

/// What is wrong with a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditFlaw {
    /// A sequence number is missing or repeated.
    Sequence,
    /// An event was changed, or the one before it was.
    Hash,
    /// Events were cut off the end: the stored head says there were more.
    Tail,
}

/// The answer of a verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditReport {
    /// Events read.
    pub events: u64,
    /// Hash of the last good event, hexadecimal; keep it elsewhere to notice a rewritten chain later.
    pub head: String,
    /// The first bad sequence number and what is wrong there.
    pub flaw: Option<(u64, AuditFlaw)>,
}

/// Reads and verifies the trail. There is deliberately no `append`: events are written by the effects themselves.
#[async_trait]
pub trait Audit: Send + Sync {
    /// Events after `after`, oldest first, at most `limit`.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn events(&self, workspace: WorkspaceId, after: u64, limit: u32) -> Result<Vec<AuditEvent>>;

    /// Reads the whole chain and recomputes it. It finds edits, holes, reorderings and a cut tail; it cannot find
    /// a chain that was recomputed as a whole, head included, unless an earlier `head` was kept elsewhere.
    ///
    /// # Errors
    /// `Database`.
    async fn verify(&self, workspace: WorkspaceId) -> Result<AuditReport>;
}
