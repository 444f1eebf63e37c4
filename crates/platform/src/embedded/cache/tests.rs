//! The cache of one process sits the exam, and answers for what only it has.

use super::LocalCache;
use crate::Secret;
use crate::exam::{CACHE_QUESTIONS, CachePlace, Standing};
use crate::port::{
    Cache, Clock, FakeClock, Generations as _, Holder, Leaders as _, Leadership, MAX_SESSION_TTL, Role,
    Session, SessionId, SessionVersions, Sessions as _, Topic,
};
use async_trait::async_trait;
use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use smartexus_domain::WorkspaceId;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

struct Process {
    clock: Arc<FakeClock>,
    cache: Arc<LocalCache>,
}

impl Process {
    fn start() -> Self {
        let clock = Arc::new(FakeClock::at(Timestamp::from_second(1_800_000_000).unwrap()));
        let cache = Arc::new(LocalCache::new(Arc::<FakeClock>::clone(&clock)));
        Self { clock, cache }
    }
}

#[async_trait]
impl CachePlace for Process {
    async fn replica(&self) -> Arc<dyn Cache> {
        Arc::<LocalCache>::clone(&self.cache)
    }

    async fn pass(&self, time: Duration) {
        // The clock counts whole milliseconds.
        let millis = i64::try_from(time.as_micros().div_ceil(1_000)).unwrap();
        self.clock.advance(SignedDuration::from_millis(millis));
    }

    fn standing(&self) -> Standing {
        Standing::There
    }
}

macro_rules! sit {
    ($($question:ident)*) => {
        $(#[tokio::test]
        async fn $question() {
            let (_, question) = CACHE_QUESTIONS.iter().find(|(n, _)| *n == stringify!($question)).unwrap();
            question(&|| Box::pin(async { Box::new(Process::start()) as Box<dyn CachePlace> })).await;
        })*

        #[test]
        fn no_question_is_left_out() {
            let asked = [$(stringify!($question)),*];
            let all: Vec<&str> = CACHE_QUESTIONS.iter().map(|(name, _)| *name).collect();
            assert_eq!(asked[..], all[..]);
        }
    };
}

sit! {
    a_bucket_grants_its_burst_and_no_more
    a_bucket_fills_again_and_says_when
    a_take_is_all_or_nothing
    buckets_are_counted_apart
    sessions_come_back_until_their_time
    one_number_ends_every_session
    progress_reaches_every_replica
    a_slow_watcher_is_told_of_the_gap
    one_leads_and_fences_grow
    an_invalidation_is_seen_everywhere
    the_probe_tells_the_truth
}

fn workspace() -> WorkspaceId {
    WorkspaceId::from_uuid(Uuid::from_u128(1))
}

fn session(content: Bytes) -> Session {
    Session::new(Uuid::from_u128(7), SessionVersions { workspace: 1, person: 1 }, content).unwrap()
}

#[test]
fn a_session_holds_so_many_bytes_and_no_more() {
    let of = |bytes| {
        let versions = SessionVersions { workspace: 1, person: 1 };
        Session::new(Uuid::nil(), versions, Bytes::from(vec![0; bytes])).is_ok()
    };
    assert!(of(Session::MAX_BYTES) && !of(Session::MAX_BYTES + 1));
}

#[tokio::test]
async fn a_told_number_outlives_every_session_that_it_ended() {
    let process = Process::start();
    let (cache, id) = (&process.cache, SessionId::of(&Secret::new("x".to_owned())));
    cache.revoke(workspace(), Holder::Workspace, 2).await.unwrap();
    process.pass(MAX_SESSION_TTL - Duration::from_millis(1)).await;
    assert_eq!(cache.put(workspace(), &id, &session(Bytes::new()), MAX_SESSION_TTL * 9).await, Ok(false));
    let later = Session::new(Uuid::nil(), SessionVersions { workspace: 2, person: 1 }, Bytes::new()).unwrap();
    assert_eq!(cache.put(workspace(), &id, &later, MAX_SESSION_TTL * 9).await, Ok(true));
    process.pass(MAX_SESSION_TTL).await;
    assert!(cache.get(workspace(), &id).await == Ok(None), "no session lives longer untouched");
}

#[tokio::test]
async fn fences_grow_over_a_restart() {
    let first = Process::start();
    let fence = first.cache.lead(Role::Sweeper, Leadership::MAX_TTL).await.unwrap().unwrap().fence();
    first.pass(Duration::from_millis(1)).await;
    let again = LocalCache::new(Arc::<FakeClock>::clone(&first.clock));
    assert!(again.lead(Role::Sweeper, Leadership::MAX_TTL).await.unwrap().unwrap().fence() > fence);
    assert!(first.clock.now().as_microsecond().unsigned_abs() >= fence);
}

#[tokio::test]
async fn a_term_is_held_within_its_limits() {
    let process = Process::start();
    let term = process.cache.lead(Role::Sweeper, Duration::ZERO).await.unwrap().unwrap();
    process.pass(Leadership::MIN_TTL * 9 / 10 - Duration::from_millis(1)).await;
    assert!(process.cache.leads(&term));
    process.pass(Leadership::MIN_TTL).await;
    assert!(!process.cache.leads(&term));
    let term = process.cache.lead(Role::Sweeper, Duration::MAX).await.unwrap().unwrap();
    process.pass(Leadership::MAX_TTL).await;
    assert!(!process.cache.leads(&term));
}

#[tokio::test]
async fn a_mark_is_good_for_five_seconds_because_another_process_is_not_heard() {
    let process = Process::start();
    let mark = process.cache.generation(Topic::Rules, workspace());
    process.pass(Duration::from_millis(4_999)).await;
    assert_eq!(process.cache.generation(Topic::Rules, workspace()), mark);
    process.pass(Duration::from_millis(1)).await;
    assert_ne!(process.cache.generation(Topic::Rules, workspace()), mark);
}
