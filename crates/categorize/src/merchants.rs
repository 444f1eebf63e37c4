//! Names of merchants, lenders and agencies: longest alias from any word, blanks optional, between word borders.

use crate::fold::Folded;
use crate::hash::WordMap;
use crate::rulebook::RulebookError;
use crate::taxonomy::{LeafIndex, Taxonomy};
use std::ops::Range;

/// The files' names in errors.
const FILE: &str = "merchants.txt";
const STRENGTHS: &str = "strengths.txt";

/// Words that one alias may span in a text.
const ALIAS_WORDS_MAX: usize = 8;
/// Letters from which a name may decide wherever it stands.
const ANYWHERE_LETTERS_MIN: usize = 6;
/// Letters from which a name may decide at the head of the cleaned words.
const HEAD_LETTERS_MIN: usize = 4;

/// What an alias may do on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// Says nothing about who is paid.
    Never,
    /// Two or three letters: only as the whole name, and only with a second witness.
    Witnessed,
    /// A common word: only as the whole name.
    Whole,
    /// Says what a business does.
    Trade,
    /// A short name: at the head of the cleaned words, or as the whole name.
    Head,
    /// A name that decides anywhere.
    Anywhere,
}

/// One alias.
#[derive(Debug, Clone)]
pub(crate) struct Alias {
    pub(crate) text: Box<str>,
    pub(crate) leaf: LeafIndex,
    pub(crate) reach: Reach,
}

/// An alias found in a text.
#[derive(Debug, Clone)]
pub(crate) struct AliasHit<'m> {
    pub(crate) alias: &'m Alias,
    pub(crate) words: Range<usize>,
}

/// Every alias.
pub(crate) struct Merchants {
    aliases: Vec<Alias>,
    by_letters: WordMap<Box<str>, u32>,
    letters_max: usize,
}

impl Merchants {
    pub(crate) fn parse(text: &str, strengths: &str, taxonomy: &Taxonomy) -> Result<Self, RulebookError> {
        let mut merchants = Self { aliases: Vec::new(), by_letters: WordMap::default(), letters_max: 0 };
        for (line, id, entry) in entries(FILE, text)? {
            let leaf = taxonomy.find(FILE, line, id)?;
            merchants.insert(line, entry, leaf)?;
        }
        for (line, word, entry) in entries(STRENGTHS, strengths)? {
            let reach = match word {
                "trade" => Reach::Trade,
                "ambiguous" => Reach::Whole,
                "never" => Reach::Never,
                _ => return Err(RulebookError::malformed(STRENGTHS, line, word)),
            };
            let index = merchants.by_letters.get(letters(entry).as_str()).copied();
            let alias = index.and_then(|index| merchants.aliases.get_mut(index as usize));
            let alias =
                alias.ok_or_else(|| RulebookError::Missing { file: FILE, entry: entry.to_owned() })?;
            alias.reach = alias.reach.min(reach);
            if reach == Reach::Trade {
                alias.reach = reach;
            }
        }
        Ok(merchants)
    }

    /// The longest alias that begins at each word.
    pub(crate) fn hits(&self, text: &Folded<'_>) -> Vec<AliasHit<'_>> {
        let mut key = String::with_capacity(self.letters_max);
        (0..text.len()).filter_map(|start| self.longest_at(text, start, &mut key)).collect()
    }

    fn longest_at(&self, text: &Folded<'_>, start: usize, key: &mut String) -> Option<AliasHit<'_>> {
        key.clear();
        let mut longest = None;
        for at in start..text.len().min(start + ALIAS_WORDS_MAX) {
            key.push_str(text.word(at));
            if key.len() > self.letters_max {
                break;
            }
            if let Some(alias) = self.by_letters.get(key.as_str()).and_then(|i| self.aliases.get(*i as usize))
            {
                longest = Some(AliasHit { alias, words: start..at + 1 });
            }
        }
        longest
    }

    fn insert(&mut self, line: u32, entry: &str, leaf: LeafIndex) -> Result<(), RulebookError> {
        let letters = letters(entry);
        let index = u32::try_from(self.aliases.len()).unwrap_or(u32::MAX);
        if let Some(held) = self.by_letters.get(letters.as_str()).and_then(|i| self.aliases.get(*i as usize))
        {
            // `cash app` and `cashapp` are one alias; the same words twice, or for two leaves, are a mistake.
            if held.leaf != leaf || *held.text == *entry {
                return Err(RulebookError::duplicate(FILE, line, entry));
            }
            return Ok(());
        }
        self.letters_max = self.letters_max.max(letters.len());
        let count = letters.chars().count();
        let reach = match count {
            ANYWHERE_LETTERS_MIN.. => Reach::Anywhere,
            HEAD_LETTERS_MIN.. => Reach::Head,
            _ => Reach::Witnessed,
        };
        self.by_letters.insert(letters.into(), index);
        self.aliases.push(Alias { text: entry.into(), leaf, reach });
        Ok(())
    }
}

/// An alias without its blanks.
fn letters(alias: &str) -> String {
    alias.chars().filter(|c| *c != ' ').collect()
}

/// `key: a|b|c` lines as (line, key, entry), each entry checked to be folded words.
pub(crate) fn entries<'t>(
    file: &'static str,
    text: &'t str,
) -> Result<Vec<(u32, &'t str, &'t str)>, RulebookError> {
    let mut found = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let (key, list) =
            content.split_once(':').ok_or_else(|| RulebookError::malformed(file, line, content))?;
        for entry in list.split('|').map(str::trim) {
            if !crate::phrases::is_well_formed(entry) {
                return Err(RulebookError::malformed(file, line, entry));
            }
            found.push((line, key.trim(), entry));
        }
    }
    Ok(found)
}
