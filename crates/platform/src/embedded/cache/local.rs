//! The cache inside one process.

use super::buckets::Buckets;
use super::counts::Counts;
use super::feeds::Feeds;
use super::sessions::LocalSessions;
use crate::port::{
    Bucket, Cache, CacheHealth, Clock, Generation, Generations, Holder, Leaders, Leadership, Limiter,
    Progress, ProgressChannel, ProgressEvent, ProgressStream, Role, Session, SessionId, Sessions, Taken,
    Topic, Unavailable, belief_us, micros,
};
use async_trait::async_trait;
use smartexus_domain::WorkspaceId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What another process of the same data directory changes is not heard here, so a mark is good for this long.
const TRUST_US: u64 = 5_000_000;

/// The cache of a process that is alone: always there, never degraded, gone with the process.
///
/// Two processes on one data directory (a server and a command line) have two of it: each counts its own limits and
/// each may lead. Steps under a role are idempotent and hold the database's locks, so that is dearer, not wrong.
pub struct LocalCache {
    clock: Arc<dyn Clock>,
    buckets: Buckets,
    sessions: LocalSessions,
    feeds: Feeds,
    terms: Mutex<HashMap<Role, Term>>,
    counts: Mutex<Counts>,
}

#[derive(Default)]
struct Term {
    fence: u64,
    until_us: u64,
}

impl LocalCache {
    /// An empty cache that tells time by this clock.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            buckets: Buckets::new(),
            sessions: LocalSessions::new(),
            feeds: Feeds::new(),
            terms: Mutex::default(),
            counts: Mutex::default(),
        }
    }

    fn now_us(&self) -> u64 {
        self.clock.monotonic_us()
    }

    fn terms(&self) -> MutexGuard<'_, HashMap<Role, Term>> {
        self.terms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Limiter for LocalCache {
    async fn take(&self, bucket: &Bucket, cost: u32) -> Taken {
        self.buckets.take(bucket, bucket.rate, cost, self.now_us())
    }
}

#[async_trait]
impl Sessions for LocalCache {
    async fn put(
        &self,
        workspace: WorkspaceId,
        id: &SessionId,
        session: &Session,
        ttl: Duration,
    ) -> Result<bool, Unavailable> {
        Ok(self.sessions.put(workspace, *id, session, ttl, self.now_us()))
    }

    async fn get(&self, workspace: WorkspaceId, id: &SessionId) -> Result<Option<Session>, Unavailable> {
        Ok(self.sessions.get(workspace, *id, self.now_us()))
    }

    async fn touch(
        &self,
        workspace: WorkspaceId,
        id: &SessionId,
        ttl: Duration,
    ) -> Result<bool, Unavailable> {
        Ok(self.sessions.touch(workspace, *id, ttl, self.now_us()))
    }

    async fn delete(&self, workspace: WorkspaceId, id: &SessionId) -> Result<(), Unavailable> {
        self.sessions.delete(workspace, *id);
        Ok(())
    }

    async fn revoke(&self, workspace: WorkspaceId, holder: Holder, version: u64) -> Result<(), Unavailable> {
        self.sessions.revoke(workspace, holder, version, self.now_us());
        Ok(())
    }
}

impl ProgressChannel for LocalCache {
    fn publish(&self, event: &ProgressEvent) {
        self.feeds.tell(event.workspace, Progress::Event(*event));
    }

    fn subscribe(&self, workspace: WorkspaceId) -> ProgressStream {
        // The others that are watched no more go here: nothing else comes by.
        self.feeds.watched();
        self.feeds.subscribe(workspace)
    }
}

#[async_trait]
impl Leaders for LocalCache {
    async fn lead(&self, role: Role, ttl: Duration) -> Result<Option<Leadership>, Unavailable> {
        let (now_us, ttl) = (self.now_us(), Leadership::clamp(ttl));
        let mut terms = self.terms();
        let term = terms.entry(role).or_default();
        if term.until_us > now_us {
            return Ok(None);
        }
        // From the wall clock, so that it grows over restarts too.
        let wall_us = u64::try_from(self.clock.now().as_microsecond()).unwrap_or(0);
        let fence = wall_us.max(term.fence + 1);
        *term = Term { fence, until_us: now_us.saturating_add(micros(ttl)) };
        Ok(Some(Leadership { role, fence, ttl, until_us: belief_us(now_us, ttl) }))
    }

    async fn renew(&self, leadership: &mut Leadership) -> Result<bool, Unavailable> {
        let now_us = self.now_us();
        let mut terms = self.terms();
        let Some(term) = terms.get_mut(&leadership.role) else { return Ok(false) };
        if term.fence != leadership.fence || term.until_us <= now_us {
            return Ok(false);
        }
        term.until_us = now_us.saturating_add(micros(leadership.ttl));
        leadership.until_us = belief_us(now_us, leadership.ttl);
        Ok(true)
    }

    async fn resign(&self, leadership: Leadership) -> Result<(), Unavailable> {
        if let Some(term) = self.terms().get_mut(&leadership.role)
            && term.fence == leadership.fence
        {
            term.until_us = 0;
        }
        Ok(())
    }

    fn leads(&self, leadership: &Leadership) -> bool {
        self.now_us() < leadership.until_us
    }
}

#[async_trait]
impl Generations for LocalCache {
    fn generation(&self, topic: Topic, workspace: WorkspaceId) -> Generation {
        let (epoch, count) = self.counts().mark(topic, workspace);
        Generation { epoch, count, deaf: self.now_us() / TRUST_US }
    }

    async fn invalidate(&self, topic: Topic, workspace: WorkspaceId) -> Result<(), Unavailable> {
        self.counts().raise(topic, workspace);
        Ok(())
    }
}

#[async_trait]
impl Cache for LocalCache {
    fn is_degraded(&self) -> bool {
        false
    }

    async fn probe(&self) -> CacheHealth {
        CacheHealth { backend: "memory", shared: false, encrypted: None, answer: Ok(Duration::ZERO) }
    }
}
