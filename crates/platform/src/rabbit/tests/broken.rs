//! The broker goes away and comes back.

use super::rig::{self, Rig, SOON, broker_url};
use crate::exam::{Proxy, Wire};
use crate::port::{Doorbell as _, Priority};
use crate::rabbit::BellPart;
use crate::rabbit::settings::Pace;
use crate::rabbit::topology::Spot;
use lapin::uri::AMQPUri;
use smartexus_domain::{JobId, StageKind};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

const BACK: Duration = Duration::from_secs(5);

/// A bell behind a proxy.
async fn behind(pace: Pace) -> (Proxy, Rig) {
    let mut uri: AMQPUri = broker_url().parse().unwrap();
    let broker = tokio::net::lookup_host((uri.authority.host.clone(), uri.authority.port)).await;
    let proxy = Proxy::before(broker.unwrap().next().unwrap()).await;
    uri.authority.host = proxy.address().ip().to_string();
    uri.authority.port = proxy.address().port();
    let rig = Rig::at(&uri.to_string(), pace).await;
    (proxy, rig)
}

async fn ring(rig: &Rig) -> bool {
    rig.ring(StageKind::Extract, Priority::Interactive).await.is_ok()
}

/// Breaks the wire for `long`, then mends it: rings fail while it is broken, each within 5 s, none that failed is
/// waited for, and within 5 s of mending rings are confirmed and heard again.
async fn breaks_and_mends(wire: Wire, long: Duration) {
    let (proxy, rig) = behind(Pace::DEFAULT).await;
    let mut listener = rig.listen(&[]);
    assert!(ring(&rig).await);
    assert!(listener.wait(SOON).await);
    listener.claimed(false).await;
    assert!(!listener.wait(Duration::from_millis(100)).await);

    proxy.set(wire);
    let broken = Instant::now();
    while broken.elapsed() < long {
        let began = Instant::now();
        let (rung, waited) = tokio::join!(ring(&rig), async {
            let began = Instant::now();
            let heard = listener.wait(Duration::from_millis(300)).await;
            (heard, began.elapsed())
        });
        assert!(!rung, "confirmed through a broken wire");
        assert!(began.elapsed() < Duration::from_millis(5_500), "took {:?} to fail", began.elapsed());
        assert!(!waited.0, "heard through a broken wire");
        assert!(waited.1 < Duration::from_secs(1), "a wait took {:?}", waited.1);
        // As a worker would: it looked, and found nothing or a job by itself.
        listener.claimed(false).await;
        sleep(Duration::from_millis(100)).await;
    }

    proxy.set(Wire::Whole);
    let mended = Instant::now();
    while !ring(&rig).await {
        assert!(mended.elapsed() < BACK, "not ringing {:?} after the broker is back", mended.elapsed());
        sleep(Duration::from_millis(50)).await;
    }
    let left = BACK.saturating_sub(mended.elapsed());
    assert!(listener.wait(left).await, "not hearing {:?} after the broker is back", mended.elapsed());
    listener.claimed(true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_cut() {
    breaks_and_mends(Wire::Cut, Duration::from_secs(3)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wire_falls_silent_for_long() {
    breaks_and_mends(Wire::Silent, Duration::from_secs(12)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wire_drips() {
    breaks_and_mends(Wire::Drip, Duration::from_secs(12)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wire_that_falls_silent_while_nobody_rings_is_found_out() {
    let (proxy, rig) = behind(Pace::DEFAULT).await;
    let mut listener = rig.listen(&[]);
    assert!(!listener.wait(Duration::from_secs(1)).await);
    // Only what is open now is lost; new connections pass.
    proxy.set(Wire::Silent);
    sleep(Duration::from_millis(200)).await;
    proxy.set(Wire::Whole);
    let another = rig.another().await;
    // The question to the broker every 2 s has 5 s to be answered.
    sleep(Duration::from_secs(9)).await;
    another.ring(&rig::ring(StageKind::Extract, Priority::Batch)).await.unwrap();
    assert!(listener.wait(Duration::from_secs(3)).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ring_held_when_the_wire_breaks_is_heard_again() {
    let (proxy, rig) = behind(Pace::DEFAULT).await;
    let mut listener = rig.listen(&[]);
    assert!(ring(&rig).await);
    assert!(listener.wait(SOON).await);
    proxy.cut().await;
    // The claim goes to the database, which is not away; acknowledging fails and nobody minds.
    timeout(Duration::from_secs(6), listener.claimed(false)).await.expect("a claim is not held up");
    proxy.set(Wire::Whole);
    assert!(listener.wait(BACK).await, "a ring that was not acknowledged comes again");
    listener.claimed(true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_ring_that_was_confirmed_is_lost_however_often_the_wire_is_cut() {
    const CUTS: usize = 12;
    const CALLERS: usize = 16;
    let (proxy, rig) = behind(Pace::DEFAULT).await;
    let cutting = AtomicBool::new(true);
    let callers = (0..CALLERS).map(|_| async {
        let mut outcomes = Vec::new();
        while cutting.load(Ordering::Relaxed) {
            let ring = rig::ring(StageKind::Extract, Priority::Batch);
            let rung = rig.bell.ring(&ring).await.is_ok();
            outcomes.push((ring.job, rung));
            if !rung {
                sleep(Duration::from_millis(20)).await;
            }
        }
        outcomes
    });
    let cuts = async {
        for cut in 0..CUTS {
            sleep(Duration::from_millis(400 + 37 * cut as u64)).await;
            proxy.cut().await;
            sleep(Duration::from_millis(50)).await;
            proxy.set(Wire::Whole);
        }
        sleep(Duration::from_secs(2)).await;
        cutting.store(false, Ordering::Relaxed);
    };
    let (outcomes, ()) = tokio::join!(futures::future::join_all(callers), cuts);
    let outcomes: Vec<_> = outcomes.into_iter().flatten().collect();
    let queue = rig.names.queue(Spot { priority: Priority::Batch, stage: StageKind::Extract });
    let bodies = rig.empty(queue).await;
    let there: BTreeSet<JobId> = bodies.iter().map(|body| job_of(body)).collect();
    let (confirmed, failed): (Vec<_>, Vec<_>) = outcomes.iter().partition(|(_, rung)| *rung);
    let lost = confirmed.iter().filter(|(job, _)| !there.contains(job)).count();
    println!("{} confirmed, {} failed, {} in the queue", confirmed.len(), failed.len(), bodies.len());
    assert_eq!(lost, 0, "of {} confirmed", confirmed.len());
    assert!(failed.len() >= CUTS && confirmed.len() > 10 * CUTS, "the cuts hit nothing");
}

fn job_of(body: &[u8]) -> JobId {
    let value: serde_json::Value = serde_json::from_slice(body).unwrap();
    value["job"].as_str().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_probe_names_what_is_missing() {
    let (proxy, rig) = behind(Pace::DEFAULT).await;
    assert_eq!(rig.bell.probe(SOON).await, Ok(()));
    proxy.set(Wire::Silent);
    let began = Instant::now();
    let probed = rig.bell.probe(Duration::from_secs(1)).await;
    assert_eq!(probed, Err(vec![BellPart::RoundTrip]));
    assert!(began.elapsed() < Duration::from_secs(2));
    proxy.set(Wire::Cut);
    sleep(Duration::from_secs(1)).await;
    let probed = rig.bell.probe(Duration::from_secs(1)).await;
    assert_eq!(probed, Err(vec![BellPart::RingingConnection, BellPart::ListeningConnection]));
    proxy.set(Wire::Whole);
    let mended = Instant::now();
    while rig.bell.probe(Duration::from_secs(1)).await.is_err() {
        assert!(mended.elapsed() < BACK);
        sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_that_is_given_nothing_is_found_out() {
    let (_proxy, rig) = behind(Pace {
        canary: Duration::from_millis(200),
        silence: Duration::from_millis(500),
        answer: Duration::from_secs(1),
        ..Pace::DEFAULT
    })
    .await;
    let shared = &rig.bell.shared;
    let before = shared.listening.up().await;
    sleep(Duration::from_secs(2)).await;
    assert!(!before.is_condemned(), "as long as canaries land the line is trusted");
    // From now on they are taken by the broker and given to nobody.
    rig.bell.aviary.nest_in(Some(rig.names.dead()));
    timeout(Duration::from_secs(6), before.ended()).await.expect("a silent consumer is found out");
    let after = timeout(SOON, shared.listening.up()).await.expect("and another connection made");
    sleep(Duration::from_secs(1)).await;
    assert!(!after.is_condemned(), "on which canaries land");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_broker_a_bell_opens_and_rings_fail_at_once() {
    let (proxy, rig) = behind(Pace::DEFAULT).await;
    proxy.set(Wire::Cut);
    let url = format!("amqp://guest:guest@{}/%2f", proxy.address());
    let began = Instant::now();
    let lonely = Rig::at(&url, Pace::DEFAULT).await;
    assert!(began.elapsed() < Duration::from_secs(8));
    let began = Instant::now();
    assert!(!ring(&lonely).await);
    assert!(began.elapsed() < Duration::from_millis(100));
    assert!(!lonely.listen(&[]).wait(Duration::from_millis(200)).await);
    proxy.set(Wire::Whole);
    let mended = Instant::now();
    while !ring(&lonely).await {
        assert!(mended.elapsed() < BACK);
        sleep(Duration::from_millis(50)).await;
    }
    drop(rig);
}
