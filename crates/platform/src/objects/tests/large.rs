//! Objects in parts: equal when they come back, and never in memory as a whole.

use super::{Bench, LIMIT, content, is_store_fault};
use crate::exam::{S3Kind, S3Server};
use crate::objects::s3::store_of;
use crate::objects::shelf::Spot;
use crate::objects::sink::{Ending, PART_BYTES, Sink};
use crate::port::Upload;
use bytes::Bytes;
use futures::{StreamExt as _, stream};
use object_store::ObjectStoreExt as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_object_goes_in_equal_parts_and_comes_back_equal() {
    let bench = Bench::new(S3Kind::Versioned).await;
    let truth = content(3 * PART_BYTES + 12_345);
    bench.put(1, &truth).await.unwrap();
    assert_eq!(bench.server.parts(), 4, "three whole parts and a last one");
    assert_eq!(bench.server.half_uploads(), 0);
    assert!(bench.read(1).await.unwrap() == truth);
    bench.put(2, &content(PART_BYTES / 2)).await.unwrap();
    assert_eq!(bench.server.parts(), 4, "a small one goes at once");
}

/// A body that counts what was asked of it.
fn counted(total: usize, piece: usize, given: &Arc<AtomicUsize>) -> Upload<'static> {
    let given = Arc::clone(given);
    let zeros = Bytes::from(vec![0; piece]);
    stream::iter(0..total / piece)
        .map(move |_| {
            given.fetch_add(piece, Ordering::SeqCst);
            Ok(zeros.clone())
        })
        .boxed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_store_slows_the_upload_instead_of_filling_memory() {
    let mut bench = Bench::new(S3Kind::Versioned).await;
    bench.hurry(Duration::from_secs(2));
    bench.server.stall(true);
    let given = Arc::new(AtomicUsize::new(0));
    let piece = 64 * 1024;
    let body = counted(40 * PART_BYTES, piece, &given);
    let answer = bench.world.blobs.put(&bench.name(1), body, u64::MAX).await;
    assert!(is_store_fault(&answer));
    let given = given.load(Ordering::SeqCst);
    assert!(given <= PART_BYTES + 2 * piece, "{given} bytes were taken before the first part was");
}

/// A sink of its own, past the sealing, which is slow when it is not optimized.
fn sink(bench: &Bench, path: &str) -> Sink {
    let store = store_of(&bench.server.bucket(S3Server::HOME));
    Sink::new(Spot { store, path: path.into(), patience: Duration::from_secs(120) }, Vec::new())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn memory_does_not_grow_with_the_object() {
    let bench = Bench::new(S3Kind::Plain).await;
    let zeros = vec![0; 64 * 1024];
    let write = async |path: &str, parts: usize| {
        let mut sink = sink(&bench, path);
        for _ in 0..parts * PART_BYTES / zeros.len() {
            sink.buffer().extend_from_slice(&zeros);
            sink.flush_full().await.unwrap();
        }
        assert_eq!(sink.finish().await.unwrap(), Ending::Written);
    };
    write("warm-up", 2).await;
    let before = peak_kib();
    write("large", 10).await;
    // A reader that takes its time after the first piece.
    let mut body = bench.raw().get(&"large".into()).await.unwrap().into_stream();
    body.next().await.unwrap().unwrap();
    tokio::time::sleep(Duration::from_millis(500)).await;
    // The server is in this process too. Kept as a whole, the larger one would take 64 MiB more than the first to
    // write, and 80 MiB to read.
    let grown_mib = (peak_kib() - before) / 1024;
    assert!(grown_mib < 32, "{grown_mib} MiB more at the peak");
}

/// The most memory that this process ever had.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_upload_takes_back_its_parts() {
    let bench = Bench::new(S3Kind::Versioned).await;
    let first = stream::once(std::future::ready(Ok(Bytes::from(content(PART_BYTES + 100_000)))));
    let body: Upload<'static> = first.chain(stream::pending()).boxed();
    let name = bench.name(1);
    let put = bench.world.blobs.put(&name, body, LIMIT);
    let part_arrives = async {
        while bench.server.parts() == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::select! {
        _ = put => panic!("the body has no end"),
        () = part_arrives => {}
    }
    let taken_back = async {
        while bench.server.half_uploads() > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), taken_back).await.expect("the parts are taken back");
    assert!(bench.listed().await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_at_once_under_one_name_leave_one_whole_object() {
    let bench = Bench::new(S3Kind::Versioned).await;
    let contents = [vec![1; PART_BYTES + 1], vec![2; PART_BYTES + 1]];
    let write = async |content: &[u8]| {
        let mut sink = sink(&bench, "raced");
        sink.buffer().extend_from_slice(content);
        sink.flush_full().await.unwrap();
        sink.finish().await.unwrap()
    };
    let (first, second) = tokio::join!(write(&contents[0]), write(&contents[1]));
    let winner = match (first, second) {
        (Ending::Written, Ending::Taken) => &contents[0],
        (Ending::Taken, Ending::Written) => &contents[1],
        (Ending::Written, Ending::Written) | (Ending::Taken, Ending::Taken) => {
            panic!("one of two is written")
        }
    };
    let stored = bench.raw().get(&"raced".into()).await.unwrap().bytes().await.unwrap();
    assert!(stored == winner[..]);
    assert_eq!(bench.server.half_uploads(), 0);
}
