//! `/v1/rules`: a workspace's rules in their order.

use crate::body::json;
use crate::category_ask::{CategoryAsk, CategoryReply};
use crate::problem::{Problem, ProblemCode};
use crate::state::Door;
use crate::versions::{expected, tag};
use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use smartexus_domain::DocumentId;

/// The body of a new rule.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRule {
    rule: Value,
    #[serde(default)]
    document: Option<DocumentId>,
    #[serde(default)]
    at: Option<u32>,
}

/// The body of a preview.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tried {
    rule: Value,
}

/// The body of an order.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Order {
    ids: Vec<String>,
}

/// The rules, with their version as `ETag`.
pub(crate) async fn list(State(door): State<Door>) -> Result<Response, Problem> {
    show(&door, StatusCode::OK).await
}

/// Brings a rule in; the answer is the list as it is then.
pub(crate) async fn create(
    State(door): State<Door>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let NewRule { rule, document, at } = json(&door, body).await?;
    let expected = expected(&headers)?.ok_or(ProblemCode::PreconditionRequired)?;
    change(&door, CategoryAsk::AddRule { rule, document, at, expected }, StatusCode::CREATED).await
}

/// Puts the rules into another order.
pub(crate) async fn order(
    State(door): State<Door>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let Order { ids } = json(&door, body).await?;
    let expected = expected(&headers)?.ok_or(ProblemCode::PreconditionRequired)?;
    change(&door, CategoryAsk::OrderRules { ids, expected }, StatusCode::OK).await
}

/// Takes a rule out.
pub(crate) async fn remove(
    State(door): State<Door>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some(expected) = expected(&headers)? else {
        // What is not there needs no version to be not there.
        let known = holds(&shown(door.categories(CategoryAsk::Rules).await?)?.1, &id);
        return Err(if known { ProblemCode::PreconditionRequired } else { ProblemCode::NotFound }.into());
    };
    change(&door, CategoryAsk::RemoveRule { id, expected }, StatusCode::OK).await
}

/// Which stored rows a rule would change; nothing is changed.
pub(crate) async fn preview(State(door): State<Door>, body: Body) -> Result<Response, Problem> {
    let Tried { rule } = json(&door, body).await?;
    let (_, body) = shown(door.categories(CategoryAsk::PreviewRule { rule }).await?)?;
    Ok(Json(body).into_response())
}

async fn change(door: &Door, ask: CategoryAsk, status: StatusCode) -> Result<Response, Problem> {
    match door.categories(ask).await? {
        CategoryReply::Done(_) | CategoryReply::Shown { .. } => show(door, status).await,
        CategoryReply::Stale(_) => {
            let (version, current) = shown(door.categories(CategoryAsk::Rules).await?)?;
            Err(Problem::new(ProblemCode::Stale).with("version", json!(version)).with("current", current))
        }
        refused @ (CategoryReply::Refused { .. }
        | CategoryReply::Absent
        | CategoryReply::Gone
        | CategoryReply::NotReady) => Err(refused.into()),
    }
}

async fn show(door: &Door, status: StatusCode) -> Result<Response, Problem> {
    let (version, body) = shown(door.categories(CategoryAsk::Rules).await?)?;
    Ok(tag((status, Json(body)).into_response(), version))
}

/// A list and its version.
pub(crate) fn shown(reply: CategoryReply) -> Result<(u64, Value), Problem> {
    match reply {
        CategoryReply::Shown { version, body } => Ok((version.unwrap_or(0), body)),
        other @ (CategoryReply::Done(_)
        | CategoryReply::Refused { .. }
        | CategoryReply::Stale(_)
        | CategoryReply::Absent
        | CategoryReply::Gone
        | CategoryReply::NotReady) => Err(other.into()),
    }
}

fn holds(list: &Value, id: &str) -> bool {
    let rules = list.get("rules").and_then(Value::as_array);
    let ids = rules.into_iter().flatten().filter_map(|held| held.get("rule")?.get("id")?.as_str());
    ids.into_iter().any(|held| held == id)
}

impl From<CategoryReply> for Problem {
    fn from(reply: CategoryReply) -> Self {
        match reply {
            CategoryReply::Refused { code, message } => Self::new(ProblemCode::Invalid)
                .with("errors", json!([{ "pointer": "", "code": code, "message": message }])),
            CategoryReply::Stale(version) => Self::new(ProblemCode::Stale).with("version", json!(version)),
            CategoryReply::Absent => ProblemCode::NotFound.into(),
            CategoryReply::Gone => ProblemCode::Gone.into(),
            CategoryReply::NotReady => ProblemCode::NotReady.into(),
            // No handler asks for a change and takes it for a problem.
            CategoryReply::Done(_) | CategoryReply::Shown { .. } => ProblemCode::Internal.into(),
        }
    }
}
