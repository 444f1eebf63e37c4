//! Figures that nobody sees.

use super::scene::{Figure, Scene, is_money, is_whole_date};
use smartexus_domain::{Page, PageMethod, PageRoute, Signal, SignalName, Word};
use std::collections::HashSet;

/// A color this light is that of paper.
const PAPER: u8 = 250;

pub(super) fn judge(scene: &Scene<'_>) -> Vec<Signal> {
    let mut signals: Vec<Signal> = scene.pages.iter().filter_map(invisible).collect();
    signals.extend(like_paper(scene));
    signals
}

/// Hidden figures that the page does not show anywhere: text for screen readers repeats what is seen, and a text layer of a
/// scanner lies on a picture.
fn invisible(page: &Page) -> Option<Signal> {
    if page.hidden_words.is_empty() || page.method != PageMethod::Text || page.route != PageRoute::Text {
        return None;
    }
    let seen: HashSet<&str> = page.words.iter().map(|word| word.text.as_str()).collect();
    let is_told = |word: &&Word| is_money(&word.text) || is_whole_date(&word.text);
    let mut hidden = page.hidden_words.iter().filter(is_told).filter(|w| !seen.contains(w.text.as_str()));
    let first = hidden.next()?;
    let more = hidden.count();
    let others = if more == 0 { String::new() } else { format!(" and {more} other figures") };
    let evidence = format!(
        "Page {} has “{}”{others} in text that is not shown, and not in text that is.",
        page.page, first.text
    );
    let signal = Signal::new(SignalName::HiddenText, evidence).at(page.page, first.bounds);
    Some(Signal { found: Some(first.text.clone()), ..signal })
}

/// Figures in the color of paper in rows whose other words are dark.
fn like_paper(scene: &Scene<'_>) -> Vec<Signal> {
    let is_light = |word: &Word| word.color.is_some_and(|rgb| rgb.iter().all(|part| *part >= PAPER));
    let light = scene.figures.iter().filter(|figure| figure.words.iter().all(|word| is_light(word)));
    let among_dark = |figure: &&Figure<'_>| {
        scene.row_of(figure).iter().any(|other| !other.words.iter().any(|word| is_light(word)))
    };
    light
        .filter(among_dark)
        .map(|figure| {
            let evidence = format!(
                "The {} “{}” on page {} has the color of paper among dark ones.",
                figure.role.word(),
                figure.text,
                figure.page
            );
            Signal::new(SignalName::HiddenText, evidence).at(figure.page, figure.bounds)
        })
        .collect()
}
