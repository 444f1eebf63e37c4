//! Names of one's own on RabbitMQ.

use super::{Proxy, finish, setting};
use crate::rabbit::{Names, Spot};
use crate::{RabbitSettings, Secret};
use lapin::options::{ExchangeDeleteOptions, QueueDeleteOptions};
use lapin::uri::AMQPUri;
use lapin::{Channel, Connection, ConnectionProperties};
use smartexus_domain::StageKind;
use uuid::Uuid;

/// Where RabbitMQ is: `SMARTEXUS_TEST_AMQP_URL`, or the usual port of this machine.
#[must_use]
pub fn broker_url() -> String {
    setting("SMARTEXUS_TEST_AMQP_URL", "amqp://guest:guest@127.0.0.1:5672/%2f")
}

/// A prefix of its own for everything on the broker; what bears it is deleted with this.
pub struct FreshNames {
    prefix: String,
}

impl FreshNames {
    /// A prefix that nobody has.
    #[must_use]
    pub fn new() -> Self {
        Self::with(format!("test-{}", Uuid::new_v4().simple()))
    }

    /// This prefix.
    #[must_use]
    pub const fn with(prefix: String) -> Self {
        Self { prefix }
    }

    /// The prefix.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// How the broker is reached under these names.
    #[must_use]
    pub fn settings(&self) -> RabbitSettings {
        self.settings_at(&broker_url())
    }

    /// How it is reached under these names through a wire that can be cut.
    pub async fn behind_a_wire(&self) -> (Proxy, RabbitSettings) {
        let mut uri: AMQPUri = broker_url().parse().expect("a URL of RabbitMQ");
        let broker = tokio::net::lookup_host((uri.authority.host.clone(), uri.authority.port)).await;
        let broker = broker.expect("the broker's host is known").next().expect("it has an address");
        let proxy = Proxy::before(broker).await;
        uri.authority.host = proxy.address().ip().to_string();
        uri.authority.port = proxy.address().port();
        (proxy, self.settings_at(&uri.to_string()))
    }

    fn settings_at(&self, url: &str) -> RabbitSettings {
        let settings = RabbitSettings::new(&Secret::new(url.to_owned()));
        settings.and_then(|settings| settings.prefix(&self.prefix)).expect("settings of the broker")
    }
}

impl Default for FreshNames {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for FreshNames {
    fn drop(&mut self) {
        let names = Names::new(&self.prefix);
        finish(async move || {
            let (_connection, channel) = outside().await;
            for queue in
                Spot::of(&StageKind::ALL).into_iter().map(|spot| names.queue(spot)).chain([names.dead()])
            {
                let deleted = channel.queue_delete(queue, QueueDeleteOptions::default()).await;
                deleted.expect("the broker deletes");
            }
            for exchange in [names.jobs(), names.dead()] {
                let deleted = channel.exchange_delete(exchange, ExchangeDeleteOptions::default()).await;
                deleted.expect("the broker deletes");
            }
        });
    }
}

/// A connection of nobody's process. Panics where there is no RabbitMQ.
pub(crate) async fn outside() -> (Connection, Channel) {
    let uri = broker_url().parse().expect("a URL of RabbitMQ");
    let connection = Connection::connect_uri(uri, ConnectionProperties::default()).await.expect(
        "this test needs a RabbitMQ: `cargo verify` starts one, and SMARTEXUS_TEST_AMQP_URL names another",
    );
    let channel = connection.create_channel().await.expect("a channel");
    (connection, channel)
}
