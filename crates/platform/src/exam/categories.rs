//! Rules and corrections: order, versions, records, sealing, walls, erasure.

use super::{MakePlace, Sitting};
use crate::World;
use crate::port::{Actor, AuditAction, CategoryVersions, Edited, EraseCause, EraseRequest};
use smartexus_domain::{DocumentId, WorkspaceId};
use uuid::Uuid;

const ACTOR: Actor = Actor::Operator;

async fn add(sitting: &Sitting, expected: u64, content: &[u8], at: Option<u32>) -> Edited {
    let book = sitting.world.category_book(sitting.workspace);
    book.add_rule(expected, content, (None, at), ACTOR).await.expect("answered")
}

async fn listed(world: &World, workspace: WorkspaceId) -> (u64, Vec<Vec<u8>>) {
    let kept = world.category_book(workspace).rules().await.expect("answered");
    (kept.version, kept.rules.into_iter().map(|rule| rule.content).collect())
}

/// Number, whether it is taken back, and content, of each correction.
async fn corrected(world: &World, workspace: WorkspaceId) -> Vec<(u64, bool, Vec<u8>)> {
    let kept = world.category_book(workspace).corrections().await.expect("answered");
    kept.corrections.into_iter().map(|kept| (kept.number, kept.undone, kept.content)).collect()
}

async fn erase(world: &World, workspace: WorkspaceId, document: DocumentId) {
    let request = EraseRequest { actor: ACTOR, cause: EraseCause::Request, rule: None };
    world.retention.tombstone(workspace, document, &request).await.expect("answered");
    world.keys.destroy(workspace, document).await.expect("destroyed");
    for entry in world.blobs.list_document(workspace, document).await.expect("listed") {
        world.blobs.delete_entry(workspace, &entry).await.expect("removed");
    }
    world.retention.erase_rows(workspace, document).await.expect("erased");
}

pub(super) async fn rules_keep_their_order_and_count_their_changes(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (world, workspace) = (&sitting.world, sitting.workspace);
    assert_eq!(listed(world, workspace).await, (0, vec![]), "nothing was ever kept");
    assert_eq!(add(&sitting, 0, b"first", None).await, Edited::Done(1));
    assert_eq!(add(&sitting, 0, b"late", None).await, Edited::Stale(1), "somebody was faster");
    assert_eq!(add(&sitting, 1, b"second", None).await, Edited::Done(2));
    assert_eq!(add(&sitting, 2, b"before all", Some(0)).await, Edited::Done(3));
    let all = [b"before all".to_vec(), b"first".to_vec(), b"second".to_vec()];
    assert_eq!(listed(world, workspace).await, (3, all.to_vec()));
    let book = world.category_book(workspace);
    let order = |expected, numbers: &[u64]| book.order_rules(expected, numbers.to_vec(), ACTOR);
    for wrong in [&[1, 2][..], &[1, 2, 2], &[1, 2, 3, 4], &[1, 2, 4]] {
        assert_eq!(order(3, wrong).await.expect("answered"), Edited::Absent, "each of them once");
    }
    assert_eq!(order(2, &[1, 2, 3]).await.expect("answered"), Edited::Stale(3));
    assert_eq!(order(3, &[2, 3, 1]).await.expect("answered"), Edited::Done(4));
    assert_eq!(book.remove_rule(4, 3, ACTOR).await.expect("answered"), Edited::Done(5));
    assert_eq!(book.remove_rule(5, 3, ACTOR).await.expect("answered"), Edited::Absent, "gone already");
    assert_eq!(book.remove_rule(4, 1, ACTOR).await.expect("answered"), Edited::Stale(5));
    assert_eq!(add(&sitting, 5, b"middle", Some(1)).await, Edited::Done(6), "a number is never used twice");
    let all = vec![b"second".to_vec(), b"middle".to_vec(), b"first".to_vec()];
    assert_eq!(listed(&sitting.reopen().await, workspace).await, (6, all));
    let events = world.audit.events(workspace, 0, 100).await.expect("answered");
    let told: Vec<_> = events.iter().skip(1).map(|e| (e.action, e.detail.as_str(), e.actor)).collect();
    assert_eq!(
        told,
        [
            (AuditAction::CategoryRuleAdded, "1", ACTOR),
            (AuditAction::CategoryRuleAdded, "2", ACTOR),
            (AuditAction::CategoryRuleAdded, "3", ACTOR),
            (AuditAction::CategoryRulesOrdered, "4", ACTOR),
            (AuditAction::CategoryRuleRemoved, "5", ACTOR),
            (AuditAction::CategoryRuleAdded, "6", ACTOR),
        ],
        "every change once, and nothing that changed nothing"
    );
}

pub(super) async fn corrections_are_added_and_taken_back(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (world, workspace) = (&sitting.world, sitting.workspace);
    let document = sitting.accept(b"a statement").await;
    let book = world.category_book(workspace);
    for (content, number) in [(b"one", 1), (b"two", 2)] {
        let said = book.correct(document, content, ACTOR).await.expect("answered");
        assert_eq!(said, Edited::Done(number));
    }
    let unknown = world.ids.document().expect("an id");
    assert_eq!(book.correct(unknown, b"x", ACTOR).await.expect("answered"), Edited::Absent);
    assert_eq!(book.undo(1, ACTOR).await.expect("answered"), Edited::Done(3));
    for wrong in [1, 3, 9] {
        assert_eq!(book.undo(wrong, ACTOR).await.expect("answered"), Edited::Absent, "{wrong}");
    }
    assert_eq!(
        corrected(world, workspace).await,
        [(1, true, b"one".to_vec()), (2, false, b"two".to_vec())],
        "it stays on record"
    );
    for (on, version) in [(true, 3), (false, 4), (false, 4), (true, 5)] {
        assert_eq!(book.switch(on, ACTOR).await.expect("answered"), Edited::Done(version));
        assert_eq!(book.corrections().await.expect("answered").learning, on);
    }
    // Eight people at once: none is lost, and no number is given twice.
    let many = (0..8).map(|_| book.correct(document, b"at once", ACTOR));
    let answers = futures::future::join_all(many).await;
    let done = answers.into_iter().filter(|answer| matches!(answer, Ok(Edited::Done(_)))).count();
    assert_eq!(corrected(world, workspace).await.len(), 2 + done);
    assert_eq!(done, 8);
    let report = world.audit.verify(workspace).await.expect("answered");
    assert_eq!(report.flaw, None);
}

pub(super) async fn categories_stay_sealed_and_in_their_workspace(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (world, workspace) = (&sitting.world, sitting.workspace);
    let document = sitting.accept(b"a statement").await;
    let secret = b"ORINOCO TRADING IS RENT";
    let book = world.category_book(workspace);
    book.add_rule(0, secret, (Some(document), None), ACTOR).await.expect("answered");
    book.add_rule(1, secret, (None, None), ACTOR).await.expect("answered");
    book.correct(document, secret, ACTOR).await.expect("answered");
    assert!(!sitting.place.contains(secret).await, "nothing lies in clear");
    let stranger = WorkspaceId::from_uuid(Uuid::from_u128(2));
    let foreign = world.category_book(stranger);
    assert_eq!(foreign.versions().await.expect("answered"), CategoryVersions::default());
    assert_eq!(listed(world, stranger).await, (0, vec![]));
    assert_eq!(corrected(world, stranger).await, []);
    assert_eq!(foreign.remove_rule(0, 1, ACTOR).await.expect("answered"), Edited::Absent);
    assert_eq!(foreign.undo(1, ACTOR).await.expect("answered"), Edited::Absent);
    assert_eq!(foreign.correct(document, b"x", ACTOR).await.expect("answered"), Edited::Absent);
    let taken = foreign.add_rule(0, b"x", (Some(document), None), ACTOR).await.expect("answered");
    assert_eq!(taken, Edited::Absent, "another's document is none");
    assert_eq!(foreign.add_rule(0, b"own", (None, None), ACTOR).await.expect("answered"), Edited::Done(1));
    assert_eq!(listed(world, workspace).await.1, [secret.to_vec(), secret.to_vec()]);
    assert_eq!(listed(world, stranger).await, (1, vec![b"own".to_vec()]));
}

pub(super) async fn what_was_learned_goes_with_its_document(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (world, workspace) = (&sitting.world, sitting.workspace);
    let (goes, stays) = (sitting.accept(b"goes").await, sitting.accept(b"stays").await);
    let book = world.category_book(workspace);
    book.add_rule(0, b"of the one", (Some(goes), None), ACTOR).await.expect("answered");
    book.add_rule(1, b"of the other", (Some(stays), None), ACTOR).await.expect("answered");
    book.add_rule(2, b"of nobody", (None, None), ACTOR).await.expect("answered");
    for (document, content) in [(goes, b"a"), (stays, b"b"), (goes, b"c")] {
        book.correct(document, content, ACTOR).await.expect("answered");
    }
    book.undo(3, ACTOR).await.expect("answered");
    let residue = world.retention.residue(workspace, goes).await.expect("answered");
    assert_eq!(residue.categories, 4, "a rule, two corrections, and the record that takes one back");
    let before = book.versions().await.expect("answered");
    // From the key's end on nobody reads it, whatever becomes of the rows.
    world.keys.destroy(workspace, goes).await.expect("destroyed");
    let rules = [b"of the other".to_vec(), b"of nobody".to_vec()];
    assert_eq!(listed(world, workspace).await.1, rules);
    assert_eq!(corrected(world, workspace).await, [(2, false, b"b".to_vec())]);
    erase(world, workspace, goes).await;
    assert_eq!(world.retention.residue(workspace, goes).await.expect("answered").categories, 0);
    assert_eq!(listed(world, workspace).await.1, rules);
    assert_eq!(corrected(world, workspace).await, [(2, false, b"b".to_vec())]);
    let after = book.versions().await.expect("answered");
    assert!(after.rules > before.rules && after.corrections > before.corrections, "what was built is stale");
    assert_eq!(book.correct(goes, b"late", ACTOR).await.expect("answered"), Edited::Gone);
    let late = book.add_rule(after.rules, b"late", (Some(goes), None), ACTOR).await.expect("answered");
    assert_eq!(late, Edited::Gone);
    let next = book.correct(stays, b"d", ACTOR).await.expect("answered");
    assert_eq!(next, Edited::Done(after.corrections + 1), "no number comes again");
    for (document, there) in [(stays, true), (goes, false), (world.ids.document().expect("an id"), false)] {
        let noted = world.categories.note_asked(workspace, document, 3, Actor::Worker).await;
        assert_eq!(noted.expect("answered"), there, "of what is gone nothing is sent");
    }
    world.retention.finish(workspace, goes).await.expect("nothing is left");
    let events = world.audit.events(workspace, 0, 100).await.expect("answered");
    let told = events.iter().find(|event| event.action == AuditAction::CategoriesForgotten);
    assert_eq!(told.map(|event| (event.document, event.detail.as_str())), Some((Some(goes), "4")));
    let asked: Vec<_> = events.iter().filter(|event| event.action == AuditAction::EndpointAsked).collect();
    assert_eq!(asked.len(), 1);
    assert_eq!((asked[0].document, asked[0].detail.as_str()), (Some(stays), "3"));
}
