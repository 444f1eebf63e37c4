//! What a caller may ask for. Everything here crosses a pipe to the sandboxed child.

use crate::OcrLanguages;
use serde::{Deserialize, Serialize};
use smartexus_domain::PageRange;
use std::fmt;
use std::num::NonZeroUsize;

/// Named limits. A value exactly at its limit passes, one above fails (or, on a page, is cut with a finding).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExtractLimits {
    /// Pages of a document.
    pub pages: u32,
    /// Words of a page; further ones are left out, with a finding.
    pub words_per_page: u32,
    /// Glyphs of a page, seen or hidden; further ones are left out, with a finding.
    pub glyphs_per_page: u32,
    /// Bytes of the file.
    pub size_bytes: u64,
    /// Pixels of a page, or of a picture on it, that is recognized; a page with more is not read.
    pub pixels_per_page: u32,
    /// Unpacked bytes of what a page draws, or of one form on it; a page with more is not read.
    pub content_bytes_per_page: u32,
    /// Forms drawn within forms; what lies deeper is left out, with a finding.
    pub forms_nested: u32,
    /// Objects of a file.
    pub objects: u32,
}

impl Default for ExtractLimits {
    fn default() -> Self {
        Self {
            pages: 600,
            words_per_page: 50_000,
            glyphs_per_page: 200_000,
            size_bytes: 32 * 1024 * 1024,
            pixels_per_page: 40_000_000,
            content_bytes_per_page: 96 * 1024 * 1024,
            forms_nested: 50,
            objects: 1_000_000,
        }
    }
}

/// What to read, and how far to go.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtractOptions {
    /// Tried after the empty password.
    pub password: Option<Password>,
    /// How far to go.
    pub limits: ExtractLimits,
    /// The pages to read, `None` for all of them. Pages beyond the end are not there to be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<PageRange>,
    /// Recognize the text of pages that are pictures; `None` leaves them unread, with a finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ocr: Option<OcrOptions>,
    /// Pages with a good text layer are to be read from their pixels, too.
    #[serde(default)]
    pub ocr_always: bool,
    /// Threads over which the pages of a text layer are spread; `None` for the one that calls. The result is the same. It does
    /// not cross the pipe: a sandboxed child starts no threads.
    #[serde(skip)]
    pub threads: Option<NonZeroUsize>,
}

/// How text is recognized.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OcrOptions {
    /// Which an engine was made ready for, on the thread that reads: [`crate::prepare_ocr`].
    pub languages: OcrLanguages,
}

/// The password of a document. Its `Debug` form shows nothing of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// Wraps a password.
    #[must_use]
    pub fn new(password: impl Into<String>) -> Self {
        Self(password.into())
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_printed() {
        let options = ExtractOptions { password: Some(Password::new("open sesame")), ..Default::default() };
        assert!(!format!("{options:?}").contains("sesame"));
    }

    #[test]
    fn options_survive_the_pipe() {
        let range = PageRange::new(41, 80).ok();
        let languages = "deu+eng".parse().unwrap();
        let options = ExtractOptions {
            password: Some(Password::new("é")),
            limits: ExtractLimits::default(),
            range,
            ocr: Some(OcrOptions { languages }),
            ocr_always: true,
            threads: None,
        };
        let wire = serde_json::to_vec(&options).unwrap();
        assert_eq!(serde_json::from_slice::<ExtractOptions>(&wire).unwrap(), options);
        let threads = NonZeroUsize::new(4);
        let spread = serde_json::to_vec(&ExtractOptions { threads, ..options }).unwrap();
        assert_eq!(spread, wire, "a child starts no threads");
    }
}
