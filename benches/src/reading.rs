//! `cargo bench-all --parse`: text statements of five pages, in layouts drawn from seeds, from words to proved rows.

#![expect(clippy::float_arithmetic, reason = "milliseconds")]

use crate::clock::CpuClock;
use anyhow::Context;
use smartexus_domain::{Pages, Verdict};
use smartexus_extract::{ExtractOptions, extract};
use smartexus_generator::design;
use smartexus_parse::{Input, ParseOptions, judge_pages, parse};
use std::hint::black_box;

const USAGE: &str = "usage: cargo bench-all --parse [N] [--seed S]";
const PAGES: usize = 5;
/// Each statement is read for so long, so that the count of the clock is a small error.
const SECONDS_EACH: f64 = 0.1;
/// From here on, seeds are never looked at.
const KEPT_APART: u64 = 1_000_000;

/// A run: so many statements, the first of five pages from a seed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Plan {
    count: usize,
    seed: u64,
}

impl Plan {
    /// Reads the words behind `--parse`.
    pub(crate) fn read(words: &[String]) -> anyhow::Result<Self> {
        let (mut plan, mut words) = (Self { count: 40, seed: 1 }, words.iter());
        while let Some(word) = words.next() {
            match word.as_str() {
                "--seed" => plan.seed = words.next().context(USAGE)?.parse()?,
                number => plan.count = number.parse().context(USAGE)?,
            }
        }
        Ok(plan)
    }
}

/// Makes the statements, reads them and prints what it took.
pub(crate) fn run(plan: &Plan) -> anyhow::Result<()> {
    let statements: Vec<Pages> = (plan.seed..KEPT_APART)
        .filter_map(|seed| of_five_pages(seed).transpose())
        .take(plan.count)
        .collect::<anyhow::Result<_>>()?;
    let options = ParseOptions::default();
    let mut clock = CpuClock::start()?;
    let (mut read, mut signals, mut verified) = (Vec::new(), Vec::new(), 0);
    for pages in &statements {
        let reading = parse(Input::Pages(pages), &options)?;
        verified += usize::from(reading.statements.iter().all(|one| one.verdict == Verdict::Verified));
        read.push(milliseconds(&mut clock, || drop(black_box(parse(Input::Pages(pages), &options))))?);
        signals.push(milliseconds(&mut clock, || drop(black_box(judge_pages(pages, &reading.statements))))?);
    }
    println!(
        "{} text statements of {PAGES} pages, {verified} of them verified; ms of CPU time each\n",
        read.len()
    );
    println!("| what | median | 95th percentile | 99th percentile | most | mean a page |");
    println!("|---|---|---|---|---|---|");
    println!("{}", row("words to proved rows, with signals", read));
    println!("{}", row("of that the signals", signals));
    Ok(())
}

fn of_five_pages(seed: u64) -> anyhow::Result<Option<Pages>> {
    let design = design::make(seed);
    if !design.axes.contains(&("pages", "5 and more")) {
        return Ok(None);
    }
    let pages = extract(&design.document, &ExtractOptions::default())?;
    Ok((pages.pages.len() == PAGES).then_some(pages))
}

/// CPU time of one call, on average.
fn milliseconds(clock: &mut CpuClock, run: impl Fn()) -> anyhow::Result<f64> {
    let (before, mut calls) = (clock.seconds()?, 0.0);
    loop {
        run();
        calls += 1.0;
        let taken = clock.seconds()? - before;
        if taken >= SECONDS_EACH {
            return Ok(taken * 1_000.0 / calls);
        }
    }
}

fn row(what: &str, mut times: Vec<f64>) -> String {
    times.sort_by(f64::total_cmp);
    let at =
        |percent: usize| times.get(times.len().saturating_sub(1) * percent / 100).copied().unwrap_or(0.0);
    let mean = times.iter().sum::<f64>() / times.len().max(1) as f64 / PAGES as f64;
    format!("| {what} | {:.2} | {:.2} | {:.2} | {:.2} | {mean:.2} |", at(50), at(95), at(99), at(100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_a_count_and_a_seed() {
        let read = |line: &str| {
            let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            Plan::read(&words)
        };
        assert_eq!(read("").unwrap(), Plan { count: 40, seed: 1 });
        assert_eq!(read("7 --seed 3").unwrap(), Plan { count: 7, seed: 3 });
        assert!(read("x").is_err() && read("--seed").is_err());
    }

    #[test]
    fn a_row_has_the_quantiles() {
        let times = (1..=100).rev().map(f64::from).collect();
        assert_eq!(row("x", times), "| x | 50.00 | 95.00 | 99.00 | 100.00 | 10.10 |");
    }
}
