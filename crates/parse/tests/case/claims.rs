//! What payslips and forms of a case say against what its statements show.

use crate::book::{Book, case, pdf, row};
use smartexus_domain::{Case, CaseSignal, Severity, SignalName, StatementResult};
use smartexus_parse::CaseDocument;

/// March with a day's pay on the 5th.
fn march(text: &str, holder: Option<&str>) -> CaseDocument {
    let rows =
        vec![row(2, -450, "COFFEE CORNER"), row(5, 241_730, text), row(9, -98_000, "RENT DOVECOTE LETS")];
    let mut book = Book::new("41887702", 100_000, rows);
    book.account.holders = holder.map(str::to_owned).into_iter().collect();
    pdf("march", &book.statement(1, 31))
}

/// A paper that is no statement, with these facts.
fn paper(kind: &str, facts: &[(&str, &str)]) -> CaseDocument {
    let facts: Vec<serde_json::Value> = facts
        .iter()
        .map(|(key, value)| serde_json::json!({ "key": key, "value": value, "confidence": 0.9, "source": null }))
        .collect();
    let result: StatementResult = serde_json::from_value(serde_json::json!({
        "schema": "smartexus.result/1", "file": "paper.pdf", "status": "approved", "failure": null, "statements": [],
        "document": { "id": "", "sha256": "ab", "media_type": "application/pdf", "bytes": 1, "pages": 1, "source": "text",
            "kind": kind, "kind_confidence": 1.0, "encrypted": false, "producer": null },
        "facts": facts
    }))
    .unwrap();
    CaseDocument::of(&result)
}

fn payslip(net: &str, paid_on: &str) -> CaseDocument {
    paper(
        "payslip",
        &[
            ("payslip.employer", "Wexcombe Labs Ltd"),
            ("payslip.employee", "Rowena Thistlewick"),
            ("payslip.pay_date", paid_on),
            ("payslip.net", net),
        ],
    )
}

fn told(case: &Case) -> Vec<(SignalName, &str)> {
    assert!(case.signals.iter().all(|signal| signal.severity == Severity::Info));
    case.signals.iter().map(|signal| (signal.signal, signal.evidence.as_str())).collect()
}

#[track_caller]
fn one(case: &Case, name: SignalName) -> CaseSignal {
    let found: Vec<_> = case.signals.iter().map(|one| (one.signal, one.documents.as_slice())).collect();
    assert_eq!(found, [(name, [1, 2].as_slice())], "{:#?}", case.signals);
    case.signals[0].clone()
}

#[test]
fn pay_that_was_deposited_says_nothing() {
    for paid_on in ["2026-03-05", "2026-03-01", "2026-03-10"] {
        let case = case(&[march("SALARY WEXCOMBE LABS", None), payslip("2417.30", paid_on)]);
        assert_eq!(told(&case), [], "{paid_on}");
    }
}

#[test]
fn another_deposit_of_pay_and_none() {
    let other = case(&[march("BGC WEXCOMBE 0305", None), payslip("2917.30", "2026-03-05")]);
    let evidence = one(&other, SignalName::CrossDocument).evidence;
    assert!(evidence.contains("2917.30") && evidence.contains("2417.30"), "{evidence}");
    let none = case(&[march("TRANSFER FROM SAVINGS", None), payslip("2917.30", "2026-03-05")]);
    let evidence = one(&none, SignalName::CrossDocument).evidence;
    assert!(evidence.contains("no deposit of that sum"), "{evidence}");
}

#[test]
fn days_that_no_statement_covers_say_nothing() {
    for paid_on in ["2026-04-20", "2026-02-20", "2026-03-30"] {
        let case = case(&[march("SALARY WEXCOMBE LABS", None), payslip("2917.30", paid_on)]);
        assert_eq!(told(&case), [], "{paid_on}");
    }
}

#[test]
fn pay_in_two_parts_is_paid() {
    let rows = vec![row(5, 200_000, "WEXCOMBE LABS"), row(7, 91_730, "WEXCOMBE LABS REST")];
    let book = Book::new("41887702", 100_000, rows);
    let case = case(&[pdf("march", &book.statement(1, 31)), payslip("2917.30", "2026-03-05")]);
    assert_eq!(told(&case), []);
}

#[test]
fn a_payslip_of_somebody_else() {
    let paid = |holder, day| case(&[march("SALARY WEXCOMBE LABS", Some(holder)), payslip("2417.30", day)]);
    assert_eq!(told(&paid("Edmund Larkspur", "2026-03-05")), [], "pay that comes in");
    let named = |holder| paid(holder, "2026-04-20");
    assert_eq!(told(&named("Mrs R Thistlewick")), []);
    let evidence = one(&named("Edmund Larkspur"), SignalName::NameOrAddressMismatch).evidence;
    assert!(evidence.contains("Rowena Thistlewick"), "{evidence}");
}

#[test]
fn takings_of_a_form_beside_all_deposits() {
    let form = |key: &str, value: &str| paper("application_form", &[(key, value)]);
    let march = || march("CARD TAKINGS", None);
    for (key, value) in [("business.monthly_revenue", "$2,900"), ("business.annual_revenue", "$30,000.00")] {
        assert_eq!(told(&case(&[march(), form(key, value)])), [], "{value}");
    }
    for (key, value) in [("business.monthly_revenue", "$3,200"), ("business.annual_revenue", "$38,500.00")] {
        let evidence = one(&case(&[march(), form(key, value)]), SignalName::CrossDocument).evidence;
        assert!(evidence.contains("31 days"), "{evidence}");
    }
    // A form is asked, not any paper.
    let other = paper("other", &[("business.monthly_revenue", "$3,200")]);
    assert_eq!(told(&case(&[march(), other])), []);
}
