//! The proof has teeth: every fixture's truth, and what the program read from it, made wrong in many ways and proved
//! again. A mutant that is `verified` is a wrong statement under a green tick.

use crate::stage::results;
use smartexus_domain::{Currency, Money, Statement, Transaction, Verdict, prove};
use smartexus_simulation::{Dice, Fixture, Mutation, Repository, every_equation_holds};
use std::collections::BTreeMap;

const MUTANTS_PER_STATEMENT: usize = 200;
const SEED: u64 = 0x5eed_0001;

/// More draws than this for one mutant would mean that the statement is too small to be made wrong.
const DRAWS_MAX: usize = 20;

#[derive(Debug, Default)]
struct Tally {
    caught: usize,
    /// The mutant says the same as the original: two equal rows swapped, for instance.
    no_change: usize,
    /// The mutant is wrong, but no printed figure can know; by mutation.
    cancelled: BTreeMap<Mutation, usize>,
    /// An altered statement whose alteration the mutation undid by chance: now its figures are the bank's.
    healed: usize,
    false_verified: Vec<String>,
}

#[test]
fn no_mutated_truth_is_verified() {
    let fixtures = Fixture::all(&Repository::here()).unwrap();
    let statements: Vec<_> =
        fixtures.iter().flat_map(|f| f.statements().iter().map(|s| (f.name(), s.clone()))).collect();
    mutate_all(&statements);
}

#[test]
fn no_mutated_reading_is_verified() {
    let results = results();
    let statements: Vec<_> = results
        .iter()
        .flat_map(|(name, result)| result.statements.iter().map(|s| (name.as_str(), s.clone())))
        .collect();
    mutate_all(&statements);
}

fn mutate_all(statements: &[(&str, Statement)]) {
    let mut tally = Tally::default();
    for (index, (name, statement)) in statements.iter().enumerate() {
        let mut dice = Dice::seeded(SEED.wrapping_add(index as u64));
        for _ in 0..MUTANTS_PER_STATEMENT {
            mutate_once(name, statement, &mut dice, &mut tally);
        }
    }
    let cancelled: usize = tally.cancelled.values().sum();
    let wrong = tally.caught + tally.false_verified.len();
    println!("{} statements, {MUTANTS_PER_STATEMENT} mutants each, seed {SEED:#x}", statements.len());
    println!("{} false verified in {wrong} mutants that arithmetic can know", tally.false_verified.len());
    println!("apart: {} say the same as before; {cancelled} cancel: {:?}", tally.no_change, tally.cancelled);
    println!("apart: {} undid an alteration", tally.healed);
    assert!(tally.false_verified.is_empty(), "{:#?}", tally.false_verified);
    assert!(tally.caught > cancelled * 4, "most mutants must be within reach of the proof");
}

fn mutate_once(name: &str, statement: &Statement, dice: &mut Dice, tally: &mut Tally) {
    let drawn = (0..DRAWS_MAX).find_map(|_| {
        let mutation = *dice.pick(&Mutation::ALL)?;
        mutation.apply(statement, dice).map(|mutant| (mutation, mutant))
    });
    let (mutation, mut mutant) = drawn.unwrap_or_else(|| panic!("{name} cannot be mutated"));
    if says_the_same(statement, &mutant) {
        tally.no_change += 1;
        return;
    }
    prove(&mut mutant);
    if mutant.verdict != Verdict::Verified {
        tally.caught += 1;
    } else if statement.verdict != Verdict::Verified && every_equation_holds(&mutant) {
        tally.healed += 1;
    } else if every_equation_holds(&mutant) && is_beyond_arithmetic(mutation, statement, &mutant) {
        *tally.cancelled.entry(mutation).or_default() += 1;
    } else {
        tally.false_verified.push(format!("{name}: {mutation:?}"));
    }
}

fn says_the_same(one: &Statement, two: &Statement) -> bool {
    let ends = |s: &Statement| (s.opening_balance, s.closing_balance);
    let rows = |s: &Statement| s.transactions.iter().map(words).collect::<Vec<_>>();
    ends(one) == ends(two) && rows(one) == rows(two)
}

fn words(row: &Transaction) -> String {
    format!("{}|{}|{}|{:?}", row.date, row.description, row.amount, row.balance)
}

/// The only mutants that may cancel: the same rows in another order, amounts exchanged between rows that no
/// running balance tells apart, and a row of zero lost or doubled.
fn is_beyond_arithmetic(mutation: Mutation, original: &Statement, mutant: &Statement) -> bool {
    match mutation {
        Mutation::SwapRows => sorted(original, words) == sorted(mutant, words),
        Mutation::SwapAmounts => {
            sorted(original, |row| row.amount.to_string()) == sorted(mutant, |row| row.amount.to_string())
        }
        Mutation::DropRow | Mutation::DoubleRow => {
            let other_than_zero =
                |s: &Statement| s.transactions.iter().filter(|row| row.amount.minor() != 0).count();
            other_than_zero(original) == other_than_zero(mutant)
        }
        Mutation::FlipSign
        | Mutation::ChangeAmountDigit
        | Mutation::ChangeBalanceDigit
        | Mutation::ChangeEndDigit => false,
    }
}

fn sorted(statement: &Statement, key: impl Fn(&Transaction) -> String) -> Vec<String> {
    let mut keys: Vec<String> = statement.transactions.iter().map(key).collect();
    keys.sort();
    keys
}

/// The tools of this test, tried on a statement made here: chained, and without running balances.
#[test]
fn the_chain_catches_what_sums_alone_cannot() {
    for (chained, cancelling) in [(true, &[][..]), (false, &[Mutation::SwapRows, Mutation::SwapAmounts][..])]
    {
        let statement = made_up(chained);
        let mut tally = Tally::default();
        let mut dice = Dice::seeded(SEED);
        for _ in 0..1_000 {
            mutate_once("made up", &statement, &mut dice, &mut tally);
        }
        assert_eq!(tally.false_verified, [""; 0]);
        assert_eq!(tally.cancelled.keys().copied().collect::<Vec<_>>(), cancelling, "chained: {chained}");
        assert!(tally.caught > 500, "{tally:?}");
    }
}

/// Thirty rows of different amounts on one day, which is why their order alone proves nothing.
fn made_up(chained: bool) -> Statement {
    let mut balance = 100_000_i64;
    let rows: Vec<serde_json::Value> = (1..=30_i64)
        .map(|seq| {
            let amount = if seq % 3 == 0 { seq * 1_001 } else { -seq * 307 };
            balance += amount;
            let text = |minor: i64| Money::new(minor, Currency::UNKNOWN).to_string();
            serde_json::json!({
                "seq": seq, "date": "2026-03-02", "description": format!("ROW {seq}"), "amount": text(amount),
                "balance": chained.then(|| text(balance)), "currency": null, "confidence": 1.0, "method": "text"
            })
        })
        .collect();
    let mut statement: Statement = serde_json::from_value(serde_json::json!({
        "account": { "holders": [], "currency": null }, "period": { "start": "2026-03-01", "end": "2026-03-31" },
        "opening_balance": "1000.00", "closing_balance": Money::new(balance, Currency::UNKNOWN).to_string(),
        "totals": {}, "verdict": "unverifiable", "transactions": rows
    }))
    .unwrap();
    prove(&mut statement);
    assert_eq!(statement.verdict, Verdict::Verified, "{:?}", statement.checks);
    statement
}
