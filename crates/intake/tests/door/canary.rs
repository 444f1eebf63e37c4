//! Canaries: words of a document, its name, its password and its sender's path, which neither the log at its most
//! talkative nor the metrics may repeat. The only test of this file's program that starts telemetry, which can be
//! started once a process.

use crate::house::{House, Part, send};
use axum::body::Body;
use axum::http::Method;
use smartexus_platform::telemetry::{LogFormat, ServiceRole, Telemetry, TelemetrySettings};
use std::io;
use std::sync::{Arc, Mutex};

/// Every one holds this, so that one search finds them all.
const CANARY: &str = "quetzalcanary";
const TRACE_ID: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().map_err(|_| io::ErrorKind::Other)?.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A whole life, and everything that can go wrong with a request.
async fn live(house: &House) {
    let row = format!("2026-03-01,{CANARY} GmbH,DE02120300000000202051,-1234.56\n");
    let named = format!("{CANARY}.csv");
    let answer = house.upload(&[Part::Text("password", CANARY), Part::File(&named, row.as_bytes())]).await;
    assert_eq!(answer.status, 202);
    let path = answer.header("location").expect("a location").to_owned();
    house.work().await;
    for part in ["", "/result", "/source", "/artifacts/statement"] {
        assert_eq!(house.get(&format!("{path}{part}")).await.status, 200, "{part}");
    }
    house.upload(&[Part::File(&named, row.repeat(100).as_bytes())]).await.assert_problem(413, "too_large");
    house.upload(&[Part::Text(CANARY, CANARY)]).await.assert_problem(400, "malformed");
    house.upload(&[Part::Text("pipeline", CANARY)]).await.assert_problem(400, "malformed");
    house.get(&format!("/v1/documents/{CANARY}?{CANARY}={CANARY}")).await.assert_problem(404, "not_found");
    house.get(&format!("{path}/artifacts/{CANARY}")).await.assert_problem(404, "not_found");
    house.get(&format!("/{CANARY}")).await.assert_problem(404, "not_found");
    let trace = format!("00-{TRACE_ID}-00f067aa0ba902b7-01");
    let headers = [("traceparent", trace.as_str()), ("user-agent", CANARY), ("host", CANARY)];
    let method = Method::from_bytes(CANARY.as_bytes()).expect("a method");
    send(&house.router, method, "/v1/documents", &headers, Body::empty())
        .await
        .assert_problem(421, "foreign_host");
    let headers =
        [("traceparent", trace.as_str()), ("content-type", "multipart/form-data; boundary=quetzalcanary")];
    let torn = Body::from(format!("--{CANARY}\r\nContent-Disposition: {CANARY}"));
    send(&house.router, Method::POST, "/v1/documents", &headers, torn).await.assert_problem(400, "malformed");
    assert_eq!(house.delete(&path).await.status, 202);
    house.sweep().await;
    house.get(&path).await.assert_problem(410, "gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_canary_is_in_the_log_or_in_the_metrics() {
    let written = Written::default();
    let writer = written.clone();
    let settings = TelemetrySettings {
        log_format: LogFormat::Json,
        log_filter: "trace".to_owned(),
        otlp_endpoint: None,
        service_role: ServiceRole::Intake,
    };
    let telemetry = Telemetry::start_with_writer(&settings, move || writer.clone()).expect("telemetry");
    live(&House::build().await).await;

    let log = String::from_utf8(written.0.lock().expect("not poisoned").clone()).expect("text");
    let metrics = telemetry.render();
    for secret in [CANARY, "DE02120300000000202051", "1234.56", "a-test-boundary"] {
        for (where_, text) in [("log", &log), ("metrics", &metrics)] {
            let found = text.lines().find(|line| line.to_lowercase().contains(&secret.to_lowercase()));
            assert_eq!(found, None, "{secret} is in the {where_}");
        }
    }
    // It was really there and really talkative.
    assert!(
        log.contains("\"message\":\"document accepted\"") && log.contains("\"level\":\"DEBUG\""),
        "{log}"
    );
    let malformed = log.lines().find(|line| line.contains("upload malformed") && line.contains(TRACE_ID));
    assert!(malformed.is_some_and(|line| line.contains("\"http.route\":\"/v1/documents\"")), "{log}");
    for line in [
        "smartexus_documents_accepted_total{result=\"new\"} 1",
        "http_server_request_duration_seconds_count{http_request_method=\"POST\",\
         http_route=\"/v1/documents\",http_response_status_class=\"2xx\"} 1",
        "http_server_request_duration_seconds_count{http_request_method=\"GET\",\
         http_route=\"/v1/documents/{id}/artifacts/{*name}\",http_response_status_class=\"4xx\"} 1",
        "http_server_request_duration_seconds_count{http_request_method=\"GET\",\
         http_route=\"unmatched\",http_response_status_class=\"4xx\"} 1",
        "http_server_request_duration_seconds_count{http_request_method=\"_OTHER\",\
         http_route=\"/v1/documents\",http_response_status_class=\"4xx\"} 1",
    ] {
        assert!(metrics.lines().any(|found| found == line), "no {line} in\n{metrics}");
    }
}
