//! `serve`: documents come over HTTP, results go back, and a server that is killed loses nothing.

use crate::support::{Desk, GOOD_CSV, Ran};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
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
        Answer::of(&String::from_utf8_lossy(&answer))
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

    /// Uploads a blank form and gives the path of its document.
    fn upload_blank(&self, content: &[u8]) -> String {
        let head = "--XX\r\nContent-Disposition: form-data; name=\"pipeline\"\r\n\r\nform\r\n\
             --XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"application.pdf\"\r\n\r\n";
        let body = [head.as_bytes(), content, b"\r\n--XX--\r\n"].concat();
        let answer = self.ask("POST", "/v1/documents", "multipart/form-data; boundary=XX", &body);
        assert_eq!(answer.status, 202, "{}", answer.body);
        answer.location.unwrap()
    }

    /// Asks until the answer is there.
    fn when_ready(&self, path: &str) -> Answer {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let answer = self.get(path);
            if answer.status != 409 {
                return answer;
            }
            assert!(Instant::now() < deadline, "never ready: {}", answer.body);
            std::thread::sleep(Duration::from_millis(20));
        }
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
fn documents_are_put_together_corrected_and_forgotten_over_http() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    let march = server.upload("march.csv", GOOD_CSV);
    let may = server.upload("may.csv", &GOOD_CSV.replace("2026-03", "2026-05"));
    let ids = [&march, &may].map(|path| {
        server.result(path);
        path.rsplit('/').next().unwrap().to_owned()
    });
    let json = |answer: &Answer| -> Value { serde_json::from_str(&answer.body).unwrap() };
    let figures = server.get(&format!("{march}/artifacts/figures"));
    assert_eq!((figures.status, &json(&figures)["schema"]), (200, &json!("smartexus.figures/1")));

    let wish = json!({ "documents": ids, "formats": ["json", "csv", "xlsx", "qif"], "title": "Client" });
    let made = server.ask("POST", "/v1/cases", "application/json", wish.to_string().as_bytes());
    assert_eq!(made.status, 202, "{}", made.body);
    let case = made.location.unwrap();
    let deadline = Instant::now() + PATIENCE;
    let of_case = loop {
        let answer = server.get(&format!("{case}/figures"));
        if answer.status == 200 {
            break json(&answer);
        }
        assert_eq!(answer.status, 409, "{}", answer.body);
        assert!(Instant::now() < deadline, "no figures: {}", answer.body);
        std::thread::sleep(Duration::from_millis(20));
    };
    // What the command line computes over the same files.
    desk.file("march.csv", GOOD_CSV);
    desk.file("may.csv", GOOD_CSV.replace("2026-03", "2026-05"));
    desk.run(&["process", "march.csv", "may.csv", "-o", "out"]);
    let alone = desk.run(&["report", "out", "--json"]).ended(0).objects();
    for part in ["as_of", "cash_flow", "accounts"] {
        assert_eq!(of_case[part].as_array().map(Vec::len), alone[0][part].as_array().map(Vec::len), "{part}");
    }
    let values = |figures: &Value| -> Vec<(Value, Value, Value)> {
        let figures = figures["figures"].as_array().unwrap();
        figures.iter().map(|f| (f["key"].clone(), f["period"].clone(), f["value"].clone())).collect()
    };
    assert_eq!(values(&of_case), values(&alone[0]), "both ways give the same figures");

    let shown = json(&server.get(&case));
    assert_eq!((&shown["title"], &shown["outdated"]), (&json!("Client"), &json!(false)));
    let document = shown["links"]["document"].as_str().unwrap().to_owned();
    let rows = server.get(&format!("{document}/artifacts/report/transactions.csv"));
    assert_eq!((rows.status, rows.body.lines().count()), (200, 1 + 6), "{}", rows.body);
    let twice = server.ask("POST", "/v1/cases", "application/json", wish.to_string().as_bytes());
    assert_eq!((json(&twice)["duplicate"].as_bool(), twice.location.as_ref()), (Some(true), Some(&case)));

    let wrong = json!({ "documents": ids, "formats": ["docx"] }).to_string();
    let refused = server.ask("POST", "/v1/cases", "application/json", wrong.as_bytes());
    assert_eq!((refused.status, &json(&refused)["errors"][0]["code"]), (422, &json!("unknown_format")));
    let upload = server.get("/v1/limits");
    let offered = json(&upload)["pipelines"].as_array().unwrap().clone();
    assert!(offered.iter().all(|pipeline| pipeline["name"] != "case"), "no file is a case");

    assert_eq!(server.ask("DELETE", &march, "text/plain", b"").status, 202);
    assert_eq!(server.get(&case).status, 410, "a case goes with its documents");
    server.stop(Signal::INT);
}

#[test]
fn a_blank_is_filled_and_edited_over_http() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    let fixture = |name: &str| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/forms");
        std::fs::read(folder.join("loan-application").join(name)).unwrap()
    };
    let json = |answer: &Answer| -> Value { serde_json::from_str(&answer.body).unwrap() };
    let blank = server.upload_blank(&fixture("blank.pdf"));
    let deadline = Instant::now() + PATIENCE;
    while json(&server.get(&blank))["state"] != "approved" {
        assert!(Instant::now() < deadline, "never read: {}", server.get(&blank).body);
        std::thread::sleep(Duration::from_millis(20));
    }
    let told = json(&server.get(&format!("{blank}/artifacts/form/inspection")));
    assert_eq!(told["schema"], "smartexus.blank/1");
    let id = blank.rsplit('/').next().unwrap();
    let draft = server.get(&format!("{blank}/artifacts/form/mapping.yaml")).body;
    let check = json!({ "mapping": draft, "blank": id }).to_string();
    let checked = json(&server.ask("POST", "/v1/forms:validate", "application/json", check.as_bytes()));
    assert_eq!(checked["valid"], true, "{checked}");

    let kept = json(&server.ask("POST", "/v1/mappings", "application/json", check.as_bytes()));
    let name = kept["name"].as_str().unwrap();
    assert_eq!(kept["mapping"], draft.as_str(), "{kept}");
    let own = format!("/v1/mappings/{name}");
    assert_eq!(json(&server.get(&own)), kept);
    assert_eq!(server.ask("DELETE", &own, "text/plain", b"").status, 204);
    assert_eq!(server.get(&own).status, 404);

    let facts: Value = serde_json::from_slice(&fixture("facts.json")).unwrap();
    let wish = json!({ "blank": id, "facts": facts }).to_string();
    let made = server.ask("POST", "/v1/forms", "application/json", wish.as_bytes());
    assert_eq!(made.status, 202, "{}", made.body);
    let form = made.location.unwrap();
    let value = |path: &str, name: &str| -> Value {
        let result = json(&server.when_ready(&format!("{path}/result")));
        assert_eq!(result["schema"], "smartexus.form/1");
        let fields = result["fields"].as_array().unwrap();
        fields.iter().find(|field| field["name"] == name).unwrap()["value"].clone()
    };
    assert_eq!(value(&form, "loan_amount"), "85,000.00");
    let file = server.get(&format!("{form}/filled.pdf"));
    assert!(file.status == 200 && file.body.starts_with("%PDF-"));
    let edit = json!({ "edits": { "loan_amount": "90,000.00" } }).to_string();
    let edited = server.ask("PATCH", &form, "application/json", edit.as_bytes());
    assert_eq!(edited.status, 202, "{}", edited.body);
    let second = edited.location.unwrap();
    assert_eq!(value(&second, "loan_amount"), "90,000.00");
    assert_eq!(value(&form, "loan_amount"), "85,000.00", "what was shown once stays");
    let shown = json(&server.get(&second));
    assert_eq!((&shown["version"], &shown["state"]), (&json!(2), &json!("needs_review")));
    assert_eq!(server.ask("DELETE", &blank, "text/plain", b"").status, 202);
    assert_eq!(server.get(&second).status, 410, "a form goes with its blank");
    server.stop(Signal::INT);
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

    let other = server.upload("may.csv", &GOOD_CSV.replace("2026-03", "2026-05"));
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
