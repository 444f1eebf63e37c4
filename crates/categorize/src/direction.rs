//! What is known about a row before its words are read.

use smartexus_domain::{Money, Transaction};

/// Which way the money went, from the holder's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Money in.
    In,
    /// Money out.
    Out,
    /// A row of nothing: it may mean either.
    Neither,
}

impl Direction {
    /// The direction of a signed amount.
    #[must_use]
    pub const fn of(amount: Money) -> Self {
        match amount.minor() {
            1.. => Self::In,
            0 => Self::Neither,
            _ => Self::Out,
        }
    }

    /// The words a reason uses.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::In => "money in",
            Self::Out => "money out",
            Self::Neither => "no money",
        }
    }
}

/// Which kind of account the row stands on: a payment reads differently on the card's own account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountSide {
    /// A current, savings or other account that holds money.
    Bank,
    /// A credit card.
    Card,
}

/// The words of one row, and what is known beside them.
#[derive(Debug, Clone, Copy)]
pub struct RowWords<'a> {
    /// As printed.
    pub description: &'a str,
    /// Which way the money went.
    pub direction: Direction,
    /// On which kind of account.
    pub account: AccountSide,
    /// Who is on the other side, where the source has a column for it.
    pub counterparty: Option<&'a str>,
    /// As printed apart from the description.
    pub check_number: Option<&'a str>,
}

impl<'a> RowWords<'a> {
    /// The words of a statement's row.
    #[must_use]
    pub fn of(row: &'a Transaction, account: AccountSide) -> Self {
        Self {
            description: &row.description,
            direction: Direction::of(row.amount),
            account,
            counterparty: row.categorization.as_ref().and_then(|said| said.counterparty.as_deref()),
            check_number: row.check_number.as_deref(),
        }
    }
}
