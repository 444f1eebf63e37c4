//! What an operator sees of sweeping: spans, erasures by store, what is overdue, when it last worked.

use crate::SweepReport;
use jiff::Timestamp;
use smartexus_domain::DocumentId;
use smartexus_platform::{metric, span_name, trace_context};
use std::collections::BTreeSet;
use tracing::Span;
use tracing::field::Empty;

/// One sweep: a trace of its own, of which its log lines bear the id.
pub(crate) fn sweep() -> Span {
    begun(tracing::info_span!(span_name::SWEEP_DOCUMENTS, trace_id = Empty))
}

/// One erasure outside a sweep.
pub(crate) fn erasure(document: DocumentId) -> Span {
    begun(tracing::info_span!(span_name::ERASE_DOCUMENTS, trace_id = Empty, %document))
}

fn begun(span: Span) -> Span {
    // Without random bytes it goes without an id.
    drop(trace_context::receive(&span, None));
    span
}

/// A sweep is over. One whose schedule was paused knows nothing of what is overdue: the last number stays.
pub(crate) fn settled(report: &SweepReport, ended_at: Timestamp) {
    if report.paused.is_some() {
        return;
    }
    metric::retention_overdue(u64::try_from(overdue(report)).unwrap_or(u64::MAX));
    if report.succeeded() {
        metric::sweep_succeeded(ended_at);
    }
}

/// Another process sweeps, and tells what is overdue.
pub(crate) fn followed() {
    metric::retention_overdue(0);
}

/// Documents that this sweep should have erased and could not.
fn overdue(report: &SweepReport) -> usize {
    let failed: BTreeSet<_> = report.failures.iter().filter_map(|failure| failure.document).collect();
    let due = report.plan.erasures().map(|(entry, _)| entry.document);
    let due: BTreeSet<_> = due.chain(report.resumed.iter().copied()).collect();
    due.intersection(&failed).count()
}
