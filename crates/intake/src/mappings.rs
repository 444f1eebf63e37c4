//! `/v1/mappings`: mappings of forms that the workspace keeps. They answer its blanks before those of the program.

use crate::body::form_json;
use crate::form_ask::{FormAsk, FormReply, MappingShown, UnreadMappingShown};
use crate::forms::{ask, problem};
use crate::problem::Problem;
use crate::state::Door;
use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use smartexus_domain::DocumentId;

/// The body of a mapping that is to be kept.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keep {
    mapping: String,
    #[serde(default)]
    blank: Option<DocumentId>,
}

/// The mappings by name, without their texts, and with them those that do not read any more.
pub(crate) async fn list(State(door): State<Door>) -> Result<Json<Value>, Problem> {
    let reply = ask(&door, FormAsk::Mappings).await?;
    let FormReply::Mappings { mappings, unread } = reply else { return Err(problem(&door, reply).await) };
    let mappings: Vec<Value> = mappings.iter().map(row).collect();
    let unread: Vec<Value> = unread.iter().map(unread_row).collect();
    Ok(Json(json!({ "schema": "smartexus.form_mappings/1", "mappings": mappings, "unread": unread })))
}

/// One mapping with its text.
pub(crate) async fn one(State(door): State<Door>, Path(name): Path<String>) -> Result<Json<Value>, Problem> {
    shown(&door, FormAsk::ShowMapping(name)).await
}

/// Keeps a mapping, held against the fields of a blank where one is named, in the place of the one of its name.
pub(crate) async fn keep(State(door): State<Door>, body: Body) -> Result<Json<Value>, Problem> {
    let Keep { mapping, blank } = form_json(&door, body).await?;
    shown(&door, FormAsk::KeepMapping { mapping, blank }).await
}

/// Takes a mapping out.
pub(crate) async fn remove(State(door): State<Door>, Path(name): Path<String>) -> Result<Response, Problem> {
    let reply = ask(&door, FormAsk::RemoveMapping(name)).await?;
    let FormReply::Removed = reply else { return Err(problem(&door, reply).await) };
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn shown(door: &Door, asked: FormAsk) -> Result<Json<Value>, Problem> {
    let reply = ask(door, asked).await?;
    let FormReply::Mapping(mapping) = reply else { return Err(problem(door, reply).await) };
    let mut body = row(&mapping);
    if let Value::Object(fields) = &mut body {
        fields.insert("schema".to_owned(), json!("smartexus.form_mapping_file/1"));
        fields.insert("mapping".to_owned(), json!(mapping.text));
    }
    Ok(Json(body))
}

fn row(mapping: &MappingShown) -> Value {
    json!({
        "name": mapping.name,
        "version": mapping.version,
        "title": mapping.title,
        "edition": mapping.edition,
        "kept_at": mapping.at.to_string(),
    })
}

fn unread_row(mapping: &UnreadMappingShown) -> Value {
    json!({
        "name": mapping.name,
        "kept_at": mapping.at.to_string(),
        "faults": mapping.faults,
        "mapping": mapping.text,
    })
}
