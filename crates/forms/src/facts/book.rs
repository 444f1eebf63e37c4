//! All facts of a client, and which of several leads.

use super::fact::{ClientFact, FactStatus};
use super::vocabulary::{Vocabulary, subject_of};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// More facts than any client has.
const FACTS_MAX: usize = 20_000;
/// What is said of a subject that may be two: proposed, never filled.
const MIXED_CONFIDENCE: f64 = 0.5;
/// Characters of one value.
const VALUE_CHARS_MAX: usize = 4_000;

/// `FACTS.json` cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactsError {
    /// Not the JSON of `smartexus.facts/1`.
    #[error("not a file of facts at line {line}, column {column}")]
    Malformed {
        /// 1-based.
        line: usize,
        /// 1-based.
        column: usize,
    },
    /// Another schema, or a later version.
    #[error("not `smartexus.facts/1`")]
    Schema,
    /// More facts than the limit, or a value longer than it.
    #[error("too many facts, or one that is too long")]
    TooLarge,
    /// Keys that are not in the vocabulary.
    #[error("unknown keys: {}", .0.join(", "))]
    UnknownKeys(Vec<String>),
    /// A confidence outside 0–1.
    #[error("a confidence is not between 0 and 1")]
    Confidence,
}

/// The facts of a client: the file `FACTS.json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactBook {
    /// Always [`FactBook::SCHEMA`].
    pub schema: String,
    /// In the order in which they came to be known.
    pub facts: Vec<ClientFact>,
}

/// The fact that leads for a key, and those that say something else.
#[derive(Debug, Clone, PartialEq)]
pub struct Lead<'b> {
    /// It leads: a person's word before a confirmed one, that before the machine's; then the higher confidence; then
    /// the later day; then what was read before what was derived; then the earlier in the book.
    pub fact: &'b ClientFact,
    /// Facts of the same key with another value, the next best first.
    pub others: Vec<&'b ClientFact>,
}

impl Lead<'_> {
    /// Another value is as good as this one but for its place in the book: a person has to choose.
    #[must_use]
    pub fn is_contested(&self) -> bool {
        let machine = |fact: &ClientFact| fact.status < FactStatus::Confirmed;
        let close = |other: &&ClientFact| {
            // A twentieth is less than our confidences can tell apart.
            #[expect(clippy::float_arithmetic, reason = "a ratio of confidence")]
            let gap = self.fact.confidence - other.confidence;
            gap < 0.05 && self.fact.valid_from <= other.valid_from
        };
        machine(self.fact) && self.others.iter().any(close)
    }
}

impl FactBook {
    /// The schema's name and version.
    pub const SCHEMA: &'static str = "smartexus.facts/1";

    /// A book of these facts.
    #[must_use]
    pub fn new(facts: Vec<ClientFact>) -> Self {
        Self { schema: Self::SCHEMA.to_owned(), facts }
    }

    /// Reads `FACTS.json`.
    ///
    /// # Errors
    /// [`FactsError`], all unknown keys at once.
    pub fn from_json(text: &str) -> Result<Self, FactsError> {
        let book: Self = serde_json::from_str(text)
            .map_err(|error| FactsError::Malformed { line: error.line(), column: error.column() })?;
        if book.schema != Self::SCHEMA {
            return Err(FactsError::Schema);
        }
        let too_long = |fact: &ClientFact| fact.value.chars().count() > VALUE_CHARS_MAX;
        if book.facts.len() > FACTS_MAX || book.facts.iter().any(too_long) {
            return Err(FactsError::TooLarge);
        }
        if book.facts.iter().any(|fact| !(0.0..=1.0).contains(&fact.confidence)) {
            return Err(FactsError::Confidence);
        }
        let vocabulary = Vocabulary::get();
        let unknown = book.facts.iter().filter(|fact| vocabulary.type_of(&fact.key).is_none());
        let unknown: Vec<String> = unknown.map(|fact| fact.key.clone()).collect();
        if unknown.is_empty() { Ok(book) } else { Err(FactsError::UnknownKeys(unknown)) }
    }

    /// What leads for a key.
    #[must_use]
    pub fn lead(&self, key: &str) -> Option<Lead<'_>> {
        let mut found: Vec<&ClientFact> = self.facts.iter().filter(|fact| fact.key == key).collect();
        // Stable: the earlier in the book stays before its equals.
        found.sort_by(|a, b| better_first(a, b));
        let (fact, rest) = found.split_first()?;
        let same = |other: &ClientFact| folded(&other.value) == folded(&fact.value);
        Some(Lead { fact, others: rest.iter().copied().filter(|other| !same(other)).collect() })
    }

    /// Where two sources name one subject differently, they may speak of two: nothing that is known of it is sure, whatever
    /// else each of them says. A person's own word stays what it is.
    pub fn doubt_mixed_subjects(&mut self) {
        const NAMES: [&str; 4] = ["full_name", "legal_name", "name", "lender"];
        let is_mixed = |key: &str| self.lead(key).is_some_and(|lead| !lead.others.is_empty());
        let mixed: BTreeSet<String> = self
            .facts
            .iter()
            .filter_map(|fact| {
                let (subject, part) = fact.key.split_once('.')?;
                (NAMES.contains(&part) && is_mixed(&fact.key)).then(|| subject.to_owned())
            })
            .collect();
        for fact in &mut self.facts {
            let subject = fact.key.split('.').next().unwrap_or_default();
            if mixed.contains(subject) && fact.status <= FactStatus::Extracted {
                fact.confidence = fact.confidence.min(MIXED_CONFIDENCE);
            }
        }
    }

    /// How many subjects of a kind there are: one more than the highest index of `owner[…]`.
    #[must_use]
    pub fn count_of(&self, subject: &str) -> usize {
        let indices = self.facts.iter().filter_map(|fact| subject_of(&fact.key));
        indices
            .filter(|(name, _)| *name == subject)
            .map(|(_, index)| index.saturating_add(1))
            .max()
            .unwrap_or(0)
    }

    /// Keys on which documents disagree, with every value.
    #[must_use]
    pub fn conflicts(&self) -> BTreeMap<&str, Vec<&ClientFact>> {
        let keys = self.facts.iter().map(|fact| fact.key.as_str());
        let leads = keys.filter_map(|key| Some((key, self.lead(key)?)));
        let contested = leads.filter(|(_, lead)| !lead.others.is_empty());
        contested.map(|(key, lead)| (key, std::iter::once(lead.fact).chain(lead.others).collect())).collect()
    }
}

fn better_first(a: &ClientFact, b: &ClientFact) -> Ordering {
    // Read and derived are equals here: their confidence decides.
    let rank = |fact: &ClientFact| fact.status.max(FactStatus::Extracted);
    rank(b)
        .cmp(&rank(a))
        .then_with(|| b.confidence.total_cmp(&a.confidence))
        .then_with(|| b.valid_from.cmp(&a.valid_from))
        .then_with(|| b.status.cmp(&a.status))
}

fn folded(value: &str) -> String {
    value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
