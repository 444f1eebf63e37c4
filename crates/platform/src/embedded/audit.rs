//! The audit chain: appended inside the transaction of the effect, verified from the first event.

use super::database::Database;
use super::row;
use crate::port::{Actor, Audit, AuditAction, AuditEvent, AuditFlaw, AuditReport};
use crate::{PlatformError, Result};
use async_trait::async_trait;
use futures::TryStreamExt as _;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use smartexus_domain::{DocumentId, JobId, WorkspaceId};
use sqlx::{Sqlite, Transaction};

/// An event about to be written.
pub(super) struct Entry<'a> {
    pub(super) actor: Actor,
    pub(super) action: AuditAction,
    pub(super) document: Option<DocumentId>,
    pub(super) job: Option<JobId>,
    /// A code, never free text.
    pub(super) detail: &'a str,
}

/// Appends to the workspace's chain. The transaction holds the write lock, so sequence numbers have no hole.
pub(super) async fn append(
    transaction: &mut Transaction<'static, Sqlite>,
    workspace: WorkspaceId,
    now: Timestamp,
    entry: Entry<'_>,
) -> Result<()> {
    let head: Option<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT audit_sequence, audit_head FROM workspaces WHERE id = ?1")
            .bind(workspace.to_string())
            .fetch_optional(&mut **transaction)
            .await?;
    let (sequence, head) = head.ok_or(PlatformError::Inconsistent("workspace"))?;
    let stored = Stored {
        sequence: sequence + 1,
        at: now.as_millisecond(),
        actor: entry.actor.as_str().to_owned(),
        action: entry.action.as_str().to_owned(),
        document_id: entry.document.map(|id| id.to_string()),
        job_id: entry.job.map(|id| id.to_string()),
        detail: entry.detail.to_owned(),
        hash: Vec::new(),
    };
    let hash = stored.hash_after(workspace, &head);
    sqlx::query(
        "INSERT INTO audit_events (workspace_id, sequence, at, actor, action, document_id, job_id, detail, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )
    .bind(workspace.to_string())
    .bind(stored.sequence)
    .bind(stored.at)
    .bind(stored.actor)
    .bind(stored.action)
    .bind(stored.document_id)
    .bind(stored.job_id)
    .bind(stored.detail)
    .bind(&hash[..])
    .execute(&mut **transaction)
    .await?;
    sqlx::query("UPDATE workspaces SET audit_sequence = ?2, audit_head = ?3 WHERE id = ?1")
        .bind(workspace.to_string())
        .bind(stored.sequence)
        .bind(&hash[..])
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Stored {
    sequence: i64,
    at: i64,
    actor: String,
    action: String,
    document_id: Option<String>,
    job_id: Option<String>,
    detail: String,
    hash: Vec<u8>,
}

impl Stored {
    /// SHA-256 over the hash before and every field, each with its length before it.
    fn hash_after(&self, workspace: WorkspaceId, head: &[u8]) -> [u8; 32] {
        let mut hasher = Sha256::new();
        let mut field = |bytes: &[u8]| {
            hasher.update((bytes.len() as u64).to_be_bytes());
            hasher.update(bytes);
        };
        field(b"smartexus/audit/1");
        field(head);
        field(workspace.as_uuid().as_bytes());
        field(&self.sequence.to_be_bytes());
        field(&self.at.to_be_bytes());
        field(self.actor.as_bytes());
        field(self.action.as_bytes());
        field(self.document_id.as_deref().unwrap_or("").as_bytes());
        field(self.job_id.as_deref().unwrap_or("").as_bytes());
        field(self.detail.as_bytes());
        hasher.finalize().into()
    }

    fn event(self) -> Result<AuditEvent> {
        Ok(AuditEvent {
            sequence: row::count(self.sequence)?,
            at: row::time(self.at)?,
            actor: row::actor(&self.actor)?,
            action: row::action(&self.action)?,
            document: self.document_id.as_deref().map(row::id).transpose()?,
            job: self.job_id.as_deref().map(row::id).transpose()?,
            detail: self.detail,
            hash: hex(&self.hash),
        })
    }
}

pub(super) struct SqliteAudit(pub(super) Database);

#[async_trait]
impl Audit for SqliteAudit {
    async fn events(&self, workspace: WorkspaceId, after: u64, limit: u32) -> Result<Vec<AuditEvent>> {
        let rows: Vec<Stored> = sqlx::query_as(
            "SELECT sequence, at, actor, action, document_id, job_id, detail, hash FROM audit_events
             WHERE workspace_id = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3",
        )
        .bind(workspace.to_string())
        .bind(row::stored(after)?)
        .bind(limit)
        .fetch_all(self.0.reader())
        .await?;
        rows.into_iter().map(Stored::event).collect()
    }

    async fn verify(&self, workspace: WorkspaceId) -> Result<AuditReport> {
        // One transaction, so that an event written meanwhile is in neither or in both of chain and head.
        let mut snapshot = self.0.reader().begin().await?;
        let head: Option<(i64, Vec<u8>)> =
            sqlx::query_as("SELECT audit_sequence, audit_head FROM workspaces WHERE id = ?1")
                .bind(workspace.to_string())
                .fetch_optional(&mut *snapshot)
                .await?;
        let (last, head) = head.unwrap_or((0, vec![0; 32]));
        let mut rows = sqlx::query_as::<_, Stored>(
            "SELECT sequence, at, actor, action, document_id, job_id, detail, hash FROM audit_events
             WHERE workspace_id = ?1 ORDER BY sequence",
        )
        .bind(workspace.to_string())
        .fetch(&mut *snapshot);
        let mut chain = Chain { workspace, events: 0, hash: vec![0; 32] };
        while let Some(stored) = rows.try_next().await? {
            if let Some(flaw) = chain.follow(&stored) {
                let at = u64::try_from(stored.sequence).unwrap_or(0);
                return Ok(chain.report(Some((at, flaw))));
            }
        }
        let cut = chain.events != row::count::<u64>(last)? || chain.hash != head;
        let flaw = cut.then(|| (chain.events + 1, AuditFlaw::Tail));
        Ok(chain.report(flaw))
    }
}

struct Chain {
    workspace: WorkspaceId,
    events: u64,
    hash: Vec<u8>,
}

impl Chain {
    fn follow(&mut self, stored: &Stored) -> Option<AuditFlaw> {
        if u64::try_from(stored.sequence).ok() != Some(self.events + 1) {
            return Some(AuditFlaw::Sequence);
        }
        if stored.hash_after(self.workspace, &self.hash)[..] != stored.hash[..] {
            return Some(AuditFlaw::Hash);
        }
        self.events += 1;
        self.hash.clone_from(&stored.hash);
        None
    }

    fn report(self, flaw: Option<(u64, AuditFlaw)>) -> AuditReport {
        AuditReport { events: self.events, head: hex(&self.hash), flaw }
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
