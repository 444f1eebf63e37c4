//! Pieces of lines written under each other on clean sheets, so that the recognizer finds each line at once and reads
//! no white paper between the columns of a table.

#![expect(clippy::float_arithmetic, reason = "geometry")]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "pixels of pictures that fit in memory"
)]

use super::find::{Area, Segment};
use super::hocr::{ReadGlyph, ReadLine, ReadWord};
use crate::raster::Gray;

/// White around a piece.
const MARGIN: usize = 12;
/// Between the foot of one piece and the head of the next, in heights of a letter.
const LEADING: f64 = 0.9;
/// The soft edge of letters, beyond what counts as ink.
const EDGE: usize = 2;
/// Pieces are laid out with others at most so many times narrower: a sheet is mostly ink, not paper.
const NARROWER: usize = 3;
/// Pixels of a sheet; what does not fit goes on another.
const MOST_PIXELS: usize = 12_000_000;
/// Rows of a sheet: the recognizer takes no picture with a side of 32,768 pixels.
const MOST_ROWS: usize = 16_000;
/// The darkest pixels of a piece are ink, one in so many; a single one may be dust.
const DARKEST_PER: usize = 50;
/// With less between them, what looks like ink and paper is a shade.
const LEAST_CONTRAST: usize = 48;

/// A sheet and where each of its pieces comes from.
pub(super) struct Sheet {
    pub(super) picture: Gray,
    placed: Vec<Placed>,
}

/// A piece on a sheet.
struct Placed {
    /// Which of the pieces it is.
    piece: usize,
    /// On the page.
    from: Area,
    /// First row on the sheet, white between the pieces included.
    top: usize,
    /// First row of its pixels.
    ink_top: usize,
}

/// Pieces, each with its number, on as few sheets as are worth it.
pub(super) fn sheets(page: &Gray, pieces: &[(usize, &Segment)]) -> Vec<Sheet> {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    let width = |i: &usize| pieces.get(*i).map_or(0, |(_, piece)| piece.area.width());
    order.sort_by_key(|i| std::cmp::Reverse(width(i)));
    let mut sheets = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let (mut widest, mut rows) = (0, 0);
    for i in order {
        let height = pieces.get(i).map_or(0, |(_, piece)| advance(piece));
        let is_full = widest * (rows + height) > MOST_PIXELS || rows + height > MOST_ROWS;
        if !open.is_empty() && (is_full || width(&i) * NARROWER < widest) {
            sheets.push(Sheet::compose(page, pieces, std::mem::take(&mut open)));
            rows = 0;
        }
        if open.is_empty() {
            widest = width(&i) + 2 * (MARGIN + EDGE);
        }
        rows += height;
        open.push(i);
    }
    if !open.is_empty() {
        sheets.push(Sheet::compose(page, pieces, open));
    }
    sheets
}

fn leading(piece: &Segment) -> usize {
    ((piece.letter as f64 * LEADING) as usize).max(MARGIN)
}

/// Rows of the sheet that a piece takes.
fn advance(piece: &Segment) -> usize {
    piece.area.height() + 2 * EDGE + leading(piece)
}

impl Sheet {
    fn compose(page: &Gray, pieces: &[(usize, &Segment)], mut order: Vec<usize>) -> Self {
        // As on the page from top to bottom.
        order.sort_unstable();
        let of = |i: &usize| pieces.get(*i).copied();
        let width =
            order.iter().filter_map(of).map(|(_, piece)| piece.area.width()).max().unwrap_or_default();
        let height: usize = order.iter().filter_map(of).map(|(_, piece)| advance(piece)).sum();
        let mut picture = Gray::paper(width + 2 * (MARGIN + EDGE), height + MARGIN);
        let mut placed = Vec::with_capacity(order.len());
        let mut top = 0;
        for (i, piece) in order.iter().filter_map(of) {
            let from = piece.area.grown(EDGE, page);
            let ink_top = top + leading(piece);
            copy(page, from, piece.is_inverse, &mut picture, ink_top);
            placed.push(Placed { piece: i, from, top, ink_top });
            top = ink_top + from.height();
        }
        Self { picture, placed }
    }

    /// What was read on the sheet, as it stands on the page: each piece with its words.
    pub(super) fn on_page(&self, lines: Vec<ReadLine>) -> Vec<(usize, ReadLine)> {
        let mut read: Vec<(usize, ReadLine)> = Vec::new();
        for line in lines {
            for word in line.words {
                let middle = f64::midpoint(word.bounds[1], word.bounds[3]).max(0.0) as usize;
                let after = self.placed.partition_point(|placed| placed.top <= middle);
                let Some(placed) = after.checked_sub(1).and_then(|i| self.placed.get(i)) else { continue };
                let word = moved(word, placed);
                match read.iter_mut().find(|(piece, _)| *piece == placed.piece) {
                    Some((_, line)) => line.words.push(word),
                    None => {
                        let [left, top, right, bottom] =
                            [placed.from.left, placed.from.top, placed.from.right, placed.from.bottom];
                        let bounds = [left as f64, top as f64, right as f64, bottom as f64];
                        let words = vec![word];
                        read.push((
                            placed.piece,
                            ReadLine { bounds, baseline: None, size: line.size, words },
                        ));
                    }
                }
            }
        }
        read
    }
}

/// The pixels of an area, dark on light.
pub(super) fn cut(page: &Gray, from: Area, is_inverse: bool) -> Option<Gray> {
    let tones = Tones::of(page, from, is_inverse);
    let rows =
        (from.top..from.bottom).flat_map(|y| page.row(y).get(from.left..from.right).unwrap_or_default());
    Gray::new(from.width(), from.height(), rows.map(|pixel| tones.of_pixel(*pixel)).collect())
}

/// Colored letters on a shaded row, in gray, become black on white: the recognizer reads those best.
struct Tones {
    table: [u8; 256],
}

impl Tones {
    fn of(page: &Gray, from: Area, is_inverse: bool) -> Self {
        let turned = |pixel: u8| if is_inverse { 255 - pixel } else { pixel };
        let mut counts = [0_usize; 256];
        for y in from.top..from.bottom {
            for pixel in page.row(y).get(from.left..from.right).unwrap_or_default() {
                if let Some(count) = counts.get_mut(usize::from(turned(*pixel))) {
                    *count += 1;
                }
            }
        }
        let mut table = [0_u8; 256];
        let (ink, paper) = ends(&counts);
        let span = paper.saturating_sub(ink);
        for (pixel, tone) in (0..=u8::MAX).zip(&mut table) {
            let tone_before = usize::from(turned(pixel));
            let stretched = if span < LEAST_CONTRAST {
                tone_before
            } else {
                (tone_before.saturating_sub(ink) * 255 / span).min(255)
            };
            *tone = u8::try_from(stretched).unwrap_or(u8::MAX);
        }
        Self { table }
    }

    fn of_pixel(&self, pixel: u8) -> u8 {
        self.table.get(usize::from(pixel)).copied().unwrap_or(pixel)
    }
}

/// The tones of ink and paper: the darkest of an area, but for its very darkest pixels, and the commonest of its light half.
fn ends(counts: &[usize; 256]) -> (usize, usize) {
    let all: usize = counts.iter().sum();
    let mut darker = 0;
    let is_ink = |count: &usize| {
        darker += count;
        darker * DARKEST_PER > all
    };
    let ink = counts.iter().position(is_ink).unwrap_or_default();
    let lightest = counts.iter().rposition(|count| *count > 0).unwrap_or(255);
    let from = usize::midpoint(ink, lightest);
    let light = counts.iter().enumerate().skip(from);
    let paper = light.max_by_key(|(_, count)| **count).map_or(255, |(tone, _)| tone);
    (ink, paper)
}

fn copy(page: &Gray, from: Area, is_inverse: bool, to: &mut Gray, top: usize) {
    let tones = Tones::of(page, from, is_inverse);
    let width = to.width();
    let rows = to.pixels_mut().chunks_exact_mut(width).skip(top);
    for (y, row) in (from.top..from.bottom).zip(rows) {
        let source = page.row(y).get(from.left..from.right).unwrap_or_default();
        for (target, pixel) in row.iter_mut().skip(MARGIN).zip(source) {
            *target = tones.of_pixel(*pixel);
        }
    }
}

fn moved(word: ReadWord, placed: &Placed) -> ReadWord {
    let right = placed.from.left as f64 - MARGIN as f64;
    let down = placed.from.top as f64 - placed.ink_top as f64;
    let [x0, y0, x1, y1] = word.bounds;
    let glyphs = word.glyphs.into_iter().map(|glyph| ReadGlyph { bottom: glyph.bottom + down, ..glyph });
    ReadWord { bounds: [x0 + right, y0 + down, x1 + right, y1 + down], glyphs: glyphs.collect(), ..word }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(left: usize, top: usize, width: usize) -> Segment {
        let area = Area { left, top, right: left + width, bottom: top + 20 };
        Segment { area, letter: 20, tall: 20, foot: top + 20, is_inverse: false }
    }

    fn word(text: &str, bounds: [f64; 4]) -> ReadWord {
        let glyph =
            ReadGlyph { text: text.to_owned(), confidence: 0.9, bottom: bounds[3], choices: Vec::new() };
        ReadWord { bounds, confidence: 0.9, glyphs: vec![glyph] }
    }

    #[test]
    fn what_is_read_on_a_sheet_stands_where_it_came_from() {
        let page = Gray::paper(1000, 600);
        let pieces = [piece(100, 50, 200), piece(500, 300, 150)];
        let numbered: Vec<(usize, &Segment)> =
            pieces.iter().enumerate().map(|(i, piece)| (i + 7, piece)).collect();
        let sheets = sheets(&page, &numbered);
        let [sheet] = sheets.as_slice() else { panic!("one sheet") };
        let at = |placed: &Placed| {
            let (left, top) = (MARGIN as f64 + EDGE as f64, placed.ink_top as f64 + EDGE as f64);
            [left, top, left + 50.0, top + 20.0]
        };
        // The recognizer may take both pieces for one line.
        let words = vec![word("a", at(&sheet.placed[0])), word("b", at(&sheet.placed[1]))];
        let line = ReadLine { bounds: [0.0; 4], baseline: None, size: 20.0, words };
        let read = sheet.on_page(vec![line]);
        let found: Vec<(usize, String, [f64; 4])> =
            read.iter().map(|(i, line)| (*i, line.words[0].text(), line.words[0].bounds)).collect();
        let expected = [
            (7, "a".to_owned(), [100.0, 50.0, 150.0, 70.0]),
            (8, "b".to_owned(), [500.0, 300.0, 550.0, 320.0]),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn narrow_pieces_lie_on_sheets_of_their_own() {
        let page = Gray::paper(1000, 600);
        let pieces = [piece(0, 0, 900), piece(0, 100, 800), piece(0, 200, 100), piece(0, 300, 90)];
        let numbered: Vec<(usize, &Segment)> = pieces.iter().enumerate().collect();
        let widths: Vec<usize> = sheets(&page, &numbered).iter().map(|sheet| sheet.picture.width()).collect();
        assert_eq!(widths, [900 + 28, 100 + 28]);
        assert!(sheets(&page, &[]).is_empty());
    }

    #[test]
    fn no_sheet_is_higher_than_the_recognizer_takes() {
        let page = Gray::paper(100, 600);
        let pieces: Vec<Segment> = (0..2000).map(|at| piece(at % 40, at % 500, 20)).collect();
        let numbered: Vec<(usize, &Segment)> = pieces.iter().enumerate().collect();
        let sheets = sheets(&page, &numbered);
        let placed: usize = sheets.iter().map(|sheet| sheet.placed.len()).sum();
        assert_eq!(placed, pieces.len());
        assert!(sheets.len() > 1);
        assert!(sheets.iter().all(|sheet| i16::try_from(sheet.picture.height()).is_ok()));
    }

    #[test]
    fn gray_letters_on_a_shaded_row_become_black_on_white() {
        let mut page = Gray::paper(100, 60);
        page.pixels_mut().fill(240);
        let width = page.width();
        for row in page.pixels_mut().chunks_exact_mut(width).skip(12).take(4) {
            row[15..25].fill(95);
        }
        let area = Area { left: 10, top: 10, right: 30, bottom: 20 };
        let piece = cut(&page, area, false).unwrap();
        assert_eq!((piece.row(0)[0], piece.row(3)[7]), (255, 0));
        // A shade alone stays what it is.
        let shade = Area { left: 40, top: 30, right: 60, bottom: 40 };
        page.pixels_mut()[40 + 35 * width] = 220;
        assert_eq!(cut(&page, shade, false).unwrap().row(5)[0], 220);
    }

    #[test]
    fn light_letters_become_dark() {
        let mut page = Gray::paper(100, 60);
        page.pixels_mut().fill(20);
        let area = Area { left: 10, top: 10, right: 30, bottom: 20 };
        assert!(cut(&page, area, true).unwrap().pixels().iter().all(|pixel| *pixel == 235));
        assert!(cut(&page, area, false).unwrap().pixels().iter().all(|pixel| *pixel == 20));
    }
}
