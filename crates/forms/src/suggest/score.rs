//! How like a label is to those of the vocabulary: grams of characters, share of the known label, and common words,
//! each weighted by how rare it is among all labels.

#![expect(clippy::float_arithmetic, reason = "likeness of words, not money")]

use super::words::{grams_of, words_of};
use crate::facts::{Entry, Vocabulary};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

const GRAMS: f64 = 0.45;
const COVERED: f64 = 0.25;
const COMMON: f64 = 0.30;
/// Added where both labels are the same words.
const EQUAL: f64 = 0.3;
/// A label that drops one of these says something else than the one that has it.
const TELLING: [&str; 18] = [
    "first", "last", "middle", "home", "business", "spouse", "former", "previous", "other", "monthly",
    "annual", "employer", "mobile", "total", "net", "owner", "bank", "co",
];
const WITHOUT_TELLING: f64 = 0.6;
/// Words of a label that are looked at; the rest of a sentence tells little.
const WORDS_MAX: usize = 14;

/// The vocabulary's labels, counted.
pub(super) struct Lexicon {
    labels: Vec<Label>,
    gram_weight: HashMap<String, f64>,
    word_weight: HashMap<String, f64>,
}

struct Label {
    entry: &'static Entry,
    words: Vec<String>,
    grams: BTreeMap<String, f64>,
    length: f64,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);

impl Lexicon {
    pub(super) fn get() -> &'static Self {
        &LEXICON
    }

    fn build() -> Self {
        let entries = Vocabulary::get().entries();
        let texts: Vec<(&'static Entry, Vec<String>)> = entries
            .iter()
            .flat_map(|entry| entry.labels.iter().map(move |label| (entry, words_of(label))))
            .collect();
        let gram_weight = weights(texts.iter().map(|(_, words)| grams_of(words)));
        let word_weight = weights(texts.iter().map(|(_, words)| words.clone()));
        let labels = texts
            .into_iter()
            .map(|(entry, words)| {
                let grams = vector(&words, &gram_weight);
                let length = length_of(&grams);
                Label { entry, words, grams, length }
            })
            .collect();
        Self { labels, gram_weight, word_weight }
    }

    /// Each key with the score of its best label, the best first, a few of them.
    pub(super) fn matches(&self, text: &str) -> Vec<(&'static Entry, f64)> {
        let words: Vec<String> = words_of(text).into_iter().take(WORDS_MAX).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let grams = vector(&words, &self.gram_weight);
        let length = length_of(&grams);
        let mut best: BTreeMap<&'static str, (&'static Entry, f64)> = BTreeMap::new();
        for label in &self.labels {
            let score = self.score(&words, &grams, length, label);
            let known = best.entry(label.entry.pattern).or_insert((label.entry, 0.0));
            if score > known.1 {
                known.1 = score;
            }
        }
        let mut ranked: Vec<(&'static Entry, f64)> = best.into_values().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        ranked.truncate(5);
        ranked
    }

    fn score(&self, words: &[String], grams: &BTreeMap<String, f64>, length: f64, label: &Label) -> f64 {
        let dot: f64 =
            grams.iter().filter_map(|(gram, w)| label.grams.get(gram).map(|known| known * w)).sum();
        let cosine = if length * label.length > 0.0 { dot / (length * label.length) } else { 0.0 };
        let here: HashSet<&String> = words.iter().collect();
        let there: HashSet<&String> = label.words.iter().collect();
        let weight = |word: &String| self.word_weight.get(word).copied().unwrap_or(3.0);
        let both: f64 = here.intersection(&there).map(|word| weight(word)).sum();
        let either: f64 = here.union(&there).map(|word| weight(word)).sum();
        let known: f64 = there.iter().map(|word| weight(word)).sum();
        let ratio = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        let mut score = GRAMS * cosine + COVERED * ratio(both, known) + COMMON * ratio(both, either);
        if words == label.words {
            score += EQUAL;
        }
        let tells = |set: &HashSet<&String>, word: &str| set.iter().any(|w| w.as_str() == word);
        if TELLING.iter().any(|word| tells(&here, word) != tells(&there, word)) {
            score *= WITHOUT_TELLING;
        }
        score.min(1.0)
    }
}

fn vector(words: &[String], weight: &HashMap<String, f64>) -> BTreeMap<String, f64> {
    let mut counted = BTreeMap::new();
    for gram in grams_of(words) {
        let rare = weight.get(&gram).copied().unwrap_or(3.0);
        *counted.entry(gram).or_insert(0.0) += rare;
    }
    counted
}

fn length_of(vector: &BTreeMap<String, f64>) -> f64 {
    vector.values().map(|w| w * w).sum::<f64>().sqrt()
}

/// The rarer, the heavier: the logarithm of all labels over those that have it.
#[expect(clippy::cast_precision_loss, reason = "a count of labels")]
fn weights(texts: impl Iterator<Item = Vec<String>>) -> HashMap<String, f64> {
    let mut seen_in: HashMap<String, usize> = HashMap::new();
    let mut all = 0_usize;
    for text in texts {
        all += 1;
        for item in text.into_iter().collect::<HashSet<String>>() {
            *seen_in.entry(item).or_insert(0) += 1;
        }
    }
    seen_in.into_iter().map(|(item, count)| (item, (1.0 + all as f64 / count as f64).ln())).collect()
}
