//! Dutch account: unsigned amounts with a word (Af, Bij) that gives the direction.

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
        text: "Bakkerij De Korenbloem|Pasvolgnr 00# Betaalautomaat",
        low: -1150,
        high: -190,
        section: Section::Card,
    },
    Habit { text: "Supermarkt Lindenhof|Pasvolgnr 00#", low: -9800, high: -450, section: Section::Card },
    Habit {
        text: "Waterschap Oude Vaart|Incasso Kenmerk ########",
        low: -9650,
        high: -4200,
        section: Section::Electronic,
    },
    Habit {
        text: "iDEAL Fietsenwinkel Wielrijk|Order ######",
        low: -22400,
        high: -1500,
        section: Section::Electronic,
    },
    Habit { text: "Tikkie van S. Hoekstra", low: 350, high: 4500, section: Section::Deposit },
];

const FIXED: &[Fixed] = &[
    Fixed { day: 22, text: "Salaris Stichting Zorgerf|Periode 3", amount: 261877, section: Section::Deposit },
    Fixed { day: 0, text: "Huur Woonstichting Terpen", amount: -81243, section: Section::Electronic },
    Fixed {
        day: 20,
        text: "Kinderbijslag Sociale Bank|1e kwartaal",
        amount: 29138,
        section: Section::Deposit,
    },
];

const GRID: Grid = Grid {
    page: A4,
    turned: false,
    family: Family::Helvetica,
    strokes: Strokes::Glyphs,
    line_printer: false,
    size: 8.5,
    digits: Digits::German,
    columns: &[
        Column { heading: "Datum", x: 54.0, cell: Cell::Date(Days::DayFirstHyphen) },
        Column { heading: "Omschrijving", x: 130.0, cell: Cell::Text },
        Column { heading: "Bedrag EUR", x: 480.0, cell: Cell::Amount(Signs::Unsigned) },
        Column { heading: "Af/Bij", x: 496.0, cell: Cell::Direction("Af", "Bij") },
    ],
    letterhead,
    part: None,
    continuation,
    footer,
    heads_repeat: true,
    ruled: false,
    newest_first: false,
    opening: Some(("Beginsaldo {}", Days::DayFirstHyphen)),
    closing: Some(("Eindsaldo {}", Days::DayFirstHyphen)),
    carry: None,
    totals: None,
    notice: None,
    shows: Shows {
        opening: true,
        closing: true,
        totals: false,
        value_dates: false,
        balances: Balances::None,
    },
};

fn books() -> Vec<Book> {
    let owner = Owner {
        institution: "Terpenbank N.V.",
        holders: vec!["Mw. F.J. Sietsma"],
        address: vec!["Kerkepad 14", "8899 ZZ Dokkum"],
        iban: iban("NL", "TERP0998877665"),
        bic: "TERPNL2AXXX",
        kind: "current",
        currency: "EUR",
        ..Owner::default()
    };
    let plan = Plan {
        owner,
        start: date(2026, 3, 1),
        end: date(2026, 3, 31),
        opening: 88146,
        rows: 34,
        habits: HABITS,
        fixed: FIXED,
    };
    vec![plan.grow(&mut Random::new(66))]
}

fn letterhead(c: &mut Canvas, books: &[Book]) -> f32 {
    let book = &books[0];
    c.fill([0.0, 0.0, 595.0, 18.0], [0.1, 0.45, 0.6]);
    c.text(54.0, 58.0, Pen::bold(18.0), "Terpenbank");
    c.right(541.0, 58.0, Pen::regular(9.0), "Terpenbank N.V.");
    let y = c.lines(54.0, 100.0, 12.0, Pen::regular(9.5), &book.owner.holders);
    c.lines(54.0, y, 12.0, Pen::regular(9.5), &book.owner.address);
    c.text(54.0, 160.0, Pen::bold(12.0), "Rekeningafschrift Betaalrekening");
    let period = format!(
        "Periode {} t/m {}",
        Days::DayFirstHyphen.format(book.start),
        Days::DayFirstHyphen.format(book.end)
    );
    c.text(54.0, 175.0, Pen::regular(9.0), &period);
    c.text(
        54.0,
        188.0,
        Pen::regular(9.0),
        &format!("IBAN {}   BIC {}", in_fours(&book.owner.iban), book.owner.bic),
    );
    220.0
}

fn continuation(c: &mut Canvas, book: &Book) -> f32 {
    c.text(54.0, 50.0, Pen::regular(8.5), &format!("IBAN {}", in_fours(&book.owner.iban)));
    82.0
}

fn footer(c: &mut Canvas) {
    let (number, total) = c.page_numbers();
    c.right(541.0, 806.0, Pen::regular(7.5), &format!("Blad {number} van {total}"));
}
