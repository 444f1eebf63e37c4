//! A Redis that dies, freezes, fills up or changes its password under us.

use super::server::{PATIENT, SOON, Server, drain, stands};
use crate::port::{
    Bucket, BucketKind, Cache, CacheTrouble, Generations as _, Holder, Leaders as _, Limiter as _, Progress,
    ProgressChannel as _, ProgressEvent, ProgressStream, Rate, Role, Session, SessionId, SessionVersions,
    Sessions as _, Topic, Unavailable,
};
use crate::{RedisCache, RedisSettings, Secret};
use bytes::Bytes;
use futures::StreamExt as _;
use smartexus_domain::{DocumentId, DocumentState, WorkspaceId};
use std::future::Future;
use std::time::{Duration, Instant};
use tokio::time::timeout;
use uuid::Uuid;

/// How long a call waits by default.
const PATIENCE: Duration = Duration::from_millis(50);
const HOUR: Duration = Duration::from_secs(3_600);

fn workspace() -> WorkspaceId {
    WorkspaceId::from_uuid(Uuid::from_u128(1))
}

fn bucket(subject: u8) -> Bucket {
    let rate = Rate::every(40, HOUR).unwrap();
    let subject = Some(crate::port::Fingerprint([subject; 32]));
    Bucket { workspace: workspace(), kind: BucketKind::Guesses, subject, rate }
}

fn event(pages_done: u32) -> ProgressEvent {
    ProgressEvent {
        workspace: workspace(),
        document: DocumentId::from_uuid(Uuid::from_u128(9)),
        state: DocumentState::Processing,
        stage: None,
        pages_done,
        pages_total: 0,
    }
}

/// No call takes longer than 100 ms, whatever Redis does. On a machine that is late with everything it may be as
/// late as a timer that was set beside it.
async fn timed<T>(name: &str, call: impl Future<Output = T>) -> T {
    let begun = Instant::now();
    let call = async { (call.await, begun.elapsed()) };
    let timer = async {
        tokio::time::sleep(PATIENCE).await;
        begun.elapsed()
    };
    let ((answer, took), timer) = futures::future::join(call, timer).await;
    assert!(took <= timer + PATIENCE && took < Duration::from_secs(1), "{name} took {took:?}, {timer:?}");
    answer
}

/// Makes every call once; all must end in time, and none may claim that Redis did anything.
async fn every_call_ends_without_redis(cache: &RedisCache) {
    let (id, person) = (SessionId::of(&Secret::new("x".to_owned())), Uuid::from_u128(7));
    let versions = SessionVersions { workspace: 1, person: 1 };
    let session = Session::new(person, versions, Bytes::new()).unwrap();
    timed("take", cache.take(&bucket(200), 1)).await;
    assert_eq!(timed("put", cache.put(workspace(), &id, &session, HOUR)).await, Err(Unavailable));
    assert!(timed("get", cache.get(workspace(), &id)).await == Err(Unavailable));
    assert_eq!(timed("touch", cache.touch(workspace(), &id, HOUR)).await, Err(Unavailable));
    assert_eq!(timed("delete", cache.delete(workspace(), &id)).await, Err(Unavailable));
    let revoked = timed("revoke", cache.revoke(workspace(), Holder::Person(person), 2)).await;
    assert_eq!(revoked, Err(Unavailable));
    assert_eq!(timed("lead", cache.lead(Role::Sweeper, HOUR)).await, Err(Unavailable));
    assert_eq!(timed("invalidate", cache.invalidate(Topic::Rules, workspace())).await, Err(Unavailable));
    assert!(timed("probe", cache.probe()).await.answer.is_err());
    cache.publish(&event(1));
    assert!(cache.is_degraded());
}

/// Publishes until the watcher hears it; how many gaps there were before. An event of an earlier time fails.
async fn heard(publisher: &RedisCache, watcher: &mut ProgressStream, pages_done: u32) -> usize {
    let (begun, mut gaps) = (Instant::now(), 0);
    while begun.elapsed() < SOON {
        publisher.publish(&event(pages_done));
        match timeout(Duration::from_millis(200), watcher.next()).await {
            Ok(Some(Progress::Gap)) => gaps += 1,
            Ok(Some(Progress::Event(heard))) => {
                assert_eq!(heard, event(pages_done));
                return gaps;
            }
            Ok(None) => panic!("the stream survives"),
            Err(_) => {}
        }
    }
    panic!("never heard");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dead_server_costs_little_and_comes_back() {
    let mut server = Server::start(&[]);
    let (one, other) = (server.cache().await, server.cache().await);
    for cache in [&one, &other] {
        stands(cache, false).await;
        assert!(cache.take(&bucket(1), 1).await.is_granted());
    }
    let mut term = one.lead(Role::Sweeper, HOUR).await.unwrap().unwrap();
    server.kill();
    for cache in [&one, &other] {
        every_call_ends_without_redis(cache).await;
        assert_eq!(drain(cache, &bucket(1)).await, 19, "half, less what was granted before");
        assert_eq!(drain(cache, &bucket(2)).await, 20, "half");
    }
    assert_eq!(timed("renew", one.renew(&mut term)).await, Err(Unavailable));
    assert!(one.leads(&term), "its term goes on until its own end");
    assert_eq!(timed("resign", one.resign(term)).await, Err(Unavailable));
    server.restart();
    for cache in [&one, &other] {
        stands(cache, false).await;
        assert!(cache.probe().await.answer.is_ok());
    }
    assert_eq!(drain(&one, &bucket(3)).await + drain(&other, &bucket(3)).await, 40, "shared again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frozen_server_costs_its_first_callers_their_patience() {
    let server = Server::start(&[]);
    let (cache, patient) = (server.impatient_cache().await, server.cache().await);
    for cache in [&cache, &patient] {
        stands(cache, false).await;
    }
    server.freeze();
    // All at once, each on its own: nobody waits for another's time to run out.
    let buckets: Vec<Bucket> = (1..100).map(bucket).collect();
    futures::future::join_all(buckets.iter().map(|bucket| timed("take", cache.take(bucket, 1)))).await;
    every_call_ends_without_redis(&cache).await;
    let begun = Instant::now();
    for _ in 0..1_000 {
        cache.take(&bucket(201), 1).await;
    }
    assert!(begun.elapsed() < Duration::from_secs(1), "while it is known to be away nobody asks it");
    assert_eq!(drain(&patient, &bucket(202)).await, 20);
    assert!(patient.is_degraded());
    server.thaw();
    stands(&patient, false).await;
    assert_eq!(drain(&patient, &bucket(203)).await, 40, "as before");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_watcher_is_told_of_the_gap_over_a_restart() {
    let mut server = Server::start(&[]);
    let (one, other) = (server.cache().await, server.cache().await);
    let mut watcher = other.subscribe(workspace());
    assert!(heard(&one, &mut watcher, 1).await > 0, "a look first");
    // What was published once more than needed is heard before the silence.
    while timeout(Duration::from_millis(500), watcher.next()).await.is_ok() {}
    server.kill();
    let begun = Instant::now();
    for _ in 0..3 {
        one.publish(&event(2));
        let told = timeout(SOON, watcher.next()).await.unwrap();
        assert_eq!(told, Some(Progress::Gap), "lost, and told so at once and every second");
    }
    assert!(begun.elapsed() < Duration::from_secs(3));
    server.restart();
    stands(&one, false).await;
    // Nothing of what was told while it was away, but a last look.
    assert!(heard(&one, &mut watcher, 3).await > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invalidation_that_could_not_be_told_is_made_good() {
    let mut server = Server::start(&[]);
    let cache = server.cache().await;
    stands(&cache, false).await;
    server.kill();
    assert_eq!(cache.invalidate(Topic::Rules, workspace()).await, Err(Unavailable));
    server.restart();
    let begun = Instant::now();
    while server.ask::<Option<u64>>(&["GET", "smartexus:{fleet}:invalidations"]).is_none() {
        assert!(begun.elapsed() < SOON, "everybody is told as soon as it can be");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_keeps_nothing_is_as_good_as_away() {
    let server = Server::start(&[]);
    let cache = server.cache().await;
    stands(&cache, false).await;
    server.ask::<()>(&["CONFIG", "SET", "maxmemory", "1"]);
    assert_eq!(drain(&cache, &bucket(1)).await, 20, "a refusal is no answer, from the first on");
    stands(&cache, true).await;
    assert_eq!(cache.probe().await.answer, Err(CacheTrouble::Refuses));
    server.ask::<()>(&["CONFIG", "SET", "maxmemory", "0"]);
    stands(&cache, false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_is_named_and_a_change_of_it_mends_itself() {
    let server = Server::start(&["--requirepass", "earlier-secret"]);
    let with = |password: &str| Secret::new(format!("redis://:{password}@127.0.0.1:{}", server.port));
    let settings = RedisSettings { patience: PATIENT, ..RedisSettings::new(with("later-secret")) };
    let cache = RedisCache::open(settings).await.unwrap();
    assert_eq!(cache.probe().await.answer, Err(CacheTrouble::Credentials));
    assert!(cache.is_degraded() && cache.take(&bucket(1), 1).await.is_granted());
    let mut operator =
        redis::Client::open(with("earlier-secret").expose()).unwrap().get_connection().unwrap();
    redis::cmd("CONFIG").arg(&["SET", "requirepass", "later-secret"]).query::<()>(&mut operator).unwrap();
    stands(&cache, false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_starts_late_is_found() {
    let mut server = Server::start(&[]);
    server.kill();
    let cache = server.cache().await;
    assert_eq!(cache.probe().await.answer, Err(CacheTrouble::Silent));
    every_call_ends_without_redis(&cache).await;
    server.restart();
    stands(&cache, false).await;
}
