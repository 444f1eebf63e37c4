//! What happens to a worker.

use super::installation::Installation;
use super::process::{self, Process};
use smartexus_simulation::Dice;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

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
    /// Between two strikes.
    pub(crate) fn pause(self, dice: &mut Dice) -> Duration {
        let most_ms = match self {
            Self::Kill | Self::Stop => 700,
            // Documents have just arrived: whoever is frozen now is at work.
            Self::Freeze => 100,
        };
        Duration::from_millis(20 + dice.below(most_ms) as u64)
    }

    /// How long the first moment is waited for at which one of the chosen is at work.
    pub(crate) const fn patience(self) -> Duration {
        match self {
            Self::Kill | Self::Stop => Duration::ZERO,
            // It takes so long that it must not be wasted on the idle.
            Self::Freeze => Duration::from_secs(2),
        }
    }

    /// How many of so many workers are struck at once. A freeze takes long, and one worker must go on meanwhile.
    pub(crate) fn together(self, workers: usize) -> usize {
        match self {
            Self::Kill | Self::Stop => 1,
            Self::Freeze => workers.saturating_sub(1).max(1),
        }
    }

    /// One blow on each of these; afterwards they run. Returns how many of them it met at work.
    pub(crate) fn strike(
        self,
        struck: &mut [&mut Process],
        installation: &Installation,
    ) -> anyhow::Result<usize> {
        let mut at_work = 0;
        if self == Self::Freeze {
            struck.iter().try_for_each(|worker| worker.signal("STOP"))?;
        }
        for worker in struck.iter() {
            at_work += usize::from(worker.is_at_work()?);
        }
        match self {
            Self::Kill => {
                for worker in struck.iter_mut() {
                    worker.kill()?;
                    **worker = process::worker(installation)?;
                }
            }
            Self::Stop => {
                for worker in struck.iter_mut() {
                    worker.stop()?;
                    **worker = process::worker(installation)?;
                }
            }
            Self::Freeze => {
                std::thread::sleep(FREEZE);
                struck.iter().try_for_each(|worker| worker.signal("CONT"))?;
            }
        }
        Ok(at_work)
    }

    /// Whether it is meant to cost leases: a storm of this kind that cost none has hit nobody and shows nothing.
    pub(crate) const fn costs_leases(self) -> bool {
        match self {
            Self::Kill | Self::Freeze => true,
            Self::Stop => false,
        }
    }
}
