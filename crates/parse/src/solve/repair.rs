//! Misread glyphs, found by the sums: a change is made only where the recognizer itself offered it, where it is the only
//! one that explains everything printed, and where more equations hold than were needed to find it. Everything else
//! waits for a person as a proposal.

use super::axes::Axes;
use super::{Tried, try_one};
use crate::draft::{Cell, StatementDraft};
use smartexus_domain::{
    AmountToken, CheckName, Finding, Method, Outcome, Repair, Statement, Transaction, Verdict,
};

/// Most changes of one statement.
const EDITS_MAX: usize = 2;
/// Most readings that are tried for one statement.
const TRIALS_MAX: usize = 600;

/// Where a change is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Row(usize, Cell),
    Anchor(usize),
}

/// One spelling instead of another.
#[derive(Debug, Clone)]
struct Edit {
    place: Place,
    to: AmountToken,
}

/// The statement with the one set of changes that explains everything; `None` where there is none, or more than one.
pub(super) fn repaired(draft: &StatementDraft, best: &Tried) -> Option<Tried> {
    if best.statement.verdict != Verdict::Discrepancy || !best.statement.unproved_because.is_empty() {
        return None;
    }
    let edits = edits(draft);
    let mut trials = TRIALS_MAX;
    let found = with_one(draft, &best.axes, &edits, &mut trials)
        .or_else(|| with_two(draft, best, &edits, &mut trials));
    let Found { edits, tried } = only(found?)?;
    let tied = ties(&tried.statement, &changed(&best.statement, &tried.statement));
    (tied > edits.len()).then(|| marked(&best.statement, tried))
}

/// A set of changes under which everything holds.
struct Found {
    edits: Vec<Edit>,
    tried: Tried,
}

fn edits(draft: &StatementDraft) -> Vec<Edit> {
    let of_rows = draft.rows.iter().enumerate().flat_map(|(row, found)| {
        found.spelled.iter().map(move |(cell, to)| Edit { place: Place::Row(row, *cell), to: to.clone() })
    });
    let of_anchors = draft.anchors.iter().enumerate().flat_map(|(at, found)| {
        found.spelled.iter().map(move |to| Edit { place: Place::Anchor(at), to: to.clone() })
    });
    of_rows.chain(of_anchors).collect()
}

fn with_one(draft: &StatementDraft, axes: &Axes, edits: &[Edit], trials: &mut usize) -> Option<Vec<Found>> {
    let mut found = Vec::new();
    for edit in edits {
        let tried = tried(draft, axes, &[edit], trials)?;
        if tried.statement.verdict == Verdict::Verified {
            found.push(Found { edits: vec![edit.clone()], tried });
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Two changes: the first one has to move the first break further down.
fn with_two(draft: &StatementDraft, best: &Tried, edits: &[Edit], trials: &mut usize) -> Option<Vec<Found>> {
    let broken = first_break(&best.statement);
    let mut found = Vec::new();
    for (number, first) in edits.iter().enumerate() {
        let once = tried(draft, &best.axes, &[first], trials)?;
        if first_break(&once.statement) <= broken {
            continue;
        }
        for second in edits.iter().skip(number + 1).filter(|second| second.place != first.place) {
            let twice = tried(draft, &best.axes, &[first, second], trials)?;
            if twice.statement.verdict == Verdict::Verified {
                found.push(Found { edits: vec![first.clone(), second.clone()], tried: twice });
            }
        }
    }
    debug_assert!(found.iter().all(|found| found.edits.len() <= EDITS_MAX));
    (!found.is_empty()).then_some(found)
}

/// The row at which the balances break first; beyond all rows where they hold.
fn first_break(statement: &Statement) -> u32 {
    let fails = |check: &&smartexus_domain::Check| {
        check.check == CheckName::RunningBalance && check.outcome == Outcome::Fail
    };
    statement.checks.iter().find(fails).map_or(u32::MAX, |check| check.row.unwrap_or(0))
}

/// The draft under some changes; `None` when too much has been tried.
fn tried(draft: &StatementDraft, axes: &Axes, edits: &[&Edit], trials: &mut usize) -> Option<Tried> {
    *trials = trials.checked_sub(1)?;
    let mut changed = draft.clone();
    for edit in edits {
        match edit.place {
            Place::Row(row, cell) => {
                let row = changed.rows.get_mut(row)?;
                let slot = row.cell_mut(cell);
                *slot = Some(edit.to.clone());
            }
            Place::Anchor(at) => changed.anchors.get_mut(at)?.amount = edit.to.clone(),
        }
    }
    Some(try_one(&changed, *axes, Vec::new()))
}

/// All sets of changes say the same, or nothing is sure.
fn only(found: Vec<Found>) -> Option<Found> {
    let figures = |found: &Found| {
        let statement = &found.tried.statement;
        let rows: Vec<_> =
            statement.transactions.iter().map(|row| (row.date, row.amount, row.balance)).collect();
        (rows, statement.opening_balance, statement.closing_balance)
    };
    let mut found = found.into_iter();
    let first = found.next()?;
    found.all(|other| figures(&other) == figures(&first)).then_some(first)
}

/// What differs between the statement as read and as repaired.
enum Change {
    Amount(usize),
    Balance(usize),
    Opening,
    Closing,
}

fn changed(read: &Statement, used: &Statement) -> Vec<Change> {
    let mut changes = Vec::new();
    for (at, (before, after)) in read.transactions.iter().zip(&used.transactions).enumerate() {
        if before.amount != after.amount {
            changes.push(Change::Amount(at));
        }
        if before.balance != after.balance {
            changes.push(Change::Balance(at));
        }
    }
    if read.opening_balance != used.opening_balance {
        changes.push(Change::Opening);
    }
    if read.closing_balance != used.closing_balance {
        changes.push(Change::Closing);
    }
    changes
}

/// How many printed equations tie what was changed: links between balances, the sum between the ends, printed totals.
fn ties(statement: &Statement, changes: &[Change]) -> usize {
    let rows = &statement.transactions;
    let passes = |name: CheckName| {
        statement.checks.iter().any(|check| check.check == name && check.outcome == Outcome::Pass)
    };
    // A link ends at each printed balance, and begins at the one before it or at the opening.
    let block_of =
        |at: usize| rows.iter().skip(at).position(|row| row.balance.is_some()).map(|more| at + more);
    let next_block = |at: usize| block_of(at + 1);
    let mut links: Vec<usize> = Vec::new();
    let (mut ends, mut money_in, mut money_out) = (false, false, false);
    for change in changes {
        match change {
            Change::Amount(at) => {
                links.extend(block_of(*at));
                ends = true;
                let is_in = rows.get(*at).is_some_and(|row: &Transaction| row.amount.minor() > 0);
                money_in |= is_in;
                money_out |= !is_in;
            }
            Change::Balance(at) => links.extend([Some(*at), next_block(*at)].into_iter().flatten()),
            Change::Opening => {
                links.extend(block_of(0));
                ends = true;
            }
            Change::Closing => ends = true,
        }
    }
    links.sort_unstable();
    links.dedup();
    let by_ends = usize::from(ends && passes(CheckName::OpeningToClosing));
    let has_totals = passes(CheckName::PrintedTotals);
    let by_totals = usize::from(has_totals && money_in && statement.totals.credits.is_some())
        + usize::from(has_totals && money_out && statement.totals.debits.is_some());
    let by_links = if passes(CheckName::RunningBalance) { links.len() } else { 0 };
    by_links + by_ends + by_totals
}

/// The repaired statement, with everything that was changed said in so many words.
fn marked(read: &Statement, mut tried: Tried) -> Tried {
    let statement = &mut tried.statement;
    let changes = changed(read, statement);
    for change in changes {
        let (row, field, from, to) = match change {
            Change::Amount(at) => {
                let (Some(before), Some(after)) =
                    (read.transactions.get(at), statement.transactions.get_mut(at))
                else {
                    continue;
                };
                after.method = Method::Repaired;
                (after.seq, "amount", before.amount.to_string(), after.amount.to_string())
            }
            Change::Balance(at) => {
                let (Some(before), Some(after)) =
                    (read.transactions.get(at), statement.transactions.get_mut(at))
                else {
                    continue;
                };
                after.method = Method::Repaired;
                let shown = |row: &Transaction| row.balance.map(|b| b.to_string()).unwrap_or_default();
                (after.seq, "balance", shown(before), shown(after))
            }
            Change::Opening => {
                (0, "opening_balance", end(read.opening_balance), end(statement.opening_balance))
            }
            Change::Closing => {
                (0, "closing_balance", end(read.closing_balance), end(statement.closing_balance))
            }
        };
        let because =
            if read.checks.iter().any(|c| c.check == CheckName::RunningBalance && c.outcome == Outcome::Fail)
            {
                CheckName::RunningBalance
            } else {
                CheckName::OpeningToClosing
            };
        tried.findings.push(Finding::new(
            "repaired",
            format!("Read \"{from}\", used \"{to}\": a doubtful digit in the picture, and only this one makes every sum hold."),
        ));
        statement.repairs.push(Repair { row, field: field.to_owned(), from, to, because, applied: true });
    }
    tried
}

fn end(balance: Option<smartexus_domain::Money>) -> String {
    balance.map(|b| b.to_string()).unwrap_or_default()
}
