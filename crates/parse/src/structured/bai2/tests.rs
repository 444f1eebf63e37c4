use super::*;
use smartexus_domain::{Statement, Verdict};

/// An account of 100.00 that two rows change.
const REPORT: &str = "01,HARBOUR,CLIENT,260303,0600,1,80,,2/\n02,CLIENT,HARBOUR,1,260302,2400,USD,2/\n03,000123,USD,010,10000,,,015,12250/\n88,,,100,2500,1,,400,250,1,Z/\n16,165,2500,V,260303,,B1,C1,PAID, IN FULL/\n88,FOR A/B\n16,475,250,Z,B2,0042,TEA/\n49,27750,6/\n98,27750,1,8/\n99,27750,1,10/\n";

fn read_text(text: &str) -> Reading {
    read(text.as_bytes(), &ParseOptions::default()).unwrap()
}

fn only(text: &str) -> Statement {
    let mut reading = read_text(text);
    assert_eq!(reading.statements.len(), 1, "{reading:?}");
    reading.statements.remove(0)
}

#[test]
fn ends_sums_and_rows() {
    let statement = only(REPORT);
    let rows: Vec<String> = statement
        .transactions
        .iter()
        .map(|t| {
            format!(
                "{} {} {} {}",
                t.date,
                t.amount,
                t.description,
                t.reference.as_deref().unwrap_or_default()
            )
        })
        .collect();
    assert_eq!(rows, ["2026-03-02 25.00 PAID, IN FULL FOR A/B C1", "2026-03-02 -2.50 TEA 0042"]);
    assert_eq!(statement.transactions[0].value_date.map(|d| d.to_string()).as_deref(), Some("2026-03-03"));
    assert_eq!(statement.transactions[1].check_number.as_deref(), Some("0042"));
    assert_eq!(
        (statement.verdict, statement.proof),
        (Verdict::Verified, Some(smartexus_domain::Proof::Totals))
    );
}

#[test]
fn control_records_are_checks() {
    for (from, to, what) in [
        ("49,27750,6", "49,27751,6", "The control record of an account disagrees: its sum."),
        ("49,27750,6", "49,27750,7", "The control record of an account disagrees: its number of records."),
        ("98,27750,1,8", "98,27750,2,8", "The control record of a group disagrees: its number of members."),
        ("99,27750,1,10", "99,27750,1,9", "The control record of the file disagrees: its number of records."),
        ("99,27750,1,10/\n", "", "The file breaks off before its control record."),
        ("49,27750,6/\n", "", "An account has no control record."),
    ] {
        let reading = read_text(&REPORT.replace(from, to));
        assert_eq!(reading.statements[0].verdict, Verdict::Unverifiable, "{to}");
        assert_eq!(reading.findings[0].message, what);
    }
}

#[test]
fn broken_sums_are_discrepancies() {
    for (from, to) in [("015,12250", "015,12251"), ("100,2500,1", "100,2501,1"), ("100,2500,1", "100,2500,2")]
    {
        assert_eq!(only(&REPORT.replace(from, to)).verdict, Verdict::Discrepancy, "{to}");
    }
}

#[test]
fn availability_adds_fields() {
    for kind in ["Z", "", "0", "1", "S,1,2,3", "V,260303,0900", "D,2,0,1,1,2", "D,0"] {
        let statement = only(&REPORT.replace("16,475,250,Z,B2", &format!("16,475,250,{kind},B2")));
        assert_eq!(
            (statement.transactions[1].description.as_str(), statement.verdict),
            ("TEA", Verdict::Verified),
            "{kind}"
        );
    }
}

#[test]
fn directions_by_their_code() {
    for (code, what) in [
        ("699", ""),
        ("399", "discrepancy"),
        ("890", "memo"),
        ("700", "its type code says no direction"),
        ("AB", "its type code is no number"),
    ] {
        let reading = read_text(&REPORT.replace("16,475,", &format!("16,{code},")));
        let statement = &reading.statements[0];
        match what {
            "" => assert_eq!(statement.verdict, Verdict::Verified),
            "discrepancy" => assert_eq!(statement.verdict, Verdict::Discrepancy),
            "memo" => {
                assert_eq!((statement.transactions.len(), reading.findings[0].code.as_ref()), (1, "memo_row"))
            }
            what => assert_eq!(reading.findings[0].message, format!("Line 7: {what}; the row is left out.")),
        }
    }
    let unread = read_text(&REPORT.replace("16,475,250,", "16,475,2.50,"));
    assert_eq!(unread.findings[0].message, "Line 7: its amount is no number; the row is left out.");
}

#[test]
fn currencies_and_their_absence() {
    let yen = only(&REPORT.replace("USD", "JPY"));
    assert_eq!(yen.transactions[0].amount.to_string(), "2500");
    let by_group = only(&REPORT.replace("03,000123,USD", "03,000123,"));
    assert_eq!(by_group.account.currency.to_string(), "USD");
    let reading = read_text(&REPORT.replace("USD", ""));
    assert_eq!(
        (reading.findings[0].code.as_ref(), reading.statements[0].account.currency.to_string()),
        ("currency_assumed", "USD".to_owned())
    );
}

#[test]
fn what_is_not_final_is_not_verified() {
    for (from, to, reason) in [
        (",USD,2/", ",USD,3/", "interim_report"),
        ("HARBOUR,1,260302", "HARBOUR,4,260302", "group_not_final"),
        ("1,260302,", "1,260230,", "row_unread"),
    ] {
        let statement = only(&REPORT.replace(from, to));
        assert!(statement.unproved_because.contains(&reason.to_owned()), "{:?}", statement.unproved_because);
    }
}

#[test]
fn several_accounts_and_days() {
    let account =
        |number: &str| format!("03,{number},USD,010,100,,,015,200,,/\n16,165,100,Z,,,A/\n49,400,3/\n");
    let group = |day: &str| format!("02,C,H,1,{day},,USD,2/\n{}{}98,800,2,8/\n", account("1"), account("2"));
    let text = format!("01,H,C,260303,0600,1,,,2/\n{}{}99,1600,2,18/\n", group("260302"), group("260303"));
    let reading = read_text(&text);
    assert_eq!(
        reading.statements.iter().filter(|s| s.verdict == Verdict::Verified).count(),
        4,
        "{reading:?}"
    );
    assert_eq!(
        reading.findings[0].code, "statement_gap",
        "the second day does not begin where the first ends"
    );
}

#[test]
fn nothing_and_limits() {
    let of = |text: &str, rows_max| {
        read(text.as_bytes(), &ParseOptions { rows_max, ..ParseOptions::default() })
            .map(|r| r.statements.len())
    };
    assert_eq!(of("", 9), Err(ParseError::Corrupt));
    assert_eq!(of("01,a/\n02,b/\n", 9), Err(ParseError::NothingReadable));
    assert_eq!((of(REPORT, 2), of(REPORT, 1)), (Ok(1), Err(ParseError::TooManyRows)));
}

proptest::proptest! {
    /// Whatever the records hold, there is an answer.
    #[test]
    fn odd_records_are_answered(parts in proptest::collection::vec("(01,|02,|03,|16,|88,|49,|98,|99,|/\n|S,|V,|D,|[0-9,/A-Z-]{1,8}|\n)", 0..80)) {
        drop(read(parts.concat().as_bytes(), &ParseOptions::default()));
    }
}
