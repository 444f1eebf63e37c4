//! S3 sits the exam, with SQLite rows beside it, and answers for what only it has: servers that fail, versions,
//! regions.

mod faults;
mod large;
mod places;
mod versions;

use crate::exam::{Place, QUESTIONS, S3Kind, S3Server};
use crate::port::{Actor, Blobs, Clock, Keys, NextJob, ObjectKind, ObjectName, PipelineRef, Upload};
use crate::{Backends, Durability, PlatformError, Result, S3Settings, Submission, World, open_s3};
use async_trait::async_trait;
use bytes::Bytes;
use futures::StreamExt as _;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use smartexus_domain::{DocumentId, MediaType, StageKind, WorkspaceId};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use uuid::Uuid;

const LIMIT: u64 = 64 * 1024 * 1024;

/// SQLite rows and S3 objects.
struct RowsAndBucket {
    rows: TempDir,
    server: S3Server,
}

impl RowsAndBucket {
    fn new(kind: S3Kind) -> Self {
        Self { rows: tempfile::tempdir().unwrap(), server: S3Server::start(kind) }
    }
}

#[async_trait]
impl Place for RowsAndBucket {
    async fn open(&self, clock: Arc<dyn Clock>) -> Result<World> {
        let mut world =
            Backends::embedded(self.rows.path(), Durability::Ephemeral).clock(clock).open().await?;
        world.blobs = blobs(&self.server.settings(), &world.keys);
        Ok(world)
    }

    async fn tamper(&self, workspace: WorkspaceId, path: &str, content: Option<Vec<u8>>) {
        self.server.tamper(workspace, path, content);
    }

    async fn stored(&self, workspace: WorkspaceId, path: &str) -> Vec<u8> {
        self.server.stored(workspace, path)
    }

    async fn contains(&self, needle: &[u8]) -> bool {
        let in_rows = std::fs::read_dir(self.rows.path()).unwrap().any(|entry| {
            let content = std::fs::read(entry.unwrap().path()).unwrap_or_default();
            content.windows(needle.len()).any(|window| window == needle)
        });
        in_rows || self.server.contains(needle)
    }
}

fn blobs(settings: &S3Settings, keys: &Arc<dyn Keys>) -> Arc<dyn Blobs> {
    open_s3(settings, settings.all_at_home(), Arc::clone(keys)).unwrap()
}

async fn sit(question: &str, kind: S3Kind) {
    let (_, question) = QUESTIONS.iter().find(|(name, _)| *name == question).unwrap();
    question(&|| Box::new(RowsAndBucket::new(kind))).await;
}

/// Questions that touch objects; the others ask the rows only, which sit them elsewhere. A server that knows no
/// versions sits those about finding and removing, which is all that it does otherwise.
macro_rules! sit {
    ($kind:ident, $module:ident: $($question:ident)*) => {
        mod $module {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $question() {
                super::sit(stringify!($question), super::S3Kind::$kind).await;
            })*
        }
    };
}

sit! { Versioned, versioned:
    accept_keeps_what_it_took
    equal_submissions_are_one_document
    racing_equal_submissions_are_one_document
    a_broken_upload_leaves_nothing
    an_intent_outlives_a_crash
    workspaces_do_not_see_each_other
    objects_come_back_equal
    tampered_objects_are_refused
    moved_objects_are_refused
    a_name_is_written_once
    a_probe_leaves_nothing
    nothing_is_stored_in_clear
    orphans_are_told_from_work_in_flight
    erasure_leaves_a_receipt_and_nothing_else
    erasure_resumes_at_every_step
    a_hold_wins
    what_is_made_from_a_document_goes_with_it
    nothing_is_made_from_what_is_not_there
    a_tombstone_stops_work
}

sit! { Plain, plain:
    accept_keeps_what_it_took
    equal_submissions_are_one_document
    a_broken_upload_leaves_nothing
    an_intent_outlives_a_crash
    moved_objects_are_refused
    a_name_is_written_once
    a_probe_leaves_nothing
    nothing_is_stored_in_clear
    orphans_are_told_from_work_in_flight
    erasure_leaves_a_receipt_and_nothing_else
    erasure_resumes_at_every_step
}

/// A world on a server, and a document with a key in it.
struct Bench {
    _rows: TempDir,
    server: S3Server,
    world: World,
    workspace: WorkspaceId,
    document: DocumentId,
}

impl Bench {
    async fn new(kind: S3Kind) -> Self {
        let rows = tempfile::tempdir().unwrap();
        let server = S3Server::start(kind);
        let mut world = Backends::embedded(rows.path(), Durability::Ephemeral).open().await.unwrap();
        world.blobs = blobs(&server.settings(), &world.keys);
        let workspace = WorkspaceId::from_uuid(Uuid::from_u128(1));
        let document = world.ids.document().unwrap();
        world.keys.create(workspace, document).await.unwrap();
        Self { _rows: rows, server, world, workspace, document }
    }

    /// From now on a step may take no longer than this.
    fn hurry(&mut self, patience: Duration) {
        let mut settings = self.server.settings();
        settings.buckets.values_mut().for_each(|bucket| bucket.patience = patience);
        self.world.blobs = blobs(&settings, &self.world.keys);
    }

    fn name(&self, version: u64) -> ObjectName {
        let kind = ObjectKind::artifact(StageKind::Extract);
        ObjectName { kind, version, ..ObjectName::source(self.workspace, self.document) }
    }

    async fn put(&self, version: u64, content: &[u8]) -> Result<()> {
        self.world.blobs.put(&self.name(version), upload(content), LIMIT).await.map(drop)
    }

    async fn read(&self, version: u64) -> Result<Bytes> {
        self.world.read_object(&self.name(version), LIMIT).await
    }

    /// Somebody who writes into the bucket and does not go through us.
    fn raw(&self) -> AmazonS3 {
        let bucket = self.server.bucket(S3Server::HOME);
        AmazonS3Builder::new()
            .with_endpoint(bucket.endpoint.unwrap())
            .with_bucket_name(bucket.bucket)
            .with_region(bucket.region)
            .with_access_key_id(bucket.access_key)
            .with_secret_access_key(bucket.secret.expose())
            .with_allow_http(true)
            .build()
            .unwrap()
    }

    /// What is listed, by path.
    async fn listed(&self) -> Vec<String> {
        let entries = self.world.blobs.list_document(self.workspace, self.document).await.unwrap();
        entries.into_iter().map(|entry| entry.path).collect()
    }

    /// Removes everything that is listed.
    async fn clear(&self) {
        for entry in self.world.blobs.list_document(self.workspace, self.document).await.unwrap() {
            self.world.blobs.delete_entry(self.workspace, &entry).await.unwrap();
        }
    }
}

fn upload(content: &[u8]) -> Upload<'static> {
    let pieces: Vec<_> = content.chunks(1_000_003).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    futures::stream::iter(pieces).boxed()
}

fn content(len: usize) -> Vec<u8> {
    (0..len).map(|i| (i * 7 % 253) as u8).collect()
}

fn submission() -> Submission {
    Submission {
        actor: Actor::Intake,
        pipeline: PipelineRef { name: "p".to_owned(), version: "1".to_owned() },
        retention: "keep".to_owned().try_into().unwrap(),
        media_type: MediaType::Unknown,
        file_name: None,
        password: None,
        first: NextJob { stage: StageKind::Extract, priority: crate::port::Priority::Interactive },
        trace: None,
        limit_bytes: LIMIT,
    }
}

fn is_store_fault<T>(answer: &Result<T>) -> bool {
    matches!(answer, Err(PlatformError::Blobs { .. }))
}
