//! The runtime of a command, and what a person or the system may break in with.

use crate::exit::{Exit, Stop};
use std::future::Future;
use tokio::signal::unix::{SignalKind, signal};

/// Runs a command to its end.
pub(crate) fn block_on(command: impl Future<Output = Result<Exit, Stop>>) -> Result<Exit, Stop> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Stop::unavailable(format!("no threads to be had: {}", error.kind())))?;
    let ended = runtime.block_on(command);
    // A blocking read of a pipe or a slow disk must not keep the program from ending.
    runtime.shutdown_background();
    ended
}

/// Ends when somebody asks this process to stop: Ctrl-C or SIGTERM.
pub(crate) async fn asked_to_stop() -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}
