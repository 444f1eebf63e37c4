//! The cache that replicas share.

use super::invalidations::Invalidations;
use super::limits::Limits;
use super::link::{self, Link};
use super::marks::Marks;
use super::names::Names;
use super::progress::{self, Spool};
use super::scripts::Scripts;
use super::settings::RedisSettings;
use super::subscriber::Subscriber;
use crate::Result;
use crate::embedded::Feeds;
use crate::port::{
    Bucket, Cache, CacheHealth, Clock as _, Generation, Generations, Limiter, ProgressChannel, ProgressEvent,
    ProgressStream, SystemClock, Taken, Topic, Unavailable,
};
use async_trait::async_trait;
use smartexus_domain::WorkspaceId;
use std::sync::Arc;
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// The cache in Redis 5 or later. Two connections a process, however many callers: one asks, one listens.
///
/// When Redis does not answer within the patience, or answers that it keeps nothing, the process does without it
/// and goes on trying on the side. Redis needs no persistence: a fleet that finds it empty loses nothing but time.
pub struct RedisCache {
    pub(super) link: Arc<Link>,
    pub(super) names: Names,
    pub(super) scripts: Arc<Scripts>,
    pub(super) clock: SystemClock,
    limits: Limits,
    feeds: Arc<Feeds>,
    wanted: Arc<Notify>,
    spool: Arc<Spool>,
    marks: Arc<Marks>,
    invalidations: Arc<Invalidations>,
    encrypted: bool,
    /// Ended when the cache is dropped.
    _tasks: JoinSet<()>,
}

impl RedisCache {
    /// Connects, and waits two seconds for it at most. A server that is away is no error: the cache opens degraded and
    /// goes on trying.
    ///
    /// # Errors
    /// [`PlatformError::Cache`](crate::PlatformError::Cache) for settings that can never work.
    pub async fn open(settings: RedisSettings) -> Result<Self> {
        let client = settings.client()?;
        let names = Names::new(&settings.prefix);
        let scripts = Arc::new(Scripts::new());
        let link = Arc::new(Link::new(client.clone(), names.clone(), settings.patience));
        let (feeds, marks, spool) = (Arc::new(Feeds::new()), Arc::new(Marks::new()), Arc::new(Spool::new()));
        let wanted = Arc::new(Notify::new());
        let invalidations =
            Arc::new(Invalidations::new(Arc::clone(&link), names.clone(), Arc::clone(&scripts)));
        let subscriber = Subscriber {
            client,
            names: names.clone(),
            feeds: Arc::clone(&feeds),
            marks: Arc::clone(&marks),
            wanted: Arc::clone(&wanted),
        };
        let mut tasks = JoinSet::new();
        tasks.spawn(link::keep(Arc::clone(&link), Arc::clone(&marks)));
        tasks.spawn(subscriber.run());
        tasks.spawn(progress::tell(Arc::clone(&spool), Arc::clone(&link), names.clone()));
        tasks.spawn(Arc::clone(&invalidations).make_good());
        link.settled().await;
        Ok(Self {
            link,
            names,
            scripts,
            clock: SystemClock::new(),
            limits: Limits::new(settings.replicas),
            feeds,
            wanted,
            spool,
            marks,
            invalidations,
            encrypted: settings.is_encrypted(),
            _tasks: tasks,
        })
    }
}

#[async_trait]
impl Limiter for RedisCache {
    async fn take(&self, bucket: &Bucket, cost: u32) -> Taken {
        let refused = self.limits.refused(bucket, cost, self.clock.monotonic_us());
        if let Some(refused) = refused {
            return refused;
        }
        let mut script = self.scripts.take.key(self.names.bucket(bucket));
        script.arg(bucket.rate.interval_us()).arg(bucket.rate.burst()).arg(cost);
        let answer = self.link.run(&script).await;
        let now_us = self.clock.monotonic_us();
        match answer {
            Ok(answer) => self.limits.shared(bucket, cost, answer, now_us),
            Err(Unavailable) => self.limits.alone(bucket, cost, now_us),
        }
    }
}

impl ProgressChannel for RedisCache {
    fn publish(&self, event: &ProgressEvent) {
        self.spool.push(event);
    }

    fn subscribe(&self, workspace: WorkspaceId) -> ProgressStream {
        let stream = self.feeds.subscribe(workspace);
        self.wanted.notify_one();
        stream
    }
}

#[async_trait]
impl Generations for RedisCache {
    fn generation(&self, topic: Topic, workspace: WorkspaceId) -> Generation {
        self.marks.generation(topic, workspace, self.link.is_up())
    }

    async fn invalidate(&self, topic: Topic, workspace: WorkspaceId) -> Result<(), Unavailable> {
        self.marks.stale(topic, workspace);
        self.invalidations.tell(topic, workspace).await
    }
}

#[async_trait]
impl Cache for RedisCache {
    fn is_degraded(&self) -> bool {
        !self.link.is_up()
    }

    async fn probe(&self) -> CacheHealth {
        let answer = self.link.probe().await;
        CacheHealth { backend: "redis", shared: true, encrypted: Some(self.encrypted), answer }
    }
}
