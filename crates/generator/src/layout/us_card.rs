//! US credit card: unsigned purchases in sections, an amount owed, minimum payment, year-to-date box.

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
    Shows { opening: true, closing: true, totals: false, value_dates: true, balances: Balances::None };

const HABITS: &[Habit] = &[
    Habit { text: "SQR *MESA VERDE TACOS DENVER CO", low: -3_800, high: -900, section: Section::Card },
    Habit { text: "ASPENGLOW OUTDOOR CO BOULDER CO", low: -24_900, high: -2_500, section: Section::Card },
    Habit { text: "FRONT RANGE FUEL 1## LAKEWOOD CO", low: -7_200, high: -2_800, section: Section::Card },
    Habit {
        text: "SKYLARK AIR 0############ 800-555-0170 CO",
        low: -48_000,
        high: -11_000,
        section: Section::Card,
    },
    Habit { text: "PAPERKITE*BOOKS PAPERKITE.EXAMPLE NE", low: -4_200, high: -600, section: Section::Card },
    Habit { text: "COLFAX PHARMACY #0#### DENVER CO", low: -6_100, high: -500, section: Section::Card },
];

const FIXED: &[Fixed] = &[
    Fixed { day: 11, text: "PAYMENT - THANK YOU", amount: 120_000, section: Section::Deposit },
    Fixed {
        day: 14,
        text: "ASPENGLOW OUTDOOR CO BOULDER CO RETURN",
        amount: 5_499,
        section: Section::Deposit,
    },
    Fixed { day: 16, text: "LATE FEE", amount: -2_900, section: Section::Fee },
    Fixed { day: 29, text: "INTEREST CHARGE ON PURCHASES", amount: -1_873, section: Section::Interest },
    Fixed { day: 29, text: "INTEREST CHARGE ON CASH ADVANCES", amount: 0, section: Section::Interest },
];

const SECTIONS: [(&str, &str, Section); 4] = [
    ("Payments and Credits", "TOTAL PAYMENTS AND CREDITS FOR THIS PERIOD", Section::Deposit),
    ("Purchases and Adjustments", "TOTAL PURCHASES AND ADJUSTMENTS FOR THIS PERIOD", Section::Card),
    ("Fees Charged", "TOTAL FEES FOR THIS PERIOD", Section::Fee),
    ("Interest Charged", "TOTAL INTEREST CHARGED FOR THIS PERIOD", Section::Interest),
];

const LEFT: f32 = 48.0;
const RIGHT: f32 = 564.0;

fn books() -> Vec<Book> {
    let owner = Owner {
        institution: "Summit Ridge Card Services",
        holders: vec!["EVERETT T BANNISTER"],
        address: vec!["905 COTTONWOOD CT", "DENVER CO 80299-4410"],
        number: "XXXX XXXX XXXX 8841".to_owned(),
        kind: "credit_card",
        currency: "USD",
        ..Owner::default()
    };
    let plan = Plan {
        owner,
        start: date(2026, 2, 13),
        end: date(2026, 3, 14),
        opening: -184_532,
        rows: 30,
        habits: HABITS,
        fixed: FIXED,
    };
    let mut random = Random::new(77);
    let mut book = plan.grow(&mut random);
    for entry in &mut book.entries {
        if entry.section != Section::Interest {
            entry.reference = Some(random.digits(4));
        }
    }
    let rank = |entry: &Entry| SECTIONS.iter().position(|(_, _, s)| *s == entry.section);
    book.entries.sort_by_key(|entry| (entry.date, rank(entry)));
    vec![book.settled()]
}

fn draw(books: &[Book], total: usize) -> Sheet {
    let book = &books[0];
    let mut c = Canvas::new(LETTER, Family::Helvetica, Strokes::Kerned, total);
    c.page();
    let mut y = first_page(&mut c, book);
    for (title, total, section) in SECTIONS {
        if y > 640.0 {
            y = next_page(&mut c, book);
        }
        y = section_head(&mut c, y, title);
        let rows: Vec<&Entry> = book.section(section).collect();
        for entry in rows {
            if y > 730.0 {
                y = next_page(&mut c, book);
                y = section_head(&mut c, y, &format!("{title} - continued"));
            }
            y = row(&mut c, y, entry);
        }
        c.text(120.0, y, Pen::bold(8.5), total);
        c.right(RIGHT, y, Pen::bold(8.5), &dollars(-book.section_sum(section)));
        y += 26.0;
    }
    year_to_date(&mut c, y.min(690.0));
    footer(&mut c);
    let truth = StatementTruth::new(book, SHOWS, "text")
        .with_section_totals(book.section_sum(Section::Deposit), book.section_sum(Section::Fee));
    Sheet { canvas: c, statements: vec![truth] }
}

fn first_page(c: &mut Canvas, book: &Book) -> f32 {
    c.fill([0.0, 0.0, 612.0, 34.0], [0.2, 0.2, 0.24]);
    c.text(LEFT, 23.0, Pen::bold(15.0).shade(1.0), "SUMMIT RIDGE");
    c.right(RIGHT, 23.0, Pen::regular(9.0).shade(1.0), "Trailhead Rewards Card");
    let y = c.lines(LEFT, 66.0, 12.0, Pen::regular(9.5), &book.owner.holders);
    c.lines(LEFT, y, 12.0, Pen::regular(9.5), &book.owner.address);
    c.text(330.0, 66.0, Pen::bold(9.5), &format!("Account number: {}", book.owner.number));
    let period = format!("{} - {}", Days::UsLong.format(book.start), Days::UsLong.format(book.end));
    c.text(330.0, 79.0, Pen::regular(9.5), &period);
    c.text(330.0, 92.0, Pen::regular(8.5), "Issued by Summit Ridge Card Services");
    account_summary(c, book);
    payment_box(c, book);
    c.lines(LEFT, 282.0, 10.5, Pen::regular(8.0), &[
        "Late Payment Warning: If we do not receive your minimum payment by the date listed above, you may have to pay a",
        "late fee of up to $40.00. Minimum Payment Warning: If you make only the minimum payment each period, you will",
        "pay more in interest and it will take you longer to pay off your balance. For example, paying $58.00 a month saves",
        "about $1,140.00 over 36 months.",
    ]);
    344.0
}

fn account_summary(c: &mut Canvas, book: &Book) {
    c.text(LEFT, 132.0, Pen::bold(11.0), "Account Summary");
    c.rule(LEFT, 137.0, 290.0, 137.0, 1.0);
    let lines = [
        ("Previous Balance", dollars(-book.opening)),
        ("Payments and Other Credits", dollars(-book.section_sum(Section::Deposit))),
        ("Purchases and Adjustments", dollars(-book.section_sum(Section::Card))),
        ("Fees Charged", dollars(-book.section_sum(Section::Fee))),
        ("Interest Charged", dollars(-book.section_sum(Section::Interest))),
        ("New Balance Total", dollars(-book.closing)),
        ("Total Credit Line", "$9,500.00".to_owned()),
        ("Total Credit Available", "$6,012.00".to_owned()),
        ("Statement Closing Date", Days::Us.format(book.end)),
        ("Days in Billing Cycle", "30".to_owned()),
    ];
    let mut y = 150.0;
    for (label, value) in lines {
        let pen = if label.starts_with("New") { Pen::bold(9.0) } else { Pen::regular(9.0) };
        c.text(LEFT, y, pen, label);
        c.right(290.0, y, pen, &value);
        y += 12.0;
    }
}

fn payment_box(c: &mut Canvas, book: &Book) {
    c.fill([330.0, 122.0, 234.0, 76.0], [0.94, 0.94, 0.9]);
    c.text(338.0, 138.0, Pen::bold(11.0), "Payment Information");
    let lines = [
        ("New Balance Total", dollars(-book.closing)),
        ("Total Minimum Payment Due", "$58.00".to_owned()),
        ("Payment Due Date", Days::Us.format(date(2026, 4, 11))),
    ];
    let mut y = 156.0;
    for (label, value) in lines {
        c.text(338.0, y, Pen::regular(9.0), label);
        c.right(556.0, y, Pen::bold(9.0), &value);
        y += 14.0;
    }
}

fn section_head(c: &mut Canvas, y: f32, title: &str) -> f32 {
    c.text(LEFT, y, Pen::bold(11.0), title);
    c.rule(LEFT, y + 4.0, RIGHT, y + 4.0, 0.8);
    let (pen, top, base) = (Pen::bold(7.5), y + 15.0, y + 23.0);
    c.text(LEFT, top, pen, "Transaction");
    c.text(LEFT, base, pen, "Date");
    c.text(104.0, top, pen, "Posting");
    c.text(104.0, base, pen, "Date");
    c.text(150.0, base, pen, "Description");
    c.text(410.0, top, pen, "Reference");
    c.text(410.0, base, pen, "Number");
    c.right(RIGHT, base, pen, "Amount");
    y + 37.0
}

fn row(c: &mut Canvas, y: f32, entry: &Entry) -> f32 {
    let pen = Pen::regular(8.5);
    c.text(LEFT, y, pen, &Days::UsShort.format(entry.value_date));
    c.text(104.0, y, pen, &Days::UsShort.format(entry.date));
    c.text(150.0, y, pen, &entry.lines[0]);
    if let Some(reference) = &entry.reference {
        c.text(410.0, y, pen, reference);
    }
    c.right(RIGHT, y, pen, &Digits::English.signed(-entry.amount));
    y + 12.5
}

fn next_page(c: &mut Canvas, book: &Book) -> f32 {
    footer(c);
    c.page();
    c.text(LEFT, 36.0, Pen::bold(9.0), book.owner.holders[0]);
    c.right(RIGHT, 36.0, Pen::regular(9.0), &format!("Account number: {}", book.owner.number));
    76.0
}

fn year_to_date(c: &mut Canvas, y: f32) {
    c.frame([180.0, y - 12.0, 252.0, 50.0], 0.8);
    c.center(306.0, y, Pen::bold(9.0), "2026 Totals Year-to-Date");
    c.text(190.0, y + 15.0, Pen::regular(8.5), "Total fees charged in 2026");
    c.right(424.0, y + 15.0, Pen::regular(8.5), "$58.00");
    c.text(190.0, y + 28.0, Pen::regular(8.5), "Total interest charged in 2026");
    c.right(424.0, y + 28.0, Pen::regular(8.5), "$61.07");
}

fn footer(c: &mut Canvas) {
    let (number, total) = c.page_numbers();
    c.right(RIGHT, 772.0, Pen::regular(7.5), &format!("Page {number} of {total}"));
}

/// Amounts as the bank sees them: what is owed is positive.
fn dollars(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}${}", Digits::English.format(minor))
}
