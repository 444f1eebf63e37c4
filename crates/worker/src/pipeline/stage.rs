//! One stage of a pipeline and what the file chooses about it.

use super::{Accepts, Condition};
use smartexus_domain::StageKind;
use smartexus_extract::{ExtractLimits, OcrLanguages};
use smartexus_parse::{CaseLimits, ParseOptions};

/// One link of the chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Its name within the file.
    pub id: String,
    /// It runs only where this holds; without it, always. Everything after a stage that did not run does not run either.
    pub when: Option<Condition>,
    /// What it does, and how.
    pub choices: StageChoices,
}

/// What the file chooses about a stage.
#[derive(Debug, Clone, PartialEq)]
pub enum StageChoices {
    /// Bytes to pages.
    Extract(ExtractChoices),
    /// Pages or a structured file to statements.
    Parse(ParseOptions),
    /// Statements to categorized statements.
    Categorize(CategorizeChoices),
    /// Statements of one document or of a case to figures.
    Analyze(AnalyzeChoices),
    /// Files that people open.
    Report(ReportChoices),
    /// A blank to its fields, or to a filled form.
    Fill(FillChoices),
}

/// Limits of `extract` that are not those of the whole document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExtractChoices {
    /// Words of one page.
    pub words_per_page: u32,
    /// Glyphs of one page.
    pub glyphs_per_page: u32,
    /// Pixels of one page that is recognized.
    pub pixels_per_page: u32,
    /// Unpacked bytes of what one page draws.
    pub content_bytes_per_page: u32,
    /// Forms within forms.
    pub forms_nested: u32,
    /// Objects of a file.
    pub objects: u32,
    /// Recognize pages that are pictures, in these languages; `None`: leave them unread.
    pub ocr: Option<OcrLanguages>,
    /// Wall-clock time for recognizing one page.
    pub page_timeout_ms: u64,
}

impl Default for ExtractChoices {
    /// What holds where a file says nothing.
    fn default() -> Self {
        let limits = ExtractLimits::default();
        Self {
            words_per_page: limits.words_per_page,
            glyphs_per_page: limits.glyphs_per_page,
            pixels_per_page: limits.pixels_per_page,
            content_bytes_per_page: limits.content_bytes_per_page,
            forms_nested: limits.forms_nested,
            objects: limits.objects,
            ocr: Some(OcrLanguages::default()),
            page_timeout_ms: Self::PAGE_TIMEOUT_MS,
        }
    }
}

impl ExtractChoices {
    /// Wall-clock time for recognizing one page, where the file does not say.
    pub const PAGE_TIMEOUT_MS: u64 = 60_000;

    /// The text layer alone, within these limits.
    #[must_use]
    pub const fn limits(&self, accepts: &Accepts) -> ExtractLimits {
        ExtractLimits {
            pages: accepts.pages,
            words_per_page: self.words_per_page,
            glyphs_per_page: self.glyphs_per_page,
            size_bytes: accepts.size_bytes,
            pixels_per_page: self.pixels_per_page,
            content_bytes_per_page: self.content_bytes_per_page,
            forms_nested: self.forms_nested,
            objects: self.objects,
        }
    }
}

/// What `categorize` may do beside deciding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CategorizeChoices {
    /// Whether a model outside may be asked what nothing here can tell.
    pub endpoint: EndpointChoice,
}

/// Whether a model outside may be asked. It also takes a configured endpoint, and a workspace that turned it on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndpointChoice {
    /// Nothing leaves the machine.
    #[default]
    Never,
    /// Names of merchants may be sent.
    Ask,
}

/// How much figures may rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnalyzeChoices {
    /// Documents of one case.
    pub documents_max: u32,
    /// Rows of all documents together.
    pub rows_max: u32,
}

impl Default for AnalyzeChoices {
    /// What holds where a file says nothing.
    fn default() -> Self {
        Self { documents_max: 200, rows_max: 200_000 }
    }
}

impl AnalyzeChoices {
    /// As the room that puts cases together wants them.
    #[must_use]
    pub fn limits(self) -> CaseLimits {
        let most = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        CaseLimits { documents_max: most(self.documents_max), rows_max: most(self.rows_max) }
    }
}

/// How much a form may be filled from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FillChoices {
    /// Documents whose facts answer.
    pub documents_max: u32,
}

impl Default for FillChoices {
    /// What holds where a file says nothing.
    fn default() -> Self {
        Self { documents_max: 200 }
    }
}

/// Which files `report` writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportChoices {
    /// In this order.
    pub formats: Vec<ReportFormat>,
}

/// A file that people or their programs open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportFormat {
    /// The figures, as they stand in their artifact, for people to take away.
    Json,
    /// Rows as delimiter-separated text; figures beside them, for a case.
    Csv,
    /// A workbook with typed cells.
    Xlsx,
    /// What a lender files.
    Pdf,
    /// Rows as typed columns.
    Parquet,
    /// OFX 2.
    Ofx,
    /// For QuickBooks; needs the bank's id, which only a case can be given.
    Qbo,
    /// For old desktop programs.
    Qif,
    /// CAMT.053.
    Camt,
}

impl Stage {
    /// Which stage it is.
    #[must_use]
    pub const fn kind(&self) -> StageKind {
        match self.choices {
            StageChoices::Extract(_) => StageKind::Extract,
            StageChoices::Parse(_) => StageKind::Parse,
            StageChoices::Categorize(_) => StageKind::Categorize,
            StageChoices::Analyze(_) => StageKind::Analyze,
            StageChoices::Report(_) => StageKind::Report,
            StageChoices::Fill(_) => StageKind::Fill,
        }
    }
}

impl ReportFormat {
    /// Every format.
    pub const ALL: [Self; 9] = [
        Self::Json,
        Self::Csv,
        Self::Xlsx,
        Self::Pdf,
        Self::Parquet,
        Self::Ofx,
        Self::Qbo,
        Self::Qif,
        Self::Camt,
    ];

    /// The word in pipeline files and requests.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
            Self::Parquet => "parquet",
            Self::Ofx => "ofx",
            Self::Qbo => "qbo",
            Self::Qif => "qif",
            Self::Camt => "camt",
        }
    }

    /// The name of the artifact it becomes, of a document.
    #[must_use]
    pub const fn object_kind(self) -> &'static str {
        match self {
            Self::Json => "report/figures.json",
            Self::Csv => "report/transactions.csv",
            Self::Xlsx => "report/statement.xlsx",
            Self::Pdf => "report/report.pdf",
            Self::Parquet => "report/transactions.parquet",
            Self::Ofx => "report/transactions.ofx",
            Self::Qbo => "report/transactions.qbo",
            Self::Qif => "report/transactions.qif",
            Self::Camt => "report/transactions.camt.xml",
        }
    }

    /// It is written from the result of a document alone; the others ask for figures.
    #[must_use]
    pub const fn is_of_result(self) -> bool {
        match self {
            Self::Csv | Self::Xlsx => true,
            Self::Json | Self::Pdf | Self::Parquet | Self::Ofx | Self::Qbo | Self::Qif | Self::Camt => false,
        }
    }
}
