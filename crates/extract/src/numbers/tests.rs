//! The net against its trainer, the sums against counting every way to say a text, readings against each other.

#![expect(clippy::float_arithmetic, reason = "geometry and probabilities")]

use super::crop::{HEIGHT, Normalized};
use super::decode::{Frame, most_probable};
use super::measure::{Capture, cells};
use super::net::{CLASSES, GLYPHS, Net};
use super::posterior::Posterior;
use super::{NumberReader, NumberReading, ReadKind};
use crate::raster::Gray;
use smartexus_generator::scan::Damage;

/// What the trainer's own arithmetic gave, written beside the model by `training/export.py`.
const PARITY: &str = include_str!("parity.txt");
const TEXTS: &str = include_str!("../../training/texts.py");

/// A picture of a formula, the same as in `training/export.py`.
fn pattern(width: usize, height: usize, turn: usize) -> Gray {
    let pixel = |x: usize, y: usize| x * 7 + y * 13 + x * y / 3 + turn * (x / 5) * 40;
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let pixels = places.map(|(x, y)| u8::try_from(pixel(x, y) % 256).unwrap()).collect();
    Gray::new(width, height, pixels).unwrap()
}

#[test]
fn the_net_says_what_its_trainer_made_it_say() {
    let net = Net::new();
    for line in PARITY.lines() {
        let mut fields = line.split(' ');
        let mut size = || fields.next().unwrap().parse::<usize>().unwrap();
        let crop = Normalized::of(&pattern(size(), size(), size()));
        let weigh = |(at, pixel): (usize, &u8)| usize::from(*pixel) * (at % 251 + 1);
        assert_eq!(crop.pixels.iter().enumerate().map(weigh).sum::<usize>(), size(), "{line:.20}");
        let said: Vec<f32> = net.answers(&crop).into_iter().take(3).flatten().step_by(7).collect();
        let expected: Vec<f32> = fields.map(|field| field.parse().unwrap()).collect();
        assert_eq!(said.len(), expected.len());
        for (said, expected) in said.iter().zip(expected) {
            assert!((said - expected).abs() < 0.01, "{said} is not {expected}");
        }
    }
    assert_eq!(PARITY.lines().count(), 5);
}

#[test]
fn the_trainer_names_the_same_glyphs() {
    assert_eq!(GLYPHS.chars().count() + 1, CLASSES);
    let theirs = GLYPHS.replace('\u{FFFD}', "\\ufffd");
    assert!(TEXTS.contains(&format!("GLYPHS = \"{theirs}\"")));
}

#[test]
fn every_crop_is_brought_to_one_height() {
    let check = |width, height, expected| {
        let crop = Normalized::of(&pattern(width, height, 1));
        assert_eq!((crop.width, crop.pixels.len()), (expected, expected * HEIGHT), "{width} × {height}");
    };
    check(100, 32, 100);
    check(100, 64, 50);
    check(33, 21, 50);
    check(1, 1, 32);
    check(1, 900, 8);
    check(900, 1, 512);
}

#[test]
fn white_on_black_is_turned_over() {
    let word = &cells("uk-current", Capture { dpi: 150, damage: Damage::NONE, seed: 1 })[0].crop;
    let pixels = word.pixels().iter().map(|pixel| 255 - pixel).collect();
    let inverse = Gray::new(word.width(), word.height(), pixels).unwrap();
    let [plain, turned] = [word, &inverse].map(Normalized::of);
    let apart = plain.pixels.iter().zip(&turned.pixels).filter(|(a, b)| a.abs_diff(**b) > 24).count();
    assert!(apart * 50 < plain.pixels.len(), "{apart} of {} pixels differ", plain.pixels.len());
}

#[test]
fn nothing_is_read_where_nothing_is() {
    let reader = NumberReader::new();
    for shade in [0, 90, 255] {
        for (width, height) in [(1, 1), (3, 200), (60, 20), (3000, 9)] {
            let crop = Gray::new(width, height, vec![shade; width * height]).unwrap();
            let readings = reader.read(&[crop]);
            assert_eq!(
                readings[0].kind,
                ReadKind::Nothing,
                "{width} × {height} of {shade}: {:?}",
                readings[0]
            );
        }
    }
}

#[test]
fn a_reading_does_not_depend_on_what_is_read_with_it() {
    let cells = cells("in-savings", Capture { dpi: 150, damage: Damage::HEAVY, seed: 3 });
    let crops: Vec<Gray> = cells.into_iter().take(40).map(|cell| cell.crop).collect();
    let reader = NumberReader::new();
    let together = reader.read(&crops);
    let mut backwards = crops.clone();
    backwards.reverse();
    let mut reversed = NumberReader::new().read(&backwards);
    reversed.reverse();
    let alone: Vec<NumberReading> =
        crops.iter().flat_map(|crop| reader.read(std::slice::from_ref(crop))).collect();
    assert_eq!(together.len(), 40);
    assert!(together == alone && together == reversed);
}

#[test]
fn glyphs_stand_in_order_and_name_themselves_among_their_choices() {
    let cells = cells("us-card", Capture { dpi: 200, damage: Damage::HEAVY, seed: 5 });
    let crops: Vec<Gray> = cells.into_iter().take(60).map(|cell| cell.crop).collect();
    for (reading, crop) in NumberReader::new().read(&crops).iter().zip(&crops) {
        let text: String = reading.glyphs.iter().map(|glyph| glyph.text).collect();
        assert_eq!(text, reading.text);
        let edges: Vec<f64> = reading.glyphs.iter().flat_map(|glyph| [glyph.left, glyph.right]).collect();
        assert!(edges.is_sorted(), "{edges:?}");
        assert!(edges.iter().all(|edge| (0.0..=crop.width() as f64 + 2.0).contains(edge)), "{edges:?}");
        for glyph in &reading.glyphs {
            assert!(glyph.choices.contains(&(glyph.text, glyph.probability)), "{glyph:?}");
            assert!(glyph.choices.is_sorted_by(|(_, a), (_, b)| a >= b), "{glyph:?}");
            assert!(glyph.choices.iter().map(|(_, share)| share).sum::<f64>() <= 1.0 + 1e-9);
        }
    }
}

/// Chance from a seed, in 0–1.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f64 / (1_u64 << 24) as f64
    }

    /// Places that may be blank or one of three glyphs.
    fn frames(&mut self, places: usize) -> Vec<Frame> {
        let mut frame = || {
            let mut frame = [0.0; CLASSES];
            let rolls: [f64; 4] = std::array::from_fn(|_| self.roll().powi(3) + 0.01);
            let sum: f64 = rolls.iter().sum();
            frame.iter_mut().zip(rolls).for_each(|(slot, roll)| *slot = roll / sum);
            frame
        };
        (0..places).map(|_| frame()).collect()
    }
}

/// Every text of these places with its probability, by counting each of the 4^places ways.
fn counted(frames: &[Frame]) -> std::collections::BTreeMap<Vec<usize>, f64> {
    let mut texts = std::collections::BTreeMap::new();
    for way in 0..4_usize.pow(u32::try_from(frames.len()).unwrap()) {
        let classes: Vec<usize> = (0..frames.len()).map(|at| way >> (2 * at) & 3).collect();
        let probability: f64 = frames.iter().zip(&classes).map(|(frame, class)| frame[*class]).product();
        let mut text = classes.clone();
        text.dedup();
        text.retain(|class| *class != 0);
        *texts.entry(text).or_insert(0.0) += probability;
    }
    texts
}

#[test]
fn sums_agree_with_counting_every_way() {
    let mut dice = Dice(7);
    for places in [1, 2, 3, 4, 5, 6, 6, 6, 6, 6] {
        let frames = dice.frames(places);
        let counted = counted(&frames);
        let (best, most) = counted.iter().max_by(|a, b| a.1.total_cmp(b.1)).unwrap();
        assert_eq!(&most_probable(&frames), best);
        for (text, probability) in &counted {
            let posterior = Posterior::new(&frames, text);
            assert!((posterior.probability() - probability).abs() < 1e-12, "{text:?}");
        }
        let glyphs = Posterior::new(&frames, best).glyphs();
        assert!(*most > 0.0 && glyphs.len() == best.len());
        for (at, glyph) in glyphs.iter().enumerate() {
            let with = |class: usize| {
                let mut text = best.clone();
                text[at] = class;
                counted.get(&text).copied().unwrap_or(0.0)
            };
            let sum: f64 = (1..4).map(with).sum();
            for (class, share) in &glyph.choices {
                assert!((with(*class) / sum - share).abs() < 1e-3, "{best:?} at {at}: {glyph:?}");
            }
        }
    }
}
