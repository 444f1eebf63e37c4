//! What the bell may have missed, and jobs whose workers keep vanishing.

use super::settle::fail;
use crate::Result;
use crate::embedded::audit::{self, Entry};
use crate::embedded::database::Database;
use crate::embedded::row;
use crate::port::{Actor, AuditAction, MAX_LOSSES, Reconciled};
use smartexus_domain::{DocumentId, FailureCode, JobId, WorkspaceId};

pub(super) async fn reconcile(database: &Database, limit: u32) -> Result<Reconciled> {
    let lost = bury_lost(database).await?;
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT workspace_id, id FROM jobs
         WHERE state IN ('ready', 'leased')
           AND ((state = 'ready' AND due_at <= ?1) OR (state = 'leased' AND lease_until <= ?1))
         ORDER BY priority, due_at, id LIMIT ?2",
    )
    .bind(database.clock.now().as_millisecond())
    .bind(limit)
    .fetch_all(database.reader())
    .await?;
    let ring: Result<_> =
        rows.iter().map(|(workspace, job)| Ok((row::id(workspace)?, row::id(job)?))).collect();
    Ok(Reconciled { ring: ring?, lost })
}

async fn bury_lost(database: &Database) -> Result<Vec<(WorkspaceId, JobId)>> {
    let now = database.clock.now();
    // Run every second by every process: it must not take the write lock for nothing.
    let (any,): (bool,) = sqlx::query_as(
        "SELECT EXISTS (SELECT 1 FROM jobs
             WHERE state IN ('ready', 'leased')
               AND state = 'leased' AND lease_until <= ?1 AND losses + 1 >= ?2)",
    )
    .bind(now.as_millisecond())
    .bind(MAX_LOSSES)
    .fetch_one(database.reader())
    .await?;
    if !any {
        return Ok(Vec::new());
    }
    let mut transaction = database.begin().await?;
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "UPDATE jobs SET state = 'dead', lease_until = NULL, losses = losses + 1
         WHERE state = 'leased' AND lease_until <= ?1 AND losses + 1 >= ?2
         RETURNING workspace_id, id, document_id",
    )
    .bind(now.as_millisecond())
    .bind(MAX_LOSSES)
    .fetch_all(&mut *transaction)
    .await?;
    let mut lost = Vec::with_capacity(rows.len());
    for (workspace, job, document) in &rows {
        let workspace: WorkspaceId = row::id(workspace)?;
        let (job, document): (JobId, DocumentId) = (row::id(job)?, row::id(document)?);
        let code = FailureCode::WorkerLost;
        let entry = Entry {
            actor: Actor::System,
            action: AuditAction::JobDead,
            document: Some(document),
            job: Some(job),
            detail: code.as_str(),
        };
        audit::append(&mut transaction, workspace, now, entry).await?;
        fail(&mut transaction, workspace, document, now, code).await?;
        lost.push((workspace, job));
    }
    transaction.commit().await?;
    Ok(lost)
}
