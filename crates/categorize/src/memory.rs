//! Decisions on words that came before: statements repeat themselves.
//!
//! A fixed number of places, so that no input makes it grow; a decision is kept when its words come for the second time,
//! so that words that come once cost almost nothing.

use crate::direction::{AccountSide, Direction, RowWords};
use crate::hash::{push, spread};
use smartexus_domain::Categorization;

const PLACES: usize = 1 << 15;

/// What was decided.
pub(crate) struct Memory {
    /// By place, the mark of the words that came last: small, so that looking costs little.
    seen: Vec<u32>,
    /// By place, where the decision is kept; 0 for none.
    at: Vec<u16>,
    kept: Vec<Kept>,
}

/// A decision, and everything that it rests on.
struct Kept {
    description: Box<str>,
    counterparty: Option<Box<str>>,
    way: Way,
    said: Categorization,
}

impl Memory {
    pub(crate) const fn new() -> Self {
        Self { seen: Vec::new(), at: Vec::new(), kept: Vec::new() }
    }

    /// What was decided on equal words, or what `decide` says now.
    pub(crate) fn recall(
        &mut self,
        row: &RowWords<'_>,
        decide: impl FnOnce() -> Categorization,
    ) -> Categorization {
        if self.seen.is_empty() {
            self.seen.resize(PLACES, 0);
        }
        let way =
            (row.direction, row.account, row.check_number.is_some_and(|number| !number.trim().is_empty()));
        let hash = hash(row, way);
        let place = usize::try_from(hash % PLACES as u64).unwrap_or(0);
        // The mark is of other bits than the place, and never that of an empty one.
        let mark = u32::try_from(hash >> 32).unwrap_or(0) | 1;
        let Some(seen) = self.seen.get_mut(place) else { return decide() };
        if *seen != mark {
            *seen = mark;
            return decide();
        }
        if let Some(kept) = self.kept(place).filter(|kept| kept.is_of(row, way)) {
            return kept.said.clone();
        }
        let said = decide();
        self.keep(
            place,
            Kept {
                description: row.description.into(),
                counterparty: row.counterparty.map(Into::into),
                way,
                said: said.clone(),
            },
        );
        said
    }

    fn kept(&self, place: usize) -> Option<&Kept> {
        self.kept.get(usize::from(*self.at.get(place)?).checked_sub(1)?)
    }

    fn keep(&mut self, place: usize, decision: Kept) {
        if self.at.is_empty() {
            self.at.resize(PLACES, 0);
        }
        let Some(at) = self.at.get_mut(place) else { return };
        match usize::from(*at).checked_sub(1).and_then(|held| self.kept.get_mut(held)) {
            Some(held) => *held = decision,
            None => {
                self.kept.push(decision);
                *at = u16::try_from(self.kept.len()).unwrap_or(0);
            }
        }
    }
}

impl Kept {
    fn is_of(&self, row: &RowWords<'_>, way: Way) -> bool {
        *self.description == *row.description
            && self.counterparty.as_deref() == row.counterparty
            && self.way == way
    }
}

/// Direction, side, and whether a check number is printed.
type Way = (Direction, AccountSide, bool);

fn hash(row: &RowWords<'_>, (direction, account, check): Way) -> u64 {
    let way = direction as u8 | (account as u8) << 2 | u8::from(check) << 3;
    let mut hash = spread(push(1, way));
    for text in [row.description, row.counterparty.unwrap_or("\u{0}")] {
        let (chunks, rest) = text.as_bytes().as_chunks::<8>();
        for chunk in chunks {
            hash = spread(hash ^ u64::from_le_bytes(*chunk)).wrapping_mul(3);
        }
        hash = spread(rest.iter().fold(hash, |hash, byte| push(hash, *byte)));
    }
    hash
}
