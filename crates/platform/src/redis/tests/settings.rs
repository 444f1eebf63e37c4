//! Settings that can never work, and what is said about them.

use super::server::{PATIENT, Server, free_port, stands};
use crate::{CacheFault, PlatformError, RedisCache, RedisSettings, Secret};
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

fn settings(url: &str) -> RedisSettings {
    RedisSettings::new(Secret::new(url.to_owned()))
}

async fn fault(settings: RedisSettings) -> Option<CacheFault> {
    match RedisCache::open(settings).await {
        Ok(_) => None,
        Err(PlatformError::Cache(fault)) => Some(fault),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn settings_that_can_never_work_are_refused() {
    let here = format!("redis://127.0.0.1:{}", free_port());
    let pem = || Some(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_vec());
    let cases = [
        (settings(&here), None),
        (settings(""), Some(CacheFault::Url)),
        (settings("http://127.0.0.1"), Some(CacheFault::Url)),
        (settings("redis://"), Some(CacheFault::Url)),
        (settings("redis://127.0.0.1/x"), Some(CacheFault::Url)),
        (settings("redis://127.0.0.1:99999"), Some(CacheFault::Url)),
        (settings("unix:///tmp/redis.sock"), Some(CacheFault::Url)),
        (settings("rediss://127.0.0.1/#insecure"), Some(CacheFault::Url)),
        (settings("redis://127.0.0.1/?protocol=resp3"), Some(CacheFault::Url)),
        (RedisSettings { prefix: "a".repeat(32), ..settings(&here) }, None),
        (RedisSettings { prefix: "a".repeat(33), ..settings(&here) }, Some(CacheFault::Prefix)),
        (RedisSettings { prefix: String::new(), ..settings(&here) }, Some(CacheFault::Prefix)),
        (RedisSettings { prefix: "a{b}".to_owned(), ..settings(&here) }, Some(CacheFault::Prefix)),
        (RedisSettings { patience: Duration::from_millis(1), ..settings(&here) }, None),
        (
            RedisSettings { patience: Duration::from_micros(999), ..settings(&here) },
            Some(CacheFault::Patience),
        ),
        (RedisSettings { patience: Duration::from_secs(1), ..settings(&here) }, None),
        (
            RedisSettings { patience: Duration::from_millis(1_001), ..settings(&here) },
            Some(CacheFault::Patience),
        ),
        (RedisSettings { root_certificate: pem(), ..settings(&here) }, Some(CacheFault::Certificate)),
        (
            RedisSettings { root_certificate: pem(), ..settings("rediss://127.0.0.1") },
            Some(CacheFault::Certificate),
        ),
    ];
    for (at, (settings, expected)) in cases.into_iter().enumerate() {
        assert_eq!(fault(settings).await, expected, "case {at}");
    }
}

/// Everything that is logged on this thread.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn neither_the_password_nor_the_address_is_ever_said() {
    let lines = Lines::default();
    let writer = lines.clone();
    let log =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone());
    let _guard = tracing::subscriber::set_default(log.finish());
    let mut said = String::new();
    for url in ["redis://:canary-pw-19@127.0.0.1:1/x", "http://canary-pw-19", "redis://:canary-pw-19@#x"] {
        let error = RedisCache::open(settings(url)).await.err().unwrap();
        said.push_str(&format!("{error} {error:?}"));
    }
    let mut server = Server::start(&["--requirepass", "canary-pw-19"]);
    let wrong = format!("redis://:canary-pw-18@127.0.0.1:{}", server.port);
    drop(RedisCache::open(settings(&wrong)).await.unwrap());
    let right = format!("redis://:canary-pw-19@127.0.0.1:{}", server.port);
    let cache = RedisCache::open(RedisSettings { patience: PATIENT, ..settings(&right) }).await.unwrap();
    stands(&cache, false).await;
    server.kill();
    stands(&cache, true).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    said.push_str(&String::from_utf8(lines.0.lock().unwrap().clone()).unwrap());
    assert!(said.contains("cache reached") && said.contains("cache away"), "the log is heard: {said}");
    assert!(!said.contains(&server.port.to_string()), "{said}");
    assert!(!said.contains("canary"), "{said}");
}
