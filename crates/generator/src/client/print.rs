//! Real files of the documents of a client.

use super::{Document, FileKind};
use crate::book::{Book, Entry, Owner, Section};
use crate::container;
use crate::layout::us_checking_running::LAYOUT;
use crate::notation::{Days, Digits};
use crate::pdf::{self, Container, Frame, Maker};
use jiff::civil::Date;
use smartexus_domain::{Money, Statement, Transaction};
use std::fmt::Write;

const MAKER: Maker =
    Maker { producer: "Foliant Composer 4.2", creator: "Core Statement Run", created: "D:20260401060000Z" };

pub(super) fn bytes(document: &Document) -> Vec<u8> {
    match document.kind {
        FileKind::Pdf => paper(&document.statement),
        FileKind::Csv => export(&document.statement, document.newest_first).into_bytes(),
        FileKind::Ofx => download(&document.statement).into_bytes(),
    }
}

fn minor(money: Option<Money>) -> i64 {
    money.map_or(0, Money::minor)
}

fn number(statement: &Statement) -> String {
    statement.account.number.clone().unwrap_or_default()
}

/// A statement of two pages or so.
fn paper(statement: &Statement) -> Vec<u8> {
    let book = book(statement);
    let canvas = LAYOUT.print(&[book]).canvas;
    let (width, height, turned, family) = (canvas.width, canvas.height, canvas.turned, canvas.family);
    let frame = Frame { width, height, turned, family };
    container::file(&pdf::objects(&frame, &canvas.finish(), MAKER), Container::Table)
}

fn book(statement: &Statement) -> Book {
    let entry = |row: &Transaction| Entry {
        date: row.date,
        value_date: row.date,
        lines: vec![row.description.clone()],
        amount: row.amount.minor(),
        balance: 0,
        reference: None,
        check_number: None,
        section: Section::Card,
    };
    let owner = Owner {
        institution: "Penobscot Harbor Savings Bank",
        holders: vec!["Tobias Lindqvist"],
        number: number(statement),
        currency: "USD",
        routing_number: "211299998",
        kind: "checking",
        ..Owner::default()
    };
    let day = |day: Option<Date>| day.unwrap_or(Date::MIN);
    Book {
        owner,
        start: day(statement.period.start),
        end: day(statement.period.end),
        opening: minor(statement.opening_balance),
        closing: 0,
        credits: 0,
        debits: 0,
        counts: (0, 0),
        sections: Vec::new(),
        entries: statement.transactions.iter().map(entry).collect(),
    }
    .settled()
}

/// An export that repeats the account on every line.
fn export(statement: &Statement, newest_first: bool) -> String {
    let has_balances = statement.transactions.iter().any(|row| row.balance.is_some());
    let mut lines = vec![format!(
        "Date,Account Number,Currency,Description,Amount{}",
        if has_balances { ",Balance" } else { "" }
    )];
    let line = |row: &Transaction| {
        let mut line = format!(
            "{},{},{},{},{}",
            Days::Iso.format(row.date),
            number(statement),
            statement.account.currency,
            row.description,
            Digits::Plain.signed(row.amount.minor()),
        );
        if has_balances {
            line += &format!(",{}", Digits::Plain.signed(minor(row.balance)));
        }
        line
    };
    let rows = statement.transactions.iter().map(line);
    if newest_first {
        lines.extend(rows.rev())
    } else {
        lines.extend(rows)
    }
    lines.join("\n") + "\n"
}

/// OFX 1.02.
fn download(statement: &Statement) -> String {
    let long = |day: Option<Date>| day.unwrap_or(Date::MIN).to_string().replace('-', "");
    let mut text = format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\n\
         OLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS>\
         <DTSERVER>20260401060000<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>\n<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0\
         <SEVERITY>INFO</STATUS><STMTRS><CURDEF>{}<BANKACCTFROM><BANKID>211299998<ACCTID>{}<ACCTTYPE>CHECKING</BANKACCTFROM>\n\
         <BANKTRANLIST><DTSTART>{}<DTEND>{}\n",
        statement.account.currency,
        number(statement),
        long(statement.period.start),
        long(statement.period.end),
    );
    for (at, row) in statement.transactions.iter().enumerate() {
        // The format asks for an id; a bank without one counts.
        let id = row.reference.clone().unwrap_or_else(|| at.to_string());
        let _ = writeln!(
            text,
            "<STMTTRN><TRNTYPE>{}<DTPOSTED>{}120000<TRNAMT>{}<FITID>{id}<NAME>{}</STMTTRN>",
            if row.amount.minor() < 0 { "DEBIT" } else { "CREDIT" },
            long(Some(row.date)),
            Digits::Plain.signed(row.amount.minor()),
            row.description,
        );
    }
    let _ = writeln!(
        text,
        "</BANKTRANLIST><LEDGERBAL><BALAMT>{}<DTASOF>{}</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>",
        Digits::Plain.signed(minor(statement.closing_balance)),
        long(statement.period.end),
    );
    text
}
