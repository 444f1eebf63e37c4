//! Dead jobs: look, give another chance, or let go.

use super::{JobRow, RingRow};
use crate::Result;
use crate::port::{Actor, AuditAction, DeadJob, Revived};
use crate::sql::audit::{self, Entry};
use crate::sql::bells::{self, NewBell};
use crate::sql::database::Database;
use crate::sql::from_row::from_row;
use crate::sql::row;
use crate::sql::transaction::{Scope, Tx, query};
use smartexus_domain::{DocumentId, DocumentState, JobId, StageKind, WorkspaceId};

pub(super) async fn list(
    database: &Database,
    workspace: WorkspaceId,
    after: Option<JobId>,
    limit: u32,
) -> Result<Vec<DeadJob>> {
    let mut tx = database.read(Scope::Workspace(workspace)).await?;
    let rows: Vec<JobRow> = query(
        "SELECT id, document_id, stage, part, first_page, last_page, run, state, failure, attempts, losses,
             epoch, due_at, created_at, timing_us
         FROM jobs
         WHERE workspace_id = $1 AND state = 'dead' AND ($2 IS NULL OR id > $2)
           AND EXISTS (SELECT 1 FROM documents AS d WHERE d.workspace_id = jobs.workspace_id
                       AND d.id = jobs.document_id AND d.tombstoned_at IS NULL)
         ORDER BY id LIMIT $3",
    )
    .bind(workspace.to_string())
    .bind(after.map(|id| id.to_string()))
    .bind(limit)
    .all(&mut tx)
    .await?;
    rows.iter().map(|row| Ok(DeadJob { job: row.record()?, document: row::id(&row.document_id)? })).collect()
}

pub(super) async fn revive(
    database: &Database,
    workspace: WorkspaceId,
    job: JobId,
    actor: Actor,
) -> Result<Revived> {
    let mut tx = database.write(Scope::Workspace(workspace)).await?;
    let Some(dead) = find(&mut tx, workspace, job).await? else { return Ok(Revived::NotDead) };
    let now = tx.now_ms();
    let revived: Option<(String, String, i64, Option<String>, i64)> = query(
        "UPDATE jobs SET state = 'ready', failure = NULL, attempts = 0, losses = 0, due_at = $3
         WHERE workspace_id = $1 AND id = $2 RETURNING id, stage, priority, trace, turn",
    )
    .bind(workspace.to_string())
    .bind(job.to_string())
    .bind(now)
    .optional(&mut tx)
    .await?;
    let Some((id, stage, priority, trace, turn)) = revived else { return Ok(Revived::NotDead) };
    let ring = RingRow { id, stage, priority, trace }.ring(workspace)?;
    let bell = NewBell { workspace, job, stage: ring.stage, priority: ring.priority, turn };
    bells::hang(&mut tx, &bell, dead.epoch).await?;
    reopen(&mut tx, workspace, &dead).await?;
    log(&mut tx, workspace, &dead, job, actor, AuditAction::JobRevived).await?;
    tx.commit().await?;
    Ok(Revived::Ready(ring))
}

pub(super) async fn drop_dead(
    database: &Database,
    workspace: WorkspaceId,
    job: JobId,
    actor: Actor,
) -> Result<bool> {
    let mut tx = database.write(Scope::Workspace(workspace)).await?;
    let Some(dead) = find(&mut tx, workspace, job).await? else { return Ok(false) };
    query("UPDATE jobs SET state = 'dropped' WHERE workspace_id = $1 AND id = $2")
        .bind(workspace.to_string())
        .bind(job.to_string())
        .execute(&mut tx)
        .await?;
    log(&mut tx, workspace, &dead, job, actor, AuditAction::JobDropped).await?;
    tx.commit().await?;
    Ok(true)
}

from_row! {
    struct DeadRow {
        document_id: String,
        stage: String,
        part: String,
        run: i64,
        epoch: i64,
    }
}

async fn find(tx: &mut Tx, workspace: WorkspaceId, job: JobId) -> Result<Option<DeadRow>> {
    query(
        "SELECT document_id, stage, part, run, epoch FROM jobs
         WHERE workspace_id = $1 AND id = $2 AND state = 'dead'
           AND EXISTS (SELECT 1 FROM documents AS d WHERE d.workspace_id = jobs.workspace_id
                       AND d.id = jobs.document_id AND d.tombstoned_at IS NULL)",
    )
    .bind(workspace.to_string())
    .bind(job.to_string())
    .optional(tx)
    .await
}

/// The document is at work again. When a missing part comes home after all, everything that was made without it is
/// stale and runs again in its order.
async fn reopen(tx: &mut Tx, workspace: WorkspaceId, dead: &DeadRow) -> Result<()> {
    query(
        "UPDATE documents SET state = $3, failure = NULL, settled_at = NULL
         WHERE workspace_id = $1 AND id = $2",
    )
    .bind(workspace.to_string())
    .bind(&dead.document_id)
    .bind(DocumentState::Processing.as_str())
    .execute(tx)
    .await?;
    match dead.part.as_str() {
        "pages" => {}
        _ => return Ok(()),
    }
    query(
        "UPDATE fans SET remaining = remaining + 1
         WHERE workspace_id = $1 AND document_id = $2 AND stage = $3 AND run = $4",
    )
    .bind(workspace.to_string())
    .bind(&dead.document_id)
    .bind(&dead.stage)
    .bind(dead.run)
    .execute(tx)
    .await?;
    const AFTER: &str =
        "workspace_id = $1 AND document_id = $2 AND run = $3 AND (part = 'gather' OR stage <> $4)";
    for statement in [
        format!(
            "DELETE FROM bells WHERE workspace_id = $1 AND job_id IN (SELECT id FROM jobs WHERE {AFTER})"
        ),
        format!("UPDATE jobs SET state = 'stale' WHERE {AFTER}"),
    ] {
        query(statement)
            .bind(workspace.to_string())
            .bind(&dead.document_id)
            .bind(dead.run)
            .bind(&dead.stage)
            .execute(tx)
            .await?;
    }
    // Nor may what it left be shown: a stage that ran before need not run this time. The sweeper takes the objects.
    // The run is the upper half of a version: `Lease::object_version`.
    let stage: StageKind = row::stage(&dead.stage)?;
    query(
        "DELETE FROM artifacts WHERE workspace_id = $1 AND document_id = $2 AND (stage <> $3 OR kind = $4)
           AND version / 4294967296 = $5",
    )
    .bind(workspace.to_string())
    .bind(&dead.document_id)
    .bind(stage.as_str())
    .bind(stage.artifact())
    .bind(dead.run)
    .execute(tx)
    .await?;
    Ok(())
}

async fn log(
    tx: &mut Tx,
    workspace: WorkspaceId,
    dead: &DeadRow,
    job: JobId,
    actor: Actor,
    action: AuditAction,
) -> Result<()> {
    let document: DocumentId = row::id(&dead.document_id)?;
    let entry = Entry { actor, action, document: Some(document), job: Some(job), detail: &dead.stage };
    audit::append(tx, workspace, entry).await
}
