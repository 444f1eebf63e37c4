//! `cargo demo`: six sample statements, read by a release build, compared with what they really say.

mod reading;
mod sample;
mod table;

use crate::program;
use crate::system;
use crate::workspace::{Profile, Workspace};
use reading::Reading;
use sample::Sample;
use std::time::Instant;

/// Where results are written, relative to the root. Git ignores it.
const OUT: &str = "demo-out";

/// The table as it was printed, relative to the target directory: `cargo verify` compares the README with it.
pub(crate) const TABLE_FILE: &str = "demo-table.txt";

/// Fixtures that differ in country, producer and kind; the last one was altered after it left the bank.
const SAMPLES: [&str; 6] =
    ["us-checking-sections", "uk-current", "de-girokonto", "fr-compte", "us-card", "tampered-uk-amount"];

/// Builds the optimized program, lets it read the samples and prints what they say.
pub(crate) fn run(ws: &Workspace) -> Result<(), String> {
    system::ensure(&ws.target().join("probe"))?;
    build(ws)?;
    println!("{}", read_with(ws, Profile::Release)?);
    println!("Results are in {OUT}/: a workbook, a CSV and a JSON file for each statement.\n");
    println!("Next, with a statement of yours (nothing leaves this machine):\n");
    println!(
        "    {} process STATEMENT.pdf -o {OUT}",
        ws.programs(Profile::Release).join("smartexus").display()
    );
    Ok(())
}

/// What a program that is built reads in the samples. It fails if anything reads differently from the truth beside it.
pub(crate) fn read_with(ws: &Workspace, profile: Profile) -> Result<String, String> {
    let samples = SAMPLES.iter().map(|name| Sample::load(ws.root(), name)).collect::<Result<Vec<_>, _>>()?;
    let started = Instant::now();
    let readings = process(ws, profile, &samples)?;
    let seconds = started.elapsed().as_secs_f64();

    let table = table::of(&readings);
    std::fs::write(ws.target().join(TABLE_FILE), &table)
        .map_err(|e| format!("cannot keep the table: {e}"))?;

    let differences: Vec<String> =
        samples.iter().zip(&readings).flat_map(|(sample, reading)| sample.differences(reading)).collect();
    if !differences.is_empty() {
        let differences = differences.join("\n  ");
        return Err(format!("{table}\nthe demo did not read what the samples say:\n  {differences}"));
    }
    let caught: String =
        readings.iter().filter_map(Reading::first_broken).map(|line| format!("{line}\n")).collect();
    Ok(format!("{} statements in {seconds:.1} s\n\n{table}\n{caught}", readings.len()))
}

/// Only the program: the benchmarks, the generator and the tests are not in this build, nor is the typesetter of the PDF
/// report with its more than a hundred crates.
fn build(ws: &Workspace) -> Result<(), String> {
    let fresh = !ws.programs(Profile::Release).join("smartexus").exists();
    if fresh {
        println!("building the program; the first build takes some minutes");
    }
    let quiet: &[&str] = if fresh { &[] } else { &["--quiet"] };
    let arguments =
        [&["build", "--locked", "--release", "-p", "smartexus", "--no-default-features"], quiet].concat();
    program::show(&mut ws.cargo(&arguments))
}

fn process(ws: &Workspace, profile: Profile, samples: &[Sample]) -> Result<Vec<Reading>, String> {
    let mut command = ws.smartexus(profile);
    command.args(["process", "--json", "--output", OUT]).args(samples.iter().map(Sample::file));
    // Who waits for an optimized program sees how far it is; among checks it has one line.
    let finished = match profile {
        Profile::Release => program::capture_data(&mut command)?,
        Profile::Dev => program::capture(&mut command)?,
    };
    if !finished.succeeded() {
        return Err(format!(
            "smartexus process ended with exit code {:?}\n{}",
            finished.code, finished.stderr
        ));
    }
    let readings = finished.stdout.lines().map(Reading::parse).collect::<Result<Vec<_>, _>>()?;
    if readings.len() != samples.len() {
        return Err(format!("{} results for {} samples", readings.len(), samples.len()));
    }
    Ok(readings)
}
