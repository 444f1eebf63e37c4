//! What a workspace knows, and the documents that are categorized with it.

use crate::house::{CSV, House, built_in};
use crate::trial;
use libtest_mimic::Trial;
use smartexus_categorize::{Rulebook, WorkspaceError, WorkspaceRule};
use smartexus_domain::{CategoryId, CategoryInputs, DocumentId, Reading, StatementResult};
use smartexus_platform::port::{Actor, EraseCause, EraseRequest};
use smartexus_worker::categories::{CategoryDesk, CategoryFault, CorrectionAsk};
use std::sync::Arc;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("categories::a_rule_and_a_correction_decide_what_comes_after", decide_what_comes_after),
        trial("categories::equal_inputs_give_equal_bytes", equal_inputs_give_equal_bytes),
        trial("categories::nothing_leaks_to_another_workspace", nothing_leaks_to_another_workspace),
        trial("categories::what_was_learned_is_forgotten_with_its_document", forgotten_with_its_document),
        trial("categories::an_objection_is_heard_and_taken_back", an_objection_is_heard_and_taken_back),
        trial("categories::a_rule_that_is_not_carried_any_more_is_told", not_carried_any_more_is_told),
        trial("categories::what_cannot_be_meant_is_refused", what_cannot_be_meant_is_refused),
    ]
}

/// The coffee of the sample, on other days: another document.
const LATER: &[u8] = b"Date,Description,Amount,Balance\n\
    2026-04-02,CARD PURCHASE BLUE HERON COFFEE,-3.50,96.50\n\
    2026-04-05,ATM WITHDRAWAL,-60.00,36.50\n";
const LATEST: &[u8] = b"Date,Description,Amount,Balance\n\
    2026-05-02,CARD PURCHASE BLUE HERON COFFEE,-2.50,97.50\n";

fn desk(house: &House) -> CategoryDesk {
    let book = Arc::new(Rulebook::embedded().expect("rules"));
    CategoryDesk::new(house.world.clone(), book, house.workspace, Actor::Operator)
}

fn rule(id: &str, term: &str, category: &str) -> WorkspaceRule {
    let text = format!(r#"{{"id":"{id}","include":["{term}"],"category":"{category}"}}"#);
    serde_json::from_str(&text).expect("a rule")
}

/// Reads a document with a worker of its own.
async fn read(house: &House, content: &'static [u8]) -> (DocumentId, StatementResult) {
    let document = house.submit_default(content).await;
    let running = house.start("honest");
    let result = house.settled(document).await;
    running.stop().await.expect("stops in peace");
    (document, result)
}

/// Category and reason of the row whose words these are.
fn said(result: &StatementResult, words: &str) -> (String, String) {
    let rows = result.statements.iter().flat_map(|statement| &statement.transactions);
    let row = rows.into_iter().find(|row| row.description.contains(words)).expect("the row");
    let said = row.categorization.as_ref().expect("categorized");
    (said.category.as_str().to_owned(), said.reason.clone())
}

async fn enriched(house: &House, document: DocumentId) -> Reading {
    serde_json::from_slice(&house.artifact(document, "enriched").await.expect("it")).expect("a reading")
}

fn coffee(document: DocumentId, category: &str) -> CorrectionAsk {
    CorrectionAsk { document, statement: 0, seq: 2, category: CategoryId::new(category) }
}

async fn decide_what_comes_after() {
    let house = House::new(built_in()).await;
    let desk = desk(&house);
    let (first, before) = read(&house, CSV).await;
    assert_ne!(said(&before, "COFFEE").0, "biz.office");
    assert_eq!(enriched(&house, first).await.categorized_with, None, "the shipped data alone");
    let preview = desk.preview(&rule("cash", "withdrawal", "biz.office")).await.expect("a preview");
    assert_eq!((preview.documents, preview.rows, preview.changed, preview.complete), (1, 3, 1, true));
    assert_eq!((preview.changes[0].document, preview.changes[0].seq), (first, 3));

    assert_eq!(desk.correct(&coffee(first, "biz.office")).await.expect("kept"), 1);
    let cash = rule("cash", "withdrawal", "biz.office");
    assert_eq!(desk.add_rule(&cash, (None, None), None).await.expect("kept"), 1);
    let (second, after) = read(&house, LATER).await;
    let (category, reason) = said(&after, "COFFEE");
    assert!(category == "biz.office" && reason.starts_with("Learned: 1 of 1 correction"), "{reason}");
    let (category, reason) = said(&after, "ATM");
    assert!(category == "biz.office" && reason.starts_with("Your rule “cash”"), "{category} {reason}");
    let inputs = CategoryInputs { rules_version: 1, corrections_version: 1 };
    assert_eq!(enriched(&house, second).await.categorized_with, Some(inputs));
    assert_ne!(said(&before, "COFFEE"), said(&after, "COFFEE"));
    let again = enriched(&house, first).await;
    assert_eq!(again.categorized_with, None, "what is there does not change");

    let listed = desk.corrections(0, 10).await.expect("listed");
    let [one] = listed.corrections.as_slice() else { panic!("one: {listed:?}") };
    assert_eq!((one.id, one.document, one.seq, one.undone), (1, Some(first), 2, false));
    assert!(one.description.contains("BLUE HERON"));
}

async fn equal_inputs_give_equal_bytes() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let house = House::new(built_in()).await;
        let desk = desk(&house);
        let (first, _) = read(&house, CSV).await;
        desk.correct(&coffee(first, "biz.office")).await.expect("kept");
        desk.add_rule(&rule("cash", "withdrawal", "biz.office"), (None, None), None).await.expect("kept");
        let (second, _) = read(&house, LATER).await;
        runs.push(house.artifact(second, "enriched").await.expect("it"));
    }
    assert_eq!(runs[0], runs[1]);
}

async fn nothing_leaks_to_another_workspace() {
    let house = House::new(built_in()).await;
    let neighbour = house.next_door();
    let (first, _) = read(&house, CSV).await;
    desk(&house).correct(&coffee(first, "biz.office")).await.expect("kept");
    desk(&house).add_rule(&rule("cash", "withdrawal", "biz.office"), (None, None), None).await.expect("kept");
    // One worker for both: what it holds ready of the one must not decide for the other.
    let own = house.submit_default(LATER).await;
    let foreign = neighbour.submit_default(LATER).await;
    let running = house.start("honest");
    let (own, result) = (house.settled(own).await, neighbour.settled(foreign).await);
    running.stop().await.expect("stops in peace");
    assert_eq!((said(&own, "COFFEE").0.as_str(), said(&own, "ATM").0.as_str()), ("biz.office", "biz.office"));
    assert!(said(&result, "COFFEE").0 != "biz.office" && said(&result, "ATM").0 != "biz.office");
    assert_eq!(enriched(&neighbour, foreign).await.categorized_with, None);
    let stranger = desk(&neighbour);
    assert_eq!(stranger.rules().await.expect("listed").rules, []);
    assert_eq!(stranger.corrections(0, 10).await.expect("listed").corrections, []);
    for answer in [stranger.correct(&coffee(first, "biz.office")).await, stranger.undo(1).await] {
        assert!(matches!(answer, Err(CategoryFault::Absent)), "{answer:?}");
    }
    let preview = stranger.preview(&rule("any", "coffee", "biz.office")).await.expect("a preview");
    assert_eq!(preview.documents, 1, "its own only");
}

async fn forgotten_with_its_document() {
    let house = House::new(built_in()).await;
    let desk = desk(&house);
    let (first, before) = read(&house, CSV).await;
    desk.correct(&coffee(first, "biz.office")).await.expect("kept");
    let herons = rule("herons", "payroll", "inc.other");
    desk.add_rule(&herons, (Some(first), None), None).await.expect("kept");
    let (_, taught) = read(&house, LATER).await;
    assert_eq!(said(&taught, "COFFEE").0, "biz.office");
    let request = EraseRequest { actor: Actor::Operator, cause: EraseCause::Request, rule: None };
    house.world.retention.tombstone(house.workspace, first, &request).await.expect("tombstoned");
    house.world.keys.destroy(house.workspace, first).await.expect("destroyed");
    house.world.retention.erase_rows(house.workspace, first).await.expect("erased");
    assert_eq!(desk.rules().await.expect("listed").rules, []);
    assert_eq!(desk.corrections(0, 10).await.expect("listed").corrections, []);
    let (_, after) = read(&house, LATEST).await;
    assert_eq!(said(&after, "COFFEE"), said(&before, "COFFEE"), "as if it had never been said");
    let late = desk.correct(&coffee(first, "biz.office")).await;
    assert!(matches!(late, Err(CategoryFault::Gone)), "{late:?}");
}

async fn an_objection_is_heard_and_taken_back() {
    let house = House::new(built_in()).await;
    let desk = desk(&house);
    let (first, before) = read(&house, CSV).await;
    let number = desk.correct(&coffee(first, "biz.office")).await.expect("kept");
    desk.switch_learning(false).await.expect("switched");
    let (_, off) = read(&house, LATER).await;
    assert_eq!(said(&off, "COFFEE"), said(&before, "COFFEE"));
    assert!(!desk.corrections(0, 10).await.expect("listed").learning);
    desk.switch_learning(true).await.expect("switched");
    let (_, on) = read(&house, LATEST).await;
    assert_eq!(said(&on, "COFFEE").0, "biz.office");
    desk.undo(number).await.expect("taken back");
    assert!(matches!(desk.undo(number).await, Err(CategoryFault::Absent)));
    let listed = desk.corrections(0, 10).await.expect("listed");
    assert!(listed.corrections[0].undone, "it stays on record");
}

async fn not_carried_any_more_is_told() {
    let house = House::new(built_in()).await;
    // As an earlier release may have kept it.
    let gone = serde_json::to_vec(&rule("old", "coffee", "biz.long_gone")).expect("JSON");
    let book = house.world.category_book(house.workspace);
    book.add_rule(0, &gone, (None, None), Actor::Operator).await.expect("kept");
    let (_, result) = read(&house, CSV).await;
    let told = result.findings.iter().find(|finding| finding.code == "category_rule_ignored");
    assert!(told.is_some_and(|finding| finding.message.starts_with("1 rule")), "{:?}", result.findings);
    assert_eq!(desk(&house).rules().await.expect("listed").rules.len(), 1, "it can still be taken out");
}

async fn what_cannot_be_meant_is_refused() {
    let house = House::new(built_in()).await;
    let desk = desk(&house);
    let (first, _) = read(&house, CSV).await;
    let refused = |answer: Result<u64, CategoryFault>| match answer {
        Err(CategoryFault::Refused(error)) => error.code(),
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(desk.correct(&coffee(first, "biz.nothing")).await), "unknown_category");
    assert_eq!(refused(desk.correct(&coffee(first, "inc.salary")).await), "wrong_direction");
    for wrong in [
        CorrectionAsk { seq: 99, ..coffee(first, "biz.office") },
        CorrectionAsk { statement: 1, ..coffee(first, "biz.office") },
    ] {
        assert!(matches!(desk.correct(&wrong).await, Err(CategoryFault::Absent)));
    }
    let fine = rule("a", "acme", "biz.office");
    desk.add_rule(&fine, (None, None), Some(0)).await.expect("kept");
    let late = desk.add_rule(&rule("b", "acme", "biz.office"), (None, None), Some(0)).await;
    assert!(matches!(late, Err(CategoryFault::Stale(1))), "{late:?}");
    assert_eq!(refused(desk.add_rule(&fine, (None, None), None).await), "duplicate_rule");
    let wrong = desk.preview(&rule("c", "acme", "biz.nothing")).await;
    assert!(matches!(wrong, Err(CategoryFault::Refused(WorkspaceError::UnknownCategory(_)))));
    desk.add_rule(&rule("b", "acme", "biz.office"), (None, Some(0)), None).await.expect("kept");
    desk.order_rules(&["a".to_owned(), "b".to_owned()], None).await.expect("put in order");
    let ids: Vec<String> = desk.rules().await.expect("listed").rules.into_iter().map(|r| r.rule.id).collect();
    assert_eq!(ids, ["a", "b"]);
    assert!(matches!(desk.remove_rule("none", None).await, Err(CategoryFault::Refused(_))));
    assert_eq!(desk.remove_rule("a", None).await.expect("taken out"), 4);
}
