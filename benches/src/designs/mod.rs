//! `cargo bench-all --designs`: statements in layouts that nobody has looked at, drawn from seeds, through the whole path.

mod plan;
mod producer;
mod tally;

use anyhow::Context;
pub(crate) use plan::Plan;
use plan::What;
use serde::Deserialize;
use smartexus_domain::{Statement, StatementResult, Verdict};
use smartexus_extract::ExtractOptions;
use smartexus_generator::design::{Design, make, mutant};
use smartexus_generator::scan::Medium;
use smartexus_parse::{Input, ParseOptions, parse};
use smartexus_simulation::{differences, differences_of_figures, figures_are_right};
use std::path::{Path, PathBuf};
use std::process::Command;
use tally::Tally;

/// Files of one run of the program.
const BATCH: usize = 25;

/// A document, and the statements that it honestly is about.
struct Paper {
    seed: u64,
    design: Design,
    file: PathBuf,
    printed: Vec<Statement>,
    honest: Vec<Statement>,
}

/// What became of a document.
struct Outcome {
    exact: bool,
    /// Exact but for the words of descriptions.
    exact_figures: bool,
    right: bool,
    verified: bool,
    /// What is printed is enough to verify every statement.
    provable: bool,
    falsely: bool,
    first_difference: Option<String>,
}

#[derive(Deserialize)]
struct Truth {
    statements: Vec<Statement>,
}

/// Makes the documents of a plan and counts what becomes of them.
pub(crate) fn run(plan: &Plan) -> anyhow::Result<()> {
    std::fs::create_dir_all(&plan.folder)?;
    for medium in &plan.media {
        run_one(plan, *medium)?;
    }
    std::fs::remove_dir_all(&plan.folder)?;
    Ok(())
}

fn run_one(plan: &Plan, medium: Medium) -> anyhow::Result<()> {
    let mut tally = Tally::default();
    let mut seeds = plan.seeds();
    loop {
        let papers = seeds.by_ref().take(BATCH).map(|seed| paper(plan, medium, seed));
        let made: Vec<Option<Paper>> = papers.collect::<Result<_, _>>()?;
        if made.is_empty() {
            break;
        }
        let batch: Vec<Paper> = made.into_iter().flatten().collect();
        for (paper, read) in batch.iter().zip(statements(plan, &batch)?) {
            let outcome = outcome(paper, read.as_deref());
            if plan.has_details() {
                tell(paper, &outcome);
                keep(plan, paper, &outcome)?;
            }
            tally.add(&paper.design.axes, &outcome);
            std::fs::remove_file(&paper.file)?;
        }
    }
    let name = plan.dpi.map(|dpi| format!("{} {dpi} dpi", medium.name())).unwrap_or_default();
    tally.print(&name, plan.has_details() && plan.what == What::Honest);
    Ok(())
}

fn paper(plan: &Plan, medium: Medium, seed: u64) -> anyhow::Result<Option<Paper>> {
    let honest = make(seed);
    let statements = |design: &Design| -> anyhow::Result<Vec<Statement>> {
        Ok(serde_json::from_str::<Truth>(&design.truth).context("the truth of a design")?.statements)
    };
    let truth = statements(&honest)?;
    let design = match plan.what {
        What::Honest => honest,
        What::Mutants => match mutant(seed, seed) {
            Some(mutant) => mutant,
            None => return Ok(None),
        },
    };
    let file = plan.folder.join(format!("{seed}.pdf"));
    let bytes = match plan.dpi {
        None => design.document.clone(),
        Some(dpi) => medium.of(&design.document, dpi, seed),
    };
    std::fs::write(&file, bytes)?;
    if let Some(producer) = plan.through {
        producer.rewrite(&file)?;
    }
    Ok(Some(Paper { seed, printed: statements(&design)?, honest: truth, design, file }))
}

/// The statements of each document; none for one that was not read.
fn statements(plan: &Plan, batch: &[Paper]) -> anyhow::Result<Vec<Option<Vec<Statement>>>> {
    if plan.is_within {
        return Ok(batch.iter().map(|paper| read_here(&paper.file).ok()).collect());
    }
    let files: Vec<&Path> = batch.iter().map(|paper| paper.file.as_path()).collect();
    let read = read(&plan.program, &files)?;
    Ok(read.into_iter().map(|result| result.map(|result| result.statements)).collect())
}

/// The readers of the product alone, in this process: no child, no categories, no figures.
fn read_here(file: &Path) -> anyhow::Result<Vec<Statement>> {
    let pages = smartexus_extract::extract(&std::fs::read(file)?, &ExtractOptions::default())?;
    Ok(parse(Input::Pages(&pages), &ParseOptions::default())?.statements)
}

/// One result a document; none for a document that was not read.
pub(crate) fn read(program: &Path, files: &[&Path]) -> anyhow::Result<Vec<Option<StatementResult>>> {
    let mut command = Command::new(program);
    command.args(["process", "--json"]).args(files);
    let output = command.output()?;
    let lines = String::from_utf8(output.stdout)?;
    let results: Vec<StatementResult> =
        lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    if results.len() == files.len() {
        return Ok(results.into_iter().map(Some).collect());
    }
    if let [_] = files {
        return Ok(vec![None]);
    }
    // A document of the batch has no result: one by one tells which.
    let single = files.iter().map(|file| read(program, std::slice::from_ref(file)));
    Ok(single.collect::<anyhow::Result<Vec<_>>>()?.into_iter().flatten().collect())
}

fn outcome(paper: &Paper, read: Option<&[Statement]>) -> Outcome {
    let provable = paper.printed.iter().all(|statement| statement.verdict == Verdict::Verified);
    let Some(read) = read else {
        return Outcome {
            exact: false,
            exact_figures: false,
            right: false,
            verified: false,
            provable,
            falsely: false,
            first_difference: Some("not read".to_owned()),
        };
    };
    let found = differences(&paper.printed, read);
    let verified = read.iter().any(|statement| statement.verdict == Verdict::Verified);
    let honest = figures_are_right(&paper.honest, read);
    Outcome {
        exact: found.is_empty(),
        exact_figures: differences_of_figures(&paper.printed, read).is_empty(),
        right: figures_are_right(&paper.printed, read),
        verified,
        provable,
        falsely: has_false(&paper.honest, read) && !honest,
        first_difference: found.into_iter().next(),
    }
}

/// Whether a statement is verified whose figures are those of none of the honest ones.
fn has_false(honest: &[Statement], read: &[Statement]) -> bool {
    let is_honest = |one: &Statement| {
        honest.iter().any(|truth| figures_are_right(std::slice::from_ref(truth), std::slice::from_ref(one)))
    };
    read.iter().any(|one| one.verdict == Verdict::Verified && !is_honest(one))
}

fn tell(paper: &Paper, outcome: &Outcome) {
    let worth = outcome.falsely || (paper.design.change.is_none() && !outcome.exact);
    if !worth {
        return;
    }
    let mark = if outcome.falsely { " FALSELY VERIFIED" } else { "" };
    let change = paper.design.change.as_deref().map(|what| format!(" ({what})")).unwrap_or_default();
    println!(
        "seed {}{change}:{mark} {}",
        paper.seed,
        outcome.first_difference.as_deref().unwrap_or("as printed")
    );
    let axes: Vec<String> =
        paper.design.axes.iter().map(|(axis, value)| format!("{axis} = {value}")).collect();
    println!("    {}", axes.join(" · "));
}

/// Keeps the documents that are worth looking at, with their truth.
fn keep(plan: &Plan, paper: &Paper, outcome: &Outcome) -> anyhow::Result<()> {
    let Some(folder) = &plan.keep else { return Ok(()) };
    if outcome.falsely || (paper.design.change.is_none() && !outcome.exact) {
        std::fs::create_dir_all(folder)?;
        std::fs::copy(&paper.file, folder.join(format!("{}.pdf", paper.seed)))?;
        std::fs::write(folder.join(format!("{}.truth.json", paper.seed)), &paper.design.truth)?;
    }
    Ok(())
}
