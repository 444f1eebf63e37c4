//! What a form is filled from: the source of a filled form, `smartexus.form_request/1`.

use crate::cases::CaseSource;
use serde::{Deserialize, Serialize};
use smartexus_domain::{DocumentId, FormField, StageKind};
use smartexus_forms::FactBook;
use smartexus_platform::port::{ObjectKind, ObjectName};
use std::collections::BTreeMap;

/// The source of a filled form. The same blank, readings and answers are the same form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FormRequest {
    pub(crate) schema: String,
    /// The uploaded blank.
    pub(crate) blank: DocumentId,
    /// Documents whose facts answer, by id.
    pub(crate) documents: Vec<CaseSource>,
    /// Filled forms that answer, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) filled: Vec<FilledSource>,
    /// The case whose figures answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) case: Option<CaseFigures>,
    /// What is known beside them.
    pub(crate) facts: FactBook,
    /// This mapping, whatever the blank is.
    pub(crate) mapping: Option<String>,
    /// None of the workspace's own mappings answered, of the blank or of a filled form, and at least one did not read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) mapping_in_doubt: bool,
    /// A person's own words, by full field name.
    pub(crate) edits: BTreeMap<String, String>,
    pub(crate) lock: bool,
    pub(crate) flatten: bool,
    /// The form that this one takes the place of.
    pub(crate) revises: Option<DocumentId>,
    /// Counts the forms of one chain, from 1.
    pub(crate) version: u32,
}

/// A form that came in filled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FilledSource {
    pub(crate) document: DocumentId,
    /// The workspace's mapping of it; without one, the program's that knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) mapping: Option<String>,
}

impl FormRequest {
    /// Everything that the form is made from, and erased with.
    pub(crate) fn sources(&self) -> impl Iterator<Item = DocumentId> {
        let documents = self.documents.iter().map(|source| source.document);
        let filled = self.filled.iter().map(|source| source.document);
        documents.chain(filled).chain([self.blank]).chain(self.case.map(|figures| figures.case))
    }
}

/// One version of a case's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseFigures {
    pub(crate) case: DocumentId,
    pub(crate) version: u64,
    pub(crate) bytes: u64,
}

impl CaseFigures {
    /// Their object, in place of the case's source.
    pub(crate) fn object(self, source: ObjectName) -> ObjectName {
        ObjectName { kind: ObjectKind::artifact(StageKind::Analyze), version: self.version, ..source }
    }
}

impl FormRequest {
    pub(crate) const SCHEMA: &'static str = "smartexus.form_request/1";
}

/// What is read again of `smartexus.blank/1`.
#[derive(Deserialize)]
pub(crate) struct Told {
    pub(crate) sha256: String,
    pub(crate) fingerprint: String,
    pub(crate) fields: Vec<FormField>,
}
