//! Statements for people: lines by leaf with a column for each month, groups and totals that sum them.

use super::{cash_flow, household, profit};
use crate::day::{Month, span};
use crate::exact::{printed, sum};
use crate::ledger::{Book, RowIndex, code};
use crate::scope::{Scope, Side};
use crate::sums::{Cell, Sums};
use smartexus_domain::{FinancialStatement, FinancialStatementKind, NotComputable, StatementLine};
use std::collections::BTreeSet;

/// The three statements of one currency; none without rows.
pub(crate) fn statements(book: &Book<'_>, sums: &Sums, side: &Side) -> Vec<FinancialStatement> {
    let desk = Desk::new(book, sums, side);
    if side.extent.is_none() || !book.is_categorized || desk.scope.rows.is_empty() {
        return Vec::new();
    }
    vec![cash_flow::statement(&desk), profit::statement(&desk), household::statement(&desk)]
}

/// What all statements of one currency are made from.
pub(super) struct Desk<'d> {
    pub(super) book: &'d Book<'d>,
    sums: &'d Sums,
    pub(super) side: &'d Side,
    pub(super) scope: Scope<'d>,
    pub(super) months: Vec<Month>,
}

/// A line with its numbers.
pub(super) struct Line {
    pub(super) by_month: Vec<Result<i128, NotComputable>>,
    pub(super) total: Result<i128, NotComputable>,
}

impl<'d> Desk<'d> {
    fn new(book: &'d Book<'d>, sums: &'d Sums, side: &'d Side) -> Self {
        Self { book, sums, side, scope: Scope::whole(book, side), months: side.months() }
    }

    /// Sums of what holds.
    pub(super) fn line(&self, is: impl Fn(&Cell) -> bool) -> Line {
        let month = |month: &Month| self.sums.of_month(self.side, *month, &is).ok_or(NotComputable::TooLarge);
        let by_month: Vec<_> = self.months.iter().map(month).collect();
        Line { total: by_month.iter().copied().collect::<Result<Vec<_>, _>>().and_then(sum), by_month }
    }

    /// A line for each leaf that has rows here, in the taxonomy's order.
    pub(super) fn leaves(
        &self,
        is: impl Fn(&Cell) -> bool,
        label: impl Fn(&crate::taxonomy::Leaf) -> String,
    ) -> Vec<StatementLine> {
        let here = |cell: &&Cell| is(cell);
        let leaves: BTreeSet<_> =
            self.sums.of_scope(&self.scope).filter(here).map(|cell| cell.leaf).collect();
        let line = |leaf: &Option<crate::taxonomy::LeafIndex>| {
            let known = self.book.taxonomy.leaf(*leaf);
            let (key, label) = known.map_or_else(
                || ("uncategorized".to_owned(), "Without a category".to_owned()),
                |known| (known.id.clone(), label(known)),
            );
            let rows =
                self.scope.rows_that(self.book, |row| row.facts.leaf == *leaf && self.cell_like(row, &is));
            self.printed(&key, &label, 2, self.line(|cell| cell.leaf == *leaf && is(cell)), rows)
        };
        leaves.iter().map(line).collect()
    }

    /// Whether a row is in the cells for which something holds.
    fn cell_like(&self, row: &crate::ledger::Row<'_>, is: impl Fn(&Cell) -> bool) -> bool {
        is(&Cell {
            account: u32::try_from(row.account).unwrap_or(u32::MAX),
            month: row.day.month().number(),
            leaf: row.facts.leaf,
            facets: crate::facet::Facets::of(row, self.book.leaf(row)),
            is_common: true,
            is_rolling: false,
            sum: row.amount(),
            count: 1,
        })
    }

    /// A group: its lines, and their sum first.
    pub(super) fn group(
        &self,
        key: &str,
        label: &str,
        is: impl Fn(&Cell) -> bool + Copy,
        name: impl Fn(&crate::taxonomy::Leaf) -> String,
    ) -> Vec<StatementLine> {
        let mut lines = vec![self.total(key, label, 1, self.line(is))];
        lines.extend(self.leaves(is, name));
        lines
    }

    /// A line that sums others.
    pub(super) fn total(&self, key: &str, label: &str, level: u8, line: Line) -> StatementLine {
        StatementLine { is_total: true, ..self.printed(key, label, level, line, Vec::new()) }
    }

    fn printed(&self, key: &str, label: &str, level: u8, line: Line, rows: Vec<RowIndex>) -> StatementLine {
        let money = |value: Result<i128, NotComputable>| {
            value.ok().and_then(|value| printed(value, self.side.currency))
        };
        let (rows, rows_left_out) = self.book.ids(rows);
        StatementLine {
            key: key.to_owned(),
            label: label.to_owned(),
            level,
            is_total: false,
            by_month: line.by_month.iter().copied().map(money).collect(),
            total: money(line.total),
            rows,
            rows_left_out,
        }
    }

    pub(super) fn statement(
        &self,
        kind: FinancialStatementKind,
        lines: Vec<StatementLine>,
        notes: &[&str],
    ) -> FinancialStatement {
        let partial = self.months.iter().filter(|month| !self.side.is_whole_month(**month));
        let period = self.side.extent.unwrap_or((crate::day::Day(0), crate::day::Day(0)));
        FinancialStatement {
            kind,
            currency: code(self.side.currency),
            period: span(period),
            months: self.months.iter().map(ToString::to_string).collect(),
            partial_months: partial.map(ToString::to_string).collect(),
            lines,
            basis: self.side.basis,
            notes: notes.iter().map(|note| (*note).to_owned()).collect(),
        }
    }

    /// The leaf of a cell.
    pub(super) fn leaf(&self, cell: &Cell) -> Option<&'d crate::taxonomy::Leaf> {
        self.book.taxonomy.leaf(cell.leaf)
    }
}
