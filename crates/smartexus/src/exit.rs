//! How the program ends: one table of exit codes, and the sentence that goes with a bad end.

use std::io;
use std::process::ExitCode;

/// The documented exit codes. New ones may come; these never change their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// Done.
    Done = 0,
    /// Failed: one sentence on stderr.
    Failed = 1,
    /// The command line makes no sense (clap uses the same code).
    Usage = 2,
    /// Some inputs failed; each is listed.
    Partial = 3,
    /// Something needs a person; only with `--fail-on-review`.
    Attention = 4,
    /// A needed service or library is missing.
    Unavailable = 69,
    /// Bad configuration or pipeline.
    Configuration = 78,
    /// Interrupted by a person.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A command that cannot go on: the exit code, one sentence, and what to do about it.
#[derive(Debug)]
pub(crate) struct Stop {
    /// How the program ends.
    pub(crate) exit: Exit,
    /// What happened, in one sentence; several lines where faults are listed. Empty: say nothing.
    pub(crate) sentence: String,
    /// What to do.
    pub(crate) advice: Option<String>,
}

impl Stop {
    /// Something went wrong that is neither the caller's words nor a missing piece.
    pub(crate) fn failed(sentence: impl Into<String>) -> Self {
        Self { exit: Exit::Failed, sentence: sentence.into(), advice: None }
    }

    /// The command line makes no sense.
    pub(crate) fn usage(sentence: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, sentence: sentence.into(), advice: None }
    }

    /// A needed piece of the machine is missing.
    pub(crate) fn unavailable(sentence: impl Into<String>) -> Self {
        let advice = "run `smartexus doctor` to see what is missing".to_owned();
        Self { exit: Exit::Unavailable, sentence: sentence.into(), advice: Some(advice) }
    }

    /// The configuration or a pipeline file is wrong.
    pub(crate) fn configuration(sentence: impl Into<String>) -> Self {
        Self { exit: Exit::Configuration, sentence: sentence.into(), advice: None }
    }

    /// The same end, with what to do about it.
    pub(crate) fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

impl From<io::Error> for Stop {
    /// Writing to a reader that left (`| head`) is no failure: the program ends quietly.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self { exit: Exit::Done, sentence: String::new(), advice: None };
        }
        Self::failed(format!("could not write: {}", error.kind()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_documented_ones() {
        let table = [
            (Exit::Done, 0),
            (Exit::Failed, 1),
            (Exit::Usage, 2),
            (Exit::Partial, 3),
            (Exit::Attention, 4),
            (Exit::Unavailable, 69),
            (Exit::Configuration, 78),
            (Exit::Interrupted, 130),
        ];
        for (exit, code) in table {
            assert_eq!(exit as u8, code);
        }
    }

    #[test]
    fn a_reader_that_left_is_no_failure() {
        let stop = Stop::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!((stop.exit, stop.sentence.as_str()), (Exit::Done, ""));
        assert_eq!(Stop::from(io::Error::from(io::ErrorKind::StorageFull)).exit, Exit::Failed);
    }
}
