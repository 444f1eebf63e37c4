//! XLSX, cell by cell: never as a rectangle, whose size two cells can make what they like.

use super::archive;
use super::cells::{Cells, number};
use crate::table::Grid;
use crate::{ParseError, ParseOptions};
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use std::io::Cursor;

/// Every sheet, those that are hidden too.
pub(super) fn sheets(bytes: &[u8], options: &ParseOptions) -> Result<Vec<Grid>, ParseError> {
    drop(archive::open(bytes, options)?);
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| ParseError::Corrupt)?;
    let mut cells = Cells::new(options);
    let mut grids = Vec::new();
    for name in workbook.sheet_names() {
        // A chart has a sheet and no cells.
        let Ok(mut reader) = workbook.worksheet_cells_reader(&name) else { continue };
        while let Some(cell) = reader.next_cell().map_err(|_| ParseError::Corrupt)? {
            cells.count()?;
            let (row, column) = cell.get_position();
            if let Some(text) = text(cell.get_value()) {
                cells.put(row, column, &text)?;
            }
        }
        grids.push(cells.take_grid()?);
    }
    Ok(grids)
}

fn text(value: &DataRef) -> Option<String> {
    match value {
        DataRef::Int(whole) => Some(whole.to_string()),
        DataRef::Float(value) => Some(number(*value)),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Some(text.clone()),
        DataRef::SharedString(text) => Some((*text).to_owned()),
        DataRef::DateTime(day) => Some(day_text(day)),
        // A formula that failed is a cell that cannot be read, not one that is empty.
        DataRef::Error(error) => Some(error.to_string()),
        DataRef::Bool(_) | DataRef::Empty => None,
    }
}

/// The day of a date, whatever the time. A mere time or a length of time stays a number.
pub(super) fn day_text(day: &ExcelDateTime) -> String {
    if day.is_duration() || day.as_f64() < 1.0 {
        return number(day.as_f64());
    }
    let (year, month, date, ..) = day.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{date:02}")
}
