//! Why a document could not be read: one closed list of codes, each with one sentence of advice.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The closed list of failure codes (`failure.code` in `smartexus.result/1`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// The PDF needs a password and none was given.
    EncryptedPdf,
    /// The password that was given does not open the PDF.
    WrongPassword,
    /// The bytes are damaged beyond reading, or there are none.
    Corrupt,
    /// The content is of a kind that the pipeline does not accept.
    UnsupportedMedia,
    /// There is a document, but no text in it.
    NothingReadable,
    /// The document is a picture, and text recognition is not installed.
    OcrUnavailable,
    /// More bytes than the pipeline allows.
    TooLarge,
    /// More pages than the pipeline allows.
    TooManyPages,
    /// More objects in the file than the pipeline allows.
    TooManyObjects,
    /// Reading took longer than the pipeline allows.
    Timeout,
    /// Reading needed more memory than the pipeline allows.
    OutOfMemory,
    /// The input could not be opened, or vanished while it was read.
    Unreadable,
    /// The reader died three times on this document.
    ReaderCrashed,
    /// The worker vanished ten times while it had this document.
    WorkerLost,
    /// The PDF has no fields to fill.
    NoFormFields,
    /// The form exists only in a language (XFA) that only its maker's program shows.
    UnsupportedForm,
    /// The form is signed: filling would break the signature.
    FormSigned,
    /// The form's owner forbids filling.
    FormLocked,
    /// More fields than the limit.
    TooManyFields,
    /// What was written did not read back as it was meant.
    FormNotWritten,
}

impl FailureCode {
    /// Every code, for tables and tests.
    pub const ALL: [Self; 20] = [
        Self::EncryptedPdf,
        Self::WrongPassword,
        Self::Corrupt,
        Self::UnsupportedMedia,
        Self::NothingReadable,
        Self::OcrUnavailable,
        Self::TooLarge,
        Self::TooManyPages,
        Self::TooManyObjects,
        Self::Timeout,
        Self::OutOfMemory,
        Self::Unreadable,
        Self::ReaderCrashed,
        Self::WorkerLost,
        Self::NoFormFields,
        Self::UnsupportedForm,
        Self::FormSigned,
        Self::FormLocked,
        Self::TooManyFields,
        Self::FormNotWritten,
    ];

    /// The stable code as scripts see it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EncryptedPdf => "encrypted_pdf",
            Self::WrongPassword => "wrong_password",
            Self::Corrupt => "corrupt",
            Self::UnsupportedMedia => "unsupported_media",
            Self::NothingReadable => "nothing_readable",
            Self::OcrUnavailable => "ocr_unavailable",
            Self::TooLarge => "too_large",
            Self::TooManyPages => "too_many_pages",
            Self::TooManyObjects => "too_many_objects",
            Self::Timeout => "timeout",
            Self::OutOfMemory => "out_of_memory",
            Self::Unreadable => "unreadable",
            Self::ReaderCrashed => "reader_crashed",
            Self::WorkerLost => "worker_lost",
            Self::NoFormFields => "no_form_fields",
            Self::UnsupportedForm => "unsupported_form",
            Self::FormSigned => "form_signed",
            Self::FormLocked => "form_locked",
            Self::TooManyFields => "too_many_fields",
            Self::FormNotWritten => "form_not_written",
        }
    }

    /// What happened, in one sentence, without any content of the document.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::EncryptedPdf => "The PDF is protected by a password.",
            Self::WrongPassword => "The password does not open this PDF.",
            Self::Corrupt => "The file is damaged or empty.",
            Self::UnsupportedMedia => "This kind of file is not accepted.",
            Self::NothingReadable => "No readable text was found in the file.",
            Self::OcrUnavailable => "The pages are pictures, and text recognition is not installed here.",
            Self::TooLarge => "The file is larger than the limit.",
            Self::TooManyPages => "The document has more pages than the limit.",
            Self::TooManyObjects => "The file has more objects than the limit.",
            Self::Timeout => "Reading the file took longer than the limit.",
            Self::OutOfMemory => "Reading the file needed more memory than the limit.",
            Self::Unreadable => "The file could not be opened.",
            Self::ReaderCrashed => "The reader stopped unexpectedly on this file, three times.",
            Self::WorkerLost => "The worker vanished ten times while it read this file.",
            Self::NoFormFields => "The PDF has no fields to fill.",
            Self::UnsupportedForm => "The form is an XFA form without ordinary fields.",
            Self::FormSigned => "The form carries a signature, which filling would break.",
            Self::FormLocked => "The form's owner does not allow filling.",
            Self::TooManyFields => "The form has more fields than the limit.",
            Self::FormNotWritten => {
                "The filled form did not read back as it was written, so it was thrown away."
            }
        }
    }

    /// One sentence that says what to do.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::EncryptedPdf => "Try again with --password, or save a copy without a password.",
            Self::WrongPassword => {
                "Check the password with whoever sent the file, then try again with --password."
            }
            Self::Corrupt => "Download the file again from the bank, or ask the sender for a new copy.",
            Self::UnsupportedMedia => {
                "Send a PDF, a picture (PNG, JPEG, TIFF or WebP), or a CSV export from the bank."
            }
            Self::NothingReadable => {
                "The pages may be blank or too blurred: ask the bank for the original PDF or a CSV export."
            }
            Self::OcrUnavailable => {
                "Install Tesseract's language data (on Debian: apt-get install tesseract-ocr-eng), then try again."
            }
            Self::TooLarge => "Split the file, or raise accepts.size_bytes in the pipeline file.",
            Self::TooManyPages => "Split the document, or raise accepts.pages in the pipeline file.",
            Self::TooManyObjects => {
                "Print it to a new PDF, or raise objects of the extract stage in the pipeline file."
            }
            Self::Timeout => "Split the document, or raise limits.document_timeout_ms in the pipeline file.",
            Self::OutOfMemory => "Split the document, or raise limits.memory_bytes in the pipeline file.",
            Self::Unreadable => "Check that the file exists and that you may read it.",
            Self::ReaderCrashed => "Download the file again, or ask the bank for a CSV export.",
            Self::WorkerLost => "Look for restarts in the worker's log, then submit the file again.",
            Self::NoFormFields => {
                "Ask the form's publisher for the fillable edition, or print it and fill it by hand."
            }
            Self::UnsupportedForm => "Ask the form's publisher for a static edition of the form.",
            Self::FormSigned => "Start from an unsigned blank of the form.",
            Self::FormLocked => "Ask the form's publisher for a blank that may be filled.",
            Self::TooManyFields => "Split the form, or raise the limit on fields.",
            Self::FormNotWritten => {
                "Print the blank to a new PDF with its fields kept, and try again with that."
            }
        }
    }
}

/// A failure as the result shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Failure {
    /// Stable code.
    pub code: FailureCode,
    /// What happened.
    pub message: String,
    /// What to do.
    pub advice: String,
}

impl From<FailureCode> for Failure {
    fn from(code: FailureCode) -> Self {
        Self { code, message: code.message().to_owned(), advice: code.advice().to_owned() }
    }
}

impl std::fmt::Display for FailureCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
