//! The broker alone: what a ring would cost if there were nothing but rings.

use super::figures::per_second;
use anyhow::{Context, ensure};
use futures::StreamExt as _;
use futures::future::try_join_all;
use lapin::options::{
    BasicAckOptions, BasicConsumeOptions, BasicPublishOptions, BasicQosOptions, ConfirmSelectOptions,
    QueueDeclareOptions, QueueDeleteOptions,
};
use lapin::types::{AMQPValue, FieldTable, ShortString};
use lapin::{BasicProperties, Channel, Confirmation, Connection, ConnectionProperties, Consumer};
use std::time::Instant;

const QUEUE: &str = "bare";
/// About what a ring has.
const BODY: [u8; 400] = [b'.'; 400];
const PERSISTENT: u8 = 2;

/// Messages a second when so many loops each publish one, await its confirm, take one and acknowledge it.
pub(crate) async fn rate(broker: &str, loops: usize, messages: usize) -> anyhow::Result<f64> {
    let connection = Connection::connect(broker, ConnectionProperties::default()).await?;
    let channel = connection.create_channel().await?;
    let mut quorum = FieldTable::default();
    quorum.insert("x-queue-type".into(), AMQPValue::LongString("quorum".into()));
    let durable = QueueDeclareOptions { durable: true, ..Default::default() };
    channel.queue_declare(QUEUE.into(), durable, quorum).await?;
    let mut turns = try_join_all((0..loops).map(|_| Turns::open(&connection))).await?;
    let each = messages.div_ceil(loops);
    let started = Instant::now();
    // Kept to the end: a consumer that is dropped is cancelled behind our back, and the answer may find nobody.
    try_join_all(turns.iter_mut().map(|turns| turns.run(each))).await?;
    let rate = per_second(each * loops, started.elapsed());
    channel.queue_delete(QUEUE.into(), QueueDeleteOptions::default()).await?;
    connection.close(lapin::protocol::constants::REPLY_SUCCESS, "measured".into()).await?;
    Ok(rate)
}

struct Turns {
    channel: Channel,
    consumer: Consumer,
}

impl Turns {
    async fn open(connection: &Connection) -> anyhow::Result<Self> {
        let channel = connection.create_channel().await?;
        channel.confirm_select(ConfirmSelectOptions::default()).await?;
        channel.basic_qos(1, BasicQosOptions::default()).await?;
        let (options, arguments) = (BasicConsumeOptions::default(), FieldTable::default());
        let consumer =
            channel.basic_consume(QUEUE.into(), ShortString::default(), options, arguments).await?;
        Ok(Self { channel, consumer })
    }

    async fn run(&mut self, turns: usize) -> anyhow::Result<()> {
        for _ in 0..turns {
            let properties = BasicProperties::default().with_delivery_mode(PERSISTENT);
            let options = BasicPublishOptions::default();
            let publishing =
                self.channel.basic_publish(ShortString::default(), QUEUE.into(), options, &BODY, properties);
            let confirmed = publishing.await?.await?;
            ensure!(matches!(confirmed, Confirmation::Ack(_)), "the broker did not confirm");
            let delivery = self.consumer.next().await.context("the consumer ended")??;
            delivery.ack(BasicAckOptions::default()).await?;
        }
        Ok(())
    }
}
