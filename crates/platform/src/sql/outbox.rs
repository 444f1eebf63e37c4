//! The outbox table.

use super::bells::millis;
use super::database::Database;
use super::row;
use super::transaction::{Scope, Tx, placeholders, query};
use crate::Result;
use crate::port::{Outbox, OutboxRow, PENDING_MAX};
use async_trait::async_trait;
use smartexus_domain::{DocumentId, WorkspaceId};
use std::time::Duration;

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

type Stored = (i64, String, String, i64);

fn outbox_row(workspace: WorkspaceId, (id, topic, document, at): Stored) -> Result<OutboxRow> {
    Ok(OutboxRow { id, workspace, topic, document: row::id(&document)?, at: row::time(at)? })
}

#[async_trait]
impl Outbox for SqlOutbox {
    async fn take(&self, workspace: WorkspaceId, limit: u32, hold: Duration) -> Result<Vec<OutboxRow>> {
        // Mostly there is nothing to tell, and finding that out must not take SQLite's one turn to write.
        if self.unsent(workspace, 1).await?.is_empty() {
            return Ok(Vec::new());
        }
        self.0.again(|| self.take_held(workspace, limit, hold)).await
    }

    async fn unsent(&self, workspace: WorkspaceId, limit: u32) -> Result<Vec<OutboxRow>> {
        let mut tx = self.0.read(Scope::Workspace(workspace)).await?;
        let rows: Vec<Stored> = query(
            "SELECT id, topic, document_id, at FROM outbox
             WHERE workspace_id = $1 AND sent_at IS NULL ORDER BY id LIMIT $2",
        )
        .bind(workspace.to_string())
        .bind(limit)
        .all(&mut tx)
        .await?;
        rows.into_iter().map(|stored| outbox_row(workspace, stored)).collect()
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

    async fn pending(&self, workspace: WorkspaceId, for_long: Duration) -> Result<u64> {
        let mut tx = self.0.read(Scope::Workspace(workspace)).await?;
        let (pending,): (i64,) = query(
            "SELECT count(*) FROM (
                 SELECT 1 FROM outbox WHERE workspace_id = $1 AND sent_at IS NULL AND at <= $2 LIMIT $3) AS unsent",
        )
        .bind(workspace.to_string())
        .bind(tx.now_ms().saturating_sub(millis(for_long)))
        .bind(row::stored(PENDING_MAX)?)
        .one(&mut tx)
        .await?;
        row::count(pending)
    }
}

impl SqlOutbox {
    async fn take_held(&self, workspace: WorkspaceId, limit: u32, hold: Duration) -> Result<Vec<OutboxRow>> {
        let mut tx = self.0.touch(Scope::Workspace(workspace)).await?;
        let now = tx.now_ms();
        let until = now.saturating_add(millis(hold));
        // Held for longer than anybody holds: the clock was set back since.
        let free: Vec<Stored> = query(format!(
            "SELECT id, topic, document_id, at FROM outbox
             WHERE workspace_id = $1 AND sent_at IS NULL AND (held_until IS NULL OR held_until <= $2 OR held_until > $3)
             ORDER BY id LIMIT $4{}",
            tx.locking()
        ))
        .bind(workspace.to_string())
        .bind(now)
        .bind(until)
        .bind(limit)
        .all(&mut tx)
        .await?;
        for some in free.chunks(TICKS) {
            let list = placeholders(3, some.len());
            query(format!("UPDATE outbox SET held_until = $2 WHERE workspace_id = $1 AND id IN ({list})"))
                .bind(workspace.to_string())
                .bind(until)
                .bind_all(some.iter().map(|(id, ..)| *id))
                .execute(&mut tx)
                .await?;
        }
        tx.commit().await?;
        free.into_iter().map(|stored| outbox_row(workspace, stored)).collect()
    }
}
