//! Where cases are made and looked at.

use super::request::{CaseRequest, CaseSource};
use super::{CaseFault, PinnedReading};
use crate::pipeline::{Pipeline, PipelineSet, ReportChoices, ReportFormat, StageChoices};
use futures::StreamExt as _;
use smartexus_analyze::Analyst;
use smartexus_domain::{DocumentId, DocumentState, MediaType, StageKind, WorkspaceId};
use smartexus_platform::port::{
    Accepted, Actor, Derivation, Document, DocumentRole, Lookup, NextJob, ObjectName, Priority, TraceParent,
};
use smartexus_platform::{PlatformError, Submission, World};
use smartexus_report::ReportError;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Longest title, in characters.
const TITLE_CHARS_MAX: usize = 200;

/// Cases of one workspace, for one actor.
pub struct CaseDesk {
    world: World,
    pipelines: Arc<PipelineSet>,
    workspace: WorkspaceId,
    actor: Actor,
}

/// What somebody wishes for.
#[derive(Debug, Clone, Default)]
pub struct CaseWish {
    /// Which documents, in any order.
    pub documents: Vec<DocumentId>,
    /// A pipeline of cases; `None`: the one named `case`.
    pub pipeline: Option<String>,
    /// Files out of those that the pipeline writes; `None`: all of them, but QBO where no bank's id is given.
    pub formats: Option<Vec<String>>,
    /// How the reports are headed.
    pub title: Option<String>,
    /// Number under which the bank is listed for QuickBooks.
    pub bank_id: Option<String>,
    /// Write files that have no place for a verdict although not everything is proved.
    pub allow_unverified: bool,
    /// What changes figures, as a file of `pipelines/analytics/` says it.
    pub choices: Option<String>,
    /// The trace it belongs to.
    pub trace: Option<TraceParent>,
}

/// A case as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseView {
    /// Its row.
    pub document: Document,
    /// What it is made from, by id.
    pub documents: Vec<DocumentId>,
    /// One of them reads otherwise since: the case shows what was, and the same wish again makes a new one.
    pub outdated: bool,
    /// How the reports are headed.
    pub title: Option<String>,
    /// Names of what was made.
    pub artifacts: Vec<String>,
}

impl CaseDesk {
    /// A desk before this world.
    #[must_use]
    pub const fn new(
        world: World,
        pipelines: Arc<PipelineSet>,
        workspace: WorkspaceId,
        actor: Actor,
    ) -> Self {
        Self { world, pipelines, workspace, actor }
    }

    /// Makes a case of documents that are all settled. The same wish over the same readings is the same case.
    ///
    /// # Errors
    /// [`CaseFault`].
    pub async fn make(&self, wish: CaseWish) -> Result<Accepted, CaseFault> {
        let pipeline = self.pipeline(wish.pipeline.as_deref())?;
        let documents: BTreeSet<DocumentId> = wish.documents.iter().copied().collect();
        let most = pipeline.case_limits().documents_max;
        if documents.is_empty() {
            return Err(CaseFault::refused("no_documents", "a case names at least one document"));
        }
        if documents.len() > most {
            return Err(CaseFault::refused(
                "too_many_documents",
                format!("a case has at most {most} documents"),
            ));
        }
        let formats = formats(pipeline, &wish)?;
        check(&wish)?;
        let mut sources = Vec::with_capacity(documents.len());
        for document in &documents {
            sources.push(self.source(*document).await?);
        }
        let request = CaseRequest {
            schema: CaseRequest::SCHEMA.to_owned(),
            documents: sources,
            formats,
            title: wish.title,
            bank_id: wish.bank_id,
            allow_unverified: wish.allow_unverified,
            choices: wish.choices,
        };
        let content =
            serde_json::to_vec(&request).map_err(|_| PlatformError::Inconsistent("case request"))?;
        let submission = Submission {
            actor: self.actor,
            pipeline: pipeline.reference(),
            retention: pipeline.retention.clone(),
            media_type: MediaType::Json,
            file_name: None,
            password: None,
            first: NextJob { stage: pipeline.first(), priority: Priority::Interactive },
            trace: wish.trace,
            limit_bytes: pipeline.accepts.size_bytes,
        };
        let derivation = Derivation { role: DocumentRole::Case, sources: documents.into_iter().collect() };
        let body = futures::stream::once(std::future::ready(Ok(content.into()))).boxed();
        Ok(self.world.accept_derived(self.workspace, submission, derivation, body).await?)
    }

    /// A case as it stands.
    ///
    /// # Errors
    /// [`CaseFault::Absent`] for a document that is no case, too; [`CaseFault::Gone`]; [`CaseFault::Platform`].
    pub async fn look(&self, id: DocumentId) -> Result<CaseView, CaseFault> {
        let document = self.found(id).await?;
        if document.role != DocumentRole::Case {
            return Err(CaseFault::Absent(id));
        }
        let name = ObjectName::source(self.workspace, id);
        let content = self.world.read_object(&name, document.bytes).await?;
        let request: CaseRequest =
            serde_json::from_slice(&content).map_err(|_| PlatformError::Inconsistent("case request"))?;
        let mut outdated = false;
        for source in &request.documents {
            let found = self.world.documents.document(self.workspace, source.document).await?.found();
            // One that is being erased takes the case with it in the same moment.
            let Some(found) = found.filter(|found| found.state.is_settled()) else { continue };
            outdated |= reading_of(&self.world, &found).await? != source.reading;
        }
        let artifacts = self.world.documents.artifacts(self.workspace, id).await?.found().unwrap_or_default();
        Ok(CaseView {
            document,
            documents: request.documents.iter().map(|source| source.document).collect(),
            outdated,
            title: request.title,
            artifacts: artifacts.iter().map(|artifact| artifact.object.kind.as_str().to_owned()).collect(),
        })
    }

    fn pipeline(&self, name: Option<&str>) -> Result<&Pipeline, CaseFault> {
        let found = self.pipelines.newest(name.unwrap_or(Pipeline::CASE));
        found.filter(|pipeline| pipeline.is_of_cases()).ok_or_else(|| {
            CaseFault::refused("unknown_pipeline", "there is no pipeline of cases with this name")
        })
    }

    async fn source(&self, id: DocumentId) -> Result<CaseSource, CaseFault> {
        let document = self.found(id).await?;
        if document.role != DocumentRole::Document {
            return Err(CaseFault::refused("not_a_document", format!("{id} is itself made from documents")));
        }
        if !document.state.is_settled() {
            return Err(CaseFault::NotReady(id));
        }
        Ok(CaseSource { document: id, reading: reading_of(&self.world, &document).await? })
    }

    async fn found(&self, id: DocumentId) -> Result<Document, CaseFault> {
        match self.world.documents.document(self.workspace, id).await? {
            Lookup::Found(document) => Ok(document),
            Lookup::Gone(_) => Err(CaseFault::Gone(id)),
            Lookup::Absent => Err(CaseFault::Absent(id)),
        }
    }
}

/// What a settled document says now. A failed one claims nothing, whatever its earlier stages left.
pub(crate) async fn reading_of(
    world: &World,
    document: &Document,
) -> Result<Option<PinnedReading>, PlatformError> {
    if document.state == DocumentState::Failed {
        return Ok(None);
    }
    let artifacts = world.documents.artifacts(document.workspace, document.id).await?;
    Ok(artifacts.found().and_then(|artifacts| PinnedReading::of(&artifacts)))
}

/// The files that are wished for, in the pipeline's order.
fn formats(pipeline: &Pipeline, wish: &CaseWish) -> Result<Vec<ReportFormat>, CaseFault> {
    let written: &[ReportFormat] = match pipeline.stage(StageKind::Report).map(|stage| &stage.choices) {
        Some(StageChoices::Report(ReportChoices { formats, .. })) => formats,
        Some(
            StageChoices::Extract(_)
            | StageChoices::Parse(_)
            | StageChoices::Categorize(_)
            | StageChoices::Analyze(_)
            | StageChoices::Fill(_),
        )
        | None => &[],
    };
    let Some(names) = &wish.formats else {
        let fits = |format: &&ReportFormat| **format != ReportFormat::Qbo || wish.bank_id.is_some();
        return Ok(written.iter().filter(fits).copied().collect());
    };
    let mut wished = BTreeSet::new();
    for name in names {
        let Some(place) = written.iter().position(|format| format.as_str() == name) else {
            let known = written.iter().map(|format| format.as_str()).collect::<Vec<_>>().join(", ");
            return Err(CaseFault::refused("unknown_format", format!("this pipeline writes {known}")));
        };
        wished.insert(place);
    }
    let chosen: Vec<ReportFormat> = wished.iter().filter_map(|place| written.get(*place)).copied().collect();
    if chosen.contains(&ReportFormat::Qbo) && wish.bank_id.is_none() {
        let missing = ReportError::BankIdMissing;
        return Err(CaseFault::refused(missing.code(), missing.to_string()));
    }
    Ok(chosen)
}

/// What could never be meant is said before anything is accepted.
fn check(wish: &CaseWish) -> Result<(), CaseFault> {
    if wish.title.as_ref().is_some_and(|title| title.chars().count() > TITLE_CHARS_MAX) {
        let message = format!("a title has at most {TITLE_CHARS_MAX} characters");
        return Err(CaseFault::refused("title_too_long", message));
    }
    if let Some(id) = &wish.bank_id
        && (id.is_empty() || id.len() > 9 || !id.bytes().all(|byte| byte.is_ascii_digit()))
    {
        let wrong = ReportError::BankIdMalformed;
        return Err(CaseFault::refused(wrong.code(), wrong.to_string()));
    }
    if let Some(text) = &wish.choices {
        let analyst = Analyst::embedded().map_err(|_| PlatformError::Inconsistent("analytics data"))?;
        analyst
            .defaults()
            .with_file("choices", text)
            .map_err(|faults| CaseFault::refused("invalid_choices", faults.to_string()))?;
    }
    Ok(())
}
