//! Which backend stands behind which port, and opening them all. Whatever is not named is embedded.

use crate::embedded::directory::Opening;
use crate::embedded::{Durability, KeyFile, LocalBell, LocalCache, directory};
use crate::objects::{S3Settings, SealedFiles, open_s3};
use crate::port::{
    Blobs, Cache, Clock, DocumentKey, Doorbell, Fingerprint, Ids, Keys, SystemClock, SystemIds,
};
use crate::rabbit::{MacKey, RabbitBell, RabbitSettings};
use crate::redis::{RedisCache, RedisSettings};
use crate::sql::{
    Database, OF_SQLITE_KEYS, OF_SQLITE_ROWS, PostgresSettings, SqlAudit, SqlCategories, SqlDocuments,
    SqlJobs, SqlKeys, SqlMappings, SqlOutbox, SqlRetention, migrate_keys, migrate_rows, open_keys, open_rows,
    open_sqlite,
};
use crate::{KeyFault, PlatformError, Result, World};
use async_trait::async_trait;
use smartexus_domain::{DocumentId, WorkspaceId};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where rows and wrapped keys are kept.
#[derive(Clone)]
pub enum RowStore {
    /// Two SQLite files in the data directory.
    Sqlite,
    /// PostgreSQL; the two may be one database, and should not be, so that a backup of the rows holds no key.
    Postgres {
        /// Documents, jobs, audit, outbox, receipts.
        rows: PostgresSettings,
        /// Wrapped keys.
        keys: PostgresSettings,
    },
}

/// What rings for work.
#[derive(Clone)]
pub enum Queue {
    /// A bell inside the process; other processes look every second.
    Local,
    /// RabbitMQ.
    Rabbit(Box<RabbitSettings>),
}

/// Where sealed objects are kept.
#[derive(Clone)]
pub enum BlobStore {
    /// Files in the data directory.
    Files,
    /// S3.
    S3(S3Settings),
}

/// What replicas share and may lose.
#[derive(Clone)]
pub enum CacheStore {
    /// Nothing: each process has its own.
    Local,
    /// Redis.
    Redis(RedisSettings),
}

/// The backends, about to be opened.
#[derive(Clone)]
pub struct Backends {
    directory: PathBuf,
    durability: Durability,
    given_clock: Option<Arc<dyn Clock>>,
    key_file: Option<PathBuf>,
    rows: RowStore,
    queue: Queue,
    blobs: BlobStore,
    cache: CacheStore,
}

impl Backends {
    /// Everything embedded, in this directory, with the machine's clock.
    #[must_use]
    pub fn embedded(directory: &Path, durability: Durability) -> Self {
        Self {
            directory: directory.to_owned(),
            durability,
            given_clock: None,
            key_file: None,
            rows: RowStore::Sqlite,
            queue: Queue::Local,
            blobs: BlobStore::Files,
            cache: CacheStore::Local,
        }
    }

    /// In another directory.
    #[must_use]
    pub fn in_directory(self, directory: &Path) -> Self {
        Self { directory: directory.to_owned(), ..self }
    }

    /// With another clock: tests move it.
    #[must_use]
    pub fn clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { given_clock: Some(clock), ..self }
    }

    /// With this key file instead of the one in the data directory. It is never made, only read.
    #[must_use]
    pub fn key_file(self, path: PathBuf) -> Self {
        Self { key_file: Some(path), ..self }
    }

    /// With these rows.
    #[must_use]
    pub fn rows(self, rows: RowStore) -> Self {
        Self { rows, ..self }
    }

    /// With this bell.
    #[must_use]
    pub fn queue(self, queue: Queue) -> Self {
        Self { queue, ..self }
    }

    /// With these objects.
    #[must_use]
    pub fn blobs(self, blobs: BlobStore) -> Self {
        Self { blobs, ..self }
    }

    /// With this cache.
    #[must_use]
    pub fn cache(self, cache: CacheStore) -> Self {
        Self { cache, ..self }
    }

    /// Makes or opens what is embedded and reaches what is not. Waits while another process is making the same
    /// directory.
    ///
    /// # Errors
    /// `Directory`; `Keys` for a key file that others may read, is damaged, or is missing although keys were wrapped
    /// with it; `Schema` for PostgreSQL that is not migrated or would not bind us; `Database`; `Inconsistent` for a
    /// SQLite file of a newer release.
    pub async fn open(self) -> Result<World> {
        let opening = self.enter().await?;
        let clock = self.clock_or_system();
        let ids: Arc<dyn Ids> = Arc::new(SystemIds::new(Arc::clone(&clock)));
        let (rows, wrapped) = self.databases(&clock, &ids).await?;
        let file = self.keys_file(&wrapped).await?;
        let doorbell = self.doorbell(&file, &clock, &ids).await?;
        let keys: Arc<dyn Keys> = Arc::new(SqlKeys::new(wrapped, file));
        let blobs = self.objects(&keys)?;
        let cache = self.shared(&clock).await?;
        drop(opening);
        Ok(World {
            documents: Arc::new(SqlDocuments(rows.clone())),
            jobs: Arc::new(SqlJobs(rows.clone())),
            retention: Arc::new(SqlRetention(rows.clone())),
            categories: Arc::new(SqlCategories(rows.clone())),
            mappings: Arc::new(SqlMappings(rows.clone())),
            audit: Arc::new(SqlAudit(rows.clone())),
            outbox: Arc::new(SqlOutbox(rows)),
            doorbell,
            cache,
            blobs,
            keys,
            clock,
            ids,
        })
    }

    /// The cache alone, for whoever asks each engine how it is.
    ///
    /// # Errors
    /// `Cache` for settings that can never work.
    pub async fn open_cache(&self) -> Result<Arc<dyn Cache>> {
        self.shared(&self.clock_or_system()).await
    }

    /// The bell alone. It needs the key file, which is not made for it.
    ///
    /// # Errors
    /// `Keys` without a key file that can be read.
    pub async fn open_doorbell(&self) -> Result<Arc<dyn Doorbell>> {
        let path = self.key_file.clone().unwrap_or_else(|| self.directory.join("key"));
        let file = KeyFile::read(&path)?.ok_or(PlatformError::Keys(KeyFault::FileMissing))?;
        let clock = self.clock_or_system();
        let ids: Arc<dyn Ids> = Arc::new(SystemIds::new(Arc::clone(&clock)));
        self.doorbell(&file, &clock, &ids).await
    }

    /// Writes, reads, lists and removes one small thing in the blob store, without any key.
    ///
    /// # Errors
    /// `Blobs`, `BlobSettings`, `Directory`.
    pub async fn probe_blobs(&self) -> Result<()> {
        let keys: Arc<dyn Keys> = Arc::new(NoKeys);
        self.objects(&keys)?.probe().await
    }

    fn clock_or_system(&self) -> Arc<dyn Clock> {
        self.given_clock.clone().unwrap_or_else(|| Arc::new(SystemClock::new()))
    }

    /// Brings PostgreSQL up to date. SQLite needs no such step: its files are brought up to date when they are opened.
    ///
    /// # Errors
    /// `Database`; `Inconsistent` when it was migrated by another release.
    pub async fn migrate(&self) -> Result<()> {
        match &self.rows {
            RowStore::Sqlite => Ok(()),
            RowStore::Postgres { rows, keys } => {
                migrate_rows(rows).await?;
                migrate_keys(keys).await
            }
        }
    }

    /// Takes the data directory's opening lock, where anything is kept in it: a fleet's processes need none.
    async fn enter(&self) -> Result<Option<Opening>> {
        if !self.needs_directory() {
            return Ok(None);
        }
        let entered = self.directory.clone();
        // Apart from the runtime's threads: it may wait for another opener, who may need this very thread.
        tokio::task::spawn_blocking(move || directory::enter(&entered))
            .await
            .map_err(|error| PlatformError::Directory { what: "open", source: error.into() })?
            .map(Some)
    }

    /// Whether anything is kept in the data directory.
    #[must_use]
    pub const fn needs_directory(&self) -> bool {
        matches!(self.rows, RowStore::Sqlite) || self.key_file.is_none() || self.keeps_files()
    }

    const fn keeps_files(&self) -> bool {
        matches!(self.blobs, BlobStore::Files)
    }

    async fn doorbell(
        &self,
        file: &KeyFile,
        clock: &Arc<dyn Clock>,
        ids: &Arc<dyn Ids>,
    ) -> Result<Arc<dyn Doorbell>> {
        Ok(match &self.queue {
            Queue::Local => Arc::new(LocalBell::new()),
            Queue::Rabbit(settings) => {
                // Whoever can read the documents may announce them: the key follows from the deployment's.
                let key = MacKey::derive(&file.secret)?;
                let (clock, ids) = (Arc::clone(clock), Arc::clone(ids));
                Arc::new(RabbitBell::open(settings.as_ref().clone(), key, clock, ids).await)
            }
        })
    }

    fn objects(&self, keys: &Arc<dyn Keys>) -> Result<Arc<dyn Blobs>> {
        Ok(match &self.blobs {
            BlobStore::Files => {
                let fsync = self.durability == Durability::Full;
                let root = directory::blobs(&self.directory)?;
                Arc::new(SealedFiles::open(&root, fsync, Arc::clone(keys))?)
            }
            BlobStore::S3(settings) => open_s3(settings, settings.all_at_home(), Arc::clone(keys))
                .map_err(PlatformError::BlobSettings)?,
        })
    }

    async fn shared(&self, clock: &Arc<dyn Clock>) -> Result<Arc<dyn Cache>> {
        Ok(match &self.cache {
            CacheStore::Local => Arc::new(LocalCache::new(Arc::clone(clock))),
            CacheStore::Redis(settings) => Arc::new(RedisCache::open(settings.clone()).await?),
        })
    }

    async fn databases(&self, clock: &Arc<dyn Clock>, ids: &Arc<dyn Ids>) -> Result<(Database, Database)> {
        match &self.rows {
            RowStore::Sqlite => {
                let shared = [(); 2].map(|()| (Arc::clone(clock), Arc::clone(ids)));
                let [for_rows, for_keys] = shared;
                let file = self.directory.join("smartexus.db");
                let rows = open_sqlite(file, self.durability, &OF_SQLITE_ROWS, for_rows).await?;
                let file = self.directory.join("keys.db");
                Ok((rows, open_sqlite(file, self.durability, &OF_SQLITE_KEYS, for_keys).await?))
            }
            RowStore::Postgres { rows, keys } => {
                let given = self.given_clock.clone();
                let rows = open_rows(rows, given.clone(), Arc::clone(ids)).await?;
                Ok((rows, open_keys(keys, given, Arc::clone(ids)).await?))
            }
        }
    }

    async fn keys_file(&self, wrapped: &Database) -> Result<KeyFile> {
        if let Some(path) = &self.key_file {
            return KeyFile::read(path)?.ok_or(PlatformError::Keys(KeyFault::FileMissing));
        }
        let path = self.directory.join("key");
        match (KeyFile::read(&path)?, &self.rows) {
            (Some(file), _) => Ok(file),
            // A new key would make everything that is stored unreadable without anybody noticing.
            (None, RowStore::Sqlite) if SqlKeys::has_keys(wrapped).await? => {
                Err(PlatformError::Keys(KeyFault::FileMissing))
            }
            (None, RowStore::Sqlite) => KeyFile::create(&path),
            // Other machines wrap with it too: it is made once, by a person, and handed to all of them.
            (None, RowStore::Postgres { .. }) => Err(PlatformError::Keys(KeyFault::FileMissing)),
        }
    }
}

/// For a store that is asked for nothing that is sealed.
struct NoKeys;

#[async_trait]
impl Keys for NoKeys {
    async fn create(&self, _: WorkspaceId, _: DocumentId) -> Result<DocumentKey> {
        Err(PlatformError::KeyDestroyed)
    }

    async fn document_key(&self, _: WorkspaceId, _: DocumentId) -> Result<DocumentKey> {
        Err(PlatformError::KeyDestroyed)
    }

    async fn workspace_content_key(&self, _: WorkspaceId) -> Result<DocumentKey> {
        Err(PlatformError::KeyDestroyed)
    }

    async fn destroy(&self, _: WorkspaceId, _: DocumentId) -> Result<()> {
        Ok(())
    }

    async fn holds(&self, _: WorkspaceId, _: DocumentId) -> Result<bool> {
        Ok(false)
    }

    async fn opens(&self, _: WorkspaceId) -> Result<bool> {
        Ok(false)
    }

    async fn fingerprint(&self, _: WorkspaceId, _: &[&[u8]]) -> Result<Fingerprint> {
        Err(PlatformError::KeyDestroyed)
    }
}

/// Makes a key file with a fresh key, readable by its owner only: once for an installation.
///
/// # Errors
/// `Directory` when it exists already or cannot be written; `Keys` without randomness.
pub fn create_key_file(path: &Path) -> Result<()> {
    if path.exists() {
        let source = std::io::ErrorKind::AlreadyExists.into();
        return Err(PlatformError::Directory { what: "create the key file", source });
    }
    KeyFile::create(path).map(drop)
}

/// Makes or opens a data directory with the machine's clock. See [`Backends::open`].
///
/// # Errors
/// As [`Backends::open`].
pub async fn open_embedded(directory: &Path, durability: Durability) -> Result<World> {
    Backends::embedded(directory, durability).open().await
}
