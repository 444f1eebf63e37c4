//! Boxes and lists behind the table: fees, rates, balances of the days.

use super::columns::balance;
use super::press::Press;
use crate::book::{Book, Section};
use crate::canvas::Pen;

impl Press<'_> {
    pub(crate) fn extras(&mut self) {
        let extras = self.axes.extras;
        if extras.fees {
            self.fees();
        }
        if extras.rates {
            self.rates();
        }
    }

    fn box_of(&mut self, title: &str, lines: &[(String, String)]) {
        let height = 24.0 + 12.5 * f32::from(u8::try_from(lines.len()).unwrap_or(3));
        self.need(height + 16.0);
        let (left, top) = (self.left(), self.y + 12.0);
        let width = (self.right() - left) * 0.62;
        self.canvas.frame([left - 4.0, top, width + 8.0, height], 0.5);
        self.canvas.text(left, top + 13.0, Pen::bold(9.0), title);
        let mut y = top + 28.0;
        for (label, value) in lines {
            self.canvas.text(left, y, Pen::regular(8.5), label);
            self.canvas.right(left + width, y, Pen::regular(8.5), value);
            y += 12.5;
        }
        self.y = top + height + 6.0;
    }

    fn fees(&mut self) {
        let (title, [now, year, part]) = self.axes.country.tongue.fees;
        let fees: i64 = self
            .books
            .iter()
            .flat_map(|book| &book.entries)
            .filter(|e| e.section == Section::Fee)
            .map(|e| -e.amount)
            .sum();
        let value = |minor: i64| self.plain(minor);
        let lines = [
            (now.to_owned(), value(fees)),
            (year.to_owned(), value(fees + 1_780)),
            (part.to_owned(), value(0)),
        ];
        self.box_of(title, &lines);
    }

    fn rates(&mut self) {
        let (title, labels) = self.axes.country.tongue.rates;
        let comma = self.axes.figures.digits.format(1).contains(',');
        let rates = ["0.25 %", "9.90 %", "14.90 %"]
            .map(|rate| if comma { rate.replace('.', ",") } else { rate.to_owned() });
        let lines: Vec<(String, String)> = labels.iter().map(|l| (*l).to_owned()).zip(rates).collect();
        self.box_of(title, &lines);
    }

    /// The balance at the end of each day with movements, two days side by side.
    pub(crate) fn daily(&mut self, book: &Book) {
        let axes = self.axes;
        let days: Vec<(String, String)> = book
            .entries
            .iter()
            .enumerate()
            .filter(|(index, _)| book.ends_day(*index))
            .map(|(_, e)| (axes.days.format(axes.country, e.date), balance(axes, e.balance, true).whole()))
            .collect();
        self.need(60.0);
        self.y += 12.0;
        self.line(
            Pen::bold(10.0),
            &format!("{} {}", axes.voice.date, axes.voice.balance.replace("{c}", axes.country.currency)),
        );
        let (left, middle) = (self.left(), f32::midpoint(self.left(), self.right()));
        let width = (middle - left) * 0.8;
        let pen = Pen::regular(8.5);
        for pair in days.chunks(2) {
            self.need(14.0);
            let y = self.y + 10.0;
            for ((day, minor), x) in pair.iter().zip([left, middle]) {
                self.canvas.text(x, y, pen, day);
                self.canvas.right(x + width, y, pen, minor);
            }
            self.y += 12.5;
        }
    }
}
