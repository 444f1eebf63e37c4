//! Documents: accepting them and looking at them.

use super::{Actor, NextJob, ObjectKind, ObjectName, Ring, TraceParent};
use crate::Result;
use async_trait::async_trait;
use jiff::Timestamp;
use smartexus_domain::{
    DocumentId, DocumentState, FailureCode, MediaType, RetentionClass, StageKind, WorkspaceId,
};

use super::ReceiptId;

/// Which pipeline, and which version of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PipelineRef {
    /// Its name, for instance `bank-statement`.
    pub name: String,
    /// Its version as the pipeline file says.
    pub version: String,
}

/// A keyed hash (HMAC-SHA-256 under the workspace's key): equal content gives equal fingerprints within one
/// workspace, and without the key nobody can confirm a guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 32]);

/// A document's name, password and digest, sealed under the document's key. Opened by
/// [`World::metadata`](crate::World::metadata).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedMetadata(pub Vec<u8>);

/// What a document is among the others of its workspace.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum DocumentRole {
    /// It came in from outside.
    #[default]
    Document,
    /// Made from documents of the workspace: their figures and reports.
    Case,
    /// A blank form, filled from documents of the workspace.
    Form,
}

impl DocumentRole {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Document, Self::Case, Self::Form];

    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Case => "case",
            Self::Form => "form",
        }
    }
}

/// What a document is, and which other documents of its workspace it is made from. It is erased with the first of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Derivation {
    /// What it is.
    pub role: DocumentRole,
    /// Each once; empty for what came in from outside.
    pub sources: Vec<DocumentId>,
}

/// Everything the one accepting transaction writes.
#[derive(Debug, Clone)]
pub struct NewDocument {
    /// The id that was reserved.
    pub document: DocumentId,
    /// For whom.
    pub actor: Actor,
    /// The instruction.
    pub pipeline: PipelineRef,
    /// How long it is kept.
    pub retention: RetentionClass,
    /// As far as the door can tell.
    pub media_type: MediaType,
    /// Size of the source.
    pub bytes: u64,
    /// Over the content and the instruction: equal ones are one document.
    pub fingerprint: Fingerprint,
    /// Name, password, digest.
    pub metadata: SealedMetadata,
    /// What it is made from.
    pub derivation: Derivation,
    /// The first job.
    pub first: NextJob,
    /// The trace it belongs to.
    pub trace: Option<TraceParent>,
}

/// The answer to an accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The document: the reserved one, or the one that was there already.
    pub document: DocumentId,
    /// The first job, to ring for; `None` for a duplicate.
    pub job: Option<Ring>,
    /// The same bytes with the same instruction were accepted before.
    pub duplicate: bool,
}

/// A document as everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// Whose.
    pub workspace: WorkspaceId,
    /// What it is among the others.
    pub role: DocumentRole,
    /// Where it stands.
    pub state: DocumentState,
    /// Why it failed.
    pub failure: Option<FailureCode>,
    /// The instruction.
    pub pipeline: PipelineRef,
    /// How long it is kept.
    pub retention: RetentionClass,
    /// What the bytes are.
    pub media_type: MediaType,
    /// Size of the source.
    pub bytes: u64,
    /// When it was committed.
    pub received_at: Timestamp,
    /// When it was settled, last.
    pub settled_at: Option<Timestamp>,
    /// A hold is on it: it will not be erased.
    pub held: bool,
    /// Name, password, digest.
    pub metadata: SealedMetadata,
}

/// A document that is tombstoned or erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gone {
    /// The receipt's id. It is known from the tombstone on.
    pub receipt: ReceiptId,
    /// Whether the erasure is finished and the receipt can be read.
    pub finished: bool,
}

/// The answer to a question about one document. Another workspace's document is `Absent`, like one that never was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup<T> {
    /// Here it is.
    Found(T),
    /// It was here and is erased.
    Gone(Gone),
    /// Not in this workspace.
    Absent,
}

impl<T> Lookup<T> {
    /// What was found, if anything was.
    #[must_use]
    pub fn found(self) -> Option<T> {
        match self {
            Self::Found(value) => Some(value),
            Self::Gone(_) | Self::Absent => None,
        }
    }
}

/// Which documents to list.
#[derive(Debug, Clone, Default)]
pub struct DocumentQuery {
    /// Only these states; empty means all.
    pub states: Vec<DocumentState>,
    /// Only these roles; empty means all.
    pub roles: Vec<DocumentRole>,
    /// Only documents older than this one (the last of the page before).
    pub before: Option<DocumentId>,
    /// At most so many; 0 means [`DocumentQuery::MAX_LIMIT`].
    pub limit: u32,
}

impl DocumentQuery {
    /// Longest page.
    pub const MAX_LIMIT: u32 = 500;
}

/// One stored artifact of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Its object.
    pub object: ObjectName,
    /// Which stage left it.
    pub stage: StageKind,
    /// Size before sealing.
    pub bytes: u64,
    /// Keyed hash of its content.
    pub fingerprint: Fingerprint,
}

/// The documents of a workspace.
#[async_trait]
pub trait Documents: Send + Sync {
    /// Makes the workspace known, if it is not. Idempotent.
    ///
    /// # Errors
    /// `Database`.
    async fn ensure_workspace(&self, workspace: WorkspaceId) -> Result<()>;

    /// Every workspace id, for roles that then work workspace by workspace.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn workspaces(&self) -> Result<Vec<WorkspaceId>>;

    /// Reserves the blob key of a source **before** its bytes: an object with neither row nor live intent is an
    /// orphan. Also makes the workspace known.
    ///
    /// # Errors
    /// `Database`.
    async fn reserve_intent(&self, workspace: WorkspaceId, document: DocumentId) -> Result<()>;

    /// Commits in **one** transaction: document, first job, audit event, outbox row, and the intent is used up.
    /// When an equal document is there already, that one is the answer, nothing new is written but an audit event,
    /// and the intent stays until the caller has removed the second copy.
    ///
    /// # Errors
    /// `Database`; `Upload` when the intent was swept away meanwhile: the upload took too long; `KeyDestroyed` when a
    /// document that it is made from is not there, or is being erased.
    async fn commit(&self, workspace: WorkspaceId, new: NewDocument) -> Result<Accepted>;

    /// One document.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn document(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Lookup<Document>>;

    /// Documents, newest first.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn list(&self, workspace: WorkspaceId, query: &DocumentQuery) -> Result<Vec<Document>>;

    /// The documents that one is made from, by id. Empty for what came in from outside.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn sources(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Lookup<Vec<DocumentId>>>;

    /// The artifacts of a document: for each kind its newest.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn artifacts(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Lookup<Vec<Artifact>>>;

    /// The newest artifact of one kind.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn artifact(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        kind: &ObjectKind,
    ) -> Result<Lookup<Option<Artifact>>>;
}
