//! CPU time of this thread: what it costs whoever else is on the machine.

#![expect(clippy::float_arithmetic, reason = "seconds")]

use anyhow::Context;
use std::fs::File;
use std::io::{Read, Seek};

/// The scheduler's own count, in nanoseconds: first number of `schedstat`. It is brought up to date when a thread yields.
pub(crate) struct CpuClock {
    count: File,
}

impl CpuClock {
    pub(crate) fn start() -> anyhow::Result<Self> {
        let count = File::open("/proc/thread-self/schedstat").context("the system counts no CPU time")?;
        Ok(Self { count })
    }

    /// Seconds since the thread began.
    pub(crate) fn seconds(&mut self) -> anyhow::Result<f64> {
        std::thread::yield_now();
        let mut text = String::new();
        self.count.rewind()?;
        self.count.read_to_string(&mut text)?;
        let nanoseconds: f64 = text.split(' ').next().unwrap_or_default().parse()?;
        Ok(nanoseconds / 1e9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    #[test]
    fn work_counts_and_sleep_does_not() {
        let Ok(mut clock) = CpuClock::start() else { return };
        let before = clock.seconds().unwrap();
        std::thread::sleep(Duration::from_millis(200));
        let slept = clock.seconds().unwrap() - before;
        let started = Instant::now();
        let mut sum = 0_u64;
        while clock.seconds().unwrap() - before - slept < 0.05 && started.elapsed() < Duration::from_secs(30)
        {
            sum = (0..100_000).fold(sum, u64::wrapping_add);
        }
        std::hint::black_box(sum);
        let worked = clock.seconds().unwrap() - before - slept;
        assert!(slept < 0.1 && worked >= 0.05, "{slept} {worked}");
    }
}
