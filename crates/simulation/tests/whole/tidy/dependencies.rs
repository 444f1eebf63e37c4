//! Every dependency has its reason, in one table, and somebody uses it.

use smartexus_simulation::Repository;
use std::collections::BTreeSet;

/// "the door" is a reason; a lone word is none.
const REASON_CHARS_MIN: usize = 8;

#[test]
fn every_dependency_says_why() {
    let manifest = Repository::here().read("Cargo.toml").unwrap();
    let table = manifest.lines().skip_while(|line| *line != "[workspace.dependencies]").skip(1);
    let lines: Vec<&str> = table.take_while(|line| !line.starts_with('[')).collect();
    assert!(lines.len() > 10, "the table has moved");
    for line in lines {
        let is_dependency = !line.is_empty() && !line.starts_with('#');
        let is_ours = line.starts_with("smartexus-");
        let reason = line.split_once(" # ").map(|(_, reason)| reason.trim()).unwrap_or_default();
        assert!(!is_dependency || is_ours || reason.len() >= REASON_CHARS_MIN, "no reason: {line}");
    }
}

#[test]
fn crates_take_versions_from_the_table_and_the_table_holds_nothing_else() {
    let repository = Repository::here();
    let mut used = BTreeSet::new();
    for file in repository.files().unwrap() {
        // The fuzz targets are a workspace of their own.
        let is_manifest =
            file.ends_with("Cargo.toml") && file.components().count() > 1 && !file.starts_with("fuzz");
        if !is_manifest {
            continue;
        }
        let manifest: toml::Table = repository.read(&file).unwrap().parse().unwrap();
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            for (name, value) in manifest.get(section).and_then(toml::Value::as_table).into_iter().flatten() {
                let inherited = value.get("workspace") == Some(&toml::Value::Boolean(true));
                assert!(inherited, "{}: {name} has a version of its own", file.display());
                used.insert(name.clone());
            }
        }
    }
    let manifest: toml::Table = repository.read("Cargo.toml").unwrap().parse().unwrap();
    let table = manifest
        .get("workspace")
        .and_then(|ws| ws.get("dependencies"))
        .and_then(toml::Value::as_table)
        .unwrap();
    let idle: Vec<&String> =
        table.keys().filter(|name| !name.starts_with("smartexus-") && !used.contains(*name)).collect();
    assert!(idle.is_empty(), "nobody uses {idle:?}");
}
