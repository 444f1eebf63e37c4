use super::*;
use std::collections::BTreeSet;

#[test]
fn one_seed_is_one_file_and_its_papers_cover_every_page() {
    for seed in [1, 7, 40] {
        let packet = make(seed);
        assert_eq!(packet.document, make(seed).document);
        let mut next = 1;
        for paper in &packet.papers {
            assert_eq!(paper.first_page, next, "seed {seed}");
            next = paper.last_page + 1;
        }
    }
}

#[test]
fn every_kind_has_four_layouts() {
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    for seed in 0..700 {
        seen.extend(make(seed).papers.iter().map(|paper| (paper.kind, paper.layout)));
    }
    for kind in [
        "invoice",
        "payslip",
        "profit_and_loss",
        "balance_sheet",
        "tax_form",
        "identity",
        "application_form",
        "other",
    ] {
        let layouts = seen.iter().filter(|(one, _)| *one == kind).count();
        assert!(layouts >= 4, "{kind}: {layouts}");
    }
}

#[test]
fn no_key_means_two_things() {
    let keys = words::keys();
    let once: BTreeSet<&str> = keys.iter().copied().collect();
    assert_eq!(once.len(), keys.len());
    assert!(once.contains("invoice.number"));
}
