//! One SQLite file: many readers, one writer.

use super::open::Durability;
use crate::port::{Clock, Ids};
use crate::{PlatformError, Result};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqlitePool, Transaction};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How long a writer waits for another process to finish its transaction.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Connections for reading, per process and file.
const READERS: u32 = 4;

/// A database file with its writer apart: writers of this process queue for one connection, in turn, instead of
/// polling SQLite's lock; only writers of *other* processes meet at that lock.
#[derive(Clone)]
pub(super) struct Database {
    writer: SqlitePool,
    reader: SqlitePool,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) ids: Arc<dyn Ids>,
}

impl Database {
    pub(super) async fn open(
        file: &Path,
        durability: Durability,
        migrations: &Migrator,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> Result<Self> {
        let options = options(file, durability);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await?;
        migrations.run(&writer).await.map_err(migration_failed)?;
        let reader = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.pragma("query_only", "ON"))
            .await?;
        Ok(Self { writer, reader, clock, ids })
    }

    pub(super) fn reader(&self) -> &SqlitePool {
        &self.reader
    }

    /// The writer, for a change of one statement.
    pub(super) fn writer(&self) -> &SqlitePool {
        &self.writer
    }

    /// A transaction that holds the write lock from its first moment: what it reads cannot change before it writes.
    pub(super) async fn begin(&self) -> Result<Transaction<'static, Sqlite>> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Moves the write-ahead log into the file and cuts it to nothing, so that what was deleted is not in the log.
    /// Fails when a reader holds the log back; the caller's step is then done again later.
    pub(super) async fn cut_log(&self) -> Result<()> {
        let (busy, _, _): (i64, i64, i64) =
            sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&self.writer).await?;
        if busy == 0 {
            Ok(())
        } else {
            Err(PlatformError::Database { source: "a reader holds the write-ahead log".into() })
        }
    }
}

fn options(file: &Path, durability: Durability) -> SqliteConnectOptions {
    let synchronous = match durability {
        // With NORMAL a commit may vanish at power loss, and with it an accepted document.
        Durability::Full => SqliteSynchronous::Full,
        Durability::Ephemeral => SqliteSynchronous::Off,
    };
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .busy_timeout(BUSY_TIMEOUT)
        .pragma("secure_delete", "ON")
}

fn migration_failed(error: MigrateError) -> PlatformError {
    let newer = matches!(error, MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_));
    if newer {
        PlatformError::Inconsistent("the database was written by another release")
    } else {
        PlatformError::Database { source: Box::new(error) }
    }
}
