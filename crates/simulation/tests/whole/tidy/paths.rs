//! Every path that a Markdown page names exists.

use smartexus_simulation::Repository;
use std::path::Path;

/// A word in code style is taken for a path of ours when it starts like one.
const STARTS: [&str; 11] = [
    "crates/",
    "benches/",
    "fixtures/",
    "pipelines/",
    "src/",
    "tests/",
    "schemas/",
    "k8s/",
    ".ci/",
    ".cargo/",
    ".config/",
];

#[test]
fn every_path_in_markdown_exists() {
    let repository = Repository::here();
    let (mut checked, mut missing) = (0, Vec::new());
    for page in repository.files().unwrap() {
        if page.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        for named in named_paths(&repository.read(&page).unwrap()) {
            checked += 1;
            let beside = page.parent().unwrap_or(Path::new("")).join(&named);
            let found = [Path::new(&named), &beside].iter().any(|path| repository.root().join(path).exists());
            if !found {
                missing.push(format!("{}: {named}", page.display()));
            }
        }
    }
    assert!(checked > 5, "no page names a path any more");
    assert!(missing.is_empty(), "named, but not there:\n{}", missing.join("\n"));
}

#[test]
fn paths_are_told_from_other_code() {
    let text = "see `src/lib.rs` and `crates/x/` or `cargo demo`, `fixtures/<case>/truth.json`, `crates/*`\n```sh\n`src/no`\n```\n";
    assert_eq!(named_paths(text), ["src/lib.rs", "crates/x"]);
}

/// Paths in code spans; patterns and placeholders are left alone.
fn named_paths(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        fenced ^= line.trim_start().starts_with("```");
        if fenced {
            continue;
        }
        for span in line.split('`').skip(1).step_by(2) {
            let is_ours = STARTS.iter().any(|start| span.starts_with(start));
            let is_plain = !span.contains(['*', '<', '{', '…', ' ', '$']);
            found.extend((is_ours && is_plain).then(|| span.trim_end_matches('/').to_owned()));
        }
    }
    found
}
