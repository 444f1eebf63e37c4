//! What is printed of the ends and totals of an account, outside its table.

use super::axes::{Ends, Place, Product};
use super::columns::balance;
use super::figure::{Mark, Sign};
use super::press::Press;
use crate::book::Book;
use crate::canvas::Pen;

impl Press<'_> {
    fn end(&self, minor: i64) -> String {
        balance(self.axes, minor, true).whole()
    }

    fn sum(&self, minor: i64) -> String {
        self.axes.figures.figure(minor, Sign::Unsigned, self.axes.end_mark()).whole()
    }

    fn opening_label(&self, book: &Book) -> String {
        self.axes.voice.opening.replace("{}", &self.day(book.start))
    }

    fn closing_label(&self, book: &Book) -> String {
        self.axes.voice.closing.replace("{}", &self.day(book.end))
    }

    /// Labels and values from opening to closing.
    fn figures(&self, book: &Book) -> Vec<(String, String)> {
        let axes = self.axes;
        let mut out = Vec::new();
        if axes.ends == Ends::Both {
            out.push((self.opening_label(book), self.end(book.opening)));
        }
        if axes.totals {
            let count = |n: usize| {
                if axes.counts { format!(" ({n} {})", axes.country.tongue.items) } else { String::new() }
            };
            let (rows_in, rows_out) = book.counts;
            let into = (format!("{}{}", axes.voice.total_in, count(rows_in)), self.sum(book.credits));
            let out_of = (format!("{}{}", axes.voice.total_out, count(rows_out)), self.sum(book.debits));
            if axes.in_first { out.extend([into, out_of]) } else { out.extend([out_of, into]) }
        }
        if axes.ends != Ends::None {
            out.push((self.closing_label(book), self.end(book.closing)));
        }
        out
    }

    /// The box in the right half, under the account's details.
    pub(crate) fn summary_box(&mut self, x: f32, y: f32, book: &Book) {
        let lines = self.figures(book);
        if lines.is_empty() {
            return;
        }
        let more = self.card_lines(book);
        let height = 22.0 + 12.5 * f32::from(u8::try_from(lines.len() + more.len()).unwrap_or(8));
        self.canvas.frame([x - 5.0, y, self.right() - x + 10.0, height], 0.6);
        let title = self.axes.voice.summary.clone();
        self.detail(x, y + 13.0, "", &title);
        let mut line_y = y + 27.0;
        for (label, value) in lines.iter().chain(&more) {
            self.detail(x, line_y, label, value);
            line_y += 12.5;
        }
        self.y = self.y.max(y + height);
    }

    /// What only a card's summary says.
    fn card_lines(&self, book: &Book) -> Vec<(String, String)> {
        if self.axes.product != Product::Card {
            return Vec::new();
        }
        let card = &self.axes.country.tongue.card;
        let owed = (-book.closing).max(0);
        let minimum = if owed < 2_500 { owed } else { (owed / 50).max(2_500) };
        vec![(card.minimum.to_owned(), self.sum(minimum)), (card.limit.to_owned(), self.sum(750_000))]
    }

    /// Labels over values, side by side.
    pub(crate) fn strip(&mut self, book: &Book) {
        let lines = self.figures(book);
        if lines.is_empty() {
            return;
        }
        let (left, right, top) = (self.left(), self.right(), self.y);
        let width = (right - left) / f32::from(u8::try_from(lines.len()).unwrap_or(4));
        self.canvas.fill([left - 3.0, top, right - left + 6.0, 32.0], [0.92, 0.93, 0.96]);
        let mut x = left;
        for (label, value) in &lines {
            let pen = self.fitted(Pen::regular(8.0), label, width - 10.0);
            self.canvas.text(x + 3.0, top + 12.0, pen, label);
            let pen = self.fitted(Pen::bold(9.5), value, width - 10.0);
            self.canvas.text(x + 3.0, top + 25.0, pen, value);
            x += width;
        }
        self.y = top + 42.0;
    }

    /// Label and value on lines of their own.
    pub(crate) fn lines_above(&mut self, book: &Book) {
        for (label, value) in self.figures(book) {
            self.label_line(&label, &value);
        }
        self.y += 6.0;
    }

    fn label_line(&mut self, label: &str, value: &str) {
        self.need(16.0);
        self.line(Pen::regular(9.0), &format!("{label}: {value}"));
    }

    /// The opening above the table, where the closing stands below it.
    pub(crate) fn opening_line(&mut self, book: &Book) {
        if self.axes.ends == Ends::Both {
            let (label, value) = (self.opening_label(book), self.end(book.opening));
            self.label_line(&label, &value);
            self.y += 4.0;
        }
    }

    pub(crate) fn closing_lines(&mut self, book: &Book) {
        self.y += 6.0;
        let skip = usize::from(self.axes.ends == Ends::Both);
        for (label, value) in self.figures(book).into_iter().skip(skip) {
            self.label_line(&label, &value);
        }
    }

    /// Every account with its closing balance.
    pub(crate) fn overview(&mut self) {
        let tongue = self.axes.country.tongue;
        self.y += 6.0;
        self.line(Pen::bold(10.0), tongue.overview);
        for (index, book) in self.books.iter().enumerate() {
            let name = if index == 0 { self.account_kind() } else { tongue.savings };
            let y = self.y + 11.0;
            self.canvas.text(self.left(), y, Pen::regular(9.0), &format!("{name} {}", book.owner.number));
            let value = self.end(book.closing);
            self.canvas.right(self.right(), y, Pen::regular(9.0), &value);
            self.y += 13.0;
        }
        self.y += 6.0;
    }

    /// Where the ends of this document stand; several accounts have no box beside the address.
    pub(crate) fn place(&self) -> Place {
        let place = self.axes.place;
        match self.books.len() {
            0 | 1 => place,
            _ if place == Place::Box => Place::Strip,
            _ if place == Place::TableAndBox => Place::Table,
            _ => place,
        }
    }

    /// A figure that is no end and no row.
    pub(crate) fn plain(&self, minor: i64) -> String {
        self.axes.figures.figure(minor, Sign::Unsigned, Mark::None).whole()
    }
}
