//! What its neighbors say of a row: taken back, given back, and so how it counts.

use super::account::Account;
use super::row::Row;
use crate::choices::{Choices, RevenueClass};
use crate::rows::{CaseRows, Mark, PartyIndex};
use crate::taxonomy::{Flag, Leaf, Taxonomy};
use std::collections::BTreeMap;

/// A row is taken back within so many days.
const REVERSAL_DAYS: i32 = 10;
/// A merchant gives back within so many days.
const REFUND_DAYS: i32 = 90;
/// Primaries of rows that buy something: only such a payment is refunded.
const BOUGHT: [&str; 10] = [
    "BUSINESS_COSTS",
    "HOUSING_UTILITIES",
    "INSURANCE",
    "FOOD_DRINK",
    "SHOPPING",
    "TRANSPORT",
    "TRAVEL",
    "HEALTH_FAMILY",
    "LIFESTYLE",
    "BANK_FEES",
];

/// Marks the rows of one account that take each other back: the same amount the other way within ten days, with a word
/// that says so on the later one, or one reference on both. The nearest earlier row is taken, of the same counterparty
/// where there is one. Each row is taken once.
pub(crate) fn reverse(rows: &mut [Row<'_>]) {
    let mut open: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for at in 0..rows.len() {
        let Some(row) = rows.get(at).copied() else { continue };
        if row.minor == 0 || row.is_paired {
            continue;
        }
        let partner = row.minor.checked_neg().and_then(|other| {
            let earlier = open.get(&other)?.iter().copied();
            let may_be =
                |candidate: &usize| rows.get(*candidate).is_some_and(|other| takes_back(&row, other));
            earlier.filter(may_be).max_by_key(|candidate| {
                let same = rows.get(*candidate).is_some_and(|other| is_same_party(&row, other));
                (same, *candidate)
            })
        });
        if let Some(partner) = partner {
            for place in [at, partner] {
                if let Some(row) = rows.get_mut(place) {
                    row.is_reversed = true;
                }
            }
            if let Some(known) = row.minor.checked_neg().and_then(|other| open.get_mut(&other)) {
                known.retain(|candidate| *candidate != partner);
            }
        } else {
            open.entry(row.minor).or_default().push(at);
        }
    }
}

fn takes_back(later: &Row<'_>, earlier: &Row<'_>) -> bool {
    let same_reference = later.facts.reference.is_some() && later.facts.reference == earlier.facts.reference;
    let near = later.day.since(earlier.day) <= REVERSAL_DAYS;
    near && !earlier.is_reversed && (later.facts.has(Mark::Reversal) || same_reference)
}

fn is_same_party(one: &Row<'_>, other: &Row<'_>) -> bool {
    one.facts.party.is_some() && one.facts.party == other.facts.party
}

/// Marks money in from a merchant that was paid at least as much within ninety days before, where the row alone does not
/// say what it is.
pub(crate) fn refund(rows: &mut [Row<'_>], taxonomy: &Taxonomy) {
    let mut paid: BTreeMap<PartyIndex, Vec<usize>> = BTreeMap::new();
    for at in 0..rows.len() {
        let Some(row) = rows.get(at).copied() else { continue };
        let Some(party) = row.facts.party.filter(|_| !row.is_paired && !row.is_reversed) else { continue };
        let leaf = taxonomy.leaf(row.facts.leaf);
        if row.is_out() && leaf.is_some_and(|leaf| BOUGHT.contains(&leaf.primary.as_str())) {
            paid.entry(party).or_default().push(at);
        } else if row.is_in() && leaf.is_none_or(|leaf| by_leaf(leaf) == RevenueClass::Undecided) {
            let covers = |candidate: &&usize| {
                rows.get(**candidate).is_some_and(|earlier| {
                    row.day.since(earlier.day) <= REFUND_DAYS
                        && row.minor.unsigned_abs() <= earlier.minor.unsigned_abs()
                })
            };
            let is_refund =
                paid.get(&party).is_some_and(|earlier| earlier.iter().rev().find(covers).is_some());
            if let Some(row) = rows.get_mut(at) {
                row.is_refund = is_refund;
            }
        }
    }
}

/// How the taxonomy counts a leaf.
pub(crate) fn by_leaf(leaf: &Leaf) -> RevenueClass {
    if leaf.has(Flag::TrueRevenue) {
        RevenueClass::Included
    } else if leaf.has(Flag::NonRevenue) {
        RevenueClass::Deducted
    } else {
        RevenueClass::Undecided
    }
}

/// How rows of money in count: what a person said of the row, then what its neighbors say, then what was said of its
/// counterparty and its leaf, then the taxonomy.
pub(crate) struct RevenueRule<'a> {
    choices: &'a Choices,
    taxonomy: &'a Taxonomy,
    parties: BTreeMap<PartyIndex, RevenueClass>,
}

impl<'a> RevenueRule<'a> {
    pub(crate) fn new(choices: &'a Choices, rows: &'a CaseRows<'_>) -> Self {
        let moved = choices.revenue.counterparties.iter();
        let parties = moved.filter_map(|(name, class)| Some((rows.find_party(name)?, *class))).collect();
        Self { choices, taxonomy: &rows.analyst.taxonomy, parties }
    }

    pub(crate) fn class(&self, row: &Row<'_>) -> Option<RevenueClass> {
        if !row.is_in() {
            return None;
        }
        let moves = &self.choices.revenue;
        if let Some(class) = moves.rows.get(row.id) {
            return Some(*class);
        }
        if row.is_neutral() {
            return Some(RevenueClass::Deducted);
        }
        if let Some(class) = row.facts.party.and_then(|party| self.parties.get(&party)) {
            return Some(*class);
        }
        let Some(leaf) = self.taxonomy.leaf(row.facts.leaf) else { return Some(RevenueClass::Undecided) };
        Some(moves.leaves.get(&leaf.id).copied().unwrap_or_else(|| by_leaf(leaf)))
    }
}

/// Everything that neighbors say, for the rows of one account.
pub(crate) fn settle(
    account: &Account<'_>,
    rows: &mut [Row<'_>],
    taxonomy: &Taxonomy,
    rule: &RevenueRule<'_>,
) {
    let Some(own) = rows.get_mut(account.rows.clone()) else { return };
    reverse(own);
    refund(own, taxonomy);
    for row in own {
        row.revenue = rule.class(row);
    }
}
