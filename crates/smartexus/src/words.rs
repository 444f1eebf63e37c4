//! The words of the contract for people: verdicts, statuses, checks, repairs.

use crate::output::{Tone, one_line};
use smartexus_domain::{Check, CheckName, Outcome, Repair, ResultStatus, Statement, Verdict};

/// The verdict as the contract spells it.
pub(crate) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verified => "verified",
        Verdict::Discrepancy => "discrepancy",
        Verdict::Unverifiable => "unverifiable",
    }
}

/// Green belongs to the proof, to nothing else.
pub(crate) const fn verdict_tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Verified => Tone::Good,
        Verdict::Discrepancy => Tone::Bad,
        Verdict::Unverifiable => Tone::Doubt,
    }
}

/// The status as the contract spells it.
pub(crate) const fn status(status: ResultStatus) -> &'static str {
    match status {
        ResultStatus::Approved => "approved",
        ResultStatus::NeedsReview => "needs_review",
        ResultStatus::Failed => "failed",
    }
}

/// How loud a status is.
pub(crate) const fn status_tone(status: ResultStatus) -> Tone {
    match status {
        ResultStatus::Approved => Tone::Plain,
        ResultStatus::NeedsReview => Tone::Doubt,
        ResultStatus::Failed => Tone::Bad,
    }
}

/// A check in plain words.
pub(crate) const fn check(name: CheckName) -> &'static str {
    match name {
        CheckName::RunningBalance => "running balance",
        CheckName::OpeningToClosing => "opening to closing",
        CheckName::PrintedTotals => "printed totals",
        CheckName::PrintedCounts => "printed counts",
        CheckName::PageCarry => "page carry",
        CheckName::PagesRead => "pages read",
        CheckName::DatesInPeriod => "dates in period",
        CheckName::DatesInOrder => "dates in order",
    }
}

/// A check that fails: where, and what it wants.
pub(crate) fn broken_check(broken: &Check) -> String {
    let mut words = check(broken.check).to_owned();
    if let Some(row) = broken.row {
        words += &format!(" breaks at row {row}");
    } else {
        words += " does not hold";
    }
    if let Some(expected) = &broken.expected {
        words += &format!(": expected {}", one_line(expected));
    }
    if let Some(found) = &broken.found {
        words += &format!(", found {}", one_line(found));
    }
    words
}

/// A change that would make a statement hold.
pub(crate) fn repair(repair: &Repair) -> String {
    let place = if repair.row == 0 { "the statement's".to_owned() } else { format!("row {}:", repair.row) };
    let (field, from, to) = (one_line(&repair.field), one_line(&repair.from), one_line(&repair.to));
    format!("{place} {} were {to} instead of {from}", field.replace('_', " "))
}

/// Why a statement is not proved, in one line: its first broken row, else its first broken check, else its reasons.
pub(crate) fn why_unproved(statement: &Statement) -> Option<String> {
    let broken = || statement.checks.iter().filter(|check| check.outcome == Outcome::Fail);
    let first = broken().find(|check| check.row.is_some()).or_else(|| broken().next());
    match (statement.verdict, first) {
        (Verdict::Verified, _) => None,
        (Verdict::Discrepancy | Verdict::Unverifiable, Some(check)) => Some(broken_check(check)),
        (Verdict::Discrepancy | Verdict::Unverifiable, None) => {
            Some(one_line(&statement.unproved_because.join(", "))).filter(|reasons| !reasons.is_empty())
        }
    }
}

/// So many things.
pub(crate) fn count(count: usize, one: &str, more: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {more}") }
}

/// So many files.
pub(crate) fn files(count: usize) -> String {
    self::count(count, "file", "files")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failing(check: CheckName, row: Option<u32>) -> Check {
        Check {
            check,
            outcome: Outcome::Fail,
            row,
            expected: Some("10.00".into()),
            found: Some("20.00".into()),
        }
    }

    #[test]
    fn the_first_broken_row_is_named_before_the_sum() {
        let text = r#"{"account":{"holders":[],"currency":"USD"},"period":{"start":null,"end":null},"opening_balance":null,
            "closing_balance":null,"totals":{"credits":null,"debits":null,"fees":null},"verdict":"discrepancy","transactions":[]}"#;
        let mut statement: Statement = serde_json::from_str(text).unwrap();
        statement.checks =
            vec![failing(CheckName::OpeningToClosing, None), failing(CheckName::RunningBalance, Some(12))];
        assert_eq!(
            why_unproved(&statement).unwrap(),
            "running balance breaks at row 12: expected 10.00, found 20.00"
        );
        statement.checks.pop();
        assert_eq!(
            why_unproved(&statement).unwrap(),
            "opening to closing does not hold: expected 10.00, found 20.00"
        );
        statement.verdict = Verdict::Verified;
        assert_eq!(why_unproved(&statement), None);
    }
}
