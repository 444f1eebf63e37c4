//! What is to be erased and what is kept, each with its reason. Pure: the same facts and the same `now` give the
//! same plan, and the plan that is shown is the value that is executed.

use crate::class::day_of;
use crate::{ClassRule, Classes};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use smartexus_domain::{DocumentId, RetentionClass, WorkspaceId};
use smartexus_platform::port::{Anchor, EraseCause};

/// What the plan needs to know of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentFacts {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Which.
    pub document: DocumentId,
    /// Its retention class.
    pub class: RetentionClass,
    /// When it was received.
    pub received_at: Option<Timestamp>,
    /// When it was settled; `None` while it is at work.
    pub settled_at: Option<Timestamp>,
    /// A hold is on it.
    pub held: bool,
    /// Somebody asked for its erasure.
    pub erase_requested: bool,
}

/// Every document with what happens to it and why, in the order of the facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The time that was taken for now.
    pub now: Timestamp,
    /// One entry a document.
    pub entries: Vec<PlanEntry>,
}

/// What happens to one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanEntry {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Which.
    pub document: DocumentId,
    /// Its retention class: the rule that is answered for.
    pub class: RetentionClass,
    /// Why, from which follows what.
    pub because: Reason,
}

/// Why a document is kept or erased. The order in which they are asked is the order of precedence:
/// hold, then legal minimum, then somebody's wish, then the schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// Kept: a hold is on it.
    Held,
    /// Kept: nobody knows its class. For a person: add the class, or correct the pipeline.
    UnknownClass,
    /// Kept: its class is a law's, and nobody has signed it off. For a person.
    NotAdopted,
    /// Kept: its class asks to keep it longer than it allows to. For a person.
    MinimumAboveMaximum {
        /// Last day of the minimum.
        keep_through: Date,
        /// Last day of the maximum.
        last_day: Date,
    },
    /// Kept although somebody asked, or its maximum is over: the minimum is not. Review on that day.
    BlockedByMinimum {
        /// First day on which it can be erased; `None` while the anchoring event has not happened.
        review_on: Option<Date>,
    },
    /// Erased: somebody asked.
    EraseRequested,
    /// Erased: its maximum is over.
    Due {
        /// First day on which it was due.
        since: Date,
    },
    /// Kept, and due after this day.
    KeptUntil {
        /// The last day.
        last_day: Date,
    },
    /// Kept: the event from which its periods run has not happened.
    AnchorOpen {
        /// Which event.
        anchor: Anchor,
    },
    /// Kept: its class has no maximum.
    NoMaximum,
}

impl Reason {
    /// The cause to record when this reason erases; `None` when it keeps.
    #[must_use]
    pub const fn erases(&self) -> Option<EraseCause> {
        match self {
            Self::EraseRequested => Some(EraseCause::Request),
            Self::Due { .. } => Some(EraseCause::Schedule),
            Self::Held
            | Self::UnknownClass
            | Self::NotAdopted
            | Self::MinimumAboveMaximum { .. }
            | Self::BlockedByMinimum { .. }
            | Self::KeptUntil { .. }
            | Self::AnchorOpen { .. }
            | Self::NoMaximum => None,
        }
    }

    /// Something that only a person can put right.
    #[must_use]
    pub const fn needs_person(&self) -> bool {
        match self {
            Self::UnknownClass | Self::NotAdopted | Self::MinimumAboveMaximum { .. } => true,
            Self::Held
            | Self::BlockedByMinimum { .. }
            | Self::EraseRequested
            | Self::Due { .. }
            | Self::KeptUntil { .. }
            | Self::AnchorOpen { .. }
            | Self::NoMaximum => false,
        }
    }

    /// The stable word.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::UnknownClass => "unknown_class",
            Self::NotAdopted => "not_adopted",
            Self::MinimumAboveMaximum { .. } => "minimum_above_maximum",
            Self::BlockedByMinimum { .. } => "blocked_by_minimum",
            Self::EraseRequested => "erase_requested",
            Self::Due { .. } => "due",
            Self::KeptUntil { .. } => "kept_until",
            Self::AnchorOpen { .. } => "anchor_open",
            Self::NoMaximum => "no_maximum",
        }
    }
}

impl Plan {
    /// The entries that erase.
    pub fn erasures(&self) -> impl Iterator<Item = (&PlanEntry, EraseCause)> {
        self.entries.iter().filter_map(|entry| entry.because.erases().map(|cause| (entry, cause)))
    }
}

/// Decides about every document.
#[must_use]
pub fn plan(classes: &Classes, documents: &[DocumentFacts], now: Timestamp) -> Plan {
    let entry = |facts: &DocumentFacts| PlanEntry {
        workspace: facts.workspace,
        document: facts.document,
        class: facts.class.clone(),
        because: decide(classes.get(&facts.class), facts, day_of(now)),
    };
    Plan { now, entries: documents.iter().map(entry).collect() }
}

fn decide(rule: Option<&ClassRule>, facts: &DocumentFacts, today: Date) -> Reason {
    if facts.held {
        return Reason::Held;
    }
    // Without the rule nobody can say that no minimum stands in the way, not even of a wish.
    let Some(rule) = rule else { return Reason::UnknownClass };
    if !rule.binds() {
        return if facts.erase_requested { Reason::EraseRequested } else { Reason::NotAdopted };
    }
    match facts.anchored_at(rule.anchor) {
        Some(anchored_at) => decide_anchored(rule, facts, anchored_at, today),
        None => decide_open(rule, facts),
    }
}

fn decide_open(rule: &ClassRule, facts: &DocumentFacts) -> Reason {
    match (facts.erase_requested, rule.keep_at_least) {
        (true, Some(_)) => Reason::BlockedByMinimum { review_on: None },
        (true, None) => Reason::EraseRequested,
        (false, _) => Reason::AnchorOpen { anchor: rule.anchor },
    }
}

fn decide_anchored(rule: &ClassRule, facts: &DocumentFacts, anchored_at: Timestamp, today: Date) -> Reason {
    let keep_through = rule.keep_through(anchored_at);
    let last_day = rule.last_day(anchored_at);
    if let (Some(keep_through), Some(last_day)) = (keep_through, last_day)
        && keep_through > last_day
    {
        return Reason::MinimumAboveMaximum { keep_through, last_day };
    }
    if facts.erase_requested {
        return match keep_through.filter(|keep_through| today <= *keep_through) {
            Some(keep_through) => Reason::BlockedByMinimum { review_on: keep_through.tomorrow().ok() },
            None => Reason::EraseRequested,
        };
    }
    // The minimum ends no later than the maximum here, so the schedule cannot collide with it.
    match last_day {
        Some(last_day) if today > last_day => Reason::Due { since: last_day.tomorrow().unwrap_or(today) },
        Some(last_day) => Reason::KeptUntil { last_day },
        None => Reason::NoMaximum,
    }
}

impl DocumentFacts {
    fn anchored_at(&self, anchor: Anchor) -> Option<Timestamp> {
        match anchor {
            Anchor::Received => self.received_at,
            Anchor::Settled => self.settled_at,
        }
    }
}
