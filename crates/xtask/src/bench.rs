//! `cargo bench-all`: the harness in `benches/`, in release, over the fixtures.

use crate::program;
use crate::system;
use crate::workspace::{Profile, Workspace};
use std::process::Command;

/// The programs that stand beside ours, and the package of each on Debian. Python is there for those that are installed
/// with its own tools.
const PEERS: [(&str, &str, &str); 4] = [
    ("pdftotext", "-v", "poppler-utils"),
    ("tesseract", "--version", "tesseract-ocr"),
    ("ocrmypdf", "--version", "ocrmypdf"),
    ("python3", "--version", "python3-venv"),
];

/// Builds the program and the harness, then hands over to the harness, which prints where its report is.
pub(crate) fn run(ws: &Workspace, flags: &[&str]) -> Result<(), String> {
    system::ensure(&ws.target().join("probe"))?;
    ensure_peers();
    program::show(&mut ws.cargo(&[
        "build",
        "--locked",
        "--release",
        "-p",
        "smartexus",
        "-p",
        "smartexus-benches",
    ]))?;
    let programs = ws.programs(Profile::Release);
    let mut harness = Command::new(programs.join("smartexus-benches"));
    harness.current_dir(ws.root());
    harness.arg("--program").arg(programs.join("smartexus"));
    harness.arg("--out").arg(ws.target().join("bench"));
    harness.args(flags);
    program::show(&mut harness)
}

/// A peer that cannot be had is absent from the tables; the run is not worth less for what it does measure.
fn ensure_peers() {
    let is_missing = |(name, flag, _): &&(&str, &str, &str)| !program::exists(name, &[*flag]);
    let missing: Vec<&str> = PEERS.iter().filter(is_missing).map(|(_, _, package)| *package).collect();
    if missing.is_empty() {
        return;
    }
    let by_hand = format!("install {} with your package manager", missing.join(", "));
    if let Err(why) = system::install(&missing, &by_hand) {
        eprintln!("going on without {}: {why}", missing.join(", "));
    }
}
