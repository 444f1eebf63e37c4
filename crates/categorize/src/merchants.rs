//! Names of merchants, lenders and agencies: longest alias from any word, blanks optional, between word borders.

use crate::fold::Folded;
use crate::hash::{HashedMap, LETTERS_MAX, of_letters, spread};
use crate::rulebook::{RulebookError, RulebookText};
use crate::taxonomy::{LeafIndex, Taxonomy};
use std::ops::Range;

/// The files' names in errors.
const FILE: &str = "merchants.txt";
const TRADES: &str = "trades.txt";
const BRANDS: &str = "brands.txt";
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
    /// Out of a public list of brands, where common words stand, too: as the whole name, or weakly at its head.
    Brand,
    /// A short name: at the head of the cleaned words, or as the whole name.
    Head,
    /// A name that decides anywhere.
    Anywhere,
}

/// One alias.
#[derive(Debug, Clone)]
pub(crate) struct Alias {
    pub(crate) text: Box<str>,
    letters: Box<str>,
    pub(crate) leaf: LeafIndex,
    pub(crate) reach: Reach,
    /// Digits inside a known name stay: `7 eleven`, `84 lumber`, `bet365`.
    pub(crate) has_digit: bool,
}

/// An alias found in a text.
#[derive(Debug, Clone)]
pub(crate) struct AliasHit<'m> {
    pub(crate) alias: &'m Alias,
    pub(crate) words: Range<usize>,
}

/// Bits of the sieve that is asked before the table: most words in a row are no alias.
const SIEVE_BITS: u32 = 19;

/// Every alias.
pub(crate) struct Merchants {
    aliases: Vec<Alias>,
    by_letters: HashedMap<u32>,
    sieve: Vec<u64>,
    letters_max: usize,
}

impl Merchants {
    pub(crate) fn parse(text: &RulebookText<'_>, taxonomy: &Taxonomy) -> Result<Self, RulebookError> {
        let mut merchants = Self {
            aliases: Vec::new(),
            by_letters: HashedMap::default(),
            sieve: vec![0; 1 << (SIEVE_BITS - 6)],
            letters_max: 0,
        };
        for (file, list, reach) in [
            (FILE, text.merchants, None),
            (TRADES, text.trades, Some(Reach::Trade)),
            (BRANDS, text.brands, Some(Reach::Brand)),
        ] {
            for (line, id, entry) in entries(file, list)? {
                let leaf = taxonomy.find(file, line, id)?;
                merchants.insert(file, line, entry, leaf, reach)?;
            }
        }
        for (line, word, entry) in entries(STRENGTHS, text.strengths)? {
            let reach = match word {
                "trade" => Reach::Trade,
                "ambiguous" => Reach::Whole,
                "never" => Reach::Never,
                _ => return Err(RulebookError::malformed(STRENGTHS, line, word)),
            };
            let index = merchants.by_letters.get(&of_letters(&letters(entry))).copied();
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

    /// Every alias.
    pub(crate) fn aliases(&self) -> &[Alias] {
        &self.aliases
    }

    /// The longest alias that begins at each word.
    pub(crate) fn hits<'m>(&'m self, text: &Folded<'_>, found: &mut Vec<AliasHit<'m>>) {
        found.clear();
        found.extend((0..text.len()).filter_map(|start| self.longest_at(text, start)));
    }

    fn longest_at(&self, text: &Folded<'_>, start: usize) -> Option<AliasHit<'_>> {
        let mut longest = None;
        for end in start + 1..=text.len().min(start + ALIAS_WORDS_MAX) {
            let words = start..end;
            let letters = text.letters(&words);
            if letters.len() > self.letters_max {
                break;
            }
            let Some(hash) = text.hash(&words) else { break };
            if !self.passes(hash) {
                continue;
            }
            let alias = self.by_letters.get(&hash).and_then(|index| self.aliases.get(*index as usize));
            if let Some(alias) = alias.filter(|alias| *alias.letters == *letters) {
                longest = Some(AliasHit { alias, words });
            }
        }
        longest
    }

    fn passes(&self, hash: u64) -> bool {
        let (word, bit) = sieve_place(hash);
        self.sieve.get(word).is_some_and(|bits| bits & bit != 0)
    }

    fn insert(
        &mut self,
        file: &'static str,
        line: u32,
        entry: &str,
        leaf: LeafIndex,
        reach: Option<Reach>,
    ) -> Result<(), RulebookError> {
        let letters = letters(entry);
        let hash = of_letters(&letters);
        let index = u32::try_from(self.aliases.len()).unwrap_or(u32::MAX);
        if let Some(held) = self.by_letters.get(&hash).and_then(|i| self.aliases.get(*i as usize)) {
            // `cash app` and `cashapp` are one alias; the same words twice, or for two leaves, are a mistake.
            if held.leaf != leaf || *held.text == *entry {
                return Err(RulebookError::duplicate(file, line, entry));
            }
            return Ok(());
        }
        if letters.len() > LETTERS_MAX {
            return Err(RulebookError::malformed(file, line, entry));
        }
        self.letters_max = self.letters_max.max(letters.len());
        let count = letters.chars().count();
        let by_length = match count {
            ANYWHERE_LETTERS_MIN.. => Reach::Anywhere,
            HEAD_LETTERS_MIN.. => Reach::Head,
            _ => Reach::Witnessed,
        };
        let has_digit = letters.bytes().any(|byte| byte.is_ascii_digit());
        self.by_letters.insert(hash, index);
        let (word, bit) = sieve_place(hash);
        if let Some(bits) = self.sieve.get_mut(word) {
            *bits |= bit;
        }
        self.aliases.push(Alias {
            text: entry.into(),
            letters: letters.into(),
            leaf,
            reach: reach.unwrap_or(by_length),
            has_digit,
        });
        Ok(())
    }
}

/// Which word of the sieve, and which bit in it.
fn sieve_place(hash: u64) -> (usize, u64) {
    let place = spread(hash) >> (64 - SIEVE_BITS);
    ((place >> 6) as usize, 1 << (place & 63))
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
