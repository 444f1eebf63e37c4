//! `cargo bench-all --tamper`: statements with one trace each, and statements that nobody changed: what is found, and what is
//! told without a cause.

use anyhow::Context;
use smartexus_domain::{CaseSignal, Severity, Signal};
use smartexus_generator::evidence::{
    CASE_SIGNALS, SIGNALS, case_planted, case_untouched, specimens, untouched,
};
use smartexus_simulation::{case_signals_of, signals_of};
use std::collections::BTreeMap;
use std::path::PathBuf;

const USAGE: &str = "usage: cargo bench-all --tamper [N] [--untouched N] [--seed S] [--keep DIR]";

/// A run.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Files of each signal.
    planted: usize,
    untouched: u64,
    seed: u64,
    /// Where files are kept on which something was not found, or told without a cause.
    keep: Option<PathBuf>,
}

impl Plan {
    /// Reads the words behind `--tamper`.
    pub(crate) fn read(words: &[String]) -> anyhow::Result<Self> {
        let mut plan = Self { planted: 20, untouched: 100, seed: 1, keep: None };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--seed" => plan.seed = words.next().context(USAGE)?.parse()?,
                "--untouched" => plan.untouched = words.next().context(USAGE)?.parse()?,
                "--keep" => plan.keep = Some(words.next().context(USAGE)?.into()),
                number => plan.planted = number.parse().context(USAGE)?,
            }
        }
        Ok(plan)
    }

    fn keep(&self, name: &str, document: &[u8]) -> anyhow::Result<()> {
        let Some(folder) = &self.keep else { return Ok(()) };
        std::fs::create_dir_all(folder)?;
        let ending = if document.starts_with(b"%PDF") { "pdf" } else { "jpg" };
        Ok(std::fs::write(folder.join(format!("{name}.{ending}")), document)?)
    }
}

/// Makes the files of a plan and prints both tables.
pub(crate) fn run(plan: &Plan) -> anyhow::Result<()> {
    println!("| signal | files | found | as warn |\n|---|---|---|---|");
    for signal in SIGNALS {
        recall(plan, signal)?;
    }
    CASE_SIGNALS.iter().for_each(|signal| recall_in_cases(plan, signal));
    cases(plan);
    let mut alarms: BTreeMap<(&str, Severity), u64> = BTreeMap::new();
    let mut files = 0_u64;
    for seed in plan.seed..plan.seed.saturating_add(plan.untouched) {
        let specimen = untouched(seed);
        let told = signals_of(&specimen.document).context("an untouched file that cannot be read")?;
        files = files.saturating_add(u64::from(!told.is_empty()));
        for signal in &told {
            eprintln!(
                "untouched {seed} ({}): {}: {}",
                specimen.what,
                signal.signal.as_str(),
                signal.evidence
            );
            let count = alarms.entry((signal.signal.as_str(), signal.severity)).or_default();
            *count = count.saturating_add(1);
        }
        if !told.is_empty() {
            plan.keep(&format!("untouched-{seed}"), &specimen.document)?;
        }
    }
    println!(
        "\n| untouched | files | files with a signal |\n|---|---|---|\n| all | {} | {files} |",
        plan.untouched
    );
    for ((signal, severity), count) in alarms {
        println!("| {signal} ({severity:?}) | | {count} |");
    }
    Ok(())
}

fn recall(plan: &Plan, signal: &str) -> anyhow::Result<()> {
    let (mut files, mut found, mut loud) = (0_usize, 0_usize, 0_usize);
    for (seed, specimen) in specimens(signal, plan.seed, plan.planted) {
        let told = signals_of(&specimen.document).unwrap_or_default();
        let own: Vec<&Signal> = told.iter().filter(|one| one.signal.as_str() == signal).collect();
        files = files.saturating_add(1);
        found = found.saturating_add(usize::from(!own.is_empty()));
        loud = loud.saturating_add(usize::from(own.iter().any(|one| one.severity == Severity::Warn)));
        if own.is_empty() {
            eprintln!("{signal} {seed} ({}): not found", specimen.what);
            plan.keep(&format!("{signal}-{seed}"), &specimen.document)?;
        }
    }
    println!("| {signal} | {files} | {found} | {loud} |");
    Ok(())
}

/// Seeds from that of the plan on.
fn seeds(plan: &Plan) -> std::ops::Range<u64> {
    plan.seed..plan.seed.saturating_add(10_000)
}

fn recall_in_cases(plan: &Plan, signal: &str) {
    let (mut files, mut found, mut loud) = (0_usize, 0_usize, 0_usize);
    let planted = seeds(plan).filter_map(|seed| Some((seed, case_planted(signal, seed)?)));
    for (seed, specimen) in planted.take(plan.planted) {
        let told = case_signals_of(&specimen.documents).unwrap_or_default();
        let own: Vec<&CaseSignal> = told.iter().filter(|one| one.signal.as_str() == signal).collect();
        files = files.saturating_add(1);
        found = found.saturating_add(usize::from(!own.is_empty()));
        loud = loud.saturating_add(usize::from(own.iter().any(|one| one.severity == Severity::Warn)));
        if own.is_empty() {
            eprintln!("{signal} {seed} ({}): not found", specimen.what);
        }
    }
    println!("| {signal} (case) | {files} | {found} | {loud} |");
}

/// Cases of a statement and its payslip that nobody changed.
fn cases(plan: &Plan) {
    let (mut all, mut told) = (0_usize, 0_usize);
    let most = usize::try_from(plan.untouched).unwrap_or(usize::MAX);
    let untouched = seeds(plan).filter_map(|seed| Some((seed, case_untouched(seed)?)));
    for (seed, specimen) in untouched.take(most) {
        let signals = case_signals_of(&specimen.documents).unwrap_or_default();
        (all, told) = (all.saturating_add(1), told.saturating_add(usize::from(!signals.is_empty())));
        for signal in signals {
            eprintln!("untouched case {seed}: {}: {}", signal.signal.as_str(), signal.evidence);
        }
    }
    println!("| untouched cases with a signal | {all} | {told} | |");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans() {
        let read = |line: &str| Plan::read(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(read("").unwrap(), Plan { planted: 20, untouched: 100, seed: 1, keep: None });
        let plan = Plan { planted: 3, untouched: 7, seed: 9, keep: Some("out".into()) };
        assert_eq!(read("3 --seed 9 --untouched 7 --keep out").unwrap(), plan);
        assert!(read("many").is_err() && read("--seed").is_err());
    }
}
