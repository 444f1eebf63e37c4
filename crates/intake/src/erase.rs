//! `DELETE /v1/documents/{id}` and the receipts.

use crate::neighbours::ErasureReply;
use crate::problem::{Problem, ProblemCode};
use crate::shape::document_path;
use crate::state::Door;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};
use smartexus_platform::port::{Gone, ReceiptId};

/// Asks for an erasure. After `202` nobody sees the document any more; its path answers 410 and, once everything
/// is gone, shows the receipt.
pub(crate) async fn request(State(door): State<Door>, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = Door::id(&id)?;
    match door.neighbours.request_erasure(door.config.workspace, id).await? {
        ErasureReply::Absent => Err(ProblemCode::NotFound.into()),
        ErasureReply::Erased(receipt) => Err(door.gone(Gone { receipt, finished: true }).await),
        ErasureReply::Refused { reason, rule, review_on } => Err(Problem::new(ProblemCode::ErasureRefused)
            .with("reason", json!(reason))
            .with("rule", json!(rule))
            .with("review_on", json!(review_on))),
        ErasureReply::Erasing(receipt) => {
            let body = json!({ "schema": "smartexus.erasure/1", "document": id, "receipt_id": receipt });
            let mut response = (StatusCode::ACCEPTED, Json(body)).into_response();
            let headers = response.headers_mut();
            if let Ok(location) = HeaderValue::try_from(document_path(id)) {
                headers.insert(LOCATION, location);
            }
            headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
            Ok(response)
        }
    }
}

/// A receipt, once the erasure is finished.
pub(crate) async fn receipt(
    State(door): State<Door>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Problem> {
    let id: ReceiptId = id.parse().map_err(|_| ProblemCode::NotFound)?;
    let receipt = door.world.retention.receipt(door.config.workspace, id).await?;
    let receipt = receipt.ok_or(ProblemCode::NotFound)?;
    Ok(Json(json!({ "schema": "smartexus.receipt/1", "receipt": receipt })))
}
