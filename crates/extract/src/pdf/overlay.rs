//! Visible text that stands on other visible text.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::traces::place;
use super::{Glyph, GlyphText};
use hayro_interpret::kurbo::Rect;
use smartexus_domain::{Overlay, PAGE_FACTS_MAX};
use std::collections::HashMap;

/// Middles this near, in em of the smaller glyph, are the same spot, but not where narrow letters simply follow each other.
const SAME_SPOT: f64 = 0.2;
const SAME_SPOT_OF_ADVANCE: f64 = 0.5;
/// Across the line they are nearer still: lines that run into each other have baselines of their own.
const SAME_LINE: f64 = 0.1;
/// Of text that stands on other text on purpose, most letters stand on others; of lines that run into each other, some do.
const LEAST_SHARE: f64 = 0.5;
/// Sides of the squares into which a page is divided, in points.
const SQUARE_PT: f64 = 4.0;
/// Of two sizes farther apart than this factor one is a watermark or a letterhead.
const MOST_TIMES: f64 = 1.6;
/// Glyphs of one square that are compared; a page with more of them piled up is no page.
const MOST_IN_SQUARE: usize = 16;
/// Fewer glyphs on others are accents and composed letters.
const LEAST_GLYPHS: u32 = 2;
/// Glyphs on others join to one box across so many em.
const JOINED_EM: f64 = 1.5;

/// Where glyphs stand on others that say something else. A letter that is drawn twice to be bold is no such thing, nor is its
/// shadow, nor what is written across in another direction.
pub(super) fn overlays(glyphs: &[Glyph]) -> Vec<Overlay> {
    let mut squares: HashMap<(i32, i32), Vec<usize>> = HashMap::with_capacity(glyphs.len());
    let mut found: Vec<Found> = Vec::new();
    for (index, glyph) in glyphs.iter().enumerate() {
        if !is_letter(glyph) || found.len() >= PAGE_FACTS_MAX {
            continue;
        }
        let middle = middle(glyph);
        let home = square(middle);
        if is_on_another(glyph, middle, home, &squares, glyphs) {
            add(&mut found, glyph);
        }
        let own = squares.entry(home).or_default();
        if own.len() < MOST_IN_SQUARE {
            own.push(index);
        }
    }
    let is_dense = |found: &&Found| found.advance >= LEAST_SHARE * found.length();
    let told = |found: &Found| Overlay { bounds: place(found.bounds), glyphs: found.glyphs };
    found.iter().filter(|found| found.glyphs >= LEAST_GLYPHS).filter(is_dense).map(told).collect()
}

/// Letters on others, one after the other on a line.
struct Found {
    bounds: Rect,
    glyphs: u32,
    size: f64,
    /// Of all of them.
    advance: f64,
}

impl Found {
    /// Along the line: the longer side.
    fn length(&self) -> f64 {
        self.bounds.width().max(self.bounds.height())
    }
}

fn is_on_another(
    glyph: &Glyph,
    at: (f64, f64),
    home: (i32, i32),
    squares: &HashMap<(i32, i32), Vec<usize>>,
    glyphs: &[Glyph],
) -> bool {
    let mut on_another = false;
    for column in home.0.saturating_sub(1)..=home.0.saturating_add(1) {
        for row in home.1.saturating_sub(1)..=home.1.saturating_add(1) {
            for other in
                squares.get(&(column, row)).into_iter().flatten().filter_map(|index| glyphs.get(*index))
            {
                let size = glyph.size.min(other.size);
                let there = middle(other);
                let reach = (SAME_SPOT * size).min(SAME_SPOT_OF_ADVANCE * glyph.advance.min(other.advance));
                let (along, across) = steps(glyph, (at.0 - there.0, at.1 - there.1));
                let near = along <= reach && across <= SAME_LINE * size;
                let alike =
                    glyph.size.max(other.size) <= MOST_TIMES * size && glyph.direction == other.direction;
                if near && alike {
                    // A repetition explains the spot, whatever else stands there.
                    if glyph.text == other.text {
                        return false;
                    }
                    on_another = true;
                }
            }
        }
    }
    on_another
}

/// How far that is along the glyph's direction of writing, and across it.
fn steps(glyph: &Glyph, (x, y): (f64, f64)) -> (f64, f64) {
    let (sin, cos) = (f64::from(glyph.direction) / 10.0).to_radians().sin_cos();
    ((x * cos - y * sin).abs(), (x * sin + y * cos).abs())
}

/// Joins a glyph to what was found before it on its line.
fn add(found: &mut Vec<Found>, glyph: &Glyph) {
    let bounds = glyph.bounds();
    match found.last_mut() {
        Some(last)
            if last.bounds.inflate(JOINED_EM * last.size, 0.0).overlaps(bounds)
                && (last.bounds.center().y - bounds.center().y).abs() < glyph.size =>
        {
            last.bounds = last.bounds.union(bounds);
            last.glyphs = last.glyphs.saturating_add(1);
            last.advance += glyph.advance;
        }
        _ => found.push(Found { bounds, glyphs: 1, size: glyph.size, advance: glyph.advance }),
    }
}

/// Points and lines are there to be written on.
fn is_letter(glyph: &Glyph) -> bool {
    match &glyph.text {
        GlyphText::Char(c) => c.is_alphanumeric(),
        GlyphText::Chars(_) => true,
        GlyphText::Space => false,
    }
}

fn middle(glyph: &Glyph) -> (f64, f64) {
    let center = glyph.bounds().center();
    (center.x, center.y)
}

#[expect(clippy::cast_possible_truncation, reason = "pages are smaller, and what is not saturates")]
fn square((x, y): (f64, f64)) -> (i32, i32) {
    ((x / SQUARE_PT).floor() as i32, (y / SQUARE_PT).floor() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters 5 points apart from `x` on, 10 points high.
    fn text(text: &str, x: f64, y: f64) -> Vec<Glyph> {
        let starts = (0_u32..).map(|index| x + 5.0 * f64::from(index));
        let glyph = |(c, x): (char, f64)| Glyph {
            text: GlyphText::from_char(c).unwrap(),
            origin: (x, y),
            direction: 0,
            advance: 5.0,
            size: 10.0,
            color: None,
            certain: true,
        };
        text.chars().zip(starts).map(glyph).collect()
    }

    #[track_caller]
    fn check(parts: &[Vec<Glyph>], expected: &[u32]) {
        let counts: Vec<u32> = overlays(&parts.concat()).iter().map(|overlay| overlay.glyphs).collect();
        assert_eq!(counts, expected);
    }

    #[test]
    fn another_text_on_the_same_spot() {
        let old = text("1,234.00", 100.0, 50.0);
        check(&[old.clone(), text("9,876.00", 100.5, 50.0)], &[4]);
        check(&[old.clone(), text("1,234.00", 100.5, 50.0)], &[]);
        check(&[old.clone(), text("9,876.00", 100.0, 62.0)], &[]);
        check(&[old.clone(), text("9,876.00", 100.0, 51.5)], &[]);
        check(&[text("a.b.c.1.2", 100.0, 50.0), text("d,,,,,,,3", 100.0, 50.0)], &[]);
        check(&[old.clone(), text("9,876.00", 200.0, 50.0)], &[]);
        let mut across = text("9,876.00", 100.0, 50.0);
        across.iter_mut().for_each(|glyph| glyph.direction = 450);
        check(&[old.clone(), across], &[]);
        let mut large = text("9,876.00", 100.0, 50.0);
        large.iter_mut().for_each(|glyph| glyph.size = 30.0);
        check(&[old, large], &[]);
        check(&[text("e", 100.0, 50.0), text("´", 100.0, 50.0)], &[]);
        check(&[text("________", 100.0, 50.0), text("1,234.00", 100.0, 50.0)], &[]);
    }

    #[test]
    fn a_pile_of_letters_comes_to_an_end() {
        let pile: Vec<Glyph> =
            (0..20_000).flat_map(|_| [text("a", 10.0, 10.0), text("b", 10.0, 10.0)].concat()).collect();
        assert_eq!(overlays(&pile), []);
    }
}
