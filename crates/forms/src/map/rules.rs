//! What must hold between fields.

use super::mapping::{Mapping, RuleTest};
use super::printed::printed_value;
use crate::facts::{FactBook, FactType, FactValue};
use jiff::civil::Date;
use smartexus_domain::{Currency, DateOrder, FormGap, Money};
use std::collections::BTreeMap;

/// Rules that the answers break. `answers` are those of fields that will be filled; an unticked box is none.
pub(super) fn broken(mapping: &Mapping, answers: &BTreeMap<&str, &str>, facts: &FactBook) -> Vec<FormGap> {
    let broken = mapping.rules.iter().filter_map(|rule| {
        let has = |name: &String| answers.contains_key(name.as_str());
        let (name, fields) = match &rule.test {
            RuleTest::ExactlyOneOf(names) => {
                (names.iter().filter(|n| has(n)).count() != 1).then(|| ("exactly_one_of", names.clone()))
            }
            RuleTest::Excludes(names) => {
                (names.iter().filter(|n| has(n)).count() > 1).then(|| ("excludes", names.clone()))
            }
            RuleTest::Requires(first, rest) => {
                let missing: Vec<String> = rest.iter().filter(|n| !has(n)).cloned().collect();
                (has(first) && !missing.is_empty()).then_some(("requires", missing))
            }
            RuleTest::SumEquals { total, of } => (!adds_up(mapping, answers, total, of)).then(|| {
                let fields = std::iter::once(total).chain(of).cloned().collect();
                ("sum_equals", fields)
            }),
            RuleTest::DateWithin { field, order, days, of } => {
                let stated = answers.get(field.as_str()).and_then(|text| day(mapping, text, *order));
                let known = facts.lead(of).and_then(|lead| day(mapping, &lead.fact.value, mapping.dates));
                stated
                    .zip(known)
                    .is_some_and(|(a, b)| !is_within(a, b, *days))
                    .then(|| ("date_within", vec![field.clone()]))
            }
        }?;
        Some(FormGap { fields, rule: name.to_owned(), advice: rule.say.clone() })
    });
    broken.collect()
}

fn day(mapping: &Mapping, text: &str, order: Option<DateOrder>) -> Option<Date> {
    match printed_value(text, FactType::Date, mapping.currency, order) {
        Ok(FactValue::Date(day)) => Some(day),
        Ok(_) | Err(_) => None,
    }
}

fn is_within(a: Date, b: Date, days: u32) -> bool {
    let (early, late) = if a <= b { (a, b) } else { (b, a) };
    early.until(late).is_ok_and(|span| i64::from(span.get_days()) <= i64::from(days))
}

/// The total is the sum of the others; parts that are blank count as nothing. Without a total there is nothing to break.
/// On a form without cents every line was rounded, so total and sum may be half a unit a line apart.
fn adds_up(mapping: &Mapping, answers: &BTreeMap<&str, &str>, total: &str, of: &[String]) -> bool {
    let amount = |text: &str| written_amount(text, mapping.currency);
    let Some(stated) = answers.get(total) else { return true };
    let parts: Vec<&str> = of.iter().filter_map(|name| answers.get(name.as_str()).copied()).collect();
    let sum = parts.iter().try_fold(0_i64, |sum, text| sum.checked_add(amount(text)?));
    let is_rounded = parts.iter().chain([stated]).all(|text| !text.contains('.'));
    let lines = i64::try_from(parts.len()).unwrap_or(i64::MAX).saturating_add(1);
    let unit = 10_i64.saturating_pow(mapping.currency.exponent());
    let slack = if is_rounded { lines.saturating_mul(unit) / 2 } else { 0 };
    match (sum, amount(stated)) {
        (Some(sum), Some(stated)) => sum.abs_diff(stated) <= slack.unsigned_abs(),
        _ => false,
    }
}

/// Minor units of an amount as we write it: commas between thousands, a point before decimals or none.
fn written_amount(text: &str, currency: Currency) -> Option<i64> {
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '$' | ' ')).collect();
    let exact = Money::from_decimal(&plain, currency).ok().map(Money::minor);
    let unit = 10_i64.checked_pow(currency.exponent())?;
    exact.or_else(|| plain.parse::<i64>().ok()?.checked_mul(unit))
}
