//! What a document is and where it stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the bytes are, decided by content and never by the file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum MediaType {
    /// Portable Document Format.
    #[serde(rename = "application/pdf")]
    Pdf,
    /// Delimiter-separated text.
    #[serde(rename = "text/csv")]
    Csv,
    /// PNG image.
    #[serde(rename = "image/png")]
    Png,
    /// JPEG image.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// TIFF image.
    #[serde(rename = "image/tiff")]
    Tiff,
    /// WebP image.
    #[serde(rename = "image/webp")]
    Webp,
    /// Open Financial Exchange (1.x SGML, 2.x XML, also QFX and QBO).
    #[serde(rename = "application/x-ofx")]
    Ofx,
    /// Quicken Interchange Format.
    #[serde(rename = "application/qif")]
    Qif,
    /// SWIFT MT940 or MT942.
    #[serde(rename = "application/x-mt940")]
    Mt940,
    /// ISO 20022 camt.052, .053 or .054.
    #[serde(rename = "application/x-camt+xml")]
    Camt,
    /// Office Open XML workbook.
    #[serde(rename = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    Xlsx,
    /// Binary workbook of older office programs.
    #[serde(rename = "application/vnd.ms-excel")]
    Xls,
    /// OpenDocument spreadsheet.
    #[serde(rename = "application/vnd.oasis.opendocument.spreadsheet")]
    Ods,
    /// BAI2 cash management report.
    #[serde(rename = "application/x-bai2")]
    Bai2,
    /// JSON, as aggregators hand over transactions.
    #[serde(rename = "application/json")]
    Json,
    /// Anything else.
    #[serde(rename = "application/octet-stream")]
    Unknown,
}

impl MediaType {
    /// Every kind.
    pub const ALL: [Self; 16] = [
        Self::Pdf,
        Self::Csv,
        Self::Png,
        Self::Jpeg,
        Self::Tiff,
        Self::Webp,
        Self::Ofx,
        Self::Qif,
        Self::Mt940,
        Self::Camt,
        Self::Xlsx,
        Self::Xls,
        Self::Ods,
        Self::Bai2,
        Self::Json,
        Self::Unknown,
    ];

    /// The registered name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Csv => "text/csv",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Tiff => "image/tiff",
            Self::Webp => "image/webp",
            Self::Ofx => "application/x-ofx",
            Self::Qif => "application/qif",
            Self::Mt940 => "application/x-mt940",
            Self::Camt => "application/x-camt+xml",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Xls => "application/vnd.ms-excel",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Bai2 => "application/x-bai2",
            Self::Json => "application/json",
            Self::Unknown => "application/octet-stream",
        }
    }
}

/// How the text of a document was obtained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentSource {
    /// Every page has a text layer.
    Text,
    /// Every page is a picture.
    Scan,
    /// Some of each.
    Mixed,
    /// A structured file: no pages.
    Structured,
}

/// What kind of paper it is (closed list of the contract).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the field's own words")]
pub enum DocumentKind {
    BankStatement,
    CardStatement,
    Invoice,
    Payslip,
    ProfitAndLoss,
    BalanceSheet,
    TaxForm,
    ApplicationForm,
    Identity,
    Other,
}

/// Where a document stands: seven words, the same in API, command line, pages and metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentState {
    /// Bytes are in, nothing is committed yet.
    Received,
    /// Accepted; its first job waits.
    Queued,
    /// A stage runs.
    Processing,
    /// Read; a person has to look.
    NeedsReview,
    /// Read and accepted, by rules or by a person.
    Approved,
    /// Handed on.
    Exported,
    /// Could not be read; see the failure code.
    Failed,
}

impl DocumentState {
    /// Every state, in the order of a document's life.
    pub const ALL: [Self; 7] = [
        Self::Received,
        Self::Queued,
        Self::Processing,
        Self::NeedsReview,
        Self::Approved,
        Self::Exported,
        Self::Failed,
    ];

    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Queued => "queued",
            Self::Processing => "processing",
            Self::NeedsReview => "needs_review",
            Self::Approved => "approved",
            Self::Exported => "exported",
            Self::Failed => "failed",
        }
    }

    /// No stage will run any more unless a person asks.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        match self {
            Self::Received | Self::Queued | Self::Processing => false,
            Self::NeedsReview | Self::Approved | Self::Exported | Self::Failed => true,
        }
    }
}

impl std::str::FromStr for DocumentState {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.as_str() == word).ok_or(())
    }
}

/// The stages of this release, in the only order their types allow:
/// bytes → pages → statement → enriched → figures → report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StageKind {
    /// Bytes to [`Pages`](crate::Pages).
    Extract,
    /// Pages or a structured file to a [`Reading`](crate::Reading).
    Parse,
    /// A reading to a reading whose rows carry categories.
    Categorize,
    /// An enriched reading, or those of many documents, to [`Figures`](crate::Figures).
    Analyze,
    /// Readings and figures to files people open.
    Report,
    /// A blank form to its fields, or, with what is known of a client, to a filled form.
    #[serde(rename = "forms.fill")]
    Fill,
}

impl StageKind {
    /// Every stage in order.
    pub const ALL: [Self; 6] =
        [Self::Extract, Self::Parse, Self::Categorize, Self::Analyze, Self::Report, Self::Fill];
    /// Those of a document that is read, in order.
    pub const OF_DOCUMENTS: [Self; 5] =
        [Self::Extract, Self::Parse, Self::Categorize, Self::Analyze, Self::Report];

    /// The word in pipeline files, timings and logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Extract => "extract",
            Self::Parse => "parse",
            Self::Categorize => "categorize",
            Self::Analyze => "analyze",
            Self::Report => "report",
            Self::Fill => "forms.fill",
        }
    }

    /// The name of the artifact this stage leaves behind.
    #[must_use]
    pub const fn artifact(self) -> &'static str {
        match self {
            Self::Extract => "pages",
            Self::Parse => "statement",
            Self::Categorize => "enriched",
            Self::Analyze => "figures",
            Self::Report => "report",
            Self::Fill => "form",
        }
    }
}

impl std::str::FromStr for StageKind {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == word).ok_or(())
    }
}
