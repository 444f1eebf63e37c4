//! *Revenue*: deposits by month, what of them is revenue, and who pays.

use super::super::sheet::{Sheet, Sum};
use super::Book;
use super::cash_flow::{cell, currency_of, whose};
use super::rows::{Direction, Pick, Revenue};
use crate::ReportError;
use crate::words;
use rust_xlsxwriter::Worksheet;
use smartexus_domain::{Basis, CounterpartyShare, Currency, Figure, FigureUnit, Figures, FlowPeriod, Span};

const TITLES: [(&str, bool); 10] = [
    ("Period", false),
    ("From", false),
    ("To", false),
    ("Gross deposits", true),
    ("True revenue", true),
    ("Deducted", true),
    ("Undecided", true),
    ("Deposits", true),
    ("Deposit days", true),
    ("These figures are", false),
];
const WIDTHS: [f64; 10] = [30.0, 12.0, 12.0, 17.0, 17.0, 17.0, 17.0, 11.0, 13.0, 20.0];
const LAST: u16 = 9;
/// Sources of money that are listed; the file of figures has them all.
const SOURCES_MAX: usize = 100;

/// One account, or all accounts of a currency, over one period.
struct Line<'f> {
    account: &'f str,
    currency: Currency,
    period: Span,
    is_whole: bool,
}

pub(super) fn sheet(book: &Book<'_>, figures: &Figures) -> Result<Worksheet, ReportError> {
    let mut sheet = Sheet::new("Revenue", &book.report.notice, &book.style, LAST)?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.inner.set_column_width(column, width)?;
    }
    let mut at = 2;
    let mut before = None;
    for line in lines(figures) {
        let group = (line.account, line.currency);
        if before != Some(group) {
            at += u32::from(before.is_some());
            let code = if line.currency.is_known() { line.currency.code() } else { "" };
            let heading = if line.account == Figures::ALL {
                format!("{} {code}", book.report.account_words(line.account))
            } else {
                book.report.account_words(line.account)
            };
            sheet.text(at, 0, heading.trim_end(), &book.style.section)?;
            sheet.heads(at + 1, &TITLES)?;
            at += 2;
            before = Some(group);
        }
        write(book, figures, &mut sheet, at, &line)?;
        at += 1;
    }
    sources(book, figures, &mut sheet, at + 1)?;
    sheet.inner.set_freeze_panes(0, 1)?;
    Ok(sheet.inner)
}

/// Months in order, then the whole, for each account: one line where the figures have gross deposits.
fn lines(figures: &Figures) -> Vec<Line<'_>> {
    let gross = figures.figures.iter().filter(|figure| figure.key == "gross_deposits");
    let mut lines: Vec<Line<'_>> = gross
        .filter_map(|figure| {
            let currency = currency_of(figure.currency.as_deref());
            Some(Line {
                account: &figure.account,
                currency,
                period: figure.period?,
                is_whole: figure.is_whole,
            })
        })
        .collect();
    let order = |l: &Line<'_>| {
        (l.account != Figures::ALL, l.account.to_owned(), l.currency, l.is_whole, l.period.start)
    };
    lines.sort_by_key(order);
    lines
}

fn find<'f>(figures: &'f Figures, line: &Line<'_>, key: &str) -> Option<&'f Figure> {
    figures.figures.iter().find(|figure| {
        figure.key == key
            && figure.account == line.account
            && (figure.unit != FigureUnit::Money || currency_of(figure.currency.as_deref()) == line.currency)
            && figure.period == Some(line.period)
            && figure.is_whole == line.is_whole
    })
}

fn write(
    book: &Book<'_>,
    figures: &Figures,
    sheet: &mut Sheet<'_>,
    at: u32,
    line: &Line<'_>,
) -> Result<(), ReportError> {
    let style = &book.style;
    let (money, text, count) = if line.is_whole {
        (style.total_money(line.currency), style.total(), style.total())
    } else {
        (style.money(line.currency, false), style.text.clone(), style.count.clone())
    };
    let label = if line.is_whole { "All covered days".to_owned() } else { words::month(line.period.start) };
    sheet.text(at, 0, &label, &text)?;
    sheet.date(at, 1, Some(line.period.start), &text.clone().set_num_format("yyyy-mm-dd"))?;
    sheet.date(at, 2, Some(line.period.end), &text.clone().set_num_format("yyyy-mm-dd"))?;
    let (start, end) = (cell(at, 1), cell(at, 2));
    let days = Some((line.period.start, line.period.end, start.as_str(), end.as_str()));
    let pick = |revenue| Pick {
        whose: whose(book, line.account),
        currency: line.currency,
        direction: Direction::In,
        revenue,
        days,
    };
    let value = |key: &str| find(figures, line, key).and_then(|figure| figure.value.as_deref());
    sheet.live((at, 3), &book.rows.sum(&pick(None)), value("gross_deposits"), &money)?;
    for (column, revenue) in (4..).zip(Revenue::ALL) {
        sheet.live((at, column), &book.rows.sum(&pick(Some(revenue))), value(revenue.key()), &money)?;
    }
    let counted = |key: &str| value(key).and_then(|text| text.parse().ok());
    match counted("deposit_count") {
        Some(figure) => {
            let (formula, number) = book.rows.count(&pick(None));
            sheet.live_count((at, 7), &formula, number, figure, &count)?;
        }
        None => sheet.text(at, 7, "", &count)?,
    }
    sheet.count(at, 8, counted("deposit_days"), &count)?;
    let basis =
        find(figures, line, "gross_deposits").map_or(Basis::IncludesUnverified, |figure| figure.basis);
    let format = match basis {
        Basis::Verified => text,
        Basis::IncludesUnverified => style.badge(crate::notice::Tone::Warn),
    };
    sheet.text(at, 9, words::basis(basis), &format)
}

/// The live sum of revenue over the days of one period of *Cash flow*.
pub(super) fn of_days(
    book: &Book<'_>,
    account: &str,
    currency: Currency,
    period: &FlowPeriod,
    (top, column): (u32, u16),
) -> Sum {
    let (start, end) = (cell(top + 1, column), cell(top + 2, column));
    book.rows.sum(&Pick {
        whose: whose(book, account),
        currency,
        direction: Direction::In,
        revenue: Some(Revenue::Included),
        days: Some((period.period.start, period.period.end, &start, &end)),
    })
}

/// Who the money comes from, largest first.
fn sources(book: &Book<'_>, figures: &Figures, sheet: &mut Sheet<'_>, at: u32) -> Result<(), ReportError> {
    let style = &book.style;
    let shares: Vec<&CounterpartyShare> = figures.concentration.iter().filter(|share| share.is_in).collect();
    if shares.is_empty() {
        return Ok(());
    }
    sheet.text(at, 0, "Where the money comes from", &style.section)?;
    let titles = [("Who", false), ("Currency", false), ("Rows", true), ("Amount", true), ("Share", true)];
    sheet.heads(at + 1, &titles)?;
    for (line, share) in (at + 2..).zip(shares.iter().take(SOURCES_MAX)) {
        let currency = currency_of(share.currency.as_deref());
        let note = if share.is_processor { " (card payments of customers)" } else { "" };
        sheet.text(line, 0, &format!("{}{note}", share.counterparty), &style.text)?;
        sheet.maybe_text(line, 1, share.currency.as_deref(), &style.text)?;
        sheet.count(line, 2, Some(share.count), &style.count)?;
        sheet.amount(line, 3, Some(&share.amount), currency, &style.money(currency, false))?;
        sheet.ratio(line, 4, Some(&share.share))?;
    }
    if shares.len() > SOURCES_MAX {
        let line = at + 2 + u32::try_from(SOURCES_MAX).unwrap_or(0);
        let more = shares.len() - SOURCES_MAX;
        sheet.text(line, 0, &format!("{more} more are in the file of figures."), &style.muted)?;
    }
    Ok(())
}
