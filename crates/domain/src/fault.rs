//! Whose fault an error is, and so what happens next.

/// What to do with the work that failed. Every library error answers `verdict()` with one of these,
/// matched without a wildcard arm, so that a new error forces the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultVerdict {
    /// The world's fault (disk, network, a child that died): try again later.
    Retry,
    /// The document's fault: tell the person, with a stable code, and do not try again.
    Reject,
    /// Our fault (sandbox, keys, configuration): stop claiming work and raise the alarm.
    Halt,
}
