//! How a copy lies over its blank: shifted, turned a little, larger or smaller, as printers and scanners leave it. Told by
//! the words that stand once on both.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use smartexus_domain::{Page, Rect, Word};
use std::collections::BTreeMap;

/// Words that must agree on where the copy lies.
const WORDS_MIN: usize = 12;
/// Points between a word and its place, once it is known how the copy lies: then, and at last.
const OFF_AT_FIRST: f64 = 8.0;
const OFF_AT_LAST: f64 = 4.0;
/// Pairs of words nearer to each other say little of angles and sizes, in points.
const APART_MIN: f64 = 100.0;
/// Words that are looked at.
const WORDS_MAX: usize = 300;
/// Shorter words are everywhere.
const LETTERS_MIN: usize = 3;
/// How much larger or smaller a copy may be.
const SCALE: std::ops::RangeInclusive<f64> = 0.5..=2.0;
/// The sine of the largest turn.
const TURN_MAX: f64 = 0.1;

type Point = [f64; 2];

/// Points of the blank's page to points of the copy's: `x' = a x + b y + e`, `y' = c x + d y + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lie {
    a: f64,
    b: f64,
    c: f64,
    d: f64,
    e: f64,
    f: f64,
}

impl Lie {
    /// Point for point.
    pub(super) const EXACT: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    fn of(self, [x, y]: Point) -> Point {
        [self.a * x + self.b * y + self.e, self.c * x + self.d * y + self.f]
    }

    /// From the copy back to the blank; `None` where that is not told.
    fn back(self) -> Option<Self> {
        let area = self.a * self.d - self.b * self.c;
        if !area.is_normal() {
            return None;
        }
        let [a, b, c, d] = [self.d / area, -self.b / area, -self.c / area, self.a / area];
        let [e, f] = [-(a * self.e + b * self.f), -(c * self.e + d * self.f)];
        Some(Self { a, b, c, d, e, f })
    }

    /// Where a box comes to lie, upright: turns are small, and so are boxes.
    pub(super) fn box_of(self, bounds: Rect) -> Rect {
        let middle = self.of([bounds.mid_x(), bounds.mid_y()]);
        let (half_width, half_height) =
            (bounds.width() / 2.0 * self.a.abs(), bounds.height() / 2.0 * self.d.abs());
        Rect {
            x0: middle[0] - half_width,
            x1: middle[0] + half_width,
            y0: middle[1] - half_height,
            y1: middle[1] + half_height,
        }
    }
}

/// Words of the copy where they would stand on the blank.
pub(super) fn words_on_blank(copy: &Page, lie: Lie) -> Option<Vec<Word>> {
    let back = lie.back()?;
    let moved = |word: &Word| Word { bounds: back.box_of(word.bounds), ..word.clone() };
    Some(copy.words.iter().map(moved).collect())
}

/// How the copy's page lies over the blank's; `None` where too few words agree on it.
pub(super) fn register(blank: &Page, copy: &Page) -> Option<Lie> {
    let places = only_once(&copy.words);
    let pairs: Vec<(Point, Point)> = only_once(&blank.words)
        .into_iter()
        .filter_map(|(text, place)| Some((place, *places.get(&text)?)))
        .take(WORDS_MAX)
        .collect();
    let first = similar(&pairs)?;
    let near = within(&pairs, first, OFF_AT_FIRST);
    let second = fitted(&near)?;
    let near = within(&pairs, second, OFF_AT_LAST);
    let last = fitted(&near)?;
    let is_upright = last.b.abs() < TURN_MAX * last.a && last.c.abs() < TURN_MAX * last.d;
    (is_upright && SCALE.contains(&last.a) && SCALE.contains(&last.d)).then_some(last)
}

/// As readers agree on it: letters and digits, small.
pub(super) fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Where the words stand that are there once: the left end of their middle line.
fn only_once(words: &[Word]) -> BTreeMap<String, Point> {
    let mut places: BTreeMap<String, Option<Point>> = BTreeMap::new();
    for word in words {
        let text = folded(&word.text);
        if text.chars().count() >= LETTERS_MIN {
            let place = [word.bounds.x0, word.bounds.mid_y()];
            places.entry(text).and_modify(|known| *known = None).or_insert(Some(place));
        }
    }
    places.into_iter().filter_map(|(text, place)| Some((text, place?))).collect()
}

/// Shift, turn and size that half of all pairs of words agree on, whatever the others say.
fn similar(pairs: &[(Point, Point)]) -> Option<Lie> {
    let (mut along, mut across) = (Vec::new(), Vec::new());
    for (at, (p, q)) in pairs.iter().enumerate() {
        for (r, s) in pairs.iter().skip(at + 1) {
            let from = [r[0] - p[0], r[1] - p[1]];
            let to = [s[0] - q[0], s[1] - q[1]];
            let square = from[0] * from[0] + from[1] * from[1];
            if square >= APART_MIN * APART_MIN {
                along.push((to[0] * from[0] + to[1] * from[1]) / square);
                across.push((to[1] * from[0] - to[0] * from[1]) / square);
            }
        }
    }
    let (along, across) = (median(along)?, median(across)?);
    let turned = Lie { a: along, b: -across, c: across, d: along, e: 0.0, f: 0.0 };
    let offs = pairs.iter().map(|(p, q)| {
        let at = turned.of(*p);
        (q[0] - at[0], q[1] - at[1])
    });
    let (right, down): (Vec<f64>, Vec<f64>) = offs.unzip();
    Some(Lie { e: median(right)?, f: median(down)?, ..turned })
}

fn within(pairs: &[(Point, Point)], lie: Lie, off: f64) -> Vec<(Point, Point)> {
    let is_near = |(p, q): &&(Point, Point)| {
        let at = lie.of(*p);
        (at[0] - q[0]).abs() < off && (at[1] - q[1]).abs() < off
    };
    pairs.iter().filter(is_near).copied().collect()
}

/// The least squares of what is left.
fn fitted(pairs: &[(Point, Point)]) -> Option<Lie> {
    if pairs.len() < WORDS_MIN {
        return None;
    }
    let count = pairs.iter().fold(0.0, |count, _| count + 1.0);
    let mean = |get: &dyn Fn(&(Point, Point)) -> f64| pairs.iter().map(get).sum::<f64>() / count;
    let (px, py) = (mean(&|(p, _)| p[0]), mean(&|(p, _)| p[1]));
    let (qx, qy) = (mean(&|(_, q)| q[0]), mean(&|(_, q)| q[1]));
    let xx = mean(&|(p, _)| (p[0] - px) * (p[0] - px));
    let yy = mean(&|(p, _)| (p[1] - py) * (p[1] - py));
    let xy = mean(&|(p, _)| (p[0] - px) * (p[1] - py));
    let area = xx * yy - xy * xy;
    if !area.is_normal() {
        return None;
    }
    let solve = |get: &dyn Fn(&Point) -> f64, middle: f64| {
        let x = mean(&|(p, q)| (p[0] - px) * (get(q) - middle));
        let y = mean(&|(p, q)| (p[1] - py) * (get(q) - middle));
        [(x * yy - y * xy) / area, (y * xx - x * xy) / area]
    };
    let ([a, b], [c, d]) = (solve(&|q| q[0], qx), solve(&|q| q[1], qy));
    Some(Lie { a, b, c, d, e: qx - a * px - b * py, f: qy - c * px - d * py })
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flat::marks::tests::page;

    fn word(text: String, at: Point) -> Word {
        let bounds = Rect { x0: at[0], y0: at[1] - 4.0, x1: at[0] + 20.0, y1: at[1] + 4.0 };
        Word {
            text,
            bounds,
            confidence: 1.0,
            size: 8.0,
            angle: 0,
            color: None,
            recognized: false,
            alternatives: Vec::new(),
        }
    }

    fn places() -> impl Iterator<Item = (String, Point)> {
        (0..40_u32)
            .map(|n| (format!("word{n}"), [f64::from(n % 5) * 110.0 + 20.0, f64::from(n / 5) * 90.0 + 30.0]))
    }

    #[test]
    fn a_copy_that_is_turned_shifted_and_larger_is_laid_over_its_blank() {
        let lie = Lie { a: 1.03, b: -0.02, c: 0.02, d: 1.02, e: 14.0, f: -9.0 };
        let mut blank = page().pages.remove(0);
        let mut copy = blank.clone();
        blank.words = places().map(|(text, at)| word(text, at)).collect();
        copy.words = places().map(|(text, at)| word(text, lie.of(at))).collect();
        // Some words were read as others, and some stand elsewhere.
        for at in [3, 11, 17] {
            copy.words[at].text = format!("misread{at}");
        }
        let elsewhere = word("word20".to_owned(), [300.0, 300.0]).bounds;
        copy.words[20].bounds = elsewhere;
        let found = register(&blank, &copy).expect("found");
        for (_, at) in places() {
            let (is, should) = (found.of(at), lie.of(at));
            assert!(
                (is[0] - should[0]).abs() < 0.05 && (is[1] - should[1]).abs() < 0.05,
                "{is:?} {should:?}"
            );
        }
        let back = words_on_blank(&copy, found).expect("words");
        let (here, there) = (&back[0].bounds, &blank.words[0].bounds);
        assert!((here.mid_x() - there.mid_x()).abs() < 1.0 && (here.mid_y() - there.mid_y()).abs() < 1.0);
        copy.words.truncate(10);
        assert_eq!(register(&blank, &copy), None, "too few words");
        copy.words = places().map(|(text, at)| word(text, [at[1], -at[0]])).collect();
        assert_eq!(register(&blank, &copy), None, "on its side");
    }
}
