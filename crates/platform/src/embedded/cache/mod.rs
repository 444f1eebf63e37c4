//! The cache of one process, and the parts of it that a shared cache falls back on. Table of contents.

mod buckets;
mod counts;
mod feeds;
mod local;
mod sessions;
#[cfg(test)]
mod tests;

pub(crate) use buckets::Buckets;
pub(crate) use counts::Counts;
pub(crate) use feeds::Feeds;
pub use local::LocalCache;
