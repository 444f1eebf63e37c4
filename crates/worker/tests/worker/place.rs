//! Where the documents of a test are kept and what rings for them: each set of backends that the program can have.

use crate::house::House;
use jiff::SignedDuration;
use smartexus_platform::exam::{FreshDatabase, FreshNames, Proxy};
use smartexus_platform::port::FakeClock;
use smartexus_platform::{Backends, Durability, PlatformError, Queue, RowStore, World, create_key_file};
use smartexus_worker::pipeline::PipelineSet;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How often a test looks.
pub(crate) const TICK: Duration = Duration::from_millis(10);
/// While nobody works, time runs in such steps.
pub(crate) const STEP: SignedDuration = SignedDuration::from_millis(500);
/// A server that is full for so long is full for ever.
const SERVER_IS_FULL: Duration = Duration::from_secs(60);
/// Longer than a lease.
pub(crate) const LEASE_OVER: SignedDuration = SignedDuration::from_secs(6);
/// When every pause and every lease is over.
pub(crate) const LATER: SignedDuration = SignedDuration::from_hours(1);

/// Rows and bell. SQLite with RabbitMQ is no such set: the program refuses it, because a broker rings for other
/// machines, and those do not see the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backing {
    /// SQLite, and the bell in the process.
    Embedded,
    /// PostgreSQL, and the bell in each process: others look every second.
    Postgres,
    /// PostgreSQL and RabbitMQ.
    Fleet,
}

impl Backing {
    pub(crate) const ALL: [Self; 3] = [Self::Embedded, Self::Postgres, Self::Fleet];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Embedded => "embedded",
            Self::Postgres => "postgres",
            Self::Fleet => "fleet",
        }
    }
}

impl FromStr for Backing {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|backing| backing.as_str() == word);
        known.ok_or_else(|| format!("{word} is none of {}", Self::ALL.map(Self::as_str).join(", ")))
    }
}

/// One installation, under a clock that runs only when somebody moves it.
pub(crate) struct Place {
    pub(crate) clock: Arc<FakeClock>,
    directory: TempDir,
    database: Option<FreshDatabase>,
    names: Option<FreshNames>,
}

impl Place {
    pub(crate) async fn make(backing: Backing) -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let (database, names) = match backing {
            Backing::Embedded => (None, None),
            Backing::Postgres => (Some(FreshDatabase::named()), None),
            Backing::Fleet => (Some(FreshDatabase::named()), Some(FreshNames::new())),
        };
        let clock = Arc::new(FakeClock::at("2026-03-01T00:00:00Z".parse().expect("a time")));
        let place = Self { clock, directory, database, names };
        if let Some(database) = &place.database {
            create_key_file(&place.directory.path().join("key")).expect("a key file");
            database.create().await;
            place.backends().migrate().await.expect("migrated");
        }
        place
    }

    fn backends(&self) -> Backends {
        let backends = Backends::embedded(self.directory.path(), Durability::Ephemeral);
        let backends = backends.clock(Arc::<FakeClock>::clone(&self.clock));
        match &self.database {
            None => backends,
            Some(database) => {
                // A server lets few in, and many tests want to.
                let (rows, keys) = (database.settings(3), database.settings(2));
                backends.rows(RowStore::Postgres { rows, keys })
            }
        }
    }

    /// The wire of a new process to the broker, where there is one.
    pub(crate) async fn wire(&self) -> Option<Wired> {
        let (proxy, settings) = self.names.as_ref()?.behind_a_wire().await;
        Some(Wired { proxy, queue: Queue::Rabbit(Box::new(settings)) })
    }

    /// Opens it as a process does that reaches the broker through this wire.
    pub(crate) async fn open(&self, wired: Option<&Wired>) -> World {
        let backends = self.backends();
        let backends = match wired {
            Some(wired) => backends.queue(wired.queue.clone()),
            None => backends,
        };
        let deadline = Instant::now() + SERVER_IS_FULL;
        loop {
            match backends.clone().open().await {
                Ok(world) => return world,
                // Others have all the connections that the server gives; their turn ends.
                Err(PlatformError::Database { .. }) if Instant::now() < deadline => {
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
                Err(error) => panic!("a world: {error}: {:?}", error.reason()),
            }
        }
    }

    /// A look at it from outside of every process, in a workspace of its own.
    pub(crate) async fn house(&self, pipelines: &Arc<PipelineSet>) -> House {
        House::over(self.open(None).await, pipelines)
    }

    pub(crate) fn pass(&self, time: SignedDuration) {
        self.clock.advance(time);
    }
}

/// A wire to the broker that can be cut.
pub(crate) struct Wired {
    pub(crate) proxy: Proxy,
    queue: Queue,
}
