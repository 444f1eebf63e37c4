//! Redis servers for tests.

use crate::port::{Bucket, Cache};
use crate::{RedisCache, RedisSettings, Secret};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use uuid::Uuid;

/// What must come does so within this time, on a slow machine too.
pub(super) const SOON: Duration = Duration::from_secs(5);

/// The longest patience that settings may ask for.
pub(super) const PATIENT: Duration = Duration::from_secs(1);

/// A server of one test's own, on a free port, in a folder that is thrown away. It keeps nothing over a restart.
pub(super) struct Server {
    pub(super) port: u16,
    folder: TempDir,
    arguments: Vec<String>,
    child: Option<Child>,
}

impl Server {
    pub(super) fn start(arguments: &[&str]) -> Self {
        Self::on(free_port(), arguments)
    }

    /// The same, and nothing but TLS is spoken.
    pub(super) fn start_encrypted(arguments: &[&str]) -> Self {
        let port = free_port();
        let encrypted = ["--port", "0", "--tls-port", &port.to_string()];
        Self::on(port, &[&encrypted[..], arguments].concat())
    }

    fn on(port: u16, arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
        let mut server = Self { port, folder: tempfile::tempdir().unwrap(), arguments, child: None };
        server.restart();
        server
    }

    /// Starts it (again) and waits until it listens.
    pub(super) fn restart(&mut self) {
        let port = self.port.to_string();
        // The last one wins: a test's own arguments may say `--port 0`.
        let fixed = ["--port", &port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
        let mut command = Command::new("redis-server");
        command.args(fixed).args(&self.arguments).current_dir(self.folder.path());
        let started = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        self.child = Some(started.expect("redis-server is installed; `cargo verify` sees to it"));
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(begun.elapsed() < SOON, "the server does not listen");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub(super) fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may be stopped or gone: what counts is that it is not there afterwards.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Stops it without ending it: connections stay open, and nothing is answered.
    pub(super) fn freeze(&self) {
        self.signal("-STOP");
    }

    pub(super) fn thaw(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let pid = self.child.as_ref().unwrap().id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }

    pub(super) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// With all the patience there may be: for what is answered, not how fast.
    pub(super) async fn cache(&self) -> RedisCache {
        let settings = RedisSettings::new(Secret::new(self.url()));
        RedisCache::open(RedisSettings { patience: PATIENT, ..settings }).await.unwrap()
    }

    /// With the patience of every day.
    pub(super) async fn impatient_cache(&self) -> RedisCache {
        RedisCache::open(RedisSettings::new(Secret::new(self.url()))).await.unwrap()
    }

    /// Asks the server itself, beside every cache.
    pub(super) fn ask<T: redis::FromRedisValue>(&self, words: &[&str]) -> T {
        let mut connection = redis::Client::open(self.url()).unwrap().get_connection().unwrap();
        redis::cmd(words[0]).arg(&words[1..]).query(&mut connection).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A port that nobody listens on.
pub(super) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A prefix that no other test has.
pub(super) fn prefix() -> String {
    format!("test-{}", &Uuid::new_v4().simple().to_string()[..12])
}

/// Waits until the cache stands as it should; how long it took.
pub(super) async fn stands(cache: &dyn Cache, degraded: bool) -> Duration {
    let begun = Instant::now();
    while cache.is_degraded() != degraded {
        assert!(begun.elapsed() < SOON, "degraded: {} for too long", !degraded);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    begun.elapsed()
}

/// Removes what a test left on a server that is not its own.
pub(super) struct Cleaner {
    pub(super) url: String,
    pub(super) prefix: String,
}

impl Drop for Cleaner {
    fn drop(&mut self) {
        let Ok(mut connection) = redis::Client::open(self.url.as_str()).and_then(|c| c.get_connection())
        else {
            return;
        };
        for key in keys(&mut connection, &self.prefix) {
            let _ = redis::cmd("DEL").arg(key).query::<()>(&mut connection);
        }
    }
}

/// The keys that begin with the prefix.
pub(super) fn keys(connection: &mut redis::Connection, prefix: &str) -> Vec<String> {
    let (mut cursor, mut found) = (0_u64, Vec::new());
    loop {
        let mut scan = redis::cmd("SCAN");
        scan.arg(cursor).arg("MATCH").arg(format!("{prefix}*")).arg("COUNT").arg(1_000);
        let (next, some): (u64, Vec<String>) = scan.query(connection).unwrap();
        found.extend(some);
        if next == 0 {
            return found;
        }
        cursor = next;
    }
}

/// A cache that others see as a `dyn`.
pub(super) fn shared(cache: RedisCache) -> Arc<dyn Cache> {
    Arc::new(cache)
}

/// Takes one at a time until it is refused; how many there were.
pub(super) async fn drain(cache: &dyn Cache, bucket: &Bucket) -> u32 {
    let mut granted = 0;
    while cache.take(bucket, 1).await.is_granted() {
        granted += 1;
        assert!(granted < 1_000, "a bucket without a bottom");
    }
    granted
}
