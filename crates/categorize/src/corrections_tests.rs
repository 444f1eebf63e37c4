use super::*;
use crate::{Categorizer, Workspace, categorize_row};
use smartexus_domain::Categorization;
use std::sync::LazyLock;

static RULES: LazyLock<Rulebook> = LazyLock::new(|| Rulebook::embedded().unwrap());

const SUPPLIES: &str = "POS PURCHASE 0302 ZORBLAX QUENTIN 0012 AUSTIN TX";

fn row(description: &str) -> RowWords<'_> {
    RowWords::plain(description, Direction::Out)
}

fn taught(lessons: &[(&str, &str)]) -> Workspace {
    let mut workspace = Workspace::default();
    for (words, category) in lessons {
        workspace.corrections.learn(&row(words), &CategoryId::new(*category), &RULES).unwrap();
    }
    workspace
}

fn said(workspace: &Workspace, description: &str) -> Categorization {
    Categorizer::for_workspace(&RULES, workspace).row(&row(description))
}

#[test]
fn one_correction_is_followed_at_once_for_the_same_counterparty() {
    let workspace = taught(&[(SUPPLIES, "biz.inventory")]);
    let next = said(&workspace, "ZORBLAX QUENTIN 0931");
    assert_eq!(next.category.as_str(), "biz.inventory");
    assert_eq!(
        next.reason,
        "Learned: 1 of 1 correction of Zorblax Quentin in this workspace say biz.inventory. (money out)"
    );
    let sure =
        taught(&[(SUPPLIES, "biz.inventory"), (SUPPLIES, "biz.inventory"), (SUPPLIES, "biz.inventory")]);
    assert!(said(&sure, SUPPLIES).confidence > next.confidence);
}

#[test]
fn it_stands_before_phrases_and_names() {
    let workspace = taught(&[("STARBUCKS 0012", "biz.office"), ("MONTHLY SERVICE FEE", "biz.software")]);
    assert_eq!(said(&workspace, "STARBUCKS 0099 DENVER CO").category.as_str(), "biz.office");
    assert_eq!(said(&workspace, "MONTHLY SERVICE FEE").category.as_str(), "biz.software");
    // The other direction was never corrected.
    let money_in = RowWords { direction: Direction::In, ..row("STARBUCKS 0012") };
    let in_workspace = Categorizer::for_workspace(&RULES, &workspace).row(&money_in);
    assert_eq!(in_workspace.category, categorize_row(&money_in, &RULES).category);
}

#[test]
fn words_that_were_corrected_speak_for_others() {
    let lessons: Vec<(String, &str)> = (0..8)
        .map(|at| (format!("GRUMPFEL {}", ["ALPHA", "BRAVO", "DELTA", "ECHO"][at % 4]), "biz.repairs"))
        .collect();
    let lessons: Vec<(&str, &str)> = lessons.iter().map(|(words, leaf)| (words.as_str(), *leaf)).collect();
    let plain = categorize_row(&row("GRUMPFEL OMEGA"), &RULES);
    assert_ne!(plain.category.as_str(), "biz.repairs");
    let learned = said(&taught(&lessons), "GRUMPFEL OMEGA");
    assert_eq!(learned.category.as_str(), "biz.repairs", "{}", learned.reason);
    assert!(learned.reason.contains("learned from your corrections"), "{}", learned.reason);
}

#[test]
fn what_is_undone_or_switched_off_leaves_no_trace() {
    let plain = categorize_row(&row(SUPPLIES), &RULES);
    let mut workspace = taught(&[(SUPPLIES, "biz.inventory")]);
    let id = workspace.corrections.records()[0].id;
    workspace.corrections.switch(false);
    assert_eq!(said(&workspace, SUPPLIES), plain);
    workspace.corrections.switch(true);
    assert_ne!(said(&workspace, SUPPLIES), plain);
    workspace.corrections.undo(id, &RULES).unwrap();
    assert_eq!(said(&workspace, SUPPLIES), plain);
    assert!(workspace.corrections.records()[0].undone);
    assert_eq!(workspace.corrections.undo(id, &RULES).unwrap_err().code(), "not_found");
}

#[test]
fn records_played_again_teach_the_same_and_another_workspace_nothing() {
    let workspace = taught(&[(SUPPLIES, "biz.inventory"), ("GRUMPFEL ALPHA", "biz.repairs")]);
    let kept = serde_json::to_string(workspace.corrections.records()).unwrap();
    let records: Vec<Correction> = serde_json::from_str(&kept).unwrap();
    let again =
        Workspace { corrections: Corrections::replay(records, &RULES).unwrap(), ..Workspace::default() };
    let other = Workspace::default();
    for words in [SUPPLIES, "GRUMPFEL ALPHA", "GRUMPFEL BRAVO", "STARBUCKS"] {
        assert_eq!(said(&again, words), said(&workspace, words));
        assert_eq!(said(&other, words), categorize_row(&row(words), &RULES));
    }
}

#[test]
fn where_people_disagree_the_name_decides_nothing() {
    let workspace = taught(&[(SUPPLIES, "biz.inventory"), (SUPPLIES, "shop.hobby")]);
    assert!(!said(&workspace, SUPPLIES).reason.starts_with("Learned"));
}

#[test]
fn a_choice_that_cannot_be_is_refused() {
    let mut corrections = Corrections::default();
    for (category, code) in [("biz.nothing", "unknown_category"), ("inc.salary", "wrong_direction")] {
        let refused = corrections.learn(&row(SUPPLIES), &CategoryId::new(category), &RULES).unwrap_err();
        assert_eq!(refused.code(), code);
    }
    assert!(corrections.records().is_empty());
}
