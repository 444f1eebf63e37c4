//! Why a form was not filled, or is not shown.

use smartexus_domain::DocumentId;
use smartexus_platform::PlatformError;

/// Why a form was not filled, or is not shown.
#[derive(Debug, thiserror::Error)]
pub enum FormFault {
    /// It could never be meant.
    #[error("{message}")]
    Refused {
        /// A stable word.
        code: &'static str,
        /// A sentence, or several with carets.
        message: String,
    },
    /// There is no such document or form in this workspace.
    #[error("there is no document {0}")]
    Absent(DocumentId),
    /// It is erased.
    #[error("document {0} is erased")]
    Gone(DocumentId),
    /// It is still at work.
    #[error("document {0} is still at work")]
    NotReady(DocumentId),
    /// The outside is at fault.
    #[error(transparent)]
    Platform(#[from] PlatformError),
}

impl FormFault {
    pub(super) fn refused(code: &'static str, message: impl Into<String>) -> Self {
        Self::Refused { code, message: message.into() }
    }
}
