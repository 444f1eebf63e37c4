//! Notices a wall clock that jumps: a schedule that trusted it could erase years too early.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::time::Duration;

/// The wall clock moved differently from the time that really passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ClockJump {
    /// When it was noticed, by the new wall clock.
    pub noticed_at: Timestamp,
    /// By how much it jumped, in seconds; negative for backwards.
    pub by_s: i64,
}

/// A larger difference between two looks is a jump.
pub(crate) const JUMP_MAX: SignedDuration = SignedDuration::from_secs(5 * 60);

/// So long must a clock run evenly after a jump before it is believed. A suspended machine looks like a jump too,
/// so waiting for a person would stop every laptop's sweeper.
pub(crate) const STEADY: Duration = Duration::from_secs(60 * 60);

/// Compares the wall clock with one that never jumps.
#[derive(Debug, Default)]
pub(crate) struct ClockGuard {
    last: Option<Look>,
    jump: Option<(ClockJump, u64)>,
}

#[derive(Debug, Clone, Copy)]
struct Look {
    wall: Timestamp,
    monotonic_us: u64,
}

impl ClockGuard {
    /// Looks at both clocks. Some jump: do not act on dates.
    pub(crate) fn look(&mut self, wall: Timestamp, monotonic_us: u64) -> Option<ClockJump> {
        let before = self.last.replace(Look { wall, monotonic_us });
        if let Some(by) = before.map(|before| before.jump_to(wall, monotonic_us))
            && by.abs() > JUMP_MAX
        {
            self.jump = Some((ClockJump { noticed_at: wall, by_s: by.as_secs() }, monotonic_us));
        }
        let steady = |since_us: u64| u128::from(monotonic_us.saturating_sub(since_us)) >= STEADY.as_micros();
        if self.jump.is_some_and(|(_, since_us)| steady(since_us)) {
            self.jump = None;
        }
        self.jump.map(|(jump, _)| jump)
    }
}

impl Look {
    fn jump_to(self, wall: Timestamp, monotonic_us: u64) -> SignedDuration {
        let passed_us = monotonic_us.saturating_sub(self.monotonic_us);
        let passed = SignedDuration::from_micros(i64::try_from(passed_us).unwrap_or(i64::MAX));
        wall.duration_since(self.wall).saturating_sub(passed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60;

    /// Feeds (real seconds, wall seconds) and says at which looks the guard pauses.
    fn check(looks: &[(i64, i64)], paused: &[bool]) {
        let mut guard = ClockGuard::default();
        let answers: Vec<bool> = looks
            .iter()
            .map(|(real, wall)| {
                let wall = Timestamp::from_second(1_800_000_000 + wall).unwrap();
                guard.look(wall, u64::try_from(*real).unwrap() * 1_000_000).is_some()
            })
            .collect();
        assert_eq!(answers, paused, "{looks:?}");
    }

    #[test]
    fn even_clocks_and_small_corrections_are_fine() {
        check(&[(0, 0), (60, 60), (120, 125), (MINUTE * 60, MINUTE * 60)], &[false; 4]);
        check(&[(0, 0), (60, 60 + 5 * MINUTE)], &[false, false]);
        check(&[(0, 0), (60, 60 - 5 * MINUTE)], &[false, false]);
    }

    #[test]
    fn just_above_five_minutes_pauses_for_an_hour() {
        let off = 5 * MINUTE + 1;
        for off in [off, -off] {
            check(
                &[(0, 0), (60, 60 + off), (120, 120 + off), (3659, 3659 + off), (3660, 3660 + off)],
                &[false, true, true, true, false],
            );
        }
    }

    #[test]
    fn a_second_jump_starts_the_hour_again() {
        let year = 365 * 24 * 60 * MINUTE;
        check(
            &[(0, 0), (60, year), (1800, 1800), (3700, 3700), (5400, 5400)],
            &[false, true, true, true, false],
        );
    }
}
