//! The order in which a document is printed.

use super::axes::{Axes, Direction, Ends, Notice, Order, Place};
use super::columns::Plan;
use super::figure::Sign;
use super::press::Press;
use crate::book::{Book, Entry, Section};
use crate::canvas::{Canvas, Pen};
use crate::iban::in_fours;

/// Draws every page.
pub(crate) fn draw(axes: &Axes, plan: &Plan, books: &[Book], total: usize) -> Canvas {
    let mut press = Press::new(axes, plan, books, total);
    press.letterhead();
    let (x, y) = press.parties();
    if let [book] = books
        && matches!(press.place(), Place::Box | Place::TableAndBox)
    {
        press.summary_box(x, y, book);
    }
    press.y += 12.0;
    if axes.extras.overview {
        press.overview();
    }
    if axes.notice == Notice::Before {
        press.notice();
        press.y += 8.0;
    }
    for (index, book) in books.iter().enumerate() {
        press.account(index, book);
    }
    press.extras();
    press.footer();
    press.canvas
}

impl Press<'_> {
    fn account(&mut self, index: usize, book: &Book) {
        let several = self.books.len() > 1;
        self.need(140.0);
        if several {
            self.account_title(index, book);
        }
        match self.place() {
            Place::Strip => self.strip(book),
            Place::Lines => self.lines_above(book),
            Place::Below => self.opening_line(book),
            Place::Box | Place::Table | Place::TableAndBox => {}
        }
        self.need(80.0);
        self.table(book);
        if self.place() == Place::Below {
            self.closing_lines(book);
        }
        if self.axes.extras.daily && !book.entries.is_empty() {
            self.daily(book);
        }
        self.y += 14.0;
    }

    fn account_title(&mut self, index: usize, book: &Book) {
        let tongue = self.axes.country.tongue;
        let kind = if index == 0 { self.account_kind() } else { tongue.savings };
        self.y += 8.0;
        self.line(Pen::bold(11.0), &format!("{kind}  {} {}", self.axes.voice.number, book.owner.number));
        if !book.owner.iban.is_empty() {
            self.line(Pen::regular(8.5), &format!("IBAN {}", in_fours(&book.owner.iban)));
        }
        self.y += 6.0;
    }

    fn table(&mut self, book: &Book) {
        let axes = self.axes;
        if book.entries.is_empty() && !matches!(self.place(), Place::Table | Place::TableAndBox) {
            self.line(Pen::regular(9.0), axes.country.tongue.empty);
            return;
        }
        if axes.direction == Direction::Sections {
            self.sections(book);
            return;
        }
        self.headings();
        let in_table = matches!(self.place(), Place::Table | Place::TableAndBox) && axes.ends != Ends::None;
        if in_table {
            self.first_end(book);
        }
        if book.entries.is_empty() {
            self.line(Pen::regular(9.0), axes.country.tongue.empty);
        }
        self.rows(book, |_| true);
        if axes.total_row && !book.entries.is_empty() {
            self.keep_together();
            self.total_row(book);
        }
        if in_table {
            self.last_end(book);
        }
    }

    /// Room for a line behind the last row.
    fn keep_together(&mut self) {
        let height = self.leading() * 2.0;
        self.need(height);
    }

    fn first_end(&mut self, book: &Book) {
        let day = self.axes.dated_ends;
        let voice = &self.axes.voice;
        match (self.axes.order, self.axes.ends) {
            (Order::Oldest, Ends::Both) => {
                self.balance_row(&voice.row_opening, day.then_some(book.start), book.opening)
            }
            (Order::Newest, _) => self.balance_row(&voice.row_closing, day.then_some(book.end), book.closing),
            (Order::Oldest, Ends::Closing | Ends::None) => {}
        }
    }

    fn last_end(&mut self, book: &Book) {
        self.keep_together();
        let day = self.axes.dated_ends;
        let voice = &self.axes.voice;
        match (self.axes.order, self.axes.ends) {
            (Order::Newest, Ends::Both) => {
                self.balance_row(&voice.row_opening, day.then_some(book.start), book.opening)
            }
            (Order::Oldest, _) => self.balance_row(&voice.row_closing, day.then_some(book.end), book.closing),
            (Order::Newest, Ends::Closing | Ends::None) => {}
        }
    }

    fn sections(&mut self, book: &Book) {
        let axes = self.axes;
        let listed = if axes.checks { book.section_sum(Section::Check) } else { 0 };
        let into = (axes.voice.section_in.as_str(), book.credits);
        let out = (axes.voice.section_out.as_str(), book.debits - listed);
        let mut order: Vec<u8> = book.entries.iter().map(|entry| axes.section(entry)).collect();
        order.sort_unstable();
        order.dedup();
        for place in order {
            let of_place = |entry: &&Entry| axes.section(entry) == place;
            let Some(first) = book.entries.iter().find(of_place) else { continue };
            match first.amount > 0 {
                true => self.section(book, into, place),
                false if axes.checks && first.section == Section::Check => self.checks(book, place, listed),
                false => self.section(book, out, place),
            }
        }
    }

    /// Checks by number, day and amount, down two lists side by side.
    fn checks(&mut self, book: &Book, place: u8, sum: i64) {
        let axes = self.axes;
        let rows: Vec<&Entry> = book.entries.iter().filter(|entry| axes.section(entry) == place).collect();
        let pen = Pen::regular(8.5);
        let deep = rows.len().div_ceil(2);
        self.need(70.0 + 12.0 * f32::from(u8::try_from(deep).unwrap_or(60)));
        self.y += 8.0;
        self.line(Pen::bold(11.0), "Checks paid");
        let (left, top) = (self.left(), self.y + 10.0);
        let half = (self.right() - left) / 2.0;
        for (list, x) in rows.chunks(deep).zip([left, left + half + 10.0]) {
            let (day, amount) = (x + half * 0.34, x + half * 0.86);
            self.canvas.text(x, top, Pen::bold(8.5), "Check no.");
            self.canvas.text(day, top, Pen::bold(8.5), "Date");
            self.canvas.right(amount, top, Pen::bold(8.5), "Amount");
            let mut y = top + 13.0;
            for entry in list {
                self.canvas.text(x, y, pen, entry.check_number.as_deref().unwrap_or_default());
                self.canvas.text(day, y, pen, &axes.days.format(axes.country, entry.date));
                let figure = axes.figures.figure(entry.amount, Sign::Unsigned, axes.row_mark());
                self.canvas.right(amount, y, pen, &figure.whole());
                y += 12.0;
            }
            self.y = self.y.max(y);
        }
        let total = axes.figures.figure(sum, Sign::Unsigned, axes.row_mark()).whole();
        self.line(Pen::bold(9.0), &format!("Total checks paid  {total}"));
    }

    fn section(&mut self, book: &Book, (title, sum): (&str, i64), place: u8) {
        let axes = self.axes;
        self.need(70.0);
        self.y += 8.0;
        self.line(Pen::bold(11.0), title);
        self.headings();
        self.rows(book, |entry| axes.section(entry) == place);
        self.keep_together();
        let label = format!("{} {}", self.axes.voice.total, title.to_lowercase());
        self.sum_row(&label, sum);
    }
}
