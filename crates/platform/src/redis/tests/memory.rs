//! What is kept in Redis, and what happens when some of it is lost.

use super::server::{Server, drain, keys, stands};
use crate::port::{
    Bucket, BucketKind, Fingerprint, Generations as _, Holder, Leaders as _, Limiter as _,
    ProgressChannel as _, Rate, Role, Session, SessionId, SessionVersions, Sessions as _, Topic,
};
use crate::{RedisCache, Secret};
use bytes::Bytes;
use smartexus_domain::WorkspaceId;
use std::time::{Duration, Instant};
use uuid::Uuid;

const HOUR: Duration = Duration::from_secs(3_600);

fn workspace() -> WorkspaceId {
    WorkspaceId::from_uuid(Uuid::from_u128(1))
}

fn bucket() -> Bucket {
    let rate = Rate::every(10, Duration::from_secs(90)).unwrap();
    Bucket { workspace: workspace(), kind: BucketKind::Guesses, subject: Some(Fingerprint([1; 32])), rate }
}

fn session() -> (SessionId, Session) {
    let versions = SessionVersions { workspace: 3, person: 4 };
    let content = Bytes::from_static(b"sealed");
    let session = Session::new(Uuid::from_u128(7), versions, content).unwrap();
    (SessionId::of(&Secret::new("canary-cookie-77aa".to_owned())), session)
}

async fn start() -> (Server, RedisCache) {
    let server = Server::start(&[]);
    let cache = server.cache().await;
    stands(&cache, false).await;
    (server, cache)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_server_refills_no_bucket_and_turns_back_no_fence() {
    let (mut server, cache) = start().await;
    assert_eq!(drain(&cache, &bucket()).await, 10);
    let fence = cache.lead(Role::Sweeper, HOUR).await.unwrap().unwrap().fence();
    server.kill();
    stands(&cache, true).await;
    assert!(!cache.take(&bucket(), 1).await.is_granted());
    server.restart();
    stands(&cache, false).await;
    assert_eq!(server.ask::<Option<u64>>(&["GET", "smartexus:{fleet}:fence:sweeper"]), None, "it forgot");
    assert!(!cache.take(&bucket(), 1).await.is_granted(), "but this process did not");
    let again = cache.lead(Role::Sweeper, HOUR).await.unwrap().unwrap();
    assert!(again.fence() > fence, "time is past every fence that was given out");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_message_is_noticed_by_its_number() {
    let (server, cache) = start().await;
    let mark = || cache.generation(Topic::Rules, workspace());
    for lose in [
        // Another process's invalidation, whose message did not arrive.
        &["INCR", "smartexus:{fleet}:invalidations"][..],
        &["DEL", "smartexus:{fleet}:invalidations"],
    ] {
        let mut before = mark();
        loop {
            tokio::time::sleep(Duration::from_millis(1_100)).await;
            let now = mark();
            if now == before {
                break;
            }
            before = now;
        }
        server.ask::<()>(lose);
        let begun = Instant::now();
        while mark() == before {
            assert!(begun.elapsed() < Duration::from_secs(4), "{lose:?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_evicted_number_ends_sessions_and_revives_none() {
    let (server, cache) = start().await;
    let (id, session) = session();
    for told in ["told".to_owned(), format!("told:{}", session.person())] {
        assert_eq!(cache.put(workspace(), &id, &session, HOUR).await, Ok(true));
        assert!(cache.get(workspace(), &id).await.unwrap().is_some());
        assert_eq!(server.ask::<u32>(&["DEL", &format!("smartexus:{{{}}}:{told}", workspace())]), 1);
        assert!(cache.get(workspace(), &id).await == Ok(None), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_kept_but_what_is_listed_and_nearly_nothing_for_ever() {
    let (server, cache) = start().await;
    let (id, session) = session();
    drain(&cache, &bucket()).await;
    cache.put(workspace(), &id, &session, HOUR).await.unwrap();
    cache.touch(workspace(), &id, HOUR).await.unwrap();
    cache.revoke(workspace(), Holder::Person(Uuid::from_u128(8)), 5).await.unwrap();
    cache.lead(Role::Reconciler, HOUR).await.unwrap().unwrap();
    cache.invalidate(Topic::Rights, workspace()).await.unwrap();
    let watcher = cache.subscribe(workspace());
    let mut connection = redis::Client::open(server.url()).unwrap().get_connection().unwrap();
    let mut kept: Vec<(String, bool)> = Vec::new();
    for key in keys(&mut connection, "") {
        let ttl_ms: i64 = redis::cmd("PTTL").arg(&key).query(&mut connection).unwrap();
        assert!(ttl_ms <= 24 * 3_600 * 1_000);
        kept.push((key, ttl_ms == -1));
    }
    kept.sort();
    let own = |rest: &str| (format!("smartexus:{{{}}}:{rest}", workspace()), false);
    let fleet = |rest: &str, for_ever| (format!("smartexus:{{fleet}}:{rest}"), for_ever);
    let sha256 = "8c325a5933ea9729aec6b01ea56a20523b65f3afc7561cb29d8f4054622b4f31";
    let expected = [
        own(&format!("limit:guesses:{}", "01".repeat(32))),
        own(&format!("session:{sha256}")),
        own("told"),
        own(&format!("told:{}", Uuid::from_u128(7))),
        own(&format!("told:{}", Uuid::from_u128(8))),
        fleet("beat", false),
        fleet("fence:reconciler", true),
        fleet("invalidations", true),
        fleet("leader:reconciler", false),
    ];
    assert_eq!(kept, expected);
    drop(watcher);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dropped_cache_leaves_no_connection_behind() {
    let (server, cache) = start().await;
    let connected = || server.ask::<String>(&["CLIENT", "LIST"]).lines().count();
    let begun = Instant::now();
    while connected() < 3 {
        assert!(begun.elapsed() < Duration::from_secs(5), "one asks, one listens, and this one");
    }
    drop(cache);
    while connected() > 1 {
        assert!(begun.elapsed() < Duration::from_secs(5));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
