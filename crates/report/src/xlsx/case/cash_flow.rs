//! *Cash flow*: months across, lines down, one block for each currency and each account.

use super::super::ledger::decimal;
use super::super::number::cell_number;
use super::super::sheet::{Sheet, Sum};
use super::rows::{Direction, Pick, Whose};
use super::{Book, chart};
use crate::ReportError;
use crate::words;
use rust_xlsxwriter::{Format, FormatAlign, Worksheet};
use smartexus_domain::{Basis, Currency, Figures, FlowKind, FlowPeriod, Money};

/// Characters of the labels' column.
const LABEL_WIDTH: f64 = 34.0;
const MONTH_WIDTH: f64 = 18.0;
/// Columns that the notice covers at least.
const NOTICE_COLUMNS: u16 = 7;
const FIRST: u32 = 2;
const LINES: [&str; 16] = [
    "From",
    "To",
    "Opening balance",
    "Money in",
    "Money out",
    "Net",
    "Closing balance",
    "Closing - opening - net",
    "Transactions in",
    "Transactions out",
    "Average daily balance",
    "Lowest balance",
    "Highest balance",
    "True revenue",
    "Debt payments",
    "Days below zero",
];
/// Line of the proof below the titles.
const PROVED: u32 = 17;

/// One block: the periods of one account, or of all accounts of a currency.
struct Block<'f> {
    account: &'f str,
    currency: Currency,
    periods: Vec<&'f FlowPeriod>,
}

impl Block<'_> {
    fn months(&self) -> usize {
        self.periods.iter().filter(|period| period.kind == FlowKind::Month).count()
    }
}

pub(super) fn sheet(book: &Book<'_>, figures: &Figures) -> Result<Worksheet, ReportError> {
    let blocks = blocks(figures);
    let widest = blocks.iter().map(|block| block.periods.len()).max().unwrap_or(0);
    let last = u16::try_from(widest + 1).unwrap_or(u16::MAX).max(NOTICE_COLUMNS);
    let mut sheet = Sheet::new("Cash flow", &book.report.notice, &book.style, last)?;
    sheet.inner.set_column_width(0, LABEL_WIDTH)?;
    sheet.inner.set_column_range_width(1, last, MONTH_WIDTH)?;
    let mut line = FIRST;
    for block in &blocks {
        write(book, &mut sheet, line, block)?;
        line += PROVED + 3;
        if block.account == Figures::ALL && block.months() > 1 {
            chart::cash_flow(&mut sheet, line - PROVED - 3, line, block.months())?;
            line += chart::LINES;
        }
    }
    sheet.inner.set_freeze_panes(0, 1)?;
    Ok(sheet.inner)
}

/// All accounts first, then each, in the order of the figures.
fn blocks(figures: &Figures) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for period in &figures.cash_flow {
        let currency = currency_of(period.currency.as_deref());
        let same = |block: &&mut Block<'_>| block.account == period.account && block.currency == currency;
        match blocks.iter_mut().find(same) {
            Some(block) => block.periods.push(period),
            None => blocks.push(Block { account: &period.account, currency, periods: vec![period] }),
        }
    }
    for block in &mut blocks {
        block.periods.sort_by_key(|period| (period.kind, period.period.start));
    }
    blocks.sort_by_key(|block| block.account != Figures::ALL);
    blocks
}

/// The currency of a figure; unknown where it names none.
pub(super) fn currency_of(code: Option<&str>) -> Currency {
    code.and_then(Currency::from_code).unwrap_or(Currency::UNKNOWN)
}

fn write(book: &Book<'_>, sheet: &mut Sheet<'_>, line: u32, block: &Block<'_>) -> Result<(), ReportError> {
    let style = &book.style;
    let known = block.currency.is_known() && block.account == Figures::ALL;
    let code = if known { format!(", {}", block.currency.code()) } else { String::new() };
    sheet.text(line, 0, &format!("{}{code}", book.report.account_words(block.account)), &style.section)?;
    sheet.text(line + 1, 0, "", &style.head)?;
    for (at, label) in (line + 2..).zip(LINES) {
        sheet.text(at, 0, label, &style.text)?;
    }
    sheet.text(line + 1 + PROVED, 0, "These figures are", &style.text)?;
    for (column, period) in (1..).zip(&block.periods) {
        column_of(book, sheet, (line + 1, column), block, period)?;
    }
    totals(book, sheet, line + 1, block)
}

/// One period: its titles, then the lines below.
fn column_of(
    book: &Book<'_>,
    sheet: &mut Sheet<'_>,
    (top, column): (u32, u16),
    block: &Block<'_>,
    period: &FlowPeriod,
) -> Result<(), ReportError> {
    let style = &book.style;
    let currency = block.currency;
    let money = style.money(currency, false);
    sheet.inner.write_string_with_format(top, column, title(period), &style.head_right)?;
    let date = style.date.clone().set_align(FormatAlign::Right);
    sheet.date(top + 1, column, Some(period.period.start), &date)?;
    sheet.date(top + 2, column, Some(period.period.end), &date)?;
    let mut amount = |down: u32, text: Option<&str>| sheet.amount(top + down, column, text, currency, &money);
    amount(3, period.opening.as_deref())?;
    amount(7, period.closing.as_deref())?;
    amount(11, period.average_daily_balance.as_deref())?;
    amount(12, period.balance_min.as_deref())?;
    amount(13, period.balance_max.as_deref())?;
    amount(15, period.debt_payments.as_deref())?;
    sums(book, sheet, (top, column), block, period)?;
    let revenue = super::revenue::of_days(book, block.account, currency, period, (top, column));
    sheet.live((top + 14, column), &revenue, period.true_revenue.as_deref(), &money)?;
    sheet.count(top + 16, column, period.negative_days, &style.count)?;
    let tone = match period.basis {
        Basis::Verified => style.text.clone(),
        Basis::IncludesUnverified => style.badge(crate::notice::Tone::Warn),
    };
    sheet.text(top + PROVED, column, words::basis(period.basis), &tone.set_align(FormatAlign::Right))
}

/// Money in, out and net, live; the check that opening and net give the closing balance; counts.
fn sums(
    book: &Book<'_>,
    sheet: &mut Sheet<'_>,
    (top, column): (u32, u16),
    block: &Block<'_>,
    period: &FlowPeriod,
) -> Result<(), ReportError> {
    let style = &book.style;
    let currency = block.currency;
    let money = style.money(currency, false);
    let (start, end) = (cell(top + 1, column), cell(top + 2, column));
    let days = Some((period.period.start, period.period.end, start.as_str(), end.as_str()));
    let pick =
        |direction| Pick { whose: whose(book, block.account), currency, direction, revenue: None, days };
    let (in_sum, out_sum) = (book.rows.sum(&pick(Direction::In)), book.rows.sum(&pick(Direction::Out)));
    sheet.live((top + 4, column), &in_sum, Some(&period.money_in), &money)?;
    sheet.live((top + 5, column), &out_sum, Some(&period.money_out), &money)?;
    let both = minor(&period.money_in, currency).zip(minor(&period.money_out, currency));
    let both = both.map(|(money_in, money_out)| money_in + money_out);
    let net = Sum {
        expression: format!("{}+{}", cell(top + 4, column), cell(top + 5, column)),
        minor: both.unwrap_or_default(),
        currency,
        leaves_out: both.is_none(),
    };
    sheet.live((top + 6, column), &net, Some(&period.net), &money)?;
    difference(sheet, (top, column), period, currency, &money)?;
    for (down, direction, figure) in
        [(9, Direction::In, period.count_in), (10, Direction::Out, period.count_out)]
    {
        let (formula, count) = book.rows.count(&pick(direction));
        sheet.live_count((top + down, column), &formula, count, figure, &style.count)?;
    }
    Ok(())
}

/// Zero where the balances and the rows of these days agree; not said where a day is missing.
fn difference(
    sheet: &mut Sheet<'_>,
    (top, column): (u32, u16),
    period: &FlowPeriod,
    currency: Currency,
    money: &Format,
) -> Result<(), ReportError> {
    let minor = |text: Option<&str>| text.and_then(|text| minor(text, currency));
    let balances = minor(period.opening.as_deref()).zip(minor(period.closing.as_deref()));
    let known = balances.zip(minor(Some(&period.net))).filter(|_| !period.is_partial);
    let Some(((opening, closing), net)) = known else {
        let right = sheet.style.muted.clone().set_align(FormatAlign::Right);
        return sheet.text(top + 8, column, "not stated", &right);
    };
    let gap = closing - opening - net;
    let expression = format!("{}-{}-{}", cell(top + 7, column), cell(top + 3, column), cell(top + 6, column));
    let sum = Sum { expression, minor: gap, currency, leaves_out: false };
    sheet.live((top + 8, column), &sum, Some(&decimal(gap, currency)), money)
}

/// An amount of a period, where it has one.
type AmountOf = fn(&FlowPeriod) -> Option<String>;
/// A count of a period.
type CountOf = fn(&FlowPeriod) -> u32;

/// The last column: what months add up to. Balances are not added, nor are the last 30 days.
fn totals(book: &Book<'_>, sheet: &mut Sheet<'_>, top: u32, block: &Block<'_>) -> Result<(), ReportError> {
    let months: Vec<&&FlowPeriod> =
        block.periods.iter().filter(|period| period.kind == FlowKind::Month).collect();
    let (Ok(count), false) = (u16::try_from(months.len()), months.is_empty()) else { return Ok(()) };
    let column = u16::try_from(block.periods.len()).unwrap_or(u16::MAX).saturating_add(1);
    let style = &book.style;
    let currency = block.currency;
    sheet.inner.write_string_with_format(top, column, "All months", &style.head_right)?;
    for down in 1..=PROVED {
        sheet.text(top + down, column, "", &style.band())?;
    }
    let add = |down: u32| format!("SUM({}:{})", cell(top + down, 1), cell(top + down, count));
    let money = style.band_money(currency);
    let amounts: [(u32, AmountOf); 5] = [
        (4, |period| Some(period.money_in.clone())),
        (5, |period| Some(period.money_out.clone())),
        (6, |period| Some(period.net.clone())),
        (14, |period| period.true_revenue.clone()),
        (15, |period| period.debt_payments.clone()),
    ];
    for (down, value) in amounts {
        let all: Option<Vec<i128>> = months.iter().map(|period| minor(&value(period)?, currency)).collect();
        if let Some(all) = all {
            let sum = Sum { expression: add(down), minor: all.iter().sum(), currency, leaves_out: false };
            let figure = decimal(sum.minor, currency);
            sheet.live((top + down, column), &sum, Some(&figure), &money)?;
        }
    }
    let counts: [(u32, CountOf); 2] = [(9, |period| period.count_in), (10, |period| period.count_out)];
    for (down, value) in counts {
        let all: u32 = months.iter().map(|period| value(period)).sum();
        sheet.formula(top + down, column, &format!("={}", add(down)), all.to_string(), &style.band())?;
    }
    Ok(())
}

/// Whose rows a block is about.
pub(super) fn whose(book: &Book<'_>, account: &str) -> Whose {
    book.report.account(account).map_or(Whose::All, |ledger| Whose::Account(ledger.number))
}

/// Minor units of our own decimal text; nothing where a cell holds it as text, outside of every formula.
pub(super) fn minor(text: &str, currency: Currency) -> Option<i128> {
    let money = Money::from_decimal(text, currency).ok()?;
    cell_number(money).map(|_| i128::from(money.minor()))
}

/// `B4`: a cell by its 0-based place.
pub(super) fn cell(line: u32, column: u16) -> String {
    format!("{}{}", rust_xlsxwriter::utility::column_number_to_name(column), line.saturating_add(1))
}

/// `Mar 2026`, with a star where a day is missing; the last 30 days by name.
fn title(period: &FlowPeriod) -> String {
    let star = if period.is_partial { " *" } else { "" };
    match period.kind {
        FlowKind::Month => format!("{}{star}", words::month(period.period.start)),
        FlowKind::Rolling30 => format!("Last 30 days{star}"),
    }
}
