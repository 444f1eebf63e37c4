use super::*;
use crate::{Categorizer, categorize_row};
use smartexus_domain::{Currency, Money};
use std::sync::LazyLock;

static RULES: LazyLock<Rulebook> = LazyLock::new(|| Rulebook::embedded().unwrap());

const OUT: Direction = Direction::Out;

fn rule(id: &str, include: &[&str], category: &str) -> WorkspaceRule {
    WorkspaceRule {
        id: id.to_owned(),
        include: include.iter().map(ToString::to_string).collect(),
        exclude: Vec::new(),
        amount_min: None,
        amount_max: None,
        direction: None,
        account: None,
        recurring: None,
        category: CategoryId::new(category),
    }
}

fn row(description: &str) -> RowWords<'_> {
    let amount = Some(Money::new(-10_00, Currency::UNKNOWN));
    RowWords { amount, account_id: Some("001"), recurring: Some(true), ..RowWords::plain(description, OUT) }
}

fn said(rules: Vec<WorkspaceRule>, row: &RowWords<'_>) -> (String, f64, String) {
    let mut workspace = Workspace::default();
    for rule in rules {
        workspace.rules.add(rule, &RULES).unwrap();
    }
    let said = Categorizer::for_workspace(&RULES, &workspace).row(row);
    (said.category.as_str().to_owned(), said.confidence, said.reason)
}

#[test]
fn the_first_rule_that_fits_decides_before_everything_else() {
    let rules =
        vec![rule("two words", &["star bucks"], "lif.events"), rule("café", &["STARBUCKS"], "biz.office")];
    let (category, confidence, reason) = said(rules, &row("Starbucks 0012"));
    assert_eq!((category.as_str(), confidence), ("biz.office", 1.0));
    assert_eq!(reason, "Your rule “café” fits this row. (money out)");
}

#[test]
fn every_condition_must_hold() {
    let base = rule("r", &["acme"], "biz.office");
    let fits = |rule: WorkspaceRule| said(vec![rule], &row("ACME GOODS")).1 == 1.0;
    assert!(fits(base.clone()));
    for (changed, expected) in [
        (WorkspaceRule { amount_min: Some(10_00), ..base.clone() }, true),
        (WorkspaceRule { amount_min: Some(10_01), ..base.clone() }, false),
        (WorkspaceRule { amount_max: Some(10_00), ..base.clone() }, true),
        (WorkspaceRule { amount_max: Some(9_99), ..base.clone() }, false),
        (WorkspaceRule { direction: Some(OUT), ..base.clone() }, true),
        (WorkspaceRule { account: Some("001".to_owned()), ..base.clone() }, true),
        (WorkspaceRule { account: Some("002".to_owned()), ..base.clone() }, false),
        (WorkspaceRule { recurring: Some(true), ..base.clone() }, true),
        (WorkspaceRule { recurring: Some(false), ..base.clone() }, false),
        (WorkspaceRule { exclude: vec!["goods".to_owned()], ..base.clone() }, false),
        (WorkspaceRule { exclude: vec!["good".to_owned()], ..base.clone() }, true),
        (WorkspaceRule { include: vec!["acm".to_owned()], ..base.clone() }, false),
        (WorkspaceRule { include: vec!["Acme-Goods".to_owned()], ..base }, true),
    ] {
        assert_eq!(fits(changed.clone()), expected, "{changed:?}");
    }
}

#[test]
fn a_rule_never_decides_against_the_direction() {
    let rules = vec![rule("r", &["acme"], "biz.office")];
    let money_in = RowWords { direction: Direction::In, ..row("ACME GOODS") };
    assert_ne!(said(rules, &money_in).0, "biz.office");
}

#[test]
fn what_could_never_be_meant_is_refused() {
    let base = rule("r", &["acme"], "biz.office");
    for (changed, code) in [
        (WorkspaceRule { category: CategoryId::new("biz.nothing"), ..base.clone() }, "unknown_category"),
        (WorkspaceRule { direction: Some(Direction::In), ..base.clone() }, "wrong_direction"),
        (WorkspaceRule { include: Vec::new(), ..base.clone() }, "rule_without_condition"),
        (WorkspaceRule { include: vec!["***".to_owned()], ..base.clone() }, "empty_term"),
        (WorkspaceRule { include: vec!["a".to_owned(); TERMS_MAX + 1], ..base.clone() }, "too_many"),
        (WorkspaceRule { amount_min: Some(2), amount_max: Some(1), ..base.clone() }, "empty_range"),
        (WorkspaceRule { id: " ".to_owned(), ..base.clone() }, "rule_without_id"),
        (WorkspaceRule { id: "i".repeat(RULE_ID_CHARS_MAX + 1), ..base.clone() }, "too_long"),
        (WorkspaceRule { include: vec!["a".repeat(TERM_CHARS_MAX + 1)], ..base.clone() }, "too_long"),
        (WorkspaceRule { account: Some("1".repeat(TERM_CHARS_MAX + 1)), ..base.clone() }, "too_long"),
    ] {
        assert_eq!(WorkspaceRules::default().add(changed, &RULES).unwrap_err().code(), code);
    }
    let longest = WorkspaceRule {
        id: "i".repeat(RULE_ID_CHARS_MAX),
        include: vec!["a".repeat(TERM_CHARS_MAX)],
        ..base.clone()
    };
    WorkspaceRules::default().add(longest, &RULES).unwrap();
    let mut rules = WorkspaceRules::default();
    rules.add(WorkspaceRule { include: vec!["a".to_owned(); TERMS_MAX], ..base.clone() }, &RULES).unwrap();
    assert_eq!(rules.add(base, &RULES).unwrap_err().code(), "duplicate_rule");
    assert_eq!(rules.remove("other").unwrap_err().code(), "not_found");
    assert_eq!(rules.remove("r").unwrap().id, "r");
    for at in 0..RULES_MAX {
        rules.add(rule(&at.to_string(), &["acme"], "biz.office"), &RULES).unwrap();
    }
    assert_eq!(rules.add(rule("r", &["acme"], "biz.office"), &RULES).unwrap_err().code(), "too_many");
}

#[test]
fn a_preview_shows_what_would_change_and_what_an_earlier_rule_keeps() {
    let mut rules = WorkspaceRules::default();
    rules.add(rule("first", &["acme tools"], "biz.repairs"), &RULES).unwrap();
    let rows: Vec<_> = ["ACME TOOLS", "STARBUCKS", "ACME GOODS"]
        .map(|text| (row(text), categorize_row(&row(text), &RULES)))
        .into_iter()
        .collect();
    let touched = rules.preview(&rule("second", &["acme"], "biz.office"), &rows, &RULES).unwrap();
    let shown: Vec<_> = touched.iter().map(|touched| (touched.row, touched.after.as_str())).collect();
    let before = rows[0].1.category.as_str();
    assert_eq!(shown, [(0, before), (2, "biz.office")]);
    assert_eq!(rules.list().count(), 1);
}

#[test]
fn a_rule_is_kept_and_read_as_json() {
    let text = r#"{"id":"r","include":["acme"],"amount_min":100,"direction":"out","category":"biz.office"}"#;
    let read: WorkspaceRule = serde_json::from_str(text).unwrap();
    assert_eq!((read.amount_min, read.direction), (Some(100), Some(OUT)));
    assert_eq!(serde_json::from_str::<WorkspaceRule>(&serde_json::to_string(&read).unwrap()).unwrap(), read);
    assert!(serde_json::from_str::<WorkspaceRule>(r#"{"id":"r","colour":"red","category":"x"}"#).is_err());
}

#[test]
fn what_was_kept_and_is_not_known_any_more_says_nothing_and_is_counted() {
    let mut corrections = Corrections::default();
    corrections.learn(&row("ACME GOODS"), &CategoryId::new("biz.office"), &RULES).unwrap();
    let known = corrections.records()[0].clone();
    let unknown = Correction { id: 2, category: CategoryId::new("biz.nothing"), ..known.clone() };
    let rules = vec![rule("a", &["zebra"], "biz.nothing"), rule("b", &["zebra"], "biz.office")];
    let (workspace, ignored) = Workspace::of_kept(rules, vec![known, unknown], &RULES);
    assert_eq!((workspace.rules.list().count(), workspace.corrections.records().len(), ignored), (1, 1, 2));
    let said = Categorizer::for_workspace(&RULES, &workspace).row(&row("ACME GOODS"));
    assert_eq!(said.category.as_str(), "biz.office");
}
