//! Documents that are made from others.

use super::documents::other_workspace;
use super::{MakePlace, Sitting, submission, upload};
use crate::port::{
    Accepted, Actor, Derivation, Document, DocumentQuery, DocumentRole, EraseCause, EraseRequest, EraseStep,
    Erasure, HoldOutcome, Lookup, ObjectName, Tombstoned,
};
use crate::{PlatformError, World};
use smartexus_domain::{DocumentId, WorkspaceId};
use std::collections::BTreeSet;

async fn made(
    world: &World,
    workspace: WorkspaceId,
    content: &[u8],
    sources: &[DocumentId],
) -> Result<Accepted, PlatformError> {
    let derivation = Derivation { role: DocumentRole::Case, sources: sources.to_vec() };
    world.accept_derived(workspace, submission(), derivation, upload(content)).await
}

async fn tombstone(world: &World, workspace: WorkspaceId, document: DocumentId) -> Tombstoned {
    let request = EraseRequest { actor: Actor::Intake, cause: EraseCause::Request, rule: None };
    world.retention.tombstone(workspace, document, &request).await.expect("answered")
}

async fn carry_out(world: &World, workspace: WorkspaceId, erasure: &Erasure) {
    let document = erasure.document;
    world.keys.destroy(workspace, document).await.expect("destroyed");
    for entry in world.blobs.list_document(workspace, document).await.expect("listed") {
        world.blobs.delete_entry(workspace, &entry).await.expect("removed");
    }
    world.retention.erase_rows(workspace, document).await.expect("erased");
    world.retention.advance(workspace, document, EraseStep::Verify).await.expect("advanced");
    assert!(world.retention.residue(workspace, document).await.expect("answered").is_clean());
    let receipt = world.retention.finish(workspace, document).await.expect("finished");
    assert_eq!(receipt.document, document);
}

pub(super) async fn what_is_made_from_a_document_goes_with_it(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (world, workspace) = (&sitting.world, sitting.workspace);
    let [march, april, other] =
        [sitting.accept(b"march").await, sitting.accept(b"april").await, sitting.accept(b"other").await];
    let case = made(world, workspace, b"both", &[march, april]).await.expect("accepted").document;
    let upon = made(world, workspace, b"made from the case", &[case]).await.expect("accepted").document;
    let aside = made(world, workspace, b"aside", &[other]).await.expect("accepted").document;

    let sources = world.documents.sources(workspace, case).await.expect("answered");
    // By id; under a clock that stands still, ids are in no order of time.
    assert_eq!(sources, Lookup::Found(BTreeSet::from([march, april]).into_iter().collect()));
    let sources = world.documents.sources(workspace, march).await.expect("answered");
    assert_eq!(sources, Lookup::Found(Vec::new()));
    let listed = async |roles: &[DocumentRole]| {
        let query = DocumentQuery { roles: roles.to_vec(), ..DocumentQuery::default() };
        let listed: Vec<Document> = world.documents.list(workspace, &query).await.expect("answered");
        listed.iter().map(|document| document.id).collect::<BTreeSet<_>>()
    };
    assert_eq!(listed(&[DocumentRole::Document]).await, BTreeSet::from([march, april, other]));
    assert_eq!(listed(&[DocumentRole::Case]).await, BTreeSet::from([case, upon, aside]));
    assert_eq!(listed(&[]).await.len(), 6);

    // A hold on what is made from it wins, however far away.
    let hold = |held| world.retention.set_hold(workspace, upon, held, Actor::Operator);
    assert_eq!(hold(true).await.expect("answered"), HoldOutcome::Changed);
    assert_eq!(tombstone(world, workspace, march).await, Tombstoned::Held);
    assert!(matches!(world.documents.document(workspace, march).await, Ok(Lookup::Found(_))));
    hold(false).await.expect("answered");

    let Tombstoned::Erasing(first) = tombstone(world, workspace, march).await else { panic!("not erasing") };
    for gone in [march, case, upon] {
        let looked = world.documents.document(workspace, gone).await.expect("answered");
        assert!(matches!(looked, Lookup::Gone(_)), "it is seen no more");
    }
    for kept in [april, other, aside] {
        let looked = world.documents.document(workspace, kept).await.expect("answered");
        assert!(matches!(looked, Lookup::Found(_)), "it stays");
    }
    // The source first: what is made from it needs nothing of it to go.
    let erasures = world.retention.erasures(workspace, 10).await.expect("answered");
    assert_eq!(erasures.len(), 3);
    carry_out(world, workspace, &first).await;
    for erasure in erasures.iter().filter(|erasure| erasure.document != march) {
        carry_out(world, workspace, erasure).await;
    }
    assert_eq!(world.retention.erasures(workspace, 10).await.expect("answered"), []);
    let source = ObjectName::source(workspace, aside);
    assert_eq!(world.read_object(&source, 100).await.expect("reads"), &b"aside"[..]);
}

pub(super) async fn nothing_is_made_from_what_is_not_there(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (world, workspace) = (&sitting.world, sitting.workspace);
    let [there, gone] = [sitting.accept(b"there").await, sitting.accept(b"gone").await];
    let stranger = other_workspace();
    world.documents.ensure_workspace(stranger).await.expect("made");
    tombstone(world, workspace, gone).await;
    let never = world.ids.document().expect("an id");
    for (whose, sources) in [
        (workspace, vec![there, gone]),
        (workspace, vec![never]),
        // Another workspace's document is like one that never was.
        (stranger, vec![there]),
    ] {
        let refused = made(world, whose, b"nothing", &sources).await;
        assert!(matches!(refused, Err(PlatformError::KeyDestroyed)), "{refused:?}");
    }
    let listed = world.documents.list(workspace, &DocumentQuery::default()).await.expect("answered");
    assert_eq!(listed.iter().map(|document| document.id).collect::<Vec<_>>(), [there]);
    assert_eq!(world.documents.list(stranger, &DocumentQuery::default()).await.expect("answered"), []);
    // The same request again is the same document, and says so.
    let once = made(world, workspace, b"twice", &[there]).await.expect("accepted");
    let twice = made(world, workspace, b"twice", &[there]).await.expect("accepted");
    assert_eq!((once.document, twice.document, twice.duplicate), (once.document, once.document, true));
}
