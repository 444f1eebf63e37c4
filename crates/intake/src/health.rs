//! `/healthz`: this process lives. `/readyz`: what it depends on works, each part by name.

use crate::state::Door;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{HeaderValue, RETRY_AFTER};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};
use smartexus_platform::{PlatformError, World};

/// The process only: an orchestrator that restarted it because a disk is full would make things worse.
pub(crate) async fn healthz() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

/// 200 when everything works, 503 with the parts that do not.
pub(crate) async fn readyz(State(door): State<Door>) -> Response {
    let (database, keys, blobs) = tokio::join!(database(&door.world), keys(&door), blobs(&door));
    let mut wrong = Vec::new();
    for (part, checked) in [("database", database), ("keys", keys), ("blobs", blobs)] {
        if let Err(error) = checked {
            tracing::warn!(part, %error, "not ready");
            wrong.push(json!({ "part": part, "reason": error.to_string() }));
        }
    }
    for part in door.neighbours.not_ready() {
        wrong.push(json!({ "part": part.part, "reason": part.reason }));
    }
    let ready = wrong.is_empty();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let mut response = (status, Json(json!({ "ready": ready, "not_ready": wrong }))).into_response();
    if !ready {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

async fn database(world: &World) -> Result<(), PlatformError> {
    world.documents.workspaces().await.map(drop)
}

/// A document that never was: the answer does not matter, that there is one does.
async fn keys(door: &Door) -> Result<(), PlatformError> {
    let nobody = door.world.ids.document()?;
    door.world.keys.holds(door.config.workspace, nobody).await.map(drop)
}

async fn blobs(door: &Door) -> Result<(), PlatformError> {
    let nobody = door.world.ids.document()?;
    door.world.blobs.list_document(door.config.workspace, nobody).await.map(drop)
}
