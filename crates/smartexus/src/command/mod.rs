//! One file a command; this is their table of contents, and the way from a parsed line to its command.

pub(crate) mod case;
mod categorize;
mod completions;
mod config;
mod corrections;
mod db;
mod doctor;
mod erase;
mod extract;
mod forms;
mod jobs;
mod learn;
mod pipelines;
mod process;
mod report;
mod retention;
mod rules;
mod serve;
mod sweep;
mod verify_statement;

use crate::cli::{Cli, Command, KeysCommand};
use crate::configuration::Configuration;
use crate::exit::{Exit, Stop};
use crate::interrupt::block_on;
use crate::output::Output;
use serve::Roles;

/// Runs the command of the line.
pub(crate) fn run(output: Output, configuration: Configuration, cli: &Cli) -> Result<Exit, Stop> {
    match &cli.command {
        Command::Process(args) => {
            block_on(process::run(output, &configuration, args, cli.global.data_dir.as_deref()))
        }
        Command::Extract(args) => block_on(extract::run(output, &configuration, args)),
        Command::Forms(command) => block_on(forms::run(output, &configuration, command)),
        Command::Categorize(args) => categorize::run(output, args),
        Command::Completions(args) => completions::run(output, args),
        Command::Config(command) => config::run(output, &configuration, command),
        Command::VerifyStatement(args) => verify_statement::run(output, args),
        Command::Report(args) => report::run(output, args),
        Command::Rules(command) => block_on(rules::run(output, &configuration, command)),
        Command::Corrections(command) => block_on(corrections::run(output, &configuration, command)),
        Command::Pipelines(command) => pipelines::run(output, &configuration, command),
        Command::Retention(command) => block_on(retention::run(output, &configuration, command)),
        Command::Sweep(args) => block_on(sweep::run(output, &configuration, args)),
        Command::Erase(args) => block_on(erase::run(output, &configuration, args)),
        Command::Doctor => block_on(doctor::run(output, &configuration)),
        Command::Serve(_) => block_on(serve::run(output, &configuration, Roles::ALL)),
        Command::Intake(_) => block_on(serve::run(output, &configuration, Roles::INTAKE)),
        Command::Worker(_) => block_on(serve::run(output, &configuration, Roles::WORKER)),
        Command::Jobs(command) => block_on(jobs::run(output, &configuration, command)),
        Command::Db(command) => block_on(db::run(output, &configuration, command)),
        Command::Keys(KeysCommand::Create { file }) => db::create_key(output, file),
    }
}
