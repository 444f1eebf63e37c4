//! Rate limits: token buckets that the replicas of a role share.

use super::Fingerprint;
use async_trait::async_trait;
use smartexus_domain::WorkspaceId;
use std::time::Duration;

/// What is counted. Closed: a limit that is not listed here does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BucketKind {
    /// Calls of the API.
    Requests,
    /// Files sent in.
    Uploads,
    /// Guesses at a secret: a login, an API key.
    Guesses,
}

impl BucketKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Requests, Self::Uploads, Self::Guesses];

    /// The word in keys, metrics and `RateLimit-Policy`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Uploads => "uploads",
            Self::Guesses => "guesses",
        }
    }
}

/// How much a bucket holds and how fast it fills: it is full at first, and over any span of time at most
/// `burst + span / interval` tokens come out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    burst: u32,
    interval_us: u64,
}

/// Not a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a rate is a burst of 1 to 1000000 and a token every microsecond to every day, full within 30 days")]
pub struct RateError;

impl Rate {
    /// Largest burst in tokens.
    pub const MAX_BURST: u32 = 1_000_000;
    /// Longest time between two tokens.
    pub const MAX_INTERVAL: Duration = Duration::from_secs(24 * 60 * 60);
    /// Longest time from empty to full.
    pub const MAX_SPAN: Duration = Duration::from_secs(30 * 24 * 60 * 60);

    /// A thousand at once and a hundred a second: far more than people send, far less than what would hurt.
    pub const UPLOADS: Self = Self { burst: 1_000, interval_us: 10_000 };

    /// Holds `burst` tokens and gets a new one every `interval`, which is counted in whole microseconds.
    ///
    /// # Errors
    /// [`RateError`] outside 1 to [`Rate::MAX_BURST`], 1 µs to [`Rate::MAX_INTERVAL`], or past
    /// [`Rate::MAX_SPAN`].
    pub fn every(burst: u32, interval: Duration) -> Result<Self, RateError> {
        let interval_us = u64::try_from(interval.as_micros()).map_err(|_| RateError)?;
        let rate = Self { burst, interval_us };
        let fits = (1..=Self::MAX_BURST).contains(&burst)
            && interval_us > 0
            && interval <= Self::MAX_INTERVAL
            && rate.span_us() <= micros(Self::MAX_SPAN);
        if fits { Ok(rate) } else { Err(RateError) }
    }

    /// Holds `burst` tokens and gets `refill` new ones a second.
    ///
    /// # Errors
    /// [`RateError`] as [`Rate::every`].
    pub fn per_second(burst: u32, refill: u32) -> Result<Self, RateError> {
        // Rounded up: a whole microsecond more a token is stricter, never kinder.
        let interval_us = 1_000_000_u64.div_ceil(u64::from(refill).max(1));
        if refill == 0 { Err(RateError) } else { Self::every(burst, Duration::from_micros(interval_us)) }
    }

    /// Tokens in a full bucket.
    #[must_use]
    pub const fn burst(self) -> u32 {
        self.burst
    }

    /// Time between two tokens.
    #[must_use]
    pub const fn interval(self) -> Duration {
        Duration::from_micros(self.interval_us)
    }

    /// One of `parts` equal parts of this rate: as many less tokens, as many times slower, at least one token.
    #[must_use]
    pub(crate) fn part(self, parts: u32) -> Self {
        let parts = parts.max(1);
        Self {
            burst: (self.burst / parts).max(1),
            interval_us: self.interval_us.saturating_mul(u64::from(parts)),
        }
    }

    pub(crate) const fn interval_us(self) -> u64 {
        self.interval_us
    }

    /// From empty to full.
    pub(crate) const fn span_us(self) -> u64 {
        self.interval_us.saturating_mul(self.burst as u64)
    }
}

/// One bucket: whose, of what, and how large. Its name in a store holds ids and hashes only, never an address or a
/// name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// Whose.
    pub workspace: WorkspaceId,
    /// What is counted.
    pub kind: BucketKind,
    /// Within the workspace, counted apart for this address or account:
    /// [`Keys::fingerprint`](super::Keys::fingerprint) of it, so that replicas agree and nobody can read it back.
    pub subject: Option<Fingerprint>,
    /// How large. A bucket whose rate is changed keeps what was taken, up to the new burst.
    pub rate: Rate,
}

/// The answer to a take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Go on.
    Granted {
        /// Whole tokens that are left.
        remaining: u32,
        /// Until the bucket is full again.
        reset: Duration,
    },
    /// Not now; nothing was taken.
    Refused {
        /// Until the same take would be granted, if nobody else takes. Never zero.
        retry_after: Duration,
    },
}

impl Taken {
    /// Whether it was granted.
    #[must_use]
    pub const fn is_granted(self) -> bool {
        match self {
            Self::Granted { .. } => true,
            Self::Refused { .. } => false,
        }
    }
}

/// Counts for all replicas together.
#[async_trait]
pub trait Limiter: Send + Sync {
    /// Takes `cost` tokens, all or none; a cost above the burst counts as the whole burst, a cost of 0 only looks.
    ///
    /// It always answers. When the shared count is out of reach, the process counts alone and more strictly: with
    /// a part of the rate for each replica ([`RedisSettings::replicas`](crate::RedisSettings::replicas), at least
    /// two), from which what this process granted before is already taken. So over a span of time with one loss in
    /// it, `n` replicas grant at most twice the rate, and a loss never opens a limit.
    async fn take(&self, bucket: &Bucket, cost: u32) -> Taken;
}

pub(crate) fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_end_where_they_say() {
        let day = Rate::MAX_INTERVAL;
        let us = Duration::from_micros(1);
        for (burst, interval, fits) in [
            (1, us, true),
            (0, us, false),
            (1, Duration::from_nanos(999), false),
            (Rate::MAX_BURST, us, true),
            (Rate::MAX_BURST + 1, us, false),
            (1, day, true),
            (1, day + us, false),
            (30, day, true),
            (31, day, false),
        ] {
            assert_eq!(Rate::every(burst, interval).is_ok(), fits, "{burst} {interval:?}");
        }
        assert_eq!(Rate::per_second(5, 0), Err(RateError));
        assert_eq!(Rate::per_second(5, 3).map(Rate::interval), Ok(Duration::from_micros(333_334)));
    }

    #[test]
    fn a_part_is_smaller_and_slower_and_never_nothing() {
        let rate = Rate::per_second(50, 10).unwrap();
        assert_eq!(rate.part(2), Rate::per_second(25, 5).unwrap());
        assert_eq!(rate.part(0), rate);
        assert_eq!(rate.part(1_000).burst(), 1);
    }
}
