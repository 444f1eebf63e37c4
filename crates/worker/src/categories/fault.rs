//! Why an edit was refused.

use smartexus_categorize::WorkspaceError;
use smartexus_domain::FaultVerdict;
use smartexus_platform::PlatformError;
use smartexus_platform::port::Edited;

/// Why a rule or a correction was not taken, found or changed.
#[derive(Debug, thiserror::Error)]
pub enum CategoryFault {
    /// It could never be meant.
    #[error(transparent)]
    Refused(#[from] WorkspaceError),
    /// The list was changed meanwhile; its version is this.
    #[error("the list was changed meanwhile")]
    Stale(u64),
    /// There is no such rule, correction, document or row.
    #[error("there is no such rule, correction, document or row")]
    Absent,
    /// The document is erased.
    #[error("the document is erased")]
    Gone,
    /// The document is still at work, or failed: it has no rows.
    #[error("the document has no rows yet")]
    NoRows,
    /// The outside is at fault.
    #[error(transparent)]
    Platform(#[from] PlatformError),
}

impl CategoryFault {
    /// Whose fault it is.
    #[must_use]
    pub const fn verdict(&self) -> FaultVerdict {
        match self {
            Self::Refused(_) | Self::Stale(_) | Self::Absent | Self::Gone | Self::NoRows => {
                FaultVerdict::Reject
            }
            Self::Platform(error) => error.verdict(),
        }
    }
}

/// The version after a change, or why there was none.
pub(super) const fn done(edited: Edited) -> Result<u64, CategoryFault> {
    match edited {
        Edited::Done(version) => Ok(version),
        Edited::Stale(version) => Err(CategoryFault::Stale(version)),
        Edited::Absent => Err(CategoryFault::Absent),
        Edited::Gone => Err(CategoryFault::Gone),
    }
}
