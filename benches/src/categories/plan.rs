//! What a run over categories was asked for.

use anyhow::Context;
use std::path::{Path, PathBuf};

const USAGE: &str =
    "usage: cargo bench-all --categories [--sets DIR] [--rows FILE] [--errors | --learning | --speed [N]]";
const SPEED_ROWS: usize = 1_000_000;

/// A run.
#[derive(Debug)]
pub(crate) struct Plan {
    /// A folder of labelled files that others made; without it only our own set is measured.
    pub(crate) sets: Option<PathBuf>,
    /// The rows that the model was trained on, as the example `train` writes them: what fastText learns from.
    pub(crate) rows: Option<PathBuf>,
    pub(crate) errors: bool,
    pub(crate) learning: bool,
    pub(crate) speed: bool,
    pub(crate) speed_rows: usize,
    /// Where peers are installed.
    pub(crate) out: PathBuf,
}

impl Plan {
    /// Reads the words behind `--categories`.
    pub(crate) fn read(words: &[String], out: &Path) -> anyhow::Result<Self> {
        let mut plan = Self {
            sets: None,
            rows: None,
            errors: false,
            learning: false,
            speed: false,
            speed_rows: SPEED_ROWS,
            out: out.to_owned(),
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--sets" => plan.sets = Some(words.next().context(USAGE)?.into()),
                "--rows" => plan.rows = Some(words.next().context(USAGE)?.into()),
                "--errors" => plan.errors = true,
                "--learning" => plan.learning = true,
                "--speed" => plan.speed = true,
                number if plan.speed => plan.speed_rows = number.parse().context(USAGE)?,
                _ => anyhow::bail!(USAGE),
            }
        }
        Ok(plan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_and_others_refused() {
        let read = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(ToString::to_string).collect();
            Plan::read(&words, Path::new("out"))
        };
        assert!(read(&["--speed", "5000"]).is_ok_and(|plan| plan.speed && plan.speed_rows == 5000));
        assert!(read(&["--sets", "d"]).is_ok_and(|plan| plan.sets == Some("d".into())));
        assert!(read(&["--sets"]).is_err() && read(&["5000"]).is_err());
    }
}
