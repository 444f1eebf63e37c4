//! Spanish account: a ruled landscape table on pages that are stored turned.

use super::grid::{Cell, Column, Grid, Signs};
use super::{Layout, Sheet};
use crate::book::{Book, Fixed, Habit, Owner, Plan, Section};
use crate::canvas::{Canvas, Pen, Strokes};
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
        text: "Compra tarjeta 4*** Panadería Rocamora|Zaragoza",
        low: -1250,
        high: -180,
        section: Section::Card,
    },
    Habit { text: "Compra tarjeta 4*** Mercado La Ribera", low: -11900, high: -800, section: Section::Card },
    Habit {
        text: "Recibo Aguas del Cierzo Nº ########",
        low: -6400,
        high: -2900,
        section: Section::Electronic,
    },
    Habit {
        text: "Bizum enviado a Íñigo S. Concepto: cena",
        low: -6000,
        high: -900,
        section: Section::Electronic,
    },
    Habit { text: "Retirada de efectivo cajero 0###", low: -20000, high: -5000, section: Section::Card },
    Habit {
        text: "Bizum recibido de Nuria P. Concepto: año nuevo",
        low: 1000,
        high: 8000,
        section: Section::Deposit,
    },
];

const FIXED: &[Fixed] = &[
    Fixed { day: 27, text: "Abono nómina Talleres Moncayo SL", amount: 198744, section: Section::Deposit },
    Fixed { day: 4, text: "Recibo alquiler Fincas Ebro", amount: -78000, section: Section::Electronic },
    Fixed { day: 30, text: "Comisión mantenimiento", amount: -300, section: Section::Fee },
];

const GRID: Grid = Grid {
    page: LANDSCAPE,
    turned: true,
    family: Family::Helvetica,
    strokes: Strokes::Strings,
    line_printer: false,
    size: 9.0,
    digits: Digits::German,
    columns: &[
        Column { heading: "F. Operación", x: 52.0, cell: Cell::Date(Days::DayFirst) },
        Column { heading: "F. Valor", x: 138.0, cell: Cell::ValueDate(Days::DayFirst) },
        Column { heading: "Concepto", x: 222.0, cell: Cell::Text },
        Column { heading: "Importe", x: 640.0, cell: Cell::Amount(Signs::Hyphen) },
        Column { heading: "Saldo", x: 780.0, cell: Cell::Balance(Signs::Hyphen) },
    ],
    letterhead,
    part: None,
    continuation,
    footer,
    heads_repeat: true,
    ruled: true,
    newest_first: false,
    opening: Some(("Saldo anterior a {}", Days::DayFirst)),
    closing: Some(("Saldo final a {}", Days::DayFirst)),
    carry: None,
    totals: None,
    notice: None,
    shows: Shows {
        opening: true,
        closing: true,
        totals: false,
        value_dates: true,
        balances: Balances::Every,
    },
};

fn books() -> Vec<Book> {
    let owner = Owner {
        institution: "Caja del Cierzo",
        holders: vec!["DÑA. PILAR ESCARTÍN LAHOZ"],
        address: vec!["Calle del Sol 5, 3º B", "50999 Zaragoza"],
        iban: iban("ES", "99990412450200051332"),
        bic: "CCIEESZZXXX",
        kind: "current",
        currency: "EUR",
        ..Owner::default()
    };
    let plan = Plan {
        owner,
        start: date(2026, 1, 1),
        end: date(2026, 1, 31),
        opening: 141209,
        rows: 30,
        habits: HABITS,
        fixed: FIXED,
    };
    vec![plan.grow(&mut Random::new(71))]
}

/// A4 lying on its side.
const LANDSCAPE: (f32, f32) = (842.0, 595.0);

fn letterhead(c: &mut Canvas, books: &[Book]) -> f32 {
    let book = &books[0];
    c.fill([48.0, 32.0, 746.0, 30.0], [0.98, 0.86, 0.55]);
    c.text(58.0, 53.0, Pen::bold(16.0), "Caja del Cierzo");
    c.right(784.0, 52.0, Pen::regular(10.0), "Extracto de cuenta corriente");
    let y = c.lines(52.0, 84.0, 12.0, Pen::regular(9.0), &book.owner.holders);
    c.lines(52.0, y, 12.0, Pen::regular(9.0), &book.owner.address);
    let period = format!(
        "Periodo: del {} al {}",
        Days::SpanishLong.format(book.start),
        Days::SpanishLong.format(book.end)
    );
    c.text(420.0, 84.0, Pen::regular(9.0), &period);
    c.text(420.0, 96.0, Pen::regular(9.0), &format!("IBAN: {}", in_fours(&book.owner.iban)));
    c.text(420.0, 108.0, Pen::regular(9.0), &format!("BIC: {}   Divisa: EUR", book.owner.bic));
    142.0
}

fn continuation(c: &mut Canvas, book: &Book) -> f32 {
    c.text(52.0, 46.0, Pen::regular(9.0), &format!("Caja del Cierzo   IBAN: {}", in_fours(&book.owner.iban)));
    74.0
}

fn footer(c: &mut Canvas) {
    let (number, total) = c.page_numbers();
    c.right(790.0, 566.0, Pen::regular(8.0), &format!("Página {number} de {total}"));
}
