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
    /// The database; only the embedded one in this release.
    DatabaseUrl,
    /// The queue; only the embedded one in this release.
    QueueUrl,
    /// The blob store; only the embedded one in this release.
    BlobsUrl,
    /// The cache; only the embedded one in this release.
    CacheUrl,
}

impl Key {
    /// Every setting, in the order of `config show`.
    pub(crate) const ALL: [Self; 13] = [
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
        }
    }

    /// Its value is never printed, and it does not belong into a settings file that gets shared.
    pub(crate) const fn is_secret(self) -> bool {
        matches!(self, Self::Password)
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
