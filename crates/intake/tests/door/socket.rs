//! The door on a real socket: what a router alone cannot show.

use crate::house::{BOUNDARY, House, Part, Simple, multipart};
use smartexus_intake::{Intake, IntakeConfig, IntakeError, IntakeLimits};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

struct Server {
    house: House,
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

async fn serve(limits: IntakeLimits) -> Server {
    let house = House::with_limits(limits).await;
    let neighbours = Arc::<Simple>::clone(&house.neighbours) as _;
    let intake = Intake::bind(house.world.clone(), house.config.clone(), neighbours).await.expect("a socket");
    let address = intake.local_addr();
    let (stop, stopped) = oneshot::channel();
    let running = tokio::spawn(intake.run(async move { drop(stopped.await) }));
    Server { house, address, stop, running }
}

impl Server {
    async fn exchange(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).await.expect("connected");
        stream.write_all(bytes).await.expect("sent whole");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.expect("read whole");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn upload_of(&self, content: &[u8]) -> Vec<u8> {
        let body = multipart(&[Part::File("x", content)]);
        let mut request = format!(
            "POST /v1/documents HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\
             Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {}\r\n\r\n",
            self.address,
            body.len()
        )
        .into_bytes();
        request.extend_from_slice(&body);
        request
    }
}

#[tokio::test]
async fn a_far_too_large_file_still_gets_its_answer() {
    let server = serve(IntakeLimits::default()).await;
    let answer = server.exchange(&server.upload_of(&vec![b'x'; 20 * 1024 * 1024])).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("\"code\":\"too_large\""), "{answer}");
}

#[tokio::test]
async fn a_request_without_host_is_refused() {
    let server = serve(IntakeLimits::default()).await;
    let answer = server.exchange(b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 421 "), "{answer}");
}

#[tokio::test]
async fn headers_that_never_end_are_cut() {
    let header_timeout = Duration::from_millis(200);
    let server = serve(IntakeLimits { header_timeout, ..IntakeLimits::default() }).await;
    let started = Instant::now();
    let answer = server.exchange(b"GET /healthz HTTP/1.1\r\nHost: local").await;
    assert!(!answer.contains("200 OK"), "{answer}");
    assert!(started.elapsed() >= header_timeout, "not before its time");
    assert!(started.elapsed() < Duration::from_secs(10), "cut");
}

#[tokio::test]
async fn connections_above_the_limit_wait_for_their_turn() {
    let header_timeout = Duration::from_millis(400);
    let server = serve(IntakeLimits { connections: 1, header_timeout, ..IntakeLimits::default() }).await;
    let _hog = TcpStream::connect(server.address).await.expect("connected");
    tokio::time::sleep(Duration::from_millis(50)).await;
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address);
    let started = Instant::now();
    assert!(server.exchange(request.as_bytes()).await.starts_with("HTTP/1.1 200 "));
    assert!(started.elapsed() >= Duration::from_millis(200), "it waited for the hog's time to end");
}

#[tokio::test]
async fn a_stop_lets_open_requests_end_and_takes_no_more() {
    let server = serve(IntakeLimits::default()).await;
    let request = server.upload_of(b"in time");
    let (first, last) = request.split_at(request.len() - 10);
    let mut stream = TcpStream::connect(server.address).await.expect("connected");
    stream.write_all(first).await.expect("sent");
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.stop.send(()).expect("it runs");
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(TcpStream::connect(server.address).await.is_err(), "no new connections");
    stream.write_all(last).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 202 "), "{answer}");
    tokio::time::timeout(Duration::from_secs(5), server.running).await.expect("ends").expect("without panic");
    let documents = server.house.get("/v1/documents").await.json();
    assert_eq!(documents["documents"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_request_that_does_not_end_is_cut_at_the_stop() {
    let shutdown_timeout = Duration::from_millis(200);
    let server = serve(IntakeLimits { shutdown_timeout, ..IntakeLimits::default() }).await;
    let request = server.upload_of(b"never ends");
    let mut stream = TcpStream::connect(server.address).await.expect("connected");
    stream.write_all(&request[..request.len() - 10]).await.expect("sent");
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.stop.send(()).expect("it runs");
    tokio::time::timeout(Duration::from_secs(5), server.running).await.expect("ends").expect("without panic");
}

#[tokio::test]
async fn only_this_machine_may_reach_the_door() {
    let house = House::build().await;
    let bind = |config: IntakeConfig| {
        let neighbours = Arc::<Simple>::clone(&house.neighbours) as _;
        Intake::bind(house.world.clone(), config, neighbours)
    };
    for open in ["0.0.0.0:0", "[::]:0", "192.168.0.4:0"] {
        let config = IntakeConfig { listen: open.parse().expect("an address"), ..house.config.clone() };
        assert!(matches!(bind(config).await, Err(IntakeError::NotLoopback)), "{open}");
    }
    let config = IntakeConfig { pipelines: Vec::new(), ..house.config.clone() };
    assert!(matches!(bind(config).await, Err(IntakeError::NoPipeline)));
}
