//! The door as programs meet it.

use crate::house::{BOUNDARY, House, Part, multipart, send, upload};
use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode};
use futures::stream::{self, StreamExt as _};
use smartexus_domain::{DocumentId, JobId, MediaType};
use smartexus_intake::{IntakeLimits, NotReady};
use smartexus_platform::port::{Actor, AuditAction};
use std::collections::BTreeSet;
use std::time::Duration;

/// Every method and path of the description, with a document's id filled in.
fn described(description: &serde_json::Value, id: &str) -> Vec<(Method, String)> {
    let mut cells = Vec::new();
    for (path, item) in description["paths"].as_object().expect("paths") {
        for verb in item.as_object().expect("an item").keys().filter(|key| *key != "parameters") {
            let method = verb.to_uppercase().parse().expect("a method");
            cells.push((method, path.replace("{id}", id).replace("{name}", "statement")));
        }
    }
    cells
}

#[tokio::test]
async fn the_way_of_a_document() {
    let house = House::build().await;
    let answer = house.upload(&[Part::File("März.csv", b"date,amount\n")]).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    assert!(answer.header("retry-after").is_some());
    let accepted = answer.json();
    assert_eq!(accepted["documents"][0]["duplicate"], false);
    let path = answer.header("location").expect("a location").to_owned();
    assert_eq!(accepted["documents"][0]["links"]["self"], path.as_str());

    let waiting = house.get(&path).await;
    assert!(waiting.header("retry-after").is_some());
    let waiting = waiting.json();
    assert_eq!((waiting["state"].as_str(), waiting["stage"].as_str()), (Some("queued"), Some("extract")));
    assert_eq!(waiting["file"], "März.csv");
    let early = house.get(&format!("{path}/result")).await;
    early.assert_problem(409, "not_ready");
    assert!(early.header("retry-after").is_some());

    house.work().await;
    let settled = house.get(&path).await;
    assert!(settled.header("retry-after").is_none());
    let settled = settled.json();
    assert_eq!((settled["state"].as_str(), settled["stage"].as_str()), (Some("approved"), None));
    assert_eq!(settled["artifacts"], serde_json::json!(["figures", "report/transactions.csv", "statement"]));
    assert_eq!(house.get(&format!("{path}/result")).await.json()["schema"], "smartexus.result/1");

    let source = house.get(&format!("{path}/source")).await;
    assert_eq!(source.body, Bytes::from_static(b"date,amount\n"));
    assert_eq!(source.header("content-type"), Some(MediaType::Csv.as_str()));
    assert_eq!(source.header("content-disposition"), Some("attachment; filename*=UTF-8''M%C3%A4rz.csv"));
    assert_eq!(source.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(source.header("cache-control"), Some("no-store"));
    let artifact = house.get(&format!("{path}/artifacts/report/transactions.csv")).await;
    assert_eq!((artifact.status, artifact.body), (StatusCode::OK, Bytes::from_static(b"a,b\n")));
    house.get(&format!("{path}/artifacts/words")).await.assert_problem(404, "not_found");
    house.get(&format!("{path}/artifacts/..%2f..%2fkey")).await.assert_problem(404, "not_found");
}

#[tokio::test]
async fn the_same_bytes_are_the_same_document() {
    let house = House::build().await;
    let first = house.accepted("once").await;
    let again = house.upload(&[Part::File("other name.csv", b"once")]).await;
    assert_eq!(again.json()["documents"][0]["duplicate"], true);
    assert_eq!(again.header("location"), Some(first.as_str()));
    let elsewhere = house.upload(&[Part::Text("pipeline", "tiny"), Part::File("x", b"once")]).await;
    assert_eq!(elsewhere.json()["documents"][0]["duplicate"], false, "another instruction");
}

#[tokio::test]
async fn erased_documents_answer_with_their_receipt() {
    let house = House::build().await;
    let path = house.accepted("unwanted").await;
    let asked = house.delete(&path).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED);
    assert_eq!(asked.header("location"), Some(path.as_str()));
    let erasing = house.get(&path).await;
    erasing.assert_problem(410, "gone");
    assert_eq!(erasing.json()["erasing"], true);
    assert_eq!(house.get("/v1/documents").await.json()["documents"], serde_json::json!([]));

    house.sweep().await;
    for below in ["", "/result", "/source", "/artifacts/statement"] {
        let gone = house.get(&format!("{path}{below}")).await;
        gone.assert_problem(410, "gone");
        assert_eq!(gone.json()["receipt"]["cause"], "request", "{below}");
    }
    let gone = house.delete(&path).await;
    gone.assert_problem(410, "gone");
    let receipt_url = gone.json()["receipt_url"].as_str().expect("a link").to_owned();
    let receipt = house.get(&receipt_url).await;
    assert_eq!(receipt.json()["receipt"], gone.json()["receipt"]);
    let stranger = house.stranger().await;
    send(&stranger, Method::GET, &receipt_url, &[], Body::empty()).await.assert_problem(404, "not_found");
}

#[tokio::test]
async fn a_hold_refuses_an_erasure() {
    let house = House::build().await;
    let path = house.accepted("held").await;
    let id: DocumentId = path.rsplit('/').next().expect("an id").parse().expect("an id");
    house.world.retention.set_hold(house.config.workspace, id, true, Actor::Operator).await.expect("a hold");
    let refused = house.delete(&path).await;
    refused.assert_problem(409, "erasure_refused");
    assert_eq!(refused.json()["reason"], "held");
    assert_eq!(house.get(&path).await.json()["held"], true);
}

#[tokio::test]
async fn strangers_and_unknown_ids_are_answered_alike_on_every_route() {
    let house = House::build().await;
    let path = house.accepted("private").await;
    house.work().await;
    let stranger = house.stranger().await;
    let id = path.rsplit('/').next().expect("an id");
    let unknown = house.world.ids.document().expect("an id").to_string();
    let description = house.get("/v1/openapi.json").await.json();
    let mut compared = 0;
    for ((method, foreign), (_, unknown)) in
        described(&description, id).into_iter().zip(described(&description, &unknown))
    {
        if foreign == unknown {
            continue;
        }
        // The same trace, or the answers would differ in that.
        let trace = [("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")];
        let foreign = send(&stranger, method.clone(), &foreign, &trace, Body::empty()).await;
        let unknown = send(&stranger, method.clone(), &unknown, &trace, Body::empty()).await;
        foreign.assert_problem(404, "not_found");
        assert_eq!((foreign.status, &foreign.headers), (unknown.status, &unknown.headers));
        assert_eq!(foreign.body, unknown.body);
        compared += 1;
    }
    assert!(compared >= 6, "only {compared} routes name a document");
    assert!(house.get(&path).await.status.is_success(), "nobody erased it");
    let listed = send(&stranger, Method::GET, "/v1/documents", &[], Body::empty()).await;
    assert_eq!(listed.json()["documents"], serde_json::json!([]));
    let cursor = id.replace('-', "");
    let listed =
        send(&stranger, Method::GET, &format!("/v1/documents?cursor={cursor}"), &[], Body::empty()).await;
    assert_eq!(listed.json()["documents"], serde_json::json!([]));
    let own = upload(&stranger, &[Part::File("x", b"private")]).await;
    assert_eq!(own.json()["documents"][0]["duplicate"], false, "no oracle for content");
}

#[tokio::test]
async fn every_described_route_is_routed_and_every_other_method_is_not() {
    let house = House::build().await;
    let path = house.accepted("any").await;
    house.work().await;
    let id = path.rsplit('/').next().expect("an id");
    let description = house.get("/v1/openapi.json").await.json();
    let cells = described(&description, id);
    let paths: BTreeSet<&String> = cells.iter().map(|(_, path)| path).collect();
    for path in paths {
        let own: Vec<&Method> =
            cells.iter().filter(|(_, other)| other == path).map(|(method, _)| method).collect();
        for method in
            [Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::TRACE, Method::OPTIONS]
        {
            if own.contains(&&method) {
                continue;
            }
            let answer = send(&house.router, method.clone(), path, &[], Body::empty()).await;
            answer.assert_problem(405, "method_not_allowed");
            let allowed = answer.header("allow").expect("an Allow header");
            assert!(own.iter().all(|method| allowed.contains(method.as_str())), "{path}: {allowed}");
        }
        // What erases comes last, and 404 is right for receipts, cases and forms that are none.
        let of_others = ["/v1/erasures", "/v1/cases/", "/v1/forms/", "/v1/mappings/"]
            .iter()
            .any(|other| path.starts_with(other));
        if own.contains(&&Method::GET) && !of_others {
            let answer = house.get(path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        }
    }
    for path in ["/", "/v1", "/v1/", "/v1/documents/", "/docs", "/v1/documents/x/y", "//v1/documents"] {
        house.get(path).await.assert_problem(404, "not_found");
    }
    house.get("/v1/documents/not-an-id").await.assert_problem(404, "not_found");
}

#[tokio::test]
async fn limits_just_below_and_just_above() {
    let house = House::build().await;
    let fits = house.upload(&[Part::File("fits", &[b'a'; 1_000])]).await;
    assert_eq!(fits.status, StatusCode::ACCEPTED);
    let large = house.upload(&[Part::File("large", &[b'a'; 1_001])]).await;
    large.assert_problem(413, "too_large");
    assert_eq!(large.json()["limit_bytes"], 1_000);
    let tiny = |size: usize| vec![b'b'; size];
    let fits = house.upload(&[Part::Text("pipeline", "tiny"), Part::File("fits", &tiny(10))]).await;
    assert_eq!(fits.status, StatusCode::ACCEPTED);
    let large = house.upload(&[Part::Text("pipeline", "tiny"), Part::File("large", &tiny(11))]).await;
    large.assert_problem(413, "too_large");
    let stale =
        house.world.retention.stale_intents(house.config.workspace, house.world.clock.now(), 10).await;
    assert_eq!(stale.expect("a look"), Vec::new(), "what was refused left nothing");
}

#[tokio::test]
async fn several_files_are_answered_one_by_one() {
    let limits = IntakeLimits { files_per_upload: 2, ..IntakeLimits::default() };
    let house = House::with_limits(limits).await;
    let two = house.upload(&[Part::File("a", b"1"), Part::File("b", b"2")]).await;
    assert_eq!((two.status, two.header("location")), (StatusCode::ACCEPTED, Some("/v1/documents")));
    assert_eq!(two.json()["documents"].as_array().map(Vec::len), Some(2));
    let three = house.upload(&[Part::File("a", b"3"), Part::File("b", b"4"), Part::File("c", b"5")]).await;
    three.assert_problem(413, "too_many_files");
    assert_eq!(three.json()["accepted"]["documents"].as_array().map(Vec::len), Some(2));
    let bad = house.upload(&[Part::File("a", b"6"), Part::File("b", &[b'a'; 1_001])]).await;
    bad.assert_problem(413, "too_large");
    assert_eq!(bad.json()["file_index"], 1);
    assert_eq!(bad.json()["accepted"]["documents"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn malformed_uploads_are_named_and_leave_nothing() {
    let house = House::build().await;
    for (parts, code) in [
        (&[][..], "malformed"),
        (&[Part::Text("pipeline", "bank-statement")], "malformed"),
        (&[Part::Text("colour", "red"), Part::File("x", b"x")], "malformed"),
        (&[Part::Text("pipeline", "nonsense"), Part::File("x", b"x")], "unknown_pipeline"),
        (
            &[Part::Text("pipeline", "tiny"), Part::Text("pipeline", "tiny"), Part::File("x", b"x")],
            "field_order",
        ),
    ] {
        house.upload(parts).await.assert_problem(400, code);
    }
    let late = house.upload(&[Part::File("x", b"x"), Part::Text("password", "open sesame")]).await;
    late.assert_problem(400, "field_order");
    assert!(!String::from_utf8_lossy(&late.body).contains("sesame"));
    let long = "p".repeat(1_025);
    house
        .upload(&[Part::Text("password", &long), Part::File("y", b"y")])
        .await
        .assert_problem(400, "malformed");
    let plain = send(&house.router, Method::POST, "/v1/documents", &[], Body::from("x")).await;
    plain.assert_problem(415, "unsupported_media");

    let mut cut = multipart(&[Part::File("cut", b"half of it")]);
    cut.truncate(cut.len() - BOUNDARY.len() - 10);
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let headers = [("content-type", kind.as_str())];
    send(&house.router, Method::POST, "/v1/documents", &headers, Body::from(cut))
        .await
        .assert_problem(400, "malformed");
    let documents = house.get("/v1/documents").await.json();
    assert_eq!(
        documents["documents"].as_array().map(Vec::len),
        Some(1),
        "only the one before the late field"
    );
}

#[tokio::test]
async fn more_than_allowed_at_once_is_busy_and_a_stalled_upload_times_out() {
    let idle_timeout = Duration::from_millis(300);
    let house =
        House::with_limits(IntakeLimits { uploads: 1, idle_timeout, ..IntakeLimits::default() }).await;
    let start = multipart(&[Part::File("slow", b"never ends")])[..90].to_vec();
    let stalls = stream::iter([Ok::<_, std::io::Error>(Bytes::from(start))]).chain(stream::pending());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let headers = [("content-type", kind.as_str())];
    let slow = send(&house.router, Method::POST, "/v1/documents", &headers, Body::from_stream(stalls));
    let second = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        house.upload(&[Part::File("second", b"2")]).await
    };
    let (slow, second) = tokio::join!(slow, second);
    second.assert_problem(503, "busy");
    assert!(second.header("retry-after").is_some());
    slow.assert_problem(408, "timeout");
    assert_eq!(house.upload(&[Part::File("third", b"3")]).await.status, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn pages_of_a_list_join_without_hole_or_repeat() {
    let house = House::build().await;
    let mut made = Vec::new();
    for index in 0..7 {
        made.push(house.accepted(&format!("number {index}")).await);
    }
    made.reverse();
    for limit in [1, 3, 6, 7, 8, 500] {
        let mut seen = Vec::new();
        let mut next = format!("/v1/documents?limit={limit}");
        loop {
            let page = house.get(&next).await.json();
            let documents = page["documents"].as_array().expect("documents");
            assert!(documents.len() <= limit);
            seen.extend(
                documents.iter().map(|one| one["links"]["self"].as_str().expect("a link").to_owned()),
            );
            let Some(cursor) = page["next_cursor"].as_str() else { break };
            next = format!("/v1/documents?limit={limit}&cursor={cursor}");
        }
        assert_eq!(seen, made, "limit {limit}");
    }
    assert_eq!(house.get("/v1/documents?state=approved").await.json()["documents"], serde_json::json!([]));
    for query in ["limit=0", "limit=501", "limit=-1", "limit=x", "cursor=x", "state=fine", "offset=3"] {
        house.get(&format!("/v1/documents?{query}")).await.assert_problem(400, "malformed");
    }
}

#[tokio::test]
async fn rebound_names_and_other_sites_pages_are_refused() {
    let house = House::build().await;
    let path = house.accepted("precious").await;
    for (method, path) in [(Method::GET, path.as_str()), (Method::DELETE, &path), (Method::GET, "/healthz")] {
        let headers = [("host", "evil.example")];
        let answer = send(&house.router, method, path, &headers, Body::empty()).await;
        answer.assert_problem(421, "foreign_host");
    }
    for headers in [[("origin", "https://evil.example")], [("sec-fetch-site", "cross-site")]] {
        let answer = send(&house.router, Method::DELETE, &path, &headers, Body::empty()).await;
        answer.assert_problem(403, "foreign_origin");
        let answer = send(&house.router, Method::POST, "/v1/documents", &headers, Body::empty()).await;
        answer.assert_problem(403, "foreign_origin");
    }
    assert!(house.get(&path).await.status.is_success());
    let own = [("origin", "http://127.0.0.1:7390"), ("sec-fetch-site", "same-origin")];
    assert_eq!(
        send(&house.router, Method::DELETE, &path, &own, Body::empty()).await.status,
        StatusCode::ACCEPTED
    );
}

#[tokio::test]
async fn readiness_names_what_is_wrong_and_liveness_does_not_care() {
    let house = House::build().await;
    let ready = house.get("/readyz").await;
    assert_eq!((ready.status, ready.json()["ready"].as_bool()), (StatusCode::OK, Some(true)));
    *house.neighbours.wrong.lock().expect("not poisoned") =
        vec![NotReady { part: "sweeper", reason: "sweep_overdue" }];
    let red = house.get("/readyz").await;
    assert_eq!(red.status, StatusCode::SERVICE_UNAVAILABLE);
    let expected = serde_json::json!([{ "part": "sweeper", "reason": "sweep_overdue" }]);
    assert_eq!(red.json()["not_ready"], expected);
    assert_eq!(house.get("/healthz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn limits_tell_what_is_enforced() {
    let house = House::build().await;
    let limits = house.get("/v1/limits").await.json();
    assert_eq!(limits["files_per_upload"], 200);
    assert_eq!(limits["pipelines"][1]["name"], "tiny");
    assert_eq!(limits["pipelines"][1]["size_bytes"], 10);
}

#[tokio::test]
async fn accepting_leaves_an_event_and_a_job() {
    let house = House::build().await;
    house.accepted("evidence").await;
    let events = house.world.audit.events(house.config.workspace, 0, 10).await.expect("events");
    assert!(
        events
            .iter()
            .any(|event| event.action == AuditAction::DocumentAccepted && event.actor == Actor::Intake)
    );
    let job: Option<JobId> = house.world.jobs.claim(&[]).await.expect("a claim").map(|lease| lease.token.job);
    assert!(job.is_some());
}
