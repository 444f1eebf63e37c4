use super::*;
use smartexus_domain::{Statement, Verdict};

const HEAD: &str = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n<OFX><SIGNONMSGSRSV1><SONRS><FI><ORG>Harbour Bank<FID>1</FI></SONRS></SIGNONMSGSRSV1>";

fn statement(rows: &str, closing: &str) -> String {
    format!(
        "<STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>021000021<ACCTID>000123<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20260301<DTEND>20260331{rows}</BANKTRANLIST><LEDGERBAL><BALAMT>{closing}<DTASOF>20260331</LEDGERBAL></STMTRS></STMTTRNRS>"
    )
}

fn row(amount: &str, rest: &str) -> String {
    format!("<STMTTRN><TRNTYPE>OTHER<DTPOSTED>20260302<TRNAMT>{amount}<FITID>F{amount}{rest}</STMTTRN>")
}

fn file(rows: &str) -> String {
    format!("{HEAD}<BANKMSGSRSV1>{}</BANKMSGSRSV1></OFX>", statement(rows, "97.50"))
}

fn read_text(text: &str) -> Reading {
    read(text.as_bytes(), &ParseOptions::default()).unwrap()
}

fn rows(statement: &Statement) -> Vec<String> {
    statement.transactions.iter().map(|t| format!("{} {} {}", t.date, t.amount, t.description)).collect()
}

fn codes(reading: &Reading) -> Vec<&str> {
    reading.findings.iter().map(|f| f.code.as_ref()).collect()
}

#[test]
fn a_statement_without_an_opening_proves_nothing() {
    let reading = read_text(&file(&row("-2.50", "<NAME>TEA<MEMO>SHOP")));
    let statement = &reading.statements[0];
    assert_eq!(rows(statement), ["2026-03-02 -2.50 TEA SHOP"]);
    assert_eq!(
        (statement.verdict, statement.unproved_because.as_slice()),
        (Verdict::Unverifiable, ["end_not_printed".to_owned()].as_slice())
    );
    assert_eq!(statement.closing_balance.map(|m| m.to_string()).as_deref(), Some("97.50"));
    let account = &statement.account;
    assert_eq!(
        [&account.institution, &account.number, &account.routing_number, &account.kind]
            .map(|v| v.as_deref().unwrap_or_default()),
        ["Harbour Bank", "000123", "021000021", "checking"]
    );
}

#[test]
fn ends_of_values_are_there_or_not() {
    let closed = "<STMTTRN>\n<TRNTYPE>OTHER</TRNTYPE>\n<DTPOSTED>20260302120000.000[-5:EST]</DTPOSTED>\n<TRNAMT>-2.50</TRNAMT><NAME>A &amp; B &lt;C&gt;</NAME><MEMO></MEMO></STMTTRN>";
    assert_eq!(rows(&read_text(&file(closed)).statements[0]), ["2026-03-02 -2.50 A & B <C>"]);
    let empty = "<STMTTRN><DTPOSTED>20260302<MEMO><TRNAMT>-2.50<NAME>AT&T<![CDATA[]]></STMTTRN>";
    assert_eq!(rows(&read_text(&file(empty)).statements[0]), ["2026-03-02 -2.50 AT&T"]);
    let unclosed = "<STMTTRN><DTPOSTED>20260302<TRNAMT>-2.50<STMTTRN><DTPOSTED>20260303<TRNAMT>5.00";
    assert_eq!(rows(&read_text(&file(unclosed)).statements[0]).len(), 2);
    let small = file(&row("1.00", "")).to_lowercase().replace("<ofx>", "<OFX>");
    assert_eq!(rows(&read_text(&small).statements[0]).len(), 1);
}

#[test]
fn the_local_day_is_never_moved() {
    for (posted, expected) in [
        ("20260301233000[-8:PST]", "2026-03-01"),
        ("20260301003000[+12:NZST]", "2026-03-01"),
        ("20260301", "2026-03-01"),
        ("2026-03-01", "2026-03-01"),
    ] {
        let text = file(&row("1.00", "").replace("20260302", posted));
        assert_eq!(read_text(&text).statements[0].transactions[0].date.to_string(), expected);
    }
}

#[test]
fn decimal_marks_are_the_file_s() {
    for (amounts, expected) in [
        (["-1,50", "1.234,56"], ["-1.50", "1234.56"]),
        (["-1.50", "1,234.56"], ["-1.50", "1234.56"]),
        (["-1.50", "1234"], ["-1.50", "1234.00"]),
        (["+1.50", "-.50"], ["1.50", "-0.50"]),
    ] {
        let read = read_text(&file(&(row(amounts[0], "") + &row(amounts[1], ""))).replace("97.50", "97"));
        let found: Vec<String> =
            read.statements[0].transactions.iter().map(|t| t.amount.to_string()).collect();
        assert_eq!(found, expected, "{amounts:?}");
    }
    let reading = read_text(&file(&row("1.234", "")).replace("97.50", "97"));
    assert_eq!(
        reading.findings[0].message,
        "Transaction 1: its amount can be read in two ways; the row is left out."
    );
}

#[test]
fn what_cannot_be_read_is_named() {
    for (rows, what) in [
        (row("two", ""), "its amount is no number"),
        (row("", "").replace("<TRNAMT>", ""), "it has no amount"),
        (row("1.00", "").replace("20260302", "20260230"), "its date is no day"),
        (row("1.00", "").replace("20260302", "someday"), "its date is no day"),
    ] {
        let reading = read_text(&file(&(row("1.00", "") + &rows)));
        let unread = reading.findings.iter().find(|f| f.code == "row_unread").unwrap();
        assert_eq!(unread.message, format!("Transaction 2: {what}; the row is left out."));
        assert_eq!(reading.statements[0].unproved_because, ["row_unread", "end_not_printed"]);
    }
}

#[test]
fn identifiers_are_no_keys() {
    let twins = read_text(&file(&(row("1.00", "") + &row("1.00", ""))));
    assert_eq!((twins.statements[0].transactions.len(), codes(&twins)), (2, vec!["bank_id_repeated"]));
}

#[test]
fn corrections_take_their_row_back() {
    let first = row("1.00", "<NAME>OLD");
    let with = |id: &str, action: &str| {
        let correction = row("2.00", &format!("<CORRECTFITID>{id}<CORRECTACTION>{action}<NAME>NEW"));
        read_text(&file(&(first.clone() + &correction)))
    };
    assert_eq!(rows(&with("F1.00", "REPLACE").statements[0]), ["2026-03-02 2.00 NEW"]);
    assert_eq!(rows(&with("F1.00", "DELETE").statements[0]), [""; 0]);
    let unmatched = with("F9", "REPLACE");
    assert_eq!(
        (unmatched.statements[0].transactions.len(), codes(&unmatched)),
        (2, vec!["correction_unmatched"])
    );
}

#[test]
fn a_sign_against_its_kind_leaves_the_direction_open() {
    for (kind, amount, open) in [
        ("DEBIT", "5.00", true),
        ("CREDIT", "-5.00", true),
        ("DEBIT", "-5.00", false),
        ("POS", "5.00", false),
    ] {
        let reading = read_text(&file(&row(amount, "").replace("OTHER", kind)));
        assert_eq!(codes(&reading).contains(&"ambiguous_signs"), open, "{kind} {amount}");
    }
}

#[test]
fn names_are_cut_and_memos_go_on() {
    for (texts, expected) in [
        ("<NAME>TEA SHO<MEMO>TEA SHOP LONDON", "TEA SHOP LONDON"),
        ("<MEMO>ONLY", "ONLY"),
        ("<NAME>ONLY", "ONLY"),
        ("<PAYEE><NAME>PAYEE<CITY>X</PAYEE><MEMO>FOR", "PAYEE FOR"),
    ] {
        assert_eq!(read_text(&file(&row("1.00", texts))).statements[0].transactions[0].description, expected);
    }
    let check = read_text(&file(&row("-1.00", "<CHECKNUM>0042<REFNUM>R9")));
    let row = &check.statements[0].transactions[0];
    assert_eq!((row.check_number.as_deref(), row.reference.as_deref()), (Some("0042"), Some("R9")));
}

#[test]
fn cards_and_foreign_rows() {
    let card = file(&row("-5.00", ""))
        .replace("STMTRS", "CCSTMTRS")
        .replace("BANKACCTFROM", "CCACCTFROM")
        .replace("CCCC", "CC");
    let reading = read_text(&card);
    assert_eq!(reading.kind, smartexus_domain::DocumentKind::CardStatement);
    let mixed = file(
        &(row("5.00", "")
            + &row("7.00", "<CURRENCY><CURRATE>1.1<CURSYM>EUR</CURRENCY>")
            + &row("8.00", "<ORIGCURRENCY><CURRATE>1.1<CURSYM>EUR</ORIGCURRENCY>")),
    );
    let told: Vec<_> = read_text(&mixed)
        .statements
        .iter()
        .map(|s| (s.account.currency.to_string(), s.transactions.len()))
        .collect();
    assert_eq!(told, [("USD".to_owned(), 2), ("EUR".to_owned(), 1)]);
}

#[test]
fn a_neighbor_closes_the_seam() {
    let next = |amount: &str| {
        statement(&row("2.50", "").replace("20260302", "20260402"), amount)
            .replace("202603", "202604")
            .replace("20260431", "20260430")
    };
    for (closing, verdict) in [("100.00", Verdict::Verified), ("101.00", Verdict::Unverifiable)] {
        let text = format!(
            "{HEAD}<BANKMSGSRSV1>{}{}</BANKMSGSRSV1></OFX>",
            statement(&row("-2.50", ""), "97.50"),
            next(closing)
        );
        let verdicts: Vec<_> = read_text(&text).statements.iter().map(|s| s.verdict).collect();
        assert_eq!(verdicts, [Verdict::Unverifiable, verdict], "{closing}");
    }
}

#[test]
fn securities_and_pending_rows_are_told() {
    let investments = "<OFX><INVSTMTRS><CURDEF>USD<INVTRANLIST><DTSTART>20260301<DTEND>20260331<BUYSTOCK><INVBUY><INVTRAN><FITID>1<DTTRADE>20260302</INVTRAN><TOTAL>-5</INVBUY></BUYSTOCK><INVBANKTRAN><STMTTRN><DTPOSTED>20260302<TRNAMT>5.00</STMTTRN></INVBANKTRAN></INVTRANLIST></INVSTMTRS></OFX>";
    let reading = read_text(investments);
    assert_eq!((codes(&reading), reading.statements[0].transactions.len()), (vec!["investment_rows"], 1));
    let pending = read_text(&file(
        &(row("1.00", "")
            + "<STMTTRNP><TRNAMT>9.00<NAME>LATER</STMTTRNP><STMTTRNP><DTTRAN>20260330<TRNAMT>-8.00<NAME>FUEL<CURRENCY><CURSYM>EUR</CURRENCY></STMTTRNP>"
            + &row("2.00", "")),
    ));
    assert_eq!(codes(&pending), ["pending_rows"; 2], "one of each currency");
    let of = |rows: &[smartexus_domain::Transaction]| -> Vec<String> {
        rows.iter().map(|t| format!("{} {} {}", t.date, t.amount, t.amount.currency().code())).collect()
    };
    assert_eq!(of(&pending.statements[0].transactions), ["2026-03-02 1.00 USD", "2026-03-02 2.00 USD"]);
    // One lacks its day and is only counted; the other is in a currency of its own.
    assert!(pending.statements[0].pending.is_empty());
    assert_eq!(of(&pending.statements[1].pending), ["2026-03-30 -8.00 EUR"]);
}

#[test]
fn the_banks_own_words_beside_the_money() {
    let converted = row("-2.50", "<ORIGCURRENCY><CURRATE>1.0817<CURSYM>EUR</ORIGCURRENCY>");
    let reading = read_text(&file(&converted.replace("OTHER", "POS")));
    let details = reading.statements[0].transactions[0].details.as_deref().unwrap();
    assert_eq!(details.original_currency.map(|c| c.code().to_owned()).as_deref(), Some("EUR"));
    assert_eq!((details.fx_rate.as_deref(), details.original_amount), (Some("1.0817"), None));
    assert_eq!(details.bank_code.as_ref().map(ToString::to_string).as_deref(), Some("ofx:POS"));
}

#[test]
fn days_outside_of_what_was_asked_are_told() {
    let reading = read_text(&file(&row("1.00", "").replace("20260302", "20260402")));
    assert_eq!(codes(&reading), ["date_outside_period"]);
    assert_eq!(reading.statements[0].period, Period::default());
    let late = read_text(&file(&row("1.00", "")).replace("<DTASOF>20260331", "<DTASOF>20260402"));
    assert_eq!(codes(&late), ["balance_after_period"]);
}

#[test]
fn charsets_declared_and_real() {
    let text = file(&row("1.00", "<NAME>Caf\u{e9}"));
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let xml = text.replace(
        HEAD,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><?OFX OFXHEADER=\"200\" VERSION=\"211\"?><OFX>",
    );
    for bytes in [text.as_bytes(), &latin, xml.as_bytes()] {
        let reading = read(bytes, &ParseOptions::default()).unwrap();
        assert_eq!(reading.statements[0].transactions[0].description, "Café");
    }
}

#[test]
fn what_is_cut_off_or_forbidden() {
    let whole = file(&row("1.00", ""));
    let cut = whole.find("<LEDGERBAL>").unwrap();
    assert!(read_text(&whole[..cut]).statements[0].unproved_because.contains(&"file_cut".to_owned()));
    let open = whole.replace("</OFX>", "<!-- <STMTTRN>");
    assert!(read_text(&open).statements[0].unproved_because.contains(&"file_cut".to_owned()));
    let of = |text: &str| read(text.as_bytes(), &ParseOptions::default()).map(|r| r.statements.len());
    assert_eq!(of("<!DOCTYPE OFX [<!ENTITY a 'b'>]><OFX></OFX>"), Err(ParseError::ForbiddenMarkup));
    assert_eq!(of("<OFX></OFX>"), Err(ParseError::NothingReadable));
    assert_eq!(of(""), Err(ParseError::Corrupt));
}

#[test]
fn limits_hold_to_the_last_one() {
    let text = file(&row("1.00", "").repeat(3));
    let rows = |rows_max| {
        read(text.as_bytes(), &ParseOptions { rows_max, ..ParseOptions::default() })
            .map(|r| r.statements.len())
    };
    assert_eq!((rows(3), rows(2)), (Ok(1), Err(ParseError::TooManyRows)));
    let tags = text.matches('<').count() - text.matches("</").count();
    let elements = |cells_max| {
        read(text.as_bytes(), &ParseOptions { cells_max, ..ParseOptions::default() })
            .map(|r| r.statements.len())
    };
    let tags = u32::try_from(tags).unwrap();
    assert_eq!((elements(tags), elements(tags - 1)), (Ok(1), Err(ParseError::TooManyRows)));
}

proptest::proptest! {
    /// Whatever the tags hold, there is an answer.
    #[test]
    fn odd_tags_are_answered(parts in proptest::collection::vec("(<OFX>|<STMTRS>|</STMTRS>|<STMTTRN>|</STMTTRN>|<TRNAMT>|<DTPOSTED>|<!--|<!\\[CDATA\\[|<\\?|[0-9.,<>/&a-z-]{1,6}|20260302)", 0..60)) {
        drop(read(parts.concat().as_bytes(), &ParseOptions::default()));
    }
}
