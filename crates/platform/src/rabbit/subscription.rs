//! Consumers of some queues on a channel of their own, each allowed one unacknowledged delivery.

use super::fault::{BellFault, within};
use super::judge::Worth;
use super::session::Session;
use super::shared::Shared;
use super::surplus;
use super::topology::{Names, Spot};
use futures::future::{BoxFuture, join_all};
use futures::{FutureExt as _, StreamExt as _};
use lapin::message::Delivery;
use lapin::options::{
    BasicAckOptions, BasicCancelOptions, BasicConsumeOptions, BasicQosOptions, BasicRejectOptions,
};
use lapin::types::{DeliveryTag, FieldTable, ShortString};
use lapin::{Channel, Consumer};
use std::sync::Arc;
use std::task::Poll;
use tokio::time::timeout;

/// A slot's ears while it is idle.
pub(super) struct Subscription {
    session: Arc<Session>,
    channel: Channel,
    /// The most urgent first.
    ears: Vec<(Spot, Consumer)>,
}

/// A ring that was heard and is not acknowledged yet.
pub(super) struct Heard {
    spot: Spot,
    delivery: Delivery,
    consumer: ShortString,
}

/// What a subscription hears.
pub(super) enum Sound {
    /// A ring to wake for.
    Ring(Box<Heard>),
    /// A ring for a job that was taken: acknowledged. There may be more of them in this queue.
    Stale(Spot),
    /// Not a ring: rejected.
    Noise,
    /// A consumer has ended: the subscription is of no more use.
    Broken,
}

impl Subscription {
    pub(super) async fn open(
        session: Arc<Session>,
        names: &Names,
        spots: &[Spot],
    ) -> Result<Self, BellFault> {
        let channel = session.channel().await?;
        within(session.answer(), channel.basic_qos(1, BasicQosOptions::default())).await?;
        let consuming = spots.iter().map(|spot| async {
            let (options, arguments) = (BasicConsumeOptions::default(), FieldTable::default());
            let consumer =
                channel.basic_consume(names.queue(*spot), ShortString::default(), options, arguments);
            Ok((*spot, within(session.answer(), consumer).await?))
        });
        let ears: Result<Vec<_>, BellFault> = join_all(consuming).await.into_iter().collect();
        let ears = ears?;
        Ok(Self { session, channel, ears })
    }

    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// The next sound. Of several that are there already, the most urgent. May be dropped at any time: a ring that
    /// was taken from its stream is in the answer or still unacknowledged.
    pub(super) async fn next(&mut self, shared: &Shared) -> Sound {
        let ears = &mut self.ears;
        let sound = std::future::poll_fn(|context| {
            for (spot, consumer) in ears.iter_mut() {
                match consumer.poll_next_unpin(context) {
                    Poll::Ready(Some(Ok(delivery))) => {
                        return Poll::Ready(Some((*spot, delivery, consumer.tag())));
                    }
                    Poll::Ready(Some(Err(_)) | None) => return Poll::Ready(None),
                    Poll::Pending => {}
                }
            }
            Poll::Pending
        });
        let Some((spot, delivery, consumer)) = sound.await else { return Sound::Broken };
        let tag = delivery.delivery_tag;
        match shared.judge.judge(spot, &delivery.data) {
            Worth::Fresh(_) => Sound::Ring(Box::new(Heard { spot, delivery, consumer })),
            Worth::Stale if self.acknowledge(tag).await.is_ok() => Sound::Stale(spot),
            Worth::Refused(_) if reject(&self.session, &self.channel, tag).await.is_ok() => Sound::Noise,
            Worth::Stale | Worth::Refused(_) => Sound::Broken,
        }
    }

    /// The claim is over and the slot stays idle: the next ring may come.
    pub(super) async fn resume(&self, heard: Heard) -> Result<(), BellFault> {
        self.acknowledge(heard.delivery.delivery_tag).await
    }

    /// The slot has work. What was heard is acknowledged here, after its consumer was told to stop, so that the broker
    /// pushes nothing more; the rest is given back while the slot works.
    pub(super) async fn retire(self, shared: &Arc<Shared>, heard: Option<Heard>, unheard: u32) {
        if let Some(heard) = heard {
            // Puts the frame in front of the acknowledgement. The answer comes with those of the other consumers:
            // cancelling twice is answered twice.
            let _ = cancel(&self.channel, heard.consumer).now_or_never();
            if self.acknowledge(heard.delivery.delivery_tag).await.is_err() {
                self.session.condemn("acknowledging failed");
            }
        }
        shared.errand(self.give_back(Arc::clone(shared), None, unheard));
    }

    /// Stops every consumer, and finds a place for what they were given and for what was heard but not claimed for.
    /// `unheard` claims found a job without a ring: that many rings have no job any more.
    pub(super) async fn give_back(self, shared: Arc<Shared>, heard: Option<Heard>, mut unheard: u32) {
        let Self { session, channel, ears } = self;
        let stopping = join_all(ears.iter().map(|(_, consumer)| cancel(&channel, consumer.tag())));
        let mut rest: Vec<_> = heard.map(|heard| (heard.spot, heard.delivery)).into_iter().collect();
        let collecting = async {
            stopping.await;
            for (spot, mut consumer) in ears {
                // Ends because the consumer was cancelled.
                while let Some(Ok(delivery)) = consumer.next().await {
                    rest.push((spot, delivery));
                }
            }
        };
        if timeout(session.answer(), collecting).await.is_err() {
            session.condemn("cancelling failed");
            return;
        }
        surplus::settle(&shared, &session, &channel, rest, &mut unheard).await;
        close(&session, &channel).await;
    }

    async fn acknowledge(&self, tag: DeliveryTag) -> Result<(), BellFault> {
        acknowledge(&self.session, &self.channel, tag).await
    }
}

/// Up to `most` deliveries of a queue, none of them acknowledged. Fewer when no more come for a moment.
pub(super) async fn take(
    session: &Session,
    channel: &Channel,
    queue: ShortString,
    most: u16,
) -> Result<Vec<Delivery>, BellFault> {
    let answer = session.answer();
    within(answer, channel.basic_qos(most, BasicQosOptions::default())).await?;
    let (options, arguments) = (BasicConsumeOptions::default(), FieldTable::default());
    let consuming = channel.basic_consume(queue, ShortString::default(), options, arguments);
    let mut consumer = within(answer, consuming).await?;
    let mut taken = Vec::new();
    while taken.len() < usize::from(most) {
        match timeout(QUIET, consumer.next()).await {
            Ok(Some(delivery)) => taken.push(delivery?),
            Ok(None) => return Err(BellFault::Away),
            Err(_) => break,
        }
    }
    within(answer, cancel(channel, consumer.tag()).map(Ok)).await?;
    // Nothing was acknowledged, so what was on its way is within `most`.
    let rest = async {
        while let Some(delivery) = consumer.next().await {
            taken.push(delivery?);
        }
        Ok(())
    };
    within(answer, rest).await?;
    Ok(taken)
}

/// A queue that sends nothing for so long has nothing.
const QUIET: std::time::Duration = std::time::Duration::from_millis(200);

fn cancel(channel: &Channel, consumer: ShortString) -> BoxFuture<'static, ()> {
    let channel = channel.clone();
    // A consumer that cannot be cancelled has ended with its channel.
    async move { drop(channel.basic_cancel(consumer, BasicCancelOptions::default()).await) }.boxed()
}

pub(super) async fn acknowledge(
    session: &Session,
    channel: &Channel,
    tag: DeliveryTag,
) -> Result<(), BellFault> {
    within(session.answer(), channel.basic_ack(tag, BasicAckOptions::default())).await
}

/// To the dead queue. Never back into its own: a message that cannot be used would come again for ever.
pub(super) async fn reject(session: &Session, channel: &Channel, tag: DeliveryTag) -> Result<(), BellFault> {
    let options = BasicRejectOptions { requeue: false };
    within(session.answer(), channel.basic_reject(tag, options)).await
}

/// Whatever is still unacknowledged goes back to its queue.
pub(super) async fn close(session: &Session, channel: &Channel) {
    let code = lapin::protocol::constants::REPLY_SUCCESS;
    // A channel that does not close has ended with its connection.
    let _ = within(session.answer(), channel.close(code, "idle no more".into())).await;
}
