//! Forms on the command line: the same in every way as the library, through the sandbox.

use crate::support::{Desk, pdf_saying};
use smartexus_generator::scan::{self, Medium, png};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// On the three blanks together: what was measured, a little less.
const CONFIDENT_MIN: usize = 20;
const RIGHT_MIN: usize = 60;

fn fixture(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/forms");
    folder.join(name).display().to_string()
}

#[test]
fn fields_are_told_with_what_is_printed_beside_them() {
    let desk = Desk::new();
    let fields =
        desk.run(&["forms", "inspect", &fixture("loan-application/blank.pdf"), "--json"]).ended(0).objects();
    let dba = fields.iter().find(|field| field["name"] == "business_dba").unwrap();
    assert_eq!((dba["type"].as_str(), dba["page"].as_u64()), (Some("text"), Some(1)));
    let labels: Vec<&str> =
        dba["labels"].as_array().unwrap().iter().filter_map(|l| l["text"].as_str()).collect();
    assert!(labels.contains(&"Doing Business As (DBA)"), "{labels:?}");
}

#[test]
fn a_blank_is_filled_flattened_and_reported() {
    let desk = Desk::new();
    let (blank, facts) = (fixture("taxpayer-request/blank.pdf"), fixture("taxpayer-request/facts.json"));
    let args = ["forms", "fill", &blank, "--facts", &facts, "-o", "filled.pdf", "--json"];
    let result = desk.run(&args).ended(0).objects();
    assert_eq!(result[0]["schema"], "smartexus.form/1");
    assert_eq!(result[0]["mapping"], "taxpayer-request/1");
    let filled = std::fs::read(desk.path("filled.pdf")).unwrap();
    assert!(filled.starts_with(&std::fs::read(&blank).unwrap()));
    desk.run(&["forms", "flatten", "filled.pdf", "-o", "flat.pdf"]).ended(0);
    let read = desk.run(&["extract", "flat.pdf", "--json"]).ended(0).objects();
    let text = read[0]["pages"][0]["text"].as_str().unwrap().to_owned();
    assert!(text.contains("Blue Heron Coffee Roasters LLC"), "{text}");
    let none = desk.run(&["forms", "inspect", "flat.pdf"]).ended(1);
    assert!(none.stderr.contains("no_form_fields"), "{}", none.stderr);
}

#[test]
fn what_a_person_must_do_ends_with_its_code() {
    let desk = Desk::new();
    let (blank, facts) = (fixture("loan-application/blank.pdf"), fixture("loan-application/facts.json"));
    let args = ["forms", "fill", &blank, "--facts", &facts, "-o", "filled.pdf", "--fail-on-review"];
    let ran = desk.run(&args).ended(4);
    assert!(ran.stderr.contains("owner[1].dob"), "{}", ran.stderr);
}

#[test]
fn suggestions_make_a_mapping_that_validates() {
    let desk = Desk::new();
    let blank = fixture("loan-application/blank.pdf");
    let draft = desk.run(&["forms", "suggest", &blank, "--draft"]).ended(0).stdout;
    desk.file("draft.yaml", draft);
    desk.run(&["forms", "validate", "draft.yaml", "--form", &blank]).ended(0);
    desk.file("wrong.yaml", "schema: smartexus.form_mapping/1\nname: x\n");
    let wrong = desk.run(&["forms", "validate", "wrong.yaml"]).ended(78);
    assert!(wrong.stderr.contains("wrong.yaml:"), "{}", wrong.stderr);
}

#[test]
fn what_is_no_form_is_told_with_advice() {
    let desk = Desk::new();
    desk.file("a.pdf", pdf_saying("words"));
    desk.file("broken.pdf", b"%PDF-1.7 nothing");
    for (file, code) in [("a.pdf", "no_form_fields"), ("broken.pdf", "corrupt"), ("gone.pdf", "unreadable")] {
        let ran = desk.run(&["forms", "inspect", file]).ended(1);
        assert!(ran.stderr.contains(code) && ran.stderr.contains("hint:"), "{}", ran.stderr);
    }
}

#[test]
fn confident_suggestions_are_right_on_blanks_that_were_drawn_apart() {
    let desk = Desk::new();
    let (mut confident, mut right) = (0, 0);
    for blank in ["borrower-information", "residential-application", "transcript-request"] {
        let truth = std::fs::read_to_string(fixture(&format!("{blank}/truth.json"))).unwrap();
        let truth: serde_json::Value = serde_json::from_str(&truth).unwrap();
        let rows = desk
            .run(&["forms", "suggest", &fixture(&format!("{blank}/blank.pdf")), "--json"])
            .ended(0)
            .objects();
        for row in rows.iter().filter(|row| row["key"].is_string()) {
            let meant = &truth["meant"][row["field"].as_str().unwrap()];
            let is_right = meant.as_array().is_some_and(|keys| keys.contains(&row["key"]));
            let is_confident = row["confidence"].as_f64().unwrap() >= 0.75;
            assert!(is_right || !is_confident, "{blank}: {row} is meant as {meant}");
            confident += usize::from(is_confident);
            right += usize::from(is_right);
        }
    }
    // Refusing everything would be never wrong, too.
    assert!(confident >= CONFIDENT_MIN && right >= RIGHT_MIN, "{confident} confident, {right} right");
}

/// `smartexus.figures/1` of twelve months of 2025, each with 1,000.00 of revenue; nothing else.
fn a_year_of_revenue() -> serde_json::Value {
    let months = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let month = |(number, days): (i32, i32)| {
        serde_json::json!({
            "kind": "month", "account": "all", "currency": "USD", "is_partial": false, "covered_days": days,
            "period": { "start": format!("2025-{number:02}-01"), "end": format!("2025-{number:02}-{days}") },
            "opening": null, "closing": null, "money_in": "1000.00", "money_out": "0.00", "net": "1000.00",
            "count_in": 1, "count_out": 0, "average_daily_balance": null, "balance_min": null,
            "balance_min_on": null, "balance_max": null, "balance_max_on": null, "true_revenue": "1000.00",
            "debt_payments": null, "balance_to_revenue": null, "negative_days": null, "basis": "verified",
            "rows": [],
        })
    };
    let cash_flow: Vec<serde_json::Value> = (1..).zip(months).map(month).collect();
    serde_json::json!({
        "schema": "smartexus.figures/1", "formulas": 1, "as_of": "2025-12-31", "choices": [], "accounts": [],
        "figures": [], "cash_flow": cash_flow, "recurring": [], "income_streams": [], "positions": [],
        "concentration": [], "returned_items": [], "noted": [], "missing_accounts": [], "tagged": [],
        "affordability": [], "prequalification": [], "statements": [], "findings": [],
    })
}

#[test]
fn figures_answer_what_the_facts_do_not() {
    let desk = Desk::new();
    desk.file("figures.json", a_year_of_revenue().to_string());
    let facts = r#"{ "schema": "smartexus.facts/1", "facts": [{ "key": "business.legal_name", "value": "Otter Creek LLC" }] }"#;
    desk.file("facts.json", facts);
    let blank = fixture("loan-application/blank.pdf");
    let fill = ["forms", "fill", &blank, "--facts", "facts.json", "-o", "out.pdf", "--json"];
    let revenue = |more: &[&str]| {
        let filled = desk.run(&[&fill[..], more].concat()).ended(0).objects();
        let fields = filled[0]["fields"].as_array().unwrap();
        fields.iter().find(|field| field["name"] == "annual_revenue").unwrap().clone()
    };
    assert_eq!(revenue(&[])["state"], "missing");
    let answered = revenue(&["--figures", "figures.json"]);
    assert_eq!(
        (&answered["state"], &answered["value"]),
        (&"filled".into(), &"12,000.00".into()),
        "{answered}"
    );
    assert!(answered["sources"][0]["document"].as_str().unwrap().starts_with("figures.json: "), "{answered}");
    let wrong = desk.run(&[&fill[..], &["--figures", "facts.json"]].concat()).ended(1);
    assert!(wrong.stderr.contains("smartexus.figures/1"), "{}", wrong.stderr);
}

#[test]
fn a_filled_form_becomes_facts_that_fill_another() {
    let desk = Desk::new();
    let (blank, facts) = (fixture("taxpayer-request/blank.pdf"), fixture("taxpayer-request/facts.json"));
    desk.run(&["forms", "fill", &blank, "--facts", &facts, "-o", "filled.pdf"]).ended(0);
    let read = desk.run(&["forms", "read", "filled.pdf", "--json"]).ended(0).objects();
    let value = |objects: &[serde_json::Value], key: &str| {
        let facts = objects[0]["facts"].as_array().unwrap().clone();
        facts.iter().find(|fact| fact["key"] == key).map(|fact| fact["value"].as_str().unwrap().to_owned())
    };
    assert_eq!(value(&read, "business.ein").as_deref(), Some("987654321"));
    assert_eq!(value(&read, "business.entity_type").as_deref(), Some("llc"));
    let book = desk.run(&["forms", "read", "filled.pdf"]).ended(0).stdout;
    desk.file("read.json", book);
    let other = fixture("borrower-information/blank.pdf");
    let filled = desk
        .run(&["forms", "fill", &other, "--facts", "read.json", "-o", "other.pdf", "--json"])
        .ended(0)
        .objects();
    let fields = filled[0]["fields"].as_array().unwrap();
    let said = |name: &str| fields.iter().find(|field| field["name"] == name).unwrap()["value"].clone();
    assert_eq!((said("EIN"), said("addr2")), ("987654321".into(), "Port Ellery, TX, 78701".into()));
    // A flat copy: by its blank's boxes.
    desk.run(&["forms", "flatten", "filled.pdf", "-o", "flat.pdf"]).ended(0);
    assert!(desk.run(&["forms", "read", "flat.pdf"]).ended(1).stderr.contains("no_form_fields"));
    let flat = desk.run(&["forms", "read", "flat.pdf", "--blank", &blank, "--json"]).ended(0).objects();
    for key in ["business.ein", "business.legal_name", "business.address.zip", "business.entity_type"] {
        assert_eq!(value(&flat, key), value(&read, key), "{key}");
    }
    assert_eq!(flat[0]["left_out"], read[0]["left_out"]);
    let another =
        desk.run(&["forms", "read", "flat.pdf", "--blank", &fixture("loan-application/blank.pdf")]).ended(1);
    assert!(another.stderr.contains("another form"), "{}", another.stderr);
}

#[test]
fn a_scanned_form_is_read_through_its_blank() {
    let desk = Desk::new();
    let (blank, facts) = (fixture("taxpayer-request/blank.pdf"), fixture("taxpayer-request/facts.json"));
    desk.run(&["forms", "fill", &blank, "--facts", &facts, "-o", "filled.pdf"]).ended(0);
    desk.run(&["forms", "flatten", "filled.pdf", "-o", "flat.pdf"]).ended(0);
    let facts_of = |args: &[&str]| -> BTreeMap<String, (String, f64)> {
        let read = desk.run(&[&["forms", "read", "--json"], args].concat()).ended(0).objects();
        let fact = |fact: &serde_json::Value| {
            let text = |name: &str| fact[name].as_str().unwrap().to_owned();
            (text("key"), (text("value"), fact["confidence"].as_f64().unwrap()))
        };
        read[0]["facts"].as_array().unwrap().iter().map(fact).collect()
    };
    let known = facts_of(&["filled.pdf"]);
    let flat = std::fs::read(desk.path("flat.pdf")).unwrap();
    // Laid in a little askew, and as a picture file.
    desk.file("scan.pdf", Medium::Skew.of(&flat, 300, 5));
    desk.file("picture.png", png(&scan::pages(&flat, 200)[0]));
    for copy in ["scan.pdf", "picture.png"] {
        let read = facts_of(&[copy, "--blank", &blank]);
        for (key, (value, confidence)) in &read {
            assert_eq!(Some(value), known.get(key).map(|(value, _)| value), "{copy} {key}");
            let is_tick = key == "business.entity_type";
            assert!(is_tick || *confidence <= 0.75, "nothing proves what was recognized: {copy} {key}");
        }
        assert!(
            read.contains_key("business.entity_type") && read.len() * 3 >= known.len() * 2,
            "{copy}: {read:?}"
        );
    }
}

#[test]
fn a_form_without_fields_is_drafted_and_filled_where_a_person_would_write() {
    let desk = Desk::new();
    // Flattened before it was filled: what is left is print and lines.
    let blank = fixture("personal-statement/blank.pdf");
    desk.run(&["forms", "flatten", &blank, "-o", "flat.pdf"]).ended(0);
    let known = desk.run(&["forms", "inspect", &blank, "--json"]).ended(0).objects();
    let draft = desk.run(&["forms", "suggest", "flat.pdf", "--draft"]).ended(0);
    assert!(draft.stderr.contains("no fields of its own"), "{}", draft.stderr);
    let places = draft.stdout.lines().filter(|line| line.contains("box [")).count();
    assert!(places * 10 >= known.len() * 9, "{places} places for {} fields", known.len());
    let name = draft.stdout.lines().find(|line| line.contains("applicant[0].full_name")).unwrap();
    let field = name.split('"').nth(1).unwrap().to_owned();
    let fingerprint = draft.stdout.lines().find(|line| line.contains("fingerprint")).unwrap().to_owned();
    desk.file(
        "flat.yaml",
        format!(
            "schema: smartexus.form_mapping/1\nname: flat\nversion: 1\nform:\n  title: F\n  edition: e\n  currency: USD\n{fingerprint}\nfields:\n  - {{ field: \"{field}\", key: \"applicant[0].full_name\" }}\n"
        ),
    );
    desk.run(&["forms", "validate", "flat.yaml", "--form", "flat.pdf"]).ended(0);
    let facts = fixture("personal-statement/facts.json");
    let unknown = desk.run(&["forms", "fill", "flat.pdf", "--facts", &facts, "-o", "out.pdf"]).ended(1);
    assert!(unknown.stderr.contains("no_form_fields"), "{}", unknown.stderr);
    let fill = [
        "forms",
        "fill",
        "flat.pdf",
        "--facts",
        &facts,
        "-o",
        "out.pdf",
        "--mapping",
        "flat.yaml",
        "--flatten",
    ];
    desk.run(&fill).ended(0);
    let read = desk.run(&["extract", "out.pdf", "--json"]).ended(0).objects();
    let text = read[0]["pages"][0]["text"].as_str().unwrap().to_owned();
    assert!(text.contains("Mara J. Quill"), "{text}");
}
