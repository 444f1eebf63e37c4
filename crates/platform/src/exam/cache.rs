//! The exam of a cache: shared, alone in one process, or away. What is away must still answer, and more strictly.

use super::signals;
use crate::Secret;
use crate::port::{
    Bucket, BucketKind, Cache, Fingerprint, Holder, Rate, Session, SessionId, SessionVersions, Taken,
    Unavailable,
};
use async_trait::async_trait;
use bytes::Bytes;
use futures::future::{BoxFuture, join_all};
use smartexus_domain::WorkspaceId;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// How the cache under examination stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// All replicas reach it.
    There,
    /// None does.
    Away,
}

/// A place where replicas find one cache, empty at first.
#[async_trait]
pub trait CachePlace: Send + Sync {
    /// The cache as one replica sees it; another call is another replica's.
    async fn replica(&self) -> Arc<dyn Cache>;

    /// Lets time pass.
    async fn pass(&self, time: Duration);

    /// How it stands.
    fn standing(&self) -> Standing;
}

/// Makes an empty place.
pub type MakeCachePlace<'a> = &'a (dyn Fn() -> BoxFuture<'a, Box<dyn CachePlace>> + Sync);

/// One question of the exam.
pub type CacheQuestion = for<'a> fn(MakeCachePlace<'a>) -> BoxFuture<'a, ()>;

/// Every question, by name.
pub const CACHE_QUESTIONS: &[(&str, CacheQuestion)] = &[
    ("a_bucket_grants_its_burst_and_no_more", |m| Box::pin(a_bucket_grants_its_burst_and_no_more(m))),
    ("a_bucket_fills_again_and_says_when", |m| Box::pin(a_bucket_fills_again_and_says_when(m))),
    ("a_take_is_all_or_nothing", |m| Box::pin(a_take_is_all_or_nothing(m))),
    ("buckets_are_counted_apart", |m| Box::pin(buckets_are_counted_apart(m))),
    ("sessions_come_back_until_their_time", |m| Box::pin(sessions_come_back_until_their_time(m))),
    ("one_number_ends_every_session", |m| Box::pin(one_number_ends_every_session(m))),
    ("progress_reaches_every_replica", |m| Box::pin(signals::progress_reaches_every_replica(m))),
    ("a_slow_watcher_is_told_of_the_gap", |m| Box::pin(signals::a_slow_watcher_is_told_of_the_gap(m))),
    ("one_leads_and_fences_grow", |m| Box::pin(signals::one_leads_and_fences_grow(m))),
    ("an_invalidation_is_seen_everywhere", |m| Box::pin(signals::an_invalidation_is_seen_everywhere(m))),
    ("the_probe_tells_the_truth", |m| Box::pin(signals::the_probe_tells_the_truth(m))),
];

/// What must come does so within this time, on a slow machine too.
pub(super) const SOON: Duration = Duration::from_secs(5);

/// Two replicas of one cache.
pub(super) struct Replicas {
    pub(super) place: Box<dyn CachePlace>,
    pub(super) one: Arc<dyn Cache>,
    pub(super) other: Arc<dyn Cache>,
}

impl Replicas {
    pub(super) async fn begin(make: MakeCachePlace<'_>) -> Self {
        let place = make().await;
        let (one, other) = (place.replica().await, place.replica().await);
        Self { place, one, other }
    }

    pub(super) fn there(&self) -> bool {
        self.place.standing() == Standing::There
    }

    /// A part of what is allowed: all of it, or the half that a replica has alone.
    fn share(&self, tokens: u32) -> u32 {
        if self.there() { tokens } else { tokens / 2 }
    }
}

pub(super) fn workspace(n: u128) -> WorkspaceId {
    WorkspaceId::from_uuid(Uuid::from_u128(n))
}

fn bucket(burst: u32, interval: Duration) -> Bucket {
    let rate = Rate::every(burst, interval).expect("a rate");
    Bucket { workspace: workspace(1), kind: BucketKind::Requests, subject: None, rate }
}

const HOUR: Duration = Duration::from_secs(3_600);

/// Takes one at a time until it is refused; how many there were, and when to come again.
async fn drain(cache: &dyn Cache, bucket: &Bucket) -> (u32, Duration) {
    for granted in 0..1_000 {
        match cache.take(bucket, 1).await {
            Taken::Granted { .. } => {}
            Taken::Refused { retry_after } => return (granted, retry_after),
        }
    }
    panic!("a bucket without a bottom");
}

async fn a_bucket_grants_its_burst_and_no_more(make: MakeCachePlace<'_>) {
    let replicas = Replicas::begin(make).await;
    let bucket = bucket(50, HOUR);
    let takers = (0..100).map(|n| {
        let cache = if n % 2 == 0 { &replicas.one } else { &replicas.other };
        async move { cache.take(&bucket, 1).await }
    });
    let answers = join_all(takers).await;
    let granted = |of: usize| answers.iter().skip(of).step_by(2).filter(|taken| taken.is_granted()).count();
    let (one, other) = (granted(0), granted(1));
    if replicas.there() {
        assert_eq!(one + other, 50, "replicas share one bucket");
    } else {
        assert_eq!((one, other), (25, 25), "alone, each has the half");
    }
    for cache in [&replicas.one, &replicas.other] {
        let Taken::Refused { retry_after } = cache.take(&bucket, 1).await else { panic!("it is empty") };
        assert!(!retry_after.is_zero() && retry_after <= HOUR * 2);
    }
}

async fn a_bucket_fills_again_and_says_when(make: MakeCachePlace<'_>) {
    let replicas = Replicas::begin(make).await;
    let bucket = bucket(4, Duration::from_secs(1));
    let cache = &*replicas.one;
    let full = replicas.share(4);
    let (granted, retry_after) = drain(cache, &bucket).await;
    assert_eq!(granted, full);
    assert!(!retry_after.is_zero() && retry_after <= Duration::from_secs(2));
    replicas.place.pass(retry_after).await;
    assert_eq!(drain(cache, &bucket).await.0, 1, "one, when it was said");
    replicas.place.pass(Duration::from_millis(4_100)).await;
    let Taken::Granted { remaining, reset } = cache.take(&bucket, 1).await else {
        panic!("it is full again")
    };
    assert_eq!(remaining, full - 1, "full and no fuller");
    assert!(!reset.is_zero() && reset <= Duration::from_secs(2));
}

async fn a_take_is_all_or_nothing(make: MakeCachePlace<'_>) {
    let replicas = Replicas::begin(make).await;
    let (cache, bucket) = (&replicas.one, bucket(40, HOUR));
    let full = replicas.share(40);
    let remaining = |taken| match taken {
        Taken::Granted { remaining, .. } => Some(remaining),
        Taken::Refused { .. } => None,
    };
    assert_eq!(remaining(cache.take(&bucket, 0).await), Some(full), "a look takes nothing");
    assert_eq!(remaining(cache.take(&bucket, full - 3).await), Some(3));
    assert_eq!(remaining(cache.take(&bucket, 4).await), None);
    assert_eq!(remaining(cache.take(&bucket, 3).await), Some(0), "the refusal took nothing");
    assert_eq!(remaining(cache.take(&bucket, 0).await), Some(0));
    let fresh = Bucket { workspace: workspace(2), ..bucket };
    assert_eq!(remaining(cache.take(&fresh, u32::MAX).await), Some(0), "more than the burst is the burst");
}

async fn buckets_are_counted_apart(make: MakeCachePlace<'_>) {
    let replicas = Replicas::begin(make).await;
    let (cache, plain) = (&*replicas.one, bucket(4, HOUR));
    let subject = |n| Some(Fingerprint([n; 32]));
    let buckets = [
        plain,
        Bucket { workspace: workspace(2), ..plain },
        Bucket { kind: BucketKind::Guesses, ..plain },
        Bucket { subject: subject(1), ..plain },
        Bucket { subject: subject(2), ..plain },
        Bucket { subject: subject(1), workspace: workspace(2), ..plain },
        Bucket { subject: subject(1), kind: BucketKind::Uploads, ..plain },
    ];
    for bucket in &buckets {
        assert_eq!(drain(cache, bucket).await.0, replicas.share(4));
    }
}

fn session_id(text: &str) -> SessionId {
    SessionId::of(&Secret::new(text.to_owned()))
}

fn session(person: u128, workspace: u64, version: u64) -> Session {
    let versions = SessionVersions { workspace, person: version };
    Session::new(Uuid::from_u128(person), versions, Bytes::from_static(b"\x00sealed\xff")).expect("small")
}

async fn sessions_come_back_until_their_time(make: MakeCachePlace<'_>) {
    let replicas = Replicas::begin(make).await;
    let (one, other, own) = (&replicas.one, &replicas.other, workspace(1));
    let (id, kept) = (session_id("a"), session(7, 1, 1));
    let put = one.put(own, &id, &kept, Duration::from_secs(1)).await;
    if !replicas.there() {
        assert!(put == Err(Unavailable) && one.get(own, &id).await.is_err());
        assert_eq!(one.touch(own, &id, HOUR).await, Err(Unavailable));
        assert_eq!(one.delete(own, &id).await, Err(Unavailable));
        assert_eq!(one.revoke(own, Holder::Workspace, 2).await, Err(Unavailable));
        return;
    }
    assert_eq!(put, Ok(true));
    assert!(other.get(own, &id).await == Ok(Some(kept.clone())), "equal, at another replica");
    assert!(other.get(workspace(2), &id).await == Ok(None), "not in another workspace");
    assert!(other.get(own, &session_id("b")).await == Ok(None));
    assert_eq!(other.touch(own, &session_id("b"), HOUR).await, Ok(false));
    assert_eq!(other.touch(own, &id, Duration::from_secs(3)).await, Ok(true));
    replicas.place.pass(Duration::from_millis(1_500)).await;
    assert!(one.get(own, &id).await == Ok(Some(kept.clone())), "touched, it lives longer");
    replicas.place.pass(Duration::from_millis(1_600)).await;
    assert!(one.get(own, &id).await == Ok(None), "and not for ever");
    assert_eq!(one.touch(own, &id, HOUR).await, Ok(false));
    one.put(own, &id, &kept, HOUR).await.expect("kept");
    one.put(own, &id, &session(8, 1, 1), HOUR).await.expect("kept");
    assert!(other.get(own, &id).await == Ok(Some(session(8, 1, 1))), "the later one");
    other.delete(own, &id).await.expect("forgotten");
    other.delete(own, &id).await.expect("forgetting twice is fine");
    assert!(one.get(own, &id).await == Ok(None));
}

async fn one_number_ends_every_session(make: MakeCachePlace<'_>) {
    let replicas = Replicas::begin(make).await;
    if !replicas.there() {
        let revoked = replicas.one.revoke(workspace(1), Holder::Person(Uuid::from_u128(7)), 2).await;
        assert_eq!(revoked, Err(Unavailable), "whoever revokes is told that nobody heard");
        return;
    }
    let (one, other, own) = (&replicas.one, &replicas.other, workspace(1));
    let seven = Holder::Person(Uuid::from_u128(7));
    let rows = [("a", session(7, 1, 1)), ("b", session(7, 1, 1)), ("c", session(8, 1, 1))];
    for (id, row) in &rows {
        assert_eq!(one.put(own, &session_id(id), row, HOUR).await, Ok(true));
        assert_eq!(one.put(workspace(2), &session_id(id), row, HOUR).await, Ok(true));
    }
    let live = |workspace, id: &'static str| async move {
        other.get(workspace, &session_id(id)).await.expect("answered").is_some()
    };
    one.revoke(own, seven, 1).await.expect("told");
    assert!(live(own, "a").await, "the same number ends nothing");
    one.revoke(own, seven, 2).await.expect("told");
    assert!(!live(own, "a").await && !live(own, "b").await, "all of that person's");
    assert!(live(own, "c").await && live(workspace(2), "a").await, "nobody else's");
    one.revoke(own, seven, 1).await.expect("told");
    let late = other.put(own, &session_id("a"), &session(7, 1, 1), HOUR).await;
    assert_eq!(late, Ok(false), "a lower number changes nothing, and what ended stays so");
    assert_eq!(other.put(own, &session_id("a"), &session(7, 1, 2), HOUR).await, Ok(true));
    assert!(live(own, "a").await);
    other.put(own, &session_id("d"), &session(8, 1, 9), HOUR).await.expect("kept");
    assert!(!live(own, "c").await && live(own, "d").await, "a session tells its numbers");
    one.revoke(own, Holder::Workspace, 2).await.expect("told");
    assert!(!live(own, "a").await && !live(own, "d").await, "everybody's in the workspace");
    assert!(live(workspace(2), "c").await);
}
