//! Identifiers: where time and chance become names.

use super::{Clock, ReceiptId};
use crate::{KeyFault, PlatformError, Result};
use smartexus_domain::{DocumentId, JobId, WorkspaceId};
use std::sync::Arc;
use uuid::Uuid;

/// Makes identifiers that sort by time (UUID version 7).
pub trait Ids: Send + Sync {
    /// A new UUID.
    ///
    /// # Errors
    /// [`PlatformError::Keys`] when the operating system gives no random bytes.
    fn uuid(&self) -> Result<Uuid>;

    /// A new document's id.
    ///
    /// # Errors
    /// As [`Ids::uuid`].
    fn document(&self) -> Result<DocumentId> {
        self.uuid().map(DocumentId::from_uuid)
    }

    /// A new job's id.
    ///
    /// # Errors
    /// As [`Ids::uuid`].
    fn job(&self) -> Result<JobId> {
        self.uuid().map(JobId::from_uuid)
    }

    /// A new workspace's id.
    ///
    /// # Errors
    /// As [`Ids::uuid`].
    fn workspace(&self) -> Result<WorkspaceId> {
        self.uuid().map(WorkspaceId::from_uuid)
    }

    /// A new receipt's id.
    ///
    /// # Errors
    /// As [`Ids::uuid`].
    fn receipt(&self) -> Result<ReceiptId> {
        self.uuid().map(ReceiptId::from_uuid)
    }
}

/// Time from a clock, chance from the operating system.
pub struct SystemIds {
    clock: Arc<dyn Clock>,
}

impl SystemIds {
    /// Ids stamped by this clock.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock }
    }
}

impl Ids for SystemIds {
    fn uuid(&self) -> Result<Uuid> {
        let mut random = [0_u8; 10];
        getrandom::fill(&mut random).map_err(|_| PlatformError::Keys(KeyFault::NoRandomness))?;
        let millis = u64::try_from(self.clock.now().as_millisecond()).unwrap_or(0);
        Ok(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }
}
