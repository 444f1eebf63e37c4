//! What a run over drawn forms was asked for.

use anyhow::Context;
use smartexus_generator::drawn_form::APART_FROM;
use std::ops::Range;

const USAGE: &str =
    "usage: cargo bench-all --suggestions [N] [--seed S] [--errors] | --suggestions --kept-apart [N]";

/// A run.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// Single fields are told.
    pub(crate) errors: bool,
    count: u64,
    seed: u64,
}

impl Plan {
    /// Reads the words behind `--suggestions`.
    pub(crate) fn read(words: &[String]) -> anyhow::Result<Self> {
        let mut plan = Self { errors: false, count: 200, seed: 1 };
        let (mut words, mut is_chosen, mut is_apart) = (words.iter(), false, false);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--kept-apart" => is_apart = true,
                "--errors" => plan.errors = true,
                "--seed" => (plan.seed, is_chosen) = (words.next().context(USAGE)?.parse()?, true),
                number => plan.count = number.parse().context(USAGE)?,
            }
        }
        if is_apart {
            let is_looked_at = is_chosen || plan.errors;
            anyhow::ensure!(!is_looked_at, "what is kept apart is counted and not looked at; {USAGE}");
            plan.seed = APART_FROM;
        }
        let end = plan.seed.checked_add(plan.count).context(USAGE)?;
        anyhow::ensure!(is_apart || end <= APART_FROM, "seeds from {APART_FROM} on are kept apart");
        Ok(plan)
    }

    pub(crate) const fn seeds(&self) -> Range<u64> {
        self.seed..self.seed + self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> anyhow::Result<Plan> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Plan::read(&words)
    }

    #[test]
    fn nothing_said_is_two_hundred_from_the_first() {
        assert_eq!(read("").unwrap().seeds(), 1..201);
        assert_eq!(read("30 --seed 5").unwrap().seeds(), 5..35);
        assert!(read("--errors").unwrap().errors);
    }

    #[test]
    fn what_is_kept_apart_cannot_be_looked_at() {
        assert_eq!(read("--kept-apart").unwrap().seeds(), 1_000_000..1_000_200);
        assert_eq!(read("--kept-apart 30").unwrap().seeds(), 1_000_000..1_000_030);
        for line in [
            "--seed 1000000",
            "10 --seed 999991",
            "--kept-apart --errors",
            "--errors --kept-apart",
            "--kept-apart --seed 3",
            "--seed",
            "x",
        ] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
