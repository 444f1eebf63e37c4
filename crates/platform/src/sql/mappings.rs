//! Mappings of forms.

use super::audit::{self, Entry};
use super::database::Database;
use super::row;
use super::transaction::{Scope, Tx, query};
use crate::Result;
use crate::port::{Actor, AuditAction, Edited, MappingEdit, Mappings, SealedMapping, SealedMappings};
use crate::sql::from_row::from_row;
use async_trait::async_trait;
use smartexus_domain::WorkspaceId;

pub(crate) struct SqlMappings(pub(crate) Database);

from_row! {
    struct MappingRow {
        number: i64,
        actor: String,
        at: i64,
        sealed: Vec<u8>,
    }
}

impl MappingRow {
    fn mapping(self) -> Result<SealedMapping> {
        Ok(SealedMapping {
            number: row::count(self.number)?,
            actor: row::actor(&self.actor)?,
            at: row::time(self.at)?,
            sealed: self.sealed,
        })
    }
}

async fn version(tx: &mut Tx, workspace: WorkspaceId) -> Result<u64> {
    let found: Option<(i64,)> = query("SELECT version FROM form_mapping_books WHERE workspace_id = $1")
        .bind(workspace.to_string())
        .optional(tx)
        .await?;
    row::count(found.map_or(0, |(version,)| version))
}

/// Counts a change and says the version now.
async fn count_up(tx: &mut Tx, workspace: WorkspaceId) -> Result<u64> {
    query(
        "INSERT INTO form_mapping_books (workspace_id, version) VALUES ($1, 1)
         ON CONFLICT (workspace_id) DO UPDATE SET version = form_mapping_books.version + 1",
    )
    .bind(workspace.to_string())
    .execute(tx)
    .await?;
    version(tx, workspace).await
}

/// Whether it was there.
async fn remove(tx: &mut Tx, workspace: WorkspaceId, number: u64) -> Result<bool> {
    let gone = query("DELETE FROM form_mappings WHERE workspace_id = $1 AND number = $2")
        .bind(workspace.to_string())
        .bind(row::stored(number)?)
        .execute(tx)
        .await?;
    Ok(gone > 0)
}

impl SqlMappings {
    async fn try_edit(
        &self,
        workspace: WorkspaceId,
        expected: u64,
        edit: &MappingEdit,
        actor: Actor,
    ) -> Result<Edited> {
        let mut tx = self.0.write(Scope::Workspace(workspace)).await?;
        let before = version(&mut tx, workspace).await?;
        if before != expected {
            return Ok(Edited::Stale(before));
        }
        let (action, taken_out) = match edit {
            MappingEdit::Keep { replaces, .. } => (AuditAction::FormMappingKept, *replaces),
            MappingEdit::Remove { number } => (AuditAction::FormMappingRemoved, Some(*number)),
        };
        if let Some(number) = taken_out
            && !remove(&mut tx, workspace, number).await?
        {
            return Ok(Edited::Absent);
        }
        let now = count_up(&mut tx, workspace).await?;
        if let MappingEdit::Keep { sealed, .. } = edit {
            let at = tx.now_ms();
            query(
                "INSERT INTO form_mappings (workspace_id, number, actor, at, sealed) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(workspace.to_string())
            .bind(row::stored(now)?)
            .bind(actor.as_str())
            .bind(at)
            .bind(&sealed[..])
            .execute(&mut tx)
            .await?;
        }
        let detail = now.to_string();
        audit::append(
            &mut tx,
            workspace,
            Entry { actor, action, document: None, job: None, detail: &detail },
        )
        .await?;
        tx.commit().await?;
        Ok(Edited::Done(now))
    }
}

#[async_trait]
impl Mappings for SqlMappings {
    async fn all(&self, workspace: WorkspaceId) -> Result<SealedMappings> {
        let mut tx = self.0.snapshot(Scope::Workspace(workspace)).await?;
        let version = version(&mut tx, workspace).await?;
        let rows: Vec<MappingRow> = query(
            "SELECT number, actor, at, sealed FROM form_mappings WHERE workspace_id = $1 ORDER BY number",
        )
        .bind(workspace.to_string())
        .all(&mut tx)
        .await?;
        let mappings = rows.into_iter().map(MappingRow::mapping).collect::<Result<_>>()?;
        Ok(SealedMappings { version, mappings })
    }

    async fn edit(
        &self,
        workspace: WorkspaceId,
        expected: u64,
        edit: &MappingEdit,
        actor: Actor,
    ) -> Result<Edited> {
        self.0.again(|| self.try_edit(workspace, expected, edit, actor)).await
    }
}
