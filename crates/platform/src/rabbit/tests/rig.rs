//! A bell with names of its own, and a second connection that looks at the broker from outside.

use crate::exam::FreshNames;
pub(super) use crate::exam::{broker_url, outside};
use crate::port::{Clock, Doorbell as _, FakeClock, Listener, Priority, Ring, SystemIds};
use crate::rabbit::settings::Pace;
use crate::rabbit::topology::{Names, Spot};
use crate::rabbit::{MacKey, RabbitBell, RabbitSettings};
use crate::{Result, Secret, SecretBytes};
use futures::StreamExt as _;
use lapin::message::BasicGetMessage;
use lapin::options::{
    BasicAckOptions, BasicConsumeOptions, BasicGetOptions, BasicPublishOptions, QueueDeclareOptions,
    QueueDeleteOptions,
};
use lapin::types::{FieldTable, ShortString};
use lapin::{BasicProperties, Channel, Connection};
use smartexus_domain::{JobId, StageKind, WorkspaceId};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;

pub(super) const SOON: Duration = Duration::from_secs(10);
pub(super) const BRIEFLY: Duration = Duration::from_millis(700);
pub(super) const START: &str = "2026-01-01T00:00:00Z";

pub(super) struct Rig {
    pub(super) names: Names,
    pub(super) clock: Arc<FakeClock>,
    pub(super) bell: RabbitBell,
    outside: Channel,
    _connection: Connection,
    /// Dropped after the bell, so that nothing is left behind.
    fresh: FreshNames,
}

impl Rig {
    pub(super) async fn new() -> Self {
        Self::at(&broker_url(), Pace::DEFAULT).await
    }

    /// A bell that reaches the broker at `url`; the look from outside goes there directly.
    pub(super) async fn at(url: &str, pace: Pace) -> Self {
        Self::named(&format!("test-{}", Uuid::new_v4().simple()), url, pace).await
    }

    pub(super) async fn named(prefix: &str, url: &str, pace: Pace) -> Self {
        let (connection, outside) = outside().await;
        let clock = Arc::new(FakeClock::at(START.parse().unwrap()));
        let bell = bell(url, prefix, pace, Arc::clone(&clock) as Arc<dyn Clock>).await;
        Self {
            names: Names::new(prefix),
            clock,
            bell,
            outside,
            _connection: connection,
            fresh: FreshNames::with(prefix.to_owned()),
        }
    }

    /// A second process of the same installation.
    pub(super) async fn another(&self) -> RabbitBell {
        let clock = Arc::clone(&self.clock) as Arc<dyn Clock>;
        bell(&broker_url(), self.fresh.prefix(), Pace::DEFAULT, clock).await
    }

    pub(super) fn listen(&self, stages: &[StageKind]) -> Box<dyn Listener> {
        self.bell.listen(stages)
    }

    pub(super) async fn ring(&self, stage: StageKind, priority: Priority) -> Result<()> {
        self.bell.ring(&ring(stage, priority)).await
    }

    /// Rings that wait in a queue and are with nobody.
    pub(super) async fn waiting(&self, queue: ShortString) -> u32 {
        let options = QueueDeclareOptions { passive: true, durable: true, ..Default::default() };
        let declared = self.outside.queue_declare(queue, options, FieldTable::default()).await;
        declared.unwrap().message_count()
    }

    pub(super) async fn waiting_at(&self, stage: StageKind, priority: Priority) -> u32 {
        self.waiting(self.names.queue(Spot { priority, stage })).await
    }

    /// Waits until so many are there, and says how many there are in the end.
    pub(super) async fn settled(&self, queue: ShortString, expected: u32) -> u32 {
        let began = Instant::now();
        loop {
            let waiting = self.waiting(queue.clone()).await;
            if waiting == expected || began.elapsed() > SOON {
                return waiting;
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Takes a message out.
    pub(super) async fn get(&self, queue: ShortString) -> Option<BasicGetMessage> {
        let got = self.outside.basic_get(queue, BasicGetOptions::default()).await.unwrap();
        if let Some(got) = &got {
            got.delivery.ack(BasicAckOptions::default()).await.unwrap();
        }
        got
    }

    /// Puts a message in as anybody with the broker's password could.
    pub(super) async fn forge(&self, spot: Spot, body: &[u8]) {
        let (exchange, key) = (self.names.jobs(), self.names.key(spot));
        let (options, properties) = (BasicPublishOptions::default(), BasicProperties::default());
        drop(self.outside.basic_publish(exchange, key, options, body, properties).await.unwrap().await);
    }

    /// Everything that is in a queue.
    pub(super) async fn empty(&self, queue: ShortString) -> Vec<Vec<u8>> {
        let waiting = self.waiting(queue.clone()).await;
        let options = BasicConsumeOptions { no_ack: true, ..Default::default() };
        let consuming = self.outside.basic_consume(queue, "outside".into(), options, FieldTable::default());
        let mut consumer = consuming.await.unwrap();
        let mut bodies = Vec::new();
        for _ in 0..waiting {
            bodies.push(timeout(SOON, consumer.next()).await.unwrap().unwrap().unwrap().data);
        }
        bodies
    }

    pub(super) async fn delete(&self, queue: ShortString) {
        self.outside.queue_delete(queue, QueueDeleteOptions::default()).await.unwrap();
    }
}

async fn bell(url: &str, prefix: &str, pace: Pace, clock: Arc<dyn Clock>) -> RabbitBell {
    let mut settings = RabbitSettings::new(&Secret::new(url.to_owned())).unwrap().prefix(prefix).unwrap();
    settings.pace = pace;
    let ids = Arc::new(SystemIds::new(Arc::clone(&clock)));
    RabbitBell::open(settings, key(1), clock, ids).await
}

pub(super) fn key(fill: u8) -> MacKey {
    MacKey::derive(&SecretBytes::take(&mut [fill; 32])).unwrap()
}

pub(super) fn ring(stage: StageKind, priority: Priority) -> Ring {
    let workspace = WorkspaceId::from_uuid(Uuid::new_v4());
    Ring { workspace, job: JobId::from_uuid(Uuid::new_v4()), stage, priority, trace: None }
}
