//! One file: its name, its text, and how it is read.

use crate::decode::decode;
use crate::node::Node;
use crate::render::render;
use crate::{Fault, ManifestErrors, Span, yaml};
use serde::de::DeserializeOwned;

/// A larger file is refused before it is parsed.
pub const SIZE_BYTES_MAX: usize = 1024 * 1024;

/// A file's name and text. Keep it while values are checked against each other, so that every fault can show its place.
#[derive(Debug, Clone, Copy)]
pub struct Source<'t> {
    file_name: &'t str,
    text: &'t str,
}

/// Reads one file whose types say everything.
///
/// # Errors
/// Everything wrong with the file, as far as it can be known at once: all unknown fields, then the first
/// value that does not fit its type.
pub fn read<T: DeserializeOwned>(file_name: &str, text: &str) -> Result<T, ManifestErrors> {
    Source::new(file_name, text).read()
}

impl<'t> Source<'t> {
    /// A file as the caller names it, and its text.
    #[must_use]
    pub const fn new(file_name: &'t str, text: &'t str) -> Self {
        Self { file_name, text }
    }

    /// The typed value of the whole file.
    ///
    /// # Errors
    /// As [`read`].
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, ManifestErrors> {
        let tree = self.tree().map_err(|fault| self.errors(vec![fault]))?;
        decode(&tree).map_err(|faults| self.errors_in(&family_of(&tree), faults))
    }

    /// Faults that a check of meaning found, shown like every other.
    #[must_use]
    pub fn errors(&self, faults: Vec<Fault>) -> ManifestErrors {
        let family = self.tree().map_or_else(|_| GENERIC_FAMILY.to_owned(), |tree| family_of(&tree));
        self.errors_in(&family, faults)
    }

    fn errors_in(&self, family: &str, mut faults: Vec<Fault>) -> ManifestErrors {
        faults.sort_by_key(|fault| fault.span);
        let rendered = render(self.file_name, self.text, family, &faults);
        ManifestErrors { file_name: self.file_name.to_owned(), family: family.to_owned(), faults, rendered }
    }

    fn tree(&self) -> Result<Node, Fault> {
        if self.text.len() > SIZE_BYTES_MAX {
            let message = format!("the file is larger than {SIZE_BYTES_MAX} bytes");
            return Err(Fault::new("too_large", Span::default(), message));
        }
        yaml::parse(self.text)
    }
}

/// The family of a file that does not say its schema.
const GENERIC_FAMILY: &str = "manifest";

/// `pipeline` out of `schema: smartexus.pipeline/1`.
fn family_of(tree: &Node) -> String {
    let schema = tree.get("schema").and_then(Node::text).unwrap_or_default();
    let family = schema.strip_prefix("smartexus.").and_then(|rest| rest.split('/').next());
    let plain = |name: &&str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    family.filter(plain).unwrap_or(GENERIC_FAMILY).to_owned()
}
