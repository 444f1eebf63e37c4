//! Business account from a dot-matrix printer: withdrawals in parentheses, overdrawn balances with a trailing minus, page carry.

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
    Habit { text: "CARD SETTLEMENT BATCH ####", low: 18000, high: 420000, section: Section::Deposit },
    Habit {
        text: "WIRE IN CROWN MESA BUILDERS REF ######",
        low: 150000,
        high: 1400000,
        section: Section::Deposit,
    },
    Habit {
        text: "ACH PMT LONESTAR LUMBER SUPPLY|INV ######",
        low: -890000,
        high: -45000,
        section: Section::Electronic,
    },
    Habit {
        text: "ACH PMT TRISTATE FASTENERS|INV ######",
        low: -240000,
        high: -12000,
        section: Section::Electronic,
    },
    Habit { text: "CHECK ~", low: -310000, high: -20000, section: Section::Check },
    Habit { text: "FUEL CARD REDROCK PETROLEUM", low: -38000, high: -9000, section: Section::Card },
    Habit { text: "DAILY ACH BLUE ANVIL CAPITAL", low: -41250, high: -41250, section: Section::Electronic },
];

const FIXED: &[Fixed] = &[
    Fixed { day: 13, text: "PAYROLL SERVICE RUN 0214", amount: -2184417, section: Section::Electronic },
    Fixed { day: 27, text: "PAYROLL SERVICE RUN 0228", amount: -2201965, section: Section::Electronic },
    Fixed { day: 9, text: "RETURNED ITEM FEE", amount: -3600, section: Section::Fee },
    Fixed {
        day: 14,
        text: "FED TAX DEPOSIT 941 EFT ########",
        amount: -733108,
        section: Section::Electronic,
    },
    Fixed { day: 6, text: "ANVIL CAPITAL ADVANCE FUNDING", amount: 2500000, section: Section::Deposit },
];

const GRID: Grid = Grid {
    page: LETTER,
    turned: false,
    family: Family::Dots,
    strokes: Strokes::Words,
    line_printer: false,
    size: 7.5,
    digits: Digits::English,
    columns: &[
        Column { heading: "DATE", x: 50.0, cell: Cell::Date(Days::UsTwoDigit) },
        Column { heading: "DESCRIPTION", x: 112.0, cell: Cell::Text },
        Column { heading: "AMOUNT", x: 455.0, cell: Cell::Amount(Signs::Parentheses) },
        Column { heading: "BALANCE", x: 558.0, cell: Cell::Balance(Signs::TrailingMinus) },
    ],
    letterhead,
    part: None,
    continuation,
    footer,
    heads_repeat: true,
    ruled: false,
    newest_first: false,
    opening: Some(("BALANCE FORWARD {}", Days::UsTwoDigit)),
    closing: Some(("ENDING BALANCE {}", Days::UsTwoDigit)),
    carry: Some(("BALANCE CARRIED TO NEXT PAGE", "BALANCE FROM PREVIOUS PAGE")),
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
        institution: "MESQUITE COMMERCE BANK",
        holders: vec!["HOLLOWAY & SONS FRAMING LLC"],
        address: vec!["6101 INDUSTRIAL PKWY", "AMARILLO TX 79199"],
        number: "44-0917-3".to_owned(),
        kind: "checking",
        currency: "USD",
        ..Owner::default()
    };
    let plan = Plan {
        owner,
        start: date(2026, 2, 1),
        end: date(2026, 2, 28),
        opening: 611902,
        rows: 85,
        habits: HABITS,
        fixed: FIXED,
    };
    vec![plan.grow(&mut Random::new(88))]
}

fn letterhead(c: &mut Canvas, books: &[Book]) -> f32 {
    let book = &books[0];
    c.text(50.0, 56.0, Pen::bold(14.0), "MESQUITE COMMERCE BANK");
    let y = c.lines(50.0, 100.0, 13.0, Pen::regular(8.0), &book.owner.holders);
    c.lines(50.0, y, 13.0, Pen::regular(8.0), &book.owner.address);
    c.text(330.0, 100.0, Pen::regular(8.0), &format!("ACCOUNT NUMBER: {}", book.owner.number));
    let period =
        format!("PERIOD: {} - {}", Days::UsTwoDigit.format(book.start), Days::UsTwoDigit.format(book.end));
    c.text(330.0, 113.0, Pen::regular(8.0), &period);
    c.text(330.0, 126.0, Pen::regular(8.0), "BUSINESS CHECKING       USD");
    168.0
}

fn continuation(c: &mut Canvas, book: &Book) -> f32 {
    c.text(50.0, 48.0, Pen::regular(8.0), &format!("MESQUITE COMMERCE BANK     {}", book.owner.number));
    80.0
}

fn footer(c: &mut Canvas) {
    let (number, total) = c.page_numbers();
    c.text(50.0, 750.0, Pen::regular(7.0), &format!("PAGE {number} OF {total}"));
}
