//! The statement: what every stage is about. Its JSON is the `statements[]` of `smartexus.result/1`.

use crate::{BankCode, Categorization, CategoryId, Currency, Money, MoneyError, Rect, RowDetails, RowStatus};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a value came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Text layer of a PDF.
    Text,
    /// Optical character recognition.
    Ocr,
    /// A structured file.
    Structured,
    /// Changed by a repair that the arithmetic proved.
    Repaired,
    /// A person said so.
    Person,
}

/// Where on the paper a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// 1-based page.
    pub page: u32,
    /// Box in PDF points, origin top left.
    #[serde(rename = "box")]
    pub bounds: Rect,
}

/// The only three outcomes of a proof; nothing else may look green.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Printed opening plus every row gives the printed closing, and no check fails.
    Verified,
    /// Some check fails; the first broken row is named.
    Discrepancy,
    /// Neither: something needed for the proof is not printed or not read.
    Unverifiable,
}

/// How strong the proof is: `chain` pins every row, `totals` ties money in and out apart, `ends` only the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "explained above, as one sentence")]
pub enum Proof {
    Ends,
    Totals,
    Chain,
}

/// The named checks of the proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckName {
    /// Each printed balance = previous printed balance + amounts between.
    RunningBalance,
    /// Printed opening + Σ amounts = printed closing.
    OpeningToClosing,
    /// Σ money in and Σ money out equal the printed totals.
    PrintedTotals,
    /// Number of rows in and out equal the printed counts.
    PrintedCounts,
    /// Carried forward of a page = brought forward of the next.
    PageCarry,
    /// Every page was read.
    PagesRead,
    /// Every row's date is inside the printed period.
    DatesInPeriod,
    /// Dates are monotone, either way.
    DatesInOrder,
}

/// Outcome of one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Pass,
    /// It does not.
    Fail,
    /// The document does not print what the check needs.
    NotStated,
}

/// One check of the proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// Which.
    pub check: CheckName,
    /// How it went.
    pub outcome: Outcome,
    /// `seq` of the first row where it breaks.
    pub row: Option<u32>,
    /// What the arithmetic expects, as a decimal string, date or count.
    pub expected: Option<String>,
    /// What the document says.
    pub found: Option<String>,
}

/// A change that would make the proof hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Repair {
    /// `seq` of the row; 0 for the statement's own balances.
    pub row: u32,
    /// `amount`, `balance`, `opening_balance`, `closing_balance`, `row_missing` or `row_doubled`.
    pub field: String,
    /// As read.
    pub from: String,
    /// As the arithmetic wants it.
    pub to: String,
    /// The check that asks for it.
    pub because: CheckName,
    /// Whether a machine applied it. A proposal waits for a person.
    pub applied: bool,
}

/// Whose account. Unknown is `None`, never empty text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Account {
    /// Bank or issuer as printed.
    pub institution: Option<String>,
    /// Account holders as printed.
    pub holders: Vec<String>,
    /// Account number as printed, leading zeros and masks kept.
    pub number: Option<String>,
    /// IBAN without blanks, check digits right.
    pub iban: Option<String>,
    /// BIC.
    pub bic: Option<String>,
    /// UK sort code.
    pub sort_code: Option<String>,
    /// US routing number.
    pub routing_number: Option<String>,
    /// `checking`, `savings`, `credit_card`, `loan` … where the words say so.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Currency; `null` when the document does not say.
    #[serde(with = "currency_or_null")]
    #[schemars(with = "Option<String>")]
    pub currency: Currency,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            institution: None,
            holders: Vec::new(),
            number: None,
            iban: None,
            bic: None,
            sort_code: None,
            routing_number: None,
            kind: None,
            currency: Currency::UNKNOWN,
        }
    }
}

/// The period a statement covers, both days included; `None` where not stated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// First day.
    #[schemars(with = "Option<String>")]
    pub start: Option<Date>,
    /// Last day.
    #[schemars(with = "Option<String>")]
    pub end: Option<Date>,
}

/// Totals as printed; debits and fees negative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Money in.
    pub credits: Option<Money>,
    /// Money out, negative.
    pub debits: Option<Money>,
    /// Fees, negative.
    pub fees: Option<Money>,
}

/// Numbers of rows as printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Rows of money in.
    pub credits: Option<u32>,
    /// Rows of money out.
    pub debits: Option<u32>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "TransactionShape", into = "TransactionShape")]
pub struct Transaction {
    /// Ledger order, oldest first, from 1, whatever the print order.
    pub seq: u32,
    /// Booking date.
    pub date: Date,
    /// Value date, where printed apart.
    pub value_date: Option<Date>,
    /// Lines joined by one space, white space folded.
    pub description: String,
    /// Signed from the holder's side: money in positive.
    pub amount: Money,
    /// Running balance as printed beside this row.
    pub balance: Option<Money>,
    /// Reference as printed.
    pub reference: Option<String>,
    /// Check number as printed.
    pub check_number: Option<String>,
    /// Whether it is booked. Pending rows stand in [`Statement::pending`] and nowhere else.
    pub status: RowStatus,
    /// What few rows have: another currency, charges, the bank's code.
    pub details: Option<Box<RowDetails>>,
    /// What `categorize` said; `None` before it ran.
    pub categorization: Option<Categorization>,
    /// 0–1.
    pub confidence: f64,
    /// How the row was read.
    pub method: Method,
    /// Where it stands; `None` for structured input.
    pub source: Option<Source>,
}

/// One account, one currency, one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "StatementShape", into = "StatementShape")]
pub struct Statement {
    /// Whose account.
    pub account: Account,
    /// Which days.
    pub period: Period,
    /// As printed; `None` when not stated. An inferred end is never stored here.
    pub opening_balance: Option<Money>,
    /// As printed; `None` when not stated.
    pub closing_balance: Option<Money>,
    /// As printed.
    pub totals: Totals,
    /// As printed.
    pub counts: Counts,
    /// Outcome of the proof.
    pub verdict: Verdict,
    /// Strongest proof that passed.
    pub proof: Option<Proof>,
    /// Why an `unverifiable` statement is not proved: `end_not_printed`, `page_unread`, `ambiguous_date` …
    pub unproved_because: Vec<String>,
    /// The checks.
    pub checks: Vec<Check>,
    /// Changes that would make it hold.
    pub repairs: Vec<Repair>,
    /// The booked rows, oldest first.
    pub transactions: Vec<Transaction>,
    /// Rows that are announced and not booked, in the order of the document, numbered by themselves from 1. They are in no
    /// sum, no check and no figure; most of them come again as booked rows.
    pub pending: Vec<Transaction>,
}

/// A key fact of any kind of document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Fact {
    /// One vocabulary for all forms, for instance `business.legal_name`.
    pub key: String,
    /// As printed.
    pub value: String,
    /// 0–1.
    pub confidence: f64,
    /// Where it stands.
    pub source: Option<Source>,
}

mod currency_or_null {
    use crate::Currency;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
    pub(super) fn serialize<S: Serializer>(currency: &Currency, s: S) -> Result<S::Ok, S::Error> {
        currency.is_known().then(|| currency.code()).serialize(s)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Currency, D::Error> {
        Ok(Option::<Currency>::deserialize(d)?.unwrap_or(Currency::UNKNOWN))
    }
}

/// The JSON shape of a row.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Transaction")]
struct TransactionShape {
    seq: u32,
    #[schemars(with = "String")]
    date: Date,
    #[schemars(with = "Option<String>")]
    value_date: Option<Date>,
    description: String,
    amount: String,
    balance: Option<String>,
    #[serde(with = "currency_or_null")]
    #[schemars(with = "Option<String>")]
    currency: Currency,
    reference: Option<String>,
    check_number: Option<String>,
    /// Absent where the row is booked.
    #[serde(default, skip_serializing_if = "RowStatus::is_booked")]
    status: RowStatus,
    /// What the row was in another currency, with the sign of its amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    original_amount: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    original_currency: Option<Currency>,
    /// Rate between the two, as the document writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fx_rate: Option<String>,
    /// What the bank took for it, in `currency`; money out is negative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    charges: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bank_code: Option<BankCode>,
    counterparty: Option<String>,
    category: Option<CategoryId>,
    category_confidence: Option<f64>,
    category_reason: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    confidence: f64,
    method: Method,
    source: Option<Source>,
}

impl From<Transaction> for TransactionShape {
    fn from(row: Transaction) -> Self {
        let said = row.categorization;
        let details = row.details.map(|details| *details).unwrap_or_default();
        Self {
            seq: row.seq,
            date: row.date,
            value_date: row.value_date,
            description: row.description,
            amount: row.amount.to_string(),
            balance: row.balance.map(|b| b.to_string()),
            currency: row.amount.currency(),
            reference: row.reference,
            check_number: row.check_number,
            status: row.status,
            original_amount: details.original_amount.map(|m| m.to_string()),
            original_currency: details.original_currency,
            fx_rate: details.fx_rate,
            charges: details.charges.map(|m| m.to_string()),
            bank_code: details.bank_code,
            counterparty: said.as_ref().and_then(|c| c.counterparty.clone()),
            category: said.as_ref().map(|c| c.category.clone()),
            category_confidence: said.as_ref().map(|c| c.confidence),
            category_reason: said.as_ref().map(|c| c.reason.clone()),
            tags: said.map(|c| c.tags).unwrap_or_default(),
            confidence: row.confidence,
            method: row.method,
            source: row.source,
        }
    }
}

impl TryFrom<TransactionShape> for Transaction {
    type Error = MoneyError;

    fn try_from(shape: TransactionShape) -> Result<Self, MoneyError> {
        let money = |text: &str| Money::from_decimal(text, shape.currency);
        let categorization = shape.category.map(|category| Categorization {
            counterparty: shape.counterparty,
            category,
            confidence: shape.category_confidence.unwrap_or(0.0),
            reason: shape.category_reason.unwrap_or_default(),
            tags: shape.tags,
        });
        let original = shape.original_amount.as_deref().zip(shape.original_currency);
        let details = RowDetails {
            original_currency: shape.original_currency,
            original_amount: original.map(|(text, code)| Money::from_decimal(text, code)).transpose()?,
            fx_rate: shape.fx_rate,
            charges: shape.charges.as_deref().map(money).transpose()?,
            bank_code: shape.bank_code,
        };
        Ok(Self {
            seq: shape.seq,
            date: shape.date,
            value_date: shape.value_date,
            description: shape.description,
            amount: money(&shape.amount)?,
            balance: shape.balance.as_deref().map(money).transpose()?,
            reference: shape.reference,
            check_number: shape.check_number,
            status: shape.status,
            details: details.boxed(),
            categorization,
            confidence: shape.confidence,
            method: shape.method,
            source: shape.source,
        })
    }
}

/// The JSON shape of printed totals.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Totals")]
struct TotalsShape {
    credits: Option<String>,
    debits: Option<String>,
    fees: Option<String>,
}

/// The JSON shape of a statement.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Statement")]
struct StatementShape {
    account: Account,
    period: Period,
    opening_balance: Option<String>,
    closing_balance: Option<String>,
    totals: TotalsShape,
    #[serde(default)]
    counts: Counts,
    verdict: Verdict,
    #[serde(default)]
    proof: Option<Proof>,
    #[serde(default)]
    unproved_because: Vec<String>,
    #[serde(default)]
    checks: Vec<Check>,
    #[serde(default)]
    repairs: Vec<Repair>,
    transactions: Vec<Transaction>,
    /// Announced and not booked: in no sum.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pending: Vec<Transaction>,
}

impl From<Statement> for StatementShape {
    fn from(s: Statement) -> Self {
        let text = |money: Option<Money>| money.map(|m| m.to_string());
        Self {
            account: s.account,
            period: s.period,
            opening_balance: text(s.opening_balance),
            closing_balance: text(s.closing_balance),
            totals: TotalsShape {
                credits: text(s.totals.credits),
                debits: text(s.totals.debits),
                fees: text(s.totals.fees),
            },
            counts: s.counts,
            verdict: s.verdict,
            proof: s.proof,
            unproved_because: s.unproved_because,
            checks: s.checks,
            repairs: s.repairs,
            transactions: s.transactions,
            pending: s.pending,
        }
    }
}

impl TryFrom<StatementShape> for Statement {
    type Error = MoneyError;

    fn try_from(shape: StatementShape) -> Result<Self, MoneyError> {
        let currency = shape.account.currency;
        let money = |text: Option<String>| text.map(|t| Money::from_decimal(&t, currency)).transpose();
        let mut rows = shape.transactions.iter().chain(&shape.pending);
        if rows.any(|row| row.amount.currency() != currency) {
            return Err(MoneyError::CurrencyMismatch);
        }
        // Whatever list a row stands in, its own word decides whether it may enter a sum.
        let is_booked = |row: &Transaction| row.status.is_booked();
        let (transactions, mut pending): (Vec<_>, Vec<_>) =
            shape.transactions.into_iter().partition(is_booked);
        pending.extend(shape.pending);
        pending.iter_mut().for_each(|row| row.status = RowStatus::Pending);
        Ok(Self {
            account: shape.account,
            period: shape.period,
            opening_balance: money(shape.opening_balance)?,
            closing_balance: money(shape.closing_balance)?,
            totals: Totals {
                credits: money(shape.totals.credits)?,
                debits: money(shape.totals.debits)?,
                fees: money(shape.totals.fees)?,
            },
            counts: shape.counts,
            verdict: shape.verdict,
            proof: shape.proof,
            unproved_because: shape.unproved_because,
            checks: shape.checks,
            repairs: shape.repairs,
            transactions,
            pending,
        })
    }
}
