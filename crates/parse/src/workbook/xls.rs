//! XLS, the binary workbook of older programs. Its reader makes rectangles, so their size is known before it begins.

use super::cells::{Cells, number};
use super::xlsx::day_text;
use crate::table::Grid;
use crate::{ParseError, ParseOptions};
use calamine::{Data, Reader, Xls};
use std::io::{Cursor, Read};

/// Where the cells are, by the age of the program.
const STREAMS: [&str; 2] = ["/Workbook", "/Book"];
/// Records that begin a sheet.
const BEGINNING: [u16; 4] = [0x0009, 0x0209, 0x0409, 0x0809];
/// Records of cells; each begins with its row and its column.
const CELLS: [u16; 15] = [
    0x0001, 0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204,
    0x0205, 0x027E,
];

/// Every sheet.
pub(super) fn sheets(bytes: &[u8], options: &ParseOptions) -> Result<Vec<Grid>, ParseError> {
    let stream = stream(bytes)?;
    if places(&stream) > u64::from(options.cells_max) {
        return Err(ParseError::TooManyRows);
    }
    drop(stream);
    let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|_| ParseError::Corrupt)?;
    let mut cells = Cells::new(options);
    let mut grids = Vec::new();
    for (_, range) in workbook.worksheets() {
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            cells.count()?;
            let place =
                |start: u32, offset: usize| u32::try_from(offset).unwrap_or(u32::MAX).saturating_add(start);
            if let Some(text) = text(value) {
                cells.put(place(top, row), place(left, column), &text)?;
            }
        }
        grids.push(cells.take_grid()?);
    }
    Ok(grids)
}

fn stream(bytes: &[u8]) -> Result<Vec<u8>, ParseError> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| ParseError::Corrupt)?;
    let name = STREAMS.into_iter().find(|name| file.is_stream(name)).ok_or(ParseError::NothingReadable)?;
    let mut content = Vec::new();
    let limit = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let stream = file.open_stream(name).map_err(|_| ParseError::Corrupt)?;
    stream.take(limit).read_to_end(&mut content).map_err(|_| ParseError::Corrupt)?;
    Ok(content)
}

/// Places of the rectangles around the cells of each sheet.
fn places(stream: &[u8]) -> u64 {
    let mut rest = stream;
    let mut total = 0_u64;
    let mut corner: Option<Corners> = None;
    while let Some(([kind_low, kind_high, length_low, length_high], body)) = rest.split_first_chunk::<4>() {
        let kind = u16::from_le_bytes([*kind_low, *kind_high]);
        let length = usize::from(u16::from_le_bytes([*length_low, *length_high]));
        let (record, after) = body.split_at_checked(length).unwrap_or((body, &[]));
        rest = after;
        if BEGINNING.contains(&kind) {
            total = total.saturating_add(corner.take().map_or(0, Corners::places));
        } else if let (true, [row_low, row_high, column_low, column_high, ..]) =
            (CELLS.contains(&kind), record)
        {
            let row = u16::from_le_bytes([*row_low, *row_high]);
            let column = u16::from_le_bytes([*column_low, *column_high]);
            // Of a record of several cells, the last two bytes are the last column.
            let last = match record {
                [.., low, high] if matches!(kind, 0x00BD | 0x00BE) => u16::from_le_bytes([*low, *high]),
                _ => column,
            };
            corner = Some(corner.map_or(Corners::of(row, column), |c| c.with(row, column)).with(row, last));
        }
    }
    total.saturating_add(corner.map_or(0, Corners::places))
}

/// The rectangle around some cells.
#[derive(Debug, Clone, Copy)]
struct Corners {
    top: u16,
    bottom: u16,
    left: u16,
    right: u16,
}

impl Corners {
    const fn of(row: u16, column: u16) -> Self {
        Self { top: row, bottom: row, left: column, right: column }
    }

    fn with(self, row: u16, column: u16) -> Self {
        Self {
            top: self.top.min(row),
            bottom: self.bottom.max(row),
            left: self.left.min(column),
            right: self.right.max(column),
        }
    }

    fn places(self) -> u64 {
        let side = |low: u16, high: u16| u64::from(high.saturating_sub(low)).saturating_add(1);
        side(self.top, self.bottom).saturating_mul(side(self.left, self.right))
    }
}

fn text(value: &Data) -> Option<String> {
    match value {
        Data::Int(whole) => Some(whole.to_string()),
        Data::Float(value) => Some(number(*value)),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Some(text.clone()),
        Data::DateTime(day) => Some(day_text(day)),
        Data::Error(error) => Some(error.to_string()),
        Data::Bool(_) | Data::Empty => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), body].concat()
    }

    #[test]
    fn two_cells_are_a_rectangle() {
        let cell = |row: u16, column: u16| {
            record(0x0203, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0; 10]].concat())
        };
        let begin = record(0x0809, &[0; 8]);
        assert_eq!(places(&[begin.clone(), cell(0, 0), cell(65_535, 255)].concat()), 65_536 * 256);
        assert_eq!(places(&[begin.clone(), cell(5, 5), begin, cell(7, 7), cell(8, 7)].concat()), 3);
        let several = record(0x00BD, &[2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 4, 0]);
        assert_eq!(places(&several), 4);
        assert_eq!(places(&[1, 2, 3]), 0);
    }
}
