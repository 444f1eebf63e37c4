//! Pages that are missing, there twice or out of their place, in statements that nobody wrote a rule for.

use super::designs::{figures, truth};
use smartexus_domain::{Pages, Reading, Verdict};
use smartexus_generator::design;
use smartexus_parse::{Input, ParseOptions, parse};

const SEEDS: std::ops::RangeInclusive<u64> = 1..=30;
/// What stands between the number and the total.
const BETWEEN: [&str; 9] = [" of ", " von ", " sur ", " de ", " di ", " da ", " van ", "/", " / "];

/// What pages are called.
const WORDS: [&str; 9] = ["Page", "Page:", "Sheet", "Seite", "Blatt", "Página", "Hoja", "Pagina", "Foglio"];

/// A statement's name and its figures.
type Figures = (String, Vec<String>);

/// The pages of a design that is read right, is proved, and numbers every page with its total.
fn numbered(seed: u64) -> Option<(Pages, Vec<Figures>)> {
    let design = design::make(seed);
    let pages = smartexus_extract::extract(&design.document, &Default::default()).unwrap();
    let total = pages.pages.len();
    // What stands before the number at the end of a line.
    let before = |number: usize, text: &str| -> Option<String> {
        let mut lines =
            text.lines().flat_map(|line| BETWEEN.map(|between| (line, format!("{number}{between}{total}"))));
        lines.find_map(|(line, printed)| {
            let before = line.trim_end().strip_suffix(printed.as_str())?;
            (!before.ends_with(|c: char| c.is_alphanumeric() || c == '/'))
                .then(|| before.trim_end().to_owned())
        })
    };
    let found: Vec<Option<String>> =
        (1..).zip(&pages.pages).map(|(number, page)| before(number, &page.text)).collect();
    let all = found.iter().all(Option::is_some);
    // Of two pages the number without a word that one of them has left may be a day.
    let has_word = |before: &Option<String>| {
        before.as_ref().is_some_and(|before| WORDS.iter().any(|word| before.ends_with(word)))
    };
    let total_min = if found.iter().all(has_word) { 2 } else { 3 };
    let printed: Vec<_> = truth(&design).iter().map(figures).collect();
    let reading = read(&pages);
    let is_right = reading.statements.iter().map(figures).collect::<Vec<_>>() == printed;
    (total >= total_min && all && is_right && is_proved(&reading)).then_some((pages, printed))
}

/// The same pages in another order: as if they had been scanned so.
fn with(pages: &Pages, order: &[usize]) -> Reading {
    let mut other = pages.clone();
    other.pages = order.iter().map(|at| pages.pages[*at].clone()).collect();
    (1..).zip(&mut other.pages).for_each(|(number, page)| page.page = number);
    read(&other)
}

fn read(pages: &Pages) -> Reading {
    parse(Input::Pages(pages), &ParseOptions::default()).unwrap()
}

fn is_proved(reading: &Reading) -> bool {
    reading.statements.iter().all(|statement| statement.verdict == Verdict::Verified)
}

fn tells(reading: &Reading, code: &str) -> bool {
    reading.findings.iter().any(|finding| finding.code == code)
}

#[test]
fn a_missing_page_is_told_and_nothing_of_its_statement_is_verified() {
    let mut cuts = 0;
    for (seed, (pages, printed)) in SEEDS.filter_map(|seed| Some((seed, numbered(seed)?))) {
        let total = pages.pages.len();
        for missing in 0..total {
            let rest: Vec<usize> = (0..total).filter(|at| *at != missing).collect();
            let reading = with(&pages, &rest);
            cuts += 1;
            assert!(tells(&reading, "page_missing"), "seed {seed} without page {}", missing + 1);
            for statement in reading.statements.iter().filter(|one| one.verdict == Verdict::Verified) {
                // Another account of the same file may be whole.
                assert!(printed.contains(&figures(statement)), "seed {seed} without page {}", missing + 1);
                assert!(printed.len() > 1, "seed {seed} without page {}", missing + 1);
            }
        }
    }
    println!("{cuts} documents that lack a page");
    assert!(cuts > 10, "{cuts}");
}

#[test]
fn a_page_that_is_there_twice_counts_once() {
    let (mut doubled, mut right) = (0, 0);
    for (seed, (pages, printed)) in SEEDS.filter_map(|seed| Some((seed, numbered(seed)?))) {
        let total = pages.pages.len();
        for twice in 0..total {
            let order: Vec<usize> = (0..=twice).chain(twice..total).collect();
            let reading = with(&pages, &order);
            doubled += 1;
            assert!(tells(&reading, "page_repeated"), "seed {seed} page {} twice", twice + 1);
            let same = reading.statements.iter().map(figures).collect::<Vec<_>>() == printed;
            assert!(same || !is_proved(&reading), "seed {seed} page {} twice", twice + 1);
            right += usize::from(same && is_proved(&reading));
        }
    }
    println!("{right} of {doubled} documents with a page twice are read as without it");
    assert!(doubled > 10 && right * 100 >= doubled * 90, "{right} of {doubled}");
}

#[test]
fn pages_out_of_their_place_are_read_as_their_numbers_say() {
    let (mut swapped, mut right) = (0, 0);
    for (seed, (pages, printed)) in SEEDS.filter_map(|seed| Some((seed, numbered(seed)?))) {
        let total = pages.pages.len();
        for first in 0..total - 1 {
            let mut order: Vec<usize> = (0..total).collect();
            order.swap(first, first + 1);
            let reading = with(&pages, &order);
            swapped += 1;
            assert!(tells(&reading, "pages_out_of_order"), "seed {seed} from page {}", first + 1);
            let mut read: Vec<_> = reading.statements.iter().map(figures).collect();
            let mut printed = printed.clone();
            read.sort();
            printed.sort();
            assert!(read == printed || !is_proved(&reading), "seed {seed} from page {}", first + 1);
            right += usize::from(read == printed && is_proved(&reading));
        }
    }
    println!("{right} of {swapped} documents with two pages swapped are read as before");
    assert!(swapped > 10 && right * 100 >= swapped * 90, "{right} of {swapped}");
}
