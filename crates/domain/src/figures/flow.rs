//! Months, the last 30 days, and the days on which an account is known.

use crate::{Basis, NotComputable, Span, Verdict};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An account and the days it is known on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CoveredAccount {
    /// Its id in the case.
    pub id: String,
    /// Bank and end of the number, for people: never the whole number.
    pub name: String,
    /// Its currency; `null` where no document says.
    pub currency: Option<String>,
    /// `checking`, `credit_card` …; `null` where no words say so.
    pub kind: Option<String>,
    /// It is what the holder owes: a card or a loan. Left out of balances over all accounts.
    pub is_liability: bool,
    /// Outcome of the merged ledger's proof.
    pub verdict: Verdict,
    /// Covered stretches of days, in order, apart.
    pub covered: Vec<Span>,
    /// Days in them.
    pub covered_days: u32,
    /// Days between the first and the last that nothing covers.
    pub gaps: Vec<Span>,
    /// Calendar months of which no day is covered, `2026-03`.
    pub missing_months: Vec<String>,
    /// Days from the last covered one to the day figures are seen from.
    pub stale_days: u32,
    /// Rows of the merged ledger.
    pub rows: u32,
}

/// Which days a [`FlowPeriod`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FlowKind {
    /// A calendar month.
    Month,
    /// 30 days that end where figures are seen from.
    #[serde(rename = "rolling_30")]
    Rolling30,
}

/// What came in, went out and stood there over some days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FlowPeriod {
    /// Which days.
    pub kind: FlowKind,
    /// First and last of them.
    pub period: Span,
    /// Id of an account, or `all`.
    pub account: String,
    /// Its currency; `null` where no document says.
    pub currency: Option<String>,
    /// A day of it is not covered: it is in no average.
    pub is_partial: bool,
    /// Covered days.
    pub covered_days: u32,
    /// Balance before the first day; `null` where no balance is known.
    pub opening: Option<String>,
    /// Balance of the last day.
    pub closing: Option<String>,
    /// Sum of money in.
    pub money_in: String,
    /// Sum of money out, negative.
    pub money_out: String,
    /// Both together.
    pub net: String,
    /// Rows of money in.
    pub count_in: u32,
    /// Rows of money out.
    pub count_out: u32,
    /// Mean of the covered days' end-of-day balances.
    pub average_daily_balance: Option<String>,
    /// Lowest end-of-day balance.
    pub balance_min: Option<String>,
    /// Its day.
    #[schemars(with = "Option<String>")]
    pub balance_min_on: Option<Date>,
    /// Highest end-of-day balance.
    pub balance_max: Option<String>,
    /// Its day.
    #[schemars(with = "Option<String>")]
    pub balance_max_on: Option<Date>,
    /// Revenue by the workspace's formula; `null` without categories.
    pub true_revenue: Option<String>,
    /// Payments to lenders, negative; `null` without categories.
    pub debt_payments: Option<String>,
    /// `average_daily_balance / true_revenue`, four decimals.
    pub balance_to_revenue: Option<String>,
    /// Days below zero at their end.
    pub negative_days: Option<u32>,
    /// What is proved under it.
    pub basis: Basis,
    /// Why balances are `null`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_computable: Option<NotComputable>,
    /// Ids of its rows, in ledger order.
    pub rows: Vec<String>,
    /// Rows behind it beyond those that are listed.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub rows_left_out: u32,
}
