//! What both kinds of account share: columns of periods, lines with a label and a figure in each, and sums.

use super::brush::Brush;
use super::style::decimal;
use super::words::word;
use crate::canvas::Pen;
use crate::random::Random;

/// How money out is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Costs {
    Bare,
    Brackets,
    Minus,
}

/// How the figures of an account are printed.
pub(super) struct Ledger {
    pub(super) columns: usize,
    pub(super) costs: Costs,
    /// Without cents.
    pub(super) is_whole: bool,
    /// In thousands.
    pub(super) in_thousands: bool,
    pub(super) has_notes: bool,
    /// Lines so far.
    pub(super) lines: usize,
    pub(super) paper: &'static str,
    /// Left and right end of the figures' side.
    pub(super) ends: (f32, f32),
}

impl Ledger {
    pub(super) fn draw(brush: &Brush<'_>, paper: &'static str, random: &mut Random) -> Self {
        let in_thousands = random.chance(20);
        Self {
            columns: usize::try_from(random.between(1, 3)).unwrap_or(2),
            costs: *random.pick(&[Costs::Bare, Costs::Brackets, Costs::Brackets, Costs::Minus]),
            is_whole: in_thousands || random.chance(50),
            in_thousands,
            has_notes: random.chance(20),
            lines: 0,
            paper,
            ends: (brush.left(), brush.right()),
        }
    }

    /// Minor units that the account can print: whole units or thousands where it has no cents.
    pub(super) fn minor(&self, random: &mut Random, low: i64, high: i64) -> i64 {
        let step = if self.in_thousands {
            100_000
        } else if self.is_whole {
            100
        } else {
            1
        };
        random.between(low, high).max(step) / step * step
    }

    pub(super) fn amounts(&self, random: &mut Random, low: i64, high: i64) -> Vec<i64> {
        (0..self.columns).map(|_| self.minor(random, low, high)).collect()
    }

    pub(super) fn edge(&self, column: usize) -> f32 {
        let width = if self.ends.1 - self.ends.0 < 300.0 { 62.0 } else { 86.0 };
        let from_right = u8::try_from(self.columns - 1 - column).unwrap_or(0);
        self.ends.1 - width * f32::from(from_right)
    }

    fn figure(&self, brush: &Brush<'_>, minor: i64) -> String {
        let printed = if self.in_thousands { minor / 1000 } else { minor };
        let magnitude = brush.style.digits.format(printed);
        let magnitude = if self.is_whole { magnitude[..magnitude.len() - 3].to_owned() } else { magnitude };
        match (minor < 0, self.costs) {
            (false, _) => magnitude,
            (true, Costs::Brackets) => format!("({magnitude})"),
            (true, Costs::Bare | Costs::Minus) => format!("-{magnitude}"),
        }
    }

    /// One line: its label, its figures and their truth.
    pub(super) fn line(
        &mut self,
        brush: &mut Brush<'_>,
        pen: Pen,
        indent: f32,
        label: &str,
        amounts: &[i64],
    ) {
        brush.need(brush.leading() * 2.0);
        brush.step(1.0);
        let x = self.ends.0 + indent;
        let room = self.edge(0) - x - 70.0;
        let fitted = brush.fitted(pen, label, room.max(80.0));
        brush.canvas.text(x, brush.y, fitted, label);
        if self.has_notes && self.lines % 3 == 1 {
            let note = self.edge(0) - 74.0;
            brush.canvas.right(note, brush.y, pen, &(self.lines + 2).to_string());
        }
        for (column, minor) in amounts.iter().enumerate() {
            let text = self.figure(brush, *minor);
            brush.canvas.right(self.edge(column), brush.y, pen, &text);
        }
        let key = format!("{}.line[{}]", self.paper, self.lines);
        brush.fact(format!("{key}.label"), label);
        for (column, minor) in amounts.iter().enumerate() {
            brush.fact(format!("{key}.amount[{column}]"), decimal(*minor));
        }
        self.lines += 1;
    }

    pub(super) fn total(&mut self, brush: &mut Brush<'_>, label: &str, amounts: &[i64]) {
        let (from, to) = (self.edge(0) - 56.0, self.ends.1);
        brush.canvas.rule(from, brush.y + 4.0, to, brush.y + 4.0, 0.5);
        brush.y += 3.0;
        let pen = brush.bold();
        self.line(brush, pen, 0.0, label, amounts);
        brush.y += 4.0;
    }

    pub(super) fn heading(&self, brush: &mut Brush<'_>, label: &str) {
        brush.need(brush.leading() * 3.0);
        brush.step(1.3);
        brush.canvas.text(self.ends.0, brush.y, brush.bold(), label);
    }

    /// Years over the columns.
    pub(super) fn periods(&self, brush: &mut Brush<'_>, year: i16) {
        brush.step(1.5);
        for column in 0..self.columns {
            let text = (year - i16::try_from(column).unwrap_or(0)).to_string();
            brush.canvas.right(self.edge(column), brush.y, brush.bold(), &text);
        }
        if self.has_notes {
            brush.canvas.right(self.edge(0) - 66.0, brush.y, brush.bold(), word(brush.style, "note"));
        }
        brush.step(0.3);
    }
}

/// Column by column.
pub(super) fn add(a: &[i64], b: &[i64]) -> Vec<i64> {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}

pub(super) fn sum(lines: &[(&'static str, Vec<i64>)], columns: usize) -> Vec<i64> {
    lines.iter().fold(vec![0; columns], |total, (_, amounts)| add(&total, amounts))
}

/// The firm, the title, the day, the currency.
pub(super) fn head(
    brush: &mut Brush<'_>,
    ledger: &Ledger,
    title: &'static str,
    day: &'static str,
    random: &mut Random,
) -> i16 {
    let style = brush.style;
    let year = i16::try_from(random.between(2021, 2025)).unwrap_or(2024);
    let end = jiff::civil::date(year, 12, 31);
    let firm = *random.pick(style.country.firms);
    brush.head(firm, &[], word(style, title));
    let line = word(style, day).replace("{}", &style.day(end));
    brush.line(brush.pen(), &line);
    let unit = if ledger.in_thousands {
        format!("{} {}", style.country.currency, word(style, "thousands"))
    } else {
        style.country.currency.to_owned()
    };
    brush.line(brush.pen(), &unit);
    year
}
