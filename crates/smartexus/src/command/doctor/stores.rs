//! Where everything is kept, and what rings for work: each asked by itself, so that what one lacks hides nothing of the
//! others.

use super::Finding;
use crate::backends;
use crate::configuration::Configuration;
use crate::station::LOCAL_WORKSPACE;
use bytes::Bytes;
use futures::StreamExt;
use smartexus_domain::DocumentId;
use smartexus_platform::port::{Cache, Doorbell, ObjectName};
use smartexus_platform::{Backends, PlatformError, SchemaFault, World};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Free space below this is trouble: a document may take 32 MiB, its artifacts as much again.
const FREE_BYTES_MIN: u64 = 1024 * 1024 * 1024;
/// What is written and read back.
const PROBE: &[u8] = b"smartexus doctor";

pub(super) async fn findings(configuration: &Configuration) -> Vec<Finding> {
    let named = match backends::named(configuration) {
        Ok(named) => named,
        Err(stop) => {
            let fix = stop.advice.unwrap_or_default();
            return vec![Finding::of("settings", &fix, Err(stop.sentence))];
        }
    };
    let (mut findings, mut scratch) = (Vec::new(), None);
    let directory = configuration.data_dir().ok().filter(|_| named.needs_directory());
    if let Some(directory) = &directory {
        let fix =
            format!("make {} writable for you, or name another place with --data-dir", directory.display());
        let (place, stand_in) =
            data_directory(configuration, directory).map_or_else(|e| (Err(e), None), |(p, s)| (Ok(p), s));
        scratch = stand_in;
        let found = Finding::of("data directory", &fix, place);
        let usable = found.ok;
        findings.push(found);
        if !usable {
            return findings;
        }
    }
    let named = scratch.iter().fold(named, |named, stand_in| named.in_directory(stand_in.path()));
    findings.extend(engines(configuration, &named).await);
    let kept_in = scratch.as_ref().map(TempDir::path).or(directory.as_deref());
    let key = configuration.fleet.key_file.clone().or_else(|| Some(kept_in?.join("key")));
    // A key file that kept the rest from opening has been told of.
    let told = findings.iter().any(|finding| finding.check == "key file");
    if let Some(key) = key.filter(|_| !told) {
        findings.push(Finding::of("key file", &format!("chmod 600 {}", key.display()), key_file(&key)));
    }
    if let Some(directory) = &directory {
        let fix = "make room, or name another place with --data-dir";
        findings.push(Finding::of("free space", fix, free_space(directory)));
    }
    findings
}

async fn engines(configuration: &Configuration, named: &Backends) -> Vec<Finding> {
    let fleet = &configuration.fleet;
    match named.clone().open().await {
        Ok(world) => {
            let mut findings = vec![database(fleet.database.is_some())];
            if fleet.queue.is_some() {
                findings.push(queue(world.doorbell.as_ref()).await);
            }
            let keys = world.keys.opens(LOCAL_WORKSPACE).await;
            if let Err(error) = &keys {
                findings.push(not_opened(error));
            }
            // A key that is made here would be wrapped with a key file that nobody has found right yet.
            let may_seal = keys.as_ref().is_ok_and(|has_key| *has_key || fleet.database.is_none());
            findings.push(blobs(&world, may_seal).await);
            if fleet.cache.is_some() {
                findings.push(cache(world.cache.as_ref()).await);
            }
            world.doorbell.close().await;
            findings
        }
        Err(error) => {
            let mut findings = vec![not_opened(&error)];
            if fleet.blobs.is_some() {
                findings.push(blobs_answer(named.probe_blobs().await));
            }
            if fleet.queue.is_some() {
                findings.extend(queue_alone(named).await);
            }
            if fleet.cache.is_some()
                && let Ok(alone) = named.open_cache().await
            {
                findings.push(cache(alone.as_ref()).await);
            }
            findings
        }
    }
}

fn database(is_shared: bool) -> Finding {
    let detail = if is_shared {
        "PostgreSQL answers, migrations are complete, and row-level security binds us"
    } else {
        "migrations are complete"
    };
    Finding::of("database", "", Ok(detail.to_owned()))
}

/// What kept the rest from opening.
fn not_opened(error: &PlatformError) -> Finding {
    let (check, fix) = match error {
        PlatformError::Schema(SchemaFault::Behind) => ("database", "run `smartexus db migrate`"),
        PlatformError::Schema(_) | PlatformError::Inconsistent(_) => ("database", "see what is said before"),
        PlatformError::Database { .. } => (
            "database",
            error.reason().unwrap_or("restore the data directory from its copy, or see the server's log"),
        ),
        PlatformError::Keys(_) => ("key file", "bring the key file that this installation was made with"),
        PlatformError::Blobs { .. } | PlatformError::BlobSettings(_) => {
            ("blobs", "check the bucket, its region, its address and the access key")
        }
        PlatformError::Queue { .. } | PlatformError::QueueSettings(_) => ("queue", "check `queue_url`"),
        PlatformError::Cache(_) => ("cache", "check `cache_url`"),
        PlatformError::Directory { .. } => {
            ("data directory", "make it writable, or name another with --data-dir")
        }
        PlatformError::KeyDestroyed
        | PlatformError::Missing
        | PlatformError::Unverified
        | PlatformError::TooLarge { .. }
        | PlatformError::Upload { .. } => ("stores", "see what is said before"),
    };
    Finding::of(check, fix, Err(error.to_string()))
}

/// The broker, although the rest does not open. Without a key file nothing may be announced, and that is told already.
async fn queue_alone(named: &Backends) -> Option<Finding> {
    let bell = named.open_doorbell().await.ok()?;
    let finding = queue(bell.as_ref()).await;
    bell.close().await;
    Some(finding)
}

async fn queue(bell: &dyn Doorbell) -> Finding {
    let answer = bell.check().await.map(|()| "RabbitMQ answers, and a message came back".to_owned());
    let fix = "check that the broker runs, its address, user, password and virtual host, and its alarms";
    Finding::of("queue", fix, answer.map_err(|error| said(&error)))
}

/// With what is behind it: the parts of ours that do not work, never words of the other side.
fn said(error: &PlatformError) -> String {
    if let PlatformError::Queue { source } = error { format!("{error}: {source}") } else { error.to_string() }
}

async fn cache(cache: &dyn Cache) -> Finding {
    let health = cache.probe().await;
    let link = match health.encrypted {
        Some(true) => "Redis answers through verified TLS",
        Some(false) => "Redis answers, without TLS",
        None => "it answers",
    };
    match health.answer {
        Ok(_) => Finding::of("cache", "", Ok(link.to_owned())),
        // It costs stricter limits and some looking, so it is told, and is no reason to stop.
        Err(trouble) => {
            let detail = format!("{}; everything works without it, with stricter limits", trouble.as_str());
            Finding::of("cache", trouble.advice(), Err(detail))
        }
    }
}

async fn blobs(world: &World, may_seal: bool) -> Finding {
    let probed = async {
        world.blobs.probe().await?;
        if may_seal { round_trip(world).await } else { Ok(()) }
    };
    blobs_answer(probed.await)
}

fn blobs_answer(answer: Result<(), PlatformError>) -> Finding {
    let fix = "check that the place exists, that we may write there, and that it has room";
    let answer = answer.map(|()| "write, read and delete work".to_owned());
    Finding::of("blobs", fix, answer.map_err(|error| error.to_string()))
}

/// Looking must not leave anything behind: where there is no data directory yet, a throw-away one stands in.
fn data_directory(
    configuration: &Configuration,
    directory: &Path,
) -> Result<(String, Option<TempDir>), String> {
    let shown = directory.display();
    let fleet = &configuration.fleet;
    // What of an installation is kept there, where some of it is kept elsewhere.
    let exists = if fleet.database.is_none() {
        directory.join("smartexus.db").is_file()
    } else if fleet.blobs.is_none() {
        directory.join("blobs").is_dir()
    } else {
        directory.join("key").is_file()
    };
    if exists {
        return Ok((shown.to_string(), None));
    }
    let made = tempfile::Builder::new().prefix(".smartexus-doctor-").tempdir_in(nearest_existing(directory));
    let made = made.map_err(|error| format!("cannot be made: {}", error.kind()))?;
    Ok((format!("{shown} will be made on first use"), Some(made)))
}

fn nearest_existing(directory: &Path) -> PathBuf {
    let existing =
        directory.ancestors().find(|ancestor| ancestor.is_dir() && !ancestor.as_os_str().is_empty());
    existing.map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Under an intent, so that the sweeper resolves what a kill in between would leave.
async fn round_trip(world: &World) -> Result<(), PlatformError> {
    let document = world.ids.document()?;
    world.documents.reserve_intent(LOCAL_WORKSPACE, document).await?;
    let written = write_and_read(world, document).await;
    let name = ObjectName::source(LOCAL_WORKSPACE, document);
    world.retention.close_intent(LOCAL_WORKSPACE, document).await?;
    world.blobs.delete(&name).await?;
    world.keys.destroy(LOCAL_WORKSPACE, document).await?;
    world.retention.drop_intent(LOCAL_WORKSPACE, document).await?;
    written
}

async fn write_and_read(world: &World, document: DocumentId) -> Result<(), PlatformError> {
    let name = ObjectName::source(LOCAL_WORKSPACE, document);
    let limit_bytes = PROBE.len() as u64;
    world.keys.create(LOCAL_WORKSPACE, document).await?;
    let body = futures::stream::once(std::future::ready(Ok(Bytes::from_static(PROBE)))).boxed();
    world.blobs.put(&name, body, limit_bytes).await?;
    let read = world.read_object(&name, limit_bytes).await?;
    if read == PROBE { Ok(()) } else { Err(PlatformError::Unverified) }
}

fn key_file(path: &Path) -> Result<String, String> {
    let metadata =
        std::fs::metadata(path).map_err(|error| format!("cannot be looked at: {}", error.kind()))?;
    let mode = metadata.mode() & 0o777;
    if mode & 0o077 == 0 {
        Ok(format!("mode {mode:04o}"))
    } else {
        Err(format!("mode {mode:04o}: others may read it"))
    }
}

fn free_space(directory: &Path) -> Result<String, String> {
    let space = rustix::fs::statvfs(nearest_existing(directory)).map_err(|error| error.to_string())?;
    let free_mib = space.f_bavail.saturating_mul(space.f_frsize) / (1024 * 1024);
    let words = format!("{free_mib} MiB free");
    if free_mib >= FREE_BYTES_MIN / (1024 * 1024) { Ok(words) } else { Err(words) }
}
