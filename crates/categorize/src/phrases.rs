//! A table of phrases, walked word by word: from any word, the longest phrase that begins there.

use crate::fold::Folded;
use crate::hash::HashedMap;
use crate::vocabulary::{Vocabulary, WordId};
use std::ops::Range;

/// In a phrase, stands for any run of digits.
pub(crate) const NUMBER: &str = "NUMBER";

/// Phrases and what they stand for. A phrase may stand for several values: they differ in when they apply.
pub(crate) struct Phrases<V> {
    /// The node after one word, by the word's number; [`ROOT`] for none.
    first: Vec<u32>,
    next: HashedMap<u32>,
    values: Vec<Vec<V>>,
}

/// The node before any word.
const ROOT: u32 = 0;
/// Ways through the table at once: only a number may be read as itself and as any number.
const WAYS_MAX: usize = 8;

impl<V: Copy> Phrases<V> {
    pub(crate) fn new() -> Self {
        Self { first: Vec::new(), next: HashedMap::default(), values: vec![Vec::new()] }
    }

    /// Adds a phrase; returns what it already stands for.
    pub(crate) fn insert(&mut self, phrase: &str, value: V, vocabulary: &mut Vocabulary) -> Vec<V> {
        let mut node = ROOT;
        for word in phrase.split(' ') {
            let word = if word == NUMBER { WordId::NUMBER } else { vocabulary.insert(word) };
            let fresh = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
            node = if node == ROOT {
                if self.first.len() <= word.as_usize() {
                    self.first.resize(word.as_usize() + 1, ROOT);
                }
                match self.first.get_mut(word.as_usize()) {
                    Some(held) if *held != ROOT => *held,
                    Some(empty) => {
                        *empty = fresh;
                        fresh
                    }
                    None => ROOT,
                }
            } else {
                *self.next.entry(step(node, word)).or_insert(fresh)
            };
            if node == fresh {
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
        let mut ways = Ways::default();
        for id in ids(text, start) {
            ways.push(self.first.get(id.as_usize()).copied().unwrap_or(ROOT));
        }
        for end in start + 1.. {
            if ways.count == 0 {
                return;
            }
            for node in ways.nodes() {
                for value in self.values.get(*node as usize).into_iter().flatten() {
                    found(start..end, *value);
                }
            }
            if end >= text.len() {
                return;
            }
            let mut further = Ways::default();
            for node in ways.nodes() {
                for id in ids(text, end) {
                    further.push(self.next.get(&step(*node, id)).copied().unwrap_or(ROOT));
                }
            }
            ways = further;
        }
    }

    /// The longest phrase that begins at this word.
    pub(crate) fn longest_at(&self, text: &Folded<'_>, start: usize) -> Option<(Range<usize>, V)> {
        let mut longest = None;
        self.each_at(text, start, |range, value| longest = Some((range, value)));
        longest
    }

    /// Whether exactly these words, in a row or not, are a phrase.
    pub(crate) fn spells(&self, text: &Folded<'_>, words: &[usize]) -> bool {
        let mut words = words.iter().map(|word| text.id(*word));
        let Some(first) = words.next() else { return false };
        let start = self.first.get(first.as_usize()).copied().unwrap_or(ROOT);
        let node = words.fold(start, |node, id| match node {
            ROOT => ROOT,
            _ => self.next.get(&step(node, id)).copied().unwrap_or(ROOT),
        });
        self.values.get(node as usize).is_some_and(|values| !values.is_empty())
    }

    /// Whether some phrase stands anywhere.
    pub(crate) fn stands_in(&self, text: &Folded<'_>) -> bool {
        (0..text.len()).any(|start| self.longest_at(text, start).is_some())
    }
}

/// A few nodes, without a heap.
#[derive(Default)]
struct Ways {
    nodes: [u32; WAYS_MAX],
    count: usize,
}

impl Ways {
    fn push(&mut self, node: u32) {
        if let Some(room) = self.nodes.get_mut(self.count).filter(|_| node != ROOT) {
            *room = node;
            self.count += 1;
        }
    }

    fn nodes(&self) -> &[u32] {
        self.nodes.get(..self.count).unwrap_or_default()
    }
}

/// What a word may be read as: itself, and any number if it is one.
fn ids(text: &Folded<'_>, at: usize) -> impl Iterator<Item = WordId> {
    let known = Some(text.id(at)).filter(|id| *id != WordId::UNKNOWN);
    known.into_iter().chain(text.is_number(at).then_some(WordId::NUMBER))
}

fn step(node: u32, word: WordId) -> u64 {
    u64::from(node) << 32 | word.as_usize() as u64
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

    fn table() -> (Phrases<u8>, Vocabulary) {
        let (mut phrases, mut vocabulary) = (Phrases::new(), Vocabulary::new());
        for (phrase, value) in [("atm", 1), ("atm fee", 2), ("check NUMBER", 3), ("check 21", 4)] {
            assert!(phrases.insert(phrase, value, &mut vocabulary).is_empty());
        }
        (phrases, vocabulary)
    }

    #[test]
    fn the_longest_phrase_wins_between_word_borders() {
        let (phrases, vocabulary) = table();
        for (text, expected) in [
            ("ATM FEE 12", Some((0..2, 2))),
            ("ATM-FEES", Some((0..1, 1))),
            ("ATMFEE", None),
            ("Check 0042", Some((0..2, 3))),
            ("CHECK CARD", None),
        ] {
            assert_eq!(phrases.longest_at(&Folded::read(text, &vocabulary), 0), expected, "{text}");
        }
        let mut found = Vec::new();
        phrases.each_at(&Folded::read("check 21", &vocabulary), 0, |_, value| found.push(value));
        assert_eq!(found, [4, 3]);
    }

    #[test]
    fn a_second_meaning_is_reported() {
        let (mut phrases, mut vocabulary) = table();
        assert_eq!(phrases.insert("atm", 9, &mut vocabulary), [1]);
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
