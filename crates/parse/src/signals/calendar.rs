//! Dates that cannot be, lie outside the period, or are written unlike their column.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::geometry::distinct;
use super::scene::{Figure, Role, Scene};
use jiff::civil::Date;
use smartexus_domain::{
    CheckName, Outcome, Rect, Signal, SignalName, Statement, Transaction, Word, month_of,
};
use std::collections::{BTreeMap, HashSet};

/// A column of fewer dates has no style.
const COLUMN_LEAST: usize = 6;
/// At most so many of 100 dates are unlike their column.
const ODD_PERCENT: usize = 15;
/// Dates of a column start or end this close, in points.
const SAME_COLUMN_PT: f64 = 3.0;

/// A day without the name of its month has no fewer digits, wherever more than a guess is wanted.
const DIGITS_LEAST: usize = 3;

pub(super) fn judge(scene: &Scene<'_>) -> Vec<Signal> {
    let mut signals = impossible(scene);
    signals.extend(out_of_period(scene.statements));
    signals.extend(odd_styles(scene));
    signals
}

/// The first row outside the printed period of each statement.
pub(super) fn out_of_period(statements: &[Statement]) -> Vec<Signal> {
    let told = |statement: &Statement| {
        let is_out = |check: &&smartexus_domain::Check| {
            check.check == CheckName::DatesInPeriod && check.outcome == Outcome::Fail
        };
        let check = statement.checks.iter().find(is_out)?;
        let row = check.row.and_then(|seq| statement.transactions.iter().find(|row| row.seq == seq))?;
        let (expected, found) = (check.expected.clone()?, check.found.clone()?);
        let evidence = format!("Row {} is dated {found}, outside the period {expected}.", row.seq);
        let signal = Signal::new(SignalName::DateOutOfPeriod, evidence).showing(expected, found);
        Some(placed(signal, row))
    };
    statements.iter().filter_map(told).collect()
}

fn placed(signal: Signal, row: &Transaction) -> Signal {
    match row.source {
        Some(source) => signal.at(source.page, source.bounds),
        None => signal,
    }
}

/// Words in the column of dates that have the shape of its dates, and name no day of any year.
fn impossible(scene: &Scene<'_>) -> Vec<Signal> {
    let mut signals = Vec::new();
    for page in scene.pages {
        let dates: Vec<&Figure<'_>> =
            scene.figures.iter().filter(|f| f.role.is_date() && f.page == page.page).collect();
        if dates.len() < 2 {
            continue;
        }
        let shapes: HashSet<String> = dates.iter().map(|date| shape(&date.text)).collect();
        let taken: HashSet<*const Word> =
            dates.iter().flat_map(|date| &date.words).map(|word| std::ptr::from_ref(*word)).collect();
        let starts = distinct(dates.iter().map(|date| date.bounds.x0));
        let lengths = dates.iter().map(|date| date.words.len()).max().unwrap_or(1);
        for start in 0..page.words.len() {
            let Some(first) = page.words.get(start).filter(|word| is_in_column(word, &taken, &starts)) else {
                continue;
            };
            let run = (1..=lengths).rev().find_map(|count| {
                let run: Vec<&Word> = page.words.get(start..start + count)?.iter().collect();
                let text = super::scene::joined(&run);
                // “3.0” among others like it is a number: columns of them are taken for days now and then.
                let is_long = text.chars().any(char::is_alphabetic)
                    || text.bytes().filter(u8::is_ascii_digit).count() >= DIGITS_LEAST;
                (is_long && shapes.contains(&shape(&text)) && is_impossible(&text)).then_some((text, run))
            });
            if let Some((text, run)) = run {
                let bounds = run.iter().fold(first.bounds, |all, word| all.union(word.bounds));
                let evidence = format!("“{text}” on page {} is no day of the calendar.", page.page);
                let signal = Signal::new(SignalName::DateImpossible, evidence).at(page.page, bounds);
                signals.push(Signal { found: Some(text), ..signal });
            }
        }
    }
    signals
}

fn is_in_column(word: &Word, taken: &HashSet<*const Word>, starts: &[f64]) -> bool {
    let is_free = !taken.contains(&std::ptr::from_ref(word));
    let near = |start: &f64| (start - word.bounds.x0).abs() <= SAME_COLUMN_PT;
    is_free && word.text.bytes().any(|b| b.is_ascii_digit()) && starts.iter().any(near)
}

/// Digits as `0`, letters as `a`, all else as it is.
fn shape(text: &str) -> String {
    let sign = |c: char| match c {
        c if c.is_ascii_digit() => '0',
        c if c.is_alphabetic() => 'a',
        c => c,
    };
    text.chars().map(sign).collect()
}

/// Two or three numbers, or numbers around the name of a month, that are no day in any order and in no year.
fn is_impossible(text: &str) -> bool {
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let month = parts.iter().find_map(|part| month_of(part));
    let numbers: Vec<&str> =
        parts.iter().filter(|p| p.bytes().all(|b| b.is_ascii_digit())).copied().collect();
    let year = numbers.iter().find(|number| number.len() == 4).and_then(|number| number.parse::<i16>().ok());
    let small: Vec<i8> = numbers.iter().filter(|n| n.len() <= 2).filter_map(|n| n.parse().ok()).collect();
    // 29 February is a day of some years.
    let is_day = |day: i8, month: i8| Date::new(year.unwrap_or(2024), month, day).is_ok();
    match (month, small.as_slice()) {
        (Some(month), [day]) if parts.len() <= 3 => !is_day(*day, month),
        // A short year stands last.
        (Some(month), [day, _]) if parts.len() == 3 => !is_day(*day, month),
        (None, [a, b]) if year.is_some() || numbers.len() == 2 => !is_day(*a, *b) && !is_day(*b, *a),
        (None, [a, b, c]) => {
            let day = |day: i8, month: i8, year: i8| Date::new(2000 + i16::from(year), month, day).is_ok();
            !day(*a, *b, *c) && !day(*b, *a, *c)
        }
        _ => false,
    }
}

/// Few dates that are written unlike the others of their column.
fn odd_styles(scene: &Scene<'_>) -> Vec<Signal> {
    let mut columns: BTreeMap<(usize, Role), Vec<&Figure<'_>>> = BTreeMap::new();
    for figure in scene.figures.iter().filter(|f| f.role.is_date() && f.words.iter().all(|w| !w.recognized)) {
        columns.entry((figure.statement, figure.role)).or_default().push(figure);
    }
    columns
        .into_values()
        .filter(|column| column.len() >= COLUMN_LEAST)
        .flat_map(|column| odd(&column))
        .collect()
}

fn odd(column: &[&Figure<'_>]) -> Vec<Signal> {
    let is_padded = column.iter().any(|date| leads_with_zero(&date.text));
    let styles: Vec<String> = column.iter().map(|date| style(&date.text, is_padded)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    styles.iter().for_each(|style| *counts.entry(style).or_default() += 1);
    let Some((usual, _)) = counts.into_iter().max_by_key(|(_, count)| *count) else { return Vec::new() };
    // The year may stand on the first row of a page or of a year only.
    let is_usual = |style: &str| {
        let (style, usual) = (style.trim_end(), usual.trim_end());
        style.starts_with(usual) || usual.starts_with(style)
    };
    let rest = styles.iter().filter(|style| !is_usual(style)).count();
    if rest == 0 || rest * 100 > column.len() * ODD_PERCENT {
        return Vec::new();
    }
    let example = styles.iter().position(|style| style == usual).and_then(|at| column.get(at));
    let odd = column.iter().zip(&styles).filter(|(_, style)| !is_usual(style));
    odd.map(|(date, _)| {
        let other = example.map_or("", |example| &example.text);
        let evidence = format!(
            "The date “{}” on page {} is written unlike the others of its column, such as “{other}”.",
            date.text, date.page
        );
        let bounds: Rect = date.bounds;
        Signal::new(SignalName::DateStyle, evidence).at(date.page, bounds).showing(other, &date.text)
    })
    .collect()
}

fn leads_with_zero(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    numbers.any(|number| number.len() == 2 && number.starts_with('0'))
}

/// How a date is written: its separators, where its month is a name, how long its year is; and, in a column that writes zeros
/// before single digits, how many digits its numbers have. Names of months and days have many lengths and are one.
fn style(text: &str, is_padded: bool) -> String {
    let mut style = String::new();
    let mut digits = 0;
    for c in text.chars().chain([' ']) {
        if c.is_ascii_digit() {
            digits += 1;
            continue;
        }
        match digits {
            0 => {}
            4 => style.push('y'),
            1 if is_padded => style.push('1'),
            _ => style.push('n'),
        }
        digits = 0;
        match c {
            c if c.is_alphabetic() => {
                if !style.ends_with('a') {
                    style.push('a');
                }
            }
            // A point behind a shortened name comes and goes with the name.
            '.' if style.ends_with('a') => {}
            c => style.push(c),
        }
    }
    style
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn days_of_no_calendar() {
        for text in [
            "30.02.2026",
            "31/04/2026",
            "2026-02-30",
            "32 Mar",
            "30 Feb 2026",
            "Feb 30, 2026",
            "31.11.",
            "45/45/26",
            "32.03.26",
            "32 Oct 26",
        ] {
            assert!(is_impossible(text), "{text}");
        }
        for text in [
            "29.02.2024",
            "29 Feb",
            "03/13/2026",
            "13/03/2026",
            "12.12.",
            "12 Mar 26",
            "31 Mar",
            "2026",
            "1.234,56",
            "02 03",
        ] {
            assert!(!is_impossible(text), "{text}");
        }
        assert!(is_impossible("29.02.2026"));
    }

    #[test]
    fn styles_of_dates() {
        assert_eq!(style("02 Mar 2026", true), style("11 September 2026", true));
        assert_eq!(style("2. März", false), style("11. Sept.", false));
        assert_eq!(style("2.3.26", false), style("12.11.26", false));
        assert_ne!(style("2.3.26", true), style("02.03.26", true));
        assert_ne!(style("02/03/2026", true), style("02.03.2026", true));
        assert_ne!(style("02/03/2026", true), style("02/03/26", true));
    }
}
