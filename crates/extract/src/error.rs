//! Why nothing could be extracted. The same bytes fail the same way on the same machine.

use smartexus_domain::{FailureCode, FaultVerdict, GatherError};

/// A document that could not be read. No variant holds any of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExtractError {
    /// There are no bytes.
    #[error("the file is empty")]
    Empty,
    /// More bytes than the limit.
    #[error("{size_bytes} bytes are more than the limit of {limit}")]
    TooLarge {
        /// Bytes there are.
        size_bytes: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// Bytes of no kind that is read here.
    #[error("this kind of file is not read")]
    UnsupportedMedia,
    /// The structure is damaged beyond recovery.
    #[error("the structure is damaged")]
    Corrupt,
    /// A password, or a way of protection that is not the standard one, stands in the way.
    #[error("a password is needed")]
    Encrypted,
    /// The password does not fit.
    #[error("the password does not fit")]
    WrongPassword,
    /// More pages than the limit.
    #[error("{pages} pages are more than the limit of {limit}")]
    TooManyPages {
        /// Pages there are.
        pages: u64,
        /// Pages allowed.
        limit: u32,
    },
    /// More objects than the limit.
    #[error("{objects} objects are more than the limit of {limit}")]
    TooManyObjects {
        /// Objects there are.
        objects: u64,
        /// Objects allowed.
        limit: u32,
    },
    /// No page has text.
    #[error("no page has text")]
    NothingReadable,
    /// The document is a picture, and the recognizer or its language data is not installed.
    #[error("text recognition is not installed")]
    OcrUnavailable,
}

impl ExtractError {
    /// The stable code for people and scripts.
    #[must_use]
    pub fn code(&self) -> FailureCode {
        match self {
            Self::Empty | Self::Corrupt => FailureCode::Corrupt,
            Self::TooLarge { .. } => FailureCode::TooLarge,
            Self::UnsupportedMedia => FailureCode::UnsupportedMedia,
            Self::Encrypted => FailureCode::EncryptedPdf,
            Self::WrongPassword => FailureCode::WrongPassword,
            Self::TooManyPages { .. } => FailureCode::TooManyPages,
            Self::TooManyObjects { .. } => FailureCode::TooManyObjects,
            Self::NothingReadable => FailureCode::NothingReadable,
            Self::OcrUnavailable => FailureCode::OcrUnavailable,
        }
    }

    /// Whose fault it is.
    #[must_use]
    pub fn verdict(&self) -> FaultVerdict {
        match self {
            Self::Empty
            | Self::TooLarge { .. }
            | Self::UnsupportedMedia
            | Self::Corrupt
            | Self::Encrypted
            | Self::WrongPassword
            | Self::TooManyPages { .. }
            | Self::TooManyObjects { .. }
            | Self::NothingReadable
            | Self::OcrUnavailable => FaultVerdict::Reject,
        }
    }
}

/// Of a document that was read at once. Its one part always fits.
impl From<GatherError> for ExtractError {
    fn from(error: GatherError) -> Self {
        match error {
            GatherError::NothingReadable => Self::NothingReadable,
            GatherError::Corrupt | GatherError::NoPart | GatherError::Misfit(_) => Self::Corrupt,
        }
    }
}
