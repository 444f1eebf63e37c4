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
    /// The JSON writer refused.
    #[error("json could not be written")]
    Json(#[from] serde_json::Error),
    /// The Parquet writer refused.
    #[error("parquet could not be written")]
    Parquet(#[from] ::parquet::errors::ParquetError),
    /// The XML writer refused.
    #[error("xml could not be written")]
    Xml(#[from] std::io::Error),
    /// The typesetter refused; the words are its own, about our template.
    #[error("pdf could not be written: {0}")]
    Pdf(String),
    /// More rows than a worksheet holds.
    #[error("more rows than a worksheet holds")]
    TooManyRows,
    /// An amount does not fit 18 digits with the minor digits of the file.
    #[error("an amount is too large for this format")]
    AmountTooLarge,
    /// A row of the case stands in none of the results, or with another amount.
    #[error("the results are not those that the case was made from")]
    NotOfThisCase,
    /// The format has no place for a verdict and something is not proved.
    #[error("this format has no place for a verdict, and not every statement is verified")]
    NotVerified,
    /// A QBO file names the bank's own number at the software's maker.
    #[error("a qbo file needs the bank's id")]
    BankIdMissing,
    /// A bank's id is up to nine digits.
    #[error("the bank's id is not a number of up to nine digits")]
    BankIdMalformed,
    /// The format asks for a balance and no document prints one.
    #[error("this format needs a printed balance, and an account has none")]
    NoBalance,
    /// Nobody computed figures.
    #[error("there are no figures")]
    NoFigures,
}

impl ReportError {
    /// Whose fault it is: writing to memory has no world that could fail, so a retry never helps.
    #[must_use]
    pub const fn verdict(&self) -> FaultVerdict {
        match self {
            Self::TooManyRows
            | Self::AmountTooLarge
            | Self::NotOfThisCase
            | Self::NotVerified
            | Self::BankIdMissing
            | Self::BankIdMalformed
            | Self::NoBalance
            | Self::NoFigures => FaultVerdict::Reject,
            Self::Csv(_)
            | Self::Workbook(_)
            | Self::Json(_)
            | Self::Parquet(_)
            | Self::Xml(_)
            | Self::Pdf(_) => FaultVerdict::Halt,
        }
    }

    /// The stable code of the refusal.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Csv(_)
            | Self::Workbook(_)
            | Self::Json(_)
            | Self::Parquet(_)
            | Self::Xml(_)
            | Self::Pdf(_) => "report_not_written",
            Self::TooManyRows => "report_too_long",
            Self::AmountTooLarge => "amount_too_large",
            Self::NotOfThisCase => "not_of_this_case",
            Self::NotVerified => "not_verified",
            Self::BankIdMissing => "bank_id_missing",
            Self::BankIdMalformed => "bank_id_malformed",
            Self::NoBalance => "no_balance",
            Self::NoFigures => "no_figures",
        }
    }

    /// What to do, in one sentence.
    #[must_use]
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::Csv(_)
            | Self::Workbook(_)
            | Self::Json(_)
            | Self::Parquet(_)
            | Self::Xml(_)
            | Self::Pdf(_) => "report this as a defect, and take another format meanwhile",
            Self::TooManyRows => "take CSV or Parquet, which have no such limit",
            Self::AmountTooLarge => "take CSV, where an amount has any length",
            Self::NotOfThisCase => "make the case again from these results",
            Self::NotVerified => {
                "look at what is not proved first, or say --allow-unverified; CSV, XLSX, Parquet, JSON and PDF carry the verdict"
            }
            Self::BankIdMissing => {
                "give --bank-id, the number under which your bank is listed for QuickBooks"
            }
            Self::BankIdMalformed => "give --bank-id as digits only, nine at most",
            Self::NoBalance => "take another format, or add the statement that prints a balance",
            Self::NoFigures => "compute the figures of the case first",
        }
    }
}
