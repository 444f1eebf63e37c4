//! Figures that do not add up.
//!
//! The break is `warn` only where the reading is beyond doubt: rows read with high confidence, and a chain of balances that
//! holds everywhere else. Sums on paper without such a chain are told only where another sum is met: else it is the reading that is likely
//! wrong, and the verdict says it.

use super::leftovers::has_leftovers;
use super::scene::Scene;
use smartexus_domain::{Check, CheckName, Outcome, Severity, Signal, SignalName, Statement, Transaction};

/// Rows read with less are not sure.
const SURE: f64 = 0.95;
/// A chain of fewer balances proves no reading.
const CHAIN_LEAST: usize = 5;
/// Of a chain that was read right, not more than one row of so many breaks; a changed amount breaks one, a changed
/// balance two.
const HOLDING_PER_BREAK: usize = 4;

/// What figures are read from: columns on paper can be misunderstood, fields of a data file cannot.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Judged {
    Paper,
    Figures,
}

/// Statements of which lines were left over are not judged: what is missing is missing in the reading.
pub(super) fn judge(scene: &Scene<'_>) -> Vec<Signal> {
    let statements = scene.statements.iter().enumerate();
    let signals = statements.map(|(index, statement)| (index, of_statement(statement, Judged::Paper)));
    signals
        .filter(|(index, signals)| !signals.is_empty() && !has_leftovers(scene, *index))
        .flat_map(|(_, s)| s)
        .collect()
}

/// The statements of a data file.
pub(super) fn of_figures(statements: &[Statement]) -> Vec<Signal> {
    statements.iter().flat_map(|statement| of_statement(statement, Judged::Figures)).collect()
}

fn of_statement(statement: &Statement, is_judged: Judged) -> Vec<Signal> {
    let is_sum = |check: &&Check| {
        matches!(
            check.check,
            CheckName::RunningBalance
                | CheckName::OpeningToClosing
                | CheckName::PrintedTotals
                | CheckName::PrintedCounts
        )
    };
    let failed: Vec<&Check> =
        statement.checks.iter().filter(|check| check.outcome == Outcome::Fail).filter(is_sum).collect();
    let chain = Chain::of(statement);
    if is_judged == Judged::Paper && chain.links < CHAIN_LEAST && !is_half_right(statement) {
        return Vec::new();
    }
    // One changed figure breaks several sums: the first that names a row is told, else the first.
    let told = failed.iter().find(|check| check.row.is_some()).or(failed.first());
    told.map(|check| signal(statement, check, &chain)).into_iter().collect()
}

fn signal(statement: &Statement, check: &Check, chain: &Chain) -> Signal {
    let row = check.row.and_then(|seq| statement.transactions.iter().find(|row| row.seq == seq));
    let what = match check.check {
        CheckName::RunningBalance => "the balance of a row does not follow from the one before",
        CheckName::OpeningToClosing => "opening balance and rows do not lead to the closing balance",
        CheckName::PrintedTotals => "the rows do not add up to the printed total",
        CheckName::PrintedCounts => "the rows are not as many as printed",
        CheckName::PageCarry | CheckName::PagesRead | CheckName::DatesInPeriod | CheckName::DatesInOrder => {
            "a check fails"
        }
    };
    let least = row.map_or_else(|| least_confidence(statement), |row| row.confidence);
    let at = row.map(|row| format!(" at row {}", row.seq)).unwrap_or_default();
    let shown = match (&check.expected, &check.found) {
        (Some(expected), Some(found)) => format!(": {expected} expected, {found} found"),
        _ => String::new(),
    };
    let evidence = format!("The figures do not add up{at}: {what}{shown} (read with confidence {least:.2}).");
    let signal = Signal {
        severity: if is_sure(statement, check, chain, least) { Severity::Warn } else { Severity::Info },
        expected: check.expected.clone(),
        found: check.found.clone(),
        ..Signal::new(SignalName::ArithmeticBreak, evidence)
    };
    match row.and_then(|row| row.source) {
        Some(source) => signal.at(source.page, source.bounds),
        None => signal,
    }
}

/// Of two printed totals one is met: columns that are misunderstood meet neither.
fn is_half_right(statement: &Statement) -> bool {
    let sum = |keep: fn(i64) -> bool| {
        let amounts =
            statement.transactions.iter().map(|row| row.amount.minor()).filter(|minor| keep(*minor));
        amounts.fold(0_i64, i64::saturating_add)
    };
    let credits = statement.totals.credits.map(|total| total.minor() == sum(|minor| minor > 0));
    let debits = statement.totals.debits.map(|total| total.minor() == sum(|minor| minor < 0));
    matches!((credits, debits), (Some(true), Some(false)) | (Some(false), Some(true)))
}

fn least_confidence(statement: &Statement) -> f64 {
    statement.transactions.iter().map(|row| row.confidence).fold(1.0, f64::min)
}

fn is_sure(statement: &Statement, check: &Check, chain: &Chain, least: f64) -> bool {
    let holds_elsewhere = match check.check {
        CheckName::RunningBalance => chain.is_told(),
        CheckName::OpeningToClosing | CheckName::PrintedTotals | CheckName::PrintedCounts => {
            chain.is_whole && chain.breaks == 0
        }
        CheckName::PageCarry | CheckName::PagesRead | CheckName::DatesInPeriod | CheckName::DatesInOrder => {
            false
        }
    };
    let unread = statement.unproved_because.iter().any(|reason| reason.starts_with("page"));
    chain.links >= CHAIN_LEAST && holds_elsewhere && least >= SURE && !unread
}

/// How the printed balances follow from each other.
struct Chain {
    /// Pairs of neighbouring rows that both have a balance.
    links: usize,
    /// Those that do not hold.
    breaks: usize,
    /// Every row has a balance.
    is_whole: bool,
}

impl Chain {
    /// It is long, and holds but for few of its links.
    const fn is_told(&self) -> bool {
        self.links >= CHAIN_LEAST && self.breaks <= self.links.div_ceil(HOLDING_PER_BREAK)
    }

    fn of(statement: &Statement) -> Self {
        let rows = &statement.transactions;
        let links: Vec<bool> =
            rows.windows(2).filter_map(|pair| holds(pair.first()?, pair.last()?)).collect();
        Self {
            links: links.len(),
            breaks: links.iter().filter(|holds| !**holds).count(),
            is_whole: rows.iter().all(|row| row.balance.is_some()),
        }
    }
}

fn holds(before: &Transaction, row: &Transaction) -> Option<bool> {
    let (last, own) = (before.balance?, row.balance?);
    Some(last.checked_add(row.amount) == Ok(own))
}
