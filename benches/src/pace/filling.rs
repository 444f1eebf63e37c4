//! A database that has been at work for long: settled documents with everything that each of them leaves behind.

use super::rows::Rows;
use super::site::Site;
use std::process::Command;

/// One instant for all of them; nothing that is measured looks at it.
const AT_MS: u64 = 1_700_000_000_000;

/// Writes `documents` settled documents with one finished job each, straight into the tables of the one workspace:
/// through the door it would take hours. The hashes of these audit events are chance, so the trail cannot be verified
/// afterwards; nobody who is measured reads it.
pub(crate) async fn fill(site: &Site, documents: usize) -> anyhow::Result<()> {
    let rows = site.rows();
    let workspace = site.installation().workspace().to_string();
    let told = rows.number("SELECT max(audit_sequence) FROM workspaces").await?;
    let dialect = Dialect::of(rows);
    if matches!(rows, Rows::Sqlite(_)) {
        let keys = site.installation().data().join("keys.db");
        rows.run(&format!("ATTACH DATABASE '{}' AS smartexus_keys", keys.display())).await?;
    }
    rows.run(dialect.hurry()).await?;
    for statement in dialect.statements(&workspace, documents, told) {
        rows.run(&statement).await?;
    }
    rows.run(dialect.care()).await?;
    let events = told + i64::try_from(documents * 3)?;
    rows.run(&format!("UPDATE workspaces SET audit_sequence = {events}")).await?;
    if matches!(rows, Rows::Sqlite(_)) {
        rows.run("DETACH DATABASE smartexus_keys").await?;
    }
    rows.rest().await?;
    // Now, and not while somebody is measured.
    Command::new("sync").status()?;
    Ok(())
}

/// How the two databases differ in what is needed here.
enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    const fn of(rows: &Rows) -> Self {
        match rows {
            Rows::Sqlite(_) => Self::Sqlite,
            Rows::Postgres(_) => Self::Postgres,
        }
    }

    /// For this connection alone: what is written here is right and can be written again.
    const fn hurry(&self) -> &'static str {
        match self {
            Self::Sqlite => {
                "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -400000"
            }
            Self::Postgres => "SET session_replication_role = replica",
        }
    }

    const fn care(&self) -> &'static str {
        match self {
            Self::Sqlite => "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -2000",
            Self::Postgres => "SET session_replication_role = origin",
        }
    }

    /// `n(i)`: the numbers from 1 on.
    fn numbers(&self, count: usize) -> String {
        match self {
            Self::Sqlite => {
                format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})")
            }
            Self::Postgres => format!("WITH n(i) AS (SELECT generate_series(1, {count}::bigint))"),
        }
    }

    /// An id that sorts by its number, before all that are made today.
    fn id(&self, kind: char, number: &str) -> String {
        let digits = match self {
            Self::Sqlite => format!("printf('%012x', {number})"),
            Self::Postgres => format!("lpad(to_hex({number}), 12, '0')"),
        };
        format!("'00000000-0000-7000-{kind}000-' || {digits}")
    }

    const fn chance_32(&self) -> &'static str {
        match self {
            Self::Sqlite => "randomblob(32)",
            Self::Postgres => "sha256(int8send(i))",
        }
    }

    fn zeros(&self, count: usize) -> String {
        match self {
            Self::Sqlite => format!("zeroblob({count})"),
            Self::Postgres => format!("decode(repeat('00', {count}), 'hex')"),
        }
    }

    /// One table after the other, in the order of their references.
    fn statements(&self, workspace: &str, documents: usize, told: i64) -> [String; 6] {
        let (document, job) = (self.id('8', "i"), self.id('9', "i"));
        let (of_event, job_of_event) = (self.id('8', "(i + 2) / 3"), self.id('9', "(i + 2) / 3"));
        let of_row = self.id('8', "(i + 1) / 2");
        let (one, two, three) =
            (self.numbers(documents), self.numbers(documents * 2), self.numbers(documents * 3));
        let (chance, sealed) = (self.chance_32(), self.zeros(160));
        [
            format!(
                "INSERT INTO documents (workspace_id, id, state, pipeline_name, pipeline_version, retention_class,
                     media_type, bytes, fingerprint, metadata, received_at, settled_at)
                 {one} SELECT '{workspace}', {document}, 'approved', 'bank-statement', '1', 'financial-document',
                     'text/csv', 2000, {chance}, {sealed}, {AT_MS} + i, {AT_MS} + i + 500 FROM n"
            ),
            format!(
                "INSERT INTO jobs (workspace_id, id, document_id, stage, run, part, first_page, last_page, state,
                     due_at, epoch, attempts, priority, turn, created_at, timing_us)
                 {one} SELECT '{workspace}', {job}, {document}, 'extract', 0, 'whole', 0, 0, 'done',
                     {AT_MS} + i, 1, 1, 1, 0, {AT_MS} + i, 9000 FROM n"
            ),
            format!(
                "INSERT INTO artifacts (workspace_id, document_id, kind, version, stage, bytes, fingerprint, created_at)
                 {one} SELECT '{workspace}', {document}, 'pages', 1, 'extract', 3000, {chance}, {AT_MS} + i FROM n"
            ),
            format!(
                "INSERT INTO audit_events (workspace_id, sequence, at, actor, action, document_id, job_id, detail, hash)
                 {three} SELECT '{workspace}', {told} + i, {AT_MS} + i, 'worker', 'job_settled', {of_event},
                     {job_of_event}, 'extract', {chance} FROM n"
            ),
            format!(
                "INSERT INTO outbox (workspace_id, topic, document_id, at, sent_at)
                 {two} SELECT '{workspace}', 'document.approved', {of_row}, {AT_MS} + i, {AT_MS} + i + 900 FROM n"
            ),
            format!(
                "INSERT INTO smartexus_keys.document_keys (workspace_id, document_id, key_id, wrapped)
                 {one} SELECT '{workspace}', {document}, {}, {} FROM n",
                self.zeros(16),
                self.zeros(76)
            ),
        ]
    }
}
