//! What is made from figures: statements of account for people, what is left of a month, a lender's own rules.

use crate::{Basis, NotComputable, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FinancialStatementKind {
    /// Cash by operating, investing and financing, from opening to closing balance.
    CashFlow,
    /// Income and costs by accounting line. A draft on a cash basis: an accountant makes the real one.
    ProfitAndLoss,
    /// A household's income and expenditure.
    IncomeAndExpenditure,
}

/// A statement made from rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FinancialStatement {
    /// Which.
    pub kind: FinancialStatementKind,
    /// Its currency; `null` where no document says.
    pub currency: Option<String>,
    /// The days.
    pub period: Span,
    /// The columns: months, `2026-03`, in order.
    pub months: Vec<String>,
    /// Months of which a day is not covered.
    pub partial_months: Vec<String>,
    /// The lines, in order.
    pub lines: Vec<StatementLine>,
    /// What is proved under it.
    pub basis: Basis,
    /// Sentences that stand under it.
    pub notes: Vec<String>,
}

/// One line of a statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StatementLine {
    /// Stable name.
    pub key: String,
    /// In words.
    pub label: String,
    /// 0 for a total, 1 for a group, 2 for a line in it.
    pub level: u8,
    /// It sums the lines of its group, or groups.
    pub is_total: bool,
    /// One amount for each month; `null` where unknown.
    pub by_month: Vec<Option<String>>,
    /// Over all months.
    pub total: Option<String>,
    /// Ids of the rows behind it; empty for totals.
    pub rows: Vec<String>,
    /// Rows behind it beyond those that are listed.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub rows_left_out: u32,
}

/// A floor of spending that a workspace gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Benchmark {
    /// Its name, version and source.
    pub name: String,
    /// A month.
    pub monthly: String,
    /// What was observed is below it.
    pub is_above_observed: bool,
}

/// What is left of a month, by medians of whole months.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Affordability {
    /// `uk`, `au` or `plain`.
    pub manner: String,
    /// Currency of the amounts.
    pub currency: Option<String>,
    /// Whole months that it rests on.
    pub months: u32,
    /// Why nothing is computed.
    pub not_computable: Option<NotComputable>,
    /// Median of a month.
    pub income: Option<String>,
    /// Debt payments and contracts, negative.
    pub committed: Option<String>,
    /// What a household cannot do without, negative.
    pub essential: Option<String>,
    /// The rest, negative; shown, not subtracted.
    pub discretionary: Option<String>,
    /// `income + committed + essential`, with money out negative.
    pub surplus: Option<String>,
    /// What is left after a proposed payment and a buffer; `null` where none was given.
    pub after: Option<String>,
    /// What the client declared beside what was observed.
    pub declared: Vec<Declared>,
    /// A floor, never a verification.
    pub benchmark: Option<Benchmark>,
    /// What is proved under it.
    pub basis: Basis,
    /// Sentences that stand under it: whose decision this is not.
    pub notes: Vec<String>,
}

/// A declared amount beside an observed one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Declared {
    /// `income`, `committed` or `essential`.
    pub line: String,
    /// A month, as declared.
    pub declared: String,
    /// A month, as observed.
    pub observed: Option<String>,
    /// They differ by more than 10 %: a question to ask.
    pub asks: bool,
}

/// How a rule came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleResult {
    /// The actual value meets the threshold.
    Met,
    /// It does not.
    NotMet,
    /// There is no actual value. Never counted as met.
    Unknown,
}

/// One rule of a workspace: metric, operator, threshold, and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RuleOutcome {
    /// The rule's own name.
    pub rule: String,
    /// Key of the figure.
    pub metric: String,
    /// `<`, `<=`, `>`, `>=` or `==`.
    pub operator: String,
    /// As the rule says.
    pub threshold: String,
    /// What was found; `null` where nothing was computable.
    pub actual: Option<String>,
    /// How it came out.
    pub result: RuleResult,
}
