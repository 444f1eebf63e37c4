//! Each account on one line.

use crate::case_report::{CaseReport, Ledger};
use crate::pdf::model::{Table, grouped};
use crate::words;
use smartexus_domain::{Money, Verdict};

pub(in crate::pdf) fn accounts(report: &CaseReport<'_>) -> Table {
    let columns = [
        ("Account", false, 4),
        ("From", false, 0),
        ("To", false, 0),
        ("Rows", true, 0),
        ("Opening", true, 0),
        ("Money in", true, 0),
        ("Money out", true, 0),
        ("Closing", true, 0),
        ("The ledger is", false, 2),
    ];
    Table::new("Accounts", &columns).filled(report.accounts.iter().map(line)).or_else("No account was found.")
}

fn line(ledger: &Ledger<'_>) -> Vec<String> {
    let days = ledger.days();
    let balance = |money: Option<Money>| money.map_or_else(|| "not stated".to_owned(), grouped);
    let sum = |keep: fn(i64) -> bool| {
        let minors = ledger.rows.iter().map(|row| row.amount.minor()).filter(|minor| keep(*minor));
        let sum: i128 = minors.map(i128::from).sum();
        i64::try_from(sum)
            .map_or_else(|_| "too large".to_owned(), |sum| grouped(Money::new(sum, ledger.currency())))
    };
    let verdict = ledger.account.proof.verdict;
    let sign = match verdict {
        Verdict::Verified => "\u{2713}",
        Verdict::Unverifiable => "?",
        Verdict::Discrepancy => "\u{2717}",
    };
    vec![
        ledger.name.clone(),
        days.map(|days| days.start.to_string()).unwrap_or_default(),
        days.map(|days| days.end.to_string()).unwrap_or_default(),
        ledger.rows.len().to_string(),
        balance(ledger.opening()),
        sum(|minor| minor > 0),
        sum(|minor| minor < 0),
        balance(ledger.closing()),
        format!("{sign} {}", words::verdict(verdict)),
    ]
}
