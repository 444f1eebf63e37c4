//! What people of a workspace corrected, and what follows from it: the same counterparty at once, and words like it where
//! the model would have decided.
//!
//! The records are the truth. What was learned from them is built by playing them again, so that one can be taken back,
//! and all of it erased, exported or switched off.

#![expect(clippy::float_arithmetic, reason = "scores, never money")]

use crate::clean::Cleaned;
use crate::direction::{AccountSide, Direction, RowWords};
use crate::features::Feature;
use crate::fold::Folded;
use crate::model::{WIDTH, inverse_root};
use crate::rulebook::Rulebook;
use crate::taxonomy::LeafIndex;
use crate::workspace::WorkspaceError;
use serde::{Deserialize, Serialize};
use smartexus_domain::CategoryId;
use std::collections::HashMap;

/// Corrections that a workspace may have in force.
pub const CORRECTIONS_MAX: usize = 100_000;
/// How far one correction moves what is said.
const RATE: f32 = 4.0;
/// How far all of them may move one feature for one leaf.
const DELTA_MAX: f32 = 8.0;

/// One correction, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Counts up, never used twice.
    pub id: u64,
    /// As printed.
    pub description: String,
    /// Who was named apart.
    pub counterparty: Option<String>,
    /// Which way the money went.
    pub direction: Direction,
    /// On which side.
    pub account: AccountSide,
    /// What the person said it is.
    pub category: CategoryId,
    /// Taken back: it stays on record and says nothing.
    pub undone: bool,
}

impl Correction {
    fn row(&self) -> RowWords<'_> {
        RowWords {
            account: self.account,
            counterparty: self.counterparty.as_deref(),
            ..RowWords::plain(&self.description, self.direction)
        }
    }
}

/// Every correction of a workspace, and what was learned from them.
#[derive(Default)]
pub struct Corrections {
    records: Vec<Correction>,
    off: bool,
    learned: Learned,
}

#[derive(Default)]
struct Learned {
    /// By counterparty, direction and side: how often each leaf was said.
    memory: HashMap<Key, Vec<(LeafIndex, u32)>>,
    /// By bucket of the model.
    deltas: HashMap<u16, Box<[f32; WIDTH]>>,
}

type Key = (String, Direction, AccountSide);

/// What the memory of a counterparty says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Remembered {
    pub(crate) leaf: LeafIndex,
    pub(crate) alike: u32,
    pub(crate) all: u32,
}

impl Corrections {
    /// Plays kept records again.
    ///
    /// # Errors
    /// [`WorkspaceError`] for the first record that the taxonomy does not carry any more.
    pub fn replay(records: Vec<Correction>, rules: &Rulebook) -> Result<Self, WorkspaceError> {
        let mut corrections = Self { records, ..Self::default() };
        corrections.rebuild(rules)?;
        Ok(corrections)
    }

    /// Plays kept records again, and leaves out those that the taxonomy does not carry any more; says how many those are.
    #[must_use]
    pub fn replay_known(records: Vec<Correction>, rules: &Rulebook) -> (Self, usize) {
        let mut corrections = Self::default();
        let all = records.len();
        for record in records {
            if record.undone || corrections.learned.take_in(&record, rules).is_ok() {
                corrections.records.push(record);
            }
        }
        let dropped = all - corrections.records.len();
        (corrections, dropped)
    }

    /// Learns from a person's choice; the next row of the same counterparty already follows it. Returns its id.
    ///
    /// # Errors
    /// [`WorkspaceError`] if the category does not exist or does not fit the row's direction.
    pub fn learn(
        &mut self,
        row: &RowWords<'_>,
        category: &CategoryId,
        rules: &Rulebook,
    ) -> Result<u64, WorkspaceError> {
        if self.records.len() >= CORRECTIONS_MAX {
            return Err(WorkspaceError::TooMany(CORRECTIONS_MAX));
        }
        let id = self.records.last().map_or(1, |last| last.id + 1);
        let record = Correction {
            id,
            description: row.description.to_owned(),
            counterparty: row.counterparty.map(str::to_owned),
            direction: row.direction,
            account: row.account,
            category: category.clone(),
            undone: false,
        };
        self.learned.take_in(&record, rules)?;
        self.records.push(record);
        Ok(id)
    }

    /// Takes a correction back: everything is as if it had not been made.
    ///
    /// # Errors
    /// [`WorkspaceError::Missing`].
    pub fn undo(&mut self, id: u64, rules: &Rulebook) -> Result<(), WorkspaceError> {
        let record = self.records.iter_mut().find(|record| record.id == id && !record.undone);
        record.ok_or_else(|| WorkspaceError::Missing(id.to_string()))?.undone = true;
        self.rebuild(rules)
    }

    /// Every record, those taken back included.
    #[must_use]
    pub fn records(&self) -> &[Correction] {
        &self.records
    }

    /// Switches learning off (an objection) or on again. Off, the records stay and nothing follows from them.
    pub const fn switch(&mut self, on: bool) {
        self.off = !on;
    }

    /// Whether nothing follows from the corrections.
    pub(crate) fn is_silent(&self) -> bool {
        self.off || self.learned.memory.is_empty()
    }

    fn rebuild(&mut self, rules: &Rulebook) -> Result<(), WorkspaceError> {
        let mut learned = Learned::default();
        for record in self.records.iter().filter(|record| !record.undone) {
            learned.take_in(record, rules)?;
        }
        self.learned = learned;
        Ok(())
    }

    /// What people said of this counterparty, if they mostly agree.
    pub(crate) fn remembered(
        &self,
        row: &RowWords<'_>,
        text: &Folded<'_>,
        cleaned: &Cleaned<'_>,
    ) -> Option<Remembered> {
        if self.is_silent() {
            return None;
        }
        let leaves = self.learned.memory.get(&key(row, text, cleaned))?;
        let all: u32 = leaves.iter().map(|(_, count)| count).sum();
        let (leaf, alike) = *leaves.iter().max_by_key(|(leaf, count)| (*count, std::cmp::Reverse(*leaf)))?;
        // Purposes differ: where people disagree too often, the name alone decides nothing.
        (alike * 3 >= all * 2).then_some(Remembered { leaf, alike, all })
    }

    /// What is to be added to the model's scores.
    pub(crate) fn deltas(&self, features: &[Feature]) -> Option<[f32; WIDTH]> {
        if self.is_silent() {
            return None;
        }
        let mut sum = [0.0; WIDTH];
        let mut any = false;
        for deltas in features.iter().filter_map(|feature| self.learned.deltas.get(&feature.bucket)) {
            any = true;
            for (sum, delta) in sum.iter_mut().zip(deltas.iter()) {
                *sum += delta;
            }
        }
        let factor = inverse_root(features.len());
        any.then(|| sum.map(|sum| sum * factor))
    }
}

impl Learned {
    fn take_in(&mut self, record: &Correction, rules: &Rulebook) -> Result<(), WorkspaceError> {
        let leaf = rules.leaf_for(&record.category, Some(record.direction))?;
        let row = record.row();
        let text = Folded::read(row.description, &rules.vocabulary);
        let look = rules.look(&row, &text);
        let leaves = self.memory.entry(key(&row, &text, &look.cleaned)).or_default();
        match leaves.iter_mut().find(|(held, _)| *held == leaf) {
            Some((_, count)) => *count += 1,
            None => leaves.push((leaf, 1)),
        }
        let features = look.features.list();
        let said = rules.model.probabilities(&rules.model.sums(features), features.len(), row.direction);
        let step = RATE * inverse_root(features.len());
        // Only what lies in words: a correction says nothing about every payment of that channel.
        for feature in features.iter().filter(|feature| feature.word.is_some()) {
            let deltas = self.deltas.entry(feature.bucket).or_insert_with(|| Box::new([0.0; WIDTH]));
            for (at, (delta, said)) in deltas.iter_mut().zip(&said).enumerate() {
                let wanted = if at == leaf.as_usize() { 1.0 } else { 0.0 };
                *delta = (*delta + step * (wanted - said)).clamp(-DELTA_MAX, DELTA_MAX);
            }
        }
        Ok(())
    }
}

/// The counterparty as the memory knows it: its words, or what the bank says where nobody is named.
fn key(row: &RowWords<'_>, text: &Folded<'_>, cleaned: &Cleaned<'_>) -> Key {
    let mut words = String::new();
    let mut add = |word: &str| {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    };
    if let Some(named) = row.counterparty.filter(|name| !name.trim().is_empty()) {
        let folded = Folded::of(named);
        (0..folded.len()).filter(|at| !folded.is_number(*at)).for_each(|at| add(folded.word(at)));
    } else if cleaned.words.is_empty() {
        add("\u{b7}");
        (0..text.len()).filter(|at| !text.is_number(*at)).for_each(|at| add(text.word(at)));
    } else {
        cleaned.words.iter().for_each(|at| add(text.word(*at)));
    }
    (words, row.direction, row.account)
}

#[cfg(test)]
#[path = "corrections_tests.rs"]
mod tests;
