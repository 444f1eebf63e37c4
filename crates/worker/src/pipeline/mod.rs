//! Pipelines as data: which stages run on a document, how, within which limits, and when a person is asked.

mod check;
mod condition;
mod fact;
mod file;
mod issuers;
mod set;
mod stage;

pub use condition::{Condition, Operator};
pub use fact::{FactName, FactSheet, FactValue};
pub use set::{PipelineSet, PipelineSetError, validate_all};
pub use stage::{
    AnalyzeChoices, CategorizeChoices, EndpointChoice, ExtractChoices, FillChoices, ReportChoices,
    ReportFormat, Stage, StageChoices,
};

use crate::sandbox::RunLimits;
use smartexus_domain::{MediaType, RetentionClass, StageKind};
use smartexus_manifest::ManifestErrors;
use smartexus_parse::{CaseLimits, IssuerHint};
use smartexus_platform::port::PipelineRef;
use std::time::Duration;

/// The files that are built into the program, so that it needs none beside it.
const BANK_STATEMENT: &str = include_str!("../../../../pipelines/bank-statement.yaml");
/// What makes figures and reports of several documents.
const CASE: &str = include_str!("../../../../pipelines/case.yaml");

/// What fills forms.
const FORM: &str = include_str!("../../../../pipelines/form.yaml");

/// A validated pipeline file, `smartexus.pipeline/1`.
#[derive(Debug, Clone, PartialEq)]
pub struct Pipeline {
    /// Its name, for instance `bank-statement`.
    pub name: String,
    /// Raised by whoever changes the file.
    pub version: u32,
    /// Which documents it takes.
    pub accepts: Accepts,
    /// How far reading may go.
    pub limits: Limits,
    /// The chain, in order.
    pub stages: Vec<Stage>,
    /// A person is asked when any of these holds.
    pub review: Vec<Condition>,
    /// How long documents are kept: a class, never a period.
    pub retention: RetentionClass,
    /// Which hints about issuers its reader has, if any.
    issuers: Option<String>,
}

/// Which documents a pipeline takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepts {
    /// Kinds, decided by content.
    pub media: Vec<MediaType>,
    /// Largest file.
    pub size_bytes: u64,
    /// Most pages.
    pub pages: u32,
}

/// How far reading one document may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Wall-clock time of all sandboxed stages of one document together.
    pub document_timeout_ms: u64,
    /// Address space of the sandboxed child.
    pub memory_bytes: u64,
    /// Largest reply of the sandboxed child.
    pub reply_bytes: u64,
    /// Runs of one stage that may end through the document.
    pub attempts: u32,
    /// A document of more pages is divided into jobs of so many, which any worker may read at the same time.
    pub pages_per_job: u32,
}

impl Limits {
    /// Pages of one job, where the file does not say.
    pub const PAGES_PER_JOB: u32 = 50;

    /// Limits of the first sandboxed stage; later ones have what it left of the time.
    #[must_use]
    pub const fn run_limits(&self) -> RunLimits {
        RunLimits {
            timeout: Duration::from_millis(self.document_timeout_ms),
            cpu_seconds: self.document_timeout_ms / 1000 + 2,
            memory_bytes: self.memory_bytes,
            reply_bytes: self.reply_bytes,
            ocr: None,
        }
    }
}

impl Pipeline {
    /// The schema's name and version.
    pub const SCHEMA: &'static str = "smartexus.pipeline/1";
    /// The name of the pipeline that cases go through where nobody names another.
    pub const CASE: &'static str = "case";

    /// Reads and validates a pipeline file: fields, types and ranges, then order, ids, media and facts.
    ///
    /// # Errors
    /// Everything wrong with it, with file, line and caret.
    pub fn from_yaml(file_name: &str, text: &str) -> Result<Self, ManifestErrors> {
        file::read(file_name, text, None)
    }

    /// As [`Pipeline::from_yaml`]; a retention class that is not among `classes` is a fault too.
    ///
    /// # Errors
    /// As [`Pipeline::from_yaml`].
    pub fn from_yaml_knowing(
        file_name: &str,
        text: &str,
        classes: &[RetentionClass],
    ) -> Result<Self, ManifestErrors> {
        file::read(file_name, text, Some(classes))
    }

    /// The pipeline that is built in.
    ///
    /// # Errors
    /// Never in a tested build: the file is part of the program and a test reads it.
    pub fn default_bank_statement() -> Result<Self, ManifestErrors> {
        Self::from_yaml("pipelines/bank-statement.yaml", BANK_STATEMENT)
    }

    /// The built-in pipeline of cases.
    ///
    /// # Errors
    /// Never in a tested build: the file is part of the program and a test reads it.
    pub fn default_case() -> Result<Self, ManifestErrors> {
        Self::from_yaml("pipelines/case.yaml", CASE)
    }

    /// It takes no documents from outside: it begins with `analyze`, over documents that are there.
    #[must_use]
    pub fn is_of_cases(&self) -> bool {
        self.first() == StageKind::Analyze
    }

    /// The built-in pipeline of forms.
    ///
    /// # Errors
    /// Never in a tested build: the file is part of the program and a test reads it.
    pub fn default_form() -> Result<Self, ManifestErrors> {
        Self::from_yaml("pipelines/form.yaml", FORM)
    }

    /// It takes blank forms, and fills them.
    #[must_use]
    pub fn is_of_forms(&self) -> bool {
        self.first() == StageKind::Fill
    }

    /// From how many documents a form may be filled under this pipeline.
    #[must_use]
    pub fn form_documents_max(&self) -> usize {
        let chosen = self.stages.iter().find_map(|stage| match stage.choices {
            StageChoices::Fill(choices) => Some(choices),
            StageChoices::Extract(_)
            | StageChoices::Parse(_)
            | StageChoices::Categorize(_)
            | StageChoices::Analyze(_)
            | StageChoices::Report(_) => None,
        });
        usize::try_from(chosen.unwrap_or_default().documents_max).unwrap_or(usize::MAX)
    }

    /// How much a case may hold under this pipeline.
    #[must_use]
    pub fn case_limits(&self) -> CaseLimits {
        self.stage(StageKind::Analyze).map_or_else(
            || AnalyzeChoices::default().limits(),
            |stage| match stage.choices {
                StageChoices::Analyze(choices) => choices.limits(),
                StageChoices::Extract(_)
                | StageChoices::Parse(_)
                | StageChoices::Categorize(_)
                | StageChoices::Report(_)
                | StageChoices::Fill(_) => AnalyzeChoices::default().limits(),
            },
        )
    }

    /// What is known about issuers, for the stage that reads.
    pub(super) fn know(&mut self, hints: &[IssuerHint]) {
        for stage in &mut self.stages {
            if let StageChoices::Parse(options) = &mut stage.choices {
                options.hints = hints.to_vec();
                self.issuers = IssuerHint::version_of(hints);
            }
        }
    }

    /// How documents refer to it. What is known about issuers is a part of the version, for it may change how a document
    /// is read: `1` without any, else `1+` and a digest of it, `1+5f0c21aa`. A document that is under way when it changes
    /// waits for a worker that knows the former.
    #[must_use]
    pub fn reference(&self) -> PipelineRef {
        let version = match &self.issuers {
            Some(issuers) => format!("{}+{issuers}", self.version),
            None => self.version.to_string(),
        };
        PipelineRef { name: self.name.clone(), version }
    }

    /// The stage of a kind, if the file lists it.
    #[must_use]
    pub fn stage(&self, kind: StageKind) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.kind() == kind)
    }

    /// The first stage: where a new document begins.
    #[must_use]
    pub fn first(&self) -> StageKind {
        self.stages.first().map_or(StageKind::Extract, Stage::kind)
    }

    /// The stage listed after `kind`.
    #[must_use]
    pub fn after(&self, kind: StageKind) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.kind() > kind)
    }
}
