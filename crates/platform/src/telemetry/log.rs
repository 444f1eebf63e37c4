//! Log lines: one event, one line, on stderr. Messages are lowercase constants, values are fields, and neither ever
//! holds content, names, amounts, file names or keys.

use super::{LogFormat, TelemetryError};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer, Registry};

/// A part of the subscriber.
pub(super) type BoxedLayer = Box<dyn Layer<Registry> + Send + Sync>;

/// Starts the log alone, for a command that talks to a person: no metrics, no spans. Called once, in `main`. Reads
/// no environment: the filter is an argument.
///
/// # Errors
/// [`TelemetryError::Filter`], [`TelemetryError::Twice`].
pub fn init(format: LogFormat, filter: &str) -> Result<(), TelemetryError> {
    let lines = lines(format, filter, std::io::stderr)?;
    tracing_subscriber::registry().with(lines).try_init().map_err(|twice| TelemetryError::Twice(twice.into()))
}

/// Writes the lines that the filter lets through.
pub(super) fn lines<W>(format: LogFormat, filter: &str, writer: W) -> Result<BoxedLayer, TelemetryError>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let filter = EnvFilter::builder().parse(filter).map_err(TelemetryError::Filter)?;
    // Whatever is asked for: it quotes parts of the address that it does not know.
    let silent = "sqlx_postgres::options=off".parse().map_err(TelemetryError::Filter)?;
    let filter = filter.add_directive(silent);
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    Ok(match format {
        LogFormat::Json => lines
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .with_filter(filter)
            .boxed(),
        LogFormat::Text => lines.with_ansi(false).compact().with_filter(filter).boxed(),
    })
}
