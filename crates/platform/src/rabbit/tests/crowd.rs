//! Many at once.

use super::rig::{Rig, ring};
use crate::PlatformError;
use crate::port::{Doorbell as _, Priority};
use crate::rabbit::fault::BellFault;
use crate::rabbit::letter::Letter;
use crate::rabbit::topology::Spot;
use futures::future::join_all;
use lapin::BasicProperties;
use smartexus_domain::{FaultVerdict, StageKind};
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

const BATCH: Priority = Priority::Batch;

#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_rings_at_once_are_all_confirmed() {
    const RINGS: u32 = 5_000;
    let rig = Rig::new().await;
    let rings: Vec<_> = (0..RINGS).map(|_| ring(StageKind::Extract, BATCH)).collect();
    let rung = join_all(rings.iter().map(|ring| rig.bell.ring(ring))).await;
    let failed: Vec<_> = rung.iter().filter_map(|rung| rung.as_ref().err()).collect();
    assert!(failed.is_empty(), "{} failed: {:?}", failed.len(), failed.first());
    assert_eq!(rig.waiting_at(StageKind::Extract, BATCH).await, RINGS);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ring_that_no_queue_takes_is_an_error_and_the_queue_comes_back() {
    let rig = Rig::new().await;
    rig.delete(rig.names.queue(Spot { priority: BATCH, stage: StageKind::Parse })).await;
    let error = rig.ring(StageKind::Parse, BATCH).await.unwrap_err();
    assert!(matches!(error, PlatformError::Queue { .. }));
    assert_eq!(error.verdict(), FaultVerdict::Retry);
    let source = std::error::Error::source(&error).map(ToString::to_string);
    assert_eq!(source.as_deref(), Some("no queue took the message"));
    let began = Instant::now();
    while rig.ring(StageKind::Parse, BATCH).await.is_err() {
        assert!(began.elapsed() < Duration::from_secs(5), "the queue does not come back");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(rig.waiting_at(StageKind::Parse, BATCH).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn among_many_exactly_the_unroutable_ones_fail() {
    let rig = Rig::new().await;
    let letter = |lost: bool| {
        let id = lapin::types::ShortString::from(Uuid::new_v4().to_string());
        let key = if lost { "nowhere" } else { "extract.batch" };
        let properties = BasicProperties::default().with_message_id(id.clone());
        Letter { exchange: rig.names.jobs(), key: key.into(), id, body: b"x".to_vec(), properties }
    };
    for round in 0..5 {
        let lost: Vec<bool> = (0..500).map(|index| (index + round) % 7 == 0).collect();
        let publisher = &rig.bell.shared.publisher;
        let posted = join_all(lost.iter().map(|lost| publisher.publish(letter(*lost)))).await;
        for (index, (posted, lost)) in posted.iter().zip(&lost).enumerate() {
            match posted {
                Ok(()) => assert!(!lost, "letter {index} was lost and confirmed"),
                Err(BellFault::Unroutable) => assert!(lost, "letter {index} arrived and failed"),
                Err(fault) => panic!("letter {index}: {fault}"),
            }
        }
    }
}

/// `cargo nextest run -p smartexus-platform --run-ignored only rings_a_second --no-capture`
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
async fn rings_a_second() {
    const CALLERS: usize = 256;
    const EACH: usize = 100;
    let rig = Rig::new().await;
    let mut slowest = Duration::ZERO;
    let began = Instant::now();
    let callers = (0..CALLERS).map(|_| async {
        let mut slowest = Duration::ZERO;
        for _ in 0..EACH {
            let began = Instant::now();
            rig.ring(StageKind::Extract, BATCH).await.unwrap();
            slowest = slowest.max(began.elapsed());
        }
        slowest
    });
    for took in join_all(callers).await {
        slowest = slowest.max(took);
    }
    let took = began.elapsed();
    let rate = (CALLERS * EACH) as u128 * 1_000_000 / took.as_micros();
    println!("{} rings by {CALLERS} callers: {took:?}, {rate}/s, slowest {slowest:?}", CALLERS * EACH);
    let began = Instant::now();
    let alone = 50;
    for _ in 0..alone {
        rig.ring(StageKind::Extract, BATCH).await.unwrap();
    }
    println!("one caller: {:?} a ring", began.elapsed() / alone);
}
