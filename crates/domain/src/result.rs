//! `smartexus.result/1` and `smartexus.pages/1`: what scripts, peers and benchmarks rely on.
//! Adding a field is fine; renaming, retyping or removing one is a new schema version.

use crate::{
    ChildDocument, DocumentKind, DocumentSource, Fact, Failure, Finding, MediaType, PageKind, PageMethod,
    Pages, Rect, Signal, SignalSummary, Statement,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where the reading ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResultStatus {
    /// Nothing asks for a person.
    Approved,
    /// A person has to look.
    NeedsReview,
    /// Could not be read.
    Failed,
}

/// What the file is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentFacts {
    /// The document's id.
    pub id: String,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
    /// By content.
    pub media_type: MediaType,
    /// Size.
    pub bytes: u64,
    /// Pages; 0 for structured files.
    pub pages: u32,
    /// How the text was obtained.
    pub source: DocumentSource,
    /// What kind of paper.
    pub kind: DocumentKind,
    /// 0–1.
    pub kind_confidence: f64,
    /// The kind of each page, where the file holds several papers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub page_kinds: Vec<PageKind>,
    /// The papers of a file that holds several, in order and without a gap.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<ChildDocument>,
    /// The file was encrypted.
    pub encrypted: bool,
    /// What made it, as the file says.
    pub producer: Option<String>,
}

/// `smartexus.result/1`: one input file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StatementResult {
    /// Always [`StatementResult::SCHEMA`].
    pub schema: String,
    /// The input as named by the caller.
    pub file: String,
    /// What the file is.
    pub document: DocumentFacts,
    /// Where the reading ended.
    pub status: ResultStatus,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// One per account, currency and period.
    pub statements: Vec<Statement>,
    /// Key facts of any kind of document.
    #[serde(default)]
    pub facts: Vec<Fact>,
    /// Tamper evidence.
    #[serde(default)]
    pub signals: Vec<Signal>,
    /// The signals in one word; `None` where nothing was looked at that could show an edit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal_summary: Option<SignalSummary>,
    /// What was noticed.
    #[serde(default)]
    pub findings: Vec<Finding>,
    /// Milliseconds by stage.
    #[serde(default)]
    pub timings_ms: BTreeMap<String, f64>,
}

impl StatementResult {
    /// The schema's name and version.
    pub const SCHEMA: &'static str = "smartexus.result/1";
}

/// `smartexus.pages/1`: stage 1 alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PagesOutput {
    /// Always [`PagesOutput::SCHEMA`].
    pub schema: String,
    /// The input as named by the caller.
    pub file: String,
    /// The pages.
    pub pages: Vec<PagesOutputPage>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// What was noticed.
    #[serde(default)]
    pub findings: Vec<Finding>,
}

/// One page of `smartexus.pages/1`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PagesOutputPage {
    /// 1-based.
    pub page: u32,
    /// Points, after rotation.
    pub width: f64,
    /// Points, after rotation.
    pub height: f64,
    /// Degrees clockwise that were applied.
    pub rotation: u16,
    /// How the text was obtained.
    pub method: PageMethod,
    /// Only with `--words`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Vec<PagesOutputWord>>,
    /// Reading order, lines joined by `\n`.
    pub text: String,
}

/// One word of `smartexus.pages/1`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PagesOutputWord {
    /// The characters.
    pub text: String,
    /// Where it stands.
    #[serde(rename = "box")]
    pub bounds: Rect,
    /// 0–1.
    pub confidence: f64,
}

impl PagesOutput {
    /// The schema's name and version.
    pub const SCHEMA: &'static str = "smartexus.pages/1";

    /// The pages as the contract prints them.
    #[must_use]
    pub fn of(file: &str, pages: Pages, with_words: bool) -> Self {
        let word =
            |w: crate::Word| PagesOutputWord { text: w.text, bounds: w.bounds, confidence: w.confidence };
        let page = |p: crate::Page| PagesOutputPage {
            page: p.page,
            width: p.width,
            height: p.height,
            rotation: p.rotation,
            method: p.method,
            words: with_words.then(|| p.words.into_iter().map(word).collect()),
            text: p.text,
        };
        Self {
            schema: Self::SCHEMA.to_owned(),
            file: file.to_owned(),
            pages: pages.pages.into_iter().map(page).collect(),
            failure: None,
            findings: pages.findings,
        }
    }

    /// The same shape for a file that could not be read.
    #[must_use]
    pub fn failed(file: &str, failure: Failure) -> Self {
        Self {
            schema: Self::SCHEMA.to_owned(),
            file: file.to_owned(),
            pages: Vec::new(),
            failure: Some(failure),
            findings: Vec::new(),
        }
    }
}
