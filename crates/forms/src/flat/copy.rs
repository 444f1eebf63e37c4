//! A flat copy of a known form: told by the words that the blank prints, each in its place, and read out of the boxes in
//! which the blank has its fields: words where they are asked for, ink where a box may be ticked.

#![expect(clippy::float_arithmetic, reason = "geometry and ratios of confidence")]

use super::marks::{Pictures, Ticked, ticked};
use super::register::{Lie, folded, register, words_on_blank};
use crate::Form;
use crate::facts::FactBook;
use crate::map::{FormReading, LeftOut, Mapping, facts_of_fields};
use smartexus_domain::{FieldKind, FormField, Page, PageMethod, Pages, Rect, Word};
use std::collections::{BTreeMap, HashMap};
use unicode_script::{Script, UnicodeScript};

/// Of a hundred printed words of the blank so many stand in the copy, in their places; of a copy that was recognized
/// fewer, for small print is misread.
const LIKENESS_MIN_PERCENT: usize = 95;
const RECOGNIZED_MIN_PERCENT: usize = 75;
/// A blank with fewer words cannot be told from another.
const PRINTED_MIN: usize = 12;
/// Points by which a word of another program's copy may be off.
const OFF_MAX: f64 = 2.0;
/// The same where words were recognized.
const RECOGNIZED_OFF_MAX: f64 = 4.0;
/// Points by which an answer may reach beyond its box.
const BEYOND_MAX: f64 = 2.0;
/// Words read out of a box may be another's that stand there.
const BOX_CONFIDENCE: f64 = 0.9;
/// Nothing proves letters that were recognized: enough to propose them, too little to fill them elsewhere.
const RECOGNIZED_CONFIDENCE: f64 = 0.75;
/// Of a recognized word: so much of it on a printed one is that one, misread; less touches it.
const PRINT_MIN: f64 = 0.5;
const TOUCH_MIN: f64 = 0.15;
/// What may be a sign.
const STROKES: [char; 5] = ['-', '–', '—', '(', ')'];
/// As what the lines of boxes are read at the ends of words.
const LINES_READ_AS: [char; 5] = ['|', '[', ']', '{', '}'];

/// A page of the copy, laid over the blank's.
pub(super) struct LaidPage<'p> {
    pub(super) blank: &'p Page,
    pub(super) copy: &'p Page,
    /// `None` where it cannot be told: then nothing of the page is read.
    pub(super) lie: Option<Lie>,
    /// The copy's words where they would stand on the blank.
    words: Vec<Word>,
    is_recognized: bool,
    printed: Printed<'p>,
    /// How many of the blank's words stand in the copy, each in its place.
    found: usize,
}

impl<'p> LaidPage<'p> {
    pub(super) fn new(blank: &'p Page, copy: &'p Page) -> Self {
        let is_recognized = copy.method != PageMethod::Text;
        let off = if is_recognized { RECOGNIZED_OFF_MAX } else { OFF_MAX };
        let printed = Printed::of(blank, is_recognized, off);
        let found = printed.found_in(&copy.words);
        let is_exact = enough(found, blank.words.len(), LIKENESS_MIN_PERCENT);
        // Text stands point for point, as a rule; a picture never does, and a box is smaller than a word may be off.
        let laid = (is_recognized || !is_exact).then(|| register(blank, copy)).flatten();
        let laid = laid.and_then(|lie| Some((lie, words_on_blank(copy, lie)?)));
        let (lie, words) = match laid {
            Some((lie, words)) => (Some(lie), words),
            None => ((!is_recognized).then_some(Lie::EXACT), copy.words.clone()),
        };
        let found = printed.found_in(&words);
        Self { blank, copy, lie, words, is_recognized, printed, found }
    }

    fn least_percent(&self) -> usize {
        if self.is_recognized { RECOGNIZED_MIN_PERCENT } else { LIKENESS_MIN_PERCENT }
    }

    /// It is the blank's page, or prints too little to say.
    fn is_like(&self) -> bool {
        let words = self.blank.words.len();
        words < PRINTED_MIN || enough(self.found, words, self.least_percent())
    }
}

fn enough(found: usize, all: usize, percent: usize) -> bool {
    found.saturating_mul(100) >= all.saturating_mul(percent)
}

/// The copy's pages, each on the blank's; `None` where the blank prints too few words or the pages are not as many.
fn laid<'p>(blank: &'p Pages, copy: &'p Pages) -> Option<Vec<LaidPage<'p>>> {
    let printed: usize = blank.pages.iter().map(|page| page.words.len()).sum();
    if blank.pages.len() != copy.pages.len() || printed < PRINTED_MIN {
        return None;
    }
    Some(blank.pages.iter().zip(&copy.pages).map(|(blank, copy)| LaidPage::new(blank, copy)).collect())
}

fn percent_of(pages: &[LaidPage<'_>]) -> u32 {
    let printed: usize = pages.iter().map(|page| page.blank.words.len()).sum();
    let found: usize = pages.iter().map(|page| page.found).sum();
    u32::try_from(found.saturating_mul(100) / printed.max(1)).unwrap_or(0)
}

/// How many of a hundred printed words of the blank stand in the copy, each in its place. 0 where the blank prints too
/// few words, or the pages are not as many.
#[must_use]
pub fn likeness_percent(blank: &Pages, copy: &Pages) -> u32 {
    laid(blank, copy).map_or(0, |pages| percent_of(&pages))
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
    let pages = laid(blank_pages, copy).unwrap_or_default();
    let likeness = percent_of(&pages);
    let least = pages.iter().map(LaidPage::least_percent).min().unwrap_or(LIKENESS_MIN_PERCENT);
    let is_whole = usize::try_from(likeness).is_ok_and(|likeness| likeness >= least);
    if !is_whole || !pages.iter().all(LaidPage::is_like) {
        let reason = format!(
            "{likeness} % of the blank's words stand in this file in their places, or a page of it is another: it is another form."
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
    let boxes: Vec<(u32, Rect)> = fields
        .iter()
        .flat_map(|field| &field.widgets)
        .filter_map(|widget| Some((widget.page?, widget.bounds)))
        .collect();
    for field in &mut fields {
        field.value = None;
        match answer(field, &pages, &boxes, &pictures) {
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

fn answer(field: &FormField, pages: &[LaidPage<'_>], boxes: &[(u32, Rect)], pictures: &Pictures) -> Answer {
    match field.kind {
        FieldKind::Text | FieldKind::Multiline | FieldKind::Comb | FieldKind::Date | FieldKind::Combo => {}
        FieldKind::Checkbox | FieldKind::Radio => {
            return match ticked(field, pages, pictures) {
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
    let Some(page) = pages.iter().find(|page| page.blank.page == number) else { return Answer::Blank };
    if page.lie.is_none() {
        return Answer::Unread(
            "page_not_laid",
            "How this page lies over the blank cannot be told: look at it.",
        );
    }
    let mut words: Vec<&Word> = Vec::new();
    let mut has_stroke = false;
    for word in page.words.iter().filter(|word| is_inside(bounds, word) && !page.printed.has(word)) {
        match page.printed.share_of(word) {
            _ if !page.is_recognized => words.push(word),
            // The lines of boxes and cells are read as letters now and then; a stroke may be a sign.
            _ if !word.text.contains(char::is_alphanumeric) => has_stroke |= word.text.contains(STROKES),
            share if share >= PRINT_MIN => {}
            share if share >= TOUCH_MIN => {
                return Answer::Unread("touches_print", "The answer touches what the form prints there.");
            }
            _ => words.push(word),
        }
    }
    if words.is_empty() {
        return Answer::Blank;
    }
    if has_stroke {
        return Answer::Unread(
            "unclear_sign",
            "A stroke stands beside the answer, which may be a sign: look at it.",
        );
    }
    if words
        .iter()
        .any(|word| word.bounds.x0 < bounds.x0 - BEYOND_MAX || word.bounds.x1 > bounds.x1 + BEYOND_MAX)
        || (page.is_recognized && words.iter().any(|word| is_higher(bounds, word)))
        || goes_on_outside(page, bounds, boxes)
    {
        return Answer::Unread("reaches_beyond", "The answer reaches beyond its box: it may be another's.");
    }
    if words.iter().any(|word| !word.text.chars().all(stands_in_order)) {
        return Answer::Unread(
            "unclear_letters",
            "In which order these letters are read is not told by where they stand: look at it.",
        );
    }
    let words = in_reading_order(words);
    if field.kind == FieldKind::Comb && page.is_recognized && !is_one_a_cell(field, bounds, &words) {
        return Answer::Unread(
            "unclear_cells",
            "Which cell holds which character cannot be seen: look at it.",
        );
    }
    let between = if field.kind == FieldKind::Comb { "" } else { " " };
    let text_of = |word: &&Word| match page.is_recognized {
        true => word.text.trim_matches(LINES_READ_AS).to_owned(),
        false => word.text.clone(),
    };
    let text = words.iter().map(text_of).collect::<Vec<_>>().join(between);
    let surest = if page.is_recognized { RECOGNIZED_CONFIDENCE } else { 1.0 };
    let confidence = words.iter().map(|word| word.confidence).fold(surest, f64::min);
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

/// Something that the blank does not print stands right beside a box, in no other box: the answer goes on there.
fn goes_on_outside(page: &LaidPage<'_>, bounds: Rect, boxes: &[(u32, Rect)]) -> bool {
    let number = page.blank.page;
    page.words.iter().any(|word| {
        let (own, middle) = (word.bounds, word.bounds.mid_y());
        let is_beside = (bounds.y0..=bounds.y1).contains(&middle)
            && !is_inside(bounds, word)
            && own.x0 < bounds.x1 + word.size
            && own.x1 > bounds.x0 - word.size;
        let is_print = || {
            page.printed.has(word)
                || page.is_recognized
                    && (!word.text.contains(char::is_alphanumeric)
                        || page.printed.share_of(word) >= PRINT_MIN)
        };
        is_beside
            && !is_print()
            && !boxes.iter().any(|(page, other)| *page == number && is_inside(*other, word))
    })
}

/// Line by line, from left to right.
fn in_reading_order(mut words: Vec<&Word>) -> Vec<&Word> {
    words.sort_by(|a, b| a.bounds.mid_y().total_cmp(&b.bounds.mid_y()));
    let mut lines: Vec<Vec<&Word>> = Vec::new();
    for word in words {
        let line = lines.last_mut().filter(|line| {
            line.first().is_some_and(|first| {
                (first.bounds.mid_y() - word.bounds.mid_y()).abs() < 0.5 * first.size.max(word.size)
            })
        });
        match line {
            Some(line) => line.push(word),
            None => lines.push(vec![word]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
    }
    lines.concat()
}

/// A character that is read where it stands: not of a script that runs leftward, or sets vowels before what they follow.
fn stands_in_order(c: char) -> bool {
    matches!(
        c.script(),
        Script::Common
            | Script::Inherited
            | Script::Latin
            | Script::Greek
            | Script::Cyrillic
            | Script::Armenian
            | Script::Georgian
            | Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Bopomofo
            | Script::Hangul
            | Script::Ethiopic
            | Script::Cherokee
            | Script::Canadian_Aboriginal
            | Script::Tifinagh
    )
}

/// A recognized word that runs into the lines of its box.
fn is_higher(bounds: Rect, word: &Word) -> bool {
    word.bounds.y0 < bounds.y0 - RECOGNIZED_OFF_MAX || word.bounds.y1 > bounds.y1 + RECOGNIZED_OFF_MAX
}

/// Each character stands in a cell of its own: a line between two cells is read as a digit now and then.
fn is_one_a_cell(field: &FormField, bounds: Rect, words: &[&Word]) -> bool {
    let Some(cells) = field.max_length.filter(|cells| *cells > 0) else { return false };
    let cell = bounds.width() / f64::from(cells);
    let mut free = bounds.x0;
    words.iter().all(|word| {
        let (first, last) =
            (((word.bounds.x0 - bounds.x0) / cell).floor(), ((word.bounds.x1 - bounds.x0) / cell).floor());
        let characters = word.text.trim_matches(LINES_READ_AS).chars().fold(0.0, |count, _| count + 1.0);
        let starts_free = word.bounds.x0 >= free;
        free = bounds.x0 + (last + 1.0) * cell;
        let wide: f64 = last - first + 1.0 - characters;
        starts_free && wide.abs() < 0.5
    })
}

/// The words that a page prints, by their text.
pub(super) struct Printed<'p> {
    page: &'p Page,
    words: HashMap<String, Vec<Rect>>,
    /// Readers agree on letters and digits only.
    is_folded: bool,
    off: f64,
}

impl<'p> Printed<'p> {
    fn of(page: &'p Page, is_folded: bool, off: f64) -> Self {
        let words = Self::by_text(&page.words, is_folded);
        Self { page, words, is_folded, off }
    }

    /// How many of the page's words stand among others, each in its place.
    fn found_in(&self, words: &[Word]) -> usize {
        let others = Self::by_text(words, self.is_folded);
        let is_there = |word: &&Word| {
            let places = others.get(&self.text_of(word));
            places.is_some_and(|places| places.iter().any(|place| self.is_near(place, word)))
        };
        self.page.words.iter().filter(is_there).count()
    }

    fn by_text(words: &[Word], is_folded: bool) -> HashMap<String, Vec<Rect>> {
        let mut places: HashMap<String, Vec<Rect>> = HashMap::new();
        for word in words {
            let text = if is_folded { folded(&word.text) } else { word.text.clone() };
            places.entry(text).or_default().push(word.bounds);
        }
        places
    }

    fn text_of(&self, word: &Word) -> String {
        if self.is_folded { folded(&word.text) } else { word.text.clone() }
    }

    fn is_near(&self, place: &Rect, word: &Word) -> bool {
        (place.x0 - word.bounds.x0).abs() < self.off && (place.mid_y() - word.bounds.mid_y()).abs() < self.off
    }

    fn has(&self, word: &Word) -> bool {
        let places = self.words.get(&self.text_of(word));
        places.is_some_and(|places| places.iter().any(|place| self.is_near(place, word)))
    }

    /// How much of a word lies on a printed one.
    fn share_of(&self, word: &Word) -> f64 {
        let own = word.bounds;
        let printed = self.page.words.iter().filter(|printed| printed.text.contains(char::is_alphanumeric));
        let shares = printed.map(|printed| {
            let over = printed.bounds;
            let width = own.x1.min(over.x1) - own.x0.max(over.x0);
            let height = own.y1.min(over.y1) - own.y0.max(over.y0);
            width.max(0.0) * height.max(0.0) / (own.width() * own.height()).max(1.0)
        });
        shares.fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flat::marks::tests::{group, page};

    fn word(text: &str, x0: u32, x1: u32) -> Word {
        let bounds = Rect { x0: f64::from(x0), y0: 14.0, x1: f64::from(x1), y1: 24.0 };
        Word {
            text: text.to_owned(),
            bounds,
            confidence: 1.0,
            size: 10.0,
            angle: 0,
            color: None,
            recognized: false,
            alternatives: Vec::new(),
        }
    }

    /// What the box from 10 to 30 says with these words on the copy: the text, or the code of the reason why not.
    fn read(words: &[Word], is_recognized: bool, is_laid: bool) -> Option<String> {
        let field = FormField { kind: FieldKind::Text, ..group() };
        let (blank, mut copy) = (page(), page());
        copy.pages[0].words = words.to_vec();
        let laid = LaidPage::new(&blank.pages[0], &copy.pages[0]);
        let laid = LaidPage { is_recognized, lie: is_laid.then_some(Lie::EXACT), ..laid };
        let boxes: Vec<(u32, Rect)> = field.widgets.iter().map(|widget| (1, widget.bounds)).collect();
        match answer(&field, &[laid], &boxes, &Pictures::default()) {
            Answer::Blank => None,
            Answer::Text(text, _) => Some(text),
            Answer::Unread(code, _) => Some(code.to_owned()),
        }
    }

    #[test]
    fn what_may_be_more_or_other_than_it_looks_is_told_instead_of_read() {
        let text = |words: &[Word]| read(words, false, true);
        assert_eq!(text(&[word("Lane", 21, 29), word("3", 12, 15)]).as_deref(), Some("3 Lane"), "by place");
        assert_eq!(text(&[word("שלום", 12, 20)]).as_deref(), Some("unclear_letters"));
        assert_eq!(text(&[word("कि", 12, 20)]).as_deref(), Some("unclear_letters"));
        // Right beside the box the answer goes on; in the next box stands another.
        assert_eq!(text(&[word("12", 20, 28), word("500", 31, 42)]).as_deref(), Some("reaches_beyond"));
        assert_eq!(text(&[word("12", 20, 28), word("500", 62, 72)]).as_deref(), Some("12"));
        let recognized = |words: &[Word]| read(words, true, true);
        assert_eq!(recognized(&[word("-", 12, 14), word("[50|", 16, 24)]).as_deref(), Some("unclear_sign"));
        assert_eq!(recognized(&[word("|", 12, 13), word("[50|", 16, 24)]).as_deref(), Some("50"));
        assert_eq!(read(&[word("50", 16, 24)], true, false).as_deref(), Some("page_not_laid"));
    }
}
