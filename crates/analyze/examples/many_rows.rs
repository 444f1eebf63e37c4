//! Time and memory of many rows: `cargo run --release -p smartexus-analyze --example many_rows -- 1000000`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    dead_code,
    reason = "a tool of measurement, which shares a module of the tests"
)]

#[path = "../tests/analyze/draft.rs"]
mod draft;
#[path = "../tests/analyze/random.rs"]
mod random;

use draft::{Draft, Line, Paper};
use jiff::ToSpan;
use jiff::civil::date;
use smartexus_analyze::{Analyst, CaseRows, Limits, analyze};
use smartexus_domain::Verdict;
use std::time::Instant;

/// Accounts that the rows are spread over, and days of each.
const ACCOUNTS: usize = 10;
const DAYS: i64 = 1_096;
const LEAVES: [&str; 6] =
    ["rev.card_settlement", "food.groceries", "biz.inventory", "lout.mca", "pay.wages", "unc.unknown"];

fn main() {
    let count: usize = std::env::args().nth(1).map_or(100_000, |text| text.parse().unwrap());
    let drafts: Vec<Draft> = (0..ACCOUNTS).map(|at| account(at, count / ACCOUNTS)).collect();
    let (case, papers) = draft::case(&drafts, &[]);
    drop(drafts);
    let analyst = Analyst::embedded().unwrap();
    let before = memory();
    let started = Instant::now();
    let mut rows = CaseRows::new(&analyst);
    for (file, statements) in &papers {
        rows.add_statements(file, "", "", statements);
    }
    let kept = started.elapsed();
    drop(papers);
    let figures = analyze(&case, &rows, analyst.defaults(), &Limits::default()).unwrap();
    println!(
        "{count} rows: kept in {kept:.1?}, computed in {:.1?}, {} figures, {before} kB before and {} kB at most",
        started.elapsed().saturating_sub(kept),
        figures.figures.len(),
        memory()
    );
}

fn account(at: usize, rows: usize) -> Draft {
    let mut dice = random::Dice::new(u64::try_from(at).unwrap());
    let start = date(2023, 1, 1);
    let mut dates: Vec<i64> =
        (0..rows).map(|_| i64::try_from(dice.below(u64::try_from(DAYS).unwrap())).unwrap()).collect();
    dates.sort_unstable();
    let mut line = |day: i64| {
        let leaf = usize::try_from(dice.below(6)).unwrap();
        let amount = i64::try_from(1 + dice.below(50_000)).unwrap();
        Line {
            date: start.checked_add(day.days()).unwrap(),
            minor: if leaf == 0 || (leaf == 5 && amount % 2 == 0) { amount } else { -amount },
            balance: None,
            leaf: Some(LEAVES[leaf].to_owned()),
            party: Some(format!("Party {}", dice.below(500))),
            text: format!("CARD PURCHASE {} PARTY", dice.below(9_999)),
            tags: Vec::new(),
        }
    };
    let rows = dates.into_iter().map(&mut line).collect();
    let paper = Paper {
        period: (start, start.checked_add((DAYS - 1).days()).unwrap()),
        opening: Some(0),
        closing: None,
        rows,
    };
    Draft {
        id: format!("a{at}x"),
        kind: "checking",
        currency: "USD",
        verdict: Verdict::Verified,
        papers: vec![paper],
    }
}

/// Most memory that this process has held, in kB; 0 where the system does not say.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_whitespace().next()).and_then(|number| number.parse().ok()).unwrap_or(0)
}
