//! Structure in the flow: what comes again, who pays, whom one owes, what came back.

use crate::Basis;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How often a series comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the field's own words")]
pub enum Cadence {
    /// Every business day.
    Daily,
    Weekly,
    /// Every two weeks.
    Biweekly,
    /// On two fixed days of a month.
    Semimonthly,
    Monthly,
    Quarterly,
    Semiannual,
    Annual,
    /// None of these.
    Irregular,
}

/// Rows of one counterparty, direction and account that come again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Series {
    /// Stable name inside the case.
    pub id: String,
    /// Who, cleaned up.
    pub counterparty: String,
    /// Id of the account.
    pub account: String,
    /// Its currency.
    pub currency: Option<String>,
    /// Money in.
    pub is_in: bool,
    /// The leaf that most of its rows have; `null` without categories.
    pub category: Option<String>,
    /// How often.
    pub cadence: Cadence,
    /// Only two rows: it may be chance.
    pub is_possible: bool,
    /// Every amount is about the same (MAD / median ≤ 0.02).
    pub is_fixed: bool,
    /// Median of the amounts, signed.
    pub typical: String,
    /// Last amount.
    pub last: String,
    /// Day of the last row.
    #[schemars(with = "String")]
    pub last_on: Date,
    /// Day the next is due, on a weekday; `null` where the series has ended or has no cadence.
    #[schemars(with = "Option<String>")]
    pub next_on: Option<Date>,
    /// Due dates inside covered days that no row met.
    #[schemars(with = "Vec<String>")]
    pub missed: Vec<Date>,
    /// `last / typical - 1`, four decimals.
    pub drift: Option<String>,
    /// Ids of its rows.
    pub rows: Vec<String>,
}

/// What kind of income a stream is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the field's own words")]
pub enum IncomeKind {
    Salary,
    Benefit,
    Pension,
    Gig,
    Rental,
    Support,
    Other,
}

/// Where a stream stands on the day figures are seen from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StreamStatus {
    /// Its last due date was met.
    Active,
    /// Its last due date passed a little while ago.
    Late,
    /// Two due dates passed.
    Ended,
}

/// Money that one payer pays again and again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IncomeStream {
    /// Id of its [`Series`].
    pub series: String,
    /// Who pays.
    pub payer: String,
    /// What kind.
    pub kind: IncomeKind,
    /// How often.
    pub cadence: Cadence,
    /// Currency of the amounts.
    pub currency: Option<String>,
    /// Last amount.
    pub last: String,
    /// Mean of its amounts.
    pub average: String,
    /// The average a month: weekly × 52/12, every two weeks × 26/12, twice a month × 2.
    pub monthly: Option<String>,
    /// Day the next is due.
    #[schemars(with = "Option<String>")]
    pub next_on: Option<Date>,
    /// Where it stands.
    pub status: StreamStatus,
    /// Ids of its rows.
    pub rows: Vec<String>,
}

/// What happened to a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PositionEventKind {
    /// Proceeds or payments begin.
    New,
    /// Proceeds again while payments run.
    Renewed,
    /// The median of five payments rose by 10 % or more.
    Increased,
    /// It fell by 10 % or more.
    Reduced,
    /// Payments come at another pace.
    CadenceChanged,
    /// Due dates passed without payments. Never "paid in full": rows cannot say so.
    Stopped,
    /// A payment came back.
    Returned,
    /// The lender paid something back.
    Refund,
}

/// One event of a position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PositionEvent {
    /// What.
    pub event: PositionEventKind,
    /// When.
    #[schemars(with = "String")]
    pub on: Date,
    /// In words, with the figures it rests on.
    pub evidence: String,
    /// Ids of the rows behind it.
    pub rows: Vec<String>,
}

/// One lender: what came, what was paid, and whether it goes on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// Stable name inside the case.
    pub id: String,
    /// Who lends.
    pub lender: String,
    /// `mca`, `business_loan`, `personal`, `mortgage` …: the last part of the leaf.
    pub kind: String,
    /// What told it: the dictionary of lenders, the row's words, the rhythm of payments; each that did.
    pub known_by: Vec<String>,
    /// Currency of the amounts.
    pub currency: Option<String>,
    /// Sum of proceeds.
    pub received: String,
    /// Sum of payments, negative.
    pub paid: String,
    /// Payments.
    pub payments: u32,
    /// Median of the last five payments, negative; `null` without payments.
    pub typical: Option<String>,
    /// How often.
    pub cadence: Cadence,
    /// Typical payment a business day, negative.
    pub cost_per_business_day: Option<String>,
    /// Its last due date inside covered days was met.
    pub is_active: bool,
    /// What happened, in order.
    pub events: Vec<PositionEvent>,
    /// What is proved under it.
    pub basis: Basis,
    /// Ids of its rows.
    pub rows: Vec<String>,
}

/// A counterparty's part of the money of one direction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CounterpartyShare {
    /// Who.
    pub counterparty: String,
    /// Money in.
    pub is_in: bool,
    /// Currency of the amount.
    pub currency: Option<String>,
    /// Sum of its rows, signed.
    pub amount: String,
    /// Its part of all money of that direction, four decimals.
    pub share: String,
    /// A processor of card payments: it stands for customers that nobody can tell apart.
    pub is_processor: bool,
    /// Rows.
    pub count: u32,
    /// Ids of its rows.
    pub rows: Vec<String>,
    /// Rows behind it beyond those that are listed.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub rows_left_out: u32,
}

/// Fees for one kind of item without cover on one account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReturnedItems {
    /// `nsf`, `overdraft` or `returned`.
    pub kind: String,
    /// Id of the account.
    pub account: String,
    /// Currency of the fees.
    pub currency: Option<String>,
    /// Events, counted through the divisor where one exists.
    pub count: u32,
    /// Rows.
    pub fee_rows: u32,
    /// Days with at least one.
    pub days: u32,
    /// The fee of one event; `null` where none divides every fee.
    pub divisor: Option<String>,
    /// Other divisors that would do as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_divisors: Vec<String>,
    /// Sum, negative.
    pub amount: String,
    /// Ids of the rows.
    pub rows: Vec<String>,
}

/// A row that passed a threshold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotedRow {
    /// Id of the row.
    pub row: String,
    /// `large_deposit`, `round_100`, `round_1000` or `unusual`.
    pub kind: String,
    /// What it passed.
    pub threshold: String,
    /// Rows that the threshold was made from.
    pub of_rows: u32,
    /// A sentence with both numbers.
    pub evidence: String,
}

/// An account that the rows name and nobody sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MissingAccount {
    /// As the rows name it: the end of a number, or `own account`.
    pub named: String,
    /// Currency of the amounts.
    pub currency: Option<String>,
    /// Sum that went there, negative.
    pub total_to: String,
    /// Sum that came from there.
    pub total_from: String,
    /// First and last day.
    #[schemars(with = "String")]
    pub first_on: Date,
    /// Last day.
    #[schemars(with = "String")]
    pub last_on: Date,
    /// A sentence that asks the client for its statements.
    pub request: String,
    /// Ids of the rows.
    pub rows: Vec<String>,
}

/// Rows with one tag of the closed list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TaggedRows {
    /// `recurring`, `transfer_paired`, `large_deposit` …
    pub tag: String,
    /// Ids of the rows.
    pub rows: Vec<String>,
    /// Rows behind it beyond those that are listed.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub rows_left_out: u32,
}
