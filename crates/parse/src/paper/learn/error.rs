use crate::ParseError;
use crate::hint::HintError;

/// Why nothing could be learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LearnError {
    /// The pages have nothing to read, or too much.
    #[error("the pages cannot be read: {0}")]
    Unreadable(ParseError),
    /// There are no rows.
    #[error("the statement has no rows")]
    NoRows,
    /// No row says where it stands.
    #[error("no row says where on the page it stands")]
    NoPlaces,
    /// The figure of a row stands nowhere in its box.
    #[error("the amount of row {seq} is not printed where the row stands")]
    AmountNotPrinted {
        /// Which row.
        seq: u32,
    },
    /// Nothing in the head of the first page names the issuer.
    #[error("nothing in the head of the first page names the issuer")]
    Unrecognizable,
    /// The pages are read like this without any hint.
    #[error("the pages are read like this without a hint")]
    NothingToLearn,
    /// The pages are proved with other figures; a hint does not change what is proved.
    #[error("the printed arithmetic proves other figures")]
    ReadOtherwise,
    /// With what was learned the pages are not read into these rows.
    #[error("with the columns of these rows the pages are read otherwise")]
    NotReproduced {
        /// The first row that differs; `None` where it is an end or the number of rows.
        seq: Option<u32>,
    },
    /// Opening and rows do not give the closing, an end is missing, or a page is not wholly read.
    #[error("nothing printed proves these rows")]
    NotProved,
    /// More columns or longer words than a hint may have.
    #[error("what was learned is no hint: {0}")]
    Hint(HintError),
}

impl LearnError {
    /// What a person can do about it.
    #[must_use]
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "Check that the file opens and has text.",
            Self::NoRows => "Confirm at least one row.",
            Self::NoPlaces => "Draw a box around at least one row on the page.",
            Self::AmountNotPrinted { .. } => {
                "Move the row's box to where it is printed, or correct its amount."
            }
            Self::Unrecognizable => "Name the institution as it is printed at the top of the first page.",
            Self::NothingToLearn => "Nothing to do: the next statement will be read as well.",
            Self::ReadOtherwise => {
                "Compare the rows with the page: opening, rows and closing agree as they were read."
            }
            Self::NotReproduced { .. } => {
                "Check dates, amounts, balances and ends against the page, and that no row is missing."
            }
            Self::NotProved => {
                "Nothing is proved without a printed opening and closing balance that agree with the rows."
            }
            Self::Hint(_) => "Shorten the institution's name, or confirm fewer columns.",
        }
    }
}
