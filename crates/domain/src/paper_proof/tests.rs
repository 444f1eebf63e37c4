use super::*;

fn proof(kind: DocumentKind, facts: &[(&str, &str)]) -> (PaperProof, Vec<&'static str>) {
    let facts: Vec<Fact> = facts
        .iter()
        .map(|(key, value)| Fact {
            key: (*key).to_owned(),
            value: (*value).to_owned(),
            confidence: 1.0,
            source: None,
        })
        .collect();
    let proved = prove_paper(kind, &facts.iter().collect::<Vec<_>>());
    let broken = proved.equations.iter().filter(|e| !e.holds()).map(|e| e.code).collect();
    (proved.proof, broken)
}

#[test]
fn decimals_are_exact_and_total() {
    for (text, shown) in [("12.3", "12.30"), ("-0.05", "-0.05"), ("7", "7.00"), ("1.2345", "1.2345")] {
        assert_eq!(Decimal::read(text).map(|d| d.to_string()).as_deref(), Some(shown));
    }
    for text in ["", "-", "1,2", "1.2.3", "+1", "1e3", "1.1234567", "9999999999999999999999999999999"] {
        assert_eq!(Decimal::read(text), None, "{text}");
    }
}

#[test]
fn an_invoice_is_proved_by_its_lines_and_its_tax() {
    let invoice = |total: &str, line: &str| {
        proof(
            DocumentKind::Invoice,
            &[
                ("invoice.line[0].amount", "60.00"),
                ("invoice.line[1].amount", line),
                ("invoice.subtotal", "100.00"),
                ("invoice.tax[0].amount", "20.00"),
                ("invoice.total", total),
            ],
        )
    };
    assert_eq!(invoice("120.00", "40.00"), (PaperProof::Proved, vec![]));
    assert_eq!(invoice("125.00", "40.00"), (PaperProof::Failed, vec!["invoice_total_mismatch"]));
    assert_eq!(invoice("120.00", "45.00"), (PaperProof::Failed, vec!["invoice_lines_mismatch"]));
    let no_lines =
        [("invoice.subtotal", "100.00"), ("invoice.tax[0].amount", "20.00"), ("invoice.total", "120.00")];
    assert_eq!(proof(DocumentKind::Invoice, &no_lines).0, PaperProof::Unproved);
    assert_eq!(proof(DocumentKind::Invoice, &[]).0, PaperProof::Unproved);
}

#[test]
fn a_payslip_is_proved_by_its_net() {
    let slip = |net: &str, ytd: &str| {
        proof(
            DocumentKind::Payslip,
            &[
                ("payslip.earning[0].amount", "3000.00"),
                ("payslip.deduction[0].amount", "500.00"),
                ("payslip.deduction[1].amount", "120.50"),
                ("payslip.gross", "3000.00"),
                ("payslip.net", net),
                ("payslip.gross_ytd", "9000.00"),
                ("payslip.deductions_ytd", "1861.50"),
                ("payslip.net_ytd", ytd),
            ],
        )
    };
    assert_eq!(slip("2379.50", "7138.50"), (PaperProof::Proved, vec![]));
    assert_eq!(slip("2379.51", "7138.50"), (PaperProof::Failed, vec!["payslip_net_mismatch"]));
    assert_eq!(slip("2379.50", "7138.00"), (PaperProof::Failed, vec!["payslip_ytd_mismatch"]));
}

const SHEET: [(&str, &str); 15] = [
    ("balance_sheet.line[0].label", "Cash"),
    ("balance_sheet.line[0].amount[0]", "70.00"),
    ("balance_sheet.line[1].label", "Stock"),
    ("balance_sheet.line[1].amount[0]", "30.00"),
    ("balance_sheet.line[2].label", "Total assets"),
    ("balance_sheet.line[2].amount[0]", "100.00"),
    ("balance_sheet.line[2].sums", "+0 +1"),
    ("balance_sheet.line[3].label", "Loans"),
    ("balance_sheet.line[3].amount[0]", "60.00"),
    ("balance_sheet.line[4].label", "Equity"),
    ("balance_sheet.line[4].amount[0]", "40.00"),
    ("balance_sheet.line[5].label", "Total"),
    ("balance_sheet.line[5].amount[0]", "100.00"),
    ("balance_sheet.line[5].sums", "+3 +4"),
    ("balance_sheet.assets_line", "2"),
];

#[test]
fn a_balance_sheet_balances_and_leaves_no_line_out() {
    let with = |more: &[(&'static str, &'static str)]| {
        let mut facts: Vec<(&str, &str)> = more.to_vec();
        facts.extend(SHEET);
        proof(DocumentKind::BalanceSheet, &facts)
    };
    assert_eq!(with(&[("balance_sheet.claims_line", "5")]).0, PaperProof::Proved);
    assert_eq!(with(&[]).0, PaperProof::Unproved);
    let more = [("balance_sheet.claims_line", "5"), ("balance_sheet.line[4].amount[0]", "41.00")];
    assert_eq!(with(&more), (PaperProof::Failed, vec!["balance_sheet_sum_mismatch"]));
    let left_out = [("balance_sheet.claims_line", "5"), ("balance_sheet.line[5].sums", "+3")];
    assert_eq!(with(&left_out).0, PaperProof::Failed);
    let doubled = [("balance_sheet.claims_line", "5"), ("balance_sheet.line[2].sums", "+0 +1 +2")];
    assert_eq!(with(&doubled).0, PaperProof::Unproved);
}

#[test]
fn an_identity_document_is_proved_by_its_zone() {
    let zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    let facts = |number| {
        [
            ("identity.mrz", zone),
            ("identity.number", number),
            ("identity.birth_date", "1974-08-12"),
            ("identity.expiry_date", "2012-04-15"),
        ]
    };
    assert_eq!(proof(DocumentKind::Identity, &facts("L898902C3")).0, PaperProof::Proved);
    assert_eq!(proof(DocumentKind::Identity, &facts("L898902C4")).0, PaperProof::Failed);
}

#[test]
fn forms_letters_and_statements_have_no_identity_here() {
    for kind in [DocumentKind::TaxForm, DocumentKind::Other, DocumentKind::BankStatement] {
        assert_eq!(proof(kind, &[("invoice.total", "1.00")]).0, PaperProof::Unproved);
    }
}
