//! Prints a plan: sections one under the other, questions in rows, in columns of labels, in tables or in running text.

use super::naming::Namer;
use super::phrases::Question;
use super::plan::{Asks, Plan, Section};
use super::style::{HeadStyle, Placement, Style};
use super::widget::{self, Piece, Widget, box_width, option_width, piece_width, text_width};
use super::{DrawnField, DrawnForm, Meaning};
use crate::blanks::sheet::{Kind, Sheet};
use crate::random::Random;

const PAGE_WIDTH: f32 = 612.0;
const BOTTOM: f32 = 756.0;
const PAGES_MAX: usize = 4;
/// Between two fields beside each other.
const GAP: f32 = 8.0;

/// A question with all that is printed of it.
struct Item<'p> {
    asks: &'p Asks,
    /// As a person reads it.
    label: String,
    tooltip: Option<String>,
    widget: Widget,
    /// What the label wants, in points.
    label_width: f32,
    /// What the answer wants.
    width: f32,
}

/// Prints the form.
pub(super) fn print(plan: &Plan, style: Style, random: &mut Random) -> DrawnForm {
    let namer = Namer::draw(random, plan.pool);
    let mut press =
        Press { sheet: Sheet::default(), style, namer, y: 0.0, fields: Vec::new(), heading: None, number: 0 };
    press.sheet.page(plan.title);
    press.y = 60.0;
    for (at, section) in plan.sections.iter().enumerate() {
        if press.sheet.page_count() == PAGES_MAX && press.y > 560.0 {
            break;
        }
        press.section(section, at, random);
    }
    DrawnForm { document: press.sheet.finish(), fields: press.fields }
}

struct Press {
    sheet: Sheet,
    style: Style,
    namer: Namer,
    /// How far down the page is printed.
    y: f32,
    fields: Vec<DrawnField>,
    heading: Option<String>,
    /// Questions so far.
    number: usize,
}

impl Press {
    fn room(&self) -> f32 {
        PAGE_WIDTH - 2.0 * self.style.margin
    }

    /// Goes to the next page where this much does not fit.
    fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM {
            self.sheet.next_page();
            self.y = 44.0;
        }
    }

    fn section(&mut self, section: &Section, at: usize, random: &mut Random) {
        self.heading = self.style.heading(section, at);
        self.head();
        match section.rows.as_slice() {
            _ if section.block.id == "prose" => self.prose(section, random),
            [row] => self.grid(row, section, at, random),
            rows => self.table(rows, section, at, random),
        }
        self.y += 8.0;
    }

    fn head(&mut self) {
        // A heading and what it stands over stay together.
        self.need(96.0);
        let (x, room) = (self.style.margin, self.room());
        let Some(heading) = self.heading.clone() else {
            self.y += 4.0;
            return;
        };
        match self.style.heads {
            HeadStyle::Band => {
                self.sheet.band(x, self.y, room, 14.0);
                self.sheet.print(x + 4.0, self.y + 10.5, 9.0, true, &heading);
            }
            HeadStyle::Ruled => {
                self.sheet.print(x, self.y + 10.0, 10.0, true, &heading);
                self.sheet.line(x, self.y + 13.0, room);
            }
            HeadStyle::Bold | HeadStyle::Numbered | HeadStyle::None => {
                self.sheet.print(x, self.y + 10.0, 10.0, true, &heading);
            }
        }
        self.y += 18.0;
    }

    fn item<'p>(
        &mut self,
        asks: &'p Asks,
        section: &Section,
        place: (usize, usize),
        random: &mut Random,
    ) -> Item<'p> {
        self.number += 1;
        let question = self.style.question(asks, section, random);
        let shape = asks.question.shape;
        let label = self.style.label(&question, shape, self.number, place, random);
        let tooltip = self.style.tooltip(&question, &label, self.heading.as_deref(), random);
        let widget = widget::draw(shape, &self.style, false, random);
        let label_width = text_width(&label, self.style.size, false) + 4.0;
        let width = widget::width(shape, &widget);
        Item { asks, label, tooltip, widget, label_width, width }
    }

    fn grid(&mut self, row: &[Asks], section: &Section, at: usize, random: &mut Random) {
        let items: Vec<Item> = row
            .iter()
            .enumerate()
            .map(|(place, asks)| self.item(asks, section, (at, place), random))
            .collect();
        let mut line: Vec<&Item> = Vec::new();
        for item in &items {
            if matches!(item.widget, Widget::Tick | Widget::Radio(_)) {
                self.line(&std::mem::take(&mut line), section, random);
                self.buttons(item, section, random);
                continue;
            }
            let is_column = self.style.placement == Placement::Left;
            let used: f32 = line.iter().map(|item| self.wanted(item)).sum();
            if !line.is_empty() && (is_column || used + self.wanted(item) > self.room()) {
                self.line(&std::mem::take(&mut line), section, random);
            }
            line.push(item);
        }
        self.line(&line, section, random);
    }

    /// Width of a question with its answer, and of the gap behind it.
    fn wanted(&self, item: &Item) -> f32 {
        match self.style.placement {
            Placement::Before | Placement::Left => item.label_width + item.width + GAP,
            Placement::Inside => item.label_width.max(item.width) + 4.0,
            Placement::Above | Placement::Below => item.label_width.max(item.width) + GAP,
        }
    }

    /// Questions beside each other, as wide as the page.
    fn line(&mut self, items: &[&Item], section: &Section, random: &mut Random) {
        if items.is_empty() {
            return;
        }
        let gap = if self.style.placement == Placement::Inside { 0.0 } else { GAP };
        let used: f32 = items.iter().map(|item| self.wanted(item)).sum();
        let count = f32::from(u8::try_from(items.len()).unwrap_or(1));
        // The last of a row is often short of the edge.
        let share = ((self.room() - used) / count).max(0.0);
        let share = if count < 2.0 { share.min(160.0) } else { share };
        let is_tall = items.iter().any(|item| matches!(item.widget, Widget::Multiline));
        let height = self.row_height(is_tall);
        self.need(height + 4.0);
        let mut x = self.style.margin;
        for item in items {
            let width = (self.wanted(item) + share - gap).min(self.room());
            self.place(item, [x, self.y, width, height], section, random);
            x += width + gap;
        }
        let has_captions =
            items.iter().any(|item| matches!(&item.widget, Widget::Split(pieces) if has_caption(pieces)));
        self.y += height + if has_captions { 7.0 } else { 0.0 } + if gap > 0.0 { 5.0 } else { 0.0 };
    }

    fn row_height(&self, is_tall: bool) -> f32 {
        let text = if is_tall { 38.0 } else { 15.0 };
        match self.style.placement {
            Placement::Before | Placement::Left => text,
            Placement::Inside => text + 11.0,
            Placement::Above | Placement::Below => text + self.style.size + 3.0,
        }
    }

    fn place(
        &mut self,
        item: &Item,
        [x, y, width, height]: [f32; 4],
        section: &Section,
        random: &mut Random,
    ) {
        let size = self.style.size;
        let rect = match self.style.placement {
            Placement::Above => {
                self.sheet.print(x, y + size, size, false, &item.label);
                [x, y + size + 3.0, width, height - size - 3.0]
            }
            Placement::Below => {
                self.sheet.print(x, y + height - 1.0, size, false, &item.label);
                [x, y, width, height - size - 3.0]
            }
            Placement::Inside => {
                self.sheet.cell(x, y, width, height);
                self.sheet.print(x + 2.0, y + size + 1.0, size, false, &item.label);
                [x + 1.5, y + size + 3.5, width - 3.0, height - size - 5.0]
            }
            Placement::Before => {
                self.sheet.print(x, y + 11.0, size, false, &item.label);
                [x + item.label_width, y, width - item.label_width, height]
            }
            Placement::Left => {
                self.sheet.print(x, y + 11.0, size, false, &item.label);
                let column = (self.room() * 0.42).max(item.label_width);
                [x + column, y, (self.room() - column).min(item.width + 90.0), height]
            }
        };
        if let Widget::Split(pieces) = &item.widget {
            self.split(item, pieces, rect, section, random);
            return;
        }
        let name = self.name(item.asks.question, section, random);
        let kind = kind(&item.widget);
        let on_line = self.style.lines;
        if self.style.placement == Placement::Inside {
            // The box around label and answer is drawn already.
            self.sheet.put_bare(&name, rect, kind);
        } else {
            self.sheet.put(&name, rect, kind, on_line);
        }
        if let Widget::Text(Some(most)) = item.widget {
            self.sheet.at_most(most);
        }
        self.keep(name, item, item.asks.meaning.clone());
    }

    fn split(
        &mut self,
        item: &Item,
        pieces: &[Piece],
        [x, y, _, height]: [f32; 4],
        section: &Section,
        random: &mut Random,
    ) {
        let keys = item.asks.meaning.keys().to_vec();
        let meaning = match &item.asks.meaning {
            Meaning::Keys(_) => Meaning::Part(keys),
            Meaning::Part(_) | Meaning::Person | Meaning::Other => item.asks.meaning.clone(),
        };
        let mut x = x;
        for piece in pieces {
            self.sheet.print(x + 3.0, y + height - 4.0, 8.0, false, piece.before);
            x += 8.0;
            let name = self.name(item.asks.question, section, random);
            self.sheet.put(&name, [x, y, box_width(piece), height], Kind::Text, false);
            self.sheet.at_most(piece.characters);
            self.sheet.print(x + 2.0, y + height + 6.0, 5.5, false, piece.caption);
            x += piece_width(piece) - 8.0;
            self.keep(name, item, meaning.clone());
        }
    }

    /// A box to tick with its sentence, or a question with its buttons.
    fn buttons(&mut self, item: &Item, section: &Section, random: &mut Random) {
        let x = self.style.margin;
        let name = self.name(item.asks.question, section, random);
        self.need(18.0);
        let Widget::Radio(options) = item.widget else {
            self.sheet.tick(&name, &item.label, x, self.y + 9.0, "Yes");
            self.keep(name, item, item.asks.meaning.clone());
            self.y += 15.0;
            return;
        };
        self.sheet.print(x, self.y + 9.0, 8.0, false, &item.label);
        let label_width = text_width(&item.label, 8.0, false) + 10.0;
        let is_far = options.len() == 2 && item.asks.question.shape == "yesno";
        let mut at = x + label_width;
        if is_far {
            at = at.max(x + self.room() - 90.0);
        } else if at + item.width > x + self.room() {
            self.y += 14.0;
            at = x + 12.0;
        }
        for (option, state) in options.iter().zip(widget::STATES) {
            self.sheet.radio(&name, option, at, self.y + 9.0, state);
            at += option_width(option);
        }
        self.keep(name, item, item.asks.meaning.clone());
        self.y += 15.0;
    }

    fn name(&mut self, question: &'static Question, section: &Section, random: &mut Random) -> String {
        let page = self.sheet.page_count().saturating_sub(1);
        self.namer.name(question, &section.subject, page, &self.style, random)
    }

    /// The field that was put last is this item's.
    fn keep(&mut self, name: String, item: &Item, meaning: Meaning) {
        if let Some(tooltip) = &item.tooltip {
            self.sheet.tooltip(tooltip.clone());
        }
        let heading = self.heading.clone();
        self.fields.push(DrawnField { name, meaning, label: item.label.clone(), heading });
    }

    fn table(&mut self, rows: &[Vec<Asks>], section: &Section, at: usize, random: &mut Random) {
        let Some(first) = rows.first() else { return };
        let columns: Vec<Item> = first
            .iter()
            .enumerate()
            .map(|(place, asks)| self.item(asks, section, (at, place), random))
            .collect();
        let wanted = |item: &Item| item.width.max(longest_word(&item.label, 7.0) + 6.0);
        let total: f32 = columns.iter().map(wanted).sum();
        let scale = self.room() / total.max(1.0);
        let widths: Vec<f32> = columns.iter().map(|item| wanted(item) * scale).collect();
        let labels: Vec<Vec<String>> = columns
            .iter()
            .zip(&widths)
            .map(|(item, width)| wrapped(&item.label, 7.0, *width - 4.0))
            .collect();
        let lines = labels.iter().map(Vec::len).max().unwrap_or(1);
        let head = 4.0 + 8.0 * f32::from(u8::try_from(lines).unwrap_or(1));
        let count = f32::from(u8::try_from(rows.len()).unwrap_or(1));
        self.need(head + 16.0 * count);
        let mut x = self.style.margin;
        for (lines, width) in labels.iter().zip(&widths) {
            self.sheet.cell(x, self.y, *width, head);
            for (at, line) in lines.iter().enumerate() {
                let down = 8.0 * f32::from(u8::try_from(at + 1).unwrap_or(1));
                self.sheet.print(x + 2.0, self.y + down, 7.0, false, line);
            }
            x += width;
        }
        self.y += head;
        for (number, row) in rows.iter().enumerate() {
            let mut x = self.style.margin;
            for ((asks, item), width) in row.iter().zip(&columns).zip(&widths) {
                let name = self.name(asks.question, section, random);
                self.sheet.put(&name, [x, self.y, *width, 16.0], Kind::Text, false);
                let tooltip = item.tooltip.as_ref().map(|tooltip| format!("{tooltip} - row {}", number + 1));
                if let Some(tooltip) = tooltip {
                    self.sheet.tooltip(tooltip);
                }
                let (label, heading) = (item.label.clone(), self.heading.clone());
                self.fields.push(DrawnField { name, meaning: asks.meaning.clone(), label, heading });
                x += width;
            }
            self.y += 16.0;
        }
    }

    /// Sentences with blanks in them.
    fn prose(&mut self, section: &Section, random: &mut Random) {
        let (left, size) = (self.style.margin, 9.0);
        let end = left + self.room();
        for asks in section.rows.iter().flatten() {
            self.need(34.0);
            let mut x = left;
            for word in asks.phrase.text.split(' ') {
                let is_blank = word == "____";
                let width = if is_blank {
                    70.0 + 10.0 * f32::from(u8::try_from(random.below(6)).unwrap_or(0))
                } else {
                    text_width(word, size, false)
                };
                if x + width > end {
                    x = left;
                    self.y += 16.0;
                }
                if is_blank {
                    let name = self.name(asks.question, section, random);
                    self.sheet.put(&name, [x, self.y, width, 12.0], Kind::Text, true);
                    let (label, heading) = (asks.phrase.text.to_owned(), self.heading.clone());
                    self.fields.push(DrawnField { name, meaning: asks.meaning.clone(), label, heading });
                } else {
                    self.sheet.print(x, self.y + 10.0, size, false, word);
                }
                x += width + 3.0;
            }
            self.y += 20.0;
        }
    }
}

fn kind(widget: &Widget) -> Kind {
    match widget {
        Widget::Comb(cells) => Kind::Comb(*cells),
        Widget::Multiline => Kind::Multiline,
        Widget::Combo(options) => Kind::Combo(options),
        Widget::Signature => Kind::Signature,
        Widget::Text(_) | Widget::Radio(_) | Widget::Tick | Widget::Split(_) => Kind::Text,
    }
}

fn has_caption(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| !piece.caption.is_empty())
}

fn longest_word(text: &str, size: f32) -> f32 {
    text.split(' ').map(|word| text_width(word, size, false)).fold(0.0, f32::max)
}

/// Words in lines of this width.
fn wrapped(text: &str, size: f32, width: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), size, false) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
