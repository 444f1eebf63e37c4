//! The parent: starts children, hands each one document, believes nothing they say.

use super::nursery::{Born, Nursery};
use super::offspring::Offspring;
use super::probe::DENIED;
use super::wire::{
    Frame, HEADER_BYTES_MAX, NO_OCR, Request, TAG_DONE, TAG_FAILED, TAG_HEADER, TAG_PANICKED, TAG_PAYLOAD,
    TAG_READY, TAG_REFUSED, WORD_BYTES_MAX, receive_frame, send_frame,
};
use super::{Death, ForbiddenAct, Layer, RunLimits, SandboxProgram};
use smartexus_domain::{FailureCode, FaultVerdict};
use smartexus_extract::OcrLanguages;
use std::io::ErrorKind;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::net::unix::pipe;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use zeroize::Zeroizing;

/// A child that is not ready by then never will be; generous, because the machine may be busy.
const START_TIMEOUT: Duration = Duration::from_secs(10);
/// A child that has said its last word, or closed its pipe, is dead by then or is killed.
const FAREWELL_TIMEOUT: Duration = Duration::from_secs(1);
/// What the runtime says when an allocation fails, before it aborts.
const MEMORY_REFUSED: &[u8] = b"memory allocation of ";
/// What the recognizer's runtime says then.
const MEMORY_REFUSED_CPP: &[u8] = b"std::bad_alloc";
/// Limits of a probing child.
const PROBE_LIMITS: RunLimits = RunLimits {
    timeout: Duration::from_secs(10),
    cpu_seconds: 10,
    memory_bytes: 512 * 1024 * 1024,
    reply_bytes: 1024,
    ocr: None,
};

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The artifact as the child wrote it: not to be believed before it was inspected.
    Done(Vec<u8>),
    /// The document is at fault, says the child.
    Failed(FailureCode),
    /// There is no answer.
    Died(Death),
}

/// Why no document could be handed over. Never the document's fault.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// A layer cannot be built here: nothing is read.
    #[error("the sandbox layer `{}` cannot be built on this machine", layer.as_str())]
    Refused {
        /// Which.
        layer: Layer,
    },
    /// A locked-down child got away with something, or could not be asked.
    #[error("the sandbox does not prevent `{}`", act.as_str())]
    Unproved {
        /// What.
        act: ForbiddenAct,
    },
    /// The language data of the recognizer is not installed: text documents are read all the same.
    #[error("the language data of the text recognizer is not installed")]
    NoOcr,
    /// The program cannot be started as a child at all.
    #[error("the sandboxed child cannot be started")]
    Program(#[source] std::io::Error),
    /// No child could be started now.
    #[error("no sandboxed child could be started now")]
    Start(#[source] std::io::Error),
    /// The request is larger than a request may be.
    #[error("the request does not fit its frame")]
    Request,
}

impl SandboxError {
    /// Whether this machine cannot hold a child back, and not merely failed to start one.
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::Unproved { .. })
    }

    /// Whose fault it is.
    #[must_use]
    pub const fn verdict(&self) -> FaultVerdict {
        match self {
            Self::Refused { .. } | Self::Unproved { .. } | Self::NoOcr | Self::Program(_) | Self::Request => {
                FaultVerdict::Halt
            }
            Self::Start(_) => FaultVerdict::Retry,
        }
    }

    fn start(error: std::io::Error) -> Self {
        // A program that is not there will not be there in a second.
        if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) {
            return Self::Program(error);
        }
        Self::Start(error)
    }
}

/// Starts a child for each document. Cancelling a run (dropping its future) kills its child.
pub struct Sandbox {
    nursery: Nursery,
    waiting: Mutex<Vec<ReadyChild>>,
    waiting_max: usize,
    /// Recognizing keeps a processor busy for seconds: no more children at it than there are processors.
    recognizing: Semaphore,
}

impl Sandbox {
    /// A sandbox whose children are `program`, with at most `waiting_max` locked-down ones kept waiting.
    /// Must be called within a runtime.
    ///
    /// # Errors
    /// `Start` when there is no runtime or no thread to be had.
    pub fn open(program: SandboxProgram, waiting_max: usize) -> Result<Self, SandboxError> {
        let nursery = Nursery::open(program).map_err(SandboxError::Start)?;
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let recognizing = Semaphore::new(processors);
        Ok(Self { nursery, waiting: Mutex::new(Vec::new()), waiting_max, recognizing })
    }

    /// Tries every forbidden act in a child of its own, all at once.
    ///
    /// # Errors
    /// The first act that was not denied; `Refused` when the walls cannot be built; `Program`, `Start`.
    pub async fn prove(&self) -> Result<(), SandboxError> {
        let attempts = ForbiddenAct::ALL.map(|act| self.prove_one(act, PROBE_LIMITS));
        futures::future::try_join_all(attempts).await.map(drop)
    }

    async fn prove_one(&self, act: ForbiddenAct, limits: RunLimits) -> Result<(), SandboxError> {
        let child = self.start(limits).await?;
        match self.converse(child, &Request::Probe { act }, b"", &limits).await? {
            Outcome::Died(Death::ForbiddenCall) => Ok(()),
            Outcome::Done(word) if word == DENIED => Ok(()),
            Outcome::Done(_) | Outcome::Failed(_) | Outcome::Died(_) => Err(SandboxError::Unproved { act }),
        }
    }

    /// Tries every forbidden act in children that have an engine for these languages: what it made ready before they
    /// locked themselves down must not have opened a door.
    ///
    /// # Errors
    /// As [`Sandbox::prove`], and `NoOcr` where the data of a language is missing.
    pub async fn prove_recognizing(&self, languages: OcrLanguages) -> Result<(), SandboxError> {
        let limits = RunLimits { ocr: Some(languages), ..PROBE_LIMITS };
        let attempts = ForbiddenAct::ALL.map(|act| self.prove_one(act, limits));
        futures::future::try_join_all(attempts).await.map(drop)
    }

    /// Hands one document to one child.
    ///
    /// # Errors
    /// [`SandboxError`] when no child could take it; how the child fared is an [`Outcome`].
    pub async fn run(
        &self,
        request: &Request,
        payload: &[u8],
        limits: &RunLimits,
    ) -> Result<Outcome, SandboxError> {
        let _turn = match limits.ocr {
            // It fails only when it is closed, which nobody does.
            Some(_) => self.recognizing.acquire().await.ok(),
            None => None,
        };
        let child = match self.take_waiting(limits) {
            Some(child) => child,
            None => self.start(*limits).await?,
        };
        self.converse(child, request, payload, limits).await
    }

    /// Starts a child ahead of the next document with these limits, unless enough are waiting. It only saves time,
    /// so what goes wrong here is left for [`Sandbox::run`] to find.
    pub async fn warm(&self, limits: &RunLimits) {
        if self.waiting().len() >= self.waiting_max {
            return;
        }
        if let Ok(child) = self.start(*limits).await {
            let mut waiting = self.waiting();
            if waiting.len() < self.waiting_max {
                waiting.push(child);
            }
        }
    }

    /// A child that crashed may have told somebody where things are: none of its siblings is used after it.
    fn forget_addresses(&self, death: Death) {
        match death {
            Death::Crashed | Death::ForbiddenCall => {
                self.nursery.renew();
                self.waiting().clear();
            }
            Death::TimedOut | Death::OutOfMemory | Death::Panicked | Death::BadReply => {}
        }
    }

    fn take_waiting(&self, limits: &RunLimits) -> Option<ReadyChild> {
        let mut waiting = self.waiting();
        // A child that died while it waited is nobody's fault.
        waiting.retain_mut(|child| child.process.is_alive());
        let fitting = waiting.iter().position(|child| child.limits.same_child(limits))?;
        Some(waiting.swap_remove(fitting))
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<ReadyChild>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn start(&self, limits: RunLimits) -> Result<ReadyChild, SandboxError> {
        let born = self.nursery.start(limits).await.map_err(SandboxError::start)?;
        let mut child = ReadyChild::adopt(born, limits);
        let broken = |kind| SandboxError::Start(std::io::Error::from(kind));
        let first_word = timeout(START_TIMEOUT, receive_frame(&mut child.stdout, WORD_BYTES_MAX));
        match first_word.await {
            Ok(Ok(Frame { tag: TAG_READY, .. })) => Ok(child),
            Ok(Ok(Frame { tag: TAG_REFUSED, body })) if body == NO_OCR => Err(SandboxError::NoOcr),
            Ok(Ok(Frame { tag: TAG_REFUSED, body })) => match Layer::of_word(&body) {
                Some(layer) => Err(SandboxError::Refused { layer }),
                None => Err(broken(ErrorKind::InvalidData)),
            },
            Ok(Ok(_)) => Err(broken(ErrorKind::InvalidData)),
            Ok(Err(error)) => Err(SandboxError::Start(error)),
            Err(_) => Err(broken(ErrorKind::TimedOut)),
        }
    }

    async fn converse(
        &self,
        mut child: ReadyChild,
        request: &Request,
        payload: &[u8],
        limits: &RunLimits,
    ) -> Result<Outcome, SandboxError> {
        // The header may hold a password.
        let header = Zeroizing::new(serde_json::to_vec(request).map_err(|_| SandboxError::Request)?);
        if header.len() as u64 > HEADER_BYTES_MAX {
            return Err(SandboxError::Request);
        }
        let exchange = child.exchange(&header, payload, limits.reply_bytes);
        match timeout(limits.timeout, exchange).await {
            Ok(Ok(frame)) => Ok(outcome(frame)),
            Ok(Err(error)) if error.kind() == ErrorKind::InvalidData => Ok(Outcome::Died(Death::BadReply)),
            Ok(Err(_)) => {
                let death = child.autopsy().await;
                if !matches!(request, Request::Probe { .. }) {
                    self.forget_addresses(death);
                }
                Ok(Outcome::Died(death))
            }
            // Dropping the child kills it.
            Err(_) => Ok(Outcome::Died(Death::TimedOut)),
        }
    }
}

fn outcome(frame: Frame) -> Outcome {
    match frame.tag {
        TAG_DONE => Outcome::Done(frame.body),
        TAG_PANICKED => Outcome::Died(Death::Panicked),
        TAG_FAILED => FailureCode::ALL
            .into_iter()
            .find(|code| code.as_str().as_bytes() == frame.body)
            .map_or(Outcome::Died(Death::BadReply), Outcome::Failed),
        _ => Outcome::Died(Death::BadReply),
    }
}

/// A child that is locked down and waits for its document.
struct ReadyChild {
    process: Offspring,
    limits: RunLimits,
    stdin: pipe::Sender,
    stdout: pipe::Receiver,
    /// Drains standard error, so that the child never blocks on it, and keeps one bit of it.
    memory_refused: JoinHandle<bool>,
}

impl ReadyChild {
    fn adopt(born: Born, limits: RunLimits) -> Self {
        let Born { child, stdin, stdout, stderr } = born;
        Self { process: child, limits, stdin, stdout, memory_refused: tokio::spawn(drain(stderr)) }
    }

    async fn exchange(&mut self, header: &[u8], payload: &[u8], reply_bytes: u64) -> std::io::Result<Frame> {
        send_frame(&mut self.stdin, TAG_HEADER, header).await?;
        send_frame(&mut self.stdin, TAG_PAYLOAD, payload).await?;
        receive_frame(&mut self.stdout, reply_bytes.max(WORD_BYTES_MAX)).await
    }

    /// The pipe broke: what did it die of?
    async fn autopsy(mut self) -> Death {
        let status = match timeout(FAREWELL_TIMEOUT, self.process.wait()).await {
            Ok(Ok(status)) => status,
            // It closed its pipe and lives on, or nobody knows: dropping it kills it.
            Ok(Err(_)) | Err(_) => return Death::BadReply,
        };
        let memory_refused = timeout(FAREWELL_TIMEOUT, self.memory_refused).await;
        Death::of(status, matches!(memory_refused, Ok(Ok(true))))
    }
}

/// Reads to the end, keeps nothing, and says whether the runtime complained about memory.
async fn drain(mut stderr: impl AsyncRead + Unpin) -> bool {
    let mut found = false;
    let mut window: Vec<u8> = Vec::new();
    let mut chunk = [0; 1024];
    while let Ok(read @ 1..) = stderr.read(&mut chunk).await {
        window.extend_from_slice(chunk.get(..read).unwrap_or_default());
        let says = |words: &[u8]| window.windows(words.len()).any(|part| part == words);
        found |= says(MEMORY_REFUSED) || says(MEMORY_REFUSED_CPP);
        let kept = window.len().saturating_sub(MEMORY_REFUSED.len());
        window.drain(..kept);
    }
    found
}
