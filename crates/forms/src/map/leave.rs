//! What only a person may answer.

use serde::Deserialize;

/// Why a field is left to a person. No fact ever fills it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaveReason {
    /// A signature.
    Signature,
    /// Initials.
    Initials,
    /// The day of signing.
    SigningDate,
    /// A statement with legal weight: citizenship, criminal history, bankruptcy, conflicts of interest.
    Declaration,
    /// An agreement or authorization.
    Consent,
    /// Race, ethnicity, sex, veteran status, disability.
    Demographics,
    /// For the lender or the agency.
    OfficeUse,
    /// What no document says.
    Judgement,
}

impl LeaveReason {
    /// The stable name, as mapping files write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Initials => "initials",
            Self::SigningDate => "signing_date",
            Self::Declaration => "declaration",
            Self::Consent => "consent",
            Self::Demographics => "demographics",
            Self::OfficeUse => "office_use",
            Self::Judgement => "judgement",
        }
    }

    /// One sentence for the person.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Signature => "Only the person may sign.",
            Self::Initials => "Only the person may put initials.",
            Self::SigningDate => "The day of signing is written when it is signed.",
            Self::Declaration => "A declaration with legal weight: only the person may answer.",
            Self::Consent => "A consent: only the person may give it.",
            Self::Demographics => "A demographic question: the person may answer it or leave it.",
            Self::OfficeUse => "For the lender's or agency's own use.",
            Self::Judgement => "No document says this: the person has to answer.",
        }
    }
}
