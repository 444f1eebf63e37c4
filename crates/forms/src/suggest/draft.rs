//! Suggestions as a mapping file to be looked over.

use super::{LIKELY_FROM, Suggestion};
use smartexus_domain::{FormField, LabelSource};
use std::collections::HashMap;
use std::fmt::Write;

/// A mapping file in which likely suggestions are entries and the others are comments, so that nothing unlikely is
/// filled because nobody looked. Over each entry stands where its field is and what is printed beside it.
#[must_use]
pub fn draft_mapping(
    name: &str,
    fingerprint: &str,
    fields: &[FormField],
    suggestions: &[Suggestion],
) -> String {
    let places: HashMap<&str, &FormField> = fields.iter().map(|field| (field.name.as_str(), field)).collect();
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
        if let Some(known) = places.get(suggestion.field.as_str()) {
            let _ = writeln!(text, "  # {}", place_of(known));
        }
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

/// Page, box and label in one line of a comment.
fn place_of(field: &FormField) -> String {
    let widget = field.widgets.iter().find_map(|widget| Some((widget.page?, widget.bounds)));
    let place = widget.map_or_else(
        || "on no page".to_owned(),
        |(page, bounds)| format!("page {page}, box {:?}", <[f64; 4]>::from(bounds)),
    );
    let label = field.labels.iter().find(|label| label.from != LabelSource::Heading);
    let label = label.map_or_else(String::new, |label| format!(", {}", quoted(&label.text)));
    format!("{} {place}{label}", field.kind.as_str())
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
