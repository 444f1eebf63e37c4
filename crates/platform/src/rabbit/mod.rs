//! The bell of a fleet: RabbitMQ, through one connection that rings and one that listens. Table of contents.
//!
//! The database is the truth, so everything here may be lost, repeated or late without harm. What is promised:
//! [`ring`](crate::port::Doorbell::ring) returns `Ok` only after the broker has stored **and** routed the message,
//! every wait has an end, and whatever breaks is built anew.

mod bell;
mod canary;
mod drain;
mod fault;
mod judge;
mod letter;
mod line;
mod listener;
mod message;
mod probe;
mod publisher;
mod session;
mod settings;
mod shared;
mod subscription;
mod surplus;
#[cfg(test)]
mod tests;
mod topology;

pub use bell::RabbitBell;
pub use message::MacKey;
pub use probe::BellPart;
pub use settings::{RabbitSettings, SettingsFault};
#[cfg(any(test, feature = "exam"))]
pub(crate) use topology::{Names, Spot};

/// For the exam: how many queues would take these bytes for a job.
#[cfg(any(test, feature = "exam"))]
pub(crate) fn hear(bytes: &[u8], sealed: bool) -> usize {
    message::hear(bytes, sealed)
}
