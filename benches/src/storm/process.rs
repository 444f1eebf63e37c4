//! A worker's process.

use super::installation::Installation;
use anyhow::{Context, ensure};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// A stop must be over within this.
const STOP_LIMIT: Duration = Duration::from_secs(10);

/// What a worker logs when a job begins, and when one ends.
const BEGINS: &str = "job started";
const ENDS: [&str; 6] =
    ["job finished", "job retried", "job postponed", "job released", "job lost", "verdict not written"];

/// What it logs when the outside is at fault.
const SETBACKS: [&str; 4] = ["job postponed", "claim failed", "heartbeat missed", "verdict not written"];

/// A worker process; killed when dropped.
pub(crate) struct Process {
    child: Child,
    log: PathBuf,
}

/// A worker of the product, with two slots.
pub(crate) fn worker(installation: &Installation) -> anyhow::Result<Process> {
    Process::start(installation.command(&["worker", "--jobs", "2"])?)
}

impl Process {
    /// Another program in a worker's place.
    pub(crate) fn of(installation: &Installation, program: &Path, args: &[&str]) -> anyhow::Result<Self> {
        Self::start(installation.command_of(program, args)?)
    }

    fn start((mut command, log): (Command, PathBuf)) -> anyhow::Result<Self> {
        Ok(Self { child: command.spawn().context("a worker")?, log })
    }

    /// Whether it holds a job, as far as its log says.
    pub(crate) fn is_at_work(&self) -> anyhow::Result<bool> {
        let log = std::fs::read_to_string(&self.log)?;
        let ended: usize = ENDS.iter().map(|words| log.matches(words).count()).sum();
        Ok(log.matches(BEGINS).count() > ended)
    }

    pub(crate) fn has_ended(&mut self) -> anyhow::Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }

    /// How often it could not do what it wanted because the outside was at fault.
    pub(crate) fn setbacks(&self) -> usize {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        SETBACKS.iter().map(|words| log.matches(words).count()).sum()
    }

    /// The last words of its log.
    pub(crate) fn last_words(&self) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines.get(lines.len().saturating_sub(5)..).unwrap_or_default().join("\n")
    }

    pub(crate) fn kill(&mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    pub(crate) fn stop(&mut self) -> anyhow::Result<()> {
        self.signal("TERM")?;
        let deadline = Instant::now() + STOP_LIMIT;
        while !self.has_ended()? {
            ensure!(Instant::now() < deadline, "a worker did not stop within {STOP_LIMIT:?}");
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    pub(crate) fn signal(&self, name: &str) -> anyhow::Result<()> {
        let status =
            Command::new("kill").arg(format!("-{name}")).arg(self.child.id().to_string()).status()?;
        ensure!(status.success(), "the signal {name} was not sent");
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
