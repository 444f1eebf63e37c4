//! Evidence: audit events and outbox rows.

use super::jobs::settlement;
use super::{MakePlace, Sitting, submission, upload};
use crate::port::{Actor, AuditAction, DocumentOutcome, RetryPlan};
use smartexus_domain::{DocumentState, FailureCode};
use std::time::Duration;

pub(super) async fn every_effect_leaves_an_event(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (world, workspace) = (&sitting.world, sitting.workspace);
    let document = sitting.accept(b"x").await;
    world.accept(workspace, submission(), upload(b"x")).await.expect("accepted");
    let lease = sitting.claim().await;
    let plan = |max_attempts| RetryPlan {
        delay: Duration::ZERO,
        max_attempts,
        failure: FailureCode::Timeout,
        timing_us: 1,
    };
    world.jobs.retry(lease.token, plan(3)).await.expect("answered");
    let lease = sitting.claim().await;
    let done = settlement(DocumentOutcome::Completed(DocumentState::NeedsReview));
    world.jobs.settle(lease.token, done.clone()).await.expect("answered");
    world.jobs.settle(lease.token, done).await.expect("answered");
    world.retention.set_hold(workspace, document, true, Actor::Operator).await.expect("answered");
    world.retention.set_hold(workspace, document, true, Actor::Operator).await.expect("answered");
    sitting.accept(b"y").await;
    let lease = sitting.claim().await;
    world.jobs.retry(lease.token, plan(1)).await.expect("answered");
    let events = world.audit.events(workspace, 0, 100).await.expect("answered");
    let told: Vec<_> = events.iter().map(|e| (e.action, e.detail.as_str())).collect();
    assert_eq!(
        told,
        [
            (AuditAction::WorkspaceCreated, ""),
            (AuditAction::DocumentAccepted, "bank-statement"),
            (AuditAction::DocumentRepeated, ""),
            (AuditAction::JobRetried, "timeout"),
            (AuditAction::JobSettled, "extract"),
            (AuditAction::DocumentCompleted, "needs_review"),
            (AuditAction::HoldPlaced, ""),
            (AuditAction::DocumentAccepted, "bank-statement"),
            (AuditAction::JobDead, "timeout"),
            (AuditAction::DocumentFailed, "timeout"),
        ],
        "every effect once, and nothing that had no effect"
    );
    assert!(events.iter().enumerate().all(|(i, e)| e.sequence == i as u64 + 1));
    let page = world.audit.events(workspace, 4, 2).await.expect("answered");
    assert_eq!(page, events[4..6]);
    let report = world.audit.verify(workspace).await.expect("answered");
    let last = events.last().expect("events");
    assert_eq!((report.events, &report.head, report.flaw), (10, &last.hash, None));
}

pub(super) async fn the_outbox_tells_until_ticked_off(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (world, workspace) = (&sitting.world, sitting.workspace);
    for (content, outcome) in [
        (b"a", DocumentOutcome::Completed(DocumentState::Approved)),
        (b"b", DocumentOutcome::Completed(DocumentState::NeedsReview)),
        (b"c", DocumentOutcome::Completed(DocumentState::Exported)),
        (b"d", DocumentOutcome::Failed(FailureCode::Corrupt)),
    ] {
        sitting.accept(content).await;
        let lease = sitting.claim().await;
        world.jobs.settle(lease.token, settlement(outcome)).await.expect("answered");
    }
    let rows = world.outbox.unsent(workspace, 100).await.expect("answered");
    let topics: Vec<_> = rows.iter().map(|r| r.topic.as_str()).collect();
    let accepted = "document.accepted";
    let ends = ["document.approved", "document.needs_review", "document.exported", "document.failed"];
    let expected: Vec<_> = ends.iter().flat_map(|end| [accepted, *end]).collect();
    assert_eq!(topics, expected);
    assert_eq!(world.outbox.unsent(workspace, 3).await.expect("answered"), rows[..3]);
    assert_eq!(world.outbox.unsent(workspace, 3).await.expect("answered"), rows[..3], "a repeat is the same");
    let stranger = smartexus_domain::WorkspaceId::from_uuid(uuid::Uuid::from_u128(9));
    world.outbox.mark_sent(stranger, &[rows[0].id]).await.expect("answered");
    world.outbox.mark_sent(workspace, &[rows[1].id, rows[2].id]).await.expect("answered");
    world.outbox.mark_sent(workspace, &[rows[1].id]).await.expect("twice is fine");
    let left: Vec<_> =
        world.outbox.unsent(workspace, 100).await.expect("answered").iter().map(|r| r.id).collect();
    let expected: Vec<_> =
        rows.iter().map(|r| r.id).filter(|id| ![rows[1].id, rows[2].id].contains(id)).collect();
    assert_eq!(left, expected);
}

pub(super) async fn each_outbox_row_is_told_by_one_at_a_time(make: MakePlace<'_>) {
    const HOLD: Duration = Duration::from_secs(30);
    let sitting = Sitting::begin(make).await;
    let (world, workspace) = (&sitting.world, sitting.workspace);
    assert_eq!(world.outbox.take(workspace, 100, HOLD).await.expect("answered"), [], "nothing happened yet");
    for content in [b"a", b"b", b"c", b"d", b"e", b"f", b"g", b"h"] {
        sitting.accept(content).await;
    }
    let rows = world.outbox.unsent(workspace, 100).await.expect("answered");
    assert_eq!(
        (rows.len(), world.outbox.pending(workspace, Duration::ZERO).await.expect("answered")),
        (8, 8)
    );
    let stranger = smartexus_domain::WorkspaceId::from_uuid(uuid::Uuid::from_u128(9));
    assert_eq!(world.outbox.take(stranger, 100, HOLD).await.expect("answered"), []);
    // Eight tellers at once, and never two with the same row. Who finds another's row locked may come back without.
    let tellers = (0..8).map(|_| world.outbox.take(workspace, 1, HOLD));
    let mut taken = Vec::new();
    for answer in futures::future::join_all(tellers).await {
        taken.extend(answer.expect("answered"));
    }
    taken.extend(world.outbox.take(workspace, 100, HOLD).await.expect("answered"));
    taken.sort_by_key(|row| row.id);
    assert_eq!(taken, rows, "each row once");
    assert_eq!(world.outbox.take(workspace, 100, HOLD).await.expect("answered"), [], "all are held");
    world.outbox.mark_sent(workspace, &[rows[0].id, rows[3].id]).await.expect("answered");
    sitting.advance_ms(29_999);
    assert_eq!(world.outbox.take(workspace, 100, HOLD).await.expect("answered"), []);
    sitting.advance_ms(1);
    let again = world.outbox.take(workspace, 100, HOLD).await.expect("answered");
    let left: Vec<_> =
        rows.iter().filter(|row| ![rows[0].id, rows[3].id].contains(&row.id)).cloned().collect();
    assert_eq!(again, left, "whoever held them is gone: told again, in the same words");
    let pending = |for_long| world.outbox.pending(workspace, for_long);
    assert_eq!(pending(Duration::ZERO).await.expect("answered"), 6, "held is not sent");
    assert_eq!(pending(Duration::from_secs(30)).await.expect("answered"), 6);
    assert_eq!(pending(Duration::from_secs(31)).await.expect("answered"), 0, "none waits for so long");
}
