//! The bell inside one process: a counter that listeners watch.

use crate::Result;
use crate::port::{Doorbell, Listener, Ring};
use async_trait::async_trait;
use smartexus_domain::StageKind;
use std::time::Duration;
use tokio::sync::watch;

/// Counts rings. Every listener wakes at each; the claim decides who gets the job. Jobs made by another process are
/// found when a listener's patience ends.
pub(crate) struct LocalBell {
    count: watch::Sender<u64>,
}

impl LocalBell {
    pub(crate) fn new() -> Self {
        Self { count: watch::Sender::new(0) }
    }
}

#[async_trait]
impl Doorbell for LocalBell {
    async fn ring(&self, _ring: &Ring) -> Result<()> {
        self.count.send_modify(|count| *count = count.wrapping_add(1));
        Ok(())
    }

    fn listen(&self, _stages: &[StageKind]) -> Box<dyn Listener> {
        Box::new(LocalEar(self.count.subscribe()))
    }

    fn is_shared(&self) -> bool {
        false
    }

    async fn check(&self) -> Result<()> {
        Ok(())
    }

    async fn close(&self) {}
}

struct LocalEar(watch::Receiver<u64>);

#[async_trait]
impl Listener for LocalEar {
    async fn wait(&mut self, patience: Duration) -> bool {
        // A bell that is gone rings no more: then only patience ends the wait.
        matches!(tokio::time::timeout(patience, self.0.changed()).await, Ok(Ok(())))
    }

    async fn claimed(&mut self, _found: bool) {}
}
