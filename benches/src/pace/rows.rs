//! The rows of an installation, looked at from beside: no port tells what is cheap to know here.

use crate::storm::installation::Installation;
use anyhow::ensure;
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, PgPool, SqlitePool};
use std::time::{Duration, Instant};

/// How often the rows are asked: at first for the moment of the first claim, then for the end, which may be late by
/// this much.
const LOOK_FOR_FIRST: Duration = Duration::from_millis(2);
const LOOK_FOR_LAST: Duration = Duration::from_millis(10);

/// The database under an installation.
pub(crate) enum Rows {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Rows {
    /// One connection of its own, as the owner of the tables.
    pub(crate) async fn open(installation: &Installation) -> anyhow::Result<Self> {
        if let Some(url) = installation.database() {
            return Ok(Self::Postgres(PgPoolOptions::new().max_connections(1).connect(&url).await?));
        }
        let options = SqliteConnectOptions::new()
            .filename(installation.data().join("smartexus.db"))
            .busy_timeout(Duration::from_secs(60));
        let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        Ok(Self::Sqlite(pool.connect_with(options).await?))
    }

    /// A statement for both databases.
    pub(crate) async fn run(&self, statement: &str) -> anyhow::Result<()> {
        let statement = AssertSqlSafe(statement.to_owned());
        let statement = sqlx::raw_sql(statement);
        match self {
            Self::Sqlite(pool) => {
                statement.execute(pool).await?;
            }
            Self::Postgres(pool) => {
                statement.execute(pool).await?;
            }
        }
        Ok(())
    }

    /// The one number that this answers.
    pub(crate) async fn number(&self, question: &str) -> anyhow::Result<i64> {
        let question = AssertSqlSafe(question.to_owned());
        let (number,): (i64,) = match self {
            Self::Sqlite(pool) => sqlx::query_as(question).fetch_one(pool).await?,
            Self::Postgres(pool) => sqlx::query_as(question).fetch_one(pool).await?,
        };
        Ok(number)
    }

    /// Leaves nothing for later that an earlier round put off: dead rows, a long log.
    pub(crate) async fn rest(&self) -> anyhow::Result<()> {
        match self {
            Self::Sqlite(_) => self.run("PRAGMA wal_checkpoint(TRUNCATE)").await,
            Self::Postgres(_) => {
                self.run("VACUUM (ANALYZE)").await?;
                self.run("CHECKPOINT").await
            }
        }
    }

    /// From the first claim to the last job's end: a worker's start is not a job's.
    pub(crate) async fn until_done(&self, limit: Duration) -> anyhow::Result<Duration> {
        let deadline = Instant::now() + limit;
        self.look("SELECT count(*) FROM (SELECT 1 FROM bells WHERE leased LIMIT 1) AS one", 1, deadline)
            .await?;
        let started = Instant::now();
        self.look("SELECT count(*) FROM (SELECT 1 FROM bells LIMIT 1) AS one", 0, deadline).await?;
        Ok(started.elapsed())
    }

    async fn look(&self, question: &str, wanted: i64, deadline: Instant) -> anyhow::Result<()> {
        let pause = if wanted == 0 { LOOK_FOR_LAST } else { LOOK_FOR_FIRST };
        while self.number(question).await? != wanted {
            ensure!(Instant::now() < deadline, "the jobs are not done in time");
            tokio::time::sleep(pause).await;
        }
        Ok(())
    }
}
