//! Suggestions as a mapping file to be looked over.

use super::{LIKELY_FROM, Suggestion};
use std::fmt::Write;

/// A mapping file in which likely suggestions are entries and the others are comments, so that nothing unlikely is
/// filled because nobody looked.
#[must_use]
pub fn draft_mapping(name: &str, fingerprint: &str, suggestions: &[Suggestion]) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "schema: smartexus.form_mapping/1\nname: {}\nversion: 1\nform:\n  title: {}\n  edition: unknown\n  currency: USD\n  \
         fingerprint: [{}]\nfields:",
        quoted(name),
        quoted(name),
        fingerprint
    );
    for suggestion in suggestions {
        let field = quoted(&suggestion.field);
        let _ = match (&suggestion.key, suggestion.leave) {
            (_, Some(reason)) => writeln!(text, "  - {{ field: {field}, leave: {reason} }}"),
            (Some(key), None) if suggestion.confidence >= LIKELY_FROM => {
                writeln!(text, "  - {{ field: {field}, key: {} }}", quoted(key))
            }
            (Some(key), None) => writeln!(text, "  # - {{ field: {field}, key: {} }}  # unsure", quoted(key)),
            (None, None) => writeln!(text, "  # - {{ field: {field} }}  # unknown"),
        };
    }
    text
}

/// A YAML string that is always a string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
