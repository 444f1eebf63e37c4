//! What the server has: the files of `s3s-fs`, and what that does not keep: older versions, and half uploads.

use s3s::dto::{DeleteMarkerEntry, ListObjectVersionsInput, ListObjectsV2Input, ObjectVersion, Timestamp};
use s3s::{S3, S3Request, S3Result};
use s3s_fs::FileSystem;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// What a server knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum S3Kind {
    /// Objects and uploads in parts; no versions, and no list of half uploads: as Cloudflare R2 or Garage.
    Plain,
    /// Every version of every object and a list of half uploads, on pages of two lines: as AWS with versioning.
    Versioned,
}

/// Lines on a page: few, so that every listing of the exam has several.
pub(super) const PAGE: usize = 2;

pub(super) struct Shop {
    pub(super) files: FileSystem,
    pub(super) kind: S3Kind,
    root: PathBuf,
    parts: AtomicUsize,
    /// One writer at a time: `s3s-fs` looks whether a name is free, and writes some time later.
    pub(super) writer: tokio::sync::Mutex<()>,
    past: Mutex<Past>,
    half: Mutex<BTreeMap<Half, Timestamp>>,
}

/// A half upload, in the order of a list.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Half {
    pub(super) bucket: String,
    pub(super) key: String,
    pub(super) id: String,
}

/// Older versions, oldest first, and the ids of those that can be read.
#[derive(Default)]
struct Past {
    count: usize,
    versions: Vec<Version>,
    current: BTreeMap<(String, String), String>,
}

#[derive(Clone)]
struct Version {
    bucket: String,
    key: String,
    id: String,
    /// Where its bytes lie; a mark of removal has none.
    file: Option<PathBuf>,
    at: Timestamp,
}

/// One line of a list of versions.
pub(super) enum Line {
    Version(ObjectVersion),
    Mark(DeleteMarkerEntry),
}

#[expect(clippy::disallowed_methods, reason = "a server keeps its own time")]
pub(super) fn now() -> Timestamp {
    Timestamp::from(SystemTime::now())
}

impl Shop {
    pub(super) fn open(root: &Path, kind: S3Kind) -> Self {
        let files = FileSystem::new(root).expect("a folder");
        let (past, half, writer) = (Mutex::default(), Mutex::default(), tokio::sync::Mutex::default());
        Self { files, kind, root: root.to_owned(), parts: AtomicUsize::new(0), writer, past, half }
    }

    pub(super) fn parts(&self) -> usize {
        self.parts.load(Ordering::SeqCst)
    }

    pub(super) fn count_part(&self) {
        self.parts.fetch_add(1, Ordering::SeqCst);
    }

    pub(super) fn has_bucket(&self, bucket: &str) -> bool {
        self.root.join(bucket).exists()
    }

    pub(super) fn half_uploads(&self) -> usize {
        self.half().len()
    }

    /// Makes the version that can be read an older one.
    pub(super) fn keep(&self, bucket: &str, key: &str) {
        let current = self.file(bucket, key);
        if self.kind == S3Kind::Versioned && current.exists() {
            let mut past = self.past();
            let id = past.leave(bucket, key);
            let file = self.root.join(format!(".past-{id}"));
            std::fs::rename(current, &file).expect("kept");
            past.add(bucket, key, id, Some(file));
        }
    }

    /// Removes as one does who names no version.
    pub(super) fn hide(&self, bucket: &str, key: &str) {
        self.keep(bucket, key);
        let mut past = self.past();
        let id = past.fresh();
        past.add(bucket, key, id, None);
    }

    /// Whether this is the version that can be read; if so, it leaves.
    pub(super) fn leaves(&self, bucket: &str, key: &str, id: &str) -> bool {
        let mut past = self.past();
        let is_current = past.id(bucket, key) == id;
        if is_current {
            past.leave(bucket, key);
        }
        is_current
    }

    pub(super) fn forget(&self, bucket: &str, key: &str, id: &str) {
        let mut past = self.past();
        let found = past.versions.iter().position(|v| v.bucket == bucket && v.key == key && v.id == id);
        if let Some(at) = found
            && let Some(file) = past.versions.remove(at).file
        {
            std::fs::remove_file(file).expect("forgotten");
        }
    }

    /// Brings the newest version into view when nothing hides it.
    pub(super) fn reveal(&self, bucket: &str, key: &str) {
        let current = self.file(bucket, key);
        let mut past = self.past();
        let newest = past.versions.iter().rposition(|v| v.bucket == bucket && v.key == key);
        if let Some(at) = newest
            && !current.exists()
            && let Some(file) = past.versions[at].file.clone()
        {
            std::fs::rename(file, current).expect("revealed");
            let id = past.versions.remove(at).id;
            past.current.insert((bucket.to_owned(), key.to_owned()), id);
        }
    }

    fn file(&self, bucket: &str, key: &str) -> PathBuf {
        self.root.join(bucket).join(key)
    }

    fn past(&self) -> MutexGuard<'_, Past> {
        self.past.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn half(&self) -> MutexGuard<'_, BTreeMap<Half, Timestamp>> {
        self.half.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Every version below a prefix: by key, the newest first.
    pub(super) async fn lines(&self, request: &S3Request<ListObjectVersionsInput>) -> S3Result<Vec<Line>> {
        let (bucket, prefix) = (&request.input.bucket, request.input.prefix.clone().unwrap_or_default());
        let input = ListObjectsV2Input {
            bucket: bucket.clone(),
            prefix: Some(prefix.clone()),
            max_keys: Some(i32::MAX),
            ..ListObjectsV2Input::default()
        };
        let listed = self.files.list_objects_v2(like(request, input)).await?.output.contents;
        let mut past = self.past();
        let current = listed.unwrap_or_default().into_iter().map(|object| {
            Line::Version(ObjectVersion {
                version_id: object.key.as_ref().map(|key| past.id(bucket, key)),
                key: object.key,
                is_latest: Some(true),
                size: object.size,
                last_modified: object.last_modified,
                ..ObjectVersion::default()
            })
        });
        let mut lines: Vec<Line> = current.collect();
        let below = past.versions.iter().rev().filter(|v| v.bucket == *bucket && v.key.starts_with(&prefix));
        lines.extend(below.map(Version::line));
        lines.sort_by(|a, b| a.key().cmp(b.key()));
        Ok(lines)
    }
}

impl Past {
    fn fresh(&mut self) -> String {
        self.count += 1;
        format!("v{}", self.count)
    }

    /// The id of the version that can be read.
    fn id(&mut self, bucket: &str, key: &str) -> String {
        let id = self.leave(bucket, key);
        self.current.insert((bucket.to_owned(), key.to_owned()), id.clone());
        id
    }

    /// The same, for the last time.
    fn leave(&mut self, bucket: &str, key: &str) -> String {
        let known = self.current.remove(&(bucket.to_owned(), key.to_owned()));
        known.unwrap_or_else(|| self.fresh())
    }

    fn add(&mut self, bucket: &str, key: &str, id: String, file: Option<PathBuf>) {
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        self.versions.push(Version { bucket, key, id, file, at: now() });
    }
}

impl Version {
    fn line(&self) -> Line {
        let (key, version_id) = (Some(self.key.clone()), Some(self.id.clone()));
        let last_modified = Some(self.at.clone());
        match &self.file {
            Some(file) => {
                let size = std::fs::metadata(file).ok().and_then(|m| i64::try_from(m.len()).ok());
                Line::Version(ObjectVersion {
                    key,
                    version_id,
                    size,
                    last_modified,
                    ..ObjectVersion::default()
                })
            }
            None => Line::Mark(DeleteMarkerEntry {
                key,
                version_id,
                last_modified,
                ..DeleteMarkerEntry::default()
            }),
        }
    }
}

impl Line {
    pub(super) fn key(&self) -> &str {
        match self {
            Self::Version(version) => version.key.as_deref().unwrap_or(""),
            Self::Mark(mark) => mark.key.as_deref().unwrap_or(""),
        }
    }

    pub(super) fn id(&self) -> &str {
        match self {
            Self::Version(version) => version.version_id.as_deref().unwrap_or(""),
            Self::Mark(mark) => mark.version_id.as_deref().unwrap_or(""),
        }
    }
}

/// Another question of the same asker.
fn like<A, B>(request: &S3Request<A>, input: B) -> S3Request<B> {
    S3Request {
        input,
        method: request.method.clone(),
        uri: request.uri.clone(),
        headers: request.headers.clone(),
        extensions: Default::default(),
        credentials: request.credentials.clone(),
        region: request.region.clone(),
        service: request.service.clone(),
        trailing_headers: None,
    }
}
