//! What a run over designs was asked for.

use super::producer::Producer;
use anyhow::Context;
use smartexus_generator::scan::Medium;
use std::ops::Range;
use std::path::PathBuf;

const USAGE: &str = "usage: cargo bench-all --designs [N] [--seed S] [--through ghostscript|cairo] [--scans DPI [--as clean|skew|noise|fax|photo|all]] [--keep DIR] [--mutants] [--within] | --designs --kept-apart [--through …] [--mutants] | --designs --kept-apart [N] --scans DPI [--as …]";

/// From here on, seeds are never looked at.
const KEPT_APART: u64 = 1_000_000;

/// Which documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Honest,
    /// With one printed figure or row changed.
    Mutants,
}

/// A run.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) program: PathBuf,
    /// For the documents while they are read.
    pub(crate) folder: PathBuf,
    pub(crate) what: What,
    /// Who writes the documents anew before they are read.
    pub(crate) through: Option<Producer>,
    pub(crate) dpi: Option<u32>,
    /// How the pages of scans become pictures, one run each.
    pub(crate) media: Vec<Medium>,
    pub(crate) keep: Option<PathBuf>,
    /// The readers alone, in the harness' own process: for many documents.
    pub(crate) is_within: bool,
    count: u64,
    seed: u64,
    is_apart: bool,
}

impl Plan {
    /// Reads the words behind `--designs`.
    pub(crate) fn read(words: &[String], program: PathBuf, out: &std::path::Path) -> anyhow::Result<Self> {
        let mut plan = Self {
            program,
            folder: out.join(format!("designs-{}", std::process::id())),
            what: What::Honest,
            through: None,
            dpi: None,
            media: vec![Medium::Clean],
            keep: None,
            is_within: false,
            count: 200,
            seed: 1,
            is_apart: false,
        };
        let (mut words, mut is_chosen, mut is_counted) = (words.iter(), false, false);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--mutants" => plan.what = What::Mutants,
                "--within" => plan.is_within = true,
                "--kept-apart" => plan.is_apart = true,
                "--through" => {
                    plan.through = Some(words.next().and_then(|name| Producer::named(name)).context(USAGE)?);
                }
                "--scans" => plan.dpi = Some(words.next().context(USAGE)?.parse()?),
                "--as" => plan.media = media(words.next().context(USAGE)?)?,
                "--seed" => (plan.seed, is_chosen) = (words.next().context(USAGE)?.parse()?, true),
                "--keep" => (plan.keep, is_chosen) = (Some(words.next().context(USAGE)?.into()), true),
                number => (plan.count, is_counted) = (number.parse().context(USAGE)?, true),
            }
        }
        anyhow::ensure!(plan.dpi.is_some() || plan.media == [Medium::Clean], "{USAGE}");
        anyhow::ensure!(plan.dpi.is_none() || plan.through.is_none() && !plan.is_within, "{USAGE}");
        if plan.is_apart {
            // Scans take seconds a page, so fewer of them may be asked for, from the first on.
            is_chosen |= is_counted && plan.dpi.is_none();
            anyhow::ensure!(!is_chosen, "what is kept apart is measured whole and not looked at; {USAGE}");
            (plan.seed, plan.count) = (KEPT_APART, plan.count.min(200));
        } else {
            let is_below = plan.seed.checked_add(plan.count).is_some_and(|end| end <= KEPT_APART);
            anyhow::ensure!(is_below, "seeds from {KEPT_APART} on are kept apart");
        }
        Ok(plan)
    }

    pub(crate) fn seeds(&self) -> Range<u64> {
        self.seed..self.seed + self.count
    }

    /// Whether single documents may be spoken of.
    pub(crate) const fn has_details(&self) -> bool {
        !self.is_apart
    }
}

fn media(name: &str) -> anyhow::Result<Vec<Medium>> {
    if name == "all" {
        return Ok(Medium::ALL.to_vec());
    }
    Ok(vec![Medium::named(name).context(USAGE)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> anyhow::Result<Plan> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Plan::read(&words, PathBuf::new(), std::path::Path::new("out"))
    }

    #[test]
    fn nothing_said_is_two_hundred_from_the_first() {
        let plan = read("").unwrap();
        assert_eq!((plan.seeds(), plan.what, plan.has_details()), (1..201, What::Honest, true));
        assert_eq!(read("30 --seed 5 --mutants").unwrap().seeds(), 5..35);
        assert!(read("30 --mutants --within").unwrap().is_within);
    }

    #[test]
    fn what_is_kept_apart_cannot_be_looked_at() {
        let plan = read("--kept-apart --scans 200").unwrap();
        assert_eq!((plan.seeds(), plan.dpi, plan.has_details()), (1_000_000..1_000_200, Some(200), false));
        let plan = read("--kept-apart 30 --scans 300 --as all").unwrap();
        assert_eq!((plan.seeds(), plan.media.len(), plan.has_details()), (1_000_000..1_000_030, 5, false));
        assert_eq!(read("--scans 200 --as fax").unwrap().media, [Medium::Fax]);
        let plan = read("--kept-apart --through cairo").unwrap();
        assert_eq!((plan.seeds(), plan.through), (1_000_000..1_000_200, Some(Producer::Cairo)));
        for line in [
            "--through nobody",
            "--scans 200 --through cairo",
            "--scans 200 --within",
            "--as fax",
            "--scans 200 --as carbon",
            "--seed 1000000",
            "10 --seed 999991",
            "--kept-apart --keep here",
            "--kept-apart 5",
            "--kept-apart --seed 3",
            "--seed",
            "x",
        ] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
