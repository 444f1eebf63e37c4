//! What is written today is what was written on the first day, and nothing else is believed.

use super::rig::key;
use crate::port::{Clock as _, FakeClock, Priority};
use crate::rabbit::judge::{Judge, Worth};
use crate::rabbit::message::{DeadMessage, JobMessage, Refusal};
use crate::rabbit::topology::Spot;
use jiff::{SignedDuration, Timestamp};
use smartexus_domain::{JobId, StageKind, WorkspaceId};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

const JOB_V1: &[u8] = include_bytes!("../../../../../fixtures/wire/job.v1.json");
const DEAD_V1: &[u8] = include_bytes!("../../../../../fixtures/wire/dead.v1.json");
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const HERE: Spot = Spot { priority: Priority::Batch, stage: StageKind::Parse };

fn issued_at() -> Timestamp {
    "2026-03-04T05:06:07.089Z".parse().unwrap()
}

fn workspace() -> WorkspaceId {
    WorkspaceId::from_uuid(Uuid::from_u128(0x0192_4b1e_0000_7000_8000_0000_0000_0002))
}

fn job() -> JobId {
    JobId::from_uuid(Uuid::from_u128(0x0192_4b1e_0000_7000_8000_0000_0000_0003))
}

fn ring_id() -> Uuid {
    Uuid::from_u128(0x0192_4b1e_0000_7000_8000_0000_0000_0001)
}

fn golden() -> JobMessage {
    JobMessage { ring: ring_id(), workspace: workspace(), job: job(), spot: HERE, issued_at: issued_at() }
}

fn read(bytes: &[u8]) -> Result<JobMessage, Refusal> {
    JobMessage::read(&key(1), HERE, bytes, issued_at(), DAY)
}

/// A body with a right MAC, whatever it says.
fn sealed(json: &str) -> Vec<u8> {
    let value: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json).unwrap();
    key(1).seal(&value).unwrap()
}

#[test]
fn the_golden_message_is_read_and_written_to_the_byte() {
    assert_eq!(read(JOB_V1), Ok(golden()));
    let written = golden().to_bytes(&key(1)).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), String::from_utf8(JOB_V1.to_vec()).unwrap());
}

#[test]
fn the_golden_dead_message_is_written_to_the_byte() {
    let reason = "worker_lost";
    let message =
        DeadMessage { ring: ring_id(), workspace: workspace(), job: job(), reason, issued_at: issued_at() };
    let written = message.to_bytes(&key(1)).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), String::from_utf8(DEAD_V1.to_vec()).unwrap());
    // It is no ring, though its MAC is right.
    assert_eq!(read(DEAD_V1), Err(Refusal::UnknownVersion));
}

#[test]
fn every_bit_counts_and_so_does_every_byte_that_is_missing_or_more() {
    for bit in 0..JOB_V1.len() * 8 {
        let mut flipped = JOB_V1.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(read(&flipped).is_err(), "bit {bit} does not count");
    }
    for at in 0..JOB_V1.len() {
        assert!(read(&JOB_V1[..at]).is_err(), "cut at {at}");
        let mut cut = JOB_V1.to_vec();
        cut.remove(at);
        assert!(read(&cut).is_err(), "without byte {at}");
        for byte in *b" 0\"" {
            let mut longer = JOB_V1.to_vec();
            longer.insert(at, byte);
            assert!(read(&longer).is_err(), "one byte more at {at}");
        }
    }
    assert!(read(&[JOB_V1, b"\n"].concat()).is_err());
}

#[test]
fn every_refusal_has_its_reason() {
    let body = |message: &str, stage: &str, more: &str| {
        let (ring, workspace, job, at) = (ring_id(), workspace(), job(), issued_at().as_millisecond());
        sealed(&format!(
            r#"{{"message":"{message}","ring":"{ring}","workspace":"{workspace}","job":"{job}",
                "stage":"{stage}","priority":"batch","issued_at_ms":{at}{more}}}"#
        ))
    };
    assert!(read(&body("job.v1", "parse", "")).is_ok());
    assert_eq!(read(&body("job.v2", "parse", "")), Err(Refusal::UnknownVersion));
    assert_eq!(read(&body("job.v2", "unheard-of", r#","new":1"#)), Err(Refusal::UnknownVersion));
    assert_eq!(read(&body("job.v1", "unheard-of", "")), Err(Refusal::Undecodable));
    assert_eq!(read(&body("job.v1", "report", "")), Err(Refusal::Misrouted));
    assert_eq!(read(&body("job.v1", "parse", r#","more":1"#)), Err(Refusal::Undecodable));
    assert_eq!(read(&sealed("{}")), Err(Refusal::Undecodable));
    assert_eq!(read(b"not a message of ours at all"), Err(Refusal::Undecodable));
    let long = "x".repeat(2_000);
    assert_eq!(read(&body("job.v1", "parse", &format!(r#","more":"{long}""#))), Err(Refusal::Undecodable));
    let elsewhere = Spot { priority: Priority::Interactive, ..HERE };
    let moved = JobMessage::read(&key(1), elsewhere, JOB_V1, issued_at(), DAY);
    assert_eq!(moved, Err(Refusal::Misrouted));
    let foreign = JobMessage::read(&key(2), HERE, JOB_V1, issued_at(), DAY);
    assert_eq!(foreign, Err(Refusal::BadMac));
}

#[test]
fn a_ring_is_believed_for_a_day_and_not_a_millisecond_longer() {
    let after = |by: SignedDuration| JobMessage::read(&key(1), HERE, JOB_V1, issued_at() + by, DAY);
    assert!(after(SignedDuration::from_hours(24)).is_ok());
    let late = SignedDuration::from_hours(24) + SignedDuration::from_millis(1);
    assert_eq!(after(late), Err(Refusal::Expired));
    // The clock of the sender may be ahead.
    assert!(after(SignedDuration::from_secs(-3)).is_ok());
}

#[test]
fn reasons_are_words_for_metrics() {
    let words: std::collections::BTreeSet<_> = Refusal::ALL.iter().map(|refusal| refusal.as_str()).collect();
    assert_eq!(words.len(), Refusal::ALL.len());
    assert!(words.iter().all(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '_')));
}

#[test]
fn only_what_was_issued_well_before_an_empty_claim_of_its_stage_is_stale() {
    let clock = Arc::new(FakeClock::at(issued_at()));
    let judge = Judge::new(key(1), Arc::clone(&clock) as _, DAY);
    let fresh = Worth::Fresh(golden());
    let at = |seconds: i64| issued_at().as_millisecond() + seconds * 1_000;
    assert_eq!(judge.judge(HERE, JOB_V1), fresh);
    judge.looked(&[StageKind::Report], at(60));
    assert_eq!(judge.judge(HERE, JOB_V1), fresh, "another stage says nothing");
    judge.looked(&[StageKind::Extract, StageKind::Parse], at(2));
    assert_eq!(judge.judge(HERE, JOB_V1), fresh, "clocks may be two seconds apart");
    judge.looked(&[StageKind::Parse], at(2) + 1);
    assert_eq!(judge.judge(HERE, JOB_V1), Worth::Stale);
    judge.looked(&[StageKind::Parse], at(-60));
    assert_eq!(judge.judge(HERE, JOB_V1), Worth::Stale, "an older claim takes nothing back");
    clock.advance(SignedDuration::from_hours(25));
    assert_eq!(judge.judge(HERE, JOB_V1), Worth::Refused(Refusal::Expired));
    assert!(clock.now() > issued_at());
}
