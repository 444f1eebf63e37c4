//! The ports: everything outside, as traits. Table of contents.

mod audit;
mod blobs;
mod clock;
mod documents;
mod doorbell;
mod ids;
mod jobs;
mod keys;
mod outbox;
mod priority;
mod retention;
mod trace;

pub use audit::{Actor, Audit, AuditAction, AuditEvent, AuditFlaw, AuditReport};
pub use blobs::{Blobs, ByteStream, ObjectEntry, ObjectKind, ObjectKindError, ObjectName, Upload, Written};
pub use clock::{Clock, FakeClock, SystemClock};
pub use documents::{
    Accepted, Artifact, Document, DocumentQuery, Documents, Fingerprint, Gone, Lookup, NewDocument,
    PipelineRef, SealedMetadata,
};
pub use doorbell::{Doorbell, Listener, Ring};
pub use ids::{Ids, SystemIds};
pub use jobs::{
    Backlog, DeadJob, DocumentOutcome, JobPart, JobRecord, JobState, Jobs, LEASE, Lease, LeaseToken,
    MAX_LOSSES, NextJob, Reconciled, Released, Retried, RetryPlan, Revived, Settled, Settlement,
};
pub use keys::{DocumentKey, Keys};
pub use outbox::{Outbox, OutboxRow};
pub use priority::Priority;
pub use retention::{
    Anchor, DueDocument, DueQuery, EraseCause, EraseRequest, EraseStep, Erasure, HoldOutcome, Intent,
    Receipt, ReceiptId, Residue, Retention, Tombstoned,
};
pub use trace::TraceParent;
