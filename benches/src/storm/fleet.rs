//! The servers of a fleet on this machine, and what an installation has on them: a database, a virtual host, a bucket.

use anyhow::{Context, ensure};
use smartexus_platform::exam::{S3Kind, S3Server};
use smartexus_platform::{
    Backends, BlobStore, Durability, PostgresSettings, RowStore, Secret, create_key_file,
};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// What one installation has on the servers; gone when dropped.
pub(crate) struct Fleet {
    database: Database,
    host: VirtualHost,
    server: S3Server,
}

struct Database {
    name: String,
}

/// A virtual host of the broker; gone when dropped.
pub(crate) struct VirtualHost {
    name: String,
}

fn postgres() -> String {
    setting("SMARTEXUS_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432")
}

/// The broker's URL without a virtual host.
pub(crate) fn broker() -> String {
    setting("SMARTEXUS_TEST_AMQP_URL", "amqp://guest:guest@127.0.0.1:5672")
}

fn setting(name: &str, otherwise: &str) -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "where the servers of a measurement are, not a product setting"
    )]
    let named = std::env::var(name);
    named.unwrap_or_else(|_| otherwise.to_owned())
}

impl Fleet {
    pub(crate) fn make(directory: &Path) -> anyhow::Result<Self> {
        create_key_file(&directory.join("key"))?;
        let (database, host) = (Database::make()?, VirtualHost::make()?);
        Ok(Self { database, host, server: S3Server::start(S3Kind::Plain) })
    }

    pub(crate) fn backends(&self, directory: &Path) -> Backends {
        let settings = || PostgresSettings::new(Secret::new(self.database.url()));
        Backends::embedded(directory, Durability::Full)
            .key_file(directory.join("key"))
            .rows(RowStore::Postgres { rows: settings(), keys: settings() })
            .blobs(BlobStore::S3(self.server.settings()))
    }

    /// Where its database is.
    pub(crate) fn database(&self) -> String {
        self.database.url()
    }

    /// Where its virtual host is.
    pub(crate) fn host(&self) -> String {
        self.host.url(&broker())
    }

    /// Tells a process of the product where everything is.
    pub(crate) fn tell(&self, directory: &Path, command: &mut Command) -> anyhow::Result<()> {
        let settings = self.server.settings();
        let bucket = settings.buckets.get(&settings.home).context("a bucket")?;
        let url = format!("s3://{}/{}", bucket.bucket, bucket.prefix);
        command
            .env("SMARTEXUS_DATABASE_URL", self.database.url())
            .env("SMARTEXUS_QUEUE_URL", self.host())
            .env("SMARTEXUS_CACHE_URL", setting("SMARTEXUS_TEST_REDIS_URL", "redis://127.0.0.1:6379"))
            .env("SMARTEXUS_KEY_FILE", directory.join("key"))
            .env("SMARTEXUS_BLOBS_URL", url)
            .env("SMARTEXUS_BLOBS_REGION", &bucket.region)
            .env("SMARTEXUS_BLOBS_ENDPOINT", bucket.endpoint.clone().unwrap_or_default())
            .env("SMARTEXUS_BLOBS_ACCESS_KEY", &bucket.access_key)
            .env("SMARTEXUS_BLOBS_SECRET_KEY", bucket.secret.expose())
            .env("SMARTEXUS_BLOBS_ALLOW_HTTP", "true");
        Ok(())
    }
}

impl Database {
    fn make() -> anyhow::Result<Self> {
        let name = own_name();
        run("psql", &[&postgres(), "-qc", &format!("CREATE DATABASE {name}")])?;
        Ok(Self { name })
    }

    fn url(&self) -> String {
        format!("{}/{}", postgres(), self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // What cannot be removed has a name of its own and harms nobody.
        drop(run("psql", &[&postgres(), "-qc", &format!("DROP DATABASE {} WITH (FORCE)", self.name)]));
    }
}

impl VirtualHost {
    pub(crate) fn make() -> anyhow::Result<Self> {
        let host = Self { name: own_name() };
        run("rabbitmqctl", &["-q", "add_vhost", &host.name])?;
        run("rabbitmqctl", &["-q", "set_permissions", "-p", &host.name, "guest", ".*", ".*", ".*"])?;
        Ok(host)
    }

    /// This virtual host behind a broker's URL.
    pub(crate) fn url(&self, broker: &str) -> String {
        format!("{broker}/{}", self.name)
    }

    /// Messages that are in its queues, with somebody or not.
    pub(crate) fn messages(&self) -> anyhow::Result<usize> {
        let told =
            run("rabbitmqctl", &["-q", "list_queues", "-p", &self.name, "messages", "--no-table-headers"])?;
        Ok(told.lines().filter_map(|line| line.trim().parse::<usize>().ok()).sum())
    }
}

impl Drop for VirtualHost {
    fn drop(&mut self) {
        drop(run("rabbitmqctl", &["-q", "delete_vhost", &self.name]));
    }
}

/// A name that nothing else on these servers has, in this process either.
fn own_name() -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    format!("smx_storm_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed))
}

/// Runs a program to its end and gives back what it printed.
pub(crate) fn run(program: &str, args: &[&str]) -> anyhow::Result<String> {
    let output =
        Command::new(program).args(args).output().with_context(|| format!("{program} is missing"))?;
    ensure!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
