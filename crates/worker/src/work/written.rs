//! The files of a document or a case, and those that the rules refuse. Pure: values in, bytes out.

use super::ending::JobError;
use crate::cases::{CaseFile, CaseRequest};
use crate::pipeline::ReportFormat;
use serde::Serialize;
use smartexus_analyze::Analyst;
use smartexus_domain::{Case, FaultVerdict, Figures, StatementResult};
use smartexus_parse::CaseLimits;
use smartexus_report::{BankFile, BankFileChoices, CaseReport, ReportError};

/// One file.
pub(super) struct Made {
    /// Of the artifact.
    pub(super) name: &'static str,
    pub(super) content: Vec<u8>,
}

/// Files, and those that the rules refuse.
pub(super) struct Written {
    pub(super) files: Vec<Made>,
    pub(super) refused: Refused,
}

/// `smartexus.refused/1`: files that were asked for and are not there.
#[derive(Debug, Serialize)]
pub(super) struct Refused {
    schema: &'static str,
    files: Vec<Refusal>,
}

/// One file that the rules refuse.
#[derive(Debug, Serialize)]
struct Refusal {
    name: &'static str,
    code: &'static str,
    message: String,
    advice: &'static str,
}

/// Files of a document that ask for a case: its statements are the whole of it.
pub(super) fn of_document(
    result: &StatementResult,
    figures: Option<Figures>,
    (analyst, limits): (&Analyst, CaseLimits),
    formats: &[ReportFormat],
) -> Result<Written, JobError> {
    let mut written = Written::none();
    let Some(figures) = figures else {
        // A paper without rows, or a pipeline without figures.
        formats.iter().for_each(|format| written.refuse(format.object_kind(), &ReportError::NoFigures));
        return Ok(written);
    };
    let mut file = CaseFile::open(1, analyst, limits)?;
    file.add(result);
    let case = match file.close() {
        Ok((case, _)) => case,
        Err(error) if error.verdict() == FaultVerdict::Reject => {
            formats.iter().for_each(|format| written.refuse(format.object_kind(), &ReportError::NoFigures));
            return Ok(written);
        }
        Err(error) => return Err(error.into()),
    };
    let report = CaseReport::new(&case, std::slice::from_ref(result), Some(&figures))?;
    let choices = BankFileChoices { allow_unverified: false, bank_id: None };
    for format in formats {
        written.one(&report, *format, choices)?;
    }
    Ok(written)
}

/// Files of a case.
pub(super) fn of_case(
    case: &Case,
    results: &[StatementResult],
    figures: &Figures,
    request: &CaseRequest,
) -> Result<Written, JobError> {
    let report = CaseReport::new(case, results, Some(figures))?;
    let report = report.titled(request.title.as_deref().unwrap_or_default());
    let choices =
        BankFileChoices { allow_unverified: request.allow_unverified, bank_id: request.bank_id.as_deref() };
    let mut written = Written::none();
    for format in &request.formats {
        match format {
            ReportFormat::Csv => {
                written.add(format.object_kind(), report.transactions_csv())?;
                written.add("report/figures.csv", report.figures_csv())?;
            }
            ReportFormat::Xlsx => written.add("report/case.xlsx", report.xlsx())?,
            ReportFormat::Json
            | ReportFormat::Pdf
            | ReportFormat::Parquet
            | ReportFormat::Ofx
            | ReportFormat::Qbo
            | ReportFormat::Qif
            | ReportFormat::Camt => written.one(&report, *format, choices)?,
        }
    }
    Ok(written)
}

impl Written {
    const fn none() -> Self {
        Self { files: Vec::new(), refused: Refused { schema: "smartexus.refused/1", files: Vec::new() } }
    }

    /// Formats that are written alike of a document and of a case.
    fn one(
        &mut self,
        report: &CaseReport<'_>,
        format: ReportFormat,
        choices: BankFileChoices<'_>,
    ) -> Result<(), JobError> {
        let bank = |format| report.bank_file(format, choices);
        let made = match format {
            ReportFormat::Json => report.figures_json(),
            #[cfg(feature = "report-pdf")]
            ReportFormat::Pdf => report.pdf(),
            // A program without the typesetter says so.
            #[cfg(not(feature = "report-pdf"))]
            ReportFormat::Pdf => {
                Err(ReportError::Pdf("this program is built without PDF reports".to_owned()))
            }
            ReportFormat::Parquet => report.parquet(),
            ReportFormat::Ofx => bank(BankFile::Ofx),
            ReportFormat::Qbo => bank(BankFile::Qbo),
            ReportFormat::Qif => bank(BankFile::Qif),
            ReportFormat::Camt => bank(BankFile::Camt),
            ReportFormat::Csv => report.transactions_csv(),
            ReportFormat::Xlsx => report.xlsx(),
        };
        self.add(format.object_kind(), made)
    }

    /// A refusal is told and the other files are written; a defect of ours ends the run.
    fn add(&mut self, name: &'static str, made: Result<Vec<u8>, ReportError>) -> Result<(), JobError> {
        match made {
            Ok(content) => self.files.push(Made { name, content }),
            Err(error) if error.verdict() == FaultVerdict::Reject => self.refuse(name, &error),
            #[cfg(not(feature = "report-pdf"))]
            Err(error @ ReportError::Pdf(_)) => self.refuse(name, &error),
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    fn refuse(&mut self, name: &'static str, error: &ReportError) {
        self.refused.files.push(Refusal {
            name,
            code: error.code(),
            message: error.to_string(),
            advice: error.advice(),
        });
    }
}
