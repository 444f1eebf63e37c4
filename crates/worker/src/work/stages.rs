//! The order of stages, in one place: what each takes, where it runs, what it leaves, what follows.
//!
//! ```text
//! extract     source                 child      pages; a long document in parts, gathered in here
//! parse       pages, or the source   child      statement
//! categorize  statement              in here    enriched
//! analyze     enriched or statement  in here    figures (see `figures`)
//! report      the same, and figures  in here    report/… (see `figures`)
//! forms.fill  a blank, readings      child      form/… (see `forms`)
//! ```

use super::ending::JobError;
use super::needs_person;
use super::tally::Tally;
use crate::categories::{Endpoint, Known};
use crate::pipeline::{
    CategorizeChoices, EndpointChoice, ExtractChoices, FactSheet, Pipeline, PipelineSet, Stage, StageChoices,
};
use crate::sandbox::{
    Extracted, Outcome, Recognition, Recognized, Request, RunLimits, Sandbox, inspect_extracted,
    inspect_part, inspect_reading,
};
use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use smartexus_analyze::Analyst;
use smartexus_categorize::{Answers, Rulebook, categorize, categorize_for, questions};
use smartexus_domain::{
    DocumentState, FailureCode, Finding, GatherError, MediaType, PageMethod, PageRange, Pages, PartPages,
    Reading, StageKind, gather,
};
use smartexus_extract::{ExtractOptions, OcrOptions, Password};
use smartexus_parse::ParseOptions;
use smartexus_platform::port::{
    Artifact, Document, DocumentOutcome, JobPart, JobRecord, JobState, Lease, Lookup, NextJob, ObjectKind,
    ObjectName, Settlement,
};
use smartexus_platform::{PlatformError, World};
use std::num::NonZeroU32;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// What a model outside answered, as an artifact of the document.
const ANSWERS: &str = "answers/categories";

/// What every run uses.
#[derive(Clone)]
pub(super) struct Tools {
    pub(super) world: World,
    pub(super) pipelines: Arc<PipelineSet>,
    pub(super) sandbox: Arc<Sandbox>,
    pub(super) rulebook: Arc<Rulebook>,
    /// What workspaces know beside it.
    pub(super) known: Known,
    /// A model outside, where somebody named one.
    pub(super) endpoint: Option<Endpoint>,
    /// The data that figures rest on, read when it is first asked for.
    pub(super) analyst: Arc<OnceLock<Arc<Analyst>>>,
    /// No stage runs; everything around it does.
    pub(super) hollow: bool,
}

/// One run of one stage for one document.
pub(super) struct StageRun<'w> {
    pub(super) tools: &'w Tools,
    pub(super) lease: &'w Lease,
    pub(super) pipeline: Arc<Pipeline>,
    pub(super) document: Document,
}

/// What a stage leaves.
#[derive(Default)]
pub(super) struct Left {
    pub(super) artifacts: Vec<Artifact>,
    pub(super) media_type: Option<MediaType>,
    pub(super) pages: Option<Pages>,
    pub(super) reading: Option<Reading>,
    /// Of a case or a form: whether a person is asked. Of a document, its reading says so.
    pub(super) asks: Option<bool>,
    /// Parts that this stage is split into.
    pub(super) fan_out: Vec<PageRange>,
    pub(super) tally: Tally,
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
    pub(super) async fn run(&self) -> Result<(Settlement, Tally), JobError> {
        let stage = self.pipeline.stage(self.lease.stage).filter(|_| !self.tools.hollow);
        let left = match stage.map(|stage| &stage.choices) {
            Some(StageChoices::Extract(choices)) => self.extract(*choices).await?,
            Some(StageChoices::Parse(options)) => self.parse(options).await?,
            Some(StageChoices::Categorize(choices)) => self.categorize(*choices).await?,
            Some(StageChoices::Analyze(choices)) => self.analyze(*choices).await?,
            Some(StageChoices::Report(choices)) => self.report(choices).await?,
            Some(StageChoices::Fill(choices)) => self.fill(*choices).await?,
            // The pipeline does not ask for this stage, so it does not run.
            None => Left::default(),
        };
        let (next, outcome) = self.onward(&left).await?;
        let Left { artifacts, media_type, fan_out, tally, .. } = left;
        Ok((Settlement { artifacts, next, fan_out, outcome, media_type, timing_us: 0 }, tally))
    }

    async fn extract(&self, choices: ExtractChoices) -> Result<Left, JobError> {
        match self.lease.part {
            JobPart::Whole => self.extract_whole(choices).await,
            JobPart::Pages(range) => self.extract_part(choices, range).await,
            JobPart::Gather => self.gather_parts().await,
        }
    }

    /// All pages at once, or, of a long document, the division of its pages into jobs.
    async fn extract_whole(&self, choices: ExtractChoices) -> Result<Left, JobError> {
        let options = self.extract_options(choices, None).await?;
        let pages_max = self.pipeline.limits.pages_per_job;
        let request = Request::ExtractOrSurvey { options: without_ocr(&options), pages_max };
        let source = self.source().await?;
        let reply = self.in_sandbox(&request, &source).await?;
        let pipeline = Arc::clone(&self.pipeline);
        let inspect = move || inspect_extracted(&reply, &pipeline, choices.words_per_page);
        match off_thread(inspect).await?? {
            Extracted::Pages(mut pages) => {
                self.check_media(pages.media_type)?;
                let recognized = self.recognize(&mut pages, &options, choices, &source).await?;
                self.leave_pages(recognized.whole(*pages).map_err(JobError::Rejected)?).await
            }
            Extracted::Survey(survey) => {
                self.check_media(survey.media_type)?;
                let each = NonZeroU32::new(self.pipeline.limits.pages_per_job).unwrap_or(NonZeroU32::MIN);
                let fan_out = PageRange::divide(survey.pages, each).collect();
                Ok(Left { media_type: Some(survey.media_type), fan_out, ..Left::default() })
            }
        }
    }

    async fn extract_part(&self, choices: ExtractChoices, range: PageRange) -> Result<Left, JobError> {
        let options = self.extract_options(choices, Some(range)).await?;
        let source = self.source().await?;
        let request = Request::Extract { options: without_ocr(&options) };
        let reply = self.in_sandbox(&request, &source).await?;
        let inspect = move || inspect_part(&reply, range, choices.words_per_page);
        let mut pages = off_thread(inspect).await??;
        self.recognize(&mut pages, &options, choices, &source).await?;
        let artifact = self.keep_json(part_kind(range)?, &pages).await?;
        Ok(Left { artifacts: vec![artifact], ..Left::default() })
    }

    /// What came home of the parts. The pages of one that did not are named and stand empty, so that nothing on the
    /// document can be verified.
    async fn gather_parts(&self) -> Result<Left, JobError> {
        let jobs = self.tools.world.jobs.of_document(self.lease.token.workspace, self.lease.document).await?;
        let own = |job: &&JobRecord| job.stage == StageKind::Extract && job.run == self.lease.run;
        let (mut home, mut total, mut reason) = (Vec::new(), 0, None);
        for job in jobs.iter().filter(own) {
            let Some(range) = job.part.pages() else { continue };
            total = total.max(range.last());
            reason = reason.or(job.failure);
            if job.state == JobState::Done {
                let artifact = self.find(&part_kind(range)?).await?.ok_or(JobError::Artifact)?;
                home.push((range, artifact));
            }
        }
        // What is too much at once is too much in parts; here it would be read outside the sandbox.
        let bytes = home.iter().fold(0_u64, |sum, (_, artifact)| sum.saturating_add(artifact.bytes));
        if bytes > self.pipeline.limits.reply_bytes {
            return Err(JobError::Rejected(FailureCode::TooLarge));
        }
        let mut parts = Vec::new();
        for (range, artifact) in home {
            let stored = self.tools.world.read_object(&artifact.object, artifact.bytes).await?;
            parts.push(PartPages { range, pages: read_json(stored).await? });
        }
        let recognized = Recognized::of_parts(&parts);
        match off_thread(move || gather(parts, total)).await? {
            Ok(pages) => self.leave_pages(pages).await,
            Err(GatherError::NothingReadable) if recognized == Recognized::Unavailable => {
                Err(JobError::Rejected(FailureCode::OcrUnavailable))
            }
            // The jobs know why.
            Err(GatherError::NoPart) => Err(JobError::Rejected(reason.unwrap_or(FailureCode::ReaderCrashed))),
            Err(error) => Err(JobError::Rejected(error.code())),
        }
    }

    async fn extract_options(
        &self,
        choices: ExtractChoices,
        range: Option<PageRange>,
    ) -> Result<ExtractOptions, JobError> {
        let accepts = &self.pipeline.accepts;
        if self.document.bytes > accepts.size_bytes {
            return Err(JobError::Rejected(FailureCode::TooLarge));
        }
        let metadata = self.tools.world.metadata(&self.document).await?;
        Ok(ExtractOptions {
            password: metadata.password.map(|password| Password::new(password.expose())),
            limits: choices.limits(accepts),
            range,
            ocr: choices.ocr.map(|languages| OcrOptions { languages }),
            ocr_always: false,
            threads: None,
        })
    }

    /// Pages that the text layer left unread, in children of their own.
    async fn recognize(
        &self,
        pages: &mut Pages,
        options: &ExtractOptions,
        choices: ExtractChoices,
        payload: &[u8],
    ) -> Result<Recognized, JobError> {
        let recognition = Recognition {
            sandbox: &self.tools.sandbox,
            options,
            limits: self.pipeline.limits.run_limits(),
            page_timeout: Duration::from_millis(choices.page_timeout_ms),
            payload,
        };
        Ok(recognition.complete(pages).await?)
    }

    fn check_media(&self, media_type: MediaType) -> Result<(), JobError> {
        if self.pipeline.accepts.media.contains(&media_type) {
            Ok(())
        } else {
            Err(JobError::Rejected(FailureCode::UnsupportedMedia))
        }
    }

    async fn leave_pages(&self, pages: Pages) -> Result<Left, JobError> {
        self.check_media(pages.media_type)?;
        let tally = Tally::of_pages(&pages);
        let artifact = self.keep_json(ObjectKind::artifact(StageKind::Extract), &pages).await?;
        let media_type = Some(pages.media_type);
        Ok(Left { artifacts: vec![artifact], media_type, pages: Some(pages), tally, ..Left::default() })
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
            let limits = self.remaining(self.recognizing(&pages)).await?;
            self.in_sandbox_within(limits, &Request::ParsePages { options }, &stored).await?
        };
        let page_count = pages.pages.len();
        let reading = off_thread(move || inspect_reading(&reply, rows_max, page_count)).await??;
        let tally = Tally::of_reading(&reading);
        let artifact = self.keep_json(ObjectKind::artifact(StageKind::Parse), &reading).await?;
        let (pages, reading) = (Some(pages), Some(reading));
        Ok(Left { artifacts: vec![artifact], pages, reading, tally, ..Left::default() })
    }

    async fn categorize(&self, choices: CategorizeChoices) -> Result<Left, JobError> {
        let reading = self.decided().await?;
        let (reading, answers) = match choices.endpoint {
            EndpointChoice::Never => (reading, None),
            EndpointChoice::Ask => self.ask_about(reading).await?,
        };
        let artifact = self.keep_json(ObjectKind::artifact(StageKind::Categorize), &reading).await?;
        let artifacts = answers.into_iter().chain([artifact]).collect();
        Ok(Left { artifacts, reading: Some(reading), ..Left::default() })
    }

    /// What a model outside says of names that nothing here can tell. Its answers are kept: an input of the stage.
    async fn ask_about(&self, reading: Reading) -> Result<(Reading, Option<Artifact>), JobError> {
        let (workspace, document) = (self.lease.token.workspace, self.lease.document);
        let Some(endpoint) = self.tools.endpoint.as_ref().filter(|endpoint| endpoint.serves(workspace))
        else {
            return Ok((reading, None));
        };
        let kind = ObjectKind::named(ANSWERS).map_err(|_| JobError::Artifact)?;
        let kept: Option<Answers> = match self.artifact_of(&kind).await? {
            Some(stored) => Some(read_json(stored).await?),
            None => None,
        };
        let book = Arc::clone(&self.tools.rulebook);
        let (mut reading, open) = off_thread(move || {
            let open = questions(&reading, &book);
            (reading, open)
        })
        .await?;
        let (world, book) = (&self.tools.world, &self.tools.rulebook);
        let asked = endpoint.ask_about(world, (workspace, document), open, (kept, book)).await?;
        let Some(asked) = asked else { return Ok((reading, None)) };
        let book = Arc::clone(book);
        let (reading, answers) = off_thread(move || {
            let answers = asked.apply(&mut reading, &book);
            (reading, answers)
        })
        .await?;
        Ok((reading, Some(self.keep_json(kind, &answers).await?)))
    }

    /// The reading as the shipped data and the workspace have it.
    async fn decided(&self) -> Result<Reading, JobError> {
        let mut reading = self.reading(&[StageKind::Parse]).await?;
        let rulebook = Arc::clone(&self.tools.rulebook);
        let known = self.tools.known.of(&self.tools.world, &rulebook, self.lease.token.workspace).await?;
        off_thread(move || {
            match &known {
                Some(known) => {
                    categorize_for(&mut reading, &rulebook, &known.workspace);
                    reading.findings.extend(ignored(known.ignored));
                }
                None => categorize(&mut reading, &rulebook),
            }
            reading.categorized_with = known.map(|known| known.inputs);
            reading
        })
        .await
    }

    /// The next job, or where the document ends.
    async fn onward(&self, left: &Left) -> Result<(Vec<NextJob>, DocumentOutcome), JobError> {
        // The stage is not over before its parts are gathered.
        if !left.fan_out.is_empty() || self.lease.part.pages().is_some() {
            return Ok((Vec::new(), DocumentOutcome::Continues));
        }
        if let Some(stage) = self.pipeline.after(self.lease.stage)
            && self.wanted(stage, left).await?
        {
            let next = NextJob { stage: stage.kind(), priority: self.lease.priority };
            return Ok((vec![next], DocumentOutcome::Continues));
        }
        let facts = FactSheet { pages: left.pages.as_ref(), reading: left.reading.as_ref() };
        let asks = left.asks.unwrap_or_else(|| needs_person(&self.pipeline, &facts));
        let state = if asks { DocumentState::NeedsReview } else { DocumentState::Approved };
        Ok((Vec::new(), DocumentOutcome::Completed(state)))
    }

    /// Whether a stage's `when` holds; pages are fetched only for a condition that asks about them.
    async fn wanted(&self, stage: &Stage, left: &Left) -> Result<bool, JobError> {
        let Some(condition) = &stage.when else { return Ok(true) };
        let fetched = match (&left.pages, condition.fact.declared_by()) {
            (None, StageKind::Extract) => Some(self.pages().await?),
            (Some(_), StageKind::Extract)
            | (
                _,
                StageKind::Parse
                | StageKind::Categorize
                | StageKind::Analyze
                | StageKind::Report
                | StageKind::Fill,
            ) => None,
        };
        let pages = left.pages.as_ref().or(fetched.as_ref());
        Ok(condition.holds(&FactSheet { pages, reading: left.reading.as_ref() }))
    }

    pub(super) async fn in_sandbox(&self, request: &Request, payload: &[u8]) -> Result<Vec<u8>, JobError> {
        let limits = self.remaining(Duration::ZERO).await?;
        self.in_sandbox_within(limits, request, payload).await
    }

    async fn in_sandbox_within(
        &self,
        limits: RunLimits,
        request: &Request,
        payload: &[u8],
    ) -> Result<Vec<u8>, JobError> {
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

    /// Time that recognizing these pages was allowed, each by its own limit.
    fn recognizing(&self, pages: &Pages) -> Duration {
        let recognized = pages.pages.iter().filter(|page| page.method != PageMethod::Text).count();
        match self.pipeline.stage(StageKind::Extract).map(|stage| &stage.choices) {
            Some(StageChoices::Extract(choices)) => Duration::from_millis(choices.page_timeout_ms)
                .saturating_mul(u32::try_from(recognized).unwrap_or(u32::MAX)),
            Some(
                StageChoices::Parse(_)
                | StageChoices::Categorize(_)
                | StageChoices::Analyze(_)
                | StageChoices::Report(_)
                | StageChoices::Fill(_),
            )
            | None => Duration::ZERO,
        }
    }

    /// The document's limits, less the time that its earlier stages took; what had a limit of its own is not counted.
    async fn remaining(&self, recognizing: Duration) -> Result<RunLimits, JobError> {
        let limits = self.pipeline.limits.run_limits();
        if self.lease.stage == StageKind::Extract {
            return Ok(limits);
        }
        let jobs = self.tools.world.jobs.of_document(self.lease.token.workspace, self.lease.document).await?;
        // Parts ran beside each other, each with limits of its own.
        let counts = |job: &&JobRecord| {
            job.run == self.lease.run && job.state == JobState::Done && job.part.pages().is_none()
        };
        let earlier = jobs.iter().filter(counts);
        let spent_us: u64 = earlier.filter_map(|job| job.timing_us).sum();
        let spent = Duration::from_micros(spent_us).saturating_sub(recognizing);
        let timeout = limits.timeout.saturating_sub(spent);
        Ok(RunLimits { timeout, ..limits })
    }

    pub(super) async fn source(&self) -> Result<Bytes, JobError> {
        let name = ObjectName::source(self.lease.token.workspace, self.lease.document);
        Ok(self.tools.world.read_object(&name, self.pipeline.accepts.size_bytes).await?)
    }

    pub(super) async fn pages(&self) -> Result<Pages, JobError> {
        let stored = self.artifact(StageKind::Extract).await?.ok_or(JobError::Artifact)?;
        read_json(stored).await
    }

    /// The reading that the first of these stages left.
    pub(super) async fn reading(&self, stages: &[StageKind]) -> Result<Reading, JobError> {
        for stage in stages {
            if let Some(stored) = self.artifact(*stage).await? {
                return read_json(stored).await;
            }
        }
        Err(JobError::Artifact)
    }

    pub(super) async fn artifact(&self, stage: StageKind) -> Result<Option<Bytes>, JobError> {
        self.artifact_of(&ObjectKind::artifact(stage)).await
    }

    pub(super) async fn artifact_of(&self, kind: &ObjectKind) -> Result<Option<Bytes>, JobError> {
        match self.find(kind).await? {
            Some(artifact) => Ok(Some(self.tools.world.read_object(&artifact.object, artifact.bytes).await?)),
            None => Ok(None),
        }
    }

    async fn find(&self, kind: &ObjectKind) -> Result<Option<Artifact>, JobError> {
        let documents = &self.tools.world.documents;
        let found = documents.artifact(self.lease.token.workspace, self.lease.document, kind).await?;
        Ok(found.found().flatten())
    }

    pub(super) async fn keep_json(
        &self,
        kind: ObjectKind,
        value: &impl Serialize,
    ) -> Result<Artifact, JobError> {
        let content = serde_json::to_vec(value).map_err(|_| JobError::Artifact)?;
        self.keep(kind, content.into()).await
    }

    pub(super) async fn keep(&self, kind: ObjectKind, content: Bytes) -> Result<Artifact, JobError> {
        Ok(self.tools.world.put_artifact(self.lease, kind, content).await?)
    }
}

/// Rules and corrections that this release does not carry any more are told, for they were meant to decide.
fn ignored(count: usize) -> Option<Finding> {
    let message = format!(
        "{count} rules or corrections of the workspace name a category that does not exist any more."
    );
    (count > 0).then(|| Finding::new("category_rule_ignored", message))
}

/// The first look at a document is at its text layer.
fn without_ocr(options: &ExtractOptions) -> ExtractOptions {
    ExtractOptions { ocr: None, ..options.clone() }
}

/// The artifact of one part: `pages/<first page>`.
fn part_kind(range: PageRange) -> Result<ObjectKind, JobError> {
    let name = format!("{}/{:06}", StageKind::Extract.artifact(), range.first());
    ObjectKind::named(&name).map_err(|_| JobError::Artifact)
}

/// Long work on a thread where it stops nobody else. A panic is a fault of this run alone.
pub(super) async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, JobError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| JobError::Panicked)
}

pub(super) async fn read_json<T: DeserializeOwned + Send + 'static>(content: Bytes) -> Result<T, JobError> {
    off_thread(move || serde_json::from_slice(&content).map_err(|_| JobError::Artifact)).await?
}
