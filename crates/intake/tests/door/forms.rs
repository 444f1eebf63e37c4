//! Forms as programs meet them. What is filled, and how, is shown where the rooms behind the door are real.

use crate::house::{Answer, House, send};
use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

async fn ask(house: &House, method: Method, path: &str, body: &Value) -> Answer {
    send(&house.router, method, path, &[], Body::from(body.to_string())).await
}

#[tokio::test]
async fn what_is_no_wish_is_told() {
    let house = House::build().await;
    for body in [json!({}), json!([]), json!({ "blank": "x" }), json!({ "blank": null, "colour": "red" })] {
        ask(&house, Method::POST, "/v1/forms", &body).await.assert_problem(400, "malformed");
    }
    let never = house.world.ids.document().expect("an id");
    ask(&house, Method::POST, "/v1/forms", &json!({ "blank": never })).await.assert_problem(404, "not_found");
    let path = house.accepted("a blank").await;
    let blank = path.rsplit('/').next().expect("an id");
    let waiting = ask(&house, Method::POST, "/v1/forms", &json!({ "blank": blank })).await;
    waiting.assert_problem(409, "not_ready");
    assert_eq!(waiting.json()["document"], blank);
    house.work().await;
    let refused = ask(&house, Method::POST, "/v1/forms", &json!({ "blank": blank })).await;
    refused.assert_problem(422, "invalid");
    assert_eq!(refused.json()["errors"][0]["code"], "not_a_blank");
    let edit = json!({ "edits": { "name": "A", "date": null } });
    for path in [format!("/v1/forms/{blank}"), format!("/v1/forms/{never}"), "/v1/forms/x".to_owned()] {
        house.get(&path).await.assert_problem(404, "not_found");
        house.get(&format!("{path}/result")).await.assert_problem(404, "not_found");
        house.get(&format!("{path}/filled.pdf")).await.assert_problem(404, "not_found");
        ask(&house, Method::PATCH, &path, &edit).await.assert_problem(404, "not_found");
    }
    assert_eq!(house.get("/v1/forms").await.json()["forms"], json!([]));
    house.delete(&path).await;
    ask(&house, Method::POST, "/v1/forms", &json!({ "blank": blank })).await.assert_problem(410, "gone");
}

#[tokio::test]
async fn a_mapping_is_read_and_not_kept() {
    let house = House::build().await;
    let good = ask(&house, Method::POST, "/v1/forms:validate", &json!({ "mapping": "good" })).await;
    assert_eq!((good.status.as_u16(), &good.json()["valid"]), (200, &json!(true)));
    assert_eq!(good.json()["mapping"], json!({ "name": "loan", "version": 3 }));
    let wrong = ask(&house, Method::POST, "/v1/forms:validate", &json!({ "mapping": "wrong" })).await;
    assert_eq!((&wrong.json()["valid"], &wrong.json()["faults"]), (&json!(false), &json!("^ so it is")));
}

#[tokio::test]
async fn mappings_are_kept_shown_and_taken_out() {
    let house = House::build().await;
    let listed = house.get("/v1/mappings").await.json();
    assert_eq!(
        (&listed["schema"], &listed["mappings"][0]["name"]),
        (&json!("smartexus.form_mappings/1"), &json!("loan"))
    );
    assert!(listed["mappings"][0].get("mapping").is_none(), "texts come one by one");
    assert_eq!(listed["unread"][0]["name"], "unread-2");
    let kept = ask(&house, Method::POST, "/v1/mappings", &json!({ "mapping": "good", "blank": null })).await;
    assert_eq!((kept.status.as_u16(), &kept.json()["version"]), (200, &json!(3)));
    assert_eq!(kept.json(), house.get("/v1/mappings/loan").await.json());
    let wrong = ask(&house, Method::POST, "/v1/mappings", &json!({ "mapping": "wrong" })).await;
    wrong.assert_problem(422, "invalid");
    assert_eq!(wrong.json()["errors"][0]["message"], "^ so it is");
    ask(&house, Method::POST, "/v1/mappings", &json!({ "text": "good" }))
        .await
        .assert_problem(400, "malformed");
    assert_eq!(house.delete("/v1/mappings/loan").await.status.as_u16(), 204);
    house.delete("/v1/mappings/other").await.assert_problem(404, "not_found");
    house.get("/v1/mappings/other").await.assert_problem(404, "not_found");
}

#[tokio::test]
async fn a_mapping_and_facts_may_be_larger_than_other_bodies() {
    let house = House::build().await;
    let limits = house.get("/v1/limits").await.json();
    let (small, large) =
        (limits["json_bytes"].as_u64().unwrap(), limits["form_json_bytes"].as_u64().unwrap());
    let sized = |bytes: u64| json!({ "mapping": "x".repeat(usize::try_from(bytes).unwrap()) });
    for path in ["/v1/mappings", "/v1/forms:validate"] {
        assert_eq!(ask(&house, Method::POST, path, &sized(small)).await.status.as_u16(), 200, "{path}");
        let refused = ask(&house, Method::POST, path, &sized(large)).await;
        refused.assert_problem(413, "body_too_large");
        assert_eq!(refused.json()["limit_bytes"], large);
    }
}
