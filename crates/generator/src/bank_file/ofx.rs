//! OFX of both ages, QIF and the JSON of an aggregator: what people download for their bookkeeping. None of them has an opening balance.

use super::{BankFile, card, grown, lines, magnitude, western};
use crate::book::{Book, Entry, Fixed, Habit, Owner, Section};
use crate::truth::{Balances, Shows, StatementTruth};
use jiff::civil::{Date, date};

/// Name and memo.
const HABITS: &[Habit] = &[
    Habit { text: "OTTER CREEK MARKET & CAFÉ|CARD ####", low: -12_400, high: -700, section: Section::Card },
    Habit {
        text: "HEDGEROW ENERGY|DIRECT DEBIT REF ######",
        low: -14_000,
        high: -4_800,
        section: Section::Electronic,
    },
    Habit { text: "R ASHDOWN|HOLIDAY MONEY", low: 2_000, high: 31_000, section: Section::Deposit },
];
const FIXED: &[Fixed] = &[
    Fixed { day: 14, text: "WEXCOMBE LABS|PAYROLL", amount: 241_730, section: Section::Deposit },
    Fixed { day: 1, text: "DOVECOTE LETS|RENT", amount: -98_000, section: Section::Electronic },
];

pub(super) fn cases() -> Vec<BankFile> {
    vec![old(), new_card(), qif(), aggregator()]
}

fn book(owner: Owner, start: Date, opening: i64, seed: u64) -> Book {
    grown(owner, start, opening, seed, (HABITS, FIXED))
}

const CLOSING: Shows =
    Shows { opening: false, closing: true, totals: false, value_dates: false, balances: Balances::None };
const BARE: Shows = Shows { closing: false, ..CLOSING };

fn long(day: Date) -> String {
    day.to_string().replace('-', "")
}

fn signed(minor: i64, mark: char) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}", magnitude(minor, "USD", mark))
}

/// Version 1.02: values that are not closed, windows-1252, a decimal comma, identifiers that repeat.
fn old() -> BankFile {
    let owner = Owner {
        institution: "Harbour Bank",
        number: "000123456".to_owned(),
        routing_number: "021000021",
        kind: "checking",
        currency: "USD",
        ..Owner::default()
    };
    let book = book(owner, date(2026, 3, 1), 150_233, 51);
    let mut text = String::from(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260401060000[-5:EST]<LANGUAGE>ENG<FI><ORG>Harbour Bank<FID>1</FI></SONRS></SIGNONMSGSRSV1>\n<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>021000021<ACCTID>000123456<ACCTTYPE>CHECKING</BANKACCTFROM>\n",
    );
    text += &format!("<BANKTRANLIST><DTSTART>{}<DTEND>{}\n", long(book.start), long(book.end));
    for (at, entry) in book.entries.iter().enumerate() {
        let [name, memo, _] = lines(entry);
        text += &format!(
            "<STMTTRN><TRNTYPE>{}<DTPOSTED>{}233000[-5:EST]<TRNAMT>{}<FITID>{}<NAME>{}<MEMO>{memo}</STMTTRN>\n",
            if entry.amount < 0 { "DEBIT" } else { "CREDIT" },
            long(entry.date),
            signed(entry.amount, ','),
            at / 2,
            name.replace('&', "&amp;")
        );
    }
    text += &format!(
        "</BANKTRANLIST><LEDGERBAL><BALAMT>{}<DTASOF>{}</LEDGERBAL><AVAILBAL><BALAMT>0,00<DTASOF>{}</AVAILBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n",
        signed(book.closing, ','),
        long(book.end),
        long(book.end)
    );
    BankFile {
        card: card(
            "ofx-sgml",
            "ofx",
            "US",
            "en",
            &[
                "values that are not closed",
                "a decimal comma",
                "identifiers that repeat",
                "windows-1252",
                "offsets",
            ],
        ),
        ending: "ofx",
        bytes: western(&text),
        truths: vec![StatementTruth::new(&book, CLOSING, "structured")],
    }
}

/// Version 2.1.1: XML, a card, newest first.
fn new_card() -> BankFile {
    let owner = Owner {
        number: "4000111122223333".to_owned(),
        kind: "credit_card",
        currency: "USD",
        ..Owner::default()
    };
    let book = book(owner, date(2026, 4, 1), -50_233, 52);
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<?OFX OFXHEADER=\"200\" VERSION=\"211\" SECURITY=\"NONE\" OLDFILEUID=\"NONE\" NEWFILEUID=\"NONE\"?>\n<OFX>\n<CREDITCARDMSGSRSV1><CCSTMTTRNRS><TRNUID>0</TRNUID><CCSTMTRS><CURDEF>USD</CURDEF><CCACCTFROM><ACCTID>4000111122223333</ACCTID></CCACCTFROM>\n",
    );
    text +=
        &format!("<BANKTRANLIST><DTSTART>{}</DTSTART><DTEND>{}</DTEND>\n", long(book.start), long(book.end));
    for entry in book.entries.iter().rev() {
        let [name, memo, _] = lines(entry).map(|line| line.replace('&', "&amp;"));
        text += &format!(
            "<STMTTRN><TRNTYPE>OTHER</TRNTYPE><DTPOSTED>{}</DTPOSTED><TRNAMT>{}</TRNAMT><FITID>{}</FITID><NAME>{name}</NAME><MEMO>{memo}</MEMO></STMTTRN>\n",
            long(entry.date),
            signed(entry.amount, '.'),
            entry.reference.as_deref().unwrap_or_default()
        );
    }
    text += &format!(
        "</BANKTRANLIST><LEDGERBAL><BALAMT>{}</BALAMT><DTASOF>{}</DTASOF></LEDGERBAL></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1>\n</OFX>\n",
        signed(book.closing, '.'),
        long(book.end)
    );
    BankFile {
        card: card("ofx-card", "ofx", "US", "en", &["XML", "a card", "newest first"]),
        ending: "qfx",
        bytes: text.into_bytes(),
        truths: vec![StatementTruth::new(&book, CLOSING, "structured")],
    }
}

/// Month first, years behind an apostrophe, a row of parts, two lists that are no rows.
fn qif() -> BankFile {
    let book = book(Owner::default(), date(2026, 3, 1), 0, 53);
    let mut text = String::from("!Type:Cat\r\nNFood\r\nE\r\n^\r\n!Type:Bank\r\n");
    for (at, entry) in book.entries.iter().enumerate() {
        let [name, memo, _] = lines(entry);
        let amount = signed(entry.amount, '.');
        let day = format!("{:>2}/{:>2}'{}", entry.date.month(), entry.date.day(), entry.date.year() % 100);
        text += &format!("D{day}\r\nU{amount}\r\nT{amount}\r\nP{name}\r\nM{memo}\r\nLFood\r\n");
        if at == 3 {
            text += &format!(
                "SFood\r\nEpart\r\n${}\r\nSHome\r\n${}\r\n",
                signed(entry.amount - 100, '.'),
                signed(100, '.')
            );
        }
        text += "^\r\n";
    }
    BankFile {
        card: card(
            "qif-splits",
            "qif",
            "US",
            "en",
            &["years behind an apostrophe", "parts of a row", "no currency"],
        ),
        ending: "qif",
        bytes: text.into_bytes(),
        truths: vec![StatementTruth::new(&book, BARE, "structured").without_period()],
    }
}

/// Positive amounts go out; a row that is pending is in the list again when it is booked.
fn aggregator() -> BankFile {
    let owner = Owner { number: "4471".to_owned(), kind: "checking", currency: "USD", ..Owner::default() };
    let book = book(owner, date(2026, 3, 1), 0, 54);
    let row = |entry: &Entry, id: &str, is_pending: bool| {
        let text = entry.lines.join(" ");
        format!(
            "    {{\"account_id\": \"acc1\", \"transaction_id\": \"{id}\", \"amount\": {}, \"iso_currency_code\": \"USD\", \"date\": \"{}\", \"name\": \"{text}\", \"pending\": {is_pending}}}",
            signed(-entry.amount, '.'),
            entry.date
        )
    };
    let mut rows: Vec<String> = book
        .entries
        .iter()
        .rev()
        .map(|entry| row(entry, entry.reference.as_deref().unwrap_or_default(), false))
        .collect();
    rows.extend(book.entries.last().map(|entry| row(entry, "pending-1", true)));
    let text = format!(
        "{{\n  \"accounts\": [{{\"account_id\": \"acc1\", \"mask\": \"4471\", \"subtype\": \"checking\", \"balances\": {{\"current\": 12.5, \"iso_currency_code\": \"USD\"}}}}],\n  \"total_transactions\": {},\n  \"transactions\": [\n{}\n  ]\n}}\n",
        rows.len(),
        rows.join(",\n")
    );
    BankFile {
        card: card(
            "json-positive-out",
            "json",
            "US",
            "en",
            &["positive amounts go out", "a pending twin", "newest first"],
        ),
        ending: "dat",
        bytes: text.into_bytes(),
        truths: vec![StatementTruth::new(&book, BARE, "structured").without_period()],
    }
}
