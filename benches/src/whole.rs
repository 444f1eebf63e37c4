//! The whole path: `smartexus process` over every fixture, as a person runs it.

#![expect(clippy::float_arithmetic, reason = "rates")]

use crate::meter;
use serde::Serialize;
use smartexus_domain::{StatementResult, Verdict};
use smartexus_simulation::{Fixture, Program, differences, figures_are_right};

/// One fixture's outcome: accuracy is reported by layout, the pooled figure last.
#[derive(Debug, Serialize)]
pub(crate) struct Layout {
    pub(crate) fixture: String,
    pub(crate) rows: usize,
    pub(crate) statement_exact: bool,
    pub(crate) verdict_right: bool,
    /// `verified`, though a date, an amount or an end is wrong. Must never be true.
    pub(crate) false_verified: bool,
}

/// The whole path over all fixtures.
#[derive(Debug, Serialize)]
pub(crate) struct Whole {
    pub(crate) documents: usize,
    pub(crate) pages: u64,
    pub(crate) documents_per_second: f64,
    pub(crate) pages_per_second: f64,
    pub(crate) cpu_seconds_per_document: Option<f64>,
    pub(crate) peak_bytes: Option<u64>,
    pub(crate) layouts: Vec<Layout>,
    #[serde(skip)]
    pub(crate) results: Vec<StatementResult>,
}

/// Runs it once to learn the results, then as often as the wanted time allows, at least once.
pub(crate) fn run(program: &Program, fixtures: &[Fixture], seconds_wanted: f64) -> anyhow::Result<Whole> {
    let mut command = program.command();
    command.args(["process", "--json"]).args(fixtures.iter().map(Fixture::source));
    let (output, first) = meter::run(&mut command)?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout)?;
    let results = lines.lines().map(serde_json::from_str).collect::<Result<Vec<StatementResult>, _>>()?;
    anyhow::ensure!(results.len() == fixtures.len(), "{} results", results.len());

    // The first run also warms the disk; it only counts when it alone fills the time.
    let (mut cost, mut rounds) = (first, 1_u32);
    if first.wall_seconds < seconds_wanted {
        (cost, rounds) = (meter::run(&mut command)?.1, 1);
        while cost.wall_seconds < seconds_wanted {
            cost = cost.and(meter::run(&mut command)?.1);
            rounds += 1;
        }
    }
    let pages: u64 = results.iter().map(|result| u64::from(result.document.pages)).sum();
    let documents = fixtures.len();
    let runs = f64::from(rounds);
    Ok(Whole {
        documents,
        pages,
        documents_per_second: documents as f64 * runs / cost.wall_seconds,
        pages_per_second: pages as f64 * runs / cost.wall_seconds,
        cpu_seconds_per_document: cost.cpu_seconds.map(|seconds| seconds / runs / documents as f64),
        peak_bytes: cost.peak_bytes,
        layouts: fixtures.iter().zip(&results).map(|(fixture, result)| layout(fixture, result)).collect(),
        results,
    })
}

fn layout(fixture: &Fixture, result: &StatementResult) -> Layout {
    let exact = differences(fixture.statements(), &result.statements).is_empty();
    let wanted = fixture.statements().iter().map(|statement| statement.verdict);
    let verdicts: Vec<Verdict> = result.statements.iter().map(|statement| statement.verdict).collect();
    Layout {
        fixture: fixture.name().to_owned(),
        rows: fixture.statements().iter().map(|statement| statement.transactions.len()).sum(),
        statement_exact: exact,
        verdict_right: wanted.eq(verdicts.iter().copied()),
        false_verified: verdicts.contains(&Verdict::Verified)
            && !figures_are_right(fixture.statements(), &result.statements),
    }
}
