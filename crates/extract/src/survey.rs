//! What can be said of a document before any of its pages is read.

use serde::{Deserialize, Serialize};
use smartexus_domain::MediaType;

/// What the bytes are, and into how many pages the work can be divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// By content.
    pub media_type: MediaType,
    /// Pages there are to read; 0 for a structured file, which cannot be divided.
    pub pages: u32,
}
