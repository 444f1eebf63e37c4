//! The facts that conditions may speak of. A name that is not here does not exist.

use smartexus_domain::{DocumentKind, MediaType, Pages, Reading, Severity, StageKind, Verdict};

/// One fact. Those about statements, rows and signals have many values: a condition holds when any of them fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactName {
    /// `document.media_type`, by content.
    DocumentMediaType,
    /// `document.pages`.
    DocumentPages,
    /// `document.kind`.
    DocumentKind,
    /// `statement.count`.
    StatementCount,
    /// `statement.verdict` of any statement.
    StatementVerdict,
    /// `row.confidence` of any row.
    RowConfidence,
    /// `row.category_confidence` of any row.
    RowCategoryConfidence,
    /// `signal.severity` of any signal.
    SignalSeverity,
}

/// A fact's value, or what it is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum FactValue {
    /// A word of a closed list.
    Word(&'static str),
    /// A number.
    Number(f64),
}

/// What a fact's values look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Range {
    Words(&'static [&'static str]),
    Number,
}

const MEDIA: [&str; 15] = [
    MediaType::Pdf.as_str(),
    MediaType::Csv.as_str(),
    MediaType::Png.as_str(),
    MediaType::Jpeg.as_str(),
    MediaType::Tiff.as_str(),
    MediaType::Webp.as_str(),
    MediaType::Mt940.as_str(),
    MediaType::Camt.as_str(),
    MediaType::Ofx.as_str(),
    MediaType::Qif.as_str(),
    MediaType::Bai2.as_str(),
    MediaType::Json.as_str(),
    MediaType::Xlsx.as_str(),
    MediaType::Xls.as_str(),
    MediaType::Ods.as_str(),
];
const VERDICTS: [&str; 3] = ["verified", "discrepancy", "unverifiable"];
const SEVERITIES: [&str; 2] = ["info", "warn"];
const KINDS: [&str; 10] = [
    "bank_statement",
    "card_statement",
    "invoice",
    "payslip",
    "profit_and_loss",
    "balance_sheet",
    "tax_form",
    "application_form",
    "identity",
    "other",
];

impl FactName {
    /// Every fact.
    pub const ALL: [Self; 8] = [
        Self::DocumentMediaType,
        Self::DocumentPages,
        Self::DocumentKind,
        Self::StatementCount,
        Self::StatementVerdict,
        Self::RowConfidence,
        Self::RowCategoryConfidence,
        Self::SignalSeverity,
    ];

    /// The name in pipeline files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DocumentMediaType => "document.media_type",
            Self::DocumentPages => "document.pages",
            Self::DocumentKind => "document.kind",
            Self::StatementCount => "statement.count",
            Self::StatementVerdict => "statement.verdict",
            Self::RowConfidence => "row.confidence",
            Self::RowCategoryConfidence => "row.category_confidence",
            Self::SignalSeverity => "signal.severity",
        }
    }

    /// The stage that declares it: later stages may ask for it.
    #[must_use]
    pub const fn declared_by(self) -> StageKind {
        match self {
            Self::DocumentMediaType | Self::DocumentPages => StageKind::Extract,
            Self::DocumentKind
            | Self::StatementCount
            | Self::StatementVerdict
            | Self::RowConfidence
            | Self::SignalSeverity => StageKind::Parse,
            Self::RowCategoryConfidence => StageKind::Categorize,
        }
    }

    pub(crate) const fn range(self) -> Range {
        match self {
            Self::DocumentMediaType => Range::Words(&MEDIA),
            Self::DocumentKind => Range::Words(&KINDS),
            Self::StatementVerdict => Range::Words(&VERDICTS),
            Self::SignalSeverity => Range::Words(&SEVERITIES),
            Self::DocumentPages
            | Self::StatementCount
            | Self::RowConfidence
            | Self::RowCategoryConfidence => Range::Number,
        }
    }
}

/// What is known about a document so far. A fact of a stage that has not run has no value.
#[derive(Debug, Clone, Copy, Default)]
pub struct FactSheet<'a> {
    /// What `extract` left.
    pub pages: Option<&'a Pages>,
    /// What `parse` or `categorize` left.
    pub reading: Option<&'a Reading>,
}

impl FactSheet<'_> {
    /// Every value of a fact.
    #[must_use]
    pub fn values(&self, name: FactName) -> Vec<FactValue> {
        match name {
            FactName::DocumentMediaType | FactName::DocumentPages => self.of_pages(name),
            FactName::DocumentKind
            | FactName::StatementCount
            | FactName::StatementVerdict
            | FactName::RowConfidence
            | FactName::RowCategoryConfidence
            | FactName::SignalSeverity => self.of_reading(name),
        }
    }

    fn of_pages(&self, name: FactName) -> Vec<FactValue> {
        let Some(pages) = self.pages else { return Vec::new() };
        let value = match name {
            FactName::DocumentMediaType => FactValue::Word(pages.media_type.as_str()),
            FactName::DocumentPages => count(pages.pages.len()),
            FactName::DocumentKind
            | FactName::StatementCount
            | FactName::StatementVerdict
            | FactName::RowConfidence
            | FactName::RowCategoryConfidence
            | FactName::SignalSeverity => return Vec::new(),
        };
        vec![value]
    }

    fn of_reading(&self, name: FactName) -> Vec<FactValue> {
        let Some(reading) = self.reading else { return Vec::new() };
        let statements = reading.statements.iter();
        let mut rows = reading.statements.iter().flat_map(|statement| &statement.transactions);
        match name {
            FactName::DocumentKind => vec![FactValue::Word(kind_word(reading.kind))],
            FactName::StatementCount => vec![count(reading.statements.len())],
            FactName::StatementVerdict => {
                statements.map(|s| FactValue::Word(verdict_word(s.verdict))).collect()
            }
            FactName::RowConfidence => rows.by_ref().map(|row| FactValue::Number(row.confidence)).collect(),
            FactName::RowCategoryConfidence => rows
                .filter_map(|row| row.categorization.as_ref())
                .map(|said| FactValue::Number(said.confidence))
                .collect(),
            FactName::SignalSeverity => {
                reading.signals.iter().map(|s| FactValue::Word(severity_word(s.severity))).collect()
            }
            FactName::DocumentMediaType | FactName::DocumentPages => Vec::new(),
        }
    }
}

fn count(items: usize) -> FactValue {
    FactValue::Number(u32::try_from(items).map_or(f64::INFINITY, f64::from))
}

const fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verified => "verified",
        Verdict::Discrepancy => "discrepancy",
        Verdict::Unverifiable => "unverifiable",
    }
}

const fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warn => "warn",
    }
}

const fn kind_word(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::BankStatement => "bank_statement",
        DocumentKind::CardStatement => "card_statement",
        DocumentKind::Invoice => "invoice",
        DocumentKind::Payslip => "payslip",
        DocumentKind::ProfitAndLoss => "profit_and_loss",
        DocumentKind::BalanceSheet => "balance_sheet",
        DocumentKind::TaxForm => "tax_form",
        DocumentKind::ApplicationForm => "application_form",
        DocumentKind::Identity => "identity",
        DocumentKind::Other => "other",
    }
}
