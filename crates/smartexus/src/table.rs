//! A plain table: columns aligned by blanks, numbers to the right, no borders to break a copy and paste.

use crate::output::{Output, Tone, one_line};

/// The longest a cut cell gets, its ellipsis counted.
const CELL_CHARS_MAX: usize = 48;

/// One cell.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    text: String,
    tone: Tone,
}

impl Cell {
    /// A plain cell, whole.
    pub(crate) fn new(text: impl AsRef<str>) -> Self {
        Self::toned(text, Tone::Plain)
    }

    /// A plain cell that keeps its beginning where it is too long for a table.
    pub(crate) fn head(text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        if text.chars().count() <= CELL_CHARS_MAX {
            return Self::new(text);
        }
        Self::new(text.chars().take(CELL_CHARS_MAX - 1).chain(['…']).collect::<String>())
    }

    /// A plain cell that keeps its end: of a path, the end is what tells files apart.
    pub(crate) fn tail(text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        let surplus = (text.chars().count() + 1).saturating_sub(CELL_CHARS_MAX);
        if surplus <= 1 {
            return Self::new(text);
        }
        Self::new(['…'].into_iter().chain(text.chars().skip(surplus)).collect::<String>())
    }

    /// A cell that means something good or bad.
    pub(crate) fn toned(text: impl AsRef<str>, tone: Tone) -> Self {
        Self { text: one_line(text.as_ref()), tone }
    }

    fn width(&self) -> usize {
        self.text.chars().count()
    }
}

/// How a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Rows under a heading.
#[derive(Debug)]
pub(crate) struct Table {
    columns: Vec<(&'static str, Align)>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// An empty table.
    pub(crate) fn new(columns: &[(&'static str, Align)]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row: one cell a column.
    pub(crate) fn push(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.columns.len(), "one cell a column");
        self.rows.push(row);
    }

    /// The heading and every row, each line ended.
    pub(crate) fn render(&self, output: Output) -> String {
        let widths = self.widths();
        let heading: Vec<Cell> = self.columns.iter().map(|(name, _)| Cell::new(name)).collect();
        std::iter::once(&heading).chain(&self.rows).map(|row| self.line(row, &widths, output)).collect()
    }

    fn widths(&self) -> Vec<usize> {
        let widest =
            |column: usize| self.rows.iter().filter_map(|row| row.get(column)).map(Cell::width).max();
        let name_width = |name: &str| name.chars().count();
        self.columns
            .iter()
            .enumerate()
            .map(|(column, (name, _))| widest(column).unwrap_or(0).max(name_width(name)))
            .collect()
    }

    fn line(&self, row: &[Cell], widths: &[usize], output: Output) -> String {
        let cells = row.iter().zip(widths).zip(&self.columns).map(|((cell, width), (_, align))| {
            let gap = " ".repeat(width.saturating_sub(cell.width()));
            let word = output.paint(cell.tone, &cell.text);
            match align {
                Align::Left => word + &gap,
                Align::Right => gap + &word,
            }
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        format!("{}\n", line.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_nothing_overflows() {
        let mut table = Table::new(&[("file", Align::Left), ("rows", Align::Right)]);
        table.push(vec![Cell::tail("märz.pdf"), Cell::new("41")]);
        table.push(vec![Cell::head("x".repeat(60)), Cell::new("7")]);
        let plain = Output::of_process(false, true);
        let lines: Vec<String> = table.render(plain).lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.chars().count() == CELL_CHARS_MAX + 2 + 4), "{lines:?}");
        assert!(lines[2].contains('…'));
        let long = format!("{}/end.pdf", "x".repeat(60));
        for (text, head, tail) in [
            ("short", "short", "short"),
            (&"y".repeat(CELL_CHARS_MAX), &*"y".repeat(CELL_CHARS_MAX), &*"y".repeat(CELL_CHARS_MAX)),
            (&long, &*format!("{}…", "x".repeat(47)), &*format!("…{}/end.pdf", "x".repeat(39))),
        ] {
            assert_eq!((Cell::head(text).text.as_str(), Cell::tail(text).text.as_str()), (head, tail));
        }
        assert!(lines[1].starts_with("märz.pdf ") && lines[1].ends_with("  41"));
    }
}
