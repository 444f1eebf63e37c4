//! How urgent a job is.

/// Lower comes first. Within one priority, workspaces take turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Priority {
    /// A person waits for it.
    #[default]
    Interactive,
    /// One of many that came together.
    Batch,
    /// Work that was done before and is done again.
    Reprocess,
}

impl Priority {
    /// Every priority, the most urgent first.
    pub const ALL: [Self; 3] = [Self::Interactive, Self::Batch, Self::Reprocess];

    /// The word in the API, in queue names and in metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Interactive => "interactive",
            Self::Batch => "batch",
            Self::Reprocess => "reprocess",
        }
    }

    /// The stored number.
    #[must_use]
    pub const fn rank(self) -> i64 {
        match self {
            Self::Interactive => 0,
            Self::Batch => 1,
            Self::Reprocess => 2,
        }
    }
}

impl std::str::FromStr for Priority {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|priority| priority.as_str() == word).ok_or(())
    }
}
