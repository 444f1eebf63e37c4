//! What stood on an account at the end of each covered day.
//!
//! The last printed balance of a day, and the rows of that day behind it; without one, what stood there before and every
//! row since. Each stretch of covered days begins anew with its own printed opening: nothing is carried across a gap.
//! Where a stretch prints no opening, its first printed balance or closing is counted back.

use super::row::Row;
use crate::day::{Day, Days};
use crate::exact::Computed;
use smartexus_domain::{CaseAccount, CaseStatement, Currency, Money, NotComputable, Outcome};

/// One covered day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DayBalance {
    pub(crate) day: Day,
    pub(crate) end: i128,
    /// A printed balance of the day was below zero.
    pub(crate) dipped: bool,
    /// Place in the book of the day's last row.
    pub(crate) last_row: Option<usize>,
}

/// Every covered day whose balance is known, in order.
#[derive(Debug, Default)]
pub(crate) struct DayBalances {
    days: Vec<DayBalance>,
    /// Before the first day of each stretch.
    before: Vec<(Day, i128)>,
}

impl DayBalances {
    /// The balances of a stretch of days. `NoBalance` where one of them has none.
    pub(crate) fn of(&self, days: &Days) -> Result<Vec<DayBalance>, NotComputable> {
        if days.count() == 0 {
            return Err(NotComputable::NoCoveredDays);
        }
        let mut found = Vec::new();
        for (first, last) in days.stretches() {
            let from = self.days.partition_point(|known| known.day < *first);
            let to = self.days.partition_point(|known| known.day <= *last);
            found.extend_from_slice(self.days.get(from..to).unwrap_or_default());
        }
        let is_whole = u32::try_from(found.len()).is_ok_and(|known| known == days.count());
        if is_whole { Ok(found) } else { Err(NotComputable::NoBalance) }
    }

    /// What stood there before a covered day.
    pub(crate) fn before(&self, day: Day) -> Computed {
        let start = self.before.iter().find(|(first, _)| *first == day).map(|(_, balance)| *balance);
        let known = || self.days.binary_search_by_key(&day.plus(-1), |known| known.day).ok();
        let previous = || known().and_then(|at| self.days.get(at)).map(|known| known.end);
        start.or_else(previous).ok_or(NotComputable::NoBalance)
    }

    /// Of an account, from its statements and rows.
    pub(crate) fn compute(
        account: &CaseAccount,
        currency: Currency,
        covered: &Days,
        rows: &[Row<'_>],
        first_row: usize,
    ) -> Self {
        let mut balances = Self::default();
        let mut from = 0;
        for stretch in covered.stretches() {
            // Rows dated before the stretch and after the last one are in the sums of its statements.
            let to = rows.partition_point(|row| row.day <= stretch.1);
            let inside = rows.get(from..to).unwrap_or_default();
            let stretch = Stretch {
                account,
                currency,
                days: *stretch,
                rows: inside,
                at: first_row.saturating_add(from),
            };
            if let Some(start) = stretch.start() {
                stretch.walk(start, &mut balances);
            }
            from = to;
        }
        balances
    }
}

/// Covered days without a gap.
struct Stretch<'s, 'c> {
    account: &'c CaseAccount,
    currency: Currency,
    days: (Day, Day),
    rows: &'s [Row<'c>],
    /// Place in the book of its first row.
    at: usize,
}

impl Stretch<'_, '_> {
    fn minor(&self, printed: Option<&String>) -> Option<i128> {
        Money::from_decimal(printed?, self.currency).ok().map(|money| i128::from(money.minor()))
    }

    fn statements(&self) -> impl Iterator<Item = (&CaseStatement, (Day, Day))> {
        let inside = |statement: &&CaseStatement| !statement.other_dates;
        let dated = |statement: &'_ CaseStatement| {
            statement.covers.map(|span| (Day::of(span.start), Day::of(span.end)))
        };
        self.account
            .statements
            .iter()
            .filter(inside)
            .filter_map(move |statement| Some((statement, dated(statement)?)))
            .filter(|(_, (first, last))| self.days.0 <= *first && *last <= self.days.1)
    }

    fn sum(&self, is: impl Fn(&Row<'_>) -> bool) -> Option<i128> {
        self.rows.iter().filter(|row| is(row)).try_fold(0_i128, |sum, row| sum.checked_add(row.amount()))
    }

    /// What stood there before its first row.
    fn start(&self) -> Option<i128> {
        let opening = || {
            let mut first = self.statements().filter(|(_, (first, _))| *first == self.days.0);
            first.find_map(|(statement, _)| self.minor(statement.opening_balance.as_ref()))
        };
        let printed = || {
            let at = self.rows.iter().position(|row| row.facts.balance.is_some())?;
            let before = self.rows.iter().take(at.checked_add(1)?);
            let sum = before.map(Row::amount).try_fold(0_i128, i128::checked_add)?;
            i128::from(self.rows.get(at)?.facts.balance?).checked_sub(sum)
        };
        let later = || {
            self.statements().find_map(|(statement, (first, _))| {
                let opening = self.minor(statement.opening_balance.as_ref())?;
                opening.checked_sub(self.sum(|row| row.day < first)?)
            })
        };
        let closing = || {
            self.statements().find_map(|(statement, (_, last))| {
                let closing = self.minor(statement.closing_balance.as_ref())?;
                closing.checked_sub(self.sum(|row| row.day <= last)?)
            })
        };
        opening().or_else(printed).or_else(later).or_else(closing)
    }

    /// A printed opening that the statement before does not lead to: what is printed is what stood there.
    fn broken_seam(&self, day: Day) -> Option<i128> {
        self.statements().filter(|(_, (first, _))| *first == day && day > self.days.0).find_map(
            |(statement, _)| {
                let mut seams = self.account.seams.iter();
                let broken = seams.any(|seam| seam.after == statement.at && seam.outcome == Outcome::Fail);
                broken.then(|| self.minor(statement.opening_balance.as_ref()))?
            },
        )
    }

    fn walk(&self, start: i128, balances: &mut DayBalances) {
        balances.before.push((self.days.0, start));
        let (mut running, mut rows) = (start, self.rows.iter().enumerate().peekable());
        for day in (self.days.0.0..=self.days.1.0).map(Day) {
            running = self.broken_seam(day).unwrap_or(running);
            let (mut dipped, mut last_row) = (false, None);
            while let Some((at, row)) = rows.next_if(|(_, row)| row.day <= day) {
                running = match row.facts.balance {
                    Some(printed) => i128::from(printed),
                    None => running.saturating_add(row.amount()),
                };
                dipped |= row.day == day && row.facts.balance.is_some_and(|printed| printed < 0);
                last_row = if row.day == day { Some(self.at.saturating_add(at)) } else { last_row };
            }
            balances.days.push(DayBalance { day, end: running, dipped, last_row });
        }
    }
}
