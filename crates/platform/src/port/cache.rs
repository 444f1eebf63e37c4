//! The cache: what replicas share and may lose.

use super::{Generations, Leaders, Limiter, ProgressChannel, Sessions};
use async_trait::async_trait;
use std::time::Duration;

/// The cache did not answer in time. Not a fault: the caller goes to the database, or does without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the cache did not answer")]
pub struct Unavailable;

/// What replicas share and may lose. Nothing in it is ever the truth, so losing it degrades (stricter limits,
/// sessions from the database, looking instead of hearing) and never stops work. No call waits longer than its
/// patience, and what is kept are ids, counters, hashes and sealed bytes only.
#[async_trait]
pub trait Cache: Limiter + Sessions + ProgressChannel + Leaders + Generations {
    /// Whether this process does without the shared store right now. Asks nobody.
    fn is_degraded(&self) -> bool;

    /// Asks the store now, for `doctor` and `/readyz`. A degraded cache is ready all the same.
    async fn probe(&self) -> CacheHealth;
}

/// The answer to a probe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheHealth {
    /// `memory` or `redis`.
    pub backend: &'static str,
    /// Whether replicas share it: `false` for one in memory.
    pub shared: bool,
    /// Whether the link to it is encrypted and verified; `None` where there is no link.
    pub encrypted: Option<bool>,
    /// A write and a read, there and back; or what is wrong.
    pub answer: Result<Duration, CacheTrouble>,
}

/// Why the store is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheTrouble {
    /// No connection, or no answer in time.
    Silent,
    /// It does not accept our name and password.
    Credentials,
    /// It answers and refuses to keep anything: full, read-only, still loading.
    Refuses,
}

impl CacheTrouble {
    /// The word in logs and in `doctor`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Credentials => "credentials",
            Self::Refuses => "refuses",
        }
    }

    /// What a person should do.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Silent => "check that it runs and that its address, port and certificate are right",
            Self::Credentials => "check its user name and password",
            Self::Refuses => "check its memory limit, that it is no replica, and its own log",
        }
    }
}
