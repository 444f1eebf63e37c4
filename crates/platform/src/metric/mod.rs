//! What an operator counts: names, labels, and one typed function for each thing that happens. Table of contents.
//!
//! Every label is a closed list, and the functions take its enum and nothing else: no workspace, file, customer or
//! amount can become a label. Without a recorder (see [`crate::telemetry`]) every call costs next to nothing.

mod catalogue;
mod label;
pub mod name;
mod record;
#[cfg(test)]
mod tests;

pub use catalogue::{Kind, Label, METRICS, Metric, Values};
pub(crate) use catalogue::{describe, prometheus};
pub use label::{
    Acceptance, AuditVerification, DeadReason, Delivery, EraseStore, FencedWrite, HttpMethod, JobEnding,
    MessagingError, MessagingOperation, MessagingSystem, Outcome, ReviewField, Route, SpanFate, StatusClass,
};
pub use record::{
    audit_head, audit_verified, document_accepted, document_ended, document_failed, erasure, fenced_out,
    http_request, job_dead, job_ended, messaging_operation, outbox_pending, pages, queue_oldest,
    retention_overdue, review_edit, review_open, ring_refused, rings_reconciled, sandbox_refusal, slot_freed,
    slot_taken, slots, spans, stage_ended, statement, sweep_succeeded, webhook_attempt,
};
