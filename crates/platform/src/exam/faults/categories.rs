//! Rules and corrections with the faults of a process: what a worker looks at before it categorizes.

use super::Life;
use crate::Result;
use crate::port::{
    Actor, Categories, CategoryVersions, Edited, NewCorrection, RuleEdit, SealedCorrections, SealedRules,
};
use async_trait::async_trait;
use smartexus_domain::{DocumentId, WorkspaceId};
use std::sync::Arc;

pub(super) struct FaultyCategories {
    pub(super) inner: Arc<dyn Categories>,
    pub(super) life: Life,
}

#[async_trait]
impl Categories for FaultyCategories {
    async fn versions(&self, workspace: WorkspaceId) -> Result<CategoryVersions> {
        self.life.around_call("categories.versions", self.inner.versions(workspace)).await
    }

    async fn rules(&self, workspace: WorkspaceId) -> Result<SealedRules> {
        self.life.around_call("categories.rules", self.inner.rules(workspace)).await
    }

    async fn edit_rules(
        &self,
        workspace: WorkspaceId,
        expected: u64,
        edit: &RuleEdit,
        actor: Actor,
    ) -> Result<Edited> {
        let call = self.inner.edit_rules(workspace, expected, edit, actor);
        self.life.around_call("categories.edit_rules", call).await
    }

    async fn corrections(&self, workspace: WorkspaceId) -> Result<SealedCorrections> {
        self.life.around_call("categories.corrections", self.inner.corrections(workspace)).await
    }

    async fn record(
        &self,
        workspace: WorkspaceId,
        expected: u64,
        record: &NewCorrection,
        actor: Actor,
    ) -> Result<Edited> {
        let call = self.inner.record(workspace, expected, record, actor);
        self.life.around_call("categories.record", call).await
    }

    async fn note_asked(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        names: u32,
        actor: Actor,
    ) -> Result<bool> {
        let call = self.inner.note_asked(workspace, document, names, actor);
        self.life.around_call("categories.note_asked", call).await
    }
}
