use super::claims::Claims;
use super::source::{Part, Row};
use smartexus_domain::{
    CaseDocumentFacts, CheckName, DocumentKind, DocumentSource, MissingPages, Outcome, ResultStatus,
    SignalName, Statement, StatementResult,
};

/// A row by what it is, whatever the order and names of the documents: the digest of its document, the statement
/// from 1, and `seq`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey {
    /// SHA-256 of the document, hexadecimal.
    pub sha256: String,
    /// From 1, in the order of the document's result.
    pub statement: u32,
    /// `seq` of the row.
    pub row: u32,
}

/// What a case keeps of one document: its rows, thin, without categories and boxes, and what other papers say of pay and
/// takings.
#[derive(Debug, Clone)]
pub struct CaseDocument {
    file: String,
    id: String,
    sha256: String,
    kind: DocumentKind,
    source: DocumentSource,
    read: bool,
    parts: Vec<Part>,
    missing: Vec<(Option<u32>, String)>,
    claims: Claims,
}

impl CaseDocument {
    /// What a case keeps of a result.
    #[must_use]
    pub fn of(result: &StatementResult) -> Self {
        let document = &result.document;
        let gaps = result.signals.iter().filter(|signal| signal.signal == SignalName::PageGap);
        let mut missing: Vec<_> = gaps.map(|signal| (signal.page, signal.evidence.clone())).collect();
        if missing.is_empty() {
            missing
                .extend(result.statements.iter().filter_map(broken_carry).map(|evidence| (None, evidence)));
        }
        Self {
            file: result.file.clone(),
            id: document.id.clone(),
            sha256: document.sha256.clone(),
            kind: document.kind,
            source: document.source,
            read: result.status != ResultStatus::Failed,
            parts: result.statements.iter().map(Part::of).collect(),
            missing,
            claims: Claims::of(result),
        }
    }

    /// A document by its statements alone, as tests and measurements make them.
    #[must_use]
    pub fn new(file: &str, sha256: &str, source: DocumentSource, statements: &[Statement]) -> Self {
        Self {
            file: file.to_owned(),
            id: String::new(),
            sha256: sha256.to_owned(),
            kind: DocumentKind::BankStatement,
            source,
            read: true,
            parts: statements.iter().map(Part::of).collect(),
            missing: Vec::new(),
            claims: Claims::default(),
        }
    }

    /// Rows of all its statements.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.parts.iter().map(|part| part.rows.len()).fold(0, usize::saturating_add)
    }

    /// Decides the order of documents in a case.
    pub(super) fn name(&self) -> (&str, &str, &str) {
        (&self.file, &self.sha256, &self.id)
    }

    pub(super) fn sha256(&self) -> &str {
        &self.sha256
    }

    pub(super) const fn media(&self) -> DocumentSource {
        self.source
    }

    pub(super) const fn claims(&self) -> &Claims {
        &self.claims
    }

    pub(super) fn parts(&self) -> &[Part] {
        &self.parts
    }

    pub(super) fn facts(&self, number: u32) -> CaseDocumentFacts {
        CaseDocumentFacts {
            document: number,
            file: self.file.clone(),
            id: self.id.clone(),
            sha256: self.sha256.clone(),
            kind: self.kind,
            source: self.source,
            read: self.read,
            statements: u32::try_from(self.parts.len()).unwrap_or(u32::MAX),
        }
    }

    pub(super) fn missing_pages(&self, number: u32) -> Vec<MissingPages> {
        let missing = |(page, evidence): &(Option<u32>, String)| MissingPages {
            document: number,
            page: *page,
            evidence: evidence.clone(),
        };
        self.missing.iter().map(missing).collect()
    }
}

/// The balance carried forward from a page is not the one brought forward to the next.
fn broken_carry(statement: &Statement) -> Option<String> {
    let broken = |check: &&smartexus_domain::Check| {
        check.check == CheckName::PageCarry && check.outcome == Outcome::Fail
    };
    let check = statement.checks.iter().find(broken)?;
    let (left, brought) = (check.expected.as_deref().unwrap_or("?"), check.found.as_deref().unwrap_or("?"));
    Some(format!(
        "a page ends with a carried balance of {left} and the next begins with {brought}; a page may not have been sent"
    ))
}

impl Part {
    fn of(statement: &Statement) -> Self {
        let minor = |money: Option<smartexus_domain::Money>| money.map(smartexus_domain::Money::minor);
        let open_only = |reason: &String| reason == "end_not_printed" || reason == "no_rows";
        Self {
            account: statement.account.clone(),
            period: statement.period,
            opening: minor(statement.opening_balance),
            closing: minor(statement.closing_balance),
            verdict: statement.verdict,
            doubted: !statement.unproved_because.iter().all(open_only),
            rows: statement.transactions.iter().map(Row::of).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(text: &str) -> StatementResult {
        serde_json::from_str(text).unwrap()
    }

    /// A document with one statement, its checks and its signals.
    fn document(checks: &str, signals: &str) -> CaseDocument {
        CaseDocument::of(&result(&format!(
            r#"{{"schema":"smartexus.result/1","file":"a.pdf","document":{{"id":"","sha256":"","media_type":"application/pdf",
            "bytes":1,"pages":3,"source":"text","kind":"bank_statement","kind_confidence":1.0,"encrypted":false,"producer":null}},
            "status":"needs_review","failure":null,"statements":[{{"account":{{"holders":[],"currency":"USD"}},
            "period":{{"start":null,"end":null}},"opening_balance":null,"closing_balance":null,
            "totals":{{"credits":null,"debits":null,"fees":null}},"verdict":"discrepancy","checks":[{checks}],"transactions":[]}}],
            "signals":[{signals}]}}"#
        )))
    }

    #[test]
    fn a_page_is_missing_by_the_documents_own_signal_or_by_its_carried_balance() {
        let carry =
            r#"{"check":"page_carry","outcome":"fail","row":null,"expected":"10.00","found":"20.00"}"#;
        let signal =
            r#"{"signal":"page_gap","severity":"info","evidence":"page 3 of 5 is the last","page":3}"#;
        let missing = |checks, signals| {
            let missing = document(checks, signals).missing_pages(7);
            missing.into_iter().map(|m| (m.document, m.page, m.evidence)).collect::<Vec<_>>()
        };
        assert_eq!(missing("", ""), []);
        assert_eq!(missing(carry, signal), [(7, Some(3), "page 3 of 5 is the last".to_owned())]);
        let by_carry = missing(carry, "");
        assert!(by_carry.len() == 1 && by_carry[0].2.contains("10.00") && by_carry[0].2.contains("20.00"));
        assert_eq!(missing(&carry.replace("fail", "pass"), ""), []);
    }
}
