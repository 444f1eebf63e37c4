//! The ports: everything outside, as traits. Table of contents.

mod adviser;
mod audit;
mod blobs;
mod cache;
mod categories;
mod clock;
mod documents;
mod doorbell;
mod generations;
mod ids;
mod jobs;
mod keys;
mod leaders;
mod limits;
mod mappings;
mod outbox;
mod priority;
mod progress;
mod retention;
mod sessions;
mod trace;

pub use adviser::{Adviser, AskFault};
pub use audit::{Actor, Audit, AuditAction, AuditEvent, AuditFlaw, AuditReport};
pub use blobs::{Blobs, ByteStream, ObjectEntry, ObjectKind, ObjectKindError, ObjectName, Upload, Written};
pub use cache::{Cache, CacheHealth, CacheTrouble, Unavailable};
pub use categories::{
    Categories, CategoryVersions, CorrectionKind, Edited, NewCorrection, RuleEdit, SealedCorrection,
    SealedCorrections, SealedRule, SealedRules,
};
pub use clock::{Clock, FakeClock, SystemClock};
pub use documents::{
    Accepted, Artifact, Derivation, Document, DocumentQuery, DocumentRole, Documents, Fingerprint, Gone,
    Lookup, NewDocument, PipelineRef, SealedMetadata,
};
pub use doorbell::{Doorbell, Listener, Ring};
pub use generations::{Generation, Generations, Topic};
pub use ids::{Ids, SystemIds};
pub use jobs::{
    Backlog, DeadJob, DocumentOutcome, JobPart, JobRecord, JobState, Jobs, LEASE, Lease, LeaseToken,
    MAX_LOSSES, NextJob, Reconciled, Released, Retried, RetryPlan, Revived, Settled, Settlement,
};
pub use keys::{DocumentKey, Keys};
pub(crate) use leaders::belief_us;
pub use leaders::{Leaders, Leadership, Role};
pub(crate) use limits::micros;
pub use limits::{Bucket, BucketKind, Limiter, Rate, RateError, Taken};
pub use mappings::{MappingEdit, Mappings, SealedMapping, SealedMappings};
pub use outbox::{Outbox, OutboxRow, PENDING_MAX};
pub use priority::Priority;
pub use progress::{LOOK_AGAIN, PROGRESS_BUFFER, Progress, ProgressChannel, ProgressEvent, ProgressStream};
pub use retention::{
    Anchor, DueDocument, DueQuery, EraseCause, EraseRequest, EraseStep, Erasure, HoldOutcome, Intent,
    Receipt, ReceiptId, Residue, Retention, Tombstoned,
};
pub use sessions::{Holder, MAX_SESSION_TTL, Session, SessionId, SessionTooLarge, SessionVersions, Sessions};
pub use trace::TraceParent;
