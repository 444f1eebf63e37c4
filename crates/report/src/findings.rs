//! What a person should know, in one list for every format: the gravest first.

use crate::case_report::CaseReport;
use crate::notice::Tone;
use crate::words;
use smartexus_domain::{Severity, Verdict};

/// Tone, what it is about, one sentence.
pub(crate) type Found = (Tone, String, String);

/// Everything noticed in the case, its accounts, its documents and its figures.
pub(crate) fn findings(report: &CaseReport<'_>) -> Vec<Found> {
    let mut found = unproved(report);
    let case = report.case;
    for document in case.documents.iter().filter(|document| !document.read) {
        let text = "could not be read: nothing of it is in any figure.".to_owned();
        found.push((Tone::Bad, document.file.clone(), text));
    }
    for missing in &case.missing_pages {
        let document = case.documents.iter().find(|document| document.document == missing.document);
        let file = document.map(|document| document.file.clone()).unwrap_or_default();
        found.push((Tone::Warn, file, missing.evidence.clone()));
    }
    for signal in &case.signals {
        found.push((tone(signal.severity), words::title(signal.signal.as_str()), signal.evidence.clone()));
    }
    for ledger in &report.accounts {
        for finding in &ledger.account.findings {
            found.push((Tone::Warn, ledger.name.clone(), finding.message.clone()));
        }
    }
    for finding in &case.findings {
        found.push((Tone::Warn, "Case".to_owned(), finding.message.clone()));
    }
    of_documents(report, &mut found);
    if let Some(figures) = report.figures {
        for missing in &figures.missing_accounts {
            found.push((Tone::Warn, format!("Account {}", missing.named), missing.request.clone()));
        }
        for finding in &figures.findings {
            found.push((Tone::Warn, "Figures".to_owned(), finding.message.clone()));
        }
    }
    found
}

/// Ledgers and statements that are not proved, with the reason.
fn unproved(report: &CaseReport<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for ledger in &report.accounts {
        let proof = &ledger.account.proof;
        let because = proof.unproved_because.iter().map(|code| words::words(code)).collect::<Vec<_>>();
        let because = if because.is_empty() { String::new() } else { format!(": {}", because.join(", ")) };
        let text = format!("The merged ledger {}{because}.", is(proof.verdict));
        match proof.verdict {
            Verdict::Verified => {}
            Verdict::Discrepancy => found.push((Tone::Bad, ledger.name.clone(), text)),
            Verdict::Unverifiable => found.push((Tone::Warn, ledger.name.clone(), text)),
        }
    }
    for at in &report.statements {
        let reasons = at.statement.unproved_because.iter().map(|code| words::words(code)).collect::<Vec<_>>();
        let because = if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join(", ")) };
        let text = format!("Statement {} {}{because}.", at.number, is(at.statement.verdict));
        match at.statement.verdict {
            Verdict::Verified => {}
            Verdict::Discrepancy => found.push((Tone::Bad, at.document.file.clone(), text)),
            Verdict::Unverifiable => found.push((Tone::Warn, at.document.file.clone(), text)),
        }
    }
    found.sort_by_key(|(tone, ..)| *tone != Tone::Bad);
    found
}

const fn is(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verified => "is proved",
        Verdict::Discrepancy => "does not add up",
        Verdict::Unverifiable => "is not proved",
    }
}

/// Evidence of edits and findings of each document.
fn of_documents(report: &CaseReport<'_>, found: &mut Vec<Found>) {
    for result in report.results() {
        for signal in &result.signals {
            let at = with_page(&signal.evidence, signal.page);
            let text = match &signal.innocent {
                Some(cause) => format!("{at} This may be {cause}."),
                None => at,
            };
            found.push((tone(signal.severity), result.file.clone(), text));
        }
        for finding in &result.findings {
            found.push((Tone::Warn, result.file.clone(), with_page(&finding.message, finding.page)));
        }
    }
}

const fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Warn => Tone::Bad,
        Severity::Info => Tone::Warn,
    }
}

fn with_page(text: &str, page: Option<u32>) -> String {
    page.map_or_else(|| text.to_owned(), |page| format!("{text} (page {page})"))
}
