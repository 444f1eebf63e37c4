//! A Redis that dies, freezes, fills up or changes its password under us.

use super::server::{SOON, Server, drain, stands};
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

/// No call takes longer, whatever Redis does: the patience of 50 ms, and as much again for a busy machine.
const AT_MOST: Duration = Duration::from_millis(100);
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

async fn timed<T>(name: &str, call: impl Future<Output = T>) -> T {
    let begun = Instant::now();
    let answer = call.await;
    assert!(begun.elapsed() <= AT_MOST, "{name} took {:?}", begun.elapsed());
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

async fn next(stream: &mut ProgressStream) -> Progress {
    timeout(SOON, stream.next()).await.expect("in time").expect("it goes on")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dead_server_costs_little_and_comes_back() {
    let Some(mut server) = Server::start(&[]) else { return };
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
    assert!(server.restart());
    for cache in [&one, &other] {
        stands(cache, false).await;
        assert!(cache.probe().await.answer.is_ok());
    }
    assert_eq!(drain(&one, &bucket(3)).await + drain(&other, &bucket(3)).await, 40, "shared again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frozen_server_costs_its_first_callers_their_patience() {
    let Some(server) = Server::start(&[]) else { return };
    let cache = server.cache().await;
    stands(&cache, false).await;
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
    server.thaw();
    stands(&cache, false).await;
    assert!(cache.take(&bucket(202), 1).await.is_granted());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_watcher_is_told_of_the_gap_over_a_restart() {
    let Some(mut server) = Server::start(&[]) else { return };
    let (one, other) = (server.cache().await, server.cache().await);
    let mut watcher = other.subscribe(workspace());
    assert_eq!(next(&mut watcher).await, Progress::Gap);
    assert_eq!(next(&mut watcher).await, Progress::Gap, "and again when the channel stands");
    one.publish(&event(1));
    assert_eq!(next(&mut watcher).await, Progress::Event(event(1)));
    server.kill();
    let begun = Instant::now();
    for _ in 0..2 {
        one.publish(&event(2));
        assert_eq!(next(&mut watcher).await, Progress::Gap, "lost, and told so every second");
    }
    assert!(begun.elapsed() < Duration::from_secs(2));
    assert!(server.restart());
    stands(&one, false).await;
    let begun = Instant::now();
    let mut gaps = 0;
    loop {
        assert!(begun.elapsed() < SOON, "the stream survives");
        one.publish(&event(3));
        match timeout(Duration::from_millis(100), watcher.next()).await {
            Ok(Some(Progress::Gap)) => gaps += 1,
            Ok(Some(Progress::Event(heard))) => {
                assert_eq!(heard, event(3), "what was told while it was away is not told later");
                break;
            }
            Ok(None) => panic!("the stream survives"),
            Err(_) => {}
        }
    }
    assert!(gaps > 0, "a last look, after the channel stood again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invalidation_that_could_not_be_told_is_made_good() {
    let Some(mut server) = Server::start(&[]) else { return };
    let cache = server.cache().await;
    stands(&cache, false).await;
    server.kill();
    assert_eq!(cache.invalidate(Topic::Rules, workspace()).await, Err(Unavailable));
    assert!(server.restart());
    let begun = Instant::now();
    while server.ask::<Option<u64>>(&["GET", "smartexus:{fleet}:invalidations"]).is_none() {
        assert!(begun.elapsed() < SOON, "everybody is told as soon as it can be");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_keeps_nothing_is_as_good_as_away() {
    let Some(server) = Server::start(&[]) else { return };
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
    let Some(server) = Server::start(&["--requirepass", "earlier-secret"]) else { return };
    let with = |password: &str| Secret::new(format!("redis://:{password}@127.0.0.1:{}", server.port));
    let cache = RedisCache::open(RedisSettings::new(with("later-secret"))).await.unwrap();
    assert_eq!(cache.probe().await.answer, Err(CacheTrouble::Credentials));
    assert!(cache.is_degraded() && cache.take(&bucket(1), 1).await.is_granted());
    let mut operator =
        redis::Client::open(with("earlier-secret").expose()).unwrap().get_connection().unwrap();
    redis::cmd("CONFIG").arg(&["SET", "requirepass", "later-secret"]).query::<()>(&mut operator).unwrap();
    stands(&cache, false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_starts_late_is_found() {
    let Some(mut server) = Server::start(&[]) else { return };
    server.kill();
    let cache = server.cache().await;
    assert_eq!(cache.probe().await.answer, Err(CacheTrouble::Silent));
    every_call_ends_without_redis(&cache).await;
    assert!(server.restart());
    stands(&cache, false).await;
}
