//! A picture file as a document: its pages counted and measured, and read where that was asked for.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::decode::{ImageFile, Sides};
use crate::layout::round;
use crate::pdf::regions;
use crate::raster::{FoundPage, Gray, Picture, Turn, coarser, page_of_photo};
use crate::recognize::Recognizer;
use crate::resaved;
use crate::{ExtractError, ExtractOptions, Survey};
use smartexus_domain::{
    FileFacts, Finding, MediaType, PAGE_FAILED, Page, PageFacts, PageMethod, PageRange, PageRoute, Pages,
    PartPages, Picture as Shown, Rect, ResavedRegion, RouteReason, gather,
};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Pixels have no size on paper, and what files claim of it is mostly a program's default. A picture is taken to be as
/// wide as A4, upright or on its side.
const PAGE_SIDES_PT: (f64, f64) = (595.28, 841.89);
/// The longest page that the PDF format knows.
const LONGEST_PT: f64 = 14_400.0;

/// Counts the pages; decodes none.
pub(crate) fn survey_image(
    bytes: &[u8],
    media_type: MediaType,
    options: &ExtractOptions,
) -> Result<Survey, ExtractError> {
    let file = open(bytes, media_type)?;
    Ok(Survey { media_type, pages: count(&file, options)? })
}

/// Reads every page, or those of the range that was asked for.
pub(crate) fn extract_image(
    bytes: &[u8],
    media_type: MediaType,
    options: &ExtractOptions,
) -> Result<Pages, ExtractError> {
    let file = open(bytes, media_type)?;
    let total = count(&file, options)?;
    let whole = PageRange::new(1, total).map_err(|_| ExtractError::Corrupt)?;
    let range = options.range.unwrap_or(whole);
    let mut recognizer = Recognizer::new(options);
    let (mut pages, mut findings) = (Vec::new(), Vec::new());
    for number in (1..=total).filter(|number| range.contains(*number)) {
        let (page, said) = read_page(&file, number, options, recognizer.as_mut());
        pages.push(page);
        findings.extend(said);
    }
    let picture = catch_unwind(AssertUnwindSafe(|| file.facts())).ok().flatten();
    let pages = Pages { media_type, facts: FileFacts { picture, ..FileFacts::default() }, pages, findings };
    match options.range {
        Some(_) => Ok(pages),
        None => Ok(gather(vec![PartPages { range: whole, pages }], total)?),
    }
}

fn open(bytes: &[u8], media_type: MediaType) -> Result<ImageFile<'_>, ExtractError> {
    let opened = catch_unwind(AssertUnwindSafe(|| ImageFile::open(bytes, media_type)));
    opened.ok().flatten().ok_or(ExtractError::Corrupt)
}

fn count(file: &ImageFile<'_>, options: &ExtractOptions) -> Result<u32, ExtractError> {
    let limit = options.limits.pages;
    let pages = catch_unwind(AssertUnwindSafe(|| file.pages(limit.saturating_add(1)))).unwrap_or(0);
    match pages {
        0 => Err(ExtractError::Corrupt),
        pages if pages > limit => Err(ExtractError::TooManyPages { pages: u64::from(pages), limit }),
        pages => Ok(pages),
    }
}

/// A page that cannot be decoded costs that page.
fn read_page(
    file: &ImageFile<'_>,
    number: u32,
    options: &ExtractOptions,
    recognizer: Option<&mut Recognizer>,
) -> (Page, Vec<Finding>) {
    let sides = catch_unwind(AssertUnwindSafe(|| file.sides(number))).ok().flatten();
    let Some(sides) = sides else { return failed(number) };
    let mut page = unread(number, sides);
    let say = |code, message: &str| vec![Finding::new(code, message).on_page(number)];
    if sides.pixels() > u64::from(options.limits.pixels_per_page) {
        let message = "This page has more pixels than the limit; its text was not recognized.";
        return (page, say("too_many_pixels", message));
    }
    let mut findings = say("page_not_text", "This page is a picture.");
    page.facts.resaved_regions = resaved(file, &page, sides, options);
    page.route = PageRoute::Scan(RouteReason::Picture);
    if let Some(recognizer) = recognizer {
        let gray = match paper(file, number, sides) {
            None => return failed(number),
            Some(Paper::Whole(gray)) => gray,
            Some(Paper::Found(gray)) => {
                let extent = points(sides_of(&gray));
                (page.width, page.height) = (round(extent.0), round(extent.1));
                gray
            }
        };
        let place = [0.0, 0.0, page.width, page.height];
        recognizer.read_picture(&coarser(Picture { gray, place }), &mut page, &mut findings);
    }
    (page, findings)
}

/// What a page is read from.
enum Paper {
    /// The whole picture.
    Whole(Gray),
    /// Paper that lies on something in a photo, straightened.
    Found(Gray),
}

/// `None` where the picture cannot be decoded.
fn paper(file: &ImageFile<'_>, number: u32, sides: Sides) -> Option<Paper> {
    let gray = catch_unwind(AssertUnwindSafe(|| file.decode(number, sides))).ok().flatten()?;
    let straightened = catch_unwind(AssertUnwindSafe(|| page_of_photo(&gray))).ok().flatten();
    Some(straightened.map_or(Paper::Whole(gray), |FoundPage { gray, .. }| Paper::Found(gray)))
}

/// Each page's picture as it is read, of the range that was asked for; those beyond the limit of pixels are left out.
pub(crate) fn draw_image(
    bytes: &[u8],
    media_type: MediaType,
    options: &ExtractOptions,
    mut each: impl FnMut(u32, Gray, u16),
) -> Result<(), ExtractError> {
    let file = open(bytes, media_type)?;
    let total = count(&file, options)?;
    let is_asked = |number: &u32| options.range.is_none_or(|range| range.contains(*number));
    for number in (1..=total).filter(is_asked) {
        let sides = catch_unwind(AssertUnwindSafe(|| file.sides(number))).ok().flatten();
        let small = sides.filter(|sides| sides.pixels() <= u64::from(options.limits.pixels_per_page));
        let Some(sides) = small else { continue };
        match paper(&file, number, sides) {
            Some(Paper::Whole(gray) | Paper::Found(gray)) => each(number, gray, sides.turn.degrees()),
            None => {}
        }
    }
    Ok(())
}

/// Regions of a JPEG file without the trace of a save that the rest of it has.
fn resaved(file: &ImageFile<'_>, page: &Page, sides: Sides, options: &ExtractOptions) -> Vec<ResavedRegion> {
    let limit = u64::from(options.limits.pixels_per_page);
    let look = || resaved::look(file.jpeg()?, limit);
    let found = catch_unwind(AssertUnwindSafe(look)).ok().flatten();
    let place = Rect { x0: 0.0, y0: 0.0, x1: page.width, y1: page.height };
    let is_upright = sides.turn == Turn::None && !sides.mirrored;
    found.map(|found| regions(&found, place, is_upright)).unwrap_or_default()
}

fn sides_of(gray: &Gray) -> Sides {
    let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
    Sides { width: side(gray.width()), height: side(gray.height()), turn: Turn::None, mirrored: false }
}

fn failed(number: u32) -> (Page, Vec<Finding>) {
    let message = "This page could not be read: its picture is damaged or of a rare kind.";
    let page = unread(number, Sides { width: 1, height: 1, turn: Turn::None, mirrored: false });
    (page, vec![Finding::new(PAGE_FAILED, message).on_page(number)])
}

fn unread(number: u32, sides: Sides) -> Page {
    let (width, height) = points(sides);
    let (across, down) = sides.upright();
    let bounds = Rect { x0: 0.0, y0: 0.0, x1: round(width), y1: round(height) };
    let picture = Shown { bounds, width: across, height: down, has_holes: false };
    Page {
        page: number,
        width: round(width),
        height: round(height),
        rotation: sides.turn.degrees(),
        method: PageMethod::Text,
        route: PageRoute::Text,
        words: Vec::new(),
        hidden_words: Vec::new(),
        text: String::new(),
        unmapped_glyphs: 0,
        covered_glyphs: None,
        facts: PageFacts { pictures: vec![picture], ..PageFacts::default() },
        fonts: Vec::new(),
        complete: false,
    }
}

fn points(sides: Sides) -> (f64, f64) {
    let (width, height) = sides.upright();
    let (width, height) = (f64::from(width.max(1)), f64::from(height.max(1)));
    let (short, long) = PAGE_SIDES_PT;
    let across = if width > height { long } else { short };
    (across, (across * height / width).min(LONGEST_PT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_as_wide_as_a_page() {
        let points = |width, height, turn| points(Sides { width, height, turn, mirrored: false });
        assert_eq!(points(1000, 1000, Turn::None), (595.28, 595.28));
        assert_eq!(points(2000, 1000, Turn::None), (841.89, 420.945));
        assert_eq!(points(2000, 1000, Turn::Right), (595.28, 1190.56));
        assert_eq!(points(1, 40_000_000, Turn::None), (595.28, LONGEST_PT));
    }
}
