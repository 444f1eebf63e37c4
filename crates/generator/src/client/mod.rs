//! One client's documents drawn from a seed: true ledgers, cut into files that overlap, and what must come out of them.
//!
//! `story` has what really happened, `cuts` which files were sent and what each shows, `print` makes real files of them, and
//! `score` compares a case with the truth.

mod cuts;
mod print;
mod score;
mod story;
#[cfg(test)]
mod tests;

use crate::random::Random;
use jiff::civil::Date;
use smartexus_domain::{Account, DocumentSource, Statement};

pub use score::Score;

/// A client: the truth, and the documents that were sent.
#[derive(Debug, Clone)]
pub struct Client {
    ledgers: Vec<Ledger>,
    transfers: Vec<Move>,
    /// What was sent.
    pub documents: Vec<Document>,
}

/// One account as it really was.
#[derive(Debug, Clone)]
struct Ledger {
    account: Account,
    opening: i64,
    rows: Vec<Row>,
    /// Rows that some document shows.
    sent: Vec<bool>,
    /// Days between two statements that no document covers.
    gaps: Vec<(Date, Date)>,
}

/// What really happened once.
#[derive(Debug, Clone)]
struct Row {
    date: Date,
    minor: i64,
    text: String,
    bank_id: String,
}

/// Money from a row of one ledger to a row of another: positions of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Move {
    from: (usize, usize),
    to: (usize, usize),
}

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A statement with both ends and a running balance.
    Pdf,
    /// An export with or without balances.
    Csv,
    /// A download with bank ids and the last balance.
    Ofx,
}

/// A document that was sent.
#[derive(Debug, Clone)]
pub struct Document {
    /// File name.
    pub name: String,
    /// Equal for equal bytes.
    pub digest: String,
    /// What it is.
    pub kind: FileKind,
    /// What a reader that makes no mistake reads.
    pub statement: Statement,
    newest_first: bool,
}

impl Document {
    /// How its text would be obtained.
    #[must_use]
    pub const fn source(&self) -> DocumentSource {
        match self.kind {
            FileKind::Pdf => DocumentSource::Text,
            FileKind::Csv | FileKind::Ofx => DocumentSource::Structured,
        }
    }

    /// The document as a file.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        print::bytes(self)
    }
}

/// The client of a seed. The same seed gives the same documents.
#[must_use]
pub fn make(seed: u64) -> Client {
    let mut random = Random::new(seed.wrapping_mul(0x9E37_79B9).wrapping_add(17));
    let (mut ledgers, transfers) = story::ledgers(&mut random);
    let documents = cuts::documents(&mut ledgers, &mut random);
    Client { ledgers, transfers, documents }
}
