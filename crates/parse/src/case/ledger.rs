//! The merged ledger of one account while it is being put together.

use super::source::{Row, Source};
use jiff::civil::Date;
use smartexus_domain::Removal;

/// A row that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// Position among the sources of the account.
    pub(super) source: usize,
    /// Position among the rows of that source.
    pub(super) row: usize,
    /// The day that decided about it.
    pub(super) day: Date,
    pub(super) restored: bool,
}

/// A row that does not count, and the entry that stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dropped {
    pub(super) source: usize,
    pub(super) row: usize,
    /// Position among the entries.
    pub(super) entry: Option<usize>,
    pub(super) reason: Removal,
}

/// The row at a place of the sources.
pub(super) fn row<'s>(sources: &'s [Source<'_>], source: usize, row: usize) -> Option<&'s Row> {
    sources.get(source)?.part.rows.get(row)
}

impl Entry {
    pub(super) fn row<'s>(&self, sources: &'s [Source<'_>]) -> Option<&'s Row> {
        row(sources, self.source, self.row)
    }
}
