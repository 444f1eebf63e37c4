//! A person's word changes what depends on it, and nothing else.

use crate::Case;
use smartexus_domain::FieldState;
use smartexus_forms::{ClientFact, FactStatus, FieldValue, plan};
use std::collections::BTreeMap;

fn edit(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn an_edited_field_alone_changes() {
    let case = Case::read("personal-statement");
    let blank = case.form.describe();
    let before = plan(&blank, Some(&case.mapping), &case.facts, &BTreeMap::new());
    let after = plan(&blank, Some(&case.mapping), &case.facts, &edit(&[("Name", "Mara Quill-Sand")]));
    for (a, b) in before.fields.iter().zip(&after.fields) {
        assert_eq!(a == b, a.name != "Name", "{}", a.name);
    }
    let name = after.fields.iter().find(|field| field.name == "Name").unwrap();
    assert_eq!((name.value.as_deref(), name.confidence), (Some("Mara Quill-Sand"), Some(1.0)));
}

#[test]
fn an_edited_fact_changes_its_field_and_the_sums_over_it() {
    let case = Case::read("personal-statement");
    let blank = case.form.describe();
    let before = plan(&blank, Some(&case.mapping), &case.facts, &BTreeMap::new());
    let mut facts = case.facts.clone();
    facts.facts.push(ClientFact {
        key: "assets.savings".to_owned(),
        value: "43000.00".to_owned(),
        confidence: 1.0,
        status: FactStatus::Edited,
        document: None,
        source: None,
        rows: Vec::new(),
        rows_left_out: 0,
        valid_from: None,
    });
    let after = plan(&blank, Some(&case.mapping), &facts, &BTreeMap::new());
    let changed: Vec<&str> = before
        .fields
        .iter()
        .zip(&after.fields)
        .filter(|(a, b)| a.value != b.value || a.state != b.state)
        .map(|(a, _)| a.name.as_str())
        .collect();
    assert_eq!(changed, ["savings", "totalassets", "networth"]);
}

#[test]
fn a_total_that_is_not_the_sum_is_told() {
    let case = Case::read("personal-statement");
    let blank = case.form.describe();
    let honest = plan(&blank, Some(&case.mapping), &case.facts, &BTreeMap::new());
    assert_eq!(honest.invalid, []);
    let wrong = plan(&blank, Some(&case.mapping), &case.facts, &edit(&[("totalassets", "445,875")]));
    assert_eq!(wrong.invalid.iter().map(|gap| gap.rule.as_str()).collect::<Vec<_>>(), ["sum_equals"]);
}

#[test]
fn exactly_one_box_may_be_ticked() {
    let case = Case::read("taxpayer-request");
    let blank = case.form.describe();
    let two = plan(&blank, Some(&case.mapping), &case.facts, &edit(&[("c1_01", "yes")]));
    assert_eq!(two.invalid.iter().map(|gap| gap.rule.as_str()).collect::<Vec<_>>(), ["exactly_one_of"]);
    assert_eq!(two.values.get("c1_01"), Some(&FieldValue::Check(true)));
}

#[test]
fn what_a_person_left_blank_stays_blank() {
    let case = Case::read("loan-application");
    let blank = case.form.describe();
    let plan = plan(&blank, Some(&case.mapping), &case.facts, &edit(&[("business_dba", "")]));
    assert_eq!(plan.values.get("business_dba"), Some(&FieldValue::Text(String::new())));
}

#[test]
fn documents_that_disagree_leave_a_proposal() {
    let case = Case::read("loan-application");
    let mut facts = case.facts.clone();
    facts.facts.push(ClientFact {
        key: "business.dba".to_owned(),
        value: "Zoe and Lukas".to_owned(),
        confidence: 0.90,
        status: FactStatus::Extracted,
        document: Some("other.pdf".to_owned()),
        source: None,
        rows: Vec::new(),
        rows_left_out: 0,
        valid_from: None,
    });
    let plan = plan(&case.form.describe(), Some(&case.mapping), &facts, &BTreeMap::new());
    let field = plan.fields.iter().find(|field| field.name == "business_dba").unwrap();
    assert_eq!((field.state, field.value.as_deref()), (FieldState::Doubtful, Some("Zoë & Łukasz")));
    assert!(plan.findings.iter().any(|finding| finding.code == "facts_disagree"));
}
