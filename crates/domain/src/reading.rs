//! What a document says, once read: the artifacts `statement` and `enriched`.

use crate::{ChildDocument, DocumentKind, DocumentSource, Fact, Finding, PageKind, Signal, Statement};
use serde::{Deserialize, Serialize};

/// Everything read from one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// What kind of paper it is.
    pub kind: DocumentKind,
    /// 0–1.
    pub kind_confidence: f64,
    /// The kind of each page, where the file holds several papers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub page_kinds: Vec<PageKind>,
    /// The papers of a file that holds several, in order and without a gap.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<ChildDocument>,
    /// How its text was obtained.
    pub source: DocumentSource,
    /// One per account, currency and period.
    pub statements: Vec<Statement>,
    /// Key facts of any kind of document.
    pub facts: Vec<Fact>,
    /// Tamper evidence.
    pub signals: Vec<Signal>,
    /// What was noticed.
    pub findings: Vec<Finding>,
    /// What of the workspace its categories rest on; `None` where the shipped data alone decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub categorized_with: Option<CategoryInputs>,
}

/// What a workspace gave to the categories of a reading, beside the shipped data: the same again gives the same categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryInputs {
    /// Version of the workspace's list of rules.
    pub rules_version: u64,
    /// Version of its corrections.
    pub corrections_version: u64,
}
