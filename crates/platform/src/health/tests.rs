use super::*;
use crate::telemetry::Metrics;
use crate::{Durability, metric, open_embedded};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

/// A port that is open until this is dropped.
struct Open {
    address: SocketAddr,
    _stop: oneshot::Sender<()>,
}

async fn open(readiness: Readiness) -> Open {
    let recorder = metric::prometheus().unwrap().build_recorder();
    metrics::with_local_recorder(&recorder, metric::describe);
    let any = "127.0.0.1:0".parse().unwrap();
    let server = HealthServer::bind(any, Arc::new(readiness), Metrics::of(&recorder)).await.unwrap();
    let address = server.local_addr();
    let (stop, stopped) = oneshot::channel::<()>();
    tokio::spawn(server.run(async move { drop(stopped.await) }));
    Open { address, _stop: stop }
}

impl Open {
    /// The whole answer to these bytes.
    async fn send(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request).await.unwrap();
        let mut answer = Vec::new();
        // A cut connection may end in a reset.
        let _ended = stream.read_to_end(&mut answer).await;
        String::from_utf8(answer).unwrap()
    }

    /// Status and body.
    async fn get(&self, path: &str) -> (u16, String) {
        let answer = self.send(format!("GET {path} HTTP/1.1\r\nhost: probe\r\n\r\n").as_bytes()).await;
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).expect("a status").parse().expect("a number");
        (status, body.to_owned())
    }
}

fn parsed((status, body): (u16, String)) -> (u16, Value) {
    (status, serde_json::from_str(&body).unwrap())
}

#[tokio::test]
async fn a_ready_process_says_what_it_depends_on() {
    let directory = tempfile::tempdir().unwrap();
    let world = open_embedded(directory.path(), Durability::Ephemeral).await.unwrap();
    let open = open(Readiness::of_world(&world).probe("queue", async || Ok(()))).await;
    let parts = json!(["database", "keys", "blobs", "queue"]);
    let expected = json!({ "ready": true, "parts": parts, "not_ready": [] });
    assert_eq!(parsed(open.get("/readyz").await), (200, expected));
    assert_eq!(open.get("/healthz").await, (200, r#"{"status":"ok"}"#.to_owned()));
    let (status, text) = open.get("/metrics").await;
    assert_eq!(status, 200);
    assert!(text.contains("# TYPE smartexus_sandbox_refusals_total counter\n"), "{text}");
}

#[tokio::test]
async fn parts_that_do_not_work_are_named() {
    let readiness = Readiness::new()
        .probe("fine", async || Ok(()))
        .probe("broken", async || Err(NotReady::because("sweep_overdue")))
        .probe("failing", async || Err(crate::PlatformError::blobs("canary").into()))
        .probe_within("slow", Duration::from_millis(100), std::future::pending);
    let open = open(readiness).await;
    let expected = json!({
        "ready": false,
        "parts": ["fine", "broken", "failing", "slow"],
        "not_ready": [
            { "part": "broken", "reason": "sweep_overdue" },
            { "part": "failing", "reason": "the blob store did not answer" },
            { "part": "slow", "reason": "no answer in time" },
        ],
    });
    assert_eq!(parsed(open.get("/readyz").await), (503, expected));
    let answer = open.send(b"GET /readyz HTTP/1.1\r\nhost: probe\r\n\r\n").await;
    assert!(answer.contains("retry-after: 5\r\n"), "{answer}");
}

#[tokio::test]
async fn parts_are_asked_together_once_a_second_and_never_for_liveness() {
    let asked = Arc::new(AtomicUsize::new(0));
    let mut readiness = Readiness::new();
    for part in ["a", "b", "c", "d"] {
        let asked = Arc::clone(&asked);
        readiness = readiness.probe(part, move || {
            asked.fetch_add(1, Ordering::Relaxed);
            async {
                tokio::time::sleep(Duration::from_millis(200)).await;
                Ok(())
            }
        });
    }
    let open = open(readiness).await;
    assert_eq!(open.get("/healthz").await.0, 200);
    assert_eq!(asked.load(Ordering::Relaxed), 0);
    let begun = Instant::now();
    let answers = futures::future::join_all((0..16).map(|_| open.get("/readyz"))).await;
    assert!(begun.elapsed() < Duration::from_millis(700), "{:?}", begun.elapsed());
    assert!(answers.iter().all(|(status, _)| *status == 200));
    assert_eq!(asked.load(Ordering::Relaxed), 4);
    tokio::time::sleep(Duration::from_millis(1100)).await;
    open.get("/readyz").await;
    assert_eq!(asked.load(Ordering::Relaxed), 8);
}

#[tokio::test]
async fn nothing_else_is_answered() {
    let open = open(Readiness::new()).await;
    assert_eq!(open.get("/").await.0, 404);
    assert_eq!(open.get("/metrics/").await.0, 404);
    assert_eq!(open.get("/v1/documents").await.0, 404);
    let refused = open.send(b"POST /metrics HTTP/1.1\r\nhost: probe\r\ncontent-length: 0\r\n\r\n").await;
    assert!(refused.starts_with("HTTP/1.1 405 ") && refused.contains("allow: GET, HEAD\r\n"), "{refused}");
    let head = open.send(b"HEAD /metrics HTTP/1.1\r\nhost: probe\r\n\r\n").await;
    assert!(head.starts_with("HTTP/1.1 200 ") && head.ends_with("\r\n\r\n"), "{head}");
    assert!(head.contains("content-type: text/plain; version=0.0.4; charset=utf-8\r\n"), "{head}");
    let long = format!("GET /metrics HTTP/1.1\r\nhost: probe\r\nx: {}\r\n\r\n", "x".repeat(9000));
    assert!(open.send(long.as_bytes()).await.starts_with("HTTP/1.1 431 "));
}

#[tokio::test]
async fn silent_connections_are_cut_and_keep_nobody_out() {
    let open = open(Readiness::new()).await;
    let begun = Instant::now();
    let mut silent = Vec::new();
    for _ in 0..32 {
        silent.push(TcpStream::connect(open.address).await.unwrap());
    }
    // No place is left for this one until those are cut.
    assert_eq!(open.get("/healthz").await.0, 200);
    let waited = begun.elapsed();
    assert!(waited > Duration::from_secs(1) && waited < Duration::from_secs(4), "{waited:?}");
}

#[tokio::test]
async fn a_taken_address_is_an_error() {
    let open = open(Readiness::new()).await;
    let recorder = metric::prometheus().unwrap().build_recorder();
    let again = HealthServer::bind(open.address, Arc::default(), Metrics::of(&recorder)).await;
    assert!(matches!(again, Err(HealthError::Listen(_))));
}
