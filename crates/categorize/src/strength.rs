//! How far the evidence behind a category goes.

/// The class of the rule that decided.
///
/// Each class has one confidence, which orders the classes and places them in the tiers people act on (0.8 and above is
/// filed, 0.5 to 0.8 suggested, below that asked). `cargo bench-all --categories` prints how often each was right on rows
/// that were labelled by hand; they were not fitted to these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Nothing decided, and nothing is even a guess.
    None,
    /// Nothing decided; the reason names a guess.
    Guess,
    /// How the money moved, not why; or what a payment processor mostly does.
    Grammar,
    /// A trade word, an ambiguous name that stands alone, or a name turned by direction.
    Likely,
    /// A known name somewhere among the words.
    Inside,
    /// A known name where names stand, or a brand that is the whole name.
    Name,
    /// A phrase that nearly always means this.
    Strong,
    /// A known name that is the whole name.
    Exact,
    /// The bank's own words about its own doing.
    Certain,
}

impl Strength {
    /// The confidence of this class, 0–1.
    #[must_use]
    pub const fn confidence(self) -> f64 {
        match self {
            Self::None => 0.0,
            Self::Guess => 0.3,
            Self::Grammar => 0.6,
            Self::Likely => 0.7,
            Self::Inside => 0.85,
            Self::Name => 0.88,
            Self::Strong => 0.92,
            Self::Exact => 0.95,
            Self::Certain => 0.97,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Strength::{Certain, Exact, Grammar, Guess, Inside, Likely, Name, None, Strong};

    #[test]
    fn confidence_follows_strength_and_the_tiers() {
        let rising = [None, Guess, Grammar, Likely, Inside, Name, Strong, Exact, Certain];
        assert!(rising.is_sorted_by(|a, b| a < b && a.confidence() < b.confidence()));
        assert!(Guess.confidence() < 0.5 && Grammar.confidence() >= 0.5 && Likely.confidence() < 0.8);
        assert!(Inside.confidence() >= 0.8);
    }
}
