//! The rows as *Transactions* shows them, and what formulas over them come to.

use super::super::number::EXACT_MINOR_MAX;
use super::super::sheet::Sum;
use crate::ReportError;
use crate::case_report::CaseReport;
use jiff::civil::Date;
use smartexus_domain::{Currency, Figures};
use std::collections::BTreeMap;

/// Sheet row of the first transaction (0-based): the notice, then the titles, then data.
pub(super) const FIRST_ROW: u32 = 2;
/// Rows that a worksheet holds.
const SHEET_ROWS_MAX: usize = 1_048_576;

/// What a revenue formula says of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Revenue {
    Included,
    Deducted,
    Undecided,
}

impl Revenue {
    pub(super) const ALL: [Self; 3] = [Self::Included, Self::Deducted, Self::Undecided];

    /// The key of the figure whose rows are so.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Included => "true_revenue",
            Self::Deducted => "revenue_deductions",
            Self::Undecided => "revenue_undecided",
        }
    }

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Included => "included",
            Self::Deducted => "deducted",
            Self::Undecided => "undecided",
        }
    }
}

struct Entry {
    account: u32,
    date: Date,
    minor: i64,
    currency: Currency,
    revenue: Option<Revenue>,
}

/// Every row, in sheet order.
pub(super) struct Rows {
    entries: Vec<Entry>,
}

/// Which rows a formula takes.
#[derive(Clone, Copy)]
pub(super) enum Whose {
    /// Every account of a currency.
    All,
    /// One account, by number.
    Account(u32),
}

/// Which direction a formula takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    In,
    Out,
    Both,
}

/// A condition on the rows, as a formula and as our own sum.
pub(super) struct Pick<'c> {
    pub(super) whose: Whose,
    pub(super) currency: Currency,
    pub(super) direction: Direction,
    pub(super) revenue: Option<Revenue>,
    /// First and last day with the cells that hold them.
    pub(super) days: Option<(Date, Date, &'c str, &'c str)>,
}

impl Rows {
    /// # Errors
    /// [`ReportError::TooManyRows`].
    pub(super) fn of(report: &CaseReport<'_>) -> Result<Self, ReportError> {
        let revenue = report.figures.map(revenue_of).unwrap_or_default();
        let mut rows = Self { entries: Vec::new() };
        for (account, row) in report.rows() {
            rows.entries.push(Entry {
                account: account.number,
                date: row.ledger.date,
                minor: row.amount.minor(),
                currency: row.amount.currency(),
                revenue: revenue.get(row.ledger.id.as_str()).copied(),
            });
        }
        if rows.entries.len() + FIRST_ROW as usize > SHEET_ROWS_MAX {
            return Err(ReportError::TooManyRows);
        }
        Ok(rows)
    }

    /// Last 1-based sheet row of the data, at least the first one, so that ranges are never empty.
    pub(super) fn last_row(&self) -> u32 {
        FIRST_ROW + u32::try_from(self.entries.len().max(1)).unwrap_or(u32::MAX)
    }

    /// The sum of picked rows.
    pub(super) fn sum(&self, pick: &Pick<'_>) -> Sum {
        let picked = || self.picked(pick);
        Sum {
            expression: format!("SUMIFS({}{})", self.range('G'), self.conditions(pick)),
            minor: picked().map(|entry| i128::from(entry.minor)).sum(),
            currency: pick.currency,
            leaves_out: picked().any(|entry| entry.minor.unsigned_abs() > EXACT_MINOR_MAX),
        }
    }

    /// The number of picked rows, as a formula and as a number.
    pub(super) fn count(&self, pick: &Pick<'_>) -> (String, usize) {
        let conditions = self.conditions(pick);
        (format!("COUNTIFS({})", conditions.trim_start_matches(',')), self.picked(pick).count())
    }

    pub(super) fn revenue(&self, at: usize) -> Option<Revenue> {
        self.entries.get(at).and_then(|entry| entry.revenue)
    }

    /// Some amount is too large for a cell and stands as text, outside every formula.
    pub(super) fn has_text_amounts(&self) -> bool {
        self.entries.iter().any(|entry| entry.minor.unsigned_abs() > EXACT_MINOR_MAX)
    }

    /// The one currency of all rows, if there is one.
    pub(super) fn sole_currency(&self) -> Option<Currency> {
        let first = self.entries.first()?.currency;
        self.entries.iter().all(|entry| entry.currency == first).then_some(first)
    }

    fn picked<'e>(&'e self, pick: &'e Pick<'_>) -> impl Iterator<Item = &'e Entry> {
        self.entries.iter().filter(move |entry| {
            let is_whose = match pick.whose {
                Whose::All => entry.currency == pick.currency,
                Whose::Account(number) => entry.account == number,
            };
            let is_direction = match pick.direction {
                Direction::In => entry.minor > 0,
                Direction::Out => entry.minor < 0,
                Direction::Both => true,
            };
            let is_day = pick.days.is_none_or(|(start, end, ..)| start <= entry.date && entry.date <= end);
            let is_revenue = pick.revenue.is_none_or(|revenue| entry.revenue == Some(revenue));
            is_whose && is_direction && is_day && is_revenue
        })
    }

    /// The conditions, each with a comma before it. Nothing of a document is in them: numbers, codes and our own words.
    fn conditions(&self, pick: &Pick<'_>) -> String {
        let mut text = match pick.whose {
            Whose::All if pick.currency.is_known() => {
                format!(",{},\"={}\"", self.range('H'), pick.currency.code())
            }
            Whose::All => format!(",{},\"=\"", self.range('H')),
            Whose::Account(number) => format!(",{},{number}", self.range('A')),
        };
        match pick.direction {
            Direction::In => text += &format!(",{},\">0\"", self.range('G')),
            Direction::Out => text += &format!(",{},\"<0\"", self.range('G')),
            Direction::Both => {}
        }
        if let Some((_, _, start, end)) = pick.days {
            let dates = self.range('C');
            text += &format!(",{dates},\">=\"&{start},{dates},\"<=\"&{end}");
        }
        if let Some(revenue) = pick.revenue {
            text += &format!(",{},\"={}\"", self.range('K'), revenue.word());
        }
        text
    }

    /// The absolute range of a column's data.
    fn range(&self, letter: char) -> String {
        format!("Transactions!${letter}${}:${letter}${}", FIRST_ROW + 1, self.last_row())
    }
}

/// What the whole figures say of each row. Rows that two of them name are left out: no column could hold both.
fn revenue_of(figures: &Figures) -> BTreeMap<&str, Revenue> {
    let mut said: BTreeMap<&str, Option<Revenue>> = BTreeMap::new();
    for revenue in Revenue::ALL {
        let whole = figures.figures.iter().filter(|figure| figure.key == revenue.key() && figure.is_whole);
        for id in whole.flat_map(|figure| &figure.rows) {
            said.entry(id)
                .and_modify(|one| *one = one.filter(|one| *one == revenue))
                .or_insert(Some(revenue));
        }
    }
    said.into_iter().filter_map(|(id, revenue)| Some((id, revenue?))).collect()
}
