//! Files in the formats that banks exchange, each with its own idea of where a statement begins and ends.

mod bai2;
mod camt;
mod mt940;
mod ofx;
mod sheet;

use crate::book::{Book, Entry, Fixed, Habit, Owner, Plan, Section};
use crate::case::{Card, Files, insert_truth};
use crate::random::Random;
use crate::truth::{Balances, Shows, StatementTruth};
use jiff::civil::Date;
use smartexus_domain::{Currency, Money};

/// Kind, name and purpose of a row: three lines of a book's entry.
const HABITS: &[Habit] = &[
    Habit {
        text: "SEPA-LASTSCHRIFT|Stadtwerke Öhringsfeld|Abschlag Strom Vertrag ########",
        low: -11_900,
        high: -5_200,
        section: Section::Electronic,
    },
    Habit {
        text: "SEPA-UEBERWEISUNG|Jürgen Groß|Miete Garage ##",
        low: -45_000,
        high: -3_000,
        section: Section::Electronic,
    },
    Habit {
        text: "GUTSCHRIFT|Kiesel & Söhne GmbH|Rechnung ###### vom %",
        low: 5_000,
        high: 319_000,
        section: Section::Deposit,
    },
    Habit {
        text: "KARTENZAHLUNG|Bäckerei Süßmilch|####", low: -1_900, high: -210, section: Section::Card
    },
];
const FIXED: &[Fixed] = &[
    Fixed {
        day: 27,
        text: "LOHN/GEHALT|Möbelwerk Aßlar GmbH|Gehalt",
        amount: 312_744,
        section: Section::Deposit,
    },
    Fixed { day: 30, text: "ENTGELT|Hausbank|Abschluss", amount: -690, section: Section::Fee },
];

/// Ends and rows, nothing beside them.
const ENDS: Shows =
    Shows { opening: true, closing: true, totals: false, value_dates: true, balances: Balances::None };

/// One case.
struct BankFile {
    card: Card,
    ending: &'static str,
    bytes: Vec<u8>,
    truths: Vec<StatementTruth>,
}

/// Adds every case.
pub(crate) fn make(files: &mut Files) {
    let cases = [mt940::cases(), camt::cases(), ofx::cases(), bai2::cases(), sheet::cases()];
    for file in cases.into_iter().flatten() {
        files.insert(format!("{}/document.{}", file.card.name, file.ending), file.bytes);
        let kind =
            if file.truths.iter().all(StatementTruth::is_card) { "card_statement" } else { "bank_statement" };
        insert_truth(files, &file.card, kind, file.truths);
    }
}

fn card(
    name: &'static str,
    layout: &'static str,
    country: &'static str,
    language: &'static str,
    challenges: &'static [&'static str],
) -> Card {
    Card { name, layout, country, language, producer: "export", challenges, tampered: None }
}

fn month(owner: Owner, start: Date, opening: i64, seed: u64) -> Book {
    grown(owner, start, opening, seed, (HABITS, FIXED))
}

fn grown(
    owner: Owner,
    start: Date,
    opening: i64,
    seed: u64,
    kinds: (&'static [Habit], &'static [Fixed]),
) -> Book {
    let (habits, fixed) = kinds;
    let plan = Plan { owner, start, end: start.last_of_month(), opening, rows: 14, habits, fixed };
    let mut book = plan.grow(&mut Random::new(seed));
    for (number, entry) in (1..).zip(&mut book.entries) {
        entry.reference = Some(format!("R-{seed}-{number:03}"));
    }
    book
}

/// The part of a book up to a row, and the rest.
fn halves(book: &Book) -> (Book, Book) {
    let (mut first, mut second) = (book.clone(), book.clone());
    let at = book.entries.len() / 2;
    second.entries = first.entries.split_off(at);
    (second.opening, second.closing) =
        (first.entries.last().map_or(book.opening, |e| e.balance), book.closing);
    first.closing = second.opening;
    (first, second)
}

/// Windows-1252.
fn western(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| {
            if c.is_control() { u8::try_from(u32::from(c)).unwrap_or(b'?') } else { crate::font::win_ansi(c) }
        })
        .collect()
}

/// Magnitude as a decimal with this mark.
fn magnitude(minor: i64, currency: &str, mark: char) -> String {
    let currency = Currency::from_code(currency).unwrap_or(Currency::UNKNOWN);
    let magnitude = i64::try_from(minor.unsigned_abs()).unwrap_or(i64::MAX);
    Money::new(magnitude, currency).to_string().replace('.', &mark.to_string())
}

/// The three lines of a row.
fn lines(entry: &Entry) -> [&str; 3] {
    let line = |at: usize| entry.lines.get(at).map_or("", String::as_str);
    [line(0), line(1), line(2)]
}
