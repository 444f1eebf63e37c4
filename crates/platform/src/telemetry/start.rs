//! Telemetry of a role that runs long: started first, shut down last.

use super::log::lines;
use super::{TelemetryError, TelemetrySettings, export};
use crate::metric;
use metrics_exporter_prometheus::{PrometheusHandle, PrometheusRecorder};
use opentelemetry_sdk::trace::SdkTracerProvider;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Spans that are not sent after this much time at the end are lost.
const FLUSH_TIMEOUT: Duration = Duration::from_millis(1500);
/// How often what histograms have gathered is put into buckets, whether or not somebody asks for it: otherwise it
/// would grow for as long as nobody does.
const UPKEEP: Duration = Duration::from_secs(5);

/// The metrics of this process, as Prometheus reads them. Cloning shares them.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    pub(crate) fn of(recorder: &PrometheusRecorder) -> Self {
        Self(recorder.handle())
    }

    /// The text format, version 0.0.4.
    #[must_use]
    pub fn render(&self) -> String {
        self.0.render()
    }
}

/// Log, metrics and spans of this process.
pub struct Telemetry {
    metrics: Metrics,
    spans: Option<SdkTracerProvider>,
    /// Dropping it ends the upkeep.
    _upkeep: Sender<()>,
}

impl Telemetry {
    /// Starts the log on stderr, the metrics, and, only when an endpoint is named, the export of spans. Called once,
    /// in `main`, inside or outside a runtime. Does not wait for the collector, now or later.
    ///
    /// # Errors
    /// [`TelemetryError`].
    pub fn start(settings: &TelemetrySettings) -> Result<Self, TelemetryError> {
        Self::start_with_writer(settings, std::io::stderr)
    }

    /// As [`Telemetry::start`], but the log goes elsewhere: tests read it.
    ///
    /// # Errors
    /// [`TelemetryError`].
    pub fn start_with_writer<W>(settings: &TelemetrySettings, writer: W) -> Result<Self, TelemetryError>
    where
        W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
    {
        let mut layers = vec![lines(settings.log_format, &settings.log_filter, writer)?];
        let endpoint = settings.otlp_endpoint.as_deref();
        let spans = endpoint.map(|to| export::collector(to, settings.service_role)).transpose()?;
        layers.extend(spans.as_ref().map(export::spans));
        let buckets = metric::prometheus().map_err(|error| TelemetryError::Metrics(error.into()))?;
        let recorder = buckets.build_recorder();
        let metrics = Metrics::of(&recorder);
        let upkeep = keep_up(metrics.clone())?;
        let twice = |twice| TelemetryError::Twice(twice);
        tracing_subscriber::registry().with(layers).try_init().map_err(|error| twice(error.into()))?;
        metrics::set_global_recorder(recorder).map_err(|error| twice(error.to_string().into()))?;
        metric::describe();
        Ok(Self { metrics, spans, _upkeep: upkeep })
    }

    /// What `/metrics` shows.
    #[must_use]
    pub fn metrics(&self) -> Metrics {
        self.metrics.clone()
    }

    /// What `/metrics` shows now.
    #[must_use]
    pub fn render(&self) -> String {
        self.metrics.render()
    }

    /// Sends what is left, for at most 1.5 s. Blocks: call it last.
    pub fn shutdown(self) {
        let Some(spans) = self.spans else { return };
        if spans.shutdown_with_timeout(FLUSH_TIMEOUT).is_err() {
            tracing::warn!("spans left unsent");
        }
    }
}

/// A thread and not a task: it needs no runtime, and a busy one does not hold it up.
fn keep_up(metrics: Metrics) -> Result<Sender<()>, TelemetryError> {
    let (running, ended) = channel();
    let upkeep = move || {
        while ended.recv_timeout(UPKEEP) == Err(RecvTimeoutError::Timeout) {
            metrics.0.run_upkeep();
        }
    };
    let thread = std::thread::Builder::new().name("metrics-upkeep".to_owned()).spawn(upkeep);
    thread.map_err(|error| TelemetryError::Metrics(error.into()))?;
    Ok(running)
}
