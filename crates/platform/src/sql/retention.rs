//! Holds, due dates, intents and orphans. Erasure itself is in `erase`.

use super::audit::{self, Entry};
use super::database::Database;
use super::transaction::{Scope, Tx, query};
use super::{erase, row};
use crate::Result;
use crate::port::{
    Actor, Anchor, AuditAction, DueDocument, DueQuery, EraseRequest, EraseStep, Erasure, HoldOutcome, Intent,
    ObjectKind, ObjectName, Receipt, ReceiptId, Residue, Retention, Tombstoned,
};
use crate::sql::from_row::from_row;
use async_trait::async_trait;
use jiff::Timestamp;
use smartexus_domain::{DocumentId, WorkspaceId};

pub(crate) struct SqlRetention(pub(crate) Database);

from_row! {
    struct DueRow {
        id: String,
        state: String,
        anchored_at: i64,
        held: bool,
    }
}

impl DueRow {
    fn due(self) -> Result<DueDocument> {
        Ok(DueDocument {
            document: row::id(&self.id)?,
            state: row::document_state(&self.state)?,
            anchored_at: row::time(self.anchored_at)?,
            held: self.held,
        })
    }
}

impl SqlRetention {
    async fn receipt_exists(tx: &mut Tx, workspace: WorkspaceId, document: DocumentId) -> Result<bool> {
        let (any,): (bool,) =
            query("SELECT EXISTS (SELECT 1 FROM receipts WHERE workspace_id = $1 AND document_id = $2)")
                .bind(workspace.to_string())
                .bind(document.to_string())
                .one(tx)
                .await?;
        Ok(any)
    }

    async fn belongs_to_nothing(tx: &mut Tx, object: &ObjectName) -> Result<bool> {
        let (owned,): (bool,) = query(
            "SELECT EXISTS (SELECT 1 FROM artifacts
                     WHERE workspace_id = $1 AND document_id = $2 AND kind = $3 AND version = $4)
                 OR EXISTS (SELECT 1 FROM documents WHERE workspace_id = $1 AND id = $2 AND $5)
                 OR EXISTS (SELECT 1 FROM intents WHERE workspace_id = $1 AND document_id = $2)
                 OR EXISTS (SELECT 1 FROM jobs
                     WHERE workspace_id = $1 AND document_id = $2 AND state IN ('ready', 'leased'))",
        )
        .bind(object.workspace.to_string())
        .bind(object.document.to_string())
        .bind(object.kind.as_str())
        .bind(row::stored(object.version)?)
        .bind(object.kind == ObjectKind::source() && object.version == 0)
        .one(tx)
        .await?;
        Ok(!owned)
    }
}

#[async_trait]
impl Retention for SqlRetention {
    async fn due(&self, workspace: WorkspaceId, wanted: &DueQuery) -> Result<Vec<DueDocument>> {
        let mut tx = self.0.read(Scope::Workspace(workspace)).await?;
        let rows: Vec<DueRow> = query(
            "SELECT id, state, CASE WHEN $3 THEN received_at ELSE settled_at END AS anchored_at, held
             FROM documents
             WHERE workspace_id = $1 AND retention_class = $2 AND tombstoned_at IS NULL
               AND CASE WHEN $3 THEN received_at ELSE settled_at END <= $4
               AND ($3 OR state NOT IN ('received', 'queued', 'processing'))
               AND ($5 IS NULL OR id > $5)
             ORDER BY id LIMIT $6",
        )
        .bind(workspace.to_string())
        .bind(wanted.class.as_str())
        .bind(wanted.anchor == Anchor::Received)
        .bind(wanted.cutoff.as_millisecond())
        .bind(wanted.after.map(|id| id.to_string()))
        .bind(wanted.limit)
        .all(&mut tx)
        .await?;
        rows.into_iter().map(DueRow::due).collect()
    }

    async fn set_hold(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        held: bool,
        actor: Actor,
    ) -> Result<HoldOutcome> {
        let mut tx = self.0.write(Scope::Workspace(workspace)).await?;
        let found: Option<(bool, bool)> = query(
            "SELECT held, tombstoned_at IS NOT NULL FROM documents WHERE workspace_id = $1 AND id = $2",
        )
        .bind(workspace.to_string())
        .bind(document.to_string())
        .optional(&mut tx)
        .await?;
        match found {
            Some((_, true)) => return Ok(HoldOutcome::Gone),
            Some((was, false)) if was == held => return Ok(HoldOutcome::Unchanged),
            Some(_) => {}
            None if Self::receipt_exists(&mut tx, workspace, document).await? => {
                return Ok(HoldOutcome::Gone);
            }
            None => return Ok(HoldOutcome::Absent),
        }
        query("UPDATE documents SET held = $3 WHERE workspace_id = $1 AND id = $2")
            .bind(workspace.to_string())
            .bind(document.to_string())
            .bind(held)
            .execute(&mut tx)
            .await?;
        let action = if held { AuditAction::HoldPlaced } else { AuditAction::HoldReleased };
        let entry = Entry { actor, action, document: Some(document), job: None, detail: "" };
        audit::append(&mut tx, workspace, entry).await?;
        tx.commit().await?;
        Ok(HoldOutcome::Changed)
    }

    async fn tombstone(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        request: &EraseRequest,
    ) -> Result<Tombstoned> {
        self.0.again(|| erase::tombstone(&self.0, workspace, document, request)).await
    }

    async fn erasures(&self, workspace: WorkspaceId, limit: u32) -> Result<Vec<Erasure>> {
        erase::erasures(&self.0, workspace, limit).await
    }

    async fn advance(&self, workspace: WorkspaceId, document: DocumentId, next: EraseStep) -> Result<()> {
        erase::advance(&self.0, workspace, document, next).await
    }

    async fn erase_rows(&self, workspace: WorkspaceId, document: DocumentId) -> Result<()> {
        self.0.again(|| erase::erase_rows(&self.0, workspace, document)).await
    }

    async fn residue(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Residue> {
        let mut tx = self.0.read(Scope::Workspace(workspace)).await?;
        erase::residue(&mut tx, workspace, document).await
    }

    async fn finish(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Receipt> {
        self.0.again(|| erase::finish(&self.0, workspace, document)).await
    }

    async fn receipt(&self, workspace: WorkspaceId, receipt: ReceiptId) -> Result<Option<Receipt>> {
        erase::receipt(&self.0, workspace, receipt).await
    }

    async fn stale_intents(
        &self,
        workspace: WorkspaceId,
        cutoff: Timestamp,
        limit: u32,
    ) -> Result<Vec<Intent>> {
        let mut tx = self.0.read(Scope::Workspace(workspace)).await?;
        let rows: Vec<(String, i64)> = query(
            "SELECT document_id, created_at FROM intents
             WHERE workspace_id = $1 AND created_at <= $2 ORDER BY created_at, document_id LIMIT $3",
        )
        .bind(workspace.to_string())
        .bind(cutoff.as_millisecond())
        .bind(limit)
        .all(&mut tx)
        .await?;
        rows.iter()
            .map(|(document, at)| Ok(Intent { document: row::id(document)?, created_at: row::time(*at)? }))
            .collect()
    }

    async fn close_intent(&self, workspace: WorkspaceId, document: DocumentId) -> Result<bool> {
        let mut tx = self.0.touch(Scope::Workspace(workspace)).await?;
        let closed = query("UPDATE intents SET closed = TRUE WHERE workspace_id = $1 AND document_id = $2")
            .bind(workspace.to_string())
            .bind(document.to_string())
            .execute(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(closed == 1)
    }

    async fn drop_intent(&self, workspace: WorkspaceId, document: DocumentId) -> Result<()> {
        let mut tx = self.0.touch(Scope::Workspace(workspace)).await?;
        query("DELETE FROM intents WHERE workspace_id = $1 AND document_id = $2")
            .bind(workspace.to_string())
            .bind(document.to_string())
            .execute(&mut tx)
            .await?;
        tx.commit().await
    }

    async fn orphans(&self, workspace: WorkspaceId, objects: &[ObjectName]) -> Result<Vec<ObjectName>> {
        let mut tx = self.0.read(Scope::Workspace(workspace)).await?;
        let mut orphans = Vec::new();
        for object in objects {
            // A name of another workspace is not ours to judge.
            if object.workspace == workspace && Self::belongs_to_nothing(&mut tx, object).await? {
                orphans.push(object.clone());
            }
        }
        Ok(orphans)
    }
}
