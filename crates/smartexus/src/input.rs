//! Files as the caller names them: found, counted, and read up to a limit. Never written.

use smartexus_domain::FailureCode;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// One file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    /// As the caller named it, or its directory.
    pub(crate) path: PathBuf,
}

/// Every file to read, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Inputs {
    /// The files.
    pub(crate) files: Vec<Input>,
    /// Files in directories that are no documents.
    pub(crate) skipped: usize,
}

/// Names that documents end with. What a file *is* is decided by its content later; this only keeps a walk
/// through a directory from reading everything in it.
const EXTENSIONS: [&str; 25] = [
    "pdf", "csv", "tsv", "png", "jpg", "jpeg", "tif", "tiff", "webp", "ofx", "qfx", "qbo", "qif", "sta",
    "mt940", "mt942", "940", "942", "camt", "xml", "bai", "bai2", "xlsx", "xls", "ods",
];
/// How deep a directory is walked.
const DEPTH_MAX: usize = 32;

impl Inputs {
    /// Files as they are named, directories walked in the order of their names. A path that does not exist stays:
    /// it gets a failure of its own.
    pub(crate) fn find(paths: &[PathBuf]) -> Self {
        let mut found = Self::default();
        for path in paths {
            if path.is_dir() {
                found.walk(path, 0);
            } else {
                found.files.push(Input { path: path.clone() });
            }
        }
        found
    }

    fn walk(&mut self, directory: &Path, depth: usize) {
        let listed = std::fs::read_dir(directory).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let Ok(mut entries) = listed else {
            // A directory that cannot be listed may hide documents: it is listed as one unreadable input.
            self.files.push(Input { path: directory.to_path_buf() });
            return;
        };
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                self.skipped += 1;
                continue;
            }
            let path = entry.path();
            // Links to directories are not followed, so a walk always ends; links to files are.
            let is_directory = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_directory && depth < DEPTH_MAX {
                self.walk(&path, depth + 1);
            } else if is_directory || is_document(&path) {
                // A directory too deep to walk is listed, like one that cannot be.
                self.files.push(Input { path });
            } else {
                self.skipped += 1;
            }
        }
    }
}

fn is_document(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let known = |extension: &str| EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension));
    extension.is_some_and(known) && !path.is_dir()
}

/// A file that was not read, and how large it is as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unread {
    /// Why.
    pub(crate) code: FailureCode,
    /// Its size; 0 where nobody knows.
    pub(crate) size_bytes: u64,
}

impl Input {
    /// The input as named by the caller.
    pub(crate) fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// [`Input::read`] on a thread that may block: a slow disk or a pipe holds up nothing else.
    pub(crate) async fn read_in_background(self, limit_bytes: u64) -> Result<Vec<u8>, Unread> {
        let read = tokio::task::spawn_blocking(move || self.read(limit_bytes)).await;
        read.unwrap_or(Err(Unread { code: FailureCode::Unreadable, size_bytes: 0 }))
    }

    /// The whole file. A file over the limit is refused by its size alone, one that grows while it is read as soon
    /// as it passes the limit.
    pub(crate) fn read(&self, limit_bytes: u64) -> Result<Vec<u8>, Unread> {
        let unreadable = |_| Unread { code: FailureCode::Unreadable, size_bytes: 0 };
        let too_large = |size_bytes| Unread { code: FailureCode::TooLarge, size_bytes };
        let file = File::open(&self.path).map_err(unreadable)?;
        let stated = file.metadata().map_err(unreadable)?.len();
        if stated > limit_bytes {
            return Err(too_large(stated));
        }
        let mut bytes = Vec::new();
        file.take(limit_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
        match u64::try_from(bytes.len()).unwrap_or(u64::MAX) {
            0 => Err(Unread { code: FailureCode::Corrupt, size_bytes: 0 }),
            size_bytes if size_bytes > limit_bytes => Err(too_large(size_bytes)),
            _ => Ok(bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &Path, content: &[u8]) -> Input {
        std::fs::write(path, content).unwrap();
        Input { path: path.to_path_buf() }
    }

    #[test]
    fn directories_are_walked_in_order_and_the_rest_is_counted() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        std::fs::create_dir_all(at("b/deep")).unwrap();
        for name in ["z.csv", "b/deep/two.PDF", "a.pdf", "b/truth.json", ".hidden.pdf", "notes.txt"] {
            file(&at(name), b"x");
        }
        let missing = at("missing.pdf");
        let found = Inputs::find(&[missing.clone(), root.path().to_path_buf()]);
        let paths: Vec<PathBuf> = found.files.into_iter().map(|input| input.path).collect();
        assert_eq!(paths, [missing, at("a.pdf"), at("b/deep/two.PDF"), at("z.csv")]);
        assert_eq!(found.skipped, 3);
    }

    #[test]
    fn a_link_to_its_own_directory_ends() {
        let root = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(root.path(), root.path().join("loop.pdf")).unwrap();
        assert_eq!(Inputs::find(&[root.path().to_path_buf()]), Inputs { files: vec![], skipped: 1 });
    }

    #[test]
    fn limits_and_missing_files() {
        let root = tempfile::tempdir().unwrap();
        let code =
            |input: &Input, limit| input.read(limit).map(|bytes| bytes.len()).map_err(|unread| unread.code);
        let ten = file(&root.path().join("ten"), &[b'x'; 10]);
        assert_eq!(code(&ten, 10), Ok(10));
        assert_eq!(code(&ten, 9), Err(FailureCode::TooLarge));
        assert_eq!(ten.read(9).unwrap_err().size_bytes, 10);
        assert_eq!(code(&file(&root.path().join("none"), b""), 9), Err(FailureCode::Corrupt));
        assert_eq!(code(&Input { path: root.path().join("gone") }, 9), Err(FailureCode::Unreadable));
        assert_eq!(code(&Input { path: root.path().to_path_buf() }, 1 << 40), Err(FailureCode::Unreadable));
        assert_eq!(code(&Input { path: "/dev/zero".into() }, 100), Err(FailureCode::TooLarge));
    }
}
