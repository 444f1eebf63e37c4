//! What a document says, once read: the artifacts `statement` and `enriched`.

use crate::{DocumentKind, DocumentSource, Fact, Finding, Signal, Statement};
use serde::{Deserialize, Serialize};

/// Everything read from one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// What kind of paper it is.
    pub kind: DocumentKind,
    /// 0–1.
    pub kind_confidence: f64,
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
}
