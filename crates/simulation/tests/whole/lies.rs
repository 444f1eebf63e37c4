//! What is known about an issuer may be wrong, by mistake or on purpose.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::designs::{figures, truth};
use serde_json::{Value, json};
use smartexus_domain::{Pages, Statement, Verdict};
use smartexus_generator::design;
use smartexus_parse::{Input, IssuerHint, ParseOptions, parse};
use smartexus_simulation::Dice;

const SEEDS: std::ops::RangeInclusive<u64> = 1..=40;
/// Of every seed so many sets of three hints.
const SETS: u64 = 2;
const ROLES: [&str; 9] =
    ["date", "value_date", "description", "out", "in", "amount", "balance", "ignored", "direction"];
/// Most headings of one lie.
const HEADINGS_MAX: usize = 12;

/// A hint is asked only where no heading is known, so lines without a figure are put into words of no language.
fn without_known_headings(pages: &mut Pages) {
    for page in &mut pages.pages {
        let lines: Vec<String> = page.text.lines().map(strange_line).collect();
        page.text = lines.join("\n");
        let places: Vec<f64> =
            page.words.iter().filter(|word| has_figure(&word.text)).map(|word| word.bounds.mid_y()).collect();
        for word in &mut page.words {
            let middle = word.bounds.mid_y();
            if places.iter().all(|place| (place - middle).abs() > 4.0) {
                word.text = strange(&word.text);
            }
        }
    }
}

fn has_figure(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

fn strange_line(line: &str) -> String {
    if has_figure(line) { line.to_owned() } else { strange(line) }
}

/// Every vowel and every consonant becomes the one after the next.
fn strange(text: &str) -> String {
    let turned = |c: char| {
        let among = |list: &str| list.find(c).and_then(|at| list.chars().nth((at + 2) % list.len()));
        among("aeiou").or_else(|| among("bcdfghjklmnpqrstvwxyz")).unwrap_or(c)
    };
    text.to_lowercase().chars().map(turned).collect()
}

/// Words that may be headings.
fn words_without_figures(pages: &Pages) -> Vec<String> {
    let lines = pages.pages.iter().take(1).flat_map(|page| page.text.lines());
    let words = lines.filter(|line| !has_figure(line)).flat_map(str::split_whitespace);
    let long = words.filter(|word| word.chars().count() > 2 && word.chars().all(char::is_alphabetic));
    long.map(ToOwned::to_owned).collect()
}

/// A line of words at the head of the document, for a hint to recognize it by.
fn head(pages: &Pages) -> String {
    let lines = pages.pages.iter().take(1).flat_map(|page| page.text.lines());
    let mut named = lines.filter(|line| line.split_whitespace().count() > 1);
    let words: Vec<&str> = named.next().unwrap_or_default().split_whitespace().take(3).collect();
    words.join(" ")
}

/// A hint that says things drawn from a seed: columns anywhere, headings that mean anything.
fn lie(head: &str, words: &[String], width: f64, dice: &mut Dice) -> IssuerHint {
    let width = format!("{width:.0}").parse::<usize>().unwrap();
    let word = |dice: &mut Dice, words: &[&str]| (*dice.pick(words).unwrap()).to_owned();
    let mut places: Vec<usize> = (0..8 + 2 * dice.below(4)).map(|_| 15 + dice.below(width - 30)).collect();
    places.sort_unstable();
    places.dedup();
    let pairs = places.chunks_exact(2).map(|pair| (pair[0], pair[1]));
    let edges: Vec<Value> = pairs
        .map(|(left, right)| json!({ "role": word(dice, &ROLES), "left": left, "right": right }))
        .collect();
    let first = dice.below(words.len());
    let headings: Vec<Value> = words
        .iter()
        .skip(first)
        .take(HEADINGS_MAX)
        .map(|words| json!({ "words": words, "role": word(dice, &ROLES) }))
        .collect();
    let hint = json!({
        "name": "A lie",
        "recognize": { "phrases": [head] },
        "headings": headings,
        "columns": { "page_width": width, "edges": edges },
        "date_order": word(dice, &["day_month", "month_day"]),
        "numbers": word(dice, &["point", "comma"]),
        "signs": word(dice, &["columns", "columns_turned", "marks", "credits_marked", "sections", "balance_delta"]),
        "side": word(dice, &["asset", "liability"]),
        "currency": word(dice, &["EUR", "USD", "GBP"]),
    });
    serde_json::from_value(hint).unwrap()
}

#[test]
fn a_lying_hint_makes_no_wrong_figure_verified() {
    let (mut verified, mut otherwise) = (0, 0);
    for seed in SEEDS {
        let design = design::make(seed);
        let mut pages = smartexus_extract::extract(&design.document, &Default::default()).unwrap();
        without_known_headings(&mut pages);
        let words = words_without_figures(&pages);
        let printed: Vec<_> = truth(&design).iter().map(figures).collect();
        let read = |hints: Vec<IssuerHint>| {
            let options = ParseOptions { hints, ..ParseOptions::default() };
            parse(Input::Pages(&pages), &options).unwrap().statements
        };
        let plain = read(Vec::new());
        let mut dice = Dice::seeded(seed);
        for _ in 0..SETS {
            let hints = (0..3).map(|_| lie(&head(&pages), &words, pages.pages[0].width, &mut dice)).collect();
            let lied_to = read(hints);
            otherwise += usize::from(lied_to != plain);
            // Without its words a list of what somebody owes may read as one of what somebody has: that is no lie's doing.
            let own =
                |statement: &&Statement| statement.verdict == Verdict::Verified && !plain.contains(statement);
            for statement in lied_to.iter().filter(own) {
                verified += 1;
                assert!(printed.contains(&figures(statement)), "seed {seed}");
            }
            if plain.iter().all(|statement| statement.verdict == Verdict::Verified) {
                assert_eq!(lied_to, plain, "seed {seed}: what was proved without a hint stays as it was");
            }
        }
    }
    println!("{otherwise} readings that a lie changed, {verified} statements that one proved");
    assert!(otherwise > 0);
}
