//! `GET /v1/documents` and below.

use crate::problem::{Problem, ProblemCode};
use crate::shape::{DocumentBody, DocumentsBody};
use crate::state::Door;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::header::{HeaderValue, RETRY_AFTER};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use smartexus_domain::{DocumentState, StageKind, StatementResult};
use smartexus_platform::port::{Document, DocumentQuery, DocumentRole, JobState, Lookup};

/// Documents on a page when the request does not say.
const LIMIT_DEFAULT: u32 = 50;

/// The query of a listing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListQuery {
    limit: Option<u32>,
    cursor: Option<String>,
    state: Option<String>,
}

/// Documents, newest first.
pub(crate) async fn list(
    State(door): State<Door>,
    query: Result<Query<ListQuery>, QueryRejection>,
) -> Result<Json<DocumentsBody>, Problem> {
    let Query(asked) = query.map_err(|_| ProblemCode::Malformed)?;
    let (documents, next_cursor) = asked.page(&door, DocumentRole::Document).await?;
    let documents = documents.iter().map(DocumentBody::from).collect();
    Ok(Json(DocumentsBody { schema: "smartexus.documents/1", documents, next_cursor }))
}

/// One document.
pub(crate) async fn one(State(door): State<Door>, Path(id): Path<String>) -> Result<Response, Problem> {
    let document = door.document(Door::id(&id)?).await?;
    let mut body = DocumentBody::from(&document);
    body.file = door.world.metadata(&document).await?.file_name;
    let artifacts = door.world.documents.artifacts(document.workspace, document.id).await?;
    let artifacts = door.found(artifacts).await?;
    body.artifacts =
        Some(artifacts.iter().map(|artifact| artifact.object.kind.as_str().to_owned()).collect());
    let settled = document.state.is_settled();
    if !settled {
        body.stage = open_stage(&door, &document).await?;
    }
    let mut response = Json(body).into_response();
    if !settled {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    }
    Ok(response)
}

/// What became of a document, as `smartexus.result/1`.
pub(crate) async fn result(
    State(door): State<Door>,
    Path(id): Path<String>,
) -> Result<Json<StatementResult>, Problem> {
    let id = Door::id(&id)?;
    let looked = door.neighbours.result(door.config.workspace, id).await?;
    match looked {
        Lookup::Found(Some(result)) => Ok(Json(result)),
        Lookup::Found(None) => Err(ProblemCode::NotReady.into()),
        Lookup::Gone(gone) => Err(door.gone(gone).await),
        Lookup::Absent => Err(ProblemCode::NotFound.into()),
    }
}

async fn open_stage(door: &Door, document: &Document) -> Result<Option<StageKind>, Problem> {
    let jobs = door.world.jobs.of_document(document.workspace, document.id).await?;
    let open = jobs.iter().rev().find(|job| matches!(job.state, JobState::Ready | JobState::Leased));
    Ok(open.map(|job| job.stage))
}

impl ListQuery {
    /// One page of what has this role, and the cursor of the next.
    pub(crate) async fn page(
        self,
        door: &Door,
        role: DocumentRole,
    ) -> Result<(Vec<Document>, Option<String>), Problem> {
        let mut query = self.into_query()?;
        query.roles = vec![role];
        let limit = query.limit;
        // One more than asked for tells whether there is a next page.
        query.limit = limit.saturating_add(1).min(DocumentQuery::MAX_LIMIT);
        let mut documents = door.world.documents.list(door.config.workspace, &query).await?;
        let page = usize::try_from(limit).unwrap_or(usize::MAX);
        let full = documents.len() > page || (limit == query.limit && documents.len() == page);
        documents.truncate(page);
        let next_cursor =
            documents.last().filter(|_| full).map(|last| last.id.as_uuid().simple().to_string());
        Ok((documents, next_cursor))
    }

    fn into_query(self) -> Result<DocumentQuery, Problem> {
        let limit = self.limit.unwrap_or(LIMIT_DEFAULT);
        if !(1..=DocumentQuery::MAX_LIMIT).contains(&limit) {
            return Err(ProblemCode::Malformed.into());
        }
        let before =
            self.cursor.map(|cursor| cursor.parse()).transpose().map_err(|_| ProblemCode::Malformed)?;
        let state = self.state.map(|word| word.parse::<DocumentState>()).transpose();
        let states = state.map_err(|()| ProblemCode::Malformed)?.into_iter().collect();
        Ok(DocumentQuery { states, before, limit, roles: Vec::new() })
    }
}
