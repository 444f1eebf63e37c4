//! The words a person would read as a field's label: its tooltip, or what is printed beside and above it.

#![expect(clippy::float_arithmetic, reason = "geometry")]

use super::field::Field;
use super::heading::Headings;
use smartexus_domain::{FieldKind, LabelSource, LabelText, Page, Pages, Rect, Word};
use std::collections::HashMap;

/// Blank between two words of one label, and between label and widget, in sizes of the type.
const WORD_GAP_EM: f64 = 1.5;
const WIDGET_GAP_EM: f64 = 4.0;
/// In columns of labels and boxes, where nothing stands nearer.
const COLUMN_GAP_EM: f64 = 30.0;
/// Blank between words of one phrase, which may go on beyond the widget's sides.
const PHRASE_GAP_EM: f64 = 0.6;
/// How far above its widget a label may stand, in sizes of the type.
const RISE_EM: f64 = 1.6;
const WORDS_MAX: usize = 14;
const QUESTION_WORDS_MAX: usize = 60;
/// Rows of one column.
const ROWS_MAX: usize = 200;

/// Gives every field its labels, the most telling first.
pub(crate) fn find_labels(fields: &mut [Field], pages: Option<&Pages>) {
    let mut boxes: HashMap<u32, Vec<Rect>> = HashMap::new();
    for widget in fields.iter().flat_map(|field| &field.widgets) {
        if let Some(page) = widget.page {
            boxes.entry(page).or_default().push(widget.bounds);
        }
    }
    let of_page = |page: &'_ Page| boxes.get(&page.page).map_or(&[][..], Vec::as_slice);
    let surroundings: HashMap<u32, Surroundings<'_>> = pages
        .into_iter()
        .flat_map(|pages| &pages.pages)
        .filter(|page| boxes.contains_key(&page.page))
        .map(|page| {
            let widgets = of_page(page);
            (page.page, Surroundings { page, widgets, headings: Headings::of(page, widgets) })
        })
        .collect();
    for field in fields {
        field.labels = labels_of(field, &surroundings);
    }
}

/// A page with what stands on it.
struct Surroundings<'p> {
    page: &'p Page,
    widgets: &'p [Rect],
    headings: Headings,
}

fn labels_of(field: &Field, surroundings: &HashMap<u32, Surroundings<'_>>) -> Vec<LabelText> {
    let mut labels = Vec::new();
    let mut tell = |from, text: Option<String>| {
        if let Some(text) = text.filter(|t: &String| t.chars().any(char::is_alphanumeric)) {
            labels.push(LabelText { text, from });
        }
    };
    tell(LabelSource::Tooltip, field.tooltip.clone());
    let first = field.widgets.iter().find_map(|widget| Some((widget.page?, widget.bounds)));
    if let Some((number, bounds)) = first
        && let Some(around) = surroundings.get(&number)
    {
        let near = Neighbourhood { page: around.page, bounds, widgets: around.widgets };
        if field.kind.is_button() {
            let right = near.beside(Side::Right, WIDGET_GAP_EM);
            // `Yes` is no question: that stands at the start of the line, beyond the other answers.
            let is_answer =
                right.as_deref().is_some_and(|text| ["yes", "no"].contains(&text.to_lowercase().as_str()));
            tell(LabelSource::Right, right);
            tell(LabelSource::Left, near.beside(Side::Left, WIDGET_GAP_EM));
            if is_answer {
                tell(LabelSource::Left, near.question());
            }
        } else {
            let (left, above) = (near.beside(Side::Left, WIDGET_GAP_EM), near.above());
            let far =
                if left.is_none() && above.is_none() { near.beside(Side::Left, COLUMN_GAP_EM) } else { None };
            let is_bare = left.is_none() && above.is_none() && far.is_none();
            tell(LabelSource::Left, left);
            tell(LabelSource::Above, above);
            tell(LabelSource::Left, far);
            if is_bare {
                tell(LabelSource::Column, near.column());
            }
        }
        tell(LabelSource::Heading, around.headings.over(bounds));
    }
    if field.kind != FieldKind::Signature || labels.is_empty() {
        labels.extend(name_label(&field.name));
    }
    labels
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

struct Neighbourhood<'a> {
    page: &'a Page,
    bounds: Rect,
    widgets: &'a [Rect],
}

impl Neighbourhood<'_> {
    /// Words on the widget's line, outwards, until a wide blank or another widget.
    fn beside(&self, side: Side, gap_em: f64) -> Option<String> {
        let (top, bottom) = (self.bounds.y0 - 2.0, self.bounds.y1 + 2.0);
        let is_beside = |word: &&Word| {
            let outside = match side {
                Side::Left => word.bounds.x1 <= self.bounds.x0 + 2.0,
                Side::Right => word.bounds.x0 >= self.bounds.x1 - 2.0,
            };
            outside && word.angle == 0 && (top..=bottom).contains(&word.bounds.mid_y())
        };
        let mut words: Vec<&Word> = self.page.words.iter().filter(is_beside).collect();
        words.sort_by(|a, b| match side {
            Side::Left => b.bounds.x1.total_cmp(&a.bounds.x1),
            Side::Right => a.bounds.x0.total_cmp(&b.bounds.x0),
        });
        let mut found: Vec<&Word> = Vec::new();
        let mut edge = match side {
            Side::Left => self.bounds.x0,
            Side::Right => self.bounds.x1,
        };
        for word in words.into_iter().take(WORDS_MAX) {
            let (gap, next) = match side {
                Side::Left => (edge - word.bounds.x1, word.bounds.x0),
                Side::Right => (word.bounds.x0 - edge, word.bounds.x1),
            };
            let allowed = if found.is_empty() { gap_em } else { WORD_GAP_EM } * word.size.max(4.0);
            if gap > allowed || self.barred(edge, word) {
                break;
            }
            found.push(word);
            edge = next;
        }
        in_lines(found)
    }

    /// Another widget stands between `edge` and the word.
    fn barred(&self, edge: f64, word: &Word) -> bool {
        let (from, to) = (edge.min(word.bounds.x0), edge.max(word.bounds.x1));
        self.widgets.iter().any(|widget| {
            *widget != self.bounds
                && (widget.y0..=widget.y1).contains(&word.bounds.mid_y())
                && (from..=to).contains(&widget.mid_x())
        })
    }

    /// Words of the nearest line above the widget, or printed inside its top, that begin over it.
    fn above(&self) -> Option<String> {
        let reach = |word: &Word| {
            let rise = self.bounds.y0 - word.bounds.y1;
            let near = rise <= RISE_EM * word.size.max(4.0);
            let over = word.bounds.mid_y() < self.bounds.mid_y() && near;
            over && word.angle == 0
                && word.bounds.x1 > self.bounds.x0 - 2.0
                && word.bounds.x0 < self.bounds.x1
                && !self.taken(word)
        };
        let over: Vec<&Word> = self.page.words.iter().filter(|word| reach(word)).collect();
        let lowest = over.iter().map(|word| word.bounds.mid_y()).max_by(f64::total_cmp)?;
        let on_line =
            |word: &&Word| word.angle == 0 && (word.bounds.mid_y() - lowest).abs() < 0.5 * word.size.max(4.0);
        let mut line: Vec<&Word> = over.into_iter().filter(on_line).collect();
        line.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
        let rest: Vec<&Word> = self.page.words.iter().filter(on_line).collect();
        go_on(&mut line, &rest);
        let mut found: Vec<&Word> = Vec::new();
        for word in line.into_iter().take(WORDS_MAX) {
            let gap = found.last().map_or(0.0, |last: &&Word| word.bounds.x0 - last.bounds.x1);
            if gap > WORD_GAP_EM * word.size.max(4.0) {
                break;
            }
            found.push(word);
        }
        in_lines(found)
    }

    /// What heads the column of equal widgets in which this one stands.
    fn column(&self) -> Option<String> {
        let mut top = self.bounds;
        for _ in 0..ROWS_MAX {
            let Some(next) = self.widgets.iter().find(|widget| stands_on(**widget, top)) else { break };
            top = *next;
        }
        if top == self.bounds {
            return None;
        }
        Neighbourhood { page: self.page, bounds: top, widgets: self.widgets }.above()
    }

    /// The words at the start of the widget's line, other widgets or not between.
    fn question(&self) -> Option<String> {
        let bare = Neighbourhood { page: self.page, bounds: self.bounds, widgets: &[] };
        let is_on_line = |word: &&Word| {
            word.angle == 0
                && word.bounds.x1 <= self.bounds.x0 + 2.0
                && (self.bounds.y0 - 2.0..=self.bounds.y1 + 2.0).contains(&word.bounds.mid_y())
        };
        let words: Vec<&Word> = bare.page.words.iter().filter(is_on_line).take(QUESTION_WORDS_MAX).collect();
        in_lines(words)
    }

    /// Another widget lies between the word and this one.
    fn taken(&self, word: &Word) -> bool {
        self.widgets.iter().any(|widget| {
            *widget != self.bounds
                && widget.y0 >= word.bounds.mid_y()
                && widget.y1 <= self.bounds.y0 + 1.0
                && widget.x0 < word.bounds.x1
                && widget.x1 > word.bounds.x0
        })
    }
}

/// `upper` is the row above `lower` in one column: as wide, in the same place, and near.
fn stands_on(upper: Rect, lower: Rect) -> bool {
    let gap = lower.y0 - upper.y1;
    (upper.x0 - lower.x0).abs() < 3.0
        && (upper.x1 - lower.x1).abs() < 3.0
        && upper.y0 < lower.y0
        && gap > -2.0
        && gap < 0.8 * lower.height().max(8.0)
}

/// A phrase that begins before its widget or ends behind it: words of its line that follow without a wide blank.
fn go_on<'w>(line: &mut Vec<&'w Word>, rest: &[&'w Word]) {
    for _ in 0..WORDS_MAX {
        let (Some(first), Some(last)) = (line.first().copied(), line.last().copied()) else { return };
        let gap = |word: &Word| PHRASE_GAP_EM * word.size.max(4.0);
        let before = rest.iter().find(|w| (0.0..gap(w)).contains(&(first.bounds.x0 - w.bounds.x1)));
        let behind = rest.iter().find(|w| (0.0..gap(w)).contains(&(w.bounds.x0 - last.bounds.x1)));
        if before.is_none() && behind.is_none() {
            return;
        }
        if let Some(word) = before {
            line.insert(0, word);
        }
        line.extend(behind);
    }
}

/// The words from top to bottom and left to right, joined.
fn in_lines(mut words: Vec<&Word>) -> Option<String> {
    words.sort_by(|a, b| {
        let same_line = (a.bounds.mid_y() - b.bounds.mid_y()).abs() < 0.5 * a.size.max(b.size);
        if same_line {
            a.bounds.x0.total_cmp(&b.bounds.x0)
        } else {
            a.bounds.mid_y().total_cmp(&b.bounds.mid_y())
        }
    });
    let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// The last telling part of a full name, taken apart at case, digits and signs.
fn name_label(name: &str) -> Option<LabelText> {
    let part = name.rsplit('.').find(|part| is_telling(part))?;
    let text = apart(part);
    (!text.is_empty()).then_some(LabelText { text, from: LabelSource::Name })
}

/// `f1_1`, `Text12`, `topmostSubform[0]`, `c1_01[0]`, `Page1[0]` say nothing.
fn is_telling(part: &str) -> bool {
    let letters: String = part.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    letters.chars().count() > 2
        && !matches!(
            letters.as_str(),
            "text"
                | "textfield"
                | "field"
                | "check"
                | "checkbox"
                | "box"
                | "undefined"
                | "page"
                | "subform"
                | "topmostsubform"
                | "form"
                | "group"
                | "radio"
                | "button"
                | "radiobutton"
                | "dropdown"
                | "fill"
        )
}

fn apart(part: &str) -> String {
    let part = part.split('[').next().unwrap_or(part);
    let mut words = String::new();
    let mut last = ' ';
    for c in part.chars() {
        let starts = (c.is_uppercase() && last.is_lowercase()) || (c.is_numeric() != last.is_numeric());
        if starts && !words.ends_with(' ') {
            words.push(' ');
        }
        if c.is_alphanumeric() || matches!(c, '/' | '%' | '$' | '#' | '&' | '\'') {
            words.push(c);
        } else if !words.ends_with(' ') {
            words.push(' ');
        }
        last = c;
    }
    words.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::name_label;

    #[test]
    fn names_are_taken_apart() {
        for (name, label) in [
            ("topmostSubform[0].Page1[0].f1_1[0]", None),
            ("Text12", None),
            ("BusinessLegalName", Some("Business Legal Name")),
            ("owner_1.first-name", Some("first name")),
            ("form1.Address2", Some("Address 2")),
            ("Applicant.Text3", Some("Applicant")),
        ] {
            assert_eq!(name_label(name).map(|l| l.text).as_deref(), label, "{name}");
        }
    }
}
