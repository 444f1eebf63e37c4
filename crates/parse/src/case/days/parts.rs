//! Days that every source holds in part, put together run by run.

use super::super::ledger::{Dropped, Entry, row};
use super::super::pairing::Paired;
use super::super::source::{Row, Source};
use super::super::text;
use super::Decided;
use super::align::{self, Key, Lay};
use jiff::civil::Date;
use smartexus_domain::{DocumentSource, Removal};
use std::collections::BTreeSet;

/// Rows of one amount on a part day whose texts are compared with each other.
const COMPARED_TEXTS_MAX: usize = 64;

/// A day that is put together from parts.
pub(super) struct PartDay<'p, 'd> {
    pub(super) sources: &'p [Source<'d>],
    pub(super) date: Date,
    /// Where the entries of the day begin.
    pub(super) base: usize,
}

impl<'p> PartDay<'p, '_> {
    /// Puts one more run of rows to those of the day. Where both runs print a balance beside every row, the balances say
    /// how they lie; else per equal row the larger number counts, neither the sum nor one.
    pub(super) fn add(&self, new: &[(usize, usize)], decided: &mut Decided) {
        let there: Option<Vec<Key>> =
            decided.entries.iter().skip(self.base).map(|entry| key(entry.row(self.sources)?)).collect();
        let here: Option<Vec<Key>> = new.iter().map(|at| key(self.row(*at)?)).collect();
        let mut entries = decided.entries.iter().skip(self.base);
        let mixed =
            entries.any(|entry| new.iter().any(|(source, _)| self.is_same_file(entry.source, *source)));
        let lay = there.zip(here).filter(|_| !mixed).and_then(|(there, here)| align::lay(&there, &here));
        match lay {
            Some(lay) => self.lay(new, lay, decided),
            None => self.pair(new, decided),
        }
    }

    fn row(&self, (source, index): (usize, usize)) -> Option<&'p Row> {
        row(self.sources, source, index)
    }

    fn entry(&self, (source, row): (usize, usize)) -> Entry {
        Entry { source, row, day: self.date, restored: false }
    }

    /// Rows in common are one; those before and behind come before and behind.
    fn lay(&self, new: &[(usize, usize)], lay: Lay, decided: &mut Decided) {
        let before = usize::try_from(lay.offset.saturating_neg()).unwrap_or(0).min(new.len());
        let (first, rest) = new.split_at_checked(before).unwrap_or((new, &[]));
        let skipped = usize::try_from(lay.offset).unwrap_or(0);
        let there = decided.entries.len().saturating_sub(self.base).saturating_sub(skipped);
        let (common, last) = rest.split_at_checked(there).unwrap_or((rest, &[]));
        let start = self.base.saturating_add(skipped);
        for (entry, (source, row)) in (start..).zip(common) {
            let certain =
                lay.only || decided.entries.get(entry).is_some_and(|e| self.is_same_side(*source, e.source));
            let reason = if certain { Removal::PartDay } else { Removal::PossibleDuplicate };
            decided.dropped.push(Dropped { source: *source, row: *row, entry: Some(entry), reason });
        }
        decided.entries.extend(last.iter().map(|at| self.entry(*at)));
        let moved = |entry: &mut usize| {
            if *entry >= self.base {
                *entry = entry.saturating_add(first.len());
            }
        };
        decided.dropped.iter_mut().filter_map(|gone| gone.entry.as_mut()).for_each(moved);
        let base = self.base.min(decided.entries.len());
        decided.entries.splice(base..base, first.iter().map(|at| self.entry(*at)));
    }

    /// Pairs equal rows, by balance and by text; what finds no partner counts.
    fn pair(&self, new: &[(usize, usize)], decided: &mut Decided) {
        let entries = &decided.entries;
        let there = |at: usize| entries.get(at).and_then(|entry| entry.row(self.sources));
        let here = |at: usize| new.get(at).and_then(|at| self.row(*at));
        let mut paired = Paired::between((self.base..entries.len()).collect(), (0..new.len()).collect());
        // Two rows of one file are two, and so are two balances that differ, whatever else is equal.
        let one_file = |left: usize, right: usize| {
            let sources = entries.get(left).map(|e| e.source).zip(new.get(right).map(|(source, _)| *source));
            sources.is_some_and(|(one, other)| self.is_same_file(one, other))
        };
        paired.by_where(|at| key(there(at)?), |at| key(here(at)?), |left, right| !one_file(left, right));
        let passes = |left: usize, right: usize| {
            !one_file(left, right)
                && there(left)
                    .and_then(|row| row.balance)
                    .zip(here(right).and_then(|row| row.balance))
                    .is_none()
        };
        let words = |row: &Row| (row.minor, row.text.clone());
        paired.by_where(|at| there(at).map(words), |at| here(at).map(words), passes);
        cut_texts(&mut paired, there, here, passes);
        // Paper and exports word the same row differently.
        let other_media = |left: usize, right: usize| {
            let sources =
                entries.get(left).map(|entry| entry.source).zip(new.get(right).map(|(source, _)| *source));
            sources.is_some_and(|(one, other)| self.is_structured(one) != self.is_structured(other))
        };
        paired.by_where(
            |at| there(at).map(|row| row.minor),
            |at| here(at).map(|row| row.minor),
            |left, right| passes(left, right) && other_media(left, right),
        );
        let foreign = |at: usize| there(at).filter(|_| !one_file(at, 0));
        let apart = kept_apart(&paired, foreign, here);
        decided.kept_apart = decided.kept_apart.saturating_add(apart);
        self.drop_and_add(&paired, new, decided);
    }

    fn drop_and_add(&self, paired: &Paired, new: &[(usize, usize)], decided: &mut Decided) {
        for (left, right) in &paired.pairs {
            let (Some((source, row)), Some(entry)) = (new.get(*right).copied(), decided.entries.get(*left))
            else {
                continue;
            };
            let same_side = self.is_same_side(source, entry.source);
            let reason = if same_side { Removal::PartDay } else { Removal::PossibleDuplicate };
            decided.dropped.push(Dropped { source, row, entry: Some(*left), reason });
        }
        let added = paired.right.iter().filter_map(|right| new.get(*right)).map(|at| self.entry(*at));
        decided.entries.extend(added);
    }

    fn is_same_file(&self, one: usize, other: usize) -> bool {
        let document = |at: usize| self.sources.get(at).map(|source| source.at.document);
        document(one) == document(other)
    }

    fn is_structured(&self, source: usize) -> bool {
        self.sources.get(source).is_some_and(|source| source.media == DocumentSource::Structured)
    }

    /// Two lists that both begin, or both end, on a day: the rows of one are among those of the other, so equal rows are
    /// one row. Where one ends and the other begins, equal rows may be twins.
    fn is_same_side(&self, one: usize, other: usize) -> bool {
        let side = |at: usize| {
            let cover = self.sources.get(at)?.cover?;
            match (cover.first == self.date, cover.last == self.date) {
                (true, false) => Some(true),
                (false, true) => Some(false),
                (true, true) | (false, false) => None,
            }
        };
        side(one).is_some() && side(one) == side(other)
    }
}

fn key(row: &Row) -> Option<Key> {
    Some((row.minor, row.balance?))
}

/// Rows of one amount whose texts may be one text that was cut.
fn cut_texts<'r>(
    paired: &mut Paired,
    there: impl Fn(usize) -> Option<&'r Row>,
    here: impl Fn(usize) -> Option<&'r Row>,
    passes: impl Fn(usize, usize) -> bool,
) {
    for right in paired.right.clone() {
        let Some(row) = here(right) else { continue };
        let is_cut = |other: &Row| other.minor == row.minor && text::may_be_one(&other.text, &row.text);
        let same = |left: &&usize| there(**left).is_some_and(is_cut) && passes(**left, right);
        let Some(left) = paired.left.iter().take(COMPARED_TEXTS_MAX).find(same).copied() else { continue };
        paired.left.retain(|at| *at != left);
        paired.right.retain(|at| *at != right);
        paired.pairs.push((left, right));
    }
}

/// Rows without a partner that have the amount of another one without, and no balance to tell them apart.
fn kept_apart<'r>(
    paired: &Paired,
    there: impl Fn(usize) -> Option<&'r Row>,
    here: impl Fn(usize) -> Option<&'r Row>,
) -> usize {
    let left = paired.left.iter().filter_map(|at| there(*at));
    let open: BTreeSet<i64> = left.filter(|row| row.balance.is_none()).map(|row| row.minor).collect();
    let right = paired.right.iter().filter_map(|at| here(*at));
    right.filter(|row| row.balance.is_none() && open.contains(&row.minor)).count()
}
