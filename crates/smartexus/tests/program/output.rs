//! `-o`: a folder for each input, whole or not at all.

use crate::support::{Desk, GOOD_CSV, text};
use serde_json::Value;

fn names(desk: &Desk, folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(desk.path(folder)).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn three_files_and_the_json_is_what_was_printed() {
    let desk = Desk::new();
    desk.file("march.csv", GOOD_CSV);
    let ran = desk.run(&["process", "march.csv", "-o", "out", "--json"]).ended(0);
    assert_eq!(names(&desk, "out"), ["march"]);
    assert_eq!(names(&desk, "out/march"), ["result.json", "statement.xlsx", "transactions.csv"]);
    let kept: Value = serde_json::from_str(&text(&desk.path("out/march/result.json"))).unwrap();
    assert_eq!(kept, ran.objects()[0]);
    assert_eq!(kept["statements"][0]["transactions"].as_array().unwrap().len(), 3);
    let rows = text(&desk.path("out/march/transactions.csv"));
    assert_eq!(rows.lines().count(), 4, "{rows}");
    assert!(std::fs::read(desk.path("out/march/statement.xlsx")).unwrap().starts_with(b"PK"));
}

#[test]
fn formats_are_chosen_and_a_failure_always_says_why() {
    let desk = Desk::new();
    desk.file("march.csv", GOOD_CSV);
    desk.file("empty.pdf", "");
    desk.run(&["process", "march.csv", "empty.pdf", "-o", "out", "--formats", "csv"]).ended(3);
    assert_eq!(names(&desk, "out/march"), ["transactions.csv"]);
    assert_eq!(names(&desk, "out/empty"), ["result.json"]);
}

#[test]
fn twins_get_numbers_and_a_second_run_changes_nothing() {
    let desk = Desk::new();
    desk.file("a/march.csv", GOOD_CSV);
    desk.file("b/march.csv", GOOD_CSV.replace("FERNWOOD", "WILLOW"));
    let args = ["process", "a/march.csv", "b/march.csv", "-o", "out", "--formats", "csv"];
    desk.run(&args).ended(0);
    let before =
        [text(&desk.path("out/march/transactions.csv")), text(&desk.path("out/march-2/transactions.csv"))];
    desk.run(&args).ended(0);
    assert_eq!(names(&desk, "out"), ["march", "march-2"]);
    let after =
        [text(&desk.path("out/march/transactions.csv")), text(&desk.path("out/march-2/transactions.csv"))];
    assert_eq!(before, after);
    assert!(before[1].contains("WILLOW"));
}

#[test]
fn a_place_that_cannot_be_written_is_said_before_anything_is_read() {
    let desk = Desk::new();
    desk.file("march.csv", GOOD_CSV);
    desk.file("taken", "a file");
    let ran = desk.run(&["process", "march.csv", "-o", "taken"]).ended(1);
    assert!(ran.stderr.contains("output directory"), "{}", ran.stderr);
}

#[test]
fn a_data_directory_keeps_documents_and_a_temporary_one_does_not() {
    let desk = Desk::new();
    desk.file("march.csv", GOOD_CSV);
    std::fs::create_dir(desk.path("tmp")).unwrap();
    let mut command = desk.command(&["process", "march.csv", "--json"]);
    let ran = command.env("TMPDIR", desk.path("tmp")).output().unwrap();
    assert!(ran.status.success());
    assert_eq!(names(&desk, "tmp"), Vec::<String>::new());

    let first = desk.run(&["process", "march.csv", "--json", "--data-dir", "data"]).ended(0).objects();
    let again = desk.run(&["process", "march.csv", "--json", "--data-dir", "data"]).ended(0).objects();
    assert_eq!(first[0]["document"]["id"], again[0]["document"]["id"]);
    let id = first[0]["document"]["id"].as_str().unwrap();
    let plan = desk.run(&["retention", "plan", "--json", "--data-dir", "data"]).ended(0).objects();
    assert_eq!(plan.len(), 1);
    assert_eq!(plan[0]["document"], id);
}

#[test]
fn a_document_is_held_released_and_erased_with_a_receipt() {
    let desk = Desk::new();
    desk.file("march.csv", GOOD_CSV);
    let read = desk.run(&["process", "march.csv", "--json", "--data-dir", "data"]).ended(0).objects();
    let id = read[0]["document"]["id"].as_str().unwrap();
    let run = |args: &[&str]| desk.run(&[args, &["--json", "--data-dir", "data"]].concat());

    assert_eq!(run(&["retention", "hold", id]).ended(0).objects()[0]["changed"], true);
    assert_eq!(run(&["retention", "hold", id]).ended(0).objects()[0]["changed"], false);
    let refused = run(&["erase", id, "--yes"]).ended(1);
    assert!(refused.stderr.contains("held"), "{}", refused.stderr);
    run(&["retention", "release", id]).ended(0);

    assert_eq!(
        run(&["erase", id, "--dry-run"]).ended(0).objects()[0]["because"]["reason"],
        "erase_requested"
    );
    assert_eq!(run(&["retention", "plan"]).ended(0).objects().len(), 1, "a dry run erases nothing");
    let receipt = run(&["erase", id, "--yes"]).ended(0).objects();
    assert_eq!(receipt[0]["document"], id);
    assert_eq!(
        run(&["erase", id, "--yes"]).ended(0).objects(),
        receipt,
        "asking twice gives the same receipt"
    );
    assert_eq!(run(&["retention", "plan"]).ended(0).objects().len(), 0);
    let absent = id.replace(|c: char| c.is_ascii_digit(), "0");
    run(&["erase", &absent, "--yes"]).ended(1);
    run(&["sweep", "--once"]).ended(0);
}
