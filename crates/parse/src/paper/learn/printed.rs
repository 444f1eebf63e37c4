//! Approved rows and the words they stand on.

use super::LearnError;
use crate::paper::line::{Line, Token};
use smartexus_domain::{
    AmountToken, Currency, DateOrder, Money, NumberStyle, SignMark, Statement, Transaction,
};

/// More rows than this say nothing new.
const ROWS_MAX: usize = 1_000;

/// An approved row with its lines.
pub(super) struct PrintedRow<'a> {
    pub(super) row: &'a Transaction,
    pub(super) lines: Vec<&'a Line>,
}

impl<'a> PrintedRow<'a> {
    pub(super) fn tokens(&self) -> impl Iterator<Item = &'a Token> + '_ {
        self.lines.iter().flat_map(|line| &line.tokens)
    }
}

/// Approved rows that say where they stand, and how their figures are printed.
pub(super) struct Printed<'a> {
    pub(super) rows: Vec<PrintedRow<'a>>,
    pub(super) style: NumberStyle,
    /// Another style does not give these figures.
    pub(super) style_is_certain: bool,
    /// The only order that gives these days.
    pub(super) order: Option<DateOrder>,
    currency: Currency,
}

/// What marks say in the rows.
#[derive(Default)]
pub(super) struct Marks {
    /// Every amount of money out has a mark, and no other.
    pub(super) out_marked: bool,
    /// Every amount of money in has a mark, and no other.
    pub(super) in_marked: bool,
    /// What a balance without a mark is; `None` where both or neither are printed.
    pub(super) unmarked_balance_is_owed: Option<bool>,
}

impl<'a> Printed<'a> {
    pub(super) fn find(lines: &'a [Line], approved: &'a Statement) -> Result<Self, LearnError> {
        if approved.transactions.is_empty() {
            return Err(LearnError::NoRows);
        }
        let rows: Vec<PrintedRow<'a>> =
            approved.transactions.iter().filter_map(|row| place(lines, row)).take(ROWS_MAX).collect();
        if rows.is_empty() {
            return Err(LearnError::NoPlaces);
        }
        let mut printed = Self {
            rows,
            style: NumberStyle::Point,
            style_is_certain: false,
            order: None,
            currency: approved.account.currency,
        };
        let [point, comma] = NumberStyle::ALL.map(|style| printed.amounts_in(style));
        printed.style = if comma > point { NumberStyle::Comma } else { NumberStyle::Point };
        printed.style_is_certain = comma != point;
        let [day_first, month_first] = DateOrder::ALL.map(|order| printed.days_in(order));
        printed.order = match day_first.cmp(&month_first) {
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => Some(DateOrder::DayMonth),
            std::cmp::Ordering::Less => Some(DateOrder::MonthDay),
        };
        let unprinted = printed.rows.iter().find(|row| !printed.has_amount(row, printed.style));
        match unprinted {
            Some(PrintedRow { row, .. }) => Err(LearnError::AmountNotPrinted { seq: row.seq }),
            None => Ok(printed),
        }
    }

    /// Whether a token is a figure, whatever its sign.
    pub(super) fn is(&self, token: &Token, money: Money) -> bool {
        token.amount.as_ref().is_some_and(|amount| self.reads(amount, self.style, money))
    }

    fn reads(&self, amount: &AmountToken, style: NumberStyle, money: Money) -> bool {
        amount
            .minor(style, self.currency.exponent())
            .is_some_and(|minor| minor == money.minor().saturating_abs())
    }

    fn has_amount(&self, row: &PrintedRow<'_>, style: NumberStyle) -> bool {
        let is_amount = |t: &Token| t.amount.as_ref().is_some_and(|a| self.reads(a, style, row.row.amount));
        row.tokens().any(is_amount)
    }

    fn amounts_in(&self, style: NumberStyle) -> usize {
        self.rows.iter().filter(|row| self.has_amount(row, style)).count()
    }

    fn days_in(&self, order: DateOrder) -> usize {
        let has_day = |row: &&PrintedRow<'_>| row.tokens().any(|t| is_day(t, row.row.date, order));
        self.rows.iter().filter(has_day).count()
    }

    /// Whether a token is a day, in the order of these rows.
    pub(super) fn is_day(&self, token: &Token, date: jiff::civil::Date) -> bool {
        let orders = self.order.map_or(DateOrder::ALL.to_vec(), |order| vec![order]);
        orders.into_iter().any(|order| is_day(token, date, order))
    }

    pub(super) fn has_balances(&self) -> bool {
        self.rows.iter().any(|row| row.row.balance.is_some())
    }

    pub(super) fn marks(&self) -> Marks {
        let mark_of = |row: &PrintedRow<'_>, money: Money| {
            let token = row.tokens().find(|token| self.is(token, money))?;
            token.amount.as_ref().map(AmountToken::sign)
        };
        let amounts: Vec<(bool, SignMark)> = self
            .rows
            .iter()
            .filter_map(|row| Some((row.row.amount.minor() < 0, mark_of(row, row.row.amount)?)))
            .collect();
        let only = |marks: [SignMark; 2], out: bool| {
            amounts.iter().any(|(is_out, _)| *is_out == out)
                && amounts.iter().all(|(is_out, mark)| marks.contains(mark) == (*is_out == out))
        };
        let balances = self.rows.iter().filter_map(|row| Some((row.row.balance?, row)));
        let unmarked: Vec<bool> = balances
            .filter(|(balance, row)| mark_of(row, *balance) == Some(SignMark::None) && balance.minor() != 0)
            .map(|(balance, _)| balance.minor() < 0)
            .collect();
        let unmarked_balance_is_owed = match (unmarked.contains(&true), unmarked.contains(&false)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            (true, true) | (false, false) => None,
        };
        Marks {
            out_marked: only([SignMark::Minus, SignMark::Debit], true),
            in_marked: only([SignMark::Plus, SignMark::Credit], false),
            unmarked_balance_is_owed,
        }
    }
}

fn is_day(token: &Token, date: jiff::civil::Date, order: DateOrder) -> bool {
    let partial = token.date.and_then(|date| date.resolve(order));
    partial.is_some_and(|partial| partial.day == date.day() && partial.month == date.month())
}

/// The lines in the box of a row.
fn place<'a>(lines: &'a [Line], row: &'a Transaction) -> Option<PrintedRow<'a>> {
    let source = row.source?;
    let start = lines.partition_point(|line| line.page < source.page);
    let of_page = lines.get(start..)?.iter().take_while(|line| line.page == source.page);
    let inside =
        |line: &&Line| line.bounds.mid_y() > source.bounds.y0 && line.bounds.mid_y() < source.bounds.y1;
    let lines: Vec<&Line> = of_page.filter(inside).collect();
    (!lines.is_empty()).then_some(PrintedRow { row, lines })
}
