//! Mappings of one workspace, sealed on their way in and opened on their way out.

use crate::port::{Actor, DocumentKey, Edited, MappingEdit};
use crate::sealing::{Context, open_bytes, seal_bytes};
use crate::{Result, World};
use jiff::Timestamp;
use smartexus_domain::WorkspaceId;

/// One workspace's mappings, sealed under a key of the workspace.
pub struct MappingBook<'w> {
    world: &'w World,
    workspace: WorkspaceId,
}

/// A mapping, opened.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptMapping {
    /// Never used twice.
    pub number: u64,
    /// For whom.
    pub actor: Actor,
    /// When.
    pub at: Timestamp,
    /// As it was given.
    pub content: Vec<u8>,
}

/// All of them.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptMappings {
    /// Of the list.
    pub version: u64,
    /// Oldest first.
    pub mappings: Vec<KeptMapping>,
}

impl World {
    /// Mappings of forms that a workspace keeps.
    #[must_use]
    pub const fn mapping_book(&self, workspace: WorkspaceId) -> MappingBook<'_> {
        MappingBook { world: self, workspace }
    }
}

impl MappingBook<'_> {
    /// All of them, oldest first.
    ///
    /// # Errors
    /// `Unverified`, `Keys`, `Database`, `Inconsistent`.
    pub async fn all(&self) -> Result<KeptMappings> {
        let sealed = self.world.mappings.all(self.workspace).await?;
        let mut mappings = Vec::with_capacity(sealed.mappings.len());
        if sealed.mappings.is_empty() {
            return Ok(KeptMappings { version: sealed.version, mappings });
        }
        let key = self.key().await?;
        for kept in sealed.mappings {
            let context = Context::mapping(self.workspace, kept.number);
            let content = open_bytes(key.id, &key.secret, &context, &kept.sealed)?;
            mappings.push(KeptMapping { number: kept.number, actor: kept.actor, at: kept.at, content });
        }
        Ok(KeptMappings { version: sealed.version, mappings })
    }

    /// Keeps a mapping, in the place of another one if it replaces one. [`Edited::Done`] has its number.
    ///
    /// # Errors
    /// `Keys`, `Database`, `Inconsistent`.
    pub async fn keep(
        &self,
        expected: u64,
        replaces: Option<u64>,
        content: &[u8],
        actor: Actor,
    ) -> Result<Edited> {
        self.world.documents.ensure_workspace(self.workspace).await?;
        let key = self.key().await?;
        let context = Context::mapping(self.workspace, expected.saturating_add(1));
        let sealed = seal_bytes(key.id, &key.secret, &context, content)?;
        self.edit(expected, &MappingEdit::Keep { replaces, sealed }, actor).await
    }

    /// Takes a mapping out.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    pub async fn remove(&self, expected: u64, number: u64, actor: Actor) -> Result<Edited> {
        self.edit(expected, &MappingEdit::Remove { number }, actor).await
    }

    async fn edit(&self, expected: u64, edit: &MappingEdit, actor: Actor) -> Result<Edited> {
        self.world.mappings.edit(self.workspace, expected, edit, actor).await
    }

    async fn key(&self) -> Result<DocumentKey> {
        self.world.keys.workspace_content_key(self.workspace).await
    }
}
