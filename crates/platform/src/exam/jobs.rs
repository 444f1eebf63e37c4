//! The queue.

use super::{MakePlace, Sitting, claim, submission, upload};
use crate::port::{
    Actor, Backlog, DocumentOutcome, EraseCause, EraseRequest, JobPart, JobRecord, JobState, LEASE, Lease,
    MAX_LOSSES, NextJob, ObjectKind, Priority, Released, Retried, RetryPlan, Revived, Ring, Settled,
    Settlement,
};
use crate::{PlatformError, World};
use bytes::Bytes;
use smartexus_domain::{DocumentState, FailureCode, MediaType, PageRange, StageKind, WorkspaceId};
use std::collections::BTreeSet;
use std::time::Duration;
use uuid::Uuid;

const LEASE_MS: i64 = 5_000;

pub(super) fn settlement(outcome: DocumentOutcome) -> Settlement {
    Settlement {
        artifacts: Vec::new(),
        next: Vec::new(),
        fan_out: Vec::new(),
        outcome,
        media_type: None,
        timing_us: 1_500,
    }
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
        ("a", StageKind::Extract, Priority::Batch),
        ("b", StageKind::Parse, Priority::Reprocess),
        ("c", StageKind::Extract, Priority::Interactive),
        ("d", StageKind::Extract, Priority::Batch),
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
        assert_eq!(sitting.claim().await.document, expected, "by priority, then in turn");
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
        next: vec![NextJob { stage: StageKind::Parse, priority: Priority::Interactive }; 2],
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
    assert_eq!((parse.token.job, parse.stage), (next[0].job, StageKind::Parse));
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
            let rung: Vec<_> = reconciled.ring.iter().map(|ring| (ring.workspace, ring.job)).collect();
            assert_eq!(rung, [(sitting.workspace, lease.token.job)], "an abandoned one is rung for");
            let again = sitting.world.jobs.reconcile(10).await.expect("answered");
            assert_eq!(again.ring, [], "but not twice at once");
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

pub(super) async fn a_ring_that_was_lost_is_made_good(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    sitting.accept(b"x").await;
    let jobs = &sitting.world.jobs;
    assert_eq!(jobs.reconcile(10).await.expect("answered").ring, [], "a fresh ring may still be heard");
    let backlog = jobs.backlog().await.expect("answered");
    let age = Duration::from_millis(1);
    assert_eq!(backlog, Backlog { ready: 1, oldest: age, oldest_interactive: age });
    sitting.advance_ms(2_000);
    let ring = jobs.reconcile(10).await.expect("answered").ring;
    assert_eq!(ring.len(), 1, "nobody came");
    assert_eq!((ring[0].stage, ring[0].priority), (StageKind::Extract, Priority::Interactive));
    sitting.advance_ms(30_000);
    assert_eq!(jobs.reconcile(10).await.expect("answered").ring, [], "busy workers are not rung for again");
    sitting.advance_ms(30_000);
    assert_eq!(jobs.reconcile(10).await.expect("answered").ring.len(), 1, "for ever");
    let lease = sitting.claim().await;
    assert_eq!(lease.token.job, ring[0].job);
    assert_eq!(jobs.backlog().await.expect("answered"), Backlog::default());
    let again = Duration::from_secs(4);
    assert_eq!(jobs.postpone(lease.token, again).await.expect("answered"), Released::Ready);
    assert_eq!(jobs.reconcile(10).await.expect("answered").ring, [], "not due yet");
    sitting.advance_ms(6_000);
    assert_eq!(jobs.reconcile(10).await.expect("answered").ring.len(), 1, "due, and nobody came");
}

pub(super) async fn workspaces_take_turns(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let many = sitting.workspace;
    let few = WorkspaceId::from_uuid(Uuid::from_u128(2));
    let accept = async |workspace, content: String| {
        let body = upload(content.as_bytes());
        sitting.world.accept(workspace, submission(), body).await.expect("accepted");
    };
    for document in 0..30 {
        accept(many, format!("many {document}")).await;
    }
    let mut order = Vec::new();
    for _ in 0..10 {
        order.push(sitting.claim().await.token.workspace);
    }
    for document in 0..3 {
        accept(few, format!("few {document}")).await;
    }
    for _ in 0..23 {
        order.push(sitting.claim().await.token.workspace);
    }
    nothing_to_claim(&sitting.world).await;
    let at = |workspace| order.iter().enumerate().filter(move |(_, w)| **w == workspace).map(|(i, _)| i);
    assert_eq!((at(many).count(), at(few).count()), (30, 3));
    // It joins those at work, and from then on every other claim is its own.
    let last = at(few).next_back().expect("three");
    assert!(last < 10 + 3 * 2 + 1, "the few wait for one of the many each: {order:?}");
}

/// A document's whole extract stage, split into three parts.
async fn split(sitting: &Sitting) -> (Lease, Vec<Lease>) {
    sitting.accept(b"long").await;
    let whole = sitting.claim().await;
    assert_eq!(whole.part, JobPart::Whole);
    let spans =
        [(1, 16), (17, 32), (33, 40)].map(|(first, last)| PageRange::new(first, last).expect("a range"));
    let fan_out = Settlement { fan_out: spans.to_vec(), ..settlement(DocumentOutcome::Continues) };
    let settled = sitting.world.jobs.settle(whole.token, fan_out).await.expect("answered");
    let Settled::Recorded { next } = settled else { panic!("the owner's settle counts") };
    assert_eq!(next.len(), 3, "one job a part");
    let mut parts = Vec::new();
    for _ in 0..3 {
        parts.push(sitting.claim().await);
    }
    parts.sort_by_key(|lease| lease.part.pages());
    assert_eq!(parts.iter().filter_map(|lease| lease.part.pages()).collect::<Vec<_>>(), spans);
    nothing_to_claim(&sitting.world).await;
    (whole, parts)
}

pub(super) async fn parts_are_gathered_exactly_once(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (_, parts) = split(&sitting).await;
    let jobs = &sitting.world.jobs;
    let mut made = Vec::new();
    for lease in [&parts[2], &parts[0], &parts[1]] {
        assert!(made.is_empty(), "nothing is gathered while a part is out");
        let kind = ObjectKind::named(&format!("pages/{}", lease.part.pages().expect("a part").first()));
        let kind = kind.expect("a kind");
        let artifact = sitting.world.put_artifact(lease, kind, Bytes::from_static(b"[]")).await;
        let home = Settlement {
            artifacts: vec![artifact.expect("written")],
            ..settlement(DocumentOutcome::Continues)
        };
        let Settled::Recorded { next } = jobs.settle(lease.token, home.clone()).await.expect("answered")
        else {
            panic!("the owner's settle counts")
        };
        made.extend(next);
        assert_eq!(jobs.settle(lease.token, home).await.expect("answered"), Settled::FencedOut);
    }
    assert_eq!(made.len(), 1);
    let gather = sitting.claim().await;
    assert_eq!(
        (gather.part, gather.stage, gather.token.job),
        (JobPart::Gather, StageKind::Extract, made[0].job)
    );
    nothing_to_claim(&sitting.world).await;
    let onward = NextJob { stage: StageKind::Parse, priority: Priority::Interactive };
    let done = Settlement { next: vec![onward], ..settlement(DocumentOutcome::Continues) };
    jobs.settle(gather.token, done).await.expect("answered");
    assert_eq!(sitting.claim().await.stage, StageKind::Parse);
}

pub(super) async fn a_part_that_dies_leaves_a_hole(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (whole, parts) = split(&sitting).await;
    let jobs = &sitting.world.jobs;
    // One is rejected, one runs out of attempts, one comes home.
    let rejected = settlement(DocumentOutcome::Failed(FailureCode::Corrupt));
    jobs.settle(parts[0].token, rejected).await.expect("answered");
    assert_eq!(jobs.retry(parts[1].token, plan(1)).await.expect("answered"), Retried::Dead);
    assert_eq!(document(&sitting, &whole).await.state, DocumentState::Processing, "a hole is no failure");
    nothing_to_claim(&sitting.world).await;
    jobs.settle(parts[2].token, settlement(DocumentOutcome::Continues)).await.expect("answered");
    let gather = sitting.claim().await;
    assert_eq!(gather.part, JobPart::Gather);
    let listed = jobs.of_document(sitting.workspace, gather.document).await.expect("answered");
    let mut holes: Vec<_> = listed
        .iter()
        .filter(|job| job.state == JobState::Dead)
        .map(|job| (job.part.pages().expect("a part").first(), job.failure.expect("a reason")))
        .collect();
    holes.sort_by_key(|(first, _)| *first);
    assert_eq!(holes, [(1, FailureCode::Corrupt), (17, FailureCode::ReaderCrashed)]);

    // A hole is filled after all: what was made without it is made again.
    let onward = NextJob { stage: StageKind::Parse, priority: Priority::Interactive };
    let done = Settlement { next: vec![onward], ..settlement(DocumentOutcome::Continues) };
    let kind = ObjectKind::artifact(StageKind::Extract);
    let made = sitting.world.put_artifact(&gather, kind, Bytes::from_static(b"{}")).await.expect("written");
    let left = Settlement { artifacts: vec![made], ..done.clone() };
    jobs.settle(gather.token, left).await.expect("answered");
    let parse = sitting.claim().await;
    let reviewed = settlement(DocumentOutcome::Completed(DocumentState::NeedsReview));
    let kind = ObjectKind::artifact(StageKind::Parse);
    let made = sitting.world.put_artifact(&parse, kind, Bytes::from_static(b"{}")).await.expect("written");
    let left = Settlement { artifacts: vec![made], ..reviewed.clone() };
    jobs.settle(parse.token, left).await.expect("answered");
    assert_eq!(kinds(&sitting, &whole).await, ["pages", "statement"]);
    let revived =
        jobs.revive(sitting.workspace, parts[1].token.job, Actor::Operator).await.expect("answered");
    assert!(matches!(revived, Revived::Ready(_)));
    assert_eq!(kinds(&sitting, &whole).await, [""; 0], "nothing that was made without it is shown");
    let again = sitting.claim().await;
    assert_eq!((again.token.job, again.token.epoch, again.attempts), (parts[1].token.job, 2, 0));
    nothing_to_claim(&sitting.world).await;
    jobs.settle(again.token, settlement(DocumentOutcome::Continues)).await.expect("answered");
    let regather = sitting.claim().await;
    assert_eq!((regather.token.job, regather.token.epoch), (gather.token.job, 2), "no version is used twice");
    jobs.settle(regather.token, done).await.expect("answered");
    let reparse = sitting.claim().await;
    assert_eq!((reparse.token.job, reparse.token.epoch), (parse.token.job, 2));
    jobs.settle(reparse.token, reviewed).await.expect("answered");
    assert_eq!(document(&sitting, &whole).await.state, DocumentState::NeedsReview);
}

/// What the document has to show.
async fn kinds(sitting: &Sitting, lease: &Lease) -> Vec<String> {
    let found = sitting.world.documents.artifacts(sitting.workspace, lease.document).await.expect("answered");
    let artifacts = found.found().expect("is there");
    artifacts.iter().map(|artifact| artifact.object.kind.as_str().to_owned()).collect()
}

pub(super) async fn the_dead_are_listed_revived_and_dropped(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (world, workspace) = (&sitting.world, sitting.workspace);
    let mut dead = Vec::new();
    for content in [b"a", b"b"] {
        sitting.accept(content).await;
        let lease = sitting.claim().await;
        assert_eq!(world.jobs.retry(lease.token, plan(1)).await.expect("answered"), Retried::Dead);
        dead.push(lease);
    }
    let listed = world.jobs.dead(workspace, None, 10).await.expect("answered");
    let found: Vec<_> = listed.iter().map(|d| (d.job.id, d.document, d.job.failure)).collect();
    let code = Some(FailureCode::ReaderCrashed);
    assert_eq!(found, dead.iter().map(|l| (l.token.job, l.document, code)).collect::<Vec<_>>());
    let page = world.jobs.dead(workspace, Some(found[0].0), 1).await.expect("answered");
    assert_eq!(page, listed[1..]);
    let stranger = WorkspaceId::from_uuid(Uuid::from_u128(9));
    assert_eq!(world.jobs.dead(stranger, None, 10).await.expect("answered"), []);
    let foreign = world.jobs.revive(stranger, found[0].0, Actor::Operator).await.expect("answered");
    assert_eq!(foreign, Revived::NotDead);
    assert!(!world.jobs.drop_dead(stranger, found[0].0, Actor::Operator).await.expect("answered"));

    let revived = world.jobs.revive(workspace, found[0].0, Actor::Operator).await.expect("answered");
    let Revived::Ready(ring) = revived else { panic!("a dead job comes back") };
    assert_eq!((ring.job, ring.stage), (found[0].0, StageKind::Extract));
    let back = document(&sitting, &dead[0]).await;
    assert_eq!((back.state, back.failure, back.settled_at), (DocumentState::Processing, None, None));
    let lease = sitting.claim().await;
    assert_eq!((lease.token.job, lease.token.epoch, lease.attempts, lease.losses), (ring.job, 2, 0, 0));
    let stale = world.jobs.release(dead[0].token).await.expect("answered");
    assert_eq!(stale, Released::FencedOut, "the old lease stays dead");
    let twice = world.jobs.revive(workspace, found[0].0, Actor::Operator).await.expect("answered");
    assert_eq!(twice, Revived::NotDead);

    assert!(world.jobs.drop_dead(workspace, found[1].0, Actor::Operator).await.expect("answered"));
    assert!(!world.jobs.drop_dead(workspace, found[1].0, Actor::Operator).await.expect("answered"));
    assert_eq!(world.jobs.dead(workspace, None, 10).await.expect("answered"), []);
    assert_eq!(document(&sitting, &dead[1]).await.state, DocumentState::Failed, "it stays failed");
}

pub(super) async fn the_bell_wakes_and_misses_nothing(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let bell = &sitting.world.doorbell;
    let long = Duration::from_secs(60);
    let mut ear = bell.listen(&[StageKind::Extract]);
    // A ring between looking and waiting ends the wait at once.
    nothing_to_claim(&sitting.world).await;
    sitting.accept(b"x").await;
    let soon = tokio::time::timeout(Duration::from_secs(10), ear.wait(long)).await;
    assert_eq!(soon, Ok(true), "an accept rings");
    let lease = sitting.claim().await;
    ear.claimed(true).await;
    let ring = Ring {
        workspace: sitting.workspace,
        job: lease.token.job,
        stage: StageKind::Extract,
        priority: Priority::Interactive,
        trace: None,
    };
    let (woken, rung) = tokio::time::timeout(Duration::from_secs(10), async {
        tokio::join!(ear.wait(long), bell.ring(&ring))
    })
    .await
    .expect("a ring wakes a waiter");
    rung.expect("the bell takes a ring");
    assert!(woken);
    ear.claimed(false).await;
    assert!(!ear.wait(Duration::from_millis(20)).await, "patience ends without a ring");
}
