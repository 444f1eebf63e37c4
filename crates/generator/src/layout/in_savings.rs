//! Indian savings account: ruled table, narration over lines, lakh groups, day first with a two-digit year.

use super::{Layout, Sheet};
use crate::book::{Book, Entry, Fixed, Habit, Owner, Plan, Section};
use crate::canvas::{A4, Canvas, Pen, Strokes};
use crate::font::Family;
use crate::notation::{Days, Digits};
use crate::random::Random;
use crate::truth::{Balances, Shows, StatementTruth};
use jiff::civil::date;

pub(crate) const LAYOUT: Layout = Layout { books, draw };

const SHOWS: Shows =
    Shows { opening: true, closing: true, totals: true, value_dates: true, balances: Balances::Every };

const HABITS: &[Habit] = &[
    Habit {
        text: "UPI-SRI BALAJI STORES-SBSTORE@OKPAYX-|PAYX0000###-############-GROCERY",
        low: -245_000,
        high: -9_500,
        section: Section::Electronic,
    },
    Habit {
        text: "UPI-NAMMA AUTO RIDES-RIDES@PAYX-|############",
        low: -48_000,
        high: -6_000,
        section: Section::Electronic,
    },
    Habit {
        text: "POS 4166XXXXXXXX#### KAVERI TEXTILES",
        low: -1_280_000,
        high: -89_900,
        section: Section::Card,
    },
    Habit {
        text: "ATW-4166XXXXXXXX####-S1ANCD##-BENGALURU",
        low: -1_000_000,
        high: -200_000,
        section: Section::Card,
    },
    Habit {
        text: "IMPS-############-MEENAKSHI IYER-PAYX-|XXXXXXX#### FAMILY",
        low: -2_500_000,
        high: -500_000,
        section: Section::Electronic,
    },
    Habit {
        text: "UPI-ARVIND RAO-ARVIND.R@PAYX-|############-DINNER",
        low: 25_000,
        high: 340_000,
        section: Section::Deposit,
    },
];

const FIXED: &[Fixed] = &[
    Fixed {
        day: 4,
        text: "ACH D- LOTUS HOUSING FIN-#########",
        amount: -3_218_500,
        section: Section::Electronic,
    },
    Fixed {
        day: 0,
        text: "NEFT CR-PAYX0000001-NILGIRI SOFTWARE PVT|LTD-DEEPIKA NARAYANAN-N06026########",
        amount: 12_437_500,
        section: Section::Deposit,
    },
    Fixed {
        day: 29,
        text: "NEFT CR-PAYX0000001-NILGIRI SOFTWARE PVT|LTD-DEEPIKA NARAYANAN-N09026########",
        amount: 12_437_500,
        section: Section::Deposit,
    },
    Fixed { day: 30, text: "INTEREST PAID TILL 31-MAR-2026", amount: 215_300, section: Section::Interest },
    Fixed {
        day: 20,
        text: "CHQ PAID-MICR CTS-BA-VIDYA MANDIR SCHOOL",
        amount: -4_500_000,
        section: Section::Electronic,
    },
];

const EDGES: [f32; 8] = [24.0, 66.0, 246.0, 334.0, 380.0, 444.0, 508.0, 574.0];
const BOTTOM: f32 = 740.0;

fn books() -> Vec<Book> {
    let owner = Owner {
        institution: "Sahyadri Bank Ltd",
        holders: vec!["MS DEEPIKA NARAYANAN"],
        address: vec!["NO 14 2ND CROSS KUMARA PARK", "BENGALURU 560999", "KARNATAKA INDIA"],
        number: "50100099887766".to_owned(),
        kind: "savings",
        currency: "INR",
        ..Owner::default()
    };
    let plan = Plan {
        owner,
        start: date(2026, 3, 1),
        end: date(2026, 3, 31),
        opening: 34_781_250,
        rows: 44,
        habits: HABITS,
        fixed: FIXED,
    };
    let mut random = Random::new(91);
    let mut book = plan.grow(&mut random);
    for entry in &mut book.entries {
        entry.reference = Some(format!("0000{}", random.digits(12)));
    }
    vec![book]
}

fn draw(books: &[Book], total: usize) -> Sheet {
    let book = &books[0];
    let mut c = Canvas::new(A4, Family::Helvetica, Strokes::Gaps, total);
    c.page();
    letterhead(&mut c, book);
    let mut top = 218.0;
    let mut y = headings(&mut c, top);
    for entry in &book.entries {
        if y > BOTTOM {
            verticals(&mut c, top, y - 8.0);
            footer(&mut c);
            c.page();
            letterhead(&mut c, book);
            top = 218.0;
            y = headings(&mut c, top);
        }
        y = row(&mut c, y, entry);
    }
    verticals(&mut c, top, y - 8.0);
    summary(&mut c, y + 20.0, book);
    footer(&mut c);
    Sheet { canvas: c, statements: vec![StatementTruth::new(book, SHOWS, "text")] }
}

fn letterhead(c: &mut Canvas, book: &Book) {
    let number = c.page_number();
    c.right(574.0, 30.0, Pen::regular(7.5), &format!("Page No .: {number}"));
    c.fill([24.0, 36.0, 150.0, 22.0], [0.0, 0.2, 0.45]);
    c.text(30.0, 52.0, Pen::bold(14.0).shade(1.0), "SAHYADRI BANK");
    let y = c.lines(30.0, 80.0, 11.0, Pen::regular(8.5), &book.owner.holders);
    c.lines(30.0, y, 11.0, Pen::regular(8.5), &book.owner.address);
    let facts = [
        ("Account Branch", "KUMARA PARK WEST".to_owned()),
        ("City", "BENGALURU 560999".to_owned()),
        ("Currency", "INR".to_owned()),
        ("Account No", book.owner.number.clone()),
        ("Account Type", "SAVINGS A/C - RESIDENT".to_owned()),
        ("A/C Open Date", "14/08/2017".to_owned()),
        ("Branch Code", "0412".to_owned()),
    ];
    let mut fact_y = 74.0;
    for (label, value) in facts {
        c.text(330.0, fact_y, Pen::regular(8.0), label);
        c.text(404.0, fact_y, Pen::regular(8.0), &format!(": {value}"));
        fact_y += 11.5;
    }
    c.text(30.0, 180.0, Pen::bold(9.0), "Statement of account");
    let period =
        format!("From : {}  To : {}", Days::DayFirst.format(book.start), Days::DayFirst.format(book.end));
    c.text(330.0, 180.0, Pen::regular(8.5), &period);
}

fn headings(c: &mut Canvas, top: f32) -> f32 {
    c.fill([EDGES[0], top - 12.0, EDGES[7] - EDGES[0], 18.0], [0.88, 0.9, 0.94]);
    let pen = Pen::bold(7.5);
    c.center(45.0, top, pen, "Date");
    c.center(156.0, top, pen, "Narration");
    c.center(290.0, top, pen, "Chq./Ref.No.");
    c.center(357.0, top, pen, "Value Dt");
    c.center(412.0, top, pen, "Withdrawal Amt.");
    c.center(476.0, top, pen, "Deposit Amt.");
    c.center(541.0, top, pen, "Closing Balance");
    top + 17.0
}

fn verticals(c: &mut Canvas, top: f32, bottom: f32) {
    for x in EDGES {
        c.rule(x, top - 12.0, x, bottom, 0.4);
    }
    c.rule(EDGES[0], bottom, EDGES[7], bottom, 0.4);
}

fn row(c: &mut Canvas, y: f32, entry: &Entry) -> f32 {
    let pen = Pen::regular(7.0);
    c.text(28.0, y, pen, &Days::DayFirstTwoDigit.format(entry.date));
    c.text(252.0, y, pen, entry.reference.as_deref().unwrap_or_default());
    c.text(340.0, y, pen, &Days::DayFirstTwoDigit.format(entry.value_date));
    let column = if entry.amount < 0 { EDGES[5] } else { EDGES[6] };
    c.right(column - 4.0, y, pen, &Digits::Indian.format(entry.amount));
    c.right(EDGES[7] - 4.0, y, pen, &Digits::Indian.signed(entry.balance));
    let mut line_y = y;
    for line in &entry.lines {
        c.text(70.0, line_y, pen, line);
        line_y += 9.0;
    }
    c.rule(EDGES[0], line_y - 5.5, EDGES[7], line_y - 5.5, 0.2);
    line_y + 3.0
}

fn summary(c: &mut Canvas, y: f32, book: &Book) {
    c.text(30.0, y, Pen::bold(8.5), "STATEMENT SUMMARY :-");
    let cells = [
        (30.0, "Opening Balance", Digits::Indian.signed(book.opening)),
        (130.0, "Dr Count", book.counts.1.to_string()),
        (200.0, "Cr Count", book.counts.0.to_string()),
        (270.0, "Debits", Digits::Indian.format(book.debits)),
        (370.0, "Credits", Digits::Indian.format(book.credits)),
        (470.0, "Closing Bal", Digits::Indian.signed(book.closing)),
    ];
    for (x, label, value) in cells {
        c.text(x, y + 14.0, Pen::bold(8.0), label);
        c.text(x, y + 26.0, Pen::regular(8.0), &value);
    }
    c.text(
        30.0,
        y + 46.0,
        Pen::regular(7.5),
        "Generated On: 01-APR-2026 06:12   Requesting Branch Code: NET",
    );
}

fn footer(c: &mut Canvas) {
    c.lines(30.0, 800.0, 9.0, Pen::regular(6.5), &[
        "*Closing balance includes funds earmarked for hold and uncleared funds.",
        "Contents of this statement will be considered correct if no error is reported within 30 days of receipt of statement.",
    ]);
}
