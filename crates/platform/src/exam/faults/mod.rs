//! A world whose every effect can be made to fail: before it happens, after it happened, with the process dying at
//! that very point, or with the process standing still there until somebody wakes it.

mod around;
mod categories;
mod mappings;
mod retention;

use crate::port::LeaseToken;
use crate::{PlatformError, Result, World};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// When, seen from the effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// It does not happen.
    Before,
    /// It happens, and nobody is told.
    After,
}

/// What happens then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Harm {
    /// The call answers that the world is at fault.
    Error,
    /// The call never answers: the process is dead, and does nothing more.
    Death,
    /// The process stands still until [`Faults::thaw`], and then goes on as if nothing had been.
    Pause,
}

/// One effect of a journey: the `nth` call of a method, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Effect {
    /// The method, `port.method`.
    pub method: &'static str,
    /// Which call of it.
    pub nth: usize,
}

/// One fault.
pub type Point = (Effect, Moment, Harm);

/// A verdict that a worker wrote, as the database answered it, whether or not the worker heard that answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenVerdict {
    /// Under which lease.
    pub token: LeaseToken,
    /// It counts; otherwise it was fenced out.
    pub counts: bool,
}

/// Where the faults of one process come from. Idle work (heartbeats, the reconciler, looks that find nothing) is not
/// counted, but it stops with the process.
pub struct Faults {
    state: Mutex<State>,
    process: watch::Sender<Process>,
    idle: watch::Sender<bool>,
}

/// What befalls the calls.
type Fate = Box<dyn FnMut(Effect, Moment) -> Option<Harm> + Send>;

struct State {
    seen: Vec<Effect>,
    counted: HashMap<&'static str, usize>,
    fate: Fate,
    struck: Vec<Point>,
    written: Vec<WrittenVerdict>,
}

impl State {
    fn under(fate: Fate) -> Self {
        let (seen, struck, written) = (Vec::new(), Vec::new(), Vec::new());
        Self { seen, counted: HashMap::new(), fate, struck, written }
    }
}

/// How the process is.
#[derive(Debug, Clone, Copy, Default)]
struct Process {
    /// Which start of it.
    life: u64,
    dead: bool,
    frozen: bool,
    /// It stood still and has not noticed: until its next verdict its heart believes that all is well, which is harsher
    /// than life.
    unaware: bool,
    /// Heartbeats that are under way.
    beats: u64,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            state: Mutex::new(State::under(Box::new(|_, _| None))),
            process: watch::Sender::new(Process::default()),
            idle: watch::Sender::new(false),
        }
    }
}

impl Faults {
    /// Starts the process anew over this world. Whatever an earlier start of it still has under way is over.
    #[must_use]
    pub fn around(self: &Arc<Self>, world: &World) -> World {
        self.process
            .send_modify(|process| *process = Process { life: process.life + 1, ..Default::default() });
        self.idle.send_replace(false);
        around::wrap(self, world, self.process.borrow().life)
    }

    /// Forgets what was seen, and strikes at this point from now on, once; `None` only watches.
    pub fn arm(&self, point: Option<Point>) {
        let mut armed = point;
        self.befall(move |effect, moment| {
            let (_, _, harm) = armed.take_if(|(at, when, _)| (*at, *when) == (effect, moment))?;
            Some(harm)
        });
    }

    /// Forgets what was seen, and lets this decide about every call from now on.
    pub fn befall(&self, fate: impl FnMut(Effect, Moment) -> Option<Harm> + Send + 'static) {
        *self.lock() = State::under(Box::new(fate));
    }

    /// Strikes no more; what was seen is not forgotten.
    pub fn relent(&self) {
        self.lock().fate = Box::new(|_, _| None);
    }

    /// The effects since the last [`Faults::arm`].
    #[must_use]
    pub fn seen(&self) -> Vec<Effect> {
        self.lock().seen.clone()
    }

    /// The faults since then.
    #[must_use]
    pub fn struck(&self) -> Vec<Point> {
        self.lock().struck.clone()
    }

    /// The verdicts since then.
    #[must_use]
    pub fn written(&self) -> Vec<WrittenVerdict> {
        self.lock().written.clone()
    }

    /// Returns when the process is dead.
    pub async fn death(&self) {
        self.reaches(|process| process.dead).await;
    }

    /// Returns when the process stands still, its heart too: a beat under way could still make a lease longer.
    pub async fn pause(&self) {
        self.reaches(|process| process.frozen && process.beats == 0).await;
    }

    /// Whether the process is dead.
    #[must_use]
    pub fn is_dead(&self) -> bool {
        self.process.borrow().dead
    }

    /// Whether it stands still.
    #[must_use]
    pub fn is_frozen(&self) -> bool {
        self.process.borrow().frozen
    }

    /// Stops the process at its next call.
    pub fn freeze(&self) {
        self.process.send_modify(|process| process.frozen = true);
    }

    /// Lets it go on.
    pub fn thaw(&self) {
        self.process.send_modify(|process| process.frozen = false);
    }

    /// Returns when the last look of the process for work has found none: a worker with one slot is then idle.
    pub async fn idle(&self) {
        let mut idle = self.idle.subscribe();
        if idle.wait_for(|idle| *idle).await.is_err() {
            std::future::pending().await
        }
    }

    async fn reaches(&self, state: impl FnMut(&Process) -> bool) {
        let mut process = self.process.subscribe();
        if process.wait_for(state).await.is_err() {
            std::future::pending().await
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One start of a process, as its ports know it.
#[derive(Clone)]
struct Life {
    faults: Arc<Faults>,
    number: u64,
}

/// A heartbeat under way.
struct Beat {
    life: Life,
}

impl Drop for Beat {
    fn drop(&mut self) {
        let Life { faults, number } = &self.life;
        // A later start counts its own.
        faults.process.send_if_modified(|process| {
            let ends = process.life == *number;
            process.beats -= u64::from(ends);
            ends
        });
    }
}

impl Life {
    /// Returns while the process runs; otherwise only when it runs again, which a dead one never does.
    async fn goes_on(&self) {
        self.faults.reaches(|process| process.life == self.number && !process.dead && !process.frozen).await;
    }

    /// One heartbeat, unless the process is dead, or believes that its leases are well, whatever became of them.
    fn beat(&self) -> Option<Beat> {
        let begins = |process: &mut Process| {
            let lives = process.life == self.number && !process.dead;
            let begins = lives && !process.frozen && !process.unaware;
            process.beats += u64::from(begins);
            begins
        };
        self.faults.process.send_if_modified(begins).then(|| Beat { life: self.clone() })
    }

    /// It has asked, so it knows.
    fn wakes_up(&self) {
        self.faults.process.send_if_modified(|process| std::mem::take(&mut process.unaware));
    }

    fn looked(&self, found: bool) {
        self.faults.idle.send_replace(!found);
    }

    fn note(&self, method: &'static str) -> Effect {
        let mut state = self.faults.lock();
        let counted = state.counted.entry(method).or_default();
        let effect = Effect { method, nth: *counted };
        *counted += 1;
        state.seen.push(effect);
        effect
    }

    fn note_written(&self, token: LeaseToken, counts: bool) {
        self.faults.lock().written.push(WrittenVerdict { token, counts });
    }

    fn harm(&self, effect: Effect, moment: Moment) -> Option<Harm> {
        let mut state = self.faults.lock();
        let harm = (state.fate)(effect, moment)?;
        state.struck.push((effect, moment, harm));
        Some(harm)
    }

    async fn strike(&self, effect: Effect, moment: Moment) -> Result<()> {
        match self.harm(effect, moment) {
            None => Ok(()),
            Some(Harm::Error) => Err(PlatformError::Database { source: "an injected fault".into() }),
            Some(Harm::Death) => {
                self.faults.process.send_modify(|process| process.dead = true);
                std::future::pending().await
            }
            Some(Harm::Pause) => {
                self.faults.process.send_modify(|process| {
                    process.frozen = true;
                    process.unaware = true;
                });
                self.goes_on().await;
                Ok(())
            }
        }
    }

    async fn around_call<T>(
        &self,
        method: &'static str,
        call: impl Future<Output = Result<T>> + Send,
    ) -> Result<T> {
        self.goes_on().await;
        let effect = self.note(method);
        self.strike(effect, Moment::Before).await?;
        let answer = call.await?;
        self.strike(effect, Moment::After).await?;
        Ok(answer)
    }

    /// A call by which a worker ends a run: whatever the answer, it then knows whether the lease was its own.
    async fn around_verdict<T>(
        &self,
        method: &'static str,
        call: impl Future<Output = Result<T>> + Send,
    ) -> Result<T> {
        let answer = self.around_call(method, call).await;
        self.wakes_up();
        answer
    }
}
