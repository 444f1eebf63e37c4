//! What happened to a position (mission 5.9). "Paid in full" is never concluded: payments ended, so much was paid and so
//! much received.

use super::cadence::{cadence, ends_after};
use super::position::is_proceeds;
use crate::choices::Choices;
use crate::exact::{ONE, median, printed_or_too_large, product, ratio, ratio_text, sum};
use crate::ledger::{Book, Row};
use smartexus_domain::{Cadence, Currency, PositionEvent, PositionEventKind};

/// Payments whose medians are compared.
const WINDOW: usize = 5;
/// Payments of each half that a change of pace needs.
const HALF_MIN: usize = 4;
/// Payments that began so soon after the first covered day ran before.
const RAN_BEFORE_DAYS: i32 = 35;
/// Proceeds renew a position whose last payment is at most so old.
const RENEWED_DAYS: i32 = 31;

/// Every event, in order. `unmet` due dates lie behind the last payment.
pub(super) fn events(
    book: &Book<'_>,
    choices: &Choices,
    currency: Currency,
    rhythm: Cadence,
    rows: &[&Row<'_>],
    paid: &[&Row<'_>],
    unmet: usize,
) -> Vec<PositionEvent> {
    let money = |amount: i128| printed_or_too_large(amount, currency);
    let mut events = begun(book, rows, paid, &money);
    events.extend(moved(choices, paid, &money));
    events.extend(paced(paid));
    if let Some(last) = paid.last().filter(|_| rhythm != Cadence::Irregular && unmet >= ends_after(rhythm)) {
        let total = |is: &dyn Fn(&Row<'_>) -> bool| {
            sum(rows.iter().filter(|row| is(row)).map(|row| row.amount()))
                .map_or_else(|_| "too much".to_owned(), money)
        };
        let (out, into) =
            (total(&|row| row.is_out() && !row.is_reversed), total(&|row| is_proceeds(book, row)));
        let evidence = format!("payments ended: {unmet} due dates without one; paid {out}, received {into}");
        events.push(event(PositionEventKind::Stopped, last, evidence, &[last]));
    }
    for row in rows.iter().filter(|row| row.is_reversed && row.is_out()) {
        events.push(event(
            PositionEventKind::Returned,
            row,
            format!("{} came back", money(row.amount())),
            &[row],
        ));
    }
    for row in rows.iter().filter(|row| row.is_in() && !row.is_reversed && !is_proceeds(book, row)) {
        events.push(event(
            PositionEventKind::Refund,
            row,
            format!("{} was paid back", money(row.amount())),
            &[row],
        ));
    }
    events.sort_by_key(|event| (event.on, event.event));
    events
}

fn event(event: PositionEventKind, on: &Row<'_>, evidence: String, rows: &[&Row<'_>]) -> PositionEvent {
    PositionEvent {
        event,
        on: on.day.date(),
        evidence,
        rows: rows.iter().map(|row| row.id.to_owned()).collect(),
    }
}

/// New and renewed.
fn begun(
    book: &Book<'_>,
    rows: &[&Row<'_>],
    paid: &[&Row<'_>],
    money: &dyn Fn(i128) -> String,
) -> Vec<PositionEvent> {
    let mut events = Vec::new();
    for row in rows.iter().filter(|row| is_proceeds(book, row)) {
        let earlier = paid.iter().rev().find(|payment| payment.day < row.day);
        let (kind, evidence) = match earlier {
            Some(last) if row.day.since(last.day) <= RENEWED_DAYS => {
                let evidence = format!(
                    "{} received while payments run, the last on {}",
                    money(row.amount()),
                    last.day.date()
                );
                (PositionEventKind::Renewed, evidence)
            }
            Some(_) | None => (PositionEventKind::New, format!("{} received", money(row.amount()))),
        };
        events.push(event(kind, row, evidence, &[row]));
    }
    let first_known =
        |row: &Row<'_>| book.accounts.get(row.account).and_then(|account| account.covered.first());
    if let Some(first) = paid.first().filter(|_| events.is_empty()) {
        let ran_before = first_known(first).is_none_or(|start| first.day.since(start) <= RAN_BEFORE_DAYS);
        if !ran_before {
            let evidence = format!("first payment of {}; no proceeds are seen", money(first.amount()));
            events.push(event(PositionEventKind::New, first, evidence, &[first]));
        }
    }
    events
}

/// Increased and reduced: the median of five payments against the last that was settled.
fn moved(choices: &Choices, paid: &[&Row<'_>], money: &dyn Fn(i128) -> String) -> Vec<PositionEvent> {
    let mut events = Vec::new();
    let mut settled: Option<i128> = None;
    for window in paid.windows(WINDOW) {
        let (Some(now), Some(last)) =
            (median(&mut window.iter().map(|row| row.amount().abs()).collect::<Vec<_>>()), window.last())
        else {
            continue;
        };
        let Some(before) = settled else {
            settled = Some(now);
            continue;
        };
        let change = now.saturating_sub(before);
        let passes = product(change.abs(), ONE)
            .and_then(|change| Ok(change >= product(before, choices.change.scaled())?))
            .unwrap_or(false);
        if passes && change != 0 {
            let kind = if change > 0 { PositionEventKind::Increased } else { PositionEventKind::Reduced };
            let by =
                ratio(change, before).map_or_else(|_| String::new(), |by| format!(" ({})", ratio_text(by)));
            let evidence =
                format!("median of five payments went from {} to {}{by}", money(before), money(now));
            events.push(event(kind, last, evidence, window));
            settled = Some(now);
        }
    }
    events
}

/// Another pace in the second half than in the first.
fn paced(paid: &[&Row<'_>]) -> Vec<PositionEvent> {
    let (first, second) = paid.split_at(paid.len() / 2);
    if first.len() < HALF_MIN {
        return Vec::new();
    }
    let of = |rows: &[&Row<'_>]| cadence(&rows.iter().map(|row| row.day).collect::<Vec<_>>());
    let (before, after) = (of(first), of(second));
    let changed = before != after && before != Cadence::Irregular && after != Cadence::Irregular;
    let Some(start) = second.first().filter(|_| changed) else { return Vec::new() };
    let evidence = format!("payments went from {} to {}", word(before), word(after));
    vec![event(PositionEventKind::CadenceChanged, start, evidence, &[start])]
}

const fn word(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Daily => "daily",
        Cadence::Weekly => "weekly",
        Cadence::Biweekly => "every two weeks",
        Cadence::Semimonthly => "twice a month",
        Cadence::Monthly => "monthly",
        Cadence::Quarterly => "quarterly",
        Cadence::Semiannual => "twice a year",
        Cadence::Annual => "yearly",
        Cadence::Irregular => "irregular",
    }
}
