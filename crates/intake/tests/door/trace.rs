//! The trace of a request: where it comes from and where it goes on.

use crate::house::{Answer, House, send};
use axum::body::Body;
use axum::http::Method;

const CAME: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

async fn asked(house: &House, path: &str, headers: &[(&str, &str)]) -> Answer {
    send(&house.router, Method::GET, path, headers, Body::empty()).await
}

fn trace_id(answer: &Answer) -> String {
    let place = answer.header("traceparent").expect("a place");
    let lengths: Vec<usize> = place.split('-').map(str::len).collect();
    assert!(place.starts_with("00-") && lengths == [2, 32, 16, 2], "{place}");
    place[3..35].to_owned()
}

#[tokio::test]
async fn a_trace_that_came_goes_on() {
    let house = House::build().await;
    for path in ["/v1/limits", "/v1/documents/unknown", "/nowhere", "/healthz"] {
        let answer = asked(&house, path, &[("traceparent", CAME)]).await;
        assert_eq!(trace_id(&answer), CAME[3..35], "{path}");
    }
    // What a guard refuses too: whoever looks for the reason needs its trace.
    let refused = asked(&house, "/v1/limits", &[("host", "evil.example"), ("traceparent", CAME)]).await;
    refused.assert_problem(421, "foreign_host");
    assert_eq!(trace_id(&refused), CAME[3..35]);
}

#[tokio::test]
async fn without_a_valid_one_every_request_begins_its_own() {
    let house = House::build().await;
    let zero = "00-00000000000000000000000000000000-00f067aa0ba902b7-01";
    let mut seen = std::collections::BTreeSet::new();
    for headers in [
        &[][..],
        &[("traceparent", "")],
        &[("traceparent", zero)],
        &[("traceparent", "00-canary-00f067aa0ba902b7-01")],
        &[("traceparent", CAME), ("traceparent", CAME)],
        &[],
    ] {
        let answer = asked(&house, "/v1/limits", headers).await;
        assert_eq!(answer.status, 200);
        assert!(seen.insert(trace_id(&answer)), "{headers:?}");
    }
    assert!(!seen.contains(&CAME[3..35]));
}
