//! `cargo bench-all --scans`: recognizing scans, beside the `tesseract` command with a process a core and OCRmyPDF.
//!
//! The scans are our fixtures as pixels, at several resolutions and damages. Words and amounts are counted as a bag: each
//! that was printed and is among those that were read counts once, whatever order a program reads in. There is no processor
//! time: the program's own children end behind its back, where nobody counts theirs.
//!
//! Then every fixture on paper goes the whole path as a scan, in every language, to what a lender gets to see: statements
//! that are exact, those whose figures are right, those that are verified, and those that should not have been.

#![expect(clippy::float_arithmetic, reason = "seconds and shares")]

use crate::meter::{self, Cost};
use anyhow::Context;
use smartexus_generator::scan::{self, Bitmap, Codec, Damage};
use smartexus_domain::{StatementResult, Verdict};
use smartexus_simulation::{Fixture, Repository, differences, figures_are_right};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Statements in English: the language that every recognizer has.
const ENGLISH: [&str; 5] =
    ["us-checking-running", "us-checking-sections", "uk-current", "us-business", "us-card"];

/// What is printed on one scan, and where it lies as a file for each program.
struct Scan {
    pdf: PathBuf,
    pictures: Vec<PathBuf>,
    words: Vec<String>,
}

/// One way of scanning.
struct Condition {
    name: &'static str,
    dpi: u32,
    damage: Damage,
}

const CONDITIONS: [Condition; 4] = [
    Condition { name: "200 dpi, clean", dpi: 200, damage: Damage::NONE },
    Condition { name: "300 dpi, clean", dpi: 300, damage: Damage::NONE },
    Condition { name: "300 dpi, light damage", dpi: 300, damage: Damage::LIGHT },
    Condition { name: "200 dpi, heavy damage", dpi: 200, damage: Damage::HEAVY },
];

/// Measures every program that is here, under every condition.
pub(crate) fn run(program: &Path, folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    let fixtures = Fixture::all(&Repository::here())?;
    beside_peers(program, &fixtures, folder)?;
    proved(program, &fixtures, folder)
}

fn beside_peers(program: &Path, fixtures: &[Fixture], folder: &Path) -> anyhow::Result<()> {
    let english: Vec<&Fixture> =
        fixtures.iter().filter(|fixture| ENGLISH.contains(&fixture.name())).collect();
    println!("| scan | program | pages/s | words read % | amounts read % |");
    println!("|---|---|---|---|---|");
    for condition in &CONDITIONS {
        let scans = scans(condition, &english, folder)?;
        let pages: usize = scans.iter().map(|scan| scan.pictures.len()).sum();
        for (name, read) in programs(program, &scans)? {
            let (texts, cost) = read;
            let printed: Vec<&str> = scans.iter().flat_map(|scan| &scan.words).map(String::as_str).collect();
            println!(
                "| {} | {name} | {:.2} | {:.2} | {:.2} |",
                condition.name,
                pages as f64 / cost.wall_seconds,
                share(&printed, &texts, |_| true),
                share(&printed, &texts, is_amount),
            );
        }
    }
    Ok(())
}

/// Every statement on paper as a scan, through the whole path.
fn proved(program: &Path, fixtures: &[Fixture], folder: &Path) -> anyhow::Result<()> {
    let on_paper: Vec<&Fixture> = fixtures.iter().filter(|fixture| !fixture.pages().is_empty()).collect();
    println!("\n| scan | documents | exact | figures right | verified | falsely verified |");
    println!("|---|---|---|---|---|---|");
    for condition in &CONDITIONS {
        let scans = scans(condition, &on_paper, folder)?;
        let mut command = Command::new(program);
        command.args(["process", "--json"]).args(scans.iter().map(|scan| &scan.pdf));
        let (output, _) = meter::run(&mut command)?;
        let lines = String::from_utf8(output.stdout)?;
        let results: Vec<StatementResult> =
            lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        anyhow::ensure!(results.len() == on_paper.len(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut tally = [0_usize; 4];
        for (fixture, result) in on_paper.iter().zip(&results) {
            let outcome = Outcome::of(fixture, result);
            let counted =
                [outcome.is_exact, outcome.has_right_figures, outcome.is_verified, outcome.is_falsely_verified];
            tally.iter_mut().zip(counted).for_each(|(sum, counts)| *sum += usize::from(counts));
            if !outcome.has_right_figures {
                eprintln!("{}: {} is not right{}", condition.name, fixture.name(), outcome.verdict());
            }
        }
        let [exact, right, verified, falsely] = tally;
        println!(
            "| {} | {} | {exact} | {right} | {verified} | {falsely} |",
            condition.name,
            on_paper.len()
        );
    }
    Ok(())
}

/// What became of one document.
struct Outcome {
    is_exact: bool,
    has_right_figures: bool,
    is_verified: bool,
    is_falsely_verified: bool,
}

impl Outcome {
    fn of(fixture: &Fixture, result: &StatementResult) -> Self {
        let verdicts: Vec<Verdict> = result.statements.iter().map(|statement| statement.verdict).collect();
        let has_right_figures = figures_are_right(fixture.statements(), &result.statements);
        let is_verified = verdicts.contains(&Verdict::Verified);
        Self {
            is_exact: differences(fixture.statements(), &result.statements).is_empty(),
            has_right_figures,
            is_verified,
            is_falsely_verified: is_verified && !has_right_figures,
        }
    }

    fn verdict(&self) -> &'static str {
        if self.is_falsely_verified { ", and VERIFIED" } else { "" }
    }
}

fn scans(condition: &Condition, fixtures: &[&Fixture], folder: &Path) -> anyhow::Result<Vec<Scan>> {
    let root = Repository::here().root().to_path_buf();
    fixtures
        .iter()
        .enumerate()
        .map(|(seed, fixture)| {
            let document = std::fs::read(root.join(fixture.source()))?;
            let damaged = |(page, picture): (usize, Bitmap)| {
                condition.damage.apply(&picture, (seed * 100 + page) as u64)
            };
            let pages: Vec<Bitmap> =
                scan::pages(&document, condition.dpi).into_iter().enumerate().map(damaged).collect();
            let pdf = folder.join(format!("{}.pdf", fixture.name()));
            std::fs::write(&pdf, scan::scanned_pdf(&pages, Codec::Dct(85)))?;
            let mut pictures = Vec::new();
            for (page, picture) in pages.iter().enumerate() {
                let path = folder.join(format!("{}-{page}.png", fixture.name()));
                std::fs::write(&path, scan::png(picture))?;
                pictures.push(path);
            }
            let words = fixture.pages().iter().flat_map(|page| &page.words).map(|word| word.text.clone());
            Ok(Scan { pdf, pictures, words: words.collect() })
        })
        .collect()
}

type Read = (String, Cost);

fn programs(program: &Path, scans: &[Scan]) -> anyhow::Result<Vec<(String, Read)>> {
    let mut measured = vec![("smartexus extract".to_owned(), smartexus(program, scans)?)];
    if is_here("tesseract") {
        measured.push(("tesseract, a process a core".to_owned(), tesseract(scans, None)?));
        measured.push(("tesseract --psm 6, a process a core".to_owned(), tesseract(scans, Some("6"))?));
    }
    if is_here("ocrmypdf") {
        measured.push(("ocrmypdf -j2".to_owned(), ocrmypdf(scans)?));
    }
    Ok(measured)
}

fn is_here(name: &str) -> bool {
    Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
}

fn smartexus(program: &Path, scans: &[Scan]) -> anyhow::Result<Read> {
    let mut command = Command::new(program);
    command.arg("extract").args(scans.iter().map(|scan| &scan.pdf));
    let (output, cost) = meter::run(&mut command)?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok((String::from_utf8_lossy(&output.stdout).into_owned(), cost))
}

/// As many pages at once as there are cores, each in a process with one thread, as its manual advises.
fn tesseract(scans: &[Scan], psm: Option<&str>) -> anyhow::Result<Read> {
    let pages: Vec<&PathBuf> = scans.iter().flat_map(|scan| &scan.pictures).collect();
    let list: Vec<String> = pages.iter().map(|page| page.display().to_string()).collect();
    let psm = psm.map(|psm| format!("--psm {psm}")).unwrap_or_default();
    let cores = std::thread::available_parallelism()?.get();
    let script = format!("printf '%s\\0' \"$@\" | xargs -0 -n1 -P{cores} -I{{}} tesseract {{}} - {psm}");
    let mut command = Command::new("sh");
    command.env("OMP_THREAD_LIMIT", "1").args(["-c", &script, "sh"]).args(list);
    let (output, cost) = meter::run(&mut command)?;
    Ok((String::from_utf8_lossy(&output.stdout).into_owned(), cost))
}

fn ocrmypdf(scans: &[Scan]) -> anyhow::Result<Read> {
    let (mut text, mut total) = (String::new(), None);
    for scan in scans {
        let sidecar = scan.pdf.with_extension("txt");
        let mut command = Command::new("ocrmypdf");
        command.args(["-j2", "--output-type", "pdf", "--force-ocr", "--sidecar"]).arg(&sidecar);
        command.arg(&scan.pdf).arg(scan.pdf.with_extension("ocr.pdf"));
        let (_, cost) = meter::run(&mut command)?;
        text += &std::fs::read_to_string(&sidecar).context("ocrmypdf left no text")?;
        total = Some(total.map_or(cost, |sum: Cost| sum.and(cost)));
    }
    Ok((text, total.unwrap_or_default()))
}

/// Percent of the printed words of a kind that were read.
fn share(printed: &[&str], read: &str, kind: impl Fn(&str) -> bool) -> f64 {
    let mut free: HashMap<&str, usize> = HashMap::new();
    read.split_whitespace().for_each(|word| *free.entry(word).or_default() += 1);
    let (mut all, mut found) = (0_u32, 0_u32);
    for word in printed.iter().filter(|word| kind(word)) {
        all += 1;
        if let Some(left) = free.get_mut(word).filter(|left| **left > 0) {
            *left -= 1;
            found += 1;
        }
    }
    f64::from(found) * 100.0 / f64::from(all.max(1))
}

/// Digits, a separator and two digits, with the marks of money around them.
fn is_amount(word: &str) -> bool {
    let plain = word.trim_matches(|c: char| !c.is_ascii_digit());
    let decimals = plain.rsplit(['.', ',']).next().map_or(0, str::len);
    plain.len() > 3 && decimals == 2 && plain.bytes().any(|b| b == b'.' || b == b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_counts_once_for_each_time_it_is_printed() {
        assert_eq!(share(&["a", "a", "b", "1.00"], "b a c", |_| true), 50.0);
        assert_eq!(share(&["a", "a", "b", "1.00"], "b a c", is_amount), 0.0);
    }

    #[test]
    fn amounts_are_told_from_other_numbers() {
        for word in ["1.00", "-12,345.67", "$9.99", "1.234,56", "£499.35"] {
            assert!(is_amount(word), "{word}");
        }
        for word in ["100", "2026-03-01", "12/31", "Ref.", "03.02.2026"] {
            assert!(!is_amount(word), "{word}");
        }
    }
}
