//! What the door says about itself.

use crate::state::Door;
use axum::Json;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde_json::{Value, json};
use smartexus_platform::port::DocumentQuery;

/// The API in OpenAPI 3.1, written by hand and held against the routes by a test.
pub(crate) const DESCRIPTION: &str = include_str!("openapi.json");

pub(crate) async fn description() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], DESCRIPTION)
}

/// Every limit of the door by its name.
pub(crate) async fn limits(State(door): State<Door>) -> Json<Value> {
    let limits = &door.config.limits;
    let pipelines: Vec<Value> = door
        .config
        .pipelines
        .iter()
        .map(|offer| {
            json!({
                "name": offer.pipeline.name,
                "version": offer.pipeline.version,
                "size_bytes": offer.size_bytes,
                "pages": offer.pages,
                "retention": offer.retention.as_str(),
            })
        })
        .collect();
    Json(json!({
        "schema": "smartexus.limits/1",
        "files_per_upload": limits.files_per_upload,
        "uploads": limits.uploads,
        "bytes_in_flight": limits.bytes_in_flight,
        "connections": limits.connections,
        "json_bytes": crate::body::JSON_BYTES_MAX,
        "form_json_bytes": crate::body::FORM_JSON_BYTES_MAX,
        "documents_per_page": DocumentQuery::MAX_LIMIT,
        "header_timeout_ms": millis(limits.header_timeout),
        "idle_timeout_ms": millis(limits.idle_timeout),
        "upload_timeout_ms": millis(limits.upload_timeout),
        "request_timeout_ms": millis(limits.request_timeout),
        "uploads_burst": limits.uploads_rate.burst(),
        "uploads_interval_us": u64::try_from(limits.uploads_rate.interval().as_micros()).unwrap_or(u64::MAX),
        "queue_age_ms": millis(limits.queue_age),
        "free_bytes_min": limits.free_bytes_min,
        "pipelines": pipelines,
    }))
}

fn millis(duration: std::time::Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
