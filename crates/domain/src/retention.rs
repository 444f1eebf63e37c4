//! How long things are kept: only the name of the class lives here, periods are data.

use serde::{Deserialize, Serialize};

/// The name of a retention class, for instance `financial-document`. Periods belong to
/// `pipelines/retention/*.yaml`; a document only ever carries the name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RetentionClass(String);

/// The name is empty, longer than 64 bytes, or has a character outside `a-z 0-9 -`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a retention class is 1 to 64 characters out of a-z, 0-9 and -")]
pub struct RetentionClassError;

impl RetentionClass {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for RetentionClass {
    type Error = RetentionClassError;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let fits = !name.is_empty() && name.len() <= 64 && name.chars().all(allowed);
        if fits { Ok(Self(name)) } else { Err(RetentionClassError) }
    }
}

impl From<RetentionClass> for String {
    fn from(class: RetentionClass) -> Self {
        class.0
    }
}

impl std::fmt::Display for RetentionClass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
