//! The bell.

use super::canary::{self, Aviary};
use super::drain::{self, Overhang};
use super::fault::BellFault;
use super::judge::Judge;
use super::letter::Letter;
use super::line::Line;
use super::listener::RabbitListener;
use super::message::{DeadMessage, JobMessage, MacKey};
use super::probe::{self, BellPart};
use super::publisher::Publisher;
use super::settings::RabbitSettings;
use super::shared::Shared;
use super::topology::{Names, Spot};
use crate::metric::{self, MessagingOperation, MessagingSystem};
use crate::port::{Clock, Doorbell, Ids, Listener, Ring};
use crate::{PlatformError, Result};
use async_trait::async_trait;
use jiff::Timestamp;
use smartexus_domain::{JobId, StageKind, WorkspaceId};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::timeout;

/// Rings and listens through RabbitMQ. Two connections, whatever number of slots.
///
/// While the broker is away `ring` fails at once and nobody hears anything; both come back by themselves.
pub struct RabbitBell {
    pub(super) shared: Arc<Shared>,
    pub(super) aviary: Arc<Aviary>,
    clock: Arc<dyn Clock>,
    /// Ended with the bell.
    _helpers: JoinSet<()>,
}

/// A start waits so long for the broker, then goes on without it.
const FIRST_PATIENCE: Duration = Duration::from_secs(5);
/// A check takes no longer.
const CHECK: Duration = Duration::from_secs(2);
/// Giving back what is held takes no longer, and neither does the farewell.
const CLOSE: Duration = Duration::from_secs(2);
const REASON_MAX_BYTES: usize = 64;

impl RabbitBell {
    /// Connects and declares the queues. Waits up to 5 s for that and then goes on without: a broker that is away is
    /// no reason not to start.
    pub async fn open(
        settings: RabbitSettings,
        key: MacKey,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> Self {
        let pace = settings.pace;
        let names = Names::new(settings.names_prefix());
        let ringing = Arc::new(Line::start(settings.clone(), "ringing"));
        let listening = Arc::new(Line::start(settings, "listening"));
        let shared = Arc::new(Shared {
            names,
            pace,
            ids,
            publisher: Publisher::start(Arc::clone(&ringing), pace.answer),
            ringing,
            listening,
            judge: Judge::new(key, Arc::clone(&clock), pace.life),
            overhang: Overhang::default(),
            errands: Arc::default(),
        });
        let aviary = Arc::new(Aviary::new());
        let mut helpers = JoinSet::new();
        helpers.spawn(drain::run(Arc::clone(&shared)));
        helpers.spawn(canary::run(Arc::clone(&shared), Arc::clone(&aviary)));
        let both = async { tokio::join!(shared.ringing.up(), shared.listening.up()) };
        // Whether it came or not is the probe's to tell.
        let _ = timeout(FIRST_PATIENCE, both).await;
        Self { shared, aviary, clock, _helpers: helpers }
    }

    /// Tells operators that a job died, on the dead queue. Only a bell: which jobs are dead is in the database.
    ///
    /// # Errors
    /// `Queue`; `Inconsistent` for a reason that is no code (lowercase letters, digits, dots, dashes, underscores).
    pub async fn toll(&self, workspace: WorkspaceId, job: JobId, reason_code: &str) -> Result<()> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
        if reason_code.is_empty() || reason_code.len() > REASON_MAX_BYTES || !reason_code.chars().all(allowed)
        {
            return Err(PlatformError::Inconsistent("reason of a dead job"));
        }
        let (ring, issued_at) = (self.shared.ids.uuid()?, self.now());
        let message = DeadMessage { ring, workspace, job, reason: reason_code, issued_at };
        let letter = Letter::dead(&self.shared.names, self.shared.judge.key(), &message)?;
        Ok(self.shared.post(letter).await?)
    }

    /// Whether rings get through: both connections, the queues, and a message out and back, in no more than `limit`.
    ///
    /// # Errors
    /// The parts that are not ready.
    pub async fn probe(&self, limit: Duration) -> Result<(), Vec<BellPart>> {
        probe::probe(&self.shared, &self.aviary, limit).await
    }

    /// Gives back what dropped listeners still held, and ends both connections in good order. Drop the listeners
    /// first. Takes a few seconds at the most; without it the broker takes everything back as well, but counts a
    /// delivery of what was held.
    pub async fn close(&self) {
        let _ = timeout(CLOSE, self.shared.errands.write()).await;
        let both = async { tokio::join!(self.shared.ringing.close(), self.shared.listening.close()) };
        let _ = timeout(CLOSE, both).await;
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

#[async_trait]
impl Doorbell for RabbitBell {
    async fn ring(&self, ring: &Ring) -> Result<()> {
        let message = JobMessage {
            ring: self.shared.ids.uuid()?,
            workspace: ring.workspace,
            job: ring.job,
            spot: Spot { priority: ring.priority, stage: ring.stage },
            issued_at: self.now(),
        };
        let key = self.shared.judge.key();
        let letter = Letter::job(&self.shared.names, key, &message, ring.trace.as_ref())?;
        let started = Instant::now();
        let posted = self.shared.post(letter).await;
        let outcome = posted.as_ref().map(drop).map_err(BellFault::in_metrics);
        metric::messaging_operation(
            MessagingSystem::Rabbitmq,
            MessagingOperation::Send,
            started.elapsed(),
            outcome,
        );
        Ok(posted?)
    }

    fn listen(&self, stages: &[StageKind]) -> Box<dyn Listener> {
        Box::new(RabbitListener::new(Arc::clone(&self.shared), stages))
    }

    fn is_shared(&self) -> bool {
        true
    }

    async fn check(&self) -> Result<()> {
        let silent = |parts: Vec<BellPart>| {
            let words: Vec<&str> = parts.iter().map(|part| part.as_str()).collect();
            PlatformError::Queue { source: words.join(", ").into() }
        };
        self.probe(CHECK).await.map_err(silent)
    }

    async fn close(&self) {
        Self::close(self).await;
    }
}
