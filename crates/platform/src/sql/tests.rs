//! PostgreSQL sits the exam, and answers for what only it has: row-level security, and a schema in step.

use super::transaction::{Scope, query};
use crate::exam::{FreshDatabase, Place, QUESTIONS};
use crate::port::{Clock, SystemClock, SystemIds};
use crate::{
    Backends, Durability, PlatformError, PostgresSettings, Result, RowStore, SchemaFault, World,
    create_key_file,
};
use async_trait::async_trait;
use smartexus_domain::WorkspaceId;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, Row as _};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use uuid::Uuid;

/// A database of its own, dropped afterwards.
struct Fresh {
    database: FreshDatabase,
    directory: TempDir,
}

impl Fresh {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        create_key_file(&directory.path().join("key")).unwrap();
        Self { database: FreshDatabase::named(), directory }
    }

    fn settings(&self) -> PostgresSettings {
        self.database.settings(3)
    }

    fn backends(&self) -> Backends {
        let rows = RowStore::Postgres { rows: self.settings(), keys: self.settings() };
        Backends::embedded(self.directory.path(), Durability::Ephemeral).rows(rows)
    }

    async fn make(&self) {
        if !self.database.exists().await {
            self.database.create().await;
            self.backends().migrate().await.unwrap();
        }
    }

    async fn owner(&self) -> PgConnection {
        connect(&self.database.url()).await
    }
}

async fn connect(url: &str) -> PgConnection {
    PgConnectOptions::from_str(url).unwrap().connect().await.expect("PostgreSQL answers on this machine")
}

/// Runs a statement without values; says how many rows it changed.
async fn run(connection: &mut PgConnection, sql: impl Into<String>) -> sqlx::Result<u64> {
    let sql = AssertSqlSafe(sql.into());
    Ok(sqlx::query(sql).persistent(false).execute(connection).await?.rows_affected())
}

struct Server(Fresh);

#[async_trait]
impl Place for Server {
    async fn open(&self, clock: Arc<dyn Clock>) -> Result<World> {
        self.0.make().await;
        self.0.backends().clock(clock).open().await
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
        let text = String::from_utf8_lossy(needle).into_owned();
        let hex: String = needle.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut owner = self.0.owner().await;
        for table in tables(&mut owner).await {
            // PostgreSQL shows bytes as hexadecimal digits.
            let rows = sqlx::query(AssertSqlSafe(format!("SELECT t::text FROM {table} AS t")))
                .fetch_all(&mut owner)
                .await
                .unwrap();
            let shown = |row: &sqlx::postgres::PgRow| row.get::<String, _>(0);
            if rows.iter().map(shown).any(|row| row.contains(&text) || row.contains(&hex)) {
                return true;
            }
        }
        files_contain(self.0.directory.path(), needle)
    }
}

impl Server {
    fn file(&self, workspace: WorkspaceId, path: &str) -> PathBuf {
        self.0.directory.path().join("blobs").join(workspace.to_string()).join(path)
    }
}

fn files_contain(folder: &std::path::Path, needle: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return files_contain(&path, needle);
        }
        std::fs::read(path).unwrap().windows(needle.len()).any(|window| window == needle)
    })
}

/// Every table of ours, with its schema.
async fn tables(owner: &mut PgConnection) -> Vec<String> {
    sqlx::query_scalar(
        "SELECT n.nspname || '.' || c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
         WHERE c.relkind = 'r' AND n.nspname IN ('public', 'smartexus_keys') AND c.relname <> '_sqlx_migrations'
         ORDER BY 1",
    )
    .fetch_all(owner)
    .await
    .unwrap()
}

macro_rules! sit {
    ($($question:ident)*) => {
        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $question() {
            let name = stringify!($question);
            let (_, question) = QUESTIONS.iter().find(|(n, _)| *n == name).unwrap();
            question(&|| Box::new(Server(Fresh::new()))).await;
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

#[tokio::test]
async fn a_database_that_is_not_migrated_is_refused() {
    let fresh = Fresh::new();
    fresh.database.create().await;
    let answer = fresh.backends().open().await;
    assert!(matches!(answer, Err(PlatformError::Schema(SchemaFault::Behind))));
    let migrating = [fresh.backends(), fresh.backends()];
    let [first, second] = &migrating;
    let (first, second) = tokio::join!(first.migrate(), second.migrate());
    first.and(second).expect("two migrations at once take turns");
    fresh.backends().open().await.expect("now it opens");
}

#[tokio::test]
async fn leases_follow_the_clock_of_the_database() {
    let fresh = Fresh::new();
    fresh.make().await;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let ids = Arc::new(SystemIds::new(Arc::clone(&clock)));
    let database = super::open_rows(&fresh.settings(), None, ids).await.unwrap();
    let tx = database.read(Scope::Bare).await.unwrap();
    let apart = tx.now().duration_since(clock.now()).abs();
    assert!(apart < jiff::SignedDuration::from_secs(5), "one machine, one time: {apart}");
    assert!(matches!(database.time, super::database::Time::Database));
}

/// Every table of a workspace, and how a row of it is asked for.
async fn guarded(owner: &mut PgConnection) -> Vec<String> {
    let mut all = tables(owner).await;
    // The exceptions: ids, due times and counters.
    all.retain(|table| table != "public.bells" && table != "public.tenants");
    all
}

#[tokio::test]
async fn every_table_of_a_workspace_is_guarded_and_forced() {
    let fresh = Fresh::new();
    fresh.make().await;
    let mut owner = fresh.owner().await;
    let guarded = guarded(&mut owner).await;
    assert!(guarded.len() >= 14, "{guarded:?}");
    for table in guarded {
        let (enabled, forced, policies): (bool, bool, i64) = sqlx::query_as(
            "SELECT relrowsecurity, relforcerowsecurity,
                 (SELECT count(*) FROM pg_policy WHERE polrelid = c.oid
                      AND polqual IS NOT NULL AND polwithcheck IS NOT NULL AND polcmd = '*')
             FROM pg_class AS c WHERE c.oid = $1::regclass",
        )
        .bind(&table)
        .fetch_one(&mut owner)
        .await
        .unwrap();
        assert!(enabled && forced && policies == 1, "{table}: {enabled} {forced} {policies}");
    }
    let (definers, views): (i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace),
                (SELECT count(*) FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace)",
    )
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert_eq!((definers, views), (0, 0), "nothing that would run as somebody else");
}

#[tokio::test]
async fn a_forgotten_workspace_is_an_error_and_a_foreign_row_is_not_there() {
    use crate::exam;
    let fresh = Server(Fresh::new());
    let world = fresh.open(Arc::new(SystemClock::new())).await.unwrap();
    let [one, other] = [1, 2].map(|n| WorkspaceId::from_uuid(Uuid::from_u128(n)));
    for workspace in [one, other] {
        exam::fill(&world, workspace).await;
    }
    let mut owner = fresh.0.owner().await;
    let guarded = guarded(&mut owner).await;
    run(&mut owner, "SET ROLE smartexus_app").await.unwrap();
    let added_only = [
        "public.audit_events",
        "public.category_corrections",
        "public.document_sources",
        "public.form_mapping_books",
        "public.form_mappings",
    ];
    for table in &guarded {
        let path = if table.starts_with("smartexus_keys") { "smartexus_keys" } else { "public" };
        run(&mut owner, format!("SET search_path TO {path}")).await.unwrap();
        let count = format!("SELECT count(*) FROM {table}");
        let unset = sqlx::query_scalar::<_, i64>(AssertSqlSafe(count.clone())).fetch_one(&mut owner).await;
        assert!(unset.is_err(), "{table}: no workspace is set, and that is an error");

        let mut tx = owner.begin().await.unwrap();
        run(&mut tx, format!("SET LOCAL smartexus.workspace = '{one}'")).await.unwrap();
        let column = if table == "public.workspaces" { "id" } else { "workspace_id" };
        let own: Vec<String> = sqlx::query_scalar(AssertSqlSafe(format!("SELECT {column} FROM {table}")))
            .fetch_all(&mut *tx)
            .await
            .unwrap();
        assert!(own.iter().all(|id| *id == one.to_string()), "{table}: reads foreign rows");
        for change in [
            format!("UPDATE {table} SET {column} = {column} WHERE {column} = '{other}'"),
            format!("DELETE FROM {table} WHERE {column} = '{other}'"),
        ] {
            run(&mut tx, "SAVEPOINT s").await.unwrap();
            match run(&mut tx, change.as_str()).await {
                Ok(changed) => assert_eq!(changed, 0, "{table}: {change}"),
                // The trail cannot be changed at all; what people corrected, what is made from what and a mapping can
                // only be added or erased; a count only goes up.
                Err(_) => {
                    assert!(added_only.contains(&table.as_str()), "{change}");
                    run(&mut tx, "ROLLBACK TO SAVEPOINT s").await.unwrap();
                }
            }
        }
        // A row moved into another workspace is refused by the policy's check.
        let moved = run(&mut tx, format!("UPDATE {table} SET {column} = '{other}'")).await;
        if !own.is_empty() {
            assert!(moved.is_err(), "{table}: a row can be moved away");
        }
        drop(tx);
    }
}

#[tokio::test]
async fn a_privileged_role_is_refused() {
    let fresh = Fresh::new();
    fresh.make().await;
    let mut owner = fresh.owner().await;
    // Whoever owns a table is bound by FORCE only as long as nobody takes it away again: so no owner may connect.
    run(&mut owner, "ALTER TABLE tenants OWNER TO smartexus_app").await.unwrap();
    let answer = fresh.backends().open().await;
    assert!(matches!(answer, Err(PlatformError::Schema(SchemaFault::Privileged))));
}

#[tokio::test]
async fn a_login_that_may_not_become_the_application_is_told_so() {
    let fresh = Fresh::new();
    fresh.make().await;
    let mut owner = fresh.owner().await;
    let login = format!("smx_test_{}_outsider", Uuid::new_v4().simple());
    run(&mut owner, format!("CREATE ROLE {login} LOGIN")).await.unwrap();
    let url = fresh.database.url().replacen("postgres@", &format!("{login}@"), 1);
    let settings = || PostgresSettings::new(crate::Secret::new(url.clone()));
    let rows = RowStore::Postgres { rows: settings(), keys: settings() };
    let answer = fresh.backends().rows(rows).open().await;
    run(&mut owner, format!("DROP ROLE {login}")).await.unwrap();
    assert!(matches!(answer, Err(PlatformError::Schema(SchemaFault::NotGranted))));
}

#[tokio::test]
async fn a_database_that_is_not_there_is_told_apart_from_a_silent_server() {
    let absent = Fresh::new();
    let Err(error) = absent.backends().open().await else { panic!("nothing to open") };
    assert_eq!(error.reason(), Some("there is no database of this name"));
    assert_eq!(error.to_string(), "the database did not answer");
}

type Columns = BTreeMap<String, Vec<(String, bool)>>;

#[tokio::test]
async fn the_schemas_are_in_step() {
    let fresh = Fresh::new();
    fresh.make().await;
    let mut owner = fresh.owner().await;
    for (schema, file) in [("public", "smartexus.db"), ("smartexus_keys", "keys.db")] {
        let postgres = postgres_columns(&mut owner, schema).await;
        let sqlite = sqlite_columns(file).await;
        assert_eq!(postgres.keys().collect::<Vec<_>>(), sqlite.keys().collect::<Vec<_>>());
        for (table, columns) in &postgres {
            assert_eq!(columns, &sqlite[table], "{table}");
        }
    }
}

async fn postgres_columns(owner: &mut PgConnection, schema: &str) -> Columns {
    let rows: Vec<(String, String, bool)> = sqlx::query_as(
        "SELECT table_name::text, column_name::text, is_nullable = 'YES' FROM information_schema.columns
         WHERE table_schema = $1 AND table_name <> '_sqlx_migrations' ORDER BY 1, 2",
    )
    .bind(schema)
    .fetch_all(owner)
    .await
    .unwrap();
    grouped(rows)
}

async fn sqlite_columns(file: &str) -> Columns {
    let folder = tempfile::tempdir().unwrap();
    drop(crate::open_embedded(folder.path(), Durability::Ephemeral).await.unwrap());
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.path().join(file));
    let mut connection = options.connect().await.unwrap();
    let rows: Vec<(String, String, bool)> = sqlx::query_as(
        "SELECT m.name, c.name, c.\"notnull\" = 0 AND c.pk = 0 FROM sqlite_master AS m
         JOIN pragma_table_info(m.name) AS c
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> '_sqlx_migrations' ORDER BY 1, 2",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    connection.close().await.unwrap();
    grouped(rows)
}

fn grouped(rows: Vec<(String, String, bool)>) -> Columns {
    let mut columns = Columns::new();
    for (table, column, nullable) in rows {
        columns.entry(table).or_default().push((column, nullable));
    }
    columns
}

#[tokio::test]
async fn a_lost_race_is_run_again() {
    let fresh = Fresh::new();
    fresh.make().await;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let ids = Arc::new(SystemIds::new(clock));
    let database = super::open_rows(&fresh.settings(), None, ids).await.unwrap();
    let tries = std::sync::atomic::AtomicU32::new(0);
    let answer = database
        .again(|| async {
            let mut tx = database.touch(Scope::Bare).await?;
            if tries.fetch_add(1, std::sync::atomic::Ordering::Relaxed) < 2 {
                query("DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = 'serialization_failure'; END $$")
                    .execute(&mut tx)
                    .await?;
            }
            tx.commit().await
        })
        .await;
    answer.expect("the third try holds");
    assert_eq!(tries.into_inner(), 3);
}

#[tokio::test]
async fn whoever_is_frozen_in_a_transaction_holds_up_nobody_for_longer_than_they_wait() {
    let fresh = Fresh::new();
    fresh.make().await;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let ids = Arc::new(SystemIds::new(Arc::clone(&clock)));
    let world = fresh.backends().open().await.unwrap();
    let workspace = world.ids.workspace().unwrap();
    world.documents.ensure_workspace(workspace).await.unwrap();
    let settings = PostgresSettings { statement_timeout: Duration::from_secs(2), ..fresh.settings() };
    let database = super::open_rows(&settings, None, ids).await.unwrap();
    let frozen = database.write(Scope::Workspace(workspace)).await.unwrap();
    database
        .write(Scope::Workspace(workspace))
        .await
        .expect("the workspace is free again")
        .commit()
        .await
        .unwrap();
    assert!(frozen.commit().await.is_err(), "what was begun before does not count");
}
