//! Categories: ids of the taxonomy's leaves, and why a row got one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The id of a leaf of the taxonomy, for instance `biz.office`. Which leaves exist is data.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct CategoryId(String);

impl CategoryId {
    /// The honest answer when nothing supports another.
    pub const UNCATEGORIZED: &'static str = "unc.unknown";

    /// Names a leaf.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What `categorize` says about one row. A category is always explained.
#[derive(Debug, Clone, PartialEq)]
pub struct Categorization {
    /// Who is on the other side, cleaned up; `None` when the words name nobody.
    pub counterparty: Option<String>,
    /// The leaf.
    pub category: CategoryId,
    /// 0–1.
    pub confidence: f64,
    /// A sentence a person understands: which rule or phrase decided, on which words.
    pub reason: String,
    /// The leaf's underwriting flags and row tags (closed list of `mission`).
    pub tags: Vec<String>,
}
