//! The clients are what they say, before anybody reads them.

use super::{FileKind, make};
use smartexus_domain::Verdict;

#[test]
fn a_seed_is_a_client() {
    let bytes = |seed: u64| make(seed).documents.iter().map(super::Document::bytes).collect::<Vec<_>>();
    assert_eq!(bytes(7), bytes(7));
    assert_ne!(bytes(7), bytes(8));
}

#[test]
fn statements_prove_themselves_and_every_kind_of_file_is_sent() {
    let documents: Vec<_> = (1..=40).flat_map(|seed| make(seed).documents).collect();
    let mut kinds = [0_usize; 3];
    for document in &documents {
        kinds[document.kind as usize] += 1;
        let proved = document.statement.verdict == Verdict::Verified;
        assert_eq!(proved, document.kind == FileKind::Pdf, "{}", document.name);
    }
    assert!(kinds.iter().all(|count| *count > 20), "{kinds:?}");
    let clients: Vec<_> = (1..=40).map(make).collect();
    assert!(clients.iter().any(|client| client.ledgers.iter().any(|ledger| !ledger.gaps.is_empty())));
    assert!(clients.iter().map(|client| client.transfers.len()).sum::<usize>() > 40);
}
