//! The embedded backends sit the exam, and answer for what only they have: files, locks, a second process.

use crate::exam::{Place, QUESTIONS};
use crate::port::{AuditFlaw, Clock};
use crate::{Backends, Durability, open_embedded};
use crate::{KeyFault, PlatformError, Result, Submission, World};
use async_trait::async_trait;
use bytes::Bytes;
use futures::StreamExt as _;
use smartexus_domain::WorkspaceId;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;
use uuid::Uuid;

struct Directory(TempDir);

#[async_trait]
impl Place for Directory {
    async fn open(&self, clock: Arc<dyn Clock>) -> Result<World> {
        Backends::embedded(self.0.path(), Durability::Ephemeral).clock(clock).open().await
    }

    async fn tamper(&self, workspace: WorkspaceId, path: &str, content: Option<Vec<u8>>) {
        let file = self.file(workspace, path);
        match content {
            Some(content) => std::fs::write(file, content).unwrap(),
            None => std::fs::remove_file(file).unwrap(),
        }
    }

    async fn stored(&self, workspace: WorkspaceId, path: &str) -> Vec<u8> {
        std::fs::read(self.file(workspace, path)).unwrap()
    }

    async fn contains(&self, needle: &[u8]) -> bool {
        files(self.0.path()).iter().any(|file| {
            let content = std::fs::read(file).unwrap();
            content.windows(needle.len()).any(|window| window == needle)
        })
    }
}

impl Directory {
    fn file(&self, workspace: WorkspaceId, path: &str) -> PathBuf {
        self.0.path().join("blobs").join(workspace.to_string()).join(path)
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

macro_rules! sit {
    ($($question:ident)*) => {
        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $question() {
            let name = stringify!($question);
            let (_, question) = QUESTIONS.iter().find(|(n, _)| *n == name).unwrap();
            question(&|| Box::new(Directory(tempfile::tempdir().unwrap()))).await;
        })*

        #[test]
        fn no_question_is_left_out() {
            let asked = [$(stringify!($question)),*];
            let all: Vec<&str> = QUESTIONS.iter().map(|(name, _)| *name).collect();
            assert_eq!(asked[..], all[..]);
        }
    };
}

sit! {
    accept_keeps_what_it_took
    equal_submissions_are_one_document
    racing_equal_submissions_are_one_document
    a_broken_upload_leaves_nothing
    an_intent_outlives_a_crash
    a_closed_intent_cannot_commit
    workspaces_do_not_see_each_other
    listing_pages_without_gap_or_repeat
    one_job_has_one_owner
    claims_follow_priority_and_stage
    a_stale_epoch_changes_nothing
    a_settle_counts_once
    a_settle_refuses_foreign_artifacts
    heartbeats_keep_leases_and_name_the_lost
    retries_are_counted_to_the_last
    the_worlds_fault_is_not_counted
    losses_are_counted_to_the_last
    a_leased_job_outlives_a_crash
    a_ring_that_was_lost_is_made_good
    workspaces_take_turns
    parts_are_gathered_exactly_once
    a_part_that_dies_leaves_a_hole
    the_dead_are_listed_revived_and_dropped
    the_bell_wakes_and_misses_nothing
    objects_come_back_equal
    tampered_objects_are_refused
    moved_objects_are_refused
    a_name_is_written_once
    a_probe_leaves_nothing
    nothing_is_stored_in_clear
    orphans_are_told_from_work_in_flight
    erasure_leaves_a_receipt_and_nothing_else
    erasure_resumes_at_every_step
    a_hold_wins
    what_is_made_from_a_document_goes_with_it
    nothing_is_made_from_what_is_not_there
    a_tombstone_stops_work
    due_dates_follow_their_anchor
    every_effect_leaves_an_event
    the_outbox_tells_until_ticked_off
    each_outbox_row_is_told_by_one_at_a_time
    rules_keep_their_order_and_count_their_changes
    corrections_are_added_and_taken_back
    categories_stay_sealed_and_in_their_workspace
    what_was_learned_goes_with_its_document
    mappings_are_kept_sealed_and_in_their_workspace
}

fn workspace() -> WorkspaceId {
    WorkspaceId::from_uuid(Uuid::from_u128(1))
}

async fn accept(world: &World, content: &'static [u8]) {
    let submission = Submission {
        actor: crate::port::Actor::Intake,
        pipeline: crate::port::PipelineRef { name: "p".to_owned(), version: "1".to_owned() },
        retention: "keep".to_owned().try_into().unwrap(),
        media_type: smartexus_domain::MediaType::Unknown,
        file_name: None,
        password: None,
        first: crate::port::NextJob {
            stage: smartexus_domain::StageKind::Extract,
            priority: crate::port::Priority::Interactive,
        },
        trace: None,
        limit_bytes: 1_000,
    };
    let body = futures::stream::once(async move { Ok(Bytes::from_static(content)) }).boxed();
    world.accept(workspace(), submission, body).await.unwrap();
}

#[tokio::test]
async fn the_key_file_is_private_and_a_looser_one_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    drop(open_embedded(&data, Durability::Full).await.unwrap());
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&data), mode(&data.join("key"))), (0o700, 0o600));
    std::fs::set_permissions(data.join("key"), std::fs::Permissions::from_mode(0o644)).unwrap();
    let answer = open_embedded(&data, Durability::Full).await;
    assert!(matches!(answer, Err(PlatformError::Keys(KeyFault::FileReadableByOthers))));
}

#[tokio::test]
async fn a_lost_key_file_is_never_replaced_by_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let world = open_embedded(folder.path(), Durability::Ephemeral).await.unwrap();
    accept(&world, b"x").await;
    drop(world);
    let key = folder.path().join("key");
    let kept = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    let answer = open_embedded(folder.path(), Durability::Ephemeral).await;
    assert!(matches!(answer, Err(PlatformError::Keys(KeyFault::FileMissing))));
    assert!(!key.exists());

    let stranger = tempfile::tempdir().unwrap();
    drop(open_embedded(stranger.path(), Durability::Ephemeral).await.unwrap());
    std::fs::copy(stranger.path().join("key"), &key).unwrap();
    let world = open_embedded(folder.path(), Durability::Ephemeral).await.unwrap();
    let answer = world.keys.fingerprint(workspace(), &[]).await;
    assert!(matches!(answer, Err(PlatformError::Keys(KeyFault::DoesNotUnwrap))));
    drop(world);
    std::fs::write(&key, kept).unwrap();
    let world = open_embedded(folder.path(), Durability::Ephemeral).await.unwrap();
    world.keys.fingerprint(workspace(), &[]).await.unwrap();
}

#[tokio::test]
async fn many_may_open_an_empty_directory_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let opened = (0..6).map(|_| open_embedded(folder.path(), Durability::Ephemeral));
    let worlds: Vec<World> =
        futures::future::join_all(opened).await.into_iter().map(|w| w.unwrap()).collect();
    let mut fingerprints = Vec::new();
    for world in &worlds {
        fingerprints.push(world.keys.fingerprint(workspace(), &[b"x"]).await.unwrap());
    }
    assert!(fingerprints.windows(2).all(|pair| pair[0] == pair[1]), "one key file, one workspace key");
}

/// Changes rows behind the backend's back.
async fn execute(folder: &Path, sql: &'static str) {
    use sqlx::{ConnectOptions as _, Connection as _};
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.join("smartexus.db"));
    let mut connection = options.connect().await.unwrap();
    sqlx::query(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn a_changed_chain_is_found_and_named() {
    let attacks: [(&'static str, u64, AuditFlaw); 6] = [
        ("UPDATE audit_events SET detail = 'x' WHERE sequence = 2", 2, AuditFlaw::Hash),
        ("UPDATE audit_events SET at = at + 1 WHERE sequence = 3", 3, AuditFlaw::Hash),
        ("DELETE FROM audit_events WHERE sequence = 2", 3, AuditFlaw::Sequence),
        ("DELETE FROM audit_events WHERE sequence = 4", 4, AuditFlaw::Tail),
        ("UPDATE audit_events SET sequence = sequence + 10 WHERE sequence >= 3", 13, AuditFlaw::Sequence),
        ("UPDATE audit_events SET document_id = NULL WHERE sequence = 4", 4, AuditFlaw::Hash),
    ];
    for (attack, sequence, flaw) in attacks {
        let folder = tempfile::tempdir().unwrap();
        let world = open_embedded(folder.path(), Durability::Ephemeral).await.unwrap();
        for content in [&b"a"[..], b"b", b"c"] {
            accept(&world, content).await;
        }
        assert_eq!(world.audit.verify(workspace()).await.unwrap().flaw, None);
        execute(folder.path(), attack).await;
        assert_eq!(world.audit.verify(workspace()).await.unwrap().flaw, Some((sequence, flaw)), "{attack}");
    }
}

#[tokio::test]
async fn a_database_of_a_newer_release_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    drop(open_embedded(folder.path(), Durability::Ephemeral).await.unwrap());
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                 VALUES (9999, 'later', TRUE, X'00', 0)";
    execute(folder.path(), newer).await;
    let answer = open_embedded(folder.path(), Durability::Ephemeral).await;
    assert!(matches!(answer, Err(PlatformError::Inconsistent(_))));
}

#[tokio::test]
async fn a_destroyed_key_is_in_no_file_any_more() {
    use sqlx::{ConnectOptions as _, Connection as _};
    let folder = Directory(tempfile::tempdir().unwrap());
    let world = open_embedded(folder.0.path(), Durability::Full).await.unwrap();
    accept(&world, b"x").await;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.0.path().join("keys.db"));
    let mut connection = options.connect().await.unwrap();
    let (document, wrapped): (String, Vec<u8>) =
        sqlx::query_as("SELECT document_id, wrapped FROM document_keys")
            .fetch_one(&mut connection)
            .await
            .unwrap();
    connection.close().await.unwrap();
    assert!(folder.contains(&wrapped).await, "the search sees wrapped keys");
    world.keys.destroy(workspace(), document.parse().unwrap()).await.unwrap();
    assert!(!folder.contains(&wrapped).await, "neither in the file nor in its log");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_destroy_keys_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let first = open_embedded(folder.path(), Durability::Ephemeral).await.unwrap();
    let second = open_embedded(folder.path(), Durability::Ephemeral).await.unwrap();
    let destroy = |world: World| async move {
        for _ in 0..300 {
            let document = world.ids.document().unwrap();
            world.keys.create(workspace(), document).await.unwrap();
            world.keys.destroy(workspace(), document).await.expect("each waits for the other");
        }
    };
    let (one, other) = tokio::join!(tokio::spawn(destroy(first)), tokio::spawn(destroy(second)));
    one.and(other).unwrap();
}
