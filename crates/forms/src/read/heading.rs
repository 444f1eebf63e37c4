//! The lines of a page that are nobody's label: what heads the parts of a form.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use smartexus_domain::{Page, Rect, Word};

/// Blank between words of one phrase, in sizes of the type.
const PHRASE_GAP_EM: f64 = 0.6;
/// A label may stand so far beside its widget.
const BESIDE_EM: f64 = 30.0;

/// Phrases that are no labels, the lowest first.
pub(super) struct Headings(Vec<Phrase>);

struct Phrase {
    bounds: Rect,
    size: f64,
    text: String,
}

impl Headings {
    /// Each word is held against each widget once.
    pub(super) fn of(page: &Page, widgets: &[Rect]) -> Self {
        let mut words: Vec<&Word> = page.words.iter().filter(|word| word.angle == 0).collect();
        words.sort_by(|a, b| a.bounds.mid_y().total_cmp(&b.bounds.mid_y()));
        let mut phrases: Vec<Phrase> = Vec::new();
        for mut line in words
            .chunk_by(|a, b| (b.bounds.mid_y() - a.bounds.mid_y()).abs() < 0.25 * size_of(a))
            .map(<[_]>::to_vec)
        {
            line.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
            let goes_on = |a: &&Word, b: &&Word| b.bounds.x0 - a.bounds.x1 < PHRASE_GAP_EM * size_of(a);
            for phrase in line.chunk_by(goes_on) {
                let has_letters = phrase.iter().any(|word| word.text.chars().any(char::is_alphabetic));
                if has_letters && phrase.iter().all(|word| !is_label(word, widgets)) {
                    phrases.extend(phrase_of(phrase));
                }
            }
        }
        phrases.reverse();
        Self(phrases)
    }

    /// The nearest above that does not begin right of the widget: such a one heads another part.
    pub(super) fn over(&self, bounds: Rect) -> Option<String> {
        let is_over =
            |phrase: &&Phrase| phrase.bounds.y1 <= bounds.y0 && phrase.bounds.x0 <= bounds.x0 + phrase.size;
        self.0.iter().find(is_over).map(|phrase| phrase.text.clone())
    }
}

fn size_of(word: &Word) -> f64 {
    word.size.max(4.0)
}

fn phrase_of(words: &[&Word]) -> Option<Phrase> {
    let first = words.first()?;
    let bounds = words.iter().map(|word| word.bounds).fold(first.bounds, Rect::union);
    let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    Some(Phrase { bounds, size: size_of(first), text })
}

/// The word stands right above, left or right of some widget, as labels do.
fn is_label(word: &Word, widgets: &[Rect]) -> bool {
    let size = size_of(word);
    widgets.iter().any(|widget| {
        let rise = widget.y0 - word.bounds.y1;
        let is_above = (-size..=0.8 * size).contains(&rise)
            && word.bounds.x1 > widget.x0 - 2.0
            && word.bounds.x0 < widget.x1;
        let gap = (widget.x0 - word.bounds.x1).max(word.bounds.x0 - widget.x1);
        let is_beside =
            (widget.y0 - 2.0..=widget.y1 + 2.0).contains(&word.bounds.mid_y()) && gap <= BESIDE_EM * size;
        is_above || is_beside
    })
}
