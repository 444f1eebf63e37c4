//! An installation of its own: a directory, for a fleet also what it has on the servers, and the product's processes.

use super::fleet::Fleet;
use super::inspection::{Report, all_documents};
use super::sink::Sink;
use anyhow::{Context, ensure};
use smartexus_domain::{DocumentId, WorkspaceId};
use smartexus_platform::port::Document;
use smartexus_platform::{Backends, Durability, Queue, RabbitSettings, Secret, World};
use smartexus_simulation::Program;
use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a process may take until it listens.
const START_LIMIT: Duration = Duration::from_secs(30);
/// How long what was settled may take until it is told.
const TELL_LIMIT: Duration = Duration::from_secs(15);

/// What an installation is to be like.
pub(crate) struct Site<'a> {
    pub(crate) program: &'a Path,
    pub(crate) fleet: bool,
    /// Where its data are, if not beside its logs.
    pub(crate) data: Option<PathBuf>,
    /// Pipeline files instead of those that are built in.
    pub(crate) pipelines: Option<PathBuf>,
}

/// Where everything of one storm is kept.
pub(crate) struct Installation {
    directory: TempDir,
    program: PathBuf,
    data: PathBuf,
    pipelines: Option<PathBuf>,
    world: World,
    workspace: WorkspaceId,
    logs: AtomicUsize,
    fleet: Option<Fleet>,
}

impl Installation {
    pub(crate) async fn make(site: Site<'_>) -> anyhow::Result<Self> {
        let directory = tempfile::tempdir()?;
        let fleet = if site.fleet { Some(Fleet::make(directory.path())?) } else { None };
        let data = site.data.unwrap_or_else(|| directory.path().join("data"));
        let backends = match &fleet {
            Some(fleet) => fleet.backends(directory.path()),
            None => Backends::embedded(&data, Durability::Full),
        };
        backends.migrate().await?;
        let world = backends.open().await?;
        let workspace = WorkspaceId::from_uuid(LOCAL_WORKSPACE);
        let (program, pipelines) = (site.program.to_owned(), site.pipelines);
        let logs = AtomicUsize::new(0);
        Ok(Self { directory, program, data, pipelines, fleet, world, workspace, logs })
    }

    /// The product with these words, told where everything is; and where its log goes.
    pub(crate) fn command(&self, args: &[&str]) -> anyhow::Result<(Command, PathBuf)> {
        self.command_of(&self.program, args)
    }

    /// As [`Installation::command`], but another program that understands the same settings.
    pub(crate) fn command_of(&self, program: &Path, args: &[&str]) -> anyhow::Result<(Command, PathBuf)> {
        let mut command = Program::at(program, self.directory.path()).command();
        command.args(args).env("SMARTEXUS_LOG", "info");
        if let Some(pipelines) = &self.pipelines {
            command.env("SMARTEXUS_PIPELINES_DIR", pipelines);
        }
        match &self.fleet {
            Some(fleet) => fleet.tell(self.directory.path(), &mut command)?,
            None => drop(command.arg("--data-dir").arg(&self.data)),
        }
        let number = self.logs.fetch_add(1, Ordering::Relaxed);
        let log = self.directory.path().join(format!("log-{number}"));
        command.stdout(Stdio::null()).stderr(File::create(&log)?);
        Ok((command, log))
    }

    /// Opens the door; what it tells goes to a sink outside.
    pub(crate) fn open_door(&self) -> anyhow::Result<Door> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let (mut command, log) = self.command(&["intake", "--json", "--listen", &address.to_string()])?;
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let sink = Sink::of(child.stdout.take().context("the door's standard output")?);
        let mut door = Door { child, address, sink };
        let words = || std::fs::read_to_string(&log).unwrap_or_default();
        let deadline = Instant::now() + START_LIMIT;
        while TcpStream::connect(address).is_err() {
            ensure!(door.child.try_wait()?.is_none(), "the door ended by itself: {}", words());
            ensure!(Instant::now() < deadline, "the door does not open: {}", words());
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(door)
    }

    pub(crate) const fn world(&self) -> &World {
        &self.world
    }

    pub(crate) const fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// A world that rings, for workers inside this process.
    pub(crate) async fn ringing(&self) -> anyhow::Result<World> {
        let Some(fleet) = &self.fleet else { return Ok(self.world.clone()) };
        let rabbit = RabbitSettings::new(&Secret::new(fleet.host()))?;
        let backends = fleet.backends(self.directory.path()).queue(Queue::Rabbit(Box::new(rabbit)));
        Ok(backends.open().await?)
    }

    /// The data directory of one that is embedded.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// The database of a fleet.
    pub(crate) fn database(&self) -> Option<String> {
        self.fleet.as_ref().map(Fleet::database)
    }

    /// The virtual host of a fleet's broker.
    pub(crate) fn broker(&self) -> Option<String> {
        self.fleet.as_ref().map(Fleet::host)
    }

    /// Every document that there is a row of.
    pub(crate) async fn documents(&self) -> anyhow::Result<Vec<Document>> {
        all_documents(&self.world, self.workspace).await
    }

    /// How many of these many documents are not settled when time is up.
    pub(crate) async fn wait_until_settled(
        &self,
        documents: usize,
        limit: Duration,
    ) -> anyhow::Result<usize> {
        let deadline = Instant::now() + limit;
        loop {
            let open = self.open(documents).await?;
            if open == 0 || Instant::now() >= deadline {
                return Ok(open);
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// As [`Installation::wait_until_settled`], but time is up when none more was settled for so long.
    pub(crate) async fn wait_while_settling(
        &self,
        documents: usize,
        patience: Duration,
    ) -> anyhow::Result<usize> {
        let mut open = documents;
        loop {
            // One after the other, so that a slow machine is told from a stuck one.
            let still = self.wait_until_settled(documents - open + 1, patience).await?;
            open = self.open(documents).await?;
            if still > 0 || open == 0 {
                return Ok(open);
            }
        }
    }

    async fn open(&self, documents: usize) -> anyhow::Result<usize> {
        let all = self.documents().await?;
        let settled = all.iter().filter(|document| document.state.is_settled()).count();
        Ok(documents.saturating_sub(settled))
    }

    /// Asks the rows, and the sink, about these documents; all others but `apart` are too many.
    pub(crate) async fn inspect(
        &self,
        answered: &[DocumentId],
        apart: &[DocumentId],
        door: &Door,
    ) -> anyhow::Result<Report> {
        let told = door.sink.wait_for(answered.len() + apart.len(), TELL_LIMIT).await;
        Report::of(self, answered, apart, told).await
    }
}

/// The one workspace of an installation without accounts.
const LOCAL_WORKSPACE: uuid::Uuid = uuid::Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0001);

/// The door's process; killed when dropped.
pub(crate) struct Door {
    child: Child,
    address: SocketAddr,
    sink: Sink,
}

impl Door {
    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn has_ended(&mut self) -> anyhow::Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
