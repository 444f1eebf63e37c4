//! `statement.xlsx`: the workbook a broker sends on.
//!
//! Every sheet begins with the verdict in words, so that no page can be printed or cut out without it.

mod case;
mod checks;
mod ledger;
mod monthly;
mod number;
mod pending;
mod sheet;
mod style;
mod summary;
mod transactions;

use crate::ReportError;
use crate::case_report::PROGRAM;
use crate::notice::Notice;
use ledger::Ledger;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use smartexus_domain::StatementResult;
use style::Style;

#[cfg(feature = "report-pdf")]
pub(crate) use case::statement_name;

/// The creation date written into every workbook: stages have no clock, and equal results must give equal bytes.
const CREATED: (u16, u8, u8) = (2020, 1, 1);

/// What every sheet is made from.
struct Book<'a> {
    result: &'a StatementResult,
    ledger: Ledger<'a>,
    notice: Notice,
    style: Style,
}

/// An empty workbook whose properties never change.
fn dated(title: &str) -> Result<Workbook, ReportError> {
    let (year, month, day) = CREATED;
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new()
            .set_title(title)
            .set_author("Smartexus")
            .set_comment(PROGRAM)
            .set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?),
    );
    Ok(workbook)
}

/// The whole result as a workbook: *Summary*, *Transactions*, *Monthly*, *Checks*, and *Pending* where rows are.
///
/// # Errors
/// [`ReportError::TooManyRows`] beyond a worksheet's 1,048,576 rows; [`ReportError::Workbook`] if the writer refuses.
pub fn xlsx(result: &StatementResult) -> Result<Vec<u8>, ReportError> {
    let book = Book { result, ledger: Ledger::of(result)?, notice: Notice::of(result), style: Style::new() };
    let mut workbook = dated("Statement report")?;
    workbook.push_worksheet(summary::sheet(&book)?);
    workbook.push_worksheet(transactions::sheet(&book)?);
    workbook.push_worksheet(monthly::sheet(&book)?);
    workbook.push_worksheet(checks::sheet(&book)?);
    if let Some(pending) = pending::sheet(&book)? {
        workbook.push_worksheet(pending);
    }
    Ok(workbook.save_to_buffer()?)
}
