//! `case.xlsx`: the workbook of a whole case.
//!
//! Sums are formulas over *Transactions* wherever they come to our figure to the cent; where a formula would not, the
//! figure stands alone.

mod cash_flow;
mod chart;
mod checks;
mod figures;
mod revenue;
mod rows;
mod statements;
mod structure;
mod summary;
mod transactions;

use super::dated;
use super::style::Style;
use crate::ReportError;
use crate::case_report::CaseReport;
use rows::Rows;

#[cfg(feature = "report-pdf")]
pub(crate) use statements::name as statement_name;

/// What every sheet is made from.
struct Book<'a> {
    report: &'a CaseReport<'a>,
    rows: Rows,
    style: Style,
}

impl CaseReport<'_> {
    /// The case as a workbook: *Summary*, *Cash flow*, *Revenue*, *Transactions*, *Recurring & positions*, *Statements*,
    /// *Checks* and *Figures*; sheets of figures only where there are figures.
    ///
    /// # Errors
    /// [`ReportError::TooManyRows`] beyond a worksheet's 1,048,576 rows; [`ReportError::Workbook`] if the writer refuses.
    pub fn xlsx(&self) -> Result<Vec<u8>, ReportError> {
        let book = Book { report: self, rows: Rows::of(self)?, style: Style::new() };
        let mut workbook = dated(self.title.unwrap_or("Case report"))?;
        workbook.push_worksheet(summary::sheet(&book)?);
        if let Some(figures) = self.figures {
            workbook.push_worksheet(cash_flow::sheet(&book, figures)?);
            workbook.push_worksheet(revenue::sheet(&book, figures)?);
        }
        workbook.push_worksheet(transactions::sheet(&book)?);
        if let Some(figures) = self.figures {
            workbook.push_worksheet(structure::sheet(&book, figures)?);
            workbook.push_worksheet(statements::sheet(&book, figures)?);
        }
        workbook.push_worksheet(checks::sheet(&book)?);
        if let Some(figures) = self.figures {
            workbook.push_worksheet(figures::sheet(&book, figures)?);
        }
        Ok(workbook.save_to_buffer()?)
    }
}
