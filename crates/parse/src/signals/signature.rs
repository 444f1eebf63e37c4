//! Signatures that do not hold, or do not cover the file as it is.

use super::scene::Scene;
use smartexus_domain::{Signal, SignalName};

/// A signature over all of the file whose bytes are those that were signed is no signal.
pub(super) fn judge(scene: &Scene<'_>) -> Vec<Signal> {
    let facts = scene.facts;
    let broken = facts.signed.iter().find(|range| range.holds == Some(false)).map(|range| {
        let evidence =
            "The bytes that a signature of the file covers are not those that were signed.".to_owned();
        Signal { offset: Some(range.end), ..Signal::new(SignalName::SignatureState, evidence) }
    });
    // What later signatures add is behind the end of earlier ones.
    let end = facts.signed.iter().map(|range| range.end).max();
    let is_whole = facts.signed.iter().any(|range| range.is_whole);
    let later = end.filter(|end| !is_whole && facts.saves.iter().any(|s| !s.signs && s.offset >= *end));
    let uncovered = later.map(|end| {
        let evidence =
            format!("The signature of the file covers an earlier version of it, which ends at byte {end}.");
        Signal { offset: Some(end), ..Signal::new(SignalName::SignatureState, evidence) }
    });
    broken.into_iter().chain(uncovered).collect()
}
