//! Spans on their way to a collector: batches, by OTLP over HTTP, from a thread of their own. A collector that is
//! away costs spans and nothing else.

use super::log::BoxedLayer;
use super::redact::Redacted;
use super::{ServiceRole, TelemetryError};
use crate::metric::{self, SpanFate};
use hyper::Uri;
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{Protocol, RetryPolicy, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{
    BatchConfigBuilder, BatchSpanProcessor, Sampler, SdkTracerProvider, SpanData, SpanExporter, SpanProcessor,
};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::runtime::Runtime;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::filter_fn;

/// Spans that wait to be sent; one more is dropped.
const QUEUE_SPANS: usize = 2048;
/// Spans in one request.
const BATCH_SPANS: usize = 512;
/// A batch that is not full is sent after so long.
const BATCH_DELAY: Duration = Duration::from_secs(2);
/// For one request, and for a batch with all its repeats to begin.
const EXPORT_TIMEOUT: Duration = Duration::from_secs(2);
/// Repeats of a request that failed; then its spans are lost.
const EXPORT_RETRIES: usize = 2;
/// Where a collector listens, below its base URL.
const TRACES_PATH: &str = "v1/traces";
/// Spans of other libraries are none of ours.
const OUR_TARGETS: &str = "smartexus";

/// A provider that sends batches to the collector at this base URL.
pub(super) fn collector(endpoint: &str, role: ServiceRole) -> Result<SdkTracerProvider, TelemetryError> {
    let batches = BatchConfigBuilder::default()
        .with_max_queue_size(QUEUE_SPANS)
        .with_max_export_batch_size(BATCH_SPANS)
        .with_scheduled_delay(BATCH_DELAY)
        .build();
    let exporter = Redacted(Sender::open(&traces_url(endpoint)?)?);
    Ok(provider(BatchSpanProcessor::new(exporter, batches), role))
}

/// A provider over this processor. Every span is recorded: the flag in a stranger's `traceparent` does not decide
/// what we see of our own work.
pub(super) fn provider(processor: impl SpanProcessor + 'static, role: ServiceRole) -> SdkTracerProvider {
    // Not the default resource: that one reads the environment.
    let resource = Resource::builder_empty()
        .with_service_name(role.service_name())
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .build();
    SdkTracerProvider::builder()
        .with_span_processor(processor)
        .with_sampler(Sampler::AlwaysOn)
        .with_resource(resource)
        .build()
}

/// Our spans as OpenTelemetry spans: no log lines, no threads, no places in the source.
pub(super) fn spans(provider: &SdkTracerProvider) -> BoxedLayer {
    let ours = filter_fn(|metadata| metadata.is_span() && metadata.target().starts_with(OUR_TARGETS))
        .with_max_level_hint(LevelFilter::INFO);
    tracing_opentelemetry::layer()
        .with_tracer(provider.tracer(OUR_TARGETS))
        .with_location(false)
        .with_threads(false)
        .with_target(false)
        .with_tracked_inactivity(false)
        .with_error_fields_to_exceptions(false)
        .with_error_records_to_exceptions(false)
        .with_error_events_to_exceptions(false)
        .with_error_events_to_status(false)
        .with_filter(ours)
        .boxed()
}

/// The URL that spans are posted to. A user, a query or a fragment may hold a secret: refused, so that an endpoint can be
/// shown anywhere.
fn traces_url(endpoint: &str) -> Result<String, TelemetryError> {
    let parsed: Uri = endpoint.parse().map_err(|_| TelemetryError::Endpoint)?;
    let is_http = matches!(parsed.scheme_str(), Some("http" | "https"));
    let host = parsed.authority().is_some_and(|to| !to.host().is_empty() && !to.as_str().contains('@'));
    if !is_http || !host || parsed.query().is_some() || endpoint.contains('#') {
        return Err(TelemetryError::Endpoint);
    }
    Ok(format!("{}/{TRACES_PATH}", endpoint.trim_end_matches('/')))
}

/// Sends batches, each from beginning to end on the thread of the batch processor, which is no thread of the
/// program's runtime: hence a small runtime of its own.
#[derive(Debug)]
struct Sender {
    collector: opentelemetry_otlp::SpanExporter,
    /// Taken only when this is dropped.
    runtime: Option<Runtime>,
    /// The last batch was lost: said once, and once again when it is over.
    is_away: AtomicBool,
}

impl Sender {
    fn open(url: &str) -> Result<Self, TelemetryError> {
        let retries = RetryPolicy::recommended().with_max_retries(EXPORT_RETRIES);
        let collector = opentelemetry_otlp::SpanExporter::builder()
            .with_http()
            .with_endpoint(url)
            .with_protocol(Protocol::HttpBinary)
            .with_timeout(EXPORT_TIMEOUT)
            .with_retry_policy(retries)
            .build()
            .map_err(|error| TelemetryError::Exporter(error.into()))?;
        // Last: a runtime that is dropped on the program's own threads would panic.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| TelemetryError::Exporter(error.into()))?;
        Ok(Self { collector, runtime: Some(runtime), is_away: AtomicBool::new(false) })
    }

    fn note(&self, sent: bool, count: usize) {
        let fate = if sent { SpanFate::Sent } else { SpanFate::Lost };
        metric::spans(fate, u64::try_from(count).unwrap_or(u64::MAX));
        match (sent, self.is_away.swap(!sent, Ordering::Relaxed)) {
            (false, false) => tracing::warn!(spans = count, "spans not taken by the collector"),
            (true, true) => tracing::info!("spans taken by the collector again"),
            (false, true) | (true, false) => {}
        }
    }
}

impl SpanExporter for Sender {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let Some(runtime) = &self.runtime else { return Err(OTelSdkError::AlreadyShutdown) };
        let count = batch.len();
        // Blocks, as it may: the caller is a thread that does nothing else.
        let sent = runtime.block_on(self.collector.export(batch));
        self.note(sent.is_ok(), count);
        sent
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.collector.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.collector.set_resource(resource);
    }
}

impl Drop for Sender {
    fn drop(&mut self) {
        // Does not wait: a look-up of the collector's name may hang for long.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
