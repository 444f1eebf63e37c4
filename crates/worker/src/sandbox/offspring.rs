//! A child as its parent has it: killed when it is dropped, and always buried.

use rustix::process::{Pid, Signal, WaitOptions, WaitStatus};
use std::io::{Error, Result};
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::sync::mpsc;
use std::time::Duration;

/// How often a child is looked at that is about to end.
const LOOK_EVERY: Duration = Duration::from_millis(1);

/// Buries who was killed: waits, on a thread of its own, so that nobody else has to.
#[derive(Clone)]
pub(super) struct Undertaker(mpsc::Sender<Pid>);

impl Undertaker {
    pub(super) fn open() -> Result<Self> {
        let (dead, inbox) = mpsc::channel::<Pid>();
        std::thread::Builder::new().name("sandbox-undertaker".to_owned()).spawn(move || {
            while let Ok(pid) = inbox.recv() {
                bury(pid);
            }
        })?;
        Ok(Self(dead))
    }
}

/// A living or dead child that nobody has buried. Its number is its own until then, as nobody else waits for it.
pub(super) struct Offspring {
    pid: Pid,
    buried: bool,
    undertaker: Undertaker,
}

impl Offspring {
    /// Takes over a child of this process.
    pub(super) const fn adopt(pid: Pid, undertaker: Undertaker) -> Self {
        Self { pid, buried: false, undertaker }
    }

    /// Whether it lives, as far as is known.
    pub(super) fn is_alive(&mut self) -> bool {
        matches!(self.status(), Ok(None))
    }

    /// Waits for its end, which must be near: it is looked at over and over.
    pub(super) async fn wait(&mut self) -> Result<ExitStatus> {
        loop {
            if let Some(status) = self.status()? {
                return Ok(status);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Buries it, if it has ended.
    fn status(&mut self) -> Result<Option<ExitStatus>> {
        if self.buried {
            return Err(Error::other("buried already"));
        }
        let found = rustix::process::waitpid(Some(self.pid), WaitOptions::NOHANG)?;
        self.buried = found.is_some();
        Ok(found.map(|(_, status): (Pid, WaitStatus)| ExitStatus::from_raw(status.as_raw())))
    }
}

impl Drop for Offspring {
    fn drop(&mut self) {
        if self.buried {
            return;
        }
        // It may have ended by itself; then only the burial is left.
        rustix::process::kill_process(self.pid, Signal::KILL).ok();
        if self.undertaker.0.send(self.pid).is_err() {
            bury(self.pid);
        }
    }
}

/// It was killed, so this does not take long; there is nobody to tell if it was no child.
fn bury(pid: Pid) {
    rustix::process::waitpid(Some(pid), WaitOptions::empty()).ok();
}
