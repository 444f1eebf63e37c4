//! The cache in Redis: what replicas share and may lose. Table of contents.

mod backoff;
mod cache;
mod invalidations;
mod leaders;
mod limits;
mod link;
mod marks;
mod names;
mod progress;
mod scripts;
mod sessions;
mod settings;
mod subscriber;
#[cfg(test)]
mod tests;

pub use cache::RedisCache;
pub use settings::RedisSettings;
