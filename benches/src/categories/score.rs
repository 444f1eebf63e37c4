//! Accuracy, F1 over labels, coverage and calibration of answers.

use crate::categories::Answer;
use crate::categories::sets::{Labelled, Sets};
use smartexus_categorize::CategoryId;
use std::collections::BTreeMap;

/// From here on a category is filed without being shown first.
const HIGH: f64 = 0.9;
const BINS: usize = 10;

/// Counts of one kind of label.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    right: usize,
    wanted: usize,
    said: usize,
}

/// Answers to labelled rows.
pub(crate) struct Tally<'s> {
    sets: &'s Sets,
    detailed: BTreeMap<String, Counts>,
    primary: BTreeMap<String, Counts>,
    rows: usize,
    right: usize,
    primary_right: usize,
    high: usize,
    high_right: usize,
    unknown: usize,
    bins: [(usize, usize, f64); BINS],
}

impl<'s> Tally<'s> {
    pub(crate) fn new(sets: &'s Sets) -> Self {
        Self {
            sets,
            detailed: BTreeMap::new(),
            primary: BTreeMap::new(),
            rows: 0,
            right: 0,
            primary_right: 0,
            high: 0,
            high_right: 0,
            unknown: 0,
            bins: [(0, 0, 0.0); BINS],
        }
    }

    pub(crate) fn add(&mut self, row: &Labelled, answer: &Answer) {
        let right = row.accepts(&answer.leaf);
        let said_primary = self.sets.primary(&answer.leaf);
        let primary_right = row.accepted.iter().any(|leaf| self.sets.primary(leaf) == said_primary);
        let wanted_primary = row.accepted.first().map_or("", |leaf| self.sets.primary(leaf));
        self.rows += 1;
        self.right += usize::from(right);
        self.primary_right += usize::from(primary_right);
        self.unknown += usize::from(answer.leaf == CategoryId::UNCATEGORIZED);
        let wanted = format!("{}/{}", row.set, row.label);
        let said = if right { wanted.clone() } else { self.label(row, &answer.leaf) };
        count(&mut self.detailed, &wanted, &said);
        count(&mut self.primary, wanted_primary, if primary_right { wanted_primary } else { said_primary });
        if answer.confidence >= HIGH {
            self.high += 1;
            self.high_right += usize::from(right);
        }
        let bin = (0..BINS).rev().find(|bin| answer.confidence * 10.0 >= *bin as f64).unwrap_or(0);
        if let Some((all, hits, said)) = self.bins.get_mut(bin) {
            *all += 1;
            *hits += usize::from(right);
            *said += answer.confidence;
        }
    }

    /// The label of the row's set that would have accepted this leaf.
    fn label(&self, row: &Labelled, leaf: &str) -> String {
        let of_set = self.sets.labels.iter().filter(|((set, _), _)| set == row.set);
        let label = of_set
            .filter(|(_, leaves)| leaves.iter().any(|held| held == leaf))
            .map(|((_, label), _)| label)
            .next();
        format!("{}/{}", row.set, label.map_or(leaf, String::as_str))
    }

    pub(crate) const fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn cells(&self) -> String {
        let precision = if self.high == 0 {
            "–".to_owned()
        } else {
            format!("{:.3}", share(self.high_right, self.high))
        };
        format!(
            "{:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {precision} | {:.3}",
            share(self.right, self.rows),
            macro_f1(&self.detailed),
            share(self.primary_right, self.rows),
            macro_f1(&self.primary),
            share(self.high, self.rows),
            share(self.unknown, self.rows),
        )
    }

    pub(crate) fn curve(&self) -> String {
        let line = |(all, hits, said): &(usize, usize, f64)| {
            format!("| {:.2} | {all} | {:.3} |\n", said / *all as f64, share(*hits, *all))
        };
        self.bins.iter().filter(|(all, ..)| *all > 0).map(line).collect()
    }

    pub(crate) fn calibration_error(&self) -> f64 {
        let off =
            self.bins.iter().filter(|(all, ..)| *all > 0).map(|(_, hits, said)| (said - *hits as f64).abs());
        off.sum::<f64>() / (self.rows as f64).max(1.0)
    }
}

fn count(counts: &mut BTreeMap<String, Counts>, wanted: &str, said: &str) {
    counts.entry(wanted.to_owned()).or_default().wanted += 1;
    counts.entry(said.to_owned()).or_default().said += 1;
    if wanted == said {
        counts.entry(wanted.to_owned()).or_default().right += 1;
    }
}

/// Over the labels that occur.
fn macro_f1(counts: &BTreeMap<String, Counts>) -> f64 {
    let occurring: Vec<&Counts> = counts.values().filter(|counts| counts.wanted > 0).collect();
    let f1 = |counts: &&Counts| 2.0 * counts.right as f64 / ((counts.wanted + counts.said) as f64).max(1.0);
    occurring.iter().map(f1).sum::<f64>() / (occurring.len() as f64).max(1.0)
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / (whole as f64).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_is_over_the_labels_that_occur() {
        let mut counts = BTreeMap::new();
        count(&mut counts, "a", "a");
        count(&mut counts, "a", "b");
        count(&mut counts, "c", "c");
        // a: 2·1/(2+1), c: 1, b does not occur.
        assert!((macro_f1(&counts) - (2.0 / 3.0 + 1.0) / 2.0).abs() < 1e-9);
        assert!(share(0, 0).abs() < 1e-9);
    }
}
