//! The runtime of a command, and what a person or the system may break in with.

use crate::exit::{Exit, Stop};
use std::future::Future;
use tokio::signal::unix::{Signal, SignalKind, signal};

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

/// Ctrl-C and SIGTERM, from now on: one that comes while a command still opens its things is not missed.
pub(crate) struct Interruptions {
    interrupt: Signal,
    terminate: Signal,
}

impl Interruptions {
    /// Listens within the runtime.
    pub(crate) fn listen() -> Result<Self, Stop> {
        let listen = |kind| {
            signal(kind).map_err(|error| Stop::unavailable(format!("no signals to be had: {}", error.kind())))
        };
        Ok(Self { interrupt: listen(SignalKind::interrupt())?, terminate: listen(SignalKind::terminate())? })
    }

    /// Ends when somebody asks this process to stop.
    pub(crate) async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
