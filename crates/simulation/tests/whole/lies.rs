//! What is known about an issuer may be wrong, by mistake or on purpose.

use super::designs::{figures, truth};
use serde_json::{Value, json};
use smartexus_domain::{Pages, Verdict};
use smartexus_generator::design;
use smartexus_parse::{Input, IssuerHint, ParseOptions, parse};
use smartexus_simulation::Dice;

const SEEDS: std::ops::RangeInclusive<u64> = 1..=60;
/// Of every seed so many sets of three hints.
const SETS: u64 = 3;
const ROLES: [&str; 9] =
    ["date", "value_date", "description", "out", "in", "amount", "balance", "ignored", "direction"];
const HEADINGS: [&str; 10] = [
    "Date",
    "Description",
    "Amount",
    "Balance",
    "Datum",
    "Betrag",
    "Saldo",
    "Money in",
    "Money out",
    "Details",
];

/// A line of words at the head of the document, for a hint to recognize it by.
fn head(pages: &Pages) -> String {
    let lines = pages.pages.iter().take(1).flat_map(|page| page.text.lines());
    let mut named = lines.filter(|line| line.split_whitespace().count() > 1);
    let words: Vec<&str> = named.next().unwrap_or_default().split_whitespace().take(3).collect();
    words.join(" ")
}

/// A hint that says things drawn from a seed: columns anywhere, headings that mean anything.
fn lie(head: &str, width: f64, dice: &mut Dice) -> IssuerHint {
    let width = format!("{width:.0}").parse::<usize>().unwrap();
    let word = |dice: &mut Dice, words: &[&str]| (*dice.pick(words).unwrap()).to_owned();
    let mut places: Vec<usize> = (0..8 + 2 * dice.below(4)).map(|_| 15 + dice.below(width - 30)).collect();
    places.sort_unstable();
    places.dedup();
    let pairs = places.chunks_exact(2).map(|pair| (pair[0], pair[1]));
    let edges: Vec<Value> = pairs
        .map(|(left, right)| json!({ "role": word(dice, &ROLES), "left": left, "right": right }))
        .collect();
    let headings: Vec<Value> =
        HEADINGS.iter().map(|words| json!({ "words": words, "role": word(dice, &ROLES) })).collect();
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
        let pages = smartexus_extract::extract(&design.document, &Default::default()).unwrap();
        let printed: Vec<_> = truth(&design).iter().map(figures).collect();
        let read = |hints: Vec<IssuerHint>| {
            let options = ParseOptions { hints, ..ParseOptions::default() };
            parse(Input::Pages(&pages), &options).unwrap().statements
        };
        let plain = read(Vec::new());
        let mut dice = Dice::seeded(seed);
        for _ in 0..SETS {
            let hints = (0..3).map(|_| lie(&head(&pages), pages.pages[0].width, &mut dice)).collect();
            let lied_to = read(hints);
            otherwise += usize::from(lied_to != plain);
            for statement in lied_to.iter().filter(|statement| statement.verdict == Verdict::Verified) {
                verified += 1;
                assert!(printed.contains(&figures(statement)), "seed {seed}");
            }
            if plain.iter().all(|statement| statement.verdict == Verdict::Verified) {
                assert_eq!(lied_to, plain, "seed {seed}: what was proved without a hint stays as it was");
            }
        }
    }
    println!("{verified} verified statements, {otherwise} readings that a lie changed");
    assert!(verified > 0 && otherwise > 0);
}
