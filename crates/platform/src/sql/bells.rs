//! The bells table: one row an open job, seen by all workspaces, so it holds ids, due times and counters only.
//!
//! A bell **is** the lease: whoever changes a job first changes its bell, and a bell that is not there, or has another
//! epoch, fences everybody out. Bells are always taken before jobs, so two transactions never wait for each other.

use super::row;
use super::transaction::{Query, Tx, query};
use crate::Result;
use crate::port::{LEASE, LeaseToken, MAX_LOSSES, Priority, Ring};
use crate::sql::from_row::from_row;
use smartexus_domain::{DocumentId, JobId, StageKind, WorkspaceId};
use std::time::Duration;

/// Heads of the queue that are looked at for one claim: as many claimers can meet there and each gets another job.
const HEADS: usize = 8;

/// A bell to be hung.
pub(super) struct NewBell {
    pub(super) workspace: WorkspaceId,
    pub(super) job: JobId,
    pub(super) stage: StageKind,
    pub(super) priority: Priority,
    pub(super) turn: i64,
}

/// Hangs it, due at once. `epoch` goes on where the job's last bell ended: no two leases of a job ever share one.
pub(super) async fn hang(tx: &mut Tx, bell: &NewBell, epoch: i64) -> Result<()> {
    let now = tx.now_ms();
    query(
        "INSERT INTO bells (workspace_id, job_id, stage, priority, turn, epoch, losses, leased, wake_at)
         VALUES ($1, $2, $3, $4, $5, $7, 0, FALSE, $6)",
    )
    .bind(bell.workspace.to_string())
    .bind(bell.job.to_string())
    .bind(bell.stage.as_str())
    .bind(bell.priority.rank())
    .bind(bell.turn)
    .bind(now)
    .bind(epoch)
    .execute(tx)
    .await?;
    Ok(())
}

from_row! {
    /// A bell that was taken.
    pub(super) struct Taken {
        pub(super) workspace_id: String,
        pub(super) job_id: String,
        pub(super) epoch: i64,
        pub(super) losses: i64,
        /// When the lease ends.
        pub(super) wake_at: i64,
    }
}

/// What may be claimed at the head of each stage's queue, best first.
pub(super) async fn heads(tx: &mut Tx, stages: &[StageKind]) -> Result<Vec<(String, String)>> {
    let now = tx.now_ms();
    let one_stage = |index: usize| {
        format!(
            "SELECT * FROM (SELECT workspace_id, job_id, priority, turn FROM bells
                 WHERE stage = ${} AND wake_at <= $1 AND (NOT leased OR losses + 1 < $2)
                 ORDER BY priority, turn, job_id LIMIT {HEADS}) AS of_stage_{index}",
            index + 3
        )
    };
    let all = (0..stages.len()).map(one_stage).collect::<Vec<_>>().join(" UNION ALL ");
    query(format!("SELECT workspace_id, job_id FROM ({all}) AS heads ORDER BY priority, turn, job_id"))
        .bind(now)
        .bind(MAX_LOSSES)
        .bind_all(stages.iter().map(|stage| stage.as_str()))
        .all(tx)
        .await
}

/// The best of so many that are due. `$1` is now, the bells follow.
fn best_of(count: usize) -> String {
    let any = any_of(count);
    format!(
        "SELECT workspace_id, job_id FROM bells WHERE wake_at <= $1 AND ({any}) ORDER BY priority, turn, job_id LIMIT 1"
    )
}

/// Names so many bells, two values each from `$2` on. A list of pairs would say the same, and SQLite would read every
/// bell that is due to find them.
fn any_of(count: usize) -> String {
    let one = |index: usize| format!("(workspace_id = ${} AND job_id = ${})", 2 * index + 2, 2 * index + 3);
    (0..count).map(one).collect::<Vec<_>>().join(" OR ")
}

/// Takes the first of these that nobody else is taking. An expired lease that is taken over counts as a loss.
pub(super) async fn take(tx: &mut Tx, heads: &[(String, String)]) -> Result<Option<Taken>> {
    let now = tx.now_ms();
    let found: Option<(String, String)> = query(format!("{}{}", best_of(heads.len()), tx.locking()))
        .bind(now)
        .bind_all(heads.iter().flat_map(|(workspace, job)| [workspace, job]))
        .optional(tx)
        .await?;
    let Some((workspace, job)) = found else { return Ok(None) };
    query(
        "UPDATE bells SET epoch = epoch + 1, losses = losses + CASE WHEN leased THEN 1 ELSE 0 END,
             leased = TRUE, wake_at = $3, rung_at = NULL
         WHERE workspace_id = $1 AND job_id = $2
         RETURNING workspace_id, job_id, epoch, losses, wake_at",
    )
    .bind(workspace)
    .bind(job)
    .bind(now.saturating_add(millis(LEASE)))
    .optional(tx)
    .await
}

/// Moves the end of a lease; false when it is not this token's any more.
pub(super) async fn renew(tx: &mut Tx, token: &LeaseToken) -> Result<bool> {
    let until = tx.now_ms().saturating_add(millis(LEASE));
    let renewed = owned("UPDATE bells SET wake_at = $4", token).bind(until).execute(tx).await?;
    Ok(renewed == 1)
}

/// The fence of an end: the bell is gone if, and only if, the token still owned it.
pub(super) async fn take_down(tx: &mut Tx, token: &LeaseToken) -> Result<bool> {
    Ok(owned("DELETE FROM bells", token).execute(tx).await? == 1)
}

/// The fence of a pause: the bell is ready again, due at `wake_at`, if the token still owned it.
pub(super) async fn hand_back(tx: &mut Tx, token: &LeaseToken, wake_at: i64) -> Result<bool> {
    let given = owned("UPDATE bells SET leased = FALSE, rung_at = NULL, wake_at = $4", token);
    Ok(given.bind(wake_at).execute(tx).await? == 1)
}

fn owned(change: &'static str, token: &LeaseToken) -> Query {
    query(format!("{change} WHERE workspace_id = $1 AND job_id = $2 AND epoch = $3 AND leased"))
        .bind(token.workspace.to_string())
        .bind(token.job.to_string())
        .bind(token.epoch)
}

/// Takes down the bell of a job, whoever holds it.
pub(super) async fn silence_job(tx: &mut Tx, workspace: WorkspaceId, job: JobId) -> Result<()> {
    query("DELETE FROM bells WHERE workspace_id = $1 AND job_id = $2")
        .bind(workspace.to_string())
        .bind(job.to_string())
        .execute(tx)
        .await?;
    Ok(())
}

/// Takes down every bell of a document.
pub(super) async fn silence(tx: &mut Tx, workspace: WorkspaceId, document: DocumentId) -> Result<()> {
    query(
        "DELETE FROM bells WHERE workspace_id = $1 AND job_id IN (
             SELECT id FROM jobs WHERE workspace_id = $1 AND document_id = $2)",
    )
    .bind(workspace.to_string())
    .bind(document.to_string())
    .execute(tx)
    .await?;
    Ok(())
}

/// The lowest turn that is at work or about to be, among jobs of this priority: where a newcomer joins.
pub(super) async fn present_turn(tx: &mut Tx, priority: Priority) -> Result<Option<i64>> {
    let soon = tx.now_ms().saturating_add(millis(LEASE));
    let one_stage = |index: usize| {
        format!(
            "SELECT * FROM (SELECT turn FROM bells WHERE stage = ${} AND priority = $1 AND wake_at <= $2
                 ORDER BY priority, turn, job_id LIMIT 1) AS of_stage_{index}",
            index + 3
        )
    };
    let all = (0..StageKind::ALL.len()).map(one_stage).collect::<Vec<_>>().join(" UNION ALL ");
    let (turn,): (Option<i64>,) = query(format!("SELECT min(turn) FROM ({all}) AS heads"))
        .bind(priority.rank())
        .bind(soon)
        .bind_all(StageKind::ALL.iter().map(|stage| stage.as_str()))
        .one(tx)
        .await?;
    Ok(turn)
}

/// Bells whose leases ended too often without a verdict.
pub(super) async fn lost(tx: &mut Tx, limit: u32) -> Result<Vec<(WorkspaceId, JobId)>> {
    let now = tx.now_ms();
    let rows: Vec<(String, String)> = query(
        "SELECT workspace_id, job_id FROM bells
         WHERE wake_at <= $1 AND leased AND losses + 1 >= $2 ORDER BY wake_at LIMIT $3",
    )
    .bind(now)
    .bind(MAX_LOSSES)
    .bind(limit)
    .all(tx)
    .await?;
    rows.iter().map(|(workspace, job)| Ok((row::id(workspace)?, row::id(job)?))).collect()
}

/// Takes down one of them, unless somebody else did or its owner is back.
pub(super) async fn bury(tx: &mut Tx, workspace: WorkspaceId, job: JobId) -> Result<bool> {
    let now = tx.now_ms();
    let buried = query(
        "DELETE FROM bells WHERE workspace_id = $1 AND job_id = $2 AND wake_at <= $3 AND leased
             AND losses + 1 >= $4",
    )
    .bind(workspace.to_string())
    .bind(job.to_string())
    .bind(now)
    .bind(MAX_LOSSES)
    .execute(tx)
    .await?;
    Ok(buried == 1)
}

from_row! {
    pub(super) struct Unheard {
        workspace_id: String,
        job_id: String,
        stage: String,
        priority: i64,
    }
}

impl Unheard {
    pub(super) fn ring(self) -> Result<Ring> {
        Ok(Ring {
            workspace: row::id(&self.workspace_id)?,
            job: row::id(&self.job_id)?,
            stage: row::stage(&self.stage)?,
            priority: row::priority(self.priority)?,
            trace: None,
        })
    }
}

/// How long a ready job may wait before its ring is taken for lost, and how long until it is rung for again.
const UNHEARD: Duration = Duration::from_secs(2);
const AGAIN: Duration = Duration::from_secs(60);

/// Bells to ring for. Only the oldest `limit` that are due are looked at: when all of them were rung for, workers are
/// busy, and more ringing would wake nobody.
pub(super) async fn unheard(tx: &mut Tx, limit: u32) -> Result<Vec<Unheard>> {
    let now = tx.now_ms();
    query(
        "SELECT workspace_id, job_id, stage, priority FROM (
             SELECT workspace_id, job_id, stage, priority, leased, losses, wake_at, rung_at FROM bells
             WHERE wake_at <= $1 ORDER BY wake_at LIMIT $5) AS due
         WHERE (leased AND losses + 1 < $2 OR NOT leased AND wake_at <= $3)
           AND (rung_at IS NULL OR rung_at <= $4)
         ORDER BY wake_at, job_id",
    )
    .bind(now)
    .bind(MAX_LOSSES)
    .bind(now.saturating_sub(millis(UNHEARD)))
    .bind(now.saturating_sub(millis(AGAIN)))
    .bind(limit)
    .all(tx)
    .await
}

/// Notes that these are rung for now.
pub(super) async fn note_rung(tx: &mut Tx, bells: &[Unheard]) -> Result<()> {
    let now = tx.now_ms();
    // Well below the depth of an expression that SQLite takes.
    for some in bells.chunks(200) {
        query(format!("UPDATE bells SET rung_at = $1 WHERE {}", any_of(some.len())))
            .bind(now)
            .bind_all(some.iter().flat_map(|bell| [&bell.workspace_id, &bell.job_id]))
            .execute(tx)
            .await?;
    }
    Ok(())
}

/// Ready and due: how many, counted up to `count_max`.
pub(super) async fn waiting(tx: &mut Tx, count_max: u64) -> Result<i64> {
    let now = tx.now_ms();
    let (ready,): (i64,) = query(
        "SELECT count(*) FROM (SELECT 1 FROM bells WHERE wake_at <= $1 AND NOT leased LIMIT $2) AS due",
    )
    .bind(now)
    .bind(row::stored(count_max)?)
    .one(tx)
    .await?;
    Ok(ready)
}

/// For how long the oldest that is ready and due has been so; of all, or of one priority.
pub(super) async fn oldest(tx: &mut Tx, of: Option<Priority>) -> Result<Duration> {
    let now = tx.now_ms();
    let asked = match of {
        None => query("SELECT wake_at FROM bells WHERE wake_at <= $1 AND NOT leased ORDER BY wake_at LIMIT 1").bind(now),
        Some(priority) => query(
            "SELECT wake_at FROM bells WHERE priority = $2 AND wake_at <= $1 AND NOT leased ORDER BY wake_at LIMIT 1",
        )
        .bind(now)
        .bind(priority.rank()),
    };
    let oldest: Option<(i64,)> = asked.optional(tx).await?;
    Ok(Duration::from_millis(oldest.map_or(0, |(at,)| now.saturating_sub(at)).unsigned_abs()))
}

pub(super) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX / 4).min(i64::MAX / 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedded::Durability;
    use crate::port::{Clock, Ids, SystemClock, SystemIds};
    use crate::sql::migrations::OF_SQLITE_ROWS;
    use crate::sql::transaction::Scope;
    use std::sync::Arc;

    #[tokio::test]
    async fn a_claim_reads_the_bells_that_it_names_and_no_other() {
        let directory = tempfile::tempdir().unwrap();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let ids: Arc<dyn Ids> = Arc::new(SystemIds::new(Arc::clone(&clock)));
        let file = directory.path().join("rows.db");
        let parts = (clock, ids);
        let database =
            crate::sql::open_sqlite(file, Durability::Ephemeral, &OF_SQLITE_ROWS, parts).await.unwrap();
        for statement in [best_of(24), format!("UPDATE bells SET rung_at = $1 WHERE {}", any_of(200))] {
            let mut tx = database.read(Scope::Bare).await.unwrap();
            let plan: Vec<(i64, i64, i64, String)> =
                query(format!("EXPLAIN QUERY PLAN {statement}")).bind(0_i64).all(&mut tx).await.unwrap();
            let steps: Vec<&str> = plan.iter().map(|(.., step)| step.as_str()).collect();
            let named = steps.iter().filter(|step| step.contains("(workspace_id=? AND job_id=?)")).count();
            assert!(named >= 24, "{steps:?}");
            assert!(
                !steps.iter().any(|step| step.starts_with("SCAN bells") || step.contains("wake_at")),
                "{steps:?}"
            );
        }
    }
}
