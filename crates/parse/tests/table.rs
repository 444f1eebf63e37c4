//! Delimiter-separated exports: dialects, encodings, headings, preambles. All content is invented.

#![expect(clippy::expect_used, reason = "a test that cannot go on says so")]

use proptest::prelude::*;
use smartexus_domain::{MediaType, Method, RowStatus, Statement, Verdict};
use smartexus_parse::{Input, ParseError, ParseOptions, parse};

fn read(bytes: &[u8]) -> Result<smartexus_domain::Reading, ParseError> {
    parse(Input::Structured { media: MediaType::Csv, bytes }, &ParseOptions::default())
}

fn only(text: &str) -> Statement {
    let mut reading = read(text.as_bytes()).expect("readable");
    assert_eq!(reading.statements.len(), 1, "{reading:?}");
    reading.statements.remove(0)
}

fn rows(statement: &Statement) -> Vec<String> {
    statement
        .transactions
        .iter()
        .map(|row| format!("{} {} {}", row.date, row.amount, row.description))
        .collect()
}

#[test]
fn preamble_heading_footer_and_ends() {
    let statement = only(
        "Account number;00123456\nOpening balance;;100,00\n\nDatum;Text;Betrag;Saldo\n02.03.2026;Miete;-60,00;40,00\n15.03.2026;Gehalt;1.000,00;1.040,00\nClosing balance;;1.040,00\n",
    );
    assert_eq!(rows(&statement), ["2026-03-02 -60.00 Miete", "2026-03-15 1000.00 Gehalt"]);
    assert_eq!(
        (statement.verdict, statement.account.number.as_deref()),
        (Verdict::Verified, Some("00123456"))
    );
    assert_eq!(statement.transactions[0].method, Method::Structured);
}

#[test]
fn a_file_without_ends_is_unverifiable_and_says_why() {
    let statement =
        only("Date,Description,Amount,Balance\n2026-03-02,A,-5.00,95.00\n2026-03-03,B,10.00,105.00\n");
    assert_eq!(statement.verdict, Verdict::Unverifiable);
    assert_eq!(statement.unproved_because, ["end_not_printed"]);
}

#[test]
fn rows_that_are_not_booked_stand_apart() {
    let text = |heading: &str, waiting: &str, refused: &str| {
        format!(
            "Opening balance,,,100.00,\nClosing balance,,,85.00,\nDate,Description,Amount,Balance,{heading}\n2026-03-02,A,-5.00,95.00,Completed\n2026-03-03,B,-10.00,85.00,\n2026-03-04,C,-7.00,,{waiting}\n2026-03-04,D,-9.00,,{refused}\n"
        )
    };
    for (heading, waiting, refused) in [
        ("Status", "Pending", "Declined"),
        ("State", "AUTHORISED", "REVERTED"),
        ("Umsatzstatus", "Umsatz vorgemerkt", "abgelehnt"),
    ] {
        let reading = read(text(heading, waiting, refused).as_bytes()).expect("readable");
        let statement = &reading.statements[0];
        assert_eq!((statement.verdict, statement.transactions.len()), (Verdict::Verified, 2), "{heading}");
        let pending: Vec<String> =
            statement.pending.iter().map(|t| format!("{} {}", t.date, t.amount)).collect();
        assert_eq!(pending, ["2026-03-04 -7.00"], "{heading}");
        assert!(statement.pending.iter().all(|row| row.status == RowStatus::Pending));
        let codes: Vec<&str> = reading.findings.iter().map(|f| f.code.as_ref()).collect();
        assert!(codes.contains(&"pending_rows") && codes.contains(&"rows_void"), "{codes:?}");
    }
    // A word that says nothing of it leaves the row where it is, and the sums tell.
    let reading = read(text("Status", "R", "X").as_bytes()).expect("readable");
    assert_eq!((reading.statements[0].transactions.len(), reading.statements[0].pending.len()), (4, 0));
}

#[test]
fn a_row_that_has_no_day_yet_is_pending() {
    let statement = only(
        "Date,Description,Amount,Balance\nPending,FUEL,-7.00,\n2026-03-02,A,-5.00,95.00\n2026-03-03,B,10.00,105.00\n",
    );
    assert_eq!(rows(&statement), ["2026-03-02 -5.00 A", "2026-03-03 10.00 B"]);
    assert_eq!(statement.unproved_because, ["end_not_printed"]);
}

#[test]
fn what_a_row_was_in_another_currency() {
    let statement = only(
        "Date,Description,Amount,Currency,Original amount,Original currency,Exchange rate\n2026-03-02,HOTEL,-92.40,EUR,100.00,USD,1.0822\n2026-03-03,SHOP,-5.00,EUR,-5.00,EUR,1\n",
    );
    assert_eq!(rows(&statement), ["2026-03-02 -92.40 HOTEL", "2026-03-03 -5.00 SHOP"]);
    let details = statement.transactions[0].details.as_deref().expect("converted");
    assert_eq!(details.original_amount.map(|m| m.to_string()).as_deref(), Some("-100.00"));
    assert_eq!(details.original_currency.map(|c| c.code().to_owned()).as_deref(), Some("USD"));
    assert_eq!(details.fx_rate.as_deref(), Some("1.0822"));
    assert_eq!(statement.transactions[1].details, None, "its own currency");
}

#[test]
fn a_balance_that_is_cut_is_no_balance_that_is_missing() {
    let text = |last: &str| {
        format!(
            "Opening balance,,,100.00\nClosing balance,,,90.00\nDate,Description,Amount,Balance\n2026-03-02,A,-5.00,95.00\n2026-03-03,B,-5.00,{last}"
        )
    };
    assert_eq!(only(&text("90.00")).verdict, Verdict::Verified);
    assert_eq!(only(&text("")).verdict, Verdict::Verified);
    let cut = only(&text("\"9,"));
    assert_eq!(
        (cut.verdict, cut.unproved_because.as_slice()),
        (Verdict::Unverifiable, ["unread_balance".to_owned()].as_slice())
    );
}

#[test]
fn windows_1252_and_utf_16() {
    let legacy = b"Date op\xe9ration;Libell\xe9;D\xe9bit;Cr\xe9dit\n02/03/2026;Caf\xe9 du Port;4,50;\n15/03/2026;Salaire;;1 500,00\n";
    let reading = read(legacy).expect("readable");
    assert_eq!(rows(&reading.statements[0]), ["2026-03-02 -4.50 Café du Port", "2026-03-15 1500.00 Salaire"]);
    let text = "Date;Text;Amount\n2026-03-02;Café;-4.50\n";
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(rows(&read(&utf16).expect("readable").statements[0]), ["2026-03-02 -4.50 Café"]);
}

#[test]
fn no_heading_at_all() {
    let statement = only(
        "02/03/2026,Groceries,£20.00,,£480.00\n15/03/2026,Salary,,£500.00,£980.00\n20/03/2026,Rent,£600.00,,£380.00\n",
    );
    assert_eq!(
        rows(&statement),
        ["2026-03-02 -20.00 Groceries", "2026-03-15 500.00 Salary", "2026-03-20 -600.00 Rent"]
    );
    assert_eq!(statement.account.currency.code(), "GBP");
}

#[test]
fn words_for_the_direction() {
    let statement = only(
        "Date,Description,Type,Amount\n2026-03-02,Books,Debit,12.00\n2026-03-05,Payroll,Credit,100.00\n",
    );
    assert_eq!(rows(&statement), ["2026-03-02 -12.00 Books", "2026-03-05 100.00 Payroll"]);
}

#[test]
fn a_damaged_amount_is_a_finding_and_never_a_value() {
    let reading = read(b"Date,Description,Amount\n2026-03-02,Books,12.00\n2026-03-03,Garbled,12..34\n")
        .expect("readable");
    assert_eq!(rows(&reading.statements[0]), ["2026-03-02 12.00 Books"]);
    assert!(reading.findings.iter().any(|f| f.code == "row_unread"));
    assert!(reading.statements[0].unproved_because.iter().any(|r| r == "row_unread"));
}

#[test]
fn an_amount_that_could_be_thousands_is_said_to_be_so() {
    let statement = only("Date,Description,Amount\n2026-03-02,A,-1.234\n2026-03-15,B,2.500\n");
    assert!(
        statement.unproved_because.iter().any(|r| r == "ambiguous_number" || r == "unread_amount"),
        "{statement:?}"
    );
}

#[test]
fn each_currency_is_a_statement_of_its_own() {
    let reading = read(b"Date,Description,Amount,Currency\n2026-03-02,A,-5.00,EUR\n2026-03-03,B,7.00,USD\n")
        .expect("readable");
    let codes: Vec<&str> = reading.statements.iter().map(|s| s.account.currency.code()).collect();
    assert_eq!(codes, ["EUR", "USD"]);
}

#[test]
fn nothing_and_rubbish() {
    assert_eq!(read(b""), Err(ParseError::Corrupt));
    assert_eq!(read(b"a\0b"), Err(ParseError::Corrupt));
    assert_eq!(read(b",,,\n,,,\n"), Err(ParseError::NothingReadable));
    let prose = read(b"Hello, this is a letter.\nNothing here, really.\n").expect("readable");
    assert!(prose.findings.iter().any(|f| f.code == "no_statement_found"));
}

#[test]
fn the_limit_on_cells_holds_to_the_cell() {
    let text = "Date,Text,Amount\n2026-03-02,A,1.00\n";
    let with = |cells_max| {
        let options = ParseOptions { cells_max, ..ParseOptions::default() };
        parse(Input::Structured { media: MediaType::Csv, bytes: text.as_bytes() }, &options)
            .map(|r| r.statements.len())
    };
    assert_eq!(with(6), Ok(1));
    assert_eq!(with(5), Err(ParseError::TooManyRows));
}

proptest! {
    /// Whatever the bytes, there is an answer.
    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn any_table_of_odd_cells_is_answered(cells in proptest::collection::vec("[0-9.,;\\-/ a-zA-Z€$()]{0,12}", 1..60)) {
        let _ = read(cells.join(";").replace("a", "\n").as_bytes());
    }
}
