/// What is wrong with a hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HintError {
    /// A list is too long.
    #[error("more than {limit} {what}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there may be.
        limit: usize,
    },
    /// A name, a phrase or a heading is too long.
    #[error("a text longer than {limit} bytes")]
    TooLong {
        /// In bytes.
        limit: usize,
    },
    /// A name, a phrase or a heading of nothing but punctuation.
    #[error("a text with no letter and no digit")]
    Empty,
    /// Neither phrases nor a bank code nor a BIC.
    #[error("no way to recognize the issuer: `recognize` names phrases, an `iban` or a `bic`")]
    Unrecognizable,
    /// Not the beginning of a bank's code.
    #[error("a bank code has 4 to 12 capital letters and digits")]
    Code,
    /// Columns that are none, or no page is so wide.
    #[error("columns stand left to right within the page")]
    Columns,
}
