//! Cases as programs meet them.

use crate::house::{Answer, House, send};
use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};
use smartexus_platform::port::{Actor, HoldOutcome};

async fn wish(house: &House, body: &Value) -> Answer {
    send(&house.router, Method::POST, "/v1/cases", &[], Body::from(body.to_string())).await
}

fn id_of(path: &str) -> String {
    path.rsplit('/').next().expect("an id").to_owned()
}

/// Two documents that were read.
async fn two(house: &House) -> [String; 2] {
    let mut ids = Vec::new();
    for content in ["one", "two"] {
        ids.push(id_of(&house.accepted(content).await));
        house.work().await;
    }
    ids.try_into().expect("two")
}

#[tokio::test]
async fn a_case_is_made_looked_at_and_listed() {
    let house = House::build().await;
    let [one, two] = two(&house).await;
    let made = wish(&house, &json!({ "documents": [one, two], "title": "An invented client" })).await;
    assert_eq!((made.status.as_u16(), made.header("retry-after")), (202, Some("1")));
    let path = made.header("location").expect("a location").to_owned();
    assert_eq!(made.json()["links"]["figures"], format!("{path}/figures"));
    let waiting = house.get(&path).await;
    assert_eq!((waiting.status.as_u16(), waiting.header("retry-after")), (200, Some("1")));
    assert_eq!(waiting.json()["documents"], json!([one, two]));
    house.get(&format!("{path}/figures")).await.assert_problem(409, "not_ready");
    house.work().await;
    let figures = house.get(&format!("{path}/figures")).await;
    assert_eq!((figures.status.as_u16(), figures.header("content-type")), (200, Some("application/json")));
    assert_eq!(figures.json(), json!({ "figures": [] }));

    // A list of documents shows none, a list of cases only those.
    let listed = house.get("/v1/cases?limit=1").await.json();
    assert_eq!((listed["cases"].as_array().map(Vec::len), &listed["next_cursor"]), (Some(1), &Value::Null));
    assert_eq!(listed["cases"][0]["id"], json!(id_of(&path)));
    assert_eq!(house.get("/v1/documents").await.json()["documents"].as_array().map(Vec::len), Some(2));
    house.get("/v1/cases?limit=0").await.assert_problem(400, "malformed");
    // It is a document, and no document is a case.
    assert_eq!(house.get(&format!("/v1/documents/{}", id_of(&path))).await.status.as_u16(), 200);
    house.get(&format!("/v1/cases/{one}")).await.assert_problem(404, "not_found");
    house.get(&format!("/v1/cases/{one}/figures")).await.assert_problem(404, "not_found");
}

#[tokio::test]
async fn what_cannot_be_put_together_is_told() {
    let house = House::build().await;
    let [one, two] = two(&house).await;
    for body in [json!({}), json!([]), json!({ "documents": ["x"] }), json!({ "documents": [], "colour": 1 })]
    {
        wish(&house, &body).await.assert_problem(400, "malformed");
    }
    let refused = wish(&house, &json!({ "documents": [] })).await;
    refused.assert_problem(422, "invalid");
    assert_eq!(refused.json()["errors"][0]["code"], "no_documents");
    let never = house.world.ids.document().expect("an id");
    wish(&house, &json!({ "documents": [one, never] })).await.assert_problem(404, "not_found");
    let waiting = id_of(&house.accepted("three").await);
    let not_ready = wish(&house, &json!({ "documents": [one, waiting] })).await;
    not_ready.assert_problem(409, "not_ready");
    assert_eq!(not_ready.json()["document"], json!(waiting));
    house.delete(&format!("/v1/documents/{two}")).await;
    wish(&house, &json!({ "documents": [one, two] })).await.assert_problem(410, "gone");
}

#[tokio::test]
async fn a_case_goes_with_its_documents_and_is_nobody_elses() {
    let house = House::build().await;
    let [one, two] = two(&house).await;
    let made = wish(&house, &json!({ "documents": [one, two] })).await;
    let path = made.header("location").expect("a location").to_owned();
    house.work().await;
    let stranger = house.stranger().await;
    for path in [path.clone(), format!("{path}/figures")] {
        let unknown = format!("/v1/cases/{}", house.world.ids.document().expect("an id"));
        let foreign = send(&stranger, Method::GET, &path, &[], Body::empty()).await;
        let never = send(&stranger, Method::GET, &unknown, &[], Body::empty()).await;
        foreign.assert_problem(404, "not_found");
        assert_eq!(foreign.body, never.body, "byte for byte");
    }
    let body = Body::from(json!({ "documents": [one] }).to_string());
    send(&stranger, Method::POST, "/v1/cases", &[], body).await.assert_problem(404, "not_found");
    let foreign = [("origin", "http://evil.example")];
    let body = Body::from(json!({ "documents": [one] }).to_string());
    send(&house.router, Method::POST, "/v1/cases", &foreign, body)
        .await
        .assert_problem(403, "foreign_origin");

    // A hold on the case keeps its documents, too.
    let case = id_of(&path).parse().expect("an id");
    let hold = |held| house.world.retention.set_hold(house.config.workspace, case, held, Actor::Operator);
    assert_eq!(hold(true).await.expect("answered"), HoldOutcome::Changed);
    house.delete(&format!("/v1/documents/{one}")).await.assert_problem(409, "erasure_refused");
    hold(false).await.expect("answered");
    assert_eq!(house.delete(&format!("/v1/documents/{one}")).await.status.as_u16(), 202);
    house.get(&path).await.assert_problem(410, "gone");
    house.sweep().await;
    let gone = house.get(&path).await;
    gone.assert_problem(410, "gone");
    assert_eq!(gone.json()["receipt"]["document"], json!(id_of(&path)));
    assert_eq!(house.get(&format!("/v1/documents/{two}")).await.status.as_u16(), 200);
}
