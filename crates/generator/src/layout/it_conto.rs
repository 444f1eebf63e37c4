//! Italian account: Dare and Avere, booking and value date, initial and final balance under the columns.

use super::grid::{Cell, Column, Grid};
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
        text: "PAGAMENTO POS DEL %|FORNO SANT'ORSO PERUGIA",
        low: -1490,
        high: -210,
        section: Section::Card,
    },
    Habit {
        text: "ADDEBITO SDD UMBRA ENERGIA SPA|MANDATO ########",
        low: -11800,
        high: -5200,
        section: Section::Electronic,
    },
    Habit { text: "PRELIEVO BANCOMAT SPORTELLO 0##", low: -25000, high: -5000, section: Section::Card },
    Habit {
        text: "BONIFICO A FAVORE DI STUDIO BELLUCCI|CAUSALE: PARCELLA ##/2026",
        low: -48000,
        high: -12000,
        section: Section::Electronic,
    },
    Habit {
        text: "BONIFICO A VOSTRO FAVORE ROSSETTI G.|CAUSALE: QUOTA",
        low: 2000,
        high: 26000,
        section: Section::Deposit,
    },
];

const FIXED: &[Fixed] = &[
    Fixed { day: 26, text: "EMOLUMENTI CARTIERA TIFERNATE SRL", amount: 194832, section: Section::Deposit },
    Fixed { day: 30, text: "IMPOSTA DI BOLLO", amount: -855, section: Section::Fee },
    Fixed { day: 30, text: "COMPETENZE DI LIQUIDAZIONE", amount: -1240, section: Section::Fee },
    Fixed { day: 9, text: "RATA MUTUO N. 00######", amount: -52817, section: Section::Electronic },
];

const GRID: Grid = Grid {
    page: A4,
    turned: false,
    family: Family::Helvetica,
    strokes: Strokes::Gaps,
    line_printer: false,
    size: 8.5,
    digits: Digits::German,
    columns: &[
        Column { heading: "Data", x: 50.0, cell: Cell::Date(Days::DayFirstTwoDigit) },
        Column { heading: "Valuta", x: 100.0, cell: Cell::ValueDate(Days::DayFirstTwoDigit) },
        Column { heading: "Dare", x: 238.0, cell: Cell::Out },
        Column { heading: "Avere", x: 318.0, cell: Cell::In },
        Column { heading: "Descrizione delle operazioni", x: 334.0, cell: Cell::Text },
    ],
    letterhead,
    part: None,
    continuation,
    footer,
    heads_repeat: true,
    ruled: false,
    newest_first: false,
    opening: Some(("SALDO INIZIALE AL {}", Days::DayFirst)),
    closing: Some(("SALDO FINALE AL {}", Days::DayFirst)),
    carry: None,
    totals: Some("TOTALE MOVIMENTI"),
    notice: None,
    shows: Shows { opening: true, closing: true, totals: true, value_dates: true, balances: Balances::None },
};

fn books() -> Vec<Book> {
    let owner = Owner {
        institution: "Banca del Trasimeno S.p.A.",
        holders: vec!["GIACOMO BELFORTE"],
        address: vec!["VIA DEI PRIORI 99", "06199 PERUGIA PG"],
        iban: iban("IT", "X9999903000000000123456"),
        bic: "BTRAIT3PXXX",
        kind: "current",
        currency: "EUR",
        ..Owner::default()
    };
    let plan = Plan {
        owner,
        start: date(2026, 3, 1),
        end: date(2026, 3, 31),
        opening: 307719,
        rows: 30,
        habits: HABITS,
        fixed: FIXED,
    };
    vec![plan.grow(&mut Random::new(52))]
}

fn letterhead(c: &mut Canvas, books: &[Book]) -> f32 {
    let book = &books[0];
    c.text(50.0, 58.0, Pen::bold(16.0), "Banca del Trasimeno S.p.A.");
    c.rule(50.0, 66.0, 545.0, 66.0, 1.5);
    let y = c.lines(340.0, 100.0, 12.0, Pen::regular(9.5), &book.owner.holders);
    c.lines(340.0, y, 12.0, Pen::regular(9.5), &book.owner.address);
    c.text(50.0, 150.0, Pen::bold(11.0), "ESTRATTO CONTO");
    let period =
        format!("Periodo dal {} al {}", Days::DayFirst.format(book.start), Days::DayFirst.format(book.end));
    c.text(50.0, 165.0, Pen::regular(8.5), &period);
    c.text(
        50.0,
        178.0,
        Pen::regular(8.5),
        &format!("IBAN {}  BIC {}", in_fours(&book.owner.iban), book.owner.bic),
    );
    c.text(50.0, 191.0, Pen::regular(8.5), "Divisa EUR");
    222.0
}

fn continuation(c: &mut Canvas, book: &Book) -> f32 {
    c.text(50.0, 50.0, Pen::regular(8.0), &format!("Estratto conto  IBAN {}", in_fours(&book.owner.iban)));
    82.0
}

fn footer(c: &mut Canvas) {
    let (number, total) = c.page_numbers();
    c.right(545.0, 800.0, Pen::regular(7.5), &format!("Pag. {number} di {total}"));
}
