//! Token buckets in memory.

use crate::port::{Bucket, BucketKind, Fingerprint, Rate, Taken};
use smartexus_domain::WorkspaceId;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Buckets that are kept apart. Whoever comes when all are in use shares one bucket a kind with all others who do:
/// many addresses then slow each other down, and memory stays bounded.
const MAX_BUCKETS: usize = 100_000;

/// Between two looks for buckets that filled up again.
const SWEEP_US: u64 = 1_000_000;

/// One number a bucket: the instant at which it will be full again, in microseconds of a monotonic clock. That says
/// how many tokens are in it at any time, and a bucket that is full needs no row. (The generic cell rate algorithm.)
pub(crate) struct Buckets(Mutex<Table>);

#[derive(Default)]
struct Table {
    full_at_us: HashMap<Key, u64>,
    swept_at_us: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Own(WorkspaceId, BucketKind, Option<Fingerprint>),
    Crowd(BucketKind),
}

impl Buckets {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(Table::default()))
    }

    /// Takes, all or nothing.
    pub(crate) fn take(&self, bucket: &Bucket, rate: Rate, cost: u32, now_us: u64) -> Taken {
        let mut table = self.lock();
        let key = table.key(bucket, now_us);
        let full_at = table.full_at_us.get(&key).copied().unwrap_or(now_us);
        let (taken, full_at) = weigh(rate, cost, full_at, now_us);
        if cost > 0 && taken.is_granted() {
            table.full_at_us.insert(key, full_at);
        }
        taken
    }

    /// What a take would answer.
    pub(crate) fn look(&self, bucket: &Bucket, rate: Rate, cost: u32, now_us: u64) -> Taken {
        let mut table = self.lock();
        let key = table.key(bucket, now_us);
        let full_at = table.full_at_us.get(&key).copied().unwrap_or(now_us);
        weigh(rate, cost, full_at, now_us).0
    }

    /// Takes what somebody else granted: as much as there is.
    pub(crate) fn debit(&self, bucket: &Bucket, rate: Rate, cost: u32, now_us: u64) {
        if cost == 0 {
            return;
        }
        let mut table = self.lock();
        let key = table.key(bucket, now_us);
        let full_at = table.full_at_us.entry(key).or_insert(now_us);
        let debited = full_at.saturating_add(rate.interval_us().saturating_mul(u64::from(cost)));
        *full_at = held(rate, debited, now_us);
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn key(&mut self, bucket: &Bucket, now_us: u64) -> Key {
        let key = Key::Own(bucket.workspace, bucket.kind, bucket.subject);
        if self.full_at_us.len() < MAX_BUCKETS || self.full_at_us.contains_key(&key) {
            return key;
        }
        if now_us.abs_diff(self.swept_at_us) >= SWEEP_US {
            self.swept_at_us = now_us;
            self.full_at_us.retain(|_, full_at| *full_at > now_us);
        }
        if self.full_at_us.len() < MAX_BUCKETS { key } else { Key::Crowd(bucket.kind) }
    }
}

/// The answer, and when the bucket would be full after it.
fn weigh(rate: Rate, cost: u32, full_at_us: u64, now_us: u64) -> (Taken, u64) {
    let (span, interval) = (rate.span_us(), rate.interval_us());
    let cost = u64::from(cost.min(rate.burst()));
    let after = held(rate, full_at_us, now_us) + cost * interval;
    let empty = after - now_us;
    if empty > span {
        return (Taken::Refused { retry_after: Duration::from_micros(empty - span) }, after);
    }
    let remaining = u32::try_from((span - empty) / interval).unwrap_or(u32::MAX);
    (Taken::Granted { remaining, reset: Duration::from_micros(empty) }, after)
}

/// Never fuller than full, nor emptier than empty: so a clock that was set back, or a rate that was changed, does
/// harm for one span at most.
fn held(rate: Rate, full_at_us: u64, now_us: u64) -> u64 {
    full_at_us.clamp(now_us, now_us.saturating_add(rate.span_us()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn bucket(workspace: u128, rate: Rate) -> Bucket {
        let workspace = WorkspaceId::from_uuid(Uuid::from_u128(workspace));
        Bucket { workspace, kind: BucketKind::Guesses, subject: None, rate }
    }

    #[test]
    fn what_was_granted_elsewhere_is_missing_here() {
        let rate = Rate::every(10, Duration::from_secs(1)).unwrap();
        let (buckets, bucket) = (Buckets::new(), bucket(1, rate));
        buckets.debit(&bucket, rate, 7, 0);
        assert!(buckets.take(&bucket, rate, 3, 0).is_granted());
        assert!(!buckets.take(&bucket, rate, 1, 999_999).is_granted());
        buckets.debit(&bucket, rate, 1_000, 0);
        assert!(buckets.take(&bucket, rate, 10, 10_000_000).is_granted(), "never emptier than empty");
    }

    #[test]
    fn a_clock_set_back_does_harm_for_one_span_only() {
        let rate = Rate::every(2, Duration::from_secs(1)).unwrap();
        let (buckets, bucket) = (Buckets::new(), bucket(1, rate));
        assert!(buckets.take(&bucket, rate, 2, 1_000_000_000_000).is_granted());
        assert!(!buckets.take(&bucket, rate, 1, 0).is_granted());
        let (_, full_at) = weigh(rate, 0, 1_000_002_000_000, 0);
        assert_eq!(full_at, rate.span_us());
    }

    #[test]
    fn newcomers_share_when_there_is_no_room_and_leave_when_there_is() {
        let rate = Rate::every(1, Duration::from_secs(10)).unwrap();
        let buckets = Buckets::new();
        for workspace in 0..MAX_BUCKETS as u128 {
            assert!(buckets.take(&bucket(workspace, rate), rate, 1, 0).is_granted());
        }
        let (one, other) = (bucket(1 << 64, rate), bucket(1 << 65, rate));
        assert!(buckets.take(&one, rate, 1, 2_000_000).is_granted());
        assert!(!buckets.take(&other, rate, 1, 2_000_000).is_granted(), "they share one bucket");
        assert!(!buckets.take(&bucket(5, rate), rate, 1, 2_000_000).is_granted(), "the others keep theirs");
        assert_eq!(buckets.lock().full_at_us.len(), MAX_BUCKETS + 1);
        assert!(buckets.take(&other, rate, 1, 11_000_000).is_granted(), "room again");
        assert_eq!(buckets.lock().full_at_us.len(), 2, "what filled up is forgotten");
    }
}
