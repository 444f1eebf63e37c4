//! What happens to a worker.

use super::installation::Installation;
use anyhow::{Context, ensure};
use smartexus_simulation::Dice;
use std::fmt;
use std::process::{Child, Command};
use std::str::FromStr;
use std::time::{Duration, Instant};

/// A stop must be over within this.
const STOP_LIMIT: Duration = Duration::from_secs(10);
/// Longer than a lease.
const FREEZE: Duration = Duration::from_millis(6_500);

/// A kind of storm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weather {
    /// SIGKILL: no handler runs, nothing is flushed.
    Kill,
    /// SIGTERM: what runs is finished or given back.
    Stop,
    /// SIGSTOP past the lease, then SIGCONT: a worker that does not know that its lease is somebody else's.
    Freeze,
}

impl FromStr for Weather {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "kill" => Ok(Self::Kill),
            "stop" => Ok(Self::Stop),
            "freeze" => Ok(Self::Freeze),
            _ => Err(()),
        }
    }
}

impl fmt::Display for Weather {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kill => "SIGKILL",
            Self::Stop => "SIGTERM",
            Self::Freeze => "SIGSTOP past the lease, then SIGCONT",
        })
    }
}

impl Weather {
    /// Between two blows.
    pub(crate) fn pause(self, dice: &mut Dice) -> Duration {
        let most_ms = match self {
            Self::Kill | Self::Stop => 700,
            Self::Freeze => 50,
        };
        Duration::from_millis(dice.below(most_ms) as u64)
    }

    /// One blow; afterwards the worker runs, or will.
    pub(crate) fn strike(
        self,
        worker: &mut Worker,
        installation: &Installation,
        _dice: &mut Dice,
    ) -> anyhow::Result<()> {
        match self {
            Self::Kill => {
                worker.child.kill()?;
                worker.child.wait()?;
                *worker = Worker::start(installation)?;
            }
            Self::Stop => {
                worker.stop()?;
                *worker = Worker::start(installation)?;
            }
            Self::Freeze => worker.freeze()?,
        }
        Ok(())
    }

    /// The end of the storm: nobody stays frozen.
    pub(crate) fn clear(self, worker: &mut Worker) -> anyhow::Result<()> {
        if self == Self::Freeze { signal(&worker.child, "CONT") } else { Ok(()) }
    }
}

/// A worker process; killed when dropped.
pub(crate) struct Worker {
    child: Child,
    frozen_since: Option<Instant>,
}

impl Worker {
    pub(crate) fn start(installation: &Installation) -> anyhow::Result<Self> {
        let child = installation.command(&["worker", "--jobs", "2"])?.spawn().context("a worker")?;
        Ok(Self { child, frozen_since: None })
    }

    fn stop(&mut self) -> anyhow::Result<()> {
        signal(&self.child, "TERM")?;
        let deadline = Instant::now() + STOP_LIMIT;
        while self.child.try_wait()?.is_none() {
            ensure!(Instant::now() < deadline, "a worker did not stop within {STOP_LIMIT:?}");
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    /// Freezes it; one that was frozen before goes on after its lease is over.
    fn freeze(&mut self) -> anyhow::Result<()> {
        if let Some(since) = self.frozen_since.take() {
            std::thread::sleep(FREEZE.saturating_sub(since.elapsed()));
            return signal(&self.child, "CONT");
        }
        self.frozen_since = Some(Instant::now());
        signal(&self.child, "STOP")
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn signal(child: &Child, name: &str) -> anyhow::Result<()> {
    let status = Command::new("kill").arg(format!("-{name}")).arg(child.id().to_string()).status()?;
    ensure!(status.success(), "the signal {name} was not sent");
    Ok(())
}
