//! Accepting and looking.

use super::{MakePlace, Sitting, submission, upload};
use crate::port::{
    Accepted, Derivation, DocumentQuery, Lookup, NewDocument, ObjectKind, ObjectName, SealedMetadata,
};
use crate::{PlatformError, Secret};
use bytes::Bytes;
use futures::StreamExt as _;
use smartexus_domain::{DocumentId, DocumentState, JobId, WorkspaceId};
use std::collections::BTreeSet;
use uuid::Uuid;

pub(super) fn other_workspace() -> WorkspaceId {
    WorkspaceId::from_uuid(Uuid::from_u128(2))
}

pub(super) async fn accept_keeps_what_it_took(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let mut submitted = submission();
    submitted.password = Some(Secret::new("open sesame".to_owned()));
    let Accepted { document, job, duplicate } =
        sitting.world.accept(sitting.workspace, submitted, upload(b"content")).await.expect("accepted");
    assert!(job.is_some() && !duplicate);
    // A second process sees it at once: the answer came after the commit.
    let world = sitting.reopen().await;
    let found = world.documents.document(sitting.workspace, document).await.expect("answered");
    let found = found.found().expect("the document is there");
    assert_eq!(found.state, DocumentState::Queued);
    assert_eq!((found.bytes, found.held, found.settled_at), (7, false, None));
    let metadata = world.metadata(&found).await.expect("metadata opens");
    assert_eq!(metadata.file_name.as_deref(), Some("Orinoco Trading March.pdf"));
    assert_eq!(metadata.password.as_ref().map(Secret::expose), Some("open sesame"));
    let source = ObjectName::source(sitting.workspace, document);
    assert_eq!(world.read_object(&source, 100).await.expect("readable"), Bytes::from_static(b"content"));
    let jobs = world.jobs.of_document(sitting.workspace, document).await.expect("answered");
    assert_eq!(jobs.iter().map(|j| j.id).collect::<Vec<JobId>>(), Vec::from_iter(job.map(|ring| ring.job)));
    let intents =
        world.retention.stale_intents(sitting.workspace, world.clock.now(), 10).await.expect("answered");
    assert_eq!(intents, [], "the intent is used up");
}

pub(super) async fn equal_submissions_are_one_document(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let first = sitting.accept(b"same").await;
    let world = &sitting.world;
    let again = world.accept(sitting.workspace, submission(), upload(b"same")).await.expect("accepted");
    assert_eq!(again, Accepted { document: first, job: None, duplicate: true });
    let mut entries = world.blobs.list(sitting.workspace).await;
    let mut seen = 0;
    while let Some(entry) = entries.next().await {
        assert_eq!(entry.expect("listed").name.expect("a name of ours").document, first);
        seen += 1;
    }
    assert_eq!(seen, 1, "the second copy is removed");

    let mut instructions = vec![submission(), submission(), submission()];
    instructions[0].pipeline.version = "2".to_owned();
    instructions[1].pipeline.name = "card-statement".to_owned();
    instructions[2].password = Some(Secret::new("x".to_owned()));
    for other in instructions {
        let accepted = world.accept(sitting.workspace, other, upload(b"same")).await.expect("accepted");
        assert!(!accepted.duplicate, "another instruction is another document");
    }
    let elsewhere = world.accept(other_workspace(), submission(), upload(b"same")).await.expect("accepted");
    assert!(!elsewhere.duplicate, "another workspace is another document");
}

pub(super) async fn racing_equal_submissions_are_one_document(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let second_process = sitting.reopen().await;
    let racers = (0..8).map(|i| {
        let world = if i % 2 == 0 { sitting.world.clone() } else { second_process.clone() };
        async move { world.accept(sitting.workspace, submission(), upload(b"raced")).await.expect("accepted") }
    });
    let accepted = futures::future::join_all(racers).await;
    let ids: BTreeSet<DocumentId> = accepted.iter().map(|a| a.document).collect();
    assert_eq!(ids.len(), 1, "one document");
    assert_eq!(accepted.iter().filter(|a| !a.duplicate).count(), 1, "one first");
    let listed = sitting.world.documents.list(sitting.workspace, &DocumentQuery::default()).await;
    assert_eq!(listed.expect("answered").len(), 1);
}

pub(super) async fn a_broken_upload_leaves_nothing(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let world = &sitting.world;
    let pieces = vec![Ok(Bytes::from(vec![1; 9_000_000])), Err(std::io::ErrorKind::ConnectionReset.into())];
    let body = futures::stream::iter(pieces).boxed();
    let broken = world.accept(sitting.workspace, submission(), body).await;
    assert!(matches!(broken, Err(PlatformError::Upload { .. })), "the break is reported");

    let mut small = submission();
    small.limit_bytes = 100;
    let large = world.accept(sitting.workspace, small, upload(&[0; 101])).await;
    assert!(matches!(large, Err(PlatformError::TooLarge { limit_bytes: 100 })), "just above the limit");
    assert_eq!(world.blobs.list(sitting.workspace).await.count().await, 0, "no object remains");
    let listed = world.documents.list(sitting.workspace, &DocumentQuery::default()).await.expect("answered");
    assert_eq!(listed, [], "no row remains");
    let now = world.clock.now();
    let intents = world.retention.stale_intents(sitting.workspace, now, 10).await.expect("answered");
    assert_eq!(intents, [], "no intent remains");

    let mut exact = submission();
    exact.limit_bytes = 100;
    world.accept(sitting.workspace, exact, upload(&[0; 100])).await.expect("just at the limit");
}

pub(super) async fn an_intent_outlives_a_crash(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let document = sitting.world.ids.document().expect("an id");
    let name = ObjectName::source(sitting.workspace, document);
    sitting.world.documents.reserve_intent(sitting.workspace, document).await.expect("reserved");
    sitting.world.keys.create(sitting.workspace, document).await.expect("a key");
    sitting.world.blobs.put(&name, upload(b"half way"), 100).await.expect("written");
    // Here the process dies; another one sweeps.
    let world = sitting.reopen().await;
    sitting.advance_ms(1_000);
    let ours = [name.clone()];
    let orphans = world.retention.orphans(sitting.workspace, &ours).await.expect("answered");
    assert_eq!(orphans, [], "an object under an intent is no orphan");
    let before =
        jiff::Timestamp::from_millisecond(world.clock.now().as_millisecond() - 1_001).expect("valid");
    let early = world.retention.stale_intents(sitting.workspace, before, 10).await.expect("answered");
    assert_eq!(early, [], "not stale yet");
    let stale =
        world.retention.stale_intents(sitting.workspace, world.clock.now(), 10).await.expect("answered");
    assert_eq!(stale.iter().map(|i| i.document).collect::<Vec<_>>(), [document]);
    assert!(world.retention.close_intent(sitting.workspace, document).await.expect("answered"));
    world.blobs.delete(&name).await.expect("deleted");
    world.blobs.delete(&name).await.expect("deleting twice is fine");
    world.keys.destroy(sitting.workspace, document).await.expect("destroyed");
    world.retention.drop_intent(sitting.workspace, document).await.expect("dropped");
    world.retention.drop_intent(sitting.workspace, document).await.expect("dropping twice is fine");
    let orphans = world.retention.orphans(sitting.workspace, &ours).await.expect("answered");
    assert_eq!(orphans, ours, "without an intent it would be an orphan");
}

pub(super) async fn a_closed_intent_cannot_commit(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (world, workspace) = (&sitting.world, sitting.workspace);
    let document = world.ids.document().expect("an id");
    world.documents.reserve_intent(workspace, document).await.expect("reserved");
    let new = NewDocument {
        document,
        actor: submission().actor,
        pipeline: submission().pipeline,
        retention: submission().retention,
        media_type: submission().media_type,
        bytes: 1,
        fingerprint: world.keys.fingerprint(workspace, &[b"x"]).await.expect("a fingerprint"),
        metadata: SealedMetadata(vec![0]),
        derivation: Derivation::default(),
        first: submission().first,
        trace: None,
    };
    assert!(world.retention.close_intent(workspace, document).await.expect("answered"));
    let late = world.documents.commit(workspace, new.clone()).await;
    assert!(matches!(late, Err(PlatformError::Upload { .. })), "a swept upload cannot be committed");
    let absent = world.documents.document(workspace, document).await.expect("answered");
    assert_eq!(absent, Lookup::Absent);

    // And the other way round: a commit whose answer was lost gives the same answer again.
    let mut second = new;
    second.document = world.ids.document().expect("an id");
    world.documents.reserve_intent(workspace, second.document).await.expect("reserved");
    let once = world.documents.commit(workspace, second.clone()).await.expect("committed");
    let twice = world.documents.commit(workspace, second.clone()).await.expect("committed");
    assert_eq!(once, twice);
    assert!(!world.retention.close_intent(workspace, second.document).await.expect("answered"));
}

pub(super) async fn workspaces_do_not_see_each_other(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let document = sitting.accept(b"mine").await;
    let (world, stranger) = (&sitting.world, other_workspace());
    world.documents.ensure_workspace(stranger).await.expect("made");
    let unknown = world.ids.document().expect("an id");
    for id in [document, unknown] {
        let looked = world.documents.document(stranger, id).await.expect("answered");
        assert_eq!(looked, Lookup::Absent, "a foreign document is like one that never was");
        assert_eq!(world.documents.artifacts(stranger, id).await.expect("answered"), Lookup::Absent);
        let source = ObjectKind::source();
        assert_eq!(world.documents.artifact(stranger, id, &source).await.expect("answered"), Lookup::Absent);
        assert_eq!(world.jobs.of_document(stranger, id).await.expect("answered"), []);
        let source = ObjectName::source(stranger, id);
        let read = world.read_object(&source, 100).await;
        assert!(matches!(read, Err(PlatformError::KeyDestroyed)), "no key in a foreign workspace");
        assert!(!world.keys.holds(stranger, id).await.expect("answered"));
    }
    let listed = world.documents.list(stranger, &DocumentQuery::default()).await.expect("answered");
    assert_eq!(listed, []);
    assert_eq!(world.outbox.unsent(stranger, 10).await.expect("answered"), []);
    assert_eq!(world.blobs.list(stranger).await.count().await, 0);

    // What a stranger does to its id does nothing to it.
    world.keys.destroy(stranger, document).await.expect("answered");
    world.retention.erase_rows(stranger, document).await.expect("answered");
    world.retention.drop_intent(stranger, document).await.expect("answered");
    let source = ObjectName::source(sitting.workspace, document);
    assert_eq!(world.read_object(&source, 100).await.expect("still readable"), Bytes::from_static(b"mine"));
    let lease = sitting.claim().await;
    let mut forged = lease.token;
    forged.workspace = stranger;
    assert_eq!(world.jobs.heartbeat(&[forged]).await.expect("answered"), [forged]);
    let released = world.jobs.release(forged).await.expect("answered");
    assert_eq!(released, crate::port::Released::FencedOut, "a foreign token owns nothing");
    let equal = |w| async move { world.keys.fingerprint(w, &[b"x"]).await.expect("a fingerprint") };
    assert_ne!(equal(stranger).await, equal(sitting.workspace).await, "fingerprints are keyed by workspace");
}

pub(super) async fn listing_pages_without_gap_or_repeat(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let mut accepted = Vec::new();
    for i in 0..7_u8 {
        accepted.push(sitting.accept(&[i]).await);
    }
    accepted.reverse();
    let mut listed = Vec::new();
    let mut query = DocumentQuery { limit: 3, ..DocumentQuery::default() };
    loop {
        let page = sitting.world.documents.list(sitting.workspace, &query).await.expect("answered");
        assert!(page.len() <= 3);
        let Some(last) = page.last() else { break };
        query.before = Some(last.id);
        listed.extend(page.iter().map(|d| d.id));
    }
    assert_eq!(listed, accepted, "newest first");
    let lease = sitting.claim().await;
    let states = vec![DocumentState::Processing];
    let query = DocumentQuery { states, ..DocumentQuery::default() };
    let working = sitting.world.documents.list(sitting.workspace, &query).await.expect("answered");
    assert_eq!(working.iter().map(|d| d.id).collect::<Vec<_>>(), [lease.document]);
}
