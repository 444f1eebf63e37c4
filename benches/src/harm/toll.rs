//! What the walls cost: the start of a child, and a document through them, with children that wait and without.

#![expect(clippy::float_arithmetic, reason = "milliseconds")]

use super::plan::Plan;
use crate::meter::cpu_of_children;
use anyhow::{Context, ensure};
use smartexus_extract::ExtractOptions;
use smartexus_simulation::{Fixture, Repository};
use smartexus_worker::pipeline::Pipeline;
use smartexus_worker::sandbox::{Outcome, Request, Sandbox, SandboxProgram};
use std::time::Instant;

/// The hidden word that makes the program a sandboxed child.
const CHILD_WORD: &str = "read-untrusted-bytes";

pub(crate) fn run(plan: &Plan) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let repository = Repository::here();
    let fixtures = Fixture::all(&repository)?;
    let paper = fixtures.iter().find(|fixture| !fixture.pages().is_empty()).context("no fixture on paper")?;
    let document = std::fs::read(repository.root().join(paper.source()))?;
    println!("a document of {} bytes, {} times", document.len(), plan.count);
    // A document that is turned away at the first look costs what the walls cost.
    for (name, bytes) in [("walls alone", b"".as_slice()), ("a text document", &document)] {
        for waiting in [0, 2] {
            runtime.block_on(measure(plan, name, bytes, waiting))?;
        }
    }
    Ok(())
}

async fn measure(plan: &Plan, name: &str, bytes: &[u8], waiting: usize) -> anyhow::Result<()> {
    let program = SandboxProgram { path: plan.program.clone(), args: vec![CHILD_WORD.into()] };
    let sandbox = Sandbox::open(program, waiting)?;
    let limits =
        Pipeline::default_bank_statement().map_err(|e| anyhow::anyhow!("{e:?}"))?.limits.run_limits();
    let request = Request::Extract { options: ExtractOptions::default() };
    let mut taken = Vec::new();
    let (cpu_before, started) = (cpu_of_children(), Instant::now());
    for _ in 0..plan.count {
        sandbox.warm(&limits).await;
        let before = Instant::now();
        let outcome = sandbox.run(&request, bytes, &limits).await?;
        taken.push(before.elapsed().as_secs_f64() * 1e3);
        ensure!(!matches!(outcome, Outcome::Died(_)), "a child died: {outcome:?}");
    }
    let wall = started.elapsed().as_secs_f64() * 1e3 / taken.len() as f64;
    drop(sandbox);
    let cpu =
        cpu_before.zip(cpu_of_children()).map(|(before, after)| (after - before) * 1e3 / taken.len() as f64);
    taken.sort_by(f64::total_cmp);
    let at = |percent: usize| taken.get((taken.len() - 1) * percent / 100).copied().unwrap_or(0.0);
    println!(
        "{name:<16} {waiting} waiting: p50 {:.2} ms, p99 {:.2} ms; start and run together {wall:.2} ms; processor time of children {:.2} ms each",
        at(50),
        at(99),
        cpu.unwrap_or(0.0)
    );
    Ok(())
}
