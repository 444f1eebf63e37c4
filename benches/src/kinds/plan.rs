//! What a run over papers was asked for.

use anyhow::Context;
use std::ops::Range;
use std::path::PathBuf;

const USAGE: &str = "usage: cargo bench-all --kinds [N] [--seed S] | --kinds --kept-apart";

/// From here on, seeds are never looked at.
const KEPT_APART: u64 = 1_000_000;

/// A run.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) program: PathBuf,
    /// For the files while they are read.
    pub(crate) folder: PathBuf,
    count: u64,
    seed: u64,
    is_apart: bool,
}

impl Plan {
    /// Reads the words behind `--kinds`.
    pub(crate) fn read(words: &[String], program: PathBuf, out: &std::path::Path) -> anyhow::Result<Self> {
        let folder = out.join(format!("kinds-{}", std::process::id()));
        let mut plan = Self { program, folder, count: 200, seed: 1, is_apart: false };
        let (mut words, mut is_chosen) = (words.iter(), false);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--kept-apart" => plan.is_apart = true,
                "--seed" => (plan.seed, is_chosen) = (words.next().context(USAGE)?.parse()?, true),
                number => (plan.count, is_chosen) = (number.parse().context(USAGE)?, true),
            }
        }
        if plan.is_apart {
            anyhow::ensure!(!is_chosen, "what is kept apart is measured whole and not looked at; {USAGE}");
            (plan.seed, plan.count) = (KEPT_APART, 400);
        } else {
            let is_below = plan.seed.checked_add(plan.count).is_some_and(|end| end <= KEPT_APART);
            anyhow::ensure!(is_below, "seeds from {KEPT_APART} on are kept apart");
        }
        Ok(plan)
    }

    pub(crate) fn seeds(&self) -> Range<u64> {
        self.seed..self.seed + self.count
    }

    /// Whether single files may be spoken of.
    pub(crate) const fn has_details(&self) -> bool {
        !self.is_apart
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_apart_cannot_be_looked_at() {
        let read = |line: &str| {
            let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            Plan::read(&words, PathBuf::new(), std::path::Path::new("out"))
        };
        assert_eq!(read("30 --seed 5").unwrap().seeds(), 5..35);
        assert!(!read("--kept-apart").unwrap().has_details());
        for line in ["--seed 1000000", "10 --seed 999991", "--kept-apart 5", "--seed", "x"] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
