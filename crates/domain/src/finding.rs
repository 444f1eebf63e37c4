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
