//! `smartexus.result/1` out of a document's row, its artifacts and its jobs.

use crate::pipeline::PipelineSet;
use smartexus_domain::{
    DocumentFacts, DocumentId, DocumentKind, DocumentSource, DocumentState, Failure, FailureCode, Finding,
    MediaType, Pages, Reading, ResultStatus, SignalSummary, StageKind, StatementResult, WorkspaceId,
};
use smartexus_platform::port::{Document, DocumentRole, JobRecord, JobState, Lookup, ObjectKind, ObjectName};
use smartexus_platform::{Metadata, PlatformError, World};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

/// What a result is made of.
pub struct ResultParts<'a> {
    /// The row.
    pub document: &'a Document,
    /// The row's sealed part.
    pub metadata: &'a Metadata,
    /// What `extract` left.
    pub pages: Option<&'a Pages>,
    /// What the last of `parse` and `categorize` left.
    pub reading: Option<Reading>,
    /// Where the reading ended.
    pub status: ResultStatus,
    /// Stages that the pipeline lists and that did not run, because a `when` did not hold.
    pub skipped: &'a [StageKind],
    /// Milliseconds by stage.
    pub timings_ms: BTreeMap<String, f64>,
}

/// Puts a result together. Pure: the same parts give the same result.
#[must_use]
pub fn assemble(parts: ResultParts<'_>) -> StatementResult {
    let ResultParts { document, metadata, pages, reading, status, skipped, timings_ms } = parts;
    let failure = match status {
        // A failed row always has its code; a row without one is told apart by the code that blames nobody.
        ResultStatus::Failed => Some(Failure::from(document.failure.unwrap_or(FailureCode::Unreadable))),
        ResultStatus::Approved | ResultStatus::NeedsReview => None,
    };
    let facts = document_facts(document, metadata, pages, reading.as_ref());
    let mut findings = pages.map(|pages| pages.findings.clone()).unwrap_or_default();
    let signal_summary = reading.as_ref().and_then(signal_summary);
    let (statements, key_facts, signals) = match reading {
        Some(reading) => {
            // `parse` may pass on what `extract` noticed.
            findings.retain(|finding| !reading.findings.contains(finding));
            findings.extend(reading.findings);
            (reading.statements, reading.facts, reading.signals)
        }
        None => Default::default(),
    };
    findings.extend(skipped.iter().map(|stage| {
        Finding::new(
            "stage_skipped",
            format!("The stage {} did not run: its condition does not hold.", stage.as_str()),
        )
    }));
    StatementResult {
        schema: StatementResult::SCHEMA.to_owned(),
        file: metadata.file_name.clone().unwrap_or_else(|| document.id.to_string()),
        document: facts,
        status,
        failure,
        statements,
        facts: key_facts,
        signals,
        signal_summary,
        findings,
        timings_ms,
    }
}

/// The result of a document; `None` while it is still at work. A case and a filled form have none.
///
/// # Errors
/// Whatever the ports answer; `Inconsistent` when an artifact is not understood.
pub async fn load(
    world: &World,
    pipelines: &PipelineSet,
    workspace: WorkspaceId,
    document: DocumentId,
) -> Result<Lookup<Option<StatementResult>>, PlatformError> {
    let document = match world.documents.document(workspace, document).await? {
        // What is made from documents says nothing of its own: it has figures, files or answers instead.
        Lookup::Found(document) if document.role != DocumentRole::Document => return Ok(Lookup::Absent),
        Lookup::Found(document) => document,
        Lookup::Gone(gone) => return Ok(Lookup::Gone(gone)),
        Lookup::Absent => return Ok(Lookup::Absent),
    };
    let Some(status) = status_of(document.state) else { return Ok(Lookup::Found(None)) };
    let metadata = world.metadata(&document).await?;
    let pages: Option<Pages> = stored(world, &document, &[StageKind::Extract]).await?;
    let reading: Option<Reading> = match status {
        // A failed document claims nothing, whatever its earlier stages left.
        ResultStatus::Failed => None,
        ResultStatus::Approved | ResultStatus::NeedsReview => {
            stored(world, &document, &[StageKind::Categorize, StageKind::Parse]).await?
        }
    };
    let jobs = newest_run(world.jobs.of_document(workspace, document.id).await?);
    let skipped = match status {
        ResultStatus::Failed => Vec::new(),
        ResultStatus::Approved | ResultStatus::NeedsReview => skipped(pipelines, &document, &jobs),
    };
    Ok(Lookup::Found(Some(assemble(ResultParts {
        document: &document,
        metadata: &metadata,
        pages: pages.as_ref(),
        reading,
        status,
        skipped: &skipped,
        timings_ms: timings(&jobs),
    }))))
}

/// The result of a settled document as one version of its reading has it; without one, as a document that was not read.
/// Without timings: the same version gives the same result.
///
/// # Errors
/// Whatever the ports answer; `Inconsistent` when an artifact is not understood.
pub(crate) async fn load_version(
    world: &World,
    document: &Document,
    reading: Option<(ObjectName, u64)>,
) -> Result<StatementResult, PlatformError> {
    let metadata = world.metadata(document).await?;
    let pages: Option<Pages> = stored(world, document, &[StageKind::Extract]).await?;
    let reading: Option<Reading> = match reading {
        Some((name, bytes)) => {
            let content = world.read_object(&name, bytes).await?;
            Some(serde_json::from_slice(&content).map_err(|_| PlatformError::Inconsistent("artifact"))?)
        }
        None => None,
    };
    let status = match (&reading, status_of(document.state)) {
        (None, _) => ResultStatus::Failed,
        (Some(_), Some(ResultStatus::Approved)) => ResultStatus::Approved,
        (Some(_), Some(ResultStatus::NeedsReview | ResultStatus::Failed) | None) => ResultStatus::NeedsReview,
    };
    Ok(assemble(ResultParts {
        document,
        metadata: &metadata,
        pages: pages.as_ref(),
        reading,
        status,
        skipped: &[],
        timings_ms: BTreeMap::new(),
    }))
}

const fn status_of(state: DocumentState) -> Option<ResultStatus> {
    match state {
        DocumentState::Received | DocumentState::Queued | DocumentState::Processing => None,
        DocumentState::NeedsReview => Some(ResultStatus::NeedsReview),
        DocumentState::Approved | DocumentState::Exported => Some(ResultStatus::Approved),
        DocumentState::Failed => Some(ResultStatus::Failed),
    }
}

fn document_facts(
    document: &Document,
    metadata: &Metadata,
    pages: Option<&Pages>,
    reading: Option<&Reading>,
) -> DocumentFacts {
    let media_type = pages.map_or(document.media_type, |pages| pages.media_type);
    let protected = matches!(document.failure, Some(FailureCode::EncryptedPdf | FailureCode::WrongPassword));
    DocumentFacts {
        id: document.id.to_string(),
        sha256: hex(&metadata.sha256),
        media_type,
        bytes: document.bytes,
        pages: pages.map_or(0, |pages| u32::try_from(pages.pages.len()).unwrap_or(u32::MAX)),
        source: reading
            .map_or_else(|| source_by_media(media_type, document.failure), |reading| reading.source),
        kind: reading.map_or(DocumentKind::Other, |reading| reading.kind),
        kind_confidence: reading.map_or(0.0, |reading| reading.kind_confidence),
        page_kinds: reading.map(|reading| reading.page_kinds.clone()).unwrap_or_default(),
        children: reading.map(|reading| reading.children.clone()).unwrap_or_default(),
        encrypted: protected || pages.is_some_and(|pages| pages.facts.encrypted),
        producer: pages.and_then(|pages| pages.facts.producer.clone()),
    }
}

/// A data file shows no edits: without a signal there is nothing to say of it.
fn signal_summary(reading: &Reading) -> Option<SignalSummary> {
    let can_show = reading.source != DocumentSource::Structured || !reading.signals.is_empty();
    can_show.then(|| SignalSummary::of(&reading.signals))
}

/// The best that can be said of a document that was not read.
const fn source_by_media(media: MediaType, failure: Option<FailureCode>) -> DocumentSource {
    match media {
        MediaType::Png | MediaType::Jpeg | MediaType::Tiff | MediaType::Webp => DocumentSource::Scan,
        MediaType::Pdf
            if matches!(failure, Some(FailureCode::NothingReadable | FailureCode::OcrUnavailable)) =>
        {
            DocumentSource::Scan
        }
        MediaType::Pdf | MediaType::Unknown => DocumentSource::Text,
        MediaType::Csv
        | MediaType::Ofx
        | MediaType::Qif
        | MediaType::Mt940
        | MediaType::Camt
        | MediaType::Xlsx
        | MediaType::Xls
        | MediaType::Ods
        | MediaType::Bai2
        | MediaType::Json => DocumentSource::Structured,
    }
}

/// What the categories of a settled document are: the newest reading, categorized where that stage ran.
pub(crate) async fn stored_reading(
    world: &World,
    document: &Document,
) -> Result<Option<Reading>, PlatformError> {
    stored(world, document, &[StageKind::Categorize, StageKind::Parse]).await
}

/// The reading as it was before it was categorized.
pub(crate) async fn parsed_reading(
    world: &World,
    document: &Document,
) -> Result<Option<Reading>, PlatformError> {
    stored(world, document, &[StageKind::Parse]).await
}

async fn stored<T: serde::de::DeserializeOwned>(
    world: &World,
    document: &Document,
    stages: &[StageKind],
) -> Result<Option<T>, PlatformError> {
    for stage in stages {
        let kind = ObjectKind::artifact(*stage);
        let found = world.documents.artifact(document.workspace, document.id, &kind).await?;
        if let Some(artifact) = found.found().flatten() {
            let content = world.read_object(&artifact.object, artifact.bytes).await?;
            let value =
                serde_json::from_slice(&content).map_err(|_| PlatformError::Inconsistent("artifact"))?;
            return Ok(Some(value));
        }
    }
    Ok(None)
}

fn newest_run(jobs: Vec<JobRecord>) -> Vec<JobRecord> {
    let newest = jobs.iter().map(|job| job.run).max();
    jobs.into_iter().filter(|job| Some(job.run) == newest).collect()
}

fn skipped(pipelines: &PipelineSet, document: &Document, jobs: &[JobRecord]) -> Vec<StageKind> {
    let Some(pipeline) = pipelines.get(&document.pipeline) else { return Vec::new() };
    let ran = |stage: StageKind| jobs.iter().any(|job| job.stage == stage && job.state == JobState::Done);
    pipeline.stages.iter().map(crate::pipeline::Stage::kind).filter(|stage| !ran(*stage)).collect()
}

/// Milliseconds by stage; parts of a stage are added up.
#[expect(clippy::float_arithmetic, reason = "a duration for people")]
fn timings(jobs: &[JobRecord]) -> BTreeMap<String, f64> {
    let mut timings = BTreeMap::new();
    for (stage, us) in jobs.iter().filter_map(|job| job.timing_us.map(|us| (job.stage, us))) {
        let milliseconds = Duration::from_micros(us).as_secs_f64() * 1000.0;
        *timings.entry(stage.as_str().to_owned()).or_insert(0.0) += milliseconds;
    }
    timings
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
