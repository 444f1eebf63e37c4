//! What is said of one field, and how words become an answer of the field's kind.

use crate::facts::{FactValue, Lead, ValueError};
use crate::write::FieldValue;
use smartexus_domain::{FactOrigin, FieldKind, FieldState, FormField};

/// What is said of one field.
pub(super) struct Answered {
    pub(super) state: FieldState,
    pub(super) value: Option<String>,
    pub(super) write: Option<FieldValue>,
    pub(super) confidence: Option<f64>,
    pub(super) reason: String,
    pub(super) sources: Vec<FactOrigin>,
    pub(super) line: Option<u32>,
    /// The rule that an invalid answer breaks.
    pub(super) rule: Option<&'static str>,
}

impl Answered {
    pub(super) fn nothing(state: FieldState, reason: impl Into<String>) -> Self {
        Self {
            state,
            value: None,
            write: None,
            confidence: None,
            reason: reason.into(),
            sources: Vec::new(),
            line: None,
            rule: None,
        }
    }

    pub(super) fn invalid(rule: &'static str, reason: impl Into<String>) -> Self {
        Self { rule: Some(rule), ..Self::nothing(FieldState::Invalid, reason) }
    }
}

pub(super) fn missing(keys: &[String]) -> Answered {
    let named = keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    Answered::nothing(FieldState::Missing, format!("No document says {named}."))
}

pub(super) fn unreadable(key: &str, value: String, error: ValueError) -> Answered {
    Answered {
        value: Some(value),
        ..Answered::invalid("unreadable_fact", format!("The value of `{key}` is {error}: correct it."))
    }
}

pub(super) fn origin(key: &str, lead: &Lead<'_>) -> FactOrigin {
    let source = lead.fact.source.as_ref();
    FactOrigin {
        key: key.to_owned(),
        document: lead.fact.document.clone(),
        page: source.map(|source| source.page),
        bounds: source.map(|source| source.bounds),
        rows: lead.fact.rows.clone(),
        rows_left_out: lead.fact.rows_left_out,
        confidence: lead.fact.confidence,
    }
}

/// A value in plain words.
pub(super) fn spoken(value: &FactValue) -> String {
    super::format::Formatter::default().apply(value, None).unwrap_or_default()
}

pub(super) fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The words as the field's kind takes them; the code of the rule if they are none of its options.
pub(super) fn write_of(
    field: &FormField,
    text: &str,
    states: &[(String, String)],
) -> Result<FieldValue, &'static str> {
    let named = states.iter().find(|(from, _)| folded(from) == folded(text)).map(|(_, to)| to.as_str());
    if !states.is_empty() && named.is_none() {
        return Err("not_an_option");
    }
    let text = named.unwrap_or(text);
    let option = || {
        let same = |option: &&smartexus_domain::FieldOption| option.export == text || option.label == text;
        let alike = |option: &&smartexus_domain::FieldOption| {
            [&option.export, &option.label].into_iter().any(|known| folded(known) == folded(text))
        };
        field.options.iter().find(same).or_else(|| field.options.iter().find(alike)).map(|o| o.export.clone())
    };
    match field.kind {
        FieldKind::Text | FieldKind::Multiline | FieldKind::Comb | FieldKind::Date => {
            Ok(FieldValue::Text(text.to_owned()))
        }
        FieldKind::Checkbox if named.is_none() => match text.to_lowercase().as_str() {
            "yes" | "true" | "ticked" | "x" => Ok(FieldValue::Check(true)),
            "no" | "false" | "not ticked" | "" => Ok(FieldValue::Check(false)),
            _ => option().map(FieldValue::State).ok_or("not_an_option"),
        },
        FieldKind::Checkbox | FieldKind::Radio if text.is_empty() => Ok(FieldValue::State(String::new())),
        FieldKind::Checkbox | FieldKind::Radio => option().map(FieldValue::State).ok_or("not_an_option"),
        FieldKind::Combo | FieldKind::List if text.is_empty() => Ok(FieldValue::Text(String::new())),
        FieldKind::Combo => match option() {
            Some(export) => Ok(FieldValue::Text(export)),
            None if field.editable => Ok(FieldValue::Text(text.to_owned())),
            None => Err("not_an_option"),
        },
        FieldKind::List => option().map(|export| FieldValue::Choices(vec![export])).ok_or("not_an_option"),
        FieldKind::Signature | FieldKind::Button => Err("not_fillable"),
    }
}
