//! Where the columns of a table stand: measured from what will stand in them.

use super::axes::{Axes, Columns, DateShow, Direction, HeadAlign, Product, Wrap};
use super::figure::{Figure, Sign};
use crate::book::{Book, Entry};
use crate::canvas::{Canvas, Pen};
use crate::truth::Balances;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cell {
    Date,
    Value,
    Kind,
    Reference,
    Text,
    Out,
    In,
    Amount,
    Sign,
    Balance,
}

impl Cell {
    pub(crate) const fn is_money(self) -> bool {
        matches!(self, Self::Out | Self::In | Self::Amount | Self::Balance)
    }
}

/// A column in its place.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) cell: Cell,
    pub(crate) x: f32,
    pub(crate) width: f32,
    /// Room at the right for a mark that hangs behind aligned digits.
    pub(crate) hang: f32,
    pub(crate) head: Vec<String>,
}

impl Column {
    pub(crate) fn right(&self) -> f32 {
        self.x + self.width
    }
}

/// The table of a document: the same for all its accounts.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) columns: Vec<Column>,
    pub(crate) size: f32,
    /// Between two columns.
    pub(crate) gap: f32,
}

impl Plan {
    pub(crate) fn column(&self, cell: Cell) -> Option<&Column> {
        self.columns.iter().find(|column| column.cell == cell)
    }

    pub(crate) fn left(&self) -> f32 {
        self.columns.first().map_or(0.0, |column| column.x)
    }

    pub(crate) fn right(&self) -> f32 {
        self.columns.last().map_or(0.0, Column::right)
    }
}

/// The figure of a cell; none where it is blank.
pub(crate) fn figure(axes: &Axes, cell: Cell, entry: &Entry) -> Figure {
    let (figures, mark) = (&axes.figures, axes.row_mark());
    let is_out = entry.amount < 0;
    match cell {
        Cell::Out if is_out => figures.figure(entry.amount, Sign::Unsigned, mark),
        Cell::In if !is_out => figures.figure(entry.amount, Sign::Unsigned, mark),
        Cell::Amount => figures.figure(seen(axes, entry.amount), axes.amount_sign(), mark),
        Cell::Balance => balance(axes, entry.balance, mark == axes.end_mark()),
        Cell::Out
        | Cell::In
        | Cell::Date
        | Cell::Value
        | Cell::Kind
        | Cell::Reference
        | Cell::Text
        | Cell::Sign => Figure::default(),
    }
}

/// A card's bank speaks of what is owed: a purchase is more, a payment less.
fn seen(axes: &Axes, minor: i64) -> i64 {
    match (axes.product, axes.direction) {
        (Product::Card, Direction::Minus | Direction::TrailingMinus | Direction::Parentheses) => -minor,
        _ => minor,
    }
}

/// A balance, in a column or beside a label.
pub(crate) fn balance(axes: &Axes, minor: i64, is_marked: bool) -> Figure {
    let mark = if is_marked { axes.end_mark() } else { axes.row_mark() };
    match (axes.product, axes.direction) {
        (Product::Card, Direction::Cr | Direction::CrDr) => axes.figures.figure(minor, Sign::Cr, mark),
        (Product::Card, Direction::HabenSoll) => axes.figures.figure(minor, Sign::HabenSoll, mark),
        (Product::Card, _) => axes.figures.figure(-minor, Sign::Minus, mark),
        _ => axes.figures.figure(minor, axes.balance_sign(), mark),
    }
}

/// The cells from left to right.
fn cells(axes: &Axes) -> Vec<Cell> {
    let mut money = match axes.direction {
        Direction::TwoColumns if axes.in_first => vec![Cell::In, Cell::Out],
        Direction::TwoColumns => vec![Cell::Out, Cell::In],
        Direction::SignColumn => vec![Cell::Amount, Cell::Sign],
        Direction::Minus
        | Direction::PlusMinus
        | Direction::TrailingMinus
        | Direction::TrailingPlusMinus
        | Direction::Parentheses
        | Direction::Cr
        | Direction::CrDr
        | Direction::HabenSoll
        | Direction::Sections
        | Direction::RedOut
        | Direction::GreenIn
        | Direction::RedAndGreen => vec![Cell::Amount],
    };
    if axes.balances != Balances::None {
        money.push(Cell::Balance);
    }
    let date: &[Cell] = if axes.date_show == DateShow::Heading { &[] } else { &[Cell::Date] };
    let value: &[Cell] = if axes.value_column { &[Cell::Value] } else { &[] };
    let kind: &[Cell] = if axes.kind_column { &[Cell::Kind] } else { &[] };
    let reference: &[Cell] = if axes.reference_column { &[Cell::Reference] } else { &[] };
    let text: &[Cell] = &[Cell::Text];
    match axes.columns {
        Columns::TextFirst => [date, value, kind, text, reference, &money].concat(),
        Columns::ValueLast => [date, kind, text, reference, value, &money].concat(),
        Columns::AmountFirst => [date, value, &money, kind, reference, text].concat(),
        Columns::TextThenDate => [text, kind, reference, date, value, &money].concat(),
    }
}

/// What a cell without figures says.
pub(crate) fn words(axes: &Axes, cell: Cell, entry: &Entry) -> String {
    match cell {
        Cell::Date => axes.days.format(axes.country, entry.date),
        Cell::Value => axes.days.format(axes.country, entry.value_date),
        Cell::Kind => kind(axes, entry),
        Cell::Reference => entry.reference.clone().unwrap_or_default(),
        Cell::Sign => (if entry.amount < 0 { axes.voice.sign_out } else { axes.voice.sign_in }).to_owned(),
        Cell::Text | Cell::Out | Cell::In | Cell::Amount | Cell::Balance => String::new(),
    }
}

/// The code of the movement: of the one that begins alike, or else of one of its section.
fn kind(axes: &Axes, entry: &Entry) -> String {
    let tales = || axes.country.tongue.tales.iter().filter(|tale| (tale.low > 0) == (entry.amount > 0));
    let first = |text: &str| text.split([' ', '|']).next().unwrap_or_default().to_uppercase();
    let begins = entry.lines.first().map(|line| first(line)).unwrap_or_default();
    let alike = tales().find(|tale| first(tale.text) == begins);
    alike
        .or_else(|| tales().find(|tale| tale.section == entry.section))
        .map_or("", |tale| tale.code)
        .to_owned()
}

fn heading(axes: &Axes, cell: Cell) -> String {
    let voice = &axes.voice;
    let words = match cell {
        Cell::Date => &voice.date,
        Cell::Value => &voice.value,
        Cell::Kind => &voice.kind,
        Cell::Reference => &voice.reference,
        Cell::Text => &voice.text,
        Cell::Out => &voice.out,
        Cell::In => &voice.into,
        Cell::Amount => &voice.amount,
        Cell::Sign => &voice.sign,
        Cell::Balance => &voice.balance,
    };
    words.replace("{c}", axes.country.currency)
}

/// One line, or two where the words allow it.
fn head(axes: &Axes, cell: Cell) -> Vec<String> {
    let words = heading(axes, cell);
    match words.split_once(' ') {
        Some((first, rest)) if axes.two_line_heads => vec![first.to_owned(), rest.to_owned()],
        _ => vec![words],
    }
}

/// Widest of some strings.
fn widest<'a>(canvas: &Canvas, pen: Pen, strings: impl Iterator<Item = &'a str>) -> f32 {
    strings.map(|text| canvas.measure(pen, text)).fold(0.0, f32::max)
}

fn column(axes: &Axes, canvas: &Canvas, books: &[Book], cell: Cell, size: f32) -> Column {
    let (pen, bold) = (Pen::regular(size), Pen::bold(size));
    let head = head(axes, cell);
    let mut width = widest(canvas, bold, head.iter().map(String::as_str));
    let mut hang = 0.0;
    let entries = || books.iter().flat_map(|book| &book.entries);
    if cell.is_money() {
        let mut figures: Vec<Figure> = entries().map(|entry| figure(axes, cell, entry)).collect();
        figures.extend(extremes(axes, books, cell));
        if axes.hanging {
            hang = figures.iter().map(|figure| canvas.measure(bold, &figure.mark)).fold(0.0, f32::max);
            let body = figures.iter().map(|figure| canvas.measure(bold, &figure.body)).fold(0.0, f32::max);
            width = width.max(body + hang);
        } else {
            width = width.max(figures.iter().map(|f| canvas.measure(bold, &f.whole())).fold(0.0, f32::max));
        }
    } else if cell != Cell::Text {
        width = width
            .max(entries().map(|entry| canvas.measure(pen, &words(axes, cell, entry))).fold(0.0, f32::max));
        if cell == Cell::Date {
            width = books
                .iter()
                .map(|b| canvas.measure(pen, &axes.days.format(axes.country, b.end)))
                .fold(width, f32::max);
            width = books
                .iter()
                .map(|b| canvas.measure(pen, &axes.days.format(axes.country, b.start)))
                .fold(width, f32::max);
        }
    }
    Column { cell, x: 0.0, width, hang, head }
}

/// Figures of rows that are no movements: ends, carries, totals.
fn extremes(axes: &Axes, books: &[Book], cell: Cell) -> Vec<Figure> {
    let of = |minor: i64| axes.figures.figure(minor, Sign::Unsigned, axes.row_mark());
    let sums = books.iter().flat_map(|book| [of(book.credits), of(book.debits)]);
    let ends =
        books.iter().flat_map(|book| [balance(axes, book.opening, true), balance(axes, book.closing, true)]);
    match cell {
        Cell::Balance => ends.collect(),
        Cell::Out | Cell::In | Cell::Amount => ends.chain(sums).collect(),
        Cell::Date | Cell::Value | Cell::Kind | Cell::Reference | Cell::Text | Cell::Sign => Vec::new(),
    }
}

/// Least width of the text column, in points.
const TEXT_LEAST: f32 = 104.0;

/// Fits the columns between the margins: smaller letters first, then fewer columns.
pub(crate) fn plan(axes: &Axes, canvas: &Canvas, books: &[Book]) -> Plan {
    let mut cells = cells(axes);
    let mut size = axes.size;
    loop {
        if let Some(plan) = fitted(axes, canvas, books, &cells, size) {
            return plan;
        }
        if size > 6.8 {
            size -= 0.5;
        } else if let Some(at) = cells.iter().position(|c| matches!(c, Cell::Reference | Cell::Kind)) {
            cells.remove(at);
            size = axes.size;
        } else if let Some(at) = cells.iter().position(|c| *c == Cell::Value) {
            cells.remove(at);
            size = axes.size;
        } else {
            size -= 0.5;
        }
    }
}

fn fitted(axes: &Axes, canvas: &Canvas, books: &[Book], cells: &[Cell], size: f32) -> Option<Plan> {
    let mut columns: Vec<Column> =
        cells.iter().map(|cell| column(axes, canvas, books, *cell, size)).collect();
    let room = canvas.width - 2.0 * axes.margin;
    // Banks set small letters closer.
    let gap = if size < 7.5 { axes.gap.min(7.0) } else { axes.gap };
    let step = canvas.measure(Pen::regular(size), "0");
    let whole = |width: f32| if axes.line_printer { (width / step - 0.01).ceil() * step } else { width };
    let gap = whole(gap);
    for column in &mut columns {
        (column.width, column.hang) = (whole(column.width), whole(column.hang));
    }
    let gaps = gap * f32::from(u8::try_from(columns.len()).unwrap_or(9) - 1);
    let others: f32 = columns.iter().map(|column| column.width).sum::<f32>() + gaps
        - columns.iter().find(|column| column.cell == Cell::Text).map_or(0.0, |column| column.width);
    let left = room - others;
    let pen = Pen::regular(size);
    let lines = || books.iter().flat_map(|book| &book.entries).flat_map(|entry| &entry.lines);
    let word = widest(canvas, pen, lines().flat_map(|line| line.split(' ')));
    // A line printer has no smaller letters for a long label.
    let voice = &axes.voice;
    let labels = [&voice.row_opening, &voice.row_closing, &voice.brought, &voice.carried, &voice.total];
    let labels =
        if axes.line_printer { widest(canvas, pen, labels.into_iter().map(String::as_str)) } else { 0.0 };
    let head = columns.iter().find(|column| column.cell == Cell::Text).map_or(0.0, |column| column.width);
    let least = word.max(TEXT_LEAST).max(head).max(labels);
    if left < least && size > 4.0 {
        return None;
    }
    // Above the narrow column stand labels too, which are not wrapped.
    let text = if axes.wrap == Wrap::Narrow { least.max(left * 0.55).min(left) } else { left };
    let text = if axes.line_printer { (text / step + 0.01).floor() * step } else { text };
    let mut x = axes.margin;
    for column in &mut columns {
        if column.cell == Cell::Text {
            column.width = text;
        }
        column.x = x;
        x += column.width + gap;
    }
    Some(Plan { columns, size, gap })
}

/// The line broken at spaces so that it fits.
pub(crate) fn wrapped(canvas: &Canvas, pen: Pen, lines: &[String], width: f32) -> Vec<String> {
    let mut out = Vec::new();
    for line in lines {
        let mut current = String::new();
        for word in line.split(' ') {
            let longer = if current.is_empty() { word.to_owned() } else { format!("{current} {word}") };
            if !current.is_empty() && canvas.measure(pen, &longer) > width {
                out.push(std::mem::replace(&mut current, word.to_owned()));
            } else {
                current = longer;
            }
        }
        out.push(current);
    }
    out
}

/// Where a heading starts over its column.
pub(crate) fn head_x(axes: &Axes, canvas: &Canvas, column: &Column, pen: Pen, text: &str) -> f32 {
    let width = canvas.measure(pen, text);
    let right = column.right() - column.hang - width;
    let over = if right < column.x { column.right() - width } else { right };
    match axes.head_align {
        HeadAlign::Figures if column.cell.is_money() && !axes.left_figures => over,
        HeadAlign::Centre => column.x + (column.width - width) / 2.0,
        HeadAlign::Figures | HeadAlign::Left => column.x,
    }
}
