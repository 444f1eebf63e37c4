use super::*;
use smartexus_domain::{RowDetails, RowStatus, Statement, Verdict};

/// A statement around rows: everything in euros, opening at 100.00.
fn framed(element: &str, rows: &str, closing: &str) -> String {
    let balance = |code: &str, amount: &str| {
        format!(
            "<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-01</Dt></Dt></Bal>"
        )
    };
    let (outer, inner) = match element {
        "Rpt" => ("BkToCstmrAcctRpt", "Rpt"),
        "Ntfctn" => ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
        _ => ("BkToCstmrStmt", "Stmt"),
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Document><{outer}><GrpHdr><MsgId>1</MsgId></GrpHdr><{inner}><Id>1</Id><FrToDt><FrDtTm>2026-03-01T00:00:00</FrDtTm><ToDtTm>2026-03-31T23:59:59</ToDtTm></FrToDt><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>Kiesel Werk</Nm></Ownr><Svcr><FinInstnId><BICFI>BYLADEM1001</BICFI><Nm>Hausbank</Nm></FinInstnId></Svcr></Acct>{}{}{rows}</{inner}></{outer}></Document>",
        balance("OPBD", "100.00"),
        if closing.is_empty() {
            String::new()
        } else {
            balance(
                closing.split_once(' ').map_or("CLBD", |c| c.0),
                closing.rsplit(' ').next().unwrap_or_default(),
            )
        },
    )
}

fn row(amount: &str, direction: &str, rest: &str) -> String {
    format!(
        "<Ntry><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt>{rest}</Ntry>"
    )
}

fn read_text(text: &str) -> Reading {
    read(text.as_bytes(), &ParseOptions::default()).unwrap()
}

fn only(rows: &str, closing: &str) -> Statement {
    let mut reading = read_text(&framed("Stmt", rows, closing));
    assert_eq!(reading.statements.len(), 1);
    reading.statements.remove(0)
}

#[test]
fn account_period_and_ends() {
    let statement = only(&row("5.00", "CRDT", ""), "105.00");
    assert_eq!(statement.verdict, Verdict::Verified);
    let account = statement.account;
    assert_eq!(account.iban.as_deref(), Some("DE02120300000000202051"));
    assert_eq!(
        (account.bic.as_deref(), account.institution.as_deref()),
        (Some("BYLADEM1001"), Some("Hausbank"))
    );
    assert_eq!(account.holders, ["Kiesel Werk"]);
    let days = [statement.period.start, statement.period.end].map(|d| d.map(|d| d.to_string()));
    assert_eq!(days, [Some("2026-03-01".to_owned()), Some("2026-03-31".to_owned())]);
}

#[test]
fn a_reversal_is_not_turned_again() {
    for (direction, closing, amount) in [("DBIT", "95.00", "-5.00"), ("CRDT", "105.00", "5.00")] {
        let statement = only(&row("5.00", direction, "<RvslInd>true</RvslInd>"), closing);
        assert_eq!(
            (statement.transactions[0].amount.to_string().as_str(), statement.verdict),
            (amount, Verdict::Verified)
        );
    }
}

#[test]
fn an_entry_is_one_row_whatever_its_details_add_up_to() {
    let details = "<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch><TxDtls><Amt Ccy=\"EUR\">2.00</Amt></TxDtls><TxDtls><Amt Ccy=\"EUR\">2.50</Amt></TxDtls></NtryDtls><Chrgs><TtlChrgsAndTaxAmt Ccy=\"EUR\">0.50</TtlChrgsAndTaxAmt></Chrgs>";
    let statement = only(&row("5.00", "CRDT", details), "105.00");
    assert_eq!((statement.transactions.len(), statement.verdict), (1, Verdict::Verified));
}

#[test]
fn what_a_row_says_beyond_its_money() {
    let of = |rest: &str| {
        let statement = only(&row("4.50", "DBIT", rest), "95.50");
        statement.transactions[0].details.as_deref().cloned().unwrap_or_default()
    };
    let exchange = "<AmtDtls><InstdAmt><Amt Ccy=\"USD\">5.00</Amt></InstdAmt><TxAmt><Amt Ccy=\"EUR\">4.50</Amt><CcyXchg><SrcCcy>USD</SrcCcy><XchgRate>1.1111</XchgRate></CcyXchg></TxAmt></AmtDtls>";
    let details = of(exchange);
    assert_eq!(
        details.original_amount.map(|m| (m.to_string(), m.currency().code().to_owned())),
        Some(("-5.00".to_owned(), "USD".to_owned()))
    );
    assert_eq!(details.fx_rate.as_deref(), Some("1.1111"));
    assert_eq!(
        of("<AmtDtls><TxAmt><Amt Ccy=\"EUR\">4.50</Amt></TxAmt></AmtDtls>"),
        RowDetails::default(),
        "its own currency"
    );
    let records = "<Chrgs><Rcrd><Amt Ccy=\"EUR\">0.50</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd><Rcrd><Amt Ccy=\"EUR\">0.25</Amt></Rcrd></Chrgs>";
    assert_eq!(of(records).charges.map(|m| m.to_string()).as_deref(), Some("-0.75"));
    let old = "<Chrgs><Amt Ccy=\"EUR\">0.50</Amt></Chrgs>";
    assert_eq!(of(&old.repeat(2)).charges.map(|m| m.to_string()).as_deref(), Some("-1.00"));
    assert_eq!(of(old).charges.map(|m| m.to_string()).as_deref(), Some("-0.50"));
    assert_eq!(of("<Chrgs><Amt Ccy=\"USD\">0.50</Amt></Chrgs>").charges, None, "another currency");
    let code = |rest: &str| of(rest).bank_code.map(|code| code.to_string());
    let standard = "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn><Prtry><Cd>NTRF+166</Cd></Prtry></BkTxCd>";
    assert_eq!(code(standard).as_deref(), Some("iso20022:PMNT/RCDT/ESCT"));
    assert_eq!(code("<BkTxCd><Prtry><Cd>NTRF+166</Cd></Prtry></BkTxCd>").as_deref(), Some("issuer:NTRF+166"));
}

#[test]
fn pending_rows_stay_outside() {
    for status in
        ["<Sts>PDNG</Sts>", "<Sts>INFO</Sts>", "<Sts><Cd>PDNG</Cd></Sts>", "<Sts><Cd>FUTR</Cd></Sts>"]
    {
        let rows = row("5.00", "CRDT", "") + &row("9.00", "CRDT", "").replace("<Sts>BOOK</Sts>", status);
        let reading = read_text(&framed("Stmt", &rows, "105.00"));
        assert_eq!(
            (reading.statements[0].transactions.len(), reading.statements[0].verdict),
            (1, Verdict::Verified)
        );
        assert_eq!(reading.findings[0].code, "pending_rows");
        let [waiting] = reading.statements[0].pending.as_slice() else { panic!("one row waits") };
        assert_eq!(waiting.status, RowStatus::Pending);
    }
    let coded = row("5.00", "CRDT", "").replace("<Sts>BOOK</Sts>", "<Sts><Cd>BOOK</Cd></Sts>");
    assert_eq!(only(&coded, "105.00").verdict, Verdict::Verified);
}

#[test]
fn what_cannot_be_read_is_named() {
    for (rows, what) in [
        (row("five", "CRDT", ""), "its amount is no number"),
        (row("5.005", "CRDT", ""), "its amount is no number"),
        (row("-5.00", "CRDT", ""), "its amount is no number"),
        (row("1,234.00", "CRDT", ""), "its amount is no number"),
        (row("5.00", "", ""), "nothing says whether it is money in or out"),
        (row("5.00", "CRDT", "").replace("2026-03-02", "2026-02-30"), "its booking date is no day"),
        (row("5.00", "CRDT", "").replace("<BookgDt><Dt>2026-03-02</Dt></BookgDt>", ""), "it has no date"),
        (row("5.00", "CRDT", "").replace("BOOK", "ODD"), "its status is not one that is known"),
        ("<Ntry/>".to_owned(), "it has no amount"),
    ] {
        let reading = read_text(&framed("Stmt", &(row("1.00", "CRDT", "") + &rows), "101.00"));
        assert_eq!(reading.findings[0].message, format!("Entry 2: {what}; the row is left out."));
        assert_eq!(reading.statements[0].verdict, Verdict::Unverifiable, "{what}");
    }
}

#[test]
fn the_bank_s_own_count_finds_a_missing_row() {
    let summary = |all: u32, sum: &str| {
        let text = format!(
            "<TxsSummry><TtlNtries><NbOfNtries>{all}</NbOfNtries></TtlNtries><TtlCdtNtries><NbOfNtries>1</NbOfNtries><Sum>{sum}</Sum></TtlCdtNtries></TxsSummry>{}",
            row("5.00", "CRDT", "")
        );
        only(&text, "105.00")
    };
    assert_eq!(summary(1, "5.00").verdict, Verdict::Verified);
    assert_eq!(summary(2, "5.00").unproved_because, ["rows_missing"]);
    assert_eq!(summary(1, "6.00").verdict, Verdict::Discrepancy);
}

#[test]
fn ends_by_their_codes() {
    let rows = row("5.00", "CRDT", "");
    for (element, closing, verdict, reason) in [
        ("Stmt", "105.00", Verdict::Verified, ""),
        ("Stmt", "106.00", Verdict::Discrepancy, ""),
        ("Stmt", "ITBD 105.00", Verdict::Verified, ""),
        ("Stmt", "ITBD 106.00", Verdict::Discrepancy, ""),
        ("Rpt", "ITBD 105.00", Verdict::Verified, ""),
        ("Rpt", "ITBD 106.00", Verdict::Unverifiable, "interim_report"),
        ("Stmt", "CLAV 105.00", Verdict::Unverifiable, "end_not_printed"),
        ("Stmt", "", Verdict::Unverifiable, "end_not_printed"),
        ("Ntfctn", "105.00", Verdict::Unverifiable, "end_not_printed"),
    ] {
        let statement = read_text(&framed(element, &rows, closing)).statements.remove(0);
        assert_eq!(statement.verdict, verdict, "{element} {closing}");
        assert!(
            reason.is_empty() || statement.unproved_because.contains(&reason.to_owned()),
            "{element} {closing}"
        );
    }
    let previous = framed("Stmt", &rows, "105.00").replace("OPBD", "PRCD");
    assert_eq!(read_text(&previous).statements[0].verdict, Verdict::Verified);
    let overdrawn = framed("Stmt", &row("150.00", "DBIT", ""), "50.00")
        .replace("50.00</Amt><CdtDbtInd>CRDT", "50.00</Amt><CdtDbtInd>DBIT");
    assert_eq!(read_text(&overdrawn).statements[0].verdict, Verdict::Verified);
}

#[test]
fn the_other_side_wherever_it_stands_and_nowhere() {
    let details = |inner: &str| format!("<NtryDtls><TxDtls>{inner}</TxDtls></NtryDtls>");
    for (direction, rest, description, reference) in [
        (
            "CRDT",
            details(
                "<Refs><EndToEndId>E1</EndToEndId></Refs><RltdPties><Dbtr><Nm>A GmbH</Nm></Dbtr><Cdtr><Nm>Own</Nm></Cdtr></RltdPties><RmtInf><Ustrd>Rechnung</Ustrd><Ustrd>12</Ustrd></RmtInf>",
            ),
            "A GmbH Rechnung 12",
            "E1",
        ),
        (
            "DBIT",
            details("<RltdPties><Dbtr><Nm>Own</Nm></Dbtr><Cdtr><Pty><Nm>B AG</Nm></Pty></Cdtr></RltdPties>"),
            "B AG",
            "",
        ),
        (
            "DBIT",
            details(
                "<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RmtInf><Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf></Strd></RmtInf>",
            ) + "<AcctSvcrRef>S9</AcctSvcrRef>",
            "RF18",
            "S9",
        ),
        ("DBIT", "<AddtlNtryInf>Kontof\u{fc}hrung</AddtlNtryInf>".to_owned(), "Kontoführung", ""),
        (
            "DBIT",
            details("<RltdPties><Cdtr><Nm>Amt</Nm></Cdtr></RltdPties>")
                + "<AddtlNtryInf>Zahlung an Amt</AddtlNtryInf>",
            "Zahlung an Amt",
            "",
        ),
        ("CRDT", String::new(), "", ""),
    ] {
        let statement = only(&row("5.00", direction, &rest), "105.00");
        let row = &statement.transactions[0];
        assert_eq!(
            (row.description.as_str(), row.reference.as_deref().unwrap_or_default()),
            (description, reference)
        );
    }
}

#[test]
fn currencies_have_their_own_minor_units() {
    for (code, amount, expected) in [("JPY", "5", "5"), ("KWD", "5.125", "5.125"), ("EUR", "5", "5.00")] {
        let text = framed("Stmt", &row(amount, "CRDT", ""), "").replace("EUR", code).replace("100.00", "100");
        assert_eq!(read_text(&text).statements[0].transactions[0].amount.to_string(), expected);
    }
}

#[test]
fn several_accounts_in_one_message() {
    let one = framed("Stmt", &row("5.00", "CRDT", ""), "105.00");
    let (head, rest) = one.split_once("<Stmt>").unwrap();
    let (statement, tail) = rest.split_once("</Stmt>").unwrap();
    let text = format!(
        "{head}<Stmt>{statement}</Stmt><Stmt>{}</Stmt>{tail}",
        statement.replace("EUR", "USD").replace("DE02120300000000202051", "1")
    );
    let told: Vec<_> =
        read_text(&text).statements.iter().map(|s| (s.account.currency.to_string(), s.verdict)).collect();
    assert_eq!(told, [("EUR".to_owned(), Verdict::Verified), ("USD".to_owned(), Verdict::Verified)]);
}

#[test]
fn a_file_that_breaks_off_is_never_verified() {
    let whole = framed("Stmt", &row("5.00", "CRDT", "").repeat(2), "110.00");
    let second = whole.rfind("<Ntry>").unwrap();
    for cut in [second, second + 9, whole.len() - 30, whole.len() - 3] {
        let reading = read_text(&whole[..cut]);
        assert!(reading.statements[0].unproved_because.contains(&"file_cut".to_owned()), "{cut}");
        assert_ne!(reading.statements[0].verdict, Verdict::Verified, "{cut}");
    }
    assert_eq!(read(&whole.as_bytes()[..90], &ParseOptions::default()), Err(ParseError::Corrupt));
}

#[test]
fn encodings_declared_and_real() {
    let text = framed("Stmt", &row("5.00", "CRDT", "<AddtlNtryInf>Geb\u{fc}hr</AddtlNtryInf>"), "105.00");
    let latin = |text: &str| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<u8>>();
    let wide = |mark: &str, text: &str| -> Vec<u8> {
        format!("{mark}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect()
    };
    for bytes in [
        text.clone().into_bytes(),
        format!("\u{feff}{text}").into_bytes(),
        latin(&text.replace("UTF-8", "ISO-8859-1")),
        latin(&text),
        text.replace("UTF-8", "ISO-8859-1").into_bytes(),
        wide("\u{feff}", &text.replace("UTF-8", "UTF-16")),
        wide("", &text.replace("UTF-8", "UTF-16")),
    ] {
        let reading = read(&bytes, &ParseOptions::default()).unwrap();
        assert_eq!(reading.statements[0].transactions[0].description, "Gebühr");
    }
}

#[test]
fn nothing_and_rubbish() {
    let of = |text: &str| read(text.as_bytes(), &ParseOptions::default()).map(|r| r.statements.len());
    assert_eq!(of(""), Err(ParseError::Corrupt));
    assert_eq!(of("<a/>"), Err(ParseError::NothingReadable));
    assert_eq!(of("<Document><CstmrCdtTrfInitn/></Document>"), Err(ParseError::NothingReadable));
    assert_eq!(of("<!DOCTYPE a><Document/>"), Err(ParseError::ForbiddenMarkup));
}

#[test]
fn limits_hold_to_the_last_one() {
    let text = framed("Stmt", &row("5.00", "CRDT", "").repeat(3), "115.00");
    let with = |options: ParseOptions| read(text.as_bytes(), &options).map(|r| r.statements.len());
    let rows = |rows_max| with(ParseOptions { rows_max, ..ParseOptions::default() });
    assert_eq!((rows(3), rows(2)), (Ok(1), Err(ParseError::TooManyRows)));
    let depth = |depth_max| with(ParseOptions { depth_max, ..ParseOptions::default() });
    assert_eq!((depth(7), depth(6)), (Ok(1), Err(ParseError::TooDeep)));
}

proptest::proptest! {
    /// Whatever the elements hold, there is an answer.
    #[test]
    fn odd_elements_are_answered(parts in proptest::collection::vec("(<Stmt>|</Stmt>|<Ntry>|</Ntry>|<Bal>|</Bal>|<Amt Ccy=\"EUR\">|</Amt>|<Sts/>|<a b='c'/>|[0-9.&;<>a-z]{1,5})", 0..60)) {
        drop(read(parts.concat().as_bytes(), &ParseOptions::default()));
    }
}
