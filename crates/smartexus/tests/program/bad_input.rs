//! Whatever people hand over: a coded failure with advice each, and the good ones are read all the same.

use crate::support::{Desk, ENCRYPTED_PDF, GOOD_CSV, pdf, pdf_saying};
use serde_json::Value;
use smartexus_domain::FailureCode;

/// Larger than the pipeline accepts; sparse, so it takes no space.
const TOO_LARGE_BYTES: u64 = 60 * 1024 * 1024;
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde";

fn code(result: &Value) -> Option<&str> {
    result["failure"]["code"].as_str()
}

#[test]
fn each_bad_file_has_a_code_and_advice_and_the_good_one_is_read() {
    let desk = Desk::new();
    let whole = pdf_saying("Opening balance 100.00");
    desk.file("empty.pdf", "");
    desk.file("empty.csv", "");
    desk.file("truncated.pdf", &whole[..whole.len() / 8]);
    desk.file("picture.pdf", pdf("0.5 g 10 10 100 100 re f"));
    desk.file("png-named.pdf", PNG);
    desk.file("locked.pdf", ENCRYPTED_PDF);
    desk.file("good.csv", GOOD_CSV);
    std::fs::File::create(desk.path("large.pdf")).unwrap().set_len(TOO_LARGE_BYTES).unwrap();
    let wanted = [
        ("empty.pdf", Some(FailureCode::Corrupt)),
        ("empty.csv", Some(FailureCode::Corrupt)),
        ("truncated.pdf", Some(FailureCode::Corrupt)),
        ("picture.pdf", Some(FailureCode::NothingReadable)),
        ("png-named.pdf", Some(FailureCode::Corrupt)),
        ("locked.pdf", Some(FailureCode::EncryptedPdf)),
        ("good.csv", None),
        ("large.pdf", Some(FailureCode::TooLarge)),
        ("vanished.pdf", Some(FailureCode::Unreadable)),
    ];
    let files: Vec<&str> = wanted.iter().map(|(name, _)| *name).collect();
    let ran = desk.run(&[&["process", "--json"], files.as_slice()].concat()).ended(3);
    let got: Vec<(String, Option<String>)> = ran
        .objects()
        .iter()
        .map(|result| (result["file"].as_str().unwrap().to_owned(), code(result).map(str::to_owned)))
        .collect();
    let expected: Vec<(String, Option<String>)> = wanted
        .iter()
        .map(|(name, code)| ((*name).to_owned(), code.map(|code| code.as_str().to_owned())))
        .collect();
    assert_eq!(got, expected, "in the order of the inputs");
    for (name, failure) in wanted {
        let Some(failure) = failure else { continue };
        let line = ran.stderr.lines().find(|line| line.starts_with(&format!("{name}: {failure}:")));
        assert!(line.is_some_and(|line| line.contains(failure.advice())), "{name}: {}", ran.stderr);
    }
}

#[test]
fn when_everything_fails_the_command_failed() {
    let desk = Desk::new();
    desk.file("empty.pdf", "");
    desk.run(&["process", "empty.pdf", "gone.pdf"]).ended(1);
    desk.run(&["extract", "empty.pdf", "gone.pdf"]).ended(1);
    desk.run(&["process", "no-such-file.pdf"]).ended(1);
}

#[test]
fn the_limit_of_size_is_exact() {
    let desk = Desk::new();
    let limit = 33_554_432;
    for (size, just_fits) in [(limit, true), (limit + 1, false)] {
        let file = std::fs::File::create(desk.path("zeros.pdf")).unwrap();
        file.set_len(size).unwrap();
        let ran = desk.run(&["process", "--json", "zeros.pdf"]).ended(1);
        let result = &ran.objects()[0];
        assert_eq!(code(result) != Some("too_large"), just_fits, "{size}");
    }
}

#[test]
fn inputs_are_never_touched() {
    let desk = Desk::new();
    let input = desk.file("in/good.csv", GOOD_CSV);
    let before = std::fs::metadata(&input).unwrap();
    desk.run(&["process", "in", "-o", "in"]).ended(0);
    let after = std::fs::metadata(&input).unwrap();
    assert_eq!(before.modified().unwrap(), after.modified().unwrap());
    assert_eq!(std::fs::read(&input).unwrap(), GOOD_CSV.as_bytes());
    assert!(desk.path("in/good/result.json").is_file());
}

#[test]
fn a_directory_is_walked_and_what_is_no_document_is_counted() {
    let desk = Desk::new();
    desk.file("in/b/good.csv", GOOD_CSV);
    desk.file("in/a.csv", GOOD_CSV.replace("FERNWOOD", "WILLOW"));
    desk.file("in/truth.json", "{}");
    let ran = desk.run(&["process", "in", "--json"]).ended(0);
    let files: Vec<String> = ran.objects().iter().map(|r| r["file"].as_str().unwrap().to_owned()).collect();
    assert_eq!(files, ["in/a.csv", "in/b/good.csv"]);
    assert!(ran.stderr.contains("1 file skipped"), "{}", ran.stderr);
    desk.file("nothing/notes.txt", "x");
    desk.run(&["process", "nothing"]).ended(1);
}

#[test]
fn the_same_bytes_under_two_names_are_two_results() {
    let desk = Desk::new();
    desk.file("one.csv", GOOD_CSV);
    desk.file("two.csv", GOOD_CSV);
    let ran = desk.run(&["process", "one.csv", "two.csv", "--json", "-o", "out"]).ended(0);
    let files: Vec<String> = ran.objects().iter().map(|r| r["file"].as_str().unwrap().to_owned()).collect();
    assert_eq!(files, ["one.csv", "two.csv"]);
    for name in ["one", "two"] {
        let rows = crate::support::text(&desk.path(&format!("out/{name}/transactions.csv")));
        assert!(rows.contains(&format!("{name}.csv")), "{rows}");
    }
}
