//! What a run over clients was asked for.

use anyhow::Context;
use std::ops::Range;
use std::path::{Path, PathBuf};

const USAGE: &str = "usage: cargo bench-all --cases [N] [--seed S] [--files]";

/// A run.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) program: PathBuf,
    /// For the documents while they are read.
    pub(crate) folder: PathBuf,
    /// Real files through the program, instead of what a reader without mistakes reads.
    pub(crate) files: bool,
    count: u64,
    seed: u64,
}

impl Plan {
    /// Reads the words behind `--cases`.
    pub(crate) fn read(words: &[String], program: PathBuf, out: &Path) -> anyhow::Result<Self> {
        let folder = out.join(format!("cases-{}", std::process::id()));
        let mut plan = Self { program, folder, files: false, count: 200, seed: 1 };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--files" => plan.files = true,
                "--seed" => plan.seed = words.next().context(USAGE)?.parse()?,
                number => plan.count = number.parse().context(USAGE)?,
            }
        }
        plan.seed.checked_add(plan.count).context("no such seeds")?;
        Ok(plan)
    }

    pub(crate) fn seeds(&self) -> Range<u64> {
        self.seed..self.seed.saturating_add(self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_run() {
        let read = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(ToString::to_string).collect();
            Plan::read(&words, PathBuf::new(), Path::new("out")).map(|plan| (plan.seeds(), plan.files))
        };
        assert_eq!(read(&[]).unwrap(), (1..201, false));
        assert_eq!(read(&["30", "--seed", "5", "--files"]).unwrap(), (5..35, true));
        assert!(read(&["many"]).is_err());
    }
}
