//! Things that hang together, and the lines of letters that they make.

#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "pixels of pictures that fit in memory"
)]

use super::blob::Area;

/// Accents reach so many capitals above the foot of a line, and commas so many below it.
const ACCENTS: f64 = 1.3;
const COMMAS: f64 = 0.25;

/// Where the letters of a piece of a line stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextLine {
    pub(super) foot: f64,
    /// Height of its capitals.
    pub(super) tall: f64,
}

impl TextLine {
    /// How far the middle of a mark is above the accents of the line or under its commas; 0 within.
    fn away(self, mark: Area) -> f64 {
        let middle = f64::midpoint(mark.top as f64, mark.bottom as f64);
        let (highest, lowest) = (self.foot - ACCENTS * self.tall, self.foot + COMMAS * self.tall);
        (highest - middle).max(middle - lowest).max(0.0)
    }

    pub(super) fn is_with(self, other: Self) -> bool {
        (self.foot - other.foot).abs() < 0.5 * self.tall.max(other.tall)
    }
}

/// The line that a mark belongs to.
pub(super) fn nearest(lines: impl Iterator<Item = TextLine>, mark: Area) -> Option<TextLine> {
    lines.min_by(|a, b| a.away(mark).total_cmp(&b.away(mark)))
}

/// Which of some things, told by their numbers, hang together.
pub(super) struct Groups {
    parents: Vec<usize>,
}

impl Groups {
    pub(super) fn new(count: usize) -> Self {
        Self { parents: (0..count).collect() }
    }

    /// What a group is known by.
    pub(super) fn root(&self, mut at: usize) -> usize {
        while let Some(parent) = self.parents.get(at).copied().filter(|parent| *parent != at) {
            at = parent;
        }
        at
    }

    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.put_under(a.max(b), a.min(b));
    }

    /// The same, and what was known by letters stays known by them.
    pub(super) fn join_under_letters(&mut self, a: usize, b: usize, has_letters: impl Fn(usize) -> bool) {
        let (a, b) = (self.root(a), self.root(b));
        if has_letters(b) { self.put_under(a, b) } else { self.put_under(b, a) }
    }

    fn put_under(&mut self, lower: usize, upper: usize) {
        if let Some(parent) = self.parents.get_mut(lower) {
            *parent = upper;
        }
    }

    /// The areas group by group.
    pub(super) fn of(&self, areas: &[Area]) -> Vec<Vec<Area>> {
        let mut groups: Vec<Vec<Area>> = vec![Vec::new(); areas.len()];
        for (i, area) in areas.iter().enumerate() {
            if let Some(group) = groups.get_mut(self.root(i)) {
                group.push(*area);
            }
        }
        groups.retain(|group| !group.is_empty());
        groups
    }
}
