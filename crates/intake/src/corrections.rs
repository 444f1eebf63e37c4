//! `/v1/corrections`: what people said of rows, and what follows from it.

use crate::body::json;
use crate::category_ask::{CategoryAsk, CategoryReply};
use crate::problem::{Problem, ProblemCode};
use crate::rules::shown;
use crate::state::Door;
use crate::versions::tag;
use axum::Json;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::json;
use smartexus_domain::DocumentId;

/// Corrections on a page when the request does not say, and at most.
const LIMIT_DEFAULT: usize = 100;
const LIMIT_MAX: usize = 500;

/// The query of a listing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListQuery {
    #[serde(default)]
    after: u64,
    limit: Option<usize>,
}

/// The body of a correction.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCorrection {
    document: DocumentId,
    #[serde(default)]
    statement: usize,
    seq: u32,
    category: String,
}

/// The body of a switch.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Switch {
    learning: bool,
}

/// Corrections, oldest first, those taken back included.
pub(crate) async fn list(
    State(door): State<Door>,
    query: Result<Query<ListQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(ListQuery { after, limit }) = query.map_err(|_| ProblemCode::Malformed)?;
    let limit = limit.unwrap_or(LIMIT_DEFAULT);
    if !(1..=LIMIT_MAX).contains(&limit) {
        return Err(ProblemCode::Malformed.into());
    }
    let (version, body) = shown(door.categories(CategoryAsk::Corrections { after, limit }).await?)?;
    Ok(tag(Json(body).into_response(), version))
}

/// Keeps what a person says of a row.
pub(crate) async fn create(State(door): State<Door>, body: Body) -> Result<Response, Problem> {
    let NewCorrection { document, statement, seq, category } = json(&door, body).await?;
    let ask = CategoryAsk::Correct { document, statement, seq, category };
    let id = done(door.categories(ask).await?)?;
    let body = json!({ "schema": "smartexus.correction/1", "id": id });
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

/// Takes a correction back.
pub(crate) async fn undo(State(door): State<Door>, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = id.parse().map_err(|_| ProblemCode::NotFound)?;
    done(door.categories(CategoryAsk::Undo(id)).await?)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Switches learning off or on.
pub(crate) async fn switch(State(door): State<Door>, body: Body) -> Result<Response, Problem> {
    let Switch { learning } = json(&door, body).await?;
    let version = done(door.categories(CategoryAsk::SwitchLearning(learning)).await?)?;
    Ok(tag(Json(json!({ "schema": "smartexus.learning/1", "learning": learning })).into_response(), version))
}

fn done(reply: CategoryReply) -> Result<u64, Problem> {
    match reply {
        CategoryReply::Done(version) => Ok(version),
        // Several people at once, again and again: soon there is room.
        CategoryReply::Stale(_) => Err(ProblemCode::Unavailable.into()),
        other @ (CategoryReply::Shown { .. }
        | CategoryReply::Refused { .. }
        | CategoryReply::Absent
        | CategoryReply::Gone
        | CategoryReply::NotReady) => Err(other.into()),
    }
}
