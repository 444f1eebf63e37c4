//! A bank without branches: newest row first, named months, signed dollars, running balance.

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
    Habit { text: "Marigold Deli", low: -2300, high: -600, section: Section::Card },
    Habit { text: "Lumen Ride", low: -4100, high: -900, section: Section::Card },
    Habit { text: "Bricktown Gym", low: -4500, high: -4500, section: Section::Electronic },
    Habit { text: "Transfer to Rainy Day space", low: -15000, high: -2500, section: Section::Electronic },
    Habit {
        text: "Kestrel Cloud Hosting|Order ######",
        low: -6900,
        high: -1200,
        section: Section::Electronic,
    },
    Habit { text: "Cash back reward", low: 45, high: 780, section: Section::Deposit },
    Habit {
        text: "Payment from Priya S|Dinner & 2 tickets",
        low: 1500,
        high: 9500,
        section: Section::Deposit,
    },
];

const FIXED: &[Fixed] = &[
    Fixed { day: 4, text: "Halcyon Studio LLC|Direct deposit", amount: 165230, section: Section::Deposit },
    Fixed { day: 18, text: "Halcyon Studio LLC|Direct deposit", amount: 165230, section: Section::Deposit },
    Fixed { day: 18, text: "Oakline Apartments", amount: -138000, section: Section::Electronic },
    Fixed { day: 29, text: "Interest", amount: 212, section: Section::Interest },
];

const GRID: Grid = Grid {
    page: LETTER,
    turned: false,
    family: Family::Helvetica,
    strokes: Strokes::Kerned,
    line_printer: false,
    size: 9.0,
    digits: Digits::English,
    columns: &[
        Column { heading: "Date", x: 60.0, cell: Cell::Date(Days::UsShortName) },
        Column { heading: "Details", x: 150.0, cell: Cell::Text },
        Column { heading: "Amount", x: 450.0, cell: Cell::Amount(Signs::Dollar) },
        Column { heading: "Balance", x: 548.0, cell: Cell::Balance(Signs::Hyphen) },
    ],
    letterhead,
    part: None,
    continuation,
    footer,
    heads_repeat: true,
    ruled: false,
    newest_first: true,
    opening: Some(("Starting balance on {}", Days::UsShortName)),
    closing: Some(("Ending balance on {}", Days::UsShortName)),
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
    let owner = Owner {
        institution: "Tern Money",
        holders: vec!["Imani Okafor-Reyes"],
        address: vec!["4410 Hollis Ave, Unit 2", "Oakland, CA 94699"],
        number: "8820114467".to_owned(),
        kind: "checking",
        currency: "USD",
        routing_number: "121199990",
        ..Owner::default()
    };
    let plan = Plan {
        owner,
        start: date(2026, 4, 1),
        end: date(2026, 4, 30),
        opening: 120344,
        rows: 40,
        habits: HABITS,
        fixed: FIXED,
    };
    vec![plan.grow(&mut Random::new(120))]
}

fn letterhead(c: &mut Canvas, books: &[Book]) -> f32 {
    let book = &books[0];
    c.text(60.0, 60.0, Pen::bold(24.0), "tern");
    c.text(60.0, 76.0, Pen::regular(8.0), "Tern Money is a service of an invented bank.");
    c.right(548.0, 56.0, Pen::bold(12.0), "Checking statement");
    let period =
        format!("{} to {}", Days::UsShortName.format(book.start), Days::UsShortName.format(book.end));
    c.right(548.0, 72.0, Pen::regular(9.0), &period);
    let y = c.lines(60.0, 116.0, 13.0, Pen::regular(9.5), &book.owner.holders);
    c.lines(60.0, y, 13.0, Pen::regular(9.5), &book.owner.address);
    c.text(340.0, 116.0, Pen::regular(9.5), &format!("Account number {}", book.owner.number));
    c.text(340.0, 129.0, Pen::regular(9.5), &format!("Routing number {}", book.owner.routing_number));
    c.text(340.0, 142.0, Pen::regular(9.5), "All amounts in USD");
    190.0
}

fn continuation(c: &mut Canvas, _book: &Book) -> f32 {
    c.text(60.0, 48.0, Pen::bold(14.0), "tern");
    84.0
}

fn footer(c: &mut Canvas) {
    let (number, total) = c.page_numbers();
    c.text(60.0, 756.0, Pen::regular(7.5), "Questions? help@tern.example");
    c.right(548.0, 756.0, Pen::regular(7.5), &format!("{number}/{total}"));
}
