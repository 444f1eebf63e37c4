//! The documents table: reserve, commit, look.

use super::audit::{self, Entry};
use super::database::Database;
use super::transaction::{Scope, Tx, placeholders, query};
use super::{jobs, outbox, row, sources};
use crate::port::{
    Accepted, Actor, Artifact, AuditAction, Document, DocumentQuery, DocumentRole, Documents, Gone, JobPart,
    Lookup, NewDocument, ObjectKind, ObjectName, PipelineRef, SealedMetadata,
};
use crate::sql::from_row::from_row;
use crate::{PlatformError, Result};
use async_trait::async_trait;
use smartexus_domain::{DocumentId, DocumentState, RetentionClass, WorkspaceId};

pub(crate) struct SqlDocuments(pub(crate) Database);

from_row! {
    struct DocumentRow {
        id: String,
        role: String,
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
            role: row::document_role(&self.role)?,
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

from_row! {
    struct ArtifactRow {
        kind: String,
        version: i64,
        stage: String,
        bytes: i64,
        fingerprint: Vec<u8>,
    }
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

impl SqlDocuments {
    async fn equal_document(
        tx: &mut Tx,
        workspace: WorkspaceId,
        new: &NewDocument,
    ) -> Result<Option<DocumentId>> {
        let found: Option<(String,)> = query(
            "SELECT id FROM documents
             WHERE workspace_id = $1 AND fingerprint = $2 AND pipeline_name = $3 AND pipeline_version = $4
               AND tombstoned_at IS NULL",
        )
        .bind(workspace.to_string())
        .bind(&new.fingerprint.0[..])
        .bind(&new.pipeline.name)
        .bind(&new.pipeline.version)
        .optional(tx)
        .await?;
        found.map(|(id,)| row::id(&id)).transpose()
    }

    /// Uses the intent up; false when it was closed or swept away.
    async fn take_intent(tx: &mut Tx, workspace: WorkspaceId, document: DocumentId) -> Result<bool> {
        let taken =
            query("DELETE FROM intents WHERE workspace_id = $1 AND document_id = $2 AND closed = FALSE")
                .bind(workspace.to_string())
                .bind(document.to_string())
                .execute(tx)
                .await?;
        Ok(taken == 1)
    }

    async fn insert(tx: &mut Tx, workspace: WorkspaceId, new: &NewDocument) -> Result<()> {
        query(
            "INSERT INTO documents (workspace_id, id, role, state, pipeline_name, pipeline_version, retention_class,
                media_type, bytes, fingerprint, metadata, received_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(workspace.to_string())
        .bind(new.document.to_string())
        .bind(new.derivation.role.as_str())
        .bind(DocumentState::Queued.as_str())
        .bind(&new.pipeline.name)
        .bind(&new.pipeline.version)
        .bind(new.retention.as_str())
        .bind(new.media_type.as_str())
        .bind(row::stored(new.bytes)?)
        .bind(&new.fingerprint.0[..])
        .bind(&new.metadata.0[..])
        .bind(tx.now_ms())
        .execute(tx)
        .await?;
        Ok(())
    }

    /// What to answer for a document of which no more than a receipt may be left.
    async fn gone_or_absent<T>(
        tx: &mut Tx,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<Lookup<T>> {
        let receipt: Option<(String,)> =
            query("SELECT id FROM receipts WHERE workspace_id = $1 AND document_id = $2")
                .bind(workspace.to_string())
                .bind(document.to_string())
                .optional(tx)
                .await?;
        match receipt {
            Some((id,)) => Ok(Lookup::Gone(Gone { receipt: row::id(&id)?, finished: true })),
            None => Ok(Lookup::Absent),
        }
    }
}

impl SqlDocuments {
    async fn make_workspace(&self, workspace: WorkspaceId) -> Result<()> {
        let mut tx = self.0.write(Scope::Workspace(workspace)).await?;
        let now = tx.now_ms();
        let made =
            query("INSERT INTO workspaces (id, created_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING")
                .bind(workspace.to_string())
                .bind(now)
                .execute(&mut tx)
                .await?;
        if made == 1 {
            query("INSERT INTO tenants (workspace_id) VALUES ($1) ON CONFLICT (workspace_id) DO NOTHING")
                .bind(workspace.to_string())
                .execute(&mut tx)
                .await?;
            let action = AuditAction::WorkspaceCreated;
            let entry = Entry { actor: Actor::System, action, document: None, job: None, detail: "" };
            audit::append(&mut tx, workspace, entry).await?;
        }
        tx.commit().await
    }

    async fn try_commit(&self, workspace: WorkspaceId, new: &NewDocument) -> Result<Accepted> {
        let (document, actor) = (new.document, new.actor);
        let mut tx = self.0.write(Scope::Workspace(workspace)).await?;
        let equal = Self::equal_document(&mut tx, workspace, new).await?;
        if equal == Some(document) {
            // The commit went through before, only its answer was lost.
            let job = jobs::first_of(&mut tx, workspace, document).await?;
            return Ok(Accepted { document, job, duplicate: false });
        }
        if let Some(first) = equal {
            let action = AuditAction::DocumentRepeated;
            let entry = Entry { actor, action, document: Some(first), job: None, detail: "" };
            audit::append(&mut tx, workspace, entry).await?;
            tx.commit().await?;
            return Ok(Accepted { document: first, job: None, duplicate: true });
        }
        if !Self::take_intent(&mut tx, workspace, document).await? {
            return Err(PlatformError::Upload { source: std::io::ErrorKind::TimedOut.into() });
        }
        Self::insert(&mut tx, workspace, new).await?;
        sources::note(&mut tx, workspace, document, &new.derivation.sources).await?;
        let turn = jobs::next_turn(&mut tx, workspace, new.first.priority).await?;
        let making = jobs::Making { workspace, document, run: 0, turn, trace: new.trace.clone() };
        let job = jobs::insert(&mut tx, &*self.0.ids, &making, new.first, JobPart::Whole).await?;
        let action = AuditAction::DocumentAccepted;
        let job_id = job.as_ref().map(|ring| ring.job);
        let entry =
            Entry { actor, action, document: Some(document), job: job_id, detail: &new.pipeline.name };
        audit::append(&mut tx, workspace, entry).await?;
        outbox::push(&mut tx, workspace, "document.accepted", document).await?;
        tx.commit().await?;
        Ok(Accepted { document, job, duplicate: false })
    }

    /// The artifacts of a living document, each kind's newest.
    async fn newest_artifacts(
        tx: &mut Tx,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<Vec<Artifact>> {
        let rows: Vec<ArtifactRow> = query(
            "SELECT kind, version, stage, bytes, fingerprint FROM artifacts AS a
             WHERE workspace_id = $1 AND document_id = $2
               AND version = (SELECT max(version) FROM artifacts AS b
                              WHERE b.workspace_id = a.workspace_id AND b.document_id = a.document_id
                                AND b.kind = a.kind)
             ORDER BY kind",
        )
        .bind(workspace.to_string())
        .bind(document.to_string())
        .all(tx)
        .await?;
        rows.into_iter().map(|found| found.artifact(workspace, document)).collect()
    }

    async fn look(tx: &mut Tx, workspace: WorkspaceId, document: DocumentId) -> Result<Lookup<Document>> {
        let found: Option<DocumentRow> = query(
            "SELECT id, role, state, failure, pipeline_name, pipeline_version, retention_class, media_type, bytes,
                received_at, settled_at, held, metadata, tombstoned_at, receipt_id
             FROM documents WHERE workspace_id = $1 AND id = $2",
        )
        .bind(workspace.to_string())
        .bind(document.to_string())
        .optional(tx)
        .await?;
        match found {
            Some(found) => found.lookup(workspace),
            None => Self::gone_or_absent(tx, workspace, document).await,
        }
    }
}

#[async_trait]
impl Documents for SqlDocuments {
    async fn ensure_workspace(&self, workspace: WorkspaceId) -> Result<()> {
        let mut tx = self.0.read(Scope::Workspace(workspace)).await?;
        let (known,): (bool,) = query("SELECT EXISTS (SELECT 1 FROM workspaces WHERE id = $1)")
            .bind(workspace.to_string())
            .one(&mut tx)
            .await?;
        drop(tx);
        if known { Ok(()) } else { self.0.again(|| self.make_workspace(workspace)).await }
    }

    async fn workspaces(&self) -> Result<Vec<WorkspaceId>> {
        let mut tx = self.0.read(Scope::Bare).await?;
        let rows: Vec<(String,)> =
            query("SELECT workspace_id FROM tenants ORDER BY workspace_id").all(&mut tx).await?;
        rows.iter().map(|(id,)| row::id(id)).collect()
    }

    async fn reserve_intent(&self, workspace: WorkspaceId, document: DocumentId) -> Result<()> {
        self.ensure_workspace(workspace).await?;
        let mut tx = self.0.touch(Scope::Workspace(workspace)).await?;
        let now = tx.now_ms();
        query("INSERT INTO intents (workspace_id, document_id, created_at) VALUES ($1, $2, $3)")
            .bind(workspace.to_string())
            .bind(document.to_string())
            .bind(now)
            .execute(&mut tx)
            .await?;
        tx.commit().await
    }

    async fn commit(&self, workspace: WorkspaceId, new: NewDocument) -> Result<Accepted> {
        self.0.again(|| self.try_commit(workspace, &new)).await
    }

    async fn document(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Lookup<Document>> {
        let mut tx = self.0.read(Scope::Workspace(workspace)).await?;
        Self::look(&mut tx, workspace, document).await
    }

    async fn list(&self, workspace: WorkspaceId, wanted: &DocumentQuery) -> Result<Vec<Document>> {
        let limit = if wanted.limit == 0 { DocumentQuery::MAX_LIMIT } else { wanted.limit };
        let states: &[DocumentState] =
            if wanted.states.is_empty() { &DocumentState::ALL } else { &wanted.states };
        let roles: &[DocumentRole] = if wanted.roles.is_empty() { &DocumentRole::ALL } else { &wanted.roles };
        let list = placeholders(4, states.len());
        let of_roles = placeholders(4 + states.len(), roles.len());
        let mut tx = self.0.read(Scope::Workspace(workspace)).await?;
        let rows: Vec<DocumentRow> = query(format!(
            "SELECT id, role, state, failure, pipeline_name, pipeline_version, retention_class, media_type, bytes,
                received_at, settled_at, held, metadata, tombstoned_at, receipt_id
             FROM documents
             WHERE workspace_id = $1 AND tombstoned_at IS NULL AND ($2 IS NULL OR id < $2)
               AND state IN ({list}) AND role IN ({of_roles})
             ORDER BY id DESC LIMIT $3"
        ))
        .bind(workspace.to_string())
        .bind(wanted.before.map(|id| id.to_string()))
        .bind(limit.min(DocumentQuery::MAX_LIMIT))
        .bind_all(states.iter().map(|state| state.as_str()))
        .bind_all(roles.iter().map(|role| role.as_str()))
        .all(&mut tx)
        .await?;
        rows.into_iter().map(|found| found.document(workspace)).collect()
    }

    async fn sources(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Lookup<Vec<DocumentId>>> {
        let mut tx = self.0.read(Scope::Workspace(workspace)).await?;
        Ok(match Self::look(&mut tx, workspace, document).await? {
            Lookup::Found(_) => Lookup::Found(sources::of(&mut tx, workspace, document).await?),
            Lookup::Gone(gone) => Lookup::Gone(gone),
            Lookup::Absent => Lookup::Absent,
        })
    }

    async fn artifacts(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Lookup<Vec<Artifact>>> {
        let mut tx = self.0.read(Scope::Workspace(workspace)).await?;
        match Self::look(&mut tx, workspace, document).await? {
            Lookup::Found(_) => {}
            Lookup::Gone(gone) => return Ok(Lookup::Gone(gone)),
            Lookup::Absent => return Ok(Lookup::Absent),
        }
        Ok(Lookup::Found(Self::newest_artifacts(&mut tx, workspace, document).await?))
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
