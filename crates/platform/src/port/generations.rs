//! Generations: whoever keeps a copy of rows asks here whether the copy is still good.

use super::Unavailable;
use async_trait::async_trait;
use smartexus_domain::WorkspaceId;

/// What is copied out of the database and kept. Closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// A workspace's learned categorization rules.
    Rules,
    /// Who may do what in a workspace.
    Rights,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 2] = [Self::Rules, Self::Rights];

    /// The word in messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Rights => "rights",
        }
    }
}

impl std::str::FromStr for Topic {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|topic| topic.as_str() == word).ok_or(())
    }
}

/// A mark on a copy. Equal marks, taken in one process: nothing was invalidated in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Generation {
    /// Raised when everything may be stale.
    pub(crate) epoch: u64,
    /// Raised for this topic of this workspace.
    pub(crate) count: u64,
    /// Runs by itself while nobody can be heard.
    pub(crate) deaf: u64,
}

/// Says when copies are stale. The order is: take the mark, read the database, keep both; before each use take the
/// mark again and compare.
#[async_trait]
pub trait Generations: Send + Sync {
    /// The mark of now. Asks nobody, so it may stand before every use of a copy. While the channel is away it
    /// changes every second by itself: then a copy is read anew once a second, and work goes on.
    fn generation(&self, topic: Topic, workspace: WorkspaceId) -> Generation;

    /// Makes the copies of all processes stale, of this one at once, of the others within a second. A lost message
    /// is noticed by its missing number within three. Call it after the transaction has committed.
    ///
    /// # Errors
    /// [`Unavailable`]: the others were not told. This process tells them by itself when it can again (everything
    /// is stale then); whoever needs it surer calls again from the outbox.
    async fn invalidate(&self, topic: Topic, workspace: WorkspaceId) -> Result<(), Unavailable>;
}
