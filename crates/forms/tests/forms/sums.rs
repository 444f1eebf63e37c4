//! What a form itself would sum, defaults, days that must be near each other, and subjects beyond the form's places.

use crate::Case;
use smartexus_domain::{FieldState, FilledField};
use smartexus_forms::{ClientFact, FactBook, FactStatus, Mapping, Plan, plan};
use std::collections::BTreeMap;

fn fact(key: &str, value: &str, confidence: f64) -> ClientFact {
    ClientFact {
        key: key.to_owned(),
        value: value.to_owned(),
        confidence,
        status: FactStatus::Extracted,
        document: Some("d.pdf".to_owned()),
        source: None,
        rows: Vec::new(),
        rows_left_out: 0,
        valid_from: None,
    }
}

fn planned(case: &Case, facts: &FactBook, edits: &[(&str, &str)]) -> Plan {
    let edits = edits.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    plan(&case.form.describe(), Some(&case.mapping), facts, &edits)
}

fn field<'p>(plan: &'p Plan, name: &str) -> &'p FilledField {
    plan.fields.iter().find(|field| field.name == name).unwrap()
}

#[test]
fn the_forms_own_list_of_terms_is_read() {
    let fields = Case::read("residential-application").form.describe();
    let of = |name: &str| fields.iter().find(|field| field.name == name).unwrap().sum_of.clone();
    assert_eq!(of("as.total"), (1..=8).map(|row| format!("as.{row}.val")).collect::<Vec<_>>());
    assert!(of("l.amount").is_empty());
}

#[test]
fn a_sum_follows_an_edit_of_its_terms_and_gives_way_to_a_persons_own() {
    let case = Case::read("residential-application");
    let before = planned(&case, &case.facts, &[]);
    assert_eq!(field(&before, "as.total").value.as_deref(), Some("29,410.22"));
    let after = planned(&case, &case.facts, &[("as.3.val", "1,000")]);
    let changed: Vec<&str> = before
        .fields
        .iter()
        .zip(&after.fields)
        .filter(|(a, b)| a != b)
        .map(|(a, _)| a.name.as_str())
        .collect();
    assert_eq!(changed, ["as.3.val", "as.total"]);
    assert_eq!(field(&after, "as.total").value.as_deref(), Some("30,410.22"));
    let own = planned(&case, &case.facts, &[("as.total", "31,000.00")]);
    assert_eq!(field(&own, "as.total").value.as_deref(), Some("31,000.00"));
    assert!(own.invalid.iter().any(|gap| gap.rule == "sum_equals"), "{:?}", own.invalid);
}

#[test]
fn a_sum_is_no_surer_than_its_terms() {
    let case = Case::read("residential-application");
    let mut facts = case.facts.clone();
    facts.facts.push(fact("bank[2].balance", "10.00", 0.4));
    let plan = planned(&case, &facts, &[]);
    let total = field(&plan, "as.total");
    assert_eq!((total.state, total.value.as_deref()), (FieldState::Doubtful, Some("29,420.22")));
    assert!(!plan.values.contains_key("as.total"));
    facts.facts.pop();
    facts.facts.push(fact("bank[2].balance", "10.00 EUR", 0.9));
    let foreign = planned(&case, &facts, &[]);
    assert_ne!(field(&foreign, "as.total").state, FieldState::Filled);
}

#[test]
fn nothing_known_is_no_sum() {
    let case = Case::read("residential-application");
    let plan = planned(&case, &FactBook::new(Vec::new()), &[]);
    assert_eq!(field(&plan, "as.total").value, None);
}

#[test]
fn more_subjects_than_places_are_told() {
    let case = Case::read("borrower-information");
    let mut facts = case.facts.clone();
    let rules = |facts: &FactBook| -> Vec<String> {
        planned(&case, facts, &[])
            .invalid
            .into_iter()
            .filter(|gap| gap.rule == "overflow")
            .map(|gap| gap.advice)
            .collect()
    };
    facts.facts.push(fact("owner[3].full_name", "Ada Lund", 0.95));
    assert!(rules(&facts).is_empty());
    facts.facts.push(fact("owner[4].full_name", "Omar Reyes", 0.95));
    assert_eq!(rules(&facts).len(), 1);
    // A table that the mapping writes out place by place.
    let request = Case::read("transcript-request");
    let told = planned(&request, &request.facts, &[]).invalid;
    assert!(told.iter().any(|gap| gap.rule == "overflow" && gap.advice.contains("tax_period")), "{told:?}");
    // One place is no table: more accounts than the form asks about are only noticed.
    let loan = Case::read("loan-application");
    let mut accounts = loan.facts.clone();
    accounts.facts.push(fact("bank[1].name", "Harbour Mutual", 0.95));
    let plan = planned(&loan, &accounts, &[]);
    assert!(plan.findings.iter().any(|finding| finding.code == "subjects_beyond_form"));
    assert!(plan.invalid.iter().all(|gap| gap.rule != "overflow"));
}

const HEAD: &str = "schema: smartexus.form_mapping/1\nname: t\nversion: 1\nform: { title: T, edition: e, currency: USD, dates: month_day }\n";

fn with(text: &str, facts: Vec<ClientFact>) -> Plan {
    let case = Case::read("personal-statement");
    let blank = case.form.describe();
    let mapping =
        Mapping::from_yaml_for("t.yaml", &format!("{HEAD}{text}"), &blank).unwrap_or_else(|e| panic!("{e}"));
    plan(&blank, Some(&mapping), &FactBook::new(facts), &BTreeMap::new())
}

#[test]
fn a_default_stands_where_nobody_knows_and_only_there() {
    let text = "fields: [{ field: stocks, key: assets.securities, format: money_whole, default: '0' }]";
    let plan = with(text, Vec::new());
    let stocks = field(&plan, "stocks");
    assert_eq!((stocks.state, stocks.value.as_deref()), (FieldState::Filled, Some("0")));
    assert!(stocks.reason.contains("default") && stocks.sources.is_empty(), "{}", stocks.reason);
    let known = with(text, vec![fact("assets.securities", "120.00", 0.95)]);
    assert_eq!(field(&known, "stocks").value.as_deref(), Some("120"));
    let doubtful = with(text, vec![fact("assets.securities", "120.00", 0.3)]);
    assert_eq!(field(&doubtful, "stocks").state, FieldState::Doubtful);
}

#[test]
fn days_must_be_near_where_a_rule_says_so() {
    let text = "fields: [{ field: AsOf, key: 'applicant[0].employment_start', format: date }]\n\
                rules: [{ say: Ask anew., date_within: { field: AsOf, days: 90, of: loan.date } }]";
    for (start, broken) in
        [("2026-01-01", false), ("2025-12-31", true), ("2026-06-30", false), ("2026-07-01", true)]
    {
        let facts =
            vec![fact("loan.date", "2026-04-01", 0.9), fact("applicant[0].employment_start", start, 0.9)];
        let rules: Vec<String> = with(text, facts).invalid.into_iter().map(|gap| gap.rule).collect();
        assert_eq!(rules, if broken { vec!["date_within".to_owned()] } else { vec![] }, "{start}");
    }
    let unknown = with(text, vec![fact("applicant[0].employment_start", "2020-01-01", 0.9)]);
    assert!(unknown.invalid.is_empty());
}

#[test]
fn names_and_addresses_are_put_together_and_taken_apart() {
    let text = "fields:\n  - { field: Name, key: 'applicant[0].full_name' }\n  - { field: ResAddress, key: 'applicant[0].address.line1' }\n  \
                - { field: CityStateZip, join: ['applicant[0].address.city', 'applicant[0].address.state'], with: ', ' }\n";
    let facts = vec![
        fact("applicant[0].first_name", "Mara", 0.95),
        fact("applicant[0].last_name", "Quill", 0.85),
        fact("applicant[0].address.line1", "7 Mill Street, Port Ellery, TX 78702", 0.9),
    ];
    let plan = with(text, facts);
    let name = field(&plan, "Name");
    assert_eq!(
        (name.value.as_deref(), name.confidence, name.sources.len()),
        (Some("Mara Quill"), Some(0.85), 2)
    );
    assert_eq!(field(&plan, "ResAddress").value.as_deref(), Some("7 Mill Street"));
    assert_eq!(field(&plan, "CityStateZip").value.as_deref(), Some("Port Ellery, TX"));
    // Where the city is known by itself, the first line is what it says.
    let plain = vec![
        fact("applicant[0].address.line1", "7 Mill Street, Port Ellery, TX 78702", 0.9),
        fact("applicant[0].address.city", "Port Ellery", 0.9),
    ];
    assert_eq!(
        field(&with(text, plain), "ResAddress").value.as_deref(),
        Some("7 Mill Street, Port Ellery, TX 78702")
    );
}
