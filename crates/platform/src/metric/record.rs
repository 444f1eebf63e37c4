//! One function for each thing that happens.

use super::label::{method_word, verdict_word};
use super::name;
use super::{
    Acceptance, AuditVerification, DeadReason, Delivery, EraseStore, FencedWrite, HttpMethod, JobEnding,
    MessagingError, MessagingOperation, MessagingSystem, Outcome, ReviewField, Route, SpanFate, StatusClass,
};
use jiff::Timestamp;
use metrics::{counter, gauge, histogram};
use smartexus_domain::{FailureCode, PageMethod, StageKind, Verdict};
use std::time::Duration;

/// The answer to a request has begun.
pub fn http_request(route: Route, method: HttpMethod, status: StatusClass, took: Duration) {
    histogram!(
        name::HTTP_SERVER_REQUEST_DURATION_SECONDS,
        "http_request_method" => method.as_str(),
        "http_route" => route.as_str(),
        "http_response_status_class" => status.as_str(),
    )
    .record(took);
}

/// A call to the bell is over, well or badly.
pub fn messaging_operation(
    system: MessagingSystem,
    operation: MessagingOperation,
    took: Duration,
    outcome: Result<(), MessagingError>,
) {
    let error = outcome.err().map_or(NO_ERROR, MessagingError::as_str);
    if operation == MessagingOperation::Send {
        counter!(
            name::MESSAGING_CLIENT_SENT_MESSAGES_TOTAL,
            "messaging_system" => system.as_str(),
            "error_type" => error,
        )
        .increment(1);
    }
    histogram!(
        name::MESSAGING_CLIENT_OPERATION_DURATION_SECONDS,
        "messaging_system" => system.as_str(),
        "messaging_operation_name" => operation.as_str(),
        "error_type" => error,
    )
    .record(took);
}

/// A run is over: the standard duration from claim to verdict, and our own count by stage.
pub fn job_ended(system: MessagingSystem, stage: StageKind, ending: JobEnding, took: Duration) {
    let error = if ending == JobEnding::Finished { NO_ERROR } else { ending.as_str() };
    histogram!(
        name::MESSAGING_PROCESS_DURATION_SECONDS,
        "messaging_system" => system.as_str(),
        "error_type" => error,
    )
    .record(took);
    counter!(name::JOB_RUNS_TOTAL, "stage" => stage.as_str(), "ending" => ending.as_str()).increment(1);
}

/// A document was taken in.
pub fn document_accepted(acceptance: Acceptance) {
    counter!(name::DOCUMENTS_ACCEPTED_TOTAL, "result" => acceptance.as_str()).increment(1);
}

/// A document's stages are over.
pub fn document_ended(outcome: Outcome) {
    counter!(name::DOCUMENTS_TOTAL, "outcome" => outcome.as_str()).increment(1);
}

/// A document's stages are over, and it could not be read: counts the outcome too.
pub fn document_failed(code: FailureCode) {
    document_ended(Outcome::Failed);
    counter!(name::DOCUMENT_FAILURES_TOTAL, "code" => code.as_str()).increment(1);
}

/// A stage ran to its end.
pub fn stage_ended(stage: StageKind, took: Duration) {
    histogram!(name::STAGE_DURATION_SECONDS, "stage" => stage.as_str()).record(took);
}

/// A statement was read and proved, or not.
pub fn statement(verdict: Verdict) {
    counter!(name::STATEMENTS_TOTAL, "verdict" => verdict_word(verdict)).increment(1);
}

/// So many pages were read in this way.
pub fn pages(method: PageMethod, count: u64) {
    counter!(name::PAGES_TOTAL, "method" => method_word(method)).increment(count);
}

/// A job was given up.
pub fn job_dead(reason: DeadReason) {
    counter!(name::JOBS_DEAD_TOTAL, "reason" => reason.as_str()).increment(1);
}

/// So many writes came too late and were refused.
pub fn fenced_out(write: FencedWrite, count: u64) {
    counter!(name::FENCED_OUT_TOTAL, "write" => write.as_str()).increment(count);
}

/// The reconciler rang again for so many jobs.
pub fn rings_reconciled(count: u64) {
    counter!(name::RINGS_RECONCILED_TOTAL).increment(count);
}

/// A ring was forged, damaged, expired, or of a version that is not known.
pub fn ring_refused() {
    counter!(name::RINGS_REFUSED_TOTAL).increment(1);
}

/// The oldest job that is due has waited so long; zero when there is none.
pub fn queue_oldest(age: Duration) {
    gauge!(name::QUEUE_OLDEST_SECONDS).set(age);
}

/// This worker has so many slots.
pub fn slots(count: usize) {
    gauge!(name::SLOTS).set(as_f64(count as u64));
}

/// One slot more is busy.
pub fn slot_taken() {
    gauge!(name::SLOTS_BUSY).increment(1.0);
}

/// One slot less is busy.
pub fn slot_freed() {
    gauge!(name::SLOTS_BUSY).decrement(1.0);
}

/// So many outbox rows wait.
pub fn outbox_pending(count: u64) {
    gauge!(name::OUTBOX_PENDING).set(as_f64(count));
}

/// So many documents wait for a person.
pub fn review_open(count: u64) {
    gauge!(name::REVIEW_OPEN).set(as_f64(count));
}

/// A person changed a value.
pub fn review_edit(field: ReviewField) {
    counter!(name::REVIEW_EDITS_TOTAL, "field" => field.as_str()).increment(1);
}

/// So many documents ought to be gone.
pub fn retention_overdue(count: u64) {
    gauge!(name::RETENTION_OVERDUE).set(as_f64(count));
}

/// A sweep in which everything worked ended at this time.
pub fn sweep_succeeded(at: Timestamp) {
    gauge!(name::SWEEP_LAST_SUCCESS_TIMESTAMP_SECONDS)
        .set(as_f64(u64::try_from(at.as_second()).unwrap_or(0)));
}

/// A document was erased from a store.
pub fn erasure(store: EraseStore) {
    counter!(name::ERASURES_TOTAL, "store" => store.as_str()).increment(1);
}

/// The audit trails of all workspaces hold so many events.
pub fn audit_head(count: u64) {
    gauge!(name::AUDIT_HEAD).set(as_f64(count));
}

/// An audit trail was verified.
pub fn audit_verified(found: AuditVerification) {
    counter!(name::AUDIT_VERIFICATIONS_TOTAL, "result" => found.as_str()).increment(1);
}

/// A webhook was attempted.
pub fn webhook_attempt(outcome: Delivery) {
    counter!(name::WEBHOOK_ATTEMPTS_TOTAL, "outcome" => outcome.as_str()).increment(1);
}

/// A child could not be locked in.
pub fn sandbox_refusal() {
    counter!(name::SANDBOX_REFUSALS_TOTAL).increment(1);
}

/// So many spans had this fate.
pub fn spans(fate: SpanFate, count: u64) {
    counter!(name::SPANS_TOTAL, "fate" => fate.as_str()).increment(count);
}

/// What `error_type` says when there is none: to Prometheus an empty label is no label.
pub(super) const NO_ERROR: &str = "";

/// A gauge holds a float: exact up to 2^53, which no count of ours reaches.
#[expect(clippy::cast_precision_loss, reason = "no count reaches 2^53")]
const fn as_f64(count: u64) -> f64 {
    count as f64
}
