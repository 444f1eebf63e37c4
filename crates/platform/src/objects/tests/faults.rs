//! Servers that fail: an error in time, nothing half-visible, and nothing told that must not be.

use super::{Bench, LIMIT, blobs, content, is_store_fault, submission, upload};
use crate::exam::{S3Kind, S3Server};
use crate::objects::sink::PART_BYTES;
use crate::port::ObjectName;
use crate::{PlatformError, S3Bucket, S3Settings, Secret};
use bytes::Bytes;
use futures::{StreamExt as _, stream};
use smartexus_domain::FaultVerdict;
use std::error::Error as _;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(3);
/// What a busy machine may add.
const SLACK: Duration = Duration::from_secs(4);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_goes_away_mid_upload_leaves_nothing_half_visible() {
    let bench = Bench::new(S3Kind::Versioned).await;
    let piece = Bytes::from(content(PART_BYTES + 1_000_000));
    let pieces = stream::iter([piece.clone(), piece]).enumerate().map(|(i, piece)| {
        if i == 1 {
            bench.server.stop();
        }
        Ok(piece)
    });
    let answer = bench.world.blobs.put(&bench.name(1), pieces.boxed(), LIMIT).await;
    assert!(is_store_fault(&answer));
    assert_eq!(bench.server.half_uploads(), 1, "the server had begun it, and nobody could take it back");

    bench.server.restart().await;
    assert!(matches!(bench.read(1).await, Err(PlatformError::Missing)), "nothing is there under the name");
    let entries = bench.world.blobs.list_document(bench.workspace, bench.document).await.unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].name, None, "the half upload is listed, as something that is no object");
    bench.clear().await;
    bench.clear().await;
    bench.world.blobs.delete_entry(bench.workspace, &entries[0]).await.expect("removing twice is fine");
    assert_eq!(bench.server.half_uploads(), 0);
    bench.put(1, b"again").await.expect("the name is free");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accepting_fails_while_the_server_is_away_and_works_afterwards() {
    let bench = Bench::new(S3Kind::Versioned).await;
    bench.server.stop();
    let refused = bench.world.accept(bench.workspace, submission(), upload(b"x")).await;
    assert!(is_store_fault(&refused));
    bench.server.restart().await;
    let accepted = bench.world.accept(bench.workspace, submission(), upload(b"x")).await.unwrap();
    let source = ObjectName::source(bench.workspace, accepted.document);
    assert_eq!(bench.world.read_object(&source, LIMIT).await.unwrap(), Bytes::from_static(b"x"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_is_lost_is_not_an_error() {
    let bench = Bench::new(S3Kind::Versioned).await;
    let (small, large) = (content(100), content(PART_BYTES + 5));
    bench.server.lose_next_answer();
    bench.put(1, &small).await.expect("the second try finds the first one's object");
    assert!(bench.read(1).await.unwrap() == small);
    bench.server.lose_next_answer();
    bench.put(2, &large).await.expect("the second completion finds the first one's object");
    assert_eq!((bench.listed().await.len(), bench.server.half_uploads()), (2, 0));
}

/// What is asked of a store that does not answer; each must fail, and in time.
async fn everything_fails_in_time(bench: &Bench) {
    let (blobs, name) = (&bench.world.blobs, bench.name(1));
    let timed = |what: &'static str, started: Instant, failed: bool| {
        assert!(failed, "{what} fails");
        assert!(started.elapsed() < PATIENCE + SLACK, "{what} took {:?}", started.elapsed());
    };
    let start = Instant::now();
    timed("put", start, is_store_fault(&blobs.put(&name, upload(b"x"), LIMIT).await));
    let start = Instant::now();
    timed("get", start, is_store_fault(&blobs.get(&name).await));
    let start = Instant::now();
    timed("delete", start, is_store_fault(&blobs.delete(&name).await));
    let start = Instant::now();
    let listed = blobs.list_document(bench.workspace, bench.document).await;
    timed("list", start, is_store_fault(&listed));
    let start = Instant::now();
    let first = blobs.list(bench.workspace).await.next().await.expect("an answer");
    timed("list all", start, is_store_fault(&first));
    let start = Instant::now();
    timed("probe", start, is_store_fault(&blobs.probe().await));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dead_server_is_an_error_in_time() {
    let mut bench = Bench::new(S3Kind::Plain).await;
    bench.hurry(PATIENCE);
    // First one that takes connections and says nothing, then a closed port.
    bench.server.stall(true);
    everything_fails_in_time(&bench).await;
    bench.server.stop();
    everything_fails_in_time(&bench).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stops_in_the_middle_of_an_answer_is_an_error_in_time() {
    let mut bench = Bench::new(S3Kind::Plain).await;
    bench.put(1, &content(7_000_000)).await.unwrap();
    bench.hurry(PATIENCE);
    let mut body = bench.world.blobs.get(&bench.name(1)).await.unwrap();
    body.next().await.unwrap().unwrap();
    bench.server.stop();
    let start = Instant::now();
    let last = body.map(|piece| is_store_fault(&piece)).collect::<Vec<bool>>().await;
    assert_eq!(last.last(), Some(&true), "the stream ends with the error");
    assert!(start.elapsed() < PATIENCE + SLACK);
}

fn changed(server: &S3Server, change: impl Fn(&mut S3Bucket)) -> S3Settings {
    let mut settings = server.settings();
    settings.buckets.values_mut().for_each(change);
    settings
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_settings_are_the_worlds_fault_and_not_the_documents() {
    let bench = Bench::new(S3Kind::Versioned).await;
    bench.put(1, b"x").await.unwrap();
    let wrong = [
        changed(&bench.server, |bucket| bucket.secret = Secret::new("another-secret".to_owned())),
        changed(&bench.server, |bucket| bucket.bucket = "no-such-bucket".to_owned()),
    ];
    for settings in wrong {
        let blobs = blobs(&settings, &bench.world.keys);
        let name = bench.name(1);
        let answers = [
            blobs.get(&name).await.err(),
            blobs.put(&bench.name(2), upload(b"x"), LIMIT).await.err(),
            blobs.put(&bench.name(3), upload(&content(PART_BYTES + 1)), LIMIT).await.err(),
            blobs.delete(&name).await.err(),
            blobs.list_document(bench.workspace, bench.document).await.err(),
            blobs.probe().await.err(),
        ];
        for (i, answer) in answers.into_iter().enumerate() {
            let error = answer.unwrap_or_else(|| panic!("question {i} fails"));
            assert!(matches!(error, PlatformError::Blobs { .. }), "question {i}: {error:?}");
            assert_eq!(error.verdict(), FaultVerdict::Retry);
            let told = format!("{error} {error:?} {:?}", error.source().map(ToString::to_string));
            let document = bench.document.to_string();
            for secret in ["127.0.0.1", "exam-key-id", "secret", "no-such-bucket", document.as_str()] {
                assert!(!told.contains(secret), "question {i} tells {secret}: {told}");
            }
        }
    }
    assert_eq!(bench.listed().await.len(), 1, "nothing was written and nothing removed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_without_tls_is_an_error_over_https() {
    let bench = Bench::new(S3Kind::Plain).await;
    let settings = changed(&bench.server, |bucket| {
        bucket.endpoint = bucket.endpoint.as_ref().map(|url| url.replace("http:", "https:"));
        bucket.allow_http = false;
        bucket.patience = PATIENCE;
    });
    assert!(is_store_fault(&blobs(&settings, &bench.world.keys).probe().await));
}
