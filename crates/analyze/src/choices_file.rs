//! The file of choices: `smartexus.analytics/1`.

use crate::choices::{
    BenchmarkChoice, Choices, DeclaredAmounts, FeeDivisors, Operator, RevenueClass, RevenueMoves, Rule,
};
use crate::decimal::Number;
use crate::metric::KEYS;
use jiff::civil::Date;
use serde::Deserialize;
use smartexus_domain::Currency;
use smartexus_manifest::{Fault, ManifestErrors, Source, Spanned, closest};
use std::collections::BTreeMap;

const SCHEMA: &str = "smartexus.analytics/1";
/// The word for every currency that has no line of its own.
const ANY: &str = "any";

/// A file as it is written; what it leaves out is not chosen.
#[derive(Deserialize)]
#[serde(rename = "a file of choices")]
pub(crate) struct ChoicesFile {
    schema: Spanned<String>,
    #[serde(default)]
    as_of: Option<Date>,
    #[serde(default)]
    low_balance: Option<Spanned<Number>>,
    #[serde(default)]
    large_deposit: Option<Spanned<Number>>,
    #[serde(default)]
    unusual: Option<Spanned<Number>>,
    #[serde(default)]
    unusual_rows_min: Option<u32>,
    #[serde(default)]
    change: Option<Spanned<Number>>,
    #[serde(default)]
    declared_gap: Option<Spanned<Number>>,
    #[serde(default)]
    holdback_high: Option<Spanned<Number>>,
    #[serde(default)]
    holdback_medium: Option<Spanned<Number>>,
    #[serde(default)]
    months_min: Option<u32>,
    #[serde(default)]
    fee_divisors: Option<Vec<FeeShape>>,
    #[serde(default)]
    revenue: Option<RevenueShape>,
    #[serde(default)]
    proposed_payment: Option<Spanned<Number>>,
    #[serde(default)]
    buffer: Option<Spanned<Number>>,
    #[serde(default)]
    declared: Option<DeclaredShape>,
    #[serde(default)]
    benchmark: Option<BenchmarkShape>,
    #[serde(default)]
    prequalification: Option<Vec<RuleShape>>,
}

#[derive(Deserialize)]
#[serde(rename = "a range of fees")]
struct FeeShape {
    currency: Spanned<String>,
    least: Spanned<Number>,
    most: Spanned<Number>,
    step: Spanned<Number>,
}

#[derive(Deserialize)]
#[serde(rename = "revenue")]
struct RevenueShape {
    #[serde(default)]
    leaves: Vec<LeafMove>,
    #[serde(default)]
    counterparties: Vec<CounterpartyMove>,
    #[serde(default)]
    rows: Vec<RowMove>,
}

#[derive(Deserialize)]
#[serde(rename = "a leaf")]
struct LeafMove {
    leaf: String,
    #[serde(rename = "as")]
    class: RevenueClass,
}

#[derive(Deserialize)]
#[serde(rename = "a counterparty")]
struct CounterpartyMove {
    counterparty: String,
    #[serde(rename = "as")]
    class: RevenueClass,
}

#[derive(Deserialize)]
#[serde(rename = "a row")]
struct RowMove {
    row: String,
    #[serde(rename = "as")]
    class: RevenueClass,
}

#[derive(Deserialize)]
#[serde(rename = "declared amounts")]
struct DeclaredShape {
    #[serde(default)]
    income: Option<Spanned<Number>>,
    #[serde(default)]
    committed: Option<Spanned<Number>>,
    #[serde(default)]
    essential: Option<Spanned<Number>>,
}

#[derive(Deserialize)]
#[serde(rename = "a benchmark")]
struct BenchmarkShape {
    name: String,
    monthly: Spanned<Number>,
}

#[derive(Deserialize)]
#[serde(rename = "a rule")]
struct RuleShape {
    rule: String,
    metric: Spanned<String>,
    operator: Spanned<String>,
    threshold: Spanned<Number>,
    #[serde(default)]
    currency: Option<Spanned<String>>,
}

impl ChoicesFile {
    /// Reads a file and everything that its types cannot say.
    pub(crate) fn read(file_name: &str, text: &str) -> Result<Self, ManifestErrors> {
        let source = Source::new(file_name, text);
        let file: Self = source.read()?;
        let faults = file.faults();
        if faults.is_empty() { Ok(file) } else { Err(source.errors(faults)) }
    }

    /// The choices of a file that leaves nothing out.
    pub(crate) fn complete(self, file_name: &str, text: &str) -> Result<Choices, ManifestErrors> {
        let missing = |name: &str| {
            let fault = Fault::new("missing_field", self.schema.span, format!("`{name}` is missing"));
            Source::new(file_name, text).errors(vec![fault])
        };
        let number = |value: &Option<Spanned<Number>>, name: &str| {
            value.as_ref().map(|number| number.value).ok_or_else(|| missing(name))
        };
        let count = |value: Option<u32>, name: &str| value.ok_or_else(|| missing(name));
        let bare = Choices {
            as_of: self.as_of,
            low_balance: number(&self.low_balance, "low_balance")?,
            large_deposit: number(&self.large_deposit, "large_deposit")?,
            unusual: number(&self.unusual, "unusual")?,
            unusual_rows_min: count(self.unusual_rows_min, "unusual_rows_min")?,
            change: number(&self.change, "change")?,
            declared_gap: number(&self.declared_gap, "declared_gap")?,
            holdback_high: number(&self.holdback_high, "holdback_high")?,
            holdback_medium: number(&self.holdback_medium, "holdback_medium")?,
            months_min: count(self.months_min, "months_min")?,
            fee_divisors: BTreeMap::new(),
            fee_divisors_any: None,
            revenue: RevenueMoves::default(),
            proposed_payment: None,
            buffer: None,
            declared: DeclaredAmounts::default(),
            benchmark: None,
            prequalification: Vec::new(),
        };
        Ok(self.over(&bare))
    }

    /// Other choices, with those of this file in their place.
    pub(crate) fn over(self, under: &Choices) -> Choices {
        let number =
            |value: &Option<Spanned<Number>>, under: Number| value.as_ref().map_or(under, |n| n.value);
        let some = |value: &Option<Spanned<Number>>| value.as_ref().map(|n| n.value);
        let mut choices = under.clone();
        choices.as_of = self.as_of.or(under.as_of);
        choices.low_balance = number(&self.low_balance, under.low_balance);
        choices.large_deposit = number(&self.large_deposit, under.large_deposit);
        choices.unusual = number(&self.unusual, under.unusual);
        choices.unusual_rows_min = self.unusual_rows_min.unwrap_or(under.unusual_rows_min);
        choices.change = number(&self.change, under.change);
        choices.declared_gap = number(&self.declared_gap, under.declared_gap);
        choices.holdback_high = number(&self.holdback_high, under.holdback_high);
        choices.holdback_medium = number(&self.holdback_medium, under.holdback_medium);
        choices.months_min = self.months_min.unwrap_or(under.months_min);
        choices.proposed_payment = some(&self.proposed_payment).or(under.proposed_payment);
        choices.buffer = some(&self.buffer).or(under.buffer);
        if let Some(fees) = self.fee_divisors {
            (choices.fee_divisors, choices.fee_divisors_any) = ranges(fees);
        }
        if let Some(revenue) = self.revenue {
            let moves = &mut choices.revenue;
            moves.leaves.extend(revenue.leaves.into_iter().map(|moved| (moved.leaf, moved.class)));
            let named = revenue.counterparties.into_iter().map(|moved| (moved.counterparty, moved.class));
            moves.counterparties.extend(named);
            moves.rows.extend(revenue.rows.into_iter().map(|moved| (moved.row, moved.class)));
        }
        if let Some(declared) = self.declared {
            choices.declared = DeclaredAmounts {
                income: some(&declared.income).or(under.declared.income),
                committed: some(&declared.committed).or(under.declared.committed),
                essential: some(&declared.essential).or(under.declared.essential),
            };
        }
        if let Some(benchmark) = self.benchmark {
            choices.benchmark =
                Some(BenchmarkChoice { name: benchmark.name, monthly: benchmark.monthly.value });
        }
        if let Some(rules) = self.prequalification {
            choices.prequalification = rules.into_iter().filter_map(RuleShape::into_rule).collect();
        }
        choices
    }

    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.schema.value != SCHEMA {
            faults.push(Fault::new(
                "unknown_schema",
                self.schema.span,
                format!("this release reads `{SCHEMA}`"),
            ));
        }
        let declared = self.declared.as_ref();
        for (name, value) in [
            ("low_balance", &self.low_balance),
            ("large_deposit", &self.large_deposit),
            ("unusual", &self.unusual),
            ("change", &self.change),
            ("declared_gap", &self.declared_gap),
            ("holdback_high", &self.holdback_high),
            ("holdback_medium", &self.holdback_medium),
            ("proposed_payment", &self.proposed_payment),
            ("buffer", &self.buffer),
            ("income", declared.map_or(&None, |declared| &declared.income)),
            ("committed", declared.map_or(&None, |declared| &declared.committed)),
            ("essential", declared.map_or(&None, |declared| &declared.essential)),
        ] {
            if let Some(number) = value.as_ref().filter(|number| number.value < Number::default()) {
                faults.push(Fault::new("out_of_range", number.span, format!("`{name}` is not negative")));
            }
        }
        faults.extend(self.fee_divisors.iter().flatten().flat_map(FeeShape::faults));
        faults.extend(self.prequalification.iter().flatten().flat_map(RuleShape::faults));
        faults
    }
}

fn ranges(fees: Vec<FeeShape>) -> (BTreeMap<Currency, FeeDivisors>, Option<FeeDivisors>) {
    let (mut named, mut any) = (BTreeMap::new(), None);
    for fee in fees {
        let range = FeeDivisors { least: fee.least.value, most: fee.most.value, step: fee.step.value };
        match Currency::from_code(&fee.currency) {
            Some(currency) => drop(named.insert(currency, range)),
            None => any = Some(range),
        }
    }
    (named, any)
}

impl FeeShape {
    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if *self.currency != ANY && Currency::from_code(&self.currency).is_none() {
            let message = format!("`currency` is a code of ISO 4217 or `{ANY}`");
            faults.push(Fault::new("unknown_currency", self.currency.span, message));
        }
        if self.step.value <= Number::default() {
            faults.push(Fault::new("out_of_range", self.step.span, "`step` is above zero"));
        }
        if self.least.value <= Number::default() || self.least.value > self.most.value {
            faults.push(Fault::new(
                "out_of_range",
                self.least.span,
                "`least` is above zero and at most `most`",
            ));
        }
        faults
    }
}

impl RuleShape {
    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !KEYS.contains(&self.metric.as_str()) {
            let fault = Fault::new("unknown_metric", self.metric.span, "no figure has this key");
            let near = closest(&self.metric, KEYS.iter().copied());
            faults.push(match near {
                Some(near) => fault.hint(format!("did you mean `{near}`?")),
                None => fault,
            });
        }
        if operator(&self.operator).is_none() {
            faults.push(Fault::new("unknown_operator", self.operator.span, "one of `<` `<=` `>` `>=` `==`"));
        }
        if let Some(code) = self.currency.as_ref().filter(|code| Currency::from_code(code).is_none()) {
            faults.push(Fault::new("unknown_currency", code.span, "`currency` is a code of ISO 4217"));
        }
        faults
    }

    fn into_rule(self) -> Option<Rule> {
        Some(Rule {
            rule: self.rule,
            metric: self.metric.value,
            operator: operator(&self.operator)?,
            threshold: self.threshold.value,
            currency: self.currency.and_then(|code| Currency::from_code(&code)),
        })
    }
}

fn operator(text: &str) -> Option<Operator> {
    [Operator::Less, Operator::LessOrEqual, Operator::Greater, Operator::GreaterOrEqual, Operator::Equal]
        .into_iter()
        .find(|operator| operator.as_str() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_file_is_whole() {
        let choices = Choices::embedded().unwrap();
        assert_eq!(choices.low_balance.to_string(), "500.00");
        assert!(choices.fee_divisors_any.is_some() && choices.prequalification.is_empty());
        assert!(choices.shown(&choices).iter().all(|choice| choice.is_default));
    }

    #[test]
    fn a_workspace_changes_what_it_names() {
        let text = "schema: smartexus.analytics/1\nlow_balance: \"750.00\"\nas_of: 2026-03-31\n\
            revenue: { leaves: [ { leaf: tin.p2p, as: included } ] }\nbuffer: \"100\"\n";
        let defaults = Choices::embedded().unwrap();
        let choices = defaults.with_file("ours.yaml", text).unwrap();
        assert_eq!(choices.low_balance.to_string(), "750.00");
        assert_eq!(choices.revenue.leaves.get("tin.p2p"), Some(&RevenueClass::Included));
        assert_eq!(choices.large_deposit, defaults.large_deposit);
        let chosen: Vec<String> =
            choices.shown(&defaults).into_iter().filter(|c| !c.is_default).map(|c| c.name).collect();
        assert_eq!(chosen, ["as_of", "low_balance", "revenue_leaves", "buffer"]);
    }

    #[test]
    fn faults_show_their_place() {
        let defaults = Choices::embedded().unwrap();
        for (line, code, place) in [
            ("low_balance: \"-1\"", "analytics.out_of_range", "2:14"),
            ("low_balance: 5e2", "analytics.", "2:14"),
            ("loww: \"1\"", "analytics.unknown_field", "2:1"),
            (
                "fee_divisors: [ { currency: any, least: \"9\", most: \"8\", step: \"0.5\" } ]",
                "out_of_range",
                "2:41",
            ),
            (
                "prequalification: [ { rule: a, metric: true_revenu, operator: \">\", threshold: \"1\" } ]",
                "unknown_metric",
                "2:40",
            ),
            (
                "prequalification: [ { rule: a, metric: dscr, operator: \"!\", threshold: \"1\" } ]",
                "unknown_operator",
                "2:56",
            ),
        ] {
            let said = defaults.with_file("ours.yaml", &format!("schema: smartexus.analytics/1\n{line}\n"));
            let said = said.unwrap_err().to_string();
            assert!(said.contains(code) && said.contains(&format!("ours.yaml:{place}")), "{said}");
        }
    }
}
