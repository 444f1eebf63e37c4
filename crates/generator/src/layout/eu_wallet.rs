//! A wallet in two currencies: one file, an account for each, ISO dates, signs on both sides.

use super::grid::{Cell, Column, Grid, Signs};
use super::{Layout, Sheet};
use crate::book::{Book, Fixed, Habit, Owner, Plan, Section};
use crate::canvas::{A4, Canvas, Pen, Strokes};
use crate::font::Family;
use crate::iban::{iban, in_fours};
use crate::notation::{Days, Digits};
use crate::random::Random;
use crate::truth::{Balances, Shows};
use jiff::civil::date;

pub(crate) const LAYOUT: Layout = Layout { books, draw };

fn draw(books: &[Book], total: usize) -> Sheet {
    GRID.draw(books, total)
}

const HABITS: &[Habit] = &[
    Habit { text: "Card payment Kaffebaari Aalto Helsinki", low: -1240, high: -280, section: Section::Card },
    Habit { text: "Card payment Nordwind Rail", low: -18900, high: -1900, section: Section::Card },
    Habit { text: "Subscription Inkwell Notes", low: -1199, high: -499, section: Section::Electronic },
    Habit { text: "Top-up from linked account", low: 20000, high: 60000, section: Section::Deposit },
    Habit { text: "Refund Nordwind Rail", low: 1900, high: 9900, section: Section::Deposit },
];

const FIXED: &[Fixed] =
    &[Fixed { day: 8, text: "Converted to USD at 1.0842", amount: -50000, section: Section::Electronic }];

const DOLLAR_HABITS: &[Habit] = &[
    Habit { text: "Card payment Pinewhistle Diner Seattle", low: -4600, high: -900, section: Section::Card },
    Habit { text: "Card payment Cascade Outfitters", low: -16400, high: -2100, section: Section::Card },
    Habit { text: "Transfer from Dana W.", low: 5000, high: 25000, section: Section::Deposit },
];

const DOLLAR_FIXED: &[Fixed] = &[
    Fixed { day: 8, text: "Converted from EUR at 1.0842", amount: 54210, section: Section::Deposit },
    Fixed { day: 20, text: "Cross-border fee", amount: -145, section: Section::Fee },
];

const GRID: Grid = Grid {
    page: A4,
    turned: false,
    family: Family::Helvetica,
    strokes: Strokes::Words,
    line_printer: false,
    size: 8.5,
    digits: Digits::English,
    columns: &[
        Column { heading: "Date", x: 52.0, cell: Cell::Date(Days::Iso) },
        Column { heading: "Description", x: 124.0, cell: Cell::Text },
        Column { heading: "Amount", x: 448.0, cell: Cell::Amount(Signs::Both) },
        Column { heading: "Balance", x: 543.0, cell: Cell::Balance(Signs::Hyphen) },
    ],
    letterhead,
    part: Some(part),
    continuation,
    footer,
    heads_repeat: true,
    ruled: false,
    newest_first: false,
    opening: Some(("Opening balance", Days::Iso)),
    closing: Some(("Closing balance", Days::Iso)),
    carry: None,
    totals: None,
    notice: None,
    shows: Shows {
        opening: true,
        closing: true,
        totals: false,
        value_dates: false,
        balances: Balances::Every,
    },
};

fn books() -> Vec<Book> {
    let random = &mut Random::new(19);
    let (start, end) = (date(2026, 5, 1), date(2026, 5, 31));
    let first = Owner {
        institution: "Auk Wallet Oy",
        holders: vec!["Eero Valkeapää"],
        address: vec!["Merikatu 99 A 4", "00199 Helsinki"],
        iban: iban("FI", "99999000012345"),
        kind: "wallet",
        currency: "EUR",
        ..Owner::default()
    };
    let second =
        Owner { number: "8311-004471".to_owned(), iban: String::new(), currency: "USD", ..first.clone() };
    let first = Plan { owner: first, start, end, opening: 64090, rows: 22, habits: HABITS, fixed: FIXED };
    let second = Plan {
        owner: second,
        start,
        end,
        opening: 12000,
        rows: 16,
        habits: DOLLAR_HABITS,
        fixed: DOLLAR_FIXED,
    };
    vec![first.grow(random), second.grow(random)]
}

fn letterhead(c: &mut Canvas, books: &[Book]) -> f32 {
    let book = &books[0];
    c.fill([52.0, 40.0, 22.0, 22.0], [0.15, 0.6, 0.5]);
    c.text(82.0, 58.0, Pen::bold(16.0), "Auk Wallet");
    c.right(543.0, 56.0, Pen::regular(9.0), "Auk Wallet Oy");
    let y = c.lines(52.0, 96.0, 12.0, Pen::regular(9.5), &book.owner.holders);
    c.lines(52.0, y, 12.0, Pen::regular(9.5), &book.owner.address);
    c.text(340.0, 96.0, Pen::bold(11.0), "Statement of balances");
    let period = format!("{} to {}", Days::Iso.format(book.start), Days::Iso.format(book.end));
    c.text(340.0, 110.0, Pen::regular(9.5), &period);
    168.0
}

fn part(c: &mut Canvas, y: f32, book: &Book) -> f32 {
    let owner = &book.owner;
    c.fill([48.0, y - 13.0, 499.0, 20.0], [0.92, 0.96, 0.95]);
    c.text(52.0, y, Pen::bold(11.0), &format!("{} account", owner.currency));
    let number = if owner.iban.is_empty() {
        format!("Account number {}", owner.number)
    } else {
        format!("IBAN {}", in_fours(&owner.iban))
    };
    c.right(543.0, y, Pen::regular(9.0), &number);
    y + 28.0
}

fn continuation(c: &mut Canvas, _book: &Book) -> f32 {
    c.text(52.0, 46.0, Pen::bold(10.0), "Auk Wallet");
    80.0
}

fn footer(c: &mut Canvas) {
    let (number, total) = c.page_numbers();
    c.center(297.0, 806.0, Pen::regular(7.5), &format!("{number} of {total}"));
}
