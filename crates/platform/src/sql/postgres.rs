//! Opening PostgreSQL: as a role that row-level security binds, or not at all.

use super::database::{Database, Engine, Time};
use super::migrations::{OF_POSTGRES_KEYS, OF_POSTGRES_ROWS};
use super::sqlite::migration_failed;
use crate::link::is_this_machine;
use crate::port::{Clock, Ids};
use crate::{PlatformError, Result, SchemaFault, Secret};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, PgPool};
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

/// What the program runs as inside the database; the migrations make it.
pub(crate) const APPLICATION_ROLE: &str = "smartexus_app";
/// Where wrapped keys lie when they share a database with the rows.
const KEYS_SCHEMA: &str = "smartexus_keys";
/// Whoever makes that schema holds this advisory lock; the number means nothing.
const KEYS_TURN: i64 = 0x736d_6578_6b65_7973;
/// How long a caller waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
/// An idle connection is given back to the server after this.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);

/// How PostgreSQL is reached. No `Debug`: the address may hold a password.
#[derive(Clone)]
pub struct PostgresSettings {
    /// `postgres://user:password@host:port/database?sslmode=verify-full`.
    pub url: Secret,
    /// Most connections of this process; more callers wait their turn.
    pub connections: u32,
    /// Longest time for one statement, and half of it for one lock.
    pub statement_timeout: Duration,
}

impl PostgresSettings {
    /// Most connections by default.
    pub const CONNECTIONS: u32 = 8;
    /// Longest statement by default.
    pub const STATEMENT_TIMEOUT: Duration = Duration::from_secs(10);

    /// The usual limits.
    #[must_use]
    pub const fn new(url: Secret) -> Self {
        Self { url, connections: Self::CONNECTIONS, statement_timeout: Self::STATEMENT_TIMEOUT }
    }

    /// Whether somebody between us and the server could listen, or be the server: another machine, and no TLS that is
    /// verified to the host's name.
    ///
    /// # Errors
    /// `Database` for an address that is none.
    pub fn is_open(&self) -> Result<bool> {
        let options = PgConnectOptions::from_str(self.url.expose())?;
        let local = options.get_socket().is_some() || is_this_machine(options.get_host());
        Ok(!local && !matches!(options.get_ssl_mode(), PgSslMode::VerifyFull))
    }

    fn options(&self) -> Result<PgConnectOptions> {
        let options = PgConnectOptions::from_str(self.url.expose())?;
        let statement_ms = self.statement_timeout.as_millis();
        let lock_ms = statement_ms / 2;
        Ok(options.application_name("smartexus").disable_statement_logging().options([
            ("statement_timeout", statement_ms.to_string()),
            ("lock_timeout", lock_ms.to_string()),
            // Whoever is frozen in the middle of a transaction holds its workspace: for less long than others wait.
            ("idle_in_transaction_session_timeout", (lock_ms * 3 / 5).to_string()),
        ]))
    }
}

/// Opens the rows as the application role. They must have been migrated before.
pub(crate) async fn open_rows(
    settings: &PostgresSettings,
    given_clock: Option<Arc<dyn Clock>>,
    ids: Arc<dyn Ids>,
) -> Result<Database> {
    open(settings, settings.options()?, &OF_POSTGRES_ROWS, given_clock, ids).await
}

/// Opens the wrapped keys, in a schema of their own.
pub(crate) async fn open_keys(
    settings: &PostgresSettings,
    given_clock: Option<Arc<dyn Clock>>,
    ids: Arc<dyn Ids>,
) -> Result<Database> {
    let options = settings.options()?.options([("search_path", KEYS_SCHEMA)]);
    open(settings, options, &OF_POSTGRES_KEYS, given_clock, ids).await
}

async fn open(
    settings: &PostgresSettings,
    options: PgConnectOptions,
    migrations: &Migrator,
    given_clock: Option<Arc<dyn Clock>>,
    ids: Arc<dyn Ids>,
) -> Result<Database> {
    knock(&options).await?;
    let pool = PgPoolOptions::new()
        .max_connections(settings.connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(IDLE_TIMEOUT)
        .after_connect(|connection, _| {
            Box::pin(async move {
                // From here on the policies bind, whoever logged in.
                become_application(connection).await
            })
        })
        .connect_with(options)
        .await?;
    check_level(&pool, migrations).await?;
    check_role(&pool).await?;
    let time = given_clock.map_or(Time::Database, Time::Given);
    Ok(Database { engine: Engine::Postgres(pool), time, ids })
}

/// One connection before the pool: the pool would try again until its time is up, and not know why any more. A server
/// that does not answer at all may be starting, so that is left to the pool.
async fn knock(options: &PgConnectOptions) -> Result<()> {
    let knocking = async {
        let mut connection = options.connect().await?;
        let became = become_application(&mut connection).await;
        connection.close().await?;
        Ok::<_, sqlx::Error>(became)
    };
    let Ok(knocked) = tokio::time::timeout(ACQUIRE_TIMEOUT, knocking).await else { return Ok(()) };
    let (error, has_entered) = match knocked {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(error)) => (error, true),
        Err(error) => (error, false),
    };
    match (error.as_database_error().and_then(|said| said.code()).as_deref(), has_entered) {
        // No words of its own, or 57P03 starting or stopping, or 53300 no connection left: this may pass.
        (None | Some("57P03" | "53300"), _) => Ok(()),
        // 22023 invalid parameter value: no such role. The first migration makes it, so none has run.
        (Some("22023"), true) => Err(SchemaFault::Behind.into()),
        // 42501 insufficient privilege.
        (Some("42501"), true) => Err(SchemaFault::NotGranted.into()),
        (Some(_), _) => Err(error.into()),
    }
}

async fn become_application(connection: &mut PgConnection) -> sqlx::Result<()> {
    let statement = AssertSqlSafe(format!("SET ROLE {APPLICATION_ROLE}"));
    sqlx::query(statement).execute(connection).await.map(drop)
}

impl From<SchemaFault> for PlatformError {
    fn from(fault: SchemaFault) -> Self {
        Self::Schema(fault)
    }
}

async fn check_level(pool: &PgPool, migrations: &Migrator) -> Result<()> {
    let newest = migrations.iter().map(|migration| migration.version).max().unwrap_or(0);
    let found: std::result::Result<(Option<i64>,), _> =
        sqlx::query_as("SELECT max(version) FROM _sqlx_migrations WHERE success").fetch_one(pool).await;
    let level = match found {
        Ok((level,)) => level.unwrap_or(0),
        // 42P01 undefined table: nothing was ever migrated here.
        Err(error) if error.as_database_error().is_some_and(|e| e.code().as_deref() == Some("42P01")) => 0,
        Err(error) => return Err(error.into()),
    };
    match level.cmp(&newest) {
        std::cmp::Ordering::Less => Err(SchemaFault::Behind.into()),
        // A newer schema must stay readable for the release before it, as long as its migrations only add.
        std::cmp::Ordering::Equal | std::cmp::Ordering::Greater => Ok(()),
    }
}

async fn check_role(pool: &PgPool) -> Result<()> {
    let (privileged,): (bool,) = sqlx::query_as(
        "SELECT r.rolsuper OR r.rolbypassrls OR EXISTS (
             SELECT 1 FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
             WHERE c.relowner = r.oid AND c.relkind = 'r' AND n.nspname = ANY (current_schemas(false)))
         FROM pg_roles AS r WHERE r.rolname = current_user",
    )
    .fetch_one(pool)
    .await?;
    if privileged { Err(SchemaFault::Privileged.into()) } else { Ok(()) }
}

/// Brings the rows up to date, as the owner of the tables. Two at a time take turns.
pub(crate) async fn migrate_rows(settings: &PostgresSettings) -> Result<()> {
    migrate(settings.options()?, &OF_POSTGRES_ROWS).await
}

/// Brings the wrapped keys up to date.
pub(crate) async fn migrate_keys(settings: &PostgresSettings) -> Result<()> {
    let options = settings.options()?;
    let pool = owner(options.clone()).await?;
    // `IF NOT EXISTS` alone lets two look at the same time, and both create.
    let mut turn = pool.begin().await?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(KEYS_TURN).execute(&mut *turn).await?;
    let create = format!("CREATE SCHEMA IF NOT EXISTS {KEYS_SCHEMA}");
    sqlx::query(AssertSqlSafe(create)).persistent(false).execute(&mut *turn).await?;
    turn.commit().await?;
    pool.close().await;
    migrate(options.options([("search_path", KEYS_SCHEMA)]), &OF_POSTGRES_KEYS).await
}

async fn migrate(options: PgConnectOptions, migrations: &Migrator) -> Result<()> {
    let pool = owner(options).await?;
    migrations.run(&pool).await.map_err(migration_failed)?;
    // Whoever migrates may also run the program; another login is granted the role by its administrator.
    let (is_member,): (bool,) = sqlx::query_as("SELECT pg_has_role(CURRENT_USER, $1, 'MEMBER')")
        .bind(APPLICATION_ROLE)
        .fetch_one(&pool)
        .await?;
    if !is_member {
        statement(&pool, format!("GRANT {APPLICATION_ROLE} TO CURRENT_USER")).await?;
    }
    pool.close().await;
    Ok(())
}

async fn owner(options: PgConnectOptions) -> Result<PgPool> {
    Ok(PgPoolOptions::new().max_connections(1).acquire_timeout(ACQUIRE_TIMEOUT).connect_with(options).await?)
}

/// Runs a statement that takes no values.
async fn statement(pool: &PgPool, sql: String) -> Result<()> {
    sqlx::query(AssertSqlSafe(sql)).persistent(false).execute(pool).await?;
    Ok(())
}
