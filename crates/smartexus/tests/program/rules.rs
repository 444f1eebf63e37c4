//! A workspace's rules, from a file to the rows of a document.

use crate::support::{Desk, GOOD_CSV};
use serde_json::{Value, json};

const RULES: &str = "schema: smartexus.rules/1\nrules:\n  \
    - { id: herons, include: [blue heron], direction: out, category: biz.office }\n  \
    - { id: wages, include: [payroll], direction: in, category: inc.other }\n";

fn categories(result: &Value) -> Vec<(String, String)> {
    let rows = result["statements"][0]["transactions"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    rows.iter().map(|row| (text(&row["category"]), text(&row["category_reason"]))).collect()
}

#[test]
fn a_rule_decides_the_rows_of_documents_that_come_after_it() {
    let desk = Desk::new();
    desk.file("march.csv", GOOD_CSV);
    desk.file("april.csv", GOOD_CSV.replace("2026-03", "2026-04"));
    desk.file("rules.yaml", RULES.lines().take(3).collect::<Vec<_>>().join("\n") + "\n");
    let stored = |args: &[&str]| desk.run(&[args, &["--json", "--data-dir", "data"]].concat());
    let march = stored(&["process", "march.csv"]).ended(0).objects();
    assert_ne!(categories(&march[0])[1].0, "biz.office");
    let preview = stored(&["rules", "preview", "rules.yaml"]).ended(0).objects();
    assert_eq!(
        (&preview[0]["rule"], &preview[0]["changed"], &preview[0]["complete"]),
        (&json!("herons"), &json!(1), &json!(true))
    );
    let changes = preview[0]["changes"].as_array().unwrap();
    assert_eq!(changes[0]["document"], march[0]["document"]["id"]);
    assert_eq!((&changes[0]["after"], &changes[0]["seq"]), (&json!("biz.office"), &json!(2)));
    let approved = march[0]["status"] == "approved";
    assert_eq!(preview[0]["approved"], u32::from(approved));
    assert_eq!(
        stored(&["rules", "list"]).ended(0).objects()[0]["rules"],
        json!([]),
        "a preview changes nothing"
    );

    assert_eq!(stored(&["rules", "add", "rules.yaml"]).ended(0).objects()[0]["version"], 1);
    let again = stored(&["rules", "add", "rules.yaml"]).ended(1).objects();
    assert_eq!(again[0]["done"], false);
    let april = stored(&["process", "april.csv"]).ended(0).objects();
    let (category, reason) = &categories(&april[0])[1];
    assert_eq!(
        (category.as_str(), reason.as_str()),
        ("biz.office", "Your rule “herons” fits this row. (money out)")
    );
    let listed = stored(&["rules", "list"]).ended(0).objects();
    assert_eq!((&listed[0]["version"], &listed[0]["rules"][0]["rule"]["id"]), (&json!(1), &json!("herons")));
    stored(&["rules", "remove", "herons", "other"]).ended(3);
    assert_eq!(stored(&["rules", "list"]).ended(0).objects()[0]["rules"], json!([]));
}

#[test]
fn rules_are_put_into_another_order_whole_or_not_at_all() {
    let desk = Desk::new();
    desk.file("march.csv", GOOD_CSV);
    desk.file("rules.yaml", RULES);
    let stored = |args: &[&str]| desk.run(&[args, &["--json", "--data-dir", "data"]].concat());
    let order = |listed: &[Value]| -> Vec<String> {
        let rules = listed[0]["rules"].as_array().unwrap();
        rules.iter().map(|held| held["rule"]["id"].as_str().unwrap().to_owned()).collect()
    };
    stored(&["process", "march.csv"]).ended(0);
    stored(&["rules", "add", "rules.yaml"]).ended(0);
    assert_eq!(
        order(&stored(&["rules", "order", "wages", "herons"]).ended(0).objects()),
        ["wages", "herons"]
    );
    for wrong in [&["rules", "order", "wages"][..], &["rules", "order", "wages", "herons", "other"]] {
        stored(wrong).ended(1);
    }
    assert_eq!(order(&stored(&["rules", "list"]).ended(0).objects()), ["wages", "herons"]);
}

#[test]
fn corrections_are_listed_and_an_objection_is_heard() {
    let desk = Desk::new();
    desk.file("march.csv", GOOD_CSV);
    let stored = |args: &[&str]| desk.run(&[args, &["--json", "--data-dir", "data"]].concat());
    stored(&["corrections", "list"]).ended(1);
    stored(&["process", "march.csv"]).ended(0);
    let listed = stored(&["corrections", "list"]).ended(0).objects();
    assert_eq!((&listed[0]["learning"], &listed[0]["corrections"]), (&json!(true), &json!([])));
    let undone = stored(&["corrections", "undo", "7"]).ended(1).objects();
    assert_eq!((&undone[0]["id"], &undone[0]["done"]), (&json!(7), &json!(false)));
    for (word, learning) in [("off", false), ("on", true)] {
        let switched = stored(&["corrections", word]).ended(0).objects();
        assert_eq!(switched[0]["learning"], learning);
        assert_eq!(stored(&["corrections", "list"]).ended(0).objects()[0]["learning"], learning);
    }
}

#[test]
fn rules_work_on_a_csv_without_any_store() {
    let desk = Desk::new();
    desk.file("rules.yaml", RULES.lines().take(3).collect::<Vec<_>>().join("\n") + "\n");
    desk.file("rows.csv", "description,amount\nBLUE HERON COFFEE,-2.50\nBLUE HERON COFFEE,2.50\n");
    let rows = desk.run(&["categorize", "rows.csv", "--rules", "rules.yaml", "--json"]).ended(0).objects();
    assert_eq!(rows[0]["category"], "biz.office");
    assert_ne!(rows[1]["category"], "biz.office", "not against the direction");
}

#[test]
fn a_file_that_is_wrong_shows_where() {
    let desk = Desk::new();
    desk.file("rules.yaml", RULES.replace("biz.office", "biz.nothing"));
    desk.file("rows.csv", "description,amount\nTEA,-2.50\n");
    for args in [&["categorize", "rows.csv", "--rules", "rules.yaml"][..], &["rules", "add", "rules.yaml"]] {
        let ran = desk.run(args).ended(78);
        assert!(ran.stderr.contains("rules.yaml:3:") && ran.stderr.contains("^^^"), "{}", ran.stderr);
        assert!(ran.stderr.contains("biz.nothing"), "{}", ran.stderr);
    }
    desk.run(&["categorize", "rows.csv", "--rules", "missing.yaml"]).ended(1);
}
