//! What documents are made from.

use super::row;
use super::transaction::{Tx, query};
use crate::{PlatformError, Result};
use smartexus_domain::{DocumentId, WorkspaceId};

/// Notes what a new document is made from. Each of them must be there: under the write lock, so that none is tombstoned
/// before this transaction ends.
pub(super) async fn note(
    tx: &mut Tx,
    workspace: WorkspaceId,
    document: DocumentId,
    sources: &[DocumentId],
) -> Result<()> {
    for source in sources {
        let noted = query(
            "INSERT INTO document_sources (workspace_id, document_id, source_id)
             SELECT $1, $2, id FROM documents WHERE workspace_id = $1 AND id = $3 AND tombstoned_at IS NULL",
        )
        .bind(workspace.to_string())
        .bind(document.to_string())
        .bind(source.to_string())
        .execute(tx)
        .await?;
        if noted != 1 {
            return Err(PlatformError::KeyDestroyed);
        }
    }
    Ok(())
}

/// What a document is made from.
pub(super) async fn of(tx: &mut Tx, workspace: WorkspaceId, document: DocumentId) -> Result<Vec<DocumentId>> {
    let rows: Vec<(String,)> = query(
        "SELECT source_id FROM document_sources WHERE workspace_id = $1 AND document_id = $2 ORDER BY source_id",
    )
    .bind(workspace.to_string())
    .bind(document.to_string())
    .all(tx)
    .await?;
    rows.iter().map(|(id,)| row::id(id)).collect()
}

/// Everything that is made from a document and is still there, and what is made from that. Whether one of them is held.
pub(super) async fn derived(
    tx: &mut Tx,
    workspace: WorkspaceId,
    document: DocumentId,
) -> Result<(Vec<DocumentId>, bool)> {
    let (mut found, mut held) = (Vec::new(), false);
    let mut open = vec![document];
    while let Some(source) = open.pop() {
        let rows: Vec<(String, bool)> = query(
            "SELECT d.id, d.held FROM document_sources AS s
             JOIN documents AS d ON d.workspace_id = s.workspace_id AND d.id = s.document_id
             WHERE s.workspace_id = $1 AND s.source_id = $2 AND d.tombstoned_at IS NULL ORDER BY d.id",
        )
        .bind(workspace.to_string())
        .bind(source.to_string())
        .all(tx)
        .await?;
        for (id, is_held) in rows {
            let id: DocumentId = row::id(&id)?;
            held |= is_held;
            if !found.contains(&id) {
                found.push(id);
                open.push(id);
            }
        }
    }
    Ok((found, held))
}
