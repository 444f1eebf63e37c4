//! What the model looks at in a row, as numbered buckets: which way the money went, how it moved, what the lists hint,
//! the words of the name, pairs of them, and runs of four letters.

use crate::clean::Cleaned;
use crate::direction::{AccountSide, Direction, RowWords};
use crate::fold::Folded;
use crate::hash::{push, spread};
use crate::lexicon::Channel;
use crate::merchants::{AliasHit, Reach};

/// Buckets of the model, as a power of two.
pub(crate) const BUCKET_BITS: u32 = 15;
/// Features of one row.
pub(crate) const FEATURES_MAX: usize = 72;
/// Letters in a run.
const RUN: usize = 4;
/// Words of the name whose letters are looked at, and letters of each.
const WORDS_MAX: usize = 6;
const LETTERS_MAX: usize = 18;
/// Words around the name.
const AROUND_MAX: usize = 8;

/// One feature: its bucket, and the word it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Feature {
    pub(crate) bucket: u16,
    pub(crate) word: Option<u16>,
}

/// The features of one row, in a fixed order.
pub(crate) struct Features {
    list: [Feature; FEATURES_MAX],
    count: usize,
}

/// Salts that keep kinds of features apart.
#[derive(Clone, Copy)]
enum Kind {
    Way = 1,
    Channel,
    Processor,
    Hint,
    Word,
    First,
    Pair,
    Run,
    Around,
    AroundWay,
    Bias,
    Number,
}

impl Features {
    /// Looks at a row. `hinted` says which hits of the lists may count.
    pub(crate) fn of(
        row: &RowWords<'_>,
        text: &Folded<'_>,
        cleaned: &Cleaned<'_>,
        hits: &[AliasHit<'_>],
        hinted: impl Fn(&AliasHit<'_>) -> bool,
    ) -> Self {
        let mut features = Self { list: [Feature { bucket: 0, word: None }; FEATURES_MAX], count: 0 };
        let way = way(row);
        features.push(Kind::Bias, 0, None);
        features.push(Kind::Way, way, None);
        if let Some(channel) = cleaned.channel {
            features.push(Kind::Channel, channel_number(channel) << 4 | way, None);
        }
        if let Some(processor) = cleaned.processor {
            features.push(Kind::Processor, crate::hash::of_letters(&processor.name), None);
        }
        if cleaned.store_number {
            features.push(Kind::Number, 0, None);
        }
        for hit in hits {
            let inside = cleaned.window.start <= hit.words.start && hit.words.end <= cleaned.window.end;
            if inside && hit.alias.reach > Reach::Never && hinted(hit) {
                let hint = (hit.alias.leaf.as_usize() as u64) << 3 | hit.alias.reach as u64;
                features.push(Kind::Hint, hint, Some(hit.words.start));
            }
        }
        // `DR`, `INN`: words that say nothing about who is paid say nothing here either.
        let says_nothing = |word: &usize| {
            hits.iter().any(|hit| hit.alias.reach == Reach::Never && hit.words == (*word..*word + 1))
        };
        features.words(text, cleaned.words.iter().copied().filter(|word| !says_nothing(word)));
        features.around(text, &cleaned.words, way);
        features
    }

    /// The features.
    pub(crate) fn list(&self) -> &[Feature] {
        self.list.get(..self.count).unwrap_or_default()
    }

    fn words(&mut self, text: &Folded<'_>, words: impl Iterator<Item = usize>) {
        let mut before = None;
        for (place, word) in words.take(WORDS_MAX).enumerate() {
            let Some(hash) = text.hash(&(word..word + 1)).filter(|_| !text.is_number(word)) else {
                continue;
            };
            self.push(Kind::Word, hash, Some(word));
            if place == 0 {
                self.push(Kind::First, hash, Some(word));
            }
            if let Some(before) = before.replace(hash) {
                self.push(Kind::Pair, spread(before) ^ hash, Some(word));
            }
            self.runs(text.word(word), word);
        }
    }

    /// Runs of letters, the borders of the word included.
    fn runs(&mut self, word: &str, at: usize) {
        let mut bytes = [b' '; LETTERS_MAX + 2];
        let letters = word.len().min(LETTERS_MAX);
        if letters + 2 < RUN {
            return;
        }
        for (room, byte) in bytes.iter_mut().skip(1).zip(word.bytes().take(letters)) {
            *room = byte;
        }
        for run in bytes.get(..letters + 2).unwrap_or_default().windows(RUN) {
            let hash = run.iter().fold(0, |hash, byte| push(hash, *byte));
            self.push(Kind::Run, hash, Some(at));
        }
    }

    /// Words that are no part of the name: what the bank says about the payment.
    fn around(&mut self, text: &Folded<'_>, words: &[usize], way: u64) {
        let around = (0..text.len()).filter(|at| !text.is_number(*at) && !words.contains(at));
        for word in around.take(AROUND_MAX) {
            let Some(hash) = text.hash(&(word..word + 1)) else { continue };
            if text.word(word).len() < 2 {
                continue;
            }
            self.push(Kind::Around, hash, Some(word));
            self.push(Kind::AroundWay, hash << 2 | way, Some(word));
        }
    }

    fn push(&mut self, kind: Kind, value: u64, word: Option<usize>) {
        let Some(room) = self.list.get_mut(self.count) else { return };
        let hash = spread(push(value, kind as u8));
        let bucket = u16::try_from(hash >> (64 - BUCKET_BITS)).unwrap_or(0);
        *room = Feature { bucket, word: word.and_then(|word| u16::try_from(word).ok()) };
        self.count += 1;
    }
}

/// Direction and side of the account, in three bits.
fn way(row: &RowWords<'_>) -> u64 {
    let direction = match row.direction {
        Direction::In => 0,
        Direction::Out => 1,
        Direction::Neither => 2,
    };
    let account = match row.account {
        AccountSide::Bank => 0,
        AccountSide::Card => 4,
    };
    direction | account
}

fn channel_number(channel: Channel) -> u64 {
    channel as u64 + 1
}
