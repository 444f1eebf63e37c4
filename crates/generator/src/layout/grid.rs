//! Statements that are one table: the design is data (columns, notation, labels), the printing is here.

use super::Sheet;
use crate::book::{Book, Entry};
use crate::canvas::{Canvas, Pen, Strokes};
use crate::font::Family;
use crate::notation::{Days, Digits};
use crate::truth::{Shows, StatementTruth};

/// How a signed figure is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signs {
    /// `-12.00`
    Hyphen,
    /// `+12.00` and `-12.00`
    Both,
    /// `(12.00)`
    Parentheses,
    /// `12.00-`
    TrailingMinus,
    /// `12.00 CR` and `12.00 DR`
    CreditDebit,
    /// `+$12.00` and `-$12.00`
    Dollar,
    /// No sign: a column of its own says it.
    Unsigned,
}

impl Signs {
    fn format(self, digits: Digits, minor: i64) -> String {
        let figure = digits.format(minor);
        let negative = minor < 0;
        match self {
            Self::Hyphen => digits.signed(minor),
            Self::Both => format!("{}{figure}", if negative { '-' } else { '+' }),
            Self::Parentheses if negative => format!("({figure})"),
            Self::TrailingMinus if negative => format!("{figure}-"),
            Self::CreditDebit => format!("{figure} {}", if negative { "DR" } else { "CR" }),
            Self::Dollar => format!("{}${figure}", if negative { '-' } else { '+' }),
            Self::Parentheses | Self::TrailingMinus | Self::Unsigned => figure,
        }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cell {
    Date(Days),
    ValueDate(Days),
    Text,
    /// Money out, unsigned.
    Out,
    /// Money in, unsigned.
    In,
    Amount(Signs),
    /// One word for money out, one for money in.
    Direction(&'static str, &'static str),
    Balance(Signs),
}

/// One column. Figures are right-aligned at `x`, everything else starts there.
pub(crate) struct Column {
    pub(crate) heading: &'static str,
    pub(crate) x: f32,
    pub(crate) cell: Cell,
}

/// A design.
pub(crate) struct Grid {
    pub(crate) page: (f32, f32),
    pub(crate) turned: bool,
    pub(crate) family: Family,
    pub(crate) strokes: Strokes,
    /// Every line is one string, padded with spaces to character columns.
    pub(crate) line_printer: bool,
    pub(crate) size: f32,
    pub(crate) digits: Digits,
    pub(crate) columns: &'static [Column],
    /// Draws the top of the first page; gives the baseline of the table's heading.
    pub(crate) letterhead: fn(&mut Canvas, &[Book]) -> f32,
    /// Draws the top of an account's part; gives the baseline of its heading.
    pub(crate) part: Option<fn(&mut Canvas, f32, &Book) -> f32>,
    /// Draws the top of a later page; gives the baseline of the heading there.
    pub(crate) continuation: fn(&mut Canvas, &Book) -> f32,
    pub(crate) footer: fn(&mut Canvas),
    /// Whether later pages repeat the column headings.
    pub(crate) heads_repeat: bool,
    /// Whether rows stand between lines.
    pub(crate) ruled: bool,
    pub(crate) newest_first: bool,
    /// Labels of the ends; `{}` stands for the day.
    pub(crate) opening: Option<(&'static str, Days)>,
    pub(crate) closing: Option<(&'static str, Days)>,
    /// Labels at the end and the start of a page.
    pub(crate) carry: Option<(&'static str, &'static str)>,
    /// Label of a line with the sums of both money columns.
    pub(crate) totals: Option<&'static str>,
    /// A notice inside the table, after so many rows of a part.
    pub(crate) notice: Option<(usize, &'static [&'static str])>,
    pub(crate) shows: Shows,
}

struct Print<'a> {
    grid: &'a Grid,
    canvas: Canvas,
    book: &'a Book,
    y: f32,
}

impl Grid {
    /// Prints the books, one part after the other.
    pub(crate) fn draw(&self, books: &[Book], total: usize) -> Sheet {
        let mut canvas = Canvas::new(self.page, self.family, self.strokes, total);
        canvas.turned = self.turned;
        canvas.page();
        let y = (self.letterhead)(&mut canvas, books);
        let mut print = Print { grid: self, canvas, book: &books[0], y };
        for book in books {
            print.book = book;
            print.part();
        }
        (self.footer)(&mut print.canvas);
        let statements = books.iter().map(|b| StatementTruth::new(b, self.shows, "text")).collect();
        Sheet { canvas: print.canvas, statements }
    }

    fn leading(&self) -> f32 {
        self.size * 1.25
    }

    fn bottom(&self) -> f32 {
        self.page.1 - 92.0
    }

    fn column(&self, wanted: impl Fn(Cell) -> bool) -> Option<&Column> {
        self.columns.iter().find(|c| wanted(c.cell))
    }

    fn text_x(&self) -> f32 {
        self.column(|cell| cell == Cell::Text).map_or(0.0, |c| c.x)
    }
}

/// A piece of text with its place: right-aligned ones end at `x`.
struct Piece {
    x: f32,
    right: bool,
    text: String,
}

impl Print<'_> {
    fn part(&mut self) {
        if let Some(part) = self.grid.part {
            if self.y > self.grid.bottom() - 120.0 {
                self.next_page(None);
            }
            self.y = part(&mut self.canvas, self.y, self.book);
        }
        self.headings();
        let book = self.book;
        let ends =
            [(self.grid.opening, book.start, book.opening), (self.grid.closing, book.end, book.closing)];
        let [first, last] = if self.grid.newest_first { [ends[1], ends[0]] } else { ends };
        self.edge(first.0, first.1, first.2);
        let mut rows: Vec<&Entry> = book.entries.iter().collect();
        if self.grid.newest_first {
            rows.reverse();
        }
        let mut carried = book.opening;
        for (index, entry) in rows.into_iter().enumerate() {
            if self.y + self.grid.leading() * (lines(entry) - 1.0) > self.grid.bottom() {
                self.next_page(Some(carried));
            }
            self.row(entry);
            carried = entry.balance;
            self.notice(index + 1);
        }
        self.totals();
        self.edge(last.0, last.1, last.2);
        self.y += self.grid.leading() * 2.0;
    }

    fn headings(&mut self) {
        let pieces = self.grid.columns.iter().map(|column| Piece {
            x: column.x,
            right: is_money(column.cell),
            text: column.heading.to_owned(),
        });
        self.line(pieces.collect(), Pen::bold(self.grid.size));
        let (left, right) = (self.left(), self.right());
        if !self.grid.line_printer {
            self.canvas.rule(
                left,
                self.y - self.grid.size * 0.85,
                right,
                self.y - self.grid.size * 0.85,
                0.8,
            );
        }
        self.y += self.grid.size * 0.6;
    }

    fn left(&self) -> f32 {
        self.grid.columns.first().map_or(0.0, |c| c.x - 4.0)
    }

    fn right(&self) -> f32 {
        self.grid.page.0 - self.left()
    }

    fn edge(&mut self, label: Option<(&'static str, Days)>, day: jiff::civil::Date, minor: i64) {
        let Some((label, days)) = label else { return };
        let label = label.replace("{}", &days.format(day));
        self.figure_line(&label, minor);
    }

    /// A label with a balance; without a balance column it stands under the money column of its sign.
    fn figure_line(&mut self, label: &str, minor: i64) {
        let grid = self.grid;
        let balance = grid.column(|cell| matches!(cell, Cell::Balance(_)));
        let side = if minor < 0 { Cell::Out } else { Cell::In };
        let column = balance
            .or_else(|| grid.column(|cell| cell == side))
            .or_else(|| grid.column(|cell| matches!(cell, Cell::Amount(_))));
        let mut pieces = vec![Piece { x: grid.text_x(), right: false, text: label.to_owned() }];
        if let Some(column) = column {
            let signs = match column.cell {
                Cell::Balance(signs) | Cell::Amount(signs) => signs,
                Cell::Out
                | Cell::In
                | Cell::Date(_)
                | Cell::ValueDate(_)
                | Cell::Text
                | Cell::Direction(..) => Signs::Unsigned,
            };
            let signs = if signs == Signs::Unsigned && minor < 0 && column.cell != Cell::Out {
                Signs::Hyphen
            } else {
                signs
            };
            pieces.push(Piece { x: column.x, right: true, text: signs.format(grid.digits, minor) });
        }
        self.line(pieces, Pen::bold(grid.size));
        self.y += grid.size * 0.4;
    }

    fn totals(&mut self) {
        let Some(label) = self.grid.totals else { return };
        let mut pieces = vec![Piece { x: self.grid.text_x(), right: false, text: label.to_owned() }];
        for (cell, minor) in [(Cell::Out, self.book.debits), (Cell::In, self.book.credits)] {
            if let Some(column) = self.grid.column(|c| c == cell) {
                pieces.push(Piece { x: column.x, right: true, text: self.grid.digits.format(minor) });
            }
        }
        self.line(pieces, Pen::bold(self.grid.size));
        self.y += self.grid.size * 0.4;
    }

    fn notice(&mut self, rows: usize) {
        let Some((after, text)) = self.grid.notice else { return };
        if rows != after {
            return;
        }
        let needed = self.grid.leading() * 6.0;
        if self.y + needed > self.grid.bottom() {
            return;
        }
        let x = self.left() + 40.0;
        let pen = Pen::regular(self.grid.size * 0.95).shade(0.25);
        self.y = self.canvas.lines(x, self.y + 8.0, self.grid.leading(), pen, text) + 10.0;
    }

    fn next_page(&mut self, carried: Option<i64>) {
        let carry = self.grid.carry.zip(carried);
        if let Some(((forward, _), minor)) = carry {
            self.figure_line(forward, minor);
        }
        (self.grid.footer)(&mut self.canvas);
        self.canvas.page();
        self.y = (self.grid.continuation)(&mut self.canvas, self.book);
        if carried.is_some() && self.grid.heads_repeat {
            self.headings();
        }
        if let Some(((_, brought), minor)) = carry {
            self.figure_line(brought, minor);
        }
    }

    fn row(&mut self, entry: &Entry) {
        let grid = self.grid;
        let mut pieces: Vec<Piece> = grid
            .columns
            .iter()
            .map(|column| Piece {
                x: column.x,
                right: is_money(column.cell),
                text: value(grid, column.cell, entry),
            })
            .collect();
        pieces.retain(|piece| !piece.text.is_empty());
        self.line(pieces, Pen::regular(grid.size));
        for more in &entry.lines[1..] {
            let piece = Piece { x: grid.text_x(), right: false, text: more.clone() };
            self.line(vec![piece], Pen::regular(grid.size));
        }
        if grid.ruled {
            let (y, left, right) = (self.y - grid.size * 0.85, self.left(), self.right());
            self.canvas.rule(left, y, right, y, 0.3);
        }
        self.y += grid.size * 0.25;
    }

    /// Draws the pieces of one line and steps down.
    fn line(&mut self, pieces: Vec<Piece>, pen: Pen) {
        if self.grid.line_printer {
            self.padded(&pieces, pen);
        } else {
            for piece in &pieces {
                if piece.right {
                    self.canvas.right(piece.x, self.y, pen, &piece.text);
                } else {
                    self.canvas.text(piece.x, self.y, pen, &piece.text);
                }
            }
        }
        self.y += self.grid.leading();
    }

    /// One string for the whole line, from the first column on.
    fn padded(&mut self, pieces: &[Piece], pen: Pen) {
        let left = self.grid.columns.first().map_or(0.0, |c| c.x);
        let step = self.canvas.measure(pen, "0");
        let mut line: Vec<char> = Vec::new();
        for piece in pieces {
            let width = piece.text.chars().count();
            let place = column_index((piece.x - left) / step);
            let start = if piece.right { place.saturating_sub(width) } else { place };
            line.resize(line.len().max(start + width), ' ');
            line.splice(start..start + width, piece.text.chars());
        }
        self.canvas.text(left, self.y, pen, &line.into_iter().collect::<String>());
    }
}

/// The nearest character column.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place on paper: small and positive"
)]
fn column_index(place: f32) -> usize {
    place.round().max(0.0) as usize
}

fn lines(entry: &Entry) -> f32 {
    match entry.lines.len() {
        0 | 1 => 1.0,
        2 => 2.0,
        3 => 3.0,
        _ => 4.0,
    }
}

fn is_money(cell: Cell) -> bool {
    matches!(cell, Cell::Out | Cell::In | Cell::Amount(_) | Cell::Balance(_))
}

fn value(grid: &Grid, cell: Cell, entry: &Entry) -> String {
    let out = entry.amount < 0;
    match cell {
        Cell::Date(days) => days.format(entry.date),
        Cell::ValueDate(days) => days.format(entry.value_date),
        Cell::Text => entry.lines[0].clone(),
        Cell::Out if out => grid.digits.format(entry.amount),
        Cell::In if !out => grid.digits.format(entry.amount),
        Cell::Out | Cell::In => String::new(),
        Cell::Amount(signs) => signs.format(grid.digits, entry.amount),
        Cell::Direction(word_out, word_in) => (if out { word_out } else { word_in }).to_owned(),
        Cell::Balance(signs) => signs.format(grid.digits, entry.balance),
    }
}
