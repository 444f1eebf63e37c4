//! Mappings of forms that a workspace keeps beside the shipped ones. Contents are sealed; a
//! [`MappingBook`](crate::MappingBook) seals and opens them.

use super::{Actor, Edited};
use crate::Result;
use async_trait::async_trait;
use jiff::Timestamp;
use smartexus_domain::WorkspaceId;

/// A mapping as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedMapping {
    /// The version of the list that brought it in: never used twice.
    pub number: u64,
    /// For whom.
    pub actor: Actor,
    /// When.
    pub at: Timestamp,
    /// Sealed.
    pub sealed: Vec<u8>,
}

/// All of them, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedMappings {
    /// Of the list.
    pub version: u64,
    /// Oldest first.
    pub mappings: Vec<SealedMapping>,
}

/// A change of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MappingEdit {
    /// Brings one in. Its number is the version after the one that was expected.
    Keep {
        /// It takes the place of this one.
        replaces: Option<u64>,
        /// Sealed.
        sealed: Vec<u8>,
    },
    /// Takes one out.
    Remove {
        /// Which.
        number: u64,
    },
}

/// Mappings of workspaces.
#[async_trait]
pub trait Mappings: Send + Sync {
    /// All of them, at one moment.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn all(&self, workspace: WorkspaceId) -> Result<SealedMappings>;

    /// Changes the list, if its version is still the expected one, with an audit event in the same transaction.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn edit(
        &self,
        workspace: WorkspaceId,
        expected: u64,
        edit: &MappingEdit,
        actor: Actor,
    ) -> Result<Edited>;
}
