//! Versions of a list that several people edit: `ETag: "v7"` on the way out, `If-Match` on the way in.

use crate::problem::{Problem, ProblemCode};
use axum::http::header::{ETAG, IF_MATCH};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

/// The version that the caller knows; `None` when it names none.
pub(crate) fn expected(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let mut named = headers.get_all(IF_MATCH).iter();
    let Some(first) = named.next() else { return Ok(None) };
    let version = first.to_str().ok().and_then(version_of).filter(|_| named.next().is_none());
    version.map(Some).ok_or_else(|| ProblemCode::Malformed.into())
}

fn version_of(tag: &str) -> Option<u64> {
    let digits = tag.trim().strip_prefix("\"v")?.strip_suffix('"')?;
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.is_empty();
    plain.then(|| digits.parse().ok())?
}

/// Says which version the answer is of.
pub(crate) fn tag(mut response: Response, version: u64) -> Response {
    if let Ok(value) = HeaderValue::try_from(format!("\"v{version}\"")) {
        response.headers_mut().insert(ETAG, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_and_nothing_else_is() {
        assert_eq!(version_of("\"v0\""), Some(0));
        assert_eq!(version_of(" \"v18446744073709551615\""), Some(u64::MAX));
        for wrong in ["v7", "\"7\"", "\"v\"", "\"v+7\"", "*", "W/\"v7\"", "\"v18446744073709551616\"", ""] {
            assert_eq!(version_of(wrong), None, "{wrong}");
        }
    }
}
