//! The one way in: intent, key, bytes, row, ring, in this order.

use crate::metadata::Metadata;
use crate::port::{
    Accepted, Actor, Derivation, Fingerprint, NewDocument, NextJob, ObjectName, PipelineRef, TraceParent,
    Upload,
};
use crate::{Result, Secret, World};
use smartexus_domain::{DocumentId, MediaType, RetentionClass, WorkspaceId};

/// What comes with the bytes of a document.
pub struct Submission {
    /// For whom.
    pub actor: Actor,
    /// The instruction.
    pub pipeline: PipelineRef,
    /// How long the document is kept.
    pub retention: RetentionClass,
    /// As far as the door can tell; a stage may correct it.
    pub media_type: MediaType,
    /// The file's name as the person knows it. Kept sealed.
    pub file_name: Option<String>,
    /// The password that opens the document. Kept sealed, as long as the document is.
    pub password: Option<Secret>,
    /// The first job.
    pub first: NextJob,
    /// The trace it belongs to.
    pub trace: Option<TraceParent>,
    /// Most bytes that are taken.
    pub limit_bytes: u64,
}

impl World {
    /// Takes a document in. When this returns, the document is durable and will be worked on: the intent was
    /// written before the key, the key before the bytes, the bytes before the row, and the bell was rung after.
    /// A crash in between leaves an intent that the sweeper resolves, never a row that cannot be read.
    ///
    /// The same bytes with the same pipeline and password are the same document: the second copy is removed
    /// and the first one's id returned, whatever became of it.
    ///
    /// # Errors
    /// `TooLarge`, `Upload`, and whatever the ports answer. After an error nothing was accepted.
    pub async fn accept(
        &self,
        workspace: WorkspaceId,
        submission: Submission,
        body: Upload<'_>,
    ) -> Result<Accepted> {
        self.accept_derived(workspace, submission, Derivation::default(), body).await
    }

    /// Takes in a document that is made from others of its workspace: what `body` says is to be done with them. It is
    /// erased with the first of them.
    ///
    /// # Errors
    /// As [`World::accept`]; `KeyDestroyed` when one of them is not there, or is being erased.
    pub async fn accept_derived(
        &self,
        workspace: WorkspaceId,
        submission: Submission,
        derivation: Derivation,
        body: Upload<'_>,
    ) -> Result<Accepted> {
        let document = self.ids.document()?;
        self.documents.reserve_intent(workspace, document).await?;
        match self.write_and_commit(workspace, document, (submission, derivation), body).await {
            Ok(accepted) => {
                if accepted.duplicate {
                    self.discard(workspace, document).await?;
                }
                if let Some(ring) = &accepted.job {
                    // The row is committed, so the document is accepted whether or not the bell was heard.
                    if self.doorbell.ring(ring).await.is_err() {
                        tracing::warn!(job = %ring.job, "ring failed");
                    }
                }
                Ok(accepted)
            }
            Err(error) => {
                // What cannot be removed now is resolved by the sweeper: the intent is still there.
                if self.discard(workspace, document).await.is_err() {
                    tracing::warn!(%document, "upload remains");
                }
                Err(error)
            }
        }
    }

    async fn write_and_commit(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        (submission, derivation): (Submission, Derivation),
        body: Upload<'_>,
    ) -> Result<Accepted> {
        let key = self.keys.create(workspace, document).await?;
        let name = ObjectName::source(workspace, document);
        let written = self.blobs.put(&name, body, submission.limit_bytes).await?;
        let fingerprint = self.fingerprint(workspace, &written.sha256, submission.password.as_ref()).await?;
        let metadata = Metadata {
            file_name: submission.file_name,
            password: submission.password,
            sha256: written.sha256,
        };
        let new = NewDocument {
            document,
            actor: submission.actor,
            pipeline: submission.pipeline,
            retention: submission.retention,
            media_type: submission.media_type,
            bytes: written.bytes,
            fingerprint,
            metadata: metadata.seal(workspace, document, &key)?,
            derivation,
            first: submission.first,
            trace: submission.trace,
        };
        self.documents.commit(workspace, new).await
    }

    async fn fingerprint(
        &self,
        workspace: WorkspaceId,
        sha256: &[u8; 32],
        password: Option<&Secret>,
    ) -> Result<Fingerprint> {
        let password = password.map_or(&b""[..], |p| p.expose().as_bytes());
        self.keys.fingerprint(workspace, &[b"source", sha256, password]).await
    }

    /// Removes an upload that will not become a document: bytes, key, and last the intent that names them.
    async fn discard(&self, workspace: WorkspaceId, document: DocumentId) -> Result<()> {
        if !self.retention.close_intent(workspace, document).await? {
            return Ok(());
        }
        for entry in self.blobs.list_document(workspace, document).await? {
            self.blobs.delete_entry(workspace, &entry).await?;
        }
        self.keys.destroy(workspace, document).await?;
        self.retention.drop_intent(workspace, document).await
    }
}
