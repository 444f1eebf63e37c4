//! Celery, the peer: tasks that do nothing, through the same broker.

use super::figures::per_second;
use anyhow::{Context, ensure};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Celery in a Python environment of its own, under the output directory.
pub(crate) struct Celery {
    python: PathBuf,
    script: PathBuf,
    version: String,
}

#[derive(Deserialize)]
struct Answer {
    seconds: f64,
}

impl Celery {
    /// Makes the environment where there is none yet. `None` where Python or its packages cannot be had.
    pub(crate) fn find(peers: &Path, out: &Path) -> Option<Self> {
        let home = out.join("celery");
        let python = home.join("bin/python");
        if !python.exists() {
            succeeds(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
        }
        let mut install = Command::new(&python);
        install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
        succeeds(install.arg(peers.join("celery.txt")))?;
        let script = peers.join("celery_noop.py");
        let version = succeeds(Command::new(&python).arg(&script).arg("--version"))?.trim().to_owned();
        Some(Self { python, script, version })
    }

    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// Tasks a second, from the first publish to the last end.
    pub(crate) fn rate(&self, broker: &str, processes: usize, tasks: usize) -> anyhow::Result<f64> {
        let marks = tempfile::NamedTempFile::new()?;
        let mut command = self.command();
        command.args([broker, &tasks.to_string(), &processes.to_string()]).arg(marks.path());
        let output = command.stdin(Stdio::null()).output().context("Celery does not start")?;
        ensure!(output.status.success(), "Celery: {}", String::from_utf8_lossy(&output.stderr));
        let answer: Answer = serde_json::from_slice(&output.stdout)?;
        Ok(per_second(tasks, Duration::from_secs_f64(answer.seconds)))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.python);
        // Nothing is written beside the sources.
        command.arg(&self.script).env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }
}

/// What a program that ended well said.
fn succeeds(command: &mut Command) -> Option<String> {
    command.env("PYTHONDONTWRITEBYTECODE", "1").stdin(Stdio::null());
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}
