//! The stages `analyze` and `report`: of one document, and of a case over several.

use super::ending::JobError;
use super::needs_person;
use super::stages::{Left, StageRun, Tools, off_thread, read_json};
use super::written::{Made, Written, of_case, of_document};
use crate::cases::{CaseFile, CaseRequest};
use crate::pipeline::{AnalyzeChoices, FactSheet, ReportChoices, ReportFormat};
use crate::result::{self, ResultParts, assemble};
use smartexus_analyze::{Analyst, FORMULAS};
use smartexus_domain::{
    Case, CaseAccount, FaultVerdict, Figures, Finding, Pages, Reading, ResultStatus, StageKind,
    StatementResult, Verdict,
};
use smartexus_platform::PlatformError;
use smartexus_platform::port::{Artifact, DocumentRole, ObjectKind, ObjectName};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The documents of a case put together, `smartexus.case/1`.
const CASE: &str = "case";
/// Files that the rules refuse, `smartexus.refused/1`.
const REFUSED: &str = "report/refused";

impl Tools {
    fn analyst(&self) -> Result<Arc<Analyst>, JobError> {
        if let Some(analyst) = self.analyst.get() {
            return Ok(Arc::clone(analyst));
        }
        let made = Arc::new(Analyst::embedded()?);
        Ok(Arc::clone(self.analyst.get_or_init(|| made)))
    }
}

impl StageRun<'_> {
    pub(super) async fn analyze(&self, choices: AnalyzeChoices) -> Result<Left, JobError> {
        match self.document.role {
            DocumentRole::Document => self.analyze_document(choices).await,
            DocumentRole::Case => self.analyze_case(choices).await,
            DocumentRole::Form => Err(JobError::Artifact),
        }
    }

    pub(super) async fn report(&self, choices: &ReportChoices) -> Result<Left, JobError> {
        match self.document.role {
            DocumentRole::Document => self.report_document(choices).await,
            DocumentRole::Case => self.report_case().await,
            DocumentRole::Form => Err(JobError::Artifact),
        }
    }

    /// Figures of a document as a case of its own. Papers without rows have none.
    async fn analyze_document(&self, choices: AnalyzeChoices) -> Result<Left, JobError> {
        let (pages, reading, result) = self.result_so_far().await?;
        let mut artifacts = Vec::new();
        if !result.statements.is_empty() {
            let analyst = self.tools.analyst()?;
            let figures = off_thread(move || {
                let mut file = CaseFile::open(1, &analyst, choices.limits())?;
                file.add(&result);
                match file.close() {
                    Ok((_, figures)) => Ok(figures),
                    // The rows are good all the same: what is missing is told, and nothing else is lost.
                    Err(error) if error.verdict() == FaultVerdict::Reject => Ok(none_because(&error)),
                    Err(error) => Err(error),
                }
            })
            .await??;
            artifacts.push(self.keep_json(ObjectKind::artifact(StageKind::Analyze), &figures).await?);
        }
        Ok(Left { artifacts, pages: Some(pages), reading: Some(reading), ..Left::default() })
    }

    async fn report_document(&self, choices: &ReportChoices) -> Result<Left, JobError> {
        let (pages, reading, result) = self.result_so_far().await?;
        let result = Arc::new(result);
        let mut artifacts = Vec::new();
        let (of_result, of_figures): (Vec<ReportFormat>, Vec<ReportFormat>) =
            choices.formats.iter().partition(|format| format.is_of_result());
        for format in of_result {
            let result = Arc::clone(&result);
            let write = move || match format {
                ReportFormat::Xlsx => smartexus_report::xlsx(&result),
                ReportFormat::Csv
                | ReportFormat::Json
                | ReportFormat::Pdf
                | ReportFormat::Parquet
                | ReportFormat::Ofx
                | ReportFormat::Qbo
                | ReportFormat::Qif
                | ReportFormat::Camt => smartexus_report::csv(&result),
            };
            let file = off_thread(write).await??;
            let kind = ObjectKind::named(format.object_kind()).map_err(|_| JobError::Artifact)?;
            artifacts.push(self.keep(kind, file.into()).await?);
        }
        let figures = match self.artifact(StageKind::Analyze).await? {
            Some(stored) if !of_figures.is_empty() => Some(read_json::<Figures>(stored).await?),
            Some(_) | None => None,
        };
        if !of_figures.is_empty() {
            let analyst = self.tools.analyst()?;
            let limits = self.pipeline.case_limits();
            let written = off_thread(move || of_document(&result, figures, (&analyst, limits), &of_figures));
            artifacts.extend(self.keep_files(written.await??).await?);
        }
        Ok(Left { artifacts, pages: Some(pages), reading: Some(reading), ..Left::default() })
    }

    async fn analyze_case(&self, choices: AnalyzeChoices) -> Result<Left, JobError> {
        let request = self.case_request().await?;
        let results = self.case_results(&request).await?;
        let analyst = self.tools.analyst()?;
        let (case, figures) = off_thread(move || {
            let chosen = match &request.choices {
                // It was read before the case was accepted; a later release may refuse what an earlier one took.
                Some(text) => {
                    analyst.defaults().with_file("choices", text).map_err(|_| JobError::Artifact)?
                }
                None => analyst.defaults().clone(),
            };
            let mut file = CaseFile::open(results.len(), &analyst, choices.limits())?.choosing(&chosen);
            results.iter().for_each(|result| file.add(result));
            Ok::<_, JobError>(file.close()?)
        })
        .await??;
        let kind = ObjectKind::named(CASE).map_err(|_| JobError::Artifact)?;
        let artifacts = vec![
            self.keep_json(kind, &case).await?,
            self.keep_json(ObjectKind::artifact(StageKind::Analyze), &figures).await?,
        ];
        Ok(Left { artifacts, asks: Some(asks(&case)), ..Left::default() })
    }

    async fn report_case(&self) -> Result<Left, JobError> {
        let request = self.case_request().await?;
        let results = self.case_results(&request).await?;
        let kind = ObjectKind::named(CASE).map_err(|_| JobError::Artifact)?;
        let case: Case = read_json(self.artifact_of(&kind).await?.ok_or(JobError::Artifact)?).await?;
        let stored = self.artifact(StageKind::Analyze).await?.ok_or(JobError::Artifact)?;
        let figures: Figures = read_json(stored).await?;
        let asks = Some(asks(&case));
        let written = off_thread(move || of_case(&case, &results, &figures, &request)).await??;
        Ok(Left { artifacts: self.keep_files(written).await?, asks, ..Left::default() })
    }

    async fn keep_files(&self, written: Written) -> Result<Vec<Artifact>, JobError> {
        let Written { files, refused } = written;
        let mut artifacts = Vec::with_capacity(files.len());
        for Made { name, content } in files {
            let kind = ObjectKind::named(name).map_err(|_| JobError::Artifact)?;
            artifacts.push(self.keep(kind, content.into()).await?);
        }
        // Written even where nothing is refused: the newest one counts.
        let kind = ObjectKind::named(REFUSED).map_err(|_| JobError::Artifact)?;
        artifacts.push(self.keep_json(kind, &refused).await?);
        Ok(artifacts)
    }

    /// The result as the stages before left it. Without timings, so that the same document gives the same files.
    async fn result_so_far(&self) -> Result<(Pages, Reading, StatementResult), JobError> {
        let reading = self.reading(&[StageKind::Categorize, StageKind::Parse]).await?;
        let pages = self.pages().await?;
        let metadata = self.tools.world.metadata(&self.document).await?;
        let facts = FactSheet { pages: Some(&pages), reading: Some(&reading) };
        let status = if needs_person(&self.pipeline, &facts) {
            ResultStatus::NeedsReview
        } else {
            ResultStatus::Approved
        };
        let result = assemble(ResultParts {
            document: &self.document,
            metadata: &metadata,
            pages: Some(&pages),
            reading: Some(reading.clone()),
            status,
            skipped: &[],
            timings_ms: BTreeMap::new(),
        });
        Ok((pages, reading, result))
    }

    async fn case_request(&self) -> Result<CaseRequest, JobError> {
        let request: CaseRequest = read_json(self.source().await?).await?;
        if request.schema == CaseRequest::SCHEMA { Ok(request) } else { Err(JobError::Artifact) }
    }

    /// The documents of the case, each as it read when the case was wished for.
    async fn case_results(&self, request: &CaseRequest) -> Result<Vec<StatementResult>, JobError> {
        let (world, workspace) = (&self.tools.world, self.lease.token.workspace);
        let noted = world.documents.sources(workspace, self.document.id).await?.found().unwrap_or_default();
        let noted: BTreeSet<_> = noted.into_iter().collect();
        let mut results = Vec::with_capacity(request.documents.len());
        for source in &request.documents {
            // Only what the case is erased with is read.
            if !noted.contains(&source.document) {
                return Err(JobError::Artifact);
            }
            let found = world.documents.document(workspace, source.document).await?.found();
            let document = found.ok_or(PlatformError::KeyDestroyed)?;
            let name = ObjectName::source(workspace, source.document);
            let pinned = source.reading.map(|reading| (reading.object(name), reading.bytes));
            results.push(result::load_version(world, &document, pinned).await?);
        }
        Ok(results)
    }
}

/// A ledger that is not proved, anything that was found, a document that was not read: a person looks at the case.
fn asks(case: &Case) -> bool {
    let open =
        |account: &CaseAccount| account.proof.verdict != Verdict::Verified || !account.findings.is_empty();
    case.accounts.is_empty()
        || !case.findings.is_empty()
        || !case.missing_pages.is_empty()
        || !case.signals.is_empty()
        || case.documents.iter().any(|document| !document.read)
        || case.accounts.iter().any(open)
}

/// No figures, and why.
fn none_because(reason: &impl std::fmt::Display) -> Figures {
    let finding = Finding::new("figures_not_computed", format!("There are no figures: {reason}."));
    Figures {
        schema: Figures::SCHEMA.to_owned(),
        formulas: FORMULAS,
        as_of: None,
        choices: Vec::new(),
        accounts: Vec::new(),
        figures: Vec::new(),
        cash_flow: Vec::new(),
        recurring: Vec::new(),
        income_streams: Vec::new(),
        positions: Vec::new(),
        concentration: Vec::new(),
        returned_items: Vec::new(),
        noted: Vec::new(),
        missing_accounts: Vec::new(),
        tagged: Vec::new(),
        affordability: Vec::new(),
        prequalification: Vec::new(),
        statements: Vec::new(),
        findings: vec![finding],
    }
}
