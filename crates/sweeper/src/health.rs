//! Whether sweeping works: what readiness shows.

use crate::{ClockJump, SweepReport};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::time::Duration;

/// When the last sweep succeeded, and what is wrong since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SweepHealth {
    /// When the sweeper was made: what freshness counts from before the first sweep.
    pub started_at: Timestamp,
    /// End of the last sweep in which everything worked.
    pub last_success_at: Option<Timestamp>,
    /// When another process was last seen to lead the schedule: it answers for its sweeps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elsewhere_at: Option<Timestamp>,
    /// Things that the last sweep could not do.
    pub failures: u64,
    /// Documents that only a person can put right.
    pub needs_person: u64,
    /// The schedule is paused.
    pub paused: Option<ClockJump>,
}

/// Why the sweeper is not ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SweepTrouble {
    /// No sweep succeeded for more than two intervals: stopped, stuck, or one document fails again and again.
    Overdue,
    /// The clock jumped.
    ClockJump,
}

impl SweepTrouble {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Overdue => "sweep_overdue",
            Self::ClockJump => "clock_jump",
        }
    }
}

impl SweepHealth {
    pub(crate) const fn new(started_at: Timestamp) -> Self {
        Self {
            started_at,
            last_success_at: None,
            elsewhere_at: None,
            failures: 0,
            needs_person: 0,
            paused: None,
        }
    }

    /// Noted after the work, never before it.
    pub(crate) fn note(&mut self, report: &SweepReport, ended_at: Timestamp) {
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        self.failures = count(report.failures.len());
        self.needs_person =
            count(report.plan.entries.iter().filter(|entry| entry.because.needs_person()).count());
        self.paused = report.paused;
        if report.succeeded() && report.paused.is_none() {
            self.last_success_at = Some(ended_at);
        }
    }

    pub(crate) const fn note_elsewhere(&mut self, at: Timestamp, paused: Option<ClockJump>) {
        self.elsewhere_at = Some(at);
        self.paused = paused;
    }

    /// What is wrong at this time, if anything is.
    #[must_use]
    pub fn trouble(&self, now: Timestamp, interval: Duration) -> Option<SweepTrouble> {
        if self.paused.is_some() {
            return Some(SweepTrouble::ClockJump);
        }
        let own = self.last_success_at.unwrap_or(self.started_at);
        let since = now.duration_since(self.elsewhere_at.map_or(own, |seen| seen.max(own)));
        let patience = SignedDuration::try_from(interval.saturating_mul(2)).unwrap_or(SignedDuration::MAX);
        (since > patience).then_some(SweepTrouble::Overdue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_intervals_without_success_are_trouble() {
        let start: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
        let interval = Duration::from_secs(300);
        let mut health = SweepHealth::new(start);
        let after = |s: i64| start.saturating_add(SignedDuration::from_secs(s)).unwrap();
        assert_eq!(health.trouble(after(600), interval), None);
        assert_eq!(health.trouble(after(601), interval), Some(SweepTrouble::Overdue));
        health.last_success_at = Some(after(300));
        assert_eq!(health.trouble(after(900), interval), None);
        assert_eq!(health.trouble(after(901), interval), Some(SweepTrouble::Overdue));
        health.note_elsewhere(after(1000), None);
        assert_eq!(health.trouble(after(1600), interval), None, "another process answers for it");
        assert_eq!(health.trouble(after(1601), interval), Some(SweepTrouble::Overdue));
        health.paused = Some(ClockJump { noticed_at: after(301), by_s: 400 });
        assert_eq!(health.trouble(after(302), interval), Some(SweepTrouble::ClockJump));
    }
}
