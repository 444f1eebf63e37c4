//! What the bell may have missed, and jobs whose workers keep vanishing.

use super::settle::{Ended, Owned};
use crate::Result;
use crate::port::{Reconciled, Ring};
use crate::sql::bells;
use crate::sql::database::Database;
use crate::sql::transaction::{Scope, query};
use smartexus_domain::{FailureCode, JobId, WorkspaceId};

pub(super) async fn reconcile(database: &Database, limit: u32) -> Result<Reconciled> {
    let lost = bury_lost(database, limit).await?;
    // Run every second by every process: it must not take the write lock for nothing.
    let mut looking = database.read(Scope::Bare).await?;
    let unheard = bells::unheard(&mut looking, limit).await?;
    drop(looking);
    if unheard.is_empty() {
        return Ok(Reconciled { ring: Vec::new(), lost });
    }
    let mut tx = database.touch(Scope::Bare).await?;
    bells::note_rung(&mut tx, &unheard).await?;
    tx.commit().await?;
    // A job of a newer release's stage is for that release's workers, and keeps no other from its ring.
    let known =
        |ring: Result<Ring>| ring.inspect_err(|error| tracing::warn!(%error, "job not rung for")).ok();
    let ring = unheard.into_iter().map(bells::Unheard::ring).filter_map(known).collect();
    Ok(Reconciled { ring, lost })
}

async fn bury_lost(database: &Database, limit: u32) -> Result<Vec<(WorkspaceId, JobId)>> {
    let mut looking = database.read(Scope::Bare).await?;
    let candidates = bells::lost(&mut looking, limit).await?;
    drop(looking);
    let mut lost = Vec::new();
    for (workspace, job) in candidates {
        match database.again(|| bury(database, workspace, job)).await {
            Ok(true) => lost.push((workspace, job)),
            Ok(false) => {}
            // Its turn comes again; it must not keep all others from theirs.
            Err(error) => tracing::error!(%job, %error, "lost job not given up"),
        }
    }
    Ok(lost)
}

async fn bury(database: &Database, workspace: WorkspaceId, job: JobId) -> Result<bool> {
    let mut tx = database.write(Scope::Workspace(workspace)).await?;
    if !bells::bury(&mut tx, workspace, job).await? {
        return Ok(false);
    }
    let found: Option<Owned> = query(
        "UPDATE jobs SET losses = losses + 1 WHERE workspace_id = $1 AND id = $2
         RETURNING document_id, stage, part, first_page, last_page, run, attempts, priority, turn, trace",
    )
    .bind(workspace.to_string())
    .bind(job.to_string())
    .optional(&mut tx)
    .await?;
    let owned = found.ok_or(crate::PlatformError::Inconsistent("bell without job"))?;
    let ended = Ended { workspace, job, ids: &*database.ids, owned: &owned };
    ended.dies(&mut tx, FailureCode::WorkerLost).await?;
    // The reconciler that runs this rings for what follows in its next round.
    tx.commit().await?;
    Ok(true)
}
