//! The documented exit codes, each from the mouth of the program.

use crate::support::{Desk, GOOD_CSV, pdf_saying};

#[test]
fn usage_is_two() {
    let desk = Desk::new();
    desk.file("a.pdf", pdf_saying("x"));
    for args in [
        &["process"][..],
        &["frobnicate"],
        &["process", "a.pdf", "--formats", "docx", "-o", "out"],
        &["process", "a.pdf", "--formats", "csv"],
        &["extract", "--ocr", "sometimes", "a.pdf"],
        &["erase", "01932c07-209c-7cde-a2d1-7a7d8b6a0c1e"],
        &["erase", "not-an-id", "--yes"],
        &["completions", "tcsh"],
    ] {
        let ran = desk.run(args).ended(2);
        assert!(ran.stdout.is_empty() && !ran.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn bad_configuration_is_seventy_eight_with_every_fault() {
    let desk = Desk::new();
    desk.file("good.csv", GOOD_CSV);
    desk.file("smartexus.toml", "jobs = 0\nlisten = \"0.0.0.0:80\"\njbos = 3\n");
    let ran = desk.run(&["process", "good.csv"]).ended(78);
    for part in
        ["smartexus.toml:1:8", "smartexus.toml:2:10", "smartexus.toml:3:1", "did you mean `jobs`?", "^^^^"]
    {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
    std::fs::remove_file(desk.path("smartexus.toml")).unwrap();
    desk.run(&["process", "good.csv", "--pipeline", "no-such"]).ended(78);
    desk.run(&["process", "good.csv", "--config", "no-such.toml"]).ended(78);
    let mut unknown = desk.command(&["config", "show"]);
    let ran = unknown.env("SMARTEXUS_DATABASE_URL", "mysql://me:s3cret@db/x").output().unwrap();
    assert_eq!(ran.status.code(), Some(78));
    let mut fleet = desk.command(&["config", "show"]);
    let ran = fleet.env("SMARTEXUS_DATABASE_URL", "postgres://me:s3cret@db/x").output().unwrap();
    assert_eq!(ran.status.code(), Some(0));
    assert!(!String::from_utf8_lossy(&ran.stdout).contains("s3cret"), "an address may hold a password");
}

#[test]
fn a_wrong_pipeline_file_is_seventy_eight_with_its_place() {
    let desk = Desk::new();
    desk.file("mine.yaml", "schema: smartexus.pipeline/1\nname: mine\nverison: 1\n");
    let ran = desk.run(&["pipelines", "validate", "mine.yaml"]).ended(78);
    assert!(ran.stderr.contains("mine.yaml:3:1") && ran.stderr.contains("^^^"), "{}", ran.stderr);
    desk.run(&["pipelines", "validate"]).ended(0);
    desk.run(&["pipelines", "validate", "gone.yaml"]).ended(78);
}

#[test]
fn attention_is_four_and_only_when_asked_for() {
    let desk = Desk::new();
    desk.file("broken.csv", GOOD_CSV.replace("97.50", "79.50"));
    let ran = desk.run(&["process", "broken.csv", "-o", "out"]).ended(0);
    assert!(ran.stdout.contains("needs_review") && ran.stdout.contains("discrepancy"), "{}", ran.stdout);
    desk.run(&["process", "broken.csv", "--fail-on-review"]).ended(4);
    let result = "out/broken/result.json";
    let ran = desk.run(&["verify-statement", result]).ended(0);
    assert!(
        ran.stdout.contains("discrepancy") && ran.stdout.contains("running balance breaks at row"),
        "{}",
        ran.stdout
    );
    desk.run(&["verify-statement", result, "--fail-on-review"]).ended(4);
}

#[test]
fn a_verdict_in_the_file_is_not_believed() {
    let desk = Desk::new();
    desk.file("broken.csv", GOOD_CSV.replace("97.50", "79.50"));
    desk.run(&["process", "broken.csv", "-o", "out"]).ended(0);
    let path = desk.path("out/broken/result.json");
    let claimed = crate::support::text(&path)
        .replace("\"discrepancy\"", "\"verified\"")
        .replace("\"fail\"", "\"pass\"");
    std::fs::write(&path, claimed).unwrap();
    let ran = desk.run(&["verify-statement", "out/broken/result.json", "--json"]).ended(0);
    assert_eq!(ran.objects()[0]["verdict"], "discrepancy");
}

#[test]
fn verify_statement_of_something_else_is_one() {
    let desk = Desk::new();
    for content in ["", "[]", "{\"schema\":\"smartexus.pages/1\"}", "{", "\u{0}"] {
        desk.file("x.json", content);
        desk.run(&["verify-statement", "x.json"]).ended(1);
    }
    desk.run(&["verify-statement", "gone.json"]).ended(1);
}

#[test]
fn a_data_directory_that_is_not_there_is_not_made_by_looking() {
    let desk = Desk::new();
    for args in [
        &["retention", "plan"][..],
        &["sweep", "--once"],
        &["sweep", "--dry-run"],
        &["retention", "hold", "01932c07-209c-7cde-a2d1-7a7d8b6a0c1e"],
        &["erase", "01932c07-209c-7cde-a2d1-7a7d8b6a0c1e", "--yes"],
    ] {
        desk.run(&[args, &["--data-dir", "data"]].concat()).ended(1);
    }
    desk.run(&["doctor", "--data-dir", "data"]).ended(0);
    let left: Vec<_> = std::fs::read_dir(desk.path(".")).unwrap().flatten().map(|e| e.file_name()).collect();
    assert!(left.is_empty(), "{left:?}");
}
