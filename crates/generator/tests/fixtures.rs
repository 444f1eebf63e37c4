//! What is committed is what is made, and what is made is true: checked without any of the product's readers.

#![expect(clippy::unwrap_used, reason = "helpers of tests: a surprise is a failed test")]

use serde_json::Value;
use smartexus_domain::Statement;
use smartexus_generator::{Files, fixtures};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// Folders of the fixtures that others own, and the scans, whose bytes nothing compares.
const FOREIGN: [&str; 2] = ["wire", "scans"];
const CASE_BYTES_MAX: usize = 200 * 1024;
const HOSTILE_BYTES_MAX: usize = 3 * 1024 * 1024;

/// The statements of every case, with the case's name.
fn statements(files: &Files) -> Vec<(String, Value)> {
    // The truth of a form is what its fields say.
    let of_statements = files.iter().filter(|(path, _)| !path.starts_with("forms/"));
    let truths = of_statements.filter_map(|(path, bytes)| Some((path.strip_suffix("/truth.json")?, bytes)));
    truths
        .flat_map(|(case, bytes)| {
            let truth: Value = serde_json::from_slice(bytes).unwrap();
            let list = truth["statements"].as_array().unwrap().clone();
            list.into_iter().map(move |statement| (case.to_owned(), statement))
        })
        .collect()
}

/// Minor units of a decimal string with two minor digits, or of yen, which have none; deliberately not the product's code.
fn cents(value: &Value) -> Option<i64> {
    let text = value.as_str()?;
    let digits = text.trim_start_matches('-');
    let (whole, minor) = digits.split_once('.').unwrap_or((digits, ""));
    assert!(matches!(minor.len(), 0 | 2), "{text}");
    let magnitude: i64 = format!("{whole}{minor}").parse().unwrap();
    Some(if text.starts_with('-') { -magnitude } else { magnitude })
}

fn rows(statement: &Value) -> &Vec<Value> {
    statement["transactions"].as_array().unwrap()
}

/// `None` if every printed figure agrees, else the first row that does not, or 0 for the statement's own figures.
fn first_disagreement(statement: &Value) -> Option<u64> {
    let mut balance = cents(&statement["opening_balance"]);
    for row in rows(statement) {
        let printed = cents(&row["balance"]);
        balance = balance.map(|b| b + cents(&row["amount"]).unwrap());
        if let (Some(expected), Some(found)) = (balance, printed)
            && expected != found
        {
            return row["seq"].as_u64();
        }
        balance = printed.or(balance);
    }
    let amounts = || rows(statement).iter().map(|row| cents(&row["amount"]).unwrap());
    let ends = cents(&statement["opening_balance"]).zip(cents(&statement["closing_balance"]));
    let sum_holds = ends.is_none_or(|(opening, closing)| opening + amounts().sum::<i64>() == closing);
    let holds = |key: &str, sum: i64| cents(&statement["totals"][key]).is_none_or(|total| total == sum);
    let credits = holds("credits", amounts().filter(|a| *a > 0).sum());
    let debits = holds("debits", amounts().filter(|a| *a < 0).sum());
    (!(sum_holds && credits && debits)).then_some(0)
}

#[test]
fn what_is_committed_is_what_is_made() {
    let made = fixtures();
    for (path, bytes) in &made {
        let found = std::fs::read(folder().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(found == *bytes, "{path} differs: run `cargo run -p smartexus-generator -- --out fixtures`");
    }
}

#[test]
fn no_folder_is_left_over() {
    let made: BTreeSet<String> =
        fixtures().keys().filter_map(|path| path.split_once('/')).map(|(case, _)| case.to_owned()).collect();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let known = made.contains(&name) || FOREIGN.contains(&name.as_str()) || entry.path().is_file();
        assert!(known, "{name} is not made any more");
    }
}

#[test]
fn honest_figures_agree_and_forged_ones_do_not() {
    let files = fixtures();
    let mut forged = 0;
    for (case, statement) in statements(&files) {
        let broken = first_disagreement(&statement);
        match statement["expect"]["verdict"].as_str().unwrap() {
            "verified" => {
                assert_eq!(broken, None, "{case}");
                assert!(
                    statement["opening_balance"].is_string() && statement["closing_balance"].is_string(),
                    "{case}"
                );
            }
            "unverifiable" => {
                assert_eq!(broken, None, "{case}");
                assert!(
                    statement["opening_balance"].is_null() || statement["closing_balance"].is_null(),
                    "{case}"
                );
            }
            "discrepancy" => {
                forged += 1;
                let stated = statement["expect"]["first_broken_row"].as_u64().unwrap_or(0);
                assert_eq!(broken, Some(stated), "{case}");
            }
            other => panic!("{case}: {other}"),
        }
    }
    assert!(forged >= 4, "only {forged} forged statements");
}

#[test]
fn rows_are_numbered_and_in_order() {
    for (case, statement) in statements(&fixtures()) {
        let mut before = String::new();
        for (index, row) in rows(&statement).iter().enumerate() {
            assert_eq!(row["seq"], index + 1, "{case}");
            let date = row["date"].as_str().unwrap().to_owned();
            assert!(before <= date, "{case}: row {}", index + 1);
            let text = row["description"].as_str().unwrap();
            assert_eq!(text.split_whitespace().collect::<Vec<_>>().join(" "), text, "{case}");
            before = date;
        }
    }
}

#[test]
fn truth_reads_as_the_product_s_statement() {
    for (case, statement) in statements(&fixtures()) {
        let read: Statement =
            serde_json::from_value(statement.clone()).unwrap_or_else(|e| panic!("{case}: {e}"));
        assert_eq!(read.transactions.len(), rows(&statement).len(), "{case}");
    }
}

/// The pages of `words.json`: size, and words with their boxes; slanted ones last, apart.
fn pages(bytes: &[u8]) -> Vec<(f64, f64, Vec<Value>)> {
    let file: Value = serde_json::from_slice(bytes).unwrap();
    let pages = file["pages"].as_array().unwrap().clone();
    pages
        .into_iter()
        .map(|page| {
            let words = page["words"].as_array().unwrap().clone();
            (page["width"].as_f64().unwrap(), page["height"].as_f64().unwrap(), words)
        })
        .collect()
}

fn bounds(word: &Value) -> [f64; 4] {
    serde_json::from_value(word["box"].clone()).unwrap()
}

#[test]
fn words_lie_on_the_page_and_not_on_each_other() {
    for (path, bytes) in fixtures().iter().filter(|(path, _)| path.ends_with("/words.json")) {
        for (width, height, words) in pages(bytes) {
            let level: Vec<&Value> = words.iter().filter(|word| word["angle"].is_null()).collect();
            for word in &words {
                let [x0, y0, x1, y1] = bounds(word);
                let inside = 0.0 <= x0 && x0 < x1 && x1 <= width && 0.0 <= y0 && y0 < y1 && y1 <= height;
                assert!(inside, "{path}: {word}");
            }
            for (index, one) in level.iter().enumerate() {
                let a = bounds(one);
                for other in &level[index + 1..] {
                    let b = bounds(other);
                    let across = a[2].min(b[2]) - a[0].max(b[0]);
                    let down = a[3].min(b[3]) - a[1].max(b[1]);
                    let overlap = across > 0.05 && down > 0.35 * (a[3] - a[1]);
                    assert!(!overlap, "{path}: {one} over {other}");
                }
            }
        }
    }
}

#[test]
fn every_description_is_on_paper() {
    let files = fixtures();
    for (case, statement) in statements(&files) {
        let Some(words) = files.get(&format!("{case}/words.json")) else { continue };
        let mut printed: BTreeMap<String, usize> = BTreeMap::new();
        for word in pages(words).into_iter().flat_map(|(_, _, words)| words) {
            *printed.entry(word["text"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        for row in rows(&statement) {
            for word in row["description"].as_str().unwrap().split(' ') {
                let left = printed.get_mut(word).filter(|left| **left > 0);
                let left = left.unwrap_or_else(|| panic!("{case}: a word of row {} is missing", row["seq"]));
                *left -= 1;
            }
        }
    }
}

#[test]
fn the_collection_is_broad_and_small() {
    let files = fixtures();
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut layouts = BTreeSet::new();
    for (path, bytes) in &files {
        let (case, name) = path.split_once('/').unwrap();
        *sizes.entry(case).or_default() += bytes.len();
        if name == "case.json" {
            let card: Value = serde_json::from_slice(bytes).unwrap();
            assert_eq!(card["name"], case);
            layouts.insert(card["layout"].as_str().unwrap().to_owned());
        }
    }
    for (case, size) in sizes {
        let most = if case == "hostile" { HOSTILE_BYTES_MAX } else { CASE_BYTES_MAX };
        assert!(size <= most, "{case}: {size} bytes");
    }
    assert!(layouts.len() >= 15, "only {} layouts", layouts.len());
}
