//! What a workspace knows about categories beside the shipped data: an ordered list of rules, and what people corrected.
//! Contents are sealed; a [`CategoryBook`](crate::CategoryBook) seals and opens them.

use super::Actor;
use crate::Result;
use async_trait::async_trait;
use jiff::Timestamp;
use smartexus_domain::{DocumentId, WorkspaceId};

/// How often each list was changed. Nothing was ever kept: both are 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct CategoryVersions {
    /// Of the rules.
    pub rules: u64,
    /// Of the corrections. An erasure that takes some away counts too.
    pub corrections: u64,
}

/// A rule as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedRule {
    /// The version of the list that brought it in: never used twice.
    pub number: u64,
    /// It came from this document, and goes with it.
    pub document: Option<DocumentId>,
    /// Sealed.
    pub sealed: Vec<u8>,
}

/// The rules in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedRules {
    /// Of the list.
    pub version: u64,
    /// The first that fits decides.
    pub rules: Vec<SealedRule>,
}

/// A change of the list of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleEdit {
    /// Brings a rule in. Its number is the version after the one that was expected.
    Add {
        /// It comes from this document.
        document: Option<DocumentId>,
        /// Where it stands, from 0; `None`, or past the end: last.
        at: Option<u32>,
        /// Sealed.
        sealed: Vec<u8>,
    },
    /// Takes one out.
    Remove {
        /// Which.
        number: u64,
    },
    /// Puts all of them into this order.
    Order {
        /// Each number of the list once.
        numbers: Vec<u64>,
    },
}

/// The answer to a change. Nothing but [`Edited::Done`] changed anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edited {
    /// The list's version now.
    Done(u64),
    /// Somebody changed it meanwhile: its version is this.
    Stale(u64),
    /// What it is about is not there, or, for an order, is not each of them once.
    Absent,
    /// The document it comes from is tombstoned or erased.
    Gone,
}

/// What a record says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectionKind {
    /// A person said what a row is.
    Corrected,
    /// The correction of this number is taken back.
    Undone(u64),
    /// Nothing is to follow from corrections: an objection.
    SwitchedOff,
    /// It may again.
    SwitchedOn,
}

/// A record about to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewCorrection {
    /// A correction. Its number is the version after the one that was expected.
    Corrected {
        /// Of a row of this document.
        document: DocumentId,
        /// Sealed.
        sealed: Vec<u8>,
    },
    /// Takes one back.
    Undone(u64),
    /// Switches learning off (`false`) or on; to what it is already is [`Edited::Done`] and no record.
    Switched(bool),
}

/// A record as it is kept: added, never changed, gone only with its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedCorrection {
    /// Counts up, never used twice; there may be holes.
    pub number: u64,
    /// What it says.
    pub kind: CorrectionKind,
    /// It came from this document, and goes with it.
    pub document: Option<DocumentId>,
    /// For whom.
    pub actor: Actor,
    /// When.
    pub at: Timestamp,
    /// Sealed; only corrections have content.
    pub sealed: Option<Vec<u8>>,
}

/// All records, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedCorrections {
    /// Of the list.
    pub version: u64,
    /// Oldest first.
    pub records: Vec<SealedCorrection>,
}

/// Rules and corrections of workspaces.
#[async_trait]
pub trait Categories: Send + Sync {
    /// How often each list was changed: cheap, so that what was read before is read again only after a change.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn versions(&self, workspace: WorkspaceId) -> Result<CategoryVersions>;

    /// The rules in their order, at one moment.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn rules(&self, workspace: WorkspaceId) -> Result<SealedRules>;

    /// Changes the list of rules, if its version is still the expected one, with an audit event in the same transaction.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn edit_rules(
        &self,
        workspace: WorkspaceId,
        expected: u64,
        edit: &RuleEdit,
        actor: Actor,
    ) -> Result<Edited>;

    /// Every record, at one moment.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn corrections(&self, workspace: WorkspaceId) -> Result<SealedCorrections>;

    /// Adds a record, if the list's version is still the expected one, with an audit event in the same transaction.
    /// Undoing what is undone already is [`Edited::Absent`].
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn record(
        &self,
        workspace: WorkspaceId,
        expected: u64,
        record: &NewCorrection,
        actor: Actor,
    ) -> Result<Edited>;

    /// Puts on record that so many names of a document are about to be sent to a model outside. `false`, and no record, when
    /// the document is not there any more: then nothing may be sent.
    ///
    /// # Errors
    /// `Database`, `Inconsistent`.
    async fn note_asked(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        names: u32,
        actor: Actor,
    ) -> Result<bool>;
}
