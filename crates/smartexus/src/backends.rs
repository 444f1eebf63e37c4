//! The platform as the settings name it: embedded, or a fleet's engines behind the same ports.

use crate::configuration::{Bucket, Configuration, Fleet, Key};
use crate::exit::Stop;
use crate::station::cannot_open;
use smartexus_platform::{
    Backends, BlobStore, CacheStore, Durability, PostgresSettings, Queue, RabbitSettings, RedisSettings,
    RegionTag, RowStore, S3Bucket, S3Settings, S3SettingsFault, World,
};
use std::path::PathBuf;

/// What the settings name, not yet opened.
pub(crate) fn named(configuration: &Configuration) -> Result<Backends, Stop> {
    let fleet = &configuration.fleet;
    // A fleet's processes may have no place of their own; whoever needs one says so when it opens.
    let directory = match configuration.data_dir() {
        Ok(directory) => directory,
        Err(_) if fleet.needs_no_directory() => PathBuf::new(),
        Err(stop) => return Err(stop),
    };
    let mut backends = Backends::embedded(&directory, Durability::Full);
    if let Some(path) = &fleet.key_file {
        backends = backends.key_file(path.clone());
    }
    if let Some(url) = &fleet.database {
        let rows = PostgresSettings::new(url.clone());
        let keys = PostgresSettings::new(fleet.keys_database.as_ref().unwrap_or(url).clone());
        for (settings, key) in [(&rows, Key::DatabaseUrl), (&keys, Key::KeysDatabaseUrl)] {
            let is_open = settings.is_open().map_err(|_| wrong(key, &"it is no address of PostgreSQL"))?;
            closed(fleet, is_open, key, "?sslmode=verify-full at the end of the address")?;
        }
        backends = backends.rows(RowStore::Postgres { rows, keys });
    }
    if let Some(url) = &fleet.queue {
        let settings = RabbitSettings::new(url).map_err(|fault| wrong(Key::QueueUrl, &fault))?;
        closed(fleet, settings.is_open(), Key::QueueUrl, "amqps://")?;
        backends = backends.queue(Queue::Rabbit(Box::new(settings)));
    }
    if let Some(bucket) = &fleet.blobs {
        backends = backends.blobs(BlobStore::S3(s3(bucket)?));
    }
    if let Some(url) = &fleet.cache {
        let settings = RedisSettings::new(url.clone());
        closed(fleet, settings.is_open(), Key::CacheUrl, "rediss://")?;
        backends = backends.cache(CacheStore::Redis(settings));
    }
    Ok(backends)
}

/// What is said to another machine goes through TLS that is verified, unless somebody says that it need not.
fn closed(fleet: &Fleet, is_open: bool, key: Key, how: &str) -> Result<(), Stop> {
    if !is_open || fleet.allow_open_links {
        return Ok(());
    }
    let advice =
        format!("use {how}; in a network that nobody else can reach, {} = true", Key::AllowOpenLinks.name());
    Err(wrong(key, &"it leads to another machine without verified TLS").advise(advice))
}

fn s3(bucket: &Bucket) -> Result<S3Settings, Stop> {
    let fault = |fault: S3SettingsFault| wrong(Key::BlobsUrl, &fault);
    let (Some(access_key), Some(secret)) = (bucket.access_key.clone(), bucket.secret_key.clone()) else {
        return Err(fault(S3SettingsFault::Credentials));
    };
    let (name, prefix) = S3Bucket::location(bucket.url.expose()).map_err(fault)?;
    let home: RegionTag =
        bucket.region.parse().map_err(|_| wrong(Key::BlobsRegion, &S3SettingsFault::Region))?;
    let settings = S3Settings::single(
        home,
        S3Bucket {
            bucket: name,
            prefix,
            region: bucket.region.clone(),
            endpoint: bucket.endpoint.clone(),
            access_key,
            secret,
            allow_http: bucket.allow_http,
            patience: S3Bucket::PATIENCE,
        },
    );
    match settings.faults().as_slice() {
        [] => Ok(settings),
        [first, ..] => Err(fault(*first)),
    }
}

fn wrong(key: Key, fault: &dyn std::fmt::Display) -> Stop {
    Stop::configuration(format!("`{}` is wrong: {fault}", key.name()))
}

/// Opens what the settings name.
pub(crate) async fn open(configuration: &Configuration) -> Result<World, Stop> {
    named(configuration)?.open().await.map_err(cannot_open)
}

/// Whether anything is kept there yet. Looking at nothing must not make a database.
pub(crate) fn exists(configuration: &Configuration) -> Result<bool, Stop> {
    Ok(configuration.fleet.database.is_some() || configuration.data_dir()?.join("smartexus.db").is_file())
}
