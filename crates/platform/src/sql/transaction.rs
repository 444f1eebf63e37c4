//! One transaction on either database, and the queries that run in it.

use super::log::Inside;
use crate::Result;
use jiff::Timestamp;
use smartexus_domain::WorkspaceId;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{AssertSqlSafe, FromRow, Postgres, Sqlite, Transaction};
use std::borrow::Cow;

/// Whose rows a transaction may touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Those of one workspace. PostgreSQL refuses every other row, whatever a query says.
    Workspace(WorkspaceId),
    /// The bare tables only (`bells`, `tenants`): ids, due times and counters, nothing of a document.
    Bare,
}

/// A row that both databases can give.
pub(super) trait Readable:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}
impl<T> Readable for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

pub(super) enum Connection {
    Sqlite(Transaction<'static, Sqlite>),
    /// SQLite's readers need no transaction: each statement sees one moment.
    SqliteReader(PoolConnection<Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// A transaction. Dropped without [`Tx::commit`], it leaves nothing behind.
pub(crate) struct Tx {
    pub(super) connection: Connection,
    pub(super) now: Timestamp,
    /// Left after the connection, hence the last.
    pub(super) inside: Option<Inside>,
}

impl Tx {
    /// The moment the transaction began, by the clock that all processes of this database share.
    pub(super) const fn now(&self) -> Timestamp {
        self.now
    }

    pub(super) fn now_ms(&self) -> i64 {
        self.now.as_millisecond()
    }

    /// What a `SELECT` that picks rows to change ends with, so that two processes do not pick the same.
    pub(super) const fn locking(&self) -> &'static str {
        match self.connection {
            Connection::Sqlite(_) | Connection::SqliteReader(_) => "",
            Connection::Postgres(_) => " FOR UPDATE SKIP LOCKED",
        }
    }

    /// From here on the rows of this workspace: for a transaction that began with the bare tables.
    pub(super) async fn enter(&mut self, workspace: WorkspaceId) -> Result<()> {
        if matches!(self.connection, Connection::Postgres(_)) {
            let (_set,): (String,) = query("SELECT set_config('smartexus.workspace', $1, true)")
                .bind(workspace.to_string())
                .one(self)
                .await?;
        }
        Ok(())
    }

    pub(super) async fn commit(self) -> Result<()> {
        match self.connection {
            Connection::Sqlite(transaction) => {
                transaction.commit().await?;
                if let Some(inside) = self.inside {
                    inside.committed();
                }
            }
            Connection::SqliteReader(_) => {}
            Connection::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }
}

/// A value on its way in.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Int(Option<i64>),
    Text(Option<String>),
    Blob(Option<Vec<u8>>),
    Flag(bool),
}

macro_rules! value {
    ($($from:ty, $name:ident => $into:expr;)*) => {
        $(impl From<$from> for Value {
            fn from($name: $from) -> Self {
                $into
            }
        })*
    };
}

value! {
    i64, v => Self::Int(Some(v));
    Option<i64>, v => Self::Int(v);
    u32, v => Self::Int(Some(i64::from(v)));
    String, v => Self::Text(Some(v));
    &str, v => Self::Text(Some(v.to_owned()));
    &String, v => Self::Text(Some(v.clone()));
    Option<String>, v => Self::Text(v);
    &Option<String>, v => Self::Text(v.clone());
    Option<&str>, v => Self::Text(v.map(ToOwned::to_owned));
    Vec<u8>, v => Self::Blob(Some(v));
    &[u8], v => Self::Blob(Some(v.to_vec()));
    bool, v => Self::Flag(v);
}

/// A statement with its values, for either database.
pub(super) struct Query {
    sql: Cow<'static, str>,
    values: Vec<Value>,
}

/// A statement. What it is made of must come from this crate; values are bound, never written into it.
pub(super) fn query(sql: impl Into<Cow<'static, str>>) -> Query {
    Query { sql: sql.into(), values: Vec::new() }
}

impl Query {
    /// The next value, for `$1`, `$2`, … in turn.
    pub(super) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    pub(super) fn bind_all<V: Into<Value>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        self.values.extend(values.into_iter().map(Into::into));
        self
    }

    /// Runs it and says how many rows it changed.
    pub(super) async fn execute(self, tx: &mut Tx) -> Result<u64> {
        let Self { sql, values } = self;
        Ok(match &mut tx.connection {
            Connection::Sqlite(t) => sqlite(sql, values).execute(&mut **t).await?.rows_affected(),
            Connection::SqliteReader(c) => sqlite(sql, values).execute(&mut **c).await?.rows_affected(),
            Connection::Postgres(t) => postgres(sql, values).execute(&mut **t).await?.rows_affected(),
        })
    }

    pub(super) async fn optional<T: Readable>(self, tx: &mut Tx) -> Result<Option<T>> {
        let Self { sql, values } = self;
        Ok(match &mut tx.connection {
            Connection::Sqlite(t) => sqlite_as(sql, values).fetch_optional(&mut **t).await?,
            Connection::SqliteReader(c) => sqlite_as(sql, values).fetch_optional(&mut **c).await?,
            Connection::Postgres(t) => postgres_as(sql, values).fetch_optional(&mut **t).await?,
        })
    }

    pub(super) async fn one<T: Readable>(self, tx: &mut Tx) -> Result<T> {
        self.optional(tx).await?.ok_or_else(|| sqlx::Error::RowNotFound.into())
    }

    pub(super) async fn all<T: Readable>(self, tx: &mut Tx) -> Result<Vec<T>> {
        let Self { sql, values } = self;
        Ok(match &mut tx.connection {
            Connection::Sqlite(t) => sqlite_as(sql, values).fetch_all(&mut **t).await?,
            Connection::SqliteReader(c) => sqlite_as(sql, values).fetch_all(&mut **c).await?,
            Connection::Postgres(t) => postgres_as(sql, values).fetch_all(&mut **t).await?,
        })
    }
}

/// `$from, $from+1, …`: the inside of an `IN (…)` for values that are bound in turn.
pub(super) fn placeholders(from: usize, count: usize) -> String {
    (from..from + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

macro_rules! bound {
    ($query:expr, $values:expr) => {
        $values.into_iter().fold($query, |query, value| match value {
            Value::Int(v) => query.bind(v),
            Value::Text(v) => query.bind(v),
            Value::Blob(v) => query.bind(v),
            Value::Flag(v) => query.bind(v),
        })
    };
}

type SqliteQuery = sqlx::query::Query<'static, Sqlite, SqliteArguments>;
type PostgresQuery = sqlx::query::Query<'static, Postgres, PgArguments>;
type SqliteQueryAs<T> = sqlx::query::QueryAs<'static, Sqlite, T, SqliteArguments>;
type PostgresQueryAs<T> = sqlx::query::QueryAs<'static, Postgres, T, PgArguments>;

fn sqlite(sql: Cow<'static, str>, values: Vec<Value>) -> SqliteQuery {
    bound!(sqlx::query(AssertSqlSafe(sql.into_owned())), values)
}

fn postgres(sql: Cow<'static, str>, values: Vec<Value>) -> PostgresQuery {
    bound!(sqlx::query(AssertSqlSafe(sql.into_owned())), values)
}

fn sqlite_as<T: for<'r> FromRow<'r, SqliteRow>>(
    sql: Cow<'static, str>,
    values: Vec<Value>,
) -> SqliteQueryAs<T> {
    bound!(sqlx::query_as(AssertSqlSafe(sql.into_owned())), values)
}

fn postgres_as<T: for<'r> FromRow<'r, PgRow>>(
    sql: Cow<'static, str>,
    values: Vec<Value>,
) -> PostgresQueryAs<T> {
    bound!(sqlx::query_as(AssertSqlSafe(sql.into_owned())), values)
}
