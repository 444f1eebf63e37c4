use smartexus_domain::{Failure, FailureCode, FaultVerdict};

/// Why a form could not be read or written at all. What is wrong with single fields is a value, not an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// Not a PDF.
    #[error("not a PDF")]
    NotPdf,
    /// A PDF that cannot be read.
    #[error("damaged or empty")]
    Corrupt,
    /// It asks for a password, and the empty one does not open it.
    #[error("protected by a password")]
    Encrypted,
    /// Larger than [`crate::FormLimits::size_bytes`].
    #[error("too large")]
    TooLarge,
    /// More objects than [`crate::FormLimits::objects`].
    #[error("too many objects")]
    TooManyObjects,
    /// More pages than [`crate::FormLimits::pages`].
    #[error("too many pages")]
    TooManyPages,
    /// More fields or widgets than [`crate::FormLimits::fields`] allows.
    #[error("too many fields")]
    TooManyFields,
    /// No field at all.
    #[error("no fields")]
    NoFields,
    /// An XFA form without ordinary fields.
    #[error("XFA form without fields")]
    XfaOnly,
    /// It carries a signature.
    #[error("signed")]
    Signed,
    /// Its owner forbids filling.
    #[error("filling is not allowed")]
    Locked,
    /// What was written did not read back as it was meant.
    #[error("not written as meant")]
    NotWritten,
    /// A mapping that should have been checked before does not read.
    #[error("the mapping does not read")]
    Mapping,
}

impl FormError {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> FailureCode {
        match self {
            Self::NotPdf => FailureCode::UnsupportedMedia,
            Self::Corrupt => FailureCode::Corrupt,
            Self::Encrypted => FailureCode::EncryptedPdf,
            Self::TooLarge => FailureCode::TooLarge,
            Self::TooManyObjects => FailureCode::TooManyObjects,
            Self::TooManyPages => FailureCode::TooManyPages,
            Self::TooManyFields => FailureCode::TooManyFields,
            Self::NoFields => FailureCode::NoFormFields,
            Self::XfaOnly => FailureCode::UnsupportedForm,
            Self::Signed => FailureCode::FormSigned,
            Self::Locked => FailureCode::FormLocked,
            Self::NotWritten | Self::Mapping => FailureCode::FormNotWritten,
        }
    }

    /// The document's fault, but for a mapping: that is ours.
    #[must_use]
    pub const fn verdict(self) -> FaultVerdict {
        match self {
            Self::NotPdf
            | Self::Corrupt
            | Self::Encrypted
            | Self::TooLarge
            | Self::TooManyObjects
            | Self::TooManyPages
            | Self::TooManyFields
            | Self::NoFields
            | Self::XfaOnly
            | Self::Signed
            | Self::Locked
            | Self::NotWritten => FaultVerdict::Reject,
            Self::Mapping => FaultVerdict::Halt,
        }
    }
}

impl From<FormError> for Failure {
    fn from(error: FormError) -> Self {
        error.code().into()
    }
}
