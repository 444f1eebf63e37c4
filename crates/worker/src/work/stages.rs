//! The order of stages, in one place: what each takes, where it runs, what it leaves, what follows.
//!
//! ```text
//! extract     source                 child      pages
//! parse       pages, or the source   child      statement
//! categorize  statement              in here    enriched
//! report      enriched or statement  in here    report/…
//! ```

use super::ending::JobError;
use super::needs_person;
use crate::pipeline::{
    ExtractChoices, FactSheet, Pipeline, PipelineSet, ReportChoices, ReportFormat, Stage, StageChoices,
};
use crate::result::{ResultParts, assemble};
use crate::sandbox::{Outcome, Request, RunLimits, Sandbox, inspect_pages, inspect_reading};
use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use smartexus_categorize::{Rulebook, categorize};
use smartexus_domain::{DocumentState, FailureCode, MediaType, Pages, Reading, ResultStatus, StageKind};
use smartexus_extract::{ExtractLimits, ExtractOptions, Password};
use smartexus_parse::ParseOptions;
use smartexus_platform::port::{
    Artifact, Document, DocumentOutcome, JobState, Lease, Lookup, NextJob, ObjectKind, ObjectName, Settlement,
};
use smartexus_platform::{PlatformError, World};
use std::sync::Arc;
use std::time::Duration;

/// What every run uses.
#[derive(Clone)]
pub(super) struct Tools {
    pub(super) world: World,
    pub(super) pipelines: Arc<PipelineSet>,
    pub(super) sandbox: Arc<Sandbox>,
    pub(super) rulebook: Arc<Rulebook>,
}

/// One run of one stage for one document.
pub(super) struct StageRun<'w> {
    tools: &'w Tools,
    lease: &'w Lease,
    pipeline: Arc<Pipeline>,
    document: Document,
}

/// What a stage leaves.
#[derive(Default)]
struct Left {
    artifacts: Vec<Artifact>,
    media_type: Option<MediaType>,
    pages: Option<Pages>,
    reading: Option<Reading>,
}

impl<'w> StageRun<'w> {
    /// Looks up what the run is about.
    pub(super) async fn open(tools: &'w Tools, lease: &'w Lease) -> Result<Self, JobError> {
        let pipeline = tools.pipelines.get(&lease.pipeline).ok_or(JobError::UnknownPipeline)?;
        match tools.world.documents.document(lease.token.workspace, lease.document).await? {
            Lookup::Found(document) => {
                Ok(Self { tools, lease, pipeline: Arc::new(pipeline.clone()), document })
            }
            // Erased meanwhile: settling will be fenced out.
            Lookup::Gone(_) | Lookup::Absent => Err(PlatformError::KeyDestroyed.into()),
        }
    }

    /// Runs the stage and says what follows.
    pub(super) async fn run(&self) -> Result<Settlement, JobError> {
        let left = match self.pipeline.stage(self.lease.stage).map(|stage| &stage.choices) {
            Some(StageChoices::Extract(choices)) => self.extract(*choices).await?,
            Some(StageChoices::Parse(options)) => self.parse(options).await?,
            Some(StageChoices::Categorize) => self.categorize().await?,
            Some(StageChoices::Report(choices)) => self.report(choices).await?,
            // The pipeline does not ask for this stage, so it does not run.
            None => Left::default(),
        };
        let (next, outcome) = self.onward(&left).await?;
        let Left { artifacts, media_type, .. } = left;
        Ok(Settlement { artifacts, next, fan_out: Vec::new(), outcome, media_type, timing_us: 0 })
    }

    async fn extract(&self, choices: ExtractChoices) -> Result<Left, JobError> {
        let accepts = &self.pipeline.accepts;
        if self.document.bytes > accepts.size_bytes {
            return Err(JobError::Rejected(FailureCode::TooLarge));
        }
        let metadata = self.tools.world.metadata(&self.document).await?;
        let options = ExtractOptions {
            password: metadata.password.map(|password| Password::new(password.expose())),
            limits: ExtractLimits {
                pages: accepts.pages,
                words_per_page: choices.words_per_page,
                glyphs_per_page: choices.glyphs_per_page,
                size_bytes: accepts.size_bytes,
            },
        };
        let reply = self.in_sandbox(&Request::Extract { options }, &self.source().await?).await?;
        let pipeline = Arc::clone(&self.pipeline);
        let pages = off_thread(move || inspect_pages(&reply, &pipeline, choices.words_per_page)).await??;
        if !accepts.media.contains(&pages.media_type) {
            return Err(JobError::Rejected(FailureCode::UnsupportedMedia));
        }
        let artifact = self.keep_json(ObjectKind::artifact(StageKind::Extract), &pages).await?;
        Ok(Left {
            artifacts: vec![artifact],
            media_type: Some(pages.media_type),
            pages: Some(pages),
            reading: None,
        })
    }

    async fn parse(&self, options: &ParseOptions) -> Result<Left, JobError> {
        let stored = self.artifact(StageKind::Extract).await?.ok_or(JobError::Artifact)?;
        let pages: Pages = read_json(stored.clone()).await?;
        let options = options.clone();
        let rows_max = options.rows_max;
        let reply = if pages.pages.is_empty() {
            let request = Request::ParseStructured { media: pages.media_type, options };
            self.in_sandbox(&request, &self.source().await?).await?
        } else {
            self.in_sandbox(&Request::ParsePages { options }, &stored).await?
        };
        let page_count = pages.pages.len();
        let reading = off_thread(move || inspect_reading(&reply, rows_max, page_count)).await??;
        let artifact = self.keep_json(ObjectKind::artifact(StageKind::Parse), &reading).await?;
        Ok(Left { artifacts: vec![artifact], media_type: None, pages: Some(pages), reading: Some(reading) })
    }

    async fn categorize(&self) -> Result<Left, JobError> {
        let mut reading = self.reading(&[StageKind::Parse]).await?;
        let rulebook = Arc::clone(&self.tools.rulebook);
        let reading = off_thread(move || {
            categorize(&mut reading, &rulebook);
            reading
        })
        .await?;
        let artifact = self.keep_json(ObjectKind::artifact(StageKind::Categorize), &reading).await?;
        Ok(Left { artifacts: vec![artifact], media_type: None, pages: None, reading: Some(reading) })
    }

    async fn report(&self, choices: &ReportChoices) -> Result<Left, JobError> {
        let reading = self.reading(&[StageKind::Categorize, StageKind::Parse]).await?;
        let pages = self.pages().await?;
        let metadata = self.tools.world.metadata(&self.document).await?;
        let facts = FactSheet { pages: Some(&pages), reading: Some(&reading) };
        let status = if needs_person(&self.pipeline, &facts) {
            ResultStatus::NeedsReview
        } else {
            ResultStatus::Approved
        };
        // Without timings, so that the same document gives the same files.
        let result = Arc::new(assemble(ResultParts {
            document: &self.document,
            metadata: &metadata,
            pages: Some(&pages),
            reading: Some(reading.clone()),
            status,
            skipped: &[],
            timings_ms: std::collections::BTreeMap::new(),
        }));
        let mut artifacts = Vec::new();
        for format in &choices.formats {
            let result = Arc::clone(&result);
            let format = *format;
            let file = off_thread(move || match format {
                ReportFormat::Csv => smartexus_report::csv(&result),
                ReportFormat::Xlsx => smartexus_report::xlsx(&result),
            })
            .await??;
            let kind = ObjectKind::named(format.object_kind()).map_err(|_| JobError::Artifact)?;
            artifacts.push(self.keep(kind, file.into()).await?);
        }
        Ok(Left { artifacts, media_type: None, pages: Some(pages), reading: Some(reading) })
    }

    /// The next job, or where the document ends.
    async fn onward(&self, left: &Left) -> Result<(Vec<NextJob>, DocumentOutcome), JobError> {
        if let Some(stage) = self.pipeline.after(self.lease.stage)
            && self.wanted(stage, left).await?
        {
            let next = NextJob { stage: stage.kind(), priority: self.lease.priority };
            return Ok((vec![next], DocumentOutcome::Continues));
        }
        let facts = FactSheet { pages: left.pages.as_ref(), reading: left.reading.as_ref() };
        let asks = needs_person(&self.pipeline, &facts);
        let state = if asks { DocumentState::NeedsReview } else { DocumentState::Approved };
        Ok((Vec::new(), DocumentOutcome::Completed(state)))
    }

    /// Whether a stage's `when` holds; pages are fetched only for a condition that asks about them.
    async fn wanted(&self, stage: &Stage, left: &Left) -> Result<bool, JobError> {
        let Some(condition) = &stage.when else { return Ok(true) };
        let fetched = match (&left.pages, condition.fact.declared_by()) {
            (None, StageKind::Extract) => Some(self.pages().await?),
            (Some(_), StageKind::Extract)
            | (_, StageKind::Parse | StageKind::Categorize | StageKind::Report) => None,
        };
        let pages = left.pages.as_ref().or(fetched.as_ref());
        Ok(condition.holds(&FactSheet { pages, reading: left.reading.as_ref() }))
    }

    async fn in_sandbox(&self, request: &Request, payload: &[u8]) -> Result<Vec<u8>, JobError> {
        let limits = self.remaining().await?;
        let sandbox = Arc::clone(&self.tools.sandbox);
        let outcome = sandbox.run(request, payload, &limits).await?;
        // The next document's child locks itself down while this one's reply is looked at.
        tokio::spawn(async move { sandbox.warm(&limits).await });
        match outcome {
            Outcome::Done(reply) => Ok(reply),
            Outcome::Failed(code) => Err(JobError::Rejected(code)),
            Outcome::Died(death) => Err(JobError::Died(death)),
        }
    }

    /// The document's limits, less the time that its earlier stages took.
    async fn remaining(&self) -> Result<RunLimits, JobError> {
        let limits = self.pipeline.limits.run_limits();
        if self.lease.stage == StageKind::Extract {
            return Ok(limits);
        }
        let jobs = self.tools.world.jobs.of_document(self.lease.token.workspace, self.lease.document).await?;
        let earlier = jobs.iter().filter(|job| job.run == self.lease.run && job.state == JobState::Done);
        let spent_us: u64 = earlier.filter_map(|job| job.timing_us).sum();
        let timeout = limits.timeout.saturating_sub(Duration::from_micros(spent_us));
        Ok(RunLimits { timeout, ..limits })
    }

    async fn source(&self) -> Result<Bytes, JobError> {
        let name = ObjectName::source(self.lease.token.workspace, self.lease.document);
        Ok(self.tools.world.read_object(&name, self.pipeline.accepts.size_bytes).await?)
    }

    async fn pages(&self) -> Result<Pages, JobError> {
        let stored = self.artifact(StageKind::Extract).await?.ok_or(JobError::Artifact)?;
        read_json(stored).await
    }

    /// The reading that the first of these stages left.
    async fn reading(&self, stages: &[StageKind]) -> Result<Reading, JobError> {
        for stage in stages {
            if let Some(stored) = self.artifact(*stage).await? {
                return read_json(stored).await;
            }
        }
        Err(JobError::Artifact)
    }

    async fn artifact(&self, stage: StageKind) -> Result<Option<Bytes>, JobError> {
        let world = &self.tools.world;
        let kind = ObjectKind::artifact(stage);
        let found = world.documents.artifact(self.lease.token.workspace, self.lease.document, &kind).await?;
        match found.found().flatten() {
            Some(artifact) => Ok(Some(world.read_object(&artifact.object, artifact.bytes).await?)),
            None => Ok(None),
        }
    }

    async fn keep_json(&self, kind: ObjectKind, value: &impl Serialize) -> Result<Artifact, JobError> {
        let content = serde_json::to_vec(value).map_err(|_| JobError::Artifact)?;
        self.keep(kind, content.into()).await
    }

    async fn keep(&self, kind: ObjectKind, content: Bytes) -> Result<Artifact, JobError> {
        Ok(self.tools.world.put_artifact(self.lease, kind, content).await?)
    }
}

/// Long work on a thread where it stops nobody else. A panic is a fault of this run alone.
async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, JobError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| JobError::Panicked)
}

async fn read_json<T: DeserializeOwned + Send + 'static>(content: Bytes) -> Result<T, JobError> {
    off_thread(move || serde_json::from_slice(&content).map_err(|_| JobError::Artifact)).await?
}
