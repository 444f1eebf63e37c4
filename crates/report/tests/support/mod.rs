//! An invented result with every trap: two currencies, unproved, text that wants to be a formula.

use jiff::civil::date;
use smartexus_domain::{
    Account, Categorization, CategoryId, Check, CheckName, Currency, DocumentFacts, DocumentKind,
    DocumentSource, Finding, MediaType, Method, Money, Outcome, Period, Proof, Rect, Repair, ResultStatus,
    RowStatus, Signal, SignalName, Source, Statement, StatementResult, Totals, Transaction, Verdict,
};
use std::collections::BTreeMap;

#[expect(clippy::unwrap_used, reason = "test data")]
pub(crate) fn currency(code: &str) -> Currency {
    Currency::from_code(code).unwrap()
}

pub(crate) fn row(seq: u32, day: (i8, i8), text: &str, minor: i64, code: &str, leaf: &str) -> Transaction {
    Transaction {
        seq,
        date: date(2026, day.0, day.1),
        value_date: None,
        description: text.to_owned(),
        amount: Money::new(minor, currency(code)),
        balance: None,
        reference: None,
        check_number: None,
        status: RowStatus::Booked,
        details: None,
        categorization: Some(Categorization {
            counterparty: Some("Acme Supplies".to_owned()),
            category: CategoryId::new(leaf),
            confidence: 0.9,
            reason: "alias \"acme\"".to_owned(),
            tags: vec!["operating_expense".to_owned()],
        }),
        confidence: 0.99,
        method: Method::Text,
        source: Some(Source { page: 2, bounds: Rect { x0: 1.0, y0: 2.0, x1: 3.0, y1: 4.0 } }),
    }
}

pub(crate) fn statement(code: &str, opening: i64, verdict: Verdict, rows: Vec<Transaction>) -> Statement {
    let closing = opening + rows.iter().map(|row| row.amount.minor()).sum::<i64>();
    Statement {
        account: Account {
            institution: Some("Bank of Nowhere".to_owned()),
            holders: vec!["Jane Example".to_owned()],
            number: Some("0012345678".to_owned()),
            currency: currency(code),
            ..Account::default()
        },
        period: Period { start: Some(date(2026, 3, 1)), end: Some(date(2026, 4, 30)) },
        opening_balance: Some(Money::new(opening, currency(code))),
        closing_balance: Some(Money::new(closing, currency(code))),
        totals: Totals::default(),
        counts: Default::default(),
        verdict,
        proof: Some(Proof::Chain),
        unproved_because: Vec::new(),
        checks: vec![Check {
            check: CheckName::OpeningToClosing,
            outcome: Outcome::Pass,
            row: None,
            expected: Some("1.00".to_owned()),
            found: Some("1.00".to_owned()),
        }],
        repairs: Vec::new(),
        transactions: rows,
        pending: Vec::new(),
    }
}

pub(crate) fn result(statements: Vec<Statement>) -> StatementResult {
    let status = if statements.iter().all(|s| s.verdict == Verdict::Verified) {
        ResultStatus::Approved
    } else {
        ResultStatus::NeedsReview
    };
    StatementResult {
        schema: StatementResult::SCHEMA.to_owned(),
        file: "march.pdf".to_owned(),
        document: DocumentFacts {
            id: "doc".to_owned(),
            sha256: "00".repeat(32),
            media_type: MediaType::Pdf,
            bytes: 1,
            pages: 3,
            source: DocumentSource::Text,
            kind: DocumentKind::BankStatement,
            kind_confidence: 1.0,
            page_kinds: Vec::new(),
            children: Vec::new(),
            encrypted: false,
            producer: None,
        },
        status,
        failure: None,
        statements,
        facts: Vec::new(),
        signals: Vec::new(),
        signal_summary: None,
        findings: Vec::new(),
        timings_ms: BTreeMap::new(),
    }
}

/// A dollar account over two months, verified, and a broken yen account.
pub(crate) fn trapped() -> StatementResult {
    let dollars = vec![
        row(1, (3, 2), "=HYPERLINK(\"x\")", -6120, "USD", "biz.office"),
        row(2, (3, 5), "+CARD REFUND", 1999, "USD", "adj.refund"),
        row(3, (4, 1), "CARD PURCHASE ACME SUPPLIES 0302", -10, "USD", "biz.office"),
        row(4, (4, 2), "DEPOSIT", 340_000, "USD", "rev.customer_payment"),
    ];
    let yen = vec![
        row(1, (3, 9), "@SUM", -1200, "JPY", "biz.office"),
        row(2, (3, 9), "-MINUS", 500, "JPY", "unc.unknown"),
    ];
    let mut broken = statement("JPY", 10_000, Verdict::Discrepancy, yen);
    broken.repairs.push(Repair {
        row: 1,
        field: "amount".to_owned(),
        from: "-1200".to_owned(),
        to: "-1700".to_owned(),
        because: CheckName::RunningBalance,
        applied: false,
    });
    broken.checks[0].outcome = Outcome::Fail;
    broken.checks[0].row = Some(1);
    broken.unproved_because.push("end_not_printed".to_owned());
    let mut result = result(vec![statement("USD", 125_000, Verdict::Verified, dollars), broken]);
    result.signals.push(
        Signal::new(SignalName::IncrementalUpdate, "The file was saved again after it was made.").warn(),
    );
    result.findings.push(Finding::new("currency_assumed", "The currency is assumed.").on_page(1));
    result
}
