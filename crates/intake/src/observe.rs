//! What an operator sees of a request: how long its answer took, and the trace that it belongs to. Never its path, its
//! query or its body.

use crate::endpoint::Endpoint;
use crate::state::Door;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use smartexus_platform::metric::{self, HttpMethod, Route, StatusClass};
use smartexus_platform::port::TraceParent;
use smartexus_platform::{span_name, trace_context};
use std::time::Duration;
use tracing::field::Empty;
use tracing::{Instrument as _, Span};

const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// Counts a request and gives it its place in a trace: the one that it came with, or a new one. Handlers find the
/// place among the request's extensions, the sender in `traceparent` of the answer.
pub(crate) async fn request(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    let started_us = door.world.clock.monotonic_us();
    let method = HttpMethod::of(request.method().as_str());
    let route = route(&request);
    let span = span(method, route);
    // Without random bytes the request will fail where it needs an id; it is answered there.
    let here = trace_context::receive(&span, came_with(request.headers())).ok();
    if let Some(here) = &here {
        request.extensions_mut().insert(here.clone());
    }
    let mut response = next.run(request).instrument(span.clone()).await;
    span.record("http.response.status_code", response.status().as_u16());
    if let Some(place) = here.and_then(|here| HeaderValue::try_from(here.as_str()).ok()) {
        response.headers_mut().insert(TRACEPARENT, place);
    }
    let took = Duration::from_micros(door.world.clock.monotonic_us().saturating_sub(started_us));
    metric::http_request(route, method, StatusClass::of(response.status().as_u16()), took);
    response
}

/// Probes come every few seconds and tell nobody anything: they are counted, but leave no span.
fn span(method: HttpMethod, route: Route) -> Span {
    if [Endpoint::Healthz, Endpoint::Readyz].iter().any(|probe| probe.path() == route.as_str()) {
        return Span::none();
    }
    tracing::info_span!(
        span_name::RECEIVE_REQUEST,
        trace_id = Empty,
        http.request.method = method.as_str(),
        http.route = route.as_str(),
        http.response.status_code = Empty,
    )
}

/// The template of the route that answers, found in our own list so that it can be nothing else.
fn route(request: &Request) -> Route {
    let matched = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let mut templates = Endpoint::ALL.iter().map(|endpoint| endpoint.path());
    templates.find(|template| matched == Some(*template)).map_or(Route::UNMATCHED, Route::new)
}

/// The one valid `traceparent`; anything else is as good as none.
fn came_with(headers: &HeaderMap) -> Option<TraceParent> {
    let mut given = headers.get_all(TRACEPARENT).iter();
    let (Some(only), None) = (given.next(), given.next()) else { return None };
    only.to_str().ok()?.parse().ok()
}
