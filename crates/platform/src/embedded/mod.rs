//! What lies on this machine: the data directory, the key file, a bell and a cache inside the process. Table of contents.

mod bell;
mod cache;
pub(crate) mod directory;
mod durability;
mod key_file;
#[cfg(test)]
mod tests;

pub(crate) use bell::LocalBell;
pub use cache::LocalCache;
pub(crate) use cache::{Buckets, Counts, Feeds};
pub use durability::Durability;
pub(crate) use key_file::{KeyFile, fresh_id};
