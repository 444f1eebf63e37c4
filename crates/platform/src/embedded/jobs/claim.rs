//! Claim, heartbeat, give back.

use crate::embedded::database::Database;
use crate::embedded::row;
use crate::port::{LEASE, Lease, LeaseToken, MAX_LOSSES, PipelineRef, Released};
use crate::{PlatformError, Result};
use smartexus_domain::{DocumentState, StageKind, WorkspaceId};
use sqlx::{Sqlite, Transaction};
use std::collections::HashSet;
use std::time::Duration;

#[derive(sqlx::FromRow)]
struct ClaimRow {
    workspace_id: String,
    id: String,
    document_id: String,
    stage: String,
    run: i64,
    epoch: i64,
    attempts: i64,
    losses: i64,
    priority: i64,
    lease_until: i64,
}

impl ClaimRow {
    fn lease(self, pipeline: PipelineRef) -> Result<Lease> {
        let workspace: WorkspaceId = row::id(&self.workspace_id)?;
        Ok(Lease {
            token: LeaseToken { workspace, job: row::id(&self.id)?, epoch: row::count(self.epoch)? },
            document: row::id(&self.document_id)?,
            stage: row::stage(&self.stage)?,
            run: row::count(self.run)?,
            attempts: row::count(self.attempts)?,
            losses: row::count(self.losses)?,
            priority: row::count(self.priority)?,
            pipeline,
            expires_at: row::time(self.lease_until)?,
        })
    }
}

pub(super) async fn claim(database: &Database, stages: &[StageKind]) -> Result<Option<Lease>> {
    let stages = if stages.is_empty() { &StageKind::ALL[..] } else { stages };
    let stages = serde_json::json!(stages.iter().map(|s| s.as_str()).collect::<Vec<_>>()).to_string();
    // An idle worker looks every second: that must not take the write lock.
    if !anything_to_claim(database, &stages).await? {
        return Ok(None);
    }
    let mut transaction = database.begin().await?;
    let Some(claimed) = take(&mut transaction, database, &stages).await? else { return Ok(None) };
    let pipeline = start_processing(&mut transaction, &claimed).await?;
    let lease = claimed.lease(pipeline)?;
    transaction.commit().await?;
    Ok(Some(lease))
}

/// The conditional update: it finds, checks and takes in one statement.
async fn take(
    transaction: &mut Transaction<'static, Sqlite>,
    database: &Database,
    stages: &str,
) -> Result<Option<ClaimRow>> {
    let now = database.clock.now().as_millisecond();
    Ok(sqlx::query_as(
        "UPDATE jobs
         SET state = 'leased', lease_until = ?1 + ?2, epoch = epoch + 1, losses = losses + (state = 'leased')
         WHERE rowid = (
             SELECT rowid FROM jobs
             WHERE state IN ('ready', 'leased')
               AND ((state = 'ready' AND due_at <= ?1)
                 OR (state = 'leased' AND lease_until <= ?1 AND losses + 1 < ?3))
               AND stage IN (SELECT value FROM json_each(?4))
             ORDER BY priority, due_at, id LIMIT 1)
         RETURNING workspace_id, id, document_id, stage, run, epoch, attempts, losses, priority, lease_until",
    )
    .bind(now)
    .bind(millis(LEASE))
    .bind(MAX_LOSSES)
    .bind(stages)
    .fetch_optional(&mut **transaction)
    .await?)
}

async fn anything_to_claim(database: &Database, stages: &str) -> Result<bool> {
    let (any,): (bool,) = sqlx::query_as(
        "SELECT EXISTS (
             SELECT 1 FROM jobs
             WHERE state IN ('ready', 'leased')
               AND ((state = 'ready' AND due_at <= ?1)
                 OR (state = 'leased' AND lease_until <= ?1 AND losses + 1 < ?2))
               AND stage IN (SELECT value FROM json_each(?3)))",
    )
    .bind(database.clock.now().as_millisecond())
    .bind(MAX_LOSSES)
    .bind(stages)
    .fetch_one(database.reader())
    .await?;
    Ok(any)
}

async fn start_processing(
    transaction: &mut Transaction<'static, Sqlite>,
    claimed: &ClaimRow,
) -> Result<PipelineRef> {
    sqlx::query("UPDATE documents SET state = ?3 WHERE workspace_id = ?1 AND id = ?2 AND state = ?4")
        .bind(&claimed.workspace_id)
        .bind(&claimed.document_id)
        .bind(DocumentState::Processing.as_str())
        .bind(DocumentState::Queued.as_str())
        .execute(&mut **transaction)
        .await?;
    let found: Option<(String, String)> = sqlx::query_as(
        "SELECT pipeline_name, pipeline_version FROM documents
         WHERE workspace_id = ?1 AND id = ?2 AND tombstoned_at IS NULL",
    )
    .bind(&claimed.workspace_id)
    .bind(&claimed.document_id)
    .fetch_optional(&mut **transaction)
    .await?;
    // A tombstone takes its jobs out of the queue in its own transaction, so an open job has a living document.
    let (name, version) = found.ok_or(PlatformError::Inconsistent("job without document"))?;
    Ok(PipelineRef { name, version })
}

pub(super) async fn heartbeat(database: &Database, leases: &[LeaseToken]) -> Result<Vec<LeaseToken>> {
    if leases.is_empty() {
        return Ok(Vec::new());
    }
    let held: Vec<_> = leases.iter().map(|l| (l.workspace.to_string(), l.job.to_string(), l.epoch)).collect();
    let renewed: Vec<(String, String, i64)> = sqlx::query_as(
        "UPDATE jobs SET lease_until = ?1
         WHERE state = 'leased' AND (workspace_id, id, epoch) IN (
             SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]')
             FROM json_each(?2))
         RETURNING workspace_id, id, epoch",
    )
    .bind(database.clock.now().as_millisecond() + millis(LEASE))
    .bind(serde_json::json!(held).to_string())
    .fetch_all(database.writer())
    .await?;
    let renewed: HashSet<(String, String, i64)> = renewed.into_iter().collect();
    let is_lost = |l: &&LeaseToken| {
        !renewed.contains(&(l.workspace.to_string(), l.job.to_string(), i64::from(l.epoch)))
    };
    Ok(leases.iter().filter(is_lost).copied().collect())
}

/// Makes a job ready again without counting anything.
pub(super) async fn give_back(database: &Database, token: LeaseToken, delay: Duration) -> Result<Released> {
    let given = sqlx::query(
        "UPDATE jobs SET state = 'ready', lease_until = NULL,
             due_at = CASE WHEN ?4 = 0 THEN due_at ELSE max(due_at, ?5 + ?4) END
         WHERE workspace_id = ?1 AND id = ?2 AND epoch = ?3 AND state = 'leased'",
    )
    .bind(token.workspace.to_string())
    .bind(token.job.to_string())
    .bind(token.epoch)
    .bind(millis(delay))
    .bind(database.clock.now().as_millisecond())
    .execute(database.writer())
    .await?;
    Ok(if given.rows_affected() == 1 { Released::Ready } else { Released::FencedOut })
}

pub(super) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX / 4).min(i64::MAX / 4)
}
