//! What every request passes first: who it was meant for, where it came from, how long it may take.

use crate::problem::{Problem, ProblemCode};
use crate::state::Door;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, HOST, ORIGIN, X_CONTENT_TYPE_OPTIONS};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Nothing is sniffed, kept by a cache, or embedded by another site's page.
pub(crate) async fn safe_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    response
}

/// A page whose name was rebound to this machine still sends its own name as `Host`.
pub(crate) async fn local_host(State(door): State<Door>, request: Request, next: Next) -> Response {
    // A gateway calls by the name that its cluster gave, and no browser reaches past it.
    if door.config.behind_gateway {
        return next.run(request).await;
    }
    let named = authority(&request);
    if named.as_ref().is_some_and(|authority| is_local(authority.host())) {
        return next.run(request).await;
    }
    Problem::new(ProblemCode::ForeignHost).into_response()
}

/// A browser names the page that a write comes from; a program names none.
pub(crate) async fn same_site(request: Request, next: Next) -> Response {
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if harmless || is_same_site(request.headers(), authority(&request).as_ref()) {
        return next.run(request).await;
    }
    Problem::new(ProblemCode::ForeignOrigin).into_response()
}

/// The answer must begin in time. Uploads have clocks of their own.
pub(crate) async fn time_limit(State(door): State<Door>, request: Request, next: Next) -> Response {
    if *request.method() == Method::POST {
        return next.run(request).await;
    }
    match tokio::time::timeout(door.config.limits.request_timeout, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(ProblemCode::Unavailable).into_response(),
    }
}

/// The one `Host`; none when it is missing, repeated, or not an authority.
fn authority(request: &Request) -> Option<Authority> {
    let mut named = request.headers().get_all(HOST).iter();
    let (Some(host), None) = (named.next(), named.next()) else { return None };
    host.to_str().ok()?.parse().ok()
}

fn is_local(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]")
}

fn is_same_site(headers: &HeaderMap, host: Option<&Authority>) -> bool {
    let told = headers.get(SEC_FETCH_SITE).map(HeaderValue::as_bytes);
    let told_well = matches!(told, None | Some(b"same-origin" | b"none"));
    let origins: Vec<_> = headers.get_all(ORIGIN).iter().map(HeaderValue::to_str).collect();
    let own = match (origins.as_slice(), host) {
        ([], _) => true,
        ([Ok(origin)], Some(host)) => {
            origin.strip_prefix("http://").is_some_and(|rest| rest.eq_ignore_ascii_case(host.as_str()))
        }
        (_, _) => false,
    };
    told_well && own
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_host(hosts: &[&str], expected: bool) {
        let mut request = Request::new(axum::body::Body::empty());
        for host in hosts {
            request.headers_mut().append(HOST, HeaderValue::from_str(host).unwrap());
        }
        let local = authority(&request).is_some_and(|authority| is_local(authority.host()));
        assert_eq!(local, expected, "{hosts:?}");
    }

    #[test]
    fn only_local_names_are_hosts() {
        for host in ["localhost", "LOCALHOST:7390", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:7390"] {
            check_host(&[host], true);
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "evil.example:7390",
            "127.0.0.1.evil.example",
            "192.168.0.4",
            "0.0.0.0",
            "[::]",
            "localhost/",
            "localhost,evil.example",
        ] {
            check_host(&[host], false);
        }
        check_host(&[], false);
        check_host(&["localhost", "evil.example"], false);
        check_host(&["localhost", "localhost"], false);
    }

    #[test]
    fn an_at_sign_does_not_hide_the_host() {
        check_host(&["localhost@evil.example"], false);
    }

    #[test]
    fn writes_come_from_programs_or_from_our_own_pages() {
        let host: Authority = "localhost:7390".parse().unwrap();
        for (origin, site, expected) in [
            (None, None, true),
            (Some("http://localhost:7390"), Some("same-origin"), true),
            (Some("http://LOCALHOST:7390"), None, true),
            (None, Some("none"), true),
            (Some("http://localhost:8080"), None, false),
            (Some("https://localhost:7390"), None, false),
            (Some("https://evil.example"), None, false),
            (Some("null"), None, false),
            (Some("http://localhost:7390.evil.example"), None, false),
            (None, Some("cross-site"), false),
            (None, Some("same-site"), false),
            (Some("http://localhost:7390"), Some("cross-site"), false),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(origin) = origin {
                headers.insert(ORIGIN, HeaderValue::from_static(origin));
            }
            if let Some(site) = site {
                headers.insert(SEC_FETCH_SITE, HeaderValue::from_static(site));
            }
            assert_eq!(is_same_site(&headers, Some(&host)), expected, "{origin:?} {site:?}");
        }
    }
}
