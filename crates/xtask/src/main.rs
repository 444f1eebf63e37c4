#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it talks to a person in a terminal")]

mod bench;
mod demo;
mod json;
mod markdown;
mod program;
mod system;
mod verify;
mod workspace;

use std::process::ExitCode;
use workspace::Workspace;

const USAGE: &str = "\
usage: cargo demo               build the program and read six sample statements
       cargo verify [--quick | --release]
                                every check; --quick leaves out documentation and demo, --release adds the optimized demo
       cargo bench-all [--quick] | --scans | --render | --parse [N] [--seed S] | --structured [ROWS]
       cargo bench-all --cases [N] [--seed S] [--files]
       cargo bench-all --categories [--sets DIR] [--rows FILE] [--errors | --learning | --speed [N]]
       cargo bench-all --designs [N] [--seed S] [--scans DPI] [--keep DIR] [--mutants] | --designs --kept-apart
       cargo bench-all --suggestions [N] [--seed S] [--errors] | --suggestions --kept-apart [N]
       cargo bench-all --hostile [--folder DIR] | --mutants N | --fuzz [--target NAME] [--seconds N] | --toll N
       cargo bench-all --storm WEATHER … | --pace …";

/// The subcommands; each has an alias in `.cargo/config.toml`.
pub(crate) const SUBCOMMANDS: [&str; 3] = ["demo", "verify", "bench-all"];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let task: &dyn Fn(&Workspace) -> Result<(), String> = match words.as_slice() {
        ["demo"] => &demo::run,
        ["verify"] => &|ws| verify::run(ws, verify::Depth::Full),
        ["verify", "--quick"] => &|ws| verify::run(ws, verify::Depth::Quick),
        ["verify", "--release"] => &|ws| verify::run(ws, verify::Depth::Release),
        // The harness knows its own words.
        ["bench-all", flags @ ..] => &|ws| bench::run(ws, flags),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match Workspace::find().and_then(|ws| task(&ws)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            if !why.is_empty() {
                eprintln!("{why}");
            }
            ExitCode::FAILURE
        }
    }
}
