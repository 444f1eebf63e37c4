//! US checking with a running balance and signed amounts; dates without a year that cross one.

use super::{Layout, Sheet};
use crate::book::{Book, Entry, Fixed, Habit, Owner, Plan, Section};
use crate::canvas::{Canvas, LETTER, Pen, Strokes};
use crate::font::Family;
use crate::notation::{Days, Digits};
use crate::random::Random;
use crate::truth::{Balances, Shows, StatementTruth};
use jiff::civil::date;

pub(crate) const LAYOUT: Layout = Layout { books, draw };

const SHOWS: Shows =
    Shows { opening: true, closing: true, totals: true, value_dates: false, balances: Balances::Every };

const HABITS: &[Habit] = &[
    Habit {
        text: "POS DEBIT % GULL ROCK GROCERY PORTLAND ME",
        low: -14_200,
        high: -900,
        section: Section::Card,
    },
    Habit { text: "POS DEBIT % TIDEWATER HARDWARE 00##", low: -9_900, high: -650, section: Section::Card },
    Habit { text: "RECURRING ####  FERNWAY MOBILE", low: -7_500, high: -4_500, section: Section::Electronic },
    Habit {
        text: "ACH DEBIT CASCO WATER DISTRICT|WEB ID ##########",
        low: -8_900,
        high: -3_100,
        section: Section::Electronic,
    },
    Habit { text: "CHECK ~", low: -40_000, high: -2_500, section: Section::Check },
    Habit {
        text: "ATM W/D 0### COMMERCIAL ST PORTLAND ME",
        low: -16_000,
        high: -6_000,
        section: Section::Card,
    },
    Habit { text: "MOBILE DEPOSIT REF ########", low: 4_000, high: 90_000, section: Section::Deposit },
    Habit { text: "PURCHASE RETURN HARBOR LIGHT BOOKS", low: 800, high: 4_900, section: Section::Deposit },
];

const FIXED: &[Fixed] = &[
    Fixed {
        day: 3,
        text: "ACH CREDIT SEBAGO FREIGHT INC PAYROLL|PPD ID ##########",
        amount: 198_440,
        section: Section::Deposit,
    },
    Fixed {
        day: 17,
        text: "ACH CREDIT SEBAGO FREIGHT INC PAYROLL|PPD ID ##########",
        amount: 201_915,
        section: Section::Deposit,
    },
    Fixed {
        day: 16,
        text: "ACH DEBIT MUNJOY HILL PROPERTIES RENT",
        amount: -165_000,
        section: Section::Electronic,
    },
    Fixed { day: 30, text: "INTEREST PAID THIS PERIOD", amount: 37, section: Section::Interest },
];

const LEFT: f32 = 60.0;
const RIGHT: f32 = 552.0;
const ROWS_BOTTOM: f32 = 712.0;

fn books() -> Vec<Book> {
    let owner = Owner {
        institution: "Penobscot Harbor Savings Bank",
        holders: vec!["Tobias R. Lindqvist", "Ana Lindqvist"],
        address: vec!["17 Juniper Point Road", "Portland, ME 04199"],
        number: "7740 2213 58".to_owned(),
        kind: "checking",
        currency: "USD",
        routing_number: "211299998",
        ..Owner::default()
    };
    let plan = Plan {
        owner,
        start: date(2025, 12, 16),
        end: date(2026, 1, 15),
        opening: 238_791,
        rows: 34,
        habits: HABITS,
        fixed: FIXED,
    };
    vec![plan.grow(&mut Random::new(22))]
}

fn draw(books: &[Book], total: usize) -> Sheet {
    let book = &books[0];
    let mut canvas = Canvas::new(LETTER, Family::Times, Strokes::Kerned, total);
    canvas.page();
    let mut y = letterhead(&mut canvas, book);
    y = headings(&mut canvas, y);
    y = edge(&mut canvas, y, book, "Beginning balance", book.opening);
    for entry in &book.entries {
        if y > ROWS_BOTTOM {
            footer(&mut canvas);
            canvas.page();
            canvas.text(LEFT, 48.0, Pen::bold(11.0), "Penobscot Harbor Savings Bank");
            canvas.right(RIGHT, 48.0, Pen::regular(9.0), &format!("Account {}", book.owner.number));
            y = headings(&mut canvas, 84.0);
        }
        y = row(&mut canvas, y, entry);
    }
    edge(&mut canvas, y, book, "Ending balance", book.closing);
    footer(&mut canvas);
    Sheet { canvas, statements: vec![StatementTruth::new(book, SHOWS, "text")] }
}

fn letterhead(c: &mut Canvas, book: &Book) -> f32 {
    c.text(LEFT, 56.0, Pen::bold(20.0), "Penobscot Harbor");
    c.text(LEFT, 72.0, Pen::regular(10.0), "Savings Bank since 1871");
    c.rule(LEFT, 82.0, RIGHT, 82.0, 1.2);
    let mut y = c.lines(LEFT, 112.0, 13.0, Pen::regular(11.0), &book.owner.holders);
    y = c.lines(LEFT, y, 13.0, Pen::regular(11.0), &book.owner.address);
    let facts = [
        ("Account number", book.owner.number.clone()),
        ("Routing number", book.owner.routing_number.to_owned()),
        ("Statement period", format!("{} - {}", Days::Us.format(book.start), Days::Us.format(book.end))),
        ("Currency", "USD".to_owned()),
    ];
    let mut fact_y = 112.0;
    for (label, value) in facts {
        c.text(330.0, fact_y, Pen::regular(10.0), label);
        c.right(RIGHT, fact_y, Pen::bold(10.0), &value);
        fact_y += 14.0;
    }
    y = y.max(fact_y) + 18.0;
    c.text(LEFT, y, Pen::bold(13.0), "Lighthouse Checking");
    y += 18.0;
    let totals = [
        ("Beginning balance", book.opening),
        ("Total deposits and credits", book.credits),
        ("Total withdrawals and debits", book.debits),
        ("Ending balance", book.closing),
    ];
    for (label, minor) in totals {
        c.text(LEFT + 10.0, y, Pen::regular(10.5), label);
        c.right(330.0, y, Pen::regular(10.5), &dollars(minor));
        y += 14.0;
    }
    c.lines(
        350.0,
        y - 50.0,
        11.0,
        Pen::regular(8.5),
        &["Overdraft and returned item fees", "Total for this period:  $0.00", "Total year-to-date:  $68.00"],
    );
    c.frame([344.0, y - 64.0, 208.0, 42.0], 0.5);
    y + 16.0
}

fn headings(c: &mut Canvas, y: f32) -> f32 {
    let pen = Pen::bold(10.0);
    c.text(LEFT, y, pen, "Date");
    c.text(104.0, y, pen, "Transaction description");
    c.right(470.0, y, pen, "Amount");
    c.right(RIGHT, y, pen, "Balance");
    c.rule(LEFT, y + 4.0, RIGHT, y + 4.0, 0.7);
    y + 18.0
}

fn edge(c: &mut Canvas, y: f32, book: &Book, label: &str, minor: i64) -> f32 {
    let day = if label.starts_with('B') { book.start } else { book.end };
    c.text(LEFT, y, Pen::bold(10.0), &Days::UsShort.format(day));
    c.text(104.0, y, Pen::bold(10.0), label);
    c.right(RIGHT, y, Pen::bold(10.0), &dollars(minor));
    y + 15.0
}

fn row(c: &mut Canvas, y: f32, entry: &Entry) -> f32 {
    let pen = Pen::regular(10.0);
    c.text(LEFT, y, pen, &Days::UsShort.format(entry.date));
    let mut line_y = y;
    for (index, line) in entry.lines.iter().enumerate() {
        c.text(if index == 0 { 104.0 } else { 114.0 }, line_y, pen, line);
        line_y += 12.5;
    }
    c.right(470.0, y, pen, &Digits::English.signed(entry.amount));
    c.right(RIGHT, y, pen, &Digits::English.signed(entry.balance));
    line_y + 1.5
}

fn footer(c: &mut Canvas) {
    let (number, total) = c.page_numbers();
    c.center(306.0, 758.0, Pen::regular(8.5), &format!("Page {number} of {total}"));
    c.center(
        306.0,
        770.0,
        Pen::regular(7.5),
        "Questions? Call (207) 555-0132 or write to PO Box 88, Portland, ME 04199",
    );
}

fn dollars(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}${}", Digits::English.format(minor))
}
