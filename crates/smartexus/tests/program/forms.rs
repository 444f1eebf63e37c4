//! Forms on the command line: the same in every way as the library, through the sandbox.

use crate::support::{Desk, pdf_saying};
use std::path::PathBuf;

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
