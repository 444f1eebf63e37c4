//! One slot's ear.
//!
//! It subscribes when the slot begins to wait and stays subscribed while the slot is idle, so that a quiet fleet costs
//! the broker nothing. A ring that was heard is held until the claim is over. When the slot has work the subscription
//! is given up: a process holds deliveries for idle slots only.

use super::fault::BellFault;
use super::shared::Shared;
use super::subscription::{Heard, Sound, Subscription};
use super::topology::Spot;
use crate::port::Listener;
use async_trait::async_trait;
use smartexus_domain::StageKind;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// A [`Listener`] on the broker.
pub(super) struct RabbitListener {
    shared: Arc<Shared>,
    stages: Vec<StageKind>,
    ear: Ear,
    heard: Option<Heard>,
    /// The next claim begins at or after this time. Milliseconds.
    since_ms: i64,
}

enum Ear {
    /// The slot works, or there is no connection.
    Shut,
    /// Subscribing, in a task: a wait that ends meanwhile must not undo it.
    Opening(JoinHandle<Result<Subscription, BellFault>>),
    /// The slot is idle.
    Open(Subscription),
}

impl RabbitListener {
    /// Empty `stages` means any.
    pub(super) fn new(shared: Arc<Shared>, stages: &[StageKind]) -> Self {
        let any = if stages.is_empty() { &StageKind::ALL } else { stages };
        let since_ms = shared.judge.now_ms();
        Self { shared, stages: any.to_vec(), ear: Ear::Shut, heard: None, since_ms }
    }

    /// Pending until a ring is heard. May be dropped at any time.
    async fn hear(&mut self) {
        while self.heard.is_none() {
            match &mut self.ear {
                Ear::Shut => self.ear = Ear::Opening(self.open().await),
                Ear::Opening(task) => {
                    // A task that failed has condemned its connection, so the next one waits for another.
                    self.ear = match task.await {
                        Ok(Ok(subscription)) => Ear::Open(subscription),
                        Ok(Err(_)) | Err(_) => Ear::Shut,
                    }
                }
                Ear::Open(subscription) => match subscription.next(&self.shared).await {
                    Sound::Ring(heard) => self.heard = Some(*heard),
                    Sound::Stale(spot) => self.shared.overhang.stale(spot),
                    Sound::Noise => {}
                    Sound::Broken => {
                        subscription.session().condemn("consumer ended");
                        self.ear = Ear::Shut;
                    }
                },
            }
        }
    }

    async fn open(&self) -> JoinHandle<Result<Subscription, BellFault>> {
        let session = self.shared.listening.up().await;
        let (names, spots) = (self.shared.names.clone(), Spot::of(&self.stages));
        tokio::spawn(async move {
            let opened = Subscription::open(Arc::clone(&session), &names, &spots).await;
            opened.inspect_err(|_| session.condemn("subscribing failed"))
        })
    }
}

#[async_trait]
impl Listener for RabbitListener {
    async fn wait(&mut self, patience: Duration) -> bool {
        let heard = timeout(patience, self.hear()).await.is_ok();
        self.since_ms = self.shared.judge.now_ms();
        heard
    }

    async fn claimed(&mut self, found: bool) {
        let heard = self.heard.take();
        if !found {
            self.shared.judge.looked(&self.stages, self.since_ms);
            if let (Ear::Open(subscription), Some(heard)) = (&self.ear, heard)
                && subscription.resume(heard).await.is_err()
            {
                subscription.session().condemn("acknowledging failed");
            }
        } else {
            let unheard = u32::from(heard.is_none());
            match std::mem::replace(&mut self.ear, Ear::Shut) {
                Ear::Open(subscription) => subscription.retire(&self.shared, heard, unheard).await,
                Ear::Opening(task) => {
                    task.abort();
                    self.shared.overhang.owe(&self.stages);
                }
                // The ring is in its queue, or there again.
                Ear::Shut => self.shared.overhang.owe(&self.stages),
            }
        }
        self.since_ms = self.shared.judge.now_ms();
    }
}

impl Drop for RabbitListener {
    fn drop(&mut self) {
        match std::mem::replace(&mut self.ear, Ear::Shut) {
            // What was heard but not claimed for goes to the next idle slot with the rest.
            Ear::Open(subscription) => {
                let (shared, heard) = (Arc::clone(&self.shared), self.heard.take());
                self.shared.errand(subscription.give_back(shared, heard, 0));
            }
            Ear::Opening(task) => task.abort(),
            Ear::Shut => {}
        }
    }
}
