//! The data directory as commands of an operator open it.

use crate::backends;
use crate::configuration::Configuration;
use crate::exit::Stop;
use crate::station::world_failed;
use smartexus_domain::DocumentId;
use smartexus_platform::World;
use smartexus_sweeper::{Classes, SweepConfig, Sweeper};

/// Opens a data directory that is there. Looking at nothing must not make a database.
pub(crate) async fn open_existing(configuration: &Configuration) -> Result<World, Stop> {
    if !backends::exists(configuration)? {
        let message = format!("nothing is stored in {}", configuration.data_dir()?.display());
        return Err(Stop::failed(message).advise("name the data directory of the server with --data-dir"));
    }
    backends::open(configuration).await
}

/// A sweeper over this world, with the retention classes inside the program.
pub(crate) fn sweeper(configuration: &Configuration, world: World) -> Result<Sweeper, Stop> {
    let classes = Classes::embedded().map_err(|errors| Stop::configuration(errors.to_string()))?;
    let config = SweepConfig { interval: configuration.sweep_interval, ..SweepConfig::default() };
    Ok(Sweeper::new(world, classes, config))
}

/// The id of a document as a person typed it.
pub(crate) fn document_id(text: &str) -> Result<DocumentId, Stop> {
    text.parse().map_err(|_| Stop::usage("a document's id looks like 01932c07-209c-7cde-a2d1-7a7d8b6a0c1e"))
}

/// There is no such document, and no more is said.
pub(crate) fn absent() -> Stop {
    Stop::failed("there is no such document here")
}

/// What a port of an operator's command answers when it does not work.
pub(crate) fn failed(error: smartexus_platform::PlatformError) -> Stop {
    world_failed(&error)
}
