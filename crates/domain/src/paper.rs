//! Kinds by page, and the papers that one file holds.

use crate::DocumentKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What decided the kind of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KindMethod {
    /// Arithmetic or check digits that hold: they outweigh every word.
    Identity,
    /// Words, and how the page is laid out.
    Words,
    /// The pages around it: it says nothing of its own, or less than they do.
    Neighbors,
}

/// The kind of one page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PageKind {
    /// 1-based.
    pub page: u32,
    /// What kind of paper it belongs to.
    pub kind: DocumentKind,
    /// 0–1: how far the second best kind is.
    pub confidence: f64,
    /// What decided.
    pub method: KindMethod,
}

/// One paper of a file that holds several: pages that follow one another, both ends included.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChildDocument {
    /// What kind of paper it is.
    pub kind: DocumentKind,
    /// 0–1: of its most certain page.
    pub confidence: f64,
    /// 1-based.
    pub first_page: u32,
    /// 1-based.
    pub last_page: u32,
}

impl ChildDocument {
    /// Whether a page is one of its own.
    #[must_use]
    pub const fn has(&self, page: u32) -> bool {
        self.first_page <= page && page <= self.last_page
    }

    /// How many pages it has.
    #[must_use]
    pub const fn pages(&self) -> u32 {
        self.last_page.saturating_sub(self.first_page).saturating_add(1)
    }
}
