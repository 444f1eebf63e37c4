//! UK current account: paid out and paid in, a date only once a day, a balance only at the end of a day,
//! brought and carried forward on every page, overdrawn balances marked `OD`.

use super::{Layout, Sheet};
use crate::book::{Book, Fixed, Habit, Owner, Plan, Section};
use crate::canvas::{A4, Canvas, Pen, Strokes};
use crate::font::Family;
use crate::notation::{Days, Digits};
use crate::random::Random;
use crate::truth::{Balances, Shows, StatementTruth};
use jiff::civil::date;

pub(crate) const LAYOUT: Layout = Layout { books, draw };

const SHOWS: Shows =
    Shows { opening: true, closing: true, totals: true, value_dates: false, balances: Balances::DayEnd };

const HABITS: &[Habit] = &[
    Habit { text: "CONTACTLESS FENWICK BAKERY|LEEDS GB", low: -1_280, high: -240, section: Section::Card },
    Habit { text: "CARD PAYMENT TO MOORGATE GROCERS", low: -11_800, high: -700, section: Section::Card },
    Habit {
        text: "DIRECT DEBIT AIREDALE WATER|REF 00########",
        low: -4_200,
        high: -2_800,
        section: Section::Electronic,
    },
    Habit { text: "CASH WITHDRAWAL AT|BRIGGATE @@ 2", low: -8_000, high: -2_000, section: Section::Card },
    Habit {
        text: "BILL PAYMENT VIA FASTER PAYMENT|TO P HARGREAVES REFERENCE RENT SHARE",
        low: -42_000,
        high: -18_000,
        section: Section::Electronic,
    },
    Habit {
        text: "STANDING ORDER TO RAMBLERS CLUB",
        low: -1_500,
        high: -1_500,
        section: Section::Electronic,
    },
    Habit {
        text: "FASTER PAYMENTS RECEIPT REF.INVOICE @##|FROM OKORO J",
        low: 6_000,
        high: 38_000,
        section: Section::Deposit,
    },
    Habit { text: "REFUND NORTHGATE OUTFITTERS", low: 1_200, high: 5_900, section: Section::Deposit },
];

const FIXED: &[Fixed] = &[
    Fixed {
        day: 26,
        text: "BANK GIRO CREDIT PENNINE CARE TRUST|SALARY 0326",
        amount: 231_804,
        section: Section::Deposit,
    },
    Fixed { day: 2, text: "DIRECT DEBIT SHIRE COUNCIL TAX", amount: -16_400, section: Section::Electronic },
    Fixed { day: 27, text: "STANDING ORDER HOLBECK LETTINGS", amount: -79_500, section: Section::Electronic },
    Fixed { day: 30, text: "ARRANGED OVERDRAFT INTEREST TO 28MAR", amount: -614, section: Section::Fee },
];

const DATE: f32 = 50.0;
const TEXT: f32 = 118.0;
const OUT: f32 = 402.0;
const IN: f32 = 470.0;
const BALANCE: f32 = 528.0;

fn books() -> Vec<Book> {
    let owner = Owner {
        institution: "Northern Vale Bank plc",
        holders: vec!["MS PHILIPPA J HARGREAVES"],
        address: vec!["FLAT 3, 41 CHANDLERS ROW", "LEEDS", "LS2 9ZZ"],
        number: "30418827".to_owned(),
        iban: crate::iban::iban("GB", "NVBK99112230418827"),
        bic: "NVBKGB21XXX",
        sort_code: "99-11-22",
        kind: "current",
        currency: "GBP",
        ..Owner::default()
    };
    let plan = Plan {
        owner,
        start: date(2026, 3, 1),
        end: date(2026, 3, 31),
        opening: 48_317,
        rows: 52,
        habits: HABITS,
        fixed: FIXED,
    };
    vec![plan.grow(&mut Random::new(303))]
}

fn draw(books: &[Book], total: usize) -> Sheet {
    let book = &books[0];
    let mut c = Canvas::new(A4, Family::Helvetica, Strokes::Words, total);
    c.page();
    let mut y = letterhead(&mut c, book);
    y = table_head(&mut c, y);
    y = carry(&mut c, y, "BALANCE BROUGHT FORWARD", book.opening);
    let mut printed_day = None;
    let mut balance = book.opening;
    for (index, entry) in book.entries.iter().enumerate() {
        if y > 742.0 {
            carry(&mut c, y, "BALANCE CARRIED FORWARD", balance);
            footer(&mut c, book);
            c.page();
            c.text(DATE, 52.0, Pen::bold(15.0), "Northern Vale Bank");
            c.right(545.0, 52.0, Pen::regular(9.0), "Your Current Account statement");
            y = table_head(&mut c, 96.0);
            y = carry(&mut c, y, "BALANCE BROUGHT FORWARD", balance);
            printed_day = None;
        }
        if printed_day != Some(entry.date) {
            c.text(DATE, y, Pen::regular(8.5), &Days::Short.format(entry.date));
            printed_day = Some(entry.date);
        }
        let column = if entry.amount < 0 { OUT } else { IN };
        c.right(column, y, Pen::regular(8.5), &Digits::English.format(entry.amount));
        if book.ends_day(index) {
            right_balance(&mut c, y, Pen::regular(8.5), entry.balance);
        }
        for line in &entry.lines {
            c.text(TEXT, y, Pen::regular(8.5), line);
            y += 11.0;
        }
        y += 2.0;
        balance = entry.balance;
    }
    carry(&mut c, y, "BALANCE CARRIED FORWARD", book.closing);
    footer(&mut c, book);
    Sheet { canvas: c, statements: vec![StatementTruth::new(book, SHOWS, "text")] }
}

fn letterhead(c: &mut Canvas, book: &Book) -> f32 {
    c.text(DATE, 60.0, Pen::bold(21.0), "Northern Vale Bank");
    c.right(545.0, 52.0, Pen::regular(8.0), "Contact tel 0800 555 0199");
    c.right(545.0, 62.0, Pen::regular(8.0), "www.northernvale.example");
    c.text(DATE, 104.0, Pen::bold(13.0), "Your Statement");
    let y = c.lines(DATE, 132.0, 12.0, Pen::regular(9.5), &book.owner.holders);
    c.lines(DATE, y, 12.0, Pen::regular(9.5), &book.owner.address);
    c.fill([330.0, 92.0, 215.0, 104.0], [0.93, 0.94, 0.97]);
    c.text(340.0, 108.0, Pen::bold(10.0), "Account Summary");
    let mut line = 126.0;
    for (label, minor) in [
        ("Opening Balance", book.opening),
        ("Payments In", book.credits),
        ("Payments Out", book.debits.abs()),
        ("Closing Balance", book.closing),
    ] {
        c.text(340.0, line, Pen::regular(9.0), label);
        let mark = if minor < 0 { " OD" } else { "" };
        c.right(535.0, line, Pen::regular(9.0), &format!("£{}{mark}", Digits::English.format(minor)));
        line += 13.0;
    }
    c.text(340.0, line + 4.0, Pen::regular(8.0), "Arranged Overdraft Limit");
    c.right(535.0, line + 4.0, Pen::regular(8.0), "£2,500.00");
    let period = format!("{} to {}", Days::Long.format(book.start), Days::Long.format(book.end));
    c.text(DATE, 216.0, Pen::bold(10.0), &period);
    let owner = &book.owner;
    let heads = [
        (DATE, "Account Name", owner.holders[0]),
        (230.0, "Sortcode", owner.sort_code),
        (300.0, "Account Number", owner.number.as_str()),
    ];
    for (x, label, value) in heads {
        c.text(x, 236.0, Pen::bold(8.5), label);
        c.text(x, 248.0, Pen::regular(8.5), value);
    }
    c.text(400.0, 236.0, Pen::bold(8.5), "International Bank Account Number");
    c.text(400.0, 248.0, Pen::regular(8.5), &owner.iban);
    c.text(DATE, 264.0, Pen::regular(8.5), &format!("Branch Identifier Code  {}", owner.bic));
    290.0
}

fn table_head(c: &mut Canvas, y: f32) -> f32 {
    c.rule(DATE, y - 11.0, 545.0, y - 11.0, 0.8);
    let pen = Pen::bold(8.5);
    c.text(DATE, y, pen, "Date");
    c.text(TEXT, y, pen, "Payment type and details");
    c.right(OUT, y, pen, "Paid out");
    c.right(IN, y, pen, "Paid in");
    c.right(BALANCE, y, pen, "Balance");
    c.rule(DATE, y + 4.0, 545.0, y + 4.0, 0.8);
    y + 17.0
}

fn carry(c: &mut Canvas, y: f32, label: &str, minor: i64) -> f32 {
    c.text(TEXT, y, Pen::bold(8.5), label);
    right_balance(c, y, Pen::bold(8.5), minor);
    y + 13.0
}

/// The digits are aligned; the mark of an overdrawn balance hangs behind them.
fn right_balance(c: &mut Canvas, y: f32, pen: Pen, minor: i64) {
    c.right(BALANCE, y, pen, &Digits::English.format(minor));
    if minor < 0 {
        c.text(BALANCE + 3.0, y, pen, "OD");
    }
}

fn footer(c: &mut Canvas, book: &Book) {
    let (number, total) = c.page_numbers();
    c.rule(DATE, 784.0, 545.0, 784.0, 0.4);
    c.text(
        DATE,
        796.0,
        Pen::regular(7.0),
        &format!("{}  Registered in England. Statement sheet {number}", book.owner.institution),
    );
    c.right(545.0, 796.0, Pen::regular(7.0), &format!("Page {number} of {total}"));
}
