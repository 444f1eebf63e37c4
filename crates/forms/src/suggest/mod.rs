//! Which key a field of an unknown form probably asks for. Suggestions are looked at by a person before any is used.

mod doubts;
mod draft;
mod explained;
mod never;
mod place;
mod score;
mod words;

pub use draft::draft_mapping;

use crate::facts::{Entry, FactType, with_index};
use crate::map::LeaveReason;
use doubts::Doubt;
use place::{Place, Surroundings};
use schemars::JsonSchema;
use score::Lexicon;
use serde::Serialize;
use smartexus_domain::{FieldKind, FormField, LabelSource};
use std::collections::HashSet;

/// From this score on a suggestion is likely enough to be shown first; below [`SUGGEST_FROM`] nothing is suggested.
pub const LIKELY_FROM: f64 = 0.75;
/// Below this score nothing is suggested.
pub const SUGGEST_FROM: f64 = 0.35;

/// What one field probably asks for.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Suggestion {
    /// Full name.
    pub field: String,
    /// The key; `null` where nothing is likely, or only a person may answer.
    pub key: Option<String>,
    /// Only a person may answer it: why.
    pub leave: Option<&'static str>,
    /// 0–1.
    pub confidence: f64,
    /// One sentence for people.
    pub reason: String,
}

/// A key for each field that is likely to ask for it, one key once. What only a person may answer (declarations,
/// signatures, demographics, consents) is told and never given a key.
#[must_use]
pub fn suggest(fields: &[FormField]) -> Vec<Suggestion> {
    let lexicon = Lexicon::get();
    let surroundings = Surroundings::of(fields);
    let mut candidates: Vec<(usize, Scored)> = Vec::new();
    let mut suggestions: Vec<Suggestion> = Vec::with_capacity(fields.len());
    for (at, field) in fields.iter().enumerate() {
        let place = surroundings.place(at);
        let left = never::leave_reason(field, place.is_near_signature);
        if left.is_none() {
            candidates.extend(scored(lexicon, field, place).into_iter().map(|scored| (at, scored)));
        }
        suggestions.push(nothing(field, left));
    }
    doubts::of_rivals(fields, &mut candidates);
    candidates.sort_by(|(a_at, a), (b_at, b)| b.score.total_cmp(&a.score).then(a_at.cmp(b_at)));
    let mut taken: HashSet<String> = HashSet::new();
    for (at, scored) in candidates {
        let Some(suggestion) = suggestions.get_mut(at).filter(|s| s.key.is_none()) else { continue };
        if !taken.insert(scored.key.clone()) {
            continue;
        }
        suggestion.confidence = scored.score;
        suggestion.reason = scored.reason;
        suggestion.key = Some(scored.key);
    }
    suggestions
}

fn nothing(field: &FormField, left: Option<LeaveReason>) -> Suggestion {
    let reason = left.map_or("No label of this field is like one that we know.", LeaveReason::sentence);
    Suggestion {
        field: field.name.clone(),
        key: None,
        leave: left.map(LeaveReason::as_str),
        confidence: if left.is_some() { 1.0 } else { 0.0 },
        reason: reason.to_owned(),
    }
}

/// A key that a field may ask for.
struct Scored {
    entry: &'static Entry,
    pattern: &'static str,
    key: String,
    score: f64,
    reason: String,
    /// Why it is not likely, whatever its labels say.
    doubt: Option<Doubt>,
    /// Its row or a number says which of several it is about.
    is_told: bool,
}

/// The keys that a field may ask for, every one above the level.
#[expect(clippy::float_arithmetic, reason = "a ratio of confidence")]
fn scored(lexicon: &Lexicon, field: &FormField, place: &Place) -> Vec<Scored> {
    let (owner, other) = (asks_of(field, &OWNERS), asks_of(field, &OTHERS));
    let mut found: Vec<Scored> = Vec::new();
    for label in &field.labels {
        let trust = match label.from {
            LabelSource::Tooltip | LabelSource::Left | LabelSource::Above | LabelSource::Right => 1.0,
            LabelSource::Column => 0.95,
            LabelSource::Name => 0.9,
            LabelSource::Heading => continue,
        };
        if words::words_of(&label.text).is_empty() {
            continue;
        }
        let text = place.in_full(&label.text, owner);
        for (entry, score) in lexicon.matches(&text) {
            let is_applicant = entry.pattern.starts_with("applicant") && !entry.pattern.contains("spouse");
            let subject = if is_applicant && (owner || other) { 0.5 } else { 1.0 };
            let score = (score * trust * subject * fit(field, entry.kind)).min(1.0);
            if score < SUGGEST_FROM {
                continue;
            }
            let key = indexed(entry.pattern, field, &label.text, place);
            let reason = format!("`{}` {} it.", shortened(&label.text), stands(label.from));
            let is_explained = explained::is_explained(entry, &text, place);
            let unexplained = (!is_explained).then_some(Doubt::Unexplained);
            let doubt = doubts::of_label(field, label, entry, place).or(unexplained);
            let is_told = place.row.is_some()
                || [&label.text, &place.heading, &field.name]
                    .into_iter()
                    .any(|text| ordinal(entry.pattern, text).is_some());
            let scored = Scored { entry, pattern: entry.pattern, key, score, reason, doubt, is_told };
            match found.iter_mut().find(|known| known.key == scored.key) {
                Some(known) if known.rank() >= scored.rank() => {}
                Some(known) => *known = scored,
                None => found.push(scored),
            }
        }
    }
    doubts::of_field(field, place, owner, &mut found);
    found
}

impl Scored {
    /// What is likely and not doubted stands before all else.
    fn rank(&self) -> (bool, u64) {
        #[expect(
            clippy::float_arithmetic,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a score of 0 to 1 in steps"
        )]
        let steps = (self.score * 1e6) as u64;
        (self.doubt.is_none() && self.score >= LIKELY_FROM, steps)
    }
}

const OWNERS: [&str; 3] = ["owner", "principal", "shareholder"];
/// Persons who are not the applicant.
const OTHERS: [&str; 13] = [
    "agent",
    "child",
    "dependent",
    "designee",
    "foreign",
    "guardian",
    "landlord",
    "notary",
    "preparer",
    "reference",
    "relative",
    "spouse",
    "witness",
];

/// A label says that it asks about one of these, whatever the nearest label leaves out.
fn asks_of(field: &FormField, words: &[&str]) -> bool {
    let printed = field.labels.iter().filter(|label| label.from != LabelSource::Name);
    let texts: Vec<String> = printed.map(|label| label.text.to_lowercase()).collect();
    words.iter().any(|word| texts.iter().any(|text| text.contains(word)))
}

const fn stands(from: LabelSource) -> &'static str {
    match from {
        LabelSource::Tooltip => "describes",
        LabelSource::Left => "stands left of",
        LabelSource::Right => "stands right of",
        LabelSource::Above => "stands above",
        LabelSource::Column => "heads the column of",
        LabelSource::Heading => "heads the part of the form with",
        LabelSource::Name => "is the name of",
    }
}

fn shortened(label: &str) -> String {
    label.chars().take(60).collect()
}

/// How well the field's kind suits values of a type.
fn fit(field: &FormField, kind: FactType) -> f64 {
    let format = field.format.as_deref().unwrap_or_default();
    let is_date = field.kind == FieldKind::Date || format.starts_with("date");
    match field.kind {
        FieldKind::Signature | FieldKind::Button => 0.0,
        FieldKind::Checkbox | FieldKind::Radio if matches!(kind, FactType::Choice | FactType::Boolean) => 1.0,
        FieldKind::Checkbox | FieldKind::Radio => 0.4,
        FieldKind::Text
        | FieldKind::Multiline
        | FieldKind::Comb
        | FieldKind::Date
        | FieldKind::Combo
        | FieldKind::List => fit_of_words(field, format, is_date, kind),
    }
}

fn fit_of_words(field: &FormField, format: &str, is_date: bool, kind: FactType) -> f64 {
    let is_number = matches!(kind, FactType::Money | FactType::Integer | FactType::Percent);
    let is_short = field.max_length.is_some_and(|most| most < 5);
    if is_date {
        return if kind == FactType::Date { 1.1 } else { 0.4 };
    }
    if (format == "ssn" && kind != FactType::TaxId) || (format == "phone" && kind != FactType::Phone) {
        return 0.4;
    }
    if format.starts_with("number") && !is_number {
        return 0.5;
    }
    if is_short && matches!(kind, FactType::Money | FactType::Email) { 0.6 } else { 1.0 }
}

/// `owner[0].dob` for the first of several: the row of a table, or a number in the field's name or label, counts
/// subjects from 1.
fn indexed(pattern: &str, field: &FormField, label: &str, place: &Place) -> String {
    if !pattern.contains("[]") {
        return pattern.to_owned();
    }
    let counted = !pattern.starts_with("applicant");
    let number = |text: &str| ordinal(pattern, text);
    let row = place.row.map(|row| row.saturating_add(1)).filter(|_| counted);
    let ordinal = row
        .or_else(|| number(label))
        .or_else(|| number(&place.heading))
        .or_else(|| number(&field.name))
        .unwrap_or(1);
    with_index(pattern, ordinal.saturating_sub(1))
}

/// Words for the subjects of keys that count them.
const COUNTED: [(&str, &[&str]); 5] = [
    ("applicant[]", &["applicant", "app", "borrower", "individual", "person"]),
    ("owner[]", &["owner", "principal", "shareholder", "partner", "guarantor"]),
    ("bank[]", &["bank", "account", "acct"]),
    ("debt[]", &["debt", "creditor", "lender", "loan", "noteholder"]),
    ("property[]", &["property", "prop"]),
];
const ORDINALS: [(&str, usize); 8] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("1st", 1),
    ("2nd", 2),
    ("3rd", 3),
    ("4th", 4),
];

/// The number that stands right beside a word for the subject: `Owner 2`, `bank2_name`, `second applicant`. The number of a
/// question, or of a field, counts nothing.
fn ordinal(pattern: &str, text: &str) -> Option<usize> {
    let (_, subjects) = COUNTED.iter().find(|(start, _)| pattern.starts_with(start))?;
    let words = place::pieces(text);
    let is_subject = |at: Option<usize>| {
        at.and_then(|at| words.get(at)).is_some_and(|word| {
            let one = word.strip_suffix('s').unwrap_or(word);
            subjects.contains(&one)
        })
    };
    words.iter().enumerate().find_map(|(at, word)| {
        let named = ORDINALS.iter().find(|(ordinal, _)| ordinal == word).map(|(_, number)| *number);
        if named.is_some() {
            return named.filter(|_| is_subject(Some(at.saturating_add(1))));
        }
        let number = word.parse::<usize>().ok().filter(|number| (1..=50).contains(number))?;
        // "28. Name of owner" is the question's number; "2. Owner" may be, too.
        is_subject(at.checked_sub(1)).then_some(number)
    })
}
