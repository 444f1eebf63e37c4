//! Clients drawn from a seed: their overlapping documents against what really happened on their accounts.

use smartexus_domain::Case;
use smartexus_generator::client::{self, Client, Score};
use smartexus_parse::{CaseDocument, CaseLimits, Input, ParseOptions, assemble, parse};
use std::collections::BTreeSet;

/// Seeds whose documents are given as a reader without mistakes reads them.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=60;
/// Seeds whose documents are files that our own reader reads.
const SEEDS_OF_FILES: std::ops::RangeInclusive<u64> = 1..=8;

fn case(documents: &[CaseDocument]) -> Case {
    assemble(documents, &BTreeSet::new(), &CaseLimits::default()).unwrap()
}

fn as_printed(client: &Client) -> Vec<CaseDocument> {
    let document = |document: &client::Document| {
        let statements = std::slice::from_ref(&document.statement);
        CaseDocument::new(&document.name, &document.digest, document.source(), statements)
    };
    client.documents.iter().map(document).collect()
}

/// Through the same stages as an upload.
fn as_read(client: &Client) -> Vec<CaseDocument> {
    let document = |document: &client::Document| {
        let bytes = document.bytes();
        let media = smartexus_extract::sniff(&bytes);
        let options = ParseOptions::default();
        let reading = match document.kind {
            client::FileKind::Pdf => {
                let pages = smartexus_extract::extract(&bytes, &Default::default()).unwrap();
                parse(Input::Pages(&pages), &options).unwrap()
            }
            client::FileKind::Csv | client::FileKind::Ofx => {
                parse(Input::Structured { media, bytes: &bytes }, &options).unwrap()
            }
        };
        CaseDocument::new(&document.name, &document.digest, reading.source, &reading.statements)
    };
    client.documents.iter().map(document).collect()
}

#[track_caller]
fn check(score: &Score) {
    assert_eq!((score.lost, score.doubled), (0, 0), "{score:#?}");
    assert_eq!((score.transfers_wrong, score.falsely_verified, score.gaps_wrong), (0, 0, 0), "{score:#?}");
}

#[test]
fn no_row_is_lost_or_doubled_in_silence() {
    let mut all = Score::default();
    for seed in SEEDS {
        let client = client::make(seed);
        let score = client.score(&case(&as_printed(&client)));
        assert_eq!((score.lost, score.doubled), (0, 0), "seed {seed}: {score:#?}");
        all += score;
    }
    check(&all);
    println!("{all:#?}");
    assert_eq!((all.accounts_found, all.accounts_invented), (all.accounts, 0), "{all:#?}");
    assert_eq!(all.gaps_found, all.gaps, "{all:#?}");
    // Where nobody has to be asked, nothing is asked.
    assert!(all.accounts_asked * 10 <= all.accounts, "{all:#?}");
    assert!(all.transfers_right * 100 >= all.transfers * 90, "{all:#?}");
    assert!(all.verified > 0 && all.rows > 5_000 && all.transfers > 50, "{all:#?}");
}

#[test]
fn the_same_through_real_files() {
    let mut all = Score::default();
    for seed in SEEDS_OF_FILES {
        let client = client::make(seed);
        let score = client.score(&case(&as_read(&client)));
        assert_eq!((score.lost, score.doubled), (0, 0), "seed {seed}: {score:#?}");
        all += score;
    }
    println!("{all:#?}");
    check(&all);
    assert_eq!((all.accounts_found, all.accounts_invented), (all.accounts, 0), "{all:#?}");
}
