//! The counterparty out of a description: what is left when channel, processor, references and places are gone.
//!
//! Two different merchants must not meet, so only what is known not to be a name is dropped. The raw text is never
//! changed.

mod junk;
mod pieces;

use crate::fold::Folded;
use crate::lexicon::{Channel, Class, Lexicon};
use crate::processors::Processor;
use crate::rulebook::Rulebook;
use crate::title::title;
use junk::Junk;
use pieces::{Piece, pieces};
use std::ops::Range;

/// Leading phrases, numbers and dates that are taken off one description.
const HEAD_STRIPS_MAX: usize = 12;
/// Words that a place at the end may have.
const PLACE_WORDS_MAX: usize = 4;
/// Words that a city's name may have.
const CITY_WORDS_MAX: usize = 3;
/// Words between a house number and the word for a street.
const STREET_WORDS_MAX: usize = 3;
/// Words that a processor's prefix may have before its star.
const PREFIX_WORDS_MAX: usize = 4;
/// Letters up to which an unknown prefix before a star is taken for a processor's.
const PREFIX_LETTERS_MAX: usize = 3;

/// What cleaning found.
pub(crate) struct Cleaned<'r> {
    /// The name as people write it.
    pub(crate) name: Option<String>,
    /// How the money moved.
    pub(crate) channel: Option<Channel>,
    /// The payment processor or platform.
    pub(crate) processor: Option<&'r Processor>,
    /// The words between the channel and the references: where aliases count.
    pub(crate) window: Range<usize>,
    /// The words of the name alone; empty if nobody is named.
    pub(crate) words: Vec<usize>,
    /// A store number was dropped: a second witness that a shop is named.
    pub(crate) store_number: bool,
}

/// Cleans a description. `drop` are words of a phrase that name nobody; `keep` are words that belong to a known name
/// although they look like numbers.
pub(crate) fn clean<'r>(
    text: &Folded<'_>,
    raw: &str,
    drop: &Range<usize>,
    keep: &[Range<usize>],
    rules: &'r Rulebook,
) -> Cleaned<'r> {
    let lexicon = &rules.lexicon;
    let pieces = pieces(text, raw);
    let mut cleaner = Cleaner {
        text,
        lexicon,
        pieces: &pieces,
        low: 0,
        high: pieces.len(),
        channel: None,
        processor: None,
        product_end: None,
    };
    cleaner.company_layout();
    cleaner.strip_head(drop, keep, rules);
    cleaner.cut_tail();
    let window = cleaner.window();
    let mut slots = cleaner.slots(drop, keep);
    let store_number =
        cut_at_store_number(&mut slots, text, lexicon) | slots.iter().any(|slot| slot.junk == Junk::Number);
    pop_place(&mut slots, text, lexicon);
    let kept = trim(
        slots.iter().filter(|slot| slot.junk == Junk::No).map(|slot| slot.piece).collect(),
        text,
        lexicon,
    );
    let (channel, processor) = (cleaner.channel, cleaner.processor);
    let platform =
        processor.filter(|processor| !processor.merchant_follows).map(|processor| processor.name.clone());
    let words = kept.iter().flat_map(|piece| piece.words.clone()).collect();
    let name = platform.or_else(|| written(&kept, text, lexicon));
    Cleaned { name, channel, processor, window, words, store_number }
}

struct Cleaner<'c, 'r> {
    text: &'c Folded<'c>,
    lexicon: &'r Lexicon,
    pieces: &'c [Piece<'c>],
    low: usize,
    high: usize,
    channel: Option<Channel>,
    processor: Option<&'r Processor>,
    /// Where the product behind a merchant's own star ends: aliases may reach into it, the name may not.
    product_end: Option<usize>,
}

/// A piece inside the window and what it is.
struct Slot<'c> {
    piece: &'c Piece<'c>,
    junk: Junk,
}

impl<'c, 'r> Cleaner<'c, 'r> {
    /// US clearing house layouts: the company stands before `DES:`, or after `ORIG CO NAME:`.
    fn company_layout(&mut self) {
        let is_label = |piece: &Piece<'_>, words: &[&str]| {
            piece.raw.ends_with(':') && words.contains(&self.text.word(piece.words.start))
        };
        if let Some(at) =
            self.pieces.iter().position(|piece| is_label(piece, &["des", "indn"])).filter(|at| *at > 0)
        {
            self.high = at;
        }
        let name = self.pieces.iter().position(|piece| is_label(piece, &["name"]));
        if let Some(at) =
            name.filter(|at| self.pieces[..*at].iter().any(|p| self.text.word(p.words.start) == "orig"))
        {
            self.low = at + 1;
            let label = |piece: &Piece<'_>| {
                ["orig", "desc", "co", "sec", "trace", "eed", "ind", "trn"]
                    .contains(&self.text.word(piece.words.start))
            };
            let end = self.pieces.iter().skip(self.low + 1).position(label).map(|found| self.low + 1 + found);
            self.high = end.unwrap_or(self.high).max(self.low);
        }
    }

    /// Takes channels, dates, numbers, masks and processors off the head, in whatever order they stand.
    fn strip_head(&mut self, drop: &Range<usize>, keep: &[Range<usize>], rules: &'r Rulebook) {
        for _ in 0..HEAD_STRIPS_MAX {
            let Some(piece) = self.pieces[..self.high].get(self.low) else { return };
            let first = piece.words.start;
            if !piece.words.is_empty() && drop.contains(&first) {
                // A phrase at the head often says how the money moved, too, and may be the shorter of the two.
                let end = self.channel_phrase(first, keep).unwrap_or(0);
                self.low = self.after(end.max(drop.end));
            } else if self.star_follows() && self.processor_prefix(rules) {
                continue;
            } else if let Some(end) = self.channel_phrase(first, keep) {
                self.low = self.after(end);
            } else if self.junk_at(self.low, keep) != Junk::No {
                self.low += 1;
            } else if !self.processor_prefix(rules) {
                return;
            }
        }
    }

    /// `DD *`: a star right after a word makes it a processor's, even where the word is a channel, too.
    fn star_follows(&self) -> bool {
        self.pieces[..self.high].get(self.low + 1).is_some_and(|piece| piece.is_star)
    }

    /// The end of a channel phrase that begins at this word and leaves something after it.
    fn channel_phrase(&mut self, first: usize, keep: &[Range<usize>]) -> Option<usize> {
        let (words, channel) = self.lexicon.channels.longest_at(self.text, first)?;
        let known = keep.iter().any(|range| range.start == first && range.end > words.end);
        let ends_inside =
            self.pieces[..self.high].iter().any(|p| p.words.start < words.end && words.end < p.words.end);
        if known || ends_inside {
            return None;
        }
        self.channel.get_or_insert(channel);
        Some(words.end)
    }

    /// `SQ *`, `PAYPAL *`: a known prefix, or a short unknown one; a long unknown one is the merchant itself.
    fn processor_prefix(&mut self, rules: &'r Rulebook) -> bool {
        let reach = self.high.min(self.low + PREFIX_WORDS_MAX + 1);
        let Some(star) = (self.low..reach).find(|at| self.pieces[*at].is_star) else { return false };
        let prefix = &self.pieces[self.low..star];
        let letters: String =
            prefix.iter().flat_map(|piece| piece.words.clone()).map(|word| self.text.word(word)).collect();
        let Some(processor) = rules.processors.find(&letters) else {
            if letters.chars().count() <= PREFIX_LETTERS_MAX {
                self.low = star + 1;
            } else {
                // The star only divides the merchant from its product, which may still say what was bought.
                self.product_end = Some(self.high);
                self.high = star;
            }
            return true;
        };
        self.processor.get_or_insert(processor);
        if processor.merchant_follows && star + 1 < self.high {
            self.low = star + 1;
        } else if processor.leaf.is_some() {
            self.high = star;
        } else {
            // The platform is the counterparty, and what follows says what was bought: `UBER *EATS`.
            return false;
        }
        true
    }

    /// The first piece that begins at or after this word.
    fn after(&self, word: usize) -> usize {
        (self.low..self.high).find(|at| self.pieces[*at].words.start >= word).unwrap_or(self.high)
    }

    /// Ends the window where references or a street address begin.
    fn cut_tail(&mut self) {
        for at in self.low + 1..self.high {
            let piece = &self.pieces[at];
            let reference = !piece.words.is_empty()
                && self.lexicon.cuts.longest_at(self.text, piece.words.start).is_some();
            if reference || self.is_street_address(at) {
                self.high = at;
                return;
            }
        }
    }

    fn is_street_address(&self, at: usize) -> bool {
        let number = &self.pieces[at];
        let house = number.words.len() == 1 && self.text.is_number(number.words.start);
        house
            && (at + 2..self.high.min(at + 2 + STREET_WORDS_MAX)).any(|later| {
                let piece = &self.pieces[later];
                piece.words.len() == 1 && self.lexicon.is(self.text.id(piece.words.start), Class::Street)
            })
    }

    fn window(&self) -> Range<usize> {
        let Some(inside) = self
            .pieces
            .get(self.low..self.product_end.unwrap_or(self.high))
            .filter(|inside| !inside.is_empty())
        else {
            return 0..0;
        };
        let start = inside.iter().map(|piece| piece.words.start).min().unwrap_or(0);
        let end = inside.iter().map(|piece| piece.words.end).max().unwrap_or(start);
        start..end
    }

    fn slots(&self, drop: &Range<usize>, keep: &[Range<usize>]) -> Vec<Slot<'c>> {
        (self.low..self.high)
            .map(|at| {
                let piece = &self.pieces[at];
                let dropped = !piece.words.is_empty() && drop.contains(&piece.words.start);
                let junk = if dropped { Junk::Other } else { self.junk_at(at, keep) };
                Slot { piece, junk }
            })
            .collect()
    }

    fn junk_at(&self, at: usize, keep: &[Range<usize>]) -> Junk {
        let piece = &self.pieces[at];
        if keep.iter().any(|range| range.start <= piece.words.start && piece.words.end <= range.end)
            && !piece.words.is_empty()
        {
            return Junk::No;
        }
        let word = |at: Option<usize>| {
            let near = at.and_then(|at| self.pieces.get(at)).filter(|near| near.words.len() == 1);
            near.map_or(usize::MAX, |near| near.words.start)
        };
        let (before, own, after) = (word(at.checked_sub(1)), word(Some(at)), word(Some(at + 1)));
        let is = |word: usize, class| self.lexicon.is(self.text.id(word), class);
        let number = |word: usize| self.text.is_number(word);
        let month_near = is(before, Class::Month) || is(after, Class::Month);
        let number_near = number(before) || number(after);
        if (number(own) && month_near) || (is(own, Class::Month) && number_near) {
            return Junk::Other;
        }
        if is(own, Class::Counter) {
            let next = self.pieces.get(at + 1);
            if next.is_some_and(|next| number(after) || junk::judge(next, self.text) == Junk::Number) {
                return Junk::Other;
            }
        }
        if number(own) && is(before, Class::Counter) {
            return Junk::Number;
        }
        junk::judge(piece, self.text)
    }
}

/// `ACME 0012 AUSTIN TX`: after a store number only a place may follow, and the place goes with it.
fn cut_at_store_number(slots: &mut Vec<Slot<'_>>, text: &Folded<'_>, lexicon: &Lexicon) -> bool {
    let first_name = slots.iter().position(|slot| slot.junk == Junk::No);
    let Some(first_name) = first_name else { return false };
    let numbers = (first_name + 1..slots.len()).filter(|at| slots[*at].junk == Junk::Number);
    for at in numbers {
        let tail = single_words(&slots[at + 1..]);
        if tail.is_empty() || (tail.len() <= PLACE_WORDS_MAX && ends_in_place(&tail, text, lexicon)) {
            slots.truncate(at);
            return true;
        }
    }
    false
}

/// The words of the pieces that are left.
fn single_words(slots: &[Slot<'_>]) -> Vec<usize> {
    let left = slots.iter().filter(|slot| slot.junk == Junk::No);
    left.flat_map(|slot| slot.piece.words.clone()).collect()
}

fn ends_in_place(words: &[usize], text: &Folded<'_>, lexicon: &Lexicon) -> bool {
    let Some(last) = words.last() else { return false };
    let region = [Class::Region, Class::WeakRegion, Class::Country]
        .iter()
        .any(|class| lexicon.is(text.id(*last), *class));
    region || city_at_end(words, text, lexicon).is_some()
}

/// How many words at the end are a known city.
fn city_at_end(words: &[usize], text: &Folded<'_>, lexicon: &Lexicon) -> Option<usize> {
    let longest = CITY_WORDS_MAX.min(words.len());
    (1..=longest).rev().find(|count| lexicon.cities.spells(text, &words[words.len() - count..]))
}

/// Takes country, region and known city off the end, as long as a name is left.
fn pop_place(slots: &mut Vec<Slot<'_>>, text: &Folded<'_>, lexicon: &Lexicon) {
    slots.retain(|slot| slot.junk == Junk::No);
    let last_is = |slots: &[Slot<'_>], class: Class| {
        let last = slots.last().filter(|slot| slot.piece.words.len() == 1 && slots.len() > 1);
        last.is_some_and(|slot| lexicon.is(text.id(slot.piece.words.start), class))
    };
    let mut placed = false;
    if last_is(slots, Class::Country) && !last_is(slots, Class::Region) {
        slots.pop();
        placed = true;
    }
    let weak = last_is(slots, Class::WeakRegion)
        && city_at_end(&single_words(&slots[..slots.len() - 1]), text, lexicon).is_some();
    if last_is(slots, Class::Region) || weak {
        slots.pop();
        placed = true;
    }
    if placed {
        let words = single_words(slots);
        let city =
            city_at_end(&words, text, lexicon).filter(|count| *count < words.len() && *count < slots.len());
        slots.truncate(slots.len() - city.unwrap_or(0));
    }
}

/// Takes words off both ends that are never the end of a name.
fn trim<'c>(mut kept: Vec<&'c Piece<'c>>, text: &Folded<'_>, lexicon: &Lexicon) -> Vec<&'c Piece<'c>> {
    let is =
        |piece: &Piece<'_>, class| piece.words.len() == 1 && lexicon.is(text.id(piece.words.start), class);
    while kept.len() > 1 && kept.last().is_some_and(|piece| is(piece, Class::Tail) || piece.words.is_empty())
    {
        kept.pop();
    }
    let from = kept
        .iter()
        .position(|piece| !is(piece, Class::Head) && !piece.words.is_empty())
        .unwrap_or(kept.len());
    kept.drain(..from);
    let nobody = kept.iter().flat_map(|piece| piece.words.clone()).all(|word| {
        lexicon.is(text.id(word), Class::Nobody)
            || lexicon.is(text.id(word), Class::Month)
            || text.is_number(word)
            || text.word(word).chars().count() < 2
    });
    if nobody { Vec::new() } else { kept }
}

/// The name as people write it: a known one as known, any other with large first letters.
fn written(kept: &[&Piece<'_>], text: &Folded<'_>, lexicon: &Lexicon) -> Option<String> {
    let words: Vec<usize> = kept.iter().flat_map(|piece| piece.words.clone()).collect();
    if words.is_empty() {
        return None;
    }
    if let Some(known) = known_name(&words, text, lexicon) {
        return Some(known.to_owned());
    }
    let mut name = String::with_capacity(kept.iter().map(|piece| piece.raw.len() + 1).sum());
    for piece in kept {
        let before = name.len();
        if before > 0 {
            name.push(' ');
        }
        let start = name.len();
        if !piece.words.is_empty() {
            title(piece.raw, &piece.words, text, lexicon, &mut name);
        } else if matches!(piece.raw, "&" | "+") {
            name.push_str(piece.raw);
        }
        if name.len() == start {
            name.truncate(before);
        }
    }
    (!name.is_empty()).then_some(name)
}

/// The written form of a known name that these words spell, noise behind it left out.
fn known_name<'l>(words: &[usize], text: &Folded<'_>, lexicon: &'l Lexicon) -> Option<&'l str> {
    let noise = |word: &usize| lexicon.is(text.id(*word), Class::Brand) || text.is_number(*word);
    let noise_from = words.len() - words.iter().rev().take_while(|word| noise(word)).count();
    (noise_from.max(1)..=words.len()).rev().find_map(|count| {
        let hash = words[..count].iter().try_fold(0, |hash, word| text.hash_after(hash, *word))?;
        let name = lexicon.name(hash)?;
        let spelled = words[..count].iter().flat_map(|word| text.word(*word).bytes());
        spelled.eq(name.letters.bytes()).then_some(name.written.as_str())
    })
}

#[cfg(test)]
mod tests;
