//! What a figure is about: one account or all of a currency, over all days, a month or the last 30 days.

use crate::day::{Day, Days, Month, span};
use crate::ledger::{Account, Book, DayBalance, Row, RowIndex, code};
use smartexus_domain::{Basis, Currency, Figures, FlowKind, NotComputable, Span};

/// Days of the rolling period.
const ROLLING_DAYS: i32 = 30;

/// Whose rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    One(usize),
    All(Currency),
}

/// Which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    Whole,
    Month(Month),
    Rolling,
}

/// An account or all, with the days on which it is known.
pub(crate) struct Side {
    pub(crate) whose: Whose,
    pub(crate) currency: Currency,
    pub(crate) accounts: Vec<usize>,
    /// Days on which every one of its accounts is known.
    pub(crate) covered: Days,
    /// Days on which every account is known whose balance is added: no card, no loan.
    pub(crate) balance_days: Days,
    pub(crate) extent: Option<(Day, Day)>,
    pub(crate) basis: Basis,
}

impl Side {
    /// One account.
    pub(crate) fn one(book: &Book<'_>, at: usize) -> Option<Self> {
        let account = book.accounts.get(at)?;
        Some(Self {
            whose: Whose::One(at),
            currency: account.currency,
            accounts: vec![at],
            covered: account.covered.clone(),
            balance_days: account.covered.clone(),
            extent: account.extent,
            basis: account.basis(),
        })
    }

    /// All accounts of a currency.
    pub(crate) fn all(book: &Book<'_>, currency: Currency) -> Self {
        let of_currency = |(_, account): &(usize, &Account<'_>)| account.currency == currency;
        let accounts: Vec<(usize, &Account<'_>)> =
            book.accounts.iter().enumerate().filter(of_currency).collect();
        let common = |is: &dyn Fn(&Account<'_>) -> bool| {
            let covered = accounts.iter().filter(|(_, account)| is(account)).map(|(_, a)| a.covered.clone());
            covered.reduce(|common, covered| common.and(&covered)).unwrap_or_default()
        };
        let all_verified = accounts.iter().all(|(_, account)| account.basis() == Basis::Verified);
        let extents = || accounts.iter().filter_map(|(_, account)| account.extent);
        Self {
            whose: Whose::All(currency),
            currency,
            covered: common(&|_| true),
            balance_days: common(&|account| !account.is_liability),
            extent: extents().reduce(|(a, b), (c, d)| (a.min(c), b.max(d))),
            basis: if all_verified { Basis::Verified } else { Basis::IncludesUnverified },
            accounts: accounts.into_iter().map(|(at, _)| at).collect(),
        }
    }

    pub(crate) fn name(&self, book: &Book<'_>) -> String {
        match self.whose {
            Whose::One(at) => {
                book.accounts.get(at).map_or_else(String::new, |account| account.id().to_owned())
            }
            Whose::All(_) => Figures::ALL.to_owned(),
        }
    }

    pub(crate) const fn is_all(&self) -> bool {
        matches!(self.whose, Whose::All(_))
    }

    /// Whether a row counts here: over all accounts only on days that every one of them covers.
    pub(crate) fn counts(&self, row: &Row<'_>) -> bool {
        self.accounts.contains(&row.account) && (!self.is_all() || self.covered.contains(row.day))
    }

    /// Months from the first to the last day.
    pub(crate) fn months(&self) -> Vec<Month> {
        self.extent.map(|(first, last)| first.month().up_to(last.month()).collect()).unwrap_or_default()
    }

    /// Months of which every day is covered.
    pub(crate) fn whole_months(&self) -> Vec<Month> {
        let is_whole = |month: &Month| self.is_whole_month(*month);
        self.months().into_iter().filter(is_whole).collect()
    }

    pub(crate) fn is_whole_month(&self, month: Month) -> bool {
        let (first, last) = (month.first(), month.last());
        self.covered.within(first, last).stretches() == [(first, last)]
    }
}

/// One side over one period.
pub(crate) struct Scope<'s> {
    pub(crate) side: &'s Side,
    pub(crate) which: Which,
    /// First and last day; `None` where the side has none.
    pub(crate) period: Option<(Day, Day)>,
    /// Covered days of the period.
    pub(crate) days: Days,
    /// Of them for balances.
    pub(crate) balance_days: Days,
    /// Rows, by account and in ledger order.
    pub(crate) rows: Vec<RowIndex>,
}

impl<'s> Scope<'s> {
    pub(crate) fn whole(book: &Book<'_>, side: &'s Side) -> Self {
        Self::new(book, side, Which::Whole, side.extent)
    }

    pub(crate) fn month(book: &Book<'_>, side: &'s Side, month: Month) -> Self {
        Self::new(book, side, Which::Month(month), Some((month.first(), month.last())))
    }

    /// 30 days that end where figures are seen from.
    pub(crate) fn rolling(book: &Book<'_>, side: &'s Side) -> Self {
        let period = book.as_of.map(|as_of| (as_of.plus(1 - ROLLING_DAYS), as_of));
        Self::new(book, side, Which::Rolling, period)
    }

    fn new(book: &Book<'_>, side: &'s Side, which: Which, period: Option<(Day, Day)>) -> Self {
        let within = |days: &Days| period.map(|(first, last)| days.within(first, last)).unwrap_or_default();
        let accounts = side.accounts.iter().filter_map(|at| book.accounts.get(*at));
        let inside =
            accounts.flat_map(|account| period.into_iter().flat_map(|days| book.rows_within(account, days)));
        let rows = inside.filter(|(_, row)| side.counts(row));
        Self {
            which,
            period,
            days: within(&side.covered),
            balance_days: within(&side.balance_days),
            rows: rows.map(|(index, _)| index).collect(),
            side,
        }
    }

    pub(crate) const fn is_whole(&self) -> bool {
        matches!(self.which, Which::Whole)
    }

    pub(crate) fn flow_kind(&self) -> Option<FlowKind> {
        match self.which {
            Which::Whole => None,
            Which::Month(_) => Some(FlowKind::Month),
            Which::Rolling => Some(FlowKind::Rolling30),
        }
    }

    pub(crate) fn span(&self) -> Option<Span> {
        self.period.map(span)
    }

    pub(crate) fn currency(&self) -> Option<String> {
        code(self.side.currency)
    }

    pub(crate) fn is_partial(&self) -> bool {
        self.period.is_none_or(|period| self.days.stretches() != [period])
    }

    /// Covered days over days.
    #[expect(clippy::float_arithmetic, reason = "a share of days, no money")]
    pub(crate) fn coverage(&self) -> f64 {
        let Some((first, last)) = self.period else { return 0.0 };
        let share = f64::from(self.days.count()) / f64::from(last.since(first).saturating_add(1).max(1));
        // Four decimals, as every ratio.
        (share * 10_000.0).round() / 10_000.0
    }

    /// Rows for which something holds.
    pub(crate) fn rows_that(&self, book: &Book<'_>, is: impl Fn(&Row<'_>) -> bool) -> Vec<RowIndex> {
        self.rows.iter().copied().filter(|index| book.row(*index).is_some_and(&is)).collect()
    }

    /// What stood there at the end of each covered day, all accounts that are no liability added.
    pub(crate) fn balances(&self, book: &Book<'_>) -> Result<Vec<SumOfDay>, NotComputable> {
        let added =
            |at: &&usize| !self.side.is_all() || book.accounts.get(**at).is_some_and(|a| !a.is_liability);
        let accounts: Vec<usize> = self.side.accounts.iter().filter(added).copied().collect();
        if accounts.is_empty() {
            return Err(NotComputable::NoBalance);
        }
        if self.balance_days.count() == 0 {
            let several = accounts.len() > 1 && self.side.balance_days.count() == 0;
            return Err(if several { NotComputable::NoCommonDays } else { NotComputable::NoCoveredDays });
        }
        let mut sums: Vec<SumOfDay> = Vec::new();
        for account in accounts.iter().filter_map(|at| book.accounts.get(*at)) {
            let own = account.balances.of(&self.balance_days)?;
            if sums.is_empty() {
                sums = own.iter().map(SumOfDay::of).collect();
            } else {
                for (sum, day) in sums.iter_mut().zip(&own) {
                    sum.add(day)?;
                }
            }
        }
        Ok(sums)
    }
}

/// The end of one day over the accounts of a side.
#[derive(Debug, Clone)]
pub(crate) struct SumOfDay {
    pub(crate) day: Day,
    pub(crate) end: i128,
    pub(crate) dipped: bool,
    pub(crate) last_rows: Vec<RowIndex>,
}

impl SumOfDay {
    fn of(day: &DayBalance) -> Self {
        Self { day: day.day, end: day.end, dipped: day.dipped, last_rows: row_of(day).into_iter().collect() }
    }

    fn add(&mut self, day: &DayBalance) -> Result<(), NotComputable> {
        self.end = self.end.checked_add(day.end).ok_or(NotComputable::TooLarge)?;
        self.dipped |= day.dipped;
        self.last_rows.extend(row_of(day));
        Ok(())
    }
}

fn row_of(day: &DayBalance) -> Option<RowIndex> {
    day.last_row.and_then(|at| u32::try_from(at).ok()).map(RowIndex)
}
