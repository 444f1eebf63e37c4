//! `cargo bench-all`: the harness in `benches/`, in release, over the fixtures.

use crate::program;
use crate::system;
use crate::workspace::{Profile, Workspace};
use std::process::Command;

/// Builds the program and the harness, then hands over to the harness, which prints where its report is.
pub(crate) fn run(ws: &Workspace, flags: &[&str]) -> Result<(), String> {
    system::ensure(&ws.target().join("probe"))?;
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
