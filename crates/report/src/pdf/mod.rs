//! `report.pdf`: what a lender files. Typeset in this process from our own template, which data enters as bytes and never as
//! source; tagged for people who listen to it (PDF/UA-1); the same inputs give the same bytes.

mod charts;
mod letters;
mod model;
mod sections;
mod world;

use crate::ReportError;
use crate::case_report::CaseReport;
use model::Model;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use world::ReportWorld;

/// Reports that the typesetter's memory of earlier pages outlives.
const REMEMBERED_REPORTS: usize = 2;

impl CaseReport<'_> {
    /// The case as a PDF: verdict, accounts, cash flow with charts, revenue, debt, what comes again, findings, and the checks of
    /// each statement. Long lists are cut, and each cut says how much more the workbook has.
    ///
    /// # Errors
    /// [`ReportError::Pdf`] if the typesetter refuses, [`ReportError::Json`] if the data cannot be handed over.
    pub fn pdf(&self) -> Result<Vec<u8>, ReportError> {
        let data = letters::readable(serde_json::to_value(Model::of(self))?, world::has_letter);
        let world = ReportWorld::with(serde_json::to_vec(&data)?);
        let made = set(&world);
        // What it remembers would otherwise grow with every report.
        comemo::evict(REMEMBERED_REPORTS);
        made
    }
}

fn set(world: &ReportWorld) -> Result<Vec<u8>, ReportError> {
    let document = typst::compile::<PagedDocument>(world).output.map_err(refused)?;
    typst_pdf::pdf(&document, &options()?).map_err(refused)
}

/// The first of its reasons: about our template, for nothing else is source.
fn refused(errors: impl IntoIterator<Item = SourceDiagnostic>) -> ReportError {
    let first = errors.into_iter().next().map(|error| error.message.to_string());
    ReportError::Pdf(first.unwrap_or_default())
}

/// A fixed day: stages have no clock.
fn options() -> Result<PdfOptions, ReportError> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1])
        .map_err(|error| ReportError::Pdf(error.message().to_string()))?;
    Ok(PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some(crate::case_report::PROGRAM.to_owned())),
        timestamp: Datetime::from_ymd_hms(2020, 1, 1, 0, 0, 0).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    })
}
