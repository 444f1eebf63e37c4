//! An embedded platform in a throw-away directory, with a clock that the test moves.

use async_trait::async_trait;
use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt as _};
use jiff::{SignedDuration, Timestamp};
use smartexus_domain::{DocumentId, DocumentState, MediaType, RetentionClass, StageKind, WorkspaceId};
use smartexus_platform::port::{
    Actor, Blobs, ByteStream, Clock, Derivation, DocumentOutcome, DocumentRole, FakeClock, Lookup, NextJob,
    ObjectEntry, ObjectKind, ObjectName, PipelineRef, Priority, Settlement, Upload, Written,
};
use smartexus_platform::{Backends, Durability, PlatformError, Result, Submission, World};
use smartexus_sweeper::{Classes, SweepConfig, Sweeper};
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;

pub(crate) struct House {
    pub(crate) world: World,
    pub(crate) workspace: WorkspaceId,
    pub(crate) clock: Arc<FakeClock>,
    directory: tempfile::TempDir,
}

pub(crate) fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

pub(crate) fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

impl House {
    pub(crate) async fn build() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let clock = Arc::new(FakeClock::at(machine_now()));
        let embedded = Backends::embedded(directory.path(), Durability::Ephemeral)
            .clock(Arc::<FakeClock>::clone(&clock) as _);
        let world = embedded.open().await.expect("a platform");
        let workspace = world.ids.workspace().expect("an id");
        world.documents.ensure_workspace(workspace).await.expect("a workspace");
        Self { world, workspace, clock, directory }
    }

    pub(crate) fn sweeper(&self) -> Sweeper {
        let classes = Classes::embedded().expect("the embedded files are right");
        Sweeper::new(self.world.clone(), classes, SweepConfig { page: 1, ..SweepConfig::default() })
    }

    pub(crate) fn sweeper_every(&self, interval: std::time::Duration) -> Sweeper {
        let classes = Classes::embedded().expect("the embedded files are right");
        Sweeper::new(self.world.clone(), classes, SweepConfig { interval, ..SweepConfig::default() })
    }

    pub(crate) async fn accept(&self, name: &str) -> DocumentId {
        self.accept_with_class(name, "financial-document").await
    }

    /// A document that is made from others.
    pub(crate) async fn made_from(&self, name: &str, sources: &[DocumentId]) -> DocumentId {
        let derivation = Derivation { role: DocumentRole::Case, sources: sources.to_vec() };
        self.accept_as(name, "financial-document", derivation).await
    }

    pub(crate) async fn accept_with_class(&self, name: &str, class: &str) -> DocumentId {
        self.accept_as(name, class, Derivation::default()).await
    }

    async fn accept_as(&self, name: &str, class: &str, derivation: Derivation) -> DocumentId {
        let submission = Submission {
            actor: Actor::Intake,
            pipeline: PipelineRef { name: "bank-statement".to_owned(), version: "1".to_owned() },
            retention: RetentionClass::try_from(class.to_owned()).expect("a class"),
            media_type: MediaType::Csv,
            file_name: Some(format!("{name}.csv")),
            password: None,
            first: NextJob { stage: StageKind::Parse, priority: Priority::Interactive },
            trace: None,
            limit_bytes: 1_000,
        };
        let body = stream::once(std::future::ready(Ok(Bytes::from(name.to_owned())))).boxed();
        let accepted = self.world.accept_derived(self.workspace, submission, derivation, body).await;
        accepted.expect("accepted").document
    }

    pub(crate) async fn settled_document(&self, name: &str) -> DocumentId {
        let document = self.accept(name).await;
        let lease = self.world.jobs.claim(&[]).await.expect("a claim").expect("its job");
        assert_eq!(lease.document, document);
        let kind = ObjectKind::artifact(StageKind::Parse);
        let artifact =
            self.world.put_artifact(&lease, kind, Bytes::from_static(b"read")).await.expect("an artifact");
        let settlement = Settlement {
            artifacts: vec![artifact],
            next: Vec::new(),
            fan_out: Vec::new(),
            outcome: DocumentOutcome::Completed(DocumentState::Approved),
            media_type: None,
            timing_us: 1,
        };
        self.world.jobs.settle(lease.token, settlement).await.expect("settled");
        document
    }

    /// An upload that was cut after its bytes, before its row.
    pub(crate) async fn half_upload(&self) -> DocumentId {
        let document = self.world.ids.document().expect("an id");
        self.world.documents.reserve_intent(self.workspace, document).await.expect("an intent");
        self.world.keys.create(self.workspace, document).await.expect("a key");
        self.put(&ObjectName::source(self.workspace, document)).await;
        document
    }

    /// What a worker leaves that lost its lease.
    pub(crate) async fn stray_object(&self, document: DocumentId) -> ObjectName {
        let kind = ObjectKind::named("pages").expect("a kind");
        let name = ObjectName { workspace: self.workspace, document, kind, version: 99 };
        self.put(&name).await;
        name
    }

    /// A file in the store's folder that is not named like an object.
    pub(crate) fn foreign_file(&self) -> std::path::PathBuf {
        let folder = self.directory.path().join("blobs").join(self.workspace.to_string());
        let path = folder.join("left-behind.tmp");
        std::fs::write(&path, b"half a write").expect("written");
        path
    }

    async fn put(&self, name: &ObjectName) {
        let body = stream::once(std::future::ready(Ok(Bytes::from_static(b"lost")))).boxed();
        self.world.blobs.put(name, body, 100).await.expect("written");
    }

    /// Key, source and row are there.
    pub(crate) async fn is_whole(&self, document: DocumentId) -> bool {
        let row = self.world.documents.document(self.workspace, document).await.expect("a look").found();
        let source = ObjectName::source(self.workspace, document);
        row.is_some() && self.world.read_object(&source, 1_000).await.is_ok()
    }

    /// Every place was asked, and none has anything.
    pub(crate) async fn is_gone(&self, document: DocumentId) -> bool {
        let row = self.world.documents.document(self.workspace, document).await.expect("a look");
        let finished = matches!(row, Lookup::Gone(gone) if gone.finished);
        let key = self.world.keys.holds(self.workspace, document).await.expect("a look");
        let objects = self.world.blobs.list_document(self.workspace, document).await.expect("a list");
        let residue = self.world.retention.residue(self.workspace, document).await.expect("a look");
        finished && !key && objects.is_empty() && residue.is_clean()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "object files carry the machine's time, so the test starts there"
)]
fn machine_now() -> Timestamp {
    Timestamp::now()
}

/// Polls a future so often and then drops it, as a kill would. Says whether it came to its end before.
pub(crate) async fn cut_after<T>(polls: usize, future: impl Future<Output = T>) -> bool {
    let mut future = pin!(future);
    let mut left = polls;
    std::future::poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(false);
        }
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(_) => Poll::Ready(true),
            Poll::Pending if left == 0 => Poll::Ready(false),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// A wall clock beside which no real time passes.
pub(crate) struct WallOnly(pub(crate) Arc<FakeClock>);

impl Clock for WallOnly {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn monotonic_us(&self) -> u64 {
        0
    }
}

/// A store that will not delete anything of one document.
pub(crate) struct Breakage {
    inner: Arc<dyn Blobs>,
    document: DocumentId,
    broken: AtomicBool,
}

impl Breakage {
    pub(crate) fn new(inner: Arc<dyn Blobs>, document: DocumentId) -> Self {
        Self { inner, document, broken: AtomicBool::new(true) }
    }

    pub(crate) fn repair(&self) {
        self.broken.store(false, Ordering::SeqCst);
    }
}

#[async_trait]
impl Blobs for Breakage {
    async fn put(&self, name: &ObjectName, body: Upload<'_>, limit_bytes: u64) -> Result<Written> {
        self.inner.put(name, body, limit_bytes).await
    }

    async fn get(&self, name: &ObjectName) -> Result<ByteStream> {
        self.inner.get(name).await
    }

    async fn delete(&self, name: &ObjectName) -> Result<()> {
        self.inner.delete(name).await
    }

    async fn delete_entry(&self, workspace: WorkspaceId, entry: &ObjectEntry) -> Result<()> {
        let bad = entry.name.as_ref().is_some_and(|name| name.document == self.document);
        if bad && self.broken.load(Ordering::SeqCst) {
            return Err(PlatformError::Blobs { source: "the disk is stubborn".into() });
        }
        self.inner.delete_entry(workspace, entry).await
    }

    async fn list_document(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Vec<ObjectEntry>> {
        self.inner.list_document(workspace, document).await
    }

    async fn list(&self, workspace: WorkspaceId) -> BoxStream<'static, Result<ObjectEntry>> {
        self.inner.list(workspace).await
    }

    async fn probe(&self) -> Result<()> {
        self.inner.probe().await
    }
}
