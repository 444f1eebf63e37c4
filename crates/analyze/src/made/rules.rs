//! A workspace's rules beside what was found. What is not known is never met.

use crate::choices::{Choices, Operator, Rule};
use crate::decimal::Number;
use smartexus_domain::{Figure, Figures, RuleOutcome, RuleResult};
use std::cmp::Ordering;

/// Every rule with its outcome, in the order of the workspace.
pub(crate) fn prequalification(choices: &Choices, figures: &[Figure]) -> Vec<RuleOutcome> {
    choices.prequalification.iter().map(|rule| outcome(rule, figures)).collect()
}

fn outcome(rule: &Rule, figures: &[Figure]) -> RuleOutcome {
    let is_asked = |figure: &&Figure| {
        figure.key == rule.metric
            && figure.is_whole
            && figure.account == Figures::ALL
            && rule.currency.is_none_or(|currency| figure.currency.as_deref() == Some(currency.code()))
    };
    let mut asked = figures.iter().filter(is_asked);
    // Of several currencies none is meant more than another.
    let actual = match (asked.next(), asked.next()) {
        (Some(figure), None) => figure.value.clone(),
        (None | Some(_), None | Some(_)) => None,
    };
    RuleOutcome {
        rule: rule.rule.clone(),
        metric: rule.metric.clone(),
        operator: rule.operator.as_str().to_owned(),
        threshold: rule.threshold.to_string(),
        result: actual.as_deref().map_or(RuleResult::Unknown, |actual| compared(rule, actual)),
        actual,
    }
}

fn compared(rule: &Rule, actual: &str) -> RuleResult {
    let Ok(actual) = Number::read(actual) else { return RuleResult::Unknown };
    let order = actual.cmp(&rule.threshold);
    let met = match rule.operator {
        Operator::Less => order == Ordering::Less,
        Operator::LessOrEqual => order != Ordering::Greater,
        Operator::Greater => order == Ordering::Greater,
        Operator::GreaterOrEqual => order != Ordering::Less,
        Operator::Equal => order == Ordering::Equal,
    };
    if met { RuleResult::Met } else { RuleResult::NotMet }
}
