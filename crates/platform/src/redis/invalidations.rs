//! Telling everybody what is stale.

use super::link::Link;
use super::marks::{EVERYTHING, MESSAGE_VERSION};
use super::names::Names;
use super::scripts::Scripts;
use crate::port::{Topic, Unavailable};
use smartexus_domain::WorkspaceId;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// Between two attempts to make good what could not be told.
const AGAIN: Duration = Duration::from_millis(200);

pub(super) struct Invalidations {
    link: Arc<Link>,
    names: Names,
    scripts: Arc<Scripts>,
    owed: Notify,
}

impl Invalidations {
    pub(super) fn new(link: Arc<Link>, names: Names, scripts: Arc<Scripts>) -> Self {
        Self { link, names, scripts, owed: Notify::new() }
    }

    /// Tells one, or owes it.
    pub(super) async fn tell(&self, topic: Topic, workspace: WorkspaceId) -> Result<(), Unavailable> {
        let told = self.publish(&format!("{} {workspace}", topic.as_str())).await;
        if told.is_err() {
            self.owed.notify_one();
        }
        told
    }

    /// Makes good, for as long as the cache lives, what could not be told: not one by one, which would need memory
    /// without bound, but by making everything stale once.
    pub(super) async fn make_good(self: Arc<Self>) {
        loop {
            self.owed.notified().await;
            loop {
                self.link.reached().await;
                if self.publish(EVERYTHING).await.is_ok() {
                    break;
                }
                tokio::time::sleep(AGAIN).await;
            }
        }
    }

    async fn publish(&self, stale: &str) -> Result<(), Unavailable> {
        let mut script = self.scripts.invalidate.key(self.names.invalidations());
        script.arg(self.names.stale()).arg(MESSAGE_VERSION).arg(stale);
        self.link.run::<u64>(&script).await.map(|_| ())
    }
}
