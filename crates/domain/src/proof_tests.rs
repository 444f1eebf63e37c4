use super::*;
use crate::{Account, Counts, Currency, Method, Period, RowStatus, Totals};

fn usd() -> Currency {
    Currency::from_code("USD").expect("listed")
}

fn money(minor: i64) -> Money {
    Money::new(minor, usd())
}

/// Opening 100.00; rows +50.00, −30.00, −30.00, +5.00 on 1 to 4 March; closing 95.00.
fn statement(with_balances: bool) -> Statement {
    let mut balance = 10_000;
    let rows = [5_000, -3_000, -3_000, 500];
    let transactions = (1..).zip(rows).map(|(day, amount)| {
        balance += amount;
        Transaction {
            seq: day,
            date: Date::new(2026, 3, i8::try_from(day).expect("a day")).expect("a date"),
            value_date: None,
            description: format!("ROW {day}"),
            amount: money(amount),
            balance: with_balances.then(|| money(balance)),
            reference: None,
            check_number: None,
            status: RowStatus::Booked,
            details: None,
            categorization: None,
            confidence: 1.0,
            method: Method::Text,
            source: None,
        }
    });
    Statement {
        account: Account { currency: usd(), ..Account::default() },
        period: Period { start: Date::new(2026, 3, 1).ok(), end: Date::new(2026, 3, 31).ok() },
        opening_balance: Some(money(10_000)),
        closing_balance: Some(money(9_500)),
        totals: Totals { credits: Some(money(5_500)), debits: Some(money(-6_000)), fees: None },
        counts: Counts { credits: Some(2), debits: Some(2) },
        verdict: Verdict::Unverifiable,
        proof: None,
        unproved_because: Vec::new(),
        checks: Vec::new(),
        repairs: Vec::new(),
        transactions: transactions.collect(),
        pending: Vec::new(),
    }
}

fn proved(mut statement: Statement) -> Statement {
    prove(&mut statement);
    statement
}

fn outcome(statement: &Statement, name: CheckName) -> Outcome {
    statement.checks.iter().find(|c| c.check == name).expect("every check is listed").outcome
}

#[test]
fn verified_says_how_strong() {
    let strong = proved(statement(true));
    assert_eq!((strong.verdict, strong.proof), (Verdict::Verified, Some(Proof::Chain)));
    let totals = proved(statement(false));
    assert_eq!((totals.verdict, totals.proof), (Verdict::Verified, Some(Proof::Totals)));
    let ends = proved(Statement { totals: Totals::default(), counts: Counts::default(), ..statement(false) });
    assert_eq!((ends.verdict, ends.proof), (Verdict::Verified, Some(Proof::Ends)));
}

#[test]
fn an_end_that_is_not_printed_proves_nothing() {
    for (opening, closing) in [(None, Some(money(9_500))), (Some(money(10_000)), None), (None, None)] {
        let s = proved(Statement { opening_balance: opening, closing_balance: closing, ..statement(true) });
        assert_eq!(s.verdict, Verdict::Unverifiable);
        assert_eq!(s.unproved_because, [END_NOT_PRINTED]);
    }
}

#[test]
fn a_doubt_of_the_reading_outweighs_the_sum_and_survives_a_second_proof() {
    let doubtful = Statement { unproved_because: vec!["page_unread".to_owned()], ..statement(true) };
    let once = proved(doubtful);
    let twice = proved(once.clone());
    assert_eq!(once.verdict, Verdict::Unverifiable);
    assert_eq!(once, twice);
}

#[test]
fn no_rows_are_never_verified() {
    let empty = Statement {
        transactions: Vec::new(),
        closing_balance: Some(money(10_000)),
        totals: Totals::default(),
        counts: Counts::default(),
        ..statement(true)
    };
    assert_eq!(proved(empty.clone()).verdict, Verdict::Unverifiable);
    let said = Statement { counts: Counts { credits: Some(0), debits: Some(0) }, ..empty.clone() };
    assert_eq!(proved(said.clone()).verdict, Verdict::Verified);
    let half = Statement { counts: Counts { credits: Some(0), debits: None }, ..empty };
    assert_eq!(proved(half).verdict, Verdict::Unverifiable);
    let moved = Statement { closing_balance: Some(money(10_001)), ..said };
    assert_eq!(proved(moved).verdict, Verdict::Discrepancy);
}

#[test]
fn the_first_broken_row_is_named_and_a_repair_proposed() {
    let mut s = statement(true);
    s.transactions[1].amount = money(-8_000);
    let s = proved(s);
    let chain = s.checks.iter().find(|c| c.check == CheckName::RunningBalance).expect("listed");
    assert_eq!(
        (s.verdict, chain.row, chain.expected.as_deref(), chain.found.as_deref()),
        (Verdict::Discrepancy, Some(2), Some("70.00"), Some("120.00"))
    );
    assert_eq!((s.repairs[0].field.as_str(), s.repairs[0].to.as_str()), ("amount", "-30.00"));
    assert!(!s.repairs[0].applied);
}

#[test]
fn a_wrong_balance_is_told_from_a_wrong_amount() {
    let mut s = statement(true);
    s.transactions[1].balance = Some(money(12_500));
    let s = proved(s);
    assert_eq!(
        (s.repairs[0].row, s.repairs[0].field.as_str(), s.repairs[0].to.as_str()),
        (2, "balance", "120.00")
    );
}

#[test]
fn proposals_without_balances() {
    let without_totals =
        || Statement { totals: Totals::default(), counts: Counts::default(), ..statement(false) };
    let mut turned = without_totals();
    turned.transactions[3].amount = money(-500);
    let turned = proved(turned);
    assert_eq!((turned.repairs[0].row, turned.repairs[0].to.as_str()), (4, "5.00"));

    let mut doubled = without_totals();
    let twin = Transaction { seq: 5, ..doubled.transactions[3].clone() };
    doubled.transactions.push(twin);
    let doubled = proved(doubled);
    assert_eq!((doubled.repairs[0].row, doubled.repairs[0].field.as_str()), (5, "row_doubled"));

    let mut missing = without_totals();
    missing.transactions.remove(0);
    let missing = proved(missing);
    assert_eq!((missing.repairs[0].field.as_str(), missing.repairs[0].to.as_str()), ("row_missing", "50.00"));

    let mut raised = statement(true);
    raised.closing_balance = Some(money(19_500));
    let raised = proved(raised);
    assert_eq!(
        (raised.repairs[0].field.as_str(), raised.repairs[0].to.as_str()),
        ("closing_balance", "95.00")
    );
}

#[test]
fn every_single_check_can_fail() {
    type Damage = fn(&mut Statement);
    let cases: [(CheckName, Damage); 6] = [
        (CheckName::RunningBalance, |s| s.transactions[2].balance = Some(money(1))),
        (CheckName::OpeningToClosing, |s| s.closing_balance = Some(money(9_501))),
        (CheckName::PrintedTotals, |s| s.totals.debits = Some(money(-6_001))),
        (CheckName::PrintedCounts, |s| s.counts.credits = Some(3)),
        (CheckName::DatesInPeriod, |s| s.transactions[3].date = Date::new(2026, 4, 1).expect("a date")),
        (CheckName::DatesInOrder, |s| s.transactions.swap(1, 2)),
    ];
    for (name, damage) in cases {
        let mut s = statement(true);
        damage(&mut s);
        let s = proved(s);
        assert_eq!((outcome(&s, name), s.verdict), (Outcome::Fail, Verdict::Discrepancy), "{name:?}");
    }
}

#[test]
fn balances_at_day_end_are_enough_for_the_chain() {
    let mut s = statement(true);
    s.transactions[0].balance = None;
    s.transactions[2].balance = None;
    let s = proved(s);
    assert_eq!(outcome(&s, CheckName::RunningBalance), Outcome::Pass);
    assert_eq!((s.verdict, s.proof), (Verdict::Verified, Some(Proof::Totals)));
}

#[test]
fn sums_beyond_64_bits_fail_instead_of_wrapping() {
    let mut s = statement(true);
    s.opening_balance = Some(money(i64::MAX));
    assert_eq!(proved(s).verdict, Verdict::Discrepancy);
}

#[test]
fn the_wire_shape_round_trips() {
    let s = proved(statement(true));
    let json = serde_json::to_string(&s).expect("serializes");
    assert!(json.contains(r#""amount":"-30.00""#), "{json}");
    assert_eq!(serde_json::from_str::<Statement>(&json).expect("parses"), s);
}
