//! Cells as they come, in any order, put into a table without the space between them.

use crate::table::{Cell, Grid, clean};
use crate::{ParseError, ParseOptions};

/// No bank writes a cell as long.
const CELL_BYTES_MAX: usize = 16 * 1024;
/// Digits behind the point that tell a rounded binary fraction from a real one: a millionth of a minor unit.
const NOISE_DIGITS: usize = 6;
/// Digits behind the point of most currencies.
const MINOR_DIGITS: usize = 2;

/// The cells of one sheet. Empty ones take no space.
pub(super) struct Cells {
    cells: Vec<(u32, u32, Cell)>,
    /// Cells that may still come, in all sheets of a workbook together.
    room: usize,
    places_max: usize,
    rows_max: usize,
}

impl Cells {
    pub(super) fn new(options: &ParseOptions) -> Self {
        let limit = |limit: u32| usize::try_from(limit).unwrap_or(usize::MAX);
        let cells_max = limit(options.cells_max);
        Self { cells: Vec::new(), room: cells_max, places_max: cells_max, rows_max: limit(options.rows_max) }
    }

    /// Counts a cell that is read, whether or not anything is in it.
    pub(super) fn count(&mut self) -> Result<(), ParseError> {
        self.room = self.room.checked_sub(1).ok_or(ParseError::TooManyRows)?;
        Ok(())
    }

    /// Keeps a counted cell.
    pub(super) fn put(&mut self, row: u32, column: u32, text: &str) -> Result<(), ParseError> {
        if text.len() > CELL_BYTES_MAX {
            return Err(ParseError::CellTooLong);
        }
        let text = clean(text);
        if !text.is_empty() {
            self.cells.push((row, column, text));
        }
        Ok(())
    }

    /// The sheet as a table: rows and columns in order, those without any cell left out.
    pub(super) fn take_grid(&mut self) -> Result<Grid, ParseError> {
        let mut cells = std::mem::take(&mut self.cells);
        // A stable sort: of two cells in one place the later one wins below.
        cells.sort_by_key(|(row, column, _)| (*row, *column));
        let mut columns: Vec<u32> = cells.iter().map(|(_, column, _)| *column).collect();
        columns.sort_unstable();
        columns.dedup();
        let mut grid: Grid = Vec::new();
        let mut last = None;
        let mut places = 0_usize;
        for (row, column, text) in cells {
            if last != Some(row) {
                grid.push(Vec::new());
                last = Some(row);
            }
            let length = columns.binary_search(&column).unwrap_or_default().saturating_add(1);
            let rows = grid.len();
            let Some(record) = grid.last_mut() else { continue };
            places = places.saturating_add(length.saturating_sub(record.len()));
            if places > self.places_max || rows > self.rows_max {
                return Err(ParseError::TooManyRows);
            }
            record.resize(length.max(record.len()), Cell::default());
            if let Some(slot) = record.get_mut(length.saturating_sub(1)) {
                *slot = text;
            }
        }
        Ok(grid)
    }
}

/// A number as the sheet means it: the shortest decimal that is this number, without the noise that adding binary
/// fractions leaves far behind the minor units.
///
/// Three digits behind the point get a fourth: from a cell of numbers the point is known to be one.
pub(crate) fn number(value: f64) -> String {
    let text = value.to_string();
    let (negative, digits) = text.strip_prefix('-').map_or((false, text.as_str()), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let (minor, noise) = fraction.split_at(fraction.len().min(MINOR_DIGITS));
    let is_all =
        |digit: u8| noise.len() >= NOISE_DIGITS && noise.bytes().take(NOISE_DIGITS).all(|b| b == digit);
    let (whole, fraction) = if is_all(b'0') {
        (whole.to_owned(), minor.to_owned())
    } else if is_all(b'9') {
        one_up(whole, minor)
    } else if fraction.len() == 3 {
        (whole.to_owned(), format!("{fraction}0"))
    } else {
        (whole.to_owned(), fraction.to_owned())
    };
    let is_nothing = whole.bytes().chain(fraction.bytes()).all(|b| b == b'0');
    let sign = if negative && !is_nothing { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// One minor unit more.
fn one_up(whole: &str, minor: &str) -> (String, String) {
    let joined = format!("{whole}{minor}");
    let more = joined.parse::<u128>().ok().and_then(|n| n.checked_add(1));
    let Some(more) = more else { return (whole.to_owned(), minor.to_owned()) };
    let text = format!("{more:0>width$}", width = joined.len());
    let at = text.len().saturating_sub(minor.len());
    let (whole, minor) = text.split_at(at);
    (whole.to_owned(), minor.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_without_noise() {
        for (value, expected) in [
            (1_250.0, "1250"),
            (-12.5, "-12.5"),
            (0.300_000_000_000_000_04, "0.30"),
            (1_234.559_999_999_999_5, "1234.56"),
            (0.999_999_999_9, "1.00"),
            (99.999_999_999_9, "100.00"),
            (12.345, "12.3450"),
            (12.345_6, "12.3456"),
            (-0.0, "0"),
            (-0.000_000_000_1, "0.00"),
            (1e15, "1000000000000000"),
            (44_000.0, "44000"),
        ] {
            assert_eq!(number(value), expected, "{value}");
        }
    }

    #[test]
    fn far_cells_take_no_space() {
        let mut cells = Cells::new(&ParseOptions::default());
        for (row, column, text) in
            [(9, 9, "b"), (0, 0, "a"), (1_048_575, 16_383, "d"), (9, 3, " c  c "), (4, 4, "  ")]
        {
            cells.count().unwrap();
            cells.put(row, column, text).unwrap();
        }
        let grid = cells.take_grid().unwrap();
        assert_eq!(grid, [vec!["a"], vec!["", "c c", "b"], vec!["", "", "", "d"]]);
    }

    #[test]
    fn limits_hold_to_the_last_one() {
        let with = |cells_max, rows_max, places: &[(u32, u32)]| {
            let mut cells = Cells::new(&ParseOptions { cells_max, rows_max, ..ParseOptions::default() });
            places.iter().try_for_each(|(row, column)| {
                cells.count()?;
                cells.put(*row, *column, "x")
            })?;
            cells.take_grid().map(|grid| grid.len())
        };
        let row = [(0, 0), (0, 1), (0, 2)];
        assert_eq!((with(3, 9, &row), with(2, 9, &row)), (Ok(1), Err(ParseError::TooManyRows)));
        let column = [(0, 0), (1, 0), (2, 0)];
        assert_eq!((with(9, 3, &column), with(9, 2, &column)), (Ok(3), Err(ParseError::TooManyRows)));
        // A diagonal is few cells and very many places.
        let diagonal = [(0, 0), (1, 1), (2, 2)];
        assert_eq!((with(6, 9, &diagonal), with(5, 9, &diagonal)), (Ok(3), Err(ParseError::TooManyRows)));
        let mut cells = Cells::new(&ParseOptions::default());
        assert_eq!(cells.put(0, 0, &"x".repeat(CELL_BYTES_MAX)), Ok(()));
        assert_eq!(cells.put(0, 0, &"x".repeat(CELL_BYTES_MAX + 1)), Err(ParseError::CellTooLong));
    }
}
