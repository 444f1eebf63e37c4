//! The settings there are: their names in the file, in the environment, and what they are without either.

/// One setting.
#[expect(clippy::enum_variant_names, reason = "the key file is called so")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Key {
    /// Where documents, keys and the database live.
    DataDir,
    /// The key file, where it is not inside the data directory.
    KeyFile,
    /// Where `serve` listens.
    Listen,
    /// Documents read at the same time.
    Jobs,
    /// The pipeline of documents that name none.
    Pipeline,
    /// A directory of pipeline files besides the built-in ones.
    PipelinesDir,
    /// Which log lines are printed.
    Log,
    /// Seconds between two sweeps of `serve`.
    SweepIntervalS,
    /// Password of encrypted PDFs, for `process` and `extract`.
    Password,
    /// The database: embedded, or PostgreSQL.
    DatabaseUrl,
    /// The queue: embedded, or RabbitMQ.
    QueueUrl,
    /// The blob store: embedded, or S3.
    BlobsUrl,
    /// The cache: embedded, or Redis.
    CacheUrl,
    /// The database of wrapped keys, where it is not the rows' own.
    KeysDatabaseUrl,
    /// The S3 server's address, where it is not Amazon's.
    BlobsEndpoint,
    /// The S3 region.
    BlobsRegion,
    /// The S3 access key's id.
    BlobsAccessKey,
    /// The S3 secret access key.
    BlobsSecretKey,
    /// `true` to reach the S3 server without TLS.
    BlobsAllowHttp,
    /// `true` to reach PostgreSQL, RabbitMQ or Redis on another machine without verified TLS.
    AllowOpenLinks,
    /// The stages a worker claims.
    Stages,
    /// Where a role answers for its health and its metrics.
    MetricsListen,
    /// Where traces are sent, if anywhere.
    OtlpEndpoint,
    /// `text` or `json`.
    LogFormat,
    /// `true` when a gateway that signs people in stands before `listen`.
    BehindGateway,
    /// A model outside that may be asked for categories; unset: nothing leaves the machine.
    EndpointUrl,
    /// The model's name.
    EndpointModel,
    /// The key that is sent with each question.
    EndpointKey,
    /// Calls of a workspace in one day.
    EndpointCallsPerDay,
}

impl Key {
    /// Every setting, in the order of `config show`.
    pub(crate) const ALL: [Self; 29] = [
        Self::DataDir,
        Self::KeyFile,
        Self::Listen,
        Self::Jobs,
        Self::Pipeline,
        Self::PipelinesDir,
        Self::Log,
        Self::SweepIntervalS,
        Self::Password,
        Self::DatabaseUrl,
        Self::QueueUrl,
        Self::BlobsUrl,
        Self::CacheUrl,
        Self::KeysDatabaseUrl,
        Self::BlobsEndpoint,
        Self::BlobsRegion,
        Self::BlobsAccessKey,
        Self::BlobsSecretKey,
        Self::BlobsAllowHttp,
        Self::AllowOpenLinks,
        Self::Stages,
        Self::MetricsListen,
        Self::OtlpEndpoint,
        Self::LogFormat,
        Self::BehindGateway,
        Self::EndpointUrl,
        Self::EndpointModel,
        Self::EndpointKey,
        Self::EndpointCallsPerDay,
    ];

    /// The name in `smartexus.toml`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::DataDir => "data_dir",
            Self::KeyFile => "key_file",
            Self::Listen => "listen",
            Self::Jobs => "jobs",
            Self::Pipeline => "pipeline",
            Self::PipelinesDir => "pipelines_dir",
            Self::Log => "log",
            Self::SweepIntervalS => "sweep_interval_s",
            Self::Password => "password",
            Self::DatabaseUrl => "database_url",
            Self::QueueUrl => "queue_url",
            Self::BlobsUrl => "blobs_url",
            Self::CacheUrl => "cache_url",
            Self::KeysDatabaseUrl => "keys_database_url",
            Self::BlobsEndpoint => "blobs_endpoint",
            Self::BlobsRegion => "blobs_region",
            Self::BlobsAccessKey => "blobs_access_key",
            Self::BlobsSecretKey => "blobs_secret_key",
            Self::BlobsAllowHttp => "blobs_allow_http",
            Self::AllowOpenLinks => "allow_open_links",
            Self::Stages => "stages",
            Self::MetricsListen => "metrics_listen",
            Self::OtlpEndpoint => "otlp_endpoint",
            Self::LogFormat => "log_format",
            Self::BehindGateway => "behind_gateway",
            Self::EndpointUrl => "endpoint_url",
            Self::EndpointModel => "endpoint_model",
            Self::EndpointKey => "endpoint_key",
            Self::EndpointCallsPerDay => "endpoint_calls_per_day",
        }
    }

    /// The name in the environment.
    pub(crate) const fn variable(self) -> &'static str {
        match self {
            Self::DataDir => "SMARTEXUS_DATA_DIR",
            Self::KeyFile => "SMARTEXUS_KEY_FILE",
            Self::Listen => "SMARTEXUS_LISTEN",
            Self::Jobs => "SMARTEXUS_JOBS",
            Self::Pipeline => "SMARTEXUS_PIPELINE",
            Self::PipelinesDir => "SMARTEXUS_PIPELINES_DIR",
            Self::Log => "SMARTEXUS_LOG",
            Self::SweepIntervalS => "SMARTEXUS_SWEEP_INTERVAL_S",
            Self::Password => "SMARTEXUS_PASSWORD",
            Self::DatabaseUrl => "SMARTEXUS_DATABASE_URL",
            Self::QueueUrl => "SMARTEXUS_QUEUE_URL",
            Self::BlobsUrl => "SMARTEXUS_BLOBS_URL",
            Self::CacheUrl => "SMARTEXUS_CACHE_URL",
            Self::KeysDatabaseUrl => "SMARTEXUS_KEYS_DATABASE_URL",
            Self::BlobsEndpoint => "SMARTEXUS_BLOBS_ENDPOINT",
            Self::BlobsRegion => "SMARTEXUS_BLOBS_REGION",
            Self::BlobsAccessKey => "SMARTEXUS_BLOBS_ACCESS_KEY",
            Self::BlobsSecretKey => "SMARTEXUS_BLOBS_SECRET_KEY",
            Self::BlobsAllowHttp => "SMARTEXUS_BLOBS_ALLOW_HTTP",
            Self::AllowOpenLinks => "SMARTEXUS_ALLOW_OPEN_LINKS",
            Self::Stages => "SMARTEXUS_STAGES",
            Self::MetricsListen => "SMARTEXUS_METRICS_LISTEN",
            Self::OtlpEndpoint => "SMARTEXUS_OTLP_ENDPOINT",
            Self::LogFormat => "SMARTEXUS_LOG_FORMAT",
            Self::BehindGateway => "SMARTEXUS_BEHIND_GATEWAY",
            Self::EndpointUrl => "SMARTEXUS_ENDPOINT_URL",
            Self::EndpointModel => "SMARTEXUS_ENDPOINT_MODEL",
            Self::EndpointKey => "SMARTEXUS_ENDPOINT_KEY",
            Self::EndpointCallsPerDay => "SMARTEXUS_ENDPOINT_CALLS_PER_DAY",
        }
    }

    /// Its value is never printed, and it does not belong into a settings file that gets shared. An address may
    /// hold a password.
    pub(crate) const fn is_secret(self) -> bool {
        matches!(
            self,
            Self::Password
                | Self::DatabaseUrl
                | Self::KeysDatabaseUrl
                | Self::QueueUrl
                | Self::CacheUrl
                | Self::BlobsSecretKey
                | Self::EndpointKey
        )
    }

    /// The setting of a name in `smartexus.toml`.
    pub(crate) fn in_file(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name && !key.is_secret())
    }

    /// The setting of an environment variable.
    pub(crate) fn of_variable(variable: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.variable() == variable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_names_of_a_setting_agree() {
        for key in Key::ALL {
            assert_eq!(key.variable(), format!("SMARTEXUS_{}", key.name().to_uppercase()));
            assert_eq!(Key::of_variable(key.variable()), Some(key));
            assert_eq!(Key::in_file(key.name()), (!key.is_secret()).then_some(key));
        }
    }
}
