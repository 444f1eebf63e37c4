//! Lines in pixels to words in points, level as on a page that lies straight.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::hocr::{ReadGlyph, ReadLine, ReadWord};
use crate::layout::round;
use smartexus_domain::{GlyphAlternatives, GlyphChoice, Rect, Word};

/// How far letters reach over and under their baseline, in em: as for the text layer.
const ASCENT: f64 = 0.75;
const DESCENT: f64 = 0.25;
/// Words whose baselines are farther apart than this, in em, stand on two lines.
const ONE_BASELINE: f64 = 0.3;
/// Less probable readings of a glyph are not kept.
const LEAST_PROBABILITY: f64 = 0.005;
const CHOICES_MAX: usize = 8;
/// A mark without a letter or digit that is less certain than this is dirt.
const DIRT: f64 = 0.5;

/// How the pixels of a picture lie on the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placement {
    pub(super) left: f64,
    pub(super) top: f64,
    /// Points per pixel.
    pub(super) across: f64,
    pub(super) down: f64,
    /// Width and height of the page.
    pub(super) extent: (f64, f64),
    /// Middle of the picture, in pixels: where straightening moves nothing.
    pub(super) middle: (f64, f64),
}

/// The words of each line that has some. A line that was read across two that stand a little apart is parted.
pub(super) fn lay(lines: &[ReadLine], placement: Placement) -> Vec<Vec<Word>> {
    let slope = slope(lines);
    let level = |x: f64, y: f64| y - slope * (x - placement.middle.0);
    let laid = lines.iter().flat_map(|line| {
        let words: Vec<Leveled<'_>> =
            line.words.iter().filter(|word| !is_dirt(word)).map(|word| Leveled::new(word, level)).collect();
        let baselines = baselines(&words, line, level);
        let of = |baseline: &f64| {
            let own = words.iter().filter(|word| nearest(&baselines, word, &words) == *baseline);
            own.map(|word| place(word.word, (*baseline, slope), line.size, placement)).collect::<Vec<Word>>()
        };
        baselines.iter().map(of).collect::<Vec<_>>()
    });
    laid.filter(|words| !words.is_empty()).collect()
}

/// A word, and where its letters stand once the page is level.
struct Leveled<'w> {
    word: &'w ReadWord,
    /// `None` for marks that float or hang.
    baseline: Option<f64>,
}

impl<'w> Leveled<'w> {
    fn new(word: &'w ReadWord, level: impl Fn(f64, f64) -> f64) -> Self {
        let middle = f64::midpoint(word.bounds[0], word.bounds[2]);
        let standing = word.glyphs.iter().filter(|glyph| glyph.text.chars().all(stands));
        let mut bottoms: Vec<f64> = standing.map(|glyph| level(middle, glyph.bottom)).collect();
        Self { word, baseline: median(&mut bottoms) }
    }
}

/// Whether a character stands on the baseline in every font.
fn stands(c: char) -> bool {
    c.is_alphanumeric() && !"gjpqyQJ".contains(c)
}

fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// The baselines of a line, from top to bottom: one, unless its words stand on two.
fn baselines(words: &[Leveled<'_>], line: &ReadLine, level: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    let mut own: Vec<f64> = words.iter().filter_map(|word| word.baseline).collect();
    own.sort_by(f64::total_cmp);
    let apart = |a: &f64, b: &f64| b - a <= ONE_BASELINE * line.size;
    let found: Vec<f64> = own.chunk_by(apart).filter_map(|group| median(&mut group.to_vec())).collect();
    if !found.is_empty() {
        return found;
    }
    let [left, _, right, bottom] = line.bounds;
    let (lean, rise) = line.baseline.unwrap_or_default();
    let middle = f64::midpoint(left, right);
    vec![level(middle, bottom + rise + lean * (middle - left))]
}

/// The baseline of a word: the one nearest to where its letters stand, or those of the word beside it.
fn nearest(baselines: &[f64], word: &Leveled<'_>, words: &[Leveled<'_>]) -> f64 {
    let beside = || {
        let standing = words.iter().filter(|other| other.baseline.is_some());
        let away = |other: &&Leveled<'_>| (other.word.bounds[0] - word.word.bounds[2]).abs();
        standing.min_by(|a, b| away(a).total_cmp(&away(b)))?.baseline
    };
    let wanted = word.baseline.or_else(beside).unwrap_or_default();
    let away = |baseline: &f64| (baseline - wanted).abs();
    baselines.iter().copied().min_by(|a, b| away(a).total_cmp(&away(b))).unwrap_or(wanted)
}

/// The median of the lines' slopes, long lines counting more.
fn slope(lines: &[ReadLine]) -> f64 {
    let mut slopes: Vec<(f64, f64)> = lines
        .iter()
        .filter(|line| line.words.len() >= 3)
        .filter_map(|line| Some((line.baseline?.0, line.bounds[2] - line.bounds[0])))
        .collect();
    slopes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = slopes.iter().map(|(_, width)| width).sum::<f64>() / 2.0;
    let mut passed = 0.0;
    for (slope, width) in slopes {
        passed += width;
        if passed >= half {
            return slope;
        }
    }
    0.0
}

fn is_dirt(word: &ReadWord) -> bool {
    let text = word.text();
    let says_something = |c: char| c.is_alphanumeric() || "+-−€£$¥₹".contains(c);
    !text.chars().any(says_something) && word.confidence < DIRT
}

fn place(word: &ReadWord, (baseline, slope): (f64, f64), size: f64, on: Placement) -> Word {
    let [x0, _, x1, _] = word.bounds;
    // A page that leans has columns that lean as much as its lines.
    let shift = slope * (baseline - on.middle.1);
    let across = |x: f64| round((on.left + (x + shift) * on.across).clamp(0.0, on.extent.0));
    let down = |y: f64| round((on.top + y * on.down).clamp(0.0, on.extent.1));
    Word {
        text: word.text(),
        bounds: Rect {
            x0: across(x0),
            y0: down(baseline - ASCENT * size),
            x1: across(x1),
            y1: down(baseline + DESCENT * size),
        },
        confidence: thousandths(word.confidence),
        size: round(size * on.down),
        angle: 0,
        color: None,
        recognized: true,
        alternatives: alternatives(&word.glyphs),
    }
}

/// Of the glyphs that may be something else.
fn alternatives(glyphs: &[ReadGlyph]) -> Vec<GlyphAlternatives> {
    let mut at = 0_u32;
    let mut kept = Vec::new();
    for glyph in glyphs {
        let others = glyph.choices.iter().filter(|(text, probability)| {
            *text != glyph.text && !text.is_empty() && *probability >= LEAST_PROBABILITY
        });
        let choices: Vec<GlyphChoice> = others
            .take(CHOICES_MAX)
            .map(|(text, probability)| GlyphChoice {
                text: text.clone(),
                probability: thousandths(*probability),
            })
            .collect();
        let length = u32::try_from(glyph.text.chars().count()).unwrap_or(u32::MAX);
        if !choices.is_empty() {
            kept.push(GlyphAlternatives { at, length, probability: thousandths(glyph.confidence), choices });
        }
        at = at.saturating_add(length);
    }
    kept
}

/// So that the same word prints the same bytes everywhere.
fn thousandths(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const ON: Placement = Placement {
        left: 10.0,
        top: 20.0,
        across: 0.5,
        down: 0.5,
        extent: (600.0, 800.0),
        middle: (500.0, 100.0),
    };

    fn word(text: &str, bounds: [f64; 4], confidence: f64) -> ReadWord {
        let glyphs = text
            .chars()
            .map(|c| ReadGlyph { text: c.to_string(), confidence, bottom: bounds[3], choices: Vec::new() })
            .collect();
        ReadWord { bounds, confidence, glyphs }
    }

    fn line(words: Vec<ReadWord>, baseline: (f64, f64)) -> ReadLine {
        ReadLine { bounds: [0.0, 80.0, 1000.0, 100.0], baseline: Some(baseline), size: 20.0, words }
    }

    #[test]
    fn a_dash_and_a_letter_of_one_line_have_one_height() {
        let words = vec![
            word("-", [0.0, 90.0, 10.0, 92.0], 0.9),
            word("gy", [20.0, 80.0, 60.0, 100.0], 0.9),
            word("7", [200.0, 80.0, 220.0, 95.0], 0.9),
        ];
        let laid = lay(&[line(words, (0.0, -5.0))], ON);
        let [words] = laid.as_slice() else { panic!("one line") };
        let heights: Vec<(f64, f64)> = words.iter().map(|w| (w.bounds.y0, w.bounds.y1)).collect();
        // Baseline at 95 pixels, 20 + 95 / 2 points down.
        assert_eq!(heights, [(60.0, 70.0); 3]);
        assert_eq!((words[1].bounds.x0, words[1].bounds.x1, words[1].size), (20.0, 40.0, 10.0));
    }

    #[test]
    fn leaning_lines_are_made_level() {
        let words = (0_u8..9)
            .map(|i| {
                let x = f64::from(i) * 100.0;
                word("x", [x, 85.0 + x * 0.02, x + 20.0, 97.0 + x * 0.02], 0.9)
            })
            .collect();
        let leaning = ReadLine { bounds: [0.0, 85.0, 820.0, 115.0], ..line(words, (0.02, -16.0)) };
        let laid = lay(&[leaning], ON);
        let tops: Vec<f64> = laid[0].iter().map(|w| w.bounds.y0).collect();
        assert!(tops.windows(2).all(|pair| pair[0] == pair[1]), "{tops:?}");
    }

    #[test]
    fn words_on_two_lines_that_were_read_as_one_are_parted() {
        let words = vec![
            word("a", [0.0, 82.0, 10.0, 95.0], 0.9),
            word("b", [50.0, 72.0, 60.0, 85.0], 0.9),
            word("-", [62.0, 78.0, 70.0, 80.0], 0.9),
        ];
        let laid = lay(&[line(words, (0.0, -5.0))], ON);
        let texts: Vec<Vec<&str>> =
            laid.iter().map(|line| line.iter().map(|word| word.text.as_str()).collect()).collect();
        assert_eq!(texts, [vec!["b", "-"], vec!["a"]]);
    }

    #[test]
    fn dirt_is_no_word_and_signs_are() {
        let words = vec![
            word("|", [0.0, 82.0, 10.0, 95.0], 0.3),
            word("-", [20.0, 82.0, 30.0, 95.0], 0.3),
            word("|", [40.0, 82.0, 50.0, 95.0], 0.9),
        ];
        let laid = lay(&[line(words, (0.0, 0.0))], ON);
        assert_eq!(laid[0].iter().map(|w| w.text.as_str()).collect::<Vec<_>>(), ["-", "|"]);
    }

    #[test]
    fn what_a_glyph_may_be_is_kept_with_its_place() {
        let mut doubtful = word("a18", [0.0, 82.0, 30.0, 95.0], 0.6);
        doubtful.glyphs[2].choices =
            vec![("8".to_owned(), 0.61), ("3".to_owned(), 0.31), ("B".to_owned(), 0.001)];
        let laid = lay(&[line(vec![doubtful], (0.0, 0.0))], ON);
        let expected = GlyphAlternatives {
            at: 2,
            length: 1,
            probability: 0.6,
            choices: vec![GlyphChoice { text: "3".to_owned(), probability: 0.31 }],
        };
        assert_eq!(laid[0][0].alternatives, [expected]);
    }
}
