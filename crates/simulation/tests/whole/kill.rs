//! `smartexus serve` is killed without warning while documents arrive and are read. Nothing accepted may be lost,
//! doubled or stuck: the database is the truth, and every process may end at any instruction.

use crate::stage::{program, results};
use smartexus_domain::{DocumentState, Statement, StatementResult};
use smartexus_simulation::{Dice, Fixture, Repository, http};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// At the least: rounds with two servers have two.
const KILLS: usize = 50;
const DOCUMENTS: usize = 100;
const SEED: u64 = 0x5eed_0002;

/// Between two documents of one round, so that a kill can fall into any of them.
const DOCUMENTS_PER_KILL: usize = DOCUMENTS / KILLS;

/// The longest a server lives after it answers.
const LIFE_MS_MAX: usize = 500;

/// How long a server may take until it listens, and how long the last one may take until everything is settled.
const START_LIMIT: Duration = Duration::from_secs(30);
const SETTLE_LIMIT: Duration = Duration::from_secs(180);

/// A document to upload, and what an undisturbed run reads from it.
struct Upload {
    name: String,
    bytes: Vec<u8>,
    statements: Vec<Statement>,
}

#[test]
fn every_document_ends_with_one_result_though_the_server_is_killed() {
    let uploads = uploads();
    let data = tempfile::tempdir().unwrap();
    let server = Server { address: free_address(), data: data.path() };
    let mut dice = Dice::seeded(SEED);
    let mut accepted: Vec<String> = Vec::new();
    let (mut kills, mut cut_off) = (0, 0);
    let started = Instant::now();

    for round in 0..KILLS {
        let mut child = server.start();
        let batch = &uploads[round * DOCUMENTS_PER_KILL..(round + 1) * DOCUMENTS_PER_KILL];
        // Every fourth server dies while it starts.
        let starting = dice.below(4) == 0;
        let life = Duration::from_millis(dice.below(LIFE_MS_MAX) as u64);
        if starting {
            thread::sleep(life);
            kill(&mut child);
            kills += 1;
            child = server.start();
        }
        server.wait_until_listening(&mut child);
        // The upload races the kill: what the killed server did not accept, the next one is asked again.
        let attempt = thread::scope(|scope| {
            let uploading =
                scope.spawn(|| batch.iter().map(|upload| server.upload(upload)).collect::<Vec<_>>());
            thread::sleep(life);
            kill(&mut child);
            uploading.join().unwrap()
        });
        kills += 1;
        let missed: Vec<&Upload> =
            batch.iter().zip(&attempt).filter(|(_, id)| id.is_none()).map(|(u, _)| u).collect();
        accepted.extend(attempt.into_iter().flatten());
        if !missed.is_empty() {
            cut_off += missed.len();
            kills += 1;
            let mut child = server.start();
            server.wait_until_listening(&mut child);
            accepted.extend(missed.iter().map(|upload| server.upload(upload).unwrap()));
            kill(&mut child);
        }
    }

    let mut child = server.start();
    server.wait_until_listening(&mut child);
    let open = server.wait_until_settled(&accepted);
    let results: Vec<StatementResult> = accepted.iter().map(|id| server.result(id)).collect();
    let listed = server.listed();
    kill(&mut child);

    println!(
        "{kills} kills, {cut_off} of {DOCUMENTS} uploads cut off, seed {SEED:#x}, {:.0?}",
        started.elapsed()
    );
    assert!(kills >= KILLS);
    assert_eq!(open, [""; 0], "documents that never settled");
    assert_eq!(
        accepted.iter().collect::<BTreeSet<_>>().len(),
        DOCUMENTS,
        "every document has an id of its own"
    );
    assert_eq!(listed, DOCUMENTS, "nothing was accepted twice under another id");
    let by_hash: BTreeSet<&str> = results.iter().map(|result| result.document.sha256.as_str()).collect();
    assert_eq!(by_hash.len(), DOCUMENTS, "every document has a result of its own");
    let by_name: BTreeMap<&str, &StatementResult> =
        results.iter().map(|result| (result.file.as_str(), result)).collect();
    for upload in &uploads {
        let result =
            by_name.get(upload.name.as_str()).unwrap_or_else(|| panic!("{} has no result", upload.name));
        assert_eq!(result.failure, None, "{}", upload.name);
        assert!(
            result.statements == upload.statements,
            "{} reads differently from an undisturbed run",
            upload.name
        );
    }
}

/// Copies of the fixtures, each with bytes of its own: a PDF may carry a comment after its end, a CSV blank lines.
fn uploads() -> Vec<Upload> {
    let repository = Repository::here();
    let fixtures = Fixture::all(&repository).unwrap();
    let undisturbed = results();
    let copies = fixtures.iter().zip(&undisturbed).cycle().take(DOCUMENTS).enumerate();
    copies
        .map(|(number, (fixture, (_, result)))| {
            let mut bytes = std::fs::read(repository.root().join(fixture.source())).unwrap();
            let extension = fixture.source().extension().unwrap().to_string_lossy().into_owned();
            if extension == "pdf" {
                bytes.extend_from_slice(format!("\n% copy {number}\n").as_bytes());
            } else {
                bytes.extend(std::iter::repeat_n(b'\n', 1 + number / fixtures.len()));
            }
            Upload {
                name: format!("copy-{number}.{extension}"),
                bytes,
                statements: result.statements.clone(),
            }
        })
        .collect()
}

fn free_address() -> SocketAddr {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap()
}

/// SIGKILL: no handler runs, nothing is flushed.
fn kill(child: &mut Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

struct Server<'a> {
    address: SocketAddr,
    data: &'a Path,
}

impl Server<'_> {
    fn start(&self) -> Child {
        let log = File::options().create(true).append(true).open(self.data.join("server.log")).unwrap();
        let mut command = program().command();
        command.arg("serve").arg("--data-dir").arg(self.data.join("data"));
        command.arg("--listen").arg(self.address.to_string());
        command.stdout(Stdio::null()).stderr(log).spawn().unwrap()
    }

    fn wait_until_listening(&self, child: &mut Child) {
        let deadline = Instant::now() + START_LIMIT;
        while TcpStream::connect(self.address).is_err() {
            let ended = child.try_wait().unwrap();
            assert!(ended.is_none(), "the server ended by itself: {ended:?}\n{}", self.log());
            assert!(Instant::now() < deadline, "the server does not listen\n{}", self.log());
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.data.join("server.log")).unwrap_or_default()
    }

    /// The path of the document, where the server said that it accepted it. A killed server says nothing.
    fn upload(&self, upload: &Upload) -> Option<String> {
        let answer = http::upload(self.address, "/v1/documents", &upload.name, &upload.bytes).ok()?;
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(matches!(answer.status, 200 | 202), "{}: {} {body}", upload.name, answer.status);
        Some(answer.header("location").unwrap().to_owned())
    }

    /// Waits; the documents that are still open when time is up.
    fn wait_until_settled<'d>(&self, documents: &'d [String]) -> Vec<&'d str> {
        let deadline = Instant::now() + SETTLE_LIMIT;
        let mut open: Vec<&str> = documents.iter().map(String::as_str).collect();
        while !open.is_empty() && Instant::now() < deadline {
            open.retain(|path| !self.state(path).is_settled());
            thread::sleep(Duration::from_millis(50));
        }
        open
    }

    fn state(&self, path: &str) -> DocumentState {
        let answer = http::get(self.address, path).unwrap();
        assert_eq!(answer.status, 200, "{path}");
        let json = answer.json().unwrap();
        json["state"].as_str().unwrap().parse().unwrap()
    }

    /// How many documents the server knows.
    fn listed(&self) -> usize {
        let answer = http::get(self.address, &format!("/v1/documents?limit={}", DOCUMENTS + 1)).unwrap();
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        answer.json().unwrap()["documents"].as_array().unwrap().len()
    }

    fn result(&self, path: &str) -> StatementResult {
        let answer = http::get(self.address, &format!("{path}/result")).unwrap();
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        serde_json::from_slice(&answer.body).unwrap()
    }
}
