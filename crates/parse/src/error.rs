use smartexus_domain::{FailureCode, FaultVerdict};

/// Why nothing could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// A kind of file that this release does not read.
    #[error("unsupported kind of file")]
    UnsupportedMedia,
    /// The bytes are no text in any encoding we know, or there are none.
    #[error("damaged or empty")]
    Corrupt,
    /// No page has a word, no line has a cell.
    #[error("nothing readable")]
    NothingReadable,
    /// More rows or cells than the pipeline allows.
    #[error("too many rows")]
    TooManyRows,
    /// Markup that brings in something from outside: a document type, an entity that nothing defines.
    #[error("forbidden markup")]
    ForbiddenMarkup,
    /// Markup nested deeper, or with more attributes, than the pipeline allows.
    #[error("markup too deep")]
    TooDeep,
    /// An archive with more entries, or more in them, than the pipeline allows.
    #[error("too much in an archive")]
    TooMuchPacked,
    /// A cell that is longer than any bank writes.
    #[error("a cell is too long")]
    CellTooLong,
}

impl ParseError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> FailureCode {
        match self {
            Self::UnsupportedMedia => FailureCode::UnsupportedMedia,
            Self::Corrupt | Self::ForbiddenMarkup => FailureCode::Corrupt,
            Self::NothingReadable => FailureCode::NothingReadable,
            Self::TooManyRows | Self::TooDeep | Self::TooMuchPacked | Self::CellTooLong => {
                FailureCode::TooLarge
            }
        }
    }

    /// Always the document's fault.
    #[must_use]
    pub const fn verdict(&self) -> FaultVerdict {
        match self {
            Self::UnsupportedMedia
            | Self::Corrupt
            | Self::NothingReadable
            | Self::TooManyRows
            | Self::ForbiddenMarkup
            | Self::TooDeep
            | Self::TooMuchPacked
            | Self::CellTooLong => FaultVerdict::Reject,
        }
    }
}
