//! `/v1/cases`: documents of one client looked at together.

use crate::body::json;
use crate::case_ask::{CaseAsk, CaseReply, CaseShown, CaseWish};
use crate::documents::ListQuery;
use crate::pressure;
use crate::problem::{Problem, ProblemCode};
use crate::shape::document_path;
use crate::state::Door;
use axum::Json;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use smartexus_domain::{DocumentId, Failure, StageKind};
use smartexus_platform::metric::{self, Acceptance};
use smartexus_platform::port::{Document, DocumentRole, ObjectKind, TraceParent};

/// The body of a wish.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wish {
    documents: Vec<DocumentId>,
    #[serde(default)]
    pipeline: Option<String>,
    #[serde(default)]
    formats: Option<Vec<String>>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    bank_id: Option<String>,
    #[serde(default)]
    allow_unverified: bool,
    #[serde(default)]
    choices: Option<String>,
}

/// Puts documents together; the same wish over the same readings is the same case.
pub(crate) async fn create(State(door): State<Door>, request: Request) -> Result<Response, Problem> {
    pressure::ask(&door).await?;
    let trace = request.extensions().get::<TraceParent>().cloned();
    let wish: Wish = json(&door, request.into_body()).await?;
    let wish = CaseWish {
        documents: wish.documents,
        pipeline: wish.pipeline,
        formats: wish.formats,
        title: wish.title,
        bank_id: wish.bank_id,
        allow_unverified: wish.allow_unverified,
        choices: wish.choices,
        trace,
    };
    let reply = ask(&door, CaseAsk::Make(wish)).await?;
    let CaseReply::Made(accepted) = reply else { return Err(problem(&door, reply).await) };
    let id = accepted.document;
    tracing::info!(document = %id, duplicate = accepted.duplicate, "case accepted");
    metric::document_accepted(if accepted.duplicate { Acceptance::Duplicate } else { Acceptance::New });
    let body = json!({
        "schema": "smartexus.case_accepted/1", "id": id, "duplicate": accepted.duplicate, "links": links(id),
    });
    let mut response = (StatusCode::ACCEPTED, Json(body)).into_response();
    let headers = response.headers_mut();
    if let Ok(location) = HeaderValue::try_from(case_path(id)) {
        headers.insert(LOCATION, location);
    }
    headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
    Ok(response)
}

/// Cases, newest first.
pub(crate) async fn list(
    State(door): State<Door>,
    query: Result<Query<ListQuery>, QueryRejection>,
) -> Result<Json<Value>, Problem> {
    let Query(asked) = query.map_err(|_| ProblemCode::Malformed)?;
    let (cases, next_cursor) = asked.page(&door, DocumentRole::Case).await?;
    let cases: Vec<Value> = cases.iter().map(row).collect();
    Ok(Json(json!({ "schema": "smartexus.cases/1", "cases": cases, "next_cursor": next_cursor })))
}

/// One case.
pub(crate) async fn one(State(door): State<Door>, Path(id): Path<String>) -> Result<Response, Problem> {
    let shown = shown(&door, &id).await?;
    let settled = shown.document.state.is_settled();
    let mut body = row(&shown.document);
    if let Value::Object(fields) = &mut body {
        fields.insert("title".to_owned(), json!(shown.title));
        fields.insert("documents".to_owned(), json!(shown.documents));
        fields.insert("outdated".to_owned(), json!(shown.outdated));
        fields.insert("artifacts".to_owned(), json!(shown.artifacts));
    }
    let mut response = Json(body).into_response();
    if !settled {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    }
    Ok(response)
}

/// `smartexus.figures/1` of a case.
pub(crate) async fn figures(State(door): State<Door>, Path(id): Path<String>) -> Result<Response, Problem> {
    let shown = shown(&door, &id).await?;
    if !shown.document.state.is_settled() {
        return Err(ProblemCode::NotReady.into());
    }
    let kind = ObjectKind::artifact(StageKind::Analyze);
    let looked = door.world.documents.artifact(door.config.workspace, shown.document.id, &kind).await?;
    let artifact = door.found(looked).await?.ok_or(ProblemCode::NotFound)?;
    let content = door.world.blobs.get(&artifact.object).await?;
    let mut response = Response::new(Body::from_stream(content));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(artifact.bytes));
    Ok(response)
}

async fn shown(door: &Door, id: &str) -> Result<Box<CaseShown>, Problem> {
    let reply = ask(door, CaseAsk::Look(Door::id(id)?)).await?;
    let CaseReply::Shown(shown) = reply else { return Err(problem(door, reply).await) };
    Ok(shown)
}

async fn ask(door: &Door, ask: CaseAsk) -> Result<CaseReply, Problem> {
    Ok(door.neighbours.cases(door.config.workspace, ask).await?)
}

/// Which document stands in the way is told: the caller named it.
async fn problem(door: &Door, reply: CaseReply) -> Problem {
    match reply {
        CaseReply::Refused { code, message } => Problem::new(ProblemCode::Invalid)
            .with("errors", json!([{ "pointer": "", "code": code, "message": message }])),
        CaseReply::Absent(_) => ProblemCode::NotFound.into(),
        CaseReply::Gone(id) => match door.document(id).await {
            Err(gone) => gone,
            Ok(_) => ProblemCode::Unavailable.into(),
        },
        CaseReply::NotReady(id) => Problem::new(ProblemCode::NotReady).with("document", json!(id)),
        // No handler asks for one and gets the other.
        CaseReply::Made(_) | CaseReply::Shown(_) => ProblemCode::Internal.into(),
    }
}

/// `smartexus.case_file/1`
fn row(document: &Document) -> Value {
    json!({
        "schema": "smartexus.case_file/1",
        "id": document.id,
        "state": document.state,
        "failure": document.failure.map(Failure::from),
        "pipeline": { "name": document.pipeline.name, "version": document.pipeline.version },
        "retention": document.retention.to_string(),
        "held": document.held,
        "received_at": document.received_at.to_string(),
        "settled_at": document.settled_at.map(|at| at.to_string()),
        "links": links(document.id),
    })
}

fn case_path(id: DocumentId) -> String {
    format!("/v1/cases/{id}")
}

/// What was made is downloaded, and the case erased, as the document that it is.
fn links(id: DocumentId) -> Value {
    let (itself, document) = (case_path(id), document_path(id));
    json!({
        "self": itself,
        "figures": format!("{itself}/figures"),
        "document": document,
        "artifacts": format!("{document}/artifacts"),
    })
}
