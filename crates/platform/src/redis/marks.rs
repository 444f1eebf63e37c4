//! What this process knows about stale copies.

use crate::embedded::Counts;
use crate::port::{Generation, Topic};
use smartexus_domain::WorkspaceId;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// The version of the message.
pub(super) const MESSAGE_VERSION: &str = "1";
/// In a message, in place of a topic and a workspace: everything is stale.
pub(super) const EVERYTHING: &str = "*";

/// Counts what is heard on the channel, whose messages are numbered without a hole by the server. A hole, a number
/// that does not fit, or an outage make everything stale once.
pub(super) struct Marks {
    begun: Instant,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    counts: Counts,
    /// The number of the last message.
    heard: Option<u64>,
    /// What `heard` was when the server last said another number.
    doubted: Option<u64>,
    hears: bool,
}

impl Marks {
    pub(super) fn new() -> Self {
        Self { begun: Instant::now(), inner: Mutex::default() }
    }

    /// The mark of now; `asks` says whether the server can be asked for its number.
    pub(super) fn generation(&self, topic: Topic, workspace: WorkspaceId, asks: bool) -> Generation {
        let inner = self.lock();
        let (epoch, count) = inner.counts.mark(topic, workspace);
        let deaf = if inner.hears && asks { 0 } else { self.begun.elapsed().as_secs() + 1 };
        Generation { epoch, count, deaf }
    }

    /// This process itself changed something.
    pub(super) fn stale(&self, topic: Topic, workspace: WorkspaceId) {
        self.lock().counts.raise(topic, workspace);
    }

    pub(super) fn stale_all(&self) {
        self.lock().counts.raise_all();
    }

    /// The channel stands: from here on messages are heard, and what came before was perhaps not.
    pub(super) fn hears(&self) {
        let mut inner = self.lock();
        inner.counts.raise_all();
        inner.hears = true;
    }

    pub(super) fn hears_no_more(&self) {
        self.lock().hears = false;
    }

    /// A message came.
    pub(super) fn message(&self, text: &str) {
        let mut inner = self.lock();
        let Some((number, stale)) = parse(text) else {
            // A newer release has more to say than we understand.
            inner.counts.raise_all();
            return;
        };
        let follows = inner.heard.is_some_and(|heard| heard + 1 == number);
        match stale {
            Some((topic, workspace)) if follows => inner.counts.raise(topic, workspace),
            Some(_) | None => inner.counts.raise_all(),
        }
        inner.heard = Some(number);
    }

    /// The server says how many invalidations there were. A difference may be a message on its way, so it counts
    /// only when the next beat finds it still there and nothing was heard in between.
    pub(super) fn counted(&self, number: u64) {
        let mut inner = self.lock();
        if inner.heard == Some(number) {
            inner.doubted = None;
        } else if inner.heard.is_none() || inner.doubted == inner.heard {
            inner.counts.raise_all();
            inner.heard = Some(number);
            inner.doubted = None;
        } else {
            inner.doubted = inner.heard;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `1 <number> <topic> <workspace>`, or `1 <number> *`: a number, and what is stale if not everything.
fn parse(text: &str) -> Option<(u64, Option<(Topic, WorkspaceId)>)> {
    let mut words = text.split(' ');
    let version = words.next()?;
    let number = words.next()?.parse().ok()?;
    let stale = match (words.next()?, words.next(), words.next()) {
        (EVERYTHING, None, None) => None,
        (topic, Some(workspace), None) => Some((topic.parse().ok()?, workspace.parse().ok()?)),
        (_, _, _) => return None,
    };
    (version == MESSAGE_VERSION).then_some((number, stale))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn workspace(n: u128) -> WorkspaceId {
        WorkspaceId::from_uuid(Uuid::from_u128(n))
    }

    /// Marks that hear, at number 7.
    fn marks() -> Marks {
        let marks = Marks::new();
        marks.counted(7);
        marks.hears();
        marks
    }

    /// What changes between two marks: of the named topic and workspace, and of another.
    fn changes(marks: &Marks, change: impl FnOnce(&Marks)) -> (bool, bool) {
        let mark = |n| marks.generation(Topic::Rules, workspace(n), true);
        let (named, other) = (mark(1), mark(2));
        change(marks);
        (mark(1) != named, mark(2) != other)
    }

    const NEXT: &str = "1 8 rules 00000000-0000-0000-0000-000000000001";

    #[test]
    fn messages_in_order_are_counted_apart_and_all_else_together() {
        assert_eq!(changes(&marks(), |m| m.message(NEXT)), (true, false));
        for text in [
            "1 9 rules 00000000-0000-0000-0000-000000000001",
            "1 7 rules 00000000-0000-0000-0000-000000000001",
            "1 8 *",
            "2 8 rules 00000000-0000-0000-0000-000000000001",
            "1 8 colours 00000000-0000-0000-0000-000000000001",
            "1 8 rules",
            "",
        ] {
            assert_eq!(changes(&marks(), |m| m.message(text)), (true, true), "{text}");
        }
    }

    #[test]
    fn a_lost_message_is_noticed_at_the_second_beat_and_one_on_its_way_is_not_lost() {
        let marks = marks();
        assert_eq!(changes(&marks, |m| m.counted(7)), (false, false));
        assert_eq!(changes(&marks, |m| m.counted(8)), (false, false), "perhaps on its way");
        assert_eq!(changes(&marks, |m| m.message(NEXT)), (true, false), "it was");
        assert_eq!(changes(&marks, |m| m.counted(8)), (false, false));
        assert_eq!(changes(&marks, |m| m.counted(9)), (false, false));
        assert_eq!(changes(&marks, |m| m.counted(9)), (true, true), "lost");
        assert_eq!(changes(&marks, |m| m.counted(9)), (false, false), "once");
        assert_eq!(changes(&marks, |m| m.counted(0)), (false, false));
        assert_eq!(changes(&marks, |m| m.counted(0)), (true, true), "the server forgot");
    }

    #[test]
    fn what_was_marked_while_deaf_is_never_good_again() {
        let marks = marks();
        let good = marks.generation(Topic::Rules, workspace(1), true);
        assert_eq!(marks.generation(Topic::Rules, workspace(1), true), good);
        assert_ne!(marks.generation(Topic::Rules, workspace(1), false), good, "nobody to ask");
        marks.hears_no_more();
        let deaf = marks.generation(Topic::Rules, workspace(1), true);
        assert_ne!(deaf, good);
        marks.hears();
        let again = marks.generation(Topic::Rules, workspace(1), true);
        assert!(again != good && again != deaf);
    }
}
