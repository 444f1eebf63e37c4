//! Log lines on stderr: for roles that run long, and for commands where somebody asks for them.

use crate::configuration::{Configuration, LogStyle};
use crate::exit::Stop;
use crate::output::Output;
use smartexus_platform::telemetry::{self, LogFormat};

/// Who gets a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// A role that runs long.
    Always,
    /// A command that talks to a person: only where the setting `log` is set.
    WhereAsked,
}

/// Starts the log, if it is wanted.
pub(crate) fn start(output: Output, configuration: &Configuration, wanted: Wanted) -> Result<(), Stop> {
    if wanted == Wanted::WhereAsked && !configuration.log_asked {
        return Ok(());
    }
    let format = match configuration.log_style {
        LogStyle::Json => LogFormat::Json,
        LogStyle::Text => LogFormat::Text,
        LogStyle::Unsaid if output.json => LogFormat::Json,
        LogStyle::Unsaid => LogFormat::Text,
    };
    telemetry::init(format, &configuration.log).map_err(|error| {
        Stop::configuration(format!("`log` is wrong: {error}"))
            .advise("for instance: info, or warn,smartexus=debug")
    })
}
