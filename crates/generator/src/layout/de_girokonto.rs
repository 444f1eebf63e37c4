//! German current account: booking and value date, several lines of purpose, trailing signs, comma decimals.

use super::{Layout, Sheet};
use crate::book::{Book, Entry, Fixed, Habit, Owner, Plan, Section};
use crate::canvas::{A4, Canvas, Pen, Strokes};
use crate::font::Family;
use crate::iban::{iban, in_fours};
use crate::notation::{Days, Digits};
use crate::random::Random;
use crate::truth::{Balances, Shows, StatementTruth};
use jiff::civil::date;

pub(crate) const LAYOUT: Layout = Layout { books, draw };

const SHOWS: Shows =
    Shows { opening: true, closing: true, totals: false, value_dates: true, balances: Balances::None };

const HABITS: &[Habit] = &[
    Habit {
        text: "Kartenzahlung|Bäckerei Ährenfeld Münster|Karte 4## Folge 01",
        low: -1_890,
        high: -180,
        section: Section::Card,
    },
    Habit {
        text: "Kartenzahlung|Frischmarkt Lohmann//Münster/DE|%T18:2# Debit",
        low: -13_400,
        high: -980,
        section: Section::Card,
    },
    Habit {
        text: "Lastschrift SEPA|Stadtwerke Amsbruch GmbH|Abschlag Strom Vertrag ######|Mandat AB-####",
        low: -11_200,
        high: -6_400,
        section: Section::Electronic,
    },
    Habit {
        text: "Überweisung SEPA|Jörg Weißenfels|Verwendungszweck: Anteil Urlaub",
        low: -30_000,
        high: -4_000,
        section: Section::Electronic,
    },
    Habit {
        text: "Gutschrift SEPA|Kerstin Öhlmann|Nebenkosten 2025",
        low: 2_500,
        high: 24_000,
        section: Section::Deposit,
    },
    Habit {
        text: "Bargeldauszahlung|GA NR0000#### BLZ99988877",
        low: -20_000,
        high: -5_000,
        section: Section::Card,
    },
];

const FIXED: &[Fixed] = &[
    Fixed {
        day: 0,
        text: "Dauerauftrag|Hausverwaltung Grünmeier|Miete Whg. 12 März",
        amount: -94_500,
        section: Section::Electronic,
    },
    Fixed {
        day: 26,
        text: "Lohn, Gehalt|Werkzeugbau Tannhuber KG|Lohn/Gehalt 03/2026",
        amount: 287_365,
        section: Section::Deposit,
    },
    Fixed { day: 30, text: "Abschluss|Entgelt Kontoführung 03/2026", amount: -690, section: Section::Fee },
    Fixed {
        day: 13,
        text: "Lastschrift SEPA|Kfz-Versicherung Alster a.G.|Beitrag 1.204,00 EUR Rate 1/4",
        amount: -30_100,
        section: Section::Electronic,
    },
];

const BOOKED: f32 = 62.0;
const VALUE: f32 = 118.0;
const TEXT: f32 = 176.0;
const RIGHT: f32 = 530.0;

fn books() -> Vec<Book> {
    let owner = Owner {
        institution: "Volksbank Amsbruch eG",
        holders: vec!["Friederike Kühnel"],
        address: vec!["Lindenstraße 27 b", "48999 Amsbruch"],
        number: String::new(),
        iban: iban("DE", "999888770012345678"),
        bic: "GENODEM1AMX",
        kind: "current",
        currency: "EUR",
        ..Owner::default()
    };
    let plan = Plan {
        owner,
        start: date(2026, 3, 1),
        end: date(2026, 3, 31),
        opening: 215_408,
        rows: 26,
        habits: HABITS,
        fixed: FIXED,
    };
    vec![plan.grow(&mut Random::new(49))]
}

fn draw(books: &[Book], total: usize) -> Sheet {
    let book = &books[0];
    let mut c = Canvas::new(A4, Family::Helvetica, Strokes::Glyphs, total);
    c.page();
    letterhead(&mut c, book);
    let mut y = headings(&mut c, 258.0);
    y = edge(
        &mut c,
        y,
        &format!("Kontostand alt vom {}", Days::German.format(date(2026, 2, 27))),
        book.opening,
    );
    for entry in &book.entries {
        if y > 700.0 {
            c.right(RIGHT, y + 12.0, Pen::regular(8.0), "Fortsetzung nächstes Blatt");
            footer(&mut c);
            c.page();
            let (number, total) = c.page_numbers();
            let sheet = format!("Kontoauszug 3/2026   Blatt {number} von {total}");
            c.text(BOOKED, 60.0, Pen::bold(11.0), "Volksbank Amsbruch eG");
            c.right(RIGHT, 60.0, Pen::regular(9.0), &sheet);
            y = headings(&mut c, 98.0);
        }
        y = row(&mut c, y, entry);
    }
    c.rule(BOOKED, y - 6.0, RIGHT + 12.0, y - 6.0, 0.5);
    y = edge(&mut c, y + 6.0, &format!("Kontostand neu vom {}", Days::German.format(book.end)), book.closing);
    c.lines(BOOKED, y + 10.0, 10.0, Pen::regular(7.5), &[
        "Bitte erheben Sie Einwendungen gegen Abbuchungen aus Lastschriften unverzüglich. Guthaben sind bis 100.000,00 EUR",
        "nach Maßgabe des Einlagensicherungsgesetzes entschädigungsfähig.",
    ]);
    footer(&mut c);
    Sheet { canvas: c, statements: vec![StatementTruth::new(book, SHOWS, "text")] }
}

fn letterhead(c: &mut Canvas, book: &Book) {
    c.fill([BOOKED, 40.0, 26.0, 26.0], [0.95, 0.55, 0.1]);
    c.text(96.0, 60.0, Pen::bold(16.0), "Volksbank Amsbruch eG");
    c.text(BOOKED, 110.0, Pen::regular(6.5), "Volksbank Amsbruch eG, Marktplatz 1, 48999 Amsbruch");
    let y = c.lines(BOOKED, 126.0, 13.0, Pen::regular(10.0), &book.owner.holders);
    c.lines(BOOKED, y, 13.0, Pen::regular(10.0), &book.owner.address);
    let period = format!("{} - {}", Days::German.format(book.start), Days::German.format(book.end));
    let facts = [
        ("Kontoauszug", "3/2026".to_owned()),
        ("Blatt", format!("1 von {}", c.page_numbers().1)),
        ("Zeitraum", period),
        ("IBAN", in_fours(&book.owner.iban)),
        ("BIC", book.owner.bic.to_owned()),
        ("Kontowährung", "EUR".to_owned()),
    ];
    let mut fact_y = 120.0;
    for (label, value) in facts {
        c.text(318.0, fact_y, Pen::bold(8.5), label);
        c.text(392.0, fact_y, Pen::regular(8.5), &value);
        fact_y += 13.0;
    }
    c.text(BOOKED, 224.0, Pen::bold(12.0), "Kontoauszug Girokonto Komfort");
}

fn headings(c: &mut Canvas, y: f32) -> f32 {
    let pen = Pen::bold(8.5);
    c.text(BOOKED, y, pen, "Buchung");
    c.text(VALUE, y, pen, "Wert");
    c.text(TEXT, y, pen, "Buchungstext / Verwendungszweck");
    c.right(RIGHT + 8.0, y, pen, "Betrag EUR");
    c.rule(BOOKED, y + 5.0, RIGHT + 12.0, y + 5.0, 0.8);
    y + 20.0
}

fn edge(c: &mut Canvas, y: f32, label: &str, minor: i64) -> f32 {
    c.text(TEXT, y, Pen::bold(9.0), label);
    signed(c, y, Pen::bold(9.0), minor);
    y + 17.0
}

fn row(c: &mut Canvas, y: f32, entry: &Entry) -> f32 {
    let pen = Pen::regular(9.0);
    c.text(BOOKED, y, pen, &Days::GermanNoYear.format(entry.date));
    c.text(VALUE, y, pen, &Days::GermanNoYear.format(entry.value_date));
    signed(c, y, pen, entry.amount);
    let mut line_y = y;
    for line in &entry.lines {
        c.text(TEXT, line_y, pen, line);
        line_y += 11.0;
    }
    line_y + 5.0
}

/// The sign stands behind the digits, as a sheet of its own column.
fn signed(c: &mut Canvas, y: f32, pen: Pen, minor: i64) {
    c.right(RIGHT, y, pen, &Digits::German.format(minor));
    c.text(RIGHT + 2.5, y, pen, if minor < 0 { "-" } else { "+" });
}

fn footer(c: &mut Canvas) {
    c.lines(
        BOOKED,
        796.0,
        9.0,
        Pen::regular(6.5),
        &[
            "Volksbank Amsbruch eG  Vorstand: H. Brandhorst, S. Eickmeier  Aufsichtsrat: Dr. T. Vogelsang",
            "Genossenschaftsregister 9999  USt-IdNr. DE999999999",
        ],
    );
}
