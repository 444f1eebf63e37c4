//! The one connection for questions, and the task that keeps it.
//!
//! The library's own `ConnectionManager` is not used: its callers wait for its attempts to connect, and it attempts
//! no more after an error that is not one of the network, such as a password that was being changed. Here one task
//! connects, and everybody else asks only while there is a connection: a dead server costs its first callers their
//! patience, and all others nothing.

use super::backoff::Backoff;
use super::marks::Marks;
use super::names::Names;
use crate::port::{CacheTrouble, Unavailable};
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, FromRedisValue, RedisError, RedisResult, ScriptInvocation};
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::time::timeout;

/// Time to connect, greetings and TLS included. Nobody waits for it but whoever opens the cache.
pub(super) const CONNECT: Duration = Duration::from_secs(2);
/// Between two beats of a connection that is there.
pub(super) const BEAT: Duration = Duration::from_secs(1);
/// How long a beat is remembered, in milliseconds.
const BEAT_KEPT_MS: u64 = 10_000;

/// The connection, if there is one.
pub(super) struct Link {
    client: Client,
    names: Names,
    patience: Duration,
    state: watch::Sender<State>,
}

struct State {
    up: Option<MultiplexedConnection>,
    /// Of which connection a failure tells: that of an earlier one does not end a later one.
    number: u64,
    trouble: Option<CacheTrouble>,
}

impl Link {
    pub(super) fn new(client: Client, names: Names, patience: Duration) -> Self {
        let state = State { up: None, number: 0, trouble: None };
        Self { client, names, patience, state: watch::Sender::new(state) }
    }

    pub(super) fn is_up(&self) -> bool {
        self.state.borrow().up.is_some()
    }

    /// Runs a script.
    pub(super) async fn run<T: FromRedisValue>(
        &self,
        script: &ScriptInvocation<'_>,
    ) -> Result<T, Unavailable> {
        self.ask(|mut connection| async move { script.invoke_async(&mut connection).await }).await
    }

    /// Asks a question, within the patience. An error of the server fails this question; silence, or a broken
    /// connection, ends the connection for everybody.
    pub(super) async fn ask<T, F>(
        &self,
        question: impl FnOnce(MultiplexedConnection) -> F,
    ) -> Result<T, Unavailable>
    where
        F: Future<Output = RedisResult<T>>,
    {
        let (connection, number) = {
            let state = self.state.borrow();
            (state.up.clone().ok_or(Unavailable)?, state.number)
        };
        let trouble = match timeout(self.patience, question(connection)).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) => trouble(&error),
            Err(_) => CacheTrouble::Silent,
        };
        if trouble == CacheTrouble::Silent {
            self.lose(number, trouble);
        }
        Err(Unavailable)
    }

    /// A write and a read, there and back.
    pub(super) async fn probe(&self) -> Result<Duration, CacheTrouble> {
        let (connection, known) = {
            let state = self.state.borrow();
            (state.up.clone(), state.trouble)
        };
        let connection = connection.ok_or(known.unwrap_or(CacheTrouble::Silent))?;
        let begun = Instant::now();
        self.beat(connection).await.map(|_| begun.elapsed())
    }

    /// Waits for the end of the first attempt to connect.
    pub(super) async fn settled(&self) {
        let mut state = self.state.subscribe();
        let settled = state.wait_for(|state| state.up.is_some() || state.trouble.is_some());
        // The attempt is bounded itself; this is the belt.
        let _ = timeout(CONNECT + self.patience, settled).await;
    }

    /// Waits until there is a connection.
    pub(super) async fn reached(&self) {
        // It fails only when the link is gone, and with it the waiter.
        let _ = self.state.subscribe().wait_for(|state| state.up.is_some()).await;
    }

    fn lose(&self, number: u64, trouble: CacheTrouble) {
        let lost = self.state.send_if_modified(|state| {
            let lost = state.number == number && state.up.take().is_some();
            if lost {
                state.trouble = Some(trouble);
            }
            lost
        });
        if lost {
            tracing::warn!(trouble = trouble.as_str(), "cache away");
        }
    }

    /// Tells a trouble once: attempts to connect come every second.
    fn fail(&self, trouble: CacheTrouble) {
        let is_new = self.state.send_if_modified(|state| state.trouble.replace(trouble) != Some(trouble));
        if is_new {
            tracing::warn!(trouble = trouble.as_str(), advice = trouble.advice(), "cache not reached");
        }
    }

    async fn connect(&self) -> Result<(MultiplexedConnection, u64), CacheTrouble> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT))
            .set_response_timeout(Some(self.patience));
        let connecting = self.client.get_multiplexed_async_connection_with_config(&config);
        let connection = match timeout(CONNECT, connecting).await {
            Ok(Ok(connection)) => connection,
            Ok(Err(error)) => return Err(trouble(&error)),
            Err(_) => return Err(CacheTrouble::Silent),
        };
        let invalidations = self.beat(connection.clone()).await?;
        Ok((connection, invalidations))
    }

    /// Writes, because a server that is full or read-only answers reads; and reads how many invalidations there were.
    async fn beat(&self, mut connection: MultiplexedConnection) -> Result<u64, CacheTrouble> {
        let mut pipe = redis::pipe();
        pipe.cmd("SET").arg(self.names.beat()).arg(1).arg("PX").arg(BEAT_KEPT_MS).ignore();
        pipe.cmd("GET").arg(self.names.invalidations());
        let asked = pipe.query_async::<(Option<u64>,)>(&mut connection);
        match timeout(self.patience, asked).await {
            Ok(Ok((invalidations,))) => Ok(invalidations.unwrap_or(0)),
            Ok(Err(error)) => Err(trouble(&error)),
            Err(_) => Err(CacheTrouble::Silent),
        }
    }
}

/// Keeps the link for as long as the cache lives: connects, beats, connects again.
pub(super) async fn keep(link: Arc<Link>, marks: Arc<Marks>) {
    let mut state = link.state.subscribe();
    loop {
        let (connection, invalidations) = connected(&link).await;
        // Before anybody can ask: what was marked while nobody heard must not look good again.
        marks.stale_all();
        marks.counted(invalidations);
        let number = up(&link, connection);
        loop {
            // Whoever lost the connection wakes this; otherwise it beats.
            if timeout(BEAT, state.wait_for(|state| state.up.is_none())).await.is_ok() {
                break;
            }
            let connection = link.state.borrow().up.clone();
            let Some(connection) = connection else { break };
            match link.beat(connection).await {
                Ok(invalidations) => marks.counted(invalidations),
                Err(trouble) => link.lose(number, trouble),
            }
        }
    }
}

async fn connected(link: &Link) -> (MultiplexedConnection, u64) {
    let mut backoff = Backoff::new();
    loop {
        match link.connect().await {
            Ok(connected) => return connected,
            Err(trouble) => link.fail(trouble),
        }
        tokio::time::sleep(backoff.pause()).await;
    }
}

fn up(link: &Link, connection: MultiplexedConnection) -> u64 {
    let mut number = 0;
    link.state.send_modify(|state| {
        state.number += 1;
        number = state.number;
        state.up = Some(connection);
        state.trouble = None;
    });
    tracing::info!("cache reached");
    number
}

/// What an error means. The error itself goes nowhere: it may quote the server's words or its address.
fn trouble(error: &RedisError) -> CacheTrouble {
    let denied = matches!(error.code(), Some("NOAUTH" | "WRONGPASS" | "NOPERM"));
    if denied || error.kind() == redis::ErrorKind::AuthenticationFailed {
        CacheTrouble::Credentials
    } else if error.is_io_error() || error.is_unrecoverable_error() {
        CacheTrouble::Silent
    } else {
        CacheTrouble::Refuses
    }
}
