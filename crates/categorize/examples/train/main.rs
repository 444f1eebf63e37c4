//! Trains `src/categories.model` from the files of `pipelines/categories/` and the tables of `training/`.
//!
//! `cargo run --release -p smartexus-categorize --example train -- crates/categorize/src/categories.model [--rows FILE]`

#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it talks to a person in a terminal")]
#![expect(clippy::float_arithmetic, reason = "weights and probabilities, never money")]
#![expect(clippy::indexing_slicing, reason = "a tool over its own tables: a wrong index shall stop it")]

mod calibrate;
mod chance;
mod generate;
mod invent;
mod learn;

use chance::Chance;
use generate::{Generator, Row};
use learn::Example;
use smartexus_categorize::training::{
    BUCKETS, MAGIC, STEPS, Source, WIDTH, aliases, fingerprint, look, untrained, with_model,
};
use smartexus_categorize::{CategoryId, Direction, RowWords, Rulebook};
use std::collections::{HashMap, HashSet};
use std::process::ExitCode;

/// The seed of everything that is invented and of the order in which it is learned.
const SEED: u64 = 20_261_130;
/// The largest factor of a bucket's weights.
const SCALE_MAX: f32 = 16.0;

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match words.as_slice() {
        [out] => run(out, None),
        [out, flag, rows] if flag == "--rows" => run(out, Some(rows)),
        _ => Err("usage: train FILE [--rows FILE]".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(out: &str, rows_file: Option<&String>) -> Result<(), Failure> {
    let rules = untrained()?;
    let rows = Generator::new(&rules, SEED).all()?;
    if let Some(file) = rows_file {
        std::fs::write(file, table(&rows, &rules))?;
    }
    let training: Vec<&Row> = rows.iter().filter(|row| !row.apart).collect();
    println!("{} rows, {} of them train", rows.len(), training.len());
    let common = common_words(&rules);
    let mut chance = Chance::new(SEED);
    let examples: Vec<Example> =
        training.iter().map(|row| example(row, &rules, &common, &mut chance)).collect();
    let weights = learn::learn(&examples, &[mask(&rules, Direction::In), mask(&rules, Direction::Out)], SEED);
    let mut model = file(&weights, &rules);
    let raw = with_model(&model)?;
    let apart: Vec<&Row> = rows.iter().filter(|row| row.apart).collect();
    let tables = calibrate::tables(&apart, &raw);
    let start = MAGIC.len() + 8 + 8 + 4;
    for (at, share) in tables.as_flattened().iter().enumerate() {
        model[start + at * 4..start + at * 4 + 4].copy_from_slice(&share.to_le_bytes());
    }
    std::fs::write(out, &model)?;
    println!("{out}: {} bytes", model.len());
    Ok(())
}

pub(crate) fn words(row: &Row) -> RowWords<'_> {
    RowWords { account: row.account, ..RowWords::plain(&row.description, row.direction) }
}

/// Words that stand in at least this many names of the lists say something about a business; others only say who it is,
/// and that the lists know already.
const NAMES_MIN: usize = 3;
/// Rows of a hundred in which a word that only names somebody is looked at all the same: for names that are misspelt.
const NAMED_KEPT: u64 = 15;

fn common_words(rules: &Rulebook) -> HashSet<String> {
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut common = HashSet::new();
    for (name, _, source) in aliases(rules) {
        let words: HashSet<&str> = name.split(' ').collect();
        for word in words {
            let count = names.entry(word.to_owned()).or_default();
            *count += 1;
            if *count >= NAMES_MIN || source == Source::Trade {
                common.insert(word.to_owned());
            }
        }
    }
    common
}

fn example(row: &Row, rules: &Rulebook, common: &HashSet<String>, chance: &mut Chance) -> Example {
    let seen = look(&words(row), rules, row.without.as_deref());
    let way = usize::from(row.direction == Direction::Out);
    let named = matches!(row.kind, "brand" | "name" | "ambiguous") && !chance.percent(NAMED_KEPT);
    let kept = |at: usize| {
        let own = seen.words[at].as_ref().is_some_and(|word| !common.contains(word));
        seen.hints.contains(&at) || !(named && own)
    };
    // Hints stand before words, so their place stays.
    let places = (0..seen.buckets.len()).filter(|at| kept(*at));
    Example {
        buckets: places.map(|at| seen.buckets[at]).collect(),
        hints: seen.hints.clone(),
        leaf: row.leaf,
        way,
    }
}

fn mask(rules: &Rulebook, direction: Direction) -> [bool; WIDTH] {
    let mut mask = [false; WIDTH];
    for (may, leaf) in mask.iter_mut().zip(rules.taxonomy().leaves()) {
        *may = leaf.direction.fits(direction) && leaf.id.as_str() != CategoryId::UNCATEGORIZED;
    }
    mask
}

/// Weights as bytes: one factor a bucket, so that small ones keep their digits.
fn file(weights: &[[f32; WIDTH]], rules: &Rulebook) -> Vec<u8> {
    let largest = |row: &[f32; WIDTH]| row.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
    let most = weights.iter().map(largest).fold(1e-6, f32::max);
    let unit = most / (127.0 * SCALE_MAX);
    let scales: Vec<f32> =
        weights.iter().map(|row| (largest(row) / (127.0 * unit)).ceil().clamp(1.0, SCALE_MAX)).collect();
    let mut bytes = MAGIC.to_vec();
    bytes.extend(fingerprint(rules).to_le_bytes());
    bytes.extend((BUCKETS as u64).to_le_bytes());
    bytes.extend(unit.to_le_bytes());
    bytes.extend([0; (STEPS + 1) * 3 * 4]);
    bytes.extend(scales.iter().map(|scale| whole(*scale).to_le_bytes()[0]));
    for (row, scale) in weights.iter().zip(&scales) {
        bytes
            .extend(row.iter().map(|weight| {
                whole((weight / (unit * scale)).round().clamp(-127.0, 127.0)).to_le_bytes()[0]
            }));
    }
    bytes
}

/// A whole number of a byte's size.
#[expect(clippy::cast_possible_truncation, reason = "clamped before")]
fn whole(value: f32) -> i16 {
    value as i16
}

/// The rows as fastText reads them, for the comparison: only those that train.
fn table(rows: &[Row], rules: &Rulebook) -> String {
    let leaves = rules.taxonomy().leaves();
    let line = |row: &Row| {
        let way = if row.direction == Direction::In { "money_in" } else { "money_out" };
        let folded = smartexus_categorize::training::fold_words(&row.description);
        format!("__label__{} {way} {folded}\n", leaves[row.leaf].id.as_str())
    };
    rows.iter().filter(|row| !row.apart).map(line).collect()
}
