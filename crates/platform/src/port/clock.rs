//! Time, as an argument.

use jiff::{SignedDuration, Timestamp};
use std::sync::Mutex;
use std::time::Instant;

/// Tells the time. Instants are whole milliseconds, so that what is stored reads back equal.
///
/// Embedded, the database's clock and this one are the clock of the same machine, so leases are timed by it.
/// A fleet backend times leases by its database's own clock instead.
pub trait Clock: Send + Sync {
    /// The wall clock, cut to milliseconds.
    fn now(&self) -> Timestamp;

    /// Microseconds since this clock was made; never runs backwards. For durations only.
    fn monotonic_us(&self) -> u64;
}

/// The machine's clock.
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// Starts the monotonic count.
    #[must_use]
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that everybody else takes as an argument"
    )]
    fn now(&self) -> Timestamp {
        cut(Timestamp::now())
    }

    fn monotonic_us(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

/// A clock that only moves when a test moves it.
pub struct FakeClock {
    start: Timestamp,
    now: Mutex<Timestamp>,
}

impl FakeClock {
    /// Stands at `start`.
    #[must_use]
    pub fn at(start: Timestamp) -> Self {
        let start = cut(start);
        Self { start, now: Mutex::new(start) }
    }

    /// Moves the clock; backwards too, as wall clocks do.
    pub fn advance(&self, by: SignedDuration) {
        let mut now = self.lock();
        *now = cut(now.saturating_add(by).unwrap_or(Timestamp::MAX));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Timestamp> {
        self.now.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        *self.lock()
    }

    fn monotonic_us(&self) -> u64 {
        let passed = self.now().duration_since(self.start);
        u64::try_from(passed.as_micros()).unwrap_or(0)
    }
}

fn cut(time: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(time.as_millisecond()).unwrap_or(time)
}
