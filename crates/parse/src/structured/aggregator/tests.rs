use super::*;
use smartexus_domain::{Statement, Verdict};

fn read_text(text: &str) -> Reading {
    read(text.as_bytes(), &ParseOptions::default()).unwrap()
}

fn rows(statement: &Statement) -> Vec<String> {
    statement.transactions.iter().map(|t| format!("{} {} {}", t.date, t.amount, t.description)).collect()
}

fn codes(reading: &Reading) -> Vec<&str> {
    reading.findings.iter().map(|f| f.code.as_ref()).collect()
}

/// Two accounts, positive amounts going out, a pending row beside the booked one that it became.
const POSITIVE_OUT: &str = r#"{"accounts": [{"account_id": "a1", "mask": "0001", "subtype": "checking", "balances": {"current": 5, "iso_currency_code": "USD"}},
  {"account_id": "a2", "mask": "0002", "subtype": "credit card", "balances": {"iso_currency_code": "USD"}}],
 "transactions": [
  {"account_id": "a1", "transaction_id": "t1", "amount": 2.5, "iso_currency_code": "USD", "date": "2026-03-02", "name": "TEA SHOP", "merchant_name": "Tea Shop", "pending": false},
  {"account_id": "a1", "transaction_id": "t2", "amount": -1250, "iso_currency_code": "USD", "date": "2026-03-03", "name": "PAY", "pending": false, "check_number": "17"},
  {"account_id": "a1", "transaction_id": "t0", "amount": 2.5, "iso_currency_code": "USD", "date": "2026-03-01", "name": "TEA SHOP", "pending": true},
  {"account_id": "a2", "transaction_id": "t3", "amount": 12.1, "iso_currency_code": "USD", "date": "2026-03-04", "name": "BOOKS", "pending": false}],
 "total_transactions": 4}"#;

#[test]
fn positive_amounts_may_go_out() {
    let reading = read_text(POSITIVE_OUT);
    assert_eq!(rows(&reading.statements[0]), ["2026-03-02 -2.50 Tea Shop", "2026-03-03 1250.00 PAY"]);
    assert_eq!(rows(&reading.statements[1]), ["2026-03-04 -12.10 BOOKS"]);
    assert_eq!(reading.statements[0].account.number.as_deref(), Some("0001"));
    assert_eq!(reading.statements[1].account.kind.as_deref(), Some("credit_card"));
    assert!(codes(&reading).contains(&"pending_rows") && codes(&reading).contains(&"sign_by_shape"));
    assert!(reading.statements.iter().all(|s| s.verdict == Verdict::Unverifiable));
    let page = read_text(&POSITIVE_OUT.replace("\"total_transactions\": 4", "\"total_transactions\": 5"));
    assert!(page.statements[0].unproved_because.contains(&"rows_missing".to_owned()));
}

#[test]
fn positive_amounts_may_come_in() {
    let text = r#"{"transactions": {"booked": [
        {"transactionId": "1", "bookingDate": "2026-03-02", "valueDate": "2026-03-03", "transactionAmount": {"amount": "-2.50", "currency": "EUR"}, "creditorName": "Kiesel", "remittanceInformationUnstructuredArray": ["Rechnung", "12"]}],
        "pending": [{"transactionAmount": {"amount": "-9.00", "currency": "EUR"}, "bookingDate": "2026-03-04"}]}}"#;
    let reading = read_text(text);
    assert_eq!(rows(&reading.statements[0]), ["2026-03-02 -2.50 Kiesel Rechnung 12"]);
    assert_eq!(reading.statements[0].account.currency.code(), "EUR");
    assert!(codes(&reading).contains(&"pending_rows"));
    assert_eq!(reading.statements[0].pending.len(), 1);
    assert_eq!(reading.statements[0].pending[0].amount.to_string(), "-9.00");
}

#[test]
fn what_never_moved_money_is_left_out() {
    for (word, booked, pending, code) in [
        ("booked", 2, 0, None),
        ("Authorised", 1, 1, Some("pending_rows")),
        ("DECLINED", 1, 0, Some("rows_void")),
    ] {
        let rest = format!(", \"status\": \"{word}\", \"direction\": \"debit\"");
        let reading = read_text(&simple(&[("-2.50", ", \"direction\": \"debit\""), ("-9.00", &rest)]));
        let statement = &reading.statements[0];
        assert_eq!((statement.transactions.len(), statement.pending.len()), (booked, pending), "{word}");
        assert!(code.is_none_or(|code| codes(&reading).contains(&code)), "{word}");
    }
}

#[test]
fn another_currency_and_the_banks_code() {
    let text = r#"[{"bookingDate": "2026-03-02", "transactionAmount": {"amount": "-92.40", "currency": "EUR"}, "bankTransactionCode": "PMNT-CCRD-POSD",
        "currencyExchange": [{"sourceCurrency": "USD", "exchangeRate": "1.0822", "targetCurrency": "EUR", "instructedAmount": {"amount": "100.00", "currency": "USD"}}]}]"#;
    let reading = read_text(text);
    let details = reading.statements[0].transactions[0].details.as_deref().unwrap();
    assert_eq!(details.original_amount.map(|m| m.to_string()).as_deref(), Some("-100.00"));
    assert_eq!(details.original_currency.map(|c| c.code().to_owned()).as_deref(), Some("USD"));
    assert_eq!(details.fx_rate.as_deref(), Some("1.0822"));
    assert_eq!(
        details.bank_code.as_ref().map(ToString::to_string).as_deref(),
        Some("iso20022:PMNT/CCRD/POSD")
    );
}

fn simple(rows: &[(&str, &str)]) -> String {
    let row = |(amount, rest): &(&str, &str)| {
        format!(
            "{{\"date\": \"2026-03-02\", \"amount\": {amount}, \"currency\": \"USD\", \"description\": \"A\"{rest}}}"
        )
    };
    format!("[{}]", rows.iter().map(row).collect::<Vec<_>>().join(","))
}

#[test]
fn the_direction_is_proved_or_open() {
    for (cells, amounts, is_open) in [
        // Running balances prove it, whatever the order.
        (
            &[("5", ", \"running_balance\": 95"), ("7", ", \"running_balance\": 88")][..],
            ["-5.00", "-7.00"],
            false,
        ),
        (
            &[("5", ", \"running_balance\": \"105\""), ("7", ", \"running_balance\": \"112\"")],
            ["5.00", "7.00"],
            false,
        ),
        (
            &[("7", ", \"running_balance\": 88"), ("5", ", \"running_balance\": 95")],
            ["-5.00", "-7.00"],
            false,
        ),
        (
            &[
                ("-5", ", \"running_balance\": {\"amount\": 95}"),
                ("7", ", \"running_balance\": {\"amount\": 102}"),
            ],
            ["-5.00", "7.00"],
            false,
        ),
        // A word says it.
        (&[("5", ", \"type\": \"DEBIT\""), ("7", ", \"type\": \"credit\"")], ["-5.00", "7.00"], false),
        (
            &[("-5", ", \"transaction_type\": \"DEBIT\""), ("7", ", \"transaction_type\": \"CREDIT\"")],
            ["-5.00", "7.00"],
            false,
        ),
        (
            &[("5", ", \"baseType\": \"DEBIT\""), ("-7", ", \"baseType\": \"CREDIT\"")],
            ["-5.00", "7.00"],
            false,
        ),
        (&[("-5", ", \"type\": \"DEBIT\""), ("-7", ", \"type\": \"CREDIT\"")], ["-5.00", "7.00"], true),
        // Nothing says it.
        (&[("-5", ""), ("7", "")], ["-5.00", "7.00"], true),
        (&[("5", ", \"running_balance\": 1"), ("7", ", \"running_balance\": 2")], ["5.00", "7.00"], true),
    ] {
        let reading = read_text(&simple(cells));
        let found: Vec<String> =
            reading.statements[0].transactions.iter().map(|t| t.amount.to_string()).collect();
        assert_eq!(found, amounts, "{cells:?}");
        assert_eq!(
            reading.statements[0].unproved_because.contains(&"ambiguous_signs".to_owned()),
            is_open,
            "{cells:?}"
        );
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    for (amount, what) in [
        ("\"two\"", "its amount is no number"),
        ("2.505", "its amount is no number"),
        ("1e300", "it has no amount"),
        ("null", "it has no amount"),
    ] {
        let reading = read_text(&simple(&[("1", ""), (amount, "")]));
        assert_eq!(
            reading.findings[0].message,
            format!("Transaction 2: {what}; the row is left out."),
            "{amount}"
        );
        assert!(reading.statements[0].unproved_because.contains(&"row_unread".to_owned()));
    }
    let undated = read_text(&simple(&[("1", "")]).replace("2026-03-02", "2026-02-30"));
    assert_eq!(undated.findings[0].message, "Transaction 1: its date is no day; the row is left out.");
}

#[test]
fn noise_of_numbers_and_minor_units() {
    for (amount, code, expected) in [
        ("0.30000000000000004", "USD", "0.30"),
        ("12.1", "USD", "12.10"),
        ("1200", "JPY", "1200"),
        ("1.234", "KWD", "1.234"),
    ] {
        let reading = read_text(&simple(&[(amount, "")]).replace("USD", code));
        assert_eq!(reading.statements[0].transactions[0].amount.to_string(), expected);
    }
}

#[test]
fn changes_of_other_files_are_told() {
    let text = r#"{"added": [{"account_id": "a", "transaction_id": "1", "iso_currency_code": "USD", "date": "2026-03-02", "amount": 1}], "modified": [{"date": "2026-03-02", "amount": 2}], "removed": [{"transaction_id": "9"}]}"#;
    let reading = read_text(text);
    assert_eq!(reading.statements[0].transactions.len(), 1);
    assert!(codes(&reading).contains(&"rows_changed_elsewhere"));
}

#[test]
fn nothing_rubbish_and_limits() {
    let of = |text: &str| read(text.as_bytes(), &ParseOptions::default()).map(|r| r.statements.len());
    assert_eq!(of(""), Err(ParseError::Corrupt));
    assert_eq!(of("{"), Err(ParseError::Corrupt));
    assert_eq!(of("{\"a\": 1}"), Err(ParseError::NothingReadable));
    assert_eq!(of(&"[".repeat(100_000)), Err(ParseError::Corrupt));
    let text = simple(&[("1", ""), ("2", "")]);
    let rows = |rows_max| {
        read(text.as_bytes(), &ParseOptions { rows_max, ..ParseOptions::default() })
            .map(|r| r.statements.len())
    };
    assert_eq!((rows(2), rows(1)), (Ok(1), Err(ParseError::TooManyRows)));
    let values = u32::try_from(text.chars().filter(|c| ",:[{".contains(*c)).count()).unwrap();
    let cells = |cells_max| {
        read(text.as_bytes(), &ParseOptions { cells_max, ..ParseOptions::default() })
            .map(|r| r.statements.len())
    };
    assert_eq!((cells(values), cells(values - 1)), (Ok(1), Err(ParseError::TooManyRows)));
}

proptest::proptest! {
    /// Whatever the values are, there is an answer.
    #[test]
    fn odd_values_are_answered(amount in "[0-9.e\"{}\\[\\]-]{0,8}", date in "[0-9-]{0,11}") {
        drop(read(simple(&[(&amount, "")]).replace("2026-03-02", &date).as_bytes(), &ParseOptions::default()));
    }
}
