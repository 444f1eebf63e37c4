//! Every metric's name, in Prometheus form. What other systems measure too has the OpenTelemetry name, with `_` for
//! `.` and its unit at the end; what only we have begins with `smartexus_`.

/// Seconds until the answer to a request begins. Labels: `http_request_method`, `http_route` (a template, never a
/// path), `http_response_status_class`.
pub const HTTP_SERVER_REQUEST_DURATION_SECONDS: &str = "http_server_request_duration_seconds";

/// Rings that were given to the bell, those that failed too. Labels: `messaging_system`, `error_type`.
pub const MESSAGING_CLIENT_SENT_MESSAGES_TOTAL: &str = "messaging_client_sent_messages_total";

/// Seconds that one call to the bell took. Labels: `messaging_system`, `messaging_operation_name`, `error_type`.
pub const MESSAGING_CLIENT_OPERATION_DURATION_SECONDS: &str = "messaging_client_operation_duration_seconds";

/// Seconds from a claim to its verdict. Labels: `messaging_system`, `error_type` (how the run ended, unless it
/// finished).
pub const MESSAGING_PROCESS_DURATION_SECONDS: &str = "messaging_process_duration_seconds";

/// Documents that were taken in. Label: `result`.
pub const DOCUMENTS_ACCEPTED_TOTAL: &str = "smartexus_documents_accepted_total";

/// Documents whose stages are over. Label: `outcome`.
pub const DOCUMENTS_TOTAL: &str = "smartexus_documents_total";

/// Documents that failed. Label: `code`.
pub const DOCUMENT_FAILURES_TOTAL: &str = "smartexus_document_failures_total";

/// Statements that were read. Label: `verdict`.
pub const STATEMENTS_TOTAL: &str = "smartexus_statements_total";

/// Pages that were read. Label: `method`.
pub const PAGES_TOTAL: &str = "smartexus_pages_total";

/// Seconds that one run of a stage took. Label: `stage`.
pub const STAGE_DURATION_SECONDS: &str = "smartexus_stage_duration_seconds";

/// Runs of jobs that are over. Labels: `stage`, `ending`.
pub const JOB_RUNS_TOTAL: &str = "smartexus_job_runs_total";

/// Jobs that were given up. Label: `reason`.
pub const JOBS_DEAD_TOTAL: &str = "smartexus_jobs_dead_total";

/// Writes that came after their lease was somebody else's, and changed nothing. Label: `write`.
pub const FENCED_OUT_TOTAL: &str = "smartexus_fenced_out_total";

/// Rings that the reconciler made good.
pub const RINGS_RECONCILED_TOTAL: &str = "smartexus_rings_reconciled_total";

/// Rings that were refused: forged, damaged, expired, or of a version that is not known.
pub const RINGS_REFUSED_TOTAL: &str = "smartexus_rings_refused_total";

/// Age of the oldest job that is due and that nobody has claimed, in seconds; 0 when there is none.
pub const QUEUE_OLDEST_SECONDS: &str = "smartexus_queue_oldest_seconds";

/// Jobs that this worker may run at a time.
pub const SLOTS: &str = "smartexus_slots";

/// Jobs that this worker is running.
pub const SLOTS_BUSY: &str = "smartexus_slots_busy";

/// Outbox rows that are not sent yet.
pub const OUTBOX_PENDING: &str = "smartexus_outbox_pending";

/// Documents that wait for a person.
pub const REVIEW_OPEN: &str = "smartexus_review_open";

/// Values that a person changed. Label: `field`.
pub const REVIEW_EDITS_TOTAL: &str = "smartexus_review_edits_total";

/// Documents that are past the end of their retention, are not held, and are still there.
pub const RETENTION_OVERDUE: &str = "smartexus_retention_overdue";

/// Seconds since 1970 at the end of the last sweep in which everything worked.
pub const SWEEP_LAST_SUCCESS_TIMESTAMP_SECONDS: &str = "smartexus_sweep_last_success_timestamp_seconds";

/// Stores that a document was erased from. Label: `store`.
pub const ERASURES_TOTAL: &str = "smartexus_erasures_total";

/// Audit events of all workspaces together.
pub const AUDIT_HEAD: &str = "smartexus_audit_head";

/// Verifications of the audit trail. Label: `result`.
pub const AUDIT_VERIFICATIONS_TOTAL: &str = "smartexus_audit_verifications_total";

/// Attempts to deliver a webhook. Label: `outcome`.
pub const WEBHOOK_ATTEMPTS_TOTAL: &str = "smartexus_webhook_attempts_total";

/// Times that a child could not be locked in, so that nothing was parsed.
pub const SANDBOX_REFUSALS_TOTAL: &str = "smartexus_sandbox_refusals_total";

/// Spans that were handed to the collector, or lost on the way. Label: `fate`. What a full queue drops is not
/// counted.
pub const SPANS_TOTAL: &str = "smartexus_spans_total";
