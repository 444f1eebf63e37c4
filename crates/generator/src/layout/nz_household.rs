//! New Zealand account: later pages without headings, a notice inside the table, a watermark under it.

use super::grid::{Cell, Column, Grid, Signs};
use super::{Layout, Sheet};
use crate::book::{Book, Fixed, Habit, Owner, Plan, Section};
use crate::canvas::{A4, Canvas, Pen, Strokes};
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
    Habit { text: "Kowhai Fresh Market", low: -14800, high: -900, section: Section::Card },
    Habit { text: "Pohutukawa Coffee", low: -1350, high: -450, section: Section::Card },
    Habit {
        text: "AP Tui Insurance Household|Policy H#######",
        low: -6450,
        high: -6450,
        section: Section::Electronic,
    },
    Habit {
        text: "Bill Payment Hutt Power|Acct ########",
        low: -24000,
        high: -11000,
        section: Section::Electronic,
    },
    Habit { text: "Eftpos Rata Hardware", low: -18900, high: -700, section: Section::Card },
    Habit {
        text: "Direct Credit Whanau Support|Benefit",
        low: 18250,
        high: 18250,
        section: Section::Deposit,
    },
];

const FIXED: &[Fixed] = &[
    Fixed { day: 2, text: "Salary Kereru Logistics Ltd", amount: 184200, section: Section::Deposit },
    Fixed { day: 9, text: "Salary Kereru Logistics Ltd", amount: 184200, section: Section::Deposit },
    Fixed { day: 16, text: "Salary Kereru Logistics Ltd", amount: 184200, section: Section::Deposit },
    Fixed { day: 23, text: "Salary Kereru Logistics Ltd", amount: 184200, section: Section::Deposit },
    Fixed { day: 3, text: "Mortgage 0002 Home Loan", amount: -162040, section: Section::Electronic },
    Fixed { day: 17, text: "Mortgage 0002 Home Loan", amount: -162040, section: Section::Electronic },
];

const GRID: Grid = Grid {
    page: A4,
    turned: false,
    family: Family::Times,
    strokes: Strokes::Words,
    line_printer: false,
    size: 9.5,
    digits: Digits::English,
    columns: &[
        Column { heading: "Date", x: 54.0, cell: Cell::Date(Days::ShortNoYear) },
        Column { heading: "Particulars", x: 112.0, cell: Cell::Text },
        Column { heading: "Withdrawals", x: 380.0, cell: Cell::Out },
        Column { heading: "Deposits", x: 458.0, cell: Cell::In },
        Column { heading: "Balance", x: 540.0, cell: Cell::Balance(Signs::Hyphen) },
    ],
    letterhead,
    part: None,
    continuation,
    footer,
    heads_repeat: false,
    ruled: false,
    newest_first: false,
    opening: Some(("Opening Balance", Days::ShortNoYear)),
    closing: Some(("Closing Balance", Days::ShortNoYear)),
    carry: None,
    totals: Some("Total withdrawals and deposits"),
    notice: Some((
        14,
        &[
            "IMPORTANT CHANGES FROM 1 JUNE",
            "The monthly account fee changes from $3.50 to $5.00. Ask us how a balance",
            "over $2,000.00 or a deposit of $1,500.00 a month keeps your account free of it.",
        ],
    )),
    shows: Shows {
        opening: true,
        closing: true,
        totals: true,
        value_dates: false,
        balances: Balances::Every,
    },
};

fn books() -> Vec<Book> {
    let owner = Owner {
        institution: "Harakeke Bank",
        holders: vec!["A K & M J TE AWA"],
        address: vec!["12 Kauri Grove", "Lower Hutt 5099"],
        number: "99-0712-0048813-00".to_owned(),
        kind: "checking",
        currency: "NZD",
        ..Owner::default()
    };
    let plan = Plan {
        owner,
        start: date(2026, 4, 1),
        end: date(2026, 4, 30),
        opening: 233815,
        rows: 58,
        habits: HABITS,
        fixed: FIXED,
    };
    vec![plan.grow(&mut Random::new(14))]
}

fn letterhead(c: &mut Canvas, books: &[Book]) -> f32 {
    let book = &books[0];
    c.watermark(150.0, 640.0, 96.0, "DUPLICATE");
    c.text(54.0, 62.0, Pen::bold(22.0), "Harakeke Bank");
    let y = c.lines(54.0, 104.0, 13.0, Pen::regular(10.5), &book.owner.holders);
    c.lines(54.0, y, 13.0, Pen::regular(10.5), &book.owner.address);
    c.text(340.0, 104.0, Pen::regular(10.0), &format!("Account {}", book.owner.number));
    let period = format!("{} to {}", Days::Long.format(book.start), Days::Long.format(book.end));
    c.text(340.0, 117.0, Pen::regular(10.0), &period);
    c.text(340.0, 130.0, Pen::regular(10.0), "Household account, NZD");
    c.frame([54.0, 160.0, 486.0, 30.0], 0.6);
    c.text(
        62.0,
        179.0,
        Pen::regular(9.0),
        "Switch to e-statements before 31 May and we plant a tree worth $25.00 for you.",
    );
    222.0
}

fn continuation(c: &mut Canvas, _book: &Book) -> f32 {
    c.watermark(150.0, 640.0, 96.0, "DUPLICATE");
    60.0
}

fn footer(c: &mut Canvas) {
    let (number, total) = c.page_numbers();
    c.center(297.0, 800.0, Pen::regular(8.0), &format!("Page {number} of {total}"));
}
