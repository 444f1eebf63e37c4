//! What the product prints names what was found, and never judges a person or a document by a word.

use smartexus_simulation::Repository;
use std::path::Path;

/// Spelled apart, so that nothing that looks for them finds this file.
fn judging() -> Vec<String> {
    let halves = [
        ("fa", "ke"),
        ("fak", "ed"),
        ("fra", "ud"),
        ("fraudu", "lent"),
        ("tamp", "ered"),
        ("genu", "ine"),
        ("authen", "tic"),
        ("for", "gery"),
        ("for", "ged"),
        ("gui", "lty"),
    ];
    halves.map(|(a, b)| format!("{a}{b}")).to_vec()
}

/// Crates whose texts reach a user.
const PRODUCT: [&str; 11] = [
    "domain",
    "extract",
    "parse",
    "categorize",
    "analyze",
    "report",
    "platform",
    "worker",
    "intake",
    "sweeper",
    "smartexus",
];

#[test]
fn nothing_that_is_printed_judges() {
    let repository = Repository::here();
    let (words, mut texts, mut found) = (judging(), 0, Vec::new());
    for file in repository.files().unwrap() {
        let text = match kind(&file) {
            Kind::Code => literals(&repository.read(&file).unwrap()).join("\n"),
            Kind::Printed => repository.read(&file).unwrap(),
            Kind::Other => continue,
        };
        texts += 1;
        let hit = words.iter().find(|word| has_word(&text, word));
        found.extend(hit.map(|word| format!("{}: {word}", file.display())));
    }
    assert!(texts > 100, "the sources have moved");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

enum Kind {
    /// Its string literals are printed.
    Code,
    /// All of it is.
    Printed,
    Other,
}

fn kind(file: &Path) -> Kind {
    let parts: Vec<&str> = file.iter().filter_map(|part| part.to_str()).collect();
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    // Exams and tests beside the code speak to those who run them.
    if parts.iter().any(|part| part.starts_with("exam") || part.contains("tests")) {
        return Kind::Other;
    }
    match (parts.as_slice(), ending) {
        (["crates", name, "src", ..], "rs") if PRODUCT.contains(name) => Kind::Code,
        (["crates", name, "src", ..], "json" | "html" | "css" | "js" | "txt") if PRODUCT.contains(name) => {
            Kind::Printed
        }
        (["schemas" | "pipelines", ..], _) => Kind::Printed,
        _ => Kind::Other,
    }
}

/// The string literals of Rust code; comments are for those who read it.
fn literals(code: &str) -> Vec<String> {
    let (mut found, mut rest) = (Vec::new(), code);
    while let Some(at) = rest.find(['"', '/', '\'']) {
        let tail = &rest[at..];
        if tail.starts_with("//") {
            rest = &tail[tail.find('\n').unwrap_or(tail.len())..];
        } else if let Some(after) = tail.strip_prefix("'\"'").or(tail.strip_prefix("'\\\"'")) {
            rest = after;
        } else if let Some(inner) = tail.strip_prefix('"') {
            let hashes = rest[..at].chars().rev().take_while(|c| *c == '#').count();
            let end = if hashes > 0 || rest[..at].ends_with('r') {
                inner.find(&format!("\"{}", "#".repeat(hashes)))
            } else {
                end_of(inner)
            };
            let end = end.unwrap_or(inner.len());
            found.push(inner[..end].to_owned());
            rest = inner.get(end + 1..).unwrap_or_default();
        } else {
            rest = &tail[1..];
        }
    }
    found
}

/// The first quote that no backslash keeps open.
fn end_of(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let ends = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends.then_some(at)
    })
}

/// Whole words, whatever their case.
fn has_word(text: &str, word: &str) -> bool {
    let text = text.to_lowercase();
    text.match_indices(word).any(|(at, _)| {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        !is_letter(text[..at].chars().next_back()) && !is_letter(text[at + word.len()..].chars().next())
    })
}

#[test]
fn literals_are_found_and_comments_are_not() {
    let code = "let a = \"one \\\" two\"; // \"no\"\nlet c = '\"'; let b = r#\"th\"ree\"#; /// it's \"no\"\nf(\"four\")";
    assert_eq!(literals(code), ["one \\\" two", "th\"ree", "four"]);
    assert!(has_word("A Word.", "word") && !has_word("keyword wordy", "word"));
}
