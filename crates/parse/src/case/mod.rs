//! Across documents: what the statements of one client say together.
//!
//! A case is a function of the *set* of its documents: they are put into one order first, ties are broken by what is in
//! them and never by when they came, and the same bytes count once. So putting cases together is idempotent,
//! commutative and associative by construction, and every rule below may go through sources from best to worst.
//!
//! `identity` says which statements are about one account; `days` gives every day an owner; `matching` finds the owner's
//! rows in the other sources; `seams` and `proof` test the result; `transfers` pairs rows of different accounts.

mod account;
mod claims;
mod cross;
mod dates;
mod days;
mod document;
mod evidence;
mod hash;
mod identity;
mod ledger;
mod matching;
mod names;
mod pairing;
mod pending;
mod proof;
mod seams;
mod signals;
mod source;
mod text;
mod transfers;
mod twins;

pub use document::{CaseDocument, RowKey};

use smartexus_domain::{Case, CaseDocumentFacts, FaultVerdict, Finding, MissingPages, StatementRef};
use source::{Part, Source};
use std::collections::BTreeSet;

/// How much a case may hold. Just below passes, just above is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseLimits {
    /// Most documents. Default 2,000.
    pub documents_max: usize,
    /// Most rows of all documents together. Default 1,000,000: about 300 MB.
    pub rows_max: usize,
}

impl Default for CaseLimits {
    fn default() -> Self {
        Self { documents_max: 2_000, rows_max: 1_000_000 }
    }
}

/// Why documents are no case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CaseError {
    /// More than [`CaseLimits::documents_max`].
    #[error("more than {0} documents")]
    TooManyDocuments(usize),
    /// More than [`CaseLimits::rows_max`].
    #[error("more than {0} rows")]
    TooManyRows(usize),
}

impl CaseError {
    /// Always the documents' fault.
    #[must_use]
    pub const fn verdict(&self) -> FaultVerdict {
        match self {
            Self::TooManyDocuments(_) | Self::TooManyRows(_) => FaultVerdict::Reject,
        }
    }
}

/// Puts the documents of one client together. Neither their order nor giving one twice changes the accounts.
///
/// `restored` names rows that a person wants counted although the rules remove them; what is not in these documents is
/// ignored.
///
/// # Errors
/// [`CaseError`] where a limit is passed.
pub fn assemble(
    documents: &[CaseDocument],
    restored: &BTreeSet<RowKey>,
    limits: &CaseLimits,
) -> Result<Case, CaseError> {
    if documents.len() > limits.documents_max {
        return Err(CaseError::TooManyDocuments(limits.documents_max));
    }
    let mut sorted: Vec<&CaseDocument> = documents.iter().collect();
    sorted.sort_by(|one, other| one.name().cmp(&other.name()));
    let copies = twins::same_bytes(&sorted);
    let primary = |number: u32| !copies.iter().any(|copy| copy.document == number);
    let numbered = || (1..).zip(sorted.iter().copied());
    let rows = numbered().filter(|(n, _)| primary(*n)).map(|(_, d)| d.rows()).fold(0, usize::saturating_add);
    if rows > limits.rows_max {
        return Err(CaseError::TooManyRows(limits.rows_max));
    }

    let sources: Vec<Source<'_>> =
        numbered().filter(|(number, _)| primary(*number)).flat_map(sources_of).collect();
    let claims: Vec<_> = numbered()
        .filter(|(number, _)| primary(*number))
        .map(|(n, document)| (n, document.claims()))
        .collect();
    let clusters = identity::clusters(&sources);
    let mut findings = clusters.findings;
    let (mut ledgers, mut duplicates) = (Vec::new(), copies);
    let mut case_signals = signals::same_bytes(&duplicates);
    for cluster in clusters.accounts {
        let account = account::settle(cluster, restored);
        case_signals.extend(account.signals.iter().cloned());
        duplicates.extend(account.duplicates.iter().cloned());
        ledgers.push(account);
    }
    ledgers.sort_by(|one, other| one.case.id.cmp(&other.case.id));
    let paired = transfers::pair(&ledgers);
    findings.extend(paired.findings);
    let missing_pages = missing_pages(numbered());
    case_signals.extend(signals::page_gaps(&missing_pages));
    case_signals.extend(cross::judge(&claims, &ledgers, &paired.transfers));
    Ok(Case {
        schema: Case::SCHEMA.to_owned(),
        documents: numbered().map(facts).collect(),
        accounts: ledgers.into_iter().map(|account| account.case).collect(),
        duplicates,
        transfers: paired.transfers,
        missing_pages,
        signals: case_signals,
        figures: Vec::new(),
        findings,
    })
}

fn sources_of<'d>((number, document): (u32, &'d CaseDocument)) -> Vec<Source<'d>> {
    let parts = (1..).zip(document.parts());
    let source = |(statement, part): (u32, &'d Part)| {
        let at = StatementRef { document: number, statement };
        Source::new(at, document.sha256(), document.media(), part)
    };
    parts.map(source).collect()
}

fn facts((number, document): (u32, &CaseDocument)) -> CaseDocumentFacts {
    document.facts(number)
}

fn missing_pages<'d>(documents: impl Iterator<Item = (u32, &'d CaseDocument)>) -> Vec<MissingPages> {
    documents.flat_map(|(number, document)| document.missing_pages(number)).collect()
}

/// A sum of minor units as the contract prints it; none beyond 64 bits.
fn printed(minor: i128, currency: smartexus_domain::Currency) -> Option<String> {
    i64::try_from(minor).ok().map(|minor| smartexus_domain::Money::new(minor, currency).to_string())
}

/// A finding about so many things; none about nothing.
fn counted(code: &'static str, count: usize, message: impl FnOnce(usize) -> String) -> Option<Finding> {
    (count > 0).then(|| Finding::new(code, message(count)))
}
