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
            // Documents have just arrived: whoever is frozen now is at work.
            Self::Freeze => 100,
        };
        Duration::from_millis(20 + dice.below(most_ms) as u64)
    }

    /// One blow; afterwards the worker runs.
    pub(crate) fn strike(self, worker: &mut Worker, installation: &Installation) -> anyhow::Result<()> {
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
            Self::Freeze => {
                signal(&worker.child, "STOP")?;
                std::thread::sleep(FREEZE);
                signal(&worker.child, "CONT")?;
            }
        }
        Ok(())
    }

    /// Whether it is meant to cost leases: a storm of this kind that cost none has hit nobody and shows nothing.
    pub(crate) const fn costs_leases(self) -> bool {
        match self {
            Self::Kill | Self::Freeze => true,
            Self::Stop => false,
        }
    }
}

/// A worker process; killed when dropped.
pub(crate) struct Worker {
    child: Child,
}

impl Worker {
    pub(crate) fn start(installation: &Installation) -> anyhow::Result<Self> {
        let child = installation.command(&["worker", "--jobs", "2"])?.spawn().context("a worker")?;
        Ok(Self { child })
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
