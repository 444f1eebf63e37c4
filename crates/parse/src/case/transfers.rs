//! Money that moved between two accounts of the case.
//!
//! Rows of all accounts in buckets by currency and size; a pair is two opposite signs of two accounts within three
//! business days; the cheapest one-to-one pairing of a bucket is taken, and of it only the pairs that no other pairing of
//! the same price would change: a row with two equal partners stays alone, with a finding.

mod assignment;

use super::account::{Booked, Settled};
use super::matching::business_days;
use super::names::Names;
use super::{counted, hash, text};
use assignment::Assignment;
use smartexus_domain::{Currency, Finding, Money, Transfer};
use std::collections::BTreeMap;

/// Banks book both legs within so many business days.
const BUSINESS_DAYS_MAX: u32 = 3;
/// Legs of one amount and direction that are weighed against each other; a larger crowd is ambiguous.
const LEGS_MAX: usize = 24;
/// A day costs as much as no cue at all.
const DAY_COST: u32 = 100;
const NO_CUE_COST: u32 = 100;
const WORDS_COST: u32 = 30;
/// Digits of an account's number that a description repeats.
const TAIL_DIGITS: usize = 4;

/// Words of a transfer between own accounts, in the languages of the statements.
const WORDS: [&str; 24] = [
    "transfer",
    "trf",
    "tfr",
    "xfer",
    "umbuchung",
    "übertrag",
    "uebertrag",
    "überweisung",
    "ueberweisung",
    "virement",
    "vir",
    "transferencia",
    "traspaso",
    "giroconto",
    "bonifico",
    "transferência",
    "overboeking",
    "overschrijving",
    "sparen",
    "savings",
    "payment",
    "einzahlung",
    "standing",
    "internal",
];

/// What was paired, and what could not be.
#[derive(Debug, Default)]
pub(super) struct Paired {
    pub(super) transfers: Vec<Transfer>,
    pub(super) findings: Vec<Finding>,
}

/// One side of a transfer.
#[derive(Debug, Clone, Copy)]
struct Leg<'l> {
    account: usize,
    row: usize,
    booked: Booked<'l>,
}

/// Pairs the rows of different accounts.
pub(super) fn pair(accounts: &[Settled<'_>]) -> Paired {
    let mut buckets: BTreeMap<(Currency, u64), Vec<Leg<'_>>> = BTreeMap::new();
    for (account, settled) in accounts.iter().enumerate() {
        for (row, booked) in settled.rows.iter().enumerate().filter(|(_, booked)| booked.minor != 0) {
            let key = (settled.currency, booked.minor.unsigned_abs());
            buckets.entry(key).or_default().push(Leg { account, row, booked: *booked });
        }
    }
    let (mut paired, mut ambiguous) = (Paired::default(), 0_usize);
    for ((currency, _), legs) in buckets {
        for crowd in crowds(legs) {
            ambiguous =
                ambiguous.saturating_add(pair_crowd(accounts, currency, &crowd, &mut paired.transfers));
        }
    }
    paired.transfers.sort_by(|one, other| one.pair_id.cmp(&other.pair_id));
    paired.findings.extend(counted("ambiguous_transfer", ambiguous, |n| {
        format!("{n} rows have more than one equally good partner in another account; they are not paired.")
    }));
    paired
}

/// Legs cut where no pair can reach across.
fn crowds(mut legs: Vec<Leg<'_>>) -> Vec<Vec<Leg<'_>>> {
    legs.sort_by_key(|leg| (leg.booked.date, leg.account, leg.row));
    let reach =
        |one: &Leg<'_>, next: &Leg<'_>| business_days(one.booked.date, next.booked.date) <= BUSINESS_DAYS_MAX;
    legs.chunk_by(reach).map(<[Leg<'_>]>::to_vec).collect()
}

/// Pairs the legs of one crowd and says how many rows stay alone because they have several partners.
fn pair_crowd(
    accounts: &[Settled<'_>],
    currency: Currency,
    legs: &[Leg<'_>],
    transfers: &mut Vec<Transfer>,
) -> usize {
    let (out, into): (Vec<Leg<'_>>, Vec<Leg<'_>>) = legs.iter().partition(|leg| leg.booked.minor < 0);
    if out.len() > LEGS_MAX || into.len() > LEGS_MAX {
        let others = |one: &[Leg<'_>], two: &[Leg<'_>]| {
            one.iter()
                .filter(|leg| two.iter().take(LEGS_MAX).any(|other| other.account != leg.account))
                .count()
        };
        return others(&out, &into).min(others(&into, &out));
    }
    let costs: Vec<Vec<Option<u32>>> =
        out.iter().map(|from| into.iter().map(|to| cost(accounts, from, to)).collect()).collect();
    let Assignment { certain, ambiguous } = assignment::solve(&costs);
    for (from, to) in certain {
        let (Some(from), Some(to)) = (out.get(from), into.get(to)) else { continue };
        transfers.extend(transfer(accounts, currency, from, to));
    }
    ambiguous
}

/// Days apart, and a penalty where nothing but the amount says that it is one transfer.
fn cost(accounts: &[Settled<'_>], from: &Leg<'_>, to: &Leg<'_>) -> Option<u32> {
    let days = business_days(from.booked.date, to.booked.date);
    let is_pair = from.account != to.account && days <= BUSINESS_DAYS_MAX;
    is_pair.then(|| days.saturating_mul(DAY_COST).saturating_add(penalty(accounts, from, to)))
}

fn penalty(accounts: &[Settled<'_>], from: &Leg<'_>, to: &Leg<'_>) -> u32 {
    let names = |leg: &Leg<'_>| accounts.get(leg.account).map(|account| &account.names);
    let named = |leg: &Leg<'_>, other: &Leg<'_>| {
        names(other).is_some_and(|names| names_account(leg.booked.text, names))
    };
    let says = |leg: &Leg<'_>| {
        leg.booked.text.split(' ').any(|word| WORDS.contains(&word)) || names_holder(accounts, leg)
    };
    if named(from, to) || named(to, from) {
        0
    } else if says(from) || says(to) {
        WORDS_COST
    } else {
        NO_CUE_COST
    }
}

/// The text ends a word with the last digits of the account's number.
fn names_account(text: &str, names: &Names) -> bool {
    let tails =
        [names.iban.as_ref(), names.number.as_ref(), names.masked.as_ref().map(|masked| &masked.tail)];
    let tails =
        tails.into_iter().flatten().filter_map(|number| number.get(number.len().checked_sub(TAIL_DIGITS)?..));
    let tails: Vec<String> = tails.map(str::to_lowercase).collect();
    text.split(' ').any(|word| tails.iter().any(|tail| word.ends_with(tail.as_str())))
}

/// The text has every word of the name of somebody who holds one of the two accounts.
fn names_holder(accounts: &[Settled<'_>], leg: &Leg<'_>) -> bool {
    let holders = accounts.get(leg.account).map(|account| &account.case.account.holders);
    holders.into_iter().flatten().any(|holder| {
        let folded = text::fold(holder);
        !folded.is_empty()
            && folded.split(' ').all(|word| leg.booked.text.split(' ').any(|known| known == word))
    })
}

fn transfer(accounts: &[Settled<'_>], currency: Currency, from: &Leg<'_>, to: &Leg<'_>) -> Option<Transfer> {
    let row = |leg: &Leg<'_>| Some((accounts.get(leg.account)?.case.id.clone(), id_of(accounts, leg)?));
    let ((from_account, from_row), (to_account, to_row)) = (row(from)?, row(to)?);
    let business_days = business_days(from.booked.date, to.booked.date);
    Some(Transfer {
        pair_id: hash::id("transfer/1", [from_row.as_str(), to_row.as_str()]),
        from_account,
        from_row,
        to_account,
        to_row,
        amount: Money::new(to.booked.minor, currency).to_string(),
        currency: currency.is_known().then(|| currency.code().to_owned()),
        business_days,
        confidence: confidence(business_days, penalty(accounts, from, to)),
    })
}

fn id_of(accounts: &[Settled<'_>], leg: &Leg<'_>) -> Option<String> {
    accounts.get(leg.account)?.case.ledger.get(leg.row).map(|row| row.id.clone())
}

/// Starting values, to be moved by measurement: days apart, and what beside the amount speaks for it.
const fn confidence(business_days: u32, penalty: u32) -> f64 {
    match (business_days, penalty) {
        (0, 0) => 0.99,
        (1, 0) => 0.98,
        (_, 0) => 0.95,
        (0, WORDS_COST) => 0.96,
        (1, WORDS_COST) => 0.94,
        (_, WORDS_COST) => 0.9,
        (0, _) => 0.85,
        (1, _) => 0.8,
        _ => 0.7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Date, date};

    fn leg(account: usize, date: Date, minor: i64) -> Leg<'static> {
        Leg { account, row: 0, booked: Booked { date, minor, text: "" } }
    }

    #[test]
    fn crowds_end_where_no_pair_reaches() {
        let (monday, friday, later) = (date(2026, 3, 2), date(2026, 3, 6), date(2026, 3, 11));
        let crowds =
            crowds(vec![leg(0, later, -5), leg(1, monday, 5), leg(1, friday, 5), leg(0, monday, -5)]);
        let days: Vec<Vec<Date>> =
            crowds.iter().map(|crowd| crowd.iter().map(|leg| leg.booked.date).collect()).collect();
        assert_eq!(days, [vec![monday, monday], vec![friday, later]]);
    }

    #[test]
    fn the_end_of_a_number_names_an_account() {
        let names = Names { number: Some("41887702".to_owned()), ..Names::default() };
        for (text, named) in [("to x7702", true), ("to 41887702", true), ("ref 77021", false), ("", false)] {
            assert_eq!(names_account(text, &names), named, "{text}");
        }
    }
}
