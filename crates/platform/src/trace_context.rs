//! One trace from upload to webhook: how it gets into a span, into a row, and out of both.
//!
//! A document keeps one trace id for its whole life. The first claim of a job is a child of what made the job; a
//! repeated one is a span of its own with a link, and so is what gathers many. Where no spans are exported the ids
//! are made and handed on all the same, so that log lines tie together by their field `trace_id`.

use crate::port::TraceParent;
use crate::{KeyFault, PlatformError, Result};
use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, SpanId, TraceContextExt as _, TraceFlags, TraceId, TraceState};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

/// The span field that holds the trace id: declare it as `trace_id = tracing::field::Empty`.
pub const TRACE_ID: &str = "trace_id";

impl TraceParent {
    /// The trace: 32 hex digits.
    #[must_use]
    pub fn trace_id(&self) -> &str {
        self.as_str().split('-').nth(1).unwrap_or_default()
    }

    /// The span that was current where this was written: 16 hex digits.
    #[must_use]
    pub fn span_id(&self) -> &str {
        self.as_str().split('-').nth(2).unwrap_or_default()
    }

    /// The beginning of a trace that nobody has recorded yet.
    ///
    /// # Errors
    /// [`PlatformError::Keys`] when the operating system gives no random bytes.
    pub fn begin() -> Result<Self> {
        // Zero ids are invalid; there is one in 2^64.
        loop {
            let mut random = [0_u8; 24];
            getrandom::fill(&mut random).map_err(|_| PlatformError::Keys(KeyFault::NoRandomness))?;
            let [trace @ .., _, _, _, _, _, _, _, _] = random;
            let [.., a, b, c, d, e, f, g, h] = random;
            let (trace, span) = (u128::from_be_bytes(trace), u64::from_be_bytes([a, b, c, d, e, f, g, h]));
            if let Ok(begun) = format!("00-{trace:032x}-{span:016x}-00").parse() {
                return Ok(begun);
            }
        }
    }

    fn of(context: &SpanContext) -> Option<Self> {
        let (trace, span) = (context.trace_id(), context.span_id());
        format!("00-{trace}-{span}-{:02x}", context.trace_flags().to_u8()).parse().ok()
    }

    fn context(&self) -> SpanContext {
        let trace = TraceId::from_hex(self.trace_id()).unwrap_or(TraceId::INVALID);
        let span = SpanId::from_hex(self.span_id()).unwrap_or(SpanId::INVALID);
        let flags = self.as_str().rsplit('-').next().and_then(|flags| u8::from_str_radix(flags, 16).ok());
        let flags = TraceFlags::new(flags.unwrap_or(0)) & TraceFlags::SAMPLED;
        SpanContext::new(trace, span, flags, true, TraceState::default())
    }
}

/// The door: makes the span of a request go on with the trace that came with it, or begin one, and says where it
/// goes on from here. Call it before the span is entered.
///
/// # Errors
/// [`PlatformError::Keys`] when the operating system gives no random bytes.
pub fn receive(span: &Span, came: Option<TraceParent>) -> Result<TraceParent> {
    if let Some(came) = &came {
        set_parent(span, came);
    }
    let here = match of_span(span).or(came) {
        Some(here) => here,
        None => TraceParent::begin()?,
    };
    span.record(TRACE_ID, here.trace_id());
    Ok(here)
}

/// The first claim: makes the span a child of what made the job. Call it before the span is entered.
pub fn child_of(span: &Span, parent: &TraceParent) {
    set_parent(span, parent);
    span.record(TRACE_ID, parent.trace_id());
}

/// A retry or a redelivery: the span stands by itself and points at what made the job. Its log lines keep the
/// document's trace id.
pub fn repeat_of(span: &Span, first: &TraceParent) {
    // Whatever is current by chance is no parent either.
    detach(span);
    link(span, first);
    span.record(TRACE_ID, first.trace_id());
}

/// Points from the span at another one: gathering a long scan points at the job of each page range.
pub fn link(span: &Span, to: &TraceParent) {
    span.add_link(to.context());
}

/// Where the trace of a job goes on: what the rows that the job makes, and their rings, hold. A child hands on its
/// own place; a repeat stands outside the document's trace and hands on what it was given.
#[must_use]
pub fn onward(span: &Span, given: &TraceParent) -> TraceParent {
    of_span(span).filter(|here| here.trace_id() == given.trace_id()).unwrap_or_else(|| given.clone())
}

/// The span's own place in its trace; `None` where no spans are exported.
#[must_use]
pub fn of_span(span: &Span) -> Option<TraceParent> {
    TraceParent::of(span.context().span().span_context())
}

fn set_parent(span: &Span, parent: &TraceParent) {
    // It fails where no spans are exported, which is fine, and for a span that was entered before.
    let _not_exported = span.set_parent(Context::new().with_remote_span_context(parent.context()));
}

fn detach(span: &Span) {
    let _not_exported = span.set_parent(Context::new());
}
