//! How figures are printed.

use std::time::Duration;

/// `0/1000 lost (< 0.300 %)`: the bound is the rate that no failure in so many trials leaves possible, at 95 %.
pub(crate) fn of(count: usize, trials: usize, what: &str) -> String {
    format!("{count}/{trials} {what}{}", bound(count, trials))
}

fn bound(count: usize, trials: usize) -> String {
    if count > 0 || trials == 0 {
        return String::new();
    }
    // Three over the number of trials, in thousandths of a per cent.
    let thousandths = 300_000_usize.div_ceil(trials);
    format!(" (< {}.{:03} %)", thousandths / 1000, thousandths % 1000)
}

/// Median, 99th percentile and largest of some times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spread {
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
    pub(crate) max: Duration,
}

impl Spread {
    /// `None` of nothing.
    pub(crate) fn of(mut times: Vec<Duration>) -> Option<Self> {
        times.sort();
        // The smallest value that so many of a hundred do not exceed.
        let at = |percent: usize| times.get((times.len() * percent).div_ceil(100).saturating_sub(1)).copied();
        Some(Self { p50: at(50)?, p99: at(99)?, max: at(100)? })
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "p50 {:.2?}, p99 {:.2?}, max {:.2?}", self.p50, self.p99, self.max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_of_many_leaves_a_bound_and_some_leave_none() {
        assert_eq!(of(0, 1_000, "lost"), "0/1000 lost (< 0.300 %)");
        assert_eq!(of(0, 20_000, "lost"), "0/20000 lost (< 0.015 %)");
        assert_eq!(of(1, 1_000, "lost"), "1/1000 lost");
        assert_eq!(of(0, 0, "lost"), "0/0 lost");
    }

    #[test]
    fn percentiles_are_values_that_occurred() {
        let spread = Spread::of((1..=100).rev().map(Duration::from_secs).collect());
        let [p50, p99, max] = [50, 99, 100].map(Duration::from_secs);
        assert_eq!(spread, Some(Spread { p50, p99, max }));
        let one = Duration::from_secs(1);
        assert_eq!(Spread::of(vec![one]), Some(Spread { p50: one, p99: one, max: one }));
        assert_eq!(Spread::of(Vec::new()), None);
    }
}
