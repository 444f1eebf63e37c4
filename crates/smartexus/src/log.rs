//! What this process tells its operator: log lines on stderr for whoever asks, and for roles that run long also metrics
//! and, where a collector is named, spans.

use crate::configuration::{Configuration, LogStyle};
use crate::exit::Stop;
use crate::output::Output;
use smartexus_platform::telemetry::{
    self, LogFormat, ServiceRole, Telemetry, TelemetryError, TelemetrySettings,
};

/// Starts everything, for a role that runs long.
pub(crate) fn start(
    output: Output,
    configuration: &Configuration,
    service_role: ServiceRole,
) -> Result<Telemetry, Stop> {
    let settings = TelemetrySettings {
        log_format: format(output, configuration),
        log_filter: configuration.log.clone(),
        otlp_endpoint: configuration.otlp_endpoint.clone(),
        service_role,
    };
    Telemetry::start(&settings).map_err(|error| wrong(&error))
}

/// Starts the log alone, for a command that talks to a person: only where the setting `log` is set.
pub(crate) fn start_where_asked(output: Output, configuration: &Configuration) -> Result<(), Stop> {
    if !configuration.log_asked {
        return Ok(());
    }
    telemetry::init(format(output, configuration), &configuration.log).map_err(|error| wrong(&error))
}

fn format(output: Output, configuration: &Configuration) -> LogFormat {
    match configuration.log_style {
        LogStyle::Json => LogFormat::Json,
        LogStyle::Text => LogFormat::Text,
        LogStyle::Unsaid if output.json => LogFormat::Json,
        LogStyle::Unsaid => LogFormat::Text,
    }
}

fn wrong(error: &TelemetryError) -> Stop {
    match error {
        TelemetryError::Filter(_) => Stop::configuration(format!("`log` is wrong: {error}"))
            .advise("for instance: info, or warn,smartexus=debug"),
        TelemetryError::Endpoint | TelemetryError::Exporter(_) => {
            Stop::configuration(format!("`otlp_endpoint` is wrong: {error}"))
        }
        TelemetryError::Metrics(_) | TelemetryError::Twice(_) => Stop::unavailable(error.to_string()),
    }
}
