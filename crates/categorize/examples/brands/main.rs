//! Makes `pipelines/categories/brands.txt` out of the data of name-suggestion-index.
//!
//! `cargo run --release -p smartexus-categorize --example brands -- nsi.json pipelines/categories`

#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it talks to a person in a terminal")]

use serde_json::Value;
use smartexus_categorize::training::fold_words;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;

/// Where statements in the languages that are read come from; `001` is the world, three digits are its parts.
const PLACES: &str = "001 002 005 013 019 021 029 039 053 150 151 154 155 us gb ie au nz ca za de at ch li lu fr be nl es \
                      mx ar cl co uy pe ec ve bo py cr pa gt do pt br it";
/// Letters that an alias needs and may have.
const LETTERS_MIN: usize = 4;
const LETTERS_MAX: usize = 32;
/// Words that an alias may have.
const WORDS_MAX: usize = 5;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [nsi, folder] = words.as_slice() else {
        eprintln!("usage: brands nsi.json pipelines/categories");
        return ExitCode::from(2);
    };
    match run(Path::new(nsi), Path::new(folder)) {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(nsi: &Path, folder: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let root: Value = serde_json::from_slice(&std::fs::read(nsi)?)?;
    let version = root["_meta"]["version"].as_str().unwrap_or("unknown").to_owned();
    let paths = list(include_str!("../../training/brand_paths.txt"));
    let known: BTreeSet<String> = ["merchants.txt", "trades.txt"]
        .iter()
        .map(|file| std::fs::read_to_string(folder.join(file)))
        .collect::<Result<Vec<_>, _>>()?
        .iter()
        .flat_map(|text| list(text))
        .map(|(_, alias)| letters(&alias))
        .collect();
    let mut leaves: BTreeMap<String, BTreeMap<String, (String, usize)>> = BTreeMap::new();
    for (leaf, path) in &paths {
        for item in root["nsi"][path.as_str()]["items"].as_array().into_iter().flatten() {
            for name in names(item) {
                let places = places(item);
                if places == 0 || known.contains(&letters(&name)) {
                    continue;
                }
                let meant = leaves.entry(letters(&name)).or_default();
                meant.entry(leaf.clone()).or_insert((name, 0)).1 += places;
            }
        }
    }
    let (text, count, dropped) = written(&leaves, &version);
    std::fs::write(folder.join("brands.txt"), text)?;
    Ok(format!(
        "{count} brands of name-suggestion-index {version}; {dropped} names mean two things and are left out"
    ))
}

/// One leaf a name: where the data has several, the one with more places, if it leads clearly.
fn written(
    leaves: &BTreeMap<String, BTreeMap<String, (String, usize)>>,
    version: &str,
) -> (String, usize, usize) {
    let (mut by_leaf, mut count, mut dropped) = (BTreeMap::<&str, Vec<&str>>::new(), 0, 0);
    for meant in leaves.values() {
        let mut ranked: Vec<_> = meant.iter().map(|(leaf, (name, places))| (*places, leaf, name)).collect();
        ranked.sort_by(|a, b| b.cmp(a));
        match ranked.as_slice() {
            [(_, leaf, name)] => {
                by_leaf.entry(leaf).or_default().push(name);
                count += 1;
            }
            [(most, leaf, name), (next, ..), ..] if *most >= 2 * next => {
                by_leaf.entry(leaf).or_default().push(name);
                count += 1;
            }
            _ => dropped += 1,
        }
    }
    let mut text = format!(
        "# leaf id: name|name|...   Names of brands and operators from name-suggestion-index {version}, made by the example\n\
         # `brands` of smartexus-categorize. Copyright of its contributors, BSD-3-Clause: brands.LICENSE beside this file.\n"
    );
    for (leaf, mut names) in by_leaf {
        names.sort_unstable();
        text.push_str(&format!("{leaf}: {}\n", names.join("|")));
    }
    (text, count, dropped)
}

/// The names of an item that are written in Latin letters.
fn names(item: &Value) -> BTreeSet<String> {
    let tags = ["name", "brand", "operator", "short_name", "network", "brand:en", "name:en"];
    let shown = tags.iter().filter_map(|tag| item["tags"][*tag].as_str()).chain(item["displayName"].as_str());
    shown.map(fold_words).filter(|name| good(name)).collect()
}

fn good(name: &str) -> bool {
    let letters = letters(name);
    let latin = letters.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let named = letters.bytes().filter(u8::is_ascii_lowercase).count() >= LETTERS_MIN;
    latin && named && letters.len() <= LETTERS_MAX && name.split(' ').count() <= WORDS_MAX
}

/// In how many of the places the item is found.
fn places(item: &Value) -> usize {
    let wanted: BTreeSet<&str> = PLACES.split_whitespace().collect();
    let included = item["locationSet"]["include"].as_array();
    let of = |place: &Value| match place.as_str() {
        // A part of a country: `us-tx`, or a shape `de-by.geojson`.
        Some(id) => wanted.contains(id.split(['-', '.']).next().unwrap_or(id)),
        // A circle on the map tells no country.
        None => true,
    };
    included.map_or(1, |places| places.iter().filter(|place| of(place)).count())
}

/// `key: a|b` as pairs.
fn list(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let split = lines.filter_map(|line| line.split_once(':'));
    split
        .flat_map(|(key, all)| all.split('|').map(|one| (key.trim().to_owned(), one.trim().to_owned())))
        .collect()
}

fn letters(name: &str) -> String {
    name.chars().filter(|c| *c != ' ').collect()
}
