//! The end of a run: settle and retry, each one transaction that checks the epoch.

use super::claim::millis;
use crate::embedded::audit::{self, Entry};
use crate::embedded::database::Database;
use crate::embedded::{outbox, row};
use crate::port::{
    Actor, Artifact, AuditAction, DocumentOutcome, LeaseToken, Retried, RetryPlan, Settled, Settlement,
};
use crate::{PlatformError, Result};
use jiff::Timestamp;
use smartexus_domain::{DocumentId, DocumentState, FailureCode, StageKind, WorkspaceId};
use sqlx::{Sqlite, Transaction};

/// The job that a token still owns.
struct Owned {
    document: DocumentId,
    stage: StageKind,
    run: u32,
    attempts: u32,
}

pub(super) async fn settle(
    database: &Database,
    token: LeaseToken,
    settlement: Settlement,
) -> Result<Settled> {
    let now = database.clock.now();
    let mut transaction = database.begin().await?;
    let Some(owned) = end_run(&mut transaction, token, settlement.timing_us).await? else {
        return Ok(Settled::FencedOut);
    };
    finish_job(&mut transaction, token, "done").await?;
    for artifact in &settlement.artifacts {
        record_artifact(&mut transaction, token, &owned, artifact, now).await?;
    }
    if let Some(media_type) = settlement.media_type {
        sqlx::query("UPDATE documents SET media_type = ?3 WHERE workspace_id = ?1 AND id = ?2")
            .bind(token.workspace.to_string())
            .bind(owned.document.to_string())
            .bind(media_type.as_str())
            .execute(&mut *transaction)
            .await?;
    }
    log(&mut transaction, token, &owned, now, AuditAction::JobSettled, owned.stage.as_str()).await?;
    let mut next = Vec::new();
    for job in settlement.next {
        let made = super::insert(&mut transaction, database, token.workspace, owned.document, job, owned.run)
            .await?;
        next.extend(made);
    }
    apply_outcome(&mut transaction, token, &owned, now, settlement.outcome).await?;
    transaction.commit().await?;
    Ok(Settled::Recorded { next })
}

pub(super) async fn retry(database: &Database, token: LeaseToken, plan: RetryPlan) -> Result<Retried> {
    let now = database.clock.now();
    let mut transaction = database.begin().await?;
    let Some(owned) = end_run(&mut transaction, token, plan.timing_us).await? else {
        return Ok(Retried::FencedOut);
    };
    let code = plan.failure.as_str();
    if owned.attempts >= plan.max_attempts {
        finish_job(&mut transaction, token, "dead").await?;
        log(&mut transaction, token, &owned, now, AuditAction::JobDead, code).await?;
        fail(&mut transaction, token.workspace, owned.document, now, plan.failure).await?;
        transaction.commit().await?;
        return Ok(Retried::Dead);
    }
    let due = now.as_millisecond().saturating_add(millis(plan.delay));
    let due_at = row::time(due)?;
    sqlx::query(
        "UPDATE jobs SET state = 'ready', lease_until = NULL, due_at = ?3 WHERE workspace_id = ?1 AND id = ?2",
    )
    .bind(token.workspace.to_string())
    .bind(token.job.to_string())
    .bind(due)
    .execute(&mut *transaction)
    .await?;
    log(&mut transaction, token, &owned, now, AuditAction::JobRetried, code).await?;
    transaction.commit().await?;
    Ok(Retried::Waits { due_at })
}

/// The fence: counts the attempt if, and only if, the token still owns the job and its document lives.
async fn end_run(
    transaction: &mut Transaction<'static, Sqlite>,
    token: LeaseToken,
    timing_us: u64,
) -> Result<Option<Owned>> {
    let found: Option<(String, String, i64, i64)> = sqlx::query_as(
        "UPDATE jobs SET attempts = attempts + 1, timing_us = ?4
         WHERE workspace_id = ?1 AND id = ?2 AND epoch = ?3 AND state = 'leased'
           AND EXISTS (SELECT 1 FROM documents AS d
                       WHERE d.workspace_id = ?1 AND d.id = jobs.document_id AND d.tombstoned_at IS NULL)
         RETURNING document_id, stage, run, attempts",
    )
    .bind(token.workspace.to_string())
    .bind(token.job.to_string())
    .bind(token.epoch)
    .bind(row::stored(timing_us)?)
    .fetch_optional(&mut **transaction)
    .await?;
    let Some((document, stage, run, attempts)) = found else { return Ok(None) };
    Ok(Some(Owned {
        document: row::id(&document)?,
        stage: row::stage(&stage)?,
        run: row::count(run)?,
        attempts: row::count(attempts)?,
    }))
}

async fn finish_job(
    transaction: &mut Transaction<'static, Sqlite>,
    token: LeaseToken,
    state: &'static str,
) -> Result<()> {
    sqlx::query("UPDATE jobs SET state = ?3, lease_until = NULL WHERE workspace_id = ?1 AND id = ?2")
        .bind(token.workspace.to_string())
        .bind(token.job.to_string())
        .bind(state)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

async fn record_artifact(
    transaction: &mut Transaction<'static, Sqlite>,
    token: LeaseToken,
    owned: &Owned,
    artifact: &Artifact,
    now: Timestamp,
) -> Result<()> {
    let object = &artifact.object;
    let version = u64::from(owned.run) << 32 | u64::from(token.epoch);
    let belongs = object.workspace == token.workspace
        && object.document == owned.document
        && object.version == version
        && artifact.stage == owned.stage;
    if !belongs {
        return Err(PlatformError::Inconsistent("an artifact of another lease"));
    }
    sqlx::query(
        "INSERT INTO artifacts (workspace_id, document_id, kind, version, stage, bytes, fingerprint, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )
    .bind(object.workspace.to_string())
    .bind(object.document.to_string())
    .bind(object.kind.as_str())
    .bind(row::stored(object.version)?)
    .bind(artifact.stage.as_str())
    .bind(row::stored(artifact.bytes)?)
    .bind(&artifact.fingerprint.0[..])
    .bind(now.as_millisecond())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn apply_outcome(
    transaction: &mut Transaction<'static, Sqlite>,
    token: LeaseToken,
    owned: &Owned,
    now: Timestamp,
    outcome: DocumentOutcome,
) -> Result<()> {
    let state = match outcome {
        DocumentOutcome::Continues => return Ok(()),
        DocumentOutcome::Failed(code) => {
            return fail(transaction, token.workspace, owned.document, now, code).await;
        }
        DocumentOutcome::Completed(state) => state,
    };
    let topic = match state {
        DocumentState::NeedsReview => "document.needs_review",
        DocumentState::Approved => "document.approved",
        DocumentState::Exported => "document.exported",
        DocumentState::Received
        | DocumentState::Queued
        | DocumentState::Processing
        | DocumentState::Failed => return Err(PlatformError::Inconsistent("completed in an open state")),
    };
    set_state(transaction, token.workspace, owned.document, now, state, None).await?;
    log(transaction, token, owned, now, AuditAction::DocumentCompleted, state.as_str()).await?;
    outbox::push(transaction, token.workspace, now, topic, owned.document).await
}

/// Fails a document: state, audit event, outbox row.
pub(super) async fn fail(
    transaction: &mut Transaction<'static, Sqlite>,
    workspace: WorkspaceId,
    document: DocumentId,
    now: Timestamp,
    code: FailureCode,
) -> Result<()> {
    set_state(transaction, workspace, document, now, DocumentState::Failed, Some(code)).await?;
    let action = AuditAction::DocumentFailed;
    let entry =
        Entry { actor: Actor::Worker, action, document: Some(document), job: None, detail: code.as_str() };
    audit::append(transaction, workspace, now, entry).await?;
    outbox::push(transaction, workspace, now, "document.failed", document).await
}

async fn set_state(
    transaction: &mut Transaction<'static, Sqlite>,
    workspace: WorkspaceId,
    document: DocumentId,
    now: Timestamp,
    state: DocumentState,
    failure: Option<FailureCode>,
) -> Result<()> {
    sqlx::query(
        "UPDATE documents SET state = ?3, failure = ?4, settled_at = ?5 WHERE workspace_id = ?1 AND id = ?2",
    )
    .bind(workspace.to_string())
    .bind(document.to_string())
    .bind(state.as_str())
    .bind(failure.map(FailureCode::as_str))
    .bind(now.as_millisecond())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn log(
    transaction: &mut Transaction<'static, Sqlite>,
    token: LeaseToken,
    owned: &Owned,
    now: Timestamp,
    action: AuditAction,
    detail: &str,
) -> Result<()> {
    let entry =
        Entry { actor: Actor::Worker, action, document: Some(owned.document), job: Some(token.job), detail };
    audit::append(transaction, token.workspace, now, entry).await
}
