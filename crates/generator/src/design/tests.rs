use super::axes::{Axes, DateShow};
use super::{Draft, calendar, make, mutant, sheet};
use crate::canvas::{DrawnPage, DrawnWord};
use crate::truth::Balances;
use std::collections::{BTreeMap, BTreeSet};

/// Seeds that are looked at one by one.
const SEEDS: u64 = 500;

fn pages(draft: &Draft) -> Vec<DrawnPage> {
    sheet::draw(&draft.axes, &draft.plan, &draft.books, 9).finish()
}

#[test]
fn a_seed_gives_the_same_bytes() {
    for seed in [1, 77, 4_096] {
        let (one, two) = (make(seed), make(seed));
        assert!(one.document == two.document && one.truth == two.truth && one.words == two.words);
        assert_ne!(one.document, make(seed + 1).document);
    }
}

#[test]
fn every_value_of_every_axis_occurs() {
    let mut seen: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for seed in 1..=2_000 {
        for (axis, value) in Draft::new(seed).axes.named() {
            seen.entry(axis).or_default().insert(value);
        }
    }
    for (axis, values) in Axes::values() {
        let missing: Vec<&&str> = values.iter().filter(|value| !seen[axis].contains(**value)).collect();
        assert!(missing.is_empty(), "{axis}: {missing:?}");
    }
    let still: Vec<&&str> =
        seen.iter().filter(|(_, values)| values.len() < 2).map(|(axis, _)| axis).collect();
    assert!(still.is_empty(), "one value only: {still:?}");
    assert_eq!(seen["country"].len(), super::country::COUNTRIES.len());
}

#[test]
fn nothing_is_drawn_outside_the_page_or_over_other_words() {
    let mut faults = Vec::new();
    for seed in 1..=SEEDS {
        let draft = Draft::new(seed);
        let (width, height) = {
            let canvas = super::canvas(&draft.axes, 0);
            (canvas.width, canvas.height)
        };
        for (number, page) in pages(&draft).iter().enumerate() {
            let outside = page.words.iter().find(|w| {
                let [x0, y0, x1, y1] = w.bounds;
                x0 < 8.0 || y0 < 8.0 || x1 > width - 8.0 || y1 > height - 8.0
            });
            if let Some(word) = outside {
                faults.push(format!("seed {seed} page {number}: {:?} is outside", word.text));
            }
            if let Some((one, two)) = overlap(&page.words) {
                faults.push(format!("seed {seed} page {number}: {:?} over {:?}", one.text, two.text));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(25)].join("\n"));
}

/// Two words that share more than a hair.
fn overlap(words: &[DrawnWord]) -> Option<(&DrawnWord, &DrawnWord)> {
    let mut order: Vec<&DrawnWord> = words.iter().collect();
    order.sort_by(|a, b| a.bounds[1].total_cmp(&b.bounds[1]));
    order.iter().enumerate().find_map(|(index, one)| {
        let [x0, _, x1, y1] = one.bounds;
        let near = order[index + 1..].iter().take_while(|two| two.bounds[1] < y1 - 0.8);
        near.into_iter()
            .find(|two| two.bounds[0] < x1 - 0.3 && two.bounds[2] > x0 + 0.3)
            .map(|two| (*one, *two))
    })
}

/// Digits of every word, and of words that follow each other: a group may be set apart by a space.
fn digits(pages: &[DrawnPage]) -> BTreeSet<String> {
    let of = |word: &DrawnWord| word.text.chars().filter(char::is_ascii_digit).collect::<String>();
    let mut out = BTreeSet::new();
    for page in pages {
        let words: Vec<String> = page.words.iter().map(of).collect();
        for start in 0..words.len() {
            for end in start + 1..=(start + 5).min(words.len()) {
                out.insert(words[start..end].concat());
            }
        }
    }
    out
}

#[test]
fn what_the_truth_says_is_printed() {
    for seed in 1..=SEEDS {
        let draft = Draft::new(seed);
        let (axes, pages) = (&draft.axes, pages(&draft));
        let printed: BTreeSet<&str> =
            pages.iter().flat_map(|page| &page.words).map(|word| word.text.as_str()).collect();
        let figures = digits(&pages);
        let is_figure = |minor: i64| figures.contains(&format!("{:03}", minor.unsigned_abs()));
        for book in &draft.books {
            for (index, entry) in book.entries.iter().enumerate() {
                let day = match axes.date_show {
                    DateShow::Heading => calendar::heading(axes.country, entry.date),
                    DateShow::Every | DateShow::Once => axes.days.format(axes.country, entry.date),
                };
                let words =
                    day.split_whitespace().chain(entry.lines.iter().flat_map(|line| line.split_whitespace()));
                for word in words {
                    assert!(printed.contains(word), "seed {seed}: {word:?} of row {index} is not printed");
                }
                assert!(is_figure(entry.amount), "seed {seed}: amount of row {index}");
                let has_balance = axes.balances == Balances::Every
                    || axes.balances == Balances::DayEnd && book.ends_day(index);
                assert!(!has_balance || is_figure(entry.balance), "seed {seed}: balance of row {index}");
            }
            let shows = draft.shows();
            assert!(!shows.opening || is_figure(book.opening), "seed {seed}: opening");
            assert!(!shows.closing || is_figure(book.closing), "seed {seed}: closing");
        }
    }
}

#[test]
fn the_sums_hold() {
    for seed in 1..=SEEDS {
        for book in Draft::new(seed).books {
            let mut balance = book.opening;
            for entry in &book.entries {
                balance += entry.amount;
                assert_eq!(balance, entry.balance, "seed {seed}");
                assert!((book.start..=book.end).contains(&entry.date) && entry.amount != 0, "seed {seed}");
            }
            assert_eq!(balance, book.closing, "seed {seed}");
            assert_eq!(book.opening + book.credits + book.debits, book.closing, "seed {seed}");
            assert!(book.entries.is_sorted_by_key(|entry| entry.date), "seed {seed}");
        }
    }
}

#[test]
fn every_character_has_a_glyph() {
    for seed in 1..=SEEDS {
        let draft = Draft::new(seed);
        let family = draft.axes.family;
        for word in pages(&draft).iter().flat_map(|page| &page.words) {
            let unknown =
                word.text.chars().find(|c| *c != '?' && family.encode(&c.to_string()) == family.encode("?"));
            assert_eq!(unknown, None, "seed {seed}: {:?}", word.text);
        }
    }
}

#[test]
fn a_mutant_says_something_else() {
    let mut made = 0;
    for seed in 1..=120 {
        let honest = make(seed);
        if let Some(mutant) = mutant(seed, seed * 31) {
            made += 1;
            assert_ne!(honest.words, mutant.words, "seed {seed}: {:?} is not seen", mutant.change);
            assert_ne!(honest.truth, mutant.truth, "seed {seed}: {:?}", mutant.change);
        }
    }
    assert!(made > 80, "{made}");
}
