//! How a child ended without a proper answer.

use smartexus_domain::FailureCode;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

/// Why there is no answer. Always counted against the document: the child got nothing else to die of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Death {
    /// The wall clock or the processor-time limit ended it.
    TimedOut,
    /// It asked for more memory than allowed.
    OutOfMemory,
    /// It made a forbidden system call.
    ForbiddenCall,
    /// Any other signal or exit.
    Crashed,
    /// The reader panicked.
    Panicked,
    /// It answered, but not what may be answered.
    BadReply,
}

impl Death {
    /// The word in logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TimedOut => "timed_out",
            Self::OutOfMemory => "out_of_memory",
            Self::ForbiddenCall => "forbidden_call",
            Self::Crashed => "crashed",
            Self::Panicked => "panicked",
            Self::BadReply => "bad_reply",
        }
    }

    /// What the document is told when no attempt is left.
    #[must_use]
    pub const fn failure(self) -> FailureCode {
        match self {
            Self::TimedOut => FailureCode::Timeout,
            Self::OutOfMemory => FailureCode::OutOfMemory,
            Self::ForbiddenCall | Self::Crashed | Self::Panicked | Self::BadReply => {
                FailureCode::ReaderCrashed
            }
        }
    }

    /// What an exit status says. `memory_refused`: the runtime's own words on standard error that an allocation failed.
    pub(super) fn of(status: ExitStatus, memory_refused: bool) -> Self {
        match status.signal() {
            Some(libc::SIGXCPU) => Self::TimedOut,
            Some(libc::SIGSYS) => Self::ForbiddenCall,
            Some(libc::SIGABRT) if memory_refused => Self::OutOfMemory,
            Some(_) => Self::Crashed,
            // It went away in peace and left half an answer or none.
            None => Self::BadReply,
        }
    }
}
