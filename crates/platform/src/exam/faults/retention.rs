//! Retention with the faults of a process: the part of it by which the door takes an upload back.

use super::Life;
use crate::Result;
use crate::port::{
    Actor, DueDocument, DueQuery, EraseRequest, EraseStep, Erasure, HoldOutcome, Intent, ObjectName, Receipt,
    ReceiptId, Residue, Retention, Tombstoned,
};
use async_trait::async_trait;
use jiff::Timestamp;
use smartexus_domain::{DocumentId, WorkspaceId};
use std::sync::Arc;

pub(super) struct FaultyRetention {
    pub(super) inner: Arc<dyn Retention>,
    pub(super) life: Life,
}

#[async_trait]
impl Retention for FaultyRetention {
    async fn due(&self, workspace: WorkspaceId, query: &DueQuery) -> Result<Vec<DueDocument>> {
        self.inner.due(workspace, query).await
    }

    async fn set_hold(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        held: bool,
        actor: Actor,
    ) -> Result<HoldOutcome> {
        self.inner.set_hold(workspace, document, held, actor).await
    }

    async fn tombstone(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        request: &EraseRequest,
    ) -> Result<Tombstoned> {
        self.inner.tombstone(workspace, document, request).await
    }

    async fn erasures(&self, workspace: WorkspaceId, limit: u32) -> Result<Vec<Erasure>> {
        self.inner.erasures(workspace, limit).await
    }

    async fn advance(&self, workspace: WorkspaceId, document: DocumentId, next: EraseStep) -> Result<()> {
        self.inner.advance(workspace, document, next).await
    }

    async fn erase_rows(&self, workspace: WorkspaceId, document: DocumentId) -> Result<()> {
        self.inner.erase_rows(workspace, document).await
    }

    async fn residue(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Residue> {
        self.inner.residue(workspace, document).await
    }

    async fn finish(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Receipt> {
        self.inner.finish(workspace, document).await
    }

    async fn receipt(&self, workspace: WorkspaceId, receipt: ReceiptId) -> Result<Option<Receipt>> {
        self.inner.receipt(workspace, receipt).await
    }

    async fn stale_intents(
        &self,
        workspace: WorkspaceId,
        cutoff: Timestamp,
        limit: u32,
    ) -> Result<Vec<Intent>> {
        self.inner.stale_intents(workspace, cutoff, limit).await
    }

    async fn close_intent(&self, workspace: WorkspaceId, document: DocumentId) -> Result<bool> {
        let call = self.inner.close_intent(workspace, document);
        self.life.around_call("retention.close_intent", call).await
    }

    async fn drop_intent(&self, workspace: WorkspaceId, document: DocumentId) -> Result<()> {
        let call = self.inner.drop_intent(workspace, document);
        self.life.around_call("retention.drop_intent", call).await
    }

    async fn orphans(&self, workspace: WorkspaceId, objects: &[ObjectName]) -> Result<Vec<ObjectName>> {
        self.inner.orphans(workspace, objects).await
    }
}
