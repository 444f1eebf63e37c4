//! A process with the product's worker in it, whose sandboxed child poison works on. The product itself knows no poison.

use super::child;
use anyhow::{Context, bail};
use smartexus_categorize::Rulebook;
use smartexus_platform::{
    Backends, BlobStore, CacheStore, Durability, PostgresSettings, Queue, RabbitSettings, RedisSettings,
    RowStore, S3Bucket, S3Settings, Secret,
};
use smartexus_worker::Worker;
use smartexus_worker::pipeline::PipelineSet;
use smartexus_worker::sandbox::Sandbox;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

const WORD: &str = "work-on-poison";
/// What makes this program that worker.
pub(super) const WORDS: [&str; 1] = [WORD];
/// As many as a worker of the other storms has.
const SLOTS: usize = 2;

/// This process as the worker, if it is one.
pub(super) fn role() -> Option<ExitCode> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (first, rest) = words.split_first()?;
    (first == WORD).then(|| match work(rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    })
}

fn work(words: &[String]) -> anyhow::Result<()> {
    let backends = match words {
        [flag, directory] if flag == "--data-dir" => {
            Backends::embedded(Path::new(directory), Durability::Full)
        }
        [] => fleet()?,
        _ => bail!("a worker is told where its data are"),
    };
    let folder = setting("SMARTEXUS_PIPELINES_DIR")?;
    let pipelines = PipelineSet::from_dir(Path::new(&folder))
        .map_err(|faults| anyhow::anyhow!("{} faults in the pipelines", faults.len()))?;
    crate::storm::runtime()?.block_on(async {
        let world = backends.open().await?;
        let sandbox = Arc::new(Sandbox::open(child::program(), SLOTS)?);
        let rulebook = Arc::new(Rulebook::embedded()?);
        let worker = Worker::new(world, Arc::new(pipelines), sandbox, rulebook, SLOTS);
        // Whoever started it kills it.
        Ok(worker.run(std::future::pending()).await?)
    })
}

/// The servers, under the names by which the product is told of them.
fn fleet() -> anyhow::Result<Backends> {
    let secret = |name| setting(name).map(Secret::new);
    let database = secret("SMARTEXUS_DATABASE_URL")?;
    let rows = || PostgresSettings::new(database.clone());
    let queue = RabbitSettings::new(&secret("SMARTEXUS_QUEUE_URL")?)?;
    let (bucket, prefix) = S3Bucket::location(&setting("SMARTEXUS_BLOBS_URL")?)?;
    let region = setting("SMARTEXUS_BLOBS_REGION")?;
    let bucket = S3Bucket {
        bucket,
        prefix,
        region: region.clone(),
        endpoint: Some(setting("SMARTEXUS_BLOBS_ENDPOINT")?),
        access_key: setting("SMARTEXUS_BLOBS_ACCESS_KEY")?,
        secret: secret("SMARTEXUS_BLOBS_SECRET_KEY")?,
        allow_http: true,
        patience: S3Bucket::PATIENCE,
    };
    // Every file of a fleet is elsewhere: nothing is kept in a directory.
    Ok(Backends::embedded(Path::new(""), Durability::Full)
        .key_file(setting("SMARTEXUS_KEY_FILE")?.into())
        .rows(RowStore::Postgres { rows: rows(), keys: rows() })
        .queue(Queue::Rabbit(Box::new(queue)))
        .blobs(BlobStore::S3(S3Settings::single(region.parse()?, bucket)))
        .cache(CacheStore::Redis(RedisSettings::new(secret("SMARTEXUS_CACHE_URL")?))))
}

fn setting(name: &str) -> anyhow::Result<String> {
    #[expect(clippy::disallowed_methods, reason = "the settings that the storm told this process, read once")]
    let told = std::env::var(name);
    told.with_context(|| format!("{name} is not told"))
}
