//! Messages off the broker, for tests that throw bytes at whoever hears them.

use crate::rabbit;

/// Hears bytes as the queue of every stage and priority would; with `sealed`, as if they were the content of a message of
/// ours, so that they come past the MAC. Says how many queues took them for a job.
#[must_use]
pub fn hear(bytes: &[u8], sealed: bool) -> usize {
    rabbit::hear(bytes, sealed)
}
