//! Buckets that keep versions: all of them are found, and all of them go.

use super::{Bench, content};
use crate::PlatformError;
use crate::exam::{S3Kind, S3Server};
use crate::port::{ObjectEntry, ObjectName};
use futures::StreamExt as _;
use object_store::ObjectStoreExt as _;
use smartexus_domain::WorkspaceId;
use uuid::Uuid;

const OLD: &[u8] = b"an-older-version-66c1";

async fn only_entry(bench: &Bench) -> ObjectEntry {
    let mut entries = bench.world.blobs.list_document(bench.workspace, bench.document).await.unwrap();
    assert_eq!(entries.len(), 1, "one key, however many versions");
    entries.remove(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn older_versions_are_listed_and_removed_with_the_newest() {
    let bench = Bench::new(S3Kind::Versioned).await;
    bench.put(1, b"x").await.unwrap();
    let entry = only_entry(&bench).await;
    let sealed = bench.server.stored(bench.workspace, &entry.path);
    // Somebody writes over it, four times: with the current one more versions than two pages hold.
    for _ in 0..4 {
        bench.server.write_over(bench.workspace, &entry.path, OLD);
    }
    let all = only_entry(&bench).await;
    assert_eq!(all.name, Some(bench.name(1)));
    assert_eq!(all.stored_bytes, (sealed.len() + 4 * OLD.len()) as u64, "every version counts");
    assert!(bench.server.contains(&sealed) && bench.server.contains(OLD));
    bench.world.blobs.delete_entry(bench.workspace, &all).await.unwrap();
    assert!(!bench.server.contains(&sealed) && !bench.server.contains(OLD), "no version is left");
    assert!(bench.listed().await.is_empty());
    assert!(matches!(bench.read(1).await, Err(PlatformError::Missing)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_removed_without_its_versions_is_found_and_goes() {
    let bench = Bench::new(S3Kind::Versioned).await;
    bench.put(1, &content(1_000)).await.unwrap();
    let path = only_entry(&bench).await.path;
    let sealed = bench.server.stored(bench.workspace, &path);
    bench.server.hide(bench.workspace, &path);
    bench.server.hide(bench.workspace, &path);
    assert!(matches!(bench.read(1).await, Err(PlatformError::Missing)), "it cannot be read");
    assert!(bench.server.contains(&sealed[..64]), "and is still there");
    assert_eq!(only_entry(&bench).await.stored_bytes, sealed.len() as u64);
    // By its name, as by its entry.
    bench.world.blobs.delete(&bench.name(1)).await.unwrap();
    assert!(!bench.server.contains(&sealed[..64]));
    assert!(bench.listed().await.is_empty(), "marks are gone too");
    bench.world.blobs.delete(&bench.name(1)).await.expect("removing twice is fine");
    assert!(bench.listed().await.is_empty(), "and leaves no mark");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn long_listings_have_every_key_once() {
    for kind in [S3Kind::Plain, S3Kind::Versioned] {
        let bench = Bench::new(kind).await;
        for version in 1..=7 {
            bench.put(version, b"x").await.unwrap();
        }
        if kind == S3Kind::Versioned {
            let path = bench.listed().await.swap_remove(2);
            for _ in 0..3 {
                bench.server.write_over(bench.workspace, &path, OLD);
            }
        }
        let entries: Vec<_> = bench.world.blobs.list(bench.workspace).await.collect().await;
        let names: Vec<ObjectName> =
            entries.into_iter().map(|entry| entry.unwrap().name.expect("a name")).collect();
        let all: Vec<ObjectName> = (1..=7).map(|version| bench.name(version)).collect();
        assert_eq!(names, all);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_uploads_of_many_keys_are_listed_and_removed() {
    let bench = Bench::new(S3Kind::Versioned).await;
    let store = bench.raw();
    for version in 1..=5 {
        let path =
            format!("{}/{}/{}/pages/{version:016x}", S3Server::PREFIX, bench.workspace, bench.document);
        let mut parts = store.put_multipart(&path.into()).await.unwrap();
        parts.put_part(content(100).into()).await.unwrap();
    }
    bench.put(9, b"whole").await.unwrap();
    assert_eq!(bench.server.half_uploads(), 5);
    let entries = bench.world.blobs.list_document(bench.workspace, bench.document).await.unwrap();
    assert_eq!(entries.len(), 6);
    assert_eq!(entries.iter().filter(|entry| entry.name.is_none()).count(), 5);
    bench.clear().await;
    assert_eq!(bench.server.half_uploads(), 0);
    assert!(bench.listed().await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn strange_keys_are_listed_and_removed_and_neighbours_stay() {
    for kind in [S3Kind::Plain, S3Kind::Versioned] {
        let bench = Bench::new(kind).await;
        bench.put(1, b"x").await.unwrap();
        let document = bench.document;
        let inside = ["a b", "a+b", "a&b<c>\"d'", "100%", "é/ü", "x#1", "x?versionId=y", "x#upload=y"];
        for strange in inside {
            bench.server.tamper(bench.workspace, &format!("{document}/{strange}"), Some(vec![1]));
        }
        // Names that begin alike, and another workspace.
        let neighbour = WorkspaceId::from_uuid(Uuid::from_u128(0x10));
        bench.server.tamper(bench.workspace, &format!("{document}0/source/x"), Some(vec![1]));
        bench.server.tamper(neighbour, &format!("{document}/source/x"), Some(vec![1]));
        assert_eq!(bench.listed().await.len(), 1 + inside.len());
        bench.clear().await;
        assert!(bench.listed().await.is_empty());
        assert_eq!(
            bench.world.blobs.list(bench.workspace).await.count().await,
            1,
            "the one that begins alike"
        );
        assert_eq!(bench.world.blobs.list(neighbour).await.count().await, 1, "the other workspace's");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn removal_stays_below_the_workspace() {
    let bench = Bench::new(S3Kind::Plain).await;
    bench.put(1, b"x").await.unwrap();
    let workspace = bench.workspace;
    let other = WorkspaceId::from_uuid(Uuid::from_u128(2));
    let path = only_entry(&bench).await.path;
    for path in [format!("../{workspace}/{path}"), format!("./../{workspace}/{path}"), String::new()] {
        let entry = ObjectEntry { path, ..only_entry(&bench).await };
        assert!(bench.world.blobs.delete_entry(other, &entry).await.is_err());
    }
    bench.read(1).await.expect("it stays");
}
