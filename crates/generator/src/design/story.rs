//! What happened on the accounts of a document.

use super::axes::{Axes, Direction, Length, Product};
use super::country::{digit, letter};
use super::tongue::Tale;
use crate::book::{Book, Entry, Owner, Section};
use crate::random::Random;
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The books of every account, in the order in which they are printed.
pub(crate) fn books(axes: &Axes, random: &mut Random) -> Vec<Book> {
    let (start, end) = period(random);
    let first = owner(axes, random);
    (0..axes.accounts)
        .map(|index| {
            let mut owner = first.clone();
            if index > 0 {
                number(axes, &mut owner, random);
                owner.kind = "savings";
            }
            book(axes, owner, (start, end), random)
        })
        .collect()
}

/// A month, a month from some day on, or a quarter. One of its ends has a day above 12, so that every order of day and
/// month is decided by it.
fn period(random: &mut Random) -> (Date, Date) {
    let year = i16::try_from(random.between(2023, 2026)).unwrap_or(2026);
    let month = i8::try_from(random.between(1, 12)).unwrap_or(1);
    let day = if random.chance(70) { 1 } else { i8::try_from(random.between(15, 27)).unwrap_or(15) };
    let months = if random.chance(10) { 3 } else { 1 };
    let start = date(year, month, day);
    (start, start.saturating_add(months.months()).saturating_sub(1.day()))
}

fn owner(axes: &Axes, random: &mut Random) -> Owner {
    let country = axes.country;
    let first = *random.pick(country.people);
    let mut holders = vec![first];
    if axes.product == Product::Business {
        holders = vec![*random.pick(country.firms)];
    } else if random.chance(18) {
        let second = *random.pick(country.people);
        if second != first {
            holders.push(second);
        }
    }
    let mut owner = Owner {
        institution: random.pick::<&'static str>(country.banks),
        holders,
        address: random.pick(country.places).to_vec(),
        kind: match axes.product {
            Product::Current | Product::Business => "current",
            Product::Savings => "savings",
            Product::Card => "credit_card",
            Product::Loan => "loan",
        },
        currency: country.currency,
        ..Owner::default()
    };
    number(axes, &mut owner, random);
    owner
}

fn number(axes: &Axes, owner: &mut Owner, random: &mut Random) {
    if axes.product == Product::Card {
        owner.number = format!("XXXX XXXX XXXX {}", random.digits(4));
        return;
    }
    let digits = usize::try_from(random.between(8, 11)).unwrap_or(9);
    owner.number = random.digits(digits);
    owner.iban = axes.country.iban(random);
    owner.sort_code = axes.country.sort_code;
}

fn rows(axes: &Axes, random: &mut Random) -> usize {
    let (low, high) = match (axes.length, axes.product) {
        (Length::Empty, _) => (0, 0),
        (Length::Few, _) => (1, 8),
        (Length::Month | Length::Long, Product::Loan) => (2, 9),
        (Length::Month, _) => (9, 35),
        (Length::Long, _) => (36, 120),
    };
    usize::try_from(random.between(low, high)).unwrap_or(9)
}

fn opening(axes: &Axes, random: &mut Random) -> i64 {
    match axes.product {
        Product::Card => -random.between(0, 320_000),
        Product::Loan => -random.between(4_000_000, 28_000_000),
        Product::Business => random.between(40_000, 3_000_000),
        Product::Savings => random.between(10_000, 4_000_000),
        Product::Current => random.between(1_000, 600_000),
    }
}

fn book(axes: &Axes, owner: Owner, (start, end): (Date, Date), random: &mut Random) -> Book {
    let span = i64::from((end - start).get_days());
    let mut days: Vec<i64> = (0..rows(axes, random)).map(|_| random.between(0, span)).collect();
    days.sort_unstable();
    let opening = opening(axes, random);
    let may_overdraw = axes.is_liability() || axes.product != Product::Savings && random.chance(35);
    let mut balance = opening;
    let mut entries: Vec<Entry> = Vec::with_capacity(days.len());
    for day in days {
        let tale = tale(axes, !may_overdraw && balance < 60_000, random);
        let entry = entry(axes, tale, start + day.days(), random);
        // What would overdraw an account that cannot be comes in instead.
        let entry = if balance + entry.amount < 0 && !may_overdraw {
            self::entry(axes, self::tale(axes, true, random), start + day.days(), random)
        } else {
            entry
        };
        balance += entry.amount;
        entries.push(entry);
    }
    if axes.direction == Direction::Sections {
        // Ledger order of a statement in sections: by day, and inside a day as the sections stand.
        entries.sort_by_key(|entry| (entry.date, axes.section(entry)));
    }
    Book { owner, start, end, opening, entries, ..empty() }.settled()
}

fn empty() -> Book {
    let day = date(2026, 1, 1);
    Book {
        owner: Owner::default(),
        start: day,
        end: day,
        opening: 0,
        closing: 0,
        credits: 0,
        debits: 0,
        counts: (0, 0),
        sections: Vec::new(),
        entries: Vec::new(),
    }
}

/// A movement; one that brings money in where it must.
fn tale(axes: &Axes, must_come_in: bool, random: &mut Random) -> &'static Tale {
    let tongue = axes.country.tongue;
    let tales = match axes.product {
        Product::Card => tongue.card_tales,
        Product::Loan => tongue.loan_tales,
        Product::Current | Product::Savings | Product::Business => tongue.tales,
    };
    loop {
        let tale = random.pick(tales);
        // A card is paid once or twice, and used every day.
        let is_rare = axes.product == Product::Card && tale.low > 0 && random.chance(75);
        if !is_rare && (!must_come_in || tale.low > 0) {
            return tale;
        }
    }
}

fn entry(axes: &Axes, tale: &Tale, day: Date, random: &mut Random) -> Entry {
    let later = *random.pick(&[0, 0, 0, 1, 2]);
    let value_date = if axes.product == Product::Card { day - later.days() } else { day + later.days() };
    let lines = tale.text.split('|').map(|line| fill(axes, line, day, random)).collect();
    // Invoices have cents, and standing amounts are often round.
    let amount = random.between(tale.low, tale.high);
    let amount = if random.chance(15) && amount.abs() >= 1_000 { amount / 500 * 500 } else { amount };
    let in_list = axes.checks && tale.section == Section::Check;
    Entry {
        date: day,
        value_date,
        // A list of checks has no room for words.
        lines: if in_list { vec![String::new()] } else { lines },
        amount,
        balance: 0,
        reference: axes.reference_column.then(|| random.digits(8)),
        check_number: in_list.then(|| format!("1{}", random.digits(3))),
        section: if amount > 0 { Section::Deposit } else { tale.section },
    }
}

fn fill(axes: &Axes, line: &str, day: Date, random: &mut Random) -> String {
    let country = axes.country;
    let mut out = String::new();
    for c in line.chars() {
        match c {
            '#' => out.push(digit(random)),
            '@' => out.push(letter(random)),
            '%' => out.push_str(&short_day(axes, day - random.between(0, 3).days())),
            '*' => out.push_str(random.pick::<&'static str>(country.firms)),
            '&' => out.push_str(random.pick::<&'static str>(country.people)),
            '$' => {
                let figure = axes.figures.digits.format(random.between(1_200, 240_000));
                // Inside a sentence a wrap may fall on any white space, but not inside a number.
                out.push_str(&figure.replace(['\u{a0}', '\u{202f}'], ""));
            }
            other => out.push(other),
        }
    }
    if axes.capitals { out.to_uppercase() } else { out }
}

/// A day inside a description, as terminals print it.
fn short_day(axes: &Axes, day: Date) -> String {
    let (month, date) = (day.month(), day.day());
    match (axes.country.name, axes.country.tongue.code) {
        ("US" | "CA", _) => format!("{month:02}/{date:02}"),
        (_, "en" | "fr" | "es" | "it" | "pt") => format!("{date:02}/{month:02}"),
        _ => format!("{date:02}.{month:02}."),
    }
}
