//! What is known about a row before its words are read.

use serde::{Deserialize, Serialize};
use smartexus_domain::{Money, Transaction};

/// Which way the money went, from the holder's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// How much, signed; only rules of the workspace ask.
    pub amount: Option<Money>,
    /// The account as the statement names it; only rules of the workspace ask.
    pub account_id: Option<&'a str>,
    /// Whether the row is one of a series; `None` where nobody looked.
    pub recurring: Option<bool>,
}

impl<'a> RowWords<'a> {
    /// A row of an account that holds money, of which nothing else is known.
    #[must_use]
    pub const fn plain(description: &'a str, direction: Direction) -> Self {
        Self {
            description,
            direction,
            account: AccountSide::Bank,
            counterparty: None,
            check_number: None,
            amount: None,
            account_id: None,
            recurring: None,
        }
    }

    /// The words of a statement's row.
    #[must_use]
    pub fn of(row: &'a Transaction, account: AccountSide) -> Self {
        Self {
            account,
            counterparty: row.categorization.as_ref().and_then(|said| said.counterparty.as_deref()),
            check_number: row.check_number.as_deref(),
            amount: Some(row.amount),
            ..Self::plain(&row.description, Direction::of(row.amount))
        }
    }
}
