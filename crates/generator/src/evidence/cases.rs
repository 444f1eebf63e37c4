//! Cases of several documents: with one thing that only both together show, and with nothing.

use super::file::{About, Shape, file, objects};
use super::sheet::Sheet;
use crate::book::Book;
use crate::papers;
use crate::random::Random;
use jiff::ToSpan;
use jiff::civil::Date;

/// Every signal that is planted in a case.
pub const CASE_SIGNALS: [&str; 3] = ["cross_document", "duplicate_document", "near_duplicate"];
/// A deposit has to be large enough to be a month's pay, in minor units.
const PAY_LEAST: i64 = 80_000;

/// The documents of one client.
#[derive(Debug, Clone)]
pub struct CaseSpecimen {
    /// Names and bytes.
    pub documents: Vec<(String, Vec<u8>)>,
    /// One line for people.
    pub what: String,
}

/// A case with one thing that several of its documents show together, named by the signal that tells of it. `None` where the
/// design of the seed has no room for it.
#[must_use]
pub fn case_planted(signal: &str, seed: u64) -> Option<CaseSpecimen> {
    let mut random = Random::new(seed ^ 0xCA5E);
    match signal {
        "cross_document" => other_pay(seed, &mut random),
        "duplicate_document" => twice(seed),
        "near_duplicate" => corrected(seed, &mut random),
        _ => None,
    }
}

/// A statement and the payslip of a deposit on it.
#[must_use]
pub fn case_untouched(seed: u64) -> Option<CaseSpecimen> {
    let (deposit, slip) = paid(seed, 0)?;
    let statement = statement(seed, deposit.row, Some(&slip.employer))?;
    Some(case("paid as printed", [("statement.pdf", statement), ("payslip.pdf", slip.document)]))
}

fn case<const N: usize>(what: &str, documents: [(&str, Vec<u8>); N]) -> CaseSpecimen {
    let documents = documents.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect();
    CaseSpecimen { documents, what: what.to_owned() }
}

/// A deposit that may be pay.
#[derive(Debug, Clone, Copy)]
struct Deposit {
    row: usize,
    date: Date,
    minor: i64,
}

/// The deposit of the design, and a payslip that says so much more.
fn paid(seed: u64, more: i64) -> Option<(Deposit, papers::Payslip)> {
    let sheet = Sheet::of(seed).filter(|sheet| sheet.drawn.has_chain && sheet.drawn.has_period)?;
    let [book] = sheet.drawn.books.as_slice() else { return None };
    let deposit = deposit(book)?;
    let employee = book.owner.holders.first()?;
    let net = deposit.minor.checked_add(more)?;
    let slip = papers::payslip(seed, &papers::Paid { day: deposit.date, net, employee });
    Some((deposit, slip))
}

/// The largest deposit, away from the ends of the period so that the statement covers the days around it.
fn deposit(book: &Book) -> Option<Deposit> {
    let last = book.end.saturating_sub(6.days());
    let is_pay = |(_, entry): &(usize, &crate::book::Entry)| entry.amount >= PAY_LEAST && entry.date <= last;
    let entries = book.entries.iter().enumerate().filter(is_pay);
    let (row, entry) = entries.max_by_key(|(_, entry)| entry.amount)?;
    let is_decimal = !matches!(book.owner.currency, "JPY");
    is_decimal.then_some(Deposit { row, date: entry.date, minor: entry.amount })
}

/// The statement, on which the deposit names who paid it, if somebody did.
fn statement(seed: u64, row: usize, payer: Option<&str>) -> Option<Vec<u8>> {
    let sheet = Sheet::changed(seed, |books| {
        if let Some(entry) = books.first_mut().and_then(|book| book.entries.get_mut(row))
            && let Some(payer) = payer
        {
            entry.lines = vec![format!("SALARY {payer}")];
        }
    })?;
    let about = About::honest(&sheet, seed);
    Some(file(&objects(&sheet, &about), Shape::Table, &about))
}

/// A payslip that says more than was paid.
fn other_pay(seed: u64, random: &mut Random) -> Option<CaseSpecimen> {
    let more = random.between(15_000, 90_000);
    let (deposit, slip) = paid(seed, more)?;
    let named = random.chance(60).then_some(slip.employer.as_str());
    let statement = statement(seed, deposit.row, named)?;
    let what = format!(
        "{} more on the payslip, payer {}",
        more,
        if named.is_some() { "named" } else { "not named" }
    );
    Some(case(&what, [("statement.pdf", statement), ("payslip.pdf", slip.document)]))
}

fn twice(seed: u64) -> Option<CaseSpecimen> {
    let sheet = Sheet::of(seed)?;
    let about = About::honest(&sheet, seed);
    let bytes = file(&objects(&sheet, &about), Shape::Table, &about);
    Some(case("the same file", [("statement.pdf", bytes.clone()), ("statement (1).pdf", bytes)]))
}

/// The same statement with another amount, whose sums hold again.
fn corrected(seed: u64, random: &mut Random) -> Option<CaseSpecimen> {
    let sheet = Sheet::of(seed).filter(|sheet| sheet.drawn.has_chain && sheet.drawn.has_period)?;
    let [book] = sheet.drawn.books.as_slice() else { return None };
    let row = usize::try_from(random.between(2, 5)).ok().filter(|row| row + 2 < book.entries.len())?;
    let more = random.between(1_000, 60_000);
    let other = Sheet::changed(seed, |books| {
        let Some(book) = books.first_mut() else { return };
        book.entries[row].amount += if book.entries[row].amount > 0 { more } else { -more };
        let change = if book.entries[row].amount > 0 { more } else { -more };
        // Balances run from the oldest row to the newest, whatever the order of printing.
        book.entries.iter_mut().skip(row).for_each(|entry| entry.balance += change);
        book.closing += change;
        if change > 0 { book.credits += change } else { book.debits += change }
    })?;
    let about = About::honest(&sheet, seed);
    let (one, two) = (
        file(&objects(&sheet, &about), Shape::Table, &about),
        file(&objects(&other, &about), Shape::Table, &about),
    );
    Some(case("another amount in one row", [("statement.pdf", one), ("statement (corrected).pdf", two)]))
}
