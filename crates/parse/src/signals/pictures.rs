//! Pictures: patched, of a screen, or changed after they were taken.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::geometry::{area, holds};
use super::moment::Moment;
use super::programs::{Purpose, purpose};
use super::scene::Scene;
use smartexus_domain::{Page, PageMethod, PageRoute, Picture, Signal, SignalName};

/// A picture of so much of the page is the page.
const WHOLE_PAGE_SHARE: f64 = 0.5;
/// A patch is no more of the page than this; scanners that take a page apart store larger pieces.
const PATCH_SHARE_MAX: f64 = 0.08;
/// And there are no more of them.
const PATCHES_MAX: usize = 3;
/// Resolutions that differ by less, as a share, are one.
const SAME_RESOLUTION: f64 = 0.1;
/// Gallery programs turn pictures at once; a later change is told after so many minutes.
const SOON_MINUTES: i64 = 10;
/// Sizes of screens in pixels, upright: telephones and tablets, then monitors and laptops.
const SCREENS: [(u32, u32); 40] = [
    (640, 1136),
    (720, 1280),
    (720, 1600),
    (750, 1334),
    (828, 1792),
    (1080, 1920),
    (1080, 2160),
    (1080, 2220),
    (1080, 2280),
    (1080, 2340),
    (1080, 2400),
    (1125, 2436),
    (1170, 2532),
    (1179, 2556),
    (1206, 2622),
    (1242, 2208),
    (1242, 2688),
    (1284, 2778),
    (1290, 2796),
    (1320, 2868),
    (1344, 2992),
    (1440, 2560),
    (1440, 2960),
    (1440, 3040),
    (1440, 3088),
    (1440, 3200),
    (1536, 2048),
    (1640, 2360),
    (1668, 2388),
    (2048, 2732),
    (768, 1366),
    (900, 1440),
    (900, 1600),
    (1050, 1680),
    (1200, 1920),
    (1600, 2560),
    (1800, 2880),
    (1964, 3024),
    (2160, 3840),
    (1864, 2880),
];

pub(super) fn judge(scene: &Scene<'_>) -> Vec<Signal> {
    let mut signals: Vec<Signal> = scene.pages.iter().flat_map(patches).collect();
    signals.extend(scene.pages.iter().filter_map(screenshot));
    signals.extend(photo(scene));
    signals.extend(changed(scene));
    signals
}

/// Small pictures of another resolution on the picture of a page.
fn patches(page: &Page) -> Vec<Signal> {
    let whole = page.width * page.height;
    let is_page = |picture: &&Picture| !picture.has_holes && area(picture.bounds) >= WHOLE_PAGE_SHARE * whole;
    let Some(ground) = page.facts.pictures.iter().find(is_page) else { return Vec::new() };
    let is_patch = |picture: &&Picture| {
        let is_small = area(picture.bounds) <= PATCH_SHARE_MAX * whole;
        is_small && holds(ground.bounds, picture.bounds) && !has_same_resolution(ground, picture)
    };
    let others = page.facts.pictures.iter().filter(|picture| !std::ptr::eq(*picture, ground));
    let others: Vec<&Picture> = others.collect();
    let patches: Vec<&&Picture> =
        others.iter().filter(|picture| !picture.has_holes && is_patch(picture)).collect();
    // Where a page is stored in layers and pieces, a small one is one of them.
    if patches.len() > PATCHES_MAX || patches.len() < others.len() {
        return Vec::new();
    }
    let told = |patch: &&&Picture| {
        let evidence = format!(
            "On the picture of page {} lies a small one of {:.0} pixels an inch, where the page has {:.0}.",
            page.page,
            resolution(patch),
            resolution(ground)
        );
        Signal::new(SignalName::ImagePatch, evidence).at(page.page, patch.bounds)
    };
    patches.iter().map(told).collect()
}

/// Pixels an inch across.
fn resolution(picture: &Picture) -> f64 {
    72.0 * f64::from(picture.width) / picture.bounds.width().max(1.0)
}

fn has_same_resolution(one: &Picture, other: &Picture) -> bool {
    let (one, other) = (resolution(one), resolution(other));
    (one - other).abs() <= SAME_RESOLUTION * one.max(other)
}

/// The whole page is a picture as large as a screen.
fn screenshot(page: &Page) -> Option<Signal> {
    let [picture] = page.facts.pictures.as_slice() else { return None };
    let is_read_from_it = page.method == PageMethod::Ocr || matches!(page.route, PageRoute::Scan(_));
    let sides = (picture.width.min(picture.height), picture.width.max(picture.height));
    if !is_read_from_it || !SCREENS.contains(&sides) {
        return None;
    }
    let evidence = format!(
        "Page {} is a picture of {} × {} pixels, the size of a screen.",
        page.page, picture.width, picture.height
    );
    Some(Signal::new(SignalName::ScreenshotOrPhoto, evidence).on_page(page.page))
}

fn photo(scene: &Scene<'_>) -> Option<Signal> {
    let facts = scene.facts.picture.as_ref()?;
    let camera: Vec<&str> = [facts.make.as_deref(), facts.model.as_deref()].into_iter().flatten().collect();
    let evidence = format!("The picture was taken with a camera: {}.", camera.join(" "));
    (!camera.is_empty()).then(|| Signal::new(SignalName::ScreenshotOrPhoto, evidence))
}

fn changed(scene: &Scene<'_>) -> Option<Signal> {
    let facts = scene.facts.picture.as_ref()?;
    let edits = |name: &&str| matches!(purpose(name), Some(Purpose::Picture | Purpose::Pdf));
    if let Some(name) = facts.software.as_deref().filter(edits) {
        let evidence = format!("The picture was saved with “{name}”, a program that edits pictures.");
        return Some(Signal {
            found: Some(name.to_owned()),
            ..Signal::new(SignalName::ExifModified, evidence)
        });
    }
    let (taken, modified) = (facts.taken.as_deref()?, facts.modified.as_deref()?);
    let minutes = Moment::of_exif(modified)?.minutes_after(Moment::of_exif(taken)?);
    let evidence = format!("The picture was taken on {taken} and its data were changed on {modified}.");
    (minutes.abs() > SOON_MINUTES)
        .then(|| Signal::new(SignalName::ExifModified, evidence).showing(taken, modified))
}
