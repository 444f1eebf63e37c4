//! `--json` on every command: one object a line, nothing else.

use crate::support::{Desk, GOOD_CSV, pdf_saying};
use std::collections::BTreeSet;

const RULES: &str =
    "schema: smartexus.rules/1\nrules:\n  - { id: tea, include: [tea], category: biz.office }\n";

/// Commands that run until they are stopped; their own tests listen to them.
const LONG_RUNNING: [&str; 3] = ["serve", "intake", "worker"];

#[test]
fn every_command_prints_objects() {
    let desk = Desk::new();
    desk.file("good.csv", GOOD_CSV);
    desk.file("a.pdf", pdf_saying("words"));
    desk.file("rows.csv", "description,amount\nTEA,-2.50\n");
    desk.file("rules.yaml", RULES);
    desk.run(&["process", "good.csv", "-o", "out"]).ended(0);
    let read = desk.run(&["process", "good.csv", "--json", "--data-dir", "data"]).ended(0).objects();
    let id = read[0]["document"]["id"].as_str().unwrap().to_owned();
    let lines: [&[&str]; 25] = [
        &["process", "good.csv"],
        &["extract", "a.pdf", "--words"],
        &["categorize", "rows.csv"],
        &["verify-statement", "out/good/result.json"],
        &["report", "out"],
        &["rules", "preview", "rules.yaml"],
        &["rules", "add", "rules.yaml"],
        &["rules", "list"],
        &["rules", "order", "tea"],
        &["rules", "remove", "tea"],
        &["corrections", "list"],
        &["forms", "validate"],
        &["pipelines", "list"],
        &["pipelines", "validate"],
        &["retention", "plan"],
        &["retention", "hold", &id],
        &["retention", "release", &id],
        &["sweep", "--dry-run"],
        &["sweep", "--once"],
        &["doctor"],
        &["completions", "bash"],
        &["config", "show", "--origin"],
        &["db", "migrate"],
        &["keys", "create", "fleet.key"],
        &["erase", &id, "--yes"],
    ];
    let mut covered: BTreeSet<String> = LONG_RUNNING.map(str::to_owned).into();
    for args in lines {
        let ran = desk.run(&[args, &["--json", "--data-dir", "data"]].concat()).ended(0);
        assert!(!ran.objects().is_empty(), "{args:?} printed nothing");
        covered.insert(args[0].to_owned());
    }
    // Nothing is dead here, so asking for one by its id misses it.
    let missed = desk.run(&["jobs", "dead", "retry", &id, "--json", "--data-dir", "data"]).ended(3);
    assert_eq!(missed.objects()[0]["done"], false);
    desk.run(&["jobs", "dead", "list", "--json", "--data-dir", "data"]).ended(0);
    covered.insert("jobs".to_owned());
    assert_eq!(covered, commands(&desk), "a command without a line above");
}

/// The commands as the program itself lists them.
fn commands(desk: &Desk) -> BTreeSet<String> {
    let help = desk.run(&["--help"]).ended(0).stdout;
    let listed =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = listed.filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}
