//! The bell inside one process: a counter that waiters watch.

use crate::Result;
use crate::port::{Doorbell, Rings};
use async_trait::async_trait;
use smartexus_domain::{JobId, WorkspaceId};
use std::time::Duration;
use tokio::sync::watch;

/// Counts rings. Every waiter wakes at each; the claim decides who gets the job. Jobs made by another process are
/// found when a waiter's patience ends.
pub(super) struct LocalBell {
    count: watch::Sender<u64>,
}

impl LocalBell {
    pub(super) fn new() -> Self {
        Self { count: watch::Sender::new(0) }
    }
}

#[async_trait]
impl Doorbell for LocalBell {
    async fn ring(&self, _workspace: WorkspaceId, _job: JobId) -> Result<()> {
        self.count.send_modify(|count| *count = count.wrapping_add(1));
        Ok(())
    }

    fn rings(&self) -> Rings {
        Rings(*self.count.borrow())
    }

    async fn wait(&self, heard: Rings, patience: Duration) -> Rings {
        let mut watcher = self.count.subscribe();
        // Running out of patience and hearing a ring lead to the same thing: look for work.
        let _ = tokio::time::timeout(patience, watcher.wait_for(|count| *count != heard.0)).await;
        self.rings()
    }
}
