//! What people see when a file is wrong, and what is refused outright.

use serde::Deserialize;
use smartexus_manifest::{Fault, SIZE_BYTES_MAX, Source, Spanned, read};
use std::collections::BTreeMap;

#[derive(Debug, PartialEq, Deserialize)]
struct Rules {
    schema: Option<String>,
    name: String,
    attempts: Spanned<u32>,
    #[serde(default)]
    stages: Vec<Stage>,
    #[serde(default)]
    tags: BTreeMap<String, bool>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename = "stage")]
struct Stage {
    id: String,
    kind: Kind,
    with: Option<With>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Extract,
    Parse { depth: u8 },
    Only(Vec<u8>),
}

#[derive(Debug, PartialEq, Deserialize)]
struct With {
    languages: Vec<String>,
}

/// Reads `yaml` and compares everything that is printed about it.
#[expect(clippy::expect_used, reason = "a helper of tests")]
fn check(yaml: &str, expected: &str) {
    let errors = read::<Rules>("rules.yaml", yaml).expect_err("must be refused");
    assert_eq!(errors.to_string(), expected.trim_matches('\n'), "\n{errors}\n");
}

#[test]
fn a_good_file_is_typed_and_remembers_places() {
    let yaml = "tags: { a: true }\nname: NO\nattempts: 3\nstages:\n  - { with: { languages: [eng, deu] }, kind: { parse: { depth: 2 } }, id: 'x' }\n  - { id: y, kind: extract }\n  - { id: z, kind: { only: [1, 2] } }\n";
    let rules: Rules = read("rules.yaml", yaml).expect("good");
    assert_eq!(rules.name, "NO");
    assert_eq!((rules.attempts.value, rules.attempts.span.line, rules.attempts.span.column), (3, 3, 11));
    assert_eq!(rules.attempts.span.width, 1);
    assert_eq!(rules.stages[0].kind, Kind::Parse { depth: 2 });
    assert_eq!(rules.stages[0].with, Some(With { languages: vec!["eng".into(), "deu".into()] }));
    assert_eq!(rules.stages[1].kind, Kind::Extract);
    assert_eq!(rules.stages[2].kind, Kind::Only(vec![1, 2]));
    assert_eq!(rules.tags.get("a"), Some(&true));
}

#[test]
fn every_unknown_field_is_told_at_once_at_every_depth() {
    check(
        "schema: smartexus.pipeline/1\nnam: x\nname: x\nattempts: 1\nstages:\n  - { id: pages, kind: extract, with: { ocr_languages: [eng], languages: [eng] } }\n",
        r"
error[pipeline.unknown_field]: `nam` is not a field of the file
 --> rules.yaml:2:1
2 | nam: x
  | ^^^ did you mean `name`?

error[pipeline.unknown_field]: `ocr_languages` is not a field of `with`
 --> rules.yaml:6:41
6 |   - { id: pages, kind: extract, with: { ocr_languages: [eng], languages: [eng] } }
  |                                         ^^^^^^^^^^^^^ did you mean `languages`?
",
    );
}

#[test]
fn wrong_values_point_at_the_value() {
    check(
        "name: x\nattempts: many\n",
        r#"
error[manifest.wrong_type]: expected a whole number that is not negative, found string "many"
 --> rules.yaml:2:11
2 | attempts: many
  |           ^^^^
"#,
    );
    check(
        "name: 17\nattempts: 1\n",
        r"
error[manifest.wrong_type]: expected text, found integer `17`
 --> rules.yaml:1:7
1 | name: 17
  |       ^^ put it in quotes
",
    );
    check(
        "name: x\nattempts: -1\n",
        r"
error[manifest.invalid_value]: expected a whole number that is not negative, found integer `-1`
 --> rules.yaml:2:11
2 | attempts: -1
  |           ^^
",
    );
    check(
        "name: x\nattempts: 1\nstages:\n  - { id: a, kind: extrct }\n",
        r"
error[manifest.unknown_value]: `extrct` is not known here
 --> rules.yaml:4:20
4 |   - { id: a, kind: extrct }
  |                    ^^^^^^ did you mean `extract`?
",
    );
}

#[test]
fn a_missing_field_points_at_its_owner() {
    let errors = read::<Rules>("rules.yaml", "name: x\n").expect_err("attempts is missing");
    assert_eq!(errors.faults().len(), 1);
    assert_eq!((errors.faults()[0].code, errors.faults()[0].span.line), ("missing_field", 1));
    let errors =
        read::<Rules>("r", "name: x\nattempts: 1\nstages:\n  - { id: a }\n").expect_err("kind is missing");
    assert_eq!((errors.faults()[0].code, errors.faults()[0].span.line), ("missing_field", 4));
}

#[test]
fn checks_of_meaning_look_the_same_and_come_in_line_order() {
    let text = "schema: smartexus.retention/1\nname: x\nattempts: 30\n";
    let source = Source::new("r.yaml", text);
    let rules: Rules = source.read().expect("typed");
    let late = Fault::new("out_of_range", rules.attempts.span, "`attempts` is 1 to 10").hint("try 3");
    let early = Fault::new("other", smartexus_manifest::Span { line: 2, column: 7, width: 1 }, "no");
    let errors = source.errors(vec![late, early]);
    assert_eq!(errors.family(), "retention");
    assert_eq!(
        errors.to_string(),
        "error[retention.other]: no\n --> r.yaml:2:7\n2 | name: x\n  |       ^\n\n\
         error[retention.out_of_range]: `attempts` is 1 to 10\n --> r.yaml:3:11\n3 | attempts: 30\n  |           ^^ try 3"
    );
}

#[test]
fn what_is_refused_outright() {
    for (yaml, code) in [
        ("a: &x 1\nname: y\nattempts: 1\n", "anchor"),
        ("name: *x\nattempts: 1\n", "anchor"),
        ("<<: { name: x }\nattempts: 1\n", "anchor"),
        ("name: x\nname: y\nattempts: 1\n", "duplicate_key"),
        ("name: [x\n", "syntax"),
        ("name: x\n---\nname: y\n", "syntax"),
        ("1: x\n", "syntax"),
        ("", "wrong_type"),
        ("- a\n", "wrong_type"),
    ] {
        let errors = read::<Rules>("rules.yaml", yaml).expect_err(yaml);
        assert_eq!(errors.faults()[0].code, code, "{yaml}\n{errors}");
    }
    let deep = format!("name: {}{}\n", "[".repeat(40), "]".repeat(40));
    let errors = read::<Rules>("r", &deep).expect_err("deep");
    assert_eq!(errors.faults()[0].code, "too_deep", "{errors}");
    let just_fits = format!("name: x\nattempts: 1\n#{}", "c".repeat(SIZE_BYTES_MAX - 21));
    assert_eq!(just_fits.len(), SIZE_BYTES_MAX);
    read::<Rules>("r", &just_fits).expect("exactly the limit");
    let one_more = format!("{just_fits}c");
    assert_eq!(read::<Rules>("r", &one_more).expect_err("large").faults()[0].code, "too_large");
}

#[test]
fn long_lines_are_cut_and_control_characters_never_reach_the_terminal() {
    let keys: String = (0..40).map(|i| format!("key{i}: true, ")).collect();
    let long = format!("name: x\nattempts: 1\ntags: {{ {keys}bad: 7 }}\n");
    let shown = read::<Rules>("r", &long).expect_err("7 is no bool").to_string();
    assert!(shown.lines().all(|line| line.chars().count() <= 170), "{shown}");
    let caret = shown.lines().last().expect("carets").find('^').expect("a caret");
    let line = shown.lines().nth(2).expect("the line");
    assert_eq!(line.chars().nth(caret), Some('7'), "{shown}");
    let escape = read::<Rules>("r", "name: x\nattempts: \"\\e[31mred\"\n").expect_err("text").to_string();
    assert!(!escape.contains('\u{1b}'), "{escape}");
}

#[test]
fn other_formats_read_the_bare_value() {
    let spanned: Spanned<u32> = serde_json::from_str("7").expect("a bare value");
    assert_eq!((spanned.value, spanned.span.line), (7, 0));
}
