//! Whether a person is asked.

use crate::pipeline::{FactSheet, Pipeline};
use smartexus_domain::{Reading, Verdict};

/// True when a person has to look.
///
/// Two things no pipeline file can switch off: a document without a statement, and a statement that is not proved,
/// are never approved by a machine. The file adds to them.
pub(crate) fn needs_person(pipeline: &Pipeline, facts: &FactSheet<'_>) -> bool {
    let unproved = |reading: &Reading| {
        reading.statements.is_empty()
            || reading.statements.iter().any(|statement| statement.verdict != Verdict::Verified)
    };
    facts.reading.is_none_or(unproved) || pipeline.review.iter().any(|condition| condition.holds(facts))
}
