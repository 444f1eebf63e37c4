use crate::hint::{self, IssuerHint};
use serde::{Deserialize, Serialize};
use smartexus_domain::Currency;

/// What a pipeline may choose about reading. Limits have names, defaults and a place in the pipeline file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ParseOptions {
    /// The currency where the document prints only a symbol that several currencies share, or none at all.
    /// Used with the finding `currency_assumed`.
    pub currency_default: Option<Currency>,
    /// How many readings of one statement are tried.
    pub readings_max: u32,
    /// Most rows of one document.
    pub rows_max: u32,
    /// Most cells or elements of one structured file.
    pub cells_max: u32,
    /// Most entries of an archive.
    pub entries_max: u32,
    /// Most bytes of everything in an archive.
    pub unpacked_bytes_max: u32,
    /// How many times its own size an archive may be unpacked.
    pub ratio_max: u32,
    /// How deep markup may be nested.
    pub depth_max: u32,
    /// Most attributes of one element.
    pub attributes_max: u32,
    /// What is known about issuers; never needed. The first three that recognize a document are used.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "hint::few")]
    pub hints: Vec<IssuerHint>,
}

impl Default for ParseOptions {
    fn default() -> Self {
        Self {
            currency_default: None,
            readings_max: 64,
            rows_max: 100_000,
            cells_max: 2_000_000,
            entries_max: 2_000,
            unpacked_bytes_max: 256 * 1024 * 1024,
            ratio_max: 100,
            depth_max: 64,
            attributes_max: 256,
            hints: Vec::new(),
        }
    }
}
