//! The outbox table.

use super::database::Database;
use super::row;
use crate::Result;
use crate::port::{Outbox, OutboxRow};
use async_trait::async_trait;
use jiff::Timestamp;
use smartexus_domain::{DocumentId, WorkspaceId};
use sqlx::{Sqlite, Transaction};

/// Writes a row inside the transaction of the effect.
pub(super) async fn push(
    transaction: &mut Transaction<'static, Sqlite>,
    workspace: WorkspaceId,
    now: Timestamp,
    topic: &str,
    document: DocumentId,
) -> Result<()> {
    sqlx::query("INSERT INTO outbox (workspace_id, topic, document_id, at) VALUES (?1, ?2, ?3, ?4)")
        .bind(workspace.to_string())
        .bind(topic)
        .bind(document.to_string())
        .bind(now.as_millisecond())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(super) struct SqliteOutbox(pub(super) Database);

#[async_trait]
impl Outbox for SqliteOutbox {
    async fn unsent(&self, workspace: WorkspaceId, limit: u32) -> Result<Vec<OutboxRow>> {
        let rows: Vec<(i64, String, String, i64)> = sqlx::query_as(
            "SELECT id, topic, document_id, at FROM outbox
             WHERE workspace_id = ?1 AND sent_at IS NULL ORDER BY id LIMIT ?2",
        )
        .bind(workspace.to_string())
        .bind(limit)
        .fetch_all(self.0.reader())
        .await?;
        rows.into_iter()
            .map(|(id, topic, document, at)| {
                Ok(OutboxRow { id, workspace, topic, document: row::id(&document)?, at: row::time(at)? })
            })
            .collect()
    }

    async fn mark_sent(&self, workspace: WorkspaceId, ids: &[i64]) -> Result<()> {
        let ids = serde_json::json!(ids).to_string();
        sqlx::query(
            "UPDATE outbox SET sent_at = ?3
             WHERE workspace_id = ?1 AND sent_at IS NULL AND id IN (SELECT value FROM json_each(?2))",
        )
        .bind(workspace.to_string())
        .bind(ids)
        .bind(self.0.clock.now().as_millisecond())
        .execute(self.0.writer())
        .await?;
        Ok(())
    }
}
