//! The crate table of the README, the folders, and the arrows in the manifests are one and the same.

use smartexus_simulation::Repository;
use std::collections::{BTreeMap, BTreeSet};

type Names = BTreeSet<String>;

/// What each room may depend on. An arrow that is not here needs a reason before it needs a line.
const ALLOWED: [(&str, &[&str]); 17] = [
    ("domain", &[]),
    ("manifest", &[]),
    ("extract", &["domain"]),
    ("parse", &["domain"]),
    ("categorize", &["domain", "manifest"]),
    ("analyze", &["domain", "manifest"]),
    ("forms", &["domain", "manifest"]),
    ("report", &["domain"]),
    ("platform", &["domain"]),
    ("intake", &["domain", "platform"]),
    ("sweeper", &["domain", "manifest", "platform"]),
    (
        "worker",
        &["domain", "manifest", "extract", "parse", "categorize", "analyze", "forms", "report", "platform"],
    ),
    (
        "smartexus",
        &[
            "domain",
            "manifest",
            "extract",
            "parse",
            "categorize",
            "analyze",
            "forms",
            "report",
            "platform",
            "intake",
            "sweeper",
            "worker",
        ],
    ),
    ("generator", &["domain"]),
    (
        "simulation",
        &[
            "domain",
            "manifest",
            "extract",
            "parse",
            "categorize",
            "report",
            "platform",
            "worker",
            "generator",
        ],
    ),
    (
        "benches",
        &[
            "domain",
            "extract",
            "parse",
            "forms",
            "categorize",
            "report",
            "platform",
            "worker",
            "simulation",
            "generator",
        ],
    ),
    ("xtask", &[]),
];

/// Tests may use these beside what their crate may use.
const ALLOWED_IN_TESTS: [&str; 2] = ["manifest", "generator"];

#[test]
fn the_crate_table_is_the_folders_is_the_arrows() {
    let drawn = table_of_readme();
    let built: BTreeMap<String, Names> =
        folders().iter().map(|name| (name.clone(), arrows(name, "dependencies"))).collect();
    assert_eq!(drawn, built, "left: the crate table of README.md; right: the manifests");
}

#[test]
fn no_arrow_breaks_the_order_of_the_rooms() {
    for name in folders() {
        let allowed = ALLOWED.iter().find(|(room, _)| *room == name);
        let (_, allowed) = allowed.unwrap_or_else(|| panic!("{name} has no place in the order of the rooms"));
        let allowed: Names = allowed.iter().map(ToString::to_string).collect();
        let breaking: Names = arrows(&name, "dependencies").difference(&allowed).cloned().collect();
        assert!(breaking.is_empty(), "{name} must not depend on {breaking:?}");

        let in_tests: Names = ALLOWED_IN_TESTS.iter().map(ToString::to_string).chain(allowed).collect();
        let breaking: Names = arrows(&name, "dev-dependencies").difference(&in_tests).cloned().collect();
        assert!(breaking.is_empty(), "the tests of {name} must not depend on {breaking:?}");
        assert!(arrows(&name, "build-dependencies").is_empty(), "{name} builds with another room");
    }
}

/// `crates/*` and `benches`.
fn folders() -> Names {
    let mut names = Names::from(["benches".to_owned()]);
    for entry in std::fs::read_dir(Repository::here().root().join("crates")).unwrap() {
        names.insert(entry.unwrap().file_name().into_string().unwrap());
    }
    names
}

/// Our own crates among the dependencies of one.
fn arrows(name: &str, section: &str) -> Names {
    let folder = if name == "benches" { "benches".to_owned() } else { format!("crates/{name}") };
    let manifest = Repository::here().read(format!("{folder}/Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let Some(listed) = manifest.get(section) else { return Names::new() };
    let listed = listed.as_table().unwrap().keys();
    listed.filter_map(|key| key.strip_prefix("smartexus-")).map(str::to_owned).collect()
}

/// Rows of the one table whose heading is `crate | what | depends on`.
fn table_of_readme() -> BTreeMap<String, Names> {
    let readme = Repository::here().read("README.md").unwrap();
    let cells = |line: &str| -> Vec<String> {
        line.trim().trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect()
    };
    let rows = readme.lines().skip_while(|line| cells(line) != ["crate", "what", "depends on"]).skip(2);
    rows.take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells = cells(line);
            let [name, _, arrows] = cells.as_slice() else { panic!("a row of the crate table: {line}") };
            // A crate is linked to its folder: [domain](crates/domain).
            let name = name.trim_start_matches('[').split(']').next().unwrap();
            let arrows = arrows.split(',').map(str::trim).filter(|arrow| !arrow.is_empty() && *arrow != "–");
            (name.to_owned(), arrows.map(str::to_owned).collect())
        })
        .collect()
}
