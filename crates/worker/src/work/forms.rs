//! The stage `forms.fill`: a blank is told field by field, a wish is filled. The file of a form is opened in the child only.

use super::ending::JobError;
use super::stages::{Left, StageRun, off_thread, read_json};
use crate::forms::{DRAFT, FILLED, FilledSource, FormRequest, INSPECTION, RESULT, built_in_mappings};
use crate::pipeline::FillChoices;
use crate::result;
use crate::sandbox::{Request, inspect_form};
use serde::Serialize;
use serde::de::DeserializeOwned;
use smartexus_domain::{
    DocumentId, FailureCode, Figures, Finding, FormField, FormResult, MediaType, StatementResult,
};
use smartexus_extract::ExtractOptions;
use smartexus_forms::{
    ClientFact, Errand, FactBook, FillErrand, FillOptions, FormReading, Inspection, MappingText, ReadErrand,
    Suggestion, draft_mapping, packed, suggest,
};
use smartexus_platform::PlatformError;
use smartexus_platform::port::{DocumentRole, Lookup, ObjectKind, ObjectName};
use std::collections::BTreeSet;

/// `smartexus.blank/1`: what a blank asks for, and what its fields probably mean.
#[derive(Serialize)]
struct Blank<'b> {
    schema: &'static str,
    file: &'b str,
    sha256: &'b str,
    fingerprint: &'b str,
    pages: usize,
    fields: &'b [FormField],
    suggestions: &'b [Suggestion],
    findings: &'b [Finding],
}

impl StageRun<'_> {
    pub(super) async fn fill(&self, choices: FillChoices) -> Result<Left, JobError> {
        match self.document.role {
            DocumentRole::Document => self.inspect_blank().await,
            DocumentRole::Form => self.fill_form(choices).await,
            DocumentRole::Case => Err(JobError::Artifact),
        }
    }

    async fn inspect_blank(&self) -> Result<Left, JobError> {
        if self.document.bytes > self.pipeline.accepts.size_bytes {
            return Err(JobError::Rejected(FailureCode::TooLarge));
        }
        let source = self.source().await?;
        let (inspection, _): (Inspection, _) = self.ask_child(&Errand::Inspect, &source).await?;
        if inspection.pages > usize::try_from(self.pipeline.accepts.pages).unwrap_or(usize::MAX) {
            return Err(JobError::Rejected(FailureCode::TooManyPages));
        }
        let file = self.name_of(self.document.id).await?;
        let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem).to_owned();
        let (told, draft) = off_thread(move || {
            let suggestions = suggest(&inspection.fields);
            let draft = draft_mapping(&stem, &inspection.fingerprint, &inspection.fields, &suggestions);
            let blank = Blank {
                schema: "smartexus.blank/1",
                file: &file,
                sha256: &inspection.sha256,
                fingerprint: &inspection.fingerprint,
                pages: inspection.pages,
                fields: &inspection.fields,
                suggestions: &suggestions,
                findings: &inspection.findings,
            };
            serde_json::to_vec(&blank).map(|told| (told, draft))
        })
        .await?
        .map_err(|_| JobError::Artifact)?;
        let artifacts = vec![
            self.keep(kind(INSPECTION)?, told.into()).await?,
            self.keep(kind(DRAFT)?, draft.into()).await?,
        ];
        let media_type = Some(MediaType::Pdf);
        Ok(Left { artifacts, media_type, asks: Some(false), ..Left::default() })
    }

    /// A filled form is never approved by a machine: what it holds goes out under somebody's name.
    async fn fill_form(&self, choices: FillChoices) -> Result<Left, JobError> {
        let request: FormRequest = read_json(self.source().await?).await?;
        let most = usize::try_from(choices.documents_max).unwrap_or(usize::MAX);
        let documents = request.documents.len().saturating_add(request.filled.len());
        if request.schema != FormRequest::SCHEMA || documents > most {
            return Err(JobError::Artifact);
        }
        let results = self.results_of(&request).await?;
        let blank = ObjectName::source(self.lease.token.workspace, request.blank);
        let blank = self.tools.world.read_object(&blank, self.pipeline.accepts.size_bytes).await?;
        let mut facts = FactBook::gather(&results);
        let mut findings = Vec::new();
        for source in &request.filled {
            facts.facts.extend(self.facts_of_filled(source, &mut findings).await?);
        }
        if !request.filled.is_empty() {
            facts.doubt_mixed_subjects();
        }
        facts.facts.extend(request.facts.facts);
        if let Some(pinned) = request.case {
            let name = pinned.object(ObjectName::source(self.lease.token.workspace, pinned.case));
            let stored = self.tools.world.read_object(&name, pinned.bytes).await?;
            let figures: Figures = read_json(stored).await?;
            facts.add_figures(&figures, &format!("case {}", pinned.case));
        }
        let chosen = request.mapping.map(|text| MappingText { file_name: "mapping".to_owned(), text });
        let options = FillOptions { lock: request.lock, flatten: request.flatten, modified: None };
        let errand = Errand::Fill(Box::new(FillErrand {
            file: self.name_of(request.blank).await?,
            mappings: built_in_mappings(),
            chosen,
            facts,
            edits: request.edits,
            options,
        }));
        let (mut result, file): (FormResult, _) = self.ask_child(&errand, &blank).await?;
        if let Some(failure) = &result.failure {
            return Err(JobError::Rejected(failure.code));
        }
        result.findings.extend(findings);
        if request.mapping_in_doubt {
            result.findings.push(Finding::new(
                "kept_mapping_unread",
                "A mapping that the workspace keeps does not read any more and may have been meant for this form or a filled one: see the \
                 list of mappings, and keep it anew or take it out.",
            ));
        }
        let mut artifacts = vec![self.keep_json(kind(RESULT)?, &result).await?];
        if !file.is_empty() {
            artifacts.push(self.keep(kind(FILLED)?, file.into()).await?);
        }
        Ok(Left { artifacts, asks: Some(true), ..Left::default() })
    }

    /// What a form says that came in filled: what its mapping can turn back without a guess.
    async fn facts_of_filled(
        &self,
        source: &FilledSource,
        findings: &mut Vec<Finding>,
    ) -> Result<Vec<ClientFact>, JobError> {
        let name = ObjectName::source(self.lease.token.workspace, source.document);
        let bytes = self.tools.world.read_object(&name, self.pipeline.accepts.size_bytes).await?;
        let chosen = source.mapping.clone();
        let errand = Errand::Read(Box::new(ReadErrand {
            file: self.name_of(source.document).await?,
            mappings: built_in_mappings(),
            chosen: chosen.map(|text| MappingText { file_name: "mapping".to_owned(), text }),
        }));
        let reading: FormReading = match self.ask_child(&errand, &bytes).await {
            Ok((reading, _)) => reading,
            Err(JobError::Rejected(code)) => {
                let message = format!("The filled form {} was not read: {}", source.document, code.message());
                findings.push(Finding::new("filled_form_unread", message));
                return Ok(Vec::new());
            }
            Err(error) => return Err(error),
        };
        let (form, left) = (source.document, reading.left_out.len());
        match reading.left_out.as_slice() {
            [] => {}
            [one] if one.field.is_empty() => findings.push(Finding::new(
                "filled_form_unknown",
                format!("No mapping knows the filled form {form}: nothing of it was read. Keep a mapping of it first."),
            )),
            [..] => findings.push(Finding::new(
                "answers_left_out",
                format!("{left} answers of the filled form {form} did not become facts; `forms read` says which and why."),
            )),
        }
        Ok(reading.facts.facts)
    }

    /// Documents whose facts answer, each as it read when the form was wished for; only what the form is erased with.
    async fn results_of(&self, request: &FormRequest) -> Result<Vec<StatementResult>, JobError> {
        let (world, workspace) = (&self.tools.world, self.lease.token.workspace);
        let noted = world.documents.sources(workspace, self.document.id).await?.found().unwrap_or_default();
        let noted: BTreeSet<DocumentId> = noted.into_iter().collect();
        if request.sources().any(|document| !noted.contains(&document)) {
            return Err(JobError::Artifact);
        }
        let mut results = Vec::with_capacity(request.documents.len());
        for source in &request.documents {
            let found = world.documents.document(workspace, source.document).await?.found();
            let document = found.ok_or(PlatformError::KeyDestroyed)?;
            let name = ObjectName::source(workspace, source.document);
            let pinned = source.reading.map(|reading| (reading.object(name), reading.bytes));
            results.push(result::load_version(world, &document, pinned).await?);
        }
        Ok(results)
    }

    async fn name_of(&self, id: DocumentId) -> Result<String, JobError> {
        let world = &self.tools.world;
        match world.documents.document(self.lease.token.workspace, id).await? {
            Lookup::Found(document) => {
                Ok(world.metadata(&document).await?.file_name.unwrap_or_else(|| id.to_string()))
            }
            Lookup::Gone(_) | Lookup::Absent => Err(PlatformError::KeyDestroyed.into()),
        }
    }

    async fn ask_child<T: DeserializeOwned + Send + 'static>(
        &self,
        errand: &Errand,
        form: &[u8],
    ) -> Result<(T, Vec<u8>), JobError> {
        let request = Request::Form { options: ExtractOptions::default() };
        let reply = self.in_sandbox(&request, &packed(errand, form)).await?;
        Ok(off_thread(move || inspect_form(&reply)).await??)
    }
}

fn kind(name: &str) -> Result<ObjectKind, JobError> {
    ObjectKind::named(name).map_err(|_| JobError::Artifact)
}
