//! `cargo bench-all --structured`: rows a second of each format that banks exchange, and what they take of memory, beside
//! the libraries for Python that read the same format.

#![expect(clippy::float_arithmetic, reason = "rates and megabytes")]

mod files;

use crate::clock::CpuClock;
use crate::contender;
use crate::meter;
use anyhow::Context;
use files::Format;
use serde::{Deserialize, Serialize};
use smartexus_parse::{Input, ParseOptions, parse};
use std::path::{Path, PathBuf};
use std::process::Command;

const USAGE: &str = "usage: cargo bench-all --structured [ROWS]";
/// Each reader reads a file so often; its fastest time counts.
const ROUNDS: usize = 3;

/// The libraries, and the formats that each of them reads.
const PEERS: [(&str, &[Format]); 3] = [
    (
        "bankstatementparser",
        &[Format::Csv, Format::Ofx1, Format::Ofx2, Format::Mt940, Format::Camt, Format::Bai2],
    ),
    ("mt-940", &[Format::Mt940]),
    ("ofxtools", &[Format::Ofx1, Format::Ofx2]),
];

/// A run.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    rows: usize,
    scripts: PathBuf,
    homes: PathBuf,
    folder: PathBuf,
}

impl Plan {
    /// Reads the words behind `--structured`.
    pub(crate) fn read(words: &[String], scripts: PathBuf, out: &Path) -> anyhow::Result<Self> {
        let rows = match words {
            [] => 50_000,
            [rows] => rows.parse().context(USAGE)?,
            _ => anyhow::bail!(USAGE),
        };
        let folder = out.join(format!("structured-{}", std::process::id()));
        Ok(Self { rows, scripts, homes: out.to_owned(), folder })
    }
}

/// What a reader says of a file: rows that it read, and the CPU time of its fastest round.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Told {
    rows: usize,
    cpu_seconds: f64,
}

impl Told {
    fn rows_per_second(self) -> f64 {
        self.rows as f64 / self.cpu_seconds.max(1e-6)
    }
}

/// Makes a file of each format and lets everybody read it who can.
pub(crate) fn run(plan: &Plan) -> anyhow::Result<()> {
    std::fs::create_dir_all(&plan.folder)?;
    let mut peers = Vec::new();
    for (name, formats) in PEERS {
        let home = plan.homes.join(name);
        match contender::install(&home, &plan.scripts.join(format!("{name}.txt"))) {
            Some(()) => peers.push((name, formats, home)),
            None => println!("{name} cannot be installed here and is absent"),
        }
    }
    println!("| format | reader | rows | rows a CPU second | ratio to ours | peak MB | of that the file |");
    println!("|---|---|---|---|---|---|---|");
    for format in Format::ALL {
        let bytes = format.file(plan.rows)?;
        let file = plan.folder.join(format!("{}.{}", format.name(), format.ending()));
        std::fs::write(&file, &bytes)?;
        let mut own = Command::new(std::env::current_exe()?);
        let ours =
            stand(format, "smartexus", own.args(["structured", format.name()]).arg(&file), &bytes, None)?;
        for (name, _, home) in peers.iter().filter(|(_, formats, _)| formats.contains(&format)) {
            let mut peer = Command::new(home.join("bin/python"));
            let script = plan.scripts.join(format!("{}_rows.py", name.replace('-', "")));
            peer.arg(script).arg(format.name()).arg(&file).env("PYTHONDONTWRITEBYTECODE", "1");
            stand(format, name, &mut peer, &bytes, ours)?;
        }
    }
    std::fs::remove_dir_all(&plan.folder)?;
    Ok(())
}

/// Runs one reader and prints its line; `None` where it has nothing to tell.
fn stand(
    format: Format,
    reader: &str,
    command: &mut Command,
    bytes: &[u8],
    ours: Option<f64>,
) -> anyhow::Result<Option<f64>> {
    let (output, cost) = meter::run(command)?;
    let Ok(told) = serde_json::from_slice::<Told>(&output.stdout) else {
        println!("| {} | {reader} | not read | | | | |", format.name());
        return Ok(None);
    };
    let rate = told.rows_per_second();
    let megabytes = |bytes: u64| format!("{:.0}", bytes as f64 / 1e6);
    println!(
        "| {} | {reader} | {} | {rate:.0} | {:.3} | {} | {} |",
        format.name(),
        told.rows,
        rate / ours.unwrap_or(rate),
        cost.peak_bytes.map_or_else(|| "unknown".to_owned(), megabytes),
        megabytes(u64::try_from(bytes.len())?),
    );
    Ok(Some(rate))
}

/// The child's side: reads a file and tells of it. Limits are those of the format's own size.
pub(crate) fn tell(format: &str, file: &str) -> anyhow::Result<()> {
    let (format, bytes) = (Format::named(format)?, std::fs::read(file)?);
    let options = ParseOptions {
        rows_max: u32::MAX,
        cells_max: u32::MAX,
        unpacked_bytes_max: u32::MAX,
        ..ParseOptions::default()
    };
    let mut clock = CpuClock::start()?;
    let mut told = Told { rows: 0, cpu_seconds: f64::MAX };
    for _ in 0..ROUNDS {
        let before = clock.seconds()?;
        let reading = parse(Input::Structured { media: format.media(), bytes: &bytes }, &options)?;
        told.cpu_seconds = told.cpu_seconds.min(clock.seconds()? - before);
        told.rows = reading.statements.iter().map(|statement| statement.transactions.len()).sum();
    }
    serde_json::to_writer(std::io::stdout(), &told)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_a_number_of_rows() {
        let read = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(ToString::to_string).collect();
            Plan::read(&words, PathBuf::new(), Path::new("out")).map(|plan| plan.rows)
        };
        assert_eq!((read(&[]).unwrap(), read(&["7"]).unwrap()), (50_000, 7));
        assert!(read(&["x"]).is_err() && read(&["7", "8"]).is_err());
    }
}
