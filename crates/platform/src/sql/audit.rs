//! The audit chain: appended inside the transaction of the effect, verified from the first event.

use super::database::Database;
use super::row;
use super::transaction::{Scope, Tx, query};
use crate::port::{Actor, Audit, AuditAction, AuditEvent, AuditFlaw, AuditReport};
use crate::sql::from_row::from_row;
use crate::{PlatformError, Result};
use async_trait::async_trait;
use sha2::{Digest as _, Sha256};
use smartexus_domain::{DocumentId, JobId, WorkspaceId};

/// An event about to be written.
pub(super) struct Entry<'a> {
    pub(super) actor: Actor,
    pub(super) action: AuditAction,
    pub(super) document: Option<DocumentId>,
    pub(super) job: Option<JobId>,
    /// A code, never free text.
    pub(super) detail: &'a str,
}

/// Appends to the workspace's chain. The transaction holds the workspace, so sequence numbers have no hole.
pub(super) async fn append(tx: &mut Tx, workspace: WorkspaceId, entry: Entry<'_>) -> Result<()> {
    let head: Option<(i64, Vec<u8>)> =
        query("SELECT audit_sequence, audit_head FROM workspaces WHERE id = $1")
            .bind(workspace.to_string())
            .optional(tx)
            .await?;
    let (sequence, head) = head.ok_or(PlatformError::Inconsistent("workspace"))?;
    let stored = Stored {
        sequence: sequence + 1,
        at: tx.now_ms(),
        actor: entry.actor.as_str().to_owned(),
        action: entry.action.as_str().to_owned(),
        document_id: entry.document.map(|id| id.to_string()),
        job_id: entry.job.map(|id| id.to_string()),
        detail: entry.detail.to_owned(),
        hash: Vec::new(),
    };
    let hash = stored.hash_after(workspace, &head);
    query(
        "INSERT INTO audit_events (workspace_id, sequence, at, actor, action, document_id, job_id, detail, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
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
    .execute(tx)
    .await?;
    query("UPDATE workspaces SET audit_sequence = $2, audit_head = $3 WHERE id = $1")
        .bind(workspace.to_string())
        .bind(stored.sequence)
        .bind(&hash[..])
        .execute(tx)
        .await?;
    Ok(())
}

from_row! {
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

pub(crate) struct SqlAudit(pub(crate) Database);

/// Events that are verified at a time: a trail may be longer than memory.
const PAGE: u32 = 1_000;

impl SqlAudit {
    async fn page(tx: &mut Tx, workspace: WorkspaceId, after: i64, limit: u32) -> Result<Vec<Stored>> {
        query(
            "SELECT sequence, at, actor, action, document_id, job_id, detail, hash FROM audit_events
             WHERE workspace_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
        )
        .bind(workspace.to_string())
        .bind(after)
        .bind(limit)
        .all(tx)
        .await
    }
}

#[async_trait]
impl Audit for SqlAudit {
    async fn events(&self, workspace: WorkspaceId, after: u64, limit: u32) -> Result<Vec<AuditEvent>> {
        let mut tx = self.0.read(Scope::Workspace(workspace)).await?;
        let rows = Self::page(&mut tx, workspace, row::stored(after)?, limit).await?;
        rows.into_iter().map(Stored::event).collect()
    }

    async fn verify(&self, workspace: WorkspaceId) -> Result<AuditReport> {
        // One moment, so that an event written meanwhile is in neither or in both of chain and head.
        let mut snapshot = self.0.snapshot(Scope::Workspace(workspace)).await?;
        let head: Option<(i64, Vec<u8>)> =
            query("SELECT audit_sequence, audit_head FROM workspaces WHERE id = $1")
                .bind(workspace.to_string())
                .optional(&mut snapshot)
                .await?;
        let (last, head) = head.unwrap_or((0, vec![0; 32]));
        let mut chain = Chain { workspace, events: 0, hash: vec![0; 32] };
        // Sequence numbers may have been tampered with: below 1 is a flaw too.
        let mut after = i64::MIN;
        loop {
            let page = Self::page(&mut snapshot, workspace, after, PAGE).await?;
            let Some(end) = page.last().map(|stored| stored.sequence) else { break };
            for stored in page {
                if let Some(flaw) = chain.follow(&stored) {
                    let at = u64::try_from(stored.sequence).unwrap_or(0);
                    return Ok(chain.report(Some((at, flaw))));
                }
            }
            after = end;
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
