//! A line to the broker: a connection with its queues declared, and a supervisor that builds both anew.
//!
//! The client's own recovery is off. It restores what it remembers; this restores what is right, and it also acts
//! on what the client does not notice: silence.

use super::fault::{BellFault, within};
use super::session::Session;
use super::settings::RabbitSettings;
use super::topology::{self, Names};
use lapin::options::BasicQosOptions;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};

/// How far the line is.
#[derive(Clone)]
pub(super) enum State {
    /// No connection.
    Away,
    /// Connected; the queues are being declared.
    Declaring,
    /// Ready to be used.
    Up(Arc<Session>),
}

/// One of the two connections of a process. The broker stops reading from a connection that publishes when it runs
/// short of memory or disk, and one that only listens must not be stopped with it.
pub(super) struct Line {
    state: watch::Receiver<State>,
    stop: watch::Sender<bool>,
    supervisor: JoinHandle<()>,
}

/// A connection that lived this long was a good one: the next pause is the shortest again.
const GOOD_LIFE: Duration = Duration::from_secs(10);

impl Line {
    /// Begins to connect, and never stops trying.
    pub(super) fn start(settings: RabbitSettings, name: &'static str) -> Self {
        let (sender, state) = watch::channel(State::Away);
        let (stop, stopping) = watch::channel(false);
        let supervising = Supervisor { settings, name, state: sender, stopping };
        Self { state, stop, supervisor: tokio::spawn(supervising.run()) }
    }

    pub(super) fn state(&self) -> State {
        self.state.borrow().clone()
    }

    /// The connection, if there is one that can be trusted.
    pub(super) fn session(&self) -> Option<Arc<Session>> {
        usable(&self.state.borrow())
    }

    /// The connection as soon as there is one. Pending for ever once the line is closed.
    pub(super) async fn up(&self) -> Arc<Session> {
        let mut state = self.state.clone();
        let session = state.wait_for(|state| usable(state).is_some()).await.ok().and_then(|s| usable(&s));
        match session {
            Some(session) => session,
            None => std::future::pending().await,
        }
    }

    /// Ends the connection in good order.
    pub(super) async fn close(&self) {
        self.stop.send_replace(true);
        let mut state = self.state.clone();
        // The supervisor drops its end when it is through.
        while state.changed().await.is_ok() {}
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.supervisor.abort();
    }
}

fn usable(state: &State) -> Option<Arc<Session>> {
    match state {
        State::Up(session) if !session.is_condemned() => Some(Arc::clone(session)),
        State::Up(_) | State::Away | State::Declaring => None,
    }
}

struct Supervisor {
    settings: RabbitSettings,
    name: &'static str,
    state: watch::Sender<State>,
    stopping: watch::Receiver<bool>,
}

impl Supervisor {
    async fn run(mut self) {
        let pace = self.settings.pace;
        let mut pause = Pause { next: pace.pause_min, max: pace.pause_max };
        let mut away = false;
        while !*self.stopping.borrow_and_update() {
            let began = Instant::now();
            let ended = self.live().await;
            self.state.send_replace(State::Away);
            if let Err(error) = &ended
                && !std::mem::replace(&mut away, true)
            {
                // Once an outage, not once an attempt.
                tracing::warn!(%error, line = self.name, "broker away");
            }
            if began.elapsed() >= GOOD_LIFE {
                pause.next = pace.pause_min;
            }
            away &= ended.is_err();
            tokio::select! {
                () = sleep(pause.take()) => {}
                _ = self.stopping.changed() => {}
            }
        }
    }

    /// From connecting to the end of the connection. An error is one of connecting.
    async fn live(&mut self) -> Result<(), BellFault> {
        let prefix = self.settings.names_prefix();
        let session = Arc::new(Session::open(&self.settings, &format!("{prefix}.{}", self.name)).await?);
        self.state.send_replace(State::Declaring);
        topology::declare(&session, &Names::new(prefix)).await?;
        tracing::info!(line = self.name, "broker connected");
        self.state.send_replace(State::Up(Arc::clone(&session)));
        let stopped = tokio::select! {
            () = session.ended() => false,
            () = pulse(&session, self.settings.pace.pulse) => {
                session.condemn("no answer");
                false
            }
            _ = self.stopping.wait_for(|stopping| *stopping) => true,
        };
        self.state.send_replace(State::Away);
        if stopped {
            session.close().await;
        }
        session.pull();
        Ok(())
    }
}

/// Asks the broker something harmless again and again, and returns when an answer stays away. Heartbeats find a dead
/// peer too, but in tens of seconds. A broker that has raised an alarm is not asked: it would not read the question.
async fn pulse(session: &Session, every: Duration) {
    let Ok(channel) = session.channel().await else { return };
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let asked = within(session.answer(), channel.basic_qos(1, BasicQosOptions::default()));
        if !session.blocked() && asked.await.is_err() && !session.blocked() {
            return;
        }
    }
}

/// Doubles up to a limit; half of each pause is chance, so that a fleet does not return as one.
struct Pause {
    next: Duration,
    max: Duration,
}

impl Pause {
    fn take(&mut self) -> Duration {
        let whole = self.next;
        self.next = whole.saturating_mul(2).min(self.max);
        let mut chance = [0_u8; 2];
        // Without chance the whole pause is taken.
        let part =
            getrandom::fill(&mut chance).map_or(u32::from(u16::MAX), |()| u16::from_be_bytes(chance).into());
        whole / 2 + whole / 2 * part / u32::from(u16::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_limit_and_half_of_each_is_chance() {
        let (min, max) = (Duration::from_millis(100), Duration::from_secs(1));
        let mut pause = Pause { next: min, max };
        let mut seen = std::collections::BTreeSet::new();
        for whole in [100, 200, 400, 800, 1_000, 1_000, 1_000] {
            let whole = Duration::from_millis(whole);
            let taken = pause.take();
            assert!(taken >= whole / 2 && taken <= whole, "{taken:?} of {whole:?}");
            seen.insert(taken);
        }
        assert!(seen.len() > 4, "{seen:?}");
    }
}
