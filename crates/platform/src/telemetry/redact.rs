//! What may be told of a span to a collector: its name from our list, and fields that are ids or constants. The rest
//! is dropped before it is sent, so that a careless field cannot carry content off the machine.

use crate::span_name::{UNNAMED, known};
use opentelemetry::trace::Status;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanExporter};
use std::borrow::Cow;
use std::time::Duration;

/// Fields that are exported: ids, counters, and words of the program itself.
pub(super) const EXPORTED: [&str; 16] = [
    "workspace",
    "document",
    "job",
    "receipt",
    "stage",
    "attempt",
    "losses",
    "run",
    "epoch",
    "pipeline",
    "version",
    "ending",
    "http.request.method",
    "http.route",
    "http.response.status_code",
    "messaging.system",
];

/// An exporter that sees redacted spans only.
#[derive(Debug)]
pub(super) struct Redacted<E>(pub(super) E);

impl<E: SpanExporter> SpanExporter for Redacted<E> {
    async fn export(&self, mut batch: Vec<SpanData>) -> OTelSdkResult {
        batch.iter_mut().for_each(redact);
        self.0.export(batch).await
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.0.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.0.set_resource(resource);
    }
}

fn redact(span: &mut SpanData) {
    let named = known(&span.name);
    span.name = Cow::Borrowed(named.as_ref().map_or(UNNAMED, |(name, _)| name));
    if let Some((_, kind)) = named {
        span.span_kind = kind;
    }
    span.attributes.retain(|attribute| EXPORTED.contains(&attribute.key.as_str()));
    // Events are log lines, and those stay here.
    span.events = SpanEvents::default();
    for link in &mut span.links.links {
        link.attributes.clear();
    }
    if let Status::Error { description } = &mut span.status {
        *description = Cow::Borrowed("");
    }
}
