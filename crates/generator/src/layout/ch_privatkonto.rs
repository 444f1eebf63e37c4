//! Swiss private account: apostrophe groups, charge and credit columns, value date behind them.

use super::grid::{Cell, Column, Grid, Signs};
use super::{Layout, Sheet};
use crate::book::{Book, Fixed, Habit, Owner, Plan, Section};
use crate::canvas::{A4, Canvas, Pen, Strokes};
use crate::font::Family;
use crate::iban::{iban, in_fours};
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
        text: "Einkauf Debitkarte Bergladen Glarnisch|Karte ####",
        low: -14900,
        high: -650,
        section: Section::Card,
    },
    Habit { text: "TWINT Zahlung Café Schwänli", low: -2850, high: -480, section: Section::Card },
    Habit {
        text: "E-Rechnung Elektrizitätswerk Sernftal|Ref. ## #####",
        low: -18400,
        high: -7900,
        section: Section::Electronic,
    },
    Habit { text: "Bancomat-Bezug Näfels", low: -30000, high: -5000, section: Section::Card },
    Habit {
        text: "Zahlungseingang Hürlimann Beat|Spesen KW ##",
        low: 3500,
        high: 42000,
        section: Section::Deposit,
    },
];

const FIXED: &[Fixed] = &[
    Fixed { day: 24, text: "Lohnzahlung Tödi Präzision AG", amount: 684515, section: Section::Deposit },
    Fixed { day: 1, text: "Dauerauftrag Miete Wohnbau Linth", amount: -192000, section: Section::Electronic },
    Fixed {
        day: 2,
        text: "Zahlungsauftrag Krankenkasse Sana Vita|Prämie März",
        amount: -48735,
        section: Section::Electronic,
    },
    Fixed { day: 30, text: "Saldo Dienstleistungspreis", amount: -500, section: Section::Fee },
];

const GRID: Grid = Grid {
    page: A4,
    turned: false,
    family: Family::Times,
    strokes: Strokes::Kerned,
    line_printer: false,
    size: 9.0,
    digits: Digits::Swiss,
    columns: &[
        Column { heading: "Datum", x: 54.0, cell: Cell::Date(Days::German) },
        Column { heading: "Buchungstext", x: 112.0, cell: Cell::Text },
        Column { heading: "Belastung", x: 370.0, cell: Cell::Out },
        Column { heading: "Gutschrift", x: 436.0, cell: Cell::In },
        Column { heading: "Valuta", x: 446.0, cell: Cell::ValueDate(Days::GermanNoYear) },
        Column { heading: "Saldo", x: 546.0, cell: Cell::Balance(Signs::Hyphen) },
    ],
    letterhead,
    part: None,
    continuation,
    footer,
    heads_repeat: true,
    ruled: false,
    newest_first: false,
    opening: Some(("Saldovortrag", Days::German)),
    closing: Some(("Schlusssaldo", Days::German)),
    carry: None,
    totals: Some("Umsatztotal"),
    notice: None,
    shows: Shows { opening: true, closing: true, totals: true, value_dates: true, balances: Balances::Every },
};

fn books() -> Vec<Book> {
    let owner = Owner {
        institution: "Glarner Talbank AG",
        holders: vec!["Annamarie Zwicky-Hefti"],
        address: vec!["Dorfstrasse 31", "8799 Netstal"],
        iban: iban("CH", "99999000123456789"),
        bic: "GLTACH22XXX",
        kind: "current",
        currency: "CHF",
        ..Owner::default()
    };
    let plan = Plan {
        owner,
        start: date(2026, 3, 1),
        end: date(2026, 3, 31),
        opening: 1204580,
        rows: 32,
        habits: HABITS,
        fixed: FIXED,
    };
    vec![plan.grow(&mut Random::new(41))]
}

fn letterhead(c: &mut Canvas, books: &[Book]) -> f32 {
    let book = &books[0];
    c.fill([54.0, 40.0, 12.0, 30.0], [0.75, 0.1, 0.15]);
    c.text(74.0, 62.0, Pen::bold(18.0), "Glarner Talbank AG");
    let y = c.lines(340.0, 112.0, 13.0, Pen::regular(10.5), &book.owner.holders);
    c.lines(340.0, y, 13.0, Pen::regular(10.5), &book.owner.address);
    c.text(54.0, 180.0, Pen::bold(13.0), "Kontoauszug Privatkonto");
    let period = format!("{} - {}", Days::German.format(book.start), Days::German.format(book.end));
    c.text(54.0, 196.0, Pen::regular(9.5), &period);
    c.text(
        54.0,
        210.0,
        Pen::regular(9.5),
        &format!("IBAN {}   BIC {}", in_fours(&book.owner.iban), book.owner.bic),
    );
    c.text(54.0, 224.0, Pen::regular(9.5), "Währung CHF");
    250.0
}

fn continuation(c: &mut Canvas, book: &Book) -> f32 {
    c.text(
        54.0,
        52.0,
        Pen::regular(9.0),
        &format!("Glarner Talbank AG   IBAN {}", in_fours(&book.owner.iban)),
    );
    84.0
}

fn footer(c: &mut Canvas) {
    let (number, total) = c.page_numbers();
    c.right(546.0, 800.0, Pen::regular(8.0), &format!("Seite {number}/{total}"));
}
