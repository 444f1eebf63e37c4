//! The exam of a cache, continued: what is heard, who leads, what is stale.

use super::cache::{MakeCachePlace, Replicas, SOON, workspace};
use crate::port::{
    Cache, Generation, Leadership, Progress, ProgressEvent, ProgressStream, Role, Topic, Unavailable,
};
use futures::StreamExt as _;
use futures::future::join_all;
use smartexus_domain::{DocumentId, DocumentState, StageKind, WorkspaceId};
use std::time::{Duration, Instant};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

fn progress(workspace: WorkspaceId, document: u128) -> ProgressEvent {
    ProgressEvent {
        workspace,
        document: DocumentId::from_uuid(Uuid::from_u128(document)),
        state: DocumentState::Processing,
        stage: Some(StageKind::Extract),
        pages_done: 3,
        pages_total: 40,
    }
}

async fn next(stream: &mut ProgressStream) -> Progress {
    timeout(SOON, stream.next()).await.expect("something is heard in time").expect("the stream goes on")
}

/// Publishes until the watcher hears it: from then on its channel stands, and nothing waits in it.
async fn standing(cache: &dyn Cache, stream: &mut ProgressStream, workspace: WorkspaceId) {
    assert_eq!(next(stream).await, Progress::Gap, "first of all, look");
    let begun = Instant::now();
    let mut heard = false;
    while begun.elapsed() < SOON {
        if !heard {
            cache.publish(&progress(workspace, 0));
        }
        match timeout(Duration::from_millis(300), stream.next()).await {
            Ok(Some(Progress::Event(event))) => heard |= event == progress(workspace, 0),
            Ok(Some(Progress::Gap)) => {}
            Ok(None) => panic!("the stream goes on"),
            Err(_) if heard => return,
            Err(_) => {}
        }
    }
    panic!("the channel never stood");
}

pub(super) async fn progress_reaches_every_replica(make: MakeCachePlace<'_>) {
    let replicas = Replicas::begin(make).await;
    let (one, other) = (&*replicas.one, &*replicas.other);
    let (own, strange) = (workspace(1), workspace(2));
    let mut watchers = [one.subscribe(own), other.subscribe(own)];
    let mut stranger = other.subscribe(strange);
    if !replicas.there() {
        one.publish(&progress(own, 1));
        let begun = Instant::now();
        for _ in 0..3 {
            assert_eq!(next(&mut watchers[1]).await, Progress::Gap, "look at the database, again and again");
        }
        assert!(begun.elapsed() < Duration::from_millis(2_500));
        return;
    }
    for watcher in &mut watchers {
        standing(one, watcher, own).await;
    }
    standing(one, &mut stranger, strange).await;
    for (publisher, document) in [(one, 1), (other, 2)] {
        publisher.publish(&progress(own, document));
        for watcher in &mut watchers {
            let heard = loop {
                let heard = next(watcher).await;
                if heard != Progress::Gap && heard != Progress::Event(progress(own, 0)) {
                    break heard;
                }
            };
            assert_eq!(heard, Progress::Event(progress(own, document)));
        }
    }
    let foreign = timeout(Duration::from_millis(300), stranger.next()).await;
    assert!(foreign.is_err() || foreign == Ok(Some(Progress::Gap)), "another workspace hears nothing");
}

pub(super) async fn a_slow_watcher_is_told_of_the_gap(make: MakeCachePlace<'_>) {
    let replicas = Replicas::begin(make).await;
    let (cache, own) = (&*replicas.one, workspace(1));
    let mut slow = replicas.other.subscribe(own);
    if !replicas.there() {
        (0..1_000).for_each(|document| cache.publish(&progress(own, document)));
        assert_eq!(next(&mut slow).await, Progress::Gap);
        return;
    }
    standing(cache, &mut slow, own).await;
    (1..=1_000).for_each(|document| cache.publish(&progress(own, document)));
    sleep(Duration::from_millis(1_500)).await;
    cache.publish(&progress(own, 2_000));
    let mut events = 0;
    assert_eq!(next(&mut slow).await, Progress::Gap, "something was missed");
    while next(&mut slow).await != Progress::Event(progress(own, 2_000)) {
        events += 1;
    }
    assert!(events <= crate::port::PROGRESS_BUFFER, "{events} waited in memory");
}

pub(super) async fn one_leads_and_fences_grow(make: MakeCachePlace<'_>) {
    let replicas = Replicas::begin(make).await;
    let (one, other, ttl) = (&replicas.one, &replicas.other, Duration::from_secs(2));
    if !replicas.there() {
        assert_eq!(one.lead(Role::Sweeper, ttl).await, Err(Unavailable), "nobody leads by it");
        return;
    }
    let asked = (0..20).map(|n| if n % 2 == 0 { one } else { other }.lead(Role::Sweeper, ttl));
    let mut terms: Vec<Leadership> =
        join_all(asked).await.into_iter().filter_map(|t| t.expect("answered")).collect();
    assert_eq!(terms.len(), 1, "of all who ask, one leads");
    let mut first = terms.remove(0);
    let reconciler = other.lead(Role::Reconciler, ttl).await.expect("answered");
    assert!(reconciler.is_some(), "roles are apart");
    replicas.place.pass(ttl / 2).await;
    assert!(one.leads(&first) && one.renew(&mut first).await == Ok(true));
    replicas.place.pass(ttl / 2 + ttl / 4).await;
    assert!(one.leads(&first), "renewed, it goes on");
    assert_eq!(other.lead(Role::Sweeper, ttl).await, Ok(None));
    // It vanishes: nobody renews any more.
    replicas.place.pass(ttl / 4 + ttl / 10).await;
    assert!(!one.leads(&first), "its belief ends before another may begin");
    let mut second = other.lead(Role::Sweeper, ttl).await.expect("answered").expect("the role is free");
    assert!(second.fence() > first.fence());
    assert_eq!(one.renew(&mut first).await, Ok(false), "the zombie is told");
    one.resign(first).await.expect("answered");
    assert_eq!(other.renew(&mut second).await, Ok(true), "and ends nobody else's term");
    let fence = second.fence();
    other.resign(second).await.expect("answered");
    let third = one.lead(Role::Sweeper, ttl).await.expect("answered").expect("the role is free at once");
    assert!(third.fence() > fence);
}

pub(super) async fn an_invalidation_is_seen_everywhere(make: MakeCachePlace<'_>) {
    let replicas = Replicas::begin(make).await;
    let (one, other, own) = (&*replicas.one, &*replicas.other, workspace(1));
    let mark = |cache: &dyn Cache| cache.generation(Topic::Rules, own);
    if !replicas.there() {
        let (before, begun) = (mark(one), Instant::now());
        assert_eq!(one.invalidate(Topic::Rules, own).await, Err(Unavailable));
        assert_ne!(mark(one), before, "here at once");
        changed(other, mark(other)).await;
        assert!(begun.elapsed() < Duration::from_millis(1_500), "and elsewhere by itself");
        return;
    }
    for cache in [one, other] {
        quiet(cache).await;
    }
    let before = (mark(one), mark(other));
    let others = [(Topic::Rights, own), (Topic::Rules, workspace(2))];
    let untouched = others.map(|(topic, workspace)| other.generation(topic, workspace));
    let begun = Instant::now();
    one.invalidate(Topic::Rules, own).await.expect("told");
    assert_ne!(mark(one), before.0, "here at once");
    changed(other, before.1).await;
    assert!(begun.elapsed() < Duration::from_secs(1), "and everywhere within a second");
    assert_eq!(
        others.map(|(topic, workspace)| other.generation(topic, workspace)),
        untouched,
        "nothing else"
    );
    quiet(other).await;
}

/// Waits until nothing changes by itself.
async fn quiet(cache: &dyn Cache) {
    let begun = Instant::now();
    while begun.elapsed() < SOON {
        let mark = cache.generation(Topic::Rules, workspace(1));
        sleep(Duration::from_millis(1_100)).await;
        if cache.generation(Topic::Rules, workspace(1)) == mark {
            return;
        }
    }
    panic!("a mark that never stands still");
}

async fn changed(cache: &dyn Cache, mark: Generation) {
    let begun = Instant::now();
    while cache.generation(Topic::Rules, workspace(1)) == mark {
        assert!(begun.elapsed() < SOON, "the mark never changed");
        sleep(Duration::from_millis(5)).await;
    }
}

pub(super) async fn the_probe_tells_the_truth(make: MakeCachePlace<'_>) {
    let replicas = Replicas::begin(make).await;
    let health = replicas.one.probe().await;
    assert_eq!(health.answer.is_ok(), replicas.there());
    assert_eq!(replicas.one.is_degraded(), !replicas.there());
    assert_eq!(health.encrypted.is_some(), health.shared, "one that is shared has a link");
}
