//! Workbooks: XLSX, XLS and ODS. Their cells take the road of delimiter-separated files; what is different here is that a few
//! kilobytes may claim to be very many cells, so everything is counted before a reader that trusts the file sees it.

mod archive;
mod cells;
mod ods;
mod xls;
mod xlsx;

pub(crate) use cells::number;

use crate::table::{self, Grid};
use crate::{ParseError, ParseOptions};
use smartexus_domain::Reading;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Which container the cells are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    Xlsx,
    Xls,
    Ods,
}

/// Reads every sheet of a workbook into proved statements. Formulas are not run: a cell says what it said last.
pub(crate) fn read(
    bytes: &[u8],
    container: Container,
    options: &ParseOptions,
) -> Result<Reading, ParseError> {
    if bytes.is_empty() {
        return Err(ParseError::Corrupt);
    }
    let read = || match container {
        Container::Xlsx => xlsx::sheets(bytes, options),
        Container::Xls => xls::sheets(bytes, options),
        Container::Ods => ods::sheets(bytes, options),
    };
    // The readers of these formats count with what a file claims of itself, and stop where that is absurd.
    let sheets: Vec<Grid> = catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(ParseError::Corrupt))?;
    table::read_grids(&sheets, options)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
