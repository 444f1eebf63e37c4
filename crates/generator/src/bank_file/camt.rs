//! CAMT: a statement of the newest shape with a batch, charges and reversals; two accounts of an older one in UTF-16; a report during
//! the day.

use super::{BankFile, ENDS, card, lines, magnitude, month};
use crate::book::{Book, Entry, Owner};
use crate::iban::iban;
use crate::truth::{Balances, Expect, Shows, StatementTruth};
use jiff::civil::date;
use smartexus_domain::Verdict;

pub(super) fn cases() -> Vec<BankFile> {
    vec![newest(), two_accounts(), during_the_day()]
}

const fn indicator(minor: i64) -> &'static str {
    if minor < 0 { "DBIT" } else { "CRDT" }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn amount(minor: i64, currency: &str) -> String {
    let (indicator, magnitude) = (indicator(minor), magnitude(minor, currency, '.'));
    format!("<Amt Ccy=\"{currency}\">{magnitude}</Amt><CdtDbtInd>{indicator}</CdtDbtInd>")
}

fn balance(code: &str, minor: i64, currency: &str, day: jiff::civil::Date) -> String {
    format!(
        "<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{}<Dt><Dt>{day}</Dt></Dt></Bal>\n",
        amount(minor, currency)
    )
}

fn frame(version: &str, message: &str, content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.{version}\"><{message}><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-04-01T06:00:00+02:00</CreDtTm></GrpHdr>\n{content}</{message}></Document>\n"
    )
}

fn account(book: &Book) -> String {
    let Owner { iban, currency, institution, .. } = &book.owner;
    format!(
        "<FrToDt><FrDtTm>{}T00:00:00</FrDtTm><ToDtTm>{}T23:59:59</ToDtTm></FrToDt><Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>{currency}</Ccy><Svcr><FinInstnId><Nm>{institution}</Nm></FinInstnId></Svcr></Acct>\n",
        book.start, book.end
    )
}

/// `status` and `party` wrap what moved between the versions.
fn entry(entry: &Entry, currency: &str, status: [&str; 2], party: [&str; 2], more: &str) -> String {
    let [kind, name, purpose] = lines(entry).map(escaped);
    let role = if entry.amount < 0 { "Cdtr" } else { "Dbtr" };
    let reference = entry.reference.as_deref().unwrap_or("NOTPROVIDED");
    format!(
        "<Ntry>{}{}BOOK{}<BookgDt><Dt>{}</Dt></BookgDt><ValDt><Dt>{}</Dt></ValDt>{more}<NtryDtls><TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs><RltdPties><{role}>{}<Nm>{name}</Nm>{}</{role}></RltdPties><RmtInf><Ustrd>{purpose}</Ustrd></RmtInf></TxDtls></NtryDtls><AddtlNtryInf>{kind}</AddtlNtryInf></Ntry>\n",
        amount(entry.amount, currency),
        status[0],
        status[1],
        entry.date,
        entry.value_date,
        party[0],
        party[1]
    )
}

/// Version 8 of 053: sums, reversals, charges, and a payment that is only announced.
fn newest() -> BankFile {
    let owner = Owner {
        iban: iban("DE", "999888770098765433"),
        currency: "EUR",
        institution: "Hausbank Aßlar",
        ..Owner::default()
    };
    let book = month(owner, date(2026, 3, 1), 88_402, 41);
    let mut content = String::from("<Stmt><Id>S1</Id><ElctrncSeqNb>3</ElctrncSeqNb>\n") + &account(&book);
    content += &balance("OPBD", book.opening, "EUR", book.start);
    content += &balance("CLBD", book.closing, "EUR", book.end);
    content += &balance("CLAV", book.closing + 50_000, "EUR", book.end);
    for (at, row) in book.entries.iter().enumerate() {
        let more = match at % 5 {
            0 => "<RvslInd>true</RvslInd>",
            1 => "<Chrgs><TtlChrgsAndTaxAmt Ccy=\"EUR\">0.35</TtlChrgsAndTaxAmt></Chrgs>",
            _ => "",
        };
        content += &entry(row, "EUR", ["<Sts><Cd>", "</Cd></Sts>"], ["<Pty>", "</Pty>"], more);
    }
    if let Some(row) = book.entries.first() {
        let announced = entry(row, "EUR", ["<Sts><Cd>", "</Cd></Sts>"], ["<Pty>", "</Pty>"], "");
        content += &announced.replace("BOOK", "PDNG");
    }
    content += "</Stmt>";
    BankFile {
        card: card(
            "camt053-newest",
            "camt.053",
            "DE",
            "de",
            &["reversals", "charges", "a pending entry", "parties one level deeper", "an available balance"],
        ),
        ending: "xml",
        bytes: frame("053.001.08", "BkToCstmrStmt", &content).into_bytes(),
        truths: vec![StatementTruth::new(&book, ENDS, "structured")],
    }
}

/// Version 2 of 053 in UTF-16: two currencies, newest first, with the bank's own sums.
fn two_accounts() -> BankFile {
    let owner = |number: &str, currency| Owner { iban: iban("CH", number), currency, ..Owner::default() };
    let books = [
        month(owner("00999000012345678", "CHF"), date(2026, 2, 1), 412_050, 42),
        month(owner("00999000012345679", "JPY"), date(2026, 2, 1), 9_730_000, 43),
    ];
    let mut content = String::new();
    for (number, book) in books.iter().enumerate() {
        let currency = book.owner.currency;
        content += &format!("<Stmt><Id>S{number}</Id>\n{}", account(book));
        content += &balance("PRCD", book.opening, currency, book.start);
        content += &balance("CLBD", book.closing, currency, book.end);
        let (rows_in, rows_out) = book.counts;
        content += &format!(
            "<TxsSummry><TtlNtries><NbOfNtries>{}</NbOfNtries></TtlNtries><TtlCdtNtries><NbOfNtries>{rows_in}</NbOfNtries><Sum>{}</Sum></TtlCdtNtries><TtlDbtNtries><NbOfNtries>{rows_out}</NbOfNtries><Sum>{}</Sum></TtlDbtNtries></TxsSummry>\n",
            book.entries.len(),
            magnitude(book.credits, currency, '.'),
            magnitude(book.debits, currency, '.')
        );
        for row in book.entries.iter().rev() {
            content += &entry(row, currency, ["<Sts>", "</Sts>"], ["", ""], "");
        }
        content += "</Stmt>";
    }
    let text = frame("053.001.02", "BkToCstmrStmt", &content).replace("UTF-8", "UTF-16");
    let shows = Shows { totals: true, ..ENDS };
    BankFile {
        card: card(
            "camt053-two-accounts",
            "camt.053",
            "CH",
            "de",
            &["UTF-16", "two currencies", "newest first", "sums"],
        ),
        ending: "xml",
        bytes: format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
        truths: books.iter().map(|book| StatementTruth::new(book, shows, "structured")).collect(),
    }
}

/// 052: an opening, and an interim balance that the rows do not lead to.
fn during_the_day() -> BankFile {
    let owner = Owner { iban: iban("DE", "999888770098765434"), currency: "EUR", ..Owner::default() };
    let book = month(owner, date(2026, 3, 1), 88_402, 44);
    let mut content = String::from("<Rpt><Id>R1</Id>\n") + &account(&book);
    content += &balance("OPBD", book.opening, "EUR", book.start);
    content += &balance("ITBD", book.closing + 100, "EUR", book.end);
    for row in &book.entries {
        content += &entry(row, "EUR", ["<Sts>", "</Sts>"], ["", ""], "");
    }
    content += "</Rpt>";
    let shows =
        Shows { opening: true, closing: false, totals: false, value_dates: true, balances: Balances::None };
    let expect = Expect { verdict: Verdict::Unverifiable, proof: None, first_broken_row: None };
    BankFile {
        card: card("camt052-interim", "camt.052", "DE", "de", &["an interim balance that proves nothing"]),
        ending: "xml",
        bytes: frame("052.001.02", "BkToCstmrAcctRpt", &content).into_bytes(),
        truths: vec![StatementTruth::new(&book, shows, "structured").expecting(expect)],
    }
}
