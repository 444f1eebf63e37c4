//! Data on stdout, everything else on stderr.

use crate::support::{Desk, GOOD_CSV, Ran, pdf_saying};
use std::io::Write;
use std::process::Stdio;

#[test]
fn a_table_for_people_and_the_summary_beside_it() {
    let desk = Desk::new();
    desk.file("good.csv", GOOD_CSV);
    let ran = desk.run(&["process", "good.csv", "gone.pdf"]).ended(3);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), 3, "{}", ran.stdout);
    for word in ["file", "issuer", "rows", "verdict", "status", "ms"] {
        assert!(lines[0].contains(word), "{word}: {}", lines[0]);
    }
    assert!(lines[1].starts_with("good.csv") && lines[2].contains("failed"), "{}", ran.stdout);
    assert!(
        ran.stderr.contains("2 files:") && ran.stderr.contains("gone.pdf: unreadable:"),
        "{}",
        ran.stderr
    );
    assert!(
        !ran.stdout.contains('\u{1b}') && !ran.stderr.contains('\u{1b}'),
        "no escape sequences into a pipe"
    );
}

#[test]
fn under_json_stdout_is_nothing_but_objects() {
    let desk = Desk::new();
    desk.file("good.csv", GOOD_CSV);
    let ran = desk.run(&["process", "good.csv", "gone.pdf", "--json"]).ended(3);
    assert_eq!(ran.objects().len(), 2);
    assert!(ran.stderr.contains("2 files:"), "{}", ran.stderr);
}

#[test]
fn a_reader_that_leaves_ends_the_program_quietly() {
    let desk = Desk::new();
    desk.file("a.pdf", pdf_saying("words"));
    let mut child = desk.command(&["extract", "--json", "a.pdf"]).spawn().unwrap();
    drop(child.stdout.take());
    let ran = Ran::of(child.wait_with_output().unwrap()).ended(0);
    assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
}

#[test]
fn extract_prints_text_words_and_failures() {
    let desk = Desk::new();
    desk.file("a.pdf", pdf_saying("Opening balance"));
    let ran = desk.run(&["extract", "a.pdf"]).ended(0);
    assert!(ran.stdout.contains("Opening balance"), "{}", ran.stdout);
    let plain = desk.run(&["extract", "--json", "a.pdf"]).ended(0).objects();
    assert_eq!(plain[0]["schema"], "smartexus.pages/1");
    assert!(plain[0]["pages"][0].get("words").is_none());
    let words = desk.run(&["extract", "--json", "--words", "a.pdf", "gone.pdf"]).ended(3).objects();
    assert_eq!(words[0]["pages"][0]["words"][1]["text"], "balance");
    assert_eq!(words[1]["failure"]["code"], "unreadable");
}

#[test]
fn categorize_reads_a_pipe_and_goes_on_after_a_bad_row() {
    let desk = Desk::new();
    let mut child = desk.command(&["categorize", "--json"]).stdin(Stdio::piped()).spawn().unwrap();
    let rows = "description,amount,currency\nPAYROLL FERNWOOD LTD,1000.00,USD\nTEA,many,USD\nATM WITHDRAWAL 0412,-40.00,USD\n";
    child.stdin.take().unwrap().write_all(rows.as_bytes()).unwrap();
    let ran = Ran::of(child.wait_with_output().unwrap()).ended(3);
    let objects = ran.objects();
    let numbers: Vec<u64> = objects.iter().map(|object| object["row"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [1, 2, 3]);
    for object in &objects {
        assert!(
            object["category"].is_string()
                && object["reason"].is_string()
                && object["confidence"].is_number()
        );
    }
    assert_eq!(objects[1]["error"], "amount_malformed");
    assert!(objects[0].get("error").is_none());
}

#[test]
fn a_file_name_cannot_drive_the_terminal() {
    let desk = Desk::new();
    let ran = desk.run(&["process", "\u{1b}[2Jgone.pdf"]).ended(1);
    assert!(
        !ran.stdout.contains('\u{1b}') && !ran.stderr.contains('\u{1b}'),
        "{:?} {:?}",
        ran.stdout,
        ran.stderr
    );
}

#[test]
fn a_text_layer_is_passed_over_where_recognition_is_asked_for() {
    let desk = Desk::new();
    let paper = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/nz-household/document.pdf");
    let read =
        |when: &str| desk.run(&["extract", "--json", "--ocr", when, paper]).ended(0).objects().remove(0);
    let (layer, seen) = (read("never"), read("always"));
    assert_eq!((&layer["pages"][0]["method"], &seen["pages"][0]["method"]), (&"text".into(), &"ocr".into()));
    let words = |page: &serde_json::Value| {
        let text = page["pages"][0]["text"].as_str().unwrap_or_default().to_owned();
        text.split_whitespace().map(str::to_owned).collect::<std::collections::BTreeSet<String>>()
    };
    let (layer, seen) = (words(&layer), words(&seen));
    assert!(layer.intersection(&seen).count() * 10 > layer.len() * 8, "{seen:?}");
}
