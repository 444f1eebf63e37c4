//! Several readings, one proof: every way the tokens of a draft can be meant is tried, and the arithmetic picks.

mod axes;
mod build;
mod calendar;
mod ends;
mod order;
mod pending;
mod repair;

use crate::ParseOptions;
use crate::draft::StatementDraft;
use axes::Axes;
use build::Built;
use smartexus_domain::{CheckName, Finding, Money, Outcome, Proof, Statement, Transaction, Verdict};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Readings of equal proof and different rows closer than this leave the statement undecided.
const MARGIN: i64 = 10;

/// One tried reading with everything it says.
#[derive(Clone)]
struct Tried {
    axes: Axes,
    /// Without texts, until it is the one that is kept.
    statement: Statement,
    findings: Vec<Finding>,
    /// Of each row its place in the draft.
    origins: Vec<u32>,
    /// Equations that hold minus equations that do not, in tenths, minus the reading's price.
    score: i64,
}

/// What is kept of a tried reading while others are tried: of its rows only what tells them from others, for a file may
/// have a hundred thousand.
struct Judged {
    axes: Axes,
    score: i64,
    verdict: Verdict,
    proof: Option<Proof>,
    figures: Figures,
}

/// What a reading comes to, by digest.
#[derive(PartialEq, Eq)]
struct Figures {
    opening: Option<Money>,
    closing: Option<Money>,
    /// Days, amounts and balances in order.
    rows: (usize, u64),
    /// Amounts in whatever order.
    amounts: (u64, u64),
}

/// A draft as it is best read.
pub(crate) struct Solved {
    /// Proved.
    pub(crate) statement: Statement,
    pub(crate) findings: Vec<Finding>,
    /// Printed equations that hold minus those that do not, minus the price of the reading, in tenths.
    pub(crate) score: i64,
}

/// The best reading of a draft, proved, and what was noticed.
pub(crate) fn solve(draft: &StatementDraft, options: &ParseOptions) -> Solved {
    let limit = usize::try_from(options.readings_max.max(1)).unwrap_or(usize::MAX);
    let (mut best, mut tried): (Option<Tried>, Vec<Judged>) = (None, Vec::new());
    // The worse of two makes room for the next: the rows of a long file are many pages of memory.
    let mut place = Vec::new();
    for axes in axes::candidates(draft).into_iter().take(limit) {
        let one = try_one(draft, axes, std::mem::take(&mut place));
        tried.push(Judged::of(&one));
        let worse = match &best {
            Some(kept) if one.score <= kept.score => Some(one),
            Some(_) | None => best.replace(one),
        };
        place = worse.map(|worse| worse.statement.transactions).unwrap_or_default();
    }
    // A stable sort: of equal readings the cheaper, tried first, stays first.
    tried.sort_by_key(|t| std::cmp::Reverse(t.score));
    let Some((first, others)) = tried.split_first() else {
        return Solved { statement: build::empty(draft), findings: draft.findings.clone(), score: 0 };
    };
    let rival = others.iter().find(|other| first.figures != other.figures);
    let doubt = rival.and_then(|rival| undecided(first, rival));
    // A hint decides nothing, but it may say which of the undecided is shown.
    let kept = doubt.and_then(|_| leaned(draft, first, others)).unwrap_or(first.axes);
    let mut best = match best {
        Some(best) if best.axes == kept => best,
        Some(_) | None => try_one(draft, kept, place),
    };
    if let Some(doubt) = doubt {
        doubt_it(&mut best, doubt);
    }
    if let Some(repaired) = repair::repaired(draft, &best) {
        best = repaired;
    }
    let pending = build::complete(&mut best.statement, &best.origins, draft, &best.axes);
    if best.statement.verdict == Verdict::Discrepancy {
        // What is proposed may depend on what the rows say.
        smartexus_domain::prove(&mut best.statement);
    }
    let mut findings = draft.findings.clone();
    best.findings.extend(pending);
    findings.append(&mut best.findings);
    Solved { statement: best.statement, findings, score: best.score }
}

fn try_one(draft: &StatementDraft, axes: Axes, place: Vec<Transaction>) -> Tried {
    let Built { mut statement, findings, origins } = build::build(draft, axes, place);
    smartexus_domain::prove(&mut statement);
    let score = evidence(&statement) - axes.price;
    Tried { axes, statement, findings, origins, score }
}

/// Why nothing decides between two readings: they lead to other rows and are equally well proved.
fn undecided(best: &Judged, rival: &Judged) -> Option<(&'static str, &'static str)> {
    if !is_as_good(best, rival) {
        return None;
    }
    let has_same_amounts = best.figures.amounts == rival.figures.amounts;
    let doubt = if best.axes.order != rival.axes.order && has_same_amounts {
        ("ambiguous_date", "Day and month can be read either way; nothing printed decides.")
    } else if best.axes.style != rival.axes.style {
        ("ambiguous_number", "Amounts such as 1.234 can be read either way; nothing printed decides.")
    } else if best.axes.signs != rival.axes.signs {
        ("ambiguous_signs", "Nothing printed says which rows are money in and which are money out.")
    } else {
        ("ambiguous_reading", "Two ways of reading the rows are equally plausible; nothing printed decides.")
    };
    Some(doubt)
}

/// Whether another reading is proved as well as the best one, and hardly dearer.
fn is_as_good(best: &Judged, other: &Judged) -> bool {
    best.verdict == other.verdict && best.proof == other.proof && best.score - other.score < MARGIN
}

/// Among the readings as good as the best one the first that does more of what a hint says.
fn leaned(draft: &StatementDraft, best: &Judged, others: &[Judged]) -> Option<Axes> {
    let agreement = |tried: &Judged| tried.axes.agreement(draft.leaning);
    let as_good = others.iter().filter(|other| is_as_good(best, other));
    let leaned = self::best(as_good, |other| agreement(other))?;
    (agreement(leaned) > agreement(best)).then_some(leaned.axes)
}

fn doubt_it(best: &mut Tried, (reason, message): (&'static str, &'static str)) {
    best.findings.push(Finding::new(reason, message));
    best.statement.unproved_because.push(reason.to_owned());
    smartexus_domain::prove(&mut best.statement);
}

impl Judged {
    fn of(tried: &Tried) -> Self {
        let Tried { axes, score, statement, .. } = tried;
        let figures = Figures::of(statement);
        Self { axes: *axes, score: *score, verdict: statement.verdict, proof: statement.proof, figures }
    }
}

impl Figures {
    fn of(statement: &Statement) -> Self {
        let rows = &statement.transactions;
        let mut ordered = DefaultHasher::new();
        let (mut sum, mut mixed) = (0_u64, 0_u64);
        for row in rows {
            let day = (row.date.year(), row.date.month(), row.date.day());
            (day, row.amount.minor(), row.balance.map(|balance| balance.minor())).hash(&mut ordered);
            let mut alone = DefaultHasher::new();
            row.amount.minor().hash(&mut alone);
            let digest = alone.finish();
            sum = sum.wrapping_add(digest);
            mixed ^= digest.rotate_left(17).wrapping_mul(digest | 1);
        }
        Self {
            opening: statement.opening_balance,
            closing: statement.closing_balance,
            rows: (rows.len(), ordered.finish()),
            amounts: (sum, mixed),
        }
    }
}

/// How good a whole document is read: the worst verdict of its statements first, then the equations that hold.
pub(crate) fn rank(solved: &[Solved]) -> (i32, i64, usize) {
    let verdict = |s: &Solved| match s.statement.verdict {
        Verdict::Verified => 2,
        _ if s.statement.transactions.is_empty() => -1,
        // With or without printed ends: the equations decide between them.
        Verdict::Unverifiable | Verdict::Discrepancy => 0,
    };
    let worst = solved.iter().map(verdict).min().unwrap_or(-2);
    let rows = solved.iter().map(|s| s.statement.transactions.len()).sum();
    (worst, solved.iter().map(|s| s.score).sum(), rows)
}

/// Whether every statement of a document is verified, and there is one.
pub(crate) fn is_proved(solved: &[Solved]) -> bool {
    !solved.is_empty() && solved.iter().all(|s| s.statement.verdict == Verdict::Verified)
}

/// The first of the best: `max_by_key` would take the last one.
pub(crate) fn best<K: Ord, T>(candidates: impl Iterator<Item = T>, key: impl Fn(&T) -> K) -> Option<T> {
    candidates.map(|c| (key(&c), c)).reduce(|a, b| if b.0 > a.0 { b } else { a }).map(|(_, c)| c)
}

/// How many printed equations a reading satisfies, in tenths. A broken document keeps its best reading this way:
/// one broken row of forty costs little, a wrong sign rule breaks nearly all of them.
fn evidence(statement: &Statement) -> i64 {
    let mut score = links(statement) * 10;
    for check in &statement.checks {
        let weight = match check.check {
            CheckName::OpeningToClosing => 60,
            CheckName::PrintedTotals => 40,
            CheckName::PrintedCounts | CheckName::DatesInPeriod | CheckName::DatesInOrder => 20,
            CheckName::RunningBalance | CheckName::PageCarry | CheckName::PagesRead => 0,
        };
        score += match check.outcome {
            Outcome::Pass => weight,
            Outcome::Fail => -weight,
            Outcome::NotStated => 0,
        };
    }
    let rows = i64::try_from(statement.transactions.len()).unwrap_or(i64::MAX / 1000);
    let verified = i64::from(statement.verdict == Verdict::Verified) * 100;
    score.saturating_add(rows).saturating_add(verified)
}

/// Printed balances that follow from the one before, minus those that do not.
fn links(statement: &Statement) -> i64 {
    let mut expected = statement.opening_balance;
    let mut score = 0;
    for row in &statement.transactions {
        expected = expected.and_then(|balance| balance.checked_add(row.amount).ok());
        if let Some(printed) = row.balance {
            score += match expected {
                Some(balance) if balance == printed => 1,
                Some(_) => -1,
                None => 0,
            };
            expected = Some(printed);
        }
    }
    score
}
