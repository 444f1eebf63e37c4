//! The one table of all metrics: what describes them, gives them buckets, and begins their counters at zero.

use super::label::{method_word, verdict_word};
use super::name;
use super::record::NO_ERROR;
use super::{
    Acceptance, AuditVerification, DeadReason, Delivery, EraseStore, FencedWrite, HttpMethod, JobEnding,
    MessagingError, MessagingOperation, MessagingSystem, Outcome, ReviewField, SpanFate, StatusClass,
};
use metrics::Unit;
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder};
use smartexus_domain::{FailureCode, PageMethod, StageKind, Verdict};

/// A metric.
#[derive(Debug, Clone, Copy)]
pub struct Metric {
    /// One of this module's constants.
    pub name: &'static str,
    /// What is done with it.
    pub kind: Kind,
    /// Its labels, all of which every sample has.
    pub labels: &'static [Label],
    /// One sentence, as Prometheus shows it.
    pub help: &'static str,
}

/// What is done with a metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Only grows.
    Counter,
    /// Goes up and down.
    Gauge(Unit),
    /// Seconds, counted in buckets with these upper ends.
    Histogram(&'static [f64]),
}

/// A label.
#[derive(Debug, Clone, Copy)]
pub struct Label {
    /// The key.
    pub key: &'static str,
    /// What it may be.
    pub values: Values,
}

/// What a label may be.
#[derive(Debug, Clone, Copy)]
pub enum Values {
    /// One of these words.
    Words(fn() -> Vec<&'static str>),
    /// The template of one of the program's routes, or `unmatched`.
    Routes,
}

/// Until an answer begins, and a call to a broker: the buckets of the OpenTelemetry conventions.
const CALL_BUCKETS: &[f64] =
    &[0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];
/// Work on a document: the quickest stage takes a millisecond, the longest job 120 s, a stuck one more.
const WORK_BUCKETS: &[f64] =
    &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0];

/// A label whose values are an enum's words.
macro_rules! label {
    ($key:literal, $words:ident) => {
        Label { key: $key, values: Values::Words(|| $words::ALL.iter().map(|word| word.as_str()).collect()) }
    };
}

const SYSTEM: Label = label!("messaging_system", MessagingSystem);
const STAGE: Label = label!("stage", StageKind);

const fn counter(name: &'static str, labels: &'static [Label], help: &'static str) -> Metric {
    Metric { name, kind: Kind::Counter, labels, help }
}

const fn gauge(name: &'static str, unit: Unit, help: &'static str) -> Metric {
    Metric { name, kind: Kind::Gauge(unit), labels: &[], help }
}

const fn histogram(
    name: &'static str,
    buckets: &'static [f64],
    labels: &'static [Label],
    help: &'static str,
) -> Metric {
    Metric { name, kind: Kind::Histogram(buckets), labels, help }
}

/// Every metric there is.
pub const METRICS: &[Metric] = &[
    histogram(
        name::HTTP_SERVER_REQUEST_DURATION_SECONDS,
        CALL_BUCKETS,
        &[
            label!("http_request_method", HttpMethod),
            Label { key: "http_route", values: Values::Routes },
            label!("http_response_status_class", StatusClass),
        ],
        "Time until the answer to a request begins.",
    ),
    counter(
        name::MESSAGING_CLIENT_SENT_MESSAGES_TOTAL,
        &[SYSTEM, Label { key: "error_type", values: Values::Words(messaging_errors) }],
        "Rings given to the bell, those that failed too.",
    ),
    histogram(
        name::MESSAGING_CLIENT_OPERATION_DURATION_SECONDS,
        CALL_BUCKETS,
        &[
            SYSTEM,
            label!("messaging_operation_name", MessagingOperation),
            Label { key: "error_type", values: Values::Words(messaging_errors) },
        ],
        "Time of one call to the bell.",
    ),
    histogram(
        name::MESSAGING_PROCESS_DURATION_SECONDS,
        WORK_BUCKETS,
        &[SYSTEM, Label { key: "error_type", values: Values::Words(unfinished_endings) }],
        "Time from a claim to its verdict.",
    ),
    counter(name::DOCUMENTS_ACCEPTED_TOTAL, &[label!("result", Acceptance)], "Documents taken in."),
    counter(name::DOCUMENTS_TOTAL, &[label!("outcome", Outcome)], "Documents whose stages are over."),
    counter(
        name::DOCUMENT_FAILURES_TOTAL,
        &[label!("code", FailureCode)],
        "Documents that failed, by reason.",
    ),
    counter(
        name::STATEMENTS_TOTAL,
        &[Label { key: "verdict", values: Values::Words(verdicts) }],
        "Statements read, by verdict of their proof.",
    ),
    counter(
        name::PAGES_TOTAL,
        &[Label { key: "method", values: Values::Words(page_methods) }],
        "Pages read, by method.",
    ),
    histogram(name::STAGE_DURATION_SECONDS, WORK_BUCKETS, &[STAGE], "Time of one run of a stage."),
    counter(name::JOB_RUNS_TOTAL, &[STAGE, label!("ending", JobEnding)], "Runs of jobs that are over."),
    counter(name::JOBS_DEAD_TOTAL, &[label!("reason", DeadReason)], "Jobs that were given up."),
    counter(
        name::FENCED_OUT_TOTAL,
        &[label!("write", FencedWrite)],
        "Writes that came after their lease was somebody else's.",
    ),
    counter(name::RINGS_RECONCILED_TOTAL, &[], "Rings that the reconciler made good."),
    counter(name::RINGS_REFUSED_TOTAL, &[], "Rings that were refused."),
    gauge(name::QUEUE_OLDEST_SECONDS, Unit::Seconds, "Age of the oldest job that is due and not claimed."),
    gauge(name::SLOTS, Unit::Count, "Jobs that this worker may run at a time."),
    gauge(name::SLOTS_BUSY, Unit::Count, "Jobs that this worker is running."),
    gauge(name::OUTBOX_PENDING, Unit::Count, "Outbox rows that are not sent yet."),
    gauge(name::REVIEW_OPEN, Unit::Count, "Documents that wait for a person."),
    counter(name::REVIEW_EDITS_TOTAL, &[label!("field", ReviewField)], "Values that a person changed."),
    gauge(
        name::RETENTION_OVERDUE,
        Unit::Count,
        "Documents past the end of their retention, not held, still there.",
    ),
    gauge(
        name::SWEEP_LAST_SUCCESS_TIMESTAMP_SECONDS,
        Unit::Seconds,
        "End of the last sweep in which everything worked.",
    ),
    counter(name::ERASURES_TOTAL, &[label!("store", EraseStore)], "Stores that a document was erased from."),
    gauge(name::AUDIT_HEAD, Unit::Count, "Audit events of all workspaces together."),
    counter(
        name::AUDIT_VERIFICATIONS_TOTAL,
        &[label!("result", AuditVerification)],
        "Verifications of an audit trail.",
    ),
    counter(name::WEBHOOK_ATTEMPTS_TOTAL, &[label!("outcome", Delivery)], "Attempts to deliver a webhook."),
    counter(name::SANDBOX_REFUSALS_TOTAL, &[], "Times that a child could not be locked in."),
    counter(
        name::SPANS_TOTAL,
        &[label!("fate", SpanFate)],
        "Spans handed to the collector, or lost on the way.",
    ),
];

fn messaging_errors() -> Vec<&'static str> {
    std::iter::once(NO_ERROR).chain(MessagingError::ALL.iter().map(|error| error.as_str())).collect()
}

fn unfinished_endings() -> Vec<&'static str> {
    let unfinished = JobEnding::ALL.iter().filter(|ending| **ending != JobEnding::Finished);
    std::iter::once(NO_ERROR).chain(unfinished.map(|ending| ending.as_str())).collect()
}

fn verdicts() -> Vec<&'static str> {
    [Verdict::Verified, Verdict::Discrepancy, Verdict::Unverifiable].map(verdict_word).to_vec()
}

fn page_methods() -> Vec<&'static str> {
    [PageMethod::Text, PageMethod::Ocr, PageMethod::Mixed].map(method_word).to_vec()
}

/// A Prometheus recorder's builder that knows the buckets.
pub(crate) fn prometheus() -> Result<PrometheusBuilder, BuildError> {
    METRICS.iter().try_fold(PrometheusBuilder::new(), |builder, metric| match metric.kind {
        Kind::Histogram(buckets) => {
            builder.set_buckets_for_metric(Matcher::Full(metric.name.to_owned()), buckets)
        }
        Kind::Counter | Kind::Gauge(_) => Ok(builder),
    })
}

/// Describes every metric to the recorder in place, and begins every counter at zero: an alert on a counter that
/// was never touched would otherwise see nothing, and its first step not at all.
pub(crate) fn describe() {
    for metric in METRICS {
        match metric.kind {
            Kind::Counter => {
                metrics::describe_counter!(metric.name, Unit::Count, metric.help);
                for labels in combinations(metric.labels) {
                    metrics::counter!(metric.name, &labels).absolute(0);
                }
            }
            Kind::Gauge(unit) => metrics::describe_gauge!(metric.name, unit, metric.help),
            Kind::Histogram(_) => metrics::describe_histogram!(metric.name, Unit::Seconds, metric.help),
        }
    }
}

/// Every combination of the labels' words; nothing for a label whose words are not known here.
fn combinations(labels: &[Label]) -> Vec<Vec<(&'static str, &'static str)>> {
    labels.iter().fold(vec![Vec::new()], |combined, label| {
        let words = match label.values {
            Values::Words(words) => words(),
            Values::Routes => Vec::new(),
        };
        let with = |before: &Vec<_>, word| before.iter().copied().chain([(label.key, word)]).collect();
        combined.iter().flat_map(|before| words.iter().map(move |word| with(before, *word))).collect()
    })
}
