//! The names of our spans, `{operation} {destination}` after the OpenTelemetry messaging conventions. Those are still
//! being developed, so the names live here and nowhere else; a span with another name is exported as `unnamed`.

use opentelemetry::trace::SpanKind;

/// The door answers a request.
pub const RECEIVE_REQUEST: &str = "receive request";

/// A job's ring is given to the bell.
pub const SEND_DOCUMENTS: &str = "send documents";

/// A worker runs a job.
pub const PROCESS_DOCUMENTS: &str = "process documents";

/// The outbox is published.
pub const SEND_OUTBOX: &str = "send outbox";

/// A webhook is attempted.
pub const SEND_WEBHOOKS: &str = "send webhooks";

/// One sweep.
pub const SWEEP_DOCUMENTS: &str = "sweep documents";

/// One document is erased.
pub const ERASE_DOCUMENTS: &str = "erase documents";

/// What a span is called whose name is not one of these.
pub(crate) const UNNAMED: &str = "unnamed";

/// Every name, and what kind of span has it.
const ALL: [(&str, SpanKind); 7] = [
    (RECEIVE_REQUEST, SpanKind::Server),
    (SEND_DOCUMENTS, SpanKind::Producer),
    (PROCESS_DOCUMENTS, SpanKind::Consumer),
    (SEND_OUTBOX, SpanKind::Producer),
    (SEND_WEBHOOKS, SpanKind::Client),
    (SWEEP_DOCUMENTS, SpanKind::Internal),
    (ERASE_DOCUMENTS, SpanKind::Internal),
];

/// The constant equal to this name, and its kind.
pub(crate) fn known(name: &str) -> Option<(&'static str, SpanKind)> {
    ALL.into_iter().find(|(known, _)| *known == name)
}
