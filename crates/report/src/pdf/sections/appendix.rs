//! Every statement of every document and how its proof went.

use crate::case_report::{CaseReport, CaseStatement};
use crate::pdf::model::{Line, Table, grouped};
use crate::words;
use smartexus_domain::{Money, Outcome, Verdict};

/// Statements that are listed.
const STATEMENTS_MAX: usize = 400;

pub(in crate::pdf) fn appendix(report: &CaseReport<'_>) -> Vec<Table> {
    [statements(report), gaps(report)].into_iter().filter(|table| !table.lines.is_empty()).collect()
}

fn statements(report: &CaseReport<'_>) -> Table {
    let columns = [
        ("Document", false, 3),
        ("Account", false, 3),
        ("From", false, 0),
        ("To", false, 0),
        ("Rows", true, 0),
        ("Opening", true, 0),
        ("Closing", true, 0),
        ("Checks", false, 3),
    ];
    let mut table = Table::new("Statements and their proof", &columns);
    table.lines = report
        .statements
        .iter()
        .take(STATEMENTS_MAX)
        .map(|at| Line { cells: statement(at), ..Line::default() })
        .collect();
    table.more = report.statements.len().saturating_sub(STATEMENTS_MAX);
    table
}

fn statement(at: &CaseStatement<'_>) -> Vec<String> {
    let statement = at.statement;
    let balance = |money: Option<Money>| money.map_or_else(|| "not stated".to_owned(), grouped);
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    vec![
        at.document.file.clone(),
        words::account_name(&statement.account),
        day(statement.period.start),
        day(statement.period.end),
        statement.transactions.len().to_string(),
        balance(statement.opening_balance),
        balance(statement.closing_balance),
        proof(at),
    ]
}

/// `✓ proved: 4 checks hold`, or what is broken or missing.
fn proof(at: &CaseStatement<'_>) -> String {
    let statement = at.statement;
    let with = |wanted| statement.checks.iter().filter(move |check| check.outcome == wanted);
    match statement.verdict {
        Verdict::Verified => {
            let hold = with(Outcome::Pass).count();
            format!("\u{2713} proved: {}", words::counted(hold, "check holds", "checks hold"))
        }
        Verdict::Discrepancy => {
            let broken: Vec<String> = with(Outcome::Fail)
                .map(|check| {
                    let row = check.row.map(|row| format!(" (row {row})")).unwrap_or_default();
                    format!("{}{row}", words::check(check.check))
                })
                .collect();
            format!("\u{2717} does not add up. Broken: {}", broken.join("; "))
        }
        Verdict::Unverifiable => {
            let because: Vec<String> =
                statement.unproved_because.iter().map(|code| words::words(code)).collect();
            format!("? not proved: {}", because.join(", "))
        }
    }
}

fn gaps(report: &CaseReport<'_>) -> Table {
    let columns = [("Account", false, 3), ("From", false, 0), ("To", false, 0), ("What is known", false, 4)];
    let lines = report.accounts.iter().flat_map(|ledger| {
        ledger.account.gaps.iter().map(|gap| {
            let known = match (gap.bridged, gap.stated) {
                (true, _) => "The balances on both sides are equal.",
                (false, true) => "Ask for the missing statement.",
                (false, false) => "No period is printed: nothing may have happened.",
            };
            vec![ledger.name.clone(), gap.days.start.to_string(), gap.days.end.to_string(), known.to_owned()]
        })
    });
    Table::new("Days in no statement", &columns).filled(lines)
}
