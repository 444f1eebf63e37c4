//! Where children are started: one thread of its own, as long as the sandbox lives.
//!
//! The signal that a child gets at its parent's death is tied to the *thread* that started it. Threads of the
//! asynchronous runtime come and go; this one does not.

use super::RunLimits;
use std::ffi::OsString;
use std::io::{Error, Result};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::mpsc;
use tokio::process::{Child, Command};
use tokio::sync::oneshot;

/// How this program is started as a child.
#[derive(Debug, Clone)]
pub struct SandboxProgram {
    /// The executable; usually this very one.
    pub path: PathBuf,
    /// The hidden word that makes it call [`child_main`](super::child_main).
    pub args: Vec<OsString>,
}

/// Without it, the recognizer starts threads, which are forbidden, and needs five times the processor time.
pub(super) const ONE_THREAD: (&str, &str) = ("OMP_THREAD_LIMIT", "1");

struct Order {
    limits: RunLimits,
    answer: oneshot::Sender<Result<Child>>,
}

/// Starts children on order.
pub(super) struct Nursery {
    orders: mpsc::Sender<Order>,
}

impl Nursery {
    /// Starts the thread. Must be called within a runtime, which then owns the children's pipes.
    pub(super) fn open(program: SandboxProgram) -> Result<Self> {
        let runtime = tokio::runtime::Handle::try_current().map_err(Error::other)?;
        let (orders, inbox) = mpsc::channel::<Order>();
        std::thread::Builder::new().name("sandbox-nursery".to_owned()).spawn(move || {
            let _inside = runtime.enter();
            while let Ok(order) = inbox.recv() {
                let child = command(&program, &order.limits).spawn();
                // Whoever ordered may have left; then the child is killed as it is dropped.
                drop(order.answer.send(child));
            }
        })?;
        Ok(Self { orders })
    }

    pub(super) async fn start(&self, limits: RunLimits) -> Result<Child> {
        let gone = || Error::other("the nursery's thread has ended");
        let (answer, child) = oneshot::channel();
        self.orders.send(Order { limits, answer }).map_err(|_| gone())?;
        child.await.map_err(|_| gone())?
    }
}

fn command(program: &SandboxProgram, limits: &RunLimits) -> Command {
    let mut command = Command::new(&program.path);
    command
        .args(&program.args)
        .args(limits.arguments(std::process::id()))
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // Ctrl-C in a terminal is for the parent, which then decides.
        .process_group(0)
        .kill_on_drop(true);
    if limits.ocr.is_some() {
        let (name, value) = ONE_THREAD;
        command.env(name, value);
    }
    command
}
