//! `process --case`: all files as one client's case.

use crate::support::{Desk, GOOD_CSV, text};
use serde_json::Value;

const APRIL: &str = "Date,Description,Amount,Balance\n\
    2026-03-31,PAYROLL FERNWOOD LTD,1000.00,1097.50\n\
    2026-04-02,BLUE HERON COFFEE 0012,-2.50,1095.00\n";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("march.csv", GOOD_CSV);
    desk.file("april.csv", APRIL);
    desk.file("again.csv", GOOD_CSV);
    desk
}

/// The case without ids of documents, which are new in every run.
fn case(objects: Vec<Value>) -> Value {
    let mut case = objects.into_iter().next_back().unwrap();
    assert_eq!(case["schema"], "smartexus.case/1");
    for document in case["documents"].as_array_mut().unwrap() {
        document.as_object_mut().unwrap().remove("id");
    }
    case
}

#[test]
fn overlapping_files_count_once_in_any_order() {
    let desk = desk();
    let run = |files: &[&str]| {
        let ran = desk.run(&[&["process", "--json", "--case"], files].concat()).ended(0);
        assert_eq!(ran.objects().len(), files.len() + 1);
        case(ran.objects())
    };
    let once = run(&["march.csv", "april.csv", "again.csv"]);
    assert_eq!(once["accounts"].as_array().unwrap().len(), 1);
    assert_eq!(once["accounts"][0]["ledger"].as_array().unwrap().len(), 4);
    assert_eq!(once["duplicates"][0]["kind"], "same_bytes");
    let gross = |figure: &&Value| figure["key"] == "gross_deposits" && figure["is_whole"] == true;
    let gross: Vec<&Value> = once["figures"].as_array().unwrap().iter().filter(gross).collect();
    // Of the account, and of all accounts.
    assert!(gross.len() == 2 && gross.iter().all(|figure| figure["value"] == "1100.00"), "{gross:?}");
    assert_eq!(run(&["again.csv", "april.csv", "march.csv"]), once);
}

#[test]
fn the_case_is_kept_beside_the_folders_and_told_in_a_few_lines() {
    let desk = desk();
    let args = ["process", "march.csv", "april.csv", "-o", "out", "--case"];
    let ran = desk.run(&args).ended(0);
    assert!(ran.stdout.contains("case: 1 account, 4 rows"), "{}", ran.stdout);
    assert!(ran.stdout.contains("2026-03-01 to 2026-04-02"), "{}", ran.stdout);
    assert!(ran.stderr.contains("case: out/case.json"), "{}", ran.stderr);
    let kept: Value = serde_json::from_str(&text(&desk.path("out/case.json"))).unwrap();
    assert_eq!(kept["accounts"][0]["ledger"].as_array().unwrap().len(), 4);
    desk.run(&args).ended(0);
    assert!(!desk.path("out/case-2.json").exists(), "an earlier case of ours is replaced");
}

#[test]
fn exit_codes_of_a_case() {
    let desk = desk();
    desk.run(&["process", "march.csv", "gone.pdf", "--case"]).ended(3);
    desk.run(&["process", "gone.pdf", "--case"]).ended(1);
    // Both files wait for a person already; a case alone may, too.
    desk.run(&["process", "march.csv", "april.csv", "--case", "--fail-on-review"]).ended(4);
    desk.run(&["process", "--case"]).ended(2);
}

#[test]
fn a_case_is_no_statement_to_verify() {
    let desk = desk();
    desk.run(&["process", "march.csv", "-o", "out", "--case"]).ended(0);
    let ran = desk.run(&["verify-statement", "out/case.json"]).ended(1);
    assert!(
        ran.stderr.contains("smartexus.case/1") && ran.stderr.contains("result.json of one"),
        "{}",
        ran.stderr
    );
}

#[test]
fn what_an_editor_may_write_is_told() {
    let desk = desk();
    desk.run(&["process", "march.csv", "-o", "out"]).ended(0);
    let result = text(&desk.path("out/march/result.json"));
    let check = |from: &str, to: &str, code: i32, said: &str| {
        assert!(result.contains(from), "{from}");
        desk.file("edited.json", result.replacen(from, to, 1));
        let ran = desk.run(&["verify-statement", "edited.json", "--json"]).ended(code);
        assert!(format!("{}{}", ran.stdout, ran.stderr).contains(said), "{}{}", ran.stdout, ran.stderr);
    };
    check("\"seq\": 2", "\"seq\": 1", 0, "seq_not_unique");
    check("\"seq\": 1", "\"seq\": 0", 0, "seq_not_from_1");
    check("\"confidence\": ", "\"confidence\": 7", 0, "confidence_out_of_range");
    check("\"amount\": \"100.00\"", "\"amount\": \"1e2\"", 1, "a field there");
    check("\"amount\": \"100.00\"", "\"amount\": \"99999999999999999999.00\"", 1, "a field there");
    check("\"amount\": \"100.00\"", "\"amount\": 100.00", 1, "a field there");
    check("\"2026-03-02\"", "\"2026-02-30\"", 1, "a field there");
    check("\"statements\": [", "\"statements\": [,", 1, "no JSON there");
    check(
        "\"schema\": \"smartexus.result/1\"",
        "\"schema\": \"smartexus.result/9\"",
        1,
        "smartexus.result/9",
    );
}

#[test]
fn a_case_leaves_reports_in_a_folder_of_its_own() {
    let desk = desk();
    let args = ["process", "march.csv", "april.csv", "-o", "out", "--case", "--title", "Fernwood"];
    let ran = desk.run(&[&args[..], &["--formats", "csv,xlsx,parquet"]].concat()).ended(0);
    assert!(ran.stderr.contains("reports: out/case"), "{}", ran.stderr);
    for name in ["transactions.csv", "figures.csv", "case.xlsx", "transactions.parquet"] {
        assert!(desk.path("out/case").join(name).exists(), "{name}");
    }
    assert!(desk.path("out/march/transactions.parquet").exists(), "of one document too");
    assert_eq!(text(&desk.path("out/case/transactions.csv")).lines().count(), 5);
    // The same command again replaces the folder, and leaves nothing of it beside.
    desk.run(&[&args[..], &["--formats", "csv"]].concat()).ended(0);
    assert!(!desk.path("out/case/case.xlsx").exists() && !desk.path("out/case-2").exists());
}

#[test]
fn files_without_a_place_for_the_verdict_are_refused_and_named() {
    let desk = desk();
    let args = ["process", "march.csv", "-o", "out", "--formats", "json,qif"];
    let ran = desk.run(&args).ended(3);
    assert!(ran.stderr.contains("transactions.qif is not written"), "{}", ran.stderr);
    assert!(ran.stderr.contains("--allow-unverified"), "{}", ran.stderr);
    assert!(!desk.path("out/march/transactions.qif").exists());
    assert!(desk.path("out/march/result.json").exists(), "the others are written");
    desk.run(&[&args[..], &["--allow-unverified"]].concat()).ended(0);
    assert!(text(&desk.path("out/march/transactions.qif")).starts_with("!Account"));
    // A bank's id is asked for before anything is read.
    let ran = desk.run(&["process", "march.csv", "-o", "out", "--formats", "qbo"]).ended(2);
    assert!(ran.stderr.contains("--bank-id"), "{}", ran.stderr);
}

#[test]
fn reports_are_written_again_from_kept_results() {
    let desk = desk();
    desk.run(&["process", "march.csv", "april.csv", "-o", "out"]).ended(0);
    let ran = desk.run(&["report", "out", "-o", "sent", "--formats", "csv,json,xlsx"]).ended(0);
    assert!(ran.stderr.contains("reports: sent/out"), "{}", ran.stderr);
    for name in ["transactions.csv", "figures.csv", "figures.json", "case.xlsx"] {
        assert!(desk.path("sent/out").join(name).exists(), "{name}");
    }
}
