//! Partial success as a value: what a stage noticed while it went on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Something a person should know about a reading. `code` is stable, `message` is for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Stable snake-case code, for instance `currency_assumed`.
    pub code: Cow<'static, str>,
    /// One sentence for people.
    pub message: String,
    /// 1-based page, where there is one.
    pub page: Option<u32>,
}

impl Finding {
    /// A finding about the whole document.
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code: Cow::Borrowed(code), message: message.into(), page: None }
    }

    /// The same finding, on a page.
    #[must_use]
    pub fn on_page(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }
}

/// How loudly a tamper signal speaks. A signal is evidence, never a verdict on a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Worth looking at.
    Warn,
}

/// Tamper evidence: what was found and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Signal {
    /// Stable name, for instance `incremental_update`.
    pub signal: Cow<'static, str>,
    /// How strong.
    pub severity: Severity,
    /// What was found.
    pub evidence: String,
    /// 1-based page, where there is one.
    pub page: Option<u32>,
}
