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

/// The door and the sweeper are small, and start at once: what computes and typesets is linked by nobody that they need.
#[test]
fn the_door_and_the_sweeper_link_no_frames_and_no_typesetter() {
    let lock: toml::Table = Repository::here().read("Cargo.lock").unwrap().parse().unwrap();
    let packages = lock.get("package").and_then(toml::Value::as_array).unwrap();
    let text = |package: &toml::Value, key: &str| {
        package.get(key).and_then(toml::Value::as_str).map(str::to_owned).unwrap_or_default()
    };
    // What a crate's tests use stands in the same list: a wider net than what is linked, never a narrower one.
    let needs = |name: &str| -> Vec<String> {
        let of_name = packages.iter().filter(|package| text(package, "name") == name);
        let listed = of_name.filter_map(|package| package.get("dependencies")?.as_array()).flatten();
        let first_word = |entry: &toml::Value| entry.as_str()?.split(' ').next().map(str::to_owned);
        listed.filter_map(first_word).collect()
    };
    let reached = |root: &str| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![root.to_owned()]);
        while let Some(name) = open.pop() {
            open.extend(needs(&name).into_iter().filter(|next| !seen.contains(next)));
            seen.insert(name);
        }
        seen
    };
    let heavy = |name: &&String| name.starts_with("polars") || name.starts_with("typst");
    for light in ["smartexus-intake", "smartexus-sweeper"] {
        let reached = reached(light);
        assert!(reached.contains("tokio"), "{light}: the lock file has changed its form");
        assert_eq!(reached.iter().filter(heavy).collect::<Vec<_>>(), Vec::<&String>::new(), "{light}");
    }
    assert_ne!(reached("smartexus-worker").iter().filter(heavy).count(), 0, "the net catches nothing");
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
