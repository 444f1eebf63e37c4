//! A platform in a directory that is thrown away, and a worker over it.

use crate::doubles::program;
use futures::StreamExt as _;
use smartexus_categorize::Rulebook;
use smartexus_domain::{DocumentId, DocumentState, MediaType, StageKind, StatementResult, WorkspaceId};
use smartexus_platform::port::{
    Accepted, Actor, JobRecord, JobState, NextJob, ObjectKind, PipelineRef, Priority,
};
use smartexus_platform::{Durability, PlatformError, Submission, World, open_embedded};
use smartexus_worker::pipeline::{Pipeline, PipelineSet};
use smartexus_worker::sandbox::Sandbox;
use smartexus_worker::{Halted, Worker, result};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub(crate) const CSV: &[u8] = b"Date,Description,Amount,Balance\n\
    2026-03-01,PAYROLL NORTHWIND GOODS,1500.00,1600.00\n\
    2026-03-02,CARD PURCHASE BLUE HERON COFFEE,-4.50,1595.50\n\
    2026-03-05,ATM WITHDRAWAL,-60.00,1535.50\n";

/// From our own fixtures.
pub(crate) const PDF: &[u8] = include_bytes!("../../../../fixtures/uk-current/document.pdf");
pub(crate) const PDF_PAGES: usize = 3;

/// A platform in a temporary directory, with one workspace.
pub(crate) struct House {
    pub(crate) world: World,
    pub(crate) workspace: WorkspaceId,
    pub(crate) pipelines: Arc<PipelineSet>,
    _directory: Option<tempfile::TempDir>,
}

/// A running worker.
pub(crate) struct Running {
    stop: oneshot::Sender<()>,
    pub(crate) worker: JoinHandle<Result<(), Halted>>,
}

impl House {
    pub(crate) async fn new(pipelines: PipelineSet) -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let world = open_embedded(directory.path(), Durability::Ephemeral).await.expect("a world");
        Self::of(world, directory, pipelines)
    }

    pub(crate) fn of(world: World, directory: tempfile::TempDir, pipelines: PipelineSet) -> Self {
        Self { _directory: Some(directory), ..Self::over(world, &Arc::new(pipelines)) }
    }

    /// Over a world that somebody else keeps.
    pub(crate) fn over(world: World, pipelines: &Arc<PipelineSet>) -> Self {
        let workspace = world.ids.workspace().expect("an id");
        Self { world, workspace, pipelines: Arc::clone(pipelines), _directory: None }
    }

    /// The same with a workspace that is still empty.
    pub(crate) fn next_door(&self) -> Self {
        Self::over(self.world.clone(), &self.pipelines)
    }

    pub(crate) async fn submit(&self, bytes: &'static [u8], pipeline: PipelineRef) -> DocumentId {
        submit(&self.world, self.workspace, bytes.to_vec(), pipeline).await.expect("accepted").document
    }

    pub(crate) async fn submit_default(&self, bytes: &'static [u8]) -> DocumentId {
        let pipeline = self.pipelines.newest("bank-statement").expect("a pipeline").reference();
        self.submit(bytes, pipeline).await
    }

    pub(crate) fn start(&self, role: &str) -> Running {
        self.start_as(role, |worker| worker)
    }

    /// As [`House::start`], but with another kind of worker.
    pub(crate) fn start_as(&self, role: &str, kind: impl Fn(Worker) -> Worker) -> Running {
        let sandbox = Sandbox::open(program(role), 1).expect("a sandbox");
        let rulebook = Rulebook::embedded().expect("rules");
        let world = self.world.clone();
        let pipelines = Arc::clone(&self.pipelines);
        let worker = kind(Worker::new(world, pipelines, Arc::new(sandbox), Arc::new(rulebook), 2));
        let (stop, stopped) = oneshot::channel();
        let worker = tokio::spawn(async move {
            let shutdown = async {
                let _ = stopped.await;
            };
            worker.run(shutdown).await
        });
        Running { stop, worker }
    }

    pub(crate) async fn state(&self, document: DocumentId) -> DocumentState {
        let found = self.world.documents.document(self.workspace, document).await.expect("answers");
        found.found().expect("is there").state
    }

    pub(crate) async fn settled(&self, document: DocumentId) -> StatementResult {
        let deadline = Instant::now() + Duration::from_secs(60);
        while !self.state(document).await.is_settled() {
            assert!(Instant::now() < deadline, "never settles: {:?}", self.jobs(document).await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let loaded = result::load(&self.world, &self.pipelines, self.workspace, document).await;
        loaded.expect("loads").found().expect("is there").expect("is settled")
    }

    pub(crate) async fn jobs(&self, document: DocumentId) -> Vec<JobRecord> {
        self.world.jobs.of_document(self.workspace, document).await.expect("answers")
    }

    pub(crate) async fn artifact(&self, document: DocumentId, kind: &str) -> Option<Vec<u8>> {
        let kind = ObjectKind::named(kind).expect("a kind");
        let found = self.world.documents.artifact(self.workspace, document, &kind).await.expect("answers");
        let artifact = found.found().flatten()?;
        Some(self.world.read_object(&artifact.object, artifact.bytes).await.expect("reads").to_vec())
    }

    /// Waits until the document's only job is leased.
    pub(crate) async fn leased(&self, document: DocumentId) {
        let deadline = Instant::now() + Duration::from_secs(30);
        while self.jobs(document).await.first().map(|job| job.state) != Some(JobState::Leased) {
            assert!(Instant::now() < deadline, "never claimed");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Running {
    pub(crate) async fn stop(self) -> Result<(), Halted> {
        let _ = self.stop.send(());
        self.worker.await.expect("no panic")
    }
}

pub(crate) fn built_in() -> PipelineSet {
    PipelineSet::built_in().expect("valid")
}

/// The built-in pipeline with one thing changed.
pub(crate) fn changed(from: &str, to: &str) -> PipelineSet {
    changed_twice([(from, to), ("", "")])
}

pub(crate) fn changed_twice(changes: [(&str, &str); 2]) -> PipelineSet {
    let mut text = include_str!("../../../../pipelines/bank-statement.yaml").to_owned();
    for (from, to) in changes.into_iter().filter(|(from, _)| !from.is_empty()) {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    PipelineSet::of(vec![Pipeline::from_yaml("p.yaml", &text).expect("valid")])
}

/// Sends bytes through this world, with the default pipeline of the house.
pub(crate) async fn submit_to(
    world: &World,
    house: &House,
    bytes: Vec<u8>,
) -> Result<Accepted, PlatformError> {
    let pipeline = house.pipelines.newest("bank-statement").expect("a pipeline").reference();
    submit(world, house.workspace, bytes, pipeline).await
}

async fn submit(
    world: &World,
    workspace: WorkspaceId,
    bytes: Vec<u8>,
    pipeline: PipelineRef,
) -> Result<Accepted, PlatformError> {
    let submission = Submission {
        actor: Actor::Operator,
        pipeline,
        retention: "financial-document".to_owned().try_into().expect("a class"),
        media_type: MediaType::Unknown,
        file_name: Some("march.csv".to_owned()),
        password: None,
        first: NextJob { stage: StageKind::Extract, priority: Priority::Interactive },
        trace: None,
        limit_bytes: 1024 * 1024,
    };
    let body = futures::stream::once(std::future::ready(Ok(bytes.into()))).boxed();
    world.accept(workspace, submission, body).await
}
