//! Pictures that are whole pages, looked at for regions that were saved less often than the rest.

#![expect(clippy::float_arithmetic, reason = "geometry")]
#![expect(clippy::cast_precision_loss, reason = "sides of pictures are small numbers")]

use super::page::PageOutcome;
use crate::ExtractLimits;
use crate::layout::round;
use crate::resaved::{Resaved, look};
use hayro_syntax::Pdf;
use hayro_syntax::object::dict::keys::{FILTER, HEIGHT, WIDTH};
use hayro_syntax::object::{Array, Name, Stream};
use hayro_syntax::page::Page as PdfPage;
use smartexus_domain::{Page, Picture, Rect, ResavedRegion};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Pictures of one reading that are looked at: each takes about as long to decode as a page of text takes to read, many times.
const PICTURES_MAX: usize = 8;
/// A picture of so much of the page is the page.
const WHOLE_PAGE_SHARE: f64 = 0.5;

/// Notes on each page that is one picture which regions of it lack the trace of a save.
pub(super) fn look_at_pictures(pdf: &Pdf, outcomes: &mut [PageOutcome], limits: &ExtractLimits) {
    let whole = |outcome: &&mut PageOutcome| !outcome.is_failed && whole_picture(&outcome.page).is_some();
    for outcome in outcomes.iter_mut().filter(whole).take(PICTURES_MAX) {
        let page = &mut outcome.page;
        let index = usize::try_from(page.page).unwrap_or(usize::MAX).checked_sub(1);
        let source = index.and_then(|index| pdf.pages().get(index));
        let (Some(source), Some(picture)) = (source, whole_picture(page).cloned()) else { continue };
        let limit = u64::from(limits.pixels_per_page);
        let attempt = || look(&jpeg(source, &picture)?, limit);
        let found = catch_unwind(AssertUnwindSafe(attempt)).ok().flatten();
        page.facts.resaved_regions =
            found.map(|found| regions(&found, picture.bounds, page.rotation == 0)).unwrap_or_default();
    }
}

/// The only picture of a page, if it shows the page.
fn whole_picture(page: &Page) -> Option<&Picture> {
    let area = page.width * page.height;
    let [picture] = page.facts.pictures.as_slice() else { return None };
    let share = picture.bounds.width() * picture.bounds.height();
    (!picture.has_holes && !page.route.is_text() && share >= WHOLE_PAGE_SHARE * area).then_some(picture)
}

/// The file of a picture, where it is a JPEG and nothing else.
fn jpeg(page: &PdfPage<'_>, picture: &Picture) -> Option<Vec<u8>> {
    let objects = &page.resources().x_objects;
    let mut streams = objects.keys().filter_map(|name| objects.get::<Stream<'_>>(name));
    let is_it = |stream: &Stream<'_>| {
        let dict = stream.dict();
        let is_jpeg = |name: &Name<'_>| name.as_str() == "DCTDecode";
        let filters = dict.get::<Array<'_>>(FILTER);
        let alone = filters.is_some_and(|all| {
            let mut names = all.iter::<Name<'_>>();
            names.next().is_some_and(|name| is_jpeg(&name)) && names.next().is_none()
        });
        dict.get::<u32>(WIDTH) == Some(picture.width)
            && dict.get::<u32>(HEIGHT) == Some(picture.height)
            && (alone || dict.get::<Name<'_>>(FILTER).is_some_and(|name| is_jpeg(&name)))
    };
    let stream = streams.find(is_it)?;
    Some(stream.raw_data().to_vec())
}

/// Where regions are on the page; of a page that is turned only the picture is told.
pub(crate) fn regions(found: &Resaved, place: Rect, is_upright: bool) -> Vec<ResavedRegion> {
    let (width, height) = found.extent;
    let across = |x: usize| round(place.x0 + place.width() * x as f64 / width.max(1) as f64);
    let down = |y: usize| round(place.y0 + place.height() * y as f64 / height.max(1) as f64);
    let region = |[left, top, right, bottom]: &[usize; 4]| {
        let bounds = Rect { x0: across(*left), y0: down(*top), x1: across(*right), y1: down(*bottom) };
        ResavedRegion { bounds: if is_upright { bounds } else { place }, quality: found.quality }
    };
    found.regions.iter().map(region).collect()
}
