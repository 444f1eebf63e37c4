//! What the taxonomy says of each leaf. Its flags drive every figure, so that a leaf is moved by changing data.

use crate::error::AnalyzeError;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A leaf's place in the taxonomy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct LeafIndex(pub(crate) u16);

/// What figures ask of a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flag {
    TrueRevenue,
    NonRevenue,
    Mca,
    Transfer,
    Owner,
    Committed,
    Essential,
    Discretionary,
    Processor,
    IncomeVerified,
    IncomeBenefit,
    IncomeOther,
    PersonalIncome,
    ReturnedItem,
    Reversal,
    Savings,
    Crypto,
    Position,
    Cogs,
    CostOfSales,
    RevenueDeduction,
}

impl Flag {
    const ALL: [(Self, &'static str); 21] = [
        (Self::TrueRevenue, "true_revenue"),
        (Self::NonRevenue, "non_revenue"),
        (Self::Mca, "mca"),
        (Self::Transfer, "transfer"),
        (Self::Owner, "owner"),
        (Self::Committed, "committed"),
        (Self::Essential, "essential"),
        (Self::Discretionary, "discretionary"),
        (Self::Processor, "processor"),
        (Self::IncomeVerified, "income_verified"),
        (Self::IncomeBenefit, "income_benefit"),
        (Self::IncomeOther, "income_other"),
        (Self::PersonalIncome, "personal_income"),
        (Self::ReturnedItem, "returned_item"),
        (Self::Reversal, "reversal"),
        (Self::Savings, "savings"),
        (Self::Crypto, "crypto"),
        (Self::Position, "position"),
        (Self::Cogs, "cogs"),
        (Self::CostOfSales, "cost_of_sales"),
        (Self::RevenueDeduction, "revenue_deduction"),
    ];

    const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// One leaf.
#[derive(Debug, Clone)]
pub(crate) struct Leaf {
    pub(crate) id: String,
    pub(crate) primary: String,
    pub(crate) detailed: String,
    /// Where an accountant books it: `QBO: …; Xero: …`.
    pub(crate) accounting: String,
    flags: u32,
}

impl Leaf {
    pub(crate) const fn has(&self, flag: Flag) -> bool {
        self.flags & flag.bit() != 0
    }

    /// A row of it that pays a lender.
    pub(crate) fn pays_debt(&self) -> bool {
        self.primary == "LOAN_PAYMENTS"
    }

    /// A row of it that a lender paid out.
    pub(crate) fn is_proceeds(&self) -> bool {
        self.primary == "LOAN_PROCEEDS"
    }

    pub(crate) fn is_income(&self) -> bool {
        [
            Flag::IncomeVerified,
            Flag::IncomeBenefit,
            Flag::IncomeOther,
            Flag::PersonalIncome,
            Flag::TrueRevenue,
        ]
        .iter()
        .any(|flag| self.has(*flag))
    }

    /// `RENT` is `Rent`.
    pub(crate) fn name(&self) -> String {
        let words = self.detailed.to_lowercase().replace('_', " ");
        let mut letters = words.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}

/// Every leaf.
#[derive(Debug, Clone)]
pub(crate) struct Taxonomy {
    leaves: Vec<Leaf>,
    by_id: BTreeMap<String, LeafIndex>,
}

#[derive(Deserialize)]
struct Record {
    id: String,
    primary: String,
    detailed: String,
    accounting_hint: String,
    underwriting_flags: String,
}

impl Taxonomy {
    pub(crate) fn parse(text: &str) -> Result<Self, AnalyzeError> {
        let (mut leaves, mut by_id) = (Vec::new(), BTreeMap::new());
        for record in csv::Reader::from_reader(text.as_bytes()).deserialize() {
            let record: Record = record.map_err(AnalyzeError::Taxonomy)?;
            let index = u16::try_from(leaves.len()).map_err(|_| AnalyzeError::TooManyLeaves)?;
            by_id.insert(record.id.clone(), LeafIndex(index));
            let named =
                |word: &str| Flag::ALL.iter().find(|(_, name)| *name == word).map(|(flag, _)| flag.bit());
            leaves.push(Leaf {
                id: record.id,
                primary: record.primary,
                detailed: record.detailed,
                accounting: record.accounting_hint,
                flags: record.underwriting_flags.split(';').filter_map(named).fold(0, |all, bit| all | bit),
            });
        }
        Ok(Self { leaves, by_id })
    }

    pub(crate) fn find(&self, id: &str) -> Option<LeafIndex> {
        self.by_id.get(id).copied()
    }

    pub(crate) fn leaf(&self, index: Option<LeafIndex>) -> Option<&Leaf> {
        self.leaves.get(usize::from(index?.0))
    }

    pub(crate) fn is(&self, index: Option<LeafIndex>, flag: Flag) -> bool {
        self.leaf(index).is_some_and(|leaf| leaf.has(flag))
    }
}
