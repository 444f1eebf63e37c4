//! Tamper evidence: what was planted is found, and untouched files say nothing.

use smartexus_domain::{Severity, Signal};
use smartexus_extract::{ExtractOptions, extract};
use smartexus_parse::{Input, ParseOptions, parse};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn signals(document: &[u8]) -> Option<Vec<Signal>> {
    let pages = extract(document, &ExtractOptions::default()).ok()?;
    Some(parse(Input::Pages(&pages), &ParseOptions::default()).ok()?.signals)
}

/// By hand: `PDF_FOLDER=… cargo test -p smartexus-simulation --test whole -- --ignored --nocapture signals_of_a_folder`.
#[test]
#[ignore = "needs a folder of documents"]
fn signals_of_a_folder() {
    let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for path in pdfs_below(Path::new(&std::env::var_os("PDF_FOLDER").unwrap())) {
        let Some(signals) = signals(&std::fs::read(&path).unwrap()) else { continue };
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
