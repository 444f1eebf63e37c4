//! Holds, due dates, erasure.

use super::jobs::settlement;
use super::{MakePlace, Sitting, class, submission, upload};
use crate::port::{
    Actor, Anchor, DocumentOutcome, DueQuery, EraseCause, EraseRequest, EraseStep, Erasure, Gone,
    HoldOutcome, Lookup, ObjectKind, ObjectName, Receipt, Settled, Tombstoned,
};
use crate::{PlatformError, World};
use bytes::Bytes;
use smartexus_domain::{DocumentId, DocumentState, StageKind, WorkspaceId};

fn request() -> EraseRequest {
    let rule = Some("default-30d".to_owned());
    EraseRequest { actor: Actor::Sweeper, cause: EraseCause::Schedule, rule }
}

async fn tombstone(world: &World, workspace: WorkspaceId, document: DocumentId) -> Erasure {
    match world.retention.tombstone(workspace, document, &request()).await.expect("answered") {
        Tombstoned::Erasing(erasure) => erasure,
        Tombstoned::Held | Tombstoned::Erased(_) | Tombstoned::Absent => panic!("the document can be erased"),
    }
}

/// Does one step; the receipt at the end.
async fn step(world: &World, workspace: WorkspaceId, erasure: &Erasure) -> Option<Receipt> {
    let document = erasure.document;
    let next = match erasure.step {
        EraseStep::DestroyKey => {
            world.keys.destroy(workspace, document).await.expect("destroyed");
            EraseStep::DeleteObjects
        }
        EraseStep::DeleteObjects => {
            for entry in world.blobs.list_document(workspace, document).await.expect("listed") {
                world.blobs.delete_entry(workspace, &entry).await.expect("removed");
            }
            EraseStep::DeleteRows
        }
        EraseStep::DeleteRows => {
            world.retention.erase_rows(workspace, document).await.expect("erased");
            EraseStep::Verify
        }
        EraseStep::Verify => {
            return Some(world.retention.finish(workspace, document).await.expect("finished"));
        }
    };
    world.retention.advance(workspace, document, next).await.expect("advanced");
    None
}

async fn erase(world: &World, workspace: WorkspaceId, document: DocumentId) -> Receipt {
    loop {
        let erasure = tombstone(world, workspace, document).await;
        if let Some(receipt) = step(world, workspace, &erasure).await {
            return receipt;
        }
    }
}

async fn worked_on(sitting: &Sitting, content: &[u8]) -> DocumentId {
    let document = sitting.accept(content).await;
    let lease = sitting.claim().await;
    let kind = ObjectKind::artifact(StageKind::Extract);
    let artifact =
        sitting.world.put_artifact(&lease, kind, Bytes::from_static(b"pages")).await.expect("written");
    let mut settled = settlement(DocumentOutcome::Completed(DocumentState::Approved));
    settled.artifacts.push(artifact);
    sitting.world.jobs.settle(lease.token, settled).await.expect("answered");
    document
}

async fn residue_is_clean(world: &World, workspace: WorkspaceId, document: DocumentId) -> bool {
    world.retention.residue(workspace, document).await.expect("answered").is_clean()
        && !world.keys.holds(workspace, document).await.expect("answered")
        && world.blobs.list_document(workspace, document).await.expect("listed").is_empty()
}

pub(super) async fn erasure_leaves_a_receipt_and_nothing_else(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (world, workspace) = (&sitting.world, sitting.workspace);
    let (document, neighbour) = (worked_on(&sitting, b"goes").await, worked_on(&sitting, b"stays").await);
    let found =
        world.documents.document(workspace, document).await.expect("answered").found().expect("there");
    let sealed = found.metadata.0.clone();
    let entries = world.blobs.list_document(workspace, document).await.expect("listed");
    let stored = sitting.place.stored(workspace, &entries[0].path).await;
    assert!(sitting.place.contains(&sealed[..64]).await, "the search sees rows");
    assert!(!residue_is_clean(world, workspace, document).await, "the measure sees a living document");

    let early = world.retention.finish(workspace, document).await;
    assert!(matches!(early, Err(PlatformError::Inconsistent(_))), "a living document is not finished");
    let erasure = tombstone(world, workspace, document).await;
    let early = world.retention.finish(workspace, document).await;
    assert!(matches!(early, Err(PlatformError::Inconsistent(_))), "nor one with rows");
    let gone = Lookup::Gone(Gone { receipt: erasure.receipt, finished: false });
    assert_eq!(world.documents.document(workspace, document).await.expect("answered"), gone);
    sitting.advance_ms(250);
    let receipt = erase(world, workspace, document).await;
    assert!(residue_is_clean(world, workspace, document).await);
    assert_eq!(
        (receipt.id, receipt.document, receipt.cause),
        (erasure.receipt, document, EraseCause::Schedule)
    );
    assert_eq!(receipt.rule.as_deref(), Some("default-30d"));
    assert_eq!(receipt.finished_at.as_millisecond() - receipt.tombstoned_at.as_millisecond(), 250);
    assert_eq!(
        world.retention.receipt(workspace, receipt.id).await.expect("answered"),
        Some(receipt.clone())
    );
    assert_eq!(
        world.retention.finish(workspace, document).await.expect("answered"),
        receipt,
        "the same again"
    );
    let gone = Lookup::Gone(Gone { receipt: receipt.id, finished: true });
    assert_eq!(world.documents.document(workspace, document).await.expect("answered"), gone);
    let again = world.retention.tombstone(workspace, document, &request()).await.expect("answered");
    assert_eq!(again, Tombstoned::Erased(receipt.id));
    assert_eq!(world.retention.erasures(workspace, 10).await.expect("answered"), []);

    // Not only unreachable: the sealed bytes are not in the rows, nor in their log, nor among the objects.
    assert!(!sitting.place.contains(&sealed[..64]).await, "sealed metadata is overwritten");
    assert!(!sitting.place.contains(&stored[..64]).await, "the object is gone");
    let name = ObjectName::source(workspace, document);
    assert!(matches!(world.read_object(&name, 10).await, Err(PlatformError::KeyDestroyed)));
    let kept = ObjectName::source(workspace, neighbour);
    assert_eq!(
        world.read_object(&kept, 10).await.expect("the neighbour stays"),
        Bytes::from_static(b"stays")
    );
    let events = world.audit.events(workspace, 0, 100).await.expect("answered");
    assert!(events.iter().any(|e| e.detail == receipt.digest), "the chain vouches for the receipt");
    assert_eq!(world.audit.verify(workspace).await.expect("answered").flaw, None);

    let anew = world.accept(workspace, submission(), upload(b"goes")).await.expect("accepted");
    assert!(!anew.duplicate, "an erased document is forgotten");
}

pub(super) async fn erasure_resumes_at_every_step(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let workspace = sitting.workspace;
    let document = worked_on(&sitting, b"x").await;
    let started = tombstone(&sitting.world, workspace, document).await;
    let mut seen = Vec::new();
    let receipt = loop {
        // A new process each time, which learns from the database where to go on.
        let world = sitting.reopen().await;
        let [erasure] = &world.retention.erasures(workspace, 10).await.expect("answered")[..] else {
            panic!("one erasure is under way")
        };
        seen.push(erasure.step);
        // Killed after the effect and before it was noted: the step is done again.
        match erasure.step {
            EraseStep::DestroyKey => world.keys.destroy(workspace, document).await.expect("destroyed"),
            EraseStep::DeleteRows => world.retention.erase_rows(workspace, document).await.expect("erased"),
            EraseStep::DeleteObjects | EraseStep::Verify => {}
        }
        if let Some(receipt) = step(&world, workspace, erasure).await {
            break receipt;
        }
        world.retention.advance(workspace, document, EraseStep::DestroyKey).await.expect("answered");
    };
    assert_eq!(seen, EraseStep::ALL, "in order, never backwards");
    assert_eq!(receipt.id, started.receipt);
    assert!(residue_is_clean(&sitting.world, workspace, document).await);
}

pub(super) async fn a_hold_wins(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (world, workspace) = (&sitting.world, sitting.workspace);
    let document = worked_on(&sitting, b"x").await;
    let hold = |held| world.retention.set_hold(workspace, document, held, Actor::Operator);
    assert_eq!(hold(false).await.expect("answered"), HoldOutcome::Unchanged);
    assert_eq!(hold(true).await.expect("answered"), HoldOutcome::Changed);
    assert_eq!(hold(true).await.expect("answered"), HoldOutcome::Unchanged);
    for cause in [EraseCause::Schedule, EraseCause::Request] {
        let request = EraseRequest { cause, ..request() };
        let answer = world.retention.tombstone(workspace, document, &request).await.expect("answered");
        assert_eq!(answer, Tombstoned::Held, "whoever asks");
    }
    world.retention.erase_rows(workspace, document).await.expect("answered");
    let found = world.documents.document(workspace, document).await.expect("answered").found();
    assert!(found.is_some_and(|d| d.held), "without a tombstone no row is erased");
    assert_eq!(hold(false).await.expect("answered"), HoldOutcome::Changed);
    erase(world, workspace, document).await;
    assert_eq!(hold(true).await.expect("answered"), HoldOutcome::Gone);
    let unknown = world.ids.document().expect("an id");
    let answer = world.retention.set_hold(workspace, unknown, true, Actor::Operator).await.expect("answered");
    assert_eq!(answer, HoldOutcome::Absent);

    // Raced: whoever is first wins, and a held document is never tombstoned.
    let other = sitting.reopen().await;
    for i in 0..20_u8 {
        let raced = sitting.accept(&[i, 9]).await;
        let asked = request();
        let (held, tombstoned) = tokio::join!(
            world.retention.set_hold(workspace, raced, true, Actor::Operator),
            other.retention.tombstone(workspace, raced, &asked),
        );
        match (held.expect("answered"), tombstoned.expect("answered")) {
            (HoldOutcome::Changed, Tombstoned::Held) | (HoldOutcome::Gone, Tombstoned::Erasing(_)) => {}
            (hold, tombstone) => panic!("both won: {hold:?}, {tombstone:?}"),
        }
    }
}

pub(super) async fn a_tombstone_stops_work(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (world, workspace) = (&sitting.world, sitting.workspace);
    let waiting = sitting.accept(b"waits").await;
    let working = sitting.accept(b"works").await;
    tombstone(world, workspace, waiting).await;
    let lease = sitting.claim().await;
    assert_eq!(lease.document, working, "a tombstoned document's job is not handed out");
    tombstone(world, workspace, working).await;
    assert_eq!(world.jobs.heartbeat(&[lease.token]).await.expect("answered"), [lease.token]);
    let done = settlement(DocumentOutcome::Completed(DocumentState::Approved));
    assert_eq!(world.jobs.settle(lease.token, done).await.expect("answered"), Settled::FencedOut);
    sitting.advance_ms(60_000);
    assert_eq!(world.jobs.claim(&[]).await.expect("answered"), None);
    assert_eq!(world.jobs.reconcile(10).await.expect("answered"), crate::port::Reconciled::default());
    let listed = world.documents.list(workspace, &crate::port::DocumentQuery::default()).await;
    assert_eq!(listed.expect("answered"), [], "nobody sees it");
}

pub(super) async fn due_dates_follow_their_anchor(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (world, workspace) = (&sitting.world, sitting.workspace);
    let received = world.clock.now();
    let document = sitting.accept(b"x").await;
    let query = |anchor, cutoff| DueQuery { class: class(), anchor, cutoff, after: None, limit: 10 };
    let due =
        |query: DueQuery| async move { world.retention.due(workspace, &query).await.expect("answered") };
    sitting.advance_ms(999);
    assert_eq!(due(query(Anchor::Settled, world.clock.now())).await, [], "a document at work is not due");
    let lease = sitting.claim().await;
    let settled_at = world.clock.now();
    world
        .jobs
        .settle(lease.token, settlement(DocumentOutcome::Completed(DocumentState::Approved)))
        .await
        .expect("ok");
    let before =
        |at: jiff::Timestamp| jiff::Timestamp::from_millisecond(at.as_millisecond() - 1).expect("valid");
    for (anchor, at) in [(Anchor::Received, received), (Anchor::Settled, settled_at)] {
        assert_eq!(due(query(anchor, before(at))).await, [], "not a millisecond early");
        let found = due(query(anchor, at)).await;
        assert_eq!(
            found.iter().map(|d| (d.document, d.anchored_at, d.held)).collect::<Vec<_>>(),
            [(document, at, false)]
        );
    }
    let other = DueQuery {
        class: smartexus_domain::RetentionClass::try_from("other".to_owned()).expect("valid"),
        ..query(Anchor::Received, world.clock.now())
    };
    assert_eq!(due(other).await, [], "another class");
    let next_page = DueQuery { after: Some(document), ..query(Anchor::Received, world.clock.now()) };
    assert_eq!(due(next_page).await, []);
    world.retention.set_hold(workspace, document, true, Actor::Operator).await.expect("answered");
    assert!(due(query(Anchor::Received, world.clock.now())).await[0].held, "a plan can say why it stays");
    world.retention.set_hold(workspace, document, false, Actor::Operator).await.expect("answered");
    tombstone(world, workspace, document).await;
    assert_eq!(due(query(Anchor::Received, world.clock.now())).await, []);
}
