//! What a forger does to a statement: printed figures change, and the others stay behind.

use crate::book::{Book, Entry, Section};
use crate::truth::Expect;
use jiff::civil::Date;

/// One forgery of the first account of a document. Rows count from 1 in ledger order.
#[derive(Debug, Clone)]
pub(crate) enum Tamper {
    /// Another amount is printed; every balance and total stays.
    Amount { row: usize, to: i64 },
    /// The same, saved over the original by an editor: the file has two revisions.
    EditedAmount { row: usize, to: i64 },
    /// A row is gone; every balance and total stays.
    Deleted { row: usize },
    /// Another closing balance is printed wherever it stands apart from the rows.
    Closing { to: i64 },
    /// A deposit too many; every balance and total stays.
    Deposit { date: Date, text: &'static str, amount: i64 },
}

impl Tamper {
    /// Whether the file keeps the original under an incremental save.
    pub(crate) fn by_editor(&self) -> bool {
        matches!(self, Self::EditedAmount { .. })
    }

    /// Changes the printed figures; says what a proof must find.
    pub(crate) fn apply(&self, books: &mut [Book]) -> Expect {
        let Some(book) = books.first_mut() else { return Expect::broken(None) };
        match self {
            Self::Amount { row, to } | Self::EditedAmount { row, to } => {
                book.entries[row - 1].amount = *to;
                Expect::broken(u32::try_from(*row).ok())
            }
            Self::Deleted { row } => {
                book.entries.remove(row - 1);
                Expect::broken(u32::try_from(*row).ok())
            }
            Self::Closing { to } => {
                book.closing = *to;
                Expect::broken(None)
            }
            Self::Deposit { date, text, amount } => {
                insert(book, *date, text, *amount);
                Expect::broken(None)
            }
        }
    }
}

fn insert(book: &mut Book, date: Date, text: &str, amount: i64) {
    let at = book
        .entries
        .iter()
        .position(|e| e.date > date || (e.date == date && e.section != Section::Deposit))
        .unwrap_or(book.entries.len());
    let balance = book.entries.get(at.saturating_sub(1)).map_or(book.opening, |e| e.balance);
    let entry = Entry {
        date,
        value_date: date,
        lines: vec![text.to_owned()],
        amount,
        balance,
        reference: None,
        check_number: None,
        section: Section::Deposit,
    };
    book.entries.insert(at, entry);
}
