//! The port that says whether a role lives, works, and what it counted, where the settings name one.

use crate::configuration::Configuration;
use crate::exit::Stop;
use smartexus_platform::health::{HealthServer, Readiness};
use smartexus_platform::telemetry::{Metrics, Telemetry};
use std::sync::Arc;
use tokio::sync::watch;

/// Opens the port, if one is named.
pub(crate) async fn open(
    configuration: &Configuration,
    readiness: Readiness,
    metrics: Metrics,
) -> Result<Option<HealthServer>, Stop> {
    let Some(listen) = configuration.metrics_listen else { return Ok(None) };
    let bound = HealthServer::bind(listen, Arc::new(readiness), metrics).await;
    bound.map(Some).map_err(|error| {
        Stop::unavailable(error.to_string()).advise("choose another address with SMARTEXUS_METRICS_LISTEN")
    })
}

/// Answers until the word to stop.
pub(crate) async fn run(server: Option<HealthServer>, mut stopping: watch::Receiver<bool>) {
    if let Some(server) = server {
        server.run(async { drop(stopping.wait_for(|stop| *stop).await) }).await;
    }
}

/// Sends the last spans, apart from the runtime's threads, because it blocks.
pub(crate) async fn flush(telemetry: Telemetry) {
    // How it went is told in the log.
    drop(tokio::task::spawn_blocking(move || telemetry.shutdown()).await);
}
