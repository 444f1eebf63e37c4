//! A file of category rules, as a person writes it.

use crate::exit::Stop;
use smartexus_categorize::{Rulebook, WorkspaceRules};
use smartexus_manifest::SIZE_BYTES_MAX;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// Reads the rules of a file, each fault with its place.
pub(crate) fn read(file: &Path, book: &Rulebook) -> Result<WorkspaceRules, Stop> {
    let text = text(file).map_err(|error| {
        Stop::failed(format!("the rules cannot be read: {}", error.kind()))
            .advise("check the path, its permissions, and that it is UTF-8 text")
    })?;
    let name = file.display().to_string();
    WorkspaceRules::from_yaml(&name, &text, book).map_err(|errors| Stop::configuration(errors.to_string()))
}

/// One byte more than is read tells the reader that there is too much.
fn text(file: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(file)?.take(SIZE_BYTES_MAX as u64 + 1).read_to_string(&mut text)?;
    Ok(text)
}
