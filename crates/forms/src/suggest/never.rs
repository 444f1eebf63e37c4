//! Questions that only a person may answer, told by their words.

use super::place::padded;
use super::words::words_of;
use crate::map::LeaveReason;
use smartexus_domain::{FieldKind, FormField, LabelSource};

/// Words that decide, by reason; the first list with a hit wins.
const WORDS: [(LeaveReason, &[&str]); 7] = [
    (LeaveReason::Initials, &["initials", "initial here", "initial each", "initial below"]),
    (
        LeaveReason::SigningDate,
        &[
            "date signed",
            "signing date",
            "signed on",
            "signature date",
            "date of signature",
            "date of signing",
            "date of execution",
            "day of signing",
            "dated this",
            "certification date",
            "date of certification",
        ],
    ),
    (
        LeaveReason::Signature,
        &[
            "signature",
            "signed by",
            "signed for",
            "signed director",
            "sign here",
            "sign below",
            "sign ",
            "signatory",
            "autograph",
            "witnessed",
        ],
    ),
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
            "minority",
            "tribe",
            "pronoun",
            "sexual",
            "disabilities",
            "armed forces",
            "military",
            "nationality",
            "ancestry",
            "first language",
            "aboriginal",
            "torres strait",
            "indigenous",
            "woman owned",
            "women owned",
            "woman-owned",
            "women-owned",
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
            "we agree",
            "we authorize",
            "we acknowledge",
            "i confirm",
            "we confirm",
            "i understand",
            "we understand",
            "i have read",
            "we have read",
            "acknowledg",
            "opt out",
            "marketing",
            "credit check",
            "credit search",
            "pull my credit",
            "terms and conditions",
            "terms of use",
            "privacy",
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
            "litigation",
            "legal action",
            "county court",
            "ccj",
            "repossess",
            "politically exposed",
            "sanction",
            "have you ever",
            "disqualified",
            "evicted",
            "permanent resident",
            "visa subclass",
            "charged off",
            "contested",
            "terminated as",
            "offence",
            "offense",
            "true and correct",
            "true and complete",
            "accurate and complete",
            "declaration",
            "warrant that",
        ],
    ),
    (
        LeaveReason::OfficeUse,
        &[
            "office use",
            "lender use",
            "agency use",
            "internal use",
            "official use",
            "for bank use",
            "originator",
            "nmls",
        ],
    ),
];

/// Why nobody but a person may answer, if so. Every label counts: one that asks for a signature is enough.
pub(super) fn leave_reason(field: &FormField, is_near_signature: bool) -> Option<LeaveReason> {
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
    let printed = field.labels.iter().filter(|label| label.from != LabelSource::Heading);
    let labels: Vec<String> = printed.map(|label| padded(&label.text)).collect();
    // A bare date beside a signature is the day of signing, a bare name or title that of whoever signs.
    let says =
        |phrases: &[&str]| labels.iter().any(|label| phrases.contains(&words_of(label).join(" ").as_str()));
    if is_near_signature && says(&["date"]) {
        return Some(LeaveReason::SigningDate);
    }
    if is_near_signature && says(&SIGNATORY) {
        return Some(LeaveReason::Signature);
    }
    let headings = || field.labels.iter().filter(|label| label.from == LabelSource::Heading);
    let is_headed = |words: &[&str]| {
        headings().any(|heading| words.iter().any(|word| padded(&heading.text).contains(word)))
    };
    if is_headed(&OFFICE) {
        return Some(LeaveReason::OfficeUse);
    }
    if is_headed(&DEMOGRAPHICS) {
        return Some(LeaveReason::Demographics);
    }
    let has = |word: &str| labels.iter().any(|label| label.contains(&format!(" {word}")));
    WORDS.iter().find(|(_, words)| words.iter().any(|word| has(word))).map(|(reason, _)| *reason)
}

/// What is asked of whoever signs.
const SIGNATORY: [&str; 6] =
    ["print name", "printed name", "name print", "title", "name title", "name printed"];
/// Headings over what people may tell of themselves, or not.
const DEMOGRAPHICS: [&str; 4] =
    [" demographic ", " demographics ", " monitoring purposes ", " equal opportunity "];
/// Headings over what the lender or the agency fills in.
const OFFICE: [&str; 7] = [
    " office use ",
    " official use ",
    " lender use ",
    " agency use ",
    " internal use ",
    " completed by the lender ",
    " completed by the originator ",
];
