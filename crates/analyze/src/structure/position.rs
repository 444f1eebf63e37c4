//! Loans and advances (mission 5.9): one position for each lender, by three witnesses that are kept apart — the dictionary
//! of lenders, the words of the rows, the rhythm of the payments. One witness alone is a possible position.

use super::cadence::{business_days, cadence, due_after, missed};
use super::position_events::events;
use super::series::{is_fixed, main_leaf};
use crate::choices::Choices;
use crate::day::{Day, Days};
use crate::exact::{Computed, median, printed, printed_or_too_large, product, quotient, sum};
use crate::id::id;
use crate::ledger::{Book, Row, RowIndex, code};
use crate::rows::Mark;
use smartexus_domain::{Basis, Cadence, Currency, NotComputable, Position};
use std::collections::BTreeMap;

/// Payments that the typical one is the median of.
const TYPICAL_OF: usize = 5;
/// Without a cadence a position counts as going on for so many days after its last row.
const OPEN_DAYS: i32 = 31;
/// Witnesses that make a position more than possible.
const WITNESSES: usize = 2;
const CARD: &str = "lout.credit_card";
const MCA: &str = "mca";

/// What one position rests on.
pub(crate) struct Held {
    pub(crate) position: Position,
    pub(crate) rows: Vec<RowIndex>,
    currency: Currency,
    typical: i128,
    /// Days of payments, in order.
    paid_on: Vec<Day>,
    until: Day,
}

/// All positions.
pub(crate) struct Positions(pub(crate) Vec<Held>);

/// Whose rows belong together.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct LenderKey {
    name: String,
    currency: Currency,
}

/// Every lender of a book, in the order of names.
pub(crate) fn positions(book: &Book<'_>, choices: &Choices) -> Positions {
    let mut groups: BTreeMap<LenderKey, Vec<RowIndex>> = BTreeMap::new();
    for account in &book.accounts {
        for (index, row) in book.rows_of(account).filter(|(_, row)| row.minor != 0 && !row.is_paired) {
            if let Some(name) = lender_name(book, row) {
                groups.entry(LenderKey { name, currency: account.currency }).or_default().push(index);
            }
        }
    }
    Positions(groups.into_iter().filter_map(|(key, rows)| held(book, choices, &key, rows)).collect())
}

/// Who lends: by the dictionary, else as the row names its counterparty, else by its leaf. A name of the dictionary needs
/// a leaf of loans, or a leaf that says nothing: a lender's name may be inside a merchant's.
fn lender_name(book: &Book<'_>, row: &Row<'_>) -> Option<String> {
    let leaf = book.leaf(row);
    let lends = leaf.is_some_and(|leaf| (leaf.pays_debt() || leaf.is_proceeds()) && leaf.id != CARD);
    let says_nothing =
        leaf.is_none_or(|leaf| leaf.primary == "UNCATEGORIZED" || leaf.primary.starts_with("TRANSFER"));
    let known = row.facts.lender.and_then(|index| book.names.analyst.lenders.lender(index));
    match known {
        Some(lender) if lends || says_nothing || row.facts.has(Mark::Lending) => Some(lender.name.clone()),
        Some(_) | None if lends => {
            let party = row.facts.party.map(|party| book.names.name(party).to_owned());
            party.or_else(|| leaf.map(|leaf| format!("unnamed: {}", leaf.name().to_lowercase())))
        }
        Some(_) | None => None,
    }
}

fn held(book: &Book<'_>, choices: &Choices, key: &LenderKey, indices: Vec<RowIndex>) -> Option<Held> {
    let mut rows: Vec<&Row<'_>> = indices.iter().filter_map(|index| book.row(*index)).collect();
    rows.sort_by_key(|row| row.day);
    let paid: Vec<&Row<'_>> = rows.iter().copied().filter(|row| row.is_out() && !row.is_reversed).collect();
    let paid_on: Vec<Day> = paid.iter().map(|row| row.day).collect();
    let amounts: Vec<i128> = paid.iter().map(|row| row.amount()).collect();
    let rhythm = cadence(&paid_on);
    let rhythm = if paid.len() < 3 { Cadence::Irregular } else { rhythm };
    let mut last_five = amounts.get(amounts.len().saturating_sub(TYPICAL_OF)..)?.to_vec();
    let typical = median(&mut last_five);
    let covered = covered(book, &rows);
    let until = book.as_of.into_iter().chain(covered.last()).min()?;
    let unmet = missed(rhythm, &paid_on, &covered, until).at_the_end;
    let is_active = if rhythm == Cadence::Irregular {
        rows.last().is_some_and(|row| until.since(row.day) <= OPEN_DAYS)
    } else {
        unmet == 0
    };
    let received = sum(rows.iter().filter(|row| is_proceeds(book, row)).map(|row| row.amount()));
    let cost = typical
        .zip(business_days(rhythm))
        .and_then(|(typical, (days, over))| quotient(product(typical, over).ok()?, days).ok());
    let leaf = main_leaf(book, &rows).filter(|leaf| leaf.starts_with('l'));
    let dictionary = rows.iter().find_map(|row| book.names.analyst.lenders.lender(row.facts.lender?));
    let kind = leaf.as_deref().and_then(|leaf| leaf.split_once('.')).map(|(_, kind)| kind.to_owned());
    let kind =
        kind.or_else(|| dictionary.map(|lender| lender.kind.clone())).unwrap_or_else(|| "unknown".to_owned());
    let position = Position {
        id: id("position", [key.name.as_str(), key.currency.code()]),
        lender: key.name.clone(),
        kind,
        known_by: known_by(&rows, dictionary.is_some(), rhythm, &amounts),
        currency: code(key.currency),
        received: printed_or_too_large(received.unwrap_or(i128::MAX), key.currency),
        paid: printed_or_too_large(sum(amounts.iter().copied()).unwrap_or(i128::MAX), key.currency),
        payments: u32::try_from(paid.len()).unwrap_or(u32::MAX),
        typical: typical.and_then(|typical| printed(typical, key.currency)),
        cadence: rhythm,
        cost_per_business_day: cost.and_then(|cost| printed(cost, key.currency)),
        is_active,
        events: events(book, choices, key.currency, rhythm, &rows, &paid, unmet),
        basis: basis(book, &rows),
        rows: rows.iter().map(|row| row.id.to_owned()).collect(),
    };
    Some(Held {
        position,
        rows: indices,
        currency: key.currency,
        typical: typical.unwrap_or(0),
        paid_on,
        until,
    })
}

/// Money in that is no refund.
pub(super) fn is_proceeds(book: &Book<'_>, row: &Row<'_>) -> bool {
    row.is_in()
        && !row.is_reversed
        && book.leaf(row).is_none_or(|leaf| leaf.is_proceeds() || leaf.primary == "UNCATEGORIZED")
}

fn known_by(rows: &[&Row<'_>], in_dictionary: bool, rhythm: Cadence, amounts: &[i128]) -> Vec<String> {
    let words = rows.iter().any(|row| row.facts.has(Mark::Lending));
    let regular = rhythm != Cadence::Irregular && is_fixed(amounts);
    let witnesses = [(in_dictionary, "dictionary"), (words, "words"), (regular, "rhythm")];
    witnesses.iter().filter(|(is, _)| *is).map(|(_, witness)| (*witness).to_owned()).collect()
}

/// Days that the accounts of these rows cover together.
fn covered(book: &Book<'_>, rows: &[&Row<'_>]) -> Days {
    let accounts = rows.iter().filter_map(|row| book.accounts.get(row.account));
    Days::of(accounts.flat_map(|account| account.covered.stretches().iter().copied()))
}

fn basis(book: &Book<'_>, rows: &[&Row<'_>]) -> Basis {
    let mut accounts = rows.iter().filter_map(|row| book.accounts.get(row.account));
    if accounts.all(|account| account.basis() == Basis::Verified) {
        Basis::Verified
    } else {
        Basis::IncludesUnverified
    }
}

impl Positions {
    /// Advances that are active where figures are seen from, by at least two witnesses.
    pub(crate) fn stacked(&self, currency: Currency) -> impl Iterator<Item = &Held> {
        self.0.iter().filter(move |held| {
            held.currency == currency
                && held.position.kind == MCA
                && held.position.is_active
                && held.position.known_by.len() >= WITNESSES
        })
    }

    /// Typical payments × due dates on these days, of every position of an advance; positive.
    pub(crate) fn expected(&self, currency: Currency, days: &Days) -> (Computed, Vec<RowIndex>) {
        let own = || self.0.iter().filter(|held| held.currency == currency && held.position.kind == MCA);
        let rows = own().flat_map(|held| held.rows.iter().copied()).collect();
        (sum_of(own().map(|held| held.expected(days))), rows)
    }
}

fn sum_of(values: impl Iterator<Item = Computed>) -> Computed {
    values.collect::<Result<Vec<_>, NotComputable>>().and_then(sum)
}

impl Held {
    fn expected(&self, days: &Days) -> Computed {
        let (Some(first), Some(last)) = (self.paid_on.first(), self.paid_on.last()) else { return Ok(0) };
        let end = if self.position.is_active { self.until } else { *last };
        let later = due_after(self.position.cadence, &self.paid_on, *first).take_while(|due| *due <= end);
        let count = std::iter::once(*first).chain(later).filter(|due| days.contains(*due)).count();
        product(self.typical.saturating_abs(), i128::try_from(count).unwrap_or(i128::MAX))
    }
}
