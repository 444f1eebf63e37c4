//! Money between own accounts.

use crate::book::{Book, Row, case, pdf, row};
use smartexus_domain::Case;

fn with(pairs: &[(&str, Vec<Row>)]) -> Case {
    let documents: Vec<_> = pairs
        .iter()
        .map(|(number, rows)| pdf(number, &Book::new(number, 900_000, rows.clone()).statement(1, 31)))
        .collect();
    case(&documents)
}

#[test]
fn one_leg_in_each_account() {
    // The 6th is a Friday.
    let case = with(&[
        ("41887702", vec![row(6, -50_000, "TO SAVINGS 8801"), row(20, -50_000, "CAR DEALER")]),
        ("70008801", vec![row(9, 50_000, "FROM 7702")]),
    ]);
    assert_eq!(case.transfers.len(), 1);
    let transfer = &case.transfers[0];
    assert_eq!((transfer.amount.as_str(), transfer.business_days), ("500.00", 1));
    let account =
        |number: &str| case.accounts.iter().find(|a| a.account.number.as_deref() == Some(number)).unwrap();
    assert_eq!(
        (&transfer.from_account, &transfer.to_account),
        (&account("41887702").id, &account("70008801").id)
    );
    assert_eq!(transfer.from_row, account("41887702").ledger[0].id);
    assert_eq!(transfer.to_row, account("70008801").ledger[0].id);
    assert!(transfer.confidence > 0.9);
}

#[test]
fn four_business_days_are_too_many() {
    let legs = |days: i8| {
        with(&[("41887702", vec![row(6, -100, "A")]), ("70008801", vec![row(6 + days, 100, "B")])])
    };
    assert_eq!(legs(5).transfers.len(), 1, "Friday to Wednesday");
    assert_eq!(legs(6).transfers.len(), 0, "Friday to Thursday");
}

#[test]
fn two_equal_partners_stay_unpaired() {
    let case = with(&[
        ("41887702", vec![row(6, -50_000, "TRANSFER")]),
        ("70008801", vec![row(6, 50_000, "TRANSFER")]),
        ("70009902", vec![row(6, 50_000, "TRANSFER")]),
    ]);
    assert_eq!(case.transfers.len(), 0);
    assert!(case.findings.iter().any(|finding| finding.code == "ambiguous_transfer"));
}

#[test]
fn a_number_in_the_text_decides_between_partners() {
    let case = with(&[
        ("41887702", vec![row(6, -50_000, "TRANSFER TO 9902")]),
        ("70008801", vec![row(6, 50_000, "DEPOSIT")]),
        ("70009902", vec![row(6, 50_000, "DEPOSIT")]),
    ]);
    assert_eq!(case.transfers.len(), 1);
    assert!(case.findings.iter().all(|finding| finding.code != "ambiguous_transfer"));
}

#[test]
fn both_signs_in_one_account_are_no_transfer() {
    let case =
        with(&[("41887702", vec![row(6, -100, "A"), row(6, 100, "B")]), ("70008801", vec![row(6, 7, "C")])]);
    assert_eq!(case.transfers.len(), 0);
}
