//! Checking and savings in one file, each with its own number, ends and rows.

use super::grid::{Cell, Column, Grid, Signs};
use super::{Layout, Sheet};
use crate::book::{Book, Fixed, Habit, Owner, Plan, Section};
use crate::canvas::{Canvas, LETTER, Pen, Strokes};
use crate::font::Family;
use crate::notation::{Days, Digits};
use crate::random::Random;
use crate::truth::{Balances, Shows};
use jiff::civil::date;

pub(crate) const LAYOUT: Layout = Layout { books, draw };

fn draw(books: &[Book], total: usize) -> Sheet {
    GRID.draw(books, total)
}

const HABITS: &[Habit] = &[
    Habit {
        text: "Debit Card Prairie Wind Grocery Omaha NE",
        low: -15200,
        high: -1000,
        section: Section::Card,
    },
    Habit { text: "Debit Card Platte River Fuel", low: -6400, high: -2200, section: Section::Card },
    Habit {
        text: "Electronic Payment Cornhusk Cable|Ref ##########",
        low: -12900,
        high: -7900,
        section: Section::Electronic,
    },
    Habit { text: "Mobile Check Deposit", low: 4000, high: 60000, section: Section::Deposit },
    Habit {
        text: "Overdraft Protection Transfer From Savings ####",
        low: 2500,
        high: 20000,
        section: Section::Deposit,
    },
];

const FIXED: &[Fixed] = &[
    Fixed {
        day: 1,
        text: "Direct Deposit Sandhill Clinic Payroll",
        amount: 203318,
        section: Section::Deposit,
    },
    Fixed {
        day: 15,
        text: "Direct Deposit Sandhill Clinic Payroll",
        amount: 203318,
        section: Section::Deposit,
    },
    Fixed {
        day: 3,
        text: "Mortgage Payment Meadowlark Home Lending",
        amount: -131744,
        section: Section::Electronic,
    },
];

const SAVINGS_HABITS: &[Habit] = &[
    Habit { text: "Transfer To Checking 7719", low: -20000, high: -2500, section: Section::Electronic },
    Habit { text: "Transfer From Checking 7719", low: 5000, high: 40000, section: Section::Deposit },
];

const SAVINGS_FIXED: &[Fixed] = &[
    Fixed { day: 27, text: "Interest Earned", amount: 1184, section: Section::Interest },
    Fixed { day: 2, text: "Automatic Savings Transfer", amount: 25000, section: Section::Deposit },
];

const GRID: Grid = Grid {
    page: LETTER,
    turned: false,
    family: Family::Helvetica,
    strokes: Strokes::Strings,
    line_printer: false,
    size: 9.0,
    digits: Digits::English,
    columns: &[
        Column { heading: "Date", x: 58.0, cell: Cell::Date(Days::UsShort) },
        Column { heading: "Description", x: 110.0, cell: Cell::Text },
        Column { heading: "Withdrawals", x: 392.0, cell: Cell::Out },
        Column { heading: "Deposits", x: 470.0, cell: Cell::In },
        Column { heading: "Balance", x: 550.0, cell: Cell::Balance(Signs::Hyphen) },
    ],
    letterhead,
    part: Some(part),
    continuation,
    footer,
    heads_repeat: true,
    ruled: false,
    newest_first: false,
    opening: Some(("Beginning Balance", Days::UsShort)),
    closing: Some(("Ending Balance", Days::UsShort)),
    carry: None,
    totals: Some("Totals"),
    notice: None,
    shows: Shows {
        opening: true,
        closing: true,
        totals: true,
        value_dates: false,
        balances: Balances::Every,
    },
};

fn books() -> Vec<Book> {
    let random = &mut Random::new(27);
    let (start, end) = (date(2026, 2, 1), date(2026, 2, 28));
    let first = Owner {
        institution: "Meadowlark Credit Union",
        holders: vec!["CORDELIA M VANCE"],
        address: vec!["3119 BLUESTEM LN", "OMAHA NE 68199"],
        number: "550027719".to_owned(),
        kind: "checking",
        currency: "USD",
        ..Owner::default()
    };
    let second = Owner { number: "550083304".to_owned(), kind: "savings", ..first.clone() };
    let first = Plan { owner: first, start, end, opening: 87455, rows: 30, habits: HABITS, fixed: FIXED };
    let second = Plan {
        owner: second,
        start,
        end,
        opening: 1510022,
        rows: 8,
        habits: SAVINGS_HABITS,
        fixed: SAVINGS_FIXED,
    };
    vec![first.grow(random), second.grow(random)]
}

fn letterhead(c: &mut Canvas, books: &[Book]) -> f32 {
    let book = &books[0];
    c.text(58.0, 58.0, Pen::bold(18.0), "Meadowlark Credit Union");
    c.rule(58.0, 66.0, 550.0, 66.0, 2.0);
    let y = c.lines(58.0, 100.0, 12.0, Pen::regular(9.5), &book.owner.holders);
    c.lines(58.0, y, 12.0, Pen::regular(9.5), &book.owner.address);
    let period = format!("Statement Period {} - {}", Days::Us.format(book.start), Days::Us.format(book.end));
    c.right(550.0, 100.0, Pen::regular(9.5), &period);
    c.right(550.0, 112.0, Pen::regular(9.5), "Member since 2009. Amounts in USD.");
    c.text(58.0, 154.0, Pen::bold(10.0), "Summary of your accounts");
    let mut y = 170.0;
    for account in books {
        let kind = if account.owner.kind == "savings" { "Nest Egg Savings" } else { "Free Checking" };
        c.text(66.0, y, Pen::regular(9.0), &format!("{kind} {}", account.owner.number));
        c.right(360.0, y, Pen::regular(9.0), &format!("${}", Digits::English.format(account.closing)));
        y += 12.0;
    }
    y + 26.0
}

fn part(c: &mut Canvas, y: f32, book: &Book) -> f32 {
    let kind = if book.owner.kind == "savings" { "NEST EGG SAVINGS" } else { "FREE CHECKING" };
    c.fill([54.0, y - 13.0, 500.0, 19.0], [0.2, 0.3, 0.25]);
    c.text(60.0, y, Pen::bold(11.0).shade(1.0), &format!("{kind}   Account Number: {}", book.owner.number));
    y + 26.0
}

fn continuation(c: &mut Canvas, book: &Book) -> f32 {
    c.text(58.0, 46.0, Pen::regular(9.0), &format!("Meadowlark Credit Union   {}", book.owner.holders[0]));
    80.0
}

fn footer(c: &mut Canvas) {
    let (number, total) = c.page_numbers();
    c.right(550.0, 762.0, Pen::regular(8.0), &format!("Page {number} of {total}"));
}
