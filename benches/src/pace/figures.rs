//! Rates of several rounds: medians, ranges, ratios.

#![expect(clippy::float_arithmetic, reason = "rates and ratios")]

use std::fmt;
use std::time::Duration;

/// So many in so much time, a second.
pub(crate) fn per_second(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64()
}

/// The middle one; of an even number, halfway between the two.
fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (upper, lower) = (sorted.len() / 2, sorted.len().saturating_sub(1) / 2);
    Some(f64::midpoint(*sorted.get(lower)?, *sorted.get(upper)?))
}

/// What one thing did in each round.
struct Track {
    name: String,
    unit: &'static str,
    rates: Vec<f64>,
}

impl fmt::Display for Track {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, unit, rates } = self;
        let middle = median(rates).unwrap_or(f64::NAN);
        let least = rates.iter().copied().fold(f64::INFINITY, f64::min);
        let most = rates.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        write!(f, "{name:<58} {middle:>9.1} {unit:<12} {least:.1} to {most:.1}")
    }
}

/// Everything that was measured, in the order in which it was first.
#[derive(Default)]
pub(crate) struct Tracks(Vec<Track>);

impl Tracks {
    /// One more round of this name, which is told at once: a run takes minutes.
    pub(crate) fn add(&mut self, name: &str, unit: &'static str, rate: f64) {
        eprintln!("  {name}: {rate:.1} {unit}");
        match self.0.iter_mut().find(|track| track.name == name) {
            Some(track) => track.rates.push(rate),
            None => self.0.push(Track { name: name.to_owned(), unit, rates: vec![rate] }),
        }
    }

    /// How many times as fast as `other` this one was, by the median over the rounds: in each, both met the same
    /// weather. `None` where one of them was not measured.
    pub(crate) fn times(&self, name: &str, other: &str) -> Option<f64> {
        let ratios = self.rates(name)?.iter().zip(self.rates(other)?).map(|(one, two)| one / two);
        median(&ratios.collect::<Vec<_>>())
    }

    fn rates(&self, name: &str) -> Option<&[f64]> {
        self.0.iter().find(|track| track.name == name).map(|track| track.rates.as_slice())
    }
}

impl fmt::Display for Tracks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|track| writeln!(f, "{track}"))
    }
}

/// What is lost of a rate that became so many times itself, in per cent.
pub(crate) fn lost(times: f64) -> f64 {
    (1.0 - times) * 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        for (values, wanted) in [
            (&[][..], None),
            (&[3.0], Some(3.0)),
            (&[9.0, 1.0], Some(5.0)),
            (&[9.0, 1.0, 2.0], Some(2.0)),
            (&[4.0, 1.0, 9.0, 2.0], Some(3.0)),
        ] {
            assert_eq!(median(values), wanted, "{values:?}");
        }
    }

    #[test]
    fn rounds_are_compared_with_their_own() {
        let mut tracks = Tracks::default();
        // The machine was three times as fast in the second round; the ratio is the same.
        for (full, empty) in [(90.0, 100.0), (270.0, 300.0), (50.0, 100.0)] {
            tracks.add("empty", "jobs/s", empty);
            tracks.add("full", "jobs/s", full);
        }
        let times = tracks.times("full", "empty").unwrap();
        assert!((times - 0.9).abs() < 1e-9, "{times}");
        assert!((lost(times) - 10.0).abs() < 1e-9);
        assert_eq!(tracks.times("full", "never measured"), None);
        assert!(tracks.to_string().starts_with("empty "), "{tracks}");
    }

    #[test]
    fn a_rate_is_a_second() {
        assert!((per_second(50, Duration::from_millis(500)) - 100.0).abs() < 1e-9);
    }
}
