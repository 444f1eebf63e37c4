//! Files of banks (MT940, OFX, QIF, CAMT, BAI2) and of aggregators (JSON) whose fields are wrong, missing, endless or in a circle.

use super::shelf::Shelf;

const MT940: &str = ":20:START\n:25:10020030/1234567\n:28C:1/1\n:60F:C260301EUR100,00\n:61:2603020302D2,50NMSCNONREF\n:86:TEA\n:62F:C260302EUR97,50\n-\n";
const OFX: &str = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKTRANLIST><DTSTART>20260301<DTEND>20260331<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260302<TRNAMT>-2.50<FITID>1<NAME>TEA</STMTTRN></BANKTRANLIST><LEDGERBAL><BALAMT>97.50<DTASOF>20260331</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n";
const QIF: &str = "!Type:Bank\nD03/02/2026\nT-2.50\nPTEA\nLFood\n^\n";
const CAMT: &str = "<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>DE00</IBAN></Id></Acct><Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal><Ntry><Amt Ccy=\"EUR\">2.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2026-03-02</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>\n";
const BAI2: &str = "01,HARBOUR,CLIENT,260303,0600,1,80,,2/\n02,CLIENT,HARBOUR,1,260302,2400,USD,2/\n03,0001,USD,010,10000,,,015,9750,,/\n16,475,250,Z,B1,C1,TEA\n49,20000,3/\n98,20000,1,5/\n99,20000,1,7/\n";
const JSON: &str = "{\"transactions\": [{\"account_id\": \"a\", \"transaction_id\": \"1\", \"amount\": 2.50, \"iso_currency_code\": \"USD\", \"date\": \"2026-03-02\", \"name\": \"TEA\"}, {}]}\n";

/// In each format: what an amount, a date, a word and a whole entry look like.
struct Kind {
    name: &'static str,
    ending: &'static str,
    text: &'static str,
    amount: &'static str,
    date: &'static str,
    word: &'static str,
    entry: &'static str,
}

const KINDS: [Kind; 6] = [
    Kind {
        name: "mt940",
        ending: "sta",
        text: MT940,
        amount: "2,50",
        date: "260302",
        word: "TEA",
        entry: ":61:2603020302D2,50NMSCNONREF\n:86:TEA\n",
    },
    Kind {
        name: "ofx",
        ending: "ofx",
        text: OFX,
        amount: "-2.50",
        date: "20260302",
        word: "TEA",
        entry: "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260302<TRNAMT>-2.50<FITID>1<NAME>TEA</STMTTRN>",
    },
    Kind {
        name: "qif",
        ending: "qif",
        text: QIF,
        amount: "-2.50",
        date: "03/02/2026",
        word: "TEA",
        entry: "D03/02/2026\nT-2.50\nPTEA\nLFood\n^\n",
    },
    Kind {
        name: "camt",
        ending: "xml",
        text: CAMT,
        amount: "2.50",
        date: "2026-03-02",
        word: "MsgId>1",
        entry: "<Ntry><Amt Ccy=\"EUR\">2.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2026-03-02</Dt></BookgDt></Ntry>",
    },
    Kind {
        name: "bai2",
        ending: "bai",
        text: BAI2,
        amount: "475,250",
        date: "260302",
        word: "TEA",
        entry: "16,475,250,Z,B1,C1,TEA\n",
    },
    Kind {
        name: "json",
        ending: "json",
        text: JSON,
        amount: "2.50",
        date: "2026-03-02",
        word: "TEA",
        entry: "{\"account_id\": \"a\", \"transaction_id\": \"1\", \"amount\": 2.50, \"iso_currency_code\": \"USD\", \"date\": \"2026-03-02\", \"name\": \"TEA\"}, ",
    },
];

pub(super) fn make(shelf: &mut Shelf) {
    for kind in KINDS {
        for (name, text) in harmed(&kind) {
            shelf.put(kind.name, &format!("{name}.{}", kind.ending), text);
        }
    }
    for (name, text) in [
        ("tags-unknown", MT940.replace(":86:", ":99X:")),
        ("tags-without-end", MT940.replace(":86:", ":86")),
        ("blocks-nested", format!("{{1:{}{MT940}", "{2:".repeat(3_000))),
        ("currency-of-digits", MT940.replace("EUR", "123")),
        ("mark-of-debit-unknown", MT940.replace("D2,50", "Q2,50")),
        ("description-of-a-megabyte", MT940.replace("TEA", &"TEA\n".repeat(250_000))),
    ] {
        shelf.put("mt940", &format!("{name}.sta"), text);
    }
    for (name, text) in [
        ("availability-of-thousands", BAI2.replace(",Z,", ",D,255,")),
        (
            "continuations-fifty-thousand",
            BAI2.replace("TEA\n", &("TEA\n".to_owned() + &"88,TEA\n".repeat(50_000))),
        ),
        ("control-sums-none", BAI2.replace("20000", "")),
        ("codes-unknown", BAI2.replace("16,475", "16,999")),
    ] {
        shelf.put("bai2", &format!("{name}.bai"), text);
    }
    for (name, text) in [
        ("arrays-deep", "[".repeat(100_000)),
        ("objects-deep", "{\"transactions\":".repeat(2_000)),
        ("keys-twice", JSON.replace("\"name\"", "\"amount\"")),
        ("number-endless", JSON.replace("2.50", &"9".repeat(400))),
    ] {
        shelf.put("json", &format!("{name}.json"), text);
    }
    for (name, text) in [
        ("header-only", OFX[..70].to_owned()),
        ("header-unknown", OFX.replace("USASCII", "UTF-99")),
        ("tags-never-close", "<OFX>".to_owned() + &"<STMTTRN>".repeat(50_000)),
        ("tags-close-first", "<OFX>".to_owned() + &"</STMTTRN>".repeat(50_000)),
        ("tag-without-end", OFX.replace("<NAME>", "<NAME")),
        ("currency-rate-none", OFX.replace("<FITID>1", "<CURRENCY><CURRATE>0<CURSYM>XXX</CURRENCY><FITID>1")),
    ] {
        shelf.put("ofx", &format!("{name}.ofx"), text);
    }
    for (name, text) in [
        ("type-unknown", QIF.replace("Bank", "Nothing")),
        ("types-five-thousand", "!Type:Bank\n".repeat(5_000)),
        ("splits-ten-thousand", QIF.replace('^', &("SFood\n$-1.00\n".repeat(10_000) + "^"))),
        ("carets-only", "!Type:Bank\n".to_owned() + &"^\n".repeat(50_000)),
    ] {
        shelf.put("qif", &format!("{name}.qif"), text);
    }
}

/// What every format can suffer.
fn harmed(kind: &Kind) -> Vec<(String, Vec<u8>)> {
    let Kind { text, amount, date, word, entry, .. } = *kind;
    let mut cases: Vec<(String, Vec<u8>)> = Vec::new();
    for (name, other) in [
        ("amount-empty", String::new()),
        ("amount-of-words", "two".to_owned()),
        ("amount-long", "9".repeat(3_000)),
        ("amount-of-separators", ",.,.,".to_owned()),
        ("amount-endless", "1e999".to_owned()),
    ] {
        cases.push((name.to_owned(), text.replace(amount, &other).into_bytes()));
    }
    for (name, other) in [
        ("date-none", "000000"),
        ("date-february-30", "260230"),
        ("date-of-words", "someday"),
        ("date-long", "20260302999999999999"),
    ] {
        cases.push((name.to_owned(), text.replace(date, other).into_bytes()));
    }
    for (name, other) in [
        ("word-long", "A".repeat(100_000)),
        ("word-of-nul", "T\0A".to_owned()),
        ("word-of-markup", "<![CDATA[</a>]]>&lt;&x;".to_owned()),
        ("word-of-escapes", "\u{1B}[31m\u{202E}".to_owned()),
    ] {
        cases.push((name.to_owned(), text.replace(word, &other).into_bytes()));
    }
    cases.push(("entries-five-thousand".to_owned(), text.replace(entry, &entry.repeat(5_000)).into_bytes()));
    cases.push(("no-entry".to_owned(), text.replace(entry, "").into_bytes()));
    cases.push(("twice".to_owned(), text.repeat(2).into_bytes()));
    cases.push(("a-thousand-times".to_owned(), text.repeat(1_000).into_bytes()));
    cases.push(("cut".to_owned(), text.as_bytes()[..text.len() / 2].to_vec()));
    cases.push((
        "high-bits".to_owned(),
        text.bytes().enumerate().map(|(at, byte)| if at % 7 == 6 { byte | 0x80 } else { byte }).collect(),
    ));
    cases
}
