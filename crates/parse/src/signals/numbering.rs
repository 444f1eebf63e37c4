//! Page numbers and carried balances that miss a step.

use super::scene::Scene;
use crate::lexicon::fold;
use smartexus_domain::{CheckName, Outcome, Page, Signal, SignalName};

/// What a page is called before its number, folded.
const PAGE_WORDS: [&str; 11] =
    ["page", "sheet", "blad", "seite", "pagina", "blatt", "pag", "pg", "feuille", "hoja", "folio"];
/// None of them is longer, with a mark behind it.
const PAGE_WORD_BYTES_MAX: usize = 10;
/// What stands between the number and the total.
const OF_WORDS: [&str; 10] = ["of", "von", "sur", "de", "di", "da", "van", "out", "/", "aus"];
/// No document of more pages is numbered so.
const PAGES_MAX: u32 = 2_000;

/// "Page 2 of 5".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Number {
    at: u32,
    of: u32,
}

/// Consecutive numbers of one total.
struct Run {
    first: Number,
    last: Number,
    pages: Vec<u32>,
    missing: Vec<u32>,
}

pub(super) fn judge(scene: &Scene<'_>) -> Vec<Signal> {
    let numbers: Vec<(u32, Option<Number>)> =
        scene.pages.iter().map(|page| (page.page, number(page))).collect();
    let unnumbered = numbers.iter().filter(|(_, number)| number.is_none()).count();
    let runs = runs(&numbers);
    let rows: Vec<u32> = scene.row_pages().iter().map(|page| page.page).collect();
    // A notice in between has numbers of its own, and may be one page of its own document.
    let counts = |run: &&Run| {
        runs.len() == 1 || run.pages.len() > 1 || run.pages.iter().any(|page| rows.contains(page))
    };
    let broken = runs.iter().filter(counts).filter_map(|run| gap(run, unnumbered));
    broken.chain(scene.statements.iter().filter_map(carry)).collect()
}

/// Pages without a number may be the missing ones.
fn gap(run: &Run, unnumbered: usize) -> Option<Signal> {
    let mut missing: Vec<u32> = (1..run.first.at).collect();
    missing.extend(&run.missing);
    missing.extend(run.last.at.saturating_add(1)..=run.last.of);
    if missing.is_empty() || unnumbered >= missing.len() {
        return None;
    }
    let named: Vec<String> = missing.iter().take(5).map(u32::to_string).collect();
    let more = if missing.len() > named.len() { " and more" } else { "" };
    let evidence = format!(
        "The pages are numbered up to {}, and page {}{more} is not in the file.",
        run.last.of,
        named.join(", ")
    );
    let signal = Signal::new(SignalName::PageGap, evidence);
    let signal = signal.showing(run.last.of.to_string(), run.pages.len().to_string());
    Some(match run.pages.first() {
        Some(page) => signal.on_page(*page),
        None => signal,
    })
}

fn runs(numbers: &[(u32, Option<Number>)]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (page, number) in numbers.iter().filter_map(|(page, number)| Some((*page, (*number)?))) {
        match runs.last_mut() {
            Some(run) if run.last.of == number.of && number.at >= run.last.at => {
                run.missing.extend(run.last.at.saturating_add(1)..number.at);
                run.last = number;
                run.pages.push(page);
            }
            _ => runs.push(Run { first: number, last: number, pages: vec![page], missing: Vec::new() }),
        }
    }
    runs
}

/// The number that a page prints of itself.
fn number(page: &Page) -> Option<Number> {
    page.text.lines().find_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let at = |index: usize| words.get(index).copied().unwrap_or_default();
        // Folding every word of a page would cost more than all the rest.
        let may_be = |word: &str| {
            word.len() <= PAGE_WORD_BYTES_MAX
                && word.starts_with(['p', 'P', 's', 'S', 'b', 'B', 'f', 'F', 'h', 'H'])
        };
        let is_page = |index: &usize| may_be(at(*index)) && PAGE_WORDS.contains(&fold(at(*index)).trim());
        let starts = (0..words.len()).filter(is_page);
        starts.map(|start| start + 1).find_map(|first| {
            let glued = at(first).split_once('/');
            let (number, total) = match glued {
                Some((number, total)) if !total.is_empty() => (number, total),
                Some((number, _)) => (number, at(first + 1)),
                None if OF_WORDS.contains(&at(first + 1).to_lowercase().as_str()) => {
                    (at(first), at(first + 2))
                }
                None => return None,
            };
            let digits = |text: &str| text.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok();
            let number = Number { at: digits(number)?, of: digits(total)? };
            (1..=number.of).contains(&number.at).then_some(number).filter(|number| number.of <= PAGES_MAX)
        })
    })
}

/// The balance carried from a page is not that brought to the next.
fn carry(statement: &smartexus_domain::Statement) -> Option<Signal> {
    let fails = |check: &&smartexus_domain::Check| {
        check.check == CheckName::PageCarry && check.outcome == Outcome::Fail
    };
    statement.checks.iter().find(fails)?;
    let evidence = "The balance carried forward from a page is not the one brought forward to the next.";
    Some(Signal::new(SignalName::PageGap, evidence))
}

#[cfg(test)]
mod unit {
    use super::*;

    fn number_of(text: &str) -> Option<(u32, u32)> {
        number(&super::super::tests::page(1, &[text])).map(|number| (number.at, number.of))
    }

    #[test]
    fn numbers_in_several_languages() {
        for text in
            ["Page 2 of 5", "Seite 2 von 5", "IBAN X Página 2 de 5", "Blatt: 2/5", "page 2/ 5", "PAGE 2 / 5"]
        {
            assert_eq!(number_of(text), Some((2, 5)), "{text}");
        }
        for text in ["Page 2", "2 of 5", "Page 6 of 5", "Page two of five", "Page 1 of 99999"] {
            assert_eq!(number_of(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_missing() {
        let missing = |pairs: &[Option<(u32, u32)>]| -> Vec<Vec<u32>> {
            let number = |pair: &(u32, u32)| Number { at: pair.0, of: pair.1 };
            let numbers: Vec<_> =
                (1..).zip(pairs).map(|(page, pair)| (page, pair.as_ref().map(number))).collect();
            let unnumbered = pairs.iter().filter(|pair| pair.is_none()).count();
            runs(&numbers)
                .iter()
                .filter_map(|run| gap(run, unnumbered))
                .map(|s| {
                    s.evidence
                        .split("page ")
                        .nth(1)
                        .unwrap_or_default()
                        .split(' ')
                        .filter_map(|w| w.trim_end_matches(',').parse().ok())
                        .collect()
                })
                .collect()
        };
        assert_eq!(missing(&[Some((1, 3)), Some((2, 3)), Some((3, 3))]), Vec::<Vec<u32>>::new());
        assert_eq!(missing(&[Some((1, 3)), Some((3, 3))]), [[2]]);
        assert_eq!(missing(&[Some((2, 3)), Some((3, 3))]), [[1]]);
        assert_eq!(missing(&[Some((1, 3)), Some((2, 3))]), [[3]]);
        assert_eq!(
            missing(&[Some((1, 2)), Some((2, 2)), Some((1, 2)), Some((2, 2))]),
            Vec::<Vec<u32>>::new()
        );
        assert_eq!(missing(&[Some((1, 2)), None]), Vec::<Vec<u32>>::new());
        assert_eq!(
            missing(&[Some((1, 2)), Some((1, 2)), Some((2, 2)), Some((2, 2))]),
            Vec::<Vec<u32>>::new()
        );
    }
}
