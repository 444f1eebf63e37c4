//! Reads a level page piece by piece of its lines.

#![expect(clippy::float_arithmetic, reason = "geometry")]
#![expect(clippy::cast_precision_loss, reason = "pixels of pictures that fit in memory")]

use super::engine::{self, Detail};
use super::figure::{Figures, confirm, is_money, joined};
use super::find::{Segment, segments};
use super::hocr::{ReadGlyph, ReadLine, ReadWord, read_hocr};
use super::sheet::sheets;
use crate::numbers::NumberReader;
use crate::raster::Gray;
use std::collections::BTreeSet;

/// A capital or digit is so many ems high: 0.56 in typewriter faces, 0.72 in most others.
const CAPITAL: f64 = 0.65;
/// Letters of one row differ by less than this in height.
const ALIKE: f64 = 1.6;
/// Digits of one number stand this close to its comma, point or slash, in heights of a capital.
const JOINT: f64 = 0.6;
/// And letters of one word this close to each other.
const TOUCHING: f64 = 0.14;
/// Dots, rules and specks are shorter, in heights of a capital.
const LONGER_THAN_A_LETTER: f64 = 1.5;
/// A row goes on in one of so many that were begun last.
const OPEN_ROWS: usize = 12;

/// What the pieces say, row by row from top to bottom, each from left to right; `None` where the page has too many
/// pieces to be text, or the engine failed.
pub(super) fn read_pieces(page: &Gray, dpi: u32, numbers: &NumberReader) -> Option<Vec<ReadLine>> {
    let found = segments(page, dpi)?;
    let mut figures: Vec<Option<Figures>> =
        found.iter().map(|piece| Figures::read(page, piece, numbers)).collect();
    let mut read = Vec::new();
    let (mut texts, mut doubted) = (Vec::new(), Vec::new());
    for (i, (piece, figures)) in found.iter().zip(&mut figures).enumerate() {
        if let Some(sure) = figures.take_if(|figures| figures.is_sure_money()) {
            read.push((i, sure.into_line(piece)));
        } else if figures.is_some() {
            doubted.push(i);
        } else {
            texts.push(i);
        }
    }
    for (group, detail) in [(texts, Detail::Plain), (doubted, Detail::Alternatives)] {
        for (i, mut line) in recognized(page, dpi, &found, &group, detail)? {
            confirm(&mut line, figures.get_mut(i).and_then(Option::take).as_ref(), page, numbers);
            read.push((i, line));
        }
    }
    // Of these the recognizer saw nothing.
    for (i, (piece, figures)) in found.iter().zip(figures).enumerate() {
        read.extend(figures.map(|figures| (i, figures.into_line(piece))));
    }
    let illegible = illegible(&found, &read);
    read.extend(illegible);
    read.sort_by_key(|(piece, _)| *piece);
    Some(rows(&found, read))
}

/// What is as high as the text of the page, and longer than a letter, but says nothing to either reader: it may be an
/// amount, so it must not vanish. One word that nobody can read stands for it.
fn illegible(found: &[Segment], read: &[(usize, ReadLine)]) -> Vec<(usize, ReadLine)> {
    let said: BTreeSet<usize> =
        read.iter().filter(|(_, line)| !line.words.is_empty()).map(|(piece, _)| *piece).collect();
    let mut heights: Vec<usize> =
        said.iter().filter_map(|piece| found.get(*piece)).map(|piece| piece.tall).collect();
    heights.sort_unstable();
    let Some(usual) = heights.get(heights.len() / 2) else { return Vec::new() };
    let is_text = |piece: &Segment| {
        let (small, large) = (piece.tall.min(*usual) as f64, piece.tall.max(*usual) as f64);
        large < ALIKE * small && piece.area.width() as f64 > LONGER_THAN_A_LETTER * piece.tall as f64
    };
    let mute = found.iter().enumerate().filter(|(i, piece)| !said.contains(i) && is_text(piece));
    mute.map(|(i, piece)| (i, mark_of(piece))).collect()
}

fn mark_of(piece: &Segment) -> ReadLine {
    let area = piece.area;
    let bounds = [area.left as f64, area.top as f64, area.right as f64, area.bottom as f64];
    let glyph = ReadGlyph {
        text: char::REPLACEMENT_CHARACTER.to_string(),
        confidence: 0.0,
        bottom: piece.foot as f64,
        choices: Vec::new(),
    };
    let word = ReadWord { bounds, confidence: 0.0, glyphs: vec![glyph] };
    ReadLine { bounds, baseline: None, size: piece.tall as f64, words: vec![word] }
}

/// Some of the pieces, as the recognizer of text reads them.
fn recognized(
    page: &Gray,
    dpi: u32,
    found: &[Segment],
    group: &[usize],
    detail: Detail,
) -> Option<Vec<(usize, ReadLine)>> {
    let pieces: Vec<(usize, &Segment)> = group.iter().filter_map(|i| Some((*i, found.get(*i)?))).collect();
    let mut read = Vec::new();
    for sheet in sheets(page, &pieces) {
        let answer = engine::read(&sheet.picture, dpi, detail)?;
        read.extend(sheet.on_page(read_hocr(&answer)));
    }
    Some(read)
}

/// Pieces that stand beside each other, as one line.
fn rows(found: &[Segment], read: Vec<(usize, ReadLine)>) -> Vec<ReadLine> {
    let mut rows: Vec<(Segment, ReadLine)> = Vec::new();
    for (piece, line) in read {
        let Some(segment) = found.get(piece) else { continue };
        match rows.iter_mut().rev().take(OPEN_ROWS).find(|(first, _)| are_beside(first, segment)) {
            Some((first, row)) => {
                let [left, top, right, bottom] = line.bounds;
                let [l, t, r, b] = row.bounds;
                row.bounds = [l.min(left), t.min(top), r.max(right), b.max(bottom)];
                row.words.extend(line.words);
                first.tall = first.tall.max(segment.tall);
            }
            None => rows.push((segment.clone(), line)),
        }
    }
    let finished = rows.into_iter().map(|(first, mut row)| {
        row.words.sort_by(|a, b| a.bounds[0].total_cmp(&b.bounds[0]));
        row.words = rejoined(row.words, first.tall as f64);
        row.size = first.tall as f64 / CAPITAL;
        row
    });
    finished.collect()
}

/// What the recognizer took for several words although they are one: where all letters have one width, a comma stands
/// alone in its cell; and between letters that nearly touch there is no blank.
fn rejoined(words: Vec<ReadWord>, capital: f64) -> Vec<ReadWord> {
    let is_digit = |c: char| c.is_ascii_digit();
    let is_mark = |c: char| matches!(c, '.' | ',');
    let is_one = |before: &ReadWord, word: &ReadWord| {
        let (text, next, gap) = (before.text(), word.text(), word.bounds[0] - before.bounds[2]);
        // The day and the year of a date have a comma and a blank between them, and are no money together.
        let is_money = is_money(&format!("{text}{next}"));
        let is_slashed = next.strip_prefix('/').is_some_and(|next| next.starts_with(is_digit));
        let is_number = is_money && text.ends_with(is_mark) || is_slashed && text.ends_with(is_digit);
        let is_word = text.ends_with(char::is_alphanumeric) && next.starts_with(char::is_alphanumeric);
        is_number && gap <= JOINT * capital || is_word && gap <= TOUCHING * capital
    };
    let mut rejoined: Vec<ReadWord> = Vec::with_capacity(words.len());
    for word in words {
        match rejoined.pop() {
            Some(before) if is_one(&before, &word) => rejoined.push(joined(before, word)),
            before => rejoined.extend(before.into_iter().chain([word])),
        }
    }
    rejoined
}

fn are_beside(a: &Segment, b: &Segment) -> bool {
    let shared = a.area.shared_rows(b.area) as f64;
    let lower = a.area.height().min(b.area.height()) as f64;
    let (small, large) = (a.tall.min(b.tall) as f64, a.tall.max(b.tall) as f64);
    2.0 * shared >= lower && large < ALIKE * small
}

#[cfg(test)]
mod tests {
    use super::super::find::Area;
    use super::*;

    /// Words of a line with the gaps before them, of capitals 20 pixels high.
    fn check(words: &[(&str, f64)], expected: &[&str]) {
        let mut right = 0.0;
        let laid = words.iter().map(|(text, gap)| {
            let left = right + gap;
            right = left + 10.0 * text.len() as f64;
            let glyphs = text.chars().map(|c| ReadGlyph {
                text: c.to_string(),
                confidence: 0.9,
                bottom: 20.0,
                choices: Vec::new(),
            });
            ReadWord { bounds: [left, 0.0, right, 20.0], confidence: 0.9, glyphs: glyphs.collect() }
        });
        let texts: Vec<String> = rejoined(laid.collect(), 20.0).iter().map(ReadWord::text).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn words_that_are_one_are_rejoined() {
        check(&[("1,234.", 0.0), ("56", 10.0)], &["1,234.56"]);
        check(&[("02", 0.0), ("/14/26", 8.0)], &["02/14/26"]);
        check(&[("PAY", 0.0), ("X0000145", 2.0)], &["PAYX0000145"]);
        // A day and its year, two words, two amounts.
        check(&[("January", 0.0), ("13,", 8.0), ("2026", 8.0)], &["January", "13,", "2026"]);
        check(&[("PAY", 0.0), ("X0000145", 6.0)], &["PAY", "X0000145"]);
        check(&[("1,234.", 0.0), ("56", 14.0)], &["1,234.", "56"]);
        check(&[("12.00", 0.0), ("13.00", 8.0)], &["12.00", "13.00"]);
    }

    #[test]
    fn what_nobody_can_read_is_not_lost() {
        let piece = |left: usize, width: usize, tall: usize| Segment {
            area: Area { left, top: 0, right: left + width, bottom: tall },
            letter: tall,
            tall,
            foot: tall,
            is_inverse: false,
        };
        // Text, what may be an amount, a dot, a picture.
        let found = [piece(0, 200, 20), piece(300, 90, 21), piece(500, 12, 20), piece(600, 300, 90)];
        let read = [(0, mark_of(&found[0]))];
        let illegible = illegible(&found, &read);
        let [(1, line)] = illegible.as_slice() else { panic!("{illegible:?}") };
        assert_eq!((line.words[0].text().as_str(), line.words[0].confidence), ("\u{FFFD}", 0.0));
        assert_eq!(line.words[0].bounds, [300.0, 0.0, 390.0, 21.0]);
        assert_eq!(super::illegible(&found, &[]), []);
    }
}
