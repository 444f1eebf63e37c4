//! All ledgers of a case together.

use super::account::{self, Account};
use super::balance::DayBalances;
use super::role::{self, RevenueRule};
use super::row::{Row, RowIndex};
use crate::choices::Choices;
use crate::day::Day;
use crate::error::AnalyzeError;
use crate::limits::Limits;
use crate::rows::{CaseRows, RowFacts};
use crate::taxonomy::{Leaf, LeafIndex, Taxonomy};
use smartexus_domain::{Case, CaseAccount, Currency, DocumentKind, LedgerRow, Money};
use std::collections::{BTreeSet, HashSet};

/// Accounts and their rows.
pub(crate) struct Book<'c> {
    pub(crate) accounts: Vec<Account<'c>>,
    pub(crate) rows: Vec<Row<'c>>,
    pub(crate) names: &'c CaseRows<'c>,
    pub(crate) taxonomy: &'c Taxonomy,
    pub(crate) limits: Limits,
    /// Rows of the case that no document gave: they have neither category nor balance.
    pub(crate) rows_without_document: usize,
    /// Rows whose amount is no money of their account's currency.
    pub(crate) rows_unread: usize,
    /// Days everything is seen from.
    pub(crate) as_of: Option<Day>,
    pub(crate) is_categorized: bool,
}

impl<'c> Book<'c> {
    pub(crate) fn open(
        case: &'c Case,
        names: &'c CaseRows<'c>,
        choices: &Choices,
        limits: Limits,
    ) -> Result<Self, AnalyzeError> {
        let count = case.accounts.iter().map(|account| account.ledger.len()).fold(0, usize::saturating_add);
        if count > limits.rows_max {
            return Err(AnalyzeError::TooManyRows(limits.rows_max));
        }
        let mut book = Self {
            accounts: Vec::with_capacity(case.accounts.len()),
            rows: Vec::with_capacity(count),
            names,
            taxonomy: &names.analyst.taxonomy,
            limits,
            rows_without_document: 0,
            rows_unread: 0,
            as_of: None,
            is_categorized: false,
        };
        book.read(case)?;
        book.is_categorized = book.rows.iter().any(|row| row.facts.is_categorized);
        book.as_of = choices.as_of.map(Day::of).or_else(|| book.last_covered());
        let rule = RevenueRule::new(choices, names);
        let Self { accounts, rows, taxonomy, .. } = &mut book;
        accounts.iter().for_each(|account| role::settle(account, rows, taxonomy, &rule));
        Ok(book)
    }

    fn read(&mut self, case: &'c Case) -> Result<(), AnalyzeError> {
        let documents = self.names.of(case);
        let paired: HashSet<&str> =
            case.transfers.iter().flat_map(|pair| [pair.from_row.as_str(), pair.to_row.as_str()]).collect();
        let cards: BTreeSet<u32> = case
            .documents
            .iter()
            .filter(|document| document.kind == DocumentKind::CardStatement)
            .map(|document| document.document)
            .collect();
        for (at, case_account) in case.accounts.iter().enumerate() {
            let currency = case_account.account.currency;
            let from = self.rows.len();
            for entry in &case_account.ledger {
                let facts = documents.row(entry.at);
                self.rows_without_document =
                    self.rows_without_document.saturating_add(usize::from(facts.is_none()));
                match ledger_row(entry, at, currency, facts, paired.contains(entry.id.as_str())) {
                    Some(row) => self.rows.push(row),
                    None => self.rows_unread = self.rows_unread.saturating_add(1),
                }
            }
            // A ledger is in order already; a hand-made one may not be.
            if let Some(own) = self.rows.get_mut(from..) {
                own.sort_by_key(|row| row.day);
            }
            let account = self.account(case_account, from, currency, |document| cards.contains(&document))?;
            self.accounts.push(account);
        }
        Ok(())
    }

    fn account(
        &self,
        case: &'c CaseAccount,
        from: usize,
        currency: Currency,
        is_card: impl Fn(u32) -> bool,
    ) -> Result<Account<'c>, AnalyzeError> {
        let rows = self.rows.get(from..).unwrap_or_default();
        let covered = account::covered(case);
        let ends = |pick: fn(Day, Day) -> Day, day: Option<Day>, row: Option<&Row<'_>>| {
            day.into_iter().chain(row.map(|row| row.day)).reduce(pick)
        };
        let extent =
            ends(Ord::min, covered.first(), rows.first()).zip(ends(Ord::max, covered.last(), rows.last()));
        if extent.is_some_and(|(first, last)| i64::from(last.since(first)) >= i64::from(self.limits.days_max))
        {
            return Err(AnalyzeError::TooManyDays(self.limits.days_max));
        }
        Ok(Account {
            case,
            currency,
            is_liability: account::is_liability(case, is_card),
            balances: DayBalances::compute(case, currency, &covered, rows, from),
            covered,
            rows: from..self.rows.len(),
            extent,
        })
    }

    fn last_covered(&self) -> Option<Day> {
        self.accounts.iter().filter_map(|account| account.covered.last()).max()
    }

    pub(crate) fn row(&self, index: RowIndex) -> Option<&Row<'c>> {
        usize::try_from(index.0).ok().and_then(|at| self.rows.get(at))
    }

    pub(crate) fn leaf(&self, row: &Row<'_>) -> Option<&'c Leaf> {
        self.taxonomy.leaf(row.facts.leaf)
    }

    pub(crate) fn leaf_of(&self, leaf: LeafIndex) -> Option<&'c Leaf> {
        self.taxonomy.leaf(Some(leaf))
    }

    /// Rows of an account with their places.
    pub(crate) fn rows_of(&self, account: &Account<'_>) -> impl Iterator<Item = (RowIndex, &Row<'c>)> {
        let rows = self.rows.get(account.rows.clone()).unwrap_or_default();
        let from = u32::try_from(account.rows.start).unwrap_or(u32::MAX);
        (from..).map(RowIndex).zip(rows)
    }

    /// Rows of an account on the days from one to another.
    pub(crate) fn rows_within(
        &self,
        account: &Account<'_>,
        (first, last): (Day, Day),
    ) -> impl Iterator<Item = (RowIndex, &Row<'c>)> {
        let rows = self.rows.get(account.rows.clone()).unwrap_or_default();
        let from = rows.partition_point(|row| row.day < first);
        let to = rows.partition_point(|row| row.day <= last);
        let start = u32::try_from(account.rows.start.saturating_add(from)).unwrap_or(u32::MAX);
        (start..).map(RowIndex).zip(rows.get(from..to).unwrap_or_default())
    }

    /// Ids of rows, up to the limit, and how many more there are.
    pub(crate) fn ids(&self, rows: impl IntoIterator<Item = RowIndex>) -> (Vec<String>, u32) {
        let mut rows = rows.into_iter();
        let listed = rows.by_ref().take(self.limits.rows_listed_max);
        let ids = listed.filter_map(|row| self.row(row)).map(|row| row.id.to_owned()).collect();
        (ids, u32::try_from(rows.count()).unwrap_or(u32::MAX))
    }

    /// Every currency of the case, by code.
    pub(crate) fn currencies(&self) -> BTreeSet<Currency> {
        self.accounts.iter().map(|account| account.currency).collect()
    }
}

fn ledger_row<'c>(
    entry: &'c LedgerRow,
    account: usize,
    currency: Currency,
    facts: Option<RowFacts>,
    is_paired: bool,
) -> Option<Row<'c>> {
    let amount = Money::from_decimal(&entry.amount, currency).ok()?;
    Some(Row {
        id: &entry.id,
        account,
        day: Day::of(entry.date),
        minor: amount.minor(),
        facts: facts.unwrap_or(RowFacts::NONE),
        is_paired,
        is_reversed: false,
        is_refund: false,
        revenue: None,
    })
}

/// The code of a currency, where one is known.
pub(crate) fn code(currency: Currency) -> Option<String> {
    currency.is_known().then(|| currency.code().to_owned())
}
