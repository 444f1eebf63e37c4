//! Something lies over text: other text, an annotation, an opaque box or picture.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::geometry::{area, holds, overlaps};
use super::scene::{Scene, is_money, is_whole_date};
use smartexus_domain::{Cover, CoverKind, Page, PageRoute, RouteReason, Signal, SignalName};

/// What covers more of a page is a background.
const MASK_SHARE_MAX: f64 = 0.25;
/// Kinds of annotations that put something over the page. Highlights and underlines leave what they mark.
const OVER: [&str; 9] =
    ["FreeText", "Stamp", "Square", "Circle", "Polygon", "PolyLine", "Line", "Ink", "Redact"];

pub(super) fn judge(scene: &Scene<'_>) -> Vec<Signal> {
    scene.pages.iter().filter(|page| !is_picture(page)).flat_map(of_page).collect()
}

/// What is seen of such a page is a picture.
fn is_picture(page: &Page) -> bool {
    matches!(page.route, PageRoute::Scan(RouteReason::TextUnderPicture | RouteReason::RecognizedPicture))
}

fn of_page(page: &Page) -> Vec<Signal> {
    let masks: Vec<&Cover> = page.facts.covers.iter().filter(|cover| is_mask(page, cover)).collect();
    let mut signals: Vec<Signal> = masks.iter().map(|cover| masked(page, cover)).collect();
    // What was typed on a mask stands on what is under it: one act, told once.
    let overlays = page.facts.overlays.iter().filter(|o| !masks.iter().any(|m| overlaps(m.bounds, o.bounds)));
    signals.extend(overlays.map(|overlay| {
        let evidence = format!(
            "On page {} {} letters stand on other letters that say something else{}.",
            page.page,
            overlay.glyphs,
            there(page, overlay.bounds)
        );
        Signal::new(SignalName::OverlaidText, evidence).at(page.page, overlay.bounds)
    }));
    let over = page.facts.annotations.iter().filter(|a| a.glyphs > 0 && OVER.contains(&a.kind.as_str()));
    signals.extend(over.map(|annotation| {
        let when = annotation.modified.as_ref().map(|date| format!(", dated {date},")).unwrap_or_default();
        let evidence = format!(
            "An annotation of the kind {}{when} lies over {} letters of page {}.",
            annotation.kind, annotation.glyphs, page.page
        );
        let signal = Signal::new(SignalName::AnnotationOverContent, evidence);
        Signal { object: annotation.object.clone(), ..signal.at(page.page, annotation.bounds) }
    }));
    signals
}

fn is_mask(page: &Page, cover: &Cover) -> bool {
    let is_opaque = matches!(cover.kind, CoverKind::Shape | CoverKind::Picture);
    is_opaque && area(cover.bounds) <= MASK_SHARE_MAX * page.width * page.height
}

fn masked(page: &Page, cover: &Cover) -> Signal {
    let what = if cover.kind == CoverKind::Shape { "An opaque box" } else { "A picture" };
    let evidence = format!(
        "{what} lies over {} letters of page {}{}.",
        cover.glyphs,
        page.page,
        there(page, cover.bounds)
    );
    Signal::new(SignalName::MaskedArea, evidence).at(page.page, cover.bounds)
}

/// Which figures are there.
fn there(page: &Page, bounds: smartexus_domain::Rect) -> String {
    let words = page.words.iter().filter(|word| holds(bounds, word.bounds));
    let figures = words.filter(|word| is_money(&word.text) || is_whole_date(&word.text));
    let found: Vec<String> = figures.take(2).map(|word| format!("“{}”", word.text)).collect();
    if found.is_empty() { String::new() } else { format!("; there stands {}", found.join(" and ")) }
}
