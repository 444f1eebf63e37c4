//! Whether a person is asked.

use crate::pipeline::{FactSheet, Pipeline};
use smartexus_domain::Reading;

/// True when a person has to look.
///
/// What no pipeline file can switch off: a document with nothing to prove, and one with a paper that is not proved (a
/// statement, or the arithmetic of another paper), are never approved by a machine. The file adds to that.
pub(crate) fn needs_person(pipeline: &Pipeline, facts: &FactSheet<'_>) -> bool {
    let unproved = |reading: &Reading| !smartexus_domain::is_proved(reading);
    facts.reading.is_none_or(unproved) || pipeline.review.iter().any(|condition| condition.holds(facts))
}
