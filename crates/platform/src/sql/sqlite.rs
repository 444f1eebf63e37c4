//! Opening a SQLite file.

use super::database::{Database, Engine, Time};
use super::log::Log;
use crate::embedded::Durability;
use crate::port::{Clock, Ids};
use crate::{PlatformError, Result};
use futures::future::BoxFuture;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::pool::PoolConnectionMetadata;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, SqliteConnection};
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
        .after_release(is_usable)
        .connect_with(options.clone())
        .await?;
    migrations.run(&writer).await.map_err(migration_failed)?;
    let reader = SqlitePoolOptions::new()
        .max_connections(READERS)
        .after_release(is_usable)
        .connect_with(options.pragma("query_only", "ON"))
        .await?;
    let log = Arc::new(Log::of(&file, writer.clone())?);
    Ok(Database { engine: Engine::Sqlite { writer, reader, log }, time: Time::Given(clock), ids })
}

/// Whether a connection that comes back may be used again. SQLite ends a transaction by itself when the disk is full or
/// fails; the client does not notice, cannot end it a second time, and would refuse every later one.
fn is_usable(
    connection: &mut SqliteConnection,
    _: PoolConnectionMetadata,
) -> BoxFuture<'_, sqlx::Result<bool>> {
    Box::pin(async move {
        // Answered after the rollback that may be under way.
        connection.ping().await?;
        Ok(!connection.is_in_transaction())
    })
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
        // A commit would move a part of the log while others read: `log` says what that may cost.
        .pragma("wal_autocheckpoint", "0")
}

pub(super) fn migration_failed(error: MigrateError) -> PlatformError {
    let newer = matches!(error, MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_));
    if newer {
        PlatformError::Inconsistent("the database was written by another release")
    } else {
        PlatformError::Database { source: Box::new(error) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::{SystemClock, SystemIds};
    use crate::sql::migrations::OF_SQLITE_KEYS;
    use crate::sql::transaction::{Scope, query};

    async fn write(database: &Database, name: &str, bytes: usize) -> Result<()> {
        let mut tx = database.write(Scope::Bare).await?;
        query("INSERT INTO workspace_keys (workspace_id, key_id, wrapped) VALUES ($1, $2, $3)")
            .bind(name)
            .bind(vec![1])
            .bind(vec![1; bytes])
            .execute(&mut tx)
            .await?;
        tx.commit().await
    }

    #[tokio::test]
    async fn a_disk_that_was_full_is_written_again_when_it_has_room() {
        let directory = tempfile::tempdir().unwrap();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let ids: Arc<dyn Ids> = Arc::new(SystemIds::new(Arc::clone(&clock)));
        let file = directory.path().join("keys.db");
        let database = open(file, Durability::Full, &OF_SQLITE_KEYS, (clock, ids)).await.unwrap();
        write(&database, "before", 1).await.unwrap();
        let Engine::Sqlite { writer, .. } = &database.engine else { panic!("a SQLite file") };
        // No larger than it is: SQLite answers as on a disk without room.
        sqlx::query("PRAGMA max_page_count = 1").execute(writer).await.unwrap();
        let full = write(&database, "full", 1024 * 1024).await;
        assert!(matches!(full, Err(PlatformError::Database { .. })), "{full:?}");
        write(&database, "after", 1024 * 1024).await.unwrap();
    }

    /// Pages in the log, and how many of them are in the file too.
    async fn log(database: &Database) -> (i64, i64) {
        let Engine::Sqlite { writer, .. } = &database.engine else { panic!("a SQLite file") };
        let (_, all, moved): (i64, i64, i64) =
            sqlx::query_as("PRAGMA wal_checkpoint(NOOP)").fetch_one(writer).await.unwrap();
        (all, moved)
    }

    #[tokio::test]
    async fn the_log_moves_whole_or_not_at_all() {
        let directory = tempfile::tempdir().unwrap();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let ids: Arc<dyn Ids> = Arc::new(SystemIds::new(Arc::clone(&clock)));
        let file = directory.path().join("keys.db");
        let database = open(file, Durability::Ephemeral, &OF_SQLITE_KEYS, (clock, ids)).await.unwrap();
        write(&database, "before", 1).await.unwrap();
        let mut tx = database.snapshot(Scope::Bare).await.unwrap();
        let (_keys,): (i64,) = query("SELECT count(*) FROM workspace_keys").one(&mut tx).await.unwrap();
        for number in 0..80 {
            write(&database, &number.to_string(), 100_000).await.unwrap();
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        let (all, moved) = log(&database).await;
        assert!(all > 1_000, "{all}");
        assert_eq!(moved, 0);
        drop(tx);
        for number in 80..400 {
            write(&database, &number.to_string(), 100_000).await.unwrap();
            tokio::task::yield_now().await;
            if log(&database).await.0 < all {
                // Moved, and begun anew.
                return;
            }
        }
        panic!("the log only grows");
    }
}
