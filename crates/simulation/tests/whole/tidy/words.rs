//! Nothing unfinished and nothing of one machine is in the repository.

use smartexus_simulation::Repository;

/// Spelled apart, so that this file does not find itself.
fn unfinished() -> Vec<String> {
    [("to", "do!("), ("unimple", "mented!("), ("TO", "DO"), ("FIX", "ME"), ("HA", "CK:")]
        .map(|(a, b)| format!("{a}{b}"))
        .to_vec()
}

/// Places that only one machine has: this checkout, this user's home, and those of the machines we build on.
fn machine_paths() -> Vec<String> {
    let here = Repository::here().root().display().to_string();
    let home = std::env::var_os("HOME").map(|home| format!("{}/", home.to_string_lossy()));
    let known = [("/ro", "ot/"), ("/wo", "rk/")].map(|(a, b)| format!("{a}{b}"));
    known.into_iter().chain([here]).chain(home.filter(|home| home.len() > 3)).collect()
}

#[test]
fn nothing_is_unfinished() {
    assert_absent(&unfinished());
}

#[test]
fn no_path_of_one_machine() {
    assert_absent(&machine_paths());
}

fn assert_absent(words: &[String]) {
    let repository = Repository::here();
    let mut found = Vec::new();
    for file in repository.files().unwrap() {
        let is_text = file.extension().is_some_and(|extension| {
            ["rs", "md", "toml", "yaml", "yml", "sql", "json", "py", "sh", "html"]
                .iter()
                .any(|kind| extension == *kind)
        });
        if !is_text {
            continue;
        }
        let text = std::fs::read(repository.root().join(&file)).unwrap();
        let text = String::from_utf8_lossy(&text);
        for (number, line) in text.lines().enumerate() {
            let hit = words.iter().find(|word| contains_word(line, word));
            found.extend(hit.map(|word| format!("{}:{}: {word}", file.display(), number + 1)));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A path counts only at the start of a word: a URL's path may well hold the same letters.
fn contains_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && c != '.' && c != '_')
    })
}

#[test]
fn words_are_found_at_their_start_only() {
    let path = format!("/ho{}", "me/");
    assert!(contains_word(&format!("see {path}x"), &path));
    assert!(contains_word(&path, &path));
    assert!(!contains_word(&format!("https://example.org{path}x"), &path));
}
