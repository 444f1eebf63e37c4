//! The one connection for listening, and the task that keeps it.

use super::backoff::Backoff;
use super::link::{BEAT, CONNECT};
use super::marks::Marks;
use super::names::Names;
use super::progress;
use crate::embedded::Feeds;
use crate::port::Progress;
use futures::StreamExt as _;
use redis::aio::{PubSubSink, PubSubStream};
use redis::{Client, Msg, RedisResult, Value};
use smartexus_domain::WorkspaceId;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::timeout;

/// An answer on this connection takes no longer, or the connection is dead. Longer than a question's patience:
/// nobody waits for it.
const ANSWER: Duration = Duration::from_millis(500);
/// Between two gaps while nothing can be heard.
const GAP: Duration = Duration::from_secs(1);
/// Channels subscribed to at once.
const BATCH: usize = 100;

/// Listens for all watchers of this process.
pub(super) struct Subscriber {
    pub(super) client: Client,
    pub(super) names: Names,
    pub(super) feeds: Arc<Feeds>,
    pub(super) marks: Arc<Marks>,
    /// Rung when a workspace is watched that was not.
    pub(super) wanted: Arc<Notify>,
}

/// Attempts in a row without a connection for listening before that is told.
const FAILURES_TOLD: u32 = 3;

/// The connection is dead.
struct Lost;

impl Subscriber {
    /// Listens for as long as the cache lives.
    pub(super) async fn run(self) {
        loop {
            let (sink, stream) = tokio::select! {
                connected = self.connected() => connected,
                never = self.tell_gaps() => match never {},
            };
            let Err(Lost) = self.listen(sink, stream).await;
            self.marks.hears_no_more();
        }
    }

    async fn tell_gaps(&self) -> Infallible {
        loop {
            self.feeds.tell_all(Progress::Gap);
            // Those that nobody watches any more are closed on the way.
            self.feeds.watched();
            tokio::time::sleep(GAP).await;
        }
    }

    async fn connected(&self) -> (PubSubSink, PubSubStream) {
        let mut backoff = Backoff::new();
        let mut failures: u32 = 0;
        loop {
            if let Ok(Ok(connection)) = timeout(CONNECT, self.client.get_async_pubsub()).await {
                let (mut sink, stream) = connection.split();
                if answered(sink.subscribe(self.names.stale())).await.is_ok() {
                    return (sink, stream);
                }
            }
            failures = failures.saturating_add(1);
            // Once; a server that is only away is told of by whoever asks it.
            if failures == FAILURES_TOLD {
                tracing::warn!(
                    "cache not heard: is the user allowed to subscribe? what it would tell is looked for"
                );
            }
            tokio::time::sleep(backoff.pause()).await;
        }
    }

    /// Until the connection is lost. Messages are taken as fast as they come: a slow watcher has its own bounded
    /// buffer and holds nobody up.
    async fn listen(&self, mut sink: PubSubSink, mut stream: PubSubStream) -> Result<Infallible, Lost> {
        self.marks.hears();
        let mut followed = BTreeSet::new();
        loop {
            self.follow(&mut sink, &mut followed).await?;
            let beat = tokio::time::sleep(BEAT);
            tokio::pin!(beat);
            loop {
                tokio::select! {
                    message = stream.next() => self.hear(&message.ok_or(Lost)?),
                    () = self.wanted.notified() => break,
                    () = &mut beat => {
                        answered(sink.ping::<Value>()).await?;
                        break;
                    }
                }
            }
        }
    }

    /// Subscribes to what is watched, and no longer to what is not.
    async fn follow(&self, sink: &mut PubSubSink, followed: &mut BTreeSet<WorkspaceId>) -> Result<(), Lost> {
        let watched: BTreeSet<WorkspaceId> = self.feeds.watched().into_iter().collect();
        let newly: Vec<WorkspaceId> = watched.difference(followed).copied().collect();
        for some in newly.chunks(BATCH) {
            answered(sink.subscribe(self.channels(some))).await?;
            for workspace in some {
                // What happened before is not told: look again, now that what happens will be.
                self.feeds.tell(*workspace, Progress::Gap);
            }
        }
        let no_longer: Vec<WorkspaceId> = followed.difference(&watched).copied().collect();
        for some in no_longer.chunks(BATCH) {
            answered(sink.unsubscribe(self.channels(some))).await?;
        }
        *followed = watched;
        Ok(())
    }

    fn channels(&self, workspaces: &[WorkspaceId]) -> Vec<String> {
        workspaces.iter().map(|workspace| self.names.progress(*workspace)).collect()
    }

    fn hear(&self, message: &Msg) {
        let channel = message.get_channel_name();
        if channel == self.names.stale() {
            self.marks.message(&String::from_utf8_lossy(message.get_payload_bytes()));
        } else if let Some(workspace) = self.names.watched(channel) {
            let event = progress::decode(workspace, message.get_payload_bytes());
            self.feeds.tell(workspace, event.map_or(Progress::Gap, Progress::Event));
        }
    }
}

async fn answered<T>(question: impl Future<Output = RedisResult<T>>) -> Result<T, Lost> {
    match timeout(ANSWER, question).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(_)) | Err(_) => Err(Lost),
    }
}
