//! What a run of harm was asked for.

use anyhow::Context;
use std::path::PathBuf;

/// Which kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Harm {
    /// The hostile set, or a folder of somebody's.
    Files,
    /// Mutants of the fixtures.
    Mutants,
    /// Targets, one by one, on a clock.
    Fuzz,
    /// What a child costs.
    Toll,
}

/// The run.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) harm: Harm,
    pub(crate) program: PathBuf,
    /// Where files that broke something are left, and scratch.
    pub(crate) out: PathBuf,
    /// Another folder than the hostile set.
    pub(crate) folder: Option<PathBuf>,
    /// One target alone.
    pub(crate) target: Option<String>,
    /// Mutants, or documents.
    pub(crate) count: u64,
    /// The first mutant, to go on or to see one again.
    pub(crate) first: u64,
    pub(crate) seed: u64,
    /// For each target.
    pub(crate) seconds: u64,
}

impl Plan {
    /// Reads the words behind `--hostile`, `--mutants`, `--fuzz` or `--toll`.
    pub(crate) fn read(harm: Harm, words: &[String], program: PathBuf, out: PathBuf) -> anyhow::Result<Self> {
        let count = if harm == Harm::Toll { 1_000 } else { 100_000 };
        let mut plan = Self {
            harm,
            program,
            out: if out.ends_with("harm") { out } else { out.join("harm") },
            folder: None,
            target: None,
            count,
            first: 0,
            seed: 0x5eed_0005,
            seconds: 60,
        };
        let mut words = words.iter().peekable();
        // The number may follow at once: `--mutants 100000`.
        if let Some(count) = words.next_if(|word| word.bytes().all(|byte| byte.is_ascii_digit())) {
            plan.count = count.parse()?;
        }
        while let Some(word) = words.next() {
            let mut value = || words.next().with_context(|| format!("{word} needs a value"));
            match word.as_str() {
                "--folder" => plan.folder = Some(value()?.into()),
                "--target" => plan.target = Some(value()?.clone()),
                "--seed" => plan.seed = value()?.parse()?,
                "--first" => plan.first = value()?.parse()?,
                "--seconds" => plan.seconds = value()?.parse()?,
                _ => anyhow::bail!("{word} is not known here"),
            }
        }
        Ok(plan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_or_refused() {
        let read = |words: &str| {
            let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
            Plan::read(Harm::Mutants, &words, PathBuf::new(), PathBuf::new())
        };
        assert_eq!(read("").unwrap().count, 100_000);
        assert_eq!(read("700 --seed 3 --first 9").map(|p| (p.count, p.seed, p.first)).unwrap(), (700, 3, 9));
        assert_eq!(
            read("--target csv --seconds 5").map(|p| (p.target, p.seconds)).unwrap(),
            (Some("csv".to_owned()), 5)
        );
        assert!(read("--seed").is_err());
        assert!(read("--nothing 1").is_err());
    }
}
