//! Rules and corrections as programs meet them.

use crate::house::{Answer, House, send};
use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

async fn ask(house: &House, method: Method, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
    send(&house.router, method, path, headers, Body::from(body.to_string())).await
}

const NOW: &[(&str, &str)] = &[("if-match", "\"v7\"")];

#[tokio::test]
async fn a_list_is_changed_only_with_its_version() {
    let house = House::build().await;
    let listed = house.get("/v1/rules").await;
    assert_eq!((listed.status.as_u16(), listed.header("etag")), (200, Some("\"v7\"")));
    let rule = json!({ "rule": { "id": "a", "include": ["acme"], "category": "biz.office" } });
    let order = json!({ "ids": ["rent"] });
    for (method, path, body) in [
        (Method::POST, "/v1/rules", &rule),
        (Method::POST, "/v1/rules:order", &order),
        (Method::DELETE, "/v1/rules/rent", &Value::Null),
    ] {
        let with = async |tag: Option<&str>| {
            let headers: Vec<(&str, &str)> = tag.map(|tag| ("if-match", tag)).into_iter().collect();
            ask(&house, method.clone(), path, &headers, body).await
        };
        with(None).await.assert_problem(428, "precondition_required");
        let stale = with(Some("\"v6\"")).await;
        stale.assert_problem(412, "stale");
        assert_eq!((&stale.json()["version"], &stale.json()["current"]["version"]), (&json!(7), &json!(7)));
        for wrong in ["*", "v7", "\"7\"", "W/\"v7\""] {
            with(Some(wrong)).await.assert_problem(400, "malformed");
        }
        let done = with(Some("\"v7\"")).await;
        assert!(done.status.is_success(), "{path}: {}", done.status);
        assert_eq!(done.json()["schema"], "smartexus.rules/1");
    }
    ask(&house, Method::DELETE, "/v1/rules/other", NOW, &Value::Null).await.assert_problem(404, "not_found");
    ask(&house, Method::DELETE, "/v1/rules/other", &[], &Value::Null).await.assert_problem(404, "not_found");
}

#[tokio::test]
async fn what_could_never_be_meant_is_named() {
    let house = House::build().await;
    let wrong = json!({ "rule": { "id": "wrong" } });
    let answer = ask(&house, Method::POST, "/v1/rules", NOW, &wrong).await;
    answer.assert_problem(422, "invalid");
    assert_eq!(answer.json()["errors"][0]["code"], "rule_without_condition");
    for body in [json!({}), json!([]), json!({ "rule": {}, "colour": "red" }), json!("x")] {
        ask(&house, Method::POST, "/v1/rules", NOW, &body).await.assert_problem(400, "malformed");
        ask(&house, Method::POST, "/v1/corrections", &[], &body).await.assert_problem(400, "malformed");
        ask(&house, Method::POST, "/v1/corrections:switch", &[], &body)
            .await
            .assert_problem(400, "malformed");
    }
}

#[tokio::test]
async fn a_body_just_below_its_limit_and_just_above() {
    let house = House::build().await;
    let sized = |bytes: usize| {
        let body = json!({ "rule": { "id": "a" } }).to_string();
        format!("{body}{}", " ".repeat(bytes - body.len()))
    };
    let limit: usize = 64 * 1024;
    assert_eq!(house.get("/v1/limits").await.json()["json_bytes"], limit);
    let post = |body: String| send(&house.router, Method::POST, "/v1/rules:preview", &[], Body::from(body));
    assert_eq!(post(sized(limit)).await.json()["changed"], 2);
    post(sized(limit + 1)).await.assert_problem(413, "body_too_large");
    post(sized(limit * 3)).await.assert_problem(413, "body_too_large");
}

#[tokio::test]
async fn corrections_are_kept_listed_and_taken_back() {
    let house = House::build().await;
    let document = house.world.ids.document().expect("an id");
    let of = |seq: u32| json!({ "document": document, "seq": seq, "category": "biz.office" });
    let kept = ask(&house, Method::POST, "/v1/corrections", &[], &of(1)).await;
    assert_eq!((kept.status.as_u16(), &kept.json()["id"]), (201, &json!(4)));
    ask(&house, Method::POST, "/v1/corrections", &[], &of(9)).await.assert_problem(404, "not_found");
    let listed = house.get("/v1/corrections?after=2&limit=500").await;
    assert_eq!((listed.status.as_u16(), listed.header("etag")), (200, Some("\"v3\"")));
    for wrong in ["limit=0", "limit=501", "after=-1", "colour=red"] {
        house.get(&format!("/v1/corrections?{wrong}")).await.assert_problem(400, "malformed");
    }
    assert_eq!(house.delete("/v1/corrections/1").await.status.as_u16(), 204);
    for none in ["2", "x", "-1"] {
        house.delete(&format!("/v1/corrections/{none}")).await.assert_problem(404, "not_found");
    }
    let off = ask(&house, Method::POST, "/v1/corrections:switch", &[], &json!({ "learning": false })).await;
    assert_eq!((off.status.as_u16(), &off.json()["learning"]), (200, &json!(false)));
}

#[tokio::test]
async fn a_page_of_another_site_changes_nothing() {
    let house = House::build().await;
    let foreign = [("if-match", "\"v7\""), ("origin", "http://evil.example")];
    for (method, path) in [
        (Method::POST, "/v1/rules"),
        (Method::POST, "/v1/rules:order"),
        (Method::POST, "/v1/rules:preview"),
        (Method::DELETE, "/v1/rules/rent"),
        (Method::POST, "/v1/corrections"),
        (Method::DELETE, "/v1/corrections/1"),
        (Method::POST, "/v1/corrections:switch"),
    ] {
        let answer = ask(&house, method, path, &foreign, &json!({ "rule": {} })).await;
        answer.assert_problem(403, "foreign_origin");
    }
}
