//! What is sealed of a rule and of a correction, and how it is read again.

use serde::{Deserialize, Serialize};
use smartexus_categorize::{Correction, WorkspaceRule};
use smartexus_platform::{KeptCorrection, KeptCorrections, KeptRules, PlatformError};

/// A rule under its number.
pub(super) struct HeldRule {
    pub(super) number: u64,
    pub(super) document: Option<smartexus_domain::DocumentId>,
    pub(super) rule: WorkspaceRule,
}

/// Which row a correction is of, beside what it says.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredCorrection {
    /// Which of the document's statements, from 0.
    pub(super) statement: usize,
    /// The row's `seq`.
    pub(super) seq: u32,
    pub(super) correction: Correction,
}

pub(super) fn rules(kept: KeptRules) -> Result<Vec<HeldRule>, PlatformError> {
    let read = |kept: smartexus_platform::KeptRule| {
        let rule = serde_json::from_slice(&kept.content).map_err(|_| PlatformError::Inconsistent("rule"))?;
        Ok(HeldRule { number: kept.number, document: kept.document, rule })
    };
    kept.rules.into_iter().map(read).collect()
}

/// A correction with the number and the fate that its records give it.
pub(super) fn correction(kept: &KeptCorrection) -> Result<StoredCorrection, PlatformError> {
    let mut stored: StoredCorrection =
        serde_json::from_slice(&kept.content).map_err(|_| PlatformError::Inconsistent("correction"))?;
    stored.correction.id = kept.number;
    stored.correction.undone = kept.undone;
    Ok(stored)
}

/// Those that may teach something: none while learning is switched off.
pub(super) fn lessons(kept: &KeptCorrections) -> Result<Vec<Correction>, PlatformError> {
    if !kept.learning {
        return Ok(Vec::new());
    }
    let in_force = kept.corrections.iter().filter(|kept| !kept.undone);
    in_force.map(|kept| correction(kept).map(|stored| stored.correction)).collect()
}
