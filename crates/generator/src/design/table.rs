//! The table of movements.

use super::axes::{Axes, Columns, DateShow, Direction, MoneyLine, Notice, Order, Paint};
use super::calendar;
use super::columns::{Cell, Column, balance, figure, head_x, words, wrapped};
use super::figure::{Figure, Sign};
use super::press::Press;
use crate::book::{Book, Entry};
use crate::canvas::Pen;
use crate::truth::Balances;
use jiff::civil::Date;

/// Room between the lines of a table and its letters, as a share of the size.
fn pad(axes: &Axes) -> f32 {
    match axes.paint {
        Paint::Plain => 0.15,
        Paint::Zebra => 0.4,
        Paint::Ruled | Paint::Boxed => 0.55,
    }
}

impl Press<'_> {
    fn row_height(&self, lines: usize) -> f32 {
        self.leading() * f32::from(u8::try_from(lines.max(1)).unwrap_or(u8::MAX))
            + self.size() * pad(self.axes)
    }

    /// Baseline of the first line of a row that starts at `y`.
    fn baseline(&self) -> f32 {
        self.y + self.size() * (0.9 + pad(self.axes) / 2.0)
    }

    /// The headings of the columns.
    pub(crate) fn headings(&mut self) {
        let (axes, plan, size) = (self.axes, self.plan, self.size());
        let pen = Pen::bold(size);
        let deep = plan.columns.iter().map(|column| column.head.len()).max().unwrap_or(1);
        let height = self.leading() * f32::from(u8::try_from(deep).unwrap_or(1)) + size * 0.6;
        let (left, right, top) = (plan.left() - 3.0, plan.right() + 3.0, self.y);
        match axes.paint {
            Paint::Zebra => self.canvas.fill([left, top, right - left, height], [0.86, 0.89, 0.93]),
            Paint::Boxed => self.canvas.frame([left, top, right - left, height], 0.6),
            Paint::Plain | Paint::Ruled => {
                self.canvas.rule(left, top + height - 1.0, right, top + height - 1.0, 0.7)
            }
        }
        for column in &plan.columns {
            let mut y = top + size * 1.1;
            for text in &column.head {
                let x = head_x(axes, &self.canvas, column, pen, text);
                self.ink(x, y, pen, text);
                y += self.leading();
            }
        }
        self.flush();
        self.y = top + height + size * 0.15;
    }

    /// Text of the table; a line printer keeps it until the line is whole.
    fn ink(&mut self, x: f32, y: f32, pen: Pen, text: &str) {
        if self.axes.line_printer {
            self.kept.push((x, y, text.to_owned()));
        } else {
            self.canvas.text(x, y, pen, text);
        }
    }

    /// Prints what is kept: one string for each line, from the first column on.
    fn flush(&mut self) {
        let (pen, left) = (Pen::regular(self.size()), self.plan.left());
        let step = self.canvas.measure(pen, "0");
        let mut kept = std::mem::take(&mut self.kept);
        // Baselines of one line may differ by the last bit of a sum.
        let line = |y: f32| (y * 10.0).round();
        kept.sort_by(|a, b| line(a.1).total_cmp(&line(b.1)).then(a.0.total_cmp(&b.0)));
        for pieces in kept.chunk_by(|a, b| line(a.1).total_cmp(&line(b.1)).is_eq()) {
            let mut whole = String::new();
            for (x, _, text) in pieces {
                let place = place((x - left) / step);
                whole.extend(std::iter::repeat_n(' ', place.saturating_sub(whole.chars().count())));
                whole.push_str(text);
            }
            self.canvas.text(left, pieces[0].1, pen, &whole);
        }
    }

    fn put(&mut self, column: &Column, y: f32, pen: Pen, figure: &Figure) {
        let whole = figure.whole();
        let x = if self.axes.left_figures {
            column.x
        } else if self.axes.hanging {
            column.right() - column.hang - self.canvas.measure(pen, &figure.body)
        } else {
            column.right() - self.canvas.measure(pen, &whole)
        };
        self.ink(x, y, pen, &whole);
    }

    fn backdrop(&mut self, height: f32) {
        let (left, right, top) = (self.plan.left() - 3.0, self.plan.right() + 3.0, self.y);
        match self.axes.paint {
            Paint::Plain => {}
            Paint::Zebra if self.rows % 2 == 1 => {
                self.canvas.fill([left, top, right - left, height], [0.94, 0.95, 0.96]);
            }
            Paint::Zebra => {}
            Paint::Ruled => self.canvas.rule(left, top + height, right, top + height, 0.3),
            Paint::Boxed => {
                self.canvas.frame([left, top, right - left, height], 0.3);
                let edges: Vec<f32> =
                    self.plan.columns.iter().skip(1).map(|c| c.x - self.plan.gap / 2.0).collect();
                for x in edges {
                    self.canvas.rule(x, top, x, top + height, 0.3);
                }
            }
        }
    }

    /// A row that is no movement: an end, a carry, a total. `figures` by column.
    fn label_row(&mut self, label: &str, day: Option<Date>, figures: &[(Cell, Figure)]) {
        let (plan, axes) = (self.plan, self.axes);
        let (height, y) = (self.row_height(1), self.baseline());
        self.backdrop(height);
        if let Some(column) = plan.column(Cell::Text) {
            let pen = self.fitted(Pen::bold(self.size()), label, column.width);
            self.ink(column.x, y, pen, label);
        }
        if let (Some(day), Some(column)) = (day, plan.column(Cell::Date)) {
            self.ink(column.x, y, Pen::regular(self.size()), &axes.days.format(axes.country, day));
        }
        for (cell, figure) in figures {
            if let Some(column) = plan.column(*cell) {
                self.put(column, y, Pen::bold(self.size()), figure);
            }
        }
        self.flush();
        self.y += height;
        self.rows += 1;
    }

    /// A balance as a row: in its column, or where there is none, in the one on whose side it stands.
    pub(crate) fn balance_row(&mut self, label: &str, day: Option<Date>, minor: i64) {
        let axes = self.axes;
        let figures = if self.plan.column(Cell::Balance).is_some() {
            vec![(Cell::Balance, balance(axes, minor, true))]
        } else if axes.direction == Direction::TwoColumns {
            let cell = if minor < 0 { Cell::Out } else { Cell::In };
            vec![(cell, axes.figures.figure(minor, Sign::Unsigned, axes.end_mark()))]
        } else {
            vec![(Cell::Amount, balance(axes, minor, true))]
        };
        self.label_row(label, day, &figures);
    }

    /// The sums of both columns.
    pub(crate) fn total_row(&mut self, book: &Book) {
        let axes = self.axes;
        let sum = |minor: i64| axes.figures.figure(minor, Sign::Unsigned, axes.row_mark());
        let figures = [(Cell::Out, sum(book.debits)), (Cell::In, sum(book.credits))];
        let label = axes.voice.total.clone();
        self.label_row(&label, None, &figures);
    }

    /// The sum of a section.
    pub(crate) fn sum_row(&mut self, label: &str, minor: i64) {
        let figure = self.axes.figures.figure(minor, Sign::Unsigned, self.axes.row_mark());
        self.label_row(label, None, &[(Cell::Amount, figure)]);
    }

    /// Ends a page inside the table and starts the next one.
    fn turn_table(&mut self, carried: i64) {
        let axes = self.axes;
        if axes.carry {
            self.balance_row(&axes.voice.carried, None, carried);
        }
        if axes.more {
            let y = self.bottom() + 8.0;
            self.canvas.right(self.right(), y, Pen::regular(7.5), axes.country.tongue.more);
        }
        self.turn();
        if axes.heads_repeat {
            self.headings();
        }
        if axes.carry {
            self.balance_row(&axes.voice.brought, None, carried);
        }
    }

    /// The rows of a book, or of one of its sections.
    pub(crate) fn rows(&mut self, book: &Book, wanted: impl Fn(&Entry) -> bool) {
        let axes = self.axes;
        let mut order: Vec<usize> =
            (0..book.entries.len()).filter(|index| wanted(&book.entries[*index])).collect();
        if axes.order == Order::Newest {
            order.reverse();
        }
        let notice_at = if axes.notice == Notice::Between { order.len() / 2 } else { usize::MAX };
        let (mut day, mut carried) = (None, book.opening);
        for (printed, index) in order.into_iter().enumerate() {
            let entry = &book.entries[index];
            if printed == notice_at && printed > 0 {
                self.notice_in_table(carried);
                day = day.filter(|_| axes.date_show == DateShow::Once);
            }
            let pen = Pen::regular(self.size());
            let width = self.plan.column(Cell::Text).map_or(100.0, |column| column.width);
            let lines = wrapped(&self.canvas, pen, &entry.lines, width);
            let heading = axes.date_show == DateShow::Heading && day != Some(entry.date);
            let mut height = self.row_height(lines.len());
            if heading {
                height += self.leading() * 1.6;
            }
            if axes.carry {
                height += self.row_height(1);
            }
            if !self.fits(height) {
                self.turn_table(carried);
                day = None;
            }
            if axes.date_show == DateShow::Heading && day != Some(entry.date) {
                self.day_heading(entry.date);
            }
            let show_date = axes.date_show != DateShow::Once || day != Some(entry.date);
            let show_balance = axes.balances == Balances::Every || book.ends_day(index);
            self.row(entry, &lines, show_date, show_balance);
            day = Some(entry.date);
            carried = entry.balance;
        }
    }

    fn day_heading(&mut self, date: Date) {
        self.y += self.leading() * 0.3;
        let text = calendar::heading(self.axes.country, date);
        let y = self.baseline();
        self.canvas.text(self.plan.left(), y, Pen::bold(self.size()), &text);
        self.y += self.leading() * 1.3;
    }

    fn row(&mut self, entry: &Entry, lines: &[String], show_date: bool, show_balance: bool) {
        let (axes, plan, pen) = (self.axes, self.plan, Pen::regular(self.size()));
        let (height, first, leading) = (self.row_height(lines.len()), self.baseline(), self.leading());
        let below = f32::from(u8::try_from(lines.len().saturating_sub(1)).unwrap_or(0)) * leading;
        let (plain, money) = match axes.money_line {
            MoneyLine::First => (first, first),
            MoneyLine::Last => (first, first + below),
            MoneyLine::Middle => (first + below / 2.0, first + below / 2.0),
        };
        self.backdrop(height);
        for column in &plan.columns {
            match column.cell {
                Cell::Text => {
                    let mut y = first;
                    for line in lines {
                        self.ink(column.x, y, pen, line);
                        y += leading;
                    }
                }
                Cell::Date if !show_date => {}
                Cell::Balance if !show_balance => {}
                Cell::Out | Cell::In | Cell::Amount | Cell::Balance => {
                    let tint = axes.tint(entry.amount).filter(|_| column.cell == Cell::Amount);
                    self.put(column, money, Pen { tint, ..pen }, &figure(axes, column.cell, entry));
                }
                Cell::Sign => self.ink(column.x, money, pen, &words(axes, column.cell, entry)),
                Cell::Date | Cell::Value | Cell::Kind | Cell::Reference => {
                    // Where the text comes first, the day stands with the money.
                    let y = if axes.columns == Columns::TextThenDate { money } else { plain };
                    self.ink(column.x, y, pen, &words(axes, column.cell, entry));
                }
            }
        }
        self.flush();
        self.y += height;
        self.rows += 1;
    }

    fn notice_in_table(&mut self, carried: i64) {
        let lines = self.axes.voice.notice.len();
        let height = 22.0 + 11.0 * f32::from(u8::try_from(lines).unwrap_or(2));
        if !self.fits(height + self.row_height(3)) {
            self.turn_table(carried);
        }
        self.y += 5.0;
        self.notice();
        self.y += 5.0;
    }

    /// A framed notice over the whole width.
    pub(crate) fn notice(&mut self) {
        let axes = self.axes;
        let (left, right, top) = (self.left(), self.right(), self.y);
        let lines: Vec<String> =
            axes.voice.notice.iter().map(|l| l.replace("{c}", axes.country.currency)).collect();
        let height = 10.0 + 11.0 * f32::from(u8::try_from(lines.len()).unwrap_or(2));
        self.canvas.fill([left, top, right - left, height], [0.93, 0.96, 0.92]);
        self.canvas.frame([left, top, right - left, height], 0.5);
        let mut y = top + 13.0;
        for line in &lines {
            let pen = self.fitted(Pen::regular(8.0), line, right - left - 16.0);
            self.canvas.text(left + 8.0, y, pen, line);
            y += 11.0;
        }
        self.y = top + height + 2.0;
    }
}

/// The nearest character column.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place on paper: small and positive"
)]
fn place(columns: f32) -> usize {
    columns.round().max(0.0) as usize
}
