//! The outbox table.

use super::database::Database;
use super::row;
use super::transaction::{Scope, Tx, placeholders, query};
use crate::Result;
use crate::port::{Outbox, OutboxRow};
use async_trait::async_trait;
use smartexus_domain::{DocumentId, WorkspaceId};

/// Writes a row inside the transaction of the effect.
pub(super) async fn push(
    tx: &mut Tx,
    workspace: WorkspaceId,
    topic: &'static str,
    document: DocumentId,
) -> Result<()> {
    query("INSERT INTO outbox (workspace_id, topic, document_id, at) VALUES ($1, $2, $3, $4)")
        .bind(workspace.to_string())
        .bind(topic)
        .bind(document.to_string())
        .bind(tx.now_ms())
        .execute(tx)
        .await?;
    Ok(())
}

pub(crate) struct SqlOutbox(pub(crate) Database);

/// Rows that are ticked off by one statement.
const TICKS: usize = 500;

#[async_trait]
impl Outbox for SqlOutbox {
    async fn unsent(&self, workspace: WorkspaceId, limit: u32) -> Result<Vec<OutboxRow>> {
        let mut tx = self.0.read(Scope::Workspace(workspace)).await?;
        let rows: Vec<(i64, String, String, i64)> = query(
            "SELECT id, topic, document_id, at FROM outbox
             WHERE workspace_id = $1 AND sent_at IS NULL ORDER BY id LIMIT $2",
        )
        .bind(workspace.to_string())
        .bind(limit)
        .all(&mut tx)
        .await?;
        rows.into_iter()
            .map(|(id, topic, document, at)| {
                Ok(OutboxRow { id, workspace, topic, document: row::id(&document)?, at: row::time(at)? })
            })
            .collect()
    }

    async fn mark_sent(&self, workspace: WorkspaceId, ids: &[i64]) -> Result<()> {
        let mut tx = self.0.touch(Scope::Workspace(workspace)).await?;
        for ids in ids.chunks(TICKS) {
            let now = tx.now_ms();
            let list = placeholders(3, ids.len());
            query(format!(
                "UPDATE outbox SET sent_at = $2 WHERE workspace_id = $1 AND sent_at IS NULL AND id IN ({list})"
            ))
            .bind(workspace.to_string())
            .bind(now)
            .bind_all(ids.iter().copied())
            .execute(&mut tx)
            .await?;
        }
        tx.commit().await
    }
}
