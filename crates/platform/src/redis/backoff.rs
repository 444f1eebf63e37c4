//! Pauses between attempts.

use std::time::Duration;

const FIRST_MS: u64 = 50;
const LONGEST_MS: u64 = 1_000;

/// Pauses that double from 50 ms to 1 s, each cut by up to half, so that a fleet does not knock all at once.
pub(super) struct Backoff {
    next_ms: u64,
}

impl Backoff {
    pub(super) fn new() -> Self {
        Self { next_ms: FIRST_MS }
    }

    pub(super) fn pause(&mut self) -> Duration {
        let full_ms = self.next_ms;
        self.next_ms = (full_ms * 2).min(LONGEST_MS);
        let mut chance = [0_u8];
        // Without chance the pause is only less spread.
        let _ = getrandom::fill(&mut chance);
        Duration::from_millis(full_ms - full_ms / 2 * u64::from(chance[0]) / 255)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_second_and_no_further() {
        let mut backoff = Backoff::new();
        for full_ms in [50, 100, 200, 400, 800, 1_000, 1_000, 1_000] {
            let pause = backoff.pause().as_millis();
            assert!((full_ms / 2..=full_ms).contains(&pause), "{pause} of {full_ms}");
        }
    }
}
