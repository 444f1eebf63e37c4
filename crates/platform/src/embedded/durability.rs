//! What a commit on this machine survives.

/// What a commit survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Power loss: every commit and every object is synced.
    Full,
    /// The end of the process, and no more: for a directory that is thrown away anyway.
    Ephemeral,
}
