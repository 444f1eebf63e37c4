//! `POST /v1/documents`.

use crate::form::{Form, Part};
use crate::pressure;
use crate::problem::{Problem, ProblemCode};
use crate::shape::{AcceptedBody, document_path};
use crate::state::Door;
use axum::Json;
use axum::body::{Body, BodyDataStream};
use axum::extract::{FromRequest as _, Multipart, Request, State};
use axum::http::header::{CONTENT_LENGTH, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use futures::channel::oneshot;
use futures::{Stream, StreamExt as _};
use serde_json::json;
use smartexus_domain::MediaType;
use smartexus_platform::metric::{self, Acceptance};
use smartexus_platform::port::{Accepted, Actor, Priority, TraceParent, Upload};
use smartexus_platform::{Secret, Submission};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// Takes files in.
pub(crate) async fn create(State(door): State<Door>, request: Request) -> Response {
    let announced = announced_bytes(request.headers(), &door);
    if let Err(problem) = pressure::ask(&door).await {
        return problem.into_response();
    }
    let admitted = match door.admission.admit(announced) {
        Ok(admitted) => admitted,
        Err(problem) => return problem.into_response(),
    };
    let (request, rest) = lend_body(request);
    let limit = door.config.limits.upload_timeout;
    let outcome = tokio::time::timeout(limit, accept_all(&door, request)).await;
    let response = match outcome.unwrap_or_else(|_| Err(ProblemCode::Timeout.into())) {
        Ok(accepted) => return accepted_response(&accepted),
        Err(problem) => problem.into_response(),
    };
    if let Ok(body) = rest.await {
        drain(body, door.config.limits.drain_bytes, door.config.limits.idle_timeout).await;
    }
    drop(admitted);
    response
}

async fn accept_all(door: &Door, request: Request) -> Result<Vec<Accepted>, Problem> {
    let trace = request.extensions().get::<TraceParent>().cloned();
    let multipart = Multipart::from_request(request, &()).await.map_err(|_| ProblemCode::UnsupportedMedia)?;
    let mut form = Form::new(multipart, &door.config.limits);
    let mut accepted = Vec::new();
    match accept_parts(door, &mut form, trace, &mut accepted).await {
        Ok(()) => Ok(accepted),
        // What was accepted stays accepted: its rows are committed.
        Err(problem) if accepted.is_empty() => Err(problem),
        Err(problem) => Err(problem.with("accepted", json!(AcceptedBody::of(&accepted)))),
    }
}

async fn accept_parts(
    door: &Door,
    form: &mut Form,
    trace: Option<TraceParent>,
    accepted: &mut Vec<Accepted>,
) -> Result<(), Problem> {
    let mut priority: Option<Priority> = None;
    let mut pipeline: Option<String> = None;
    let mut password: Option<Secret> = None;
    while let Some(part) = form.next().await? {
        match part {
            Part::Pipeline(name) if accepted.is_empty() && pipeline.is_none() => pipeline = Some(name),
            Part::Password(secret) if accepted.is_empty() && password.is_none() => password = Some(secret),
            Part::Priority(word) if accepted.is_empty() && priority.is_none() => {
                priority = Some(word.parse().map_err(|()| ProblemCode::UnknownPriority)?);
            }
            Part::Pipeline(_) | Part::Password(_) | Part::Priority(_) => {
                return Err(ProblemCode::FieldOrder.into());
            }
            Part::File { name, body } => {
                if accepted.len() >= door.config.limits.files_per_upload {
                    let limit = door.config.limits.files_per_upload;
                    return Err(Problem::new(ProblemCode::TooManyFiles).with("limit", json!(limit)));
                }
                let mut submission = submission(door, pipeline.as_deref(), password.clone(), name)?;
                submission.first.priority = priority.unwrap_or_default();
                submission.trace.clone_from(&trace);
                let index = accepted.len();
                let one = accept_one(door, submission, body).await;
                accepted.push(one.map_err(|problem| problem.with("file_index", json!(index)))?);
            }
        }
    }
    if accepted.is_empty() { Err(ProblemCode::Malformed.into()) } else { Ok(()) }
}

async fn accept_one(door: &Door, submission: Submission, body: Upload<'_>) -> Result<Accepted, Problem> {
    let accepted = door.world.accept(door.config.workspace, submission, body).await?;
    tracing::info!(document = %accepted.document, duplicate = accepted.duplicate, "document accepted");
    let acceptance = if accepted.duplicate { Acceptance::Duplicate } else { Acceptance::New };
    metric::document_accepted(acceptance);
    Ok(accepted)
}

fn submission(
    door: &Door,
    pipeline: Option<&str>,
    password: Option<Secret>,
    file_name: Option<String>,
) -> Result<Submission, Problem> {
    let offer = door.config.pipeline(pipeline).ok_or(ProblemCode::UnknownPipeline)?;
    Ok(Submission {
        actor: Actor::Intake,
        pipeline: offer.pipeline.clone(),
        retention: offer.retention.clone(),
        // The door does not look into documents; the first stage says what it is.
        media_type: MediaType::Unknown,
        file_name,
        password,
        first: offer.first,
        trace: None,
        limit_bytes: offer.size_bytes,
    })
}

fn accepted_response(accepted: &[Accepted]) -> Response {
    let location = match accepted {
        [one] => document_path(one.document),
        _ => "/v1/documents".to_owned(),
    };
    let mut response = (StatusCode::ACCEPTED, Json(AcceptedBody::of(accepted))).into_response();
    let headers = response.headers_mut();
    if let Ok(location) = HeaderValue::try_from(location) {
        headers.insert(LOCATION, location);
    }
    headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
    response
}

/// Without an announcement, as much as one file may have.
fn announced_bytes(headers: &HeaderMap, door: &Door) -> u64 {
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let largest = door.config.pipelines.iter().map(|offer| offer.size_bytes).max().unwrap_or(0);
    announced.unwrap_or(largest)
}

/// The request with a body that comes back when its reader lets go of it.
fn lend_body(request: Request) -> (Request, oneshot::Receiver<BodyDataStream>) {
    let (parts, body) = request.into_parts();
    let (give_back, rest) = oneshot::channel();
    let lent = Lent { body: Some(body.into_data_stream()), give_back: Some(give_back) };
    (Request::from_parts(parts, Body::from_stream(lent)), rest)
}

struct Lent {
    body: Option<BodyDataStream>,
    give_back: Option<oneshot::Sender<BodyDataStream>>,
}

impl Stream for Lent {
    type Item = Result<bytes::Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.body.as_mut().map_or(Poll::Ready(None), |body| body.poll_next_unpin(context))
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let (Some(body), Some(give_back)) = (self.body.take(), self.give_back.take()) {
            // Nobody waits for it after a success.
            drop(give_back.send(body));
        }
    }
}

/// Reads on for a while after a refusal: a sender that is cut off in the middle of writing never reads the answer.
async fn drain(mut body: BodyDataStream, mut left: u64, idle_timeout: Duration) {
    while let Ok(Some(Ok(chunk))) = tokio::time::timeout(idle_timeout, body.next()).await {
        let Some(rest) = left.checked_sub(chunk.len() as u64) else { return };
        left = rest;
    }
}
