//! Objects and what may happen to them on a disk.

use super::{MakePlace, Place, Sitting, submission, upload};
use crate::port::{DocumentOutcome, ObjectEntry, ObjectKind, ObjectName};
use crate::{PlatformError, Secret};
use bytes::Bytes;
use futures::StreamExt as _;
use smartexus_domain::{DocumentId, DocumentState, StageKind, WorkspaceId};

const LIMIT: u64 = 64 * 1024 * 1024;

async fn path_of(sitting: &Sitting, document: DocumentId) -> String {
    let entries = sitting.world.blobs.list_document(sitting.workspace, document).await.expect("listed");
    let [entry] = &entries[..] else { panic!("one object was written") };
    assert_eq!(entry.name, Some(ObjectName::source(sitting.workspace, document)));
    entry.path.clone()
}

fn content(len: usize, seed: usize) -> Vec<u8> {
    (0..len).map(|i| ((i * 7 + seed) % 253) as u8).collect()
}

pub(super) async fn objects_come_back_equal(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    // Empty, around a chunk, and above the size from which an object is written in parts.
    for (seed, len) in
        [0, 1, 65_535, 65_536, 65_537, 200_000, 9 * 1024 * 1024 + 5, 17_000_000].into_iter().enumerate()
    {
        let truth = content(len, seed);
        let document = sitting.accept(&truth).await;
        let source = ObjectName::source(sitting.workspace, document);
        let read = sitting.world.read_object(&source, LIMIT).await.expect("readable");
        assert!(read == truth, "{len} bytes come back equal");
        if len > 0 {
            let short = sitting.world.read_object(&source, len as u64 - 1).await;
            assert!(matches!(short, Err(PlatformError::TooLarge { .. })), "a reader's limit holds");
        }
    }
    let document = sitting.accept(b"here").await;
    let name = ObjectName { version: 1, ..ObjectName::source(sitting.workspace, document) };
    assert!(matches!(sitting.world.read_object(&name, LIMIT).await, Err(PlatformError::Missing)));
}

async fn refused(sitting: &Sitting, document: DocumentId, truth: &[u8], what: &str) {
    let name = ObjectName::source(sitting.workspace, document);
    let mut seen = Vec::new();
    let verdict = match sitting.world.blobs.get(&name).await {
        Err(error) => Some(error),
        Ok(mut body) => {
            let mut verdict = None;
            while let Some(piece) = body.next().await {
                match piece {
                    Ok(piece) => seen.extend_from_slice(&piece),
                    Err(error) => verdict = Some(error),
                }
            }
            verdict
        }
    };
    assert!(matches!(verdict, Some(PlatformError::Unverified)), "{what}: refused");
    assert!(truth.starts_with(&seen), "{what}: no byte of an unverified chunk comes out");
}

pub(super) async fn tampered_objects_are_refused(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let truth = content(3 * 65_536, 1);
    let document = sitting.accept(&truth).await;
    let path = path_of(&sitting, document).await;
    let place = &sitting.place;
    let sealed = place.stored(sitting.workspace, &path).await;
    let body = sealed.len() - 3 * (65_536 + 16);
    for at in [0, 4, 5, 6, 22, 54, body - 1, body, body + 70_000, sealed.len() - 1] {
        let mut flipped = sealed.clone();
        flipped[at] ^= 1;
        place.tamper(sitting.workspace, &path, Some(flipped)).await;
        refused(&sitting, document, &truth, "a flipped bit").await;
    }
    for cut in [0, 10, body, body + 65_552, body + 2 * 65_552, sealed.len() - 1] {
        place.tamper(sitting.workspace, &path, Some(sealed[..cut].to_vec())).await;
        refused(&sitting, document, &truth, "a cut").await;
    }
    let mut swapped = sealed.clone();
    let (first, second) = swapped[body..body + 2 * 65_552].split_at_mut(65_552);
    first.swap_with_slice(second);
    place.tamper(sitting.workspace, &path, Some(swapped)).await;
    refused(&sitting, document, &truth, "swapped chunks").await;
    place.tamper(sitting.workspace, &path, Some([&sealed[..], b"more"].concat())).await;
    refused(&sitting, document, &truth, "appended bytes").await;

    place.tamper(sitting.workspace, &path, None).await;
    let name = ObjectName::source(sitting.workspace, document);
    assert!(matches!(sitting.world.read_object(&name, LIMIT).await, Err(PlatformError::Missing)));
    place.tamper(sitting.workspace, &path, Some(sealed)).await;
    assert!(sitting.world.read_object(&name, LIMIT).await.expect("the true bytes open again") == truth);
}

pub(super) async fn moved_objects_are_refused(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (first, second) = (sitting.accept(b"first").await, sitting.accept(b"second").await);
    let stranger = WorkspaceId::from_uuid(uuid::Uuid::from_u128(2));
    let elsewhere = sitting.world.accept(stranger, submission(), upload(b"third")).await.expect("accepted");
    let place = &sitting.place;
    let (to, from) = (path_of(&sitting, first).await, path_of(&sitting, second).await);
    let other = place.stored(sitting.workspace, &from).await;
    place.tamper(sitting.workspace, &to, Some(other)).await;
    refused(&sitting, first, b"first", "another document's object").await;
    let entries = sitting.world.blobs.list_document(stranger, elsewhere.document).await.expect("listed");
    let foreign = place.stored(stranger, &entries[0].path).await;
    place.tamper(sitting.workspace, &to, Some(foreign)).await;
    refused(&sitting, first, b"first", "another workspace's object").await;

    // The same document, another version of the same artifact.
    let lease = sitting.claim().await;
    let kind = ObjectKind::artifact(StageKind::Extract);
    let old =
        sitting.world.put_artifact(&lease, kind.clone(), Bytes::from_static(b"old")).await.expect("written");
    sitting.world.jobs.release(lease.token).await.expect("answered");
    let lease = sitting.claim().await;
    let new = sitting.world.put_artifact(&lease, kind, Bytes::from_static(b"new")).await.expect("written");
    let path = |entries: &[ObjectEntry], name: &ObjectName| {
        entries.iter().find(|e| e.name.as_ref() == Some(name)).expect("listed").path.clone()
    };
    let entries = sitting.world.blobs.list_document(sitting.workspace, lease.document).await.expect("listed");
    let stale = place.stored(sitting.workspace, &path(&entries, &old.object)).await;
    place.tamper(sitting.workspace, &path(&entries, &new.object), Some(stale)).await;
    let read = sitting.world.read_object(&new.object, LIMIT).await;
    assert!(matches!(read, Err(PlatformError::Unverified)), "an older version in a newer one's place");
}

pub(super) async fn a_name_is_written_once(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let world = &sitting.world;
    let document = sitting.accept(b"x").await;
    let kind = ObjectKind::artifact(StageKind::Extract);
    let name = |version| {
        let kind = kind.clone();
        ObjectName { kind, version, ..ObjectName::source(sitting.workspace, document) }
    };
    let truth = content(1_000, 1);
    let first = world.blobs.put(&name(1), upload(&truth), LIMIT).await.expect("written");
    let again = world.blobs.put(&name(1), upload(&truth), LIMIT).await.expect("the same again is fine");
    assert_eq!(first, again);
    // One that is written in parts is refused as well, and so is one in the place of such a one.
    let large = content(9 * 1024 * 1024, 2);
    for other in [content(1_000, 2), content(1_001, 1), content(999, 1), Vec::new(), large.clone()] {
        let refused = world.blobs.put(&name(1), upload(&other), LIMIT).await;
        assert!(matches!(refused, Err(PlatformError::Blobs { .. })), "another content is refused");
    }
    world.blobs.put(&name(2), upload(&large), LIMIT).await.expect("written");
    let refused = world.blobs.put(&name(2), upload(&truth), LIMIT).await;
    assert!(matches!(refused, Err(PlatformError::Blobs { .. })), "another content is refused");
    for (version, stays) in [(1, &truth), (2, &large)] {
        assert!(world.read_object(&name(version), LIMIT).await.expect("readable") == *stays);
    }
    let entries = world.blobs.list_document(sitting.workspace, document).await.expect("listed");
    assert_eq!(entries.len(), 3, "the source, two objects, and nothing of what was refused");
    world.blobs.delete(&name(1)).await.expect("removed");
    world.blobs.put(&name(1), upload(b"new"), LIMIT).await.expect("a free name can be written");
    assert_eq!(world.read_object(&name(1), LIMIT).await.expect("readable"), Bytes::from_static(b"new"));
}

pub(super) async fn a_probe_leaves_nothing(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let (world, other) = (&sitting.world, sitting.reopen().await);
    sitting.accept(b"x").await;
    let probes = [&world.blobs, &other.blobs, &world.blobs].map(|blobs| blobs.probe());
    for answer in futures::future::join_all(probes).await {
        answer.expect("the store does what it is asked");
    }
    assert_eq!(world.blobs.list(sitting.workspace).await.count().await, 1, "the document's object");
    assert!(!sitting.place.contains(&[0xA5; 64]).await, "nothing is left of a probe");
}

async fn in_clear(place: &dyn Place, secrets: &[&[u8]]) -> usize {
    let mut hits = 0;
    for secret in secrets {
        hits += usize::from(place.contains(secret).await);
    }
    hits
}

pub(super) async fn nothing_is_stored_in_clear(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let canary = b"canary-content-7f3a9e11c05d4b62";
    let mut submitted = submission();
    submitted.password = Some(Secret::new("canary-password-5522".to_owned()));
    submitted.file_name = Some("canary-name-9911.pdf".to_owned());
    sitting.world.accept(sitting.workspace, submitted, upload(canary)).await.expect("accepted");
    let lease = sitting.claim().await;
    let kind = ObjectKind::artifact(StageKind::Extract);
    let text = Bytes::from_static(b"canary-artifact-1188");
    let artifact = sitting.world.put_artifact(&lease, kind, text).await.expect("written");
    let mut settled = super::jobs::settlement(DocumentOutcome::Completed(DocumentState::Approved));
    settled.artifacts.push(artifact);
    sitting.world.jobs.settle(lease.token, settled).await.expect("answered");
    use sha2::Digest as _;
    let digest = sha2::Sha256::digest(canary);
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let secrets: [&[u8]; 6] =
        [&canary[..16], b"canary-password", b"canary-name", b"canary-artifact", &digest[..], hex.as_bytes()];
    assert_eq!(in_clear(&*sitting.place, &secrets).await, 0, "no content, name, password or plain digest");
    let id = lease.document.to_string();
    assert!(sitting.place.contains(id.as_bytes()).await, "the search itself works");
}

pub(super) async fn orphans_are_told_from_work_in_flight(make: MakePlace<'_>) {
    let sitting = Sitting::begin(make).await;
    let document = sitting.accept(b"x").await;
    let (world, workspace) = (&sitting.world, sitting.workspace);
    let zombie = sitting.claim().await;
    let kind = ObjectKind::artifact(StageKind::Extract);
    let left = world.put_artifact(&zombie, kind.clone(), Bytes::new()).await.expect("written").object;
    sitting.advance_ms(5_000);
    let lease = sitting.claim().await;
    let kept = world.put_artifact(&lease, kind, Bytes::new()).await.expect("written");
    let foreign = ObjectName { document: world.ids.document().expect("an id"), ..left.clone() };
    let names = [ObjectName::source(workspace, document), left.clone(), kept.object.clone(), foreign.clone()];
    let found = world.retention.orphans(workspace, &names).await.expect("answered");
    assert_eq!(found, std::slice::from_ref(&foreign), "work in flight is left alone");
    let mut settled = super::jobs::settlement(DocumentOutcome::Completed(DocumentState::Approved));
    settled.artifacts.push(kept);
    world.jobs.settle(lease.token, settled).await.expect("answered");
    let found = world.retention.orphans(workspace, &names).await.expect("answered");
    assert_eq!(found, [left.clone(), foreign], "what a lost lease left behind is an orphan");

    // A listing shows names, strange files and their places; each entry can be removed.
    sitting.place.tamper(workspace, &format!("{document}/source/0000000000000000#1"), Some(vec![1])).await;
    sitting.place.tamper(workspace, "stray.txt", Some(vec![1, 2])).await;
    let entries: Vec<_> = world.blobs.list(workspace).await.collect().await;
    let entries: Vec<ObjectEntry> = entries.into_iter().map(|e| e.expect("listed")).collect();
    assert_eq!(entries.len(), 5);
    let strange: Vec<_> = entries.iter().filter(|e| e.name.is_none()).collect();
    assert_eq!(strange.len(), 2, "remains and strangers have no name");
    for entry in &entries {
        world.blobs.delete_entry(workspace, entry).await.expect("removed");
        world.blobs.delete_entry(workspace, entry).await.expect("removing twice is fine");
    }
    assert_eq!(world.blobs.list(workspace).await.count().await, 0);
}
