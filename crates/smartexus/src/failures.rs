//! Inputs that failed: each is listed with its code and what to do about it.

use crate::exit::Exit;
use crate::output::{Output, one_line};
use smartexus_domain::FailureCode;

/// The failed inputs of a command, in the order of the inputs.
#[derive(Debug, Default)]
pub(crate) struct Failures {
    failed: Vec<(String, FailureCode)>,
}

impl Failures {
    /// Adds one.
    pub(crate) fn push(&mut self, name: &str, code: FailureCode) {
        self.failed.push((name.to_owned(), code));
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.failed.len()
    }

    /// Lists them on stderr.
    pub(crate) fn tell(&self, output: Output) {
        for (name, code) in &self.failed {
            output.note(&format!("{}: {code}: {} {}", one_line(name), code.message(), code.advice()));
        }
    }

    /// All failed is a failure, some failed is partial.
    pub(crate) fn exit(&self, total: usize) -> Exit {
        match self.failed.len() {
            0 => Exit::Done,
            failed if failed == total => Exit::Failed,
            _ => Exit::Partial,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_failed_is_not_all_failed() {
        let mut failures = Failures::default();
        assert_eq!(failures.exit(0), Exit::Done);
        assert_eq!(failures.exit(2), Exit::Done);
        failures.push("a.pdf", FailureCode::Corrupt);
        assert_eq!(failures.exit(2), Exit::Partial);
        failures.push("b.pdf", FailureCode::Timeout);
        assert_eq!(failures.exit(2), Exit::Failed);
    }
}
