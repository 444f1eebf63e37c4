//! Each stage alone, fed what the stage before it should have given.

use smartexus_domain::{Page, Reading, Rect, Verdict};
use smartexus_extract::{ExtractOptions, extract, sniff};
use smartexus_parse::{Input, ParseOptions, parse};
use smartexus_simulation::{Fixture, GoldenPage, GoldenWord, Repository, differences};
use std::collections::HashMap;

/// How far an edge may lie from where the word was drawn, in points.
const EDGE_POINTS: f64 = 1.5;

#[test]
fn extract_finds_every_word_in_its_place() {
    let repository = Repository::here();
    let (mut words, mut wrong) = (0, Vec::new());
    for fixture in Fixture::all(&repository).unwrap().iter().filter(|f| !f.pages().is_empty()) {
        let bytes = std::fs::read(repository.root().join(fixture.source())).unwrap();
        let pages = extract(&bytes, &ExtractOptions::default()).unwrap().pages;
        assert_eq!(pages.len(), fixture.pages().len(), "{}", fixture.name());
        for (golden, page) in fixture.pages().iter().zip(&pages) {
            words += golden.words.len();
            wrong.extend(
                misplaced(golden, page).into_iter().map(|what| format!("{}: {what}", fixture.name())),
            );
        }
    }
    println!("{words} words");
    let shown: Vec<_> = wrong.iter().take(20).collect();
    assert!(wrong.is_empty() && words > 1_000, "{} of {words} words: {shown:#?}", wrong.len());
}

/// Words that are missing, elsewhere, or too many.
fn misplaced(golden: &GoldenPage, page: &Page) -> Vec<String> {
    let mut wrong = Vec::new();
    if !near(golden.width, page.width) || !near(golden.height, page.height) {
        wrong.push(format!("page {} is {} × {}", golden.page, page.width, page.height));
    }
    let mut free: HashMap<&str, Vec<_>> = HashMap::new();
    for word in &page.words {
        free.entry(&word.text).or_default().push((word.bounds, word.angle));
    }
    for word in &golden.words {
        let places = free.entry(&word.text).or_default();
        match places.iter().position(|(place, angle)| holds(*place, *angle, word.bounds)) {
            Some(at) => {
                places.swap_remove(at);
            }
            None => wrong.push(missing(golden, word, places.len())),
        }
    }
    let left: usize = free.values().map(Vec::len).sum();
    if left > 0 {
        wrong.push(format!("page {} has {left} words too many", golden.page));
    }
    wrong
}

/// Whether a word's box holds what was drawn: same middle, same edges along the line of writing. Across it the box
/// is the font size, three quarters above the baseline and one below, which no drawn letter leaves.
fn holds(place: Rect, angle: i16, drawn: Rect) -> bool {
    let middles = near(place.mid_x(), drawn.mid_x()) && near(place.mid_y(), drawn.mid_y());
    let along = angle != 0 || near(place.x0, drawn.x0) && near(place.x1, drawn.x1);
    let outer = place.union(drawn);
    let covers = [(outer.x0, place.x0), (outer.y0, place.y0), (outer.x1, place.x1), (outer.y1, place.y1)];
    middles && along && covers.into_iter().all(|(outer, own)| near(outer, own))
}

fn missing(page: &GoldenPage, word: &GoldenWord, elsewhere: usize) -> String {
    format!(
        "page {}: {:?} not at {:?} ({elsewhere} elsewhere)",
        page.page,
        word.text,
        <[f64; 4]>::from(word.bounds)
    )
}

#[expect(clippy::float_arithmetic, reason = "geometry")]
fn near(one: f64, two: f64) -> bool {
    (one - two).abs() <= EDGE_POINTS
}

#[test]
fn parse_reads_the_golden_words_exactly() {
    let repository = Repository::here();
    let mut wrong = Vec::new();
    for fixture in Fixture::all(&repository).unwrap() {
        let reading = read_golden(&repository, &fixture);
        wrong.extend(
            differences(fixture.statements(), &reading.statements)
                .into_iter()
                .take(1)
                .map(|what| format!("{}: {what}", fixture.name())),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// How many places a structured file is cut at.
const CUTS: usize = 60;

/// A download that stopped early may be read in part, but what is green is a statement of the whole file.
#[test]
fn a_structured_file_that_is_cut_is_never_verified_with_other_rows() {
    let repository = Repository::here();
    let (mut verified, mut wrong) = (0, Vec::new());
    for fixture in Fixture::all(&repository).unwrap().iter().filter(|f| f.pages().is_empty()) {
        let whole = std::fs::read(repository.root().join(fixture.source())).unwrap();
        for cut in 1..CUTS {
            let bytes = &whole[..whole.len() * cut / CUTS];
            let input = Input::Structured { media: sniff(bytes), bytes };
            let Ok(reading) = parse(input, &ParseOptions::default()) else { continue };
            for statement in reading.statements.iter().filter(|s| s.verdict == Verdict::Verified) {
                verified += 1;
                let read = std::slice::from_ref(statement);
                let holds = |truth| differences(std::slice::from_ref(truth), read).is_empty();
                if !fixture.statements().iter().any(holds) {
                    wrong.push(format!("{} at {cut}/{CUTS}", fixture.name()));
                }
            }
        }
    }
    assert!(verified > 0, "nothing was left to be wrong about");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The golden words in place of those that extract found; the rest of the page (sizes, order of reading) as extracted.
fn read_golden(repository: &Repository, fixture: &Fixture) -> Reading {
    let bytes = std::fs::read(repository.root().join(fixture.source())).unwrap();
    if fixture.pages().is_empty() {
        let input = Input::Structured { media: sniff(&bytes), bytes: &bytes };
        return parse(input, &ParseOptions::default()).unwrap();
    }
    let mut pages = extract(&bytes, &ExtractOptions::default()).unwrap();
    for (golden, page) in fixture.pages().iter().zip(&mut pages.pages) {
        for word in &mut page.words {
            let middle = |b: Rect| (b.mid_x(), b.mid_y());
            let (x, y) = middle(word.bounds);
            let place = golden
                .words
                .iter()
                .find(|g| g.text == word.text && near(middle(g.bounds).0, x) && near(middle(g.bounds).1, y));
            if let Some(place) = place {
                word.bounds = place.bounds;
            }
        }
    }
    parse(Input::Pages(&pages), &ParseOptions::default()).unwrap()
}
