//! The encrypted link, with certificates made for the test.

use super::server::{PATIENT, Server, stands};
use crate::port::{Cache as _, CacheTrouble};
use crate::{RedisCache, RedisSettings, Secret};
use std::path::Path;
use std::process::{Command, Stdio};

/// Makes a certificate that vouches for itself; `false` where no `openssl` is installed.
fn certificate(folder: &Path, name: &str, address: &str) -> bool {
    let (key, certificate) = (format!("{name}.key"), format!("{name}.pem"));
    let san = format!("subjectAltName={address}");
    let mut command = Command::new("openssl");
    command.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]);
    command.args([
        "-days",
        "1",
        "-subj",
        "/CN=test",
        "-addext",
        &san,
        "-addext",
        "basicConstraints=critical,CA:FALSE",
        "-keyout",
        &key,
        "-out",
        &certificate,
    ]);
    let made = command.current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null()).status();
    made.is_ok_and(|status| status.success())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_is_verified_or_it_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let made = [("right", "IP:127.0.0.1"), ("other", "IP:127.0.0.1"), ("elsewhere", "DNS:redis.example")]
        .into_iter()
        .all(|(name, address)| certificate(folder.path(), name, address));
    assert!(made, "openssl makes certificates; `cargo verify` sees to it that it is there");
    for (shown, trusted, verified) in
        [("right", "right", true), ("right", "other", false), ("elsewhere", "elsewhere", false)]
    {
        let path = |name: &str, end: &str| folder.path().join(format!("{name}.{end}")).display().to_string();
        let (certificate, key) = (path(shown, "pem"), path(shown, "key"));
        let tls = ["--tls-cert-file", &certificate, "--tls-key-file", &key, "--tls-auth-clients", "no"];
        let server = Server::start_encrypted(&tls);
        let mut settings = RedisSettings::new(Secret::new(format!("rediss://127.0.0.1:{}", server.port)));
        settings.root_certificate = Some(std::fs::read(path(trusted, "pem")).unwrap());
        settings.patience = PATIENT;
        let cache = RedisCache::open(settings).await.unwrap();
        if verified {
            stands(&cache, false).await;
        }
        let health = cache.probe().await;
        assert_eq!((health.encrypted, health.answer.is_ok()), (Some(true), verified), "{shown} {trusted}");
        if !verified {
            assert_eq!(health.answer, Err(CacheTrouble::Silent));
        }
        // Trusting the operating system's authorities is not trusting this one.
        let url = Secret::new(format!("rediss://127.0.0.1:{}", server.port));
        assert!(RedisCache::open(RedisSettings::new(url)).await.unwrap().is_degraded());
        let plain = Secret::new(format!("redis://127.0.0.1:{}", server.port));
        assert!(RedisCache::open(RedisSettings::new(plain)).await.unwrap().is_degraded(), "no plain words");
    }
}
