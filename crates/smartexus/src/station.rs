//! The same worker as a server's, over an embedded platform in this process: how files are read without a server.

use crate::configuration::{Configuration, Endpoint};
use crate::exit::Stop;
use crate::{pipelines, sandboxed};
use bytes::Bytes;
use futures::StreamExt;
use smartexus_categorize::Rulebook;
use smartexus_domain::{
    DocumentFacts, DocumentId, DocumentKind, DocumentSource, Failure, FailureCode, MediaType, ResultStatus,
    StatementResult, WorkspaceId,
};
use smartexus_platform::port::{Actor, Lookup, NextJob, ObjectKind, Priority};
use smartexus_platform::{
    ChatEndpoint, ChatSettings, Durability, PlatformError, Secret, Submission, World, open_embedded,
};
use smartexus_worker::categories::EndpointPolicy;
use smartexus_worker::pipeline::{Pipeline, PipelineSet};
use smartexus_worker::sandbox::Sandbox;
use smartexus_worker::{Halted, Worker, result};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

/// The one workspace of an installation without accounts. Its documents are found again by every later release.
pub(crate) const LOCAL_WORKSPACE: WorkspaceId =
    WorkspaceId::from_uuid(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0001));

/// How often a document that is at work is looked at: soon at first, because most are done soon.
const LOOK_FIRST: Duration = Duration::from_millis(5);
const LOOK_AT_LEAST_EVERY: Duration = Duration::from_millis(50);
/// What the media type is guessed from; the sandboxed reader decides.
const SNIFF_BYTES: usize = 4096;

/// A worker under way.
pub(crate) struct Station {
    world: World,
    pipelines: Arc<PipelineSet>,
    pipeline: Pipeline,
    worker: JoinHandle<Result<(), Halted>>,
    stop: oneshot::Sender<()>,
    /// Last, so that it is removed when everything that writes into it is gone.
    directory: Option<TempDir>,
}

/// One file that was read.
pub(crate) struct Read {
    /// What was read.
    pub(crate) result: StatementResult,
    /// The document, unless these bytes were there before under another name, or never became one.
    own: Option<DocumentId>,
}

impl Station {
    /// Opens the platform in `data_dir`, or in a temporary directory that is gone afterwards, and starts the worker.
    pub(crate) async fn open(configuration: &Configuration, data_dir: Option<&Path>) -> Result<Self, Stop> {
        let (pipelines, pipeline) = pipelines::chosen(configuration)?;
        let pipelines = Arc::new(pipelines);
        let (world, directory) = match data_dir {
            Some(path) => (open_embedded(path, Durability::Full).await.map_err(cannot_open)?, None),
            None => {
                let directory = tempfile::Builder::new().prefix("smartexus-").tempdir();
                let directory = directory.map_err(|error| {
                    Stop::unavailable(format!("there is no temporary directory: {}", error.kind()))
                })?;
                let world =
                    open_embedded(directory.path(), Durability::Ephemeral).await.map_err(cannot_open)?;
                (world, Some(directory))
            }
        };
        let worker = worker(configuration, world.clone(), Arc::clone(&pipelines), Arc::new(rulebook()?))?;
        let (stop, stopped) = oneshot::channel();
        let worker = tokio::spawn(async move {
            // Either the word to stop, or its sender is gone: the same.
            let asked = async { drop(stopped.await) };
            worker.run(asked).await
        });
        Ok(Self { world, pipelines, pipeline, worker, stop, directory })
    }

    /// Largest file that the pipeline takes.
    pub(crate) const fn size_bytes_max(&self) -> u64 {
        self.pipeline.accepts.size_bytes
    }

    /// Returns only when the worker gave up: then no document will ever be done.
    pub(crate) async fn halted(&mut self) -> Stop {
        match (&mut self.worker).await {
            Ok(Err(halted)) => Stop::unavailable(halted.to_string()),
            Ok(Ok(())) | Err(_) => Stop::failed("the worker stopped unexpectedly"),
        }
    }

    /// What takes documents in and hands results out; it may be used by many at a time.
    pub(crate) fn desk(&self) -> Desk {
        Desk {
            world: self.world.clone(),
            pipelines: Arc::clone(&self.pipelines),
            pipeline: self.pipeline.clone(),
        }
    }

    /// Lets running stages end or be given back. What runs over a temporary directory is cut instead: nobody could
    /// go on with it; then the directory is removed.
    pub(crate) async fn close(self) {
        let Self { stop, worker, world, directory, .. } = self;
        drop(stop);
        if directory.is_some() {
            worker.abort();
        }
        // It was asked to stop; how it ended no longer matters.
        drop(worker.await);
        drop(world);
        drop(directory);
    }
}

/// A worker over this world.
pub(crate) fn worker(
    configuration: &Configuration,
    world: World,
    pipelines: Arc<PipelineSet>,
    rulebook: Arc<Rulebook>,
) -> Result<Worker, Stop> {
    let slots = configuration.jobs.get();
    let sandbox = Sandbox::open(sandboxed::program()?, slots).map_err(|error| sandboxed::refused(&error))?;
    let worker = Worker::new(world, pipelines, Arc::new(sandbox), rulebook, slots);
    match &configuration.endpoint {
        Some(endpoint) => with_endpoint(worker, endpoint),
        None => Ok(worker),
    }
}

/// A worker that may ask a model outside, for the one workspace: whoever set the address turned it on for all there is.
fn with_endpoint(worker: Worker, endpoint: &Endpoint) -> Result<Worker, Stop> {
    let settings = ChatSettings {
        url: endpoint.url.clone(),
        model: endpoint.model.clone(),
        key: endpoint.key.clone(),
        timeout: ChatSettings::TIMEOUT,
    };
    let adviser = ChatEndpoint::new(settings)
        .map_err(|fault| Stop::configuration(format!("the model endpoint cannot be used: {fault}")))?;
    let calls_per_day = endpoint.calls_per_day;
    let policy = EndpointPolicy { calls_per_day, ..EndpointPolicy::new(vec![LOCAL_WORKSPACE]) };
    Ok(worker.with_endpoint(Arc::new(adviser), policy))
}

/// The rules that are part of the program.
pub(crate) fn rulebook() -> Result<Rulebook, Stop> {
    Rulebook::embedded().map_err(|error| Stop::unavailable(format!("the rules cannot be read: {error}")))
}

/// A data directory that cannot be opened, and what to do about it.
pub(crate) fn cannot_open(error: PlatformError) -> Stop {
    let stop = Stop::unavailable(error.to_string());
    match error.reason() {
        Some(reason) => stop.advise(reason),
        None => stop,
    }
}

/// Takes documents in and hands results out.
pub(crate) struct Desk {
    world: World,
    pipelines: Arc<PipelineSet>,
    pipeline: Pipeline,
}

impl Desk {
    /// Reads one file to its end.
    pub(crate) async fn read(
        &self,
        name: String,
        bytes: Vec<u8>,
        password: Option<Secret>,
    ) -> Result<Read, Stop> {
        let size_bytes = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let submission = self.submission(&name, &bytes, password);
        let body = futures::stream::once(std::future::ready(Ok(Bytes::from(bytes)))).boxed();
        let accepted = match self.world.accept(LOCAL_WORKSPACE, submission, body).await {
            Ok(accepted) => accepted,
            Err(PlatformError::TooLarge { .. }) => {
                return Ok(unread(name, FailureCode::TooLarge, size_bytes));
            }
            Err(error) => return Err(world_failed(&error)),
        };
        let result = self.result(accepted.document).await?;
        Ok(match result {
            Some(result) => {
                let own = (!accepted.duplicate).then_some(accepted.document);
                Read { result: StatementResult { file: name, ..result }, own }
            }
            // Somebody erased it while it was read.
            None => unread(name, FailureCode::Unreadable, size_bytes),
        })
    }

    fn submission(&self, name: &str, bytes: &[u8], password: Option<Secret>) -> Submission {
        Submission {
            actor: Actor::Operator,
            pipeline: self.pipeline.reference(),
            retention: self.pipeline.retention.clone(),
            media_type: smartexus_extract::sniff(bytes.get(..SNIFF_BYTES).unwrap_or(bytes)),
            file_name: Some(name.to_owned()),
            password,
            first: NextJob { stage: self.pipeline.first(), priority: Priority::Interactive },
            trace: None,
            limit_bytes: self.pipeline.accepts.size_bytes,
        }
    }

    async fn result(&self, document: DocumentId) -> Result<Option<StatementResult>, Stop> {
        let mut pause = LOOK_FIRST;
        loop {
            let looked = self.world.documents.document(LOCAL_WORKSPACE, document).await;
            match looked.map_err(|error| world_failed(&error))? {
                Lookup::Found(document) if !document.state.is_settled() => {}
                Lookup::Found(_) => break,
                Lookup::Gone(_) | Lookup::Absent => return Ok(None),
            }
            tokio::time::sleep(pause).await;
            pause = pause.saturating_mul(2).min(LOOK_AT_LEAST_EVERY);
        }
        let loaded = result::load(&self.world, &self.pipelines, LOCAL_WORKSPACE, document).await;
        Ok(loaded.map_err(|error| world_failed(&error))?.found().flatten())
    }

    /// A file that the pipeline's last stage left, where there is one and it bears this input's name.
    pub(crate) async fn artifact(&self, read: &Read, kind: &str) -> Result<Option<Vec<u8>>, Stop> {
        let (Some(document), Ok(kind)) = (read.own, ObjectKind::named(kind)) else { return Ok(None) };
        let found = self.world.documents.artifact(LOCAL_WORKSPACE, document, &kind).await;
        let Some(artifact) = found.map_err(|error| world_failed(&error))?.found().flatten() else {
            return Ok(None);
        };
        let content = self.world.read_object(&artifact.object, artifact.bytes).await;
        content.map(|bytes| Some(bytes.to_vec())).map_err(|error| world_failed(&error))
    }
}

/// A port that does not answer.
pub(crate) fn world_failed(error: &PlatformError) -> Stop {
    Stop::failed(error.to_string()).advise("run `smartexus doctor`; what was accepted is not lost")
}

/// The result of a file that never became a document: it has no id and no digest.
pub(crate) fn unread(name: String, code: FailureCode, size_bytes: u64) -> Read {
    let document = DocumentFacts {
        id: String::new(),
        sha256: String::new(),
        media_type: MediaType::Unknown,
        bytes: size_bytes,
        pages: 0,
        source: DocumentSource::Text,
        kind: DocumentKind::Other,
        kind_confidence: 0.0,
        page_kinds: Vec::new(),
        children: Vec::new(),
        encrypted: false,
        producer: None,
    };
    let result = StatementResult {
        schema: StatementResult::SCHEMA.to_owned(),
        file: name,
        document,
        status: ResultStatus::Failed,
        failure: Some(Failure::from(code)),
        statements: Vec::new(),
        facts: Vec::new(),
        signals: Vec::new(),
        signal_summary: None,
        findings: Vec::new(),
        timings_ms: std::collections::BTreeMap::new(),
    };
    Read { result, own: None }
}
