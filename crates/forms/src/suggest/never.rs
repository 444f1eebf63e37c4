//! Questions that only a person may answer, told by their words.

use crate::map::LeaveReason;
use smartexus_domain::{FieldKind, FormField};

/// Words that decide, by reason; the first list with a hit wins.
const WORDS: [(LeaveReason, &[&str]); 7] = [
    (LeaveReason::Initials, &["initials", "initial here"]),
    (
        LeaveReason::SigningDate,
        &["date signed", "signing date", "signed on", "signature date", "date of signature"],
    ),
    (LeaveReason::Signature, &["signature", "signed by", "sign here", "signatory"]),
    (
        LeaveReason::Demographics,
        &[
            "race",
            "ethnic",
            "ethnicity",
            "hispanic",
            "latino",
            "gender",
            "sex",
            "veteran",
            "disability",
            "disabled",
            "religion",
            "pregnan",
            "national origin",
            "tribe",
        ],
    ),
    (
        LeaveReason::Consent,
        &[
            "i agree",
            "i authorize",
            "authorise",
            "consent",
            "i acknowledge",
            "opt in",
            "permission to",
            "i accept",
            "agree to",
        ],
    ),
    (
        LeaveReason::Declaration,
        &[
            "citizen",
            "alien",
            "convicted",
            "felony",
            "crime",
            "criminal",
            "arrest",
            "indict",
            "parole",
            "probation",
            "bankrupt",
            "lawsuit",
            "foreclos",
            "judgment",
            "judgement",
            "delinquent",
            "default",
            "certify",
            "perjury",
            "declare",
            "co-signer",
            "cosigner",
            "endorser",
            "debarred",
            "suspended",
            "party to",
            "insolven",
            "immigration",
            "backup withholding",
            "alimony",
            "child support",
            "obligated",
        ],
    ),
    (
        LeaveReason::OfficeUse,
        &["office use", "lender use", "agency use", "internal use", "official use", "for bank use"],
    ),
];

/// Why nobody but a person may answer, if so. Every label counts: one that asks for a signature is enough.
pub(super) fn leave_reason(field: &FormField) -> Option<LeaveReason> {
    match field.kind {
        FieldKind::Signature => return Some(LeaveReason::Signature),
        FieldKind::Button => return Some(LeaveReason::OfficeUse),
        FieldKind::Text
        | FieldKind::Multiline
        | FieldKind::Comb
        | FieldKind::Date
        | FieldKind::Checkbox
        | FieldKind::Radio
        | FieldKind::Combo
        | FieldKind::List => {}
    }
    let labels: Vec<String> = field.labels.iter().map(|label| padded(&label.text)).collect();
    let has = |word: &str| labels.iter().any(|label| label.contains(&format!(" {word}")));
    WORDS.iter().find(|(_, words)| words.iter().any(|word| has(word))).map(|(reason, _)| *reason)
}

/// Lower case, one blank between words and around them.
fn padded(label: &str) -> String {
    let words: Vec<String> = label
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    format!(" {} ", words.join(" "))
}
