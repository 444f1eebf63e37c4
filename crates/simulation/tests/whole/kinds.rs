//! Files of papers drawn from a seed: which kind each page is, where one paper ends, and what it says.

use smartexus_domain::{DocumentKind, PaperProof, Reading, is_proved, prove_paper};
use smartexus_generator::papers::{self, Packet};
use smartexus_parse::{Input, ParseOptions, parse};
use smartexus_simulation::{PaperTally, ReadPapers, TruePaper};

const SEEDS: std::ops::RangeInclusive<u64> = 1..=40;
/// Accounts that were once read a thousand times too large, for a figure such as 12.000,00 in their first lines.
const ONCE_SCALED: [u64; 2] = [319, 775];
/// What is read right today, in percent; `cargo bench-all --kinds` says more.
const LEAST_PAGES: usize = 97;
const LEAST_SPLIT: usize = 95;
const LEAST_FACTS: usize = 95;

fn read(packet: &Packet) -> Reading {
    let pages = smartexus_extract::extract(&packet.document, &Default::default()).unwrap();
    parse(Input::Pages(&pages), &ParseOptions::default()).unwrap()
}

fn printed(packet: &Packet) -> Vec<TruePaper<'_>> {
    let page = |number: usize| u32::try_from(number).unwrap();
    let paper = |paper: &'static str, first, last| (paper, page(first), page(last));
    packet
        .papers
        .iter()
        .map(|one| {
            let (kind, first_page, last_page) = paper(one.kind, one.first_page, one.last_page);
            TruePaper { kind, first_page, last_page, facts: &one.facts, is_proved: one.is_proved }
        })
        .collect()
}

#[test]
fn pages_have_their_kinds_papers_their_ends_and_facts_their_values() {
    let mut tally = PaperTally::default();
    for seed in SEEDS.chain(ONCE_SCALED) {
        let packet = papers::make(seed);
        let reading = read(&packet);
        let read = ReadPapers { kind: reading.kind, children: &reading.children, facts: &reading.facts };
        for line in tally.add(&printed(&packet), read) {
            println!("seed {seed}: {line}");
        }
        let rows = reading.statements.iter().flat_map(|statement| &statement.transactions);
        let pages: Vec<u32> = rows.filter_map(|row| row.source.map(|source| source.page)).collect();
        for paper in printed(&packet).iter().filter(|paper| !paper.kind.ends_with("_statement")) {
            let is_inside = |page: &&u32| (paper.first_page..=paper.last_page).contains(*page);
            assert_eq!(pages.iter().find(is_inside), None, "seed {seed}: rows out of a {}", paper.kind);
        }
    }
    let (right, all) = tally.pages();
    assert!(right * 100 >= all * LEAST_PAGES, "{right} of {all} pages");
    assert!(tally.split * 100 >= tally.files * LEAST_SPLIT, "{} of {} files", tally.split, tally.files);
    let facts: (usize, usize) =
        tally.kinds.values().fold((0, 0), |sum, kind| (sum.0 + kind.right, sum.1 + kind.facts));
    assert!(facts.0 * 100 >= facts.1 * LEAST_FACTS, "{facts:?}");
    assert_eq!(tally.kinds.values().map(|kind| kind.falsely).sum::<usize>(), 0);
}

#[test]
fn a_changed_amount_is_proved_no_more() {
    let mut changed = 0;
    for seed in SEEDS {
        let packet = papers::make(seed);
        let mut reading = read(&packet);
        if !reading.children.is_empty() || !is_proved(&reading) {
            continue;
        }
        let total = match reading.kind {
            DocumentKind::Invoice => "invoice.total",
            DocumentKind::Payslip => "payslip.net",
            DocumentKind::ProfitAndLoss => "profit_and_loss.line[0].amount[0]",
            DocumentKind::BalanceSheet => "balance_sheet.line[0].amount[0]",
            DocumentKind::BankStatement
            | DocumentKind::CardStatement
            | DocumentKind::TaxForm
            | DocumentKind::ApplicationForm
            | DocumentKind::Identity
            | DocumentKind::Other => continue,
        };
        let fact = reading.facts.iter_mut().find(|fact| fact.key == total).unwrap();
        fact.value.insert(if fact.value.starts_with('-') { 1 } else { 0 }, '7');
        let facts: Vec<_> = reading.facts.iter().collect();
        assert_eq!(prove_paper(reading.kind, &facts).proof, PaperProof::Failed, "seed {seed}");
        assert!(!is_proved(&reading));
        changed += 1;
    }
    assert!(changed >= 8, "{changed}");
}
