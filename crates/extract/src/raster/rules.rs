//! The lines of tables: long straight strokes, which a reader of letters takes for letters.

use super::Gray;

/// Darker than this is ink.
const DARK: u8 = 150;
/// Strokes longer than this many inches are no letters.
const LONG_INCHES_PERCENT: usize = 50;
/// Strokes thicker than this share of an inch are bars with words in them, or letters of a headline.
const THICK_INCHES_PERCENT: usize = 3;

/// The picture without long thin strokes, at a resolution of `dpi`. Ink that crosses a stroke stays.
pub(crate) fn without_rules(picture: &Gray, dpi: u32) -> Gray {
    let dpi = dpi as usize;
    let long = (dpi * LONG_INCHES_PERCENT / 100).max(20);
    let thick = (dpi * THICK_INCHES_PERCENT / 100).max(2);
    let across = erase_across(picture, long, thick);
    let sideways = across.as_ref().unwrap_or(picture).transposed();
    match erase_across(&sideways, long, thick) {
        Some(erased) => erased.transposed(),
        None => across.unwrap_or_else(|| picture.clone()),
    }
}

/// A run of ink in a row.
#[derive(Debug, Clone, Copy)]
struct Run {
    y: usize,
    start: usize,
    end: usize,
}

/// `None` where there is nothing to erase.
fn erase_across(picture: &Gray, long: usize, thick: usize) -> Option<Gray> {
    let runs: Vec<Run> = (0..picture.height()).flat_map(|y| long_runs(picture.row(y), y, long)).collect();
    if runs.is_empty() {
        return None;
    }
    let mut erased = picture.clone();
    let width = picture.width();
    for run in &runs {
        for x in run.start..run.end {
            if let Some((top, bottom)) = thin_stroke(picture, x, run.y, thick) {
                let column = erased.pixels_mut().iter_mut().skip(top * width + x).step_by(width);
                column.take(bottom + 1 - top).for_each(|pixel| *pixel = 255);
            }
        }
    }
    Some(erased)
}

/// Runs of ink that are long enough; a gap of one pixel, as scanners leave, does not end one.
fn long_runs(row: &[u8], y: usize, long: usize) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut open: Option<Run> = None;
    for (x, _) in row.iter().enumerate().filter(|(_, pixel)| **pixel < DARK) {
        match &mut open {
            Some(run) if x <= run.end + 1 => run.end = x + 1,
            _ => {
                runs.extend(open.filter(|run| run.end - run.start >= long));
                open = Some(Run { y, start: x, end: x + 1 });
            }
        }
    }
    runs.extend(open.filter(|run| run.end - run.start >= long));
    runs
}

/// The first and last row of the stroke at this place with the gray around it, where it is thin.
fn thin_stroke(picture: &Gray, x: usize, y: usize, thick: usize) -> Option<(usize, usize)> {
    let is_dark = |y: &usize| picture.at(x, *y) < DARK;
    let above = (0..y).rev().take(thick + 1).take_while(is_dark).count();
    let below = (y + 1..picture.height()).take(thick + 1).take_while(is_dark).count();
    // One row more on both sides: strokes have soft edges.
    let top = y.saturating_sub(above + 1);
    let bottom = (y + below + 1).min(picture.height().saturating_sub(1));
    (above + below < thick).then_some((top, bottom))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(boxes: &[[usize; 4]]) -> Gray {
        let mut picture = Gray::paper(400, 300);
        let width = picture.width();
        for [x0, y0, x1, y1] in boxes {
            for row in picture.pixels_mut().chunks_exact_mut(width).take(*y1).skip(*y0) {
                row[*x0..*x1].fill(0);
            }
        }
        picture
    }

    #[test]
    fn rules_vanish_and_letters_stay() {
        let letters = [[50, 40, 54, 70], [60, 60, 80, 64], [100, 52, 140, 56]];
        let frame = [[10, 100, 390, 103], [20, 5, 22, 290], [10, 200, 390, 202]];
        let both = [letters.as_slice(), frame.as_slice()].concat();
        assert!(without_rules(&drawn(&both), 200) == drawn(&letters));
        assert!(without_rules(&drawn(&letters), 200) == drawn(&letters));
    }

    #[test]
    fn a_bar_behind_words_is_no_rule() {
        let bar = [[10, 100, 390, 130]];
        assert!(without_rules(&drawn(&bar), 200) == drawn(&bar));
    }

    #[test]
    fn a_letter_that_crosses_a_rule_keeps_its_stem() {
        let crossed = [[10, 100, 390, 102], [200, 80, 206, 125]];
        let cleaned = without_rules(&drawn(&crossed), 200);
        assert!((80..125).all(|y| cleaned.at(203, y) == 0));
        assert_eq!(cleaned.at(100, 101), 255);
    }
}
