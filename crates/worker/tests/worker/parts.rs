//! A long document in parts: divided, read beside each other, gathered once, also when a part is lost for good.

use crate::house::{House, PDF, PDF_PAGES, built_in, changed, changed_twice};
use crate::trial;
use libtest_mimic::Trial;
use smartexus_domain::{FailureCode, PAGES_UNREAD, ResultStatus, StageKind, Verdict};
use smartexus_platform::port::{JobPart, JobState};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("parts::a_divided_document_reads_as_a_whole", a_divided_document_reads_as_a_whole),
        trial("parts::a_lost_part_is_named_and_proves_nothing", a_lost_part_is_named_and_proves_nothing),
        trial(
            "parts::what_is_too_much_at_once_is_too_much_in_parts",
            what_is_too_much_at_once_is_too_much_in_parts,
        ),
        trial("parts::a_document_without_any_part_fails", a_document_without_any_part_fails),
    ]
}

async fn a_divided_document_reads_as_a_whole() {
    let mut read = Vec::new();
    for pipelines in [built_in(), changed("pages_per_job: 50", "pages_per_job: 1")] {
        let house = House::new(pipelines).await;
        let document = house.submit_default(PDF).await;
        let running = house.start("honest");
        let result = house.settled(document).await;
        running.stop().await.expect("stops in peace");
        let jobs = house.jobs(document).await;
        let of_extract = jobs.iter().filter(|job| job.stage == StageKind::Extract);
        let parts: Vec<JobPart> = of_extract.map(|job| job.part).collect();
        assert!(jobs.iter().all(|job| job.state == JobState::Done && job.attempts == 1), "{jobs:?}");
        let pages = house.artifact(document, "pages").await.expect("pages");
        read.push((parts.len(), pages, result.statements, result.findings));
    }
    let [(whole, whole_pages, whole_statements, whole_findings), (divided, pages, statements, findings)] =
        read.as_slice()
    else {
        panic!("two runs")
    };
    assert_eq!((*whole, *divided), (1, PDF_PAGES + 2), "the division, a job a page, the gathering");
    assert_eq!(pages, whole_pages, "byte for byte");
    assert_eq!(statements, whole_statements);
    assert_eq!(findings, whole_findings);
    assert_eq!(statements[0].verdict, Verdict::Verified);
}

async fn a_lost_part_is_named_and_proves_nothing() {
    let house = House::new(changed("pages_per_job: 50", "pages_per_job: 1")).await;
    let document = house.submit_default(PDF).await;
    let running = house.start("crashes_on_page_two");
    let result = house.settled(document).await;
    running.stop().await.expect("stops in peace");
    assert_eq!((result.status, result.failure), (ResultStatus::NeedsReview, None));
    let named: Vec<_> = result.findings.iter().filter(|finding| finding.code == PAGES_UNREAD).collect();
    assert_eq!(named.len(), 1, "{:?}", result.findings);
    assert_eq!(named[0].page, Some(2));
    assert!(result.statements.iter().all(|statement| statement.verdict != Verdict::Verified));
    assert!(result.statements.iter().any(|statement| !statement.transactions.is_empty()), "good pages count");
    let jobs = house.jobs(document).await;
    let dead: Vec<_> = jobs.iter().filter(|job| job.state == JobState::Dead).collect();
    assert_eq!(dead.len(), 1);
    assert_eq!((dead[0].attempts, dead[0].failure), (3, Some(FailureCode::ReaderCrashed)));
    assert_eq!(dead[0].part.pages().map(|range| range.first()), Some(2));
    assert!(jobs.iter().filter(|job| job.state != JobState::Dead).all(|job| job.attempts == 1), "{jobs:?}");
}

async fn a_document_without_any_part_fails() {
    let house = House::new(changed("pages_per_job: 50", "pages_per_job: 2")).await;
    let document = house.submit_default(PDF).await;
    let running = house.start("crashes_on_every_part");
    let result = house.settled(document).await;
    running.stop().await.expect("stops in peace");
    assert_eq!(result.failure.map(|failure| failure.code), Some(FailureCode::ReaderCrashed));
}

async fn what_is_too_much_at_once_is_too_much_in_parts() {
    let house = House::new(changed("pages_per_job: 50", "pages_per_job: 1")).await;
    let document = house.submit_default(PDF).await;
    let running = house.start("honest");
    house.settled(document).await;
    running.stop().await.expect("stops in peace");
    let found = house.world.documents.artifacts(house.workspace, document).await.expect("answers");
    let artifacts = found.found().expect("is there");
    let parts = artifacts.iter().filter(|artifact| artifact.object.kind.as_str().starts_with("pages/"));
    let bytes: u64 = parts.map(|part| part.bytes).sum();

    for (limit, gathered) in [(bytes, true), (bytes - 1, false)] {
        let limited = format!("reply_bytes: {limit}");
        let changes =
            [("pages_per_job: 50", "pages_per_job: 1"), ("reply_bytes: 134217728", limited.as_str())];
        let house = House::new(changed_twice(changes)).await;
        let document = house.submit_default(PDF).await;
        let running = house.start("honest");
        let result = house.settled(document).await;
        running.stop().await.expect("stops in peace");
        assert_eq!(house.artifact(document, "pages").await.is_some(), gathered, "{limit}");
        if !gathered {
            assert_eq!(result.failure.map(|failure| failure.code), Some(FailureCode::TooLarge));
        }
    }
}
