//! Rings whose jobs were taken without them.

use super::rig::{BRIEFLY, Rig, SOON};
use crate::port::Priority;
use crate::rabbit::topology::Spot;
use jiff::SignedDuration;
use smartexus_domain::StageKind;
use std::time::Duration;

const BATCH: Spot = Spot { priority: Priority::Batch, stage: StageKind::Extract };

#[tokio::test(flavor = "multi_thread")]
async fn after_one_empty_claim_the_stale_rings_are_forgotten_and_the_fresh_one_is_heard() {
    const STALE: u32 = 300;
    let rig = Rig::new().await;
    for _ in 0..STALE / 50 {
        futures::future::join_all((0..50).map(|_| rig.ring(BATCH.stage, BATCH.priority))).await;
    }
    assert_eq!(rig.waiting(rig.names.queue(BATCH)).await, STALE);
    rig.clock.advance(SignedDuration::from_secs(10));
    let mut listener = rig.listen(&[StageKind::Extract]);
    let mut claims = 0;
    while listener.wait(Duration::from_secs(1)).await {
        claims += 1;
        listener.claimed(false).await;
    }
    assert_eq!(claims, 1, "one ring is enough to find out that there is nothing");
    assert_eq!(rig.settled(rig.names.queue(BATCH), 0).await, 0);
    rig.ring(BATCH.stage, BATCH.priority).await.unwrap();
    assert!(listener.wait(SOON).await, "a fresh ring is not forgotten with them");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_was_claimed_unheard_takes_a_ring_with_it() {
    let rig = Rig::new().await;
    for _ in 0..7 {
        rig.ring(BATCH.stage, BATCH.priority).await.unwrap();
    }
    // Four jobs, one after the other, without waiting for a ring.
    let mut busy = rig.listen(&[StageKind::Extract, StageKind::Parse]);
    for _ in 0..4 {
        busy.claimed(true).await;
    }
    assert_eq!(rig.settled(rig.names.queue(BATCH), 3).await, 3);
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(rig.waiting(rig.names.queue(BATCH)).await, 3, "and not one more");
    // Of the rings that its ears hold when it finds a job by itself, one is that job's.
    assert!(!busy.wait(Duration::ZERO).await);
    tokio::time::sleep(BRIEFLY).await;
    busy.claimed(true).await;
    assert_eq!(rig.settled(rig.names.queue(BATCH), 2).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_owed_to_empty_queues_is_forgiven() {
    let rig = Rig::new().await;
    let mut busy = rig.listen(&[]);
    for _ in 0..5 {
        busy.claimed(true).await;
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    rig.ring(BATCH.stage, BATCH.priority).await.unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(rig.waiting(rig.names.queue(BATCH)).await, 1, "an old debt does not swallow a new ring");
}
