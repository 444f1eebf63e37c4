//! `report`, and the figures beside a case.

use crate::support::{Desk, GOOD_CSV, text};
use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;

/// Names a Python that has pandas, where `python3` has none.
const PYTHON: &str = "PANDAS_PYTHON";
/// One case of several papers.
const FIXTURES: [&str; 6] =
    ["us-business", "us-card", "us-checking-running", "uk-current", "au-everyday", "camt053-two-accounts"];

fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("march.csv", GOOD_CSV);
    desk.run(&["process", "march.csv", "-o", "out", "--case"]).ended(0);
    desk
}

#[test]
fn kept_results_come_to_the_figures_of_the_case() {
    let desk = desk();
    let kept: Value = serde_json::from_str(&text(&desk.path("out/figures.json"))).unwrap();
    assert_eq!(kept["schema"], "smartexus.figures/1");
    let case: Value = serde_json::from_str(&text(&desk.path("out/case.json"))).unwrap();
    assert_eq!(case["figures"], kept["figures"]);
    let printed = desk.run(&["report", "out", "--json"]).ended(0).objects();
    assert_eq!(printed, [kept]);
}

#[test]
fn people_are_told_a_few_lines() {
    let desk = desk();
    let said = desk.run(&["report", "out"]).ended(0).stdout;
    for line in
        ["out: 1 account, seen from 2026-03-31", "31 days covered", "average daily balance", "lowest balance"]
    {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert!(said.lines().count() < 25, "{said}");
}

#[test]
fn choices_change_figures_and_faults_show_their_place() {
    let desk = desk();
    desk.file("ours.yaml", "schema: smartexus.analytics/1\nas_of: 2026-04-30\n");
    let args = ["report", "out", "--json", "--choices", "ours.yaml"];
    assert_eq!(desk.run(&args).ended(0).objects()[0]["as_of"], "2026-04-30");
    desk.file("ours.yaml", "schema: smartexus.analytics/1\nlow_balanc: \"5\"\n");
    let said = desk.run(&args).ended(78).stderr;
    assert!(said.contains("ours.yaml:2:1") && said.contains("did you mean `low_balance`"), "{said}");
    desk.run(&["report", "out", "--choices", "gone.yaml"]).ended(78);
}

#[test]
fn a_folder_without_results_is_told() {
    let desk = desk();
    let said = desk.run(&["report", "gone"]).ended(1).stderr;
    assert!(said.contains("cannot be listed"), "{said}");
    desk.file("empty/notes.txt", "none");
    let said = desk.run(&["report", "empty"]).ended(1).stderr;
    assert!(said.contains("process FILES -o DIR"), "{said}");
    desk.run(&["report"]).ended(2);
}

#[test]
fn somebodys_figures_are_left_alone() {
    let desk = Desk::new();
    desk.file("march.csv", GOOD_CSV);
    desk.file("out/figures.json", "mine");
    desk.run(&["process", "march.csv", "-o", "out", "--case"]).ended(0);
    assert_eq!(text(&desk.path("out/figures.json")), "mine");
    assert!(text(&desk.path("out/figures-2.json")).contains("smartexus.figures/1"));
}

/// The second implementation, in Python with pandas, over what the program read out of our fixtures.
#[test]
fn figures_of_fixtures_equal_those_of_another_implementation() {
    let python = std::env::var(PYTHON).unwrap_or_else(|_| "python3".to_owned());
    let has_pandas = Command::new(&python).args(["-c", "import pandas"]).output();
    if !has_pandas.is_ok_and(|output| output.status.success()) {
        told_not_run(&python);
        return;
    }
    let desk = Desk::new();
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = |name: &str| root.join("fixtures").join(name).display().to_string();
    let fixtures: Vec<String> = FIXTURES.iter().map(|name| folder(name)).collect();
    let fixtures: Vec<&str> = fixtures.iter().map(String::as_str).collect();
    desk.run(&[&["process", "-o", "all", "--case"], &fixtures[..]].concat()).ended(0);
    for (name, fixture) in FIXTURES.iter().zip(&fixtures) {
        desk.run(&["process", fixture, "-o", name, "--case"]).ended(0);
    }
    let ran = Command::new(&python)
        .arg(root.join("crates/analyze/tests/recompute/figures.py"))
        .arg(root.join("pipelines/categories/taxonomy.csv"))
        .args(["all"].iter().chain(&FIXTURES))
        .current_dir(desk.path(""))
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success() && said.contains("7 cases, "), "{said}");
}

#[expect(clippy::print_stderr, reason = "a test that did not run has to say so")]
fn told_not_run(python: &str) {
    eprintln!("NOT RUN: `{python}` has no pandas; name one that has in {PYTHON}");
}
