//! What is left of a month (mission 5.15): medians over whole months. Input to a lender's own assessment, never a decision.

use crate::choices::Choices;
use crate::exact::{ONE, median, printed, product, sum};
use crate::facet::Facet;
use crate::ledger::{Book, code};
use crate::scope::Side;
use crate::sums::Sums;
use smartexus_domain::{Affordability, Benchmark, Currency, Declared, NotComputable};

/// Medians of the months of one currency, money out negative.
struct Medians {
    income: i128,
    committed: i128,
    essential: i128,
    discretionary: i128,
}

/// For one currency, over all its accounts.
pub(crate) fn affordability(book: &Book<'_>, sums: &Sums, choices: &Choices, side: &Side) -> Affordability {
    let months = side.whole_months().len();
    let medians = medians(book, sums, choices, side);
    let currency = side.currency;
    let money = |value: Result<i128, NotComputable>| value.ok().and_then(|value| printed(value, currency));
    let of = |pick: fn(&Medians) -> i128| medians.as_ref().map(pick).map_err(|reason| *reason);
    let surplus =
        medians.as_ref().map_err(|reason| *reason).and_then(|m| sum([m.income, m.committed, m.essential]));
    Affordability {
        manner: manner(currency).to_owned(),
        currency: code(currency),
        months: u32::try_from(months).unwrap_or(u32::MAX),
        not_computable: medians.as_ref().err().copied(),
        income: money(of(|m| m.income)),
        committed: money(of(|m| m.committed)),
        essential: money(of(|m| m.essential)),
        discretionary: money(of(|m| m.discretionary)),
        surplus: money(surplus),
        after: surplus.ok().and_then(|surplus| after(surplus, choices, currency)),
        declared: declared(choices, currency, medians.as_ref().ok()),
        benchmark: benchmark(choices, currency, medians.as_ref().ok()),
        basis: side.basis,
        notes: notes(currency).into_iter().map(str::to_owned).collect(),
    }
}

fn medians(book: &Book<'_>, sums: &Sums, choices: &Choices, side: &Side) -> Result<Medians, NotComputable> {
    if !book.is_categorized {
        return Err(NotComputable::NotCategorized);
    }
    let months = side.whole_months();
    if months.is_empty() || u32::try_from(months.len()).unwrap_or(u32::MAX) < choices.months_min {
        return Err(NotComputable::TooFew);
    }
    let of = |facet: Facet| {
        let month = |month: &_| {
            sums.of_month(side, *month, |cell| cell.facets.has(facet)).ok_or(NotComputable::TooLarge)
        };
        let mut values = months.iter().map(month).collect::<Result<Vec<_>, _>>()?;
        median(&mut values).ok_or(NotComputable::TooLarge)
    };
    Ok(Medians {
        income: of(Facet::Income)?,
        committed: of(Facet::Committed)?,
        essential: of(Facet::Essential)?,
        discretionary: of(Facet::Discretionary)?,
    })
}

fn after(surplus: i128, choices: &Choices, currency: Currency) -> Option<String> {
    let payment = choices.proposed_payment?.minor(currency).ok()?;
    let buffer = choices.buffer.unwrap_or_default().minor(currency).ok()?;
    printed(surplus.checked_sub(payment)?.checked_sub(buffer)?, currency)
}

fn declared(choices: &Choices, currency: Currency, medians: Option<&Medians>) -> Vec<Declared> {
    let lines = [
        ("income", choices.declared.income, medians.map(|m| m.income)),
        ("committed", choices.declared.committed, medians.map(|m| m.committed)),
        ("essential", choices.declared.essential, medians.map(|m| m.essential)),
    ];
    let line = |(line, declared, observed): (&str, Option<crate::decimal::Number>, Option<i128>)| {
        let declared = declared?.minor(currency).ok()?;
        let observed = observed.map(i128::abs);
        let gap = observed.map(|observed| observed.abs_diff(declared));
        let limit = product(declared, choices.declared_gap.scaled()).ok()?;
        let passes =
            |gap: u128| i128::try_from(gap).is_ok_and(|gap| product(gap, ONE).is_ok_and(|gap| gap > limit));
        Some(Declared {
            line: line.to_owned(),
            declared: printed(declared, currency)?,
            observed: observed.and_then(|observed| printed(observed, currency)),
            asks: gap.is_some_and(passes),
        })
    };
    lines.into_iter().filter_map(line).collect()
}

fn benchmark(choices: &Choices, currency: Currency, medians: Option<&Medians>) -> Option<Benchmark> {
    let chosen = choices.benchmark.as_ref()?;
    let monthly = chosen.monthly.minor(currency).ok()?;
    let observed = medians.map(|m| m.essential.saturating_add(m.committed).abs());
    Some(Benchmark {
        name: chosen.name.clone(),
        monthly: printed(monthly, currency)?,
        is_above_observed: observed.is_some_and(|observed| monthly > observed),
    })
}

fn manner(currency: Currency) -> &'static str {
    match currency.code() {
        "GBP" => "uk",
        "AUD" => "au",
        _ => "plain",
    }
}

fn notes(currency: Currency) -> Vec<&'static str> {
    let all = "Medians of whole months, from rows alone: cash, and accounts that were not sent, do not show.";
    let manner = match manner(currency) {
        "uk" => "Input to the lender's assessment under CONC 5.2A, not a decision.",
        "au" => "A benchmark is a floor for what is observed, never a verification of it (ASIC RG 209).",
        _ => "Input to the lender's own assessment, not a decision.",
    };
    vec![all, manner]
}
