use super::*;
use smartexus_domain::{Currency, Statement, Verdict};

fn read_text(text: &str) -> Reading {
    let currency_default = Currency::from_code("USD");
    read(text.as_bytes(), &ParseOptions { currency_default, ..ParseOptions::default() }).unwrap()
}

fn rows(statement: &Statement) -> Vec<String> {
    let number = |s: &Option<String>| s.clone().unwrap_or_default();
    let shown = |t: &smartexus_domain::Transaction| {
        format!("{} {} {}{}", t.date, t.amount, t.description, number(&t.check_number))
    };
    statement.transactions.iter().map(shown).collect()
}

fn codes(reading: &Reading) -> Vec<&str> {
    reading.findings.iter().map(|f| f.code.as_ref()).collect()
}

#[test]
fn rows_have_no_ends_and_prove_nothing() {
    let reading = read_text(
        "!Type:Bank\nD03/22/2026\nT-2.50\nPTEA\nMSHOP\nLFood\n^\nD03/23/2026\nU1,250.00\nT1,250.00\nPPAY\n^\n",
    );
    let statement = &reading.statements[0];
    assert_eq!(rows(statement), ["2026-03-22 -2.50 TEA SHOP", "2026-03-23 1250.00 PAY"]);
    assert_eq!(
        (statement.verdict, statement.unproved_because.as_slice()),
        (Verdict::Unverifiable, ["end_not_printed".to_owned()].as_slice())
    );
}

#[test]
fn dates_in_every_shape() {
    for (dates, expected) in [
        (["3/22/2026", "3/5/2026"], ["2026-03-05", "2026-03-22"]),
        (["22/3/2026", "5/3/2026"], ["2026-03-05", "2026-03-22"]),
        (["3/22'26", "3/ 5'26"], ["2026-03-05", "2026-03-22"]),
        (["12/22' 5", "12/ 5' 5"], ["2005-12-05", "2005-12-22"]),
        (["2026-03-22", "2026-03-05"], ["2026-03-05", "2026-03-22"]),
        (["22.03.2026", "05.03.2026"], ["2026-03-05", "2026-03-22"]),
    ] {
        let text = format!("!Type:Bank\nD{}\nT1.00\nPA\n^\nD{}\nT1.00\nPA\n^\n", dates[0], dates[1]);
        let read = read_text(&text);
        let days: Vec<String> = read.statements[0].transactions.iter().map(|t| t.date.to_string()).collect();
        assert_eq!(days, expected, "{dates:?}");
    }
}

#[test]
fn days_that_can_be_read_two_ways_are_told() {
    let reading = read_text("!Type:Bank\nD3/4/2026\nT1.00\nPA\n^\nD3/5/2026\nT2.00\nPA\n^\n");
    assert!(codes(&reading).contains(&"ambiguous_date"), "{:?}", codes(&reading));
    // Another account of the file settles it.
    let reading = read_text(
        "!Account\nNOne\n^\n!Type:Bank\nD3/4/2026\nT1.00\nPA\n^\n!Account\nNTwo\n^\n!Type:Bank\nD25/4/2026\nT2.00\nPA\n^\n",
    );
    assert!(!codes(&reading).contains(&"ambiguous_date"), "{:?}", codes(&reading));
    assert_eq!(rows(&reading.statements[0]), ["2026-04-03 1.00 A"]);
}

#[test]
fn accounts_are_kept_apart_and_lists_are_none() {
    let text = "!Option:AutoSwitch\n!Account\nNOne\nTBank\n^\nNTwo\nTCCard\n^\n!Clear:AutoSwitch\n!Account\nNOne\n^\n!Type:Bank\nD3/22/2026\nT1.00\nPA\n^\n!Account\nNTwo\n^\n!Type:CCard\nD3/23/2026\nT-2.00\nPB\n^\n!Type:Cat\nNFood\nD\nE\n^\n!Account\nNOne\n^\n!Type:Bank\nD3/24/2026\nT3.00\nPC\n^\n";
    let mut told: Vec<_> = read_text(text)
        .statements
        .iter()
        .map(|s| (s.account.number.clone().unwrap(), s.account.kind.clone(), rows(s).len()))
        .collect();
    told.sort();
    assert_eq!(told, [("One".to_owned(), None, 2), ("Two".to_owned(), Some("credit_card".to_owned()), 1)]);
}

#[test]
fn what_cannot_be_read_is_named_with_its_line() {
    for (record, line) in [
        ("Dsomeday\nT1.00\nPA\n^\n", 6),
        ("D3/22/2026\nTtwo\nPA\n^\n", 6),
        ("D3/22/2026\nPA\n^\n", 6),
        ("T1.00\n^\n", 6),
    ] {
        let reading = read_text(&format!("!Type:Bank\nD3/22/2026\nT1.00\nPA\n^\n{record}"));
        assert_eq!(
            reading.findings[0].message,
            format!("Line {line}: its date or its amount cannot be read; the row is left out.")
        );
        assert!(reading.statements[0].unproved_because.contains(&"row_unread".to_owned()));
        assert_eq!(reading.statements[0].transactions.len(), 1);
    }
}

#[test]
fn splits_belong_to_their_row() {
    let text = |part: &str| {
        format!("!Type:Bank\nD3/22/2026\nT-50.00\nN101\nPA\nSFood\nN7\nMpart\n$-40.00\nSHome\n$-{part}\n^\n")
    };
    let reading = read_text(&text("10.00"));
    assert_eq!(rows(&reading.statements[0]), ["2026-03-22 -50.00 A101"]);
    assert!(!codes(&reading).contains(&"split_sum"));
    assert!(codes(&read_text(&text("11.00"))).contains(&"split_sum"));
}

#[test]
fn an_opening_balance_that_is_booked_is_no_income() {
    let text = "!Type:Bank\nD3/1/2026\nT100.00\nPOpening Balance\nL[One]\n^\nD3/22/2026\nT1.00\nPA\n^\n";
    let reading = read_text(text);
    assert_eq!(rows(&reading.statements[0]), ["2026-03-22 1.00 A"]);
    assert_eq!(reading.statements[0].opening_balance.map(|m| m.to_string()).as_deref(), Some("100.00"));
    assert!(codes(&reading).contains(&"opening_balance_row"));
}

#[test]
fn securities_are_told() {
    let reading = read_text("!Type:Invst\nD3/22/2026\nNBuy\nT100.00\n^\n");
    assert_eq!(codes(&reading), ["investment_rows", "no_statement_found"]);
}

#[test]
fn the_last_record_needs_no_end_and_the_first_no_heading() {
    assert_eq!(rows(&read_text("!Type:Bank\nD3/22/2026\nT1.00\nPA").statements[0]).len(), 1);
    assert_eq!(rows(&read_text("D3/22/2026\nT1.00\nPA\n^").statements[0]).len(), 1);
    assert_eq!(read(b"\n\n", &ParseOptions::default()), Err(ParseError::NothingReadable));
}

#[test]
fn the_limit_on_rows_holds_to_the_row() {
    let text = format!("!Type:Bank\n{}", "D3/22/2026\nT1.00\n^\n".repeat(3));
    let with = |rows_max| {
        read(text.as_bytes(), &ParseOptions { rows_max, ..ParseOptions::default() })
            .map(|r| r.statements.len())
    };
    assert_eq!((with(3), with(2)), (Ok(1), Err(ParseError::TooManyRows)));
}

proptest::proptest! {
    /// Whatever the records hold, there is an answer.
    #[test]
    fn odd_records_are_answered(parts in proptest::collection::vec("(!Type:Bank|!Account|D|T|P|N|S|\\^|[0-9/.,'$-]{1,8}|\n)", 0..60)) {
        drop(read(parts.concat().as_bytes(), &ParseOptions::default()));
    }
}
