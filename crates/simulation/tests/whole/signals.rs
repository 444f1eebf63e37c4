//! Tamper evidence: what was planted is found, and untouched files say nothing.

use smartexus_domain::{Severity, Signal, SignalName};
use smartexus_generator::evidence;
use smartexus_simulation::{case_signals_of, signals_of};
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

/// Each name of the list is planted here, or is evidence of several documents, and then planted in cases.
#[test]
fn every_signal_is_tried() {
    for name in SignalName::ALL {
        let planted = evidence::SIGNALS.contains(&name.as_str());
        let of_cases = evidence::CASE_SIGNALS.contains(&name.as_str());
        assert!(planted != of_cases, "{}", name.as_str());
    }
}

#[test]
fn what_was_planted_in_a_case_is_found() {
    for signal in evidence::CASE_SIGNALS {
        let mut files = 0;
        for (seed, specimen) in
            (1..).filter_map(|seed| Some((seed, evidence::case_planted(signal, seed)?))).take(6)
        {
            files += 1;
            let told = case_signals_of(&specimen.documents).unwrap();
            let found = told.iter().any(|one| one.signal.as_str() == signal && one.documents.len() == 2);
            assert!(found, "{signal} {seed} ({}): {told:#?}", specimen.what);
        }
        assert_eq!(files, 6, "{signal}");
    }
}

#[test]
fn untouched_cases_say_nothing() {
    let mut alarms = Vec::new();
    for (seed, specimen) in (1..).filter_map(|seed| Some((seed, evidence::case_untouched(seed)?))).take(12) {
        let told = case_signals_of(&specimen.documents).unwrap();
        alarms.extend(told.iter().map(|one| format!("{seed}: {}: {}", one.signal.as_str(), one.evidence)));
    }
    assert!(alarms.is_empty(), "{alarms:#?}");
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

/// By hand, as `cargo bench-all --tamper` counts in a build for release: each signal on twenty files, and a hundred of which
/// nobody changed any.
#[test]
#[ignore = "takes minutes in a build for tests"]
fn every_signal_on_twenty_files() {
    let mut missed = Vec::new();
    for signal in evidence::SIGNALS {
        let mut found = 0;
        for (seed, specimen) in evidence::specimens(signal, 1, 20) {
            let told = signals_of(&specimen.document).unwrap_or_default();
            let own: Vec<&Signal> = told.iter().filter(|one| one.signal.as_str() == signal).collect();
            found += usize::from(!own.is_empty());
            if own.is_empty() {
                missed.push(format!("{signal} {seed} ({})", specimen.what));
            }
        }
        println!("{signal}: {found} of 20");
    }
    for signal in evidence::CASE_SIGNALS {
        let planted = (1..).filter_map(|seed| Some((seed, evidence::case_planted(signal, seed)?)));
        let told = planted.take(20).map(|(_, case)| case_signals_of(&case.documents).unwrap_or_default());
        let found = told.filter(|told| told.iter().any(|one| one.signal.as_str() == signal)).count();
        println!("{signal} in a case: {found} of 20");
    }
    println!("{missed:#?}");
    let mut alarms = Vec::new();
    for seed in 1..=100 {
        let specimen = evidence::untouched(seed);
        let told = signals_of(&specimen.document).unwrap();
        alarms.extend(told.iter().map(|one| format!("{seed} ({}): {}", specimen.what, one.evidence)));
    }
    for (seed, case) in (1..).filter_map(|seed| Some((seed, evidence::case_untouched(seed)?))).take(100) {
        let told = case_signals_of(&case.documents).unwrap();
        alarms.extend(told.iter().map(|one| format!("case {seed}: {}", one.evidence)));
    }
    assert!(alarms.is_empty(), "{alarms:#?}");
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
