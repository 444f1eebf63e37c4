//! What a workspace chose, with a default for everything that changes a figure.

use crate::choices_file::ChoicesFile;
use crate::decimal::Number;
use jiff::civil::Date;
use serde::Deserialize;
use smartexus_domain::{Choice, Currency};
use smartexus_manifest::ManifestErrors;
use std::collections::BTreeMap;

/// How a row of money in counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevenueClass {
    /// True revenue.
    Included,
    /// Money in that is no revenue.
    Deducted,
    /// Nobody can say from the row alone.
    Undecided,
}

/// What a workspace counts otherwise than the taxonomy says. A row goes before its counterparty, and that before its leaf.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RevenueMoves {
    /// By id of a leaf.
    pub leaves: BTreeMap<String, RevenueClass>,
    /// By counterparty, as rows have it.
    pub counterparties: BTreeMap<String, RevenueClass>,
    /// By id of a row of the case.
    pub rows: BTreeMap<String, RevenueClass>,
}

/// Between which amounts the fee of one item lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeeDivisors {
    /// Smallest.
    pub least: Number,
    /// Largest.
    pub most: Number,
    /// It is a multiple of this.
    pub step: Number,
}

/// What a client declared, a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeclaredAmounts {
    /// Income.
    pub income: Option<Number>,
    /// Debt payments and contracts, as a positive amount.
    pub committed: Option<Number>,
    /// What a household cannot do without, as a positive amount.
    pub essential: Option<Number>,
}

/// A floor of spending that the workspace supplies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BenchmarkChoice {
    /// Its name, version and source.
    pub name: String,
    /// A month, positive.
    pub monthly: Number,
}

/// How a rule compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the signs")]
pub enum Operator {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
}

impl Operator {
    /// As it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Equal => "==",
        }
    }
}

/// A rule: a figure over all accounts, and what it has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its name.
    pub rule: String,
    /// Key of the figure.
    pub metric: String,
    /// How they are compared.
    pub operator: Operator,
    /// With what.
    pub threshold: Number,
    /// In which currency; needed where a case has several.
    pub currency: Option<Currency>,
}

/// Everything that is chosen. [`Choices::embedded`] has the defaults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// The day figures are seen from; `None` is the last covered day.
    pub as_of: Option<Date>,
    /// A day that ends below it, and not below zero, is a low day.
    pub low_balance: Number,
    /// A deposit is large above the mean × (1 + this).
    pub large_deposit: Number,
    /// Robust deviations from its category above which a row is unusual.
    pub unusual: Number,
    /// Rows that a category needs for that.
    pub unusual_rows_min: u32,
    /// By how much a median of five payments has to move.
    pub change: Number,
    /// How far a declared amount may be off.
    pub declared_gap: Number,
    /// Payments to funders by revenue: high from here.
    pub holdback_high: Number,
    /// Medium from here.
    pub holdback_medium: Number,
    /// Whole months that affordability needs.
    pub months_min: u32,
    /// Fees of one item by currency.
    pub fee_divisors: BTreeMap<Currency, FeeDivisors>,
    /// Where a currency has none.
    pub fee_divisors_any: Option<FeeDivisors>,
    /// What counts as revenue otherwise.
    pub revenue: RevenueMoves,
    /// A payment that is thought of, a month, positive.
    pub proposed_payment: Option<Number>,
    /// What has to be left, a month, positive.
    pub buffer: Option<Number>,
    /// What the client declared.
    pub declared: DeclaredAmounts,
    /// A floor of spending.
    pub benchmark: Option<BenchmarkChoice>,
    /// Rules of the workspace.
    pub prequalification: Vec<Rule>,
}

const EMBEDDED: (&str, &str) =
    ("pipelines/analytics/choices.yaml", include_str!("../../../pipelines/analytics/choices.yaml"));

impl Choices {
    /// What holds where a workspace says nothing.
    ///
    /// # Errors
    /// A fault in the embedded file; a test keeps that from happening.
    pub fn embedded() -> Result<Self, ManifestErrors> {
        ChoicesFile::read(EMBEDDED.0, EMBEDDED.1)?.complete(EMBEDDED.0, EMBEDDED.1)
    }

    /// These, with what a workspace's file of the same shape says otherwise.
    ///
    /// # Errors
    /// Everything that is wrong with the file, each with its place.
    pub fn with_file(&self, file_name: &str, text: &str) -> Result<Self, ManifestErrors> {
        Ok(ChoicesFile::read(file_name, text)?.over(self))
    }

    /// The fee range of a currency.
    #[must_use]
    pub fn fee_divisors_of(&self, currency: Currency) -> Option<FeeDivisors> {
        self.fee_divisors.get(&currency).copied().or(self.fee_divisors_any)
    }

    /// As they are shown beside figures. `defaults` are what nobody chose.
    pub(crate) fn shown(&self, defaults: &Self) -> Vec<Choice> {
        let list = |choices: &Self| {
            let number = |n: Option<Number>| n.map_or_else(|| "none".to_owned(), |n| n.to_string());
            let day = choices.as_of.map_or_else(|| "last covered day".to_owned(), |day| day.to_string());
            vec![
                ("as_of", day),
                ("low_balance", choices.low_balance.to_string()),
                ("large_deposit", choices.large_deposit.to_string()),
                ("unusual", choices.unusual.to_string()),
                ("unusual_rows_min", choices.unusual_rows_min.to_string()),
                ("change", choices.change.to_string()),
                ("declared_gap", choices.declared_gap.to_string()),
                ("holdback_high", choices.holdback_high.to_string()),
                ("holdback_medium", choices.holdback_medium.to_string()),
                ("months_min", choices.months_min.to_string()),
                ("fee_divisors", choices.fees_shown()),
                ("revenue_leaves", moves(&choices.revenue.leaves)),
                ("revenue_counterparties", moves(&choices.revenue.counterparties)),
                ("revenue_rows", moves(&choices.revenue.rows)),
                ("proposed_payment", number(choices.proposed_payment)),
                ("buffer", number(choices.buffer)),
                (
                    "benchmark",
                    choices.benchmark.as_ref().map_or_else(|| "none".to_owned(), |b| b.name.clone()),
                ),
            ]
        };
        let shown = |((name, value), (_, default))| Choice {
            name: String::from(name),
            is_default: value == default,
            value,
        };
        list(self).into_iter().zip(list(defaults)).map(shown).collect()
    }

    fn fees_shown(&self) -> String {
        let range =
            |name: &str, fees: &FeeDivisors| format!("{name} {}–{} by {}", fees.least, fees.most, fees.step);
        let named = self.fee_divisors.iter().map(|(currency, fees)| range(currency.code(), fees));
        named
            .chain(self.fee_divisors_any.iter().map(|fees| range("any", fees)))
            .collect::<Vec<_>>()
            .join("; ")
    }
}

impl RevenueClass {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Included => "included",
            Self::Deducted => "deducted",
            Self::Undecided => "undecided",
        }
    }
}

fn moves(moves: &BTreeMap<String, RevenueClass>) -> String {
    if moves.is_empty() {
        return "none".to_owned();
    }
    moves.iter().map(|(what, class)| format!("{what} {}", class.as_str())).collect::<Vec<_>>().join("; ")
}
