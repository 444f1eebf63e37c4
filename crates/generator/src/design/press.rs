//! The pages of a document: where the pen is, what stands at the top and at the bottom, and when a page is full.

use super::axes::{Again, Axes, Letterhead, PeriodStyle};
use super::calendar::in_words;
use super::columns::Plan;
use crate::book::Book;
use crate::canvas::{Canvas, Pen};
use crate::iban::in_fours;
use jiff::civil::Date;

/// Room below the last row for footers, in points.
const FOOT: f32 = 66.0;

/// A document being drawn. `y` is the top of what comes next.
pub(crate) struct Press<'a> {
    pub(crate) canvas: Canvas,
    pub(crate) axes: &'a Axes,
    pub(crate) plan: &'a Plan,
    pub(crate) books: &'a [Book],
    pub(crate) y: f32,
    /// Rows drawn on this page, for stripes.
    pub(crate) rows: usize,
    /// What a line printer has not printed yet: where, and what.
    pub(crate) kept: Vec<(f32, f32, String)>,
}

impl<'a> Press<'a> {
    pub(crate) fn new(axes: &'a Axes, plan: &'a Plan, books: &'a [Book], total: usize) -> Self {
        let mut canvas = super::canvas(axes, total);
        canvas.page();
        Self { canvas, axes, plan, books, y: 40.0, rows: 0, kept: Vec::new() }
    }

    pub(crate) fn size(&self) -> f32 {
        self.plan.size
    }

    /// From baseline to baseline.
    pub(crate) fn leading(&self) -> f32 {
        self.size() * self.axes.pitch
    }

    pub(crate) fn bottom(&self) -> f32 {
        self.canvas.height - FOOT
    }

    pub(crate) fn left(&self) -> f32 {
        self.axes.margin
    }

    pub(crate) fn right(&self) -> f32 {
        self.canvas.width - self.axes.margin
    }

    /// Whether that much still fits above the footer.
    pub(crate) fn fits(&self, height: f32) -> bool {
        self.y + height <= self.bottom()
    }

    /// The pen, made smaller until the text is not wider.
    pub(crate) fn fitted(&self, pen: Pen, text: &str, width: f32) -> Pen {
        let natural = self.canvas.measure(pen, text);
        if natural <= width {
            pen
        } else {
            Pen { size: (pen.size * width / natural * 10.0).floor() / 10.0, ..pen }
        }
    }

    /// A line of text over the whole width; steps down.
    pub(crate) fn line(&mut self, pen: Pen, text: &str) {
        let pen = self.fitted(pen, text, self.right() - self.left());
        self.y += pen.size;
        self.canvas.text(self.left(), self.y, pen, text);
        self.y += pen.size * 0.35;
    }

    /// Starts another page if that much does not fit. Outside of a table.
    pub(crate) fn need(&mut self, height: f32) {
        if !self.fits(height) {
            self.turn();
        }
    }

    /// Ends the page and starts the next one, without anything of a table.
    pub(crate) fn turn(&mut self) {
        self.footer();
        self.canvas.page();
        self.rows = 0;
        self.y = 40.0;
        match self.axes.again {
            Again::Full => self.letterhead(),
            Again::Short => self.running_head(),
            Again::None => {}
        }
    }

    fn running_head(&mut self) {
        let (axes, book) = (self.axes, &self.books[0]);
        let words = format!("{}   {} {}", book.owner.institution, axes.voice.number, book.owner.number);
        self.line(Pen::regular(8.0), &words);
        let y = self.y + 2.0;
        self.canvas.rule(self.left(), y, self.right(), y, 0.4);
        self.y += 16.0;
    }

    pub(crate) fn footer(&mut self) {
        let axes = self.axes;
        let (number, total) = self.canvas.page_numbers();
        let (left, right, y) = (self.left(), self.right(), self.canvas.height - 36.0);
        let page = axes.voice.page.replace("{n}", &number.to_string()).replace("{t}", &total.to_string());
        self.canvas.rule(left, y - 10.0, right, y - 10.0, 0.4);
        let legal = axes.voice.legal.replace("{c}", axes.country.currency);
        let pen = Pen::regular(7.0);
        if axes.letterhead == Letterhead::Centre {
            let pen = self.fitted(pen, &legal, right - left);
            self.canvas.center(f32::midpoint(left, right), y, pen, &legal);
            self.canvas.center(f32::midpoint(left, right), y + 11.0, Pen::regular(7.0), &page);
        } else {
            let small = self.fitted(pen, &legal, (right - left) * 0.74);
            self.canvas.text(left, y, small, &legal);
            self.canvas.right(right, y, pen, &page);
        }
    }

    /// The bank's name and title.
    pub(crate) fn letterhead(&mut self) {
        let (axes, owner) = (self.axes, &self.books[0].owner);
        let (left, right) = (self.left(), self.right());
        let bank = self.fitted(Pen::bold(18.0), owner.institution, (right - left) * 0.6);
        let title = self.fitted(Pen::regular(10.0), &axes.voice.title, (right - left) * 0.36);
        let y = self.y + 16.0;
        match axes.letterhead {
            Letterhead::Left => {
                self.canvas.text(left, y, bank, owner.institution);
                self.canvas.right(right, y, title, &axes.voice.title);
            }
            Letterhead::Right => {
                self.canvas.right(right, y, bank, owner.institution);
                self.canvas.text(left, y, title, &axes.voice.title);
            }
            Letterhead::Centre => {
                self.canvas.center(f32::midpoint(left, right), y, bank, owner.institution);
                self.canvas.center(f32::midpoint(left, right), y + 18.0, title, &axes.voice.title);
            }
        }
        self.y = y + if axes.letterhead == Letterhead::Centre { 34.0 } else { 22.0 };
    }

    /// Address at the left, account and period at the right; gives where the right block starts and ends.
    pub(crate) fn parties(&mut self) -> (f32, f32) {
        let owner = &self.books[0].owner;
        let (left, middle) = (self.left(), self.canvas.width * 0.52);
        let width = middle - left - 14.0;
        let top = self.y + 14.0;
        let mut y = top;
        for text in owner.holders.iter().chain(&owner.address) {
            let pen = self.fitted(Pen::regular(9.5), text, width);
            self.canvas.text(left, y, pen, text);
            y += 12.5;
        }
        let mut right_y = top;
        for (label, value) in self.details() {
            self.detail(middle, right_y, &label, &value);
            right_y += 12.5;
        }
        self.y = y.max(right_y);
        (middle, right_y)
    }

    /// A label and its value over the right block.
    pub(crate) fn detail(&mut self, x: f32, y: f32, label: &str, value: &str) {
        let width = self.right() - x;
        if label.is_empty() {
            let pen = self.fitted(Pen::bold(9.0), value, width);
            self.canvas.text(x, y, pen, value);
            return;
        }
        let both = format!("{label}  {value}  ");
        let pen = self.fitted(Pen::regular(9.0), &both, width);
        self.canvas.text(x, y, pen, label);
        self.canvas.right(self.right(), y, pen, value);
    }

    fn details(&self) -> Vec<(String, String)> {
        let (axes, owner) = (self.axes, &self.books[0].owner);
        let mut out = vec![(String::new(), self.account_kind().to_owned())];
        if self.books.len() == 1 {
            out.push((axes.voice.number.clone(), owner.number.clone()));
            if !owner.sort_code.is_empty() {
                out.push(("Sort code".to_owned(), owner.sort_code.to_owned()));
            }
            if !owner.iban.is_empty() {
                out.push(("IBAN".to_owned(), in_fours(&owner.iban)));
            }
        }
        if axes.currency_line {
            out.push((axes.country.tongue.currency.to_owned(), axes.country.currency.to_owned()));
        }
        let book = &self.books[0];
        out.push((
            String::new(),
            match axes.period {
                PeriodStyle::None => {
                    let made = book.end.saturating_add(jiff::ToSpan::days(2));
                    axes.country.tongue.made_on.replacen("{}", &in_words(axes.country, made), 1)
                }
                PeriodStyle::Words | PeriodStyle::Numeric => {
                    let first = axes.voice.period.replacen("{}", &self.day(book.start), 1);
                    first.replacen("{}", &self.day(book.end), 1)
                }
            },
        ));
        out
    }

    pub(crate) fn account_kind(&self) -> &'static str {
        use super::axes::Product;
        let tongue = self.axes.country.tongue;
        match self.axes.product {
            Product::Current => tongue.current,
            Product::Savings => tongue.savings,
            Product::Business => tongue.business,
            Product::Card => tongue.card.title[0],
            Product::Loan => tongue.loan,
        }
    }

    /// A day outside the table: with its year.
    pub(crate) fn day(&self, date: Date) -> String {
        let axes = self.axes;
        match axes.period {
            PeriodStyle::Words => in_words(axes.country, date),
            PeriodStyle::Numeric | PeriodStyle::None => axes.days.with_year().format(axes.country, date),
        }
    }
}
