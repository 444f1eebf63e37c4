//! Every room has its card, and the card is its documentation.

use smartexus_simulation::Repository;
use std::path::{Path, PathBuf};

const CARD_LINES_MAX: usize = 40;

#[test]
fn every_crate_has_a_card_that_is_its_documentation() {
    let repository = Repository::here();
    for folder in folders(&repository) {
        let card = repository.read(folder.join("README.md")).unwrap();
        let name = folder.display();
        assert!(
            card.lines().count() <= CARD_LINES_MAX,
            "the card of {name} is longer than {CARD_LINES_MAX} lines"
        );
        for part in ["What it never does", "Where to begin"] {
            assert!(card.contains(part), "the card of {name} does not say: {part}");
        }
        let roots = ["src/lib.rs", "src/main.rs"].map(|root| folder.join(root));
        let documented = roots.iter().filter_map(|root| repository.read(root).ok());
        let mut documented = documented.map(|text| text.contains("#![doc = include_str!(\"../README.md\")]"));
        assert!(documented.any(|included| included), "the card of {name} is not its documentation");
    }
}

#[test]
fn unsafe_code_is_forbidden_everywhere_but_in_the_sandbox_room() {
    let repository = Repository::here();
    for folder in folders(&repository).into_iter().filter(|folder| !folder.ends_with("worker")) {
        for root in ["src/lib.rs", "src/main.rs"].map(|root| folder.join(root)) {
            let Ok(text) = repository.read(&root) else { continue };
            assert!(
                text.contains("#![forbid(unsafe_code)]"),
                "{} does not forbid unsafe code",
                root.display()
            );
        }
    }
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let repository = Repository::here();
    for folder in folders(&repository) {
        let manifest: toml::Table = repository.read(folder.join("Cargo.toml")).unwrap().parse().unwrap();
        let lints = manifest.get("lints").and_then(|lints| lints.get("workspace"));
        assert_eq!(lints, Some(&toml::Value::Boolean(true)), "{} has lints of its own", folder.display());
    }
}

fn folders(repository: &Repository) -> Vec<PathBuf> {
    let crates = std::fs::read_dir(repository.root().join("crates")).unwrap();
    let mut folders: Vec<PathBuf> =
        crates.map(|entry| Path::new("crates").join(entry.unwrap().file_name())).collect();
    folders.push(PathBuf::from("benches"));
    folders.sort();
    folders
}
