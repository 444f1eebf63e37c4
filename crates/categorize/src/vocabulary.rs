//! Every word that any table knows, numbered: a row's words are looked up once for all tables.

use crate::hash::{HashedMap, of_letters};

/// A word's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct WordId(u32);

impl WordId {
    /// A word that no table knows.
    pub(crate) const UNKNOWN: Self = Self(0);
    /// Stands for any run of digits.
    pub(crate) const NUMBER: Self = Self(1);

    pub(crate) fn as_usize(self) -> usize {
        self.0 as usize
    }
}

/// The numbered words.
pub(crate) struct Vocabulary {
    ids: HashedMap<WordId>,
    words: Vec<Box<str>>,
}

impl Vocabulary {
    pub(crate) fn new() -> Self {
        // No folded word has a capital, so these two are never met.
        Self { ids: HashedMap::default(), words: vec!["UNKNOWN".into(), "NUMBER".into()] }
    }

    /// The number of a word, which is new or known.
    pub(crate) fn insert(&mut self, word: &str) -> WordId {
        let fresh = WordId(u32::try_from(self.words.len()).unwrap_or(0));
        let id = *self.ids.entry(of_letters(word)).or_insert(fresh);
        if id == fresh {
            self.words.push(word.into());
        }
        id
    }

    /// The number of a word, by its hash and itself.
    pub(crate) fn find(&self, hash: u64, word: &str) -> WordId {
        let Some(id) = self.ids.get(&hash) else { return WordId::UNKNOWN };
        // Two words with one hash are not one word.
        if self.words.get(id.as_usize()).is_some_and(|known| **known == *word) {
            *id
        } else {
            WordId::UNKNOWN
        }
    }
}
