//! `/v1/forms`: a lender's blank, filled from what was read. The blank comes in as a document under the pipeline `form`.

use crate::body::form_json;
use crate::documents::ListQuery;
use crate::form_ask::{FormAsk, FormReply, FormShown, FormWish};
use crate::pressure;
use crate::problem::{Problem, ProblemCode};
use crate::shape::document_path;
use crate::state::Door;
use axum::Json;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use smartexus_domain::{DocumentId, Failure};
use smartexus_platform::metric::{self, Acceptance};
use smartexus_platform::port::{Accepted, Document, DocumentRole, ObjectKind, TraceParent};
use std::collections::BTreeMap;

const RESULT: &str = "form/result";
const FILLED: &str = "form/filled.pdf";

/// The body of a wish.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wish {
    blank: DocumentId,
    #[serde(default)]
    documents: Vec<DocumentId>,
    #[serde(default)]
    case: Option<DocumentId>,
    /// `smartexus.facts/1`
    #[serde(default)]
    facts: Option<Value>,
    #[serde(default)]
    mapping: Option<String>,
    #[serde(default)]
    edits: BTreeMap<String, String>,
    #[serde(default)]
    lock: bool,
    #[serde(default)]
    flatten: bool,
}

/// The body of an edit: `null` takes a word back.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Edit {
    edits: BTreeMap<String, Option<String>>,
}

/// The body of a check.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Check {
    mapping: String,
    #[serde(default)]
    blank: Option<DocumentId>,
}

/// Has a blank filled; the same wish over the same readings is the same form.
pub(crate) async fn create(State(door): State<Door>, request: Request) -> Result<Response, Problem> {
    pressure::ask(&door).await?;
    let trace = request.extensions().get::<TraceParent>().cloned();
    let wish: Wish = form_json(&door, request.into_body()).await?;
    let wish = FormWish {
        blank: wish.blank,
        documents: wish.documents,
        case: wish.case,
        facts: wish.facts.map(|facts| facts.to_string()),
        mapping: wish.mapping,
        edits: wish.edits,
        lock: wish.lock,
        flatten: wish.flatten,
        trace,
    };
    made(&door, FormAsk::Fill(wish)).await
}

/// A new form in place of one: nothing that was shown once changes.
pub(crate) async fn edit(
    State(door): State<Door>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    // What is not there is not there, whatever is said of it.
    let form = shown(&door, &id).await?.document.id;
    pressure::ask(&door).await?;
    let trace = request.extensions().get::<TraceParent>().cloned();
    let Edit { edits } = form_json(&door, request.into_body()).await?;
    made(&door, FormAsk::Edit { form, edits, trace }).await
}

/// Forms, newest first.
pub(crate) async fn list(
    State(door): State<Door>,
    query: Result<Query<ListQuery>, QueryRejection>,
) -> Result<Json<Value>, Problem> {
    let Query(asked) = query.map_err(|_| ProblemCode::Malformed)?;
    let (forms, next_cursor) = asked.page(&door, DocumentRole::Form).await?;
    let forms: Vec<Value> = forms.iter().map(row).collect();
    Ok(Json(json!({ "schema": "smartexus.forms/1", "forms": forms, "next_cursor": next_cursor })))
}

/// One form.
pub(crate) async fn one(State(door): State<Door>, Path(id): Path<String>) -> Result<Response, Problem> {
    let shown = shown(&door, &id).await?;
    let settled = shown.document.state.is_settled();
    let mut body = row(&shown.document);
    if let Value::Object(fields) = &mut body {
        fields.insert("blank".to_owned(), json!(shown.blank));
        fields.insert("documents".to_owned(), json!(shown.documents));
        fields.insert("case".to_owned(), json!(shown.case));
        fields.insert("revises".to_owned(), json!(shown.revises));
        fields.insert("version".to_owned(), json!(shown.version));
        fields.insert("edits".to_owned(), json!(shown.edits));
        fields.insert("artifacts".to_owned(), json!(shown.artifacts));
    }
    let mut response = Json(body).into_response();
    if !settled {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    }
    Ok(response)
}

/// `smartexus.form/1` of a form.
pub(crate) async fn result(State(door): State<Door>, Path(id): Path<String>) -> Result<Response, Problem> {
    stored(&door, &id, RESULT, "application/json").await
}

/// The filled file.
pub(crate) async fn filled(State(door): State<Door>, Path(id): Path<String>) -> Result<Response, Problem> {
    let mut response = stored(&door, &id, FILLED, "application/pdf").await?;
    let attachment = HeaderValue::from_static("attachment; filename*=UTF-8''filled.pdf");
    response.headers_mut().insert(CONTENT_DISPOSITION, attachment);
    Ok(response)
}

/// Reads a mapping, and holds it against the fields of a blank, where one is named. Nothing is kept.
pub(crate) async fn validate(State(door): State<Door>, body: Body) -> Result<Json<Value>, Problem> {
    let Check { mapping, blank } = form_json(&door, body).await?;
    let reply = ask(&door, FormAsk::Check { mapping, blank }).await?;
    let FormReply::Checked { mapping, faults } = reply else { return Err(problem(&door, reply).await) };
    let named = mapping.map(|(name, version)| json!({ "name": name, "version": version }));
    let valid = faults.is_none();
    Ok(Json(json!({
        "schema": "smartexus.mapping_check/1", "valid": valid, "mapping": named, "faults": faults,
    })))
}

async fn stored(door: &Door, id: &str, name: &str, media_type: &'static str) -> Result<Response, Problem> {
    let shown = shown(door, id).await?;
    if !shown.document.state.is_settled() {
        return Err(ProblemCode::NotReady.into());
    }
    let kind = ObjectKind::named(name).map_err(|_| ProblemCode::Internal)?;
    let looked = door.world.documents.artifact(door.config.workspace, shown.document.id, &kind).await?;
    let artifact = door.found(looked).await?.ok_or(ProblemCode::NotFound)?;
    let content = door.world.blobs.get(&artifact.object).await?;
    let mut response = Response::new(Body::from_stream(content));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(artifact.bytes));
    Ok(response)
}

async fn made(door: &Door, wish: FormAsk) -> Result<Response, Problem> {
    let reply = ask(door, wish).await?;
    let FormReply::Made(accepted) = reply else { return Err(problem(door, reply).await) };
    Ok(accepted_response(&accepted))
}

fn accepted_response(accepted: &Accepted) -> Response {
    let id = accepted.document;
    tracing::info!(document = %id, duplicate = accepted.duplicate, "form accepted");
    metric::document_accepted(if accepted.duplicate { Acceptance::Duplicate } else { Acceptance::New });
    let body = json!({
        "schema": "smartexus.form_accepted/1", "id": id, "duplicate": accepted.duplicate, "links": links(id),
    });
    let mut response = (StatusCode::ACCEPTED, Json(body)).into_response();
    let headers = response.headers_mut();
    if let Ok(location) = HeaderValue::try_from(form_path(id)) {
        headers.insert(LOCATION, location);
    }
    headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
    response
}

async fn shown(door: &Door, id: &str) -> Result<Box<FormShown>, Problem> {
    let reply = ask(door, FormAsk::Look(Door::id(id)?)).await?;
    let FormReply::Shown(shown) = reply else { return Err(problem(door, reply).await) };
    Ok(shown)
}

pub(crate) async fn ask(door: &Door, ask: FormAsk) -> Result<FormReply, Problem> {
    Ok(door.neighbours.forms(door.config.workspace, ask).await?)
}

/// Which document stands in the way is told: the caller named it.
pub(crate) async fn problem(door: &Door, reply: FormReply) -> Problem {
    match reply {
        FormReply::Refused { code, message } => Problem::new(ProblemCode::Invalid)
            .with("errors", json!([{ "pointer": "", "code": code, "message": message }])),
        FormReply::Absent(_) | FormReply::NoMapping => ProblemCode::NotFound.into(),
        FormReply::Gone(id) => match door.document(id).await {
            Err(gone) => gone,
            Ok(_) => ProblemCode::Unavailable.into(),
        },
        FormReply::NotReady(id) => Problem::new(ProblemCode::NotReady).with("document", json!(id)),
        // No handler asks for one and gets the other.
        FormReply::Made(_)
        | FormReply::Shown(_)
        | FormReply::Checked { .. }
        | FormReply::Mappings { .. }
        | FormReply::Mapping(_)
        | FormReply::Removed => ProblemCode::Internal.into(),
    }
}

/// `smartexus.form_file/1`
fn row(document: &Document) -> Value {
    json!({
        "schema": "smartexus.form_file/1",
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

fn form_path(id: DocumentId) -> String {
    format!("/v1/forms/{id}")
}

/// A form is erased as the document that it is.
fn links(id: DocumentId) -> Value {
    let itself = form_path(id);
    json!({
        "self": itself,
        "result": format!("{itself}/result"),
        "filled": format!("{itself}/filled.pdf"),
        "document": document_path(id),
    })
}
