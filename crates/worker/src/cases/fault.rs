//! Why a case was not made.

use smartexus_domain::DocumentId;
use smartexus_platform::PlatformError;

/// Why a case was not made, or is not shown.
#[derive(Debug, thiserror::Error)]
pub enum CaseFault {
    /// It could never be meant.
    #[error("{message}")]
    Refused {
        /// A stable word.
        code: &'static str,
        /// A sentence.
        message: String,
    },
    /// There is no such document in this workspace.
    #[error("there is no document {0}")]
    Absent(DocumentId),
    /// The document is erased.
    #[error("document {0} is erased")]
    Gone(DocumentId),
    /// The document is still at work.
    #[error("document {0} is still at work")]
    NotReady(DocumentId),
    /// The outside is at fault.
    #[error(transparent)]
    Platform(#[from] PlatformError),
}

impl CaseFault {
    pub(super) fn refused(code: &'static str, message: impl Into<String>) -> Self {
        Self::Refused { code, message: message.into() }
    }
}
