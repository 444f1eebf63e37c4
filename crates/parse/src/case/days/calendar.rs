//! Which sources cover a day, and which printed balances stand beside it.

use super::super::source::Source;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Which sources cover a day, for days that only go forward.
pub(super) struct Calendar {
    /// First day, last day, source.
    starts: Vec<(Date, Date, usize)>,
    ends: BTreeMap<Date, Vec<usize>>,
    edges: BTreeMap<Date, Vec<usize>>,
    open: BTreeSet<usize>,
    next: usize,
}

impl Calendar {
    /// Sources that date by another day own nothing here.
    pub(super) fn new(sources: &[Source<'_>]) -> Self {
        let (mut starts, mut ends, mut edges) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        let mut edge = |day: Date, at: usize| {
            let there: &mut Vec<usize> = edges.entry(day).or_default();
            if !there.contains(&at) {
                there.push(at);
            }
        };
        for (at, source) in sources.iter().enumerate().filter(|(_, source)| !source.other_dates) {
            let Some(cover) = source.cover else { continue };
            starts.push((cover.first, cover.last, at));
            ends.entry(cover.last).or_insert_with(Vec::new).push(at);
            edge(cover.first, at);
            edge(cover.last, at);
        }
        starts.sort_unstable();
        Self { starts, ends, edges, open: BTreeSet::new(), next: 0 }
    }

    /// The best source that has this day inside.
    pub(super) fn inside(&mut self, day: Date) -> Option<usize> {
        while let Some((_, last, at)) = self.starts.get(self.next).filter(|(first, ..)| *first < day) {
            // A short source may have come and gone between two days with rows.
            if day < *last {
                self.open.insert(*at);
            }
            self.next = self.next.saturating_add(1);
        }
        while let Some(entry) = self.ends.first_entry().filter(|entry| *entry.key() <= day) {
            for at in entry.remove() {
                self.open.remove(&at);
            }
        }
        self.open.first().copied()
    }

    /// The sources that begin or end on this day, best first.
    pub(super) fn edges(&self, day: Date) -> &[usize] {
        self.edges.get(&day).map_or(&[], Vec::as_slice)
    }
}

/// Printed ends of all statements, to see whether an end is confirmed by a neighbor.
pub(super) struct Seams {
    openings: BTreeSet<(Date, i64)>,
    closings: BTreeSet<(Date, i64)>,
}

impl Seams {
    pub(super) fn new(sources: &[Source<'_>]) -> Self {
        let proper = || sources.iter().filter(|source| source.is_proper());
        let openings = proper().filter_map(|s| Some((s.cover?.first, s.part.opening?))).collect();
        let closings = proper().filter_map(|s| Some((s.cover?.last, s.part.closing?))).collect();
        Self { openings, closings }
    }

    /// A statement begins on this day or the next one with what this one ends with.
    pub(super) fn confirms_end(&self, day: Date, closing: i64) -> bool {
        [Some(day), day.tomorrow().ok()]
            .into_iter()
            .flatten()
            .any(|day| self.openings.contains(&(day, closing)))
    }

    /// A statement ends on this day or the one before with what this one begins with.
    pub(super) fn confirms_start(&self, day: Date, opening: i64) -> bool {
        [Some(day), day.yesterday().ok()]
            .into_iter()
            .flatten()
            .any(|day| self.closings.contains(&(day, opening)))
    }
}
