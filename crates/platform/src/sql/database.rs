//! A database of either kind: how its transactions begin.

use super::log::{Inside, Log};
use super::transaction::{Connection, Scope, Tx};
use crate::port::{Clock, Ids, SystemClock};
use crate::{PlatformError, Result};
use jiff::Timestamp;
use smartexus_domain::WorkspaceId;
use sqlx::{AssertSqlSafe, PgPool, Postgres, SqlitePool, Transaction};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

/// How often a transaction that lost against another one is tried in all, and the pause before the next try.
const TRIES: u32 = 6;
const PAUSE: Duration = Duration::from_millis(10);

/// Whose clock says when a lease ends.
#[derive(Clone)]
pub(super) enum Time {
    /// This one: on one machine, and in tests.
    Given(Arc<dyn Clock>),
    /// The database's: the machines of a fleet need not agree.
    Database,
}

#[derive(Clone)]
pub(super) enum Engine {
    /// Many readers, one writer: writers of this process queue for one connection, in turn, instead of polling
    /// SQLite's lock; only writers of *other* processes meet at that lock.
    Sqlite {
        writer: SqlitePool,
        reader: SqlitePool,
        log: Arc<Log>,
    },
    Postgres(PgPool),
}

/// A database that is open.
#[derive(Clone)]
pub(crate) struct Database {
    pub(super) engine: Engine,
    pub(super) time: Time,
    pub(super) ids: Arc<dyn Ids>,
}

impl Database {
    /// A transaction that only looks.
    pub(super) async fn read(&self, scope: Scope) -> Result<Tx> {
        let inside = self.enter().await?;
        let connection = match &self.engine {
            Engine::Sqlite { reader, .. } => Connection::SqliteReader(reader.acquire().await?),
            Engine::Postgres(pool) => Connection::Postgres(begin(pool, "READ ONLY", scope).await?),
        };
        self.timed(connection, inside).await
    }

    /// A transaction that looks more than once at one and the same moment.
    pub(super) async fn snapshot(&self, scope: Scope) -> Result<Tx> {
        let inside = self.enter().await?;
        let connection = match &self.engine {
            Engine::Sqlite { reader, .. } => Connection::Sqlite(reader.begin().await?),
            Engine::Postgres(pool) => {
                Connection::Postgres(begin(pool, "ISOLATION LEVEL REPEATABLE READ READ ONLY", scope).await?)
            }
        };
        self.timed(connection, inside).await
    }

    /// A transaction that changes rows. What it reads of its workspace cannot change before it writes: SQLite has
    /// one writer from the first moment on, PostgreSQL locks the workspace's own row.
    pub(super) async fn write(&self, scope: Scope) -> Result<Tx> {
        let inside = self.enter().await?;
        let connection = match &self.engine {
            Engine::Sqlite { writer, .. } => Connection::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Engine::Postgres(pool) => {
                let mut transaction = begin(pool, "READ WRITE", scope).await?;
                if let Scope::Workspace(workspace) = scope {
                    lock_workspace(&mut transaction, workspace).await?;
                }
                Connection::Postgres(transaction)
            }
        };
        self.timed(connection, inside).await
    }

    /// As [`Database::write`], but without the lock on the workspace: for statements that are complete in
    /// themselves and write no audit event.
    pub(super) async fn touch(&self, scope: Scope) -> Result<Tx> {
        let inside = self.enter().await?;
        let connection = match &self.engine {
            Engine::Sqlite { writer, .. } => Connection::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Engine::Postgres(pool) => Connection::Postgres(begin(pool, "READ WRITE", scope).await?),
        };
        self.timed(connection, inside).await
    }

    /// PostgreSQL looks after its log by itself.
    async fn enter(&self) -> Result<Option<Inside>> {
        match &self.engine {
            Engine::Sqlite { log, .. } => Ok(Some(Arc::clone(log).enter().await?)),
            Engine::Postgres(_) => Ok(None),
        }
    }

    async fn timed(&self, mut connection: Connection, inside: Option<Inside>) -> Result<Tx> {
        let now = match (&self.time, &mut connection) {
            (Time::Database, Connection::Postgres(transaction)) => database_time(transaction).await?,
            (Time::Database, Connection::Sqlite(_) | Connection::SqliteReader(_)) => SystemClock::new().now(),
            (Time::Given(clock), _) => clock.now(),
        };
        Ok(Tx { connection, now, inside })
    }

    /// Whether looking is so much cheaper than writing that one looks first.
    pub(super) const fn looks_first(&self) -> bool {
        matches!(self.engine, Engine::Sqlite { .. })
    }

    /// Makes sure that what was deleted is not in SQLite's log either: moves the log into the file and cuts it to
    /// nothing. Fails when somebody is inside for long; the caller's step is then done again later. PostgreSQL has
    /// no such call: what lingers in its log and in dead rows is sealed, and the key that opens it is gone.
    pub(super) async fn cut_log(&self) -> Result<()> {
        match &self.engine {
            Engine::Sqlite { log, .. } => log.cut().await,
            Engine::Postgres(_) => Ok(()),
        }
    }

    /// Does a whole transaction again when it lost against another one (PostgreSQL: 40001 serialization failure,
    /// 40P01 deadlock, 23505 when two insert the same).
    pub(super) async fn again<T, F, Fut>(&self, work: F) -> Result<T>
    where
        F: Fn() -> Fut + Send,
        Fut: Future<Output = Result<T>> + Send,
    {
        let mut pause = PAUSE;
        for _ in 1..TRIES {
            match work().await {
                Err(error) if lost_a_race(&error) => tokio::time::sleep(pause).await,
                answer => return answer,
            }
            pause = pause.saturating_mul(2);
        }
        work().await
    }
}

async fn begin(pool: &PgPool, mode: &str, scope: Scope) -> Result<Transaction<'static, Postgres>> {
    // One round trip. The id is a UUID by type, so it cannot carry anything else into the statement.
    let statement = match scope {
        Scope::Workspace(workspace) => {
            format!("BEGIN {mode}; SET LOCAL smartexus.workspace = '{workspace}'")
        }
        Scope::Bare => format!("BEGIN {mode}"),
    };
    Ok(pool.begin_with(AssertSqlSafe(statement)).await?)
}

async fn lock_workspace(
    transaction: &mut Transaction<'static, Postgres>,
    workspace: WorkspaceId,
) -> Result<()> {
    sqlx::query("SELECT id FROM workspaces WHERE id = $1 FOR UPDATE")
        .bind(workspace.to_string())
        .fetch_optional(&mut **transaction)
        .await?;
    Ok(())
}

async fn database_time(transaction: &mut Transaction<'static, Postgres>) -> Result<Timestamp> {
    let (millis,): (i64,) = sqlx::query_as("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
        .fetch_one(&mut **transaction)
        .await?;
    super::row::time(millis)
}

fn lost_a_race(error: &PlatformError) -> bool {
    let PlatformError::Database { source } = error else { return false };
    let Some(sqlx::Error::Database(said)) = source.downcast_ref::<sqlx::Error>() else { return false };
    // Codes of PostgreSQL. SQLite's own codes are short numbers: its one writer loses no race.
    matches!(said.code().as_deref(), Some("40001" | "40P01" | "23505"))
}
