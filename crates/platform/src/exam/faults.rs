//! A world whose every effect can be made to fail: before it happens, after it happened, or with the process dying
//! at that very point.

use crate::port::{
    Accepted, Actor, Artifact, Backlog, Blobs, ByteStream, DeadJob, Document, DocumentKey, DocumentQuery,
    Documents, Doorbell, Fingerprint, JobRecord, Jobs, Keys, Lease, LeaseToken, Listener, Lookup,
    NewDocument, ObjectEntry, ObjectKind, ObjectName, Reconciled, Released, Retried, RetryPlan, Revived,
    Ring, Settled, Settlement, Upload, Written,
};
use crate::{PlatformError, Result, World};
use async_trait::async_trait;
use futures::stream::BoxStream;
use smartexus_domain::{DocumentId, JobId, StageKind, WorkspaceId};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// When, seen from the effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// It does not happen.
    Before,
    /// It happens, and nobody is told.
    After,
}

/// What happens then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Harm {
    /// The call answers that the world is at fault.
    Error,
    /// The call never answers: whoever made it is dead.
    Death,
}

/// One effect of a journey: the `nth` call of a method, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Effect {
    /// The method, `port.method`.
    pub method: &'static str,
    /// Which call of it.
    pub nth: usize,
}

/// Where the faults of a world come from. Idle work (heartbeats, the reconciler, looks that find nothing) is not counted.
#[derive(Default)]
pub struct Faults {
    state: Mutex<State>,
    died: Notify,
}

#[derive(Default)]
struct State {
    seen: Vec<Effect>,
    armed: Option<(Effect, Moment, Harm)>,
    struck: bool,
}

impl Faults {
    /// Wraps a world.
    #[must_use]
    pub fn around(self: &Arc<Self>, world: &World) -> World {
        let faults = || Arc::clone(self);
        World {
            documents: Arc::new(Faulty { inner: Arc::clone(&world.documents), faults: faults() }),
            jobs: Arc::new(Faulty { inner: Arc::clone(&world.jobs), faults: faults() }),
            doorbell: Arc::new(Faulty { inner: Arc::clone(&world.doorbell), faults: faults() }),
            blobs: Arc::new(Faulty { inner: Arc::clone(&world.blobs), faults: faults() }),
            keys: Arc::new(Faulty { inner: Arc::clone(&world.keys), faults: faults() }),
            ..world.clone()
        }
    }

    /// Forgets what was seen, and strikes at this point from now on, once; `None` only watches.
    pub fn arm(&self, point: Option<(Effect, Moment, Harm)>) {
        *self.lock() = State { armed: point, ..State::default() };
    }

    /// The effects since the last [`Faults::arm`].
    #[must_use]
    pub fn seen(&self) -> Vec<Effect> {
        self.lock().seen.clone()
    }

    /// Whether the armed point was reached.
    #[must_use]
    pub fn struck(&self) -> bool {
        self.lock().struck
    }

    /// Returns when somebody died.
    pub async fn death(&self) {
        self.died.notified().await;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What becomes of the call of this effect at this moment.
    fn harm(&self, effect: Effect, moment: Moment) -> Option<Harm> {
        let mut state = self.lock();
        let (armed, when, harm) = state.armed?;
        if (armed, when) != (effect, moment) {
            return None;
        }
        state.armed = None;
        state.struck = true;
        Some(harm)
    }

    fn note(&self, method: &'static str) -> Effect {
        let mut state = self.lock();
        let nth = state.seen.iter().filter(|effect| effect.method == method).count();
        let effect = Effect { method, nth };
        state.seen.push(effect);
        effect
    }

    async fn strike(&self, effect: Effect, moment: Moment) -> Result<()> {
        match self.harm(effect, moment) {
            None => Ok(()),
            Some(Harm::Error) => Err(PlatformError::Database { source: "an injected fault".into() }),
            Some(Harm::Death) => {
                self.died.notify_one();
                std::future::pending().await
            }
        }
    }

    async fn around_call<T>(
        &self,
        method: &'static str,
        call: impl Future<Output = Result<T>> + Send,
    ) -> Result<T> {
        let effect = self.note(method);
        self.strike(effect, Moment::Before).await?;
        let answer = call.await?;
        self.strike(effect, Moment::After).await?;
        Ok(answer)
    }
}

struct Faulty<P: ?Sized> {
    inner: Arc<P>,
    faults: Arc<Faults>,
}

#[async_trait]
impl Documents for Faulty<dyn Documents> {
    async fn ensure_workspace(&self, workspace: WorkspaceId) -> Result<()> {
        self.faults.around_call("documents.ensure_workspace", self.inner.ensure_workspace(workspace)).await
    }

    async fn workspaces(&self) -> Result<Vec<WorkspaceId>> {
        self.inner.workspaces().await
    }

    async fn reserve_intent(&self, workspace: WorkspaceId, document: DocumentId) -> Result<()> {
        let call = self.inner.reserve_intent(workspace, document);
        self.faults.around_call("documents.reserve_intent", call).await
    }

    async fn commit(&self, workspace: WorkspaceId, new: NewDocument) -> Result<Accepted> {
        self.faults.around_call("documents.commit", self.inner.commit(workspace, new)).await
    }

    async fn document(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Lookup<Document>> {
        self.faults.around_call("documents.document", self.inner.document(workspace, document)).await
    }

    async fn list(&self, workspace: WorkspaceId, query: &DocumentQuery) -> Result<Vec<Document>> {
        self.inner.list(workspace, query).await
    }

    async fn artifacts(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Lookup<Vec<Artifact>>> {
        self.faults.around_call("documents.artifacts", self.inner.artifacts(workspace, document)).await
    }

    async fn artifact(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        kind: &ObjectKind,
    ) -> Result<Lookup<Option<Artifact>>> {
        let call = self.inner.artifact(workspace, document, kind);
        self.faults.around_call("documents.artifact", call).await
    }
}

#[async_trait]
impl Jobs for Faulty<dyn Jobs> {
    async fn claim(&self, stages: &[StageKind]) -> Result<Option<Lease>> {
        // Idle looks are without number; only a claim that gives a job is an effect, and it can only fail afterwards.
        let Some(lease) = self.inner.claim(stages).await? else { return Ok(None) };
        let effect = self.faults.note("jobs.claim");
        self.faults.strike(effect, Moment::After).await?;
        Ok(Some(lease))
    }

    async fn heartbeat(&self, leases: &[LeaseToken]) -> Result<Vec<LeaseToken>> {
        self.inner.heartbeat(leases).await
    }

    async fn settle(&self, token: LeaseToken, settlement: Settlement) -> Result<Settled> {
        self.faults.around_call("jobs.settle", self.inner.settle(token, settlement)).await
    }

    async fn retry(&self, token: LeaseToken, plan: RetryPlan) -> Result<Retried> {
        self.faults.around_call("jobs.retry", self.inner.retry(token, plan)).await
    }

    async fn postpone(&self, token: LeaseToken, delay: Duration) -> Result<Released> {
        self.faults.around_call("jobs.postpone", self.inner.postpone(token, delay)).await
    }

    async fn release(&self, token: LeaseToken) -> Result<Released> {
        self.faults.around_call("jobs.release", self.inner.release(token)).await
    }

    async fn reconcile(&self, limit: u32) -> Result<Reconciled> {
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
        self.inner.backlog().await
    }

    async fn of_document(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Vec<JobRecord>> {
        self.faults.around_call("jobs.of_document", self.inner.of_document(workspace, document)).await
    }
}

#[async_trait]
impl Doorbell for Faulty<dyn Doorbell> {
    async fn ring(&self, ring: &Ring) -> Result<()> {
        self.faults.around_call("doorbell.ring", self.inner.ring(ring)).await
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
        self.faults.around_call("blobs.put", self.inner.put(name, body, limit_bytes)).await
    }

    async fn get(&self, name: &ObjectName) -> Result<ByteStream> {
        self.faults.around_call("blobs.get", self.inner.get(name)).await
    }

    async fn delete(&self, name: &ObjectName) -> Result<()> {
        self.faults.around_call("blobs.delete", self.inner.delete(name)).await
    }

    async fn delete_entry(&self, workspace: WorkspaceId, entry: &ObjectEntry) -> Result<()> {
        self.faults.around_call("blobs.delete_entry", self.inner.delete_entry(workspace, entry)).await
    }

    async fn list_document(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Vec<ObjectEntry>> {
        self.inner.list_document(workspace, document).await
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
        self.faults.around_call("keys.create", self.inner.create(workspace, document)).await
    }

    async fn document_key(&self, workspace: WorkspaceId, document: DocumentId) -> Result<DocumentKey> {
        self.faults.around_call("keys.document_key", self.inner.document_key(workspace, document)).await
    }

    async fn destroy(&self, workspace: WorkspaceId, document: DocumentId) -> Result<()> {
        self.faults.around_call("keys.destroy", self.inner.destroy(workspace, document)).await
    }

    async fn holds(&self, workspace: WorkspaceId, document: DocumentId) -> Result<bool> {
        self.inner.holds(workspace, document).await
    }

    async fn opens(&self, workspace: WorkspaceId) -> Result<bool> {
        self.inner.opens(workspace).await
    }

    async fn fingerprint(&self, workspace: WorkspaceId, parts: &[&[u8]]) -> Result<Fingerprint> {
        self.faults.around_call("keys.fingerprint", self.inner.fingerprint(workspace, parts)).await
    }
}
