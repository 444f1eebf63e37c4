//! The queue.

use super::{MakePlace, Sitting, claim, submission, upload};
use crate::port::{
    Actor, DocumentOutcome, EraseCause, EraseRequest, JobRecord, JobState, LEASE, Lease, MAX_LOSSES, NextJob,
    ObjectKind, Released, Retried, RetryPlan, Settled, Settlement,
};
use crate::{PlatformError, World};
use bytes::Bytes;
use smartexus_domain::{DocumentState, FailureCode, MediaType, StageKind};
use std::collections::BTreeSet;
use std::time::Duration;

const LEASE_MS: i64 = 5_000;

pub(super) fn settlement(outcome: DocumentOutcome) -> Settlement {
    Settlement { artifacts: Vec::new(), next: Vec::new(), outcome, media_type: None, timing_us: 1_500 }
}

fn plan(max_attempts: u32) -> RetryPlan {
    let delay = Duration::from_secs(2);
    RetryPlan { delay, max_attempts, failure: FailureCode::ReaderCrashed, timing_us: 10 }
}

async fn job(sitting: &Sitting, lease: &Lease) -> JobRecord {
    let jobs = sitting.world.jobs.of_document(sitting.workspace, lease.document).await.expect("answered");
    jobs.into_iter().find(|j| j.id == lease.token.job).expect("the job is listed")
}

async fn nothing_to_claim(world: &World) {
    assert_eq!(world.jobs.claim(&[]).await.expect("answered"), None);
}

async fn document(sitting: &Sitting, lease: &Lease) -> crate::port::Document {
    let found = sitting.world.documents.document(sitting.workspace, lease.document).await.expect("answered");
    found.found().expect("the document is there")
}

pub(super) async fn one_job_has_one_owner(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    assert_eq!(Duration::from_millis(LEASE_MS.unsigned_abs()), LEASE);
    for i in 0..20_u8 {
        sitting.accept(&[i]).await;
    }
    let second_process = sitting.reopen().await;
    let claimers = (0..40).map(|i| {
        let world = if i % 2 == 0 { sitting.world.clone() } else { second_process.clone() };
        async move { world.jobs.claim(&[]).await.expect("answered") }
    });
    let leases: Vec<Lease> = futures::future::join_all(claimers).await.into_iter().flatten().collect();
    let jobs: BTreeSet<_> = leases.iter().map(|l| l.token.job).collect();
    assert_eq!((leases.len(), jobs.len()), (20, 20), "every job once, none twice");
    assert!(leases.iter().all(|l| l.token.epoch == 1 && l.losses == 0 && l.attempts == 0));
    nothing_to_claim(&sitting.world).await;
    let state = document(&sitting, &leases[0]).await.state;
    assert_eq!(state, DocumentState::Processing);
}

pub(super) async fn claims_follow_priority_and_stage(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let mut order = Vec::new();
    for (content, stage, priority) in [
        ("a", StageKind::Extract, 5),
        ("b", StageKind::Parse, 0),
        ("c", StageKind::Extract, -1),
        ("d", StageKind::Extract, 5),
    ] {
        let mut submitted = submission();
        submitted.first = NextJob { stage, priority };
        let accepted = sitting.world.accept(sitting.workspace, submitted, upload(content.as_bytes())).await;
        order.push(accepted.expect("accepted").document);
        sitting.advance_ms(1);
    }
    let jobs = &sitting.world.jobs;
    assert_eq!(jobs.claim(&[StageKind::Report]).await.expect("answered"), None);
    let parse = jobs.claim(&[StageKind::Report, StageKind::Parse]).await.expect("answered").expect("a job");
    assert_eq!(parse.document, order[1], "only the stages that were asked for");
    for expected in [order[2], order[0], order[3]] {
        assert_eq!(sitting.claim().await.document, expected, "by priority, then by due time");
    }
}

pub(super) async fn a_stale_epoch_changes_nothing(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    sitting.accept(b"x").await;
    let zombie = sitting.claim().await;
    sitting.advance_ms(LEASE_MS - 1);
    nothing_to_claim(&sitting.world).await;
    sitting.advance_ms(1);
    let owner = sitting.claim().await;
    assert_eq!((owner.token.job, owner.token.epoch, owner.losses), (zombie.token.job, 2, 1));
    assert_ne!(owner.object_version(), zombie.object_version(), "no two leases share an object name");
    let before = job(&sitting, &owner).await;
    let jobs = &sitting.world.jobs;
    let done = settlement(DocumentOutcome::Completed(DocumentState::Approved));
    assert_eq!(jobs.settle(zombie.token, done.clone()).await.expect("answered"), Settled::FencedOut);
    assert_eq!(jobs.retry(zombie.token, plan(1)).await.expect("answered"), Retried::FencedOut);
    assert_eq!(jobs.release(zombie.token).await.expect("answered"), Released::FencedOut);
    let postponed = jobs.postpone(zombie.token, Duration::from_secs(9)).await.expect("answered");
    assert_eq!(postponed, Released::FencedOut);
    assert_eq!(jobs.heartbeat(&[zombie.token]).await.expect("answered"), [zombie.token]);
    assert_eq!(job(&sitting, &owner).await, before, "nothing of it was written");
    assert_eq!(document(&sitting, &owner).await.state, DocumentState::Processing);
    let recorded = jobs.settle(owner.token, done).await.expect("answered");
    assert_eq!(recorded, Settled::Recorded { next: Vec::new() });
}

pub(super) async fn a_settle_counts_once(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    sitting.accept(b"x").await;
    let lease = sitting.claim().await;
    let (world, workspace) = (&sitting.world, sitting.workspace);
    let pages = ObjectKind::artifact(StageKind::Extract);
    let content = Bytes::from_static(b"{\"pages\":[]}");
    let artifact = world.put_artifact(&lease, pages.clone(), content.clone()).await.expect("written");
    let before = world.documents.artifacts(workspace, lease.document).await.expect("answered");
    assert_eq!(before.found(), Some(Vec::new()), "what is not settled does not count");
    let settlement = Settlement {
        artifacts: vec![artifact.clone()],
        next: vec![NextJob { stage: StageKind::Parse, priority: 0 }; 2],
        media_type: Some(MediaType::Csv),
        ..settlement(DocumentOutcome::Continues)
    };
    let first = world.jobs.settle(lease.token, settlement.clone()).await.expect("answered");
    let Settled::Recorded { next } = first else { panic!("the owner's settle counts") };
    assert_eq!(next.len(), 1, "a stage is made once");
    let again = world.jobs.settle(lease.token, settlement).await.expect("answered");
    assert_eq!(again, Settled::FencedOut, "a second settle does not");
    let kept = world.documents.artifact(workspace, lease.document, &pages).await.expect("answered");
    let kept = kept.found().flatten().expect("the artifact is referenced");
    assert_eq!(kept, artifact);
    assert_eq!(world.read_object(&kept.object, 1_000).await.expect("readable"), content);
    let settled = job(&sitting, &lease).await;
    assert_eq!((settled.state, settled.attempts, settled.timing_us), (JobState::Done, 1, Some(1_500)));
    let document = document(&sitting, &lease).await;
    assert_eq!((document.state, document.media_type), (DocumentState::Processing, MediaType::Csv));

    let parse = sitting.claim().await;
    assert_eq!((parse.token.job, parse.stage), (next[0], StageKind::Parse));
    let failed = super::jobs::settlement(DocumentOutcome::Failed(FailureCode::NothingReadable));
    world.jobs.settle(parse.token, failed).await.expect("answered");
    let document = super::jobs::document(&sitting, &lease).await;
    assert_eq!(
        (document.state, document.failure),
        (DocumentState::Failed, Some(FailureCode::NothingReadable))
    );
    assert_eq!(document.settled_at, Some(world.clock.now()));
    assert_eq!(job(&sitting, &parse).await.attempts, 1, "a rejection counts as an attempt");
    nothing_to_claim(world).await;
}

pub(super) async fn a_settle_refuses_foreign_artifacts(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    sitting.accept(b"x").await;
    sitting.accept(b"y").await;
    let (first, second) = (sitting.claim().await, sitting.claim().await);
    let kind = ObjectKind::artifact(StageKind::Extract);
    let foreign = sitting.world.put_artifact(&second, kind, Bytes::new()).await.expect("written");
    let before = job(&sitting, &first).await;
    let wrong = Settlement { artifacts: vec![foreign], ..settlement(DocumentOutcome::Continues) };
    let answer = sitting.world.jobs.settle(first.token, wrong).await;
    assert!(matches!(answer, Err(PlatformError::Inconsistent(_))), "another document's artifact");
    let open = settlement(DocumentOutcome::Completed(DocumentState::Queued));
    let answer = sitting.world.jobs.settle(first.token, open).await;
    assert!(matches!(answer, Err(PlatformError::Inconsistent(_))), "an open state completes nothing");
    assert_eq!(job(&sitting, &first).await, before, "a refused settle leaves nothing behind");
}

pub(super) async fn heartbeats_keep_leases_and_name_the_lost(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    sitting.accept(b"x").await;
    sitting.accept(b"y").await;
    let (kept, lost) = (sitting.claim().await, sitting.claim().await);
    for _ in 0..4 {
        sitting.advance_ms(LEASE_MS - 1_000);
        assert_eq!(sitting.world.jobs.heartbeat(&[kept.token]).await.expect("answered"), []);
    }
    let taken = sitting.claim().await;
    assert_eq!(taken.token.job, lost.token.job, "only the silent one is taken over");
    nothing_to_claim(&sitting.world).await;
    let both = [kept.token, lost.token];
    assert_eq!(sitting.world.jobs.heartbeat(&both).await.expect("answered"), [lost.token]);
    assert_eq!(sitting.world.jobs.heartbeat(&[]).await.expect("answered"), []);
}

pub(super) async fn retries_are_counted_to_the_last(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    sitting.accept(b"x").await;
    for attempt in 1..=2 {
        let lease = sitting.claim().await;
        assert_eq!((lease.attempts, lease.losses), (attempt - 1, 0));
        let answer = sitting.world.jobs.retry(lease.token, plan(3)).await.expect("answered");
        let Retried::Waits { due_at } = answer else { panic!("attempt {attempt} of 3 is not the last") };
        assert_eq!(due_at.as_millisecond(), sitting.world.clock.now().as_millisecond() + 2_000);
        nothing_to_claim(&sitting.world).await;
        sitting.advance_ms(1_999);
        nothing_to_claim(&sitting.world).await;
        sitting.advance_ms(1);
    }
    let last = sitting.claim().await;
    assert_eq!(sitting.world.jobs.retry(last.token, plan(3)).await.expect("answered"), Retried::Dead);
    let (job, document) = (job(&sitting, &last).await, document(&sitting, &last).await);
    assert_eq!((job.state, job.attempts), (JobState::Dead, 3));
    assert_eq!((document.state, document.failure), (DocumentState::Failed, Some(FailureCode::ReaderCrashed)));
    sitting.advance_ms(1_000_000);
    nothing_to_claim(&sitting.world).await;
}

pub(super) async fn the_worlds_fault_is_not_counted(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    sitting.accept(b"x").await;
    for epoch in 1..=20 {
        let lease = sitting.claim().await;
        assert_eq!((lease.token.epoch, lease.attempts, lease.losses), (epoch, 0, 0));
        if epoch % 2 == 0 {
            assert_eq!(sitting.world.jobs.release(lease.token).await.expect("answered"), Released::Ready);
            continue;
        }
        let delay = Duration::from_secs(3);
        let given = sitting.world.jobs.postpone(lease.token, delay).await.expect("answered");
        assert_eq!(given, Released::Ready);
        sitting.advance_ms(2_999);
        nothing_to_claim(&sitting.world).await;
        sitting.advance_ms(1);
    }
}

pub(super) async fn losses_are_counted_to_the_last(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    sitting.accept(b"x").await;
    for losses in 0..MAX_LOSSES {
        let lease = sitting.claim().await;
        assert_eq!((lease.losses, lease.attempts), (losses, 0));
        let reconciled = sitting.world.jobs.reconcile(10).await.expect("answered");
        assert_eq!((reconciled.ring.len(), reconciled.lost.len()), (0, 0), "a living lease is left alone");
        sitting.advance_ms(LEASE_MS);
        if losses + 1 < MAX_LOSSES {
            let reconciled = sitting.world.jobs.reconcile(10).await.expect("answered");
            assert_eq!(
                reconciled.ring,
                [(sitting.workspace, lease.token.job)],
                "an abandoned one is rung for"
            );
            assert_eq!(reconciled.lost, []);
            continue;
        }
        nothing_to_claim(&sitting.world).await;
        let reconciled = sitting.world.jobs.reconcile(10).await.expect("answered");
        assert_eq!(reconciled.lost, [(sitting.workspace, lease.token.job)]);
        assert_eq!(reconciled.ring, []);
        let again = sitting.world.jobs.reconcile(10).await.expect("answered");
        assert_eq!(again, crate::port::Reconciled::default(), "once is enough");
        let (job, document) = (job(&sitting, &lease).await, document(&sitting, &lease).await);
        assert_eq!((job.state, job.attempts, job.losses), (JobState::Dead, 0, MAX_LOSSES));
        assert_eq!(document.failure, Some(FailureCode::WorkerLost));
    }
}

pub(super) async fn a_leased_job_outlives_a_crash(make: MakePlace<'_>) {
    let mut sitting = Sitting::begin(make).await;
    sitting.accept(b"x").await;
    let lease = sitting.claim().await;
    // The process is gone; a new one opens what is there.
    sitting.world = sitting.reopen().await;
    nothing_to_claim(&sitting.world).await;
    sitting.advance_ms(LEASE_MS);
    let taken = claim(&sitting.world).await;
    assert_eq!((taken.token.job, taken.token.epoch, taken.losses), (lease.token.job, 2, 1));
    let done = settlement(DocumentOutcome::Completed(DocumentState::NeedsReview));
    sitting.world.jobs.settle(taken.token, done).await.expect("answered");
    sitting.world = sitting.reopen().await;
    assert_eq!(document(&sitting, &lease).await.state, DocumentState::NeedsReview);
    let erase = EraseRequest { actor: Actor::Operator, cause: EraseCause::Request, rule: None };
    sitting.world.retention.tombstone(sitting.workspace, lease.document, &erase).await.expect("answered");
    sitting.world = sitting.reopen().await;
    let under_way = sitting.world.retention.erasures(sitting.workspace, 10).await.expect("answered");
    assert_eq!(under_way.len(), 1);
}

pub(super) async fn the_bell_wakes_and_misses_nothing(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let bell = &sitting.world.doorbell;
    let long = Duration::from_secs(60);
    // A ring between looking and waiting ends the wait at once.
    let heard = bell.rings();
    sitting.accept(b"x").await;
    let soon = tokio::time::timeout(Duration::from_secs(10), bell.wait(heard, long)).await;
    let heard = soon.expect("an accept rings");
    let waiting = bell.wait(heard, long);
    let lease = sitting.claim().await;
    let ringing = bell.ring(sitting.workspace, lease.token.job);
    let both = tokio::time::timeout(Duration::from_secs(10), async { tokio::join!(waiting, ringing) }).await;
    let (heard, rung) = both.expect("a ring wakes a waiter");
    rung.expect("the bell takes a ring");
    let silent = bell.wait(heard, Duration::from_millis(20)).await;
    assert_eq!(silent, heard, "patience ends without a ring");
}
