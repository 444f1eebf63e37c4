//! Each stage alone, in this process, fed what the stage before it gave.

#![expect(clippy::float_arithmetic, reason = "milliseconds")]

use anyhow::Context;
use serde::Serialize;
use smartexus_categorize::{Rulebook, categorize};
use smartexus_domain::{MediaType, Pages, Reading, StatementResult};
use smartexus_extract::{ExtractOptions, extract};
use smartexus_parse::{Input, ParseOptions, parse};
use smartexus_simulation::{Fixture, Repository};
use std::hint::black_box;
use std::time::Instant;

/// How long one stage took over the documents.
#[derive(Debug, Serialize)]
pub(crate) struct StageTime {
    pub(crate) stage: &'static str,
    pub(crate) documents: usize,
    /// Of the documents' medians.
    pub(crate) ms_median: f64,
    pub(crate) ms_p95: f64,
    pub(crate) documents_per_second: f64,
}

/// A document with what each stage takes.
struct Document {
    bytes: Vec<u8>,
    pages: Pages,
    reading: Reading,
}

impl Document {
    fn input(&self) -> Input<'_> {
        if self.pages.media_type == MediaType::Pdf {
            Input::Pages(&self.pages)
        } else {
            Input::Structured { media: self.pages.media_type, bytes: &self.bytes }
        }
    }
}

/// Runs every stage over every document until the time is up, at least three times.
pub(crate) fn run(
    repository: &Repository,
    fixtures: &[Fixture],
    results: &[StatementResult],
    seconds_wanted: f64,
) -> anyhow::Result<Vec<StageTime>> {
    let rules = Rulebook::embedded()?;
    let documents =
        fixtures.iter().map(|fixture| prepare(repository, fixture)).collect::<anyhow::Result<Vec<_>>>()?;
    let paper = documents.iter().filter(|d| d.pages.media_type == MediaType::Pdf).collect::<Vec<_>>();
    let seconds = seconds_wanted / 5.0;
    let mut times = vec![
        time("extract (PDF)", &paper, seconds, |d| {
            drop(black_box(extract(&d.bytes, &ExtractOptions::default())))
        }),
        time("parse", &documents.iter().collect::<Vec<_>>(), seconds, |d| {
            drop(black_box(parse(d.input(), &ParseOptions::default())));
        }),
        time("categorize", &documents.iter().collect::<Vec<_>>(), seconds, |d| {
            let mut reading = d.reading.clone();
            categorize(&mut reading, &rules);
            drop(black_box(reading));
        }),
    ];
    let results: Vec<&StatementResult> = results.iter().collect();
    times.push(time("report (CSV)", &results, seconds, |r| drop(black_box(smartexus_report::csv(r)))));
    times.push(time("report (XLSX)", &results, seconds, |r| drop(black_box(smartexus_report::xlsx(r)))));
    anyhow::ensure!(times.iter().all(|time| time.documents > 0), "a stage had no documents");
    Ok(times)
}

fn prepare(repository: &Repository, fixture: &Fixture) -> anyhow::Result<Document> {
    let bytes = std::fs::read(repository.root().join(fixture.source()))?;
    let pages = extract(&bytes, &ExtractOptions::default()).with_context(|| fixture.name().to_owned())?;
    let nothing = Reading {
        kind: smartexus_domain::DocumentKind::Other,
        kind_confidence: 0.0,
        page_kinds: Vec::new(),
        children: Vec::new(),
        source: smartexus_domain::DocumentSource::Text,
        statements: Vec::new(),
        facts: Vec::new(),
        signals: Vec::new(),
        findings: Vec::new(),
        categorized_with: None,
    };
    let mut document = Document { bytes, pages, reading: nothing };
    document.reading =
        parse(document.input(), &ParseOptions::default()).with_context(|| fixture.name().to_owned())?;
    Ok(document)
}

fn time<D>(stage: &'static str, documents: &[&D], seconds_wanted: f64, run: impl Fn(&D)) -> StageTime {
    const ROUNDS_MIN: usize = 3;
    let started = Instant::now();
    let mut samples: Vec<Vec<f64>> = vec![Vec::new(); documents.len()];
    let mut rounds = 0;
    while rounds < ROUNDS_MIN || started.elapsed().as_secs_f64() < seconds_wanted {
        for (document, taken) in documents.iter().zip(&mut samples) {
            let before = Instant::now();
            run(document);
            taken.push(before.elapsed().as_secs_f64() * 1_000.0);
        }
        rounds += 1;
    }
    let mut medians: Vec<f64> = samples.iter_mut().map(|taken| quantile(taken, 50)).collect();
    let total_ms: f64 = medians.iter().sum();
    StageTime {
        stage,
        documents: documents.len(),
        ms_median: quantile(&mut medians, 50),
        ms_p95: quantile(&mut medians, 95),
        documents_per_second: documents.len() as f64 * 1_000.0 / total_ms.max(0.001),
    }
}

/// The value below which this percentage lies; 0 for none.
fn quantile(values: &mut [f64], percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = (values.len().saturating_sub(1) * percent).div_ceil(100);
    values.get(at).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles() {
        let mut values: Vec<f64> = (0..=100).rev().map(f64::from).collect();
        for (percent, value) in [(0, 0.0), (50, 50.0), (95, 95.0), (100, 100.0)] {
            assert!((quantile(&mut values, percent) - value).abs() < 1e-9);
        }
        assert!(quantile(&mut [], 50).abs() < 1e-9);
        assert!((quantile(&mut [7.0], 95) - 7.0).abs() < 1e-9);
    }

    #[test]
    fn every_document_is_timed() {
        let time = time("stage", &[&1, &2], 0.0, |_| std::thread::sleep(std::time::Duration::from_millis(1)));
        assert_eq!(time.documents, 2);
        assert!(time.ms_median >= 1.0 && time.documents_per_second <= 1_000.0, "{time:?}");
    }
}
