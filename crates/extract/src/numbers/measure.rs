//! Crops with a known text: cells of our own pages, rendered and damaged; and, by hand, the trainer's held-out crops.

#![expect(clippy::float_arithmetic, reason = "geometry and probabilities")]

use super::{NumberReader, NumberReading, ReadKind};
use crate::raster::Gray;
use smartexus_generator::scan::{Bitmap, Damage, pages};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures");
/// Pixels of paper around a word's box.
const MARGIN: f64 = 2.0;

/// How a page gets to be pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Capture {
    pub(super) dpi: u32,
    pub(super) damage: Damage,
    pub(super) seed: u64,
}

/// A crop and what it says.
pub(super) struct Cell {
    pub(super) kind: String,
    pub(super) text: String,
    pub(super) crop: Gray,
}

/// The numeric words of a case, cut out of its scanned pages.
pub(super) fn cells(case: &str, capture: Capture) -> Vec<Cell> {
    let folder = Path::new(FIXTURES).join(case);
    let document = std::fs::read(folder.join("document.pdf")).unwrap();
    let drawn = std::fs::read_to_string(folder.join("words.json")).unwrap();
    let drawn: serde_json::Value = serde_json::from_str(&drawn).unwrap();
    let mut cells = Vec::new();
    for (page, words) in pages(&document, capture.dpi).iter().zip(drawn["pages"].as_array().unwrap()) {
        let scan = capture.damage.apply(page, capture.seed);
        for word in words["words"].as_array().unwrap() {
            let text = plain(word["text"].as_str().unwrap());
            let is_turned = words["rotation"] != 0 || !word["angle"].is_null();
            if ReadKind::of(&text) == ReadKind::Number && !is_turned {
                let corners: Vec<f64> =
                    word["box"].as_array().unwrap().iter().map(|side| side.as_f64().unwrap()).collect();
                let kind = if is_date(&text) { "date" } else { "amount" }.to_owned();
                let crop = cut(&scan, &corners, capture.damage.lean.into());
                cells.extend(crop.map(|crop| Cell { kind, text, crop }));
            }
        }
    }
    cells
}

/// As the reader spells it.
fn plain(text: &str) -> String {
    text.replace(['\u{2212}', '\u{2013}'], "-").replace('\u{2019}', "'")
}

fn is_date(text: &str) -> bool {
    let has_month = text.chars().filter(char::is_ascii_alphabetic).count() >= 3;
    let parts = text.split(['/', '.', '-']).filter(|part| !part.is_empty()).count();
    has_month || parts == 3 || text.contains('/')
}

/// The pixels of a box in points, where the page leans.
fn cut(scan: &Bitmap, corners: &[f64], lean: f64) -> Option<Gray> {
    let [left, top, right, bottom] = <[f64; 4]>::try_from(corners.to_vec()).ok()?;
    let scale = f64::from(scan.dpi) / 72.0;
    let (sin, cos) = lean.to_radians().sin_cos();
    let (middle_x, middle_y) = (scan.width as f64 / 2.0, scan.height as f64 / 2.0);
    let turned = |x: f64, y: f64| {
        let (x, y) = (x * scale - middle_x, y * scale - middle_y);
        (x * cos - y * sin + middle_x, y * cos + x * sin + middle_y)
    };
    let corners = [turned(left, top), turned(right, top), turned(left, bottom), turned(right, bottom)];
    let edge = |value: f64, most: usize| (value.max(0.0) as usize).min(most);
    let least = |pick: fn(&(f64, f64)) -> f64| corners.iter().map(pick).fold(f64::MAX, f64::min) - MARGIN;
    let most = |pick: fn(&(f64, f64)) -> f64| corners.iter().map(pick).fold(0.0, f64::max) + MARGIN + 1.0;
    let (x0, x1) = (edge(least(|c| c.0), scan.width), edge(most(|c| c.0), scan.width));
    let (y0, y1) = (edge(least(|c| c.1), scan.height), edge(most(|c| c.1), scan.height));
    let rows = scan.pixels.chunks_exact(scan.width).skip(y0).take(y1.saturating_sub(y0));
    let pixels: Vec<u8> = rows.flat_map(|row| row.get(x0..x1).unwrap_or_default()).copied().collect();
    Gray::new(x1.saturating_sub(x0), y1.saturating_sub(y0), pixels)
}

/// How many were read, and how many of them exactly; how many were sure, and wrong all the same.
#[derive(Default)]
struct Tally {
    all: usize,
    right: usize,
    sure: usize,
    surely_wrong: usize,
}

const SURE: f64 = 0.95;

fn tallied(cells: &[Cell], readings: &[NumberReading]) -> BTreeMap<String, Tally> {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for (cell, reading) in cells.iter().zip(readings) {
        let tally = tallies.entry(cell.kind.clone()).or_default();
        let (is_right, is_sure) = (reading.text == cell.text, reading.confidence >= SURE);
        tally.all += 1;
        tally.right += usize::from(is_right);
        tally.sure += usize::from(is_sure);
        tally.surely_wrong += usize::from(is_sure && !is_right);
    }
    tallies
}

fn print(name: &str, cells: &[Cell], readings: &[NumberReading]) {
    for (kind, tally) in tallied(cells, readings) {
        let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        println!(
            "{name} {kind}: {} crops, {:.2} % exact; {:.1} % sure, of them {} wrong ({:.3} %)",
            tally.all,
            percent(tally.right, tally.all),
            percent(tally.sure, tally.all),
            tally.surely_wrong,
            percent(tally.surely_wrong, tally.sure),
        );
    }
}

/// How often readings of each confidence are right.
fn print_reliability(cells: &[Cell], readings: &[NumberReading]) {
    let bounds = [0.0, 0.2, 0.4, 0.6, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 1.01];
    for pair in bounds.windows(2) {
        let inside = cells.iter().zip(readings).filter(|(_, r)| (pair[0]..pair[1]).contains(&r.confidence));
        let inside: Vec<_> = inside.collect();
        let right = inside.iter().filter(|(cell, reading)| cell.text == reading.text).count();
        let mean = inside.iter().map(|(_, r)| r.confidence).sum::<f64>() / inside.len().max(1) as f64;
        let share = right as f64 / inside.len().max(1) as f64;
        println!(
            "said {:.2}–{:.2}: {} crops, mean {mean:.4}, right {share:.4}",
            pair[0],
            pair[1],
            inside.len()
        );
    }
}

#[test]
fn cells_of_scanned_pages_are_read() {
    let reader = NumberReader::new();
    let check = |case: &str, capture: Capture, least_percent: usize| {
        let cells = cells(case, capture);
        let crops: Vec<Gray> = cells.iter().map(|cell| cell.crop.clone()).collect();
        let readings = reader.read(&crops);
        let right = cells.iter().zip(&readings).filter(|(cell, reading)| cell.text == reading.text).count();
        assert!(right * 100 >= cells.len() * least_percent, "{case}: {right} of {}", cells.len());
        let surely_wrong = tallied(&cells, &readings).values().map(|tally| tally.surely_wrong).sum::<usize>();
        let is_surely_wrong = |(cell, reading): &(&Cell, &NumberReading)| {
            reading.text != cell.text && reading.confidence >= SURE
        };
        let wrong: Vec<_> = cells
            .iter()
            .zip(&readings)
            .filter(is_surely_wrong)
            .map(|(c, r)| (&c.text, &r.text, r.confidence))
            .collect();
        // Of many crops fewer than one in two hundred; of so few, one is no evidence against it.
        assert!(surely_wrong * 100 <= cells.len(), "{case}: {wrong:?} of {}", cells.len());
        assert!(cells.len() > 50, "{case}: {}", cells.len());
    };
    check("uk-current", Capture { dpi: 200, damage: Damage::LIGHT, seed: 1 }, 99);
    check("ch-privatkonto", Capture { dpi: 200, damage: Damage::HEAVY, seed: 2 }, 90);
}

/// By hand: `NUMBER_CROPS=… NUMBER_TRUTH=… cargo nextest run --release --workspace --run-ignored only --no-capture
/// -E 'test(measured_on_held_out_crops)'`. The two files come from `training/held_out.py`.
#[test]
#[ignore = "needs the trainer's held-out crops"]
#[expect(clippy::disallowed_methods, reason = "files by hand")]
fn measured_on_held_out_crops() {
    let file = |name: &str| std::fs::read(std::env::var(name).unwrap()).unwrap();
    let (pixels, truth) = (file("NUMBER_CROPS"), String::from_utf8(file("NUMBER_TRUTH")).unwrap());
    let mut pixels = pixels.as_slice();
    let mut take = |count: usize| pixels.split_off(..count).unwrap();
    let mut cells = Vec::new();
    for line in truth.lines() {
        let [kind, damage, text] = <[&str; 3]>::try_from(line.split('\t').collect::<Vec<_>>()).unwrap();
        let [width, height] = [(); 2].map(|()| u32::from_le_bytes(take(4).try_into().unwrap()) as usize);
        let crop = Gray::new(width, height, take(width * height).to_vec()).unwrap();
        let unseen = ["moved", "screened", "creased"].iter();
        let damage = unseen.fold(damage.to_owned(), |damage, name| damage.replace(name, "unseen"));
        let kind = format!("{kind} {damage} damage");
        cells.push(Cell { kind, text: text.to_owned(), crop });
    }
    let crops: Vec<Gray> = cells.iter().map(|cell| cell.crop.clone()).collect();
    let reader = NumberReader::new();
    let began = Instant::now();
    let readings = reader.read(&crops);
    println!("{:.3} ms a crop (wall, one thread)", began.elapsed().as_secs_f64() * 1e3 / crops.len() as f64);
    print("held out", &cells, &readings);
    print_reliability(&cells, &readings);
}

/// By hand, as above: the numeric words of every case.
#[test]
#[ignore = "renders every case several times"]
fn measured_on_cells_of_pages() {
    let reader = NumberReader::new();
    let mut cases: Vec<String> = std::fs::read_dir(FIXTURES)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| {
            entry.path().join("words.json").exists() && entry.path().join("document.pdf").exists()
        })
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    cases.sort();
    for (name, damage) in [("none", Damage::NONE), ("light", Damage::LIGHT), ("heavy", Damage::HEAVY)] {
        for dpi in [150, 200, 300] {
            let mut all = Vec::new();
            for (number, case) in cases.iter().enumerate() {
                all.extend(cells(case, Capture { dpi, damage, seed: number as u64 }));
            }
            let crops: Vec<Gray> = all.iter().map(|cell| cell.crop.clone()).collect();
            let readings = reader.read(&crops);
            print(&format!("pages {name} {dpi} dpi"), &all, &readings);
        }
    }
}
