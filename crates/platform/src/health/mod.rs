//! Is this process alive, can it work, what has it counted: three pages on a port of their own, for every role.
//! Table of contents.

mod readiness;
mod server;
#[cfg(test)]
mod tests;

pub use readiness::{NotReady, Readiness, ReadinessReport, UnreadyPart};
pub use server::{HealthError, HealthServer};
