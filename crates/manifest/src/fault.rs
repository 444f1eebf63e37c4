//! What is wrong with a file, and where.

/// A stretch of one line. Lines and columns count from 1, columns in characters; line 0 means "nowhere in particular".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Width in characters.
    pub width: u32,
}

/// One thing wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Stable snake-case code without the family, for instance `unknown_field`.
    pub code: &'static str,
    /// Where.
    pub span: Span,
    /// One sentence, lowercase, without a full stop.
    pub message: String,
    /// What to do, shown beside the carets.
    pub hint: Option<String>,
}

impl Fault {
    /// A fault without a hint.
    #[must_use]
    pub fn new(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), hint: None }
    }

    /// The same fault, with a word of advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Everything wrong with one file, in the order of its lines. `Display` is the text for people, with carets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{rendered}")]
pub struct ManifestErrors {
    pub(crate) file_name: String,
    pub(crate) family: String,
    pub(crate) faults: Vec<Fault>,
    pub(crate) rendered: String,
}

impl ManifestErrors {
    /// The file as the caller named it.
    #[must_use]
    pub fn file_name(&self) -> &str {
        &self.file_name
    }

    /// The part of every code before the dot: `pipeline` for a file of schema `smartexus.pipeline/1`.
    #[must_use]
    pub fn family(&self) -> &str {
        &self.family
    }

    /// The faults, at least one.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}
