use crate::hint::IssuerHint;
use crate::lexicon::{self, Role, fold};

/// The words that name columns: those of seven languages, and what a hint says of its issuer's own.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    own: Vec<(String, Role)>,
}

impl Vocabulary {
    pub(super) fn of(hint: &IssuerHint) -> Self {
        let own = hint.headings.iter().map(|heading| (fold(&heading.words), heading.role.role()));
        Self { own: own.collect() }
    }

    /// What a folded heading names.
    pub(super) fn role(&self, folded: &str) -> Option<Role> {
        let own = self.own.iter().find(|(words, _)| words == folded).map(|(_, role)| *role);
        own.or_else(|| lexicon::role(folded))
    }
}
