//! The checkout that is tested: its root and its files.

use std::path::{Path, PathBuf};

/// Folders that are made, not written.
const MADE: [&str; 3] = ["target", ".git", "demo-out"];

/// A checkout.
#[derive(Debug, Clone)]
pub struct Repository {
    root: PathBuf,
}

impl Repository {
    /// The checkout that this crate was built from.
    #[must_use]
    pub fn here() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new("."));
        Self { root: root.to_path_buf() }
    }

    /// Another checkout, or a folder made to look like one.
    #[must_use]
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_path_buf() }
    }

    /// The folder with the workspace's manifest.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Every file that people wrote, sorted, relative to the root.
    ///
    /// # Errors
    /// Whatever keeps a folder from being read.
    pub fn files(&self) -> std::io::Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder)? {
                let entry = entry?;
                let name = entry.file_name();
                if entry.file_type()?.is_dir() {
                    if !MADE.iter().any(|made| name == *made) {
                        folders.push(entry.path());
                    }
                } else if let Ok(relative) = entry.path().strip_prefix(&self.root) {
                    found.push(relative.to_path_buf());
                }
            }
        }
        found.sort();
        Ok(found)
    }

    /// The text of a file, by its path relative to the root.
    ///
    /// # Errors
    /// The file is missing or not UTF-8.
    pub fn read(&self, relative: impl AsRef<Path>) -> std::io::Result<String> {
        std::fs::read_to_string(self.root.join(relative))
    }
}
