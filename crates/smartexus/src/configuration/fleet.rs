//! Which engines stand behind the ports, where they are not embedded.

use super::fault::Origin;
use super::key::Key;
use super::layers::Layers;
use smartexus_platform::{S3Bucket, Secret};
use std::path::PathBuf;

/// What a store is when nothing is said, and when it is said.
const EMBEDDED: &str = "embedded:";

/// The engines of a fleet. `None` means embedded, under the data directory.
#[derive(Clone, Default)]
pub(crate) struct Fleet {
    /// PostgreSQL for the rows.
    pub(crate) database: Option<Secret>,
    /// PostgreSQL for the wrapped keys; without it they share the rows' database, in a schema of their own.
    pub(crate) keys_database: Option<Secret>,
    /// RabbitMQ.
    pub(crate) queue: Option<Secret>,
    /// Redis.
    pub(crate) cache: Option<Secret>,
    /// Links to other machines need no verified TLS.
    pub(crate) allow_open_links: bool,
    /// S3.
    pub(crate) blobs: Option<Bucket>,
    /// The key file, where it is not inside the data directory.
    pub(crate) key_file: Option<PathBuf>,
}

/// An S3 bucket and how it is reached.
#[derive(Clone)]
pub(crate) struct Bucket {
    /// `s3://bucket/prefix`.
    pub(crate) url: Secret,
    /// The server, where it is not Amazon's.
    pub(crate) endpoint: Option<String>,
    /// The region.
    pub(crate) region: String,
    /// The access key's id.
    pub(crate) access_key: Option<String>,
    /// The secret access key.
    pub(crate) secret_key: Option<Secret>,
    /// Without TLS.
    pub(crate) allow_http: bool,
}

/// A setting that makes no sense, and what would.
pub(super) type Wrong = (Key, &'static str);

impl Fleet {
    /// Nothing is kept in a data directory.
    pub(crate) const fn needs_no_directory(&self) -> bool {
        self.database.is_some() && self.blobs.is_some() && self.key_file.is_some()
    }

    /// Reads the addresses, and says which are wrong.
    pub(super) fn of(layers: &Layers) -> (Self, Vec<Wrong>) {
        let mut wrong = Vec::new();
        let mut address = |key: Key, schemes: &[&str], wanted: &'static str| {
            let text = layers.value(key).map(|(text, _)| text).filter(|text| *text != EMBEDDED)?;
            if schemes.iter().any(|scheme| text.starts_with(scheme)) {
                return Some(Secret::new(text.to_owned()));
            }
            wrong.push((key, wanted));
            None
        };
        let postgres = ["postgres://", "postgresql://"];
        let database = address(Key::DatabaseUrl, &postgres, "`embedded:` or `postgres://…`");
        let keys_database = address(Key::KeysDatabaseUrl, &postgres, "unset or `postgres://…`");
        let queue =
            address(Key::QueueUrl, &["amqp://", "amqps://"], "`embedded:`, `amqp://…` or `amqps://…`");
        let cache =
            address(Key::CacheUrl, &["redis://", "rediss://"], "`embedded:`, `redis://…` or `rediss://…`");
        let s3 = address(Key::BlobsUrl, &["s3://"], "`embedded:` or `s3://bucket/prefix`");
        let is_embedded = layers.value(Key::BlobsUrl).is_none_or(|(text, _)| text == EMBEDDED);
        let blobs = s3.and_then(|url| bucket(layers, url, &mut wrong));
        if is_embedded {
            // Whoever sets them means a bucket; without its name the files would quietly go to a directory.
            let of_a_bucket = [
                Key::BlobsEndpoint,
                Key::BlobsRegion,
                Key::BlobsAccessKey,
                Key::BlobsSecretKey,
                Key::BlobsAllowHttp,
            ];
            let is_set = |key: Key| layers.value(key).is_some_and(|(_, origin)| *origin != Origin::Default);
            let set = of_a_bucket.into_iter().filter(|key| is_set(*key));
            wrong.extend(set.map(|key| (key, "unset, as long as `blobs_url` names no bucket")));
        }
        if database.is_none() && keys_database.is_some() {
            wrong.push((Key::KeysDatabaseUrl, "unset, as long as the rows are embedded"));
        }
        if queue.is_some() && database.is_none() {
            wrong.push((
                Key::QueueUrl,
                "`embedded:`, as long as the rows are embedded: a broker rings for others",
            ));
        }
        let allow_open_links = super::values::is_true(layers, Key::AllowOpenLinks, &mut wrong);
        let key_file = layers.value(Key::KeyFile).map(|(text, _)| PathBuf::from(text));
        (Self { database, keys_database, queue, cache, allow_open_links, blobs, key_file }, wrong)
    }
}

fn bucket(layers: &Layers, url: Secret, wrong: &mut Vec<Wrong>) -> Option<Bucket> {
    let text = |key| layers.value(key).map(|(text, _)| text.to_owned());
    if let Err(_fault) = S3Bucket::location(url.expose()) {
        wrong.push((Key::BlobsUrl, "`s3://bucket/prefix`; keys and the endpoint have settings of their own"));
        return None;
    }
    let (access_key, secret_key) = (text(Key::BlobsAccessKey), text(Key::BlobsSecretKey));
    if access_key.is_some() != secret_key.is_some() {
        wrong.push((Key::BlobsSecretKey, "set together with `blobs_access_key`, or neither"));
    }
    let allow_http = super::values::is_true(layers, Key::BlobsAllowHttp, wrong);
    Some(Bucket {
        url,
        endpoint: text(Key::BlobsEndpoint),
        region: text(Key::BlobsRegion).unwrap_or_default(),
        access_key,
        secret_key: secret_key.map(Secret::new),
        allow_http,
    })
}
