//! Pieces of lines: letters that stand beside each other with no more than a blank between. A gap as wide as between
//! the columns of a table parts them.

#![expect(clippy::float_arithmetic, reason = "geometry")]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "pixels of pictures that fit in memory"
)]

use super::blob::{Area, Blob, blobs};
use super::groups::{Groups, TextLine, nearest};
use crate::raster::Gray;

/// Darker than what parts ink from paper on the whole page, within these bounds, is ink.
const INK_RANGE: (u8, u8) = (80, 170);
/// A page of more pieces is full of noise or pictures.
const MOST_BLOBS: usize = 60_000;
/// Letters are not higher than this, in inches; what is higher is a picture or a frame.
const HIGHEST_LETTER: f64 = 0.6;
/// Nor lower than this.
const LOWEST_LETTER: f64 = 0.025;
/// Marks lower than this share of the usual letter are dots, commas, dashes.
const MARK_HEIGHT: f64 = 0.45;
/// Letters of one piece of a line have gaps of at most this many heights of a letter.
const REACH: f64 = 1.0;
/// Marks without a letter between them have at most this.
const MARK_REACH: f64 = 0.5;
/// A dot over a letter is not farther above it than this share of the letter's height.
const DOT_RISE: f64 = 0.45;
/// So many dots in a row, with nothing else between, lead the eye from one column to another.
const LEADING_DOTS: usize = 4;
/// What is higher than this many capitals is no letter beside them.
const TOO_HIGH: f64 = 1.8;
/// A stroke is more than so many times as high as wide.
const STROKE: usize = 8;
/// Of a bar, ink fills more than this share; words on it are lighter than it.
const BAR_FILL: f64 = 0.5;
/// And of its upper and lower edges more than this.
const BAR_EDGE: f64 = 0.9;
/// A bar is at least so many usual letters wide.
const BAR_LETTERS: f64 = 3.0;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ocr) struct Segment {
    pub(in crate::ocr) area: Area,
    /// Median height of its letters.
    pub(in crate::ocr) letter: usize,
    /// Height of its capitals and digits.
    pub(in crate::ocr) tall: usize,
    /// The row that its letters stand on.
    pub(in crate::ocr) foot: usize,
    /// Light on dark.
    pub(in crate::ocr) is_inverse: bool,
}

/// The pieces of lines on a level page, from top to bottom; `None` where there is too much for letters.
pub(in crate::ocr) fn segments(picture: &Gray, dpi: u32) -> Option<Vec<Segment>> {
    let level = ink_level(picture);
    let found = blobs(picture, level);
    if found.len() > MOST_BLOBS {
        return None;
    }
    let scale = Scale::measure(&found, dpi);
    let (bars, found): (Vec<Blob>, Vec<Blob>) =
        found.into_iter().partition(|blob| scale.is_bar(blob) && is_edged(picture, blob.area, level));
    let mut segments = scale.gather(&found, false);
    for bar in bars {
        segments.extend(on_bar(picture, bar.area, dpi));
    }
    segments.sort_by_key(|segment| (segment.area.top, segment.area.left));
    Some(segments)
}

/// Whether the upper and lower edges of an area are dark from one end to the other: so are those of a bar, and not those
/// of bold letters that touch.
fn is_edged(picture: &Gray, area: Area, level: u8) -> bool {
    let inset = (area.height() / 16).max(1);
    [area.top + inset, area.bottom.saturating_sub(inset + 1)].iter().all(|y| {
        let row = picture.row(*y).get(area.left..area.right).unwrap_or_default();
        let dark = row.iter().filter(|pixel| **pixel < level).count();
        dark as f64 > BAR_EDGE * row.len() as f64
    })
}

/// What is written on a bar, light on dark.
fn on_bar(picture: &Gray, bar: Area, dpi: u32) -> Vec<Segment> {
    let rows =
        (bar.top..bar.bottom).flat_map(|y| picture.row(y).get(bar.left..bar.right).unwrap_or_default());
    let pixels: Vec<u8> = rows.map(|pixel| 255 - pixel).collect();
    let Some(inverse) = Gray::new(bar.width(), bar.height(), pixels) else { return Vec::new() };
    let found = blobs(&inverse, ink_level(&inverse));
    let on_page = |segment: Segment| {
        let area = segment.area;
        let area = Area {
            left: area.left + bar.left,
            top: area.top + bar.top,
            right: area.right + bar.left,
            bottom: area.bottom + bar.top,
        };
        Segment { area, foot: segment.foot + bar.top, ..segment }
    };
    Scale::measure(&found, dpi).gather(&found, true).into_iter().map(on_page).collect()
}

/// The level that parts dark from light best: the least variance within both parts (N. Otsu, 1979).
fn ink_level(picture: &Gray) -> u8 {
    let mut counts = [0_u64; 256];
    // Every third row tells as much as all of them.
    for pixel in picture.rows().step_by(3).flatten() {
        if let Some(count) = counts.get_mut(usize::from(*pixel)) {
            *count += 1;
        }
    }
    let total: u64 = counts.iter().sum();
    let sum: f64 = counts.iter().zip(0_u32..).map(|(count, shade)| *count as f64 * f64::from(shade)).sum();
    let (mut below, mut below_sum) = (0_u64, 0.0);
    let mut best = (0.0, INK_RANGE.1);
    for (shade, count) in (0_u8..=254).zip(&counts) {
        below += count;
        below_sum += *count as f64 * f64::from(shade);
        let above = total - below;
        if below == 0 || above == 0 {
            continue;
        }
        let apart = below_sum / below as f64 - (sum - below_sum) / above as f64;
        let variance = below as f64 * above as f64 * apart * apart;
        if variance > best.0 {
            best = (variance, shade + 1);
        }
    }
    best.1.clamp(INK_RANGE.0, INK_RANGE.1)
}

/// How large things are on a page.
struct Scale {
    dpi: f64,
    /// Usual height of a letter.
    letter: f64,
    /// Less ink is dirt.
    dirt: usize,
}

impl Scale {
    fn measure(found: &[Blob], dpi: u32) -> Self {
        let dpi = f64::from(dpi);
        let is_letter = |blob: &&Blob| {
            let (width, height) = (blob.area.width() as f64, blob.area.height() as f64);
            height >= LOWEST_LETTER * dpi && height <= HIGHEST_LETTER * dpi && width <= 2.5 * height
        };
        let mut heights: Vec<usize> = found.iter().filter(is_letter).map(|blob| blob.area.height()).collect();
        heights.sort_unstable();
        let usual = heights.get(heights.len() / 2).copied().unwrap_or_default() as f64;
        let letter = if usual > 0.0 { usual } else { LOWEST_LETTER * dpi };
        // A full stop is about a tenth of an em wide, an eighth of a letter's height.
        let dirt = (letter / 12.0).powi(2).ceil().max(2.0) as usize;
        Self { dpi, letter, dirt }
    }

    fn is_bar(&self, blob: &Blob) -> bool {
        let (width, height) = (blob.area.width() as f64, blob.area.height() as f64);
        height > 1.2 * self.letter
            && width >= BAR_LETTERS * self.letter
            && blob.ink as f64 > BAR_FILL * width * height
    }

    fn is_mark(&self, area: Area) -> bool {
        (area.height() as f64) < MARK_HEIGHT * self.letter
    }

    fn gather(&self, found: &[Blob], is_inverse: bool) -> Vec<Segment> {
        let fits =
            |blob: &&Blob| blob.ink > self.dirt && blob.area.height() as f64 <= HIGHEST_LETTER * self.dpi;
        let mut areas: Vec<Area> = found.iter().filter(fits).map(|blob| blob.area).collect();
        areas.sort_by_key(|area| (area.left, area.top));
        self.drop_leaders(&mut areas);
        let groups = self.link(&areas).into_iter().flat_map(|group| self.parted(group));
        groups.filter_map(|group| self.segment(&group, is_inverse)).collect()
    }

    /// Dots that lead from a label to its value are no text.
    fn drop_leaders(&self, areas: &mut Vec<Area>) {
        let is_dot = |area: &Area| {
            self.is_mark(*area)
                && area.width() < 2 * area.height() + 2
                && area.height() < 2 * area.width() + 2
        };
        let mut dots: Vec<usize> = (0..areas.len()).filter(|i| areas.get(*i).is_some_and(is_dot)).collect();
        let middle = |i: &usize| areas.get(*i).map_or(0, |area| usize::midpoint(area.top, area.bottom));
        let step = (self.letter / 8.0).max(1.0) as usize;
        dots.sort_by_key(|i| (middle(i) / step, areas.get(*i).map_or(0, |area| area.left)));
        let follows = |a: &usize, b: &usize| {
            let (Some(left), Some(right)) = (areas.get(*a), areas.get(*b)) else { return false };
            let close = left.gap(*right) as f64 <= 1.5 * self.letter && left.left < right.left;
            let between = areas.get(a + 1..*b).unwrap_or_default();
            let is_free = !between.iter().any(|area| area.shared_rows(*left) > 0 && !self.is_mark(*area));
            middle(a).abs_diff(middle(b)) <= step && close && is_free
        };
        let chains = dots.chunk_by(follows).filter(|chain| chain.len() >= LEADING_DOTS);
        let mut leading: Vec<usize> = chains.flatten().copied().collect();
        leading.sort_unstable();
        let mut index = 0;
        areas.retain(|_| {
            index += 1;
            leading.binary_search(&(index - 1)).is_err()
        });
    }

    /// Areas, sorted by their left sides, that belong to one piece of a line: letters first, then each mark to the line that
    /// it stands in, for the comma of one line may nearly touch the letters of the next.
    fn link(&self, areas: &[Area]) -> Vec<Vec<Area>> {
        let mut groups = Groups::new(areas.len());
        let (mut marked, mut between_marks) = (Vec::new(), Vec::new());
        let is_mark = |i: usize| areas.get(i).is_some_and(|area| self.is_mark(*area));
        for (i, j) in self.pairs(areas) {
            match (is_mark(i), is_mark(j)) {
                (false, false) => groups.join(i, j),
                (true, false) => marked.push((i, j)),
                (false, true) => marked.push((j, i)),
                (true, true) => between_marks.push((i, j)),
            }
        }
        let lines = self.lines(areas, &groups);
        let line_of = |groups: &Groups, i: usize| lines.get(groups.root(i)).copied().flatten();
        let has_letters = |root: usize| lines.get(root).is_some_and(Option::is_some);
        marked.sort_unstable();
        for own in marked.chunk_by(|a, b| a.0 == b.0) {
            let Some(area) = own.first().and_then(|(mark, _)| areas.get(*mark)) else { continue };
            let found =
                own.iter().filter_map(|(mark, letter)| Some((*mark, *letter, line_of(&groups, *letter)?)));
            let found: Vec<(usize, usize, TextLine)> = found.collect();
            let Some(best) = nearest(found.iter().map(|(_, _, line)| *line), *area) else { continue };
            let beside = found.iter().filter(|(_, _, line)| line.is_with(best));
            beside.for_each(|(mark, letter, _)| groups.join_under_letters(*mark, *letter, has_letters));
        }
        // Marks beside marks tie no two lines together.
        for (i, j) in between_marks {
            if line_of(&groups, i).is_none() || line_of(&groups, j).is_none() {
                groups.join_under_letters(i, j, has_letters);
            }
        }
        groups.of(areas)
    }

    /// Pairs of areas, sorted by their left sides, that are near enough to be of one piece.
    fn pairs(&self, areas: &[Area]) -> Vec<(usize, usize)> {
        let farthest = (HIGHEST_LETTER * self.dpi * REACH) as usize;
        let mut pairs = Vec::new();
        for (i, area) in areas.iter().enumerate() {
            let near = areas.iter().enumerate().skip(i + 1);
            let near = near.take_while(|(_, other)| other.left <= area.right + farthest);
            pairs.extend(near.filter(|(_, other)| self.belong(*area, **other)).map(|(j, _)| (i, j)));
        }
        pairs
    }

    /// Where the letters of each group stand; of groups without a letter nothing.
    fn lines(&self, areas: &[Area], groups: &Groups) -> Vec<Option<TextLine>> {
        let mut letters: Vec<Vec<Area>> = vec![Vec::new(); areas.len()];
        for (i, area) in areas.iter().enumerate().filter(|(_, area)| !self.is_mark(**area)) {
            if let Some(own) = letters.get_mut(groups.root(i)) {
                own.push(*area);
            }
        }
        let line = |group: Vec<Area>| {
            let (_, tall) = self.letters(&group)?;
            let mut feet: Vec<usize> = group.iter().map(|area| area.bottom).collect();
            feet.sort_unstable();
            Some(TextLine { foot: feet.get(feet.len() / 2).copied()? as f64, tall: tall as f64 })
        };
        letters.into_iter().map(line).collect()
    }

    /// What reaches over several lines, such as a frame or what is left of one, does not make them one, and is no text.
    fn parted(&self, group: Vec<Area>) -> Vec<Vec<Area>> {
        let whole = group.iter().copied().reduce(Area::union);
        let Some((_, tall)) = self.letters(&group) else { return vec![group] };
        let highest = (TOO_HIGH * tall as f64) as usize;
        if whole.is_none_or(|whole| whole.height() <= highest) {
            return vec![group];
        }
        let (strokes, rest): (Vec<Area>, Vec<Area>) =
            group.into_iter().partition(|area| area.height() > highest);
        let mut parts = self.link(&rest);
        let is_large_letter = |area: &Area| {
            let frames = rest.iter().any(|inner| inner.gap(*area) == 0 && inner.shared_rows(*area) > 0);
            area.height() <= 3 * tall && (tall / 2..=3 * area.height()).contains(&area.width()) && !frames
        };
        parts.extend(strokes.into_iter().filter(is_large_letter).map(|area| vec![area]));
        parts
    }

    /// Median height of a group's letters, and that of its capitals; `None` if it has none.
    fn letters(&self, group: &[Area]) -> Option<(usize, usize)> {
        let letters = group.iter().filter(|area| !self.is_mark(**area));
        let mut heights: Vec<usize> = letters.map(|area| area.height()).collect();
        heights.sort_unstable();
        let letter = heights.get(heights.len() / 2).copied()?;
        let tall = heights.get(heights.len() * 4 / 5).map_or(letter, |tall| (*tall).min(2 * letter));
        Some((letter, tall))
    }

    fn belong(&self, a: Area, b: Area) -> bool {
        let (marks, gap) = ((self.is_mark(a), self.is_mark(b)), a.gap(b) as f64);
        let highest = a.height().max(b.height()) as f64;
        let shared = a.shared_rows(b);
        match marks {
            (true, true) => {
                gap <= MARK_REACH * self.letter && (shared > 0 || gap == 0.0 && self.is_stacked(a, b))
            }
            (false, false) => {
                let lower = a.height().min(b.height());
                gap <= REACH * highest && 2 * shared >= lower
            }
            (true, false) | (false, true) => {
                gap <= REACH * highest && (shared > 0 || gap == 0.0 && self.is_stacked(a, b))
            }
        }
    }

    /// The dot of an i, the two of a colon.
    fn is_stacked(&self, a: Area, b: Area) -> bool {
        let rise = a.top.max(b.top).saturating_sub(a.bottom.min(b.bottom));
        let higher = (a.height().max(b.height()) as f64).min(self.letter);
        rise as f64 <= DOT_RISE * higher
    }

    fn segment(&self, group: &[Area], is_inverse: bool) -> Option<Segment> {
        let area = group.iter().copied().reduce(Area::union)?;
        let Some((letter, tall)) = self.letters(group) else {
            // Marks alone: a dash stands for nothing in a column of money; a dot is dirt.
            let is_dash = area.width() as f64 > 0.25 * self.letter;
            let letter = self.letter as usize;
            return is_dash.then_some(Segment { area, letter, tall: letter, foot: area.bottom, is_inverse });
        };
        // A stroke that no letter stands beside is what is left of a rule.
        let is_stroke =
            group.len() == 1 && area.height() > STROKE * area.width() && letter as f64 > 1.5 * self.letter;
        let mut feet: Vec<usize> =
            group.iter().filter(|area| !self.is_mark(**area)).map(|area| area.bottom).collect();
        feet.sort_unstable();
        let foot = feet.get(feet.len() / 2).copied().unwrap_or(area.bottom);
        (!is_stroke).then_some(Segment { area, letter, tall, foot, is_inverse })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: u8 = 255;

    /// A page on which each rectangle is filled with a shade.
    fn page(rectangles: &[([usize; 4], u8)]) -> Gray {
        let mut picture = Gray::paper(900, 400);
        let width = picture.width();
        for ([left, top, right, bottom], shade) in rectangles {
            for row in picture.pixels_mut().chunks_exact_mut(width).take(*bottom).skip(*top) {
                row[*left..*right].fill(*shade);
            }
        }
        picture
    }

    /// Letters of 12 × 30 pixels, 4 apart, from a place on.
    fn word(left: usize, top: usize, letters: usize, shade: u8) -> Vec<([usize; 4], u8)> {
        let lefts = (0..letters).map(|i| left + i * 16);
        lefts.map(|left| ([left, top, left + 12, top + 30], shade)).collect()
    }

    fn check(parts: &[Vec<([usize; 4], u8)>], expected: &[[usize; 4]]) {
        let found = segments(&page(&parts.concat()), 300).unwrap();
        let areas: Vec<[usize; 4]> =
            found.iter().map(|s| [s.area.left, s.area.top, s.area.right, s.area.bottom]).collect();
        assert_eq!(areas, expected);
    }

    #[test]
    fn blanks_join_and_columns_part() {
        let line = [word(50, 50, 4, 0), word(130, 50, 3, 0), word(300, 50, 5, 0)];
        check(&line, &[[50, 50, 174, 80], [300, 50, 376, 80]]);
    }

    #[test]
    fn lines_that_nearly_touch_stay_apart() {
        check(&[word(50, 50, 4, 0), word(50, 84, 4, 0)], &[[50, 50, 110, 80], [50, 84, 110, 114]]);
    }

    #[test]
    fn marks_belong_to_the_letters_beside_and_below_them() {
        let comma = vec![([112, 74, 116, 86], 0)];
        let dot = vec![([52, 40, 57, 45], 0)];
        check(&[word(50, 50, 4, 0), comma, dot], &[[50, 40, 116, 86]]);
    }

    #[test]
    fn a_comma_does_not_tie_its_line_to_the_next() {
        // The comma nearly touches a letter below it, and so does the accent of that letter the letters above.
        let comma = vec![([112, 72, 117, 88], 0)];
        let accent = vec![([68, 86, 76, 91], 0)];
        check(
            &[word(50, 50, 4, 0), comma, accent, word(50, 96, 6, 0)],
            &[[50, 50, 117, 88], [50, 86, 142, 126]],
        );
    }

    #[test]
    fn dots_that_lead_the_eye_are_no_text() {
        let leaders = (0..20).map(|i| ([130 + i * 14, 76, 134 + i * 14, 80], 0)).collect();
        check(&[word(50, 50, 4, 0), leaders, word(430, 50, 4, 0)], &[[50, 50, 110, 80], [430, 50, 490, 80]]);
    }

    #[test]
    fn a_frame_around_two_lines_does_not_make_them_one() {
        let frame = vec![
            ([40, 40, 240, 43], 0),
            ([40, 127, 240, 130], 0),
            ([40, 40, 43, 130], 0),
            ([237, 40, 240, 130], 0),
        ];
        check(&[word(60, 50, 4, 0), word(60, 90, 4, 0), frame], &[[60, 50, 120, 80], [60, 90, 120, 120]]);
    }

    #[test]
    fn words_on_a_bar_are_read_light_on_dark_and_bold_letters_that_touch_are_no_bar() {
        let bar = vec![([30, 40, 500, 100], 60)];
        let found = segments(&page(&[bar, word(60, 55, 4, PAPER)].concat()), 300).unwrap();
        assert_eq!(found.len(), 1);
        assert!(found[0].is_inverse);
        assert_eq!((found[0].area.left, found[0].area.right, found[0].foot), (60, 120, 85));
        // Stems that feet join.
        let feet = vec![([50, 76, 178, 80], 0)];
        let bold = segments(&page(&[word(50, 50, 8, 0), feet].concat()), 300).unwrap();
        assert_eq!(bold.iter().map(|s| s.is_inverse).collect::<Vec<_>>(), [false]);
    }

    #[test]
    fn a_lonely_dash_is_kept_and_a_lonely_dot_is_not() {
        let marks = vec![([300, 62, 316, 66], 0), ([500, 62, 503, 65], 0)];
        check(&[word(50, 50, 4, 0), marks], &[[50, 50, 110, 80], [300, 62, 316, 66]]);
    }

    #[test]
    fn noise_without_end_is_no_text() {
        let mut picture = Gray::paper(900, 400);
        picture.pixels_mut().iter_mut().step_by(3).for_each(|pixel| *pixel = 0);
        let mut rows = Gray::paper(900, 400);
        let width = rows.width();
        for (y, row) in rows.pixels_mut().chunks_exact_mut(width).enumerate() {
            row.iter_mut()
                .skip(y % 2)
                .step_by(4)
                .for_each(|pixel| *pixel = if y % 2 == 0 { 0 } else { PAPER });
        }
        assert_eq!(segments(&Gray::paper(900, 400), 300), Some(Vec::new()));
        assert_eq!(segments(&tiled(&rows, 4), 300), None);
    }

    /// The picture so many times over itself, so that there are more pieces than a page of text has.
    fn tiled(picture: &Gray, times: usize) -> Gray {
        let pixels = picture.pixels().repeat(times);
        Gray::new(picture.width(), picture.height() * times, pixels).unwrap()
    }
}
