//! A database of one's own on PostgreSQL.

use super::{finish, setting};
use crate::{PostgresSettings, Secret};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};
use std::str::FromStr as _;
use uuid::Uuid;

/// Where PostgreSQL is: `SMARTEXUS_TEST_POSTGRES_URL`, or the usual port of this machine.
#[must_use]
pub fn postgres_url() -> String {
    setting("SMARTEXUS_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432")
}

/// A database of its own, dropped with this.
pub struct FreshDatabase {
    name: String,
}

impl FreshDatabase {
    /// A name that nobody has; the database is not there yet.
    #[must_use]
    pub fn named() -> Self {
        Self { name: format!("smx_test_{}", Uuid::new_v4().simple()) }
    }

    /// Makes it, empty. Panics where there is no PostgreSQL.
    pub async fn create(&self) {
        let mut server = connect(&format!("{}/postgres", postgres_url())).await;
        run(&mut server, format!("CREATE DATABASE {}", self.name)).await;
        // The server outlives every process that is tested here: nothing would be learnt from waiting for its disk.
        run(&mut server, format!("ALTER DATABASE {} SET synchronous_commit = off", self.name)).await;
        server.close().await.expect("the server lets go");
    }

    /// Whether it was made.
    pub async fn exists(&self) -> bool {
        let mut server = connect(&format!("{}/postgres", postgres_url())).await;
        let found: i64 = sqlx::query_scalar("SELECT count(*) FROM pg_database WHERE datname = $1")
            .bind(&self.name)
            .fetch_one(&mut server)
            .await
            .expect("the server answers");
        found == 1
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}/{}", postgres_url(), self.name)
    }

    /// How it is reached, with so many connections.
    #[must_use]
    pub fn settings(&self, connections: u32) -> PostgresSettings {
        PostgresSettings { connections, ..PostgresSettings::new(Secret::new(self.url())) }
    }
}

impl Drop for FreshDatabase {
    fn drop(&mut self) {
        let goodbye = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        finish(async move || {
            let mut server = connect(&format!("{}/postgres", postgres_url())).await;
            run(&mut server, goodbye).await;
        });
    }
}

async fn connect(url: &str) -> PgConnection {
    let options = PgConnectOptions::from_str(url).expect("a URL of PostgreSQL");
    options.connect().await.expect(
        "this test needs a PostgreSQL that lets it make databases: `cargo verify` starts one, and \
         SMARTEXUS_TEST_POSTGRES_URL names another",
    )
}

async fn run(server: &mut PgConnection, sql: String) {
    let done = sqlx::query(AssertSqlSafe(sql)).persistent(false).execute(server).await;
    done.expect("the server does what it is told");
}
