//! The only module that knows the YAML library: text to tree, and its errors to faults.

use crate::node::{Key, Node, Value};
use crate::{Fault, Span};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_saphyr::budget::BudgetBreach;
use serde_saphyr::{Error, Location, Options, Spanned};
use std::borrow::Cow;

/// Lists and mappings inside each other.
const DEPTH_MAX: usize = 32;
/// Values in one file.
const NODES_MAX: usize = 100_000;

/// The tree of one file.
pub(crate) fn parse(text: &str) -> Result<Node, Fault> {
    let text = without_comments(text);
    let raw: Spanned<Raw> = serde_saphyr::from_str_with_options(&text, options())
        .map_err(|error| fault(error.without_snippet()))?;
    Ok(node(raw))
}

/// The text with an empty line for each line that is nothing but a comment: the parser keeps a hundred of them at most before
/// an entry, and a draft has as many as a form has fields. Where a text of several lines may begin, all stays.
fn without_comments(text: &str) -> Cow<'_, str> {
    let is_comment = |line: &str| line.trim_start().starts_with('#');
    if !text.lines().filter(|line| !is_comment(line)).all(is_closed) {
        return Cow::Borrowed(text);
    }
    let kept = text.split_inclusive('\n').map(|line| if is_comment(line) { "\n" } else { line });
    Cow::Owned(kept.collect())
}

/// Whether no text of several lines can go on behind a line: its quotes are in pairs, and no block begins at its end.
fn is_closed(line: &str) -> bool {
    let are_pairs = ['"', '\''].iter().all(|quote| line.matches(*quote).count() % 2 == 0);
    let end = line.trim_end().trim_end_matches(|c: char| matches!(c, '-' | '+') || c.is_ascii_digit());
    are_pairs && !end.ends_with(['|', '>'])
}

fn options() -> Options {
    let budget = serde_saphyr::budget! {
        max_depth: DEPTH_MAX,
        // Above `max_depth`, so that depth has one message.
        flow_nesting_limit: DEPTH_MAX * 2,
        max_nodes: NODES_MAX,
        max_documents: 1,
        // Anchors are where the bombs are, and nobody needs them in these files.
        max_anchors: 0,
        max_aliases: 0,
        max_merge_keys: 0,
    };
    serde_saphyr::options! {
        budget: budget,
        strict_booleans: true,
        strict_indentation: true,
        with_snippet: false,
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the library's enum grows; its own sentence serves the rest"
)]
fn fault(error: &Error) -> Fault {
    let span = error.location().map(|location| span_of(&location)).unwrap_or_default();
    match error {
        Error::Budget { breach, .. } => budget_fault(breach, span),
        Error::DuplicateMappingKey { key, .. } => {
            let name = key.as_deref().unwrap_or("this key");
            Fault::new("duplicate_key", span, format!("`{name}` stands twice in the same mapping"))
        }
        Error::UnknownAnchor { .. } => anchors(span),
        other => Fault::new("syntax", span, first_line(&other.to_string())),
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the library's enum grows; the rest are all a kind of too large"
)]
fn budget_fault(breach: &BudgetBreach, span: Span) -> Fault {
    match breach {
        BudgetBreach::Anchors { .. } | BudgetBreach::Aliases { .. } | BudgetBreach::MergeKeys { .. } => {
            anchors(span)
        }
        BudgetBreach::Depth { .. } => {
            Fault::new("too_deep", span, format!("lists and mappings may stand {DEPTH_MAX} deep"))
        }
        BudgetBreach::Documents { .. } => Fault::new("syntax", span, "one file holds one document"),
        other => {
            Fault::new("too_large", span, format!("the file is larger than a manifest may be ({other:?})"))
        }
    }
}

fn anchors(span: Span) -> Fault {
    Fault::new("anchor", span, "anchors, aliases and merge keys are not used in these files")
        .hint("write the value out")
}

/// The library's sentence without the place that it appends: the place is shown by us.
fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or("not readable as YAML");
    line.split(" at line ").next().unwrap_or(line).to_owned()
}

fn span_of(location: &Location) -> Span {
    let narrow = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    Span {
        line: narrow(location.line()),
        column: narrow(location.column()),
        width: narrow(location.span().len()),
    }
}

fn node(raw: Spanned<Raw>) -> Node {
    Node { span: span_of(&raw.referenced), value: raw.value.0 }
}

/// A value as YAML's core schema types it.
struct Raw(Value);

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor).map(Raw)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Integer(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Integer(value.into()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(Value::Integer(value))
    }

    fn visit_u128<E: serde::de::Error>(self, value: u128) -> Result<Value, E> {
        i128::try_from(value).map(Value::Integer).map_err(E::custom)
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<Spanned<Raw>>()? {
            list.push(node(item));
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Vec::new();
        while let Some(key) = entries.next_key::<Spanned<Raw>>()? {
            let Value::Text(name) = key.value.0 else {
                return Err(A::Error::custom("a key must be text: put it in quotes"));
            };
            let key = Key { span: span_of(&key.referenced), name };
            map.push((key, node(entries.next_value::<Spanned<Raw>>()?)));
        }
        Ok(Value::Map(map))
    }
}
