//! Who hears which ring, and when it is over.

use super::rig::{BRIEFLY, Rig, SOON, broker_url, outside, ring};
use crate::PlatformError;
use crate::port::{Doorbell as _, Priority, TraceParent};
use crate::rabbit::settings::Pace;
use crate::rabbit::topology::{Names, Spot};
use lapin::options::QueueDeclareOptions;
use lapin::types::{AMQPValue, FieldTable};
use smartexus_domain::StageKind;
use std::time::Duration;
use uuid::Uuid;

const INTERACTIVE: Priority = Priority::Interactive;

#[tokio::test(flavor = "multi_thread")]
async fn a_ring_is_heard_by_a_listener_of_its_stage_only() {
    let rig = Rig::new().await;
    let mut parse = rig.listen(&[StageKind::Parse]);
    let mut others = rig.listen(&[StageKind::Extract, StageKind::Categorize, StageKind::Report]);
    rig.ring(StageKind::Parse, Priority::Batch).await.unwrap();
    let (heard, silent) = tokio::join!(parse.wait(SOON), others.wait(BRIEFLY));
    assert!(heard);
    assert!(!silent);
    parse.claimed(true).await;
    rig.ring(StageKind::Report, INTERACTIVE).await.unwrap();
    assert!(others.wait(SOON).await);
    others.claimed(true).await;
    let mut any = rig.listen(&[]);
    for stage in StageKind::ALL {
        rig.ring(stage, Priority::Reprocess).await.unwrap();
        assert!(any.wait(SOON).await, "{}", stage.as_str());
        any.claimed(false).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_listeners_in_two_processes_hear_two_rings() {
    let rig = Rig::new().await;
    let another = rig.another().await;
    let mut first = rig.listen(&[]);
    let mut second = another.listen(&[]);
    assert!(!first.wait(BRIEFLY).await);
    assert!(!second.wait(BRIEFLY).await);
    rig.ring(StageKind::Extract, INTERACTIVE).await.unwrap();
    another.ring(&ring(StageKind::Extract, INTERACTIVE)).await.unwrap();
    let heard = tokio::join!(first.wait(SOON), second.wait(SOON));
    assert_eq!(heard, (true, true), "neither slot is given both");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ring_waits_for_an_ear_and_is_over_when_its_claim_is() {
    let rig = Rig::new().await;
    rig.ring(StageKind::Extract, INTERACTIVE).await.unwrap();
    let mut first = rig.listen(&[]);
    assert!(first.wait(SOON).await);
    assert!(first.wait(Duration::ZERO).await, "it is still the ring that was heard");
    // The slot is gone before its claim: the next one hears it.
    drop(first);
    let mut second = rig.listen(&[]);
    assert!(second.wait(SOON).await, "a ring that nobody claimed for is not lost");
    second.claimed(true).await;
    drop(second);
    let mut third = rig.listen(&[]);
    assert!(!third.wait(BRIEFLY).await, "a ring that was claimed for is over");
    assert_eq!(rig.waiting_at(StageKind::Extract, INTERACTIVE).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slot_that_found_nothing_goes_on_listening() {
    let rig = Rig::new().await;
    let mut listener = rig.listen(&[]);
    for _ in 0..3 {
        rig.ring(StageKind::Extract, INTERACTIVE).await.unwrap();
        assert!(listener.wait(SOON).await);
        listener.claimed(false).await;
    }
    assert!(!listener.wait(BRIEFLY).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_that_is_cut_short_misses_nothing() {
    let rig = Rig::new().await;
    let mut listener = rig.listen(&[]);
    for _ in 0..5 {
        // As when a worker is told to stop, or a patience shorter than a subscription.
        assert!(!listener.wait(Duration::from_millis(1)).await);
    }
    rig.ring(StageKind::Extract, INTERACTIVE).await.unwrap();
    let mut heard = false;
    for _ in 0..1_000 {
        heard = heard || listener.wait(Duration::from_millis(5)).await;
    }
    assert!(heard);
    listener.claimed(true).await;
    assert_eq!(rig.settled(rig.names.queue(EXTRACT), 0).await, 0);
}

const EXTRACT: Spot = Spot { priority: INTERACTIVE, stage: StageKind::Extract };

#[tokio::test(flavor = "multi_thread")]
async fn of_several_rings_the_urgent_one_is_taken_and_the_rest_stay_for_others() {
    let rig = Rig::new().await;
    for priority in [Priority::Reprocess, Priority::Batch, INTERACTIVE] {
        rig.ring(StageKind::Extract, priority).await.unwrap();
    }
    let mut listener = rig.listen(&[]);
    assert!(!listener.wait(Duration::ZERO).await);
    // The subscription stands meanwhile and all three have come.
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(listener.wait(SOON).await);
    listener.claimed(true).await;
    for (priority, left) in [(INTERACTIVE, 0), (Priority::Batch, 1), (Priority::Reprocess, 1)] {
        let queue = rig.names.queue(Spot { priority, stage: StageKind::Extract });
        assert_eq!(rig.settled(queue.clone(), left).await, left, "{}", priority.as_str());
        if let Some(got) = rig.get(queue).await {
            assert!(!got.delivery.redelivered, "giving a ring back burns no delivery");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bell_that_closes_burns_no_delivery() {
    let rig = Rig::new().await;
    let leaving = rig.another().await;
    let mut listener = leaving.listen(&[]);
    rig.ring(StageKind::Extract, INTERACTIVE).await.unwrap();
    assert!(listener.wait(SOON).await);
    drop(listener);
    leaving.close().await;
    let got = rig.get(rig.names.queue(EXTRACT)).await.expect("the ring is there again, at once");
    assert!(!got.delivery.redelivered);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_persistent_and_carries_its_trace_in_a_header() {
    let rig = Rig::new().await;
    let trace: TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".parse().unwrap();
    let mut ring = ring(StageKind::Extract, INTERACTIVE);
    ring.trace = Some(trace.clone());
    rig.bell.ring(&ring).await.unwrap();
    let got = rig.get(rig.names.queue(EXTRACT)).await.unwrap();
    let properties = &got.delivery.properties;
    assert_eq!(*properties.delivery_mode(), Some(2));
    assert_eq!(properties.kind().as_ref().map(|kind| kind.as_str()), Some("job.v1"));
    assert_eq!(crate::rabbit::letter::trace(properties), Some(trace));
    let body = String::from_utf8(got.delivery.data.clone()).unwrap();
    assert!(body.contains(&ring.job.to_string()) && body.contains(&ring.workspace.to_string()), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_job_tolls_for_operators() {
    let rig = Rig::new().await;
    let ring = ring(StageKind::Extract, INTERACTIVE);
    rig.bell.toll(ring.workspace, ring.job, "worker_lost").await.unwrap();
    let got = rig.get(rig.names.dead()).await.unwrap();
    let headers = got.delivery.properties.headers().clone().unwrap();
    assert_eq!(headers.inner().get("x-reason"), Some(&AMQPValue::LongString("worker_lost".into())));
    assert!(String::from_utf8(got.delivery.data.clone()).unwrap().contains(&ring.job.to_string()));
    for content in ["", "Anna Example, 12 Main Street", "Worker", &"x".repeat(65)] {
        let told = rig.bell.toll(ring.workspace, ring.job, content).await;
        assert!(matches!(told, Err(PlatformError::Inconsistent(_))), "{content}");
    }
    assert!(rig.get(rig.names.dead()).await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_that_exists_with_other_arguments_is_used_as_it_is() {
    let (_connection, channel) = outside().await;
    let prefix = format!("test-{}", Uuid::new_v4().simple());
    let mut arguments = FieldTable::default();
    arguments.insert("x-queue-type".into(), AMQPValue::LongString("quorum".into()));
    let options = QueueDeclareOptions { durable: true, ..Default::default() };
    channel.queue_declare(Names::new(&prefix).queue(EXTRACT), options, arguments).await.unwrap();
    let rig = Rig::named(&prefix, &broker_url(), Pace::DEFAULT).await;
    rig.ring(StageKind::Extract, INTERACTIVE).await.unwrap();
    assert!(rig.listen(&[]).wait(SOON).await);
}
