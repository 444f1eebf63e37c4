//! How a storm is asked for.

use super::full::Disk;
use super::weather::Weather;
use anyhow::{Context, bail, ensure};
use std::path::PathBuf;

const USAGE: &str = "usage: cargo bench-all --storm kill|stop|freeze|cuts|poison|full|fsync [--fleet] [--documents N] \
    [--blows N] [--workers N] [--rows N] [--stops N] [--seed N]";

/// Which storm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Storm {
    /// Workers are struck.
    Workers(Weather),
    /// The wire to the broker is cut.
    Cuts,
    /// Some documents kill whoever reads them.
    Poison,
    /// The disk fills up, or does not store what it took.
    Full(Disk),
}

/// What was asked for.
pub(crate) struct Plan {
    pub(crate) storm: Storm,
    pub(crate) fleet: bool,
    /// Documents, or rings.
    pub(crate) documents: usize,
    /// Blows, breaks, poisons or fillings.
    pub(crate) blows: usize,
    pub(crate) workers: usize,
    /// Rows of a document: how long it keeps a worker busy.
    pub(crate) rows: usize,
    /// Breaks for which the broker itself is stopped.
    pub(crate) stops: usize,
    pub(crate) seed: u64,
    pub(crate) program: PathBuf,
}

impl Storm {
    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "cuts" => Self::Cuts,
            "poison" => Self::Poison,
            "full" => Self::Full(Disk::Small),
            "fsync" => Self::Full(Disk::Thin),
            _ => Self::Workers(word.parse().ok()?),
        })
    }

    /// Documents and blows, where nobody says how many.
    const fn size(self) -> (usize, usize) {
        match self {
            Self::Workers(Weather::Kill) => (2_000, 1_000),
            Self::Workers(Weather::Stop) => (800, 200),
            Self::Workers(Weather::Freeze) => (2_000, 200),
            Self::Cuts => (20_000, 100),
            Self::Poison => (1_000, 50),
            Self::Full(_) => (400, 40),
        }
    }
}

impl Plan {
    /// Reads the words after `--storm`.
    pub(crate) fn read(words: &[String], program: PathBuf) -> anyhow::Result<Self> {
        let (first, rest) = words.split_first().context(USAGE)?;
        let storm = Storm::named(first).context(USAGE)?;
        let (documents, blows) = storm.size();
        let mut plan =
            Self { storm, fleet: false, documents, blows, workers: 4, rows: 2, stops: 2, seed: 1, program };
        let mut rest = rest.iter();
        while let Some(word) = rest.next() {
            let mut number = || rest.next().and_then(|n| n.parse().ok()).context(USAGE);
            match word.as_str() {
                "--fleet" => plan.fleet = true,
                "--documents" => plan.documents = number()?,
                "--blows" => plan.blows = number()?,
                "--workers" => plan.workers = number()?,
                "--rows" => plan.rows = number()?,
                "--stops" => plan.stops = number()?,
                "--seed" => plan.seed = number()? as u64,
                _ => bail!(USAGE),
            }
        }
        ensure!(plan.documents > 0 && plan.workers > 0 && plan.rows > 1, USAGE);
        ensure!(plan.blows > 0, "a storm without blows shows nothing");
        ensure!(
            !plan.fleet || !matches!(plan.storm, Storm::Full(_)),
            "only an embedded installation keeps its data on a disk here"
        );
        Ok(plan)
    }

    /// In words, for the first line of a report.
    pub(crate) const fn place(&self) -> &'static str {
        if self.fleet { "PostgreSQL, RabbitMQ, Redis, S3" } else { "embedded" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> anyhow::Result<Plan> {
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        Plan::read(&words, PathBuf::new())
    }

    #[test]
    fn every_storm_has_a_size_of_its_own() {
        for (word, size) in [("kill", (2_000, 1_000)), ("cuts", (20_000, 100)), ("poison", (1_000, 50))] {
            let plan = read(word).unwrap();
            assert_eq!((plan.documents, plan.blows), size, "{word}");
        }
        let plan = read("stop --fleet --documents 7 --blows 3 --seed 9").unwrap();
        assert_eq!((plan.fleet, plan.documents, plan.blows, plan.seed), (true, 7, 3, 9));
    }

    #[test]
    fn what_is_not_understood_or_vacuous_is_refused() {
        for words in
            ["", "rain", "kill --blow 3", "kill --blows", "kill --blows 0", "full --fleet", "stop --rows 1"]
        {
            assert!(read(words).is_err(), "{words}");
        }
    }
}
