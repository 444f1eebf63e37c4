//! Where children come from: one thread of its own, as long as the sandbox lives, and a nursery process for each kind of
//! child.
//!
//! The signal that a child gets at its parent's death is tied to the *thread* that its nursery process was started by.
//! Threads of the asynchronous runtime come and go; this one does not.

use super::RunLimits;
use super::limits::nursery_arguments;
use super::offspring::{Offspring, Undertaker};
use super::order;
use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::net::{AddressFamily, SocketFlags, SocketType};
use rustix::pipe::PipeFlags;
use smartexus_extract::OcrLanguages;
use std::ffi::OsString;
use std::io::{Error, ErrorKind, Result};
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use tokio::net::unix::pipe;
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
/// A nursery process that has not answered by then never will; an engine may have to be loaded first.
const ANSWER_SECONDS: i64 = 10;

/// A child and our ends of its pipes.
pub(super) struct Born {
    pub(super) child: Offspring,
    pub(super) stdin: pipe::Sender,
    pub(super) stdout: pipe::Receiver,
    pub(super) stderr: pipe::Receiver,
}

enum Errand {
    Start { limits: RunLimits, answer: oneshot::Sender<Result<Born>> },
    Renew,
}

/// Starts children on order.
pub(super) struct Nursery {
    errands: mpsc::Sender<Errand>,
}

impl Nursery {
    /// Starts the thread. Must be called within a runtime, which then owns the children's pipes.
    pub(super) fn open(program: SandboxProgram) -> Result<Self> {
        let runtime = tokio::runtime::Handle::try_current().map_err(Error::other)?;
        let undertaker = Undertaker::open()?;
        let (errands, inbox) = mpsc::channel::<Errand>();
        std::thread::Builder::new().name("sandbox-nursery".to_owned()).spawn(move || {
            let _inside = runtime.enter();
            let mut wards = Wards { program, undertaker, processes: Vec::new() };
            while let Ok(errand) = inbox.recv() {
                match errand {
                    // Whoever ordered may have left; then the child is killed as it is dropped.
                    Errand::Start { limits, answer } => drop(answer.send(wards.child(&limits))),
                    Errand::Renew => wards.processes.clear(),
                }
            }
        })?;
        Ok(Self { errands })
    }

    pub(super) async fn start(&self, limits: RunLimits) -> Result<Born> {
        let gone = || Error::other("the nursery's thread has ended");
        let (answer, child) = oneshot::channel();
        self.errands.send(Errand::Start { limits, answer }).map_err(|_| gone())?;
        child.await.map_err(|_| gone())?
    }

    /// The next child comes from a new process. Copies of one process have the same addresses: whoever learned something
    /// of them from a child that crashed shall not find them again.
    pub(super) fn renew(&self) {
        // A thread that has ended has no process left.
        drop(self.errands.send(Errand::Renew));
    }
}

/// The thread's own: its processes.
struct Wards {
    program: SandboxProgram,
    undertaker: Undertaker,
    processes: Vec<NurseryProcess>,
}

impl Wards {
    /// A nursery process that has died is replaced, once.
    fn child(&mut self, limits: &RunLimits) -> Result<Born> {
        let known = self.processes.iter().position(|process| process.ocr == limits.ocr);
        if let Some(known) = known {
            if let Some(Ok(born)) =
                self.processes.get(known).map(|process| process.child(limits, &self.undertaker))
            {
                return Ok(born);
            }
            self.processes.swap_remove(known);
        }
        let process = NurseryProcess::start(&self.program, limits.ocr)?;
        let born = process.child(limits, &self.undertaker)?;
        self.processes.push(process);
        Ok(born)
    }
}

/// A nursery process as this side has it. It is killed and buried when it is dropped.
struct NurseryProcess {
    process: Child,
    orders: OwnedFd,
    /// What it is warm for.
    ocr: Option<OcrLanguages>,
}

impl NurseryProcess {
    fn start(program: &SandboxProgram, ocr: Option<OcrLanguages>) -> Result<Self> {
        let (ours, theirs) =
            rustix::net::socketpair(AddressFamily::UNIX, SocketType::SEQPACKET, SocketFlags::CLOEXEC, None)?;
        let mut command = Command::new(&program.path);
        command
            .args(&program.args)
            .args(nursery_arguments(std::process::id(), ocr))
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::from(theirs))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Ctrl-C in a terminal is for the parent, which then decides.
            .process_group(0);
        if ocr.is_some() {
            let (name, value) = ONE_THREAD;
            command.env(name, value);
        }
        Ok(Self { process: command.spawn()?, orders: ours, ocr })
    }

    fn child(&self, limits: &RunLimits, undertaker: &Undertaker) -> Result<Born> {
        let pipe = || rustix::pipe::pipe_with(PipeFlags::CLOEXEC);
        let ((their_input, input), (output, their_output), (error, their_error)) =
            (pipe()?, pipe()?, pipe()?);
        let theirs = [their_input.as_fd(), their_output.as_fd(), their_error.as_fd()];
        order::send(&self.orders, &limits.arguments(std::process::id()), theirs)?;
        self.wait_for_answer()?;
        let child = Offspring::adopt(order::hear(&self.orders)?, undertaker.clone());
        Ok(Born {
            child,
            stdin: pipe::Sender::from_owned_fd(input)?,
            stdout: pipe::Receiver::from_owned_fd(output)?,
            stderr: pipe::Receiver::from_owned_fd(error)?,
        })
    }

    fn wait_for_answer(&self) -> Result<()> {
        let mut watched = [PollFd::new(&self.orders, PollFlags::IN)];
        let limit = Timespec { tv_sec: ANSWER_SECONDS, tv_nsec: 0 };
        match rustix::event::poll(&mut watched, Some(&limit))? {
            0 => Err(Error::from(ErrorKind::TimedOut)),
            _ => Ok(()),
        }
    }
}

impl Drop for NurseryProcess {
    fn drop(&mut self) {
        // It may have ended by itself; then only the burial is left.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
