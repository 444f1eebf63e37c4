//! The closed list of row tags.

/// What a row is beside its category. Those that need more than the row's words (`recurring`, `unusual`, sizes, pairs)
/// are set by later stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the field's own words")]
pub enum RowTag {
    Recurring,
    TransferPaired,
    LargeDeposit,
    Round100,
    Round1000,
    Unusual,
    Atm,
    Check,
    Wire,
    Cash,
    ForeignCurrency,
    NsfPaid,
    NsfReturned,
    ReturnedDeposit,
    ReturnedPayment,
    StopPayment,
    Reversed,
    YearToDateLine,
    Noteworthy,
}

impl RowTag {
    /// Every tag.
    pub const ALL: [Self; 19] = [
        Self::Recurring,
        Self::TransferPaired,
        Self::LargeDeposit,
        Self::Round100,
        Self::Round1000,
        Self::Unusual,
        Self::Atm,
        Self::Check,
        Self::Wire,
        Self::Cash,
        Self::ForeignCurrency,
        Self::NsfPaid,
        Self::NsfReturned,
        Self::ReturnedDeposit,
        Self::ReturnedPayment,
        Self::StopPayment,
        Self::Reversed,
        Self::YearToDateLine,
        Self::Noteworthy,
    ];

    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Recurring => "recurring",
            Self::TransferPaired => "transfer_paired",
            Self::LargeDeposit => "large_deposit",
            Self::Round100 => "round_100",
            Self::Round1000 => "round_1000",
            Self::Unusual => "unusual",
            Self::Atm => "atm",
            Self::Check => "check",
            Self::Wire => "wire",
            Self::Cash => "cash",
            Self::ForeignCurrency => "foreign_currency",
            Self::NsfPaid => "nsf_paid",
            Self::NsfReturned => "nsf_returned",
            Self::ReturnedDeposit => "returned_deposit",
            Self::ReturnedPayment => "returned_payment",
            Self::StopPayment => "stop_payment",
            Self::Reversed => "reversed",
            Self::YearToDateLine => "year_to_date_line",
            Self::Noteworthy => "noteworthy",
        }
    }

    /// The tag of a word.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tag| tag.as_str() == word)
    }
}
