use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smartexus_domain::Source;

/// How far a fact may be trusted beyond its confidence. Later ones lead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FactStatus {
    /// Worked out from other facts or rows.
    Derived,
    /// Read from a document.
    #[default]
    Extracted,
    /// Looked at by a person, who left it as it was.
    Confirmed,
    /// A person's own word.
    Edited,
}

/// One thing that is known, and from where. Facts are only ever added: what contradicts stands side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientFact {
    /// Of the vocabulary, for instance `business.legal_name` or `owner[0].full_name`.
    pub key: String,
    /// As printed or typed. Amounts and dates that can be read in two ways are refused, not guessed: write `1234.50`
    /// and `2026-03-31`.
    pub value: String,
    /// 0–1.
    #[serde(default = "certain")]
    pub confidence: f64,
    /// Whose word it is.
    #[serde(default)]
    pub status: FactStatus,
    /// The document, as the caller names it.
    #[serde(default)]
    pub document: Option<String>,
    /// Where it stands in the document.
    #[serde(default)]
    pub source: Option<Source>,
    /// The ids of the ledger rows that it was worked out from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<String>,
    /// Rows behind it beyond those that are listed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rows_left_out: u32,
    /// The day from which it holds, as `2026-03-31`; the later one leads among equals.
    #[serde(default)]
    pub valid_from: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

const fn certain() -> f64 {
    1.0
}
