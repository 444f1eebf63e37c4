//! What a page shows against what its text layer says, and pictures of which a region was saved less often than the rest.

use super::geometry::holds;
use super::scene::{Scene, is_money};
use smartexus_domain::{DrawnOtherwise, Page, PageMethod, Rect, ResavedRegion, Signal, SignalName, Word};

/// An amount that was recognized less surely says nothing against a text layer.
const SURE: f64 = 0.97;
/// Amounts of a page in which both say the same, before a difference means anything: a scanner's program that misreads one
/// of few has misread it.
const AGREEING_LEAST: usize = 8;
/// For each that differs there have to be so many that agree.
const AGREEING_EACH: usize = 6;

pub(super) fn judge(scene: &Scene<'_>) -> Vec<Signal> {
    let mut signals = Vec::new();
    for page in scene.pages {
        signals.extend(page.facts.drawn_otherwise.iter().map(|figure| drawn(page, figure)));
        signals.extend(scanned(page));
        signals.extend(page.facts.resaved_regions.iter().map(|region| resaved(page, region)));
    }
    signals
}

fn drawn(page: &Page, figure: &DrawnOtherwise) -> Signal {
    differing(page, figure.bounds, &figure.text, &figure.drawn)
}

fn differing(page: &Page, bounds: Rect, said: &str, shown: &str) -> Signal {
    let evidence = format!("Page {} shows “{shown}” where its text layer says “{said}”.", page.page);
    Signal::new(SignalName::TextLayerMismatch, evidence).at(page.page, bounds).showing(said, shown)
}

/// Amounts of the text layer that lies invisible on a scan, beside those that were recognized on it.
fn scanned(page: &Page) -> Vec<Signal> {
    if page.method != PageMethod::Ocr || page.hidden_words.is_empty() {
        return Vec::new();
    }
    let is_sure = |word: &&Word| word.confidence >= SURE && is_money(&word.text);
    let seen: Vec<&Word> = page.words.iter().filter(is_sure).collect();
    let (mut agreeing, mut signals) = (0_usize, Vec::new());
    for said in page.hidden_words.iter().filter(|word| is_money(&word.text)) {
        let there = |word: &&&Word| holds(said.bounds, word.bounds) && holds(word.bounds, said.bounds);
        let mut shown = seen.iter().filter(there);
        let (Some(shown), None) = (shown.next(), shown.next()) else { continue };
        let (own, other) = (digits(&said.text), digits(&shown.text));
        if own == other {
            agreeing = agreeing.saturating_add(1);
        } else if own.len() == other.len() {
            signals.push(differing(page, shown.bounds, &said.text, &shown.text));
        }
    }
    let enough = agreeing >= AGREEING_LEAST && agreeing >= signals.len().saturating_mul(AGREEING_EACH);
    if enough { signals } else { Vec::new() }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn resaved(page: &Page, region: &ResavedRegion) -> Signal {
    let evidence = format!(
        "The picture of page {} was saved before in coarser steps, as of quality {}, except a region of it.",
        page.page, region.quality
    );
    Signal::new(SignalName::Recompression, evidence).at(page.page, region.bounds)
}
