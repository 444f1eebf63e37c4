//! `schemas/`: generated from the types, and true of what the program really prints.

use crate::support::{Desk, ENCRYPTED_PDF, GOOD_CSV, pdf_saying, text};
use serde_json::Value;
use smartexus_domain::{Case, Figures, FormResult, PagesOutput, StatementResult};
use std::path::PathBuf;

fn generated() -> [(PathBuf, String); 5] {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../schemas");
    let pretty = |schema: schemars::Schema| serde_json::to_string_pretty(&schema).unwrap() + "\n";
    [
        (folder.join("result.v1.json"), pretty(schemars::schema_for!(StatementResult))),
        (folder.join("pages.v1.json"), pretty(schemars::schema_for!(PagesOutput))),
        (folder.join("case.v1.json"), pretty(schemars::schema_for!(Case))),
        (folder.join("figures.v1.json"), pretty(schemars::schema_for!(Figures))),
        (folder.join("form.v1.json"), pretty(schemars::schema_for!(FormResult))),
    ]
}

#[test]
fn the_committed_schemas_are_the_ones_of_the_types() {
    for (path, schema) in generated() {
        let name = path.file_name().unwrap().display().to_string();
        assert!(
            text(&path) == schema,
            "{name} is old: run `cargo test -p smartexus write_schemas -- --ignored`"
        );
    }
}

#[test]
#[ignore = "writes schemas/; run it after a type of the contract has grown"]
fn write_schemas() {
    for (path, schema) in generated() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, schema).unwrap();
    }
}

#[track_caller]
fn check(schema: &str, printed: &[Value]) {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for value in printed {
        let faults: Vec<String> = validator.iter_errors(value).map(|error| error.to_string()).collect();
        assert_eq!(faults, Vec::<String>::new(), "{value}");
    }
}

#[test]
fn what_the_program_prints_is_what_the_schemas_say() {
    let desk = Desk::new();
    desk.file("good.csv", GOOD_CSV);
    desk.file("broken.csv", GOOD_CSV.replace("97.50", "79.50"));
    desk.file("a.pdf", pdf_saying("Opening balance 100.00"));
    desk.file("locked.pdf", ENCRYPTED_PDF);
    let files = ["good.csv", "broken.csv", "a.pdf", "locked.pdf", "gone.pdf"];
    let [(_, result), (_, pages), (_, case), (_, figures), _] = generated();
    let printed = desk.run(&[&["process", "--json"], &files[..]].concat()).ended(3).objects();
    assert_eq!(printed.len(), files.len());
    check(&result, &printed);
    let together = desk.run(&[&["process", "--json", "--case"], &files[..]].concat()).ended(3).objects();
    assert_eq!(together.len(), files.len() + 1);
    check(&case, &together[files.len()..]);
    desk.run(&[&["process", "-o", "out"], &files[..]].concat()).ended(3);
    check(&figures, &desk.run(&["report", "out", "--json"]).ended(0).objects());
    for words in [&["--words"][..], &[]] {
        check(&pages, &desk.run(&[&["extract", "--json"], words, &files[..]].concat()).ended(3).objects());
    }
    // The validator is not simply content with everything.
    let schema: Value = serde_json::from_str(&result).unwrap();
    let mut wrong = printed[0].clone();
    wrong["statements"][0]["verdict"] = Value::from("green");
    assert!(!jsonschema::is_valid(&schema, &wrong));
}
