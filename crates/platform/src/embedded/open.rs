//! Opening a data directory: everything is made on first use, nothing has to be set up.

use super::audit::SqliteAudit;
use super::bell::LocalBell;
use super::database::Database;
use super::directory;
use super::documents::SqliteDocuments;
use super::jobs::SqliteJobs;
use super::key_file::KeyFile;
use super::keys::SqliteKeys;
use super::objects::SealedFiles;
use super::outbox::SqliteOutbox;
use super::retention::SqliteRetention;
use crate::port::{Clock, Ids, Keys, SystemClock, SystemIds};
use crate::{KeyFault, PlatformError, Result, World};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a commit survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Power loss: every commit and every object is synced.
    Full,
    /// The end of the process, and no more: for a directory that is thrown away anyway.
    Ephemeral,
}

/// The embedded backends, about to be opened.
pub struct Embedded {
    directory: PathBuf,
    durability: Durability,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
}

impl Embedded {
    /// On this directory, with the machine's clock.
    #[must_use]
    pub fn new(directory: &Path, durability: Durability) -> Self {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        Self::with_clock(directory, durability, clock)
    }

    /// On this directory, with another clock: tests move it.
    #[must_use]
    pub fn with_clock(directory: &Path, durability: Durability, clock: Arc<dyn Clock>) -> Self {
        let ids = Arc::new(SystemIds::new(Arc::clone(&clock)));
        Self { directory: directory.to_owned(), durability, clock, ids }
    }

    /// Makes or opens the directory. Waits while another process is doing the same.
    ///
    /// # Errors
    /// `Directory`, `Keys` (a key file that others may read, is damaged, or is missing although keys were wrapped
    /// with it), `Database`, `Inconsistent` for a database of a newer release.
    pub async fn open(self) -> Result<World> {
        let entered = self.directory.clone();
        // Apart from the runtime's threads: it may wait for another opener, who may need this very thread.
        let opening = tokio::task::spawn_blocking(move || directory::enter(&entered))
            .await
            .map_err(|error| PlatformError::Directory { what: "open", source: error.into() })??;
        let rows = self.database("smartexus.db", &sqlx::migrate!("./migrations/sqlite")).await?;
        let wrapped = self.database("keys.db", &sqlx::migrate!("./migrations/keys")).await?;
        let file = self.key_file(&wrapped).await?;
        let keys: Arc<dyn Keys> = Arc::new(SqliteKeys::new(wrapped, file));
        let blobs =
            SealedFiles::open(&directory::blobs(&self.directory)?, self.durability, Arc::clone(&keys))?;
        drop(opening);
        Ok(World {
            documents: Arc::new(SqliteDocuments(rows.clone())),
            jobs: Arc::new(SqliteJobs(rows.clone())),
            retention: Arc::new(SqliteRetention(rows.clone())),
            audit: Arc::new(SqliteAudit(rows.clone())),
            outbox: Arc::new(SqliteOutbox(rows)),
            doorbell: Arc::new(LocalBell::new()),
            blobs: Arc::new(blobs),
            keys,
            clock: self.clock,
            ids: self.ids,
        })
    }

    async fn database(&self, file: &str, migrations: &sqlx::migrate::Migrator) -> Result<Database> {
        let (clock, ids) = (Arc::clone(&self.clock), Arc::clone(&self.ids));
        Database::open(&self.directory.join(file), self.durability, migrations, clock, ids).await
    }

    async fn key_file(&self, wrapped: &Database) -> Result<KeyFile> {
        let path = self.directory.join("key");
        match KeyFile::read(&path)? {
            Some(file) => Ok(file),
            // A new key would make everything that is stored unreadable without anybody noticing.
            None if SqliteKeys::has_keys(wrapped).await? => Err(PlatformError::Keys(KeyFault::FileMissing)),
            None => KeyFile::create(&path),
        }
    }
}

/// Makes or opens a data directory with the machine's clock. See [`Embedded::open`].
///
/// # Errors
/// As [`Embedded::open`].
pub async fn open_embedded(directory: &Path, durability: Durability) -> Result<World> {
    Embedded::new(directory, durability).open().await
}
