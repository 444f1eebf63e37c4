//! The embedded backends: sealed files, the key file, a bell inside the process. Table of contents.

mod bell;
pub(crate) mod directory;
mod durability;
mod key_file;
mod objects;
#[cfg(test)]
mod tests;
mod walk;

pub(crate) use bell::LocalBell;
pub use durability::Durability;
pub(crate) use key_file::{KeyFile, fresh_id};
pub(crate) use objects::SealedFiles;
