//! SQLite's write-ahead log, and when it moves into the file: only when nobody is inside, so that it always moves whole.
//!
//! While somebody reads at an older moment SQLite can move only the part of the log that this reader no longer needs. It
//! then counts that part as moved *without* syncing the file, and leaves the sync to the move that completes it. Should
//! that sync fail, the next move writes the rest only, its sync succeeds (Linux reports a failed write once), and the
//! part that never reached the disk is lost although its log was cut: a malformed file. A move that is always whole
//! counts nothing before it is synced, and is done again from the beginning when it fails.
//!
//! Two files beside the database keep everybody apart, under `flock`: whoever begins a transaction passes the turnstile
//! and enters the room; whoever moves the log closes the turnstile and waits until the room is empty. The kernel opens
//! both when a process ends. Another program that reads the file at such a moment does not know of them.

use crate::{PlatformError, Result};
use sqlx::SqlitePool;
use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use tokio::time::Instant;

/// Commits of this process after which the log moves: some hundred pages.
const DUE_AFTER: u32 = 64;
/// Commits until it is tried again when somebody was inside all the time.
const AGAIN_AFTER: u32 = 16;
/// How long the turnstile stays closed while somebody is inside.
const CLOSED: Duration = Duration::from_millis(500);
/// How long somebody waits to get in: the log moves in far less.
const ENTERING: Duration = Duration::from_secs(10);
/// How long [`Log::cut`] tries again while others are inside.
const CUTTING: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(1);

/// The log of one database file.
pub(super) struct Log {
    turnstile: PathBuf,
    room: PathBuf,
    writer: SqlitePool,
    commits: AtomicU32,
    moving: AtomicBool,
}

/// Held as long as a transaction lasts.
pub(super) struct Inside {
    log: Arc<Log>,
    _room: File,
}

/// Nobody is inside, and nobody enters.
struct Alone {
    _turnstile: File,
    _room: File,
}

impl Inside {
    /// Leaves after a commit. From time to time somebody moves the log then, behind the caller's back.
    pub(super) fn committed(self) {
        let Self { log, _room: room } = self;
        drop(room);
        if log.is_due() {
            tokio::spawn(async move { log.make_room().await });
        }
    }
}

impl Log {
    pub(super) fn of(database: &Path, writer: SqlitePool) -> Result<Self> {
        let log = Self {
            turnstile: beside(database, ".turnstile"),
            room: beside(database, ".room"),
            writer,
            commits: AtomicU32::new(0),
            moving: AtomicBool::new(false),
        };
        for file in [&log.turnstile, &log.room] {
            OpenOptions::new().create(true).append(true).mode(0o600).open(file).map_err(unlocked)?;
        }
        Ok(log)
    }

    /// Enters before a transaction begins.
    pub(super) async fn enter(self: Arc<Self>) -> Result<Inside> {
        let deadline = Instant::now() + ENTERING;
        let turnstile = open(&self.turnstile)?;
        let room = open(&self.room)?;
        let entered = locked(|| turnstile.try_lock_shared(), deadline).await?
            && locked(|| room.try_lock_shared(), deadline).await?;
        if entered { Ok(Inside { log: self, _room: room }) } else { Err(held()) }
    }

    /// Counts a commit, and says whether the log is due to move. Whoever is told so calls [`Log::make_room`].
    fn is_due(&self) -> bool {
        let commits = self.commits.fetch_add(1, Ordering::Relaxed) + 1;
        commits >= DUE_AFTER
            && commits.is_multiple_of(AGAIN_AFTER)
            && !self.moving.swap(true, Ordering::AcqRel)
    }

    /// Moves the log into the file, so that it does not grow. Nothing is lost when that fails: it is tried again.
    async fn make_room(&self) {
        match self.move_whole("PRAGMA wal_checkpoint(FULL)").await {
            Ok(true) => self.commits.store(0, Ordering::Relaxed),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "the write-ahead log could not be moved into its file"),
        }
        self.moving.store(false, Ordering::Release);
    }

    /// Moves the log into the file and cuts it to nothing. Fails when somebody is inside for long.
    pub(super) async fn cut(&self) -> Result<()> {
        let deadline = Instant::now() + CUTTING;
        while !self.move_whole("PRAGMA wal_checkpoint(TRUNCATE)").await? {
            if Instant::now() >= deadline {
                return Err(held());
            }
            // Whoever waits at the turnstile gets in.
            tokio::time::sleep(10 * PAUSE).await;
        }
        Ok(())
    }

    /// Whether it was moved. SQLite waits for other programs by itself, but not at all for another one that does just
    /// this: <https://www.sqlite.org/c3ref/wal_checkpoint_v2.html>.
    async fn move_whole(&self, statement: &'static str) -> Result<bool> {
        let Some(_alone) = self.alone().await? else { return Ok(false) };
        let (busy, _, _): (i64, i64, i64) = sqlx::query_as(statement).fetch_one(&self.writer).await?;
        Ok(busy == 0)
    }

    async fn alone(&self) -> Result<Option<Alone>> {
        let deadline = Instant::now() + CLOSED;
        let turnstile = open(&self.turnstile)?;
        let room = open(&self.room)?;
        let alone =
            locked(|| turnstile.try_lock(), deadline).await? && locked(|| room.try_lock(), deadline).await?;
        Ok(alone.then_some(Alone { _turnstile: turnstile, _room: room }))
    }
}

async fn locked(
    lock: impl Fn() -> std::result::Result<(), TryLockError> + Send,
    deadline: Instant,
) -> Result<bool> {
    loop {
        match lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::Error(error)) => return Err(unlocked(error)),
            Err(TryLockError::WouldBlock) if Instant::now() >= deadline => return Ok(false),
            Err(TryLockError::WouldBlock) => tokio::time::sleep(PAUSE).await,
        }
    }
}

/// A lock belongs to an opened file: each transaction opens its own.
fn open(file: &Path) -> Result<File> {
    File::open(file).map_err(unlocked)
}

fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(database);
    name.push(suffix);
    PathBuf::from(name)
}

fn unlocked(source: std::io::Error) -> PlatformError {
    PlatformError::Directory { what: "lock a database in", source }
}

fn held() -> PlatformError {
    PlatformError::Database { source: "somebody holds the write-ahead log".into() }
}
