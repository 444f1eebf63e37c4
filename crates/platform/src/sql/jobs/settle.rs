//! The end of a run: settle and retry, each one transaction that takes the bell down first.

use super::{Making, insert};
use crate::port::{
    Actor, Artifact, AuditAction, DocumentOutcome, Ids, JobPart, LeaseToken, NextJob, Retried, RetryPlan,
    Ring, Settled, Settlement,
};
use crate::sql::audit::{self, Entry};
use crate::sql::bells::{self, millis};
use crate::sql::database::Database;
use crate::sql::from_row::from_row;
use crate::sql::transaction::{Scope, Tx, query};
use crate::sql::{outbox, row};
use crate::{PlatformError, Result};
use smartexus_domain::{
    DocumentId, DocumentState, FailureCode, JobId, MediaType, PageRange, StageKind, WorkspaceId,
};

from_row! {
    /// A job whose bell this transaction holds.
    pub(super) struct Owned {
        document_id: String,
        stage: String,
        part: String,
        first_page: i64,
        last_page: i64,
        run: i64,
        attempts: i64,
        priority: i64,
        turn: i64,
        trace: Option<String>,
    }
}

impl Owned {
    fn document(&self) -> Result<DocumentId> {
        row::id(&self.document_id)
    }

    fn stage(&self) -> Result<StageKind> {
        row::stage(&self.stage)
    }

    fn part(&self) -> Result<JobPart> {
        row::part(&self.part, self.first_page, self.last_page)
    }

    fn making(&self, workspace: WorkspaceId) -> Result<Making> {
        Ok(Making {
            workspace,
            document: self.document()?,
            run: row::count(self.run)?,
            turn: self.turn,
            trace: row::trace(self.trace.as_deref())?,
        })
    }
}

/// A job that ends in this transaction.
pub(super) struct Ended<'a> {
    pub(super) workspace: WorkspaceId,
    pub(super) job: JobId,
    pub(super) ids: &'a dyn Ids,
    pub(super) owned: &'a Owned,
}

pub(super) async fn settle(
    database: &Database,
    token: LeaseToken,
    settlement: &Settlement,
) -> Result<Settled> {
    let mut tx = database.write(Scope::Workspace(token.workspace)).await?;
    if !bells::take_down(&mut tx, &token).await? {
        return Ok(Settled::FencedOut);
    }
    let owned = count_attempt(&mut tx, &token, settlement.timing_us).await?;
    let ended = Ended { workspace: token.workspace, job: token.job, ids: &*database.ids, owned: &owned };
    let next = ended.settles(&mut tx, &token, settlement).await?;
    tx.commit().await?;
    Ok(Settled::Recorded { next })
}

pub(super) async fn retry(database: &Database, token: LeaseToken, plan: RetryPlan) -> Result<Retried> {
    let mut tx = database.write(Scope::Workspace(token.workspace)).await?;
    let due = tx.now_ms().saturating_add(millis(plan.delay));
    if !bells::hand_back(&mut tx, &token, due).await? {
        return Ok(Retried::FencedOut);
    }
    let owned = count_attempt(&mut tx, &token, plan.timing_us).await?;
    let ended = Ended { workspace: token.workspace, job: token.job, ids: &*database.ids, owned: &owned };
    if owned.attempts >= i64::from(plan.max_attempts) {
        bells::silence_job(&mut tx, token.workspace, token.job).await?;
        ended.dies(&mut tx, plan.failure).await?;
        tx.commit().await?;
        return Ok(Retried::Dead);
    }
    query("UPDATE jobs SET state = 'ready', due_at = $3 WHERE workspace_id = $1 AND id = $2")
        .bind(token.workspace.to_string())
        .bind(token.job.to_string())
        .bind(due)
        .execute(&mut tx)
        .await?;
    ended.log(&mut tx, AuditAction::JobRetried, plan.failure.as_str()).await?;
    let due_at = row::time(due)?;
    tx.commit().await?;
    Ok(Retried::Waits { due_at })
}

/// The bell is ours, so the job must be, and its document must live.
async fn count_attempt(tx: &mut Tx, token: &LeaseToken, timing_us: u64) -> Result<Owned> {
    let found: Option<Owned> = query(
        "UPDATE jobs SET attempts = attempts + 1, timing_us = $4
         WHERE workspace_id = $1 AND id = $2 AND epoch = $3 AND state = 'leased'
         RETURNING document_id, stage, part, first_page, last_page, run, attempts, priority, turn, trace",
    )
    .bind(token.workspace.to_string())
    .bind(token.job.to_string())
    .bind(token.epoch)
    .bind(row::stored(timing_us)?)
    .optional(tx)
    .await?;
    found.ok_or(PlatformError::Inconsistent("bell without job"))
}

impl Ended<'_> {
    async fn settles(&self, tx: &mut Tx, token: &LeaseToken, settlement: &Settlement) -> Result<Vec<Ring>> {
        if let DocumentOutcome::Failed(code) = settlement.outcome {
            // A verdict on the document: nothing that the run made counts.
            self.log(tx, AuditAction::JobSettled, self.owned.stage()?.as_str()).await?;
            return match self.owned.part()? {
                JobPart::Pages(_) => self.dies(tx, code).await,
                JobPart::Whole | JobPart::Gather => {
                    self.finish(tx, "done", Some(code)).await?;
                    self.fail(tx, code).await?;
                    Ok(Vec::new())
                }
            };
        }
        self.finish(tx, "done", None).await?;
        for artifact in &settlement.artifacts {
            self.record_artifact(tx, token, artifact).await?;
        }
        if let Some(media_type) = settlement.media_type {
            self.set_media_type(tx, media_type).await?;
        }
        self.log(tx, AuditAction::JobSettled, self.owned.stage()?.as_str()).await?;
        let mut rings = match self.owned.part()? {
            JobPart::Pages(_) => return self.comes_home(tx).await,
            JobPart::Whole if !settlement.fan_out.is_empty() => self.fan_out(tx, &settlement.fan_out).await?,
            JobPart::Whole | JobPart::Gather => Vec::new(),
        };
        let making = self.owned.making(self.workspace)?;
        for job in &settlement.next {
            rings.extend(insert(tx, self.ids, &making, *job, JobPart::Whole).await?);
        }
        if let DocumentOutcome::Completed(state) = settlement.outcome {
            self.complete(tx, state).await?;
        }
        Ok(rings)
    }

    /// The job will not be tried again. A document loses a part's pages; for anything else it fails.
    pub(super) async fn dies(&self, tx: &mut Tx, code: FailureCode) -> Result<Vec<Ring>> {
        self.finish(tx, "dead", Some(code)).await?;
        self.log(tx, AuditAction::JobDead, code.as_str()).await?;
        match self.owned.part()? {
            JobPart::Pages(_) => self.comes_home(tx).await,
            JobPart::Whole | JobPart::Gather => {
                self.fail(tx, code).await?;
                Ok(Vec::new())
            }
        }
    }

    async fn fan_out(&self, tx: &mut Tx, spans: &[PageRange]) -> Result<Vec<Ring>> {
        let making = self.owned.making(self.workspace)?;
        let job = NextJob { stage: self.owned.stage()?, priority: row::priority(self.owned.priority)? };
        query(
            "INSERT INTO fans (workspace_id, document_id, stage, run, remaining) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(self.workspace.to_string())
        .bind(&self.owned.document_id)
        .bind(&self.owned.stage)
        .bind(self.owned.run)
        .bind(row::stored(spans.len() as u64)?)
        .execute(tx)
        .await?;
        let mut rings = Vec::with_capacity(spans.len());
        for span in spans {
            rings.extend(insert(tx, self.ids, &making, job, JobPart::Pages(*span)).await?);
        }
        Ok(rings)
    }

    /// One part less is out. Its bell was taken down in this transaction, so it is counted once.
    async fn comes_home(&self, tx: &mut Tx) -> Result<Vec<Ring>> {
        let left: Option<(i64,)> = query(
            "UPDATE fans SET remaining = remaining - 1
             WHERE workspace_id = $1 AND document_id = $2 AND stage = $3 AND run = $4 RETURNING remaining",
        )
        .bind(self.workspace.to_string())
        .bind(&self.owned.document_id)
        .bind(&self.owned.stage)
        .bind(self.owned.run)
        .optional(tx)
        .await?;
        let (left,) = left.ok_or(PlatformError::Inconsistent("part without fan"))?;
        if left > 0 {
            return Ok(Vec::new());
        }
        let making = self.owned.making(self.workspace)?;
        let job = NextJob { stage: self.owned.stage()?, priority: row::priority(self.owned.priority)? };
        Ok(insert(tx, self.ids, &making, job, JobPart::Gather).await?.into_iter().collect())
    }

    async fn finish(&self, tx: &mut Tx, state: &'static str, failure: Option<FailureCode>) -> Result<()> {
        query("UPDATE jobs SET state = $3, failure = $4 WHERE workspace_id = $1 AND id = $2")
            .bind(self.workspace.to_string())
            .bind(self.job.to_string())
            .bind(state)
            .bind(failure.map(FailureCode::as_str))
            .execute(tx)
            .await?;
        Ok(())
    }

    async fn record_artifact(&self, tx: &mut Tx, token: &LeaseToken, artifact: &Artifact) -> Result<()> {
        let object = &artifact.object;
        let run: u32 = row::count(self.owned.run)?;
        let version = u64::from(run) << 32 | u64::from(token.epoch);
        let belongs = object.workspace == self.workspace
            && object.document == self.owned.document()?
            && object.version == version
            && artifact.stage == self.owned.stage()?;
        if !belongs {
            return Err(PlatformError::Inconsistent("artifact of another lease"));
        }
        let now = tx.now_ms();
        query(
            "INSERT INTO artifacts (workspace_id, document_id, kind, version, stage, bytes, fingerprint, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(self.workspace.to_string())
        .bind(&self.owned.document_id)
        .bind(object.kind.as_str())
        .bind(row::stored(version)?)
        .bind(artifact.stage.as_str())
        .bind(row::stored(artifact.bytes)?)
        .bind(&artifact.fingerprint.0[..])
        .bind(now)
        .execute(tx)
        .await?;
        Ok(())
    }

    async fn set_media_type(&self, tx: &mut Tx, media_type: MediaType) -> Result<()> {
        query("UPDATE documents SET media_type = $3 WHERE workspace_id = $1 AND id = $2")
            .bind(self.workspace.to_string())
            .bind(&self.owned.document_id)
            .bind(media_type.as_str())
            .execute(tx)
            .await?;
        Ok(())
    }

    async fn complete(&self, tx: &mut Tx, state: DocumentState) -> Result<()> {
        let topic = match state {
            DocumentState::NeedsReview => "document.needs_review",
            DocumentState::Approved => "document.approved",
            DocumentState::Exported => "document.exported",
            DocumentState::Received
            | DocumentState::Queued
            | DocumentState::Processing
            | DocumentState::Failed => return Err(PlatformError::Inconsistent("completed in an open state")),
        };
        self.set_state(tx, state, None).await?;
        self.log(tx, AuditAction::DocumentCompleted, state.as_str()).await?;
        outbox::push(tx, self.workspace, topic, self.owned.document()?).await
    }

    /// Fails the document: state, audit event, outbox row.
    async fn fail(&self, tx: &mut Tx, code: FailureCode) -> Result<()> {
        let document = self.owned.document()?;
        self.set_state(tx, DocumentState::Failed, Some(code)).await?;
        let action = AuditAction::DocumentFailed;
        let actor = Actor::Worker;
        let entry = Entry { actor, action, document: Some(document), job: None, detail: code.as_str() };
        audit::append(tx, self.workspace, entry).await?;
        outbox::push(tx, self.workspace, "document.failed", document).await
    }

    async fn set_state(&self, tx: &mut Tx, state: DocumentState, failure: Option<FailureCode>) -> Result<()> {
        let now = tx.now_ms();
        query(
            "UPDATE documents SET state = $3, failure = $4, settled_at = $5 WHERE workspace_id = $1 AND id = $2",
        )
        .bind(self.workspace.to_string())
        .bind(&self.owned.document_id)
        .bind(state.as_str())
        .bind(failure.map(FailureCode::as_str))
        .bind(now)
        .execute(tx)
        .await?;
        Ok(())
    }

    async fn log(&self, tx: &mut Tx, action: AuditAction, detail: &str) -> Result<()> {
        // A worker that vanished says nothing: then the machinery speaks for it.
        let actor = if detail == FailureCode::WorkerLost.as_str() { Actor::System } else { Actor::Worker };
        let (document, job) = (Some(self.owned.document()?), Some(self.job));
        audit::append(tx, self.workspace, Entry { actor, action, document, job, detail }).await
    }
}
