#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod backends;
mod case_report;
mod cases;
mod categories;
mod cli;
mod command;
mod configuration;
mod events;
mod exit;
mod failures;
mod folder;
mod forms;
mod health;
mod input;
mod interrupt;
mod log;
mod neighbours;
mod output;
mod password;
mod pipelines;
mod progress;
mod rows;
mod rules_file;
mod sandboxed;
mod station;
mod store;
mod summary;
mod table;
mod words;

use clap::Parser;
use cli::Cli;
use configuration::{Configuration, Environment, Layers};
use exit::Stop;
use output::Output;
use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(ended) = sandboxed::child() {
        return ended;
    }
    let cli = Cli::parse();
    let environment = Environment::of_process();
    let output = Output::of_process(cli.global.json, environment.no_color());
    match run(output, &cli, &environment) {
        Ok(exit) => exit.into(),
        Err(stop) => {
            report(output, &stop);
            stop.exit.into()
        }
    }
}

fn run(output: Output, cli: &Cli, environment: &Environment) -> Result<exit::Exit, Stop> {
    let configuration = Configuration::of(Layers::read(&cli.flags(), environment))?;
    command::run(output, configuration, cli)
}

fn report(output: Output, stop: &Stop) {
    if !stop.sentence.is_empty() {
        output.note(&stop.sentence);
    }
    if let Some(advice) = &stop.advice {
        output.note(&format!("hint: {advice}"));
    }
}
