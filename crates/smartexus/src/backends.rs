//! The platform as the settings name it: embedded, or a fleet's engines behind the same ports.

use crate::configuration::Configuration;
use crate::exit::Stop;
use crate::station::cannot_open;
use smartexus_platform::{Backends, Durability, PostgresSettings, RowStore, World};

/// What the settings name, not yet opened.
pub(crate) fn named(configuration: &Configuration) -> Result<Backends, Stop> {
    let fleet = &configuration.fleet;
    let mut backends = Backends::embedded(&configuration.data_dir()?, Durability::Full);
    if let Some(path) = &fleet.key_file {
        backends = backends.key_file(path.clone());
    }
    if let Some(url) = &fleet.database {
        let rows = PostgresSettings::new(url.clone());
        let keys = PostgresSettings::new(fleet.keys_database.as_ref().unwrap_or(url).clone());
        backends = backends.rows(RowStore::Postgres { rows, keys });
    }
    Ok(backends)
}

/// Opens what the settings name.
pub(crate) async fn open(configuration: &Configuration) -> Result<World, Stop> {
    named(configuration)?.open().await.map_err(cannot_open)
}

/// Whether anything is kept there yet. Looking at nothing must not make a database.
pub(crate) fn exists(configuration: &Configuration) -> Result<bool, Stop> {
    Ok(configuration.fleet.database.is_some() || configuration.data_dir()?.join("smartexus.db").is_file())
}
