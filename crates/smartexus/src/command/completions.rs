//! `smartexus completions`: a script for a shell, out of the same tree as the help.

use crate::cli::{Cli, CompletionsArgs};
use crate::exit::{Exit, Stop};
use crate::output::Output;
use clap::CommandFactory;
use serde::Serialize;

#[derive(Serialize)]
struct Completions {
    shell: String,
    script: String,
}

/// Prints the script.
pub(crate) fn run(output: Output, args: &CompletionsArgs) -> Result<Exit, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "smartexus", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    if output.json {
        output.object(&Completions { shell: args.shell.to_string(), script })?;
    } else {
        output.text(&script)?;
    }
    Ok(Exit::Done)
}
