//! Proposals: which single change would make the arithmetic hold. They wait for a person; nothing here applies one.
//! A proposal is offered only where exactly one change of its kind explains the first break.

use crate::Money;
use crate::proof::sum;
use crate::statement::{CheckName, Outcome, Repair, Statement, Transaction};

/// Proposals for the first broken check, most specific first.
pub(crate) fn propose(statement: &Statement) -> Vec<Repair> {
    let failed = |name| statement.checks.iter().find(|c| c.check == name && c.outcome == Outcome::Fail);
    if let Some(row) = failed(CheckName::RunningBalance).and_then(|check| check.row) {
        return at_broken_row(statement, row).into_iter().collect();
    }
    if failed(CheckName::OpeningToClosing).is_some() {
        return for_the_gap(statement);
    }
    Vec::new()
}

fn proposal(row: u32, field: &str, from: String, to: String, because: CheckName) -> Repair {
    Repair { row, field: field.to_owned(), from, to, because, applied: false }
}

/// The chain breaks at a row: either its balance is wrong (the next row follows from the expected one) or
/// something between the two printed balances is.
fn at_broken_row(statement: &Statement, seq: u32) -> Option<Repair> {
    let because = CheckName::RunningBalance;
    let rows = &statement.transactions;
    let at = rows.iter().position(|row| row.seq == seq)?;
    let row = rows.get(at)?;
    let printed = row.balance?;
    let block = block_before(rows, at);
    let start = match block.start.checked_sub(1).and_then(|before| rows.get(before)) {
        Some(before) => before.balance?,
        None => statement.opening_balance?,
    };
    let expected = sum(start, rows.get(block.clone())?.iter().map(|r| r.amount))?;
    if balance_alone_is_wrong(statement, at, expected) {
        return Some(proposal(seq, "balance", printed.to_string(), expected.to_string(), because));
    }
    let gap = difference(printed, expected)?;
    explain_gap(rows.get(block)?, gap, because)
}

/// Rows since the last printed balance before `at`, `at` included.
fn block_before(rows: &[Transaction], at: usize) -> std::ops::Range<usize> {
    let earlier = rows.get(..at).unwrap_or_default();
    let start = earlier.iter().rposition(|row| row.balance.is_some()).map_or(0, |before| before + 1);
    start..at + 1
}

/// The next printed balance, or the printed closing, follows from the expected balance and not from the printed one.
fn balance_alone_is_wrong(statement: &Statement, at: usize, expected: Money) -> bool {
    let later = statement.transactions.get(at + 1..).unwrap_or_default();
    let next = later.iter().position(|row| row.balance.is_some());
    let (rows, target) = match next {
        Some(index) => {
            (later.get(..=index).unwrap_or_default(), later.get(index).and_then(|row| row.balance))
        }
        None => (later, statement.closing_balance),
    };
    target.is_some() && sum(expected, rows.iter().map(|row| row.amount)) == target
}

fn difference(a: Money, b: Money) -> Option<Money> {
    a.checked_add(b.checked_neg().ok()?).ok()
}

/// No running balances: the gap between what the rows reach and the printed closing.
fn for_the_gap(statement: &Statement) -> Vec<Repair> {
    let because = CheckName::OpeningToClosing;
    let (Some(opening), Some(closing)) = (statement.opening_balance, statement.closing_balance) else {
        return Vec::new();
    };
    let Some(reached) = sum(opening, statement.transactions.iter().map(|row| row.amount)) else {
        return Vec::new();
    };
    let mut proposals = Vec::new();
    if chain_reaches_its_end(statement, reached) {
        proposals.push(proposal(0, "closing_balance", closing.to_string(), reached.to_string(), because));
    } else if let Some(gap) = difference(closing, reached) {
        proposals.extend(explain_gap(&statement.transactions, gap, because));
    }
    proposals
}

/// Every running balance holds and the last one is what the rows reach: then the printed closing is the odd one out.
fn chain_reaches_its_end(statement: &Statement, reached: Money) -> bool {
    statement.transactions.last().and_then(|row| row.balance) == Some(reached)
}

/// One change within `rows` that adds `gap` to their sum: a turned sign, a doubled row, a misread amount when the
/// block is that row alone, else a missing row of exactly the gap.
fn explain_gap(rows: &[Transaction], gap: Money, because: CheckName) -> Option<Repair> {
    let turned = only(rows.iter().filter(|row| row.amount.minor().checked_mul(-2) == Some(gap.minor())));
    if let Some(row) = turned {
        let to = row.amount.checked_neg().ok()?;
        return Some(proposal(row.seq, "amount", row.amount.to_string(), to.to_string(), because));
    }
    let doubled = rows.windows(2).find_map(|pair| match pair {
        [a, b] if same_booking(a, b) && b.amount.checked_neg().ok() == Some(gap) => Some(b),
        _ => None,
    });
    if let Some(row) = doubled {
        return Some(proposal(row.seq, "row_doubled", row.amount.to_string(), String::new(), because));
    }
    if let ([row], CheckName::RunningBalance) = (rows, because) {
        let to = row.amount.checked_add(gap).ok()?;
        return Some(proposal(row.seq, "amount", row.amount.to_string(), to.to_string(), because));
    }
    let seq = rows.first().map_or(0, |row| row.seq);
    Some(proposal(seq, "row_missing", String::new(), gap.to_string(), because))
}

fn same_booking(a: &Transaction, b: &Transaction) -> bool {
    a.date == b.date && a.amount == b.amount && a.description == b.description
}

fn only<T>(mut candidates: impl Iterator<Item = T>) -> Option<T> {
    let first = candidates.next()?;
    candidates.next().is_none().then_some(first)
}
