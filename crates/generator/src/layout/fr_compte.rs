//! French account: two columns of money, day and month only, groups split by narrow spaces, balances under the columns.

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
    Habit { text: "CARTE X#### BOULANGERIE DU PRÉ|LYON 3", low: -1450, high: -190, section: Section::Card },
    Habit { text: "CARTE X#### SUPERMARCHÉ VAUGRENET", low: -14200, high: -1100, section: Section::Card },
    Habit {
        text: "PRLV SEPA ÉLECTRICITÉ DES MONTS|RUM FR##ZZZ######",
        low: -9800,
        high: -5400,
        section: Section::Electronic,
    },
    Habit {
        text: "VIR SEPA VERS M. BENOÎT CHASTAGNIER|MOTIF: LOYER GARAGE",
        low: -8500,
        high: -8500,
        section: Section::Electronic,
    },
    Habit { text: "RETRAIT DAB PLACE CARNOT", low: -10000, high: -2000, section: Section::Card },
    Habit {
        text: "VIR SEPA REÇU DE MUTUELLE ORÉADE|REMBT SOINS ######",
        low: 1150,
        high: 9900,
        section: Section::Deposit,
    },
];

const FIXED: &[Fixed] = &[
    Fixed {
        day: 1,
        text: "PRLV SEPA RÉGIE FONTANIÈRES|LOYER MARS 2026",
        amount: -112000,
        section: Section::Electronic,
    },
    Fixed {
        day: 26,
        text: "VIR SEPA REÇU DE ATELIERS VERCORIN|SALAIRE 03/2026",
        amount: 271433,
        section: Section::Deposit,
    },
    Fixed { day: 30, text: "FRAIS TENUE DE COMPTE", amount: -250, section: Section::Fee },
    Fixed { day: 12, text: "REMISE CHÈQUE N° #######", amount: 150000, section: Section::Deposit },
];

const GRID: Grid = Grid {
    page: A4,
    turned: false,
    family: Family::Dejavu,
    strokes: Strokes::Strings,
    line_printer: false,
    size: 8.0,
    digits: Digits::FrenchNarrow,
    columns: &[
        Column { heading: "Date", x: 48.0, cell: Cell::Date(Days::FrenchNoYear) },
        Column { heading: "Valeur", x: 88.0, cell: Cell::ValueDate(Days::FrenchNoYear) },
        Column { heading: "Nature des opérations", x: 132.0, cell: Cell::Text },
        Column { heading: "Débit", x: 456.0, cell: Cell::Out },
        Column { heading: "Crédit", x: 547.0, cell: Cell::In },
    ],
    letterhead,
    part: None,
    continuation,
    footer,
    heads_repeat: true,
    ruled: false,
    newest_first: false,
    opening: Some(("Ancien solde créditeur au {}", Days::German)),
    closing: Some(("Nouveau solde créditeur au {}", Days::German)),
    carry: None,
    totals: Some("Total des mouvements"),
    notice: None,
    shows: Shows { opening: true, closing: true, totals: true, value_dates: true, balances: Balances::None },
};

fn books() -> Vec<Book> {
    let owner = Owner {
        institution: "Crédit du Lavandou",
        holders: vec!["MME HÉLOÏSE CHASTAGNIER"],
        address: vec!["8 RUE DES GLYCINES", "69999 LYON"],
        number: "00020012345".to_owned(),
        iban: iban("FR", "99999000010002001234546"),
        bic: "CRLVFR2LXXX",
        kind: "current",
        currency: "EUR",
        ..Owner::default()
    };
    let plan = Plan {
        owner,
        start: date(2026, 3, 1),
        end: date(2026, 3, 31),
        opening: 184260,
        rows: 34,
        habits: HABITS,
        fixed: FIXED,
    };
    vec![plan.grow(&mut Random::new(33))]
}

fn letterhead(c: &mut Canvas, books: &[Book]) -> f32 {
    let book = &books[0];
    c.fill([40.0, 36.0, 6.0, 40.0], [0.45, 0.3, 0.6]);
    c.text(52.0, 56.0, Pen::bold(17.0), "Crédit du Lavandou");
    c.text(52.0, 72.0, Pen::regular(8.0), "Agence Lyon Part-Dieu – 04 99 00 00 00");
    let y = c.lines(330.0, 112.0, 13.0, Pen::regular(9.5), &book.owner.holders);
    c.lines(330.0, y, 13.0, Pen::regular(9.5), &book.owner.address);
    c.text(48.0, 170.0, Pen::bold(12.0), "RELEVÉ DE COMPTE CHÈQUES");
    let period =
        format!("du {} au {}", Days::FrenchLong.format(book.start), Days::FrenchLong.format(book.end));
    c.text(48.0, 186.0, Pen::regular(9.0), &period);
    let facts = format!(
        "Compte n° {}   IBAN {}   BIC {}",
        book.owner.number,
        in_fours(&book.owner.iban),
        book.owner.bic
    );
    c.text(48.0, 204.0, Pen::regular(7.5), &facts);
    c.text(48.0, 218.0, Pen::regular(7.5), "Montants exprimés en EUR");
    244.0
}

fn continuation(c: &mut Canvas, book: &Book) -> f32 {
    c.text(
        48.0,
        50.0,
        Pen::regular(8.0),
        &format!("Crédit du Lavandou – Compte n° {} – suite", book.owner.number),
    );
    84.0
}

fn footer(c: &mut Canvas) {
    let (number, total) = c.page_numbers();
    c.right(547.0, 800.0, Pen::regular(7.0), &format!("Page {number} / {total}"));
    c.text(
        48.0,
        800.0,
        Pen::regular(6.0),
        "Banque fictive, société anonyme au capital de 12 000 000 €. RCS Lyon 999 999 999.",
    );
}
