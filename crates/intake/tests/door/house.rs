//! A door before an embedded platform in a throw-away directory. The neighbours are as simple as they can be.

use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use futures::StreamExt as _;
use serde_json::Value;
use smartexus_domain::{
    DocumentFacts, DocumentId, DocumentKind, DocumentSource, DocumentState, MediaType, ResultStatus,
    RetentionClass, StageKind, StatementResult, WorkspaceId,
};
use smartexus_intake::{
    CaseAsk, CaseReply, CaseShown, CaseWish, CategoryAsk, CategoryReply, ErasureReply, FormAsk, FormReply,
    IntakeConfig, IntakeLimits, MappingShown, Neighbours, NotReady, PipelineOffer, UnreadMappingShown,
    router,
};
use smartexus_platform::port::{
    Actor, Derivation, DocumentOutcome, DocumentRole, EraseCause, EraseRequest, EraseStep, Lookup, NextJob,
    ObjectKind, PipelineRef, Priority, Settlement, Tombstoned,
};
use smartexus_platform::{Backends, Durability, PlatformError, Submission, World};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tower::ServiceExt as _;

pub(crate) const BOUNDARY: &str = "a-test-boundary";

pub(crate) struct House {
    pub(crate) world: World,
    pub(crate) config: IntakeConfig,
    pub(crate) neighbours: Arc<Simple>,
    pub(crate) router: Router,
    _directory: tempfile::TempDir,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("text"))
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// A problem of this status and code, and nothing else.
    pub(crate) fn assert_problem(&self, status: u16, code: &str) {
        let shown = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status.as_u16(), status, "{shown}");
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        let json = self.json();
        assert_eq!((json["code"].as_str(), json["status"].as_u64()), (Some(code), Some(status.into())));
        assert_eq!(json["type"], format!("urn:smartexus:problem:{code}"));
    }
}

impl House {
    pub(crate) async fn build() -> Self {
        Self::with_limits(IntakeLimits::default()).await
    }

    pub(crate) async fn with_limits(limits: IntakeLimits) -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let world =
            Backends::embedded(directory.path(), Durability::Ephemeral).open().await.expect("a platform");
        let workspace = world.ids.workspace().expect("an id");
        world.documents.ensure_workspace(workspace).await.expect("a workspace");
        let config = IntakeConfig {
            listen: "127.0.0.1:0".parse().expect("an address"),
            behind_gateway: false,
            workspace,
            pipelines: vec![offer("bank-statement", 1_000), offer("tiny", 10)],
            limits,
        };
        let neighbours = Arc::new(Simple { world: world.clone(), wrong: Mutex::default() });
        let router = router(world.clone(), config.clone(), Arc::<Simple>::clone(&neighbours) as _);
        Self { world, config, neighbours, router, _directory: directory }
    }

    /// The same platform, seen from another workspace.
    pub(crate) async fn stranger(&self) -> Router {
        let workspace = self.world.ids.workspace().expect("an id");
        self.world.documents.ensure_workspace(workspace).await.expect("a workspace");
        let config = IntakeConfig { workspace, ..self.config.clone() };
        router(self.world.clone(), config, Arc::<Simple>::clone(&self.neighbours) as _)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(&self.router, Method::GET, path, &[], Body::empty()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        send(&self.router, Method::DELETE, path, &[], Body::empty()).await
    }

    pub(crate) async fn upload(&self, parts: &[Part<'_>]) -> Answer {
        upload(&self.router, parts).await
    }

    /// Uploads one file and gives its path.
    pub(crate) async fn accepted(&self, content: &str) -> String {
        let answer = self.upload(&[Part::File("invented.csv", content.as_bytes())]).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED);
        answer.header("location").expect("a location").to_owned()
    }

    /// Runs the only open job to its end, as a worker would.
    pub(crate) async fn work(&self) {
        let lease = self.world.jobs.claim(&[]).await.expect("a claim").expect("a job");
        let mut artifacts = Vec::new();
        for (kind, content) in [
            ("statement", "{\"read\":true}"),
            ("figures", "{\"figures\":[]}"),
            ("report/transactions.csv", "a,b\n"),
        ] {
            let kind = ObjectKind::named(kind).expect("a kind");
            let artifact =
                self.world.put_artifact(&lease, kind, Bytes::from_static(content.as_bytes())).await;
            artifacts.push(artifact.expect("an artifact"));
        }
        let settlement = Settlement {
            artifacts,
            next: Vec::new(),
            fan_out: Vec::new(),
            outcome: DocumentOutcome::Completed(DocumentState::Approved),
            media_type: Some(MediaType::Csv),
            timing_us: 1,
        };
        self.world.jobs.settle(lease.token, settlement).await.expect("settled");
    }

    /// Carries a tombstoned document to its receipt.
    pub(crate) async fn sweep(&self) {
        let workspace = self.config.workspace;
        for erasure in self.world.retention.erasures(workspace, 100).await.expect("erasures") {
            let document = erasure.document;
            self.world.keys.destroy(workspace, document).await.expect("destroyed");
            for entry in self.world.blobs.list_document(workspace, document).await.expect("a list") {
                self.world.blobs.delete_entry(workspace, &entry).await.expect("deleted");
            }
            self.world.retention.erase_rows(workspace, document).await.expect("erased");
            self.world.retention.advance(workspace, document, EraseStep::Verify).await.expect("noted");
            self.world.retention.finish(workspace, document).await.expect("a receipt");
        }
    }
}

fn offer(name: &str, size_bytes: u64) -> PipelineOffer {
    PipelineOffer {
        pipeline: PipelineRef { name: name.to_owned(), version: "1".to_owned() },
        size_bytes,
        pages: 10,
        retention: RetentionClass::try_from("financial-document".to_owned()).expect("a class"),
        first: NextJob { stage: StageKind::Extract, priority: Priority::Interactive },
    }
}

/// One part of an upload.
#[derive(Clone, Copy)]
pub(crate) enum Part<'p> {
    Text(&'p str, &'p str),
    File(&'p str, &'p [u8]),
}

pub(crate) fn multipart(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        let (head, content) = match part {
            Part::Text(name, text) => (format!("name=\"{name}\""), text.as_bytes()),
            Part::File(name, content) => (format!("name=\"file\"; filename=\"{name}\""), *content),
        };
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

pub(crate) async fn upload(router: &Router, parts: &[Part<'_>]) -> Answer {
    let body = multipart(parts);
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let length = body.len().to_string();
    let headers = [("content-type", kind.as_str()), ("content-length", length.as_str())];
    send(router, Method::POST, "/v1/documents", &headers, Body::from(body)).await
}

/// Sends as a program on this machine would, unless the headers say otherwise.
pub(crate) async fn send(
    router: &Router,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: Body,
) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "127.0.0.1:7390");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(body).expect("a request");
    let response = router.clone().oneshot(request).await.expect("infallible");
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 1 << 20).await.expect("a whole body");
    Answer { status: parts.status, headers: parts.headers, body }
}

/// Neighbours without a worker and a sweeper behind them.
pub(crate) struct Simple {
    pub(crate) world: World,
    pub(crate) wrong: Mutex<Vec<NotReady>>,
}

#[async_trait]
impl Neighbours for Simple {
    async fn result(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<Lookup<Option<StatementResult>>, PlatformError> {
        Ok(match self.world.documents.document(workspace, document).await? {
            Lookup::Found(row) if row.state.is_settled() => Lookup::Found(Some(result_of(document))),
            Lookup::Found(_) => Lookup::Found(None),
            Lookup::Gone(gone) => Lookup::Gone(gone),
            Lookup::Absent => Lookup::Absent,
        })
    }

    async fn request_erasure(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<ErasureReply, PlatformError> {
        let request = EraseRequest { actor: Actor::Intake, cause: EraseCause::Request, rule: None };
        Ok(match self.world.retention.tombstone(workspace, document, &request).await? {
            Tombstoned::Erasing(erasure) => ErasureReply::Erasing(erasure.receipt),
            Tombstoned::Erased(receipt) => ErasureReply::Erased(receipt),
            Tombstoned::Absent => ErasureReply::Absent,
            Tombstoned::Held => ErasureReply::Refused {
                reason: "held",
                rule: "financial-document".to_owned(),
                review_on: None,
            },
        })
    }

    /// One rule under version 7, and whatever is wished for is told back as done.
    async fn categories(&self, _: WorkspaceId, ask: CategoryAsk) -> Result<CategoryReply, PlatformError> {
        let rules = serde_json::json!({
            "schema": "smartexus.rules/1", "version": 7, "rules": [{ "rule": { "id": "rent" }, "document": null }]
        });
        Ok(match ask {
            CategoryAsk::Rules => CategoryReply::Shown { version: Some(7), body: rules },
            CategoryAsk::Corrections { .. } => {
                CategoryReply::Shown { version: Some(3), body: serde_json::json!({ "corrections": [] }) }
            }
            CategoryAsk::PreviewRule { .. } => {
                CategoryReply::Shown { version: None, body: serde_json::json!({ "changed": 2 }) }
            }
            CategoryAsk::AddRule { expected, .. }
            | CategoryAsk::RemoveRule { expected, .. }
            | CategoryAsk::OrderRules { expected, .. }
                if expected != 7 =>
            {
                CategoryReply::Stale(7)
            }
            CategoryAsk::RemoveRule { id, .. } if id != "rent" => CategoryReply::Absent,
            CategoryAsk::AddRule { rule, .. } if rule["id"] == "wrong" => {
                CategoryReply::Refused { code: "rule_without_condition", message: "so it is".to_owned() }
            }
            CategoryAsk::Undo(number) if number != 1 => CategoryReply::Absent,
            CategoryAsk::Correct { seq: 9, .. } => CategoryReply::Absent,
            CategoryAsk::AddRule { .. } | CategoryAsk::RemoveRule { .. } | CategoryAsk::OrderRules { .. } => {
                CategoryReply::Done(8)
            }
            CategoryAsk::Correct { .. } | CategoryAsk::Undo(_) | CategoryAsk::SwitchLearning(_) => {
                CategoryReply::Done(4)
            }
        })
    }

    /// The documents of a case are its only content.
    async fn cases(&self, workspace: WorkspaceId, ask: CaseAsk) -> Result<CaseReply, PlatformError> {
        match ask {
            CaseAsk::Make(wish) => self.make(workspace, wish).await,
            CaseAsk::Look(id) => self.look(workspace, id).await,
        }
    }

    /// What forms mean is nothing that the door knows: their answers are its own tests' to say.
    async fn forms(&self, workspace: WorkspaceId, ask: FormAsk) -> Result<FormReply, PlatformError> {
        Ok(match ask {
            FormAsk::Check { mapping, .. } if mapping == "wrong" => {
                FormReply::Checked { mapping: None, faults: Some("^ so it is".to_owned()) }
            }
            FormAsk::Check { .. } => {
                FormReply::Checked { mapping: Some(("loan".to_owned(), 3)), faults: None }
            }
            FormAsk::Fill(wish) => match self.world.documents.document(workspace, wish.blank).await? {
                Lookup::Found(blank) if !blank.state.is_settled() => FormReply::NotReady(wish.blank),
                Lookup::Found(_) => {
                    FormReply::Refused { code: "not_a_blank", message: "so it is".to_owned() }
                }
                Lookup::Gone(_) => FormReply::Gone(wish.blank),
                Lookup::Absent => FormReply::Absent(wish.blank),
            },
            FormAsk::Edit { form, .. } | FormAsk::Look(form) => FormReply::Absent(form),
            FormAsk::Mappings => {
                FormReply::Mappings { mappings: vec![kept_mapping()], unread: vec![unread_mapping()] }
            }
            FormAsk::ShowMapping(name) | FormAsk::RemoveMapping(name) if name != "loan" => {
                FormReply::NoMapping
            }
            FormAsk::RemoveMapping(_) => FormReply::Removed,
            FormAsk::KeepMapping { mapping, .. } if mapping == "wrong" => {
                FormReply::Refused { code: "invalid_mapping", message: "^ so it is".to_owned() }
            }
            FormAsk::ShowMapping(_) | FormAsk::KeepMapping { .. } => {
                FormReply::Mapping(Box::new(kept_mapping()))
            }
        })
    }

    fn not_ready(&self) -> Vec<NotReady> {
        self.wrong.lock().expect("not poisoned").clone()
    }
}

impl Simple {
    async fn make(&self, workspace: WorkspaceId, wish: CaseWish) -> Result<CaseReply, PlatformError> {
        if wish.documents.is_empty() {
            return Ok(CaseReply::Refused { code: "no_documents", message: "so it is".to_owned() });
        }
        for id in &wish.documents {
            match self.world.documents.document(workspace, *id).await? {
                Lookup::Found(document) if document.state.is_settled() => {}
                Lookup::Found(_) => return Ok(CaseReply::NotReady(*id)),
                Lookup::Gone(_) => return Ok(CaseReply::Gone(*id)),
                Lookup::Absent => return Ok(CaseReply::Absent(*id)),
            }
        }
        let content = wish.documents.iter().map(ToString::to_string).collect::<String>();
        let offer = offer("case", 1_000);
        let submission = Submission {
            actor: Actor::Intake,
            pipeline: offer.pipeline,
            retention: offer.retention,
            media_type: MediaType::Json,
            file_name: None,
            password: None,
            first: NextJob { stage: StageKind::Analyze, priority: Priority::Interactive },
            trace: wish.trace,
            limit_bytes: offer.size_bytes,
        };
        let derivation = Derivation { role: DocumentRole::Case, sources: wish.documents };
        let body = futures::stream::once(std::future::ready(Ok(Bytes::from(content)))).boxed();
        let accepted = self.world.accept_derived(workspace, submission, derivation, body).await?;
        Ok(CaseReply::Made(accepted))
    }

    async fn look(&self, workspace: WorkspaceId, id: DocumentId) -> Result<CaseReply, PlatformError> {
        let document = match self.world.documents.document(workspace, id).await? {
            Lookup::Found(document) if document.role == DocumentRole::Case => document,
            Lookup::Found(_) | Lookup::Absent => return Ok(CaseReply::Absent(id)),
            Lookup::Gone(_) => return Ok(CaseReply::Gone(id)),
        };
        let documents = self.world.documents.sources(workspace, id).await?.found().unwrap_or_default();
        let shown = CaseShown {
            document,
            documents,
            outdated: false,
            title: Some("An invented client".to_owned()),
            artifacts: vec!["figures".to_owned()],
        };
        Ok(CaseReply::Shown(Box::new(shown)))
    }
}

fn result_of(document: DocumentId) -> StatementResult {
    StatementResult {
        schema: StatementResult::SCHEMA.to_owned(),
        file: "invented.csv".to_owned(),
        document: DocumentFacts {
            id: document.to_string(),
            sha256: "00".repeat(32),
            media_type: MediaType::Csv,
            bytes: 1,
            pages: 0,
            source: DocumentSource::Structured,
            kind: DocumentKind::BankStatement,
            kind_confidence: 1.0,
            encrypted: false,
            producer: None,
            page_kinds: Vec::new(),
            children: Vec::new(),
        },
        status: ResultStatus::Approved,
        failure: None,
        statements: Vec::new(),
        facts: Vec::new(),
        signals: Vec::new(),
        signal_summary: None,
        findings: Vec::new(),
        timings_ms: BTreeMap::new(),
    }
}

/// The one mapping that is always kept.
fn unread_mapping() -> UnreadMappingShown {
    let kept = kept_mapping();
    UnreadMappingShown {
        name: "unread-2".to_owned(),
        at: kept.at,
        faults: "mapping:1:1: no fields".to_owned(),
        text: "name: x".to_owned(),
    }
}

fn kept_mapping() -> MappingShown {
    MappingShown {
        name: "loan".to_owned(),
        version: 3,
        title: "Loan".to_owned(),
        edition: "2026".to_owned(),
        at: jiff::Timestamp::UNIX_EPOCH,
        text: "good".to_owned(),
    }
}
