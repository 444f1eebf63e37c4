//! What is not ours is never acted upon, and can be looked at afterwards.

use super::rig::{BRIEFLY, Rig, SOON, key, ring};
use crate::port::{Clock as _, Doorbell as _, Priority};
use crate::rabbit::message::JobMessage;
use crate::rabbit::topology::Spot;
use jiff::SignedDuration;
use smartexus_domain::StageKind;
use std::time::Duration;
use uuid::Uuid;

const HERE: Spot = Spot { priority: Priority::Interactive, stage: StageKind::Extract };
const THERE: Spot = Spot { priority: Priority::Batch, stage: StageKind::Report };

#[tokio::test(flavor = "multi_thread")]
async fn forged_moved_and_expired_messages_end_in_the_dead_queue_unheard() {
    let rig = Rig::new().await;
    let real = ring(StageKind::Extract, Priority::Interactive);
    let message = |spot| JobMessage {
        ring: Uuid::new_v4(),
        workspace: real.workspace,
        job: real.job,
        spot,
        issued_at: rig.clock.now(),
    };
    let foreign = message(HERE).to_bytes(&key(2)).unwrap();
    let moved = message(THERE).to_bytes(&key(1)).unwrap();
    let mut old = message(HERE);
    old.issued_at -= SignedDuration::from_hours(25);
    let old = old.to_bytes(&key(1)).unwrap();
    let bodies = [b"{}".to_vec(), Vec::new(), vec![0; 100_000], foreign, moved, old];
    let mut listener = rig.listen(&[]);
    for body in &bodies {
        rig.forge(HERE, body).await;
        assert!(!listener.wait(BRIEFLY).await, "{} bytes were heard", body.len());
    }
    let dead = rig.names.dead();
    let refused = u32::try_from(bodies.len()).unwrap();
    assert_eq!(rig.settled(dead.clone(), refused).await, refused);
    for body in &bodies {
        assert_eq!(&rig.get(dead.clone()).await.unwrap().delivery.data, body);
    }
    // The listener is none the worse.
    rig.bell.ring(&real).await.unwrap();
    assert!(listener.wait(SOON).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ring_that_is_never_acknowledged_ends_in_the_dead_queue() {
    let rig = Rig::new().await;
    rig.ring(StageKind::Extract, Priority::Interactive).await.unwrap();
    // Twenty processes that die while they hold it, and one more.
    for _ in 0..21 {
        let (connection, channel) = super::rig::outside().await;
        let options = lapin::options::BasicGetOptions::default();
        let got = async {
            loop {
                if let Some(got) = channel.basic_get(rig.names.queue(HERE), options).await.unwrap() {
                    return got;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(SOON, got).await.expect("it comes again until the limit");
        connection.close(200, "gone".into()).await.unwrap();
    }
    assert_eq!(rig.settled(rig.names.dead(), 1).await, 1);
    assert_eq!(rig.waiting(rig.names.queue(HERE)).await, 0);
}
