//! `smartexus doctor`: everything this program needs on this machine, one line each, with the fix.

use crate::configuration::Configuration;
use crate::exit::{Exit, Stop};
use crate::output::{Output, Tone};
use crate::station::{LOCAL_WORKSPACE, rulebook};
use crate::{pipelines, sandboxed};
use bytes::Bytes;
use futures::StreamExt;
use rustix::process::Resource;
use serde::Serialize;
use smartexus_domain::DocumentId;
use smartexus_platform::port::ObjectName;
use smartexus_platform::{Durability, PlatformError, World, open_embedded};
use smartexus_worker::sandbox::{ForbiddenAct, Sandbox};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Free space below this is trouble: a document may take 32 MiB, its artifacts as much again.
const FREE_BYTES_MIN: u64 = 1024 * 1024 * 1024;
/// Open files that a busy server needs: databases, pipes of children, connections.
const OPEN_FILES_MIN: u64 = 1024;
/// What is written and read back.
const PROBE: &[u8] = b"smartexus doctor";

/// One line.
#[derive(Debug, Serialize)]
struct Finding {
    check: &'static str,
    ok: bool,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<String>,
}

impl Finding {
    fn of(check: &'static str, fix: &str, outcome: Result<String, String>) -> Self {
        match outcome {
            Ok(detail) => Self { check, ok: true, detail, fix: None },
            Err(detail) => Self { check, ok: false, detail, fix: Some(fix.to_owned()) },
        }
    }
}

/// Checks everything; what is missing does not keep the rest from being checked.
pub(crate) async fn run(output: Output, configuration: &Configuration) -> Result<Exit, Stop> {
    let mut healthy = true;
    for finding in findings(configuration).await {
        healthy &= finding.ok;
        print(output, &finding)?;
    }
    if healthy {
        output.note("everything is here; try: smartexus process FILES…");
    }
    Ok(if healthy { Exit::Done } else { Exit::Unavailable })
}

fn print(output: Output, finding: &Finding) -> Result<(), Stop> {
    if output.json {
        return output.object(finding);
    }
    let mark = if finding.ok { output.paint(Tone::Good, "✓") } else { output.paint(Tone::Bad, "✗") };
    let mut line = format!("{mark} {:15} {}\n", finding.check, finding.detail);
    if let Some(fix) = &finding.fix {
        line += &format!("  {:15} fix: {fix}\n", "");
    }
    output.text(&line)
}

async fn findings(configuration: &Configuration) -> Vec<Finding> {
    let mut findings = vec![
        Finding::of(
            "sandbox",
            "use a Linux kernel from 5.13 on with Landlock and seccomp; in a container, allow both",
            sandbox().await,
        ),
        Finding::of("rules", "install the program again: its own data are damaged", rules()),
        Finding::of("pipelines", "run `smartexus pipelines validate`", pipelines_here(configuration)),
    ];
    match configuration.data_dir() {
        Ok(directory) => findings.extend(data_directory(&directory).await),
        Err(stop) => {
            let fix = stop.advice.unwrap_or_default();
            findings.push(Finding::of("data directory", &fix, Err(stop.sentence)));
        }
    }
    findings.push(Finding::of("open files", "raise the limit, for instance: ulimit -n 4096", open_files()));
    findings
}

async fn sandbox() -> Result<String, String> {
    let program = sandboxed::program().map_err(|stop| stop.sentence)?;
    let sandbox = Sandbox::open(program, 0).map_err(|error| error.to_string())?;
    sandbox.prove().await.map_err(|error| error.to_string())?;
    Ok(format!("{} forbidden acts tried, all denied", ForbiddenAct::ALL.len()))
}

fn rules() -> Result<String, String> {
    rulebook().map(|_| "categories and their rules are readable".to_owned()).map_err(|stop| stop.sentence)
}

fn pipelines_here(configuration: &Configuration) -> Result<String, String> {
    let (set, chosen) = pipelines::chosen(configuration).map_err(|stop| stop.sentence)?;
    Ok(format!("{} known; `{}` version {} is the default", set.iter().count(), chosen.name, chosen.version))
}

async fn data_directory(directory: &Path) -> Vec<Finding> {
    let shown = directory.display();
    let exists = directory.join("smartexus.db").is_file();
    let mut findings = Vec::new();
    let fix = format!("make {shown} writable for you, or name another place with --data-dir");
    let opened = open(directory, exists).await;
    let (world, scratch) = match opened {
        Ok((world, scratch)) => (world, scratch),
        Err(detail) => {
            findings.push(Finding::of("data directory", &fix, Err(detail)));
            return findings;
        }
    };
    let place = if exists { format!("{shown}") } else { format!("{shown} will be made on first use") };
    findings.push(Finding::of("data directory", &fix, Ok(place)));
    findings.push(Finding::of(
        "database",
        "restore the directory from its copy",
        Ok("migrations are complete".into()),
    ));
    let round_trip = round_trip(&world).await.map(|()| "write, read and delete work".to_owned());
    findings.push(Finding::of("blobs", &fix, round_trip.map_err(|error| error.to_string())));
    let key_directory = scratch.as_ref().map_or(directory, tempfile::TempDir::path);
    let key = key_directory.join("key");
    findings.push(Finding::of("key file", &format!("chmod 600 {}", key.display()), key_file(&key)));
    findings.push(Finding::of(
        "free space",
        "make room, or name another place with --data-dir",
        free_space(directory),
    ));
    findings
}

/// Looking must not leave anything behind: where there is no data directory yet, a throw-away one stands in.
async fn open(directory: &Path, exists: bool) -> Result<(World, Option<tempfile::TempDir>), String> {
    let scratch = if exists {
        None
    } else {
        let parent = nearest_existing(directory);
        let made = tempfile::Builder::new().prefix(".smartexus-doctor-").tempdir_in(parent);
        Some(made.map_err(|error| format!("cannot be made: {}", error.kind()))?)
    };
    let place = scratch.as_ref().map_or(directory, tempfile::TempDir::path);
    let world = open_embedded(place, Durability::Full).await.map_err(|error| error.to_string())?;
    Ok((world, scratch))
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

fn open_files() -> Result<String, String> {
    // No current limit means unlimited.
    match rustix::process::getrlimit(Resource::Nofile).current {
        Some(limit) if limit < OPEN_FILES_MIN => Err(format!("{limit} open files allowed")),
        Some(limit) => Ok(format!("{limit} open files allowed")),
        None => Ok("no limit".to_owned()),
    }
}
