//! The documents table: reserve, commit, look.

use super::audit::{self, Entry};
use super::database::Database;
use super::{jobs, outbox, row};
use crate::port::{
    Accepted, Actor, Artifact, AuditAction, Document, DocumentQuery, Documents, Gone, Lookup, NewDocument,
    ObjectKind, ObjectName, PipelineRef, SealedMetadata,
};
use crate::{PlatformError, Result};
use async_trait::async_trait;
use smartexus_domain::{DocumentId, DocumentState, RetentionClass, WorkspaceId};
use sqlx::{Sqlite, Transaction};

pub(super) struct SqliteDocuments(pub(super) Database);

#[derive(sqlx::FromRow)]
struct DocumentRow {
    id: String,
    state: String,
    failure: Option<String>,
    pipeline_name: String,
    pipeline_version: String,
    retention_class: String,
    media_type: String,
    bytes: i64,
    received_at: i64,
    settled_at: Option<i64>,
    held: bool,
    metadata: Option<Vec<u8>>,
    tombstoned_at: Option<i64>,
    receipt_id: Option<String>,
}

impl DocumentRow {
    fn lookup(self, workspace: WorkspaceId) -> Result<Lookup<Document>> {
        match (&self.tombstoned_at, &self.receipt_id) {
            (None, _) => self.document(workspace).map(Lookup::Found),
            (Some(_), Some(receipt)) => {
                Ok(Lookup::Gone(Gone { receipt: row::id(receipt)?, finished: false }))
            }
            (Some(_), None) => Err(PlatformError::Inconsistent("tombstone")),
        }
    }

    fn document(self, workspace: WorkspaceId) -> Result<Document> {
        Ok(Document {
            id: row::id(&self.id)?,
            workspace,
            state: row::document_state(&self.state)?,
            failure: self.failure.as_deref().map(row::failure).transpose()?,
            pipeline: PipelineRef { name: self.pipeline_name, version: self.pipeline_version },
            retention: RetentionClass::try_from(self.retention_class)
                .map_err(|_| PlatformError::Inconsistent("retention class"))?,
            media_type: row::media_type(&self.media_type)?,
            bytes: row::count(self.bytes)?,
            received_at: row::time(self.received_at)?,
            settled_at: self.settled_at.map(row::time).transpose()?,
            held: self.held,
            metadata: SealedMetadata(self.metadata.ok_or(PlatformError::Inconsistent("metadata"))?),
        })
    }
}

#[derive(sqlx::FromRow)]
struct ArtifactRow {
    kind: String,
    version: i64,
    stage: String,
    bytes: i64,
    fingerprint: Vec<u8>,
}

impl ArtifactRow {
    fn artifact(self, workspace: WorkspaceId, document: DocumentId) -> Result<Artifact> {
        let kind = ObjectKind::named(&self.kind).map_err(|_| PlatformError::Inconsistent("object kind"))?;
        Ok(Artifact {
            object: ObjectName { workspace, document, kind, version: row::count(self.version)? },
            stage: row::stage(&self.stage)?,
            bytes: row::count(self.bytes)?,
            fingerprint: row::fingerprint(&self.fingerprint)?,
        })
    }
}

impl SqliteDocuments {
    async fn equal_document(
        transaction: &mut Transaction<'static, Sqlite>,
        workspace: WorkspaceId,
        new: &NewDocument,
    ) -> Result<Option<DocumentId>> {
        let found: Option<(String,)> = sqlx::query_as(
            "SELECT id FROM documents
             WHERE workspace_id = ?1 AND fingerprint = ?2 AND pipeline_name = ?3 AND pipeline_version = ?4
               AND tombstoned_at IS NULL",
        )
        .bind(workspace.to_string())
        .bind(&new.fingerprint.0[..])
        .bind(&new.pipeline.name)
        .bind(&new.pipeline.version)
        .fetch_optional(&mut **transaction)
        .await?;
        found.map(|(id,)| row::id(&id)).transpose()
    }

    /// Uses the intent up; false when it was closed or swept away.
    async fn take_intent(
        transaction: &mut Transaction<'static, Sqlite>,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<bool> {
        let taken =
            sqlx::query("DELETE FROM intents WHERE workspace_id = ?1 AND document_id = ?2 AND closed = 0")
                .bind(workspace.to_string())
                .bind(document.to_string())
                .execute(&mut **transaction)
                .await?;
        Ok(taken.rows_affected() == 1)
    }

    async fn insert(
        transaction: &mut Transaction<'static, Sqlite>,
        workspace: WorkspaceId,
        new: &NewDocument,
        now: i64,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO documents (workspace_id, id, state, pipeline_name, pipeline_version, retention_class,
                media_type, bytes, fingerprint, metadata, received_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )
        .bind(workspace.to_string())
        .bind(new.document.to_string())
        .bind(DocumentState::Queued.as_str())
        .bind(&new.pipeline.name)
        .bind(&new.pipeline.version)
        .bind(new.retention.as_str())
        .bind(new.media_type.as_str())
        .bind(row::stored(new.bytes)?)
        .bind(&new.fingerprint.0[..])
        .bind(&new.metadata.0)
        .bind(now)
        .execute(&mut **transaction)
        .await?;
        Ok(())
    }

    /// What to answer for a document of which no more than a receipt may be left.
    async fn gone_or_absent<T>(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Lookup<T>> {
        let receipt: Option<(String,)> =
            sqlx::query_as("SELECT id FROM receipts WHERE workspace_id = ?1 AND document_id = ?2")
                .bind(workspace.to_string())
                .bind(document.to_string())
                .fetch_optional(self.0.reader())
                .await?;
        match receipt {
            Some((id,)) => Ok(Lookup::Gone(Gone { receipt: row::id(&id)?, finished: true })),
            None => Ok(Lookup::Absent),
        }
    }
}

#[async_trait]
impl Documents for SqliteDocuments {
    async fn ensure_workspace(&self, workspace: WorkspaceId) -> Result<()> {
        let (known,): (bool,) = sqlx::query_as("SELECT EXISTS (SELECT 1 FROM workspaces WHERE id = ?1)")
            .bind(workspace.to_string())
            .fetch_one(self.0.reader())
            .await?;
        if known {
            return Ok(());
        }
        let now = self.0.clock.now();
        let mut transaction = self.0.begin().await?;
        let made =
            sqlx::query("INSERT INTO workspaces (id, created_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
                .bind(workspace.to_string())
                .bind(now.as_millisecond())
                .execute(&mut *transaction)
                .await?;
        if made.rows_affected() == 1 {
            let action = AuditAction::WorkspaceCreated;
            let entry = Entry { actor: Actor::System, action, document: None, job: None, detail: "" };
            audit::append(&mut transaction, workspace, now, entry).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    async fn workspaces(&self) -> Result<Vec<WorkspaceId>> {
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT id FROM workspaces ORDER BY id").fetch_all(self.0.reader()).await?;
        rows.iter().map(|(id,)| row::id(id)).collect()
    }

    async fn reserve_intent(&self, workspace: WorkspaceId, document: DocumentId) -> Result<()> {
        self.ensure_workspace(workspace).await?;
        sqlx::query("INSERT INTO intents (workspace_id, document_id, created_at) VALUES (?1, ?2, ?3)")
            .bind(workspace.to_string())
            .bind(document.to_string())
            .bind(self.0.clock.now().as_millisecond())
            .execute(self.0.writer())
            .await?;
        Ok(())
    }

    async fn commit(&self, workspace: WorkspaceId, new: NewDocument) -> Result<Accepted> {
        let now = self.0.clock.now();
        let (document, actor) = (new.document, new.actor);
        let mut transaction = self.0.begin().await?;
        let equal = Self::equal_document(&mut transaction, workspace, &new).await?;
        if equal == Some(document) {
            // The commit went through before, only its answer was lost.
            let job = jobs::first_of(&mut transaction, workspace, document).await?;
            return Ok(Accepted { document, job, duplicate: false });
        }
        if let Some(first) = equal {
            let action = AuditAction::DocumentRepeated;
            let entry = Entry { actor, action, document: Some(first), job: None, detail: "" };
            audit::append(&mut transaction, workspace, now, entry).await?;
            transaction.commit().await?;
            return Ok(Accepted { document: first, job: None, duplicate: true });
        }
        if !Self::take_intent(&mut transaction, workspace, document).await? {
            return Err(PlatformError::Upload { source: std::io::ErrorKind::TimedOut.into() });
        }
        Self::insert(&mut transaction, workspace, &new, now.as_millisecond()).await?;
        let job = jobs::insert(&mut transaction, &self.0, workspace, document, new.first, 0).await?;
        let action = AuditAction::DocumentAccepted;
        let entry = Entry { actor, action, document: Some(document), job, detail: &new.pipeline.name };
        audit::append(&mut transaction, workspace, now, entry).await?;
        outbox::push(&mut transaction, workspace, now, "document.accepted", document).await?;
        transaction.commit().await?;
        Ok(Accepted { document, job, duplicate: false })
    }

    async fn document(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Lookup<Document>> {
        let found: Option<DocumentRow> = sqlx::query_as(
            "SELECT id, state, failure, pipeline_name, pipeline_version, retention_class, media_type, bytes,
                received_at, settled_at, held, metadata, tombstoned_at, receipt_id
             FROM documents WHERE workspace_id = ?1 AND id = ?2",
        )
        .bind(workspace.to_string())
        .bind(document.to_string())
        .fetch_optional(self.0.reader())
        .await?;
        match found {
            Some(found) => found.lookup(workspace),
            None => self.gone_or_absent(workspace, document).await,
        }
    }

    async fn list(&self, workspace: WorkspaceId, query: &DocumentQuery) -> Result<Vec<Document>> {
        let states: Vec<&str> = query.states.iter().map(|s| s.as_str()).collect();
        let limit = if query.limit == 0 { DocumentQuery::MAX_LIMIT } else { query.limit };
        let rows: Vec<DocumentRow> = sqlx::query_as(
            "SELECT id, state, failure, pipeline_name, pipeline_version, retention_class, media_type, bytes,
                received_at, settled_at, held, metadata, tombstoned_at, receipt_id
             FROM documents
             WHERE workspace_id = ?1 AND tombstoned_at IS NULL AND (?2 IS NULL OR id < ?2)
               AND (?3 = 0 OR state IN (SELECT value FROM json_each(?4)))
             ORDER BY id DESC LIMIT ?5",
        )
        .bind(workspace.to_string())
        .bind(query.before.map(|id| id.to_string()))
        .bind(!states.is_empty())
        .bind(serde_json::json!(states).to_string())
        .bind(limit.min(DocumentQuery::MAX_LIMIT))
        .fetch_all(self.0.reader())
        .await?;
        rows.into_iter().map(|found| found.document(workspace)).collect()
    }

    async fn artifacts(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Lookup<Vec<Artifact>>> {
        match self.document(workspace, document).await? {
            Lookup::Found(_) => {}
            Lookup::Gone(gone) => return Ok(Lookup::Gone(gone)),
            Lookup::Absent => return Ok(Lookup::Absent),
        }
        let rows: Vec<ArtifactRow> = sqlx::query_as(
            "SELECT kind, max(version) AS version, stage, bytes, fingerprint FROM artifacts
             WHERE workspace_id = ?1 AND document_id = ?2 GROUP BY kind ORDER BY kind",
        )
        .bind(workspace.to_string())
        .bind(document.to_string())
        .fetch_all(self.0.reader())
        .await?;
        let artifacts = rows.into_iter().map(|found| found.artifact(workspace, document));
        artifacts.collect::<Result<_>>().map(Lookup::Found)
    }

    async fn artifact(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        kind: &ObjectKind,
    ) -> Result<Lookup<Option<Artifact>>> {
        Ok(match self.artifacts(workspace, document).await? {
            Lookup::Found(all) => Lookup::Found(all.into_iter().find(|a| a.object.kind == *kind)),
            Lookup::Gone(gone) => Lookup::Gone(gone),
            Lookup::Absent => Lookup::Absent,
        })
    }
}
