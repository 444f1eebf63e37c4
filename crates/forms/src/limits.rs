//! How far reading a form may go.

/// Limits on an untrusted form. Each has a name, a default, and a failure or finding above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormLimits {
    /// Largest file.
    pub size_bytes: usize,
    /// Indirect objects in the file.
    pub objects: usize,
    /// What one stream may unpack to while the file is read.
    pub stream_bytes: usize,
    /// Pages.
    pub pages: usize,
    /// Fields of one form; widgets may be four times as many.
    pub fields: usize,
    /// Fields inside each other.
    pub depth: usize,
    /// Options of one field.
    pub options: usize,
    /// Characters of one text in the file that we look at: names, tooltips, options, values, scripts.
    pub text_chars: usize,
}

impl Default for FormLimits {
    fn default() -> Self {
        Self {
            size_bytes: 32 * 1024 * 1024,
            objects: 1_000_000,
            stream_bytes: 64 * 1024 * 1024,
            pages: 600,
            fields: 5_000,
            depth: 32,
            options: 1_000,
            text_chars: 32_000,
        }
    }
}

impl FormLimits {
    /// Widgets of one form.
    #[must_use]
    pub const fn widgets(&self) -> usize {
        self.fields.saturating_mul(4)
    }
}
