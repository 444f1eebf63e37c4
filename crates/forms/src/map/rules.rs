//! What must hold between fields.

use super::mapping::{Mapping, RuleTest};
use crate::facts::{FactType, FactValue};
use smartexus_domain::{FormGap, Money};
use std::collections::BTreeMap;

/// Rules that the answers break. `answers` are those of fields that will be filled; an unticked box is none.
pub(super) fn broken(mapping: &Mapping, answers: &BTreeMap<&str, &str>) -> Vec<FormGap> {
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
        }?;
        Some(FormGap { fields, rule: name.to_owned(), advice: rule.say.clone() })
    });
    broken.collect()
}

/// The total is the sum of the others; parts that are blank count as nothing. Without a total there is nothing to break.
fn adds_up(mapping: &Mapping, answers: &BTreeMap<&str, &str>, total: &str, of: &[String]) -> bool {
    let amount = |text: &str| -> Option<Money> {
        let exact = FactValue::read(text, FactType::Money, mapping.currency, None).ok();
        match exact {
            Some(FactValue::Money(amount)) => Some(amount),
            _ => None,
        }
    };
    let Some(stated) = answers.get(total) else { return true };
    let sum = of.iter().filter_map(|name| answers.get(name.as_str())).try_fold(
        Money::new(0, mapping.currency),
        |sum, text| sum.checked_add(amount(text)?).ok(),
    );
    sum.is_some() && sum == amount(stated)
}
