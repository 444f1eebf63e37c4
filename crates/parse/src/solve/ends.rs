//! Printed ends and totals under one reading.

use super::axes::{Axes, Side};
use super::calendar::Calendar;
use crate::draft::{Anchor, RowDraft, StatementDraft};
use crate::lexicon::Label;
use jiff::civil::Date;
use smartexus_domain::{AmountToken, Counts, Currency, Ink, Money, SignMark, Statement, Totals};

/// The signed balance a token stands for.
pub(super) fn balance(token: &AmountToken, axes: &Axes, currency: Currency) -> Option<Money> {
    let minor = token.minor(axes.style, currency.exponent())?;
    let is_red = axes.red_is_below && token.ink() == Ink::Red;
    let owed = match (axes.side, token.sign()) {
        (Side::Asset, SignMark::None) if is_red => true,
        (_, SignMark::Conflict) => return None,
        (Side::Asset, SignMark::Minus | SignMark::Debit) => true,
        (Side::Asset, SignMark::None | SignMark::Plus | SignMark::Credit) => false,
        (Side::Liability, SignMark::Minus | SignMark::Credit) => false,
        (Side::Liability, SignMark::None | SignMark::Plus | SignMark::Debit) => true,
    };
    Some(Money::new(if owed { -minor } else { minor }, currency))
}

/// Fills opening, closing, totals and counts of a statement whose rows are in place.
pub(super) fn fill(statement: &mut Statement, draft: &StatementDraft, axes: &Axes, calendar: &Calendar) {
    let currency = statement.account.currency;
    let moved: i64 = statement.transactions.iter().map(|row| row.amount.minor()).fold(0, i64::saturating_add);
    let at = |label: Label| draft.anchors.iter().filter(move |a| a.label == label);
    let value = |anchor: &Anchor| balance(&anchor.amount, axes, currency);
    let (first_dated, last_dated) = dated_balances(draft, axes, calendar, currency);

    // What was left so far, said again at the top of a page under the name of an opening.
    let first = at(Label::Opening).find_map(value);
    let is_carried = |anchor: &&Anchor| {
        let before = statement.transactions.get(..anchor.rows_before).unwrap_or_default();
        let moved = before.iter().map(|row| row.amount.minor()).fold(0_i64, i64::saturating_add);
        let is_inside = anchor.rows_before > 0 && anchor.rows_before < statement.transactions.len();
        let left = first.map(|first| first.minor().saturating_add(moved));
        is_inside && value(anchor).is_some_and(|value| Some(value.minor()) == left)
    };
    let openings: Vec<Money> =
        at(Label::Opening).filter(|anchor| !is_carried(anchor)).filter_map(value).collect();
    let opening = openings
        .first()
        .copied()
        .or_else(|| at(Label::BroughtForward).filter(|a| a.rows_before == 0).find_map(value))
        // In a list that begins with the newest row it stands below the oldest.
        .or_else(|| at(Label::BroughtForward).filter(|a| a.rows_before == draft.rows.len()).find_map(value))
        .or(first_dated);
    let closings: Vec<Money> = at(Label::Closing).filter_map(value).collect();
    // Where the paper prints its end more than once and one of them does not follow from the rows, that one is
    // shown: choosing the one that fits would hide an altered figure.
    let follows = |end: &Money| opening.is_some_and(|o| o.minor().saturating_add(moved) == end.minor());
    let closing = closings
        .iter()
        .find(|end| opening.is_some() && !follows(end))
        .or(closings.last())
        .copied()
        .or_else(|| {
            at(Label::CarriedForward)
                .filter(|a| a.rows_before == draft.rows.len())
                .filter_map(value)
                .next_back()
        })
        // Before any row there is no page to carry to: it stands in a box, or above the newest row.
        .or_else(|| at(Label::CarriedForward).filter(|a| a.rows_before == 0).find_map(value))
        .or(last_dated);
    let opening = openings
        .iter()
        .find(|start| closing.is_some_and(|c| start.minor().saturating_add(moved) != c.minor()))
        .copied()
        .or(opening);
    statement.opening_balance = opening;
    statement.closing_balance = closing;
    statement.totals = totals(draft, axes, statement);
    // Both ends by their own names: one balance that stands for both says nothing about the rows between.
    let is_named = |label: Label| draft.anchors.iter().any(|anchor| anchor.label == label);
    let has_ends = is_named(Label::Opening) && is_named(Label::Closing)
        || is_named(Label::BroughtForward) && is_named(Label::CarriedForward)
        || first_dated.is_some() && last_dated.is_some();
    let none = (draft.says_no_rows && draft.rows.is_empty() && has_ends).then_some(0);
    statement.counts = Counts { credits: draft.count_in.or(none), debits: draft.count_out.or(none) };
}

/// Balances printed with a date: the earliest opens, the latest closes. One alone is the end whose day it names.
fn dated_balances(
    draft: &StatementDraft,
    axes: &Axes,
    calendar: &Calendar,
    currency: Currency,
) -> (Option<Money>, Option<Money>) {
    let mut dated: Vec<(Date, Money)> = draft
        .anchors
        .iter()
        .filter(|a| a.label == Label::BalanceAt)
        .filter_map(|a| Some((calendar.date(a.date?)?.date, balance(&a.amount, axes, currency)?)))
        .collect();
    dated.sort_by_key(|(date, _)| *date);
    match dated.as_slice() {
        [first, .., last] if first.0 < last.0 => (Some(first.1), Some(last.1)),
        [(date, money)] => {
            let opens = calendar.period.start.is_some_and(|start| *date <= start);
            let closes = calendar.period.end.is_some_and(|end| *date >= end);
            (Some(*money).filter(|_| opens && !closes), Some(*money).filter(|_| closes && !opens))
        }
        _ => (None, None),
    }
}

/// Printed totals. A label that says "total" is taken at its word. Softer labels ("Deposits and additions") are
/// totals only if the summary box adds up on paper, or if they equal the rows anyway.
fn totals(draft: &StatementDraft, axes: &Axes, statement: &Statement) -> Totals {
    let currency = statement.account.currency;
    let magnitude = |token: &AmountToken| token.minor(axes.style, currency.exponent());
    let summed = |keep: fn(i64) -> bool| {
        let amounts =
            statement.transactions.iter().map(|row| row.amount.minor()).filter(|minor| keep(*minor));
        amounts.fold(0_i64, i64::saturating_add).saturating_abs()
    };
    let (rows_in, rows_out) = (summed(|minor| minor > 0), summed(|minor| minor < 0));
    let (box_in, box_out) = summary_box(draft, axes, statement).unzip();
    let is_of_section = |anchor: &&Anchor| is_sum_of_section(anchor, draft, &magnitude);
    let pick = |label: Label, rows: i64, boxed: Option<i64>| {
        let of_statement = draft.anchors.iter().filter(|a| a.label == label && a.strict);
        let of_statement = of_statement.filter(|anchor| !is_of_section(anchor));
        let strict: Vec<i64> = of_statement.filter_map(|a| magnitude(&a.amount)).collect();
        // A total of one section among several is no total of the statement; one that fails is only shown if it
        // cannot be such a part.
        let whole = strict.iter().copied().max().filter(|_| !strict.contains(&rows));
        let soft = draft.anchors.iter().filter(|a| a.label == label && !a.strict);
        let soft: Vec<i64> = soft.filter_map(|a| magnitude(&a.amount)).collect();
        let equal = strict.iter().chain(&soft).copied().find(|total| *total == rows);
        equal.or(whole).or(boxed)
    };
    let credits = pick(Label::TotalIn, rows_in, box_in);
    let debits = pick(Label::TotalOut, rows_out, box_out);
    let fees = draft.anchors.iter().filter(|a| a.label == Label::Fees).find_map(|a| magnitude(&a.amount));
    Totals {
        credits: credits.map(|minor| Money::new(minor, currency)),
        debits: debits.map(|minor| Money::new(-minor, currency)),
        fees: fees.map(|minor| Money::new(-minor, currency)),
    }
}

/// Whether a total below the rows of one heading among several is theirs: it proves them, and says nothing about the
/// statement.
fn is_sum_of_section(
    anchor: &Anchor,
    draft: &StatementDraft,
    magnitude: &impl Fn(&AmountToken) -> Option<i64>,
) -> bool {
    let above = draft.rows.get(..anchor.rows_before).unwrap_or_default();
    let Some(last) = above.last().filter(|row| row.group.is_some()) else { return false };
    let is_with = |row: &&RowDraft| row.group == last.group;
    let signed = |row: &RowDraft| {
        let token = row.amount.as_ref()?;
        let minor = magnitude(token)?;
        Some(if matches!(token.sign(), SignMark::Minus | SignMark::Debit) { -minor } else { minor })
    };
    let theirs: Option<Vec<i64>> = above.iter().filter(is_with).map(signed).collect();
    let sum = theirs.map(|minor| minor.into_iter().fold(0_i64, i64::saturating_add).saturating_abs());
    let has_others = draft.rows.iter().any(|row| row.group != last.group);
    has_others && sum.is_some() && sum == magnitude(&anchor.amount)
}

/// Money in and money out of the summary box, if opening plus its lines is its closing.
fn summary_box(draft: &StatementDraft, axes: &Axes, statement: &Statement) -> Option<(i64, i64)> {
    let (opening, closing) = (statement.opening_balance?.minor(), statement.closing_balance?.minor());
    let (mut money_in, mut money_out) = (0_i64, 0_i64);
    for line in &draft.summary {
        let minor = line.amount.minor(axes.style, statement.account.currency.exponent())?;
        let marked_out = match line.amount.sign() {
            SignMark::Minus | SignMark::Debit => Some(true),
            SignMark::Plus | SignMark::Credit => Some(false),
            SignMark::None | SignMark::Conflict => None,
        };
        let out = match (line.direction, marked_out, axes.side) {
            (Some(direction), _, _) => !direction,
            (None, Some(marked), Side::Asset) => marked,
            (None, Some(marked), Side::Liability) => !marked,
            (None, None, _) if minor == 0 => false,
            (None, None, _) => return None,
        };
        if out {
            money_out = money_out.checked_add(minor)?
        } else {
            money_in = money_in.checked_add(minor)?
        }
    }
    let ties = opening.checked_add(money_in)?.checked_sub(money_out)? == closing;
    (ties && !draft.summary.is_empty()).then_some((money_in, money_out))
}
