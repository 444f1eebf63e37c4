//! Mappings of forms with the faults of a process.

use super::Life;
use crate::Result;
use crate::port::{Actor, Edited, MappingEdit, Mappings, SealedMappings};
use async_trait::async_trait;
use smartexus_domain::WorkspaceId;
use std::sync::Arc;

pub(super) struct FaultyMappings {
    pub(super) inner: Arc<dyn Mappings>,
    pub(super) life: Life,
}

#[async_trait]
impl Mappings for FaultyMappings {
    async fn all(&self, workspace: WorkspaceId) -> Result<SealedMappings> {
        self.life.around_call("mappings.all", self.inner.all(workspace)).await
    }

    async fn edit(
        &self,
        workspace: WorkspaceId,
        expected: u64,
        edit: &MappingEdit,
        actor: Actor,
    ) -> Result<Edited> {
        self.life.around_call("mappings.edit", self.inner.edit(workspace, expected, edit, actor)).await
    }
}
