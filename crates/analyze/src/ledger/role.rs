//! What its neighbors say of a row: taken back, given back, and so how it counts.

use super::account::Account;
use super::row::Row;
use crate::choices::{Choices, RevenueClass};
use crate::day::Day;
use crate::rows::{CaseRows, Mark, PartyIndex};
use crate::taxonomy::{Flag, Leaf, Taxonomy};
use std::collections::{BTreeMap, VecDeque};

/// A row is taken back within so many days.
const REVERSAL_DAYS: i32 = 10;
/// Equal amounts that are looked at for the one that is taken back, the nearest first.
const CANDIDATES_MAX: usize = 1_000;
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
        let Some(row) = rows.get(at).copied().filter(|row| row.minor != 0 && !row.is_paired) else {
            continue;
        };
        let partner = row.minor.checked_neg().and_then(|other| partner(rows, &row, open.get_mut(&other)?));
        match partner {
            Some(partner) => [at, partner].iter().for_each(|place| mark_reversed(rows, *place)),
            None => open.entry(row.minor).or_default().push(at),
        }
    }
}

fn mark_reversed(rows: &mut [Row<'_>], at: usize) {
    if let Some(row) = rows.get_mut(at) {
        row.is_reversed = true;
    }
}

/// Takes the row that is taken back out of those that are open, the nearest of the same counterparty first.
fn partner(rows: &[Row<'_>], later: &Row<'_>, open: &mut Vec<usize>) -> Option<usize> {
    if !later.facts.has(Mark::Reversal) && later.facts.reference.is_none() {
        return None;
    }
    let near = |place: &usize| {
        let earlier = open.get(*place).and_then(|at| rows.get(*at));
        earlier.is_some_and(|earlier| later.day.since(earlier.day) <= REVERSAL_DAYS)
    };
    let places = (0..open.len()).rev().take_while(near).take(CANDIDATES_MAX);
    let may_be = |place: &usize| {
        let earlier = open.get(*place).and_then(|at| rows.get(*at));
        earlier.is_some_and(|earlier| takes_back(later, earlier))
    };
    let same = |place: &usize| {
        let earlier = open.get(*place).and_then(|at| rows.get(*at));
        earlier.is_some_and(|earlier| is_same_party(later, earlier))
    };
    let place = places.filter(may_be).max_by_key(|place| (same(place), *place))?;
    Some(open.remove(place))
}

fn takes_back(later: &Row<'_>, earlier: &Row<'_>) -> bool {
    let same_reference = later.facts.reference.is_some() && later.facts.reference == earlier.facts.reference;
    later.facts.has(Mark::Reversal) || same_reference
}

fn is_same_party(one: &Row<'_>, other: &Row<'_>) -> bool {
    one.facts.party.is_some() && one.facts.party == other.facts.party
}

/// Marks money in from a merchant that was paid at least as much within ninety days before, where the row alone does not
/// say what it is.
pub(crate) fn refund(rows: &mut [Row<'_>], taxonomy: &Taxonomy) {
    let mut paid: BTreeMap<PartyIndex, Largest> = BTreeMap::new();
    for row in rows {
        let Some(party) = row.facts.party.filter(|_| !row.is_paired && !row.is_reversed) else { continue };
        let leaf = taxonomy.leaf(row.facts.leaf);
        if row.is_out() && leaf.is_some_and(|leaf| BOUGHT.contains(&leaf.primary.as_str())) {
            paid.entry(party).or_default().add(row);
        } else if row.is_in() && leaf.is_none_or(|leaf| by_leaf(leaf) == RevenueClass::Undecided) {
            let largest = paid.get_mut(&party).and_then(|paid| paid.since(row.day.plus(-REFUND_DAYS)));
            row.is_refund = largest.is_some_and(|largest| row.minor.unsigned_abs() <= largest);
        }
    }
}

/// Payments that no later one is as large as: the first is the largest.
#[derive(Default)]
struct Largest(VecDeque<(Day, u64)>);

impl Largest {
    fn add(&mut self, row: &Row<'_>) {
        let amount = row.minor.unsigned_abs();
        while self.0.back().is_some_and(|(_, known)| *known <= amount) {
            self.0.pop_back();
        }
        self.0.push_back((row.day, amount));
    }

    /// The largest from a day on. Days are asked in order.
    fn since(&mut self, day: Day) -> Option<u64> {
        while self.0.front().is_some_and(|(paid, _)| *paid < day) {
            self.0.pop_front();
        }
        self.0.front().map(|(_, amount)| *amount)
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
