//! The arithmetic proof. It trusts nothing but what is printed: an inferred end proves nothing, and a
//! statement is verified only if printed opening plus every row gives printed closing and no check fails.

use crate::statement::{Check, CheckName, Outcome, Proof, Statement, Transaction, Verdict};
use crate::{Money, repair};
use jiff::civil::Date;

/// Reasons this module adds to `unproved_because`; it takes them away again when they no longer hold.
/// Every other reason there comes from the reading and stays.
const END_NOT_PRINTED: &str = "end_not_printed";
const NO_ROWS: &str = "no_rows";

/// Card statements list purchases by the day they were made, which may lie before the period.
const CARD_DAYS_BEFORE_PERIOD: i32 = 62;

/// Proves a statement from its own printed values: rewrites `checks`, `verdict`, `proof`, proposed `repairs` and
/// the reasons this proof is responsible for.
///
/// Outcomes that only the reading can know (`page_carry`, `pages_read`) and its doubts in `unproved_because` are
/// kept: nothing proved here can outweigh a page that nobody read. Applied repairs are kept as well.
///
/// Rules: a running balance is checked against the one before it, over every row between; the first row is
/// checked against the printed opening. Sums that leave 64 bits fail. `dates_in_order` asks that the order of the
/// rows is proved: by dates that never go back, or by a chain of balances that pins every row. A statement without rows
/// is one only where it prints that there were none (both counts are 0).
pub fn prove(statement: &mut Statement) {
    let chain = running_balance(statement);
    let pinned =
        chain.outcome == Outcome::Pass && statement.transactions.iter().all(|row| row.balance.is_some());
    let totals = printed_totals(statement);
    let mut checks = vec![
        chain,
        opening_to_closing(statement),
        totals.clone(),
        printed_counts(statement),
        dates_in_period(statement),
        dates_in_order(statement, pinned),
    ];
    checks.extend(statement.checks.drain(..).filter(|check| is_the_readings(check.check)));

    let failed = checks.iter().any(|check| check.outcome == Outcome::Fail);
    let ends_meet = checks
        .iter()
        .any(|check| check.check == CheckName::OpeningToClosing && check.outcome == Outcome::Pass);
    refresh_reasons(statement);
    statement.verdict = if failed {
        Verdict::Discrepancy
    } else if ends_meet && statement.unproved_because.is_empty() {
        Verdict::Verified
    } else {
        Verdict::Unverifiable
    };
    statement.proof = match (failed, ends_meet) {
        (true, _) | (_, false) => None,
        _ if pinned => Some(Proof::Chain),
        _ if totals.outcome == Outcome::Pass => Some(Proof::Totals),
        _ => Some(Proof::Ends),
    };
    statement.checks = checks;
    statement.repairs.retain(|repair| repair.applied);
    let proposals = repair::propose(statement);
    statement.repairs.extend(proposals);
}

const fn is_the_readings(check: CheckName) -> bool {
    match check {
        CheckName::PageCarry | CheckName::PagesRead => true,
        CheckName::RunningBalance
        | CheckName::OpeningToClosing
        | CheckName::PrintedTotals
        | CheckName::PrintedCounts
        | CheckName::DatesInPeriod
        | CheckName::DatesInOrder => false,
    }
}

fn refresh_reasons(statement: &mut Statement) {
    statement.unproved_because.retain(|reason| reason != END_NOT_PRINTED && reason != NO_ROWS);
    if statement.opening_balance.is_none() || statement.closing_balance.is_none() {
        statement.unproved_because.push(END_NOT_PRINTED.to_owned());
    }
    // Opening equal to closing and nothing between proves only that nothing was read, unless the paper says itself that
    // there was nothing.
    if statement.transactions.is_empty() && !says_none(statement) {
        statement.unproved_because.push(NO_ROWS.to_owned());
    }
}

/// Both printed counts are 0.
fn says_none(statement: &Statement) -> bool {
    statement.counts.credits == Some(0) && statement.counts.debits == Some(0)
}

fn not_stated(check: CheckName) -> Check {
    Check { check, outcome: Outcome::NotStated, row: None, expected: None, found: None }
}

fn compared(check: CheckName, row: Option<u32>, expected: Option<Money>, found: Money) -> Check {
    let outcome = if expected == Some(found) { Outcome::Pass } else { Outcome::Fail };
    let shown = outcome == Outcome::Fail || row.is_none();
    Check {
        check,
        outcome,
        row: if outcome == Outcome::Fail { row } else { None },
        expected: expected.filter(|_| shown).map(|m| m.to_string()),
        found: shown.then(|| found.to_string()),
    }
}

/// Sum that is `None` beyond 64 bits or across currencies.
pub(crate) fn sum(start: Money, mut amounts: impl Iterator<Item = Money>) -> Option<Money> {
    amounts.try_fold(start, |total, amount| total.checked_add(amount).ok())
}

fn running_balance(statement: &Statement) -> Check {
    let name = CheckName::RunningBalance;
    let mut expected = statement.opening_balance;
    let mut compared_any = false;
    let mut out_of_range = false;
    for row in &statement.transactions {
        let before = expected;
        expected = expected.and_then(|balance| balance.checked_add(row.amount).ok());
        out_of_range |= before.is_some() && expected.is_none();
        let Some(printed) = row.balance else { continue };
        if out_of_range || expected.is_some_and(|balance| balance != printed) {
            return compared(name, Some(row.seq), expected, printed);
        }
        compared_any |= expected.is_some();
        expected = Some(printed);
    }
    let outcome = if compared_any { Outcome::Pass } else { Outcome::NotStated };
    Check { outcome, ..not_stated(name) }
}

fn opening_to_closing(statement: &Statement) -> Check {
    let (Some(opening), Some(closing)) = (statement.opening_balance, statement.closing_balance) else {
        return not_stated(CheckName::OpeningToClosing);
    };
    // Without a single row nothing was read: that is no statement about the document.
    if statement.transactions.is_empty() && !says_none(statement) {
        return not_stated(CheckName::OpeningToClosing);
    }
    let reached = sum(opening, statement.transactions.iter().map(|row| row.amount));
    compared(CheckName::OpeningToClosing, None, reached, closing)
}

fn printed_totals(statement: &Statement) -> Check {
    let name = CheckName::PrintedTotals;
    let zero = Money::new(0, statement.account.currency);
    let side = |keep: fn(i64) -> bool| {
        sum(zero, statement.transactions.iter().map(|row| row.amount).filter(|a| keep(a.minor())))
    };
    let sides = [
        (statement.totals.credits, side(|minor| minor > 0)),
        (statement.totals.debits, side(|minor| minor < 0)),
    ];
    let mut outcome = not_stated(name);
    for (printed, summed) in sides {
        let Some(printed) = printed else { continue };
        outcome = compared(name, None, summed, printed);
        if outcome.outcome == Outcome::Fail {
            return outcome;
        }
    }
    outcome
}

fn printed_counts(statement: &Statement) -> Check {
    let count =
        |keep: fn(i64) -> bool| statement.transactions.iter().filter(|r| keep(r.amount.minor())).count();
    let sides = [
        (statement.counts.credits, count(|minor| minor > 0)),
        (statement.counts.debits, count(|minor| minor < 0)),
    ];
    let mut check = not_stated(CheckName::PrintedCounts);
    for (printed, counted) in sides {
        let Some(printed) = printed else { continue };
        let holds = usize::try_from(printed) == Ok(counted);
        check.outcome = if holds { Outcome::Pass } else { Outcome::Fail };
        check.expected = Some(counted.to_string());
        check.found = Some(printed.to_string());
        if !holds {
            return check;
        }
    }
    check
}

fn dates_in_period(statement: &Statement) -> Check {
    let name = CheckName::DatesInPeriod;
    let (Some(start), Some(end)) = (statement.period.start, statement.period.end) else {
        return not_stated(name);
    };
    let is_card = statement.account.kind.as_deref() == Some("credit_card");
    let days_before = if is_card { CARD_DAYS_BEFORE_PERIOD } else { 0 };
    let earliest = start.checked_sub(jiff::Span::new().days(days_before)).unwrap_or(start);
    let outside = |row: &&Transaction| row.date < earliest || row.date > end;
    match statement.transactions.iter().find(outside) {
        _ if statement.transactions.is_empty() => not_stated(name),
        None => Check { outcome: Outcome::Pass, ..not_stated(name) },
        Some(row) => Check {
            check: name,
            outcome: Outcome::Fail,
            row: Some(row.seq),
            expected: Some(format!("{start}..{end}")),
            found: Some(row.date.to_string()),
        },
    }
}

fn dates_in_order(statement: &Statement, pinned: bool) -> Check {
    let name = CheckName::DatesInOrder;
    let rows = &statement.transactions;
    if rows.is_empty() {
        return not_stated(name);
    }
    let goes_back = |pair: &&[Transaction]| match pair {
        [before, after] => after.seq <= before.seq || (after.date < before.date && !pinned),
        _ => false,
    };
    match rows.windows(2).find(goes_back) {
        Some([before, after]) => Check {
            check: name,
            outcome: Outcome::Fail,
            row: Some(after.seq),
            expected: Some(date_text(before.date)),
            found: Some(date_text(after.date)),
        },
        _ => Check { outcome: Outcome::Pass, ..not_stated(name) },
    }
}

fn date_text(date: Date) -> String {
    date.to_string()
}

#[cfg(test)]
#[path = "proof_tests.rs"]
mod tests;
