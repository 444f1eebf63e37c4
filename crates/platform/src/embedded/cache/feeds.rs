//! Progress inside one process: one bounded channel for each workspace that somebody watches.

use crate::port::{LOOK_AGAIN, PROGRESS_BUFFER, Progress, ProgressStream};
use futures::StreamExt as _;
use futures::stream;
use smartexus_domain::WorkspaceId;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout_at};

/// The channels of this process.
pub(crate) struct Feeds {
    channels: Mutex<HashMap<WorkspaceId, broadcast::Sender<Progress>>>,
    look_again: Duration,
}

impl Feeds {
    pub(crate) fn new() -> Self {
        Self { channels: Mutex::default(), look_again: LOOK_AGAIN }
    }

    /// Begins with a gap: the watcher looks once after its channel is there.
    pub(crate) fn subscribe(&self, workspace: WorkspaceId) -> ProgressStream {
        let mut feeds = self.lock();
        let feed = feeds.entry(workspace).or_insert_with(|| broadcast::Sender::new(PROGRESS_BUFFER));
        let watcher = Watcher { events: feed.subscribe(), look_at: Instant::now(), every: self.look_again };
        stream::unfold(watcher, Watcher::next).boxed()
    }

    pub(crate) fn tell(&self, workspace: WorkspaceId, progress: Progress) {
        if let Some(feed) = self.lock().get(&workspace) {
            // Nobody listens: nobody is missed.
            let _ = feed.send(progress);
        }
    }

    pub(crate) fn tell_all(&self, progress: Progress) {
        for feed in self.lock().values() {
            let _ = feed.send(progress);
        }
    }

    /// Who is watched; the channels that nobody watches any more are closed.
    pub(crate) fn watched(&self) -> Vec<WorkspaceId> {
        let mut feeds = self.lock();
        feeds.retain(|_, feed| feed.receiver_count() > 0);
        feeds.keys().copied().collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<WorkspaceId, broadcast::Sender<Progress>>> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Watcher {
    events: broadcast::Receiver<Progress>,
    /// When the next gap is due, whatever is heard until then.
    look_at: Instant,
    every: Duration,
}

impl Watcher {
    async fn next(mut self) -> Option<(Progress, Self)> {
        let due = self.look_at <= Instant::now();
        let heard = if due { Progress::Gap } else { self.hear().await? };
        if heard == Progress::Gap {
            self.look_at = Instant::now() + self.every;
        }
        Some((heard, self))
    }

    async fn hear(&mut self) -> Option<Progress> {
        match timeout_at(self.look_at, self.events.recv()).await {
            Ok(Ok(progress)) => Some(progress),
            Ok(Err(RecvError::Lagged(_))) | Err(_) => Some(Progress::Gap),
            Ok(Err(RecvError::Closed)) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[tokio::test]
    async fn a_gap_comes_first_and_again_before_long() {
        let workspace = WorkspaceId::from_uuid(Uuid::from_u128(1));
        let feeds = Feeds { look_again: Duration::from_millis(50), ..Feeds::new() };
        let mut stream = feeds.subscribe(workspace);
        assert_eq!(stream.next().await, Some(Progress::Gap));
        let begun = Instant::now();
        assert_eq!(stream.next().await, Some(Progress::Gap));
        assert!(begun.elapsed() >= Duration::from_millis(50));
        drop(feeds);
        assert_eq!(stream.next().await, None);
    }

    #[tokio::test]
    async fn a_channel_that_nobody_watches_is_closed() {
        let (feeds, workspace) = (Feeds::new(), WorkspaceId::from_uuid(Uuid::from_u128(1)));
        let stream = feeds.subscribe(workspace);
        assert_eq!(feeds.watched(), [workspace]);
        drop(stream);
        assert_eq!(feeds.watched(), []);
        feeds.tell(workspace, Progress::Gap);
    }
}
