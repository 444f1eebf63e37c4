//! A mapping read backwards: what the fields of a filled form say, as facts. Only what can be turned back without a guess
//! becomes a fact; everything else is named with the reason why not.

use super::format::{Formatter, Shape};
use super::mapping::{Answer, FieldEntry, Mapping};
use super::pieces::{Pieces, name_subject};
use super::printed::{day_order, printed_value};
use crate::facts::{ClientFact, FactBook, FactStatus, FactType, FactValue, Vocabulary};
use serde::{Deserialize, Serialize};
use smartexus_domain::{FormField, Source};
use std::collections::BTreeMap;

/// A field of a known edition says what its mapping says that it says; people still mistype.
const FIELD_CONFIDENCE: f64 = 0.95;
/// A form that omits cents tells an amount to the unit: enough to propose it, too little to fill it elsewhere.
const WHOLE_CONFIDENCE: f64 = 0.75;

/// What a filled form says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormReading {
    /// In the order of the mapping's entries.
    pub facts: FactBook,
    /// Answers that are no facts, and why.
    pub left_out: Vec<LeftOut>,
}

/// An answer of a filled form that did not become a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Full name.
    pub field: String,
    /// Stable snake-case code.
    pub code: String,
    /// One sentence for people. It never quotes the answer.
    pub reason: String,
}

impl LeftOut {
    pub(crate) fn new(field: &str, code: &str, reason: &str) -> Self {
        Self { field: field.to_owned(), code: code.to_owned(), reason: reason.to_owned() }
    }
}

/// Reads a filled form's fields through its mapping, backwards. `document` is the form as the caller names it.
#[must_use]
pub fn facts_of_form(document: &str, fields: &[FormField], mapping: &Mapping) -> FormReading {
    facts_of_fields(document, fields, mapping, &BTreeMap::new())
}

/// The same, where single answers are no surer than these, by full name.
pub(crate) fn facts_of_fields(
    document: &str,
    fields: &[FormField],
    mapping: &Mapping,
    caps: &BTreeMap<String, f64>,
) -> FormReading {
    let mut reader = Reader { document, mapping, caps, facts: Vec::new(), left_out: Vec::new() };
    let mut pieces = Pieces::default();
    let mut ticks: BTreeMap<&str, Vec<(&str, &FormField)>> = BTreeMap::new();
    let entries: BTreeMap<&str, &FieldEntry> =
        mapping.entries.iter().map(|entry| (entry.field.as_str(), entry)).collect();
    for field in fields {
        let Some(text) = field.value.as_deref().map(str::trim).filter(|text| !text.is_empty()) else {
            continue;
        };
        let Some(entry) = entries.get(field.name.as_str()) else {
            reader.unmapped(field);
            continue;
        };
        match &entry.answer {
            Answer::Leave(_) => reader.leave_out(
                field,
                "persons_word",
                "Only the person may answer this, on each form anew: it is carried nowhere.",
            ),
            Answer::Constant(_) => {}
            Answer::TickIf { key, value } => ticks.entry(key).or_default().push((value, field)),
            Answer::Facts { keys, joiner, formatter, states } => {
                if let [key] = keys.as_slice() {
                    reader.single(field, text, key, formatter, states, &mut pieces);
                } else {
                    reader.joined(field, text, keys, joiner);
                }
            }
        }
    }
    for (key, ticked) in ticks {
        reader.ticked(key, &ticked);
    }
    reader.put_together(pieces);
    FormReading { facts: FactBook::new(reader.facts), left_out: reader.left_out }
}

struct Reader<'r> {
    document: &'r str,
    mapping: &'r Mapping,
    caps: &'r BTreeMap<String, f64>,
    facts: Vec<ClientFact>,
    left_out: Vec<LeftOut>,
}

impl Reader<'_> {
    fn leave_out(&mut self, field: &FormField, code: &str, reason: &str) {
        self.left_out.push(LeftOut::new(&field.name, code, reason));
    }

    fn unmapped(&mut self, field: &FormField) {
        let rest = self.mapping.overflows.iter().filter_map(|table| table.rest.as_ref());
        if rest.into_iter().any(|(name, _, _)| *name == field.name) {
            self.leave_out(field, "joined", "Several subjects in one field: which is which is not told.");
        } else {
            self.leave_out(field, "unmapped", "No mapping says what this field asks for.");
        }
    }

    fn single<'f>(
        &mut self,
        field: &'f FormField,
        text: &str,
        key: &str,
        formatter: &Formatter,
        states: &[(String, String)],
        pieces: &mut Pieces<'f>,
    ) {
        if pieces.take(field, text, key, formatter) {
            return;
        }
        if !states.is_empty() {
            return self.state(field, text, key, states);
        }
        if field.kind.is_button() {
            return self.button(field, text, key);
        }
        let order = day_order(formatter.pattern.as_deref(), field.format.as_deref()).or(self.mapping.dates);
        let confidence = if formatter.shape == Shape::MoneyWhole && !text.contains('.') {
            WHOLE_CONFIDENCE
        } else {
            FIELD_CONFIDENCE
        };
        let shown = if field.kind.is_choice() { label_of(field, text) } else { text.to_owned() };
        self.typed(field, &shown, key, order, confidence);
    }

    /// The value of the one answer that this state stands for.
    fn state(&mut self, field: &FormField, text: &str, key: &str, states: &[(String, String)]) {
        let option = field.options.iter().find(|option| option.export == text);
        let is_meant = |to: &str| to == text || option.is_some_and(|option| option.label == to);
        let mut from = states.iter().filter(|(_, to)| is_meant(to)).map(|(from, _)| from.as_str());
        match (from.next(), from.next()) {
            (Some(value), None) => self.keep(field, key, value.to_owned(), FIELD_CONFIDENCE),
            (Some(_), Some(_)) => self.leave_out(
                field,
                "not_invertible",
                "Several answers share this state: which is meant is not told.",
            ),
            (None, _) => self.leave_out(field, "not_an_option", "The mapping does not know this state."),
        }
    }

    /// A box without a table of states: yes, or what its option is called.
    fn button(&mut self, field: &FormField, text: &str, key: &str) {
        if Vocabulary::get().type_of(key) == Some(FactType::Boolean) {
            return match field.options.len() {
                0 | 1 => self.keep(field, key, "yes".to_owned(), FIELD_CONFIDENCE),
                _ => self.typed(field, &label_of(field, text), key, None, FIELD_CONFIDENCE),
            };
        }
        let label = label_of(field, text);
        if label.chars().filter(|c| c.is_alphabetic()).count() > 2 {
            self.typed(field, &label, key, None, FIELD_CONFIDENCE);
        } else {
            self.leave_out(field, "not_invertible", "The box's state does not say what it stands for.");
        }
    }

    fn ticked(&mut self, key: &str, ticked: &[(&str, &FormField)]) {
        match ticked {
            [(value, field)] => self.keep(field, key, (*value).to_owned(), FIELD_CONFIDENCE),
            several => {
                for (_, field) in several {
                    self.leave_out(
                        field,
                        "contradicts",
                        "Several boxes are ticked of which only one may be.",
                    );
                }
            }
        }
    }

    /// Facts in one field. Parts are told apart where each says by itself what it is; a name in parts is a whole name.
    fn joined(&mut self, field: &FormField, text: &str, keys: &[String], joiner: &str) {
        if let Some(subject) = name_subject(keys).filter(|_| joiner.trim().is_empty()) {
            return self.typed(field, text, &format!("{subject}.full_name"), None, FIELD_CONFIDENCE);
        }
        let Some(tail) = crate::facts::city_state_zip(text) else {
            return self.leave_out(
                field,
                "joined",
                "Several facts in one field: which is which is not told.",
            );
        };
        let mut is_whole = true;
        for key in keys {
            let part = match key.rsplit('.').next() {
                Some("state") => Some(tail.state.as_str()),
                Some("zip") => Some(tail.zip.as_str()),
                // What stands before a state is a city only where nothing else could stand there.
                Some("city") if keys.first() == Some(key) => {
                    Some(tail.before.as_str()).filter(|c| is_one_place(c))
                }
                _ => None,
            };
            match part {
                Some(part) => self.keep(field, key, part.to_owned(), FIELD_CONFIDENCE),
                None => is_whole = false,
            }
        }
        if !is_whole {
            self.leave_out(
                field,
                "joined",
                "Several facts in one field: only those that tell themselves apart are read.",
            );
        }
    }

    fn put_together(&mut self, pieces: Pieces) {
        for whole in pieces.wholes() {
            match whole {
                Ok((fields, key, text)) => {
                    if let Some(first) = fields.first() {
                        self.typed(first, &text, &key, None, FIELD_CONFIDENCE);
                    }
                }
                Err(missing) => self.left_out.extend(missing),
            }
        }
    }

    fn typed(
        &mut self,
        field: &FormField,
        text: &str,
        key: &str,
        order: Option<smartexus_domain::DateOrder>,
        confidence: f64,
    ) {
        let Some(kind) = Vocabulary::get().type_of(key) else { return };
        match printed_value(text, kind, self.mapping.currency, order) {
            Ok(FactValue::Text(words)) => self.keep(field, key, words, confidence),
            Ok(value) => self.keep(field, key, plain(&value), confidence),
            Err(error) => {
                let reason = format!("The answer is {error}: it is no value of `{key}`.");
                self.leave_out(field, "unreadable", &reason);
            }
        }
    }

    fn keep(&mut self, field: &FormField, key: &str, value: String, confidence: f64) {
        let widget = field.widgets.iter().find(|widget| widget.page.is_some());
        let cap = self.caps.get(&field.name).copied().unwrap_or(1.0);
        self.facts.push(ClientFact {
            key: key.to_owned(),
            value,
            confidence: confidence.min(cap),
            status: FactStatus::Extracted,
            document: Some(self.document.to_owned()),
            source: widget.and_then(|widget| Some(Source { page: widget.page?, bounds: widget.bounds })),
            rows: Vec::new(),
            rows_left_out: 0,
            valid_from: None,
        });
    }
}

/// A value as facts write it: `1234.50`, `2026-03-31`, digits.
fn plain(value: &FactValue) -> String {
    match value {
        FactValue::Money(amount) => amount.to_string(),
        FactValue::Date(day) => day.to_string(),
        FactValue::Text(text) | FactValue::Phone(text) | FactValue::TaxId(text) => text.clone(),
        FactValue::Percent(_) | FactValue::Integer(_) | FactValue::Boolean(_) => {
            super::answered::spoken(value)
        }
    }
}

fn label_of(field: &FormField, text: &str) -> String {
    let option = field.options.iter().find(|option| option.export == text);
    option.map_or(text, |option| option.label.as_str()).to_owned()
}

fn is_one_place(text: &str) -> bool {
    !text.is_empty() && !text.contains(',') && !text.chars().any(|c| c.is_ascii_digit())
}
