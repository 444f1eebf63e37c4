//! A table of phrases, walked word by word: from any word, the longest phrase that begins there.

use crate::fold::Folded;
use crate::hash::WordMap;
use std::ops::Range;

/// In a phrase, stands for any run of digits.
pub(crate) const NUMBER: &str = "NUMBER";

/// Phrases and what they stand for. A phrase may stand for several values: they differ in when they apply.
pub(crate) struct Phrases<V> {
    words: WordMap<Box<str>, u32>,
    next: WordMap<(u32, u32), u32>,
    values: Vec<Vec<V>>,
}

/// The word id of [`NUMBER`].
const ANY_NUMBER: u32 = 0;
/// The node before any word.
const ROOT: u32 = 0;

impl<V: Copy> Phrases<V> {
    pub(crate) fn new() -> Self {
        let mut words = WordMap::default();
        words.insert(NUMBER.into(), ANY_NUMBER);
        Self { words, next: WordMap::default(), values: vec![Vec::new()] }
    }

    /// Adds a phrase; returns what it already stands for.
    pub(crate) fn insert(&mut self, phrase: &str, value: V) -> Vec<V> {
        let mut node = ROOT;
        for word in phrase.split(' ') {
            let fresh_word = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
            let word = *self.words.entry(word.into()).or_insert(fresh_word);
            let fresh_node = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
            node = *self.next.entry((node, word)).or_insert(fresh_node);
            if node == fresh_node {
                self.values.push(Vec::new());
            }
        }
        let Some(values) = self.values.get_mut(node as usize) else { return Vec::new() };
        let before = values.clone();
        values.push(value);
        before
    }

    /// Calls `found` with every phrase that begins at this word, shorter ones first.
    pub(crate) fn each_at(&self, text: &Folded<'_>, start: usize, mut found: impl FnMut(Range<usize>, V)) {
        // Two ways at most (the word itself, or any number), so the walk keeps a short list of nodes.
        let mut nodes = vec![ROOT];
        for at in start..text.len() {
            let word = text.word(at);
            let ids = [self.words.get(word).copied(), is_number(word).then_some(ANY_NUMBER)];
            nodes = (nodes.iter())
                .flat_map(|node| ids.iter().flatten().filter_map(|id| self.next.get(&(*node, *id)).copied()))
                .collect();
            if nodes.is_empty() {
                return;
            }
            for node in &nodes {
                for value in self.values.get(*node as usize).into_iter().flatten() {
                    found(start..at + 1, *value);
                }
            }
        }
    }

    /// The longest phrase that begins at this word.
    pub(crate) fn longest_at(&self, text: &Folded<'_>, start: usize) -> Option<(Range<usize>, V)> {
        let mut longest = None;
        self.each_at(text, start, |range, value| longest = Some((range, value)));
        longest
    }

    /// Whether some phrase stands anywhere.
    pub(crate) fn stands_in(&self, text: &Folded<'_>) -> bool {
        (0..text.len()).any(|start| self.longest_at(text, start).is_some())
    }
}

/// Whether a folded word is digits only.
pub(crate) fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a phrase is written as the table reads it: folded words, single blanks.
pub(crate) fn is_well_formed(phrase: &str) -> bool {
    let folded = Folded::of(phrase);
    let words: Vec<&str> = phrase.split(' ').collect();
    !phrase.is_empty()
        && words.len() == folded.len()
        && words.iter().enumerate().all(|(index, word)| *word == NUMBER || *word == folded.word(index))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Phrases<u8> {
        let mut phrases = Phrases::new();
        for (phrase, value) in [("atm", 1), ("atm fee", 2), ("check NUMBER", 3), ("check 21", 4)] {
            assert!(phrases.insert(phrase, value).is_empty());
        }
        phrases
    }

    #[test]
    fn the_longest_phrase_wins_between_word_borders() {
        let phrases = table();
        for (text, expected) in [
            ("ATM FEE 12", Some((0..2, 2))),
            ("ATM-FEES", Some((0..1, 1))),
            ("ATMFEE", None),
            ("Check 0042", Some((0..2, 3))),
            ("CHECK CARD", None),
        ] {
            assert_eq!(phrases.longest_at(&Folded::of(text), 0), expected, "{text}");
        }
        let mut found = Vec::new();
        phrases.each_at(&Folded::of("check 21"), 0, |_, value| found.push(value));
        assert_eq!(found, [4, 3]);
    }

    #[test]
    fn a_second_meaning_is_reported() {
        assert_eq!(table().insert("atm", 9), [1]);
    }

    #[test]
    fn badly_written_phrases_are_refused() {
        for (phrase, good) in [
            ("atm fee", true),
            ("check NUMBER", true),
            ("", false),
            ("ATM", false),
            ("a  b", false),
            ("café", false),
            ("at&t", false),
        ] {
            assert_eq!(is_well_formed(phrase), good, "{phrase:?}");
        }
    }
}
