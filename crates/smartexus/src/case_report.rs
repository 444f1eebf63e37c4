//! Reports of a case, and of one document as a case of its own: the formats that `--formats` names.

use crate::cli::{Format, ReportFileArgs};
use crate::command::case::CaseFile;
use crate::exit::Stop;
use crate::folder::OutputDirectory;
use crate::output::{Output, one_line};
use smartexus_analyze::Analyst;
use smartexus_domain::{Case, FaultVerdict, Figures, StatementResult};
use smartexus_report::{BankFile, BankFileChoices, CaseReport, ReportError};
use std::path::{Path, PathBuf};

/// What was asked for.
#[derive(Clone, Copy)]
pub(crate) struct Reports<'a> {
    formats: &'a [Format],
    choices: BankFileChoices<'a>,
    title: Option<&'a str>,
    writes_json: bool,
}

/// Files of one folder, and those that the rules refuse.
pub(crate) struct Written {
    files: Vec<(&'static str, Vec<u8>)>,
    refused: Vec<(&'static str, ReportError)>,
}

impl<'a> Reports<'a> {
    /// What the command line asks for.
    ///
    /// # Errors
    /// QBO without the bank's id, before any document is read.
    pub(crate) fn chosen(
        formats: &'a [Format],
        args: &'a ReportFileArgs,
        writes: bool,
    ) -> Result<Self, Stop> {
        if writes && formats.contains(&Format::Qbo) && args.bank_id.is_none() {
            let missing = ReportError::BankIdMissing;
            return Err(Stop::usage(missing.to_string()).advise(missing.advice()));
        }
        let choices =
            BankFileChoices { allow_unverified: args.allow_unverified, bank_id: args.bank_id.as_deref() };
        Ok(Self { formats, choices, title: args.title.as_deref(), writes_json: true })
    }

    /// Some format needs a case even for one document.
    pub(crate) fn need_a_case(&self) -> bool {
        self.formats.iter().any(|format| case_of_one(*format))
    }

    /// The same without the JSON, where that stands elsewhere already.
    pub(crate) const fn without_json(mut self) -> Self {
        self.writes_json = false;
        self
    }

    /// Some file is written for a case beside its JSON.
    pub(crate) fn are_files_of_a_case(&self) -> bool {
        self.formats.iter().any(|format| *format != Format::Json)
    }
}

/// CSV and workbook of one document are made from its result alone.
const fn case_of_one(format: Format) -> bool {
    match format {
        Format::Json | Format::Csv | Format::Xlsx => false,
        Format::Parquet | Format::Ofx | Format::Qbo | Format::Qif | Format::Camt => true,
        #[cfg(feature = "report-pdf")]
        Format::Pdf => true,
    }
}

/// The reports of a whole case.
pub(crate) fn of_case(
    case: &Case,
    results: &[StatementResult],
    figures: &Figures,
    reports: &Reports<'_>,
) -> Result<Written, Stop> {
    let report = CaseReport::new(case, results, Some(figures)).map_err(|error| broken(&error))?;
    let report = report.titled(reports.title.unwrap_or_default());
    let mut written = Written { files: Vec::new(), refused: Vec::new() };
    for format in reports.formats {
        match format {
            Format::Json if reports.writes_json => written.add("figures.json", report.figures_json())?,
            Format::Csv => {
                written.add("transactions.csv", report.transactions_csv())?;
                written.add("figures.csv", report.figures_csv())?;
            }
            Format::Xlsx => written.add("case.xlsx", report.xlsx())?,
            Format::Json | Format::Parquet | Format::Ofx | Format::Qbo | Format::Qif | Format::Camt => {
                written.of_one(&report, *format, reports.choices)?;
            }
            #[cfg(feature = "report-pdf")]
            Format::Pdf => written.of_one(&report, *format, reports.choices)?,
        }
    }
    Ok(written)
}

/// The reports of one document that ask for a case: its statements are the whole of it.
pub(crate) fn of_document(
    result: &StatementResult,
    analyst: &Analyst,
    reports: &Reports<'_>,
) -> Result<Written, Stop> {
    let mut file = CaseFile::open(1, analyst)?;
    file.add(result);
    let (case, figures) = file.close()?;
    let results = std::slice::from_ref(result);
    let report = CaseReport::new(&case, results, Some(&figures)).map_err(|error| broken(&error))?;
    let report = report.titled(reports.title.unwrap_or_default());
    let mut written = Written { files: Vec::new(), refused: Vec::new() };
    for format in reports.formats.iter().filter(|format| case_of_one(**format)) {
        written.of_one(&report, *format, reports.choices)?;
    }
    Ok(written)
}

impl Written {
    fn of_one(
        &mut self,
        report: &CaseReport<'_>,
        format: Format,
        choices: BankFileChoices<'_>,
    ) -> Result<(), Stop> {
        let bank = |format| report.bank_file(format, choices);
        match format {
            Format::Json | Format::Csv | Format::Xlsx => Ok(()),
            #[cfg(feature = "report-pdf")]
            Format::Pdf => self.add("report.pdf", report.pdf()),
            Format::Parquet => self.add("transactions.parquet", report.parquet()),
            Format::Ofx => self.add("transactions.ofx", bank(BankFile::Ofx)),
            Format::Qbo => self.add("transactions.qbo", bank(BankFile::Qbo)),
            Format::Qif => self.add("transactions.qif", bank(BankFile::Qif)),
            Format::Camt => self.add("transactions.camt.xml", bank(BankFile::Camt)),
        }
    }

    /// A refusal is told and the other files are written; a defect of ours ends the command.
    fn add(&mut self, name: &'static str, made: Result<Vec<u8>, ReportError>) -> Result<(), Stop> {
        match made {
            Ok(bytes) => self.files.push((name, bytes)),
            Err(error) => match error.verdict() {
                FaultVerdict::Reject => self.refused.push((name, error)),
                FaultVerdict::Retry | FaultVerdict::Halt => return Err(broken(&error)),
            },
        }
        Ok(())
    }

    /// Says what was refused, and why; whether nothing was.
    pub(crate) fn tell(&self, output: Output, whose: &str) -> bool {
        for (name, error) in &self.refused {
            output.note(&format!("{}: {name} is not written: {error}", one_line(whose)));
            output.note(&format!("  {}", error.advice()));
        }
        self.refused.is_empty()
    }

    /// The files that could be made.
    pub(crate) fn files(self) -> Vec<(&'static str, Vec<u8>)> {
        self.files
    }

    /// Writes them as one folder, named like `like`; says what was refused, and whether nothing was.
    pub(crate) fn keep(
        self,
        output: Output,
        folders: &mut OutputDirectory,
        like: &Path,
    ) -> Result<bool, Stop> {
        let like = if like.file_stem().is_some() { like } else { Path::new("case") };
        let is_whole = self.tell(output, &like.display().to_string());
        if !self.files.is_empty() {
            let written = folders.write(like, &self.files).map_err(|error| cannot_write(&error))?;
            output.note(&format!("reports: {}", one_line(&written.display().to_string())));
        }
        Ok(is_whole)
    }
}

/// Where the reports of these cases go. No file of the cases themselves is ever replaced.
pub(crate) fn directory(root: &Path, cases: &[PathBuf]) -> Result<OutputDirectory, Stop> {
    OutputDirectory::create(root, cases.iter().map(PathBuf::as_path)).map_err(|error| cannot_write(&error))
}

fn cannot_write(error: &std::io::Error) -> Stop {
    Stop::failed(format!("the output directory cannot be written: {}", error.kind()))
        .advise("check the path after -o, its permissions, and the free space")
}

fn broken(error: &ReportError) -> Stop {
    Stop::failed(format!("the report could not be written: {error}")).advise(error.advice())
}
