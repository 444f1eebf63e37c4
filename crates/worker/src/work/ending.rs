//! How a run went wrong, and what that means for its job.

use crate::cases::CaseFileError;
use crate::sandbox::{BadReply, Death, SandboxError};
use smartexus_analyze::AnalyzeError;
use smartexus_domain::{FailureCode, FaultVerdict};
use smartexus_platform::PlatformError;
use smartexus_report::ReportError;

/// Why a run left nothing behind. No message holds content, names or keys.
#[derive(Debug, thiserror::Error)]
pub(crate) enum JobError {
    /// The document is at fault.
    #[error("the document was rejected: {0}")]
    Rejected(FailureCode),
    /// The child did not live to answer.
    #[error("the sandboxed child died: {}", .0.as_str())]
    Died(Death),
    /// The child answered what may not be answered.
    #[error(transparent)]
    BadReply(#[from] BadReply),
    /// A stage of our own panicked on this document.
    #[error("a stage panicked")]
    Panicked,
    /// A file for people could not be written.
    #[error("the report could not be written")]
    Report(#[from] ReportError),
    /// The documents come to no case, or a case to no figures.
    #[error("the figures could not be computed")]
    Figures(#[from] CaseFileError),
    /// The data that figures rest on does not read.
    #[error("the analytics data does not read")]
    Analyst(#[from] AnalyzeError),
    /// An artifact of an earlier stage is missing or not understood.
    #[error("an artifact of an earlier stage cannot be read")]
    Artifact,
    /// No child could take the document.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
    /// This process does not know the document's pipeline; another may.
    #[error("the pipeline of the document is not known here")]
    UnknownPipeline,
    /// The outside is at fault.
    #[error(transparent)]
    Platform(#[from] PlatformError),
}

/// What happens to the job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The document fails at once; one attempt.
    Fail(FailureCode),
    /// One attempt, then again; the code is for when no attempt is left.
    Retry(FailureCode),
    /// Nothing is counted; again later.
    Postpone,
    /// Nothing is counted; the job is given back and this worker stops claiming.
    Halt,
}

impl JobError {
    /// The one table from faults to endings.
    pub(crate) fn ending(&self) -> Ending {
        match self {
            Self::Rejected(code) => Ending::Fail(*code),
            Self::Died(death) => Ending::Retry(death.failure()),
            Self::BadReply(_) | Self::Panicked => Ending::Retry(FailureCode::ReaderCrashed),
            Self::Artifact => Ending::Fail(FailureCode::Unreadable),
            Self::UnknownPipeline => Ending::Postpone,
            Self::Report(error) => match error.verdict() {
                FaultVerdict::Reject => Ending::Fail(FailureCode::TooLarge),
                // Writing to memory fails through what is written: one document must not stop the others.
                FaultVerdict::Retry | FaultVerdict::Halt => Ending::Retry(FailureCode::ReaderCrashed),
            },
            Self::Figures(error) => match error.verdict() {
                FaultVerdict::Reject => Ending::Fail(FailureCode::TooLarge),
                // As with reports: one case must not stop the others.
                FaultVerdict::Retry | FaultVerdict::Halt => Ending::Retry(FailureCode::ReaderCrashed),
            },
            Self::Analyst(_) => Ending::Halt,
            Self::Sandbox(error) => of_verdict(error.verdict()),
            Self::Platform(PlatformError::TooLarge { .. }) => Ending::Fail(FailureCode::TooLarge),
            Self::Platform(error) => of_verdict(error.verdict()),
        }
    }
}

const fn of_verdict(verdict: FaultVerdict) -> Ending {
    match verdict {
        FaultVerdict::Retry => Ending::Postpone,
        FaultVerdict::Reject => Ending::Fail(FailureCode::Unreadable),
        FaultVerdict::Halt => Ending::Halt,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::Layer;

    #[test]
    fn every_fault_has_its_ending() {
        for (error, ending) in [
            (JobError::Rejected(FailureCode::EncryptedPdf), Ending::Fail(FailureCode::EncryptedPdf)),
            (JobError::Died(Death::TimedOut), Ending::Retry(FailureCode::Timeout)),
            (JobError::Died(Death::OutOfMemory), Ending::Retry(FailureCode::OutOfMemory)),
            (JobError::Died(Death::ForbiddenCall), Ending::Retry(FailureCode::ReaderCrashed)),
            (JobError::Panicked, Ending::Retry(FailureCode::ReaderCrashed)),
            (JobError::Artifact, Ending::Fail(FailureCode::Unreadable)),
            (JobError::UnknownPipeline, Ending::Postpone),
            (JobError::Sandbox(SandboxError::Refused { layer: Layer::Files }), Ending::Halt),
            (JobError::Sandbox(SandboxError::Start(std::io::Error::other("busy"))), Ending::Postpone),
            (JobError::Platform(PlatformError::Missing), Ending::Fail(FailureCode::Unreadable)),
            (
                JobError::Platform(PlatformError::TooLarge { limit_bytes: 1 }),
                Ending::Fail(FailureCode::TooLarge),
            ),
            (JobError::Platform(PlatformError::Blobs { source: "away".into() }), Ending::Postpone),
            (JobError::Platform(PlatformError::Inconsistent("row")), Ending::Halt),
        ] {
            assert_eq!(error.ending(), ending, "{error}");
        }
    }
}
