//! MT940 and MT942: German subfields, SEPA words, a statement in two messages, reversals, an interim report.

use super::{BankFile, ENDS, card, halves, lines, magnitude, month, western};
use crate::book::{Book, Entry, Owner};
use crate::iban::iban;
use crate::truth::{Balances, Expect, Shows, StatementTruth};
use jiff::civil::{Date, date};
use smartexus_domain::Verdict;

pub(super) fn cases() -> Vec<BankFile> {
    vec![german(), two_messages(), reversals(), interim()]
}

fn short(day: Date) -> String {
    format!("{:02}{:02}{:02}", day.year() % 100, day.month(), day.day())
}

fn balance(tag: &str, day: Date, minor: i64, currency: &str) -> String {
    let mark = if minor < 0 { 'D' } else { 'C' };
    format!(":{tag}:{mark}{}{currency}{}\n", short(day), magnitude(minor, currency, ','))
}

fn row(entry: &Entry, mark: &str, currency: &str) -> String {
    let entry_day = format!("{:02}{:02}", entry.date.month(), entry.date.day());
    let reference = entry.reference.as_deref().unwrap_or("NONREF");
    let amount = magnitude(entry.amount, currency, ',');
    format!(":61:{}{entry_day}{mark}{amount}NMSC{reference}//B{reference}\n", short(entry.value_date))
}

const fn plain_mark(entry: &Entry) -> &'static str {
    if entry.amount < 0 { "D" } else { "C" }
}

/// `?00` kind, `?20…` purpose cut at 27 characters, `?32` name, in lines of 65 characters.
fn subfields(entry: &Entry) -> String {
    let [kind, name, purpose] = lines(entry);
    let purpose: Vec<char> = format!("SVWZ+{purpose}").chars().collect();
    let mut text = format!("166?00{kind}?109310");
    for (number, piece) in (20..).zip(purpose.chunks(27)) {
        text += &format!("?{number}{}", piece.iter().collect::<String>());
    }
    text += &format!("?30BYLADEM1001?32{name}");
    let wrapped: Vec<String> =
        text.chars().collect::<Vec<_>>().chunks(61).map(|line| line.iter().collect()).collect();
    format!(":86:{}\n", wrapped.join("\n"))
}

/// A month in windows-1252, as German banks send it.
fn german() -> BankFile {
    let owner = Owner { number: "10020030/0001234567".to_owned(), currency: "EUR", ..Owner::default() };
    let book = month(owner, date(2026, 3, 1), 88_402, 31);
    let mut text = String::from(":20:STARTUMSE\n:25:10020030/0001234567\n:28C:00003/001\n");
    text += &balance("60F", book.start, book.opening, "EUR");
    for entry in &book.entries {
        text += &row(entry, plain_mark(entry), "EUR");
        text += &subfields(entry);
    }
    text += &balance("62F", book.end, book.closing, "EUR");
    text += &balance("64", book.end, book.closing, "EUR");
    text += "-\n";
    BankFile {
        card: card(
            "mt940-german",
            "mt940",
            "DE",
            "de",
            &[
                "subfields of field 86",
                "purposes cut inside words",
                "entry dates without a year",
                "windows-1252",
            ],
        ),
        ending: "sta",
        bytes: western(&text.replace('\n', "\r\n")),
        truths: vec![StatementTruth::new(&book, ENDS, "structured")],
    }
}

/// Two accounts in one file, the first in two messages that chain, with block headers and slashed words.
fn two_messages() -> BankFile {
    let owner = |number: &str| Owner { iban: iban("NL", number), currency: "EUR", ..Owner::default() };
    let (one, two) = (
        month(owner("HARB0417164300"), date(2026, 1, 1), -12_050, 32),
        month(owner("HARB0417164301"), date(2026, 1, 1), 730_000, 33),
    );
    let (first, second) = halves(&one);
    let middle = first.entries.last().map_or(one.start, |e| e.date);
    let message = |book: &Book, number: &str, tags: [&str; 2], days: [Date; 2]| {
        let mut text = format!(
            "{{1:F01HARBNL2AXXXX0000000000}}{{2:I940HARBNL2AXXXXN}}{{4:\n:20:REF{number}\n:25:{}EUR\n:28C:{number}\n",
            book.owner.iban
        );
        text += &balance(tags[0], days[0], book.opening, "EUR");
        for entry in &book.entries {
            let [kind, name, purpose] = lines(entry);
            text += &row(entry, plain_mark(entry), "EUR");
            text += &format!(":86:/TRTP/{kind}/NAME/{name}/REMI/{purpose}/EREF/NOTPROVIDED\n");
        }
        text + &balance(tags[1], days[1], book.closing, "EUR") + "-}{5:}\n"
    };
    let text = message(&first, "1/1", ["60F", "62M"], [one.start, middle])
        + &message(&second, "1/2", ["60M", "62F"], [middle, one.end])
        + &message(&two, "1/1", ["60F", "62F"], [two.start, two.end]);
    let truths = [&one, &two].map(|book| StatementTruth::new(book, ENDS, "structured"));
    BankFile {
        card: card(
            "mt940-two-messages",
            "mt940",
            "NL",
            "de",
            &[
                "a statement in two messages",
                "two accounts",
                "block headers",
                "words between slashes",
                "overdrawn",
            ],
        ),
        ending: "mt940",
        bytes: text.into_bytes(),
        truths: truths.into(),
    }
}

/// `RC` is money out and `RD` money in; yen have no minor units.
fn reversals() -> BankFile {
    let owner = Owner { number: "0098-771-55".to_owned(), currency: "JPY", ..Owner::default() };
    let mut book = month(owner, date(2025, 12, 1), 1_204_000, 34);
    // A year's turn between the two dates.
    if let Some(last) = book.entries.last_mut() {
        last.value_date = date(2026, 1, 2);
    }
    book = book.settled();
    let mut text = String::from(":20:YEN\n:25:0098-771-55\n:28C:12\n");
    text += &balance("60F", book.start, book.opening, "JPY");
    for (at, entry) in book.entries.iter().enumerate() {
        let mark = match (at % 3, entry.amount < 0) {
            (0, true) => "RC",
            (0, false) => "RD",
            (_, true) => "D",
            (_, false) => "C",
        };
        let [kind, name, purpose] = lines(entry);
        text += &row(entry, mark, "JPY").replace("NMSC", ",NMSC");
        text += &format!(":86:{kind}\n{name}\n{purpose}\n");
    }
    text += &balance("62F", book.end, book.closing, "JPY");
    BankFile {
        card: card("mt940-reversals", "mt940", "JP", "de", &["reversals", "no minor units", "a year's turn"]),
        ending: "sta",
        bytes: text.into_bytes(),
        truths: vec![StatementTruth::new(&book, ENDS, "structured")],
    }
}

/// MT942: no ends, sums and counts instead.
fn interim() -> BankFile {
    let owner = Owner { number: "77120".to_owned(), currency: "EUR", ..Owner::default() };
    let book = month(owner, date(2026, 4, 1), 0, 35);
    let mut text = String::from(
        ":20:INTERIM\n:25:77120\n:28C:1/1\n:34F:EURD0,00\n:34F:EURC0,00\n:13D:2604301730+0200\n",
    );
    for entry in &book.entries {
        text += &row(entry, plain_mark(entry), "EUR");
        text += &subfields(entry);
    }
    text += ":61:2604300430ED5,00NMSCNONREF\n:86:EXPECTED\n";
    let sum =
        |tag: char, rows: usize, minor: i64| format!(":90{tag}:{rows}EUR{}\n", magnitude(minor, "EUR", ','));
    text += &sum('D', book.counts.1, book.debits);
    text += &sum('C', book.counts.0, book.credits);
    text += "-\n";
    let shows =
        Shows { opening: false, closing: false, totals: true, value_dates: true, balances: Balances::None };
    let expect = Expect { verdict: Verdict::Unverifiable, proof: None, first_broken_row: None };
    BankFile {
        card: card(
            "mt942-interim",
            "mt942",
            "DE",
            "de",
            &["no ends", "sums and counts", "a row that is expected"],
        ),
        ending: "sta",
        bytes: text.into_bytes(),
        truths: vec![StatementTruth::new(&book, shows, "structured").without_period().expecting(expect)],
    }
}
