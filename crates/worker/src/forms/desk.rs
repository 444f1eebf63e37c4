//! Where forms are filled, edited and looked at.

use super::request::{FilledSource, FormRequest, Told};
use super::{FormFault, INSPECTION};
use crate::cases::{CaseSource, reading_of};
use crate::pipeline::{Pipeline, PipelineSet};
use futures::StreamExt as _;
use smartexus_domain::{DocumentId, DocumentState, FormField, MediaType, WorkspaceId};
use smartexus_forms::{FactBook, Mapping};
use smartexus_platform::port::{
    Accepted, Actor, Derivation, Document, DocumentRole, Lookup, NextJob, ObjectKind, ObjectName, Priority,
    TraceParent,
};
use smartexus_platform::{PlatformError, Submission, World};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Most of a person's own words in one form, and of characters in one of them.
const EDITS_MAX: usize = 5_000;
const EDIT_CHARS_MAX: usize = 4_000;

/// What a mapping is called in its faults, which has no file.
pub(super) const MAPPING: &str = "mapping";

/// Forms of one workspace, for one actor.
pub struct FormDesk {
    pub(super) world: World,
    pub(super) pipelines: Arc<PipelineSet>,
    pub(super) workspace: WorkspaceId,
    pub(super) actor: Actor,
}

/// What somebody wishes for.
#[derive(Debug, Clone)]
pub struct FormWish {
    /// An uploaded blank.
    pub blank: DocumentId,
    /// Documents whose facts answer.
    pub documents: Vec<DocumentId>,
    /// A case: its documents answer, and its figures.
    pub case: Option<DocumentId>,
    /// `smartexus.facts/1`, as text: what is known beside them.
    pub facts: Option<String>,
    /// A mapping, as text; without one, that of the workspace that knows the blank, and without that, the program's.
    pub mapping: Option<String>,
    /// A person's own words, by full field name.
    pub edits: BTreeMap<String, String>,
    /// Every field becomes read-only.
    pub lock: bool,
    /// The answers become part of the pages.
    pub flatten: bool,
    /// The trace it belongs to.
    pub trace: Option<TraceParent>,
}

/// What a form is filled from.
#[derive(Default)]
struct FormSources {
    read: Vec<CaseSource>,
    filled: Vec<FilledSource>,
    /// A mapping that does not read any more may have been meant for one of them.
    is_in_doubt: bool,
}

/// A mapping that was looked over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingCheck {
    /// Name and version, where it reads.
    pub mapping: Option<(String, u32)>,
    /// What is wrong with it, with lines and carets.
    pub faults: Option<String>,
}

/// A form as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormView {
    /// Its row.
    pub document: Document,
    /// The blank.
    pub blank: DocumentId,
    /// Documents whose facts answer, by id.
    pub documents: Vec<DocumentId>,
    /// The case whose figures answer.
    pub case: Option<DocumentId>,
    /// The form that this one takes the place of.
    pub revises: Option<DocumentId>,
    /// Counts the forms of one chain, from 1.
    pub version: u32,
    /// A person's own words.
    pub edits: BTreeMap<String, String>,
    /// Names of what was made.
    pub artifacts: Vec<String>,
}

impl FormDesk {
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

    /// Has a blank filled. The same wish over the same readings is the same form.
    ///
    /// # Errors
    /// [`FormFault`].
    pub async fn fill(&self, wish: FormWish) -> Result<Accepted, FormFault> {
        let mut documents: BTreeSet<DocumentId> = wish.documents.iter().copied().collect();
        let facts = match &wish.facts {
            Some(text) => FactBook::from_json(text)
                .map_err(|error| FormFault::refused("invalid_facts", error.to_string()))?,
            None => FactBook::new(Vec::new()),
        };
        let (mapping, mapping_in_doubt) = match wish.mapping {
            Some(text) => {
                read_for(&text, None)?;
                (Some(text), false)
            }
            None => self.own_mapping(&self.told(wish.blank).await?).await?,
        };
        let case = match wish.case {
            Some(case) => Some(self.case(case).await?),
            None => None,
        };
        documents.extend(case.iter().flat_map(|case| &case.documents));
        let sources = self.sources(documents).await?;
        let request = FormRequest {
            schema: FormRequest::SCHEMA.to_owned(),
            blank: wish.blank,
            documents: sources.read,
            filled: sources.filled,
            case: case.map(|case| case.figures),
            facts,
            mapping,
            mapping_in_doubt: mapping_in_doubt || sources.is_in_doubt,
            edits: wish.edits,
            lock: wish.lock,
            flatten: wish.flatten,
            revises: None,
            version: 1,
        };
        self.submit(request, wish.trace).await
    }

    /// A new form in place of one: a person's own words instead of, or beside, those before. `None` takes a word back. The
    /// readings are those that are there now.
    ///
    /// # Errors
    /// [`FormFault`].
    pub async fn edit(
        &self,
        form: DocumentId,
        edits: BTreeMap<String, Option<String>>,
        trace: Option<TraceParent>,
    ) -> Result<Accepted, FormFault> {
        let (_, mut request) = self.request(form).await?;
        for (field, word) in edits {
            match word {
                Some(word) => request.edits.insert(field, word),
                None => request.edits.remove(&field),
            };
        }
        let read = request.documents.iter().map(|source| source.document);
        let filled = request.filled.iter().map(|source| source.document);
        let sources = self.sources(read.chain(filled).collect()).await?;
        (request.documents, request.filled) = (sources.read, sources.filled);
        if let Some(figures) = request.case {
            request.case = Some(self.case(figures.case).await?.figures);
        }
        request.revises = Some(form);
        request.version = request.version.saturating_add(1);
        self.submit(request, trace).await
    }

    /// A form as it stands.
    ///
    /// # Errors
    /// [`FormFault::Absent`] for a document that is no form, too; [`FormFault::Gone`]; [`FormFault::Platform`].
    pub async fn look(&self, id: DocumentId) -> Result<FormView, FormFault> {
        let (document, request) = self.request(id).await?;
        let artifacts = self.world.documents.artifacts(self.workspace, id).await?.found().unwrap_or_default();
        Ok(FormView {
            document,
            blank: request.blank,
            documents: {
                let read = request.documents.iter().map(|source| source.document);
                let filled = request.filled.iter().map(|source| source.document);
                read.chain(filled).collect::<BTreeSet<_>>().into_iter().collect()
            },
            case: request.case.map(|figures| figures.case),
            revises: request.revises,
            version: request.version,
            edits: request.edits,
            artifacts: artifacts.iter().map(|artifact| artifact.object.kind.as_str().to_owned()).collect(),
        })
    }

    /// Reads a mapping, and holds it against the fields of a blank, where one is named.
    ///
    /// # Errors
    /// [`FormFault`]: the blank is not there, or is not read yet.
    pub async fn check(&self, text: &str, blank: Option<DocumentId>) -> Result<MappingCheck, FormFault> {
        let read = match blank {
            None => Mapping::from_yaml(MAPPING, text),
            Some(blank) => Mapping::from_yaml_for(MAPPING, text, &self.told(blank).await?.fields),
        };
        Ok(match read {
            Ok(mapping) => MappingCheck { mapping: Some((mapping.name, mapping.version)), faults: None },
            Err(faults) => MappingCheck { mapping: None, faults: Some(faults.to_string()) },
        })
    }

    /// What was told of a blank when it was read.
    pub(super) async fn told(&self, blank: DocumentId) -> Result<Told, FormFault> {
        self.blank(blank).await?;
        let kind = ObjectKind::named(INSPECTION).map_err(|_| PlatformError::Inconsistent("object kind"))?;
        let found = self.world.documents.artifact(self.workspace, blank, &kind).await?.found().flatten();
        let artifact = found.ok_or(FormFault::NotReady(blank))?;
        let content = self.world.read_object(&artifact.object, artifact.bytes).await?;
        Ok(serde_json::from_slice(&content).map_err(|_| PlatformError::Inconsistent("inspection"))?)
    }

    async fn submit(&self, request: FormRequest, trace: Option<TraceParent>) -> Result<Accepted, FormFault> {
        let most = request.edits.len() > EDITS_MAX;
        if most || request.edits.values().any(|word| word.chars().count() > EDIT_CHARS_MAX) {
            return Err(FormFault::refused(
                "edits_too_large",
                "too many words of a person's own, or too long ones",
            ));
        }
        let blank = self.blank(request.blank).await?;
        let pipeline = self.pipeline(&blank)?;
        let documents_max = pipeline.form_documents_max();
        if request.documents.len().saturating_add(request.filled.len()) > documents_max {
            let message = format!("a form is filled from at most {documents_max} documents");
            return Err(FormFault::refused("too_many_documents", message));
        }
        let content =
            serde_json::to_vec(&request).map_err(|_| PlatformError::Inconsistent("form request"))?;
        let submission = Submission {
            actor: self.actor,
            pipeline: pipeline.reference(),
            retention: pipeline.retention.clone(),
            media_type: MediaType::Json,
            file_name: None,
            password: None,
            first: NextJob { stage: pipeline.first(), priority: Priority::Interactive },
            trace,
            limit_bytes: pipeline.accepts.size_bytes,
        };
        let sources: BTreeSet<DocumentId> = request.sources().collect();
        let derivation = Derivation { role: DocumentRole::Form, sources: sources.into_iter().collect() };
        let body = futures::stream::once(std::future::ready(Ok(content.into()))).boxed();
        Ok(self.world.accept_derived(self.workspace, submission, derivation, body).await?)
    }

    /// A blank that was read.
    async fn blank(&self, id: DocumentId) -> Result<Document, FormFault> {
        let blank = self.found(id).await?;
        self.pipeline(&blank)?;
        if blank.role != DocumentRole::Document || blank.state == DocumentState::Failed {
            return Err(FormFault::refused("not_a_blank", format!("{id} is no blank form that was read")));
        }
        if blank.state.is_settled() { Ok(blank) } else { Err(FormFault::NotReady(id)) }
    }

    fn pipeline(&self, blank: &Document) -> Result<&Pipeline, FormFault> {
        let found = self.pipelines.newest(&blank.pipeline.name).filter(|pipeline| pipeline.is_of_forms());
        found.ok_or_else(|| {
            FormFault::refused("not_a_blank", format!("{} did not come in as a blank form", blank.id))
        })
    }

    /// What answers, by its kind: readings of documents, and forms that came in filled.
    async fn sources(&self, documents: BTreeSet<DocumentId>) -> Result<FormSources, FormFault> {
        let mut sources = FormSources::default();
        for id in documents {
            let document = self.found(id).await?;
            if document.role != DocumentRole::Document {
                let message = format!("{id} is itself made from documents");
                return Err(FormFault::refused("not_a_document", message));
            }
            if !document.state.is_settled() {
                return Err(FormFault::NotReady(id));
            }
            let is_form = document.state != DocumentState::Failed && self.pipeline(&document).is_ok();
            if is_form {
                let (mapping, is_in_doubt) = self.own_mapping(&self.told(id).await?).await?;
                sources.is_in_doubt |= is_in_doubt;
                sources.filled.push(FilledSource { document: id, mapping });
            } else {
                let reading = reading_of(&self.world, &document).await?;
                sources.read.push(CaseSource { document: id, reading });
            }
        }
        Ok(sources)
    }

    async fn request(&self, id: DocumentId) -> Result<(Document, FormRequest), FormFault> {
        let document = self.found(id).await?;
        if document.role != DocumentRole::Form {
            return Err(FormFault::Absent(id));
        }
        let name = ObjectName::source(self.workspace, id);
        let content = self.world.read_object(&name, document.bytes).await?;
        let request =
            serde_json::from_slice(&content).map_err(|_| PlatformError::Inconsistent("form request"))?;
        Ok((document, request))
    }

    async fn found(&self, id: DocumentId) -> Result<Document, FormFault> {
        match self.world.documents.document(self.workspace, id).await? {
            Lookup::Found(document) => Ok(document),
            Lookup::Gone(_) => Err(FormFault::Gone(id)),
            Lookup::Absent => Err(FormFault::Absent(id)),
        }
    }
}

/// Reads a mapping, and holds it against fields.
pub(super) fn read_for(text: &str, fields: Option<&[FormField]>) -> Result<Mapping, FormFault> {
    let read = match fields {
        None => Mapping::from_yaml(MAPPING, text),
        Some(fields) => Mapping::from_yaml_for(MAPPING, text, fields),
    };
    read.map_err(|faults| FormFault::refused("invalid_mapping", faults.to_string()))
}
