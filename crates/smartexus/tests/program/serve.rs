//! `serve`: documents come over HTTP, results go back, and a server that is killed loses nothing.

use crate::support::{Desk, GOOD_CSV, Ran};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout};
use std::time::{Duration, Instant};

/// How long a document may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

struct Server {
    child: Child,
    events: BufReader<ChildStdout>,
    address: String,
}

impl Server {
    fn start(desk: &Desk) -> Self {
        let args = ["serve", "--json", "--data-dir", "data", "--listen", "127.0.0.1:0"];
        let mut child = desk.command(&args).env("SMARTEXUS_LOG", "warn").spawn().unwrap();
        let mut events = BufReader::new(child.stdout.take().unwrap());
        let listening = event(&mut events);
        assert_eq!(listening["event"], "listening");
        let address = listening["address"].as_str().unwrap().trim_start_matches("http://").to_owned();
        Self { child, events, address }
    }

    fn ask(&self, method: &str, path: &str, content_type: &str, body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let (address, length) = (&self.address, body.len());
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
             Content-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        Answer::of(&String::from_utf8(answer).unwrap())
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "text/plain", b"")
    }

    /// Uploads a file and gives the path of its document.
    fn upload(&self, name: &str, content: &str) -> String {
        let body = format!(
            "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: text/csv\r\n\r\n{content}\r\n--XX--\r\n"
        );
        let answer = self.ask("POST", "/v1/documents", "multipart/form-data; boundary=XX", body.as_bytes());
        assert_eq!(answer.status, 202, "{}", answer.body);
        answer.location.unwrap()
    }

    fn result(&self, path: &str) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let answer = self.get(&format!("{path}/result"));
            if answer.status == 200 {
                return serde_json::from_str(&answer.body).unwrap();
            }
            assert_eq!(answer.status, 409, "{}", answer.body);
            assert!(Instant::now() < deadline, "no result: {}", answer.body);
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn stop(mut self, signal: Signal) -> (Vec<Value>, Ran) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
        let mut rest = String::new();
        self.events.read_to_string(&mut rest).unwrap();
        let told = rest.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        (told, Ran::of(self.child.wait_with_output().unwrap()))
    }
}

fn event(events: &mut impl BufRead) -> Value {
    let mut line = String::new();
    events.read_line(&mut line).unwrap();
    serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
}

struct Answer {
    status: u16,
    location: Option<String>,
    body: String,
}

impl Answer {
    fn of(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split_whitespace().nth(1).unwrap().parse().unwrap();
        let header = |line: &str| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("location").then(|| value.trim().to_owned())
        };
        Self { status, location: head.lines().find_map(header), body: body.to_owned() }
    }
}

#[test]
fn a_document_comes_in_and_its_result_goes_back() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    assert_eq!(server.get("/healthz").status, 200);
    let path = server.upload("march.csv", GOOD_CSV);
    let result = server.result(&path);
    assert_eq!(result["file"], "march.csv");
    assert_eq!(result["statements"][0]["transactions"].as_array().unwrap().len(), 3);
    assert_eq!(server.get("/readyz").status, 200);

    desk.file("march.csv", GOOD_CSV);
    let alone = desk.run(&["process", "march.csv", "--json"]).ended(0).objects();
    assert_eq!(alone[0]["statements"], result["statements"], "both ways give the same statements");

    let (told, ran) = server.stop(Signal::TERM);
    ran.ended(0);
    let topics: Vec<&str> = told.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert!(topics.contains(&"document.accepted") && topics.contains(&"document.needs_review"), "{topics:?}");
    assert_eq!(topics.last(), Some(&"stopped"));
}

#[test]
fn a_killed_server_loses_nothing_and_a_second_one_goes_on() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    let upload =
        |n: i32| server.upload(&format!("{n}.csv"), &GOOD_CSV.replace("FERNWOOD", &format!("FERN{n}")));
    let paths: Vec<String> = (0..8).map(upload).collect();
    let (_, killed) = server.stop(Signal::KILL);
    assert_eq!(killed.code, None, "SIGKILL ends without a code");

    let second = Server::start(&desk);
    for (n, path) in paths.iter().enumerate() {
        let result = second.result(path);
        assert_eq!(result["file"], format!("{n}.csv"));
        assert_ne!(result["status"], "failed");
    }
    let (_, ran) = second.stop(Signal::INT);
    ran.ended(0);
}

#[test]
fn erasing_beside_a_running_server_is_seen_by_it() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    let path = server.upload("march.csv", GOOD_CSV);
    server.result(&path);
    let id = path.rsplit('/').next().unwrap().to_owned();
    desk.run(&["erase", &id, "--yes", "--json", "--data-dir", "data"]).ended(0);
    let gone = server.get(&path);
    assert_eq!(gone.status, 410, "{}", gone.body);

    let other = server.upload("april.csv", &GOOD_CSV.replace("2026-03", "2026-04"));
    server.result(&other);
    assert_eq!(server.ask("DELETE", &other, "text/plain", b"").status, 202);
    let deadline = Instant::now() + PATIENCE;
    while !server.get(&other).body.contains("receipt_url") {
        assert!(Instant::now() < deadline, "the sweeper does not finish the erasure");
        std::thread::sleep(Duration::from_millis(20));
    }
    let (_, ran) = server.stop(Signal::TERM);
    ran.ended(0);
}

#[test]
fn an_address_that_is_taken_or_open_to_others_is_refused() {
    let desk = Desk::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    desk.run(&["serve", "--data-dir", "data", "--listen", &address]).ended(69);
    desk.run(&["serve", "--data-dir", "data", "--listen", "0.0.0.0:0"]).ended(78);
}
