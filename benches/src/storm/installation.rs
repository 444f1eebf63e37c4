//! An installation of its own: a directory, and for a fleet a database, a virtual host of the broker, a bucket.

use super::inspection::{Report, all_documents};
use anyhow::{Context, ensure};
use smartexus_domain::{DocumentId, WorkspaceId};
use smartexus_platform::exam::{S3Kind, S3Server};
use smartexus_platform::{
    Backends, BlobStore, Durability, PostgresSettings, Queue, RabbitSettings, RowStore, Secret, World,
    create_key_file,
};
use smartexus_simulation::Program;
use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a process may take until it listens.
const START_LIMIT: Duration = Duration::from_secs(30);

/// Where everything of one storm is kept.
pub(crate) struct Installation {
    directory: TempDir,
    program: PathBuf,
    fleet: Option<Fleet>,
    world: World,
    workspace: WorkspaceId,
}

struct Fleet {
    name: String,
    server: S3Server,
}

/// The servers on this machine.
fn postgres() -> String {
    setting("SMARTEXUS_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432")
}

fn broker() -> String {
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
    async fn make(directory: &Path) -> anyhow::Result<Self> {
        create_key_file(&directory.join("key"))?;
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("smx_storm_{}_{number}", std::process::id());
        run("psql", &[&postgres(), "-qc", &format!("CREATE DATABASE {name}")])?;
        run("rabbitmqctl", &["-q", "add_vhost", &name])?;
        run("rabbitmqctl", &["-q", "set_permissions", "-p", &name, "guest", ".*", ".*", ".*"])?;
        Ok(Self { name, server: S3Server::start(S3Kind::Plain) })
    }

    fn database(&self) -> String {
        format!("{}/{}", postgres(), self.name)
    }

    fn backends(&self, directory: &Path) -> Backends {
        let settings = || PostgresSettings::new(Secret::new(self.database()));
        Backends::embedded(directory, Durability::Full)
            .key_file(directory.join("key"))
            .rows(RowStore::Postgres { rows: settings(), keys: settings() })
            .blobs(BlobStore::S3(self.server.settings()))
    }

    /// The virtual host of the broker.
    fn host(&self) -> String {
        format!("{}/{}", broker(), self.name)
    }

    fn tell(&self, directory: &Path, command: &mut Command) -> anyhow::Result<()> {
        let settings = self.server.settings();
        let bucket = settings.buckets.get(&settings.home).context("a bucket")?;
        let url = format!("s3://{}/{}", bucket.bucket, bucket.prefix);
        command
            .env("SMARTEXUS_DATABASE_URL", self.database())
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

    fn clear(&self) {
        // What cannot be removed has a name of its own and harms nobody.
        drop(run("psql", &[&postgres(), "-qc", &format!("DROP DATABASE {} WITH (FORCE)", self.name)]));
        drop(run("rabbitmqctl", &["-q", "delete_vhost", &self.name]));
    }
}

fn run(program: &str, args: &[&str]) -> anyhow::Result<()> {
    let output =
        Command::new(program).args(args).output().with_context(|| format!("{program} is missing"))?;
    ensure!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

impl Installation {
    pub(crate) async fn make(fleet: bool, program: &Path) -> anyhow::Result<Self> {
        let directory = tempfile::tempdir()?;
        let fleet = if fleet { Some(Fleet::make(directory.path()).await?) } else { None };
        let backends = match &fleet {
            Some(fleet) => fleet.backends(directory.path()),
            None => Backends::embedded(&directory.path().join("data"), Durability::Full),
        };
        backends.migrate().await?;
        let world = backends.open().await?;
        let workspace = WorkspaceId::from_uuid(LOCAL_WORKSPACE);
        Ok(Self { directory, program: program.to_owned(), fleet, world, workspace })
    }

    /// The program with these words, told where everything is. Its log is kept beside the data.
    pub(crate) fn command(&self, args: &[&str]) -> anyhow::Result<Command> {
        let mut command = Program::at(&self.program, self.directory.path()).command();
        command.args(args);
        match &self.fleet {
            Some(fleet) => fleet.tell(self.directory.path(), &mut command)?,
            None => drop(command.arg("--data-dir").arg(self.directory.path().join("data"))),
        }
        let log = File::options().create(true).append(true).open(self.directory.path().join("log"))?;
        command.stdout(Stdio::null()).stderr(log);
        Ok(command)
    }

    pub(crate) fn open_door(&self) -> anyhow::Result<Door> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let child = self.command(&["intake", "--listen", &address.to_string()])?.spawn()?;
        let mut door = Door { child, address };
        let deadline = Instant::now() + START_LIMIT;
        while TcpStream::connect(address).is_err() {
            ensure!(door.child.try_wait()?.is_none(), "the door ended by itself: {}", self.log());
            ensure!(Instant::now() < deadline, "the door does not open: {}", self.log());
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(door)
    }

    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.directory.path().join("log")).unwrap_or_default()
    }

    /// How many of these many documents are not settled when time is up.
    pub(crate) async fn wait_until_settled(
        &self,
        documents: usize,
        limit: Duration,
    ) -> anyhow::Result<usize> {
        let deadline = Instant::now() + limit;
        loop {
            let all = all_documents(&self.world, self.workspace).await?;
            let settled = all.iter().filter(|document| document.state.is_settled()).count();
            let open = documents.saturating_sub(settled);
            if open == 0 || Instant::now() >= deadline {
                return Ok(open);
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// A world that rings, for workers inside this process.
    pub(crate) async fn ringing(&self) -> anyhow::Result<World> {
        let Some(fleet) = &self.fleet else { return Ok(self.world.clone()) };
        let rabbit = RabbitSettings::new(&Secret::new(fleet.host()))?;
        let backends = fleet.backends(self.directory.path()).queue(Queue::Rabbit(Box::new(rabbit)));
        Ok(backends.open().await?)
    }

    pub(crate) const fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// The data directory of one that is embedded.
    pub(crate) fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// The database of a fleet.
    pub(crate) fn database(&self) -> Option<String> {
        self.fleet.as_ref().map(Fleet::database)
    }

    /// The virtual host of a fleet's broker.
    pub(crate) fn broker(&self) -> Option<String> {
        self.fleet.as_ref().map(Fleet::host)
    }

    pub(crate) async fn inspect(&self, answered: &[DocumentId]) -> anyhow::Result<Report> {
        Report::of(&self.world, self.workspace, answered).await
    }

    pub(crate) async fn clear(self) {
        let Self { world, fleet, .. } = self;
        drop(world);
        if let Some(fleet) = fleet {
            fleet.clear();
        }
    }
}

/// The one workspace of an installation without accounts.
const LOCAL_WORKSPACE: uuid::Uuid = uuid::Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0001);

/// The door's process; killed when dropped.
pub(crate) struct Door {
    child: Child,
    address: SocketAddr,
}

impl Door {
    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
