//! Opening a SQLite file.

use super::database::{Database, Engine, Time};
use crate::embedded::Durability;
use crate::port::{Clock, Ids};
use crate::{PlatformError, Result};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long a writer waits for another process to finish its transaction.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Connections for reading, per process and file.
const READERS: u32 = 4;

/// Makes or opens a file and brings it up to date.
pub(crate) async fn open(
    file: PathBuf,
    durability: Durability,
    migrations: &'static Migrator,
    (clock, ids): (Arc<dyn Clock>, Arc<dyn Ids>),
) -> Result<Database> {
    let options = options(&file, durability);
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
    Ok(Database { engine: Engine::Sqlite { writer, reader }, time: Time::Given(clock), ids })
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

pub(super) fn migration_failed(error: MigrateError) -> PlatformError {
    let newer = matches!(error, MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_));
    if newer {
        PlatformError::Inconsistent("the database was written by another release")
    } else {
        PlatformError::Database { source: Box::new(error) }
    }
}
