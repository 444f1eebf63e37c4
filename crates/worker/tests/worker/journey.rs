//! Documents through the worker, over the embedded platform in a directory that is thrown away.

use crate::house::{CSV, House, built_in, changed};
use crate::sandbox::{children, children_with, is_busy};
use crate::trial;
use libtest_mimic::Trial;
use smartexus_domain::{DocumentState, FailureCode, MediaType, ResultStatus, StageKind, Verdict};
use smartexus_platform::port::{
    DocumentOutcome, FakeClock, JobState, Lookup, PipelineRef, Released, Settled, Settlement,
};
use smartexus_platform::{Backends, Durability};
use smartexus_worker::sandbox::RunLimits;
use smartexus_worker::{Worker, result};
use std::sync::Arc;
use std::time::{Duration, Instant};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("journey::a_document_reaches_its_result", a_document_reaches_its_result),
        trial("journey::the_same_input_gives_the_same_bytes", the_same_input_gives_the_same_bytes),
        trial("journey::a_bad_document_fails_once_with_its_code", a_bad_document_fails_once_with_its_code),
        trial("journey::a_killer_has_exactly_three_attempts", a_killer_has_exactly_three_attempts),
        trial("journey::a_false_proof_is_not_believed", a_false_proof_is_not_believed),
        trial("journey::without_a_sandbox_nothing_is_claimed", without_a_sandbox_nothing_is_claimed),
        trial("journey::a_stop_costs_no_attempt", a_stop_costs_no_attempt),
        trial("journey::a_lost_lease_kills_the_run", a_lost_lease_kills_the_run),
        trial("journey::an_unknown_pipeline_waits", an_unknown_pipeline_waits),
        trial("journey::a_stage_whose_condition_fails_is_told", a_stage_whose_condition_fails_is_told),
        trial("journey::a_hollow_worker_approves_nothing", a_hollow_worker_approves_nothing),
    ]
}

async fn a_document_reaches_its_result() {
    let house = House::new(built_in()).await;
    let document = house.submit_default(CSV).await;
    let running = house.start("honest");
    let result = house.settled(document).await;
    running.stop().await.expect("stops in peace");
    assert_eq!(result.file, "march.csv");
    assert_eq!(result.failure, None);
    assert_eq!(result.document.media_type, MediaType::Csv);
    assert_eq!(result.document.bytes, CSV.len() as u64);
    assert_eq!(result.document.sha256.len(), 64);
    let [statement] = result.statements.as_slice() else { panic!("one statement: {result:?}") };
    assert_eq!(statement.transactions.len(), 3);
    assert!(statement.transactions.iter().all(|row| row.categorization.is_some()), "{statement:?}");
    // Approved if and only if every statement is proved: nothing else may look green.
    let proved = statement.verdict == Verdict::Verified;
    assert!(proved || result.status == ResultStatus::NeedsReview, "{result:?}");
    assert_eq!(
        result.timings_ms.keys().collect::<Vec<_>>(),
        ["analyze", "categorize", "extract", "parse", "report"]
    );
    for kind in ["pages", "statement", "enriched", "report/transactions.csv", "report/statement.xlsx"] {
        assert!(house.artifact(document, kind).await.is_some_and(|bytes| !bytes.is_empty()), "{kind}");
    }
    let jobs = house.jobs(document).await;
    assert_eq!(jobs.iter().map(|job| job.stage).collect::<Vec<_>>(), StageKind::OF_DOCUMENTS);
    assert!(
        jobs.iter().all(|job| job.state == JobState::Done && job.losses == 0 && job.epoch == 1),
        "{jobs:?}"
    );
}

async fn the_same_input_gives_the_same_bytes() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let house = House::new(built_in()).await;
        let document = house.submit_default(CSV).await;
        let running = house.start("honest");
        house.settled(document).await;
        running.stop().await.expect("stops in peace");
        let mut artifacts = Vec::new();
        for kind in ["pages", "statement", "enriched", "report/transactions.csv"] {
            artifacts.push(house.artifact(document, kind).await.expect(kind));
        }
        runs.push(artifacts);
    }
    assert_eq!(runs[0], runs[1]);
}

async fn a_bad_document_fails_once_with_its_code() {
    for (bytes, pipelines, code) in [
        (&b""[..], built_in(), FailureCode::Corrupt),
        (
            &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0"[..],
            built_in(),
            FailureCode::Corrupt,
        ),
        (CSV, changed("application/pdf, text/csv", "application/pdf"), FailureCode::UnsupportedMedia),
        (CSV, changed("size_bytes: 33554432", "size_bytes: 100"), FailureCode::TooLarge),
    ] {
        let house = House::new(pipelines).await;
        let document = house.submit_default(bytes).await;
        let running = house.start("honest");
        let result = house.settled(document).await;
        running.stop().await.expect("stops in peace");
        assert_eq!(result.status, ResultStatus::Failed);
        assert_eq!(result.failure.map(|failure| failure.code), Some(code));
        assert!(result.statements.is_empty());
        let jobs = house.jobs(document).await;
        assert!(matches!(jobs.as_slice(), [job] if job.attempts == 1 && job.losses == 0), "{code}: {jobs:?}");
    }
}

async fn a_killer_has_exactly_three_attempts() {
    for (role, pipelines, code) in [
        ("crashes", built_in(), FailureCode::ReaderCrashed),
        ("panics_with_content", built_in(), FailureCode::ReaderCrashed),
        ("eats_memory", built_in(), FailureCode::OutOfMemory),
        ("never_returns", changed("timeout_ms: 120000", "timeout_ms: 300"), FailureCode::Timeout),
    ] {
        let house = House::new(pipelines).await;
        let document = house.submit_default(CSV).await;
        let running = house.start(role);
        let result = house.settled(document).await;
        running.stop().await.expect("one document's killer does not halt the worker");
        assert_eq!(result.failure.map(|failure| failure.code), Some(code), "{role}");
        let jobs = house.jobs(document).await;
        let [job] = jobs.as_slice() else { panic!("{role}: one job") };
        assert_eq!((job.state, job.attempts, job.losses, job.epoch), (JobState::Dead, 3, 0, 3), "{role}");
    }
}

async fn a_false_proof_is_not_believed() {
    let house = House::new(built_in()).await;
    let document = house.submit_default(CSV).await;
    let running = house.start("claims_a_proof");
    let result = house.settled(document).await;
    running.stop().await.expect("stops in peace");
    assert_eq!(result.failure.map(|failure| failure.code), Some(FailureCode::ReaderCrashed));
    assert!(house.artifact(document, "pages").await.is_some(), "the first stage was believed");
    assert!(house.artifact(document, "statement").await.is_none());
}

async fn without_a_sandbox_nothing_is_claimed() {
    let house = House::new(built_in()).await;
    let document = house.submit_default(CSV).await;
    let halted = house.start("is_not_locked_down").worker.await.expect("no panic");
    assert!(halted.is_err(), "it must refuse");
    let jobs = house.jobs(document).await;
    assert!(matches!(jobs.as_slice(), [job] if job.state == JobState::Ready && job.epoch == 0), "{jobs:?}");
}

async fn a_stop_costs_no_attempt() {
    let pipelines = changed("memory_bytes: 536870912", "memory_bytes: 535000000");
    let limits = pipelines.newest("bank-statement").expect("it").limits.run_limits();
    let house = House::new(pipelines).await;
    let document = house.submit_default(CSV).await;
    let running = house.start("never_returns");
    house.leased(document).await;
    let stopping = Instant::now();
    running.stop().await.expect("stops in peace");
    assert!(stopping.elapsed() <= Duration::from_secs(10), "{:?}", stopping.elapsed());
    let jobs = house.jobs(document).await;
    let [job] = jobs.as_slice() else { panic!("one job") };
    assert_eq!((job.state, job.attempts, job.losses), (JobState::Ready, 0, 0));
    no_child_is_left(&limits).await;
}

/// A killed child is gone when the system says so, which may be a moment after the signal.
async fn no_child_is_left(limits: &RunLimits) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while children_with(limits) > 0 {
        assert!(Instant::now() < deadline, "the child lives on");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn a_lost_lease_kills_the_run() {
    let pipelines = changed("memory_bytes: 536870912", "memory_bytes: 534000000");
    let limits = pipelines.newest("bank-statement").expect("it").limits.run_limits();
    let directory = tempfile::tempdir().expect("a directory");
    let clock = Arc::new(FakeClock::at("2026-03-01T00:00:00Z".parse().expect("a time")));
    let embedded = Backends::embedded(directory.path(), Durability::Ephemeral).clock(clock.clone());
    let house = House::of(embedded.open().await.expect("a world"), directory, pipelines);
    let document = house.submit_default(CSV).await;
    let running = house.start("never_returns");
    house.leased(document).await;
    // Not the child that waits for the next document.
    let busy = loop {
        if let Some(busy) = children(&limits).into_iter().find(|child| is_busy(child)) {
            break busy;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    // The worker slept too long: its lease expires and somebody else takes the job.
    let stolen = loop {
        clock.advance(jiff::SignedDuration::from_secs(6));
        if let Some(stolen) = house.world.jobs.claim(&[]).await.expect("answers") {
            break stolen;
        }
    };
    assert!(stolen.token.epoch >= 2);
    let deadline = Instant::now() + Duration::from_secs(20);
    while children(&limits).contains(&busy) {
        assert!(Instant::now() < deadline, "the child lives on");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // A verdict under the old epoch is refused; the new owner's counts.
    let old = smartexus_platform::port::LeaseToken { epoch: 1, ..stolen.token };
    let verdict = Settlement {
        artifacts: Vec::new(),
        next: Vec::new(),
        fan_out: Vec::new(),
        outcome: DocumentOutcome::Failed(FailureCode::Corrupt),
        media_type: None,
        timing_us: 1,
    };
    assert_eq!(house.world.jobs.settle(old, verdict.clone()).await.expect("answers"), Settled::FencedOut);
    assert_eq!(house.world.jobs.release(old).await.expect("answers"), Released::FencedOut);
    let settled = house.world.jobs.settle(stolen.token, verdict).await.expect("answers");
    assert!(matches!(settled, Settled::Recorded { .. }), "{settled:?}");
    running.stop().await.expect("stops in peace");
    let jobs = house.jobs(document).await;
    assert!(matches!(jobs.as_slice(), [job] if job.attempts == 1 && job.losses >= 1), "{jobs:?}");
}

async fn an_unknown_pipeline_waits() {
    let house = House::new(built_in()).await;
    let elsewhere = PipelineRef { name: "bank-statement".to_owned(), version: "999".to_owned() };
    let document = house.submit(CSV, elsewhere).await;
    let other = house.submit_default(CSV).await;
    let running = house.start("honest");
    let fate = house.settled(other).await;
    assert_ne!(fate.status, ResultStatus::Failed);
    running.stop().await.expect("stops in peace");
    let jobs = house.jobs(document).await;
    assert!(
        matches!(jobs.as_slice(), [job] if job.attempts == 0 && job.losses == 0 && job.epoch >= 1),
        "{jobs:?}"
    );
}

async fn a_stage_whose_condition_fails_is_told() {
    let house =
        House::new(changed("use: categorize", "use: categorize, when: document.kind == invoice")).await;
    let document = house.submit_default(CSV).await;
    let running = house.start("honest");
    let result = house.settled(document).await;
    running.stop().await.expect("stops in peace");
    let skipped = result.findings.iter().filter(|finding| finding.code == "stage_skipped").count();
    assert_eq!(skipped, 3, "categorize, and analyze and report after it: {:?}", result.findings);
    assert!(house.artifact(document, "statement").await.is_some());
    assert!(house.artifact(document, "enriched").await.is_none());
    let absent =
        result::load(&house.world, &house.pipelines, house.world.ids.workspace().expect("an id"), document);
    assert!(matches!(absent.await.expect("answers"), Lookup::Absent), "another workspace sees nothing");
}

async fn a_hollow_worker_approves_nothing() {
    let house = House::new(built_in()).await;
    let document = house.submit_default(CSV).await;
    let running = house.start_as("honest", Worker::hollow);
    let deadline = Instant::now() + Duration::from_secs(30);
    while !house.state(document).await.is_settled() {
        assert!(Instant::now() < deadline, "never settles");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    running.stop().await.expect("stops in peace");
    assert_eq!(house.state(document).await, DocumentState::NeedsReview);
    let jobs = house.jobs(document).await;
    assert_eq!(jobs.iter().map(|job| job.stage).collect::<Vec<_>>(), StageKind::OF_DOCUMENTS);
    assert!(jobs.iter().all(|job| job.state == JobState::Done), "{jobs:?}");
    for kind in ["pages", "statement", "enriched", "report/transactions.csv"] {
        assert_eq!(house.artifact(document, kind).await, None, "{kind}");
    }
}
