//! The jobs table: the embedded queue. Table of contents, and the rows.

mod claim;
mod reconcile;
mod settle;

use super::database::Database;
use super::row;
use crate::Result;
use crate::port::{
    JobRecord, Jobs, Lease, LeaseToken, NextJob, Reconciled, Released, Retried, RetryPlan, Settled,
    Settlement,
};
use async_trait::async_trait;
use smartexus_domain::{DocumentId, JobId, StageKind, WorkspaceId};
use sqlx::{Sqlite, Transaction};
use std::time::Duration;

pub(super) struct SqliteJobs(pub(super) Database);

#[async_trait]
impl Jobs for SqliteJobs {
    async fn claim(&self, stages: &[StageKind]) -> Result<Option<Lease>> {
        claim::claim(&self.0, stages).await
    }

    async fn heartbeat(&self, leases: &[LeaseToken]) -> Result<Vec<LeaseToken>> {
        claim::heartbeat(&self.0, leases).await
    }

    async fn settle(&self, token: LeaseToken, settlement: Settlement) -> Result<Settled> {
        settle::settle(&self.0, token, settlement).await
    }

    async fn retry(&self, token: LeaseToken, plan: RetryPlan) -> Result<Retried> {
        settle::retry(&self.0, token, plan).await
    }

    async fn postpone(&self, token: LeaseToken, delay: Duration) -> Result<Released> {
        claim::give_back(&self.0, token, delay).await
    }

    async fn release(&self, token: LeaseToken) -> Result<Released> {
        claim::give_back(&self.0, token, Duration::ZERO).await
    }

    async fn reconcile(&self, limit: u32) -> Result<Reconciled> {
        reconcile::reconcile(&self.0, limit).await
    }

    async fn of_document(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Vec<JobRecord>> {
        let rows: Vec<JobRow> = sqlx::query_as(
            "SELECT id, stage, run, state, attempts, losses, epoch, due_at, created_at, timing_us FROM jobs
             WHERE workspace_id = ?1 AND document_id = ?2 ORDER BY created_at, id",
        )
        .bind(workspace.to_string())
        .bind(document.to_string())
        .fetch_all(self.0.reader())
        .await?;
        rows.into_iter().map(JobRow::record).collect()
    }
}

#[derive(sqlx::FromRow)]
struct JobRow {
    id: String,
    stage: String,
    run: i64,
    state: String,
    attempts: i64,
    losses: i64,
    epoch: i64,
    due_at: i64,
    created_at: i64,
    timing_us: Option<i64>,
}

impl JobRow {
    fn record(self) -> Result<JobRecord> {
        Ok(JobRecord {
            id: row::id(&self.id)?,
            stage: row::stage(&self.stage)?,
            run: row::count(self.run)?,
            state: row::job_state(&self.state)?,
            attempts: row::count(self.attempts)?,
            losses: row::count(self.losses)?,
            epoch: row::count(self.epoch)?,
            due_at: row::time(self.due_at)?,
            created_at: row::time(self.created_at)?,
            timing_us: self.timing_us.map(row::count).transpose()?,
        })
    }
}

/// Makes a job, ready at once. `None` when this stage and run exist already for the document.
pub(super) async fn insert(
    transaction: &mut Transaction<'static, Sqlite>,
    database: &Database,
    workspace: WorkspaceId,
    document: DocumentId,
    job: NextJob,
    run: u32,
) -> Result<Option<JobId>> {
    let id = database.ids.job()?;
    let made = sqlx::query(
        "INSERT INTO jobs (workspace_id, id, document_id, stage, run, state, due_at, priority, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, 'ready', ?6, ?7, ?6)
         ON CONFLICT (workspace_id, document_id, stage, run) DO NOTHING",
    )
    .bind(workspace.to_string())
    .bind(id.to_string())
    .bind(document.to_string())
    .bind(job.stage.as_str())
    .bind(run)
    .bind(database.clock.now().as_millisecond())
    .bind(job.priority)
    .execute(&mut **transaction)
    .await?;
    Ok((made.rows_affected() == 1).then_some(id))
}

/// The oldest job of a document.
pub(super) async fn first_of(
    transaction: &mut Transaction<'static, Sqlite>,
    workspace: WorkspaceId,
    document: DocumentId,
) -> Result<Option<JobId>> {
    let found: Option<(String,)> = sqlx::query_as(
        "SELECT id FROM jobs WHERE workspace_id = ?1 AND document_id = ?2 ORDER BY created_at, id LIMIT 1",
    )
    .bind(workspace.to_string())
    .bind(document.to_string())
    .fetch_optional(&mut **transaction)
    .await?;
    found.map(|(id,)| row::id(&id)).transpose()
}
