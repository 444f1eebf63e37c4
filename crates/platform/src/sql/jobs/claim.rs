//! Claim, heartbeat, give back.

use crate::port::{Lease, LeaseToken, PipelineRef, Released};
use crate::sql::bells::{self, Taken, millis};
use crate::sql::database::Database;
use crate::sql::from_row::from_row;
use crate::sql::row;
use crate::sql::transaction::{Scope, Tx, query};
use crate::{PlatformError, Result};
use smartexus_domain::{DocumentState, StageKind, WorkspaceId};
use std::time::Duration;

/// How often a claimer that met others at the head of the queue looks again before it leaves them alone.
const LOOKS: u32 = 4;

from_row! {
    struct ClaimRow {
        document_id: String,
        stage: String,
        part: String,
        first_page: i64,
        last_page: i64,
        run: i64,
        attempts: i64,
        priority: i64,
        trace: Option<String>,
    }
}

pub(super) async fn claim(database: &Database, stages: &[StageKind]) -> Result<Option<Lease>> {
    let stages = if stages.is_empty() { &StageKind::ALL[..] } else { stages };
    // An idle worker looks every second: that must not take SQLite's write lock.
    if database.looks_first() {
        let mut looking = database.read(Scope::Bare).await?;
        if bells::heads(&mut looking, stages).await?.is_empty() {
            return Ok(None);
        }
    }
    for _ in 0..LOOKS {
        let mut tx = database.touch(Scope::Bare).await?;
        let heads = bells::heads(&mut tx, stages).await?;
        if heads.is_empty() {
            return Ok(None);
        }
        if let Some(taken) = bells::take(&mut tx, &heads).await? {
            let lease = start(&mut tx, &taken).await?;
            tx.commit().await?;
            return Ok(Some(lease));
        }
    }
    Ok(None)
}

/// The job and the document under a bell that was taken.
async fn start(tx: &mut Tx, taken: &Taken) -> Result<Lease> {
    let workspace: WorkspaceId = row::id(&taken.workspace_id)?;
    tx.enter(workspace).await?;
    let found: Option<ClaimRow> = query(
        "UPDATE jobs SET state = 'leased', epoch = $3, losses = $4
         WHERE workspace_id = $1 AND id = $2 AND state IN ('ready', 'leased')
         RETURNING document_id, stage, part, first_page, last_page, run, attempts, priority, trace",
    )
    .bind(&taken.workspace_id)
    .bind(&taken.job_id)
    .bind(taken.epoch)
    .bind(taken.losses)
    .optional(tx)
    .await?;
    // A bell hangs as long as its job is open, and not longer.
    let claimed = found.ok_or(PlatformError::Inconsistent("bell without job"))?;
    let pipeline = start_processing(tx, &taken.workspace_id, &claimed.document_id).await?;
    Ok(Lease {
        token: LeaseToken { workspace, job: row::id(&taken.job_id)?, epoch: row::count(taken.epoch)? },
        document: row::id(&claimed.document_id)?,
        stage: row::stage(&claimed.stage)?,
        part: row::part(&claimed.part, claimed.first_page, claimed.last_page)?,
        run: row::count(claimed.run)?,
        attempts: row::count(claimed.attempts)?,
        losses: row::count(taken.losses)?,
        priority: row::priority(claimed.priority)?,
        trace: row::trace(claimed.trace.as_deref())?,
        pipeline,
        expires_at: row::time(taken.wake_at)?,
    })
}

async fn start_processing(tx: &mut Tx, workspace: &str, document: &str) -> Result<PipelineRef> {
    query("UPDATE documents SET state = $3 WHERE workspace_id = $1 AND id = $2 AND state = $4")
        .bind(workspace)
        .bind(document)
        .bind(DocumentState::Processing.as_str())
        .bind(DocumentState::Queued.as_str())
        .execute(tx)
        .await?;
    let found: Option<(String, String)> = query(
        "SELECT pipeline_name, pipeline_version FROM documents
         WHERE workspace_id = $1 AND id = $2 AND tombstoned_at IS NULL",
    )
    .bind(workspace)
    .bind(document)
    .optional(tx)
    .await?;
    // A tombstone takes down its bells in its own transaction, so an open job has a living document.
    let (name, version) = found.ok_or(PlatformError::Inconsistent("job without document"))?;
    Ok(PipelineRef { name, version })
}

pub(super) async fn heartbeat(database: &Database, leases: &[LeaseToken]) -> Result<Vec<LeaseToken>> {
    if leases.is_empty() {
        return Ok(Vec::new());
    }
    // Always in the same order, so that two processes that beat at once never wait for each other.
    let mut sorted = leases.to_vec();
    sorted.sort_by_key(|token| (token.workspace, token.job));
    let mut tx = database.touch(Scope::Bare).await?;
    let mut lost = Vec::new();
    for token in sorted {
        if !bells::renew(&mut tx, &token).await? {
            lost.push(token);
        }
    }
    tx.commit().await?;
    Ok(lost)
}

/// Makes a job ready again without counting anything.
pub(super) async fn give_back(database: &Database, token: LeaseToken, delay: Duration) -> Result<Released> {
    let mut tx = database.touch(Scope::Workspace(token.workspace)).await?;
    let due_at = tx.now_ms().saturating_add(millis(delay));
    if !bells::hand_back(&mut tx, &token, due_at).await? {
        return Ok(Released::FencedOut);
    }
    query("UPDATE jobs SET state = 'ready', due_at = $3 WHERE workspace_id = $1 AND id = $2")
        .bind(token.workspace.to_string())
        .bind(token.job.to_string())
        .bind(due_at)
        .execute(&mut tx)
        .await?;
    tx.commit().await?;
    Ok(Released::Ready)
}
