//! Canaries: messages out on one line and back on the other, as the rings go.
//!
//! They find what heartbeats and questions do not: a broker that answers, but delivers nothing. They land in a queue
//! that belongs to the listening connection alone and dies with it.

use super::fault::{BellFault, within};
use super::letter::Letter;
use super::session::Session;
use super::shared::Shared;
use futures::StreamExt as _;
use lapin::Consumer;
use lapin::options::{BasicConsumeOptions, QueueDeclareOptions};
use lapin::types::{AMQPValue, FieldTable, ShortString};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{oneshot, watch};
use tokio::time::{MissedTickBehavior, interval, timeout};
use uuid::Uuid;

/// Where canaries land, and which are in the air.
pub(super) struct Aviary {
    nest: watch::Sender<Option<ShortString>>,
    birds: Mutex<HashMap<Uuid, oneshot::Sender<()>>>,
}

/// How a flight ended badly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Crash {
    /// There was nowhere to land, or the broker did not take it: a matter of the other line.
    NotSent,
    /// Taken, and not given back in time.
    Lost,
}

impl Aviary {
    pub(super) fn new() -> Self {
        Self { nest: watch::Sender::new(None), birds: Mutex::default() }
    }

    /// Sends one and waits for it to come back, in all no longer than `limit`.
    pub(super) async fn fly(&self, shared: &Shared, limit: Duration) -> Result<(), Crash> {
        let bird = shared.ids.uuid().map_err(|_| Crash::NotSent)?;
        let (landed, landing) = oneshot::channel();
        let mut nests = self.nest.subscribe();
        let mut crash = Crash::NotSent;
        let flight = async {
            let nest = nests.wait_for(Option::is_some).await.ok()?.clone()?;
            self.birds().insert(bird, landed);
            // Not `post`: a nest that has gone is no reason to build the ringing line anew.
            shared.publisher.publish(Letter::canary(nest, bird)).await.ok()?;
            crash = Crash::Lost;
            landing.await.ok()
        };
        let flown = timeout(limit, flight).await;
        self.birds().remove(&bird);
        if matches!(flown, Ok(Some(()))) { Ok(()) } else { Err(crash) }
    }

    /// Canaries land here from now on.
    pub(super) fn nest_in(&self, queue: Option<ShortString>) {
        self.nest.send_replace(queue);
    }

    fn land(&self, body: &[u8]) {
        let bird = Uuid::from_slice(body).ok().and_then(|bird| self.birds().remove(&bird));
        if let Some(landed) = bird {
            // Whoever sent it may have stopped waiting.
            let _ = landed.send(());
        }
    }

    fn birds(&self) -> MutexGuard<'_, HashMap<Uuid, oneshot::Sender<()>>> {
        self.birds.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps a nest on every listening connection, and condemns one that stays silent.
pub(super) async fn run(shared: Arc<Shared>, aviary: Arc<Aviary>) {
    loop {
        let session = shared.listening.up().await;
        match nest(&session).await {
            Ok(consumer) => {
                aviary.nest_in(Some(consumer.queue()));
                tokio::select! {
                    () = receive(&aviary, consumer) => session.condemn("consumer ended"),
                    () = patrol(&shared, &aviary) => session.condemn("silent"),
                    () = session.ended() => {}
                }
                aviary.nest_in(None);
            }
            Err(_) => session.condemn("subscribing failed"),
        }
    }
}

async fn nest(session: &Session) -> Result<Consumer, BellFault> {
    let channel = session.channel().await?;
    let options = QueueDeclareOptions { exclusive: true, auto_delete: true, ..Default::default() };
    let mut arguments = FieldTable::default();
    // Said aloud, because a virtual host may have another type as its default. RabbitMQ 4 still takes queues that do
    // not last when they are exclusive.
    arguments.insert("x-queue-type".into(), AMQPValue::LongString("classic".into()));
    let declared = channel.queue_declare(ShortString::default(), options, arguments);
    let queue = within(session.answer(), declared).await?;
    let options = BasicConsumeOptions { no_ack: true, ..Default::default() };
    let consuming =
        channel.basic_consume(queue.name().clone(), ShortString::default(), options, FieldTable::default());
    within(session.answer(), consuming).await
}

async fn receive(aviary: &Aviary, mut consumer: Consumer) {
    while let Some(Ok(delivery)) = consumer.next().await {
        aviary.land(&delivery.data);
    }
}

/// Returns when too many were lost in a row.
async fn patrol(shared: &Shared, aviary: &Aviary) {
    let pace = shared.pace;
    let mut ticks = interval(pace.canary);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut silent = Duration::ZERO;
    while silent < pace.silence {
        ticks.tick().await;
        match aviary.fly(shared, pace.answer).await {
            Ok(()) => silent = Duration::ZERO,
            Err(Crash::Lost) => silent = silent.saturating_add(pace.canary),
            // Says nothing about this line.
            Err(Crash::NotSent) => {}
        }
    }
}
