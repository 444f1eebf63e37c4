//! A flat copy of a known form: told by the words that the blank prints, each in its place, and read out of the boxes in
//! which the blank has its fields: words where they are asked for, ink where a box may be ticked.

#![expect(clippy::float_arithmetic, reason = "geometry and ratios of confidence")]

use super::marks::{Pictures, Ticked, ticked};
use crate::Form;
use crate::facts::FactBook;
use crate::map::{FormReading, LeftOut, Mapping, facts_of_fields};
use smartexus_domain::{FieldKind, FormField, Page, Pages, Rect, Word};
use std::collections::{BTreeMap, HashMap};

/// Of a hundred printed words of the blank so many stand in the copy, in their places.
const LIKENESS_MIN_PERCENT: u32 = 95;
/// A blank with fewer words cannot be told from another.
const PRINTED_MIN: usize = 12;
/// Points by which a word of another program's copy may be off.
const OFF_MAX: f64 = 2.0;
/// Points by which an answer may reach beyond its box.
const BEYOND_MAX: f64 = 2.0;
/// Words read out of a box may be another's that stand there.
const BOX_CONFIDENCE: f64 = 0.9;

/// How many of a hundred printed words of the blank stand in the copy, each in its place. 0 where the blank prints too
/// few words, or the pages are not as many.
#[must_use]
pub fn likeness_percent(blank: &Pages, copy: &Pages) -> u32 {
    let printed: usize = blank.pages.iter().map(|page| page.words.len()).sum();
    if blank.pages.len() != copy.pages.len() || printed < PRINTED_MIN {
        return 0;
    }
    let found: usize =
        blank.pages.iter().zip(&copy.pages).map(|(a, b)| Printed::of(b).count_of(&a.words)).sum();
    u32::try_from(found.saturating_mul(100) / printed).unwrap_or(0)
}

/// Reads a flat copy through the blank's boxes and its mapping, backwards. `document` is the copy as the caller names it;
/// `pictures` is asked only for a form with boxes to tick.
#[must_use]
pub fn facts_of_flat_copy(
    document: &str,
    blank: &Form,
    blank_pages: &Pages,
    copy: &Pages,
    mapping: &Mapping,
    pictures: &mut dyn FnMut() -> Pictures,
) -> FormReading {
    let likeness = likeness_percent(blank_pages, copy);
    if likeness < LIKENESS_MIN_PERCENT {
        let reason = format!(
            "{likeness} % of the blank's words stand in this file in their places: it is another form."
        );
        return FormReading {
            facts: FactBook::new(Vec::new()),
            left_out: vec![LeftOut::new("", "another_form", &reason)],
        };
    }
    let mut fields = blank.describe();
    let mut caps = BTreeMap::new();
    let mut left_out = Vec::new();
    let is_ticked = |field: &FormField| field.kind.is_button() && mapping.asks_facts_of(&field.name);
    let pictures = if fields.iter().any(is_ticked) { pictures() } else { Pictures::default() };
    for field in &mut fields {
        field.value = None;
        match answer(field, blank_pages, copy, &pictures) {
            Answer::Blank => {}
            Answer::Text(text, confidence) => {
                field.value = Some(text);
                caps.insert(field.name.clone(), confidence.min(BOX_CONFIDENCE));
            }
            Answer::Unread(code, reason) if mapping.asks_facts_of(&field.name) => {
                left_out.push(LeftOut::new(&field.name, code, reason));
            }
            Answer::Unread(..) => {}
        }
    }
    let mut reading = facts_of_fields(document, &fields, mapping, &caps);
    reading.left_out.extend(left_out);
    reading
}

enum Answer {
    Blank,
    Text(String, f64),
    Unread(&'static str, &'static str),
}

fn answer(field: &FormField, blank: &Pages, copy: &Pages, pictures: &Pictures) -> Answer {
    match field.kind {
        FieldKind::Text | FieldKind::Multiline | FieldKind::Comb | FieldKind::Date | FieldKind::Combo => {}
        FieldKind::Checkbox | FieldKind::Radio => {
            return match ticked(field, blank, copy, pictures) {
                Ticked::None => Answer::Blank,
                Ticked::One(state) => Answer::Text(state, BOX_CONFIDENCE),
                Ticked::Several => {
                    Answer::Unread("contradicts", "Several boxes are ticked of which only one may be.")
                }
                Ticked::Unclear => {
                    Answer::Unread("unseen_mark", "Whether the box is ticked cannot be seen: look at it.")
                }
            };
        }
        FieldKind::List => {
            return Answer::Unread(
                "unseen_mark",
                "What is chosen in a list of a flat copy is not among its words.",
            );
        }
        FieldKind::Signature | FieldKind::Button => return Answer::Blank,
    }
    let place = field.widgets.iter().find_map(|widget| Some((widget.page?, widget.bounds)));
    let Some((number, bounds)) = place else { return Answer::Blank };
    let page = |pages: &'_ Pages| pages.pages.iter().position(|page| page.page == number);
    let (Some(own), Some(other)) =
        (page(copy).and_then(|at| copy.pages.get(at)), page(blank).and_then(|at| blank.pages.get(at)))
    else {
        return Answer::Blank;
    };
    let printed = Printed::of(other);
    let mut words: Vec<&Word> =
        own.words.iter().filter(|word| is_inside(bounds, word) && !printed.has(word)).collect();
    if words.is_empty() {
        return Answer::Blank;
    }
    if words
        .iter()
        .any(|word| word.bounds.x0 < bounds.x0 - BEYOND_MAX || word.bounds.x1 > bounds.x1 + BEYOND_MAX)
    {
        return Answer::Unread("reaches_beyond", "The answer reaches beyond its box: it may be another's.");
    }
    words.sort_by(|a, b| {
        let is_one_line = (a.bounds.mid_y() - b.bounds.mid_y()).abs() < 0.5 * a.size.max(b.size);
        let by_line = a.bounds.mid_y().total_cmp(&b.bounds.mid_y());
        if is_one_line { a.bounds.x0.total_cmp(&b.bounds.x0) } else { by_line }
    });
    let between = if field.kind == FieldKind::Comb { "" } else { " " };
    let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(between);
    let confidence = words.iter().map(|word| word.confidence).fold(1.0, f64::min);
    if field.kind == FieldKind::Combo {
        let option = field.options.iter().find(|option| option.label == text || option.export == text);
        return match option {
            Some(option) => Answer::Text(option.export.clone(), confidence),
            None if field.editable => Answer::Text(text, confidence),
            None => Answer::Unread("not_an_option", "What stands there is none of the field's options."),
        };
    }
    Answer::Text(text, confidence)
}

fn is_inside(bounds: Rect, word: &Word) -> bool {
    (bounds.x0..=bounds.x1).contains(&word.bounds.mid_x())
        && (bounds.y0..=bounds.y1).contains(&word.bounds.mid_y())
}

/// The words that a page prints, by their text.
pub(super) struct Printed<'p>(HashMap<&'p str, Vec<Rect>>);

impl<'p> Printed<'p> {
    pub(super) fn of(page: &'p Page) -> Self {
        let mut words: HashMap<&str, Vec<Rect>> = HashMap::new();
        for word in &page.words {
            words.entry(word.text.as_str()).or_default().push(word.bounds);
        }
        Self(words)
    }

    fn has(&self, word: &Word) -> bool {
        self.off(word).is_some()
    }

    /// How far a word stands to the right of its place on the page, and below it.
    pub(super) fn off(&self, word: &Word) -> Option<(f64, f64)> {
        let offs = self.0.get(word.text.as_str())?.iter();
        let mut offs = offs.map(|rect| (word.bounds.x0 - rect.x0, word.bounds.mid_y() - rect.mid_y()));
        offs.find(|(right, down)| right.abs() < OFF_MAX && down.abs() < OFF_MAX)
    }

    fn count_of(&self, words: &[Word]) -> usize {
        words.iter().filter(|word| self.has(word)).count()
    }
}
