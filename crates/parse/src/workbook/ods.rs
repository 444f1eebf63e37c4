//! ODS: values stand as decimals beside what is shown, so they are exact. Repeats are counted and never written out where nothing
//! is repeated.

use super::archive;
use super::cells::Cells;
use crate::table::Grid;
use crate::{ParseError, ParseOptions};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{BufRead, BufReader};

/// The part of the archive with the cells.
const CONTENT: &str = "content.xml";

/// Every sheet.
pub(super) fn sheets(bytes: &[u8], options: &ParseOptions) -> Result<Vec<Grid>, ParseError> {
    let mut archive = archive::open(bytes, options)?;
    let content = archive.by_name(CONTENT).map_err(|_| ParseError::NothingReadable)?;
    Content::new(options).read(BufReader::new(content))
}

/// The content while it is read.
struct Content {
    cells: Cells,
    grids: Vec<Grid>,
    row: u32,
    column: u32,
    /// How often the row that is open stands there.
    row_repeats: u32,
    /// Its cells.
    open_row: Vec<(u32, String)>,
    cell: Option<Cell>,
    depth: u32,
    depth_max: u32,
}

/// A cell while it is read.
#[derive(Default)]
struct Cell {
    repeats: u32,
    /// The exact value, where the cell has one.
    value: Option<String>,
    shown: String,
    /// Open paragraphs; notes on a cell have some too, one level deeper.
    annotations: u32,
    paragraphs: u32,
}

impl Content {
    fn new(options: &ParseOptions) -> Self {
        Self {
            cells: Cells::new(options),
            grids: Vec::new(),
            row: 0,
            column: 0,
            row_repeats: 1,
            open_row: Vec::new(),
            cell: None,
            depth: 0,
            depth_max: options.depth_max,
        }
    }

    fn read(mut self, source: impl BufRead) -> Result<Vec<Grid>, ParseError> {
        let mut reader = Reader::from_reader(source);
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer).map_err(|_| ParseError::Corrupt)? {
                Event::Start(start) => {
                    self.depth = self.depth.saturating_add(1);
                    if self.depth > self.depth_max {
                        return Err(ParseError::TooDeep);
                    }
                    self.open(&start)?;
                }
                Event::Empty(start) => {
                    self.open(&start)?;
                    self.close(start.local_name().as_ref())?;
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.close(end.local_name().as_ref())?;
                }
                Event::Text(text) => self.text(&text.decode().map_err(|_| ParseError::Corrupt)?),
                Event::CData(text) => self.text(&text.decode().map_err(|_| ParseError::Corrupt)?),
                Event::GeneralRef(reference) => {
                    let character = reference.resolve_char_ref().map_err(|_| ParseError::Corrupt)?;
                    let name = reference.decode().map_err(|_| ParseError::Corrupt)?;
                    let known = character.or_else(|| crate::structured::named_entity(&name));
                    self.text(known.ok_or(ParseError::ForbiddenMarkup)?.encode_utf8(&mut [0; 4]));
                }
                Event::DocType(_) => return Err(ParseError::ForbiddenMarkup),
                Event::Eof if self.depth > 0 => return Err(ParseError::Corrupt),
                Event::Eof => return Ok(self.grids),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn open(&mut self, start: &BytesStart) -> Result<(), ParseError> {
        match start.local_name().as_ref() {
            b"table" => (self.row, self.column) = (0, 0),
            b"table-row" => {
                self.column = 0;
                self.row_repeats = repeats(start, b"number-rows-repeated");
            }
            b"table-cell" | b"covered-table-cell" => {
                self.cells.count()?;
                self.cell = Some(Cell {
                    repeats: repeats(start, b"number-columns-repeated"),
                    value: value(start),
                    ..Cell::default()
                });
            }
            b"annotation" => {
                if let Some(cell) = &mut self.cell {
                    cell.annotations = cell.annotations.saturating_add(1);
                }
            }
            b"p" => {
                if let Some(cell) = &mut self.cell {
                    cell.paragraphs = cell.paragraphs.saturating_add(1);
                    cell.shown.push(' ');
                }
            }
            // Several blanks, a tabulator, a line's end.
            b"s" | b"tab" | b"line-break" => self.text(" "),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &[u8]) -> Result<(), ParseError> {
        match name {
            b"p" => {
                if let Some(cell) = &mut self.cell {
                    cell.paragraphs = cell.paragraphs.saturating_sub(1);
                }
            }
            b"annotation" => {
                if let Some(cell) = &mut self.cell {
                    cell.annotations = cell.annotations.saturating_sub(1);
                }
            }
            b"table-cell" | b"covered-table-cell" => self.end_cell()?,
            b"table-row" => self.end_row()?,
            b"table" => {
                let grid = self.cells.take_grid()?;
                self.grids.push(grid);
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell
            && cell.paragraphs > 0
            && cell.annotations == 0
        {
            cell.shown.push_str(text);
        }
    }

    fn end_cell(&mut self) -> Result<(), ParseError> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let text = cell.value.unwrap_or(cell.shown);
        if !text.trim().is_empty() {
            self.open_row.push((self.column, text.clone()));
            for offset in 1..cell.repeats {
                self.cells.count()?;
                self.open_row.push((self.column.saturating_add(offset), text.clone()));
            }
        }
        self.column = self.column.saturating_add(cell.repeats);
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), ParseError> {
        let cells = std::mem::take(&mut self.open_row);
        if !cells.is_empty() {
            for offset in 0..self.row_repeats {
                for (column, text) in &cells {
                    // The first time they were counted as they came.
                    if offset > 0 {
                        self.cells.count()?;
                    }
                    self.cells.put(self.row.saturating_add(offset), *column, text)?;
                }
            }
        }
        self.row = self.row.saturating_add(self.row_repeats);
        Ok(())
    }
}

fn attribute(start: &BytesStart, name: &[u8]) -> Option<String> {
    let mut all = start.attributes();
    let attributes = all.with_checks(false).flatten();
    let mut named = attributes.filter(|attribute| attribute.key.local_name().as_ref() == name);
    named.next().map(|attribute| String::from_utf8_lossy(&attribute.value).into_owned())
}

fn repeats(start: &BytesStart, name: &[u8]) -> u32 {
    attribute(start, name).and_then(|text| text.trim().parse().ok()).unwrap_or(1).max(1)
}

/// Numbers, money, percentages and dates; of everything else, what is shown is the value.
fn value(start: &BytesStart) -> Option<String> {
    match attribute(start, b"value-type")?.as_str() {
        "float" | "currency" => {
            let text = attribute(start, b"value")?;
            let number: f64 = text.parse().ok()?;
            Some(super::cells::number(number))
        }
        "date" => attribute(start, b"date-value").map(|day| day.chars().take(10).collect()),
        _ => None,
    }
}
