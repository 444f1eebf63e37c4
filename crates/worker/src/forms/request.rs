//! What a form is filled from: the source of a filled form, `smartexus.form_request/1`.

use crate::cases::CaseSource;
use serde::{Deserialize, Serialize};
use smartexus_domain::{DocumentId, FormField};
use smartexus_forms::FactBook;
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
    /// What is known beside them.
    pub(crate) facts: FactBook,
    /// This mapping, whatever the blank is.
    pub(crate) mapping: Option<String>,
    /// A person's own words, by full field name.
    pub(crate) edits: BTreeMap<String, String>,
    pub(crate) lock: bool,
    pub(crate) flatten: bool,
    /// The form that this one takes the place of.
    pub(crate) revises: Option<DocumentId>,
    /// Counts the forms of one chain, from 1.
    pub(crate) version: u32,
}

impl FormRequest {
    pub(crate) const SCHEMA: &'static str = "smartexus.form_request/1";
}

/// What is read again of `smartexus.blank/1`.
#[derive(Deserialize)]
pub(crate) struct Told {
    pub(crate) fields: Vec<FormField>,
}
