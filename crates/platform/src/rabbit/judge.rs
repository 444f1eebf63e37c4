//! What a delivery is worth: a ring to wake for, one that came too late, or nothing of ours.

use super::message::{JobMessage, MacKey, Refusal};
use super::topology::Spot;
use crate::metric;
use crate::port::Clock;
use smartexus_domain::StageKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// Judges deliveries.
pub(super) struct Judge {
    key: MacKey,
    clock: Arc<dyn Clock>,
    life: Duration,
    /// For each stage, when the last claim began that found nothing. Milliseconds.
    looked_at_ms: [AtomicI64; StageKind::ALL.len()],
}

/// The judgement.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// Wake a slot.
    Fresh(JobMessage),
    /// It was issued well before a claim of its stage that found nothing, so its job was taken. Acknowledge it.
    Stale,
    /// Not to be acted upon.
    Refused(Refusal),
}

/// How far the clocks of two machines may be apart.
const SKEW_MS: i64 = 2_000;

impl Judge {
    pub(super) fn new(key: MacKey, clock: Arc<dyn Clock>, life: Duration) -> Self {
        let looked_at_ms = std::array::from_fn(|_| AtomicI64::new(i64::MIN));
        Self { key, clock, life, looked_at_ms }
    }

    pub(super) const fn key(&self) -> &MacKey {
        &self.key
    }

    pub(super) fn now_ms(&self) -> i64 {
        self.clock.now().as_millisecond()
    }

    /// A claim of these stages, begun at or after this time, found nothing.
    pub(super) fn looked(&self, stages: &[StageKind], at_ms: i64) {
        for stage in stages {
            if let Some(looked) = self.of(*stage) {
                looked.fetch_max(at_ms, Ordering::Relaxed);
            }
        }
    }

    /// Judges what came out of the queue of `spot`. Refusals are told here, once.
    pub(super) fn judge(&self, spot: Spot, body: &[u8]) -> Worth {
        match JobMessage::read(&self.key, spot, body, self.clock.now(), self.life) {
            Ok(message) if self.is_stale(&message) => Worth::Stale,
            Ok(message) => Worth::Fresh(message),
            Err(refusal) => {
                let (reason, stage) = (refusal.as_str(), spot.stage.as_str());
                metric::ring_refused();
                tracing::warn!(reason, stage, priority = spot.priority.as_str(), "ring refused");
                Worth::Refused(refusal)
            }
        }
    }

    fn is_stale(&self, message: &JobMessage) -> bool {
        let looked = self.of(message.spot.stage).map_or(i64::MIN, |looked| looked.load(Ordering::Relaxed));
        message.issued_at.as_millisecond() < looked.saturating_sub(SKEW_MS)
    }

    fn of(&self, stage: StageKind) -> Option<&AtomicI64> {
        let index = StageKind::ALL.iter().position(|known| *known == stage)?;
        self.looked_at_ms.get(index)
    }
}
