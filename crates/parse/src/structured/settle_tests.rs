use super::*;
use jiff::civil::{Date, date};
use smartexus_domain::{CheckName, Outcome};

const EUR: fn() -> Currency = || Currency::from_code("EUR").unwrap_or(Currency::UNKNOWN);

fn money(minor: i64) -> Money {
    Money::new(minor, EUR())
}

fn end(minor: i64, day: Date) -> Option<End> {
    Some(End { amount: money(minor), date: Some(day) })
}

fn entry(day: Date, minor: i64) -> Entry {
    Entry {
        date: day,
        value_date: None,
        amount: money(minor),
        balance: None,
        description: minor.to_string(),
        reference: None,
        check_number: None,
        details: None,
    }
}

fn ledger(opening: i64, entries: &[(i8, i64)], closing: i64) -> Ledger {
    let mut ledger = Ledger {
        opening: end(opening, date(2026, 3, 1)),
        closing: end(closing, date(2026, 3, 31)),
        entries: entries.iter().map(|(day, minor)| entry(date(2026, 3, *day), *minor)).collect(),
        ..Ledger::default()
    };
    ledger.account.currency = EUR();
    ledger.account.number = Some("1".to_owned());
    ledger
}

fn read(ledgers: Vec<Ledger>) -> Reading {
    settle(ledgers, Notes::default(), &ParseOptions::default()).unwrap()
}

fn codes(reading: &Reading) -> Vec<&str> {
    reading.findings.iter().map(|f| f.code.as_ref()).collect()
}

#[test]
fn two_ends_and_every_row_verify() {
    let reading = read(vec![ledger(100, &[(2, -30), (3, 50)], 120)]);
    let statement = &reading.statements[0];
    assert_eq!(statement.verdict, Verdict::Verified);
    assert_eq!(statement.period, Period { start: Some(date(2026, 3, 1)), end: Some(date(2026, 3, 31)) });
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
}

#[test]
fn a_row_that_could_not_be_read_leaves_nothing_verified() {
    let mut broken = ledger(100, &[(2, -30)], 70);
    broken.unread("Line 7", "the row's amount is no number");
    let reading = read(vec![broken]);
    assert_eq!(reading.statements[0].verdict, Verdict::Unverifiable);
    assert_eq!(reading.statements[0].unproved_because, ["row_unread"]);
    assert_eq!(reading.findings[0].message, "Line 7: the row's amount is no number; the row is left out.");
}

#[test]
fn rows_come_oldest_first_whatever_the_order_of_the_file() {
    for (rows, expected) in [
        (&[(2, 1), (2, 2), (4, 3)][..], ["1", "2", "3"]),
        (&[(4, 3), (2, 2), (2, 1)], ["1", "2", "3"]),
        (&[(4, 3), (2, 1), (2, 2)], ["2", "1", "3"]),
        (&[(2, 1), (4, 3), (3, 2)], ["1", "2", "3"]),
    ] {
        let reading = read(vec![ledger(0, rows, 6)]);
        let rows: Vec<_> =
            reading.statements[0].transactions.iter().map(|t| t.description.as_str()).collect();
        assert_eq!(rows, expected);
        assert_eq!(reading.statements[0].verdict, Verdict::Verified);
    }
}

#[test]
fn balances_tell_the_order_of_one_day() {
    let mut day = ledger(0, &[(2, 30), (2, -10)], 20);
    day.entries[0].balance = Some(money(20));
    day.entries[1].balance = Some(money(-10));
    let reading = read(vec![day]);
    let amounts: Vec<_> = reading.statements[0].transactions.iter().map(|t| t.amount.minor()).collect();
    assert_eq!((amounts, reading.statements[0].verdict), (vec![-10, 30], Verdict::Verified));
}

#[test]
fn parts_chain_by_what_they_carry() {
    for (brought, verdict, outcome) in
        [(70, Verdict::Verified, Outcome::Pass), (71, Verdict::Discrepancy, Outcome::Fail)]
    {
        let mut first = ledger(100, &[(2, -30)], 70);
        first.append(ledger(brought, &[(3, 5)], 75));
        let statement = &read(vec![first]).statements[0];
        assert_eq!(statement.verdict, verdict);
        let carry = statement.checks.iter().find(|c| c.check == CheckName::PageCarry).unwrap();
        assert_eq!(carry.outcome, outcome);
    }
}

#[test]
fn a_broken_carry_is_not_healed_by_a_later_one() {
    let mut first = ledger(100, &[(2, -30)], 70);
    first.append(ledger(75, &[(3, 5)], 80));
    first.append(ledger(80, &[(4, -5)], 75));
    assert_eq!(read(vec![first]).statements[0].verdict, Verdict::Discrepancy);
}

#[test]
fn days_without_rows_are_told_and_not_shown() {
    let reading = read(vec![ledger(5, &[], 5), ledger(5, &[(2, 1)], 6), ledger(6, &[], 6)]);
    assert_eq!((reading.statements.len(), codes(&reading)), (1, vec!["statement_without_rows"]));
    let alone = read(vec![ledger(5, &[], 5)]);
    assert_eq!((alone.statements.len(), codes(&alone)), (1, vec!["no_statement_found"]));
}

#[test]
fn money_that_moves_without_a_row_is_told() {
    let reading = read(vec![ledger(5, &[(2, 1)], 6), ledger(6, &[], 9)]);
    assert_eq!(codes(&reading), ["rows_missing"]);
    assert_eq!(reading.statements[1].unproved_because, ["rows_missing", "no_rows"]);
}

#[test]
fn a_seam_that_does_not_close_is_told() {
    let seam = |opening| {
        codes(&read(vec![ledger(0, &[(2, 5)], 5), ledger(opening, &[(2, 1)], opening + 1)])).join(",")
    };
    assert_eq!((seam(5).as_str(), seam(6).as_str()), ("", ""), "the second begins before the first one ends");
    let mut before = ledger(0, &[(2, 5)], 5);
    before.closing = end(5, date(2026, 3, 1));
    let mut after = ledger(6, &[(2, 5)], 11);
    after.opening = end(6, date(2026, 3, 1));
    assert_eq!(codes(&read(vec![before, after])), ["statement_gap", "date_outside_ends"]);
}

#[test]
fn another_currency_is_another_statement() {
    let mut mixed = ledger(0, &[(2, 5)], 5);
    let dollar = Currency::from_code("USD").unwrap();
    mixed.entries.push(Entry { amount: Money::new(7, dollar), ..entry(date(2026, 3, 3), 0) });
    let reading = read(vec![mixed]);
    let told: Vec<_> = reading.statements.iter().map(|s| (s.account.currency.code(), s.verdict)).collect();
    assert_eq!(told, [("EUR", Verdict::Verified), ("USD", Verdict::Unverifiable)]);
}

#[test]
fn an_unnamed_currency_is_assumed_with_a_finding_or_not_at_all() {
    let unnamed = || {
        let mut ledger = ledger(0, &[], 5);
        ledger.account.currency = Currency::UNKNOWN;
        ledger.opening = None;
        ledger.closing = None;
        ledger.entries =
            vec![Entry { amount: Money::new(5, Currency::UNKNOWN), ..entry(date(2026, 3, 3), 0) }];
        ledger
    };
    for (default, code, finding) in [
        (None, "XXX", "currency_unknown"),
        (Some("CAD"), "CAD", "currency_assumed"),
        (Some("JPY"), "XXX", "currency_unknown"),
    ] {
        let currency_default = default.and_then(Currency::from_code);
        let options = ParseOptions { currency_default, ..ParseOptions::default() };
        let reading = settle(vec![unnamed()], Notes::default(), &options).unwrap();
        assert_eq!(reading.statements[0].account.currency.code(), code);
        assert_eq!(codes(&reading), [finding]);
    }
}

#[test]
fn the_limit_on_rows_holds_to_the_row() {
    let with = |rows_max| {
        let options = ParseOptions { rows_max, ..ParseOptions::default() };
        settle(vec![ledger(0, &[(2, 5)], 5), ledger(5, &[(2, 5)], 10)], Notes::default(), &options)
            .map(|r| r.statements.len())
    };
    assert_eq!((with(2), with(1)), (Ok(2), Err(ParseError::TooManyRows)));
}

#[test]
fn a_row_of_nothing_is_on_neither_side_of_a_count() {
    let mut ledger = ledger(0, &[(2, 5), (3, 0)], 5);
    ledger.counts = Counts { credits: Some(2), debits: Some(0) };
    assert_eq!(read(vec![ledger]).statements[0].verdict, Verdict::Verified);
}
