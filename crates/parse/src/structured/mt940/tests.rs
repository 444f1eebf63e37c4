use super::*;
use smartexus_domain::{Statement, Verdict};

fn read_text(text: &str) -> Reading {
    read(text.as_bytes(), &ParseOptions::default()).unwrap()
}

fn framed(rows: &str, closing: &str) -> Statement {
    let text = format!(
        ":20:START\n:25:10020030/1234567\n:28C:1/1\n:60F:C260301EUR100,00\n{rows}:62F:{closing}\n-\n"
    );
    read_text(&text).statements.remove(0)
}

#[track_caller]
fn check_line(line: &str, expected: &str) {
    let statement = framed(&format!(":61:{line}\n"), "C260331EUR100,00");
    let shown: Vec<String> = statement
        .transactions
        .iter()
        .map(|t| {
            let value = t.value_date.map(|d| d.to_string()).unwrap_or_default();
            let reference = t.reference.as_deref().unwrap_or_default();
            format!("{} {value} {} {reference}", t.date, t.amount)
        })
        .collect();
    assert_eq!(shown.first().map_or("", String::as_str), expected, "{line}");
}

#[test]
fn the_row_in_every_shape() {
    check_line("2603020303D2,50NMSCNONREF", "2026-03-03 2026-03-02 -2.50 ");
    check_line("260302C2,50NMSCR1//B1", "2026-03-02 2026-03-02 2.50 R1");
    check_line("260302CR2,50NMSCNONREF//B1", "2026-03-02 2026-03-02 2.50 B1");
    check_line("260302DR14790,00N031", "2026-03-02 2026-03-02 -14790.00 ");
    check_line("260302CM5000,00S05168790452", "2026-03-02 2026-03-02 5000.00 68790452");
    check_line("260302RC2,50NMSCNONREF", "2026-03-02 2026-03-02 -2.50 ");
    check_line("260302RD2,50NMSCNONREF", "2026-03-02 2026-03-02 2.50 ");
    check_line("260302RDR2,50NMSCNONREF", "2026-03-02 2026-03-02 2.50 ");
    check_line("260302C500,NTRFNONREF", "2026-03-02 2026-03-02 500.00 ");
    check_line("260302C500NTRF29-07-2014 10:05//B4", "2026-03-02 2026-03-02 500.00 29-07-2014 10:05");
    check_line("2603020302CR\n30,00N062NONREF", "2026-03-02 2026-03-02 30.00 ");
    check_line("2512310102D1,00NMSCNONREF", "2026-01-02 2025-12-31 -1.00 ");
    check_line("2601021231D1,00NMSCNONREF", "2025-12-31 2026-01-02 -1.00 ");
    check_line("2402290301D1,00NMSCNONREF", "2024-03-01 2024-02-29 -1.00 ");
    check_line("2502300301D1,00NMSCNONREF", "2025-03-01  -1.00 ");
    check_line("2503010230D1,00NMSCNONREF", "2025-03-01 2025-03-01 -1.00 ");
    check_line("991231C1,00NMSCNONREF", "1999-12-31 1999-12-31 1.00 ");
}

#[test]
fn a_row_that_cannot_be_read_is_named_with_its_line() {
    for (line, what) in [
        ("250230D1,00NMSCNONREF", "the row's date is no day"),
        ("someday", "the row's date is no day"),
        ("260302Q1,00NMSCNONREF", "nothing says whether the row is money in or out"),
        ("260302DtwoNMSCNONREF", "the row's amount is no number"),
        ("260302D1,005NMSCNONREF", "the row's amount is no number"),
        ("260302D1.234,00NMSCNONREF", "the row's amount is no number"),
        ("260302D99999999999999999999,00NMSC", "the row's amount is no number"),
    ] {
        let text = format!(
            ":20:A\n:25:1\n:60F:C260301EUR1,00\n:61:{line}\n:61:260302C1,00NMSC\n:62F:C260302EUR2,00\n"
        );
        let reading = read_text(&text);
        assert_eq!(reading.findings[0].message, format!("Line 4: {what}; the row is left out."), "{line}");
        assert_eq!(reading.statements[0].verdict, Verdict::Unverifiable, "{line}");
        assert_eq!(reading.statements[0].transactions.len(), 1, "{line}");
    }
}

#[track_caller]
fn check_details(details: &str, description: &str, reference: &str) {
    let statement = framed(&format!(":61:260302C1,00NMSCNONREF\n:86:{details}\n"), "C260331EUR101,00");
    assert_eq!(statement.verdict, Verdict::Verified, "{details}");
    let row = &statement.transactions[0];
    assert_eq!(row.description, description, "{details}");
    assert_eq!(row.reference.as_deref().unwrap_or_default(), reference, "{details}");
}

#[test]
fn what_a_row_is_for_in_its_national_shapes() {
    check_details("TEA", "TEA", "");
    check_details("TEA\nAND CAKE", "TEA AND CAKE", "");
    check_details(
        "166?00GUTSCHRIFT?109310?20EREF+E-77?21SVWZ+Rechnung 12 vom Mai?22 und Juni?30BYLADEMM?31DE02?32Kiesel Werk?33 GmbH",
        "GUTSCHRIFT Kiesel Werk GmbH Rechnung 12 vom Mai und Juni",
        "E-77",
    );
    // A full subfield was cut inside a word.
    check_details(
        "105?00LASTSCHRIFT?20SVWZ+abcdefghijklmnopqrstuv?21wxyz?60more",
        "LASTSCHRIFT abcdefghijklmnopqrstuvwxyz more",
        "",
    );
    // Lines end anywhere, also inside a subfield.
    check_details("805?00ENTGELT\nABSCHLUSS?20Pau\nschale", "ENTGELTABSCHLUSS Pauschale", "");
    // A line that begins with a time is no field.
    check_details(
        "106?00KARTE?20PL 12-09-2014T16\n:26:37 Folgenr. 007",
        "KARTE PL 12-09-2014T16:26:37 Folgenr. 007",
        "",
    );
    check_details("ATM AT\n:20:15 O'CLOCK", "ATM AT :20:15 O'CLOCK", "");
    check_details(
        "/TRTP/SEPA OVERBOEKING/IBAN/NL00BANK/BIC/BANKNL2A/NAME/J KEI/REMI/RENT 12/2026/EREF/R-9",
        "SEPA OVERBOEKING J KEI RENT 12/2026",
        "R-9",
    );
    check_details(
        "/EREF/X1//CNTP/NL00/BANKNL2A/Kei BV/Breda//REMI/USTD//Factuur 7/",
        "Kei BV Factuur 7",
        "X1",
    );
    check_details("EREF+Q1 SVWZ+Miete EREF", "Miete EREF", "Q1");
    check_details("EREF+NOTPROVIDED SVWZ+Miete", "Miete", "");
    // An unknown question mark is a question mark.
    check_details("166?00WIE?20Warum? Darum", "WIE Warum? Darum", "");
}

#[test]
fn a_long_line_breaks_words_and_a_short_one_does_not() {
    let long = "A".repeat(65);
    check_details(&format!("{long}\nB\nC"), &format!("{long}B C"), "");
}

#[test]
fn text_below_the_row_is_its_description_too() {
    let statement = framed(":61:260302C1,00NMSCNONREF\nPosted text\n:86:Purpose\n", "C260331EUR101,00");
    assert_eq!(statement.transactions[0].description, "Posted text Purpose");
    let statement = framed(":61:260302C1,00NMSCNONREF\n/OCMT/USD2,/\n:86:Purpose\n", "C260331EUR101,00");
    assert_eq!(statement.transactions[0].description, "Purpose");
}

#[test]
fn the_bank_s_word_behind_a_balance_belongs_to_no_row() {
    let text = ":20:A\n:25:1\n:60F:C260301EUR1,00\n:61:260302C1,00NMSC\n:86:TEA\n:62F:C260302EUR2,00\n:64:C260302EUR2,00\n:86:NOTE\n";
    assert_eq!(read_text(text).statements[0].transactions[0].description, "TEA");
}

#[test]
fn a_statement_in_two_messages_is_one() {
    let text = "{1:F01AAAA}{2:I940}{4:\n:20:A\n:25:1\n:28C:7/1\n:60F:C260301EUR100,00\n:61:260302D30,00NMSC\n:62M:C260302EUR70,00\n-}{5:}\n{1:F01AAAA}{4:\n:20:A\n:25:1\n:28C:7/2\n:60M:C260302EUR70,00\n:61:260303C5,00NMSC\n:62F:C260303EUR75,00\n-}";
    let reading = read_text(text);
    assert_eq!(reading.statements.len(), 1);
    let statement = &reading.statements[0];
    assert_eq!((statement.verdict, statement.transactions.len()), (Verdict::Verified, 2));
    let broken = read_text(&text.replace(":60M:C260302EUR70", ":60M:C260302EUR71"));
    assert_eq!(broken.statements[0].verdict, Verdict::Discrepancy);
    let other = read_text(&text.replacen(":25:1", ":25:2", 1));
    assert_eq!(other.statements.len(), 2);
    // Each message alone is a part, and not the statement.
    let (first, second) = text.split_once("{5:}").unwrap();
    for part in [first, second] {
        let statement = read_text(part).statements.remove(0);
        assert_eq!(
            (statement.verdict, statement.unproved_because.as_slice()),
            (Verdict::Unverifiable, ["statement_part".to_owned()].as_slice())
        );
    }
}

#[test]
fn the_account_in_its_shapes() {
    for (field, iban, number) in [
        ("10020030/1234567", None, Some("10020030/1234567")),
        ("DE02120300000000202051", Some("DE02120300000000202051"), None),
        ("DE02 1203 0000 0000 2020 51", Some("DE02120300000000202051"), None),
        ("DE02120300000000202051EUR", Some("DE02120300000000202051"), None),
        ("BYLADEM1001/DE02120300000000202051", Some("DE02120300000000202051"), None),
        ("DE02120300000000202052", None, Some("DE02120300000000202052")),
        ("000123", None, Some("000123")),
    ] {
        let text =
            format!(":20:A\n:25:{field}\n:60F:C260301EUR1,00\n:61:260302C1,00NMSC\n:62F:C260302EUR2,00\n");
        let account = read_text(&text).statements[0].account.clone();
        assert_eq!((account.iban.as_deref(), account.number.as_deref()), (iban, number), "{field}");
    }
}

#[test]
fn minor_units_are_the_currency_s() {
    for (code, amount, expected) in
        [("JPY", "1200,", "1200"), ("JPY", "1200", "1200"), ("KWD", "1,234", "1.234"), ("EUR", "1,2", "1.20")]
    {
        let text = format!(
            ":20:A\n:25:1\n:60F:C260301{code}0,\n:61:260302C{amount}NMSC\n:62F:C260302{code}{amount}\n"
        );
        let statement = read_text(&text).statements.remove(0);
        assert_eq!(
            (statement.transactions[0].amount.to_string().as_str(), statement.verdict),
            (expected, Verdict::Verified)
        );
    }
}

#[test]
fn a_message_without_an_end_is_followed_by_another() {
    let text = ":20:A\n:25:1\n:60F:C260301EUR1,00\n:61:260302C1,00NMSC\n:86:TEA\n:20:2026\n:25:2\n:60F:C260301EUR5,00\n:61:260302C1,00NMSC\n:62F:C260302EUR6,00\n";
    let told: Vec<_> =
        read_text(text).statements.iter().map(|s| (s.account.number.clone().unwrap(), s.verdict)).collect();
    assert_eq!(told, [("1".to_owned(), Verdict::Unverifiable), ("2".to_owned(), Verdict::Verified)]);
}

#[test]
fn codes_other_currencies_and_charges() {
    let of = |row: &str| {
        let statement = framed(&format!(":61:260302D92,40{row}\n"), "C260331EUR7,60");
        statement.transactions[0].details.as_deref().cloned().unwrap_or_default()
    };
    let code = |row: &str| of(row).bank_code.map(|code| code.to_string());
    assert_eq!(code("NMSCNONREF").as_deref(), Some("swift:NMSC"));
    assert_eq!(code("NMSCNONREF\n:86:166?00GUTSCHRIFT?20SVWZ+A").as_deref(), Some("gvc:166"));
    for row in [
        "NTRFNONREF//B1\n/OCMT/USD100,00/EXCH/1,0823/CHGS/EUR0,50/",
        "NTRFNONREF\n:86:/TRTP/CARD/OCMT/USD100,00/EXCH/1,0823/CHGS/EUR0,50/REMI/HOTEL",
    ] {
        let details = of(row);
        assert_eq!(details.original_amount.map(|m| m.to_string()).as_deref(), Some("-100.00"), "{row}");
        assert_eq!(details.original_currency.map(|c| c.code().to_owned()).as_deref(), Some("USD"), "{row}");
        assert_eq!(details.fx_rate.as_deref(), Some("1,0823"), "{row}");
        assert_eq!(details.charges.map(|m| m.to_string()).as_deref(), Some("-0.50"), "{row}");
    }
}

#[test]
fn an_interim_report_has_sums_and_no_ends() {
    let text = |sum: &str| {
        format!(
            ":20:A\n:25:1\n:28C:1/1\n:34F:EURD0,00\n:34F:EURC0,00\n:13D:2603021730+0000\n:61:260302D0,42NMSC\n:61:260302C1,00NMSC\n:61:260302ED9,00NMSC\n:90D:1EUR{sum}\n:90C:1EUR1,00\n-\n"
        )
    };
    let reading = read_text(&text("0,42"));
    let statement = &reading.statements[0];
    assert_eq!(statement.verdict, Verdict::Unverifiable);
    assert_eq!(statement.unproved_because, ["interim_report", "end_not_printed"]);
    assert_eq!(statement.transactions.len(), 2);
    assert_eq!(reading.findings[0].code, "pending_rows");
    assert_eq!(statement.pending.iter().map(|t| t.amount.to_string()).collect::<Vec<_>>(), ["-9.00"]);
    assert_eq!(read_text(&text("0,43")).statements[0].verdict, Verdict::Discrepancy);
}

#[test]
fn encodings_of_old_and_new_banks() {
    let text =
        ":20:A\n:25:1\n:60F:C260301EUR1,00\n:61:260302C1,00NMSC\n:86:Jürgen Groß\n:62F:C260302EUR2,00\n";
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let wide: Vec<u8> = "\u{feff}"
        .chars()
        .chain(text.chars())
        .collect::<String>()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let marked = format!("\u{feff}{text}");
    for bytes in [text.as_bytes(), &latin, &wide, marked.as_bytes()] {
        let reading = read(bytes, &ParseOptions::default()).unwrap();
        assert_eq!(reading.statements[0].transactions[0].description, "Jürgen Groß");
    }
}

#[test]
fn ends_that_cannot_be_read_prove_nothing() {
    for closing in ["C260331EURtwo", "X260331EUR1,00", "", "C"] {
        let statement = framed(":61:260302C1,00NMSC\n", closing);
        assert_eq!(statement.verdict, Verdict::Unverifiable, "{closing}");
        assert!(statement.unproved_because.contains(&"balance_unread".to_owned()), "{closing}");
    }
    // Debit balances are below zero, and a bank may leave out the currency of the second end.
    assert_eq!(framed(":61:260302D150,00NMSC\n", "D26033150,00").verdict, Verdict::Verified);
}

#[test]
fn rows_behind_the_end_are_a_statement_of_their_own() {
    let text = ":20:A\n:25:1\n:60F:C260301EUR1,00\n:61:260302C1,00NMSC\n:62F:C260302EUR2,00\n-\n:61:260303C1,00NMSC\nLate\n";
    let reading = read_text(text);
    let verdicts: Vec<_> = reading.statements.iter().map(|s| (s.verdict, s.transactions.len())).collect();
    assert_eq!(verdicts, [(Verdict::Verified, 1), (Verdict::Unverifiable, 1)]);
}

#[test]
fn nothing_and_rubbish() {
    let of = |bytes: &[u8]| read(bytes, &ParseOptions::default()).map(|r| r.statements.len());
    assert_eq!(of(b""), Err(ParseError::Corrupt));
    assert_eq!(of(b"a\0b"), Err(ParseError::Corrupt));
    assert_eq!(of(b"\n\nhello\n"), Err(ParseError::NothingReadable));
    let told = read_text(":20:A\n:61:\n");
    assert_eq!(told.findings[0].code, "row_unread");
}

#[test]
fn the_limit_on_rows_holds_to_the_row() {
    let text = format!(":20:A\n:25:1\n{}", ":61:260302C1,00NMSC\n".repeat(3));
    let with = |rows_max| {
        read(text.as_bytes(), &ParseOptions { rows_max, ..ParseOptions::default() })
            .map(|r| r.statements.len())
    };
    assert_eq!((with(3), with(2)), (Ok(1), Err(ParseError::TooManyRows)));
}

proptest::proptest! {
    /// Whatever stands in the fields, there is an answer.
    #[test]
    fn odd_fields_are_answered(
        parts in proptest::collection::vec("(:20:|:25:|:60F:|:60M:|:61:|:86:|:62F:|:62M:|:34F:|:90D:|:NS:|-|\n|[CDR0-9,EU?/+é{}:]{1,8}|260302)", 0..80)
    ) {
        drop(read(parts.concat().as_bytes(), &ParseOptions::default()));
        drop(read(parts.join("\n").as_bytes(), &ParseOptions::default()));
    }
}
