//! The ports of a process, each with its faults.

use super::categories::FaultyCategories;
use super::mappings::FaultyMappings;
use super::retention::FaultyRetention;
use super::{Faults, Life, Moment};
use crate::port::{
    Accepted, Actor, Artifact, Backlog, Blobs, ByteStream, DeadJob, Document, DocumentKey, DocumentQuery,
    Documents, Doorbell, Fingerprint, JobRecord, Jobs, Keys, Lease, LeaseToken, Listener, Lookup,
    NewDocument, ObjectEntry, ObjectKind, ObjectName, Reconciled, Released, Retried, RetryPlan, Revived,
    Ring, Settled, Settlement, Upload, Written,
};
use crate::{Result, World};
use async_trait::async_trait;
use futures::stream::BoxStream;
use smartexus_domain::{DocumentId, JobId, StageKind, WorkspaceId};
use std::sync::Arc;
use std::time::Duration;

/// The world as one start of the process sees it.
pub(super) fn wrap(faults: &Arc<Faults>, world: &World, number: u64) -> World {
    let life = || Life { faults: Arc::clone(faults), number };
    World {
        documents: Arc::new(Faulty { inner: Arc::clone(&world.documents), life: life() }),
        jobs: Arc::new(Faulty { inner: Arc::clone(&world.jobs), life: life() }),
        retention: Arc::new(FaultyRetention { inner: Arc::clone(&world.retention), life: life() }),
        categories: Arc::new(FaultyCategories { inner: Arc::clone(&world.categories), life: life() }),
        mappings: Arc::new(FaultyMappings { inner: Arc::clone(&world.mappings), life: life() }),
        doorbell: Arc::new(Faulty { inner: Arc::clone(&world.doorbell), life: life() }),
        blobs: Arc::new(Faulty { inner: Arc::clone(&world.blobs), life: life() }),
        keys: Arc::new(Faulty { inner: Arc::clone(&world.keys), life: life() }),
        ..world.clone()
    }
}

struct Faulty<P: ?Sized> {
    inner: Arc<P>,
    life: Life,
}

#[async_trait]
impl Documents for Faulty<dyn Documents> {
    async fn ensure_workspace(&self, workspace: WorkspaceId) -> Result<()> {
        self.life.around_call("documents.ensure_workspace", self.inner.ensure_workspace(workspace)).await
    }

    async fn workspaces(&self) -> Result<Vec<WorkspaceId>> {
        self.inner.workspaces().await
    }

    async fn reserve_intent(&self, workspace: WorkspaceId, document: DocumentId) -> Result<()> {
        let call = self.inner.reserve_intent(workspace, document);
        self.life.around_call("documents.reserve_intent", call).await
    }

    async fn commit(&self, workspace: WorkspaceId, new: NewDocument) -> Result<Accepted> {
        self.life.around_call("documents.commit", self.inner.commit(workspace, new)).await
    }

    async fn document(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Lookup<Document>> {
        self.life.around_call("documents.document", self.inner.document(workspace, document)).await
    }

    async fn list(&self, workspace: WorkspaceId, query: &DocumentQuery) -> Result<Vec<Document>> {
        self.inner.list(workspace, query).await
    }

    async fn sources(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Lookup<Vec<DocumentId>>> {
        self.life.around_call("documents.sources", self.inner.sources(workspace, document)).await
    }

    async fn artifacts(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Lookup<Vec<Artifact>>> {
        self.life.around_call("documents.artifacts", self.inner.artifacts(workspace, document)).await
    }

    async fn artifact(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        kind: &ObjectKind,
    ) -> Result<Lookup<Option<Artifact>>> {
        let call = self.inner.artifact(workspace, document, kind);
        self.life.around_call("documents.artifact", call).await
    }
}

#[async_trait]
impl Jobs for Faulty<dyn Jobs> {
    async fn claim(&self, stages: &[StageKind]) -> Result<Option<Lease>> {
        // Idle looks are without number; only a claim that gives a job is an effect, and it can only fail afterwards.
        self.life.goes_on().await;
        let claimed = self.inner.claim(stages).await?;
        self.life.looked(claimed.is_some());
        let Some(lease) = claimed else { return Ok(None) };
        let effect = self.life.note("jobs.claim");
        self.life.strike(effect, Moment::After).await?;
        Ok(Some(lease))
    }

    async fn heartbeat(&self, leases: &[LeaseToken]) -> Result<Vec<LeaseToken>> {
        let Some(_under_way) = self.life.beat() else { return Ok(Vec::new()) };
        self.inner.heartbeat(leases).await
    }

    async fn settle(&self, token: LeaseToken, settlement: Settlement) -> Result<Settled> {
        let call = async {
            let settled = self.inner.settle(token, settlement).await?;
            self.life.note_written(token, matches!(settled, Settled::Recorded { .. }));
            Ok(settled)
        };
        self.life.around_verdict("jobs.settle", call).await
    }

    async fn retry(&self, token: LeaseToken, plan: RetryPlan) -> Result<Retried> {
        self.life.around_verdict("jobs.retry", self.inner.retry(token, plan)).await
    }

    async fn postpone(&self, token: LeaseToken, delay: Duration) -> Result<Released> {
        self.life.around_verdict("jobs.postpone", self.inner.postpone(token, delay)).await
    }

    async fn release(&self, token: LeaseToken) -> Result<Released> {
        self.life.around_verdict("jobs.release", self.inner.release(token)).await
    }

    async fn reconcile(&self, limit: u32) -> Result<Reconciled> {
        self.life.goes_on().await;
        self.inner.reconcile(limit).await
    }

    async fn dead(&self, workspace: WorkspaceId, after: Option<JobId>, limit: u32) -> Result<Vec<DeadJob>> {
        self.inner.dead(workspace, after, limit).await
    }

    async fn revive(&self, workspace: WorkspaceId, job: JobId, actor: Actor) -> Result<Revived> {
        self.inner.revive(workspace, job, actor).await
    }

    async fn drop_dead(&self, workspace: WorkspaceId, job: JobId, actor: Actor) -> Result<bool> {
        self.inner.drop_dead(workspace, job, actor).await
    }

    async fn backlog(&self) -> Result<Backlog> {
        self.life.goes_on().await;
        self.inner.backlog().await
    }

    async fn of_document(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Vec<JobRecord>> {
        self.life.around_call("jobs.of_document", self.inner.of_document(workspace, document)).await
    }
}

#[async_trait]
impl Doorbell for Faulty<dyn Doorbell> {
    async fn ring(&self, ring: &Ring) -> Result<()> {
        self.life.around_call("doorbell.ring", self.inner.ring(ring)).await
    }

    fn listen(&self, stages: &[StageKind]) -> Box<dyn Listener> {
        self.inner.listen(stages)
    }

    fn is_shared(&self) -> bool {
        self.inner.is_shared()
    }

    async fn check(&self) -> Result<()> {
        self.inner.check().await
    }

    async fn close(&self) {
        self.inner.close().await;
    }
}

#[async_trait]
impl Blobs for Faulty<dyn Blobs> {
    async fn put(&self, name: &ObjectName, body: Upload<'_>, limit_bytes: u64) -> Result<Written> {
        self.life.around_call("blobs.put", self.inner.put(name, body, limit_bytes)).await
    }

    async fn get(&self, name: &ObjectName) -> Result<ByteStream> {
        self.life.around_call("blobs.get", self.inner.get(name)).await
    }

    async fn delete(&self, name: &ObjectName) -> Result<()> {
        self.life.around_call("blobs.delete", self.inner.delete(name)).await
    }

    async fn delete_entry(&self, workspace: WorkspaceId, entry: &ObjectEntry) -> Result<()> {
        self.life.around_call("blobs.delete_entry", self.inner.delete_entry(workspace, entry)).await
    }

    async fn list_document(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Vec<ObjectEntry>> {
        let call = self.inner.list_document(workspace, document);
        self.life.around_call("blobs.list_document", call).await
    }

    async fn list(&self, workspace: WorkspaceId) -> BoxStream<'static, Result<ObjectEntry>> {
        self.inner.list(workspace).await
    }

    async fn probe(&self) -> Result<()> {
        self.inner.probe().await
    }
}

#[async_trait]
impl Keys for Faulty<dyn Keys> {
    async fn create(&self, workspace: WorkspaceId, document: DocumentId) -> Result<DocumentKey> {
        self.life.around_call("keys.create", self.inner.create(workspace, document)).await
    }

    async fn document_key(&self, workspace: WorkspaceId, document: DocumentId) -> Result<DocumentKey> {
        self.life.around_call("keys.document_key", self.inner.document_key(workspace, document)).await
    }

    async fn workspace_content_key(&self, workspace: WorkspaceId) -> Result<DocumentKey> {
        self.life.around_call("keys.workspace_content_key", self.inner.workspace_content_key(workspace)).await
    }

    async fn destroy(&self, workspace: WorkspaceId, document: DocumentId) -> Result<()> {
        self.life.around_call("keys.destroy", self.inner.destroy(workspace, document)).await
    }

    async fn holds(&self, workspace: WorkspaceId, document: DocumentId) -> Result<bool> {
        self.inner.holds(workspace, document).await
    }

    async fn opens(&self, workspace: WorkspaceId) -> Result<bool> {
        self.inner.opens(workspace).await
    }

    async fn fingerprint(&self, workspace: WorkspaceId, parts: &[&[u8]]) -> Result<Fingerprint> {
        self.life.around_call("keys.fingerprint", self.inner.fingerprint(workspace, parts)).await
    }
}
