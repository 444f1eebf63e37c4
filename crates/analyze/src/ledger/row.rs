//! A row of a merged ledger.

use crate::choices::RevenueClass;
use crate::day::Day;
use crate::rows::RowFacts;

/// A row's place in the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RowIndex(pub(crate) u32);

/// A row, its facts, and what its neighbors say about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'c> {
    pub(crate) id: &'c str,
    pub(crate) account: usize,
    pub(crate) day: Day,
    /// Minor units of the account's currency.
    pub(crate) minor: i64,
    pub(crate) facts: RowFacts,
    /// One leg of a transfer between accounts of the case.
    pub(crate) is_paired: bool,
    /// It takes another row back, or is taken back.
    pub(crate) is_reversed: bool,
    /// A merchant gives back what was paid.
    pub(crate) is_refund: bool,
    /// How it counts; `None` where no money comes in.
    pub(crate) revenue: Option<RevenueClass>,
}

impl Row<'_> {
    pub(crate) const fn is_in(&self) -> bool {
        self.minor > 0
    }

    pub(crate) const fn is_out(&self) -> bool {
        self.minor < 0
    }

    pub(crate) fn amount(&self) -> i128 {
        i128::from(self.minor)
    }

    /// Money that moved without anybody earning or spending it.
    pub(crate) const fn is_neutral(&self) -> bool {
        self.is_paired || self.is_reversed || self.is_refund
    }
}
