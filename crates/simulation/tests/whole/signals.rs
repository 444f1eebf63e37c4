//! Tamper evidence: what was planted is found, and untouched files say nothing.

use smartexus_domain::{Severity, Signal};
use smartexus_generator::evidence;
use smartexus_simulation::signals_of;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Files of each signal, and untouched ones; `cargo bench-all --tamper` takes more.
const PLANTED: usize = 2;
const UNTOUCHED: std::ops::RangeInclusive<u64> = 1..=20;
#[test]
fn what_was_planted_is_found() {
    let mut missed = Vec::new();
    for signal in evidence::SIGNALS {
        let mut files = 0;
        for (seed, specimen) in evidence::specimens(signal, 1, PLANTED) {
            files += 1;
            let told = signals_of(&specimen.document).unwrap_or_default();
            if !told.iter().any(|one| one.signal.as_str() == signal) {
                missed.push(format!("{signal} {seed} ({})", specimen.what));
            }
            assert!(told.iter().all(is_whole), "{signal} {seed}: {told:#?}");
        }
        assert_eq!(files, PLANTED, "{signal}");
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

/// It says what was found, names an innocent cause, and has a place where it has a page.
fn is_whole(signal: &Signal) -> bool {
    !signal.evidence.is_empty()
        && signal.innocent.is_some()
        && (signal.bounds.is_none() || signal.page.is_some())
}

#[test]
fn untouched_files_say_nothing() {
    let (mut alarms, mut manners) = (Vec::new(), BTreeSet::new());
    for seed in UNTOUCHED {
        let specimen = evidence::untouched(seed);
        let told = signals_of(&specimen.document).unwrap();
        manners.insert(specimen.what.clone());
        alarms.extend(told.iter().map(|one| format!("{seed} ({}): {}", specimen.what, one.evidence)));
    }
    assert!(alarms.is_empty(), "{alarms:#?}");
    assert_eq!(manners.len(), evidence::MANNERS.len(), "each manner of making a file is among them");
}

/// By hand: `PDF_FOLDER=… cargo test -p smartexus-simulation --test whole -- --ignored --nocapture signals_of_a_folder`.
#[test]
#[ignore = "needs a folder of documents"]
fn signals_of_a_folder() {
    let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for path in pdfs_below(Path::new(&std::env::var_os("PDF_FOLDER").unwrap())) {
        let Some(signals) = signals_of(&std::fs::read(&path).unwrap()) else { continue };
        if !signals.is_empty() {
            println!("{}", path.display());
        }
        for signal in signals {
            *counts.entry((signal.signal.as_str(), signal.severity)).or_default() += 1;
            println!("    {} {:?}: {}", signal.signal.as_str(), signal.severity, signal.evidence);
        }
    }
    println!("{counts:#?}");
}

fn pdfs_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let pdfs = files.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "pdf"));
    let mut all: Vec<_> = folders.iter().flat_map(|folder| pdfs_below(folder)).chain(pdfs).collect();
    all.sort();
    all
}
/// By hand: `SIGNAL=font_minority SEEDS=3 …`: what is read of one specimen.
#[test]
#[ignore = "for people"]
fn one_specimen() {
    let signal = std::env::var_os("SIGNAL").unwrap().into_string().unwrap();
    let seed = std::env::var_os("SEEDS").unwrap().into_string().unwrap().parse().unwrap();
    let specimen = if signal == "untouched" {
        evidence::untouched(seed)
    } else {
        evidence::planted(&signal, seed).unwrap()
    };
    println!("{}", specimen.what);
    std::fs::write("/tmp/sig_specimen.pdf", &specimen.document).unwrap();
    let pages = smartexus_extract::extract(&specimen.document, &smartexus_extract::ExtractOptions::default())
        .unwrap();
    for page in &pages.pages {
        println!("{} {:?}\n{}", page.page, page.facts, page.text);
    }
    let reading = smartexus_parse::parse(
        smartexus_parse::Input::Pages(&pages),
        &smartexus_parse::ParseOptions::default(),
    )
    .unwrap();
    for statement in &reading.statements {
        println!("{:?} {:?} {:?}", statement.opening_balance, statement.closing_balance, statement.checks);
        for row in &statement.transactions {
            println!(
                "{} {} {} {:?} {:?} {}",
                row.seq,
                row.date,
                row.amount,
                row.balance.map(|b| b.to_string()),
                row.source.map(|s| s.bounds),
                row.description
            );
        }
    }
    println!("{:#?}", reading.signals);
}

#[test]
#[ignore = "for people"]
fn pace() {
    for seed in 1..60 {
        let specimen = evidence::untouched(seed);
        let Ok(pages) =
            smartexus_extract::extract(&specimen.document, &smartexus_extract::ExtractOptions::default())
        else {
            continue;
        };
        if pages.pages.len() < 3 {
            continue;
        }
        let options = smartexus_parse::ParseOptions::default();
        let start = std::time::Instant::now();
        let reading = smartexus_parse::parse(smartexus_parse::Input::Pages(&pages), &options).unwrap();
        let whole = start.elapsed();
        let start = std::time::Instant::now();
        for _ in 0..20 {
            std::hint::black_box(smartexus_parse::judge_pages(&pages, &reading.statements));
        }
        let rows: usize = reading.statements.iter().map(|s| s.transactions.len()).sum();
        println!(
            "{seed}: {} pages {rows} rows parse {whole:?} judge {:?}",
            pages.pages.len(),
            start.elapsed() / 20
        );
    }
}
