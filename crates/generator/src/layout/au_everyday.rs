//! Australian everyday account from a line printer: every line is one string, balances marked CR or DR.

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
    Habit { text: "EFTPOS BANKSIA GROCERS CARLTON VIC", low: -13800, high: -850, section: Section::Card },
    Habit { text: "VISA DEBIT WATTLE & BEAN CAFE CARD ####", low: -2400, high: -450, section: Section::Card },
    Habit { text: "DIRECT DEBIT YARRA GAS 0#######", low: -14500, high: -7200, section: Section::Electronic },
    Habit {
        text: "OSKO PAYMENT TO L MCKINNON|SHARED BILLS",
        low: -25000,
        high: -3000,
        section: Section::Electronic,
    },
    Habit { text: "ATM WITHDRAWAL LYGON ST", low: -20000, high: -4000, section: Section::Card },
    Habit { text: "OSKO DEPOSIT R NAKAMURA REF #######", low: 2000, high: 30000, section: Section::Deposit },
];

const FIXED: &[Fixed] = &[
    Fixed {
        day: 3,
        text: "DIRECT CREDIT MURRAY RAIL PTY PAY######",
        amount: 312045,
        section: Section::Deposit,
    },
    Fixed {
        day: 17,
        text: "DIRECT CREDIT MURRAY RAIL PTY PAY######",
        amount: 312045,
        section: Section::Deposit,
    },
    Fixed { day: 5, text: "RENT BRUNSWICK REALTY 00##", amount: -260000, section: Section::Electronic },
    Fixed { day: 30, text: "ACCOUNT KEEPING FEE", amount: -500, section: Section::Fee },
    Fixed {
        day: 13,
        text: "BPAY CITY OF MERRI RATES|CRN ##########",
        amount: -411200,
        section: Section::Electronic,
    },
];

const GRID: Grid = Grid {
    page: A4,
    turned: false,
    family: Family::Courier,
    strokes: Strokes::Strings,
    line_printer: true,
    size: 8.0,
    digits: Digits::English,
    columns: &[
        Column { heading: "Date", x: 48.0, cell: Cell::Date(Days::ShortNoYear) },
        Column { heading: "Transaction", x: 91.2, cell: Cell::Text },
        Column { heading: "Debit", x: 350.4, cell: Cell::Out },
        Column { heading: "Credit", x: 432.0, cell: Cell::In },
        Column { heading: "Balance", x: 537.6, cell: Cell::Balance(Signs::CreditDebit) },
    ],
    letterhead,
    part: None,
    continuation,
    footer,
    heads_repeat: true,
    ruled: false,
    newest_first: false,
    opening: Some(("OPENING BALANCE", Days::ShortNoYear)),
    closing: Some(("CLOSING BALANCE", Days::ShortNoYear)),
    carry: None,
    totals: Some("TOTALS AT END OF PERIOD"),
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
    let owner = Owner {
        institution: "Southern Banksia Bank",
        holders: vec!["MR LACHLAN J MCKINNON"],
        address: vec!["UNIT 9 77 RATHDOWNE ST", "CARLTON VIC 3999"],
        number: "1044 82915".to_owned(),
        kind: "checking",
        currency: "AUD",
        ..Owner::default()
    };
    let plan = Plan {
        owner,
        start: date(2026, 2, 1),
        end: date(2026, 2, 28),
        opening: 96450,
        rows: 36,
        habits: HABITS,
        fixed: FIXED,
    };
    vec![plan.grow(&mut Random::new(61))]
}

fn letterhead(c: &mut Canvas, books: &[Book]) -> f32 {
    let owner = &books[0].owner;
    c.text(48.0, 60.0, Pen::bold(14.0), "SOUTHERN BANKSIA BANK");
    c.text(48.0, 74.0, Pen::regular(8.0), "Southern Banksia Bank  ABN 99 000 111 222");
    let y = c.lines(48.0, 108.0, 11.0, Pen::regular(9.0), &owner.holders);
    c.lines(48.0, y, 11.0, Pen::regular(9.0), &owner.address);
    c.lines(
        320.0,
        108.0,
        11.0,
        Pen::regular(8.0),
        &[
            "EVERYDAY ACCESS ACCOUNT STATEMENT",
            "BSB NUMBER         999-044",
            "ACCOUNT NUMBER     1044 82915",
            "CURRENCY           AUD",
            "PERIOD  01 Feb 2026 TO 28 Feb 2026",
        ],
    );
    c.text(
        48.0,
        180.0,
        Pen::regular(8.0),
        "Earn 4.75% p.a. with a Reach Saver: deposit $200 or more each month.",
    );
    206.0
}

fn continuation(c: &mut Canvas, book: &Book) -> f32 {
    c.text(
        48.0,
        52.0,
        Pen::regular(8.0),
        &format!("SOUTHERN BANKSIA BANK    ACCOUNT NUMBER {}", book.owner.number),
    );
    80.0
}

fn footer(c: &mut Canvas) {
    let (number, total) = c.page_numbers();
    c.text(48.0, 806.0, Pen::regular(7.0), &format!("STATEMENT NO 26    PAGE {number} OF {total}"));
}
