//! `smartexus.case/1`: what the documents of one client say together. It holds references and sums, never a second
//! copy of the rows: a row is named by document, statement and `seq`, and stands in that document's result.
//! Adding a field is fine; renaming, retyping or removing one is a new schema version.

use crate::{Account, DocumentKind, DocumentSource, Figure, Finding, Outcome, Severity, SignalName, Verdict};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Everything found across the documents of a case. The order in which documents came in changes nothing here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Case {
    /// Always [`Case::SCHEMA`].
    pub schema: String,
    /// The documents, by name; every reference below counts them from 1.
    pub documents: Vec<CaseDocumentFacts>,
    /// One per account and currency.
    pub accounts: Vec<CaseAccount>,
    /// Documents and statements that were there already. They count once.
    pub duplicates: Vec<Duplicate>,
    /// Money that moved between two accounts of the case.
    pub transfers: Vec<Transfer>,
    /// Pages that a document should have and has not.
    pub missing_pages: Vec<MissingPages>,
    /// Evidence that only several documents together give.
    pub signals: Vec<CaseSignal>,
    /// Metrics over the merged ledgers, as in `smartexus.figures/1`; empty where nobody asked for them.
    pub figures: Vec<Figure>,
    /// What a person should know about the case as a whole.
    pub findings: Vec<Finding>,
}

impl Case {
    /// The schema's name and version.
    pub const SCHEMA: &'static str = "smartexus.case/1";
}

/// One document of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CaseDocumentFacts {
    /// From 1, by name.
    pub document: u32,
    /// The input as named by the caller.
    pub file: String,
    /// The document's id; empty for a file that never became one.
    pub id: String,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
    /// What kind of paper.
    pub kind: DocumentKind,
    /// How its text was obtained.
    pub source: DocumentSource,
    /// Whether it could be read.
    pub read: bool,
    /// Statements in it.
    pub statements: u32,
}

/// A statement of the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct StatementRef {
    /// From 1, in [`Case::documents`].
    pub document: u32,
    /// From 1, in the order of the document's result.
    pub statement: u32,
}

/// A row of the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct RowRef {
    /// From 1, in [`Case::documents`].
    pub document: u32,
    /// From 1, in the order of the document's result.
    pub statement: u32,
    /// `seq` of the row in that statement.
    pub row: u32,
}

/// Days, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// First day.
    #[schemars(with = "String")]
    pub start: Date,
    /// Last day.
    #[schemars(with = "String")]
    pub end: Date,
}

/// How a statement was known to belong to its account, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum JoinedBy {
    /// It prints the IBAN.
    Iban,
    /// It prints the whole number.
    Number,
    /// It prints the end of the number, and only one account of the case ends so.
    MaskedNumber,
    /// It names no account; its rows are those of one account of the case.
    Rows,
    /// It names no account; it goes on where one account of the case ends.
    Balance,
    /// Nothing joins it to another statement.
    Alone,
}

/// One account in one currency: its statements and what they give together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CaseAccount {
    /// Stable name of the account inside this case, from what its documents print of it.
    pub id: String,
    /// Every identifier that its statements print, joined.
    pub account: Account,
    /// Its statements, by first day.
    pub statements: Vec<CaseStatement>,
    /// Where one statement should end with what the next begins with.
    pub seams: Vec<Seam>,
    /// Days between statements that no statement covers.
    pub gaps: Vec<Gap>,
    /// Days that two statements cover.
    pub overlaps: Vec<Overlap>,
    /// What two sources say differently.
    pub disagreements: Vec<Disagreement>,
    /// The merged ledger, oldest first.
    pub ledger: Vec<LedgerRow>,
    /// Rows that do not count, because the ledger has them already.
    pub removed: Vec<RemovedRow>,
    /// Whether the merged ledger is right.
    pub proof: LedgerProof,
    /// What a person should know about this account.
    pub findings: Vec<Finding>,
}

/// One statement of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CaseStatement {
    /// Which.
    pub at: StatementRef,
    /// The days it covers: its period, else from its first row to its last; `null` where it has neither.
    pub covers: Option<Span>,
    /// Whether the period is printed. Without it the first and the last day may be covered in part only.
    pub period_stated: bool,
    /// As printed.
    pub opening_balance: Option<String>,
    /// As printed.
    pub closing_balance: Option<String>,
    /// Outcome of its own proof.
    pub verdict: Verdict,
    /// How its text was obtained.
    pub source: DocumentSource,
    /// Its rows.
    pub rows: u32,
    /// Rows of it that the ledger counts.
    pub counted: u32,
    /// Why it belongs to this account.
    pub joined_by: JoinedBy,
    /// It dates its rows by another day than the booking day: it never decides a day that another covers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub other_dates: bool,
}

/// Where one statement should end with what the next begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Seam {
    /// The earlier statement.
    pub before: StatementRef,
    /// The later one.
    pub after: StatementRef,
    /// Closing balance of the earlier one.
    pub closing: Option<String>,
    /// Opening balance of the later one.
    pub opening: Option<String>,
    /// Whether they are the same.
    pub outcome: Outcome,
    /// Days lie between them that no statement covers.
    pub across_gap: bool,
}

/// Days between statements that no statement covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Gap {
    /// The days.
    pub days: Span,
    /// Whether the periods on both sides are printed; else these may only be days without rows.
    pub stated: bool,
    /// The balance after it is the one before it: as far as balances tell, nothing happened.
    pub bridged: bool,
}

/// Days that two statements cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Overlap {
    /// One of them.
    pub one: StatementRef,
    /// The other.
    pub other: StatementRef,
    /// The days.
    pub days: Span,
}

/// What two sources say differently about a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// Only the source that does not decide the day has this row.
    OnlyHere,
    /// The source covers the day and lacks this row of the ledger.
    MissingHere,
    /// The same text on the same day with another amount.
    Amount,
    /// The same row, another running balance.
    Balance,
    /// The same row, a day apart.
    Date,
    /// Pending here, booked later in the ledger.
    BookedLater,
}

impl Difference {
    /// How loud it is: what changes money is a warning.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::OnlyHere | Self::MissingHere | Self::Amount | Self::Balance => Severity::Warn,
            Self::Date | Self::BookedLater => Severity::Info,
        }
    }
}

/// One row that two sources disagree about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Disagreement {
    /// What is different.
    pub difference: Difference,
    /// How loud.
    pub severity: Severity,
    /// The statement that does not decide the day.
    pub source: StatementRef,
    /// Its row; `null` where it lacks one.
    pub row: Option<RowRef>,
    /// The ledger's row; `null` where it lacks one.
    pub ledger_row: Option<String>,
    /// As the ledger has it.
    pub expected: Option<String>,
    /// As this source has it.
    pub found: Option<String>,
}

/// A row of the merged ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerRow {
    /// Hash of account, booking date, amount, currency, folded text and ordinal among equal rows of that day.
    pub id: String,
    /// Where its values stand.
    pub at: RowRef,
    /// Booking date.
    #[schemars(with = "String")]
    pub date: Date,
    /// Signed from the holder's side.
    pub amount: String,
    /// Rows of other sources that say the same.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub corroborated: u32,
    /// A person asked for it although the rules had removed it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub restored: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// Why a row does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Removal {
    /// Another source decides this day and has the same row.
    OtherSource,
    /// Another source decides this day and has no such row: see the disagreements.
    NotInDeciding,
    /// Two sources cover parts of this day; the same row with the same running balance is in both.
    PartDay,
    /// Two sources cover parts of this day and have equal rows without balances: perhaps two transactions.
    PossibleDuplicate,
}

/// A row that does not count. It can be restored by naming it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RemovedRow {
    /// Which.
    pub at: RowRef,
    /// The ledger's row that stands for it.
    pub duplicate_of: Option<String>,
    /// Why.
    pub reason: Removal,
    /// The bank's own id of the row, unique in both sources, says the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub same_bank_id: bool,
}

/// Proof of the merged ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerProof {
    /// `verified` only if every part of the ledger is proved, every seam closes, and no finding doubts a row.
    pub verdict: Verdict,
    /// One part for each stretch of days without a gap.
    pub parts: Vec<ProvedPart>,
    /// Why an `unverifiable` ledger is not proved: `end_not_printed`, `gap`, `rows_outside_ends`, `seam_not_stated` …
    pub unproved_because: Vec<String>,
}

/// First opening + Σ of the rows = last closing, over days without a gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProvedPart {
    /// The days.
    pub days: Span,
    /// Rows of the ledger between the two ends.
    pub rows: u32,
    /// First printed opening.
    pub opening: Option<String>,
    /// Sum of the rows.
    pub sum: Option<String>,
    /// Last printed closing.
    pub closing: Option<String>,
    /// Whether it holds.
    pub outcome: Outcome,
}

/// What is there twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DuplicateKind {
    /// Two files of the same bytes.
    SameBytes,
    /// Two statements of one account with the same period, ends, dates and amounts.
    SameStatement,
}

/// A document or statement that was there already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Duplicate {
    /// What is the same.
    pub kind: DuplicateKind,
    /// The one that does not count.
    pub document: u32,
    /// Its statement; `null` for the whole document.
    pub statement: Option<u32>,
    /// The document that counts.
    pub duplicate_of_document: u32,
    /// Its statement; `null` for the whole document.
    pub duplicate_statement_of: Option<u32>,
}

/// Money that moved between two accounts of the case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Transfer {
    /// Hash of the two rows.
    pub pair_id: String,
    /// The account that the money left.
    pub from_account: String,
    /// Id of its row.
    pub from_row: String,
    /// The account that the money reached.
    pub to_account: String,
    /// Id of its row.
    pub to_row: String,
    /// What moved, positive.
    pub amount: String,
    /// Its currency; `null` where no document says.
    pub currency: Option<String>,
    /// Business days between the two bookings.
    pub business_days: u32,
    /// 0–1.
    pub confidence: f64,
}

/// Pages that a document should have and has not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MissingPages {
    /// Which document.
    pub document: u32,
    /// Where it shows, if on one page.
    pub page: Option<u32>,
    /// What shows it.
    pub evidence: String,
}

/// Evidence that only several documents together give, in the words of a document's own signals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CaseSignal {
    /// `duplicate_document`, `near_duplicate`, `page_gap`, `cross_document` or `name_or_address_mismatch`.
    pub signal: SignalName,
    /// How strong.
    pub severity: Severity,
    /// What was found, with an innocent cause.
    pub evidence: String,
    /// The documents, from 1.
    pub documents: Vec<u32>,
}
