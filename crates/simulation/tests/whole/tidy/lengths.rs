//! The longest files and functions, printed for a reader to judge. Nothing fails here on length: a rule on length
//! moves code about without making it clearer.

use smartexus_simulation::Repository;
use std::cmp::Reverse;

const SHOWN: usize = 10;

#[test]
fn the_longest_files_and_functions() {
    let repository = Repository::here();
    let (mut files, mut functions) = (Vec::new(), Vec::new());
    for file in repository.files().unwrap() {
        if file.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = repository.read(&file).unwrap();
        files.push((text.lines().count(), file.display().to_string()));
        functions.extend(
            functions_of(&text)
                .into_iter()
                .map(|(lines, name)| (lines, format!("{name} in {}", file.display()))),
        );
    }
    assert!(files.len() > SHOWN && functions.len() > SHOWN, "the sources have moved");
    for (what, mut found) in [("files", files), ("functions", functions)] {
        found.sort_by_key(|(lines, _)| Reverse(*lines));
        println!("longest {what}:");
        found.iter().take(SHOWN).for_each(|(lines, name)| println!("  {lines:>4} {name}"));
    }
}

/// Formatted code closes a function with a brace in the column of its first word.
fn functions_of(text: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some((before, after)) = line.split_once("fn ") else { continue };
        let is_function = before
            .split_whitespace()
            .all(|word| ["pub", "pub(crate)", "pub(super)", "const", "async"].contains(&word));
        let Some(name) = after.split(['(', '<']).next().filter(|_| is_function) else { continue };
        let indent = line.len() - line.trim_start().len();
        let closing = format!("{}}}", " ".repeat(indent));
        let length = lines.iter().skip(start).position(|line| *line == closing);
        found.extend(length.map(|length| (length + 1, name.to_owned())));
    }
    found
}

#[test]
fn functions_are_measured_from_their_first_word_to_their_brace() {
    let text =
        "impl A {\n    pub(crate) fn a<T>(x: T) {\n        b()\n    }\n}\n\nfn c() {\n}\nlet fn_ = 1;\n";
    assert_eq!(functions_of(text), [(3, "a".to_owned()), (2, "c".to_owned())]);
}
