//! What the door asks of rooms that it may not name. `main` answers for them.

use crate::case_ask::{CaseAsk, CaseReply};
use crate::category_ask::{CategoryAsk, CategoryReply};
use crate::form_ask::{FormAsk, FormReply};
use async_trait::async_trait;
use jiff::civil::Date;
use smartexus_domain::{DocumentId, StatementResult, WorkspaceId};
use smartexus_platform::PlatformError;
use smartexus_platform::port::{Lookup, ReceiptId};

/// The other rooms.
#[async_trait]
pub trait Neighbours: Send + Sync {
    /// The result of a document; `Found(None)` while it is still at work. Failed documents have one too, cases and filled
    /// forms have none.
    ///
    /// # Errors
    /// Whatever the ports answer.
    async fn result(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<Lookup<Option<StatementResult>>, PlatformError>;

    /// Asks for an erasure. After `Erasing`, nobody sees the document any more.
    ///
    /// # Errors
    /// Whatever the ports answer.
    async fn request_erasure(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
    ) -> Result<ErasureReply, PlatformError>;

    /// Answers a question about the workspace's categories, or does what is wished for.
    ///
    /// # Errors
    /// Whatever the ports answer.
    async fn categories(
        &self,
        workspace: WorkspaceId,
        ask: CategoryAsk,
    ) -> Result<CategoryReply, PlatformError>;

    /// Answers a question about the workspace's cases, or makes one.
    ///
    /// # Errors
    /// Whatever the ports answer.
    async fn cases(&self, workspace: WorkspaceId, ask: CaseAsk) -> Result<CaseReply, PlatformError>;

    /// Answers a question about the workspace's forms, or has one filled.
    ///
    /// # Errors
    /// Whatever the ports answer.
    async fn forms(&self, workspace: WorkspaceId, ask: FormAsk) -> Result<FormReply, PlatformError>;

    /// Whatever is not well, for instance a sweeper without success for too long. Empty when all is.
    fn not_ready(&self) -> Vec<NotReady>;

    /// Bytes that are free where documents are kept; `None` where nobody can tell, as with a store elsewhere.
    fn free_bytes(&self) -> Option<u64> {
        None
    }
}

/// The answer to a wish for erasure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErasureReply {
    /// It is under way.
    Erasing(ReceiptId),
    /// It was erased before.
    Erased(ReceiptId),
    /// Something stronger stands in the way.
    Refused {
        /// Why: `held`, `blocked_by_minimum`, …
        reason: &'static str,
        /// The retention rule.
        rule: String,
        /// When to ask again.
        review_on: Option<Date>,
    },
    /// Not in this workspace.
    Absent,
}

/// One thing that is not ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotReady {
    /// Which part, for instance `sweeper`.
    pub part: &'static str,
    /// What is wrong, as a stable word.
    pub reason: &'static str,
}
