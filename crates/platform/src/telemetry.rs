//! Log lines: one event, one line, on stderr. Messages are lowercase constants, values are fields, and neither ever
//! holds content, names, amounts, file names or keys.

use tracing_subscriber::EnvFilter;

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line: for machines.
    Json,
    /// One plain line: for a person at a terminal.
    Text,
}

/// The log could not be started.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter is not of the form `info` or `warn,smartexus=debug`.
    #[error("the log filter is not understood")]
    Filter(#[source] tracing_subscriber::filter::ParseError),
    /// Somebody started it before.
    #[error("the log was started before")]
    Twice(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Starts the log for the whole process; called once, in `main`. Reads no environment: the filter is an argument.
///
/// # Errors
/// [`TelemetryError`].
pub fn init(format: LogFormat, filter: &str) -> Result<(), TelemetryError> {
    let filter = EnvFilter::builder().parse(filter).map_err(TelemetryError::Filter)?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        LogFormat::Json => {
            lines.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init()
        }
        LogFormat::Text => lines.with_ansi(false).compact().try_init(),
    }
    .map_err(TelemetryError::Twice)
}
