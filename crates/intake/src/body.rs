//! Small JSON bodies: bounded in bytes and in time.

use crate::problem::{Problem, ProblemCode};
use crate::state::Door;
use axum::body::{Body, to_bytes};
use serde::de::DeserializeOwned;
use serde_json::json;

/// Largest JSON body that is read. Told at `/v1/limits`.
pub(crate) const JSON_BYTES_MAX: usize = 64 * 1024;

/// The same where facts of a client or a whole mapping come along. Told at `/v1/limits`.
pub(crate) const FORM_JSON_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Reads a body whole. What is not of its shape is malformed.
pub(crate) async fn json<T: DeserializeOwned>(door: &Door, body: Body) -> Result<T, Problem> {
    bounded(door, body, JSON_BYTES_MAX).await
}

/// The same for what is said of forms.
pub(crate) async fn form_json<T: DeserializeOwned>(door: &Door, body: Body) -> Result<T, Problem> {
    bounded(door, body, FORM_JSON_BYTES_MAX).await
}

async fn bounded<T: DeserializeOwned>(door: &Door, body: Body, limit: usize) -> Result<T, Problem> {
    // One byte more tells a body that is too large from one that broke off.
    let reading = to_bytes(body, limit + 1);
    let read = tokio::time::timeout(door.config.limits.request_timeout, reading).await;
    let bytes = match read {
        Err(_) => return Err(ProblemCode::Timeout.into()),
        Ok(Err(_)) => return Err(too_large(limit)),
        Ok(Ok(bytes)) if bytes.len() > limit => return Err(too_large(limit)),
        Ok(Ok(bytes)) => bytes,
    };
    serde_json::from_slice(&bytes).map_err(|_| ProblemCode::Malformed.into())
}

fn too_large(limit: usize) -> Problem {
    Problem::new(ProblemCode::BodyTooLarge).with("limit_bytes", json!(limit))
}
