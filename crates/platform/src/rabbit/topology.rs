//! The names on the broker, and their declaration.
//!
//! ```text
//! {prefix}.jobs  (direct) ── {stage}.{priority} ─▶ {prefix}.{stage}.{priority}   one for each stage and priority
//! {prefix}.dead  (direct) ── dead ───────────────▶ {prefix}.dead
//! ```
//!
//! Every queue is a durable quorum queue, on RabbitMQ 3.10 as on 4.x, and everything is declared again on each
//! connection.

use super::fault::{BellFault, within};
use super::session::Session;
use crate::port::Priority;
use lapin::options::{ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions};
use lapin::types::{AMQPValue, FieldTable, ShortString};
use lapin::{Channel, ExchangeKind};
use smartexus_domain::StageKind;

/// Where a ring waits: each stage and priority has a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Spot {
    // First, so that spots sort by urgency.
    pub(super) priority: Priority,
    pub(super) stage: StageKind,
}

impl Spot {
    /// The spots of these stages, the most urgent first.
    pub(crate) fn of(stages: &[StageKind]) -> Vec<Self> {
        Priority::ALL
            .into_iter()
            .flat_map(|priority| stages.iter().map(move |&stage| Self { priority, stage }))
            .collect()
    }
}

/// The routing key of the dead queue.
pub(super) const DEAD_KEY: &str = "dead";
/// Deliveries of one ring that may end without an acknowledgement. Only a belt: a ring that is heard is acknowledged
/// whatever became of its job, and the database counts attempts. RabbitMQ before 4.0 has no limit of its own.
const DELIVERY_LIMIT: i64 = 20;
/// Rings that may wait in one queue. When it is full the broker refuses more of them, and nothing is lost: slots that
/// have so much to do find it in the database.
const WAITING_MAX: i64 = 100_000;

/// The names under one prefix.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    prefix: String,
}

impl Names {
    pub(crate) fn new(prefix: &str) -> Self {
        Self { prefix: prefix.to_owned() }
    }

    /// The exchange of the rings.
    pub(crate) fn jobs(&self) -> ShortString {
        format!("{}.jobs", self.prefix).into()
    }

    /// The dead-letter exchange, and the queue behind it.
    pub(crate) fn dead(&self) -> ShortString {
        format!("{}.dead", self.prefix).into()
    }

    pub(super) fn key(&self, spot: Spot) -> ShortString {
        format!("{}.{}", spot.stage.as_str(), spot.priority.as_str()).into()
    }

    pub(crate) fn queue(&self, spot: Spot) -> ShortString {
        format!("{}.{}.{}", self.prefix, spot.stage.as_str(), spot.priority.as_str()).into()
    }
}

/// Declares everything.
pub(super) async fn declare(session: &Session, names: &Names) -> Result<(), BellFault> {
    let mut declaring = Declaring { session, channel: session.channel().await? };
    declaring.exchange(names.dead()).await?;
    declaring.queue(names.dead(), dead_arguments()).await?;
    declaring.bind(names.dead(), names.dead(), DEAD_KEY.into()).await?;
    declaring.exchange(names.jobs()).await?;
    for spot in Spot::of(&StageKind::ALL) {
        declaring.queue(names.queue(spot), ring_arguments(names)).await?;
        declaring.bind(names.queue(spot), names.jobs(), names.key(spot)).await?;
    }
    let answer = session.answer();
    within(answer, declaring.channel.close(lapin::protocol::constants::REPLY_SUCCESS, "declared".into()))
        .await
}

fn ring_arguments(names: &Names) -> FieldTable {
    let mut arguments = dead_arguments();
    arguments
        .insert("x-delivery-limit".into(), AMQPValue::LongLongInt(DELIVERY_LIMIT))
        .insert("x-dead-letter-exchange".into(), text(names.dead().as_str()))
        .insert("x-dead-letter-routing-key".into(), text(DEAD_KEY))
        // Dead-lettering loses nothing only like this, and only with an overflow that refuses.
        .insert("x-dead-letter-strategy".into(), text("at-least-once"))
        .insert("x-overflow".into(), text("reject-publish"));
    arguments
}

/// The dead queue drops its oldest when full: it is a bell, the dead jobs are in the database.
fn dead_arguments() -> FieldTable {
    let mut arguments = FieldTable::default();
    arguments
        .insert("x-queue-type".into(), text("quorum"))
        .insert("x-max-length".into(), AMQPValue::LongLongInt(WAITING_MAX));
    arguments
}

fn text(word: &str) -> AMQPValue {
    AMQPValue::LongString(word.into())
}

struct Declaring<'a> {
    session: &'a Session,
    channel: Channel,
}

impl Declaring<'_> {
    async fn exchange(&mut self, name: ShortString) -> Result<(), BellFault> {
        let declare = |channel: Channel, name: ShortString, passive: bool| async move {
            let options = ExchangeDeclareOptions { durable: true, passive, ..Default::default() };
            channel.exchange_declare(name, ExchangeKind::Direct, options, FieldTable::default()).await
        };
        let first = within(self.session.answer(), declare(self.channel.clone(), name.clone(), false)).await;
        if self.is_there_otherwise(first)? {
            within(self.session.answer(), declare(self.reopened().await?, name, true)).await?;
        }
        Ok(())
    }

    async fn queue(&mut self, name: ShortString, arguments: FieldTable) -> Result<(), BellFault> {
        let options = QueueDeclareOptions { durable: true, ..Default::default() };
        let declared = self.channel.queue_declare(name.clone(), options, arguments);
        let first = within(self.session.answer(), declared).await.map(drop);
        if self.is_there_otherwise(first)? {
            let passive = QueueDeclareOptions { passive: true, ..options };
            let channel = self.reopened().await?;
            let looked = channel.queue_declare(name, passive, FieldTable::default());
            within(self.session.answer(), looked).await?;
        }
        Ok(())
    }

    async fn bind(
        &mut self,
        queue: ShortString,
        exchange: ShortString,
        key: ShortString,
    ) -> Result<(), BellFault> {
        let options = QueueBindOptions::default();
        let bound = self.channel.queue_bind(queue, exchange, key, options, FieldTable::default());
        within(self.session.answer(), bound).await
    }

    /// Whether the broker closed the channel because the thing exists with other arguments, of another release or
    /// under an operator's hand, or because we may not make it. If it exists it is used as it is: refusing would
    /// silence the bell during every upgrade.
    fn is_there_otherwise(&self, declared: Result<(), BellFault>) -> Result<bool, BellFault> {
        match declared {
            Ok(()) => Ok(false),
            Err(BellFault::Broker(error)) if error.is_amqp_soft_error() => {
                tracing::warn!(%error, "broker object differs");
                Ok(true)
            }
            Err(fault) => Err(fault),
        }
    }

    async fn reopened(&mut self) -> Result<Channel, BellFault> {
        self.channel = self.session.channel().await?;
        Ok(self.channel.clone())
    }
}
