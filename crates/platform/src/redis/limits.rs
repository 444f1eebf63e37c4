//! Counting beside Redis, for the time without it.

use crate::embedded::Buckets;
use crate::port::{Bucket, Taken};
use std::time::Duration;

/// What the script answers: granted (1 or 0), tokens left, microseconds to wait.
pub(super) type Answer = (u32, u32, u64);

/// Two counts of what this process granted. The first, at the full rate, is never passed: a Redis that comes back
/// empty, with every bucket full again, does not refill what was taken here. The second, at a part of the rate, is
/// the limit while Redis is away; because it was counted all along, a loss adds little to what was granted before.
pub(super) struct Limits {
    own: Buckets,
    strict: Buckets,
    parts: u32,
}

impl Limits {
    pub(super) fn new(replicas: u32) -> Self {
        Self { own: Buckets::new(), strict: Buckets::new(), parts: replicas.max(2) }
    }

    /// The refusal, if this process alone granted too much already. It also spares Redis the hammering.
    pub(super) fn refused(&self, bucket: &Bucket, cost: u32, now_us: u64) -> Option<Taken> {
        let taken = self.own.look(bucket, bucket.rate, cost, now_us);
        (!taken.is_granted()).then_some(taken)
    }

    /// Redis answered.
    pub(super) fn shared(&self, bucket: &Bucket, cost: u32, answer: Answer, now_us: u64) -> Taken {
        let (granted, remaining, wait_us) = answer;
        let wait = Duration::from_micros(wait_us);
        if granted == 0 {
            return Taken::Refused { retry_after: wait.max(Duration::from_micros(1)) };
        }
        self.own.debit(bucket, bucket.rate, cost, now_us);
        self.strict.debit(bucket, bucket.rate.part(self.parts), cost, now_us);
        Taken::Granted { remaining, reset: wait }
    }

    /// Redis did not.
    pub(super) fn alone(&self, bucket: &Bucket, cost: u32, now_us: u64) -> Taken {
        let taken = self.strict.take(bucket, bucket.rate.part(self.parts), cost, now_us);
        if taken.is_granted() {
            self.own.debit(bucket, bucket.rate, cost, now_us);
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::{BucketKind, Rate};
    use smartexus_domain::WorkspaceId;
    use uuid::Uuid;

    fn bucket() -> Bucket {
        let workspace = WorkspaceId::from_uuid(Uuid::from_u128(1));
        let rate = Rate::every(10, Duration::from_secs(1)).unwrap();
        Bucket { workspace, kind: BucketKind::Guesses, subject: None, rate }
    }

    fn alone(limits: &Limits, now_us: u64) -> usize {
        (0..100).filter(|_| limits.alone(&bucket(), 1, now_us).is_granted()).count()
    }

    #[test]
    fn alone_is_half_at_most_whatever_the_settings_say() {
        for (replicas, granted) in [(0, 5), (1, 5), (2, 5), (3, 3), (100, 1)] {
            let limits = Limits::new(replicas);
            assert_eq!(alone(&limits, 0), granted, "{replicas}");
            assert_eq!(
                alone(&limits, 2_000_000 * u64::from(replicas.max(2)) / 2),
                1,
                "and as many times slower"
            );
        }
    }

    #[test]
    fn a_loss_gives_nothing_to_who_had_enough() {
        let limits = Limits::new(2);
        for _ in 0..3 {
            limits.shared(&bucket(), 1, (1, 9, 0), 0);
        }
        assert_eq!(alone(&limits, 0), 2);
    }

    #[test]
    fn an_empty_redis_refills_nothing() {
        let limits = Limits::new(2);
        for _ in 0..10 {
            assert_eq!(limits.refused(&bucket(), 1, 0), None);
            limits.shared(&bucket(), 1, (1, 9, 0), 0);
        }
        let retry_after = Duration::from_secs(1);
        assert_eq!(limits.refused(&bucket(), 1, 0), Some(Taken::Refused { retry_after }));
        assert_eq!(limits.refused(&bucket(), 1, 1_000_000), None);
    }
}
