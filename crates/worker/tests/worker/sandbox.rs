//! The walls hold, and whatever a reader does behind them is told apart.

use crate::doubles::program;
use crate::trial;
use libtest_mimic::Trial;
use smartexus_domain::{FailureCode, FaultVerdict, MediaType, PageMethod, PageRange, Pages};
use smartexus_extract::{ExtractOptions, OcrLanguages, OcrOptions};
use smartexus_generator::scan;
use smartexus_parse::ParseOptions;
#[cfg(feature = "exam")]
use smartexus_worker::sandbox::Layer;
use smartexus_worker::sandbox::{
    Death, Outcome, Recognition, Recognized, Request, RunLimits, Sandbox, SandboxError, SandboxProgram,
};
use std::time::{Duration, Instant};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("sandbox::every_forbidden_act_is_denied", every_forbidden_act_is_denied),
        trial("sandbox::every_act_is_denied_beside_an_engine_too", every_act_is_denied_beside_an_engine_too),
        trial("sandbox::a_scan_goes_through", a_scan_goes_through),
        trial("sandbox::a_page_that_fails_costs_that_page", a_page_that_fails_costs_that_page),
        trial("sandbox::without_language_data_text_is_read_and_scans_say_why", without_language_data),
        trial("sandbox::a_document_goes_through", a_document_goes_through),
        trial("sandbox::misbehaviour_is_told_apart", misbehaviour_is_told_apart),
        trial("sandbox::a_hang_ends_at_the_wall_clock", a_hang_ends_at_the_wall_clock),
        trial("sandbox::a_reply_fits_its_limit_or_fails", a_reply_fits_its_limit_or_fails),
        trial("sandbox::without_walls_nothing_is_read", without_walls_nothing_is_read),
        #[cfg(feature = "exam")]
        trial("sandbox::no_layer_can_be_left_out", no_layer_can_be_left_out),
        trial("sandbox::a_nursery_is_replaced", a_nursery_is_replaced),
        trial("sandbox::nobody_outlives_a_killed_parent", nobody_outlives_a_killed_parent),
        trial("sandbox::inherited_descriptors_are_closed", inherited_descriptors_are_closed),
        trial("sandbox::a_waiting_child_saves_the_start", a_waiting_child_saves_the_start),
        trial("sandbox::a_cancelled_run_kills_its_child", a_cancelled_run_kills_its_child),
    ]
}

const LIMITS: RunLimits = RunLimits {
    timeout: Duration::from_secs(20),
    cpu_seconds: 20,
    memory_bytes: 512 * 1024 * 1024,
    reply_bytes: 4 * 1024 * 1024,
    ocr: None,
};

fn sandbox(role: &str) -> Sandbox {
    Sandbox::open(program(role), 1).expect("a sandbox")
}

fn extract() -> Request {
    Request::Extract { options: ExtractOptions::default() }
}

async fn every_forbidden_act_is_denied() {
    sandbox("honest").prove().await.expect("all acts denied");
}

async fn every_act_is_denied_beside_an_engine_too() {
    sandbox("honest").prove_recognizing(OcrLanguages::default()).await.expect("all acts denied");
}

/// A page of a statement as a scanner sees it, so many times.
fn scan(pages: usize) -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/us-checking-running/document.pdf");
    let picture = scan::pages(&std::fs::read(path).expect("a fixture"), 150).swap_remove(0);
    scan::scanned_pdf(&vec![picture; pages], scan::Codec::FaxGroup4)
}

/// The pages as the first look at the text layer leaves them.
async fn first_look(sandbox: &Sandbox, bytes: &[u8]) -> Pages {
    let options = ExtractOptions { range: PageRange::new(1, 99).ok(), ..ExtractOptions::default() };
    let Ok(Outcome::Done(pages)) = sandbox.run(&Request::Extract { options }, bytes, &LIMITS).await else {
        panic!("the text layer")
    };
    serde_json::from_slice(&pages).expect("pages")
}

fn recognition<'a>(sandbox: &'a Sandbox, options: &'a ExtractOptions, payload: &'a [u8]) -> Recognition<'a> {
    Recognition { sandbox, options, limits: LIMITS, page_timeout: Duration::from_secs(60), payload }
}

fn in_language(name: &str) -> ExtractOptions {
    let ocr = OcrOptions { languages: name.parse().expect("a language") };
    ExtractOptions { ocr: Some(ocr), ..ExtractOptions::default() }
}

async fn a_scan_goes_through() {
    let (sandbox, bytes, options) = (sandbox("honest"), scan(2), in_language("eng"));
    let mut pages = first_look(&sandbox, &bytes).await;
    assert!(pages.pages.iter().all(|page| page.words.is_empty() && !page.complete));
    let tried = recognition(&sandbox, &options, &bytes).complete(&mut pages).await.expect("children");
    assert_eq!(tried, Recognized::Tried);
    assert!(pages.pages.iter().all(|page| page.method == PageMethod::Ocr && page.complete));
    assert!(pages.pages.iter().all(|page| page.text.contains("Statement")), "{}", pages.pages[0].text);
}

async fn a_page_that_fails_costs_that_page() {
    let (sandbox, bytes, options) =
        (sandbox("crashes_while_recognizing_page_two"), scan(3), in_language("eng"));
    let mut pages = first_look(&sandbox, &bytes).await;
    recognition(&sandbox, &options, &bytes).complete(&mut pages).await.expect("children");
    let complete: Vec<bool> = pages.pages.iter().map(|page| page.complete).collect();
    assert_eq!(complete, [true, false, true]);
    let on_two: Vec<&str> =
        pages.findings.iter().filter(|f| f.page == Some(2)).map(|f| f.code.as_ref()).collect();
    assert_eq!(on_two, ["page_not_text", "recognition_failed"]);
}

async fn without_language_data() {
    let (sandbox, bytes, options) = (sandbox("honest"), scan(1), in_language("zz_nowhere"));
    let mut pages = first_look(&sandbox, &bytes).await;
    let tried = recognition(&sandbox, &options, &bytes).complete(&mut pages).await.expect("a typed answer");
    assert_eq!(tried, Recognized::Unavailable);
    assert!(pages.findings.iter().any(|finding| finding.code == "ocr_unavailable"));
    assert_eq!(tried.whole(pages), Err(FailureCode::OcrUnavailable));
    let refused = sandbox.prove_recognizing("zz_nowhere".parse().expect("a language")).await;
    assert!(matches!(refused, Err(SandboxError::NoOcr)));
}

async fn a_document_goes_through() {
    let sandbox = sandbox("honest");
    let csv = b"Date,Description,Amount,Balance\n2026-03-01,Opening deposit,100.00,100.00\n2026-03-02,Tea,-2.50,97.50\n";
    let Ok(Outcome::Done(pages)) = sandbox.run(&extract(), csv, &LIMITS).await else { panic!("extract") };
    let pages: Pages = serde_json::from_slice(&pages).expect("pages");
    assert_eq!((pages.media_type, pages.pages.len()), (MediaType::Csv, 0));
    let request = Request::ParseStructured { media: MediaType::Csv, options: ParseOptions::default() };
    let Ok(Outcome::Done(first)) = sandbox.run(&request, csv, &LIMITS).await else { panic!("parse") };
    assert_eq!(sandbox.run(&request, csv, &LIMITS).await.expect("again"), Outcome::Done(first));
    let empty = sandbox.run(&extract(), b"", &LIMITS).await.expect("an answer");
    assert_eq!(empty, Outcome::Failed(FailureCode::Corrupt));
}

async fn misbehaviour_is_told_apart() {
    for (role, death) in [
        ("crashes", Death::Crashed),
        ("overflows_the_stack", Death::Crashed),
        ("eats_memory", Death::OutOfMemory),
        ("panics_with_content", Death::Panicked),
        ("writes_rubbish", Death::BadReply),
        ("promises_too_much", Death::BadReply),
        ("leaves_silently", Death::BadReply),
        ("opens_a_file", Death::ForbiddenCall),
    ] {
        let outcome = sandbox(role).run(&extract(), b"secret words", &LIMITS).await.expect("a child");
        assert_eq!(outcome, Outcome::Died(death), "{role}");
    }
    let flood = sandbox("floods_standard_error").run(&extract(), b"", &LIMITS).await.expect("a child");
    assert_eq!(flood, Outcome::Failed(FailureCode::Corrupt));
}

async fn a_hang_ends_at_the_wall_clock() {
    let limits = RunLimits { timeout: Duration::from_millis(300), ..LIMITS };
    for role in ["never_returns", "sleeps"] {
        let sandbox = sandbox(role);
        let started = Instant::now();
        let outcome = sandbox.run(&extract(), b"", &limits).await.expect("a child");
        // Sleeping is a forbidden call: it does not even get that far.
        let expected = if role == "sleeps" { Death::ForbiddenCall } else { Death::TimedOut };
        assert_eq!(outcome, Outcome::Died(expected), "{role}");
        assert!(started.elapsed() < Duration::from_secs(15), "{role}: {:?}", started.elapsed());
    }
}

async fn a_reply_fits_its_limit_or_fails() {
    let sandbox = sandbox("answers_too_much");
    let outcome = sandbox.run(&extract(), b"", &LIMITS).await.expect("a child");
    assert_eq!(outcome, Outcome::Failed(FailureCode::TooLarge));
    let one_more = RunLimits { reply_bytes: LIMITS.reply_bytes + 1, ..LIMITS };
    let Ok(Outcome::Done(reply)) = sandbox.run(&extract(), b"", &one_more).await else { panic!("it fits") };
    assert_eq!(reply.len() as u64, one_more.reply_bytes);
}

async fn without_walls_nothing_is_read() {
    let gone = sandbox("is_not_locked_down").run(&extract(), b"", &LIMITS).await.expect_err("not ready");
    assert_eq!(gone.verdict(), FaultVerdict::Retry, "{gone}");
    let program = SandboxProgram { path: "/nowhere/at/all".into(), args: Vec::new() };
    let missing = Sandbox::open(program, 0).expect("opens").prove().await.expect_err("no program");
    assert!(matches!(missing, SandboxError::Program(_)), "{missing}");
    assert_eq!(missing.verdict(), FaultVerdict::Halt);
    // A child that is told half of its limits refuses, and says which layer.
    let status = std::process::Command::new(std::env::current_exe().expect("this binary"))
        .args(["honest", "parent=1"])
        .env_clear()
        .output()
        .expect("runs");
    assert_eq!(status.stdout, [b"x\x06\0\0\0\0\0\0\0".as_slice(), b"limits"].concat());
    // So does one with an environment, or with another parent.
    for (parent, variable, layer) in [(std::process::id(), Some("LEAK"), "handles"), (1, None, "process")] {
        let mut command = std::process::Command::new(std::env::current_exe().expect("this binary"));
        command.args([
            "honest",
            &format!("parent={parent}"),
            "memory_bytes=536870912",
            "cpu_seconds=5",
            "reply_bytes=9",
        ]);
        command.env_clear().envs(variable.map(|name| (name, "1")));
        let told = command.output().expect("runs").stdout;
        assert_eq!(told.get(9..), Some(layer.as_bytes()), "{layer}");
    }
}

/// Each layer is left out once: the child notices, or what it then gets away with is noticed.
#[cfg(feature = "exam")]
async fn no_layer_can_be_left_out() {
    // Something to inherit.
    let leak = rustix::io::dup(std::io::stderr()).expect("a copy without close-on-exec");
    for layer in Layer::ALL {
        let role = format!("without_{}", layer.as_str());
        match sandbox(&role).prove().await.expect_err("a layer is missing") {
            SandboxError::Refused { layer: named } => assert_eq!(named, layer),
            // The list of calls cannot be asked for from inside; without it, acts succeed.
            SandboxError::Unproved { .. } => assert_eq!(layer, Layer::Calls),
            other @ (SandboxError::NoOcr
            | SandboxError::Program(_)
            | SandboxError::Start(_)
            | SandboxError::Request) => panic!("{role}: {other}"),
        }
        let document = sandbox(&role).run(&extract(), b"a,b\n", &LIMITS).await;
        assert!(layer == Layer::Calls || document.is_err_and(|e| e.is_refusal()), "{role} takes a document");
    }
    drop(leak);
}

/// Copies of one process know each other's addresses, so a crash is the end of the process they were copied from; and a
/// nursery that died is replaced.
async fn a_nursery_is_replaced() {
    let sandbox = sandbox("crashes_on_every_part");
    let before = nurseries();
    let crashed = sandbox.run(&extract(), b"", &LIMITS).await.expect("a child");
    assert_eq!(crashed, Outcome::Died(Death::Crashed));
    let probe = sandbox.prove();
    probe.await.expect("a new nursery has the same walls");
    let ours: Vec<String> = nurseries().into_iter().filter(|pid| !before.contains(pid)).collect();
    assert!(!ours.is_empty(), "no nursery");
    for pid in &ours {
        let pid = rustix::process::Pid::from_raw(pid.parse().expect("a number")).expect("a process");
        // Of another test, perhaps: then it is replaced there.
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).ok();
    }
    assert_eq!(sandbox.run(&extract(), b"", &LIMITS).await.expect("a child"), Outcome::Died(Death::Crashed));
}

/// Of no other test, to know the children by.
const LIMITS_OF_THE_KILLED: RunLimits = RunLimits { memory_bytes: 509 * 1024 * 1024, ..LIMITS };

/// The life of a parent that is killed: it has a child that waits, says so, and stays.
pub(crate) fn parent_that_is_killed() -> std::process::ExitCode {
    let told = crate::runtime().map(|runtime| {
        runtime.block_on(async {
            let sandbox = sandbox("honest");
            sandbox.warm(&LIMITS_OF_THE_KILLED).await;
            crate::say("ready");
            tokio::time::sleep(Duration::from_secs(60)).await;
        });
    });
    told.map_or(std::process::ExitCode::FAILURE, |()| std::process::ExitCode::SUCCESS)
}

async fn nobody_outlives_a_killed_parent() {
    let mut parent = std::process::Command::new(std::env::current_exe().expect("this binary"))
        .arg("parent_that_is_killed")
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("starts");
    let mut said = String::new();
    let stdout = parent.stdout.take().expect("a pipe");
    std::io::BufRead::read_line(&mut std::io::BufReader::new(stdout), &mut said).expect("says");
    assert_eq!((said.trim(), children_with(&LIMITS_OF_THE_KILLED)), ("ready", 1));
    // The nursery, and its copy, which has the same words.
    let its_nursery = || with_words(&["nursery", &format!("parent={}", parent.id())]);
    assert_eq!(its_nursery().len(), 2);
    rustix::process::kill_process(rustix::process::Pid::from_child(&parent), rustix::process::Signal::KILL)
        .expect("is killed");
    let started = Instant::now();
    while children_with(&LIMITS_OF_THE_KILLED) + its_nursery().len() > 0 {
        assert!(started.elapsed() < Duration::from_secs(10), "somebody lives on");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    parent.wait().expect("is buried");
}

/// Living processes with all these words on their command line, by their numbers. A zombie has no command line.
fn with_words(words: &[&str]) -> Vec<String> {
    let processes = std::fs::read_dir("/proc").expect("/proc").flatten();
    let told = processes.filter(|process| {
        std::fs::read_to_string(process.path().join("cmdline"))
            .is_ok_and(|line| words.iter().all(|word| line.split('\0').any(|part| part == *word)))
    });
    told.map(|process| process.file_name().to_string_lossy().into_owned()).collect()
}

/// The nursery processes of this test binary, and their copies, by their numbers.
fn nurseries() -> Vec<String> {
    // A copy that was not yet told what it is has the same words, and another parent than its nursery.
    with_words(&["nursery", &format!("parent={}", std::process::id())])
}

async fn inherited_descriptors_are_closed() {
    // A descriptor that survives `exec`, as a careless shell would leave it open.
    let leak = rustix::io::dup(std::io::stderr()).expect("a copy without close-on-exec");
    let flags = rustix::io::fcntl_getfd(&leak).expect("flags");
    assert!(!flags.contains(rustix::io::FdFlags::CLOEXEC));
    let Ok(Outcome::Done(count)) = sandbox("counts_bytes").run(&extract(), b"four", &LIMITS).await else {
        panic!("locks down in spite of the leak")
    };
    assert_eq!(count, b"4");
}

async fn a_waiting_child_saves_the_start() {
    let sandbox = sandbox("counts_bytes");
    sandbox.warm(&LIMITS).await;
    sandbox.warm(&LIMITS).await;
    let Ok(Outcome::Done(count)) = sandbox.run(&extract(), b"12345", &LIMITS).await else {
        panic!("answers")
    };
    assert_eq!(count, b"5");
    // Different limits need a different child.
    sandbox.warm(&LIMITS).await;
    let other = RunLimits { memory_bytes: LIMITS.memory_bytes * 2, ..LIMITS };
    assert!(matches!(sandbox.run(&extract(), b"", &other).await, Ok(Outcome::Done(_))));
}

async fn a_cancelled_run_kills_its_child() {
    let sandbox = sandbox("never_returns");
    // A limit that no other test uses, to know the child by.
    let limits = RunLimits { memory_bytes: 511 * 1024 * 1024, ..LIMITS };
    let request = extract();
    let mut run = Box::pin(sandbox.run(&request, b"", &limits));
    while children_with(&limits) == 0 {
        assert!(tokio::time::timeout(Duration::from_millis(20), &mut run).await.is_err(), "it never returns");
    }
    drop(run);
    let started = Instant::now();
    while children_with(&limits) > 0 {
        assert!(started.elapsed() < Duration::from_secs(10), "the child lives on");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// How many living processes were told these limits.
pub(crate) fn children_with(limits: &RunLimits) -> usize {
    children(limits).len()
}

/// Living processes that were told these limits, by their numbers.
pub(crate) fn children(limits: &RunLimits) -> Vec<String> {
    let most = limits.memory_bytes.to_string();
    let processes = std::fs::read_dir("/proc").expect("/proc").flatten();
    // A zombie has no limits any more.
    let told = processes.filter(|process| {
        std::fs::read_to_string(process.path().join("limits")).is_ok_and(|limits| {
            let mut lines = limits.lines().filter_map(|line| line.strip_prefix("Max address space"));
            lines.any(|line| line.split_whitespace().next() == Some(most.as_str()))
        })
    });
    told.map(|process| process.file_name().to_string_lossy().into_owned()).collect()
}

/// Whether a child is at work, and not one that waits for a document: it has used half a second of a processor.
pub(crate) fn is_busy(process: &str) -> bool {
    // Field 14 is the time in user mode in hundredths of a second; the name, which may hold blanks, ends with `)`.
    let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) else { return false };
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name
        .split_whitespace()
        .nth(11)
        .and_then(|ticks| ticks.parse().ok())
        .is_some_and(|ticks: u64| ticks >= 50)
}
