//! What telemetry is told when it starts, and why it does not.

use smartexus_domain::FaultVerdict;

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line: for machines.
    Json,
    /// One plain line: for a person at a terminal.
    Text,
}

/// Which role this process plays: the name under which its spans arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceRole {
    /// All of them.
    Serve,
    /// The door.
    Intake,
    /// Claims and runs jobs.
    Worker,
    /// Retention.
    Sweeper,
}

impl ServiceRole {
    /// The `service.name` of its spans.
    #[must_use]
    pub const fn service_name(self) -> &'static str {
        match self {
            Self::Serve => "smartexus",
            Self::Intake => "smartexus-intake",
            Self::Worker => "smartexus-worker",
            Self::Sweeper => "smartexus-sweeper",
        }
    }
}

/// How telemetry starts.
#[derive(Debug, Clone)]
pub struct TelemetrySettings {
    /// How log lines look.
    pub log_format: LogFormat,
    /// Which lines are written: `info`, or `warn,smartexus=debug`. Spans and metrics do not depend on it.
    pub log_filter: String,
    /// Where spans go, by OTLP over HTTP: the collector's base URL, such as `http://127.0.0.1:4318`. Without one, no
    /// span leaves the process. It holds no secret: a URL with a user or a query is refused. Headers, such as a
    /// token, are what the OTLP library itself reads from `OTEL_EXPORTER_OTLP_HEADERS`.
    pub otlp_endpoint: Option<String>,
    /// Who says so.
    pub service_role: ServiceRole,
}

/// Telemetry could not be started.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter is not of the form `info` or `warn,smartexus=debug`.
    #[error("the log filter is not understood")]
    Filter(#[source] tracing_subscriber::filter::ParseError),
    /// The endpoint is not `http://host[:port][/path]`, or `https`.
    #[error("the trace endpoint is not a plain URL like http://127.0.0.1:4318")]
    Endpoint,
    /// What sends the spans could not be made.
    #[error("the trace exporter could not be made")]
    Exporter(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The metrics' buckets, or the thread that looks after them, could not be made.
    #[error("the metrics could not be started")]
    Metrics(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Somebody started it before.
    #[error("telemetry was started before")]
    Twice(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl TelemetryError {
    /// Whose fault it is.
    #[must_use]
    pub const fn verdict(&self) -> FaultVerdict {
        match self {
            Self::Filter(_) | Self::Endpoint | Self::Exporter(_) | Self::Metrics(_) | Self::Twice(_) => {
                FaultVerdict::Halt
            }
        }
    }
}
