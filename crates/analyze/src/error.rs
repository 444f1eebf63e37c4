//! What can be wrong with the data that figures rest on. Rows are never an error: what cannot be computed says why.

use smartexus_domain::FaultVerdict;
use smartexus_manifest::ManifestErrors;

/// Why there are no figures at all.
#[derive(Debug, thiserror::Error)]
pub enum AnalyzeError {
    /// A file of `pipelines/analytics/` does not read; every fault carries its place.
    #[error(transparent)]
    Manifest(#[from] ManifestErrors),
    /// `taxonomy.csv` does not read.
    #[error("taxonomy.csv is not readable as CSV")]
    Taxonomy(#[source] csv::Error),
    /// More leaves than an index counts.
    #[error("taxonomy.csv has more than 65,535 leaves")]
    TooManyLeaves,
    /// More than [`crate::Limits::rows_max`].
    #[error("more than {0} rows")]
    TooManyRows(usize),
    /// More days between the first and the last than [`crate::Limits::days_max`].
    #[error("the rows lie more than {0} days apart")]
    TooManyDays(u32),
    /// Sums by group did not come out. Ours, never a document's.
    #[error("the sums by group failed")]
    Sums(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl AnalyzeError {
    /// Whose fault it is.
    #[must_use]
    pub const fn verdict(&self) -> FaultVerdict {
        match self {
            Self::Manifest(_) | Self::Taxonomy(_) | Self::TooManyLeaves | Self::Sums(_) => FaultVerdict::Halt,
            Self::TooManyRows(_) | Self::TooManyDays(_) => FaultVerdict::Reject,
        }
    }
}
