//! `smartexus.figures/1`: what the ledgers of a case come to. Every number names the rows behind it, how much of its
//! days is covered and whether anything unproved is under it; one that cannot be computed says why instead.
//! Money is decimal text in the currency of its figure; money in is positive, money out negative.
//! Adding a field is fine; renaming, retyping or removing one is a new schema version.

mod figure;
mod flow;
mod made;
mod structure;

pub use figure::{Basis, Figure, FigureUnit, NotComputable};
pub use flow::{CoveredAccount, FlowKind, FlowPeriod};
pub use made::{
    Affordability, Benchmark, Declared, FinancialStatement, FinancialStatementKind, RuleOutcome, RuleResult,
    StatementLine,
};
pub use structure::{
    Cadence, CounterpartyShare, IncomeKind, IncomeStream, MissingAccount, NotedRow, Position, PositionEvent,
    PositionEventKind, ReturnedItems, Series, StreamStatus, TaggedRows,
};

use crate::Finding;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Everything computed over the ledgers of one case. The same case and the same choices give the same bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figures {
    /// Always [`Figures::SCHEMA`].
    pub schema: String,
    /// Version of the formulas; two figures compare only within one.
    pub formulas: u32,
    /// The day everything is seen from: the last covered day, unless an instruction gave one. `null` without rows.
    #[schemars(with = "Option<String>")]
    pub as_of: Option<Date>,
    /// What was chosen and changes figures, shown beside them: `low_balance` → `500.00`, `large_deposit` → `0.50` …
    pub choices: Vec<Choice>,
    /// The accounts and the days each is known on.
    pub accounts: Vec<CoveredAccount>,
    /// One entry for each metric, account or `all`, and period.
    pub figures: Vec<Figure>,
    /// Calendar months and the last 30 days, by account and over all of a currency.
    pub cash_flow: Vec<FlowPeriod>,
    /// Rows that come again.
    pub recurring: Vec<Series>,
    /// Money that somebody pays again and again.
    pub income_streams: Vec<IncomeStream>,
    /// Lenders that were paid or paid out.
    pub positions: Vec<Position>,
    /// Who the money comes from and goes to, largest first, by direction and currency.
    pub concentration: Vec<CounterpartyShare>,
    /// Fees for items that were paid or returned without cover, and what came back.
    pub returned_items: Vec<ReturnedItems>,
    /// Large, round and unusual rows, each with the threshold that it passed.
    pub noted: Vec<NotedRow>,
    /// Accounts that the rows name and nobody sent.
    pub missing_accounts: Vec<MissingAccount>,
    /// What structure says of rows beside their categories, by tag.
    pub tagged: Vec<TaggedRows>,
    /// What is left of a month, where enough whole months are known.
    pub affordability: Vec<Affordability>,
    /// The workspace's rules beside what was found.
    pub prequalification: Vec<RuleOutcome>,
    /// Cash-flow statement, profit-and-loss draft, income and expenditure.
    pub statements: Vec<FinancialStatement>,
    /// What a person should know about the figures as a whole.
    pub findings: Vec<Finding>,
}

impl Figures {
    /// The schema's name and version.
    pub const SCHEMA: &'static str = "smartexus.figures/1";
    /// The account of a figure over every account of its currency.
    pub const ALL: &'static str = "all";

    /// The figure of a key, an account (or [`Figures::ALL`]), a currency code where it has one, over all covered days.
    #[must_use]
    pub fn whole(&self, key: &str, account: &str, currency: &str) -> Option<&Figure> {
        let asked = |figure: &&Figure| {
            figure.key == key
                && figure.account == account
                && figure.currency.as_deref().is_none_or(|code| code == currency)
                && figure.is_whole
        };
        self.figures.iter().find(asked)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
pub(crate) const fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// One thing that was chosen and changes figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Choice {
    /// Its stable name.
    pub name: String,
    /// As used.
    pub value: String,
    /// Nobody chose it: the value that holds where a workspace says nothing.
    pub is_default: bool,
}
