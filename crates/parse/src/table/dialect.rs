//! Which delimiter: the one under which most lines have the same number of cells, and the cells have types.

use crate::structured::{folded, is_folded};
use crate::{ParseError, ParseOptions};
use smartexus_domain::{AmountToken, DateToken};
use std::collections::HashMap;

/// Delimiters that bank exports use, the commonest first.
const DELIMITERS: [u8; 4] = *b",;\t|";
/// No bank writes a cell as long; a quote that is never closed makes one of a whole file.
const CELL_BYTES_MAX: usize = 16 * 1024;
/// How many records decide.
const SAMPLE_RECORDS: usize = 200;

/// Most cells are shorter than a place of their own in memory would be.
pub(crate) type Cell = compact_str::CompactString;

/// Cells by record; white space around cells is cut, spreadsheet wrappings (`="0123"`, a leading `'`) are taken off.
pub(crate) type Grid = Vec<Vec<Cell>>;

/// Splits text into cells.
pub(super) fn split(text: &str, options: &ParseOptions) -> Result<Grid, ParseError> {
    let (declared, text) = declared(text);
    let delimiter = declared.unwrap_or_else(|| detect(text));
    let limit = usize::try_from(options.cells_max).unwrap_or(usize::MAX);
    records(text, delimiter, usize::MAX, limit)
}

/// `sep=;` in the first line names the delimiter and is no data.
fn declared(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let named = first.trim().trim_matches('"').strip_prefix("sep=").and_then(|d| d.bytes().next());
    if named.is_some() { (named, rest) } else { (None, text) }
}

fn detect(text: &str) -> u8 {
    let score = |delimiter: u8| {
        records(text, delimiter, SAMPLE_RECORDS, usize::MAX).map_or(0, |grid| steadiness(&grid))
    };
    // The first of equals wins: a file of one column has no delimiter to find.
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',')
}

fn steadiness(grid: &Grid) -> usize {
    let mut widths: HashMap<usize, usize> = HashMap::new();
    for record in grid {
        *widths.entry(record.len()).or_default() += 1;
    }
    let steady =
        widths.into_iter().filter(|(width, _)| *width > 1).map(|(_, count)| count).max().unwrap_or(0);
    let typed = grid.iter().filter(|r| r.len() > 1).flatten().filter(|cell| is_typed(cell)).count();
    steady + typed * 3
}

fn is_typed(cell: &str) -> bool {
    AmountToken::read(cell).is_some() || DateToken::read(cell).is_some()
}

fn records(text: &str, delimiter: u8, records_max: usize, cells_max: usize) -> Result<Grid, ParseError> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut grid = Vec::new();
    let (mut cells, mut record) = (0_usize, csv::StringRecord::new());
    while grid.len() < records_max && reader.read_record(&mut record).map_err(|_| ParseError::Corrupt)? {
        cells = cells.saturating_add(record.len());
        if cells > cells_max {
            return Err(ParseError::TooManyRows);
        }
        if record.iter().any(|cell| cell.len() > CELL_BYTES_MAX) {
            return Err(ParseError::CellTooLong);
        }
        grid.push(record.iter().map(clean).collect());
    }
    Ok(grid)
}

pub(crate) fn clean(cell: &str) -> Cell {
    let cell = cell.trim();
    let unwrapped = cell.strip_prefix("=\"").and_then(|c| c.strip_suffix('"')).unwrap_or(cell);
    let bare = unwrapped.strip_prefix('\'').unwrap_or(unwrapped);
    if is_folded(bare) { Cell::new(bare) } else { folded(bare).into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: u8) {
        assert_eq!(char::from(detect(text)), char::from(expected), "{text}");
    }

    #[test]
    fn delimiters() {
        check("Date,Description,Amount\n2026-03-01,A,1.00\n2026-03-02,B,-2.00\n", b',');
        check("Datum;Text;Betrag\n01.03.2026;Miete, warm;-1.234,56\n02.03.2026;Lohn;3.500,00\n", b';');
        check("Date\tDetails\tOut\tIn\n01/03/2026\tA, B\t1,00\t\n", b'\t');
        check("2026-03-01|A|1.00\n2026-03-02|B|2.00\n", b'|');
        assert_eq!(declared("sep=;\na;b\n"), (Some(b';'), "a;b\n"));
    }

    #[test]
    fn a_cell_fits_its_limit_exactly_or_not_at_all() {
        let read = |length: usize| {
            let text = format!("a,{}\n", "x".repeat(length));
            records(&text, b',', usize::MAX, usize::MAX).map(|grid| grid.len())
        };
        assert_eq!(read(CELL_BYTES_MAX), Ok(1));
        assert_eq!(read(CELL_BYTES_MAX + 1), Err(ParseError::CellTooLong));
    }

    #[test]
    fn spreadsheet_wrappings_come_off() {
        assert_eq!(clean(" =\"00123\" "), "00123");
        assert_eq!(clean("'0123"), "0123");
        assert_eq!(clean("two\nlines"), "two lines");
    }
}
