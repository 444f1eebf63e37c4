//! Which way the amounts of an account go.

use super::super::exact;
use super::super::notes::Notes;
use super::fields::{Convention, Row};
use crate::lexicon::State;
use smartexus_domain::Currency;

/// Turns amounts as they stand into amounts from the holder's side, or says that nobody can.
pub(super) fn settle(rows: &mut [(i64, Row)], notes: &mut Notes) {
    if rows.is_empty() {
        return;
    }
    if let Some(positive_is_out) = by_balances(rows) {
        turn(rows, positive_is_out);
    } else if rows.iter().all(|(_, row)| row.direction.is_some()) {
        by_words(rows, notes);
    } else if rows.iter().all(|(_, row)| row.convention == Convention::PositiveOut) {
        notes.tell("sign_by_shape", "The direction of the rows is the one that files of this shape have.");
        turn(rows, true);
    } else if rows.iter().all(|(_, row)| row.convention == Convention::PositiveIn) {
        notes.tell("sign_by_shape", "The direction of the rows is the one that files of this shape have.");
    } else {
        notes.doubt("ambiguous_signs", "Nothing says which rows are money in and which are money out.");
    }
}

/// Whether a positive amount lowers the balance beside it: in every link the same, in either order of the rows.
fn by_balances(rows: &[(i64, Row)]) -> Option<bool> {
    let currency = rows.iter().find_map(|(_, row)| row.currency).unwrap_or(Currency::UNKNOWN);
    let balance = |row: &Row| exact::signed(row.balance.as_deref()?, &['.'], currency);
    // What is pending is in no balance.
    let booked = rows.iter().filter(|(_, row)| row.state == State::Booked);
    let balances: Option<Vec<(i64, i64)>> =
        booked.map(|(minor, row)| Some((*minor, balance(row)?))).collect();
    let balances = balances.filter(|b| b.len() > 1)?;
    let holds = |pair: &[(i64, i64)], is_out: bool, newest_first: bool| {
        let [first, second] = pair else { return false };
        let (before, after) = if newest_first { (second, first) } else { (first, second) };
        let moved = if is_out { after.0.checked_neg() } else { Some(after.0) };
        moved.and_then(|moved| before.1.checked_add(moved)) == Some(after.1)
    };
    let all = |is_out: bool| {
        [false, true].into_iter().any(|order| balances.windows(2).all(|pair| holds(pair, is_out, order)))
    };
    match (all(false), all(true)) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        // None, or nothing ever moved.
        (false, false) | (true, true) => None,
    }
}

fn turn(rows: &mut [(i64, Row)], positive_is_out: bool) {
    for (minor, _) in rows.iter_mut().filter(|_| positive_is_out) {
        *minor = minor.saturating_neg();
    }
}

/// The word is the direction. Amounts have no sign then, or one that agrees in all rows or disagrees in all.
fn by_words(rows: &mut [(i64, Row)], notes: &mut Notes) {
    let agrees = |minor: i64, row: &Row| (minor > 0) == row.direction.unwrap_or_default();
    let moving = || rows.iter().filter(|(minor, _)| *minor != 0);
    let has_signs = moving().any(|(minor, _)| *minor < 0);
    let (all_agree, none_agrees) =
        (moving().all(|(m, row)| agrees(*m, row)), moving().all(|(m, row)| !agrees(*m, row)));
    if has_signs && !all_agree && !none_agrees {
        notes.doubt("ambiguous_signs", "The signs of some amounts contradict the words beside them.");
    }
    for (minor, row) in rows {
        let magnitude = minor.saturating_abs();
        *minor = if row.direction == Some(true) { magnitude } else { magnitude.saturating_neg() };
    }
}
