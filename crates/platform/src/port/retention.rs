//! Retention: what is due, what is held, and erasure in steps.
//!
//! The order of an erasure, each step idempotent, each resumable after a kill:
//! [`Retention::tombstone`] (the hold is checked inside its transaction) → destroy the key
//! ([`Keys::destroy`](super::Keys::destroy)) → delete the objects ([`Blobs`](super::Blobs)) →
//! [`Retention::erase_rows`] → verify with [`Retention::residue`], `Keys::holds` and `Blobs::list_document` →
//! [`Retention::finish`]. After each step but the last, [`Retention::advance`] notes the next one.

use super::{Actor, ObjectName};
use crate::Result;
use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smartexus_domain::{DocumentId, DocumentState, RetentionClass, WorkspaceId};
use uuid::Uuid;

/// The id of an erasure's receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReceiptId(Uuid);

impl ReceiptId {
    /// Names an existing receipt.
    #[must_use]
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid)
    }

    /// The bare UUID.
    #[must_use]
    pub const fn as_uuid(&self) -> Uuid {
        self.0
    }
}

impl std::fmt::Display for ReceiptId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for ReceiptId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

/// From which moment a period runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// When the document was committed.
    Received,
    /// When it was settled; a document that is still at work is never due.
    Settled,
}

/// Which documents are past their date.
#[derive(Debug, Clone)]
pub struct DueQuery {
    /// Of this class.
    pub class: RetentionClass,
    /// Counted from here.
    pub anchor: Anchor,
    /// Due when the anchor's time is at or before this.
    pub cutoff: Timestamp,
    /// Only ids after this one (the last of the page before).
    pub after: Option<DocumentId>,
    /// At most so many.
    pub limit: u32,
}

/// A document past its date. Held ones are listed too, so that a plan can say why they stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueDocument {
    /// Its id.
    pub document: DocumentId,
    /// Where it stands.
    pub state: DocumentState,
    /// The time its period runs from.
    pub anchored_at: Timestamp,
    /// A hold is on it.
    pub held: bool,
}

/// The answer to placing or releasing a hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldOutcome {
    /// The flag was changed.
    Changed,
    /// It was so already.
    Unchanged,
    /// Too late: the document is tombstoned or erased.
    Gone,
    /// Not in this workspace.
    Absent,
}

/// Why a document is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EraseCause {
    /// The period of its class ended.
    Schedule,
    /// Somebody with the right to asked for it.
    Request,
}

impl EraseCause {
    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Schedule => "schedule",
            Self::Request => "request",
        }
    }
}

/// An order to erase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EraseRequest {
    /// For whom.
    pub actor: Actor,
    /// Why.
    pub cause: EraseCause,
    /// The id of the retention rule, for a schedule.
    pub rule: Option<String>,
}

/// The next thing to do in an erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EraseStep {
    /// Destroy the document's key.
    DestroyKey,
    /// Delete every object.
    DeleteObjects,
    /// Delete every row but the tombstone.
    DeleteRows,
    /// Verify that nothing is left, then finish.
    Verify,
}

impl EraseStep {
    /// Every step in order.
    pub const ALL: [Self; 4] = [Self::DestroyKey, Self::DeleteObjects, Self::DeleteRows, Self::Verify];

    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DestroyKey => "destroy_key",
            Self::DeleteObjects => "delete_objects",
            Self::DeleteRows => "delete_rows",
            Self::Verify => "verify",
        }
    }
}

/// An erasure under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Which document.
    pub document: DocumentId,
    /// The receipt it will have.
    pub receipt: ReceiptId,
    /// What to do next.
    pub step: EraseStep,
    /// When it was tombstoned.
    pub tombstoned_at: Timestamp,
}

/// The answer to a tombstone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tombstoned {
    /// Nobody sees it any more; go on with its step. Also the answer when it was tombstoned before.
    Erasing(Erasure),
    /// A hold wins.
    Held,
    /// It is erased already.
    Erased(ReceiptId),
    /// Not in this workspace.
    Absent,
}

/// Rows that still speak of a document, besides its tombstone, its audit events and its receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Residue {
    /// Jobs.
    pub jobs: u64,
    /// Artifacts.
    pub artifacts: u64,
    /// Intents.
    pub intents: u64,
    /// Unsent or sent outbox rows.
    pub outbox: u64,
    /// Tombstones that still hold sealed metadata or a fingerprint.
    pub sealed: u64,
    /// Rules and corrections of the workspace that came from it.
    pub categories: u64,
    /// Notes of what it is made from, or of what is made from it.
    pub sources: u64,
}

impl Residue {
    /// Nothing is left.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        *self == Self::default()
    }
}

/// The proof that a document was erased: ids, times and codes; nothing about its content or its people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// Its id.
    pub id: ReceiptId,
    /// Whose document it was.
    pub workspace: WorkspaceId,
    /// Which document it was.
    pub document: DocumentId,
    /// Why.
    pub cause: EraseCause,
    /// By which rule.
    pub rule: Option<String>,
    /// For whom.
    pub actor: Actor,
    /// When it became invisible.
    pub tombstoned_at: Timestamp,
    /// When its absence was verified.
    pub finished_at: Timestamp,
    /// SHA-256 over all of the above, hexadecimal. The audit event `document_erased` carries it, so that the
    /// workspace's chain vouches for the receipt.
    pub digest: String,
}

/// A reserved source that was never committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intent {
    /// The reserved id.
    pub document: DocumentId,
    /// When.
    pub created_at: Timestamp,
}

/// What a sweeper needs.
#[async_trait]
pub trait Retention: Send + Sync {
    /// Documents past their date, by id, tombstoned ones left out.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn due(&self, workspace: WorkspaceId, query: &DueQuery) -> Result<Vec<DueDocument>>;

    /// Places (`true`) or releases (`false`) a hold.
    ///
    /// # Errors
    /// `Database`.
    async fn set_hold(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        held: bool,
        actor: Actor,
    ) -> Result<HoldOutcome>;

    /// Makes a document invisible and takes its jobs out of the queue, in one transaction that checks the hold. What is
    /// made from it goes with it, each with an erasure and a receipt of its own; a hold on any of those wins, too.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn tombstone(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        request: &EraseRequest,
    ) -> Result<Tombstoned>;

    /// Erasures under way, oldest first: where to resume after a kill.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn erasures(&self, workspace: WorkspaceId, limit: u32) -> Result<Vec<Erasure>>;

    /// Notes that `next` is the step to do. Steps never go backwards; noting an earlier one changes nothing.
    ///
    /// # Errors
    /// `Database`.
    async fn advance(&self, workspace: WorkspaceId, document: DocumentId, next: EraseStep) -> Result<()>;

    /// Deletes every row of a tombstoned document but the tombstone, which loses its sealed metadata and its
    /// fingerprint, and cuts the database's log. A document without a tombstone is left alone.
    ///
    /// # Errors
    /// `Database`.
    async fn erase_rows(&self, workspace: WorkspaceId, document: DocumentId) -> Result<()>;

    /// Rows that still speak of the document.
    ///
    /// # Errors
    /// `Database`.
    async fn residue(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Residue>;

    /// Replaces the tombstone by a receipt, with its audit event and outbox row, in one transaction. Call it only
    /// after absence was verified; it refuses while rows are left. Finishing twice returns the same receipt.
    ///
    /// # Errors
    /// `Database`; `Inconsistent` when rows are left or there is neither tombstone nor receipt.
    async fn finish(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Receipt>;

    /// A receipt by its id.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn receipt(&self, workspace: WorkspaceId, receipt: ReceiptId) -> Result<Option<Receipt>>;

    /// Intents made at or before `cutoff`, oldest first. Resolve one by deleting its objects and its key, then
    /// [`Retention::drop_intent`].
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn stale_intents(
        &self,
        workspace: WorkspaceId,
        cutoff: Timestamp,
        limit: u32,
    ) -> Result<Vec<Intent>>;

    /// Closes an intent so that it can no longer be committed; do this **before** removing its objects when the
    /// upload may still be running. Returns false when it was committed or dropped meanwhile: then leave it alone.
    ///
    /// # Errors
    /// `Database`.
    async fn close_intent(&self, workspace: WorkspaceId, document: DocumentId) -> Result<bool>;

    /// Removes an intent after its objects and its key are gone. Idempotent.
    ///
    /// # Errors
    /// `Database`.
    async fn drop_intent(&self, workspace: WorkspaceId, document: DocumentId) -> Result<()>;

    /// Out of these objects, those that belong to nothing: no source or artifact row, no intent, and no open job
    /// of their document that might be about to record them. Ask only about objects older than the horizon.
    ///
    /// # Errors
    /// `Database`.
    async fn orphans(&self, workspace: WorkspaceId, objects: &[ObjectName]) -> Result<Vec<ObjectName>>;
}
