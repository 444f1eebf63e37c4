//! `smartexus db migrate`: brings the database up to this release, before the roles of a fleet start.

use crate::backends;
use crate::cli::DbCommand;
use crate::configuration::Configuration;
use crate::exit::{Exit, Stop};
use crate::output::Output;
use serde::Serialize;
use smartexus_platform::create_key_file;
use std::path::Path;

#[derive(Serialize)]
struct Migrated {
    migrated: bool,
}

/// Runs one of them.
pub(crate) async fn run(
    output: Output,
    configuration: &Configuration,
    command: &DbCommand,
) -> Result<Exit, Stop> {
    let DbCommand::Migrate = command;
    if configuration.fleet.database.is_none() {
        // SQLite files are brought up to date when they are opened.
        drop(backends::open(configuration).await?);
    } else {
        let migrated = backends::named(configuration)?.migrate().await;
        migrated.map_err(|error| {
            Stop::unavailable(error.to_string())
                .advise("connect as the owner of the tables: the role that runs the program may not migrate")
        })?;
    }
    if output.json {
        output.object(&Migrated { migrated: true })?;
    } else {
        output.text("the database is at this release's schema\n")?;
    }
    Ok(Exit::Done)
}

#[derive(Serialize)]
struct Made<'a> {
    key_file: &'a Path,
}

/// `smartexus keys create FILE`: the key file of a new fleet.
pub(crate) fn create_key(output: Output, path: &Path) -> Result<Exit, Stop> {
    create_key_file(path).map_err(|_| {
        Stop::failed(format!("the key file {} cannot be made", path.display()))
            .advise("name a file that does not exist yet, in a folder that you may write to")
    })?;
    if output.json {
        output.object(&Made { key_file: path })?;
    } else {
        output.text(&format!("{}\n", path.display()))?;
    }
    output.note("whoever has this file and the database can read everything: keep its copies apart");
    Ok(Exit::Done)
}
