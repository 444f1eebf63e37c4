//! What can go wrong outside, and whose fault it is.

use smartexus_domain::FaultVerdict;

/// Shorthand of this crate.
pub type Result<T, E = PlatformError> = std::result::Result<T, E>;

/// Everything that the ports can fail with. No message holds content, names, keys or paths.
#[derive(Debug, thiserror::Error)]
pub enum PlatformError {
    /// The database did not answer: busy, full, or broken.
    #[error("the database did not answer")]
    Database {
        /// What it said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The broker did not take an announcement: away, slow, or without a queue for it.
    #[error("the queue did not answer")]
    Queue {
        /// What it said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The blob store did not answer: full, slow, or broken.
    #[error("the blob store did not answer")]
    Blobs {
        /// What it said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The keys cannot be used at all.
    #[error("the keys cannot be used: {0}")]
    Keys(KeyFault),
    /// This document's key is gone: the document was erased, or never came to be.
    #[error("the document's key does not exist")]
    KeyDestroyed,
    /// There is no such object in the blob store.
    #[error("the stored object is missing")]
    Missing,
    /// A sealed object is not what was written: changed, cut, or moved here from elsewhere.
    #[error("the stored object does not verify")]
    Unverified,
    /// More bytes than the caller allows.
    #[error("more than {limit_bytes} bytes")]
    TooLarge {
        /// The limit that was passed.
        limit_bytes: u64,
    },
    /// The caller's own stream of bytes broke off.
    #[error("the upload broke off")]
    Upload {
        /// What the stream said.
        #[source]
        source: std::io::Error,
    },
    /// Stored rows make no sense to this release.
    #[error("a stored row is not understood: {0}")]
    Inconsistent(&'static str),
    /// The database is not at this release's schema, or lets the program see too much.
    #[error("the database cannot be used as it is: {0}")]
    Schema(SchemaFault),
    /// The settings of the cache can never work. A cache that is away is no error: it degrades.
    #[error("the cache cannot be used: {0}")]
    Cache(CacheFault),
    /// The settings of the broker can never work.
    #[error("the queue cannot be used: {0}")]
    QueueSettings(crate::rabbit::SettingsFault),
    /// The settings of the blob store can never work.
    #[error("the blob store cannot be used: {0}")]
    BlobSettings(crate::objects::S3SettingsFault),
    /// The data directory cannot be used.
    #[error("the data directory cannot be used: {what}")]
    Directory {
        /// Which step failed.
        what: &'static str,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

/// Why a database that answers cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SchemaFault {
    /// Migrations of this release have not run.
    #[error("it is older than this release; run `smartexus db migrate`")]
    Behind,
    /// Migrations of another release have run.
    #[error("it was migrated by a newer release; use that one")]
    Ahead,
    /// The login may not become the role that the program runs as.
    #[error(
        "its login is no member of smartexus_app; have its administrator run GRANT smartexus_app TO that login"
    )]
    NotGranted,
    /// The role could read every workspace.
    #[error("its role may bypass row-level security; connect as one that may not")]
    Privileged,
}

/// Why the cache's settings cannot work. Deliberately without a source, which could quote the URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CacheFault {
    /// The URL is none, or asks for something that is not offered, such as a certificate that is not verified.
    #[error("its URL is not of the form redis://user:password@host:port/database or rediss://…")]
    Url,
    /// The prefix is empty, too long, or has strange characters.
    #[error("its prefix is not 1 to 32 characters out of a-z, 0-9 and '-'")]
    Prefix,
    /// Out of range.
    #[error("its patience is not within 1 ms and 1 s")]
    Patience,
    /// The authority's certificate is damaged, or the URL does not ask for TLS.
    #[error("its root certificate is not PEM, or its URL does not begin with rediss://")]
    Certificate,
}

/// Why no key can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// Somebody besides the owner may read the key file.
    #[error("the key file can be read by others; set its mode to 0600")]
    FileReadableByOthers,
    /// The key file is not one of ours.
    #[error("the key file is damaged or not a key file")]
    FileMalformed,
    /// Wrapped keys exist, but the key file that wrapped them does not.
    #[error("keys are stored but the key file is missing; restore it from its copy")]
    FileMissing,
    /// A wrapped key does not open under the key above it.
    #[error("a stored key does not open; is this the right key file?")]
    DoesNotUnwrap,
    /// The operating system gave no random bytes.
    #[error("no random bytes from the operating system")]
    NoRandomness,
}

impl PlatformError {
    /// Whose fault it is: the world's, the document's, or ours.
    #[must_use]
    pub const fn verdict(&self) -> FaultVerdict {
        match self {
            Self::Database { .. } | Self::Queue { .. } | Self::Blobs { .. } => FaultVerdict::Retry,
            // One damaged or erased document must not stop the others.
            Self::KeyDestroyed
            | Self::Missing
            | Self::Unverified
            | Self::TooLarge { .. }
            | Self::Upload { .. } => FaultVerdict::Reject,
            Self::Keys(_)
            | Self::Inconsistent(_)
            | Self::Schema(_)
            | Self::Cache(_)
            | Self::QueueSettings(_)
            | Self::BlobSettings(_)
            | Self::Directory { .. } => FaultVerdict::Halt,
        }
    }

    /// What is behind a database, queue or blob store that did not answer, as far as a person can do something about it.
    /// Never the words of the other side, which may hold anything.
    #[must_use]
    pub fn reason(&self) -> Option<&'static str> {
        let Self::Database { source } = self else { return None };
        let error = source.downcast_ref::<sqlx::Error>()?;
        if let Some(said) = error.as_database_error() {
            // Classes of PostgreSQL: https://www.postgresql.org/docs/current/errcodes-appendix.html.
            return match said.code().as_deref() {
                Some("28P01" | "28000") => Some("it does not accept our user name and password"),
                Some("3D000") => Some("there is no database of this name"),
                Some("53300") => Some("it has no connection left for us"),
                Some("57P03") => Some("it is starting or stopping"),
                _ => None,
            };
        }
        // A certificate that is not trusted comes as invalid data of the socket.
        let is_untrusted = |error: &std::io::Error| error.kind() == std::io::ErrorKind::InvalidData;
        if matches!(error, sqlx::Error::Tls(_))
            || matches!(error, sqlx::Error::Io(error) if is_untrusted(error))
        {
            Some("no TLS: does it offer it, and is its certificate one that we can verify?")
        } else if matches!(error, sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut) {
            Some("no connection: does it run, and are host and port right?")
        } else if matches!(error, sqlx::Error::Configuration(_)) {
            Some("its address is not understood")
        } else {
            None
        }
    }

    pub(crate) fn blobs(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Blobs { source: source.into() }
    }
}

impl From<sqlx::Error> for PlatformError {
    fn from(source: sqlx::Error) -> Self {
        Self::Database { source: Box::new(source) }
    }
}
