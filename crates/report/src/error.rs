//! Why a report could not be written.

use smartexus_domain::FaultVerdict;

/// Why a report could not be written. `Display` never holds document content.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The CSV writer refused.
    #[error("csv could not be written")]
    Csv(#[source] ::csv::Error),
    /// The workbook writer refused.
    #[error("workbook could not be written")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// More rows than a worksheet holds.
    #[error("more rows than a worksheet holds")]
    TooManyRows,
}

impl ReportError {
    /// Whose fault it is: writing to memory has no world that could fail, so a retry never helps.
    #[must_use]
    pub const fn verdict(&self) -> FaultVerdict {
        match self {
            Self::TooManyRows => FaultVerdict::Reject,
            Self::Csv(_) | Self::Workbook(_) => FaultVerdict::Halt,
        }
    }
}
