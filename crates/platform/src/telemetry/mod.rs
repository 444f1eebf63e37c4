//! What the program tells its operator: log lines on stderr, metrics on request, and spans where a collector was
//! named. Nothing of it leaves the machine unless an endpoint is configured. Table of contents.

mod export;
mod log;
mod redact;
mod settings;
mod start;
#[cfg(test)]
mod tests;

pub use log::init;
pub use settings::{LogFormat, ServiceRole, TelemetryError, TelemetrySettings};
pub use start::{Metrics, Telemetry};
