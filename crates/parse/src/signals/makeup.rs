//! Pages that are not of one piece.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::geometry::area;
use super::programs::{Purpose, purpose};
use super::scene::Scene;
use smartexus_domain::{FileFacts, Page, PageMethod, PageRoute, RouteReason, Signal, SignalName};
use std::collections::BTreeSet;

/// Sides that differ by less, as a share, are the same paper.
const SAME_SIDE: f64 = 0.01;
/// A picture of so much of the page is the page.
const WHOLE_PAGE_SHARE: f64 = 0.85;

pub(super) fn judge(scene: &Scene<'_>) -> Vec<Signal> {
    let mut signals: Vec<Signal> = mixed(scene).into_iter().collect();
    let flattened = scene.pages.iter().filter(|page| is_one_picture(page));
    if let Some((name, purpose)) = no_scanner(scene.facts) {
        signals.extend(flattened.map(|page| {
            let evidence =
                format!("Page {} is one picture, in a file of “{name}”, {}.", page.page, purpose.words());
            Signal::new(SignalName::FlattenedPage, evidence).on_page(page.page)
        }));
    }
    signals
}

/// Appended notices have sizes and fonts of their own; the pages of one table do not.
fn mixed(scene: &Scene<'_>) -> Option<Signal> {
    let pages = scene.row_pages();
    let (first, last) = (pages.first()?, pages.last()?);
    let between = scene.pages.iter().filter(|page| (first.page..=last.page).contains(&page.page));
    let scan = between.clone().find(|page| is_scan(page) != is_scan(first));
    let told = |page: &Page, evidence: String| {
        Some(Signal::new(SignalName::MixedPages, evidence).on_page(page.page))
    };
    if let Some(page) = scan {
        let (one, two) = if is_scan(page) { ("a picture", "text") } else { ("text", "a picture") };
        return told(page, format!("Page {} is {one} while page {} is {two}.", page.page, first.page));
    }
    let size = |page: &Page| (page.width.min(page.height), page.width.max(page.height));
    let same = |a: f64, b: f64| (a - b).abs() <= SAME_SIDE * a.max(b);
    let other = |page: &&&Page| {
        let (own, usual) = (size(page), size(first));
        !same(own.0, usual.0) || !same(own.1, usual.1)
    };
    if let Some(page) = pages.iter().find(other) {
        let sides = |page: &Page| format!("{:.0} × {:.0}", page.width, page.height);
        let evidence = format!(
            "Page {} is {} points large, page {} is {}.",
            page.page,
            sides(page),
            first.page,
            sides(first)
        );
        return told(page, evidence);
    }
    let page = pages.iter().find(|page| has_other_fonts(first, page))?;
    told(page, format!("Pages {} and {} of one table have no font in common.", first.page, page.page))
}

fn is_scan(page: &Page) -> bool {
    page.method == PageMethod::Ocr
        || matches!(page.route, PageRoute::Scan(RouteReason::Picture | RouteReason::RecognizedPicture))
}

/// Fonts without the tags of their subsets, which differ from page to page.
fn has_other_fonts(one: &Page, other: &Page) -> bool {
    let names = |page: &Page| -> BTreeSet<String> {
        let bare = |name: &String| name.split_once('+').map_or(name.as_str(), |(_, bare)| bare).to_owned();
        page.fonts.iter().map(bare).filter(|name| !name.is_empty()).collect()
    };
    let (one, other) = (names(one), names(other));
    !one.is_empty() && !other.is_empty() && one.is_disjoint(&other)
}

fn is_one_picture(page: &Page) -> bool {
    let whole = area(smartexus_domain::Rect { x0: 0.0, y0: 0.0, x1: page.width, y1: page.height });
    let [picture] = page.facts.pictures.as_slice() else { return false };
    is_scan(page) && whole > 0.0 && area(picture.bounds) >= WHOLE_PAGE_SHARE * whole
}

/// A program in which one writes or edits; scanners and phones have none of them.
fn no_scanner(facts: &FileFacts) -> Option<(&str, Purpose)> {
    let xmp = facts.xmp.as_ref();
    let names = [facts.producer.as_deref(), facts.creator.as_deref()].into_iter().flatten();
    let names = names.chain(xmp.and_then(|xmp| xmp.creator.as_deref()));
    names.filter_map(|name| Some((name, purpose(name)?))).next()
}
