//! Listing object files, with the remains of broken writes and files that are not ours. Links are not followed.

use super::shelf::parse;
use crate::port::ObjectEntry;
use jiff::Timestamp;
use smartexus_domain::WorkspaceId;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

/// The names directly in a workspace's folder.
pub(super) fn top(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut names = Vec::new();
    for entry in children(folder)? {
        names.push(PathBuf::from(entry.file_name()));
    }
    names.sort();
    Ok(names)
}

/// Every file at or below a path in a workspace's folder. What vanishes while it is listed is left out.
pub(super) fn below(workspace: WorkspaceId, folder: &Path, start: &Path) -> io::Result<Vec<ObjectEntry>> {
    let mut entries = Vec::new();
    let mut waiting = vec![start.to_owned()];
    while let Some(relative) = waiting.pop() {
        let full = folder.join(&relative);
        let metadata = match fs::symlink_metadata(&full) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        if metadata.is_dir() {
            waiting.extend(children(&full)?.iter().map(|child| relative.join(child.file_name())));
            continue;
        }
        entries.push(ObjectEntry {
            name: relative.to_str().and_then(|path| parse(workspace, path)),
            path: relative.to_string_lossy().into_owned(),
            stored_bytes: metadata.len(),
            modified_at: Timestamp::try_from(metadata.modified()?).unwrap_or(Timestamp::UNIX_EPOCH),
        });
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(entries)
}

/// Removes one listed file, and the folders that are empty afterwards.
pub(super) fn remove(folder: &Path, relative: &str) -> io::Result<()> {
    let relative = Path::new(relative);
    let stays_below = relative.components().all(|part| matches!(part, Component::Normal(_)));
    if !stays_below || relative.as_os_str().is_empty() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "not a listed path"));
    }
    match fs::remove_file(folder.join(relative)) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    for parent in relative.ancestors().skip(1).filter(|p| !p.as_os_str().is_empty()) {
        // A folder that is not empty, or is gone already, ends the clean-up.
        if fs::remove_dir(folder.join(parent)).is_err() {
            break;
        }
    }
    Ok(())
}

fn children(folder: &Path) -> io::Result<Vec<fs::DirEntry>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.collect(),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removal_stays_below_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        fs::write(folder.path().join("keep"), "x").unwrap();
        for path in ["../keep", "/keep", "", ".", "a/../../keep"] {
            assert!(remove(&inner, path).is_err(), "{path}");
        }
        assert!(folder.path().join("keep").exists());
        fs::create_dir_all(inner.join("a/b")).unwrap();
        fs::write(inner.join("a/b/c"), "x").unwrap();
        remove(&inner, "a/b/c").unwrap();
        assert!(inner.exists() && !inner.join("a").exists());
        remove(&inner, "a/b/c").unwrap();
    }
}
