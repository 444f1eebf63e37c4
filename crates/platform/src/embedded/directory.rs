//! The data directory: who may look into it, and one opener at a time while it is made.

use crate::{PlatformError, Result};
use std::fs::{DirBuilder, File, OpenOptions};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

/// Holds the directory's opening lock until dropped. It guards creation and migration only; afterwards processes
/// share the directory under SQLite's own locks.
pub(crate) struct Opening {
    _lock: File,
}

/// Makes the directory, readable by its owner only, and waits until no other process is opening it.
pub(crate) fn enter(directory: &Path) -> Result<Opening> {
    let failed = |what| move |source| PlatformError::Directory { what, source };
    DirBuilder::new().recursive(true).mode(0o700).create(directory).map_err(failed("create"))?;
    let lock = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(directory.join("opening.lock"))
        .map_err(failed("open its lock file"))?;
    lock.lock().map_err(failed("lock"))?;
    Ok(Opening { _lock: lock })
}

/// Where objects lie.
pub(crate) fn blobs(directory: &Path) -> Result<PathBuf> {
    let path = directory.join("blobs");
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&path)
        .map_err(|source| PlatformError::Directory { what: "create the object folder", source })?;
    Ok(path)
}
