//! What was invalidated, counted in memory.

use crate::port::Topic;
use smartexus_domain::WorkspaceId;
use std::collections::HashMap;

/// Workspaces whose invalidations are counted apart; past that, everything is stale once and counting begins anew.
const MAX_COUNTS: usize = 10_000;

/// Counts that only grow.
#[derive(Default)]
pub(crate) struct Counts {
    epoch: u64,
    stale: HashMap<(Topic, WorkspaceId), u64>,
}

impl Counts {
    /// One topic of one workspace is stale.
    pub(crate) fn raise(&mut self, topic: Topic, workspace: WorkspaceId) {
        if self.stale.len() >= MAX_COUNTS && !self.stale.contains_key(&(topic, workspace)) {
            self.raise_all();
        }
        *self.stale.entry((topic, workspace)).or_insert(0) += 1;
    }

    /// Everything is stale.
    pub(crate) fn raise_all(&mut self) {
        self.epoch += 1;
        self.stale.clear();
    }

    /// The epoch, and the count within it.
    pub(crate) fn mark(&self, topic: Topic, workspace: WorkspaceId) -> (u64, u64) {
        (self.epoch, self.stale.get(&(topic, workspace)).copied().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn past_the_limit_everything_is_stale_and_nothing_is_missed() {
        let workspace = |n: usize| WorkspaceId::from_uuid(Uuid::from_u128(n as u128));
        let mut counts = Counts::default();
        let untouched = counts.mark(Topic::Rights, workspace(0));
        for n in 0..MAX_COUNTS {
            counts.raise(Topic::Rules, workspace(n));
        }
        assert_eq!(counts.mark(Topic::Rights, workspace(0)), untouched);
        let (first, last) = (counts.mark(Topic::Rules, workspace(0)), workspace(MAX_COUNTS));
        counts.raise(Topic::Rules, last);
        assert_ne!(counts.mark(Topic::Rules, workspace(0)), first);
        assert_ne!(counts.mark(Topic::Rights, workspace(0)), untouched);
        assert_eq!(counts.stale.len(), 1);
    }
}
