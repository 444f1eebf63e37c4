//! Erasure: tombstone, steps, residue, receipt.

use super::audit::{self, Entry, hex};
use super::database::Database;
use super::transaction::{Scope, Tx, query};
use super::{bells, categories, outbox, row, sources};
use crate::port::{AuditAction, EraseRequest, EraseStep, Erasure, Receipt, ReceiptId, Residue, Tombstoned};
use crate::sql::from_row::from_row;
use crate::{PlatformError, Result};
use sha2::{Digest as _, Sha256};
use smartexus_domain::{DocumentId, WorkspaceId};

from_row! {
    struct TombstoneRow {
        id: String,
        held: bool,
        tombstoned_at: Option<i64>,
        receipt_id: Option<String>,
        erase_step: Option<String>,
        erase_cause: Option<String>,
        erase_rule: Option<String>,
        erase_actor: Option<String>,
    }
}

const BROKEN: PlatformError = PlatformError::Inconsistent("tombstone");

impl TombstoneRow {
    /// The erasure under way; `None` for a living document.
    fn erasure(&self) -> Result<Option<Erasure>> {
        let Some(at) = self.tombstoned_at else { return Ok(None) };
        Ok(Some(Erasure {
            document: row::id(&self.id)?,
            receipt: row::id(self.receipt_id.as_deref().ok_or(BROKEN)?)?,
            step: row::erase_step(self.erase_step.as_deref().ok_or(BROKEN)?)?,
            tombstoned_at: row::time(at)?,
        }))
    }
}

async fn find(tx: &mut Tx, workspace: WorkspaceId, document: DocumentId) -> Result<Option<TombstoneRow>> {
    query(
        "SELECT id, held, tombstoned_at, receipt_id, erase_step, erase_cause, erase_rule, erase_actor
         FROM documents WHERE workspace_id = $1 AND id = $2",
    )
    .bind(workspace.to_string())
    .bind(document.to_string())
    .optional(tx)
    .await
}

pub(super) async fn tombstone(
    database: &Database,
    workspace: WorkspaceId,
    document: DocumentId,
    request: &EraseRequest,
) -> Result<Tombstoned> {
    let mut tx = database.write(Scope::Workspace(workspace)).await?;
    let Some(found) = find(&mut tx, workspace, document).await? else {
        let receipt = receipt_of(&mut tx, workspace, document).await?;
        return Ok(receipt.map_or(Tombstoned::Absent, |receipt| Tombstoned::Erased(receipt.id)));
    };
    if let Some(erasure) = found.erasure()? {
        return Ok(Tombstoned::Erasing(erasure));
    }
    // Checked under the write lock: a hold that was placed before this moment wins, whoever asks.
    if found.held {
        return Ok(Tombstoned::Held);
    }
    let (derived, any_held) = sources::derived(&mut tx, workspace, document).await?;
    if any_held {
        return Ok(Tombstoned::Held);
    }
    // Bells before anything else, as everywhere: two transactions never wait for each other.
    for gone in std::iter::once(&document).chain(&derived) {
        bells::silence(&mut tx, workspace, *gone).await?;
    }
    let receipt = mark(&mut tx, workspace, document, (database.ids.receipt()?, request)).await?;
    for gone in derived {
        mark(&mut tx, workspace, gone, (database.ids.receipt()?, request)).await?;
    }
    let now = tx.now();
    tx.commit().await?;
    Ok(Tombstoned::Erasing(Erasure { document, receipt, step: EraseStep::DestroyKey, tombstoned_at: now }))
}

/// Marks one document as gone, with what follows for its jobs.
async fn mark(
    tx: &mut Tx,
    workspace: WorkspaceId,
    document: DocumentId,
    (receipt, request): (ReceiptId, &EraseRequest),
) -> Result<ReceiptId> {
    let step = EraseStep::DestroyKey;
    query(
        "UPDATE documents SET tombstoned_at = $3, receipt_id = $4, erase_step = $5, erase_cause = $6,
             erase_rule = $7, erase_actor = $8
         WHERE workspace_id = $1 AND id = $2",
    )
    .bind(workspace.to_string())
    .bind(document.to_string())
    .bind(tx.now_ms())
    .bind(receipt.to_string())
    .bind(step.as_str())
    .bind(request.cause.as_str())
    .bind(&request.rule)
    .bind(request.actor.as_str())
    .execute(tx)
    .await?;
    query(
        "UPDATE jobs SET state = 'dead'
         WHERE workspace_id = $1 AND document_id = $2 AND state IN ('ready', 'leased')",
    )
    .bind(workspace.to_string())
    .bind(document.to_string())
    .execute(tx)
    .await?;
    let action = AuditAction::DocumentTombstoned;
    let detail = request.rule.as_deref().unwrap_or(request.cause.as_str());
    let entry = Entry { actor: request.actor, action, document: Some(document), job: None, detail };
    audit::append(tx, workspace, entry).await?;
    Ok(receipt)
}

pub(super) async fn erasures(
    database: &Database,
    workspace: WorkspaceId,
    limit: u32,
) -> Result<Vec<Erasure>> {
    let mut tx = database.read(Scope::Workspace(workspace)).await?;
    let rows: Vec<TombstoneRow> = query(
        "SELECT id, held, tombstoned_at, receipt_id, erase_step, erase_cause, erase_rule, erase_actor
         FROM documents WHERE workspace_id = $1 AND tombstoned_at IS NOT NULL
         ORDER BY tombstoned_at, id LIMIT $2",
    )
    .bind(workspace.to_string())
    .bind(limit)
    .all(&mut tx)
    .await?;
    rows.iter().map(|found| found.erasure()?.ok_or(BROKEN)).collect()
}

pub(super) async fn advance(
    database: &Database,
    workspace: WorkspaceId,
    document: DocumentId,
    next: EraseStep,
) -> Result<()> {
    let mut tx = database.write(Scope::Workspace(workspace)).await?;
    let Some(found) = find(&mut tx, workspace, document).await? else { return Ok(()) };
    let Some(erasure) = found.erasure()? else { return Ok(()) };
    if next > erasure.step {
        query("UPDATE documents SET erase_step = $3 WHERE workspace_id = $1 AND id = $2")
            .bind(workspace.to_string())
            .bind(document.to_string())
            .bind(next.as_str())
            .execute(&mut tx)
            .await?;
        tx.commit().await?;
    }
    Ok(())
}

pub(super) async fn erase_rows(
    database: &Database,
    workspace: WorkspaceId,
    document: DocumentId,
) -> Result<()> {
    let mut tx = database.write(Scope::Workspace(workspace)).await?;
    let tombstoned = match find(&mut tx, workspace, document).await? {
        Some(found) => found.tombstoned_at.is_some(),
        None => false,
    };
    if !tombstoned {
        return Ok(());
    }
    for statement in [
        "DELETE FROM artifacts WHERE workspace_id = $1 AND document_id = $2",
        "DELETE FROM jobs WHERE workspace_id = $1 AND document_id = $2",
        "DELETE FROM fans WHERE workspace_id = $1 AND document_id = $2",
        "DELETE FROM intents WHERE workspace_id = $1 AND document_id = $2",
        "DELETE FROM document_sources WHERE workspace_id = $1 AND (document_id = $2 OR source_id = $2)",
        "DELETE FROM outbox WHERE workspace_id = $1 AND document_id = $2",
        "UPDATE documents SET metadata = NULL, fingerprint = NULL WHERE workspace_id = $1 AND id = $2",
    ] {
        query(statement).bind(workspace.to_string()).bind(document.to_string()).execute(&mut tx).await?;
    }
    categories::forget(&mut tx, workspace, document).await?;
    tx.commit().await?;
    database.cut_log().await
}

pub(super) async fn residue(tx: &mut Tx, workspace: WorkspaceId, document: DocumentId) -> Result<Residue> {
    let (jobs, artifacts, intents, outbox, sealed, categories, sources): (i64, i64, i64, i64, i64, i64, i64) =
        query(
            "SELECT
             (SELECT count(*) FROM jobs WHERE workspace_id = $1 AND document_id = $2)
                 + (SELECT count(*) FROM fans WHERE workspace_id = $1 AND document_id = $2),
             (SELECT count(*) FROM artifacts WHERE workspace_id = $1 AND document_id = $2),
             (SELECT count(*) FROM intents WHERE workspace_id = $1 AND document_id = $2),
             (SELECT count(*) FROM outbox WHERE workspace_id = $1 AND document_id = $2
                 AND topic <> 'document.erased'),
             (SELECT count(*) FROM documents WHERE workspace_id = $1 AND id = $2
                 AND (metadata IS NOT NULL OR fingerprint IS NOT NULL)),
             (SELECT count(*) FROM category_rules WHERE workspace_id = $1 AND document_id = $2)
                 + (SELECT count(*) FROM category_corrections WHERE workspace_id = $1 AND document_id = $2),
             (SELECT count(*) FROM document_sources
                 WHERE workspace_id = $1 AND (document_id = $2 OR source_id = $2))",
        )
        .bind(workspace.to_string())
        .bind(document.to_string())
        .one(tx)
        .await?;
    Ok(Residue {
        jobs: row::count(jobs)?,
        artifacts: row::count(artifacts)?,
        intents: row::count(intents)?,
        outbox: row::count(outbox)?,
        sealed: row::count(sealed)?,
        categories: row::count(categories)?,
        sources: row::count(sources)?,
    })
}

pub(super) async fn finish(
    database: &Database,
    workspace: WorkspaceId,
    document: DocumentId,
) -> Result<Receipt> {
    let mut tx = database.write(Scope::Workspace(workspace)).await?;
    if let Some(receipt) = receipt_of(&mut tx, workspace, document).await? {
        return Ok(receipt);
    }
    let found = find(&mut tx, workspace, document).await?.ok_or(BROKEN)?;
    let erasure = found.erasure()?.ok_or(BROKEN)?;
    if !residue(&mut tx, workspace, document).await?.is_clean() {
        return Err(PlatformError::Inconsistent("rows are left of an erased document"));
    }
    let mut receipt = Receipt {
        id: erasure.receipt,
        workspace,
        document,
        cause: row::erase_cause(found.erase_cause.as_deref().ok_or(BROKEN)?)?,
        rule: found.erase_rule,
        actor: row::actor(found.erase_actor.as_deref().ok_or(BROKEN)?)?,
        tombstoned_at: erasure.tombstoned_at,
        finished_at: tx.now(),
        digest: String::new(),
    };
    receipt.digest = digest(&receipt);
    query("DELETE FROM documents WHERE workspace_id = $1 AND id = $2")
        .bind(workspace.to_string())
        .bind(document.to_string())
        .execute(&mut tx)
        .await?;
    insert_receipt(&mut tx, &receipt).await?;
    let action = AuditAction::DocumentErased;
    let entry =
        Entry { actor: receipt.actor, action, document: Some(document), job: None, detail: &receipt.digest };
    audit::append(&mut tx, workspace, entry).await?;
    outbox::push(&mut tx, workspace, "document.erased", document).await?;
    tx.commit().await?;
    Ok(receipt)
}

async fn insert_receipt(tx: &mut Tx, receipt: &Receipt) -> Result<()> {
    query(
        "INSERT INTO receipts (workspace_id, id, document_id, cause, rule, actor, tombstoned_at, finished_at, digest)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(receipt.workspace.to_string())
    .bind(receipt.id.to_string())
    .bind(receipt.document.to_string())
    .bind(receipt.cause.as_str())
    .bind(&receipt.rule)
    .bind(receipt.actor.as_str())
    .bind(receipt.tombstoned_at.as_millisecond())
    .bind(receipt.finished_at.as_millisecond())
    .bind(&receipt.digest)
    .execute(tx)
    .await?;
    Ok(())
}

/// SHA-256 over every other field, each with its length before it.
fn digest(receipt: &Receipt) -> String {
    let mut hasher = Sha256::new();
    let mut field = |bytes: &[u8]| {
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    };
    field(b"smartexus/receipt/1");
    field(receipt.id.as_uuid().as_bytes());
    field(receipt.workspace.as_uuid().as_bytes());
    field(receipt.document.as_uuid().as_bytes());
    field(receipt.cause.as_str().as_bytes());
    field(receipt.rule.as_deref().unwrap_or("").as_bytes());
    field(receipt.actor.as_str().as_bytes());
    field(&receipt.tombstoned_at.as_millisecond().to_be_bytes());
    field(&receipt.finished_at.as_millisecond().to_be_bytes());
    hex(&hasher.finalize())
}

from_row! {
    struct ReceiptRow {
        id: String,
        document_id: String,
        cause: String,
        rule: Option<String>,
        actor: String,
        tombstoned_at: i64,
        finished_at: i64,
        digest: String,
    }
}

impl ReceiptRow {
    fn receipt(self, workspace: WorkspaceId) -> Result<Receipt> {
        Ok(Receipt {
            id: row::id(&self.id)?,
            workspace,
            document: row::id(&self.document_id)?,
            cause: row::erase_cause(&self.cause)?,
            rule: self.rule,
            actor: row::actor(&self.actor)?,
            tombstoned_at: row::time(self.tombstoned_at)?,
            finished_at: row::time(self.finished_at)?,
            digest: self.digest,
        })
    }
}

pub(super) async fn receipt(
    database: &Database,
    workspace: WorkspaceId,
    receipt: ReceiptId,
) -> Result<Option<Receipt>> {
    let mut tx = database.read(Scope::Workspace(workspace)).await?;
    let found: Option<ReceiptRow> = query(
        "SELECT id, document_id, cause, rule, actor, tombstoned_at, finished_at, digest FROM receipts
         WHERE workspace_id = $1 AND id = $2",
    )
    .bind(workspace.to_string())
    .bind(receipt.to_string())
    .optional(&mut tx)
    .await?;
    found.map(|found| found.receipt(workspace)).transpose()
}

async fn receipt_of(tx: &mut Tx, workspace: WorkspaceId, document: DocumentId) -> Result<Option<Receipt>> {
    let found: Option<ReceiptRow> = query(
        "SELECT id, document_id, cause, rule, actor, tombstoned_at, finished_at, digest FROM receipts
         WHERE workspace_id = $1 AND document_id = $2",
    )
    .bind(workspace.to_string())
    .bind(document.to_string())
    .optional(tx)
    .await?;
    found.map(|found| found.receipt(workspace)).transpose()
}
