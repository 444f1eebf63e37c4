//! One file a design. Each knows how its bank prints a book, and what of it a reader can know.

pub(crate) mod au_everyday;
pub(crate) mod ch_privatkonto;
pub(crate) mod de_girokonto;
pub(crate) mod es_cuenta;
pub(crate) mod eu_wallet;
pub(crate) mod fr_compte;
mod grid;
pub(crate) mod in_savings;
pub(crate) mod it_conto;
pub(crate) mod nl_rekening;
pub(crate) mod nz_household;
pub(crate) mod uk_current;
pub(crate) mod us_business;
pub(crate) mod us_card;
pub(crate) mod us_checking_running;
pub(crate) mod us_checking_sections;
pub(crate) mod us_newest_first;
pub(crate) mod us_two_accounts;

use crate::book::Book;
use crate::canvas::Canvas;
use crate::truth::StatementTruth;

/// A drawn document and the truth about it.
pub(crate) struct Sheet {
    pub(crate) canvas: Canvas,
    pub(crate) statements: Vec<StatementTruth>,
}

/// A design: how its books grow and how they are printed.
pub(crate) struct Layout {
    pub(crate) books: fn() -> Vec<Book>,
    /// Takes the number of pages, for footers that print it.
    pub(crate) draw: fn(&[Book], usize) -> Sheet,
}

impl Layout {
    /// Prints the books; twice, because only the first time tells how many pages there are.
    pub(crate) fn print(&self, books: &[Book]) -> Sheet {
        let total = (self.draw)(books, 0).canvas.finish().len();
        (self.draw)(books, total)
    }
}
