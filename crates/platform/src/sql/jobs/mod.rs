//! The jobs table: what was done and is to be done. Table of contents, and the rows.

mod claim;
mod dead;
mod reconcile;
mod settle;

use super::bells::{self, NewBell};
use super::database::Database;
use super::row;
use super::transaction::{Scope, Tx, query};
use crate::Result;
use crate::port::{
    Actor, Backlog, DeadJob, Ids, JobPart, JobRecord, Jobs, Lease, LeaseToken, NextJob, Priority, Reconciled,
    Released, Retried, RetryPlan, Revived, Ring, Settled, Settlement, TraceParent,
};
use crate::sql::from_row::from_row;
use async_trait::async_trait;
use smartexus_domain::{DocumentId, JobId, StageKind, WorkspaceId};
use std::time::Duration;

pub(crate) struct SqlJobs(pub(crate) Database);

#[async_trait]
impl Jobs for SqlJobs {
    async fn claim(&self, stages: &[StageKind]) -> Result<Option<Lease>> {
        self.0.again(|| claim::claim(&self.0, stages)).await
    }

    async fn heartbeat(&self, leases: &[LeaseToken]) -> Result<Vec<LeaseToken>> {
        claim::heartbeat(&self.0, leases).await
    }

    async fn settle(&self, token: LeaseToken, settlement: Settlement) -> Result<Settled> {
        self.0.again(|| settle::settle(&self.0, token, &settlement)).await
    }

    async fn retry(&self, token: LeaseToken, plan: RetryPlan) -> Result<Retried> {
        self.0.again(|| settle::retry(&self.0, token, plan)).await
    }

    async fn postpone(&self, token: LeaseToken, delay: Duration) -> Result<Released> {
        self.0.again(|| claim::give_back(&self.0, token, delay)).await
    }

    async fn release(&self, token: LeaseToken) -> Result<Released> {
        self.0.again(|| claim::give_back(&self.0, token, Duration::ZERO)).await
    }

    async fn reconcile(&self, limit: u32) -> Result<Reconciled> {
        reconcile::reconcile(&self.0, limit).await
    }

    async fn dead(&self, workspace: WorkspaceId, after: Option<JobId>, limit: u32) -> Result<Vec<DeadJob>> {
        dead::list(&self.0, workspace, after, limit).await
    }

    async fn revive(&self, workspace: WorkspaceId, job: JobId, actor: Actor) -> Result<Revived> {
        self.0.again(|| dead::revive(&self.0, workspace, job, actor)).await
    }

    async fn drop_dead(&self, workspace: WorkspaceId, job: JobId, actor: Actor) -> Result<bool> {
        self.0.again(|| dead::drop_dead(&self.0, workspace, job, actor)).await
    }

    async fn backlog(&self) -> Result<Backlog> {
        let mut tx = self.0.read(Scope::Bare).await?;
        let ready = row::count(bells::waiting(&mut tx, Backlog::COUNT_MAX).await?)?;
        let oldest = bells::oldest(&mut tx, None).await?;
        let oldest_interactive = bells::oldest(&mut tx, Some(Priority::Interactive)).await?;
        Ok(Backlog { ready, oldest, oldest_interactive })
    }

    async fn of_document(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Vec<JobRecord>> {
        let mut tx = self.0.read(Scope::Workspace(workspace)).await?;
        let rows: Vec<JobRow> = query(
            "SELECT id, document_id, stage, part, first_page, last_page, run, state, failure, attempts, losses,
                 epoch, due_at, created_at, timing_us
             FROM jobs WHERE workspace_id = $1 AND document_id = $2 ORDER BY created_at, id",
        )
        .bind(workspace.to_string())
        .bind(document.to_string())
        .all(&mut tx)
        .await?;
        rows.into_iter().map(|row| row.record()).collect()
    }
}

from_row! {
    struct JobRow {
        id: String,
        document_id: String,
        stage: String,
        part: String,
        first_page: i64,
        last_page: i64,
        run: i64,
        state: String,
        failure: Option<String>,
        attempts: i64,
        losses: i64,
        epoch: i64,
        due_at: i64,
        created_at: i64,
        timing_us: Option<i64>,
    }
}

impl JobRow {
    fn record(&self) -> Result<JobRecord> {
        Ok(JobRecord {
            id: row::id(&self.id)?,
            stage: row::stage(&self.stage)?,
            part: row::part(&self.part, self.first_page, self.last_page)?,
            run: row::count(self.run)?,
            state: row::job_state(&self.state)?,
            failure: self.failure.as_deref().map(row::failure).transpose()?,
            attempts: row::count(self.attempts)?,
            losses: row::count(self.losses)?,
            epoch: row::count(self.epoch)?,
            due_at: row::time(self.due_at)?,
            created_at: row::time(self.created_at)?,
            timing_us: self.timing_us.map(row::count).transpose()?,
        })
    }
}

/// What the jobs of one run of one document have in common.
pub(super) struct Making {
    pub(super) workspace: WorkspaceId,
    pub(super) document: DocumentId,
    pub(super) run: u32,
    pub(super) turn: i64,
    pub(super) trace: Option<TraceParent>,
}

/// Makes a job, ready at once, or makes a stale one ready again. `None` when this part of this stage and run exists
/// already for the document.
pub(super) async fn insert(
    tx: &mut Tx,
    ids: &dyn Ids,
    making: &Making,
    job: NextJob,
    part: JobPart,
) -> Result<Option<Ring>> {
    let (id, now) = (ids.job()?, tx.now_ms());
    let (first_page, last_page) = part.pages().map_or((0, 0), |range| (range.first(), range.last()));
    let made: Option<(String, i64)> = query(
        "INSERT INTO jobs (workspace_id, id, document_id, stage, run, part, first_page, last_page, state, due_at,
             priority, turn, trace, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'ready', $9, $10, $11, $12, $9)
         ON CONFLICT (workspace_id, document_id, stage, run, part, first_page) DO UPDATE
         SET state = 'ready', due_at = $9, attempts = 0, losses = 0, failure = NULL WHERE jobs.state = 'stale'
         RETURNING id, epoch",
    )
    .bind(making.workspace.to_string())
    .bind(id.to_string())
    .bind(making.document.to_string())
    .bind(job.stage.as_str())
    .bind(making.run)
    .bind(part.as_str())
    .bind(first_page)
    .bind(last_page)
    .bind(now)
    .bind(job.priority.rank())
    .bind(making.turn)
    .bind(making.trace.as_ref().map(TraceParent::as_str))
    .optional(tx)
    .await?;
    let Some((id, epoch)) = made else { return Ok(None) };
    let id = row::id(&id)?;
    let (workspace, trace) = (making.workspace, making.trace.clone());
    let (stage, priority, turn) = (job.stage, job.priority, making.turn);
    bells::hang(tx, &NewBell { workspace, job: id, stage, priority, turn }, epoch).await?;
    Ok(Some(Ring { workspace, job: id, stage, priority, trace }))
}

/// The turn of a workspace's next document: one after its last, but not before those that are at work now, so that
/// nobody saves turns up and nobody waits behind all of another's documents (start-time fair queueing).
pub(super) async fn next_turn(tx: &mut Tx, workspace: WorkspaceId, priority: Priority) -> Result<i64> {
    let present = bells::present_turn(tx, priority).await?.unwrap_or(0);
    let (turn,): (i64,) = query(
        "UPDATE workspaces SET turn = CASE WHEN turn + 1 > $2 THEN turn + 1 ELSE $2 END WHERE id = $1
         RETURNING turn",
    )
    .bind(workspace.to_string())
    .bind(present)
    .one(tx)
    .await?;
    Ok(turn)
}

from_row! {
    struct RingRow {
        id: String,
        stage: String,
        priority: i64,
        trace: Option<String>,
    }
}

impl RingRow {
    fn ring(&self, workspace: WorkspaceId) -> Result<Ring> {
        Ok(Ring {
            workspace,
            job: row::id(&self.id)?,
            stage: row::stage(&self.stage)?,
            priority: row::priority(self.priority)?,
            trace: row::trace(self.trace.as_deref())?,
        })
    }
}

/// The oldest job of a document.
pub(super) async fn first_of(
    tx: &mut Tx,
    workspace: WorkspaceId,
    document: DocumentId,
) -> Result<Option<Ring>> {
    let found: Option<RingRow> = query(
        "SELECT id, stage, priority, trace FROM jobs WHERE workspace_id = $1 AND document_id = $2
         ORDER BY created_at, id LIMIT 1",
    )
    .bind(workspace.to_string())
    .bind(document.to_string())
    .optional(tx)
    .await?;
    found.map(|found| found.ring(workspace)).transpose()
}
