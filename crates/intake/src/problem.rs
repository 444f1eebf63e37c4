//! Problems: `application/problem+json` (RFC 9457). Deliberately without `instance` and `trace_id`, so that two
//! documents that must not be told apart are answered byte for byte the same.

use axum::Json;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use smartexus_domain::FaultVerdict;
use smartexus_platform::PlatformError;

/// The closed list of problem codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemCode {
    /// The request is not what the description says.
    Malformed,
    /// `pipeline`, `priority` or `password` came after a file.
    FieldOrder,
    /// There is no such pipeline.
    UnknownPipeline,
    /// There is no such priority.
    UnknownPriority,
    /// The `Host` is not a name of this machine.
    ForeignHost,
    /// A browser sent this from another site's page.
    ForeignOrigin,
    /// Nothing is here for you.
    NotFound,
    /// The path knows other methods.
    MethodNotAllowed,
    /// The sender was too slow.
    Timeout,
    /// The document is still at work.
    NotReady,
    /// Something stronger than the wish stands in the way.
    ErasureRefused,
    /// It was here and is erased.
    Gone,
    /// A file is larger than its pipeline takes.
    TooLarge,
    /// More files than one upload may have.
    TooManyFiles,
    /// A JSON body is larger than any has to be.
    BodyTooLarge,
    /// What was sent is well formed and could never be meant.
    Invalid,
    /// A list that several people edit is changed only with its version.
    PreconditionRequired,
    /// The list was changed meanwhile.
    Stale,
    /// An upload is `multipart/form-data`.
    UnsupportedMedia,
    /// Too many in too short a time.
    TooManyRequests,
    /// Too much at once.
    Busy,
    /// What was sent before waits too long, or the disk is nearly full.
    Overloaded,
    /// Something this depends on does not answer.
    Unavailable,
    /// Our fault.
    Internal,
}

impl ProblemCode {
    /// Every code.
    pub const ALL: [Self; 24] = [
        Self::Malformed,
        Self::FieldOrder,
        Self::UnknownPipeline,
        Self::UnknownPriority,
        Self::ForeignHost,
        Self::ForeignOrigin,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Timeout,
        Self::NotReady,
        Self::ErasureRefused,
        Self::Gone,
        Self::TooLarge,
        Self::TooManyFiles,
        Self::BodyTooLarge,
        Self::Invalid,
        Self::PreconditionRequired,
        Self::Stale,
        Self::UnsupportedMedia,
        Self::TooManyRequests,
        Self::Busy,
        Self::Overloaded,
        Self::Unavailable,
        Self::Internal,
    ];

    /// Status, stable word, title, and one sentence that says what to do.
    const fn row(self) -> (StatusCode, &'static str, &'static str, &'static str) {
        match self {
            Self::Malformed => (
                StatusCode::BAD_REQUEST,
                "malformed",
                "The request is malformed",
                "Compare the request with /v1/openapi.json.",
            ),
            Self::FieldOrder => (
                StatusCode::BAD_REQUEST,
                "field_order",
                "A field came too late",
                "Send the fields `pipeline`, `priority` and `password` before the files they are for, each once.",
            ),
            Self::UnknownPipeline => (
                StatusCode::BAD_REQUEST,
                "unknown_pipeline",
                "There is no such pipeline",
                "Use one of the names at /v1/limits, or leave the field out.",
            ),
            Self::UnknownPriority => (
                StatusCode::BAD_REQUEST,
                "unknown_priority",
                "There is no such priority",
                "Use interactive, batch or reprocess, or leave the field out.",
            ),
            Self::ForeignHost => (
                StatusCode::MISDIRECTED_REQUEST,
                "foreign_host",
                "The host is not this machine",
                "Call the server as localhost, 127.0.0.1 or [::1].",
            ),
            Self::ForeignOrigin => (
                StatusCode::FORBIDDEN,
                "foreign_origin",
                "The request came from another site's page",
                "Send it from a program, or from a page of this server.",
            ),
            Self::NotFound => {
                (StatusCode::NOT_FOUND, "not_found", "Nothing is here", "Check the path and the id.")
            }
            Self::MethodNotAllowed => (
                StatusCode::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "This path knows other methods",
                "Use a method of the Allow header.",
            ),
            Self::Timeout => (
                StatusCode::REQUEST_TIMEOUT,
                "timeout",
                "The request took too long",
                "Send it again; the time limits are at /v1/limits.",
            ),
            Self::NotReady => (
                StatusCode::CONFLICT,
                "not_ready",
                "The document is still being read",
                "Ask again after the time in Retry-After.",
            ),
            Self::ErasureRefused => (
                StatusCode::CONFLICT,
                "erasure_refused",
                "The document must be kept",
                "See reason and rule; ask again on review_on, where there is one.",
            ),
            Self::Gone => (
                StatusCode::GONE,
                "gone",
                "The document was erased",
                "The receipt proves it; upload the file again if you need it.",
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
                "A file is larger than the limit",
                "Split the file, or raise accepts.size_bytes in the pipeline file.",
            ),
            Self::TooManyFiles => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_many_files",
                "There are more files than one upload may have",
                "Send the rest in another upload.",
            ),
            Self::BodyTooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "body_too_large",
                "The body is larger than the limit",
                "Send less at once; json_bytes and form_json_bytes at /v1/limits say how much.",
            ),
            Self::Invalid => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "invalid",
                "This could never be meant",
                "See errors for what is wrong with it.",
            ),
            Self::PreconditionRequired => (
                StatusCode::PRECONDITION_REQUIRED,
                "precondition_required",
                "The version that you know is missing",
                "Get the list and send its ETag as If-Match.",
            ),
            Self::Stale => (
                StatusCode::PRECONDITION_FAILED,
                "stale",
                "The list was changed meanwhile",
                "Look at current, and send the change again with its version as If-Match.",
            ),
            Self::UnsupportedMedia => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media",
                "An upload is multipart/form-data",
                "Send the file as the field `file` of a multipart/form-data body.",
            ),
            Self::TooManyRequests => (
                StatusCode::TOO_MANY_REQUESTS,
                "too_many_requests",
                "Too many uploads in too short a time",
                "Send it again after the time in Retry-After.",
            ),
            Self::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "Too many uploads at once",
                "Send it again after the time in Retry-After.",
            ),
            Self::Overloaded => (
                StatusCode::SERVICE_UNAVAILABLE,
                "overloaded",
                "There is more to read than can be read soon",
                "Send it again after the time in Retry-After; more workers or more disk help.",
            ),
            Self::Unavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "Something this server needs does not answer",
                "Look at /readyz, and try again after the time in Retry-After.",
            ),
            Self::Internal => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "Something went wrong on our side",
                "Look at the server's log and at `smartexus doctor`.",
            ),
        }
    }

    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.row().1
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        self.row().0
    }

    /// How long to wait before trying again, where waiting helps.
    const fn retry_after_s(self) -> Option<u32> {
        match self {
            Self::NotReady => Some(1),
            Self::TooManyRequests => Some(1),
            Self::Busy => Some(2),
            Self::Unavailable => Some(5),
            Self::Overloaded => Some(30),
            Self::Malformed
            | Self::FieldOrder
            | Self::UnknownPipeline
            | Self::UnknownPriority
            | Self::ForeignHost
            | Self::ForeignOrigin
            | Self::NotFound
            | Self::MethodNotAllowed
            | Self::Timeout
            | Self::ErasureRefused
            | Self::Gone
            | Self::TooLarge
            | Self::TooManyFiles
            | Self::BodyTooLarge
            | Self::Invalid
            | Self::PreconditionRequired
            | Self::Stale
            | Self::UnsupportedMedia
            | Self::Internal => None,
        }
    }
}

/// A problem on its way out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Problem {
    pub(crate) code: ProblemCode,
    more: Map<String, Value>,
}

impl Problem {
    pub(crate) fn new(code: ProblemCode) -> Self {
        Self { code, more: Map::new() }
    }

    /// Adds a member of our own. The reserved names of the RFC are written last and win.
    pub(crate) fn with(mut self, name: &str, value: Value) -> Self {
        self.more.insert(name.to_owned(), value);
        self
    }
}

impl From<ProblemCode> for Problem {
    fn from(code: ProblemCode) -> Self {
        Self::new(code)
    }
}

impl From<PlatformError> for Problem {
    fn from(error: PlatformError) -> Self {
        match &error {
            PlatformError::TooLarge { limit_bytes } => {
                return Self::new(ProblemCode::TooLarge).with("limit_bytes", json!(limit_bytes));
            }
            PlatformError::Upload { source } => {
                let slow = source.kind() == std::io::ErrorKind::TimedOut;
                return if slow { ProblemCode::Timeout } else { ProblemCode::Malformed }.into();
            }
            // It is being erased while somebody looks at it.
            PlatformError::KeyDestroyed => return Self::new(ProblemCode::Gone),
            PlatformError::Database { .. }
            | PlatformError::Queue { .. }
            | PlatformError::Blobs { .. }
            | PlatformError::Keys(_)
            | PlatformError::Missing
            | PlatformError::Unverified
            | PlatformError::Inconsistent(_)
            | PlatformError::Schema(_)
            | PlatformError::Cache(_)
            | PlatformError::QueueSettings(_)
            | PlatformError::BlobSettings(_)
            | PlatformError::Directory { .. } => {}
        }
        tracing::error!(%error, "request failed");
        match error.verdict() {
            FaultVerdict::Retry => ProblemCode::Unavailable.into(),
            FaultVerdict::Reject | FaultVerdict::Halt => ProblemCode::Internal.into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, code, title, detail) = self.code.row();
        let mut body = self.more;
        // What was counted knows better than the table when to come back.
        let counted_s = body.get("retry_after_s").and_then(Value::as_u64);
        body.insert("type".to_owned(), json!(format!("urn:smartexus:problem:{code}")));
        body.insert("title".to_owned(), json!(title));
        body.insert("status".to_owned(), json!(status.as_u16()));
        body.insert("detail".to_owned(), json!(detail));
        body.insert("code".to_owned(), json!(code));
        let mut response = (status, Json(Value::Object(body))).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = counted_s.or(self.code.retry_after_s().map(u64::from)) {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_has_its_own_word_and_an_error_status() {
        let words: BTreeSet<&str> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(words.len(), ProblemCode::ALL.len());
        for code in ProblemCode::ALL {
            let (status, _, title, detail) = code.row();
            assert!(status.is_client_error() || status.is_server_error(), "{code:?}");
            assert!(!title.ends_with('.') && detail.ends_with('.'), "{code:?}");
            let waits = matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS)
                || code == ProblemCode::NotReady;
            assert_eq!(code.retry_after_s().is_some(), waits, "{code:?}");
        }
    }
}
