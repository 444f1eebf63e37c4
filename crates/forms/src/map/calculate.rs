//! Fields that the form itself would sum. Its script is read as data, the list of fields that it adds, and never run.

use super::answered::{Answered, write_of};
use super::apply::Plan;
use super::format::{Formatter, Shape};
use super::mapping::{FieldEntry, Mapping};
use super::printed::printed_value;
use crate::facts::{FactType, FactValue};
use crate::write::FieldValue;
use smartexus_domain::{Currency, FactOrigin, FieldState, FormField, FormGap, Money};
use std::collections::{BTreeMap, HashMap};

/// Sums of sums: no form has more steps.
const STEPS_MAX: usize = 16;

/// Answers the fields that the form would calculate and nothing else answers; where something does, holds it against
/// the sum. A person's own word stays.
pub(super) fn fill_sums(
    blank: &[FormField],
    entries: &BTreeMap<&str, &FieldEntry>,
    mapping: Option<&Mapping>,
    edits: &BTreeMap<String, String>,
    plan: &mut Plan,
) {
    let currency = mapping.map_or(Currency::UNKNOWN, |mapping| mapping.currency);
    let sums: Vec<&FormField> = blank.iter().filter(|field| !field.sum_of.is_empty()).collect();
    // Answers keep their places while sums are filled in.
    let places: Places = plan.fields.iter().enumerate().map(|(at, field)| (field.name.clone(), at)).collect();
    for _ in 0..STEPS_MAX {
        let mut has_changed = false;
        for field in &sums {
            let is_answered = edits.contains_key(&field.name) || entries.contains_key(field.name.as_str());
            if !is_answered {
                has_changed |= fill(field, currency, &places, plan);
            }
        }
        if !has_changed {
            break;
        }
    }
    for field in sums {
        compare(field, currency, &places, plan);
    }
}

/// Where each field's answer stands in the plan.
type Places = HashMap<String, usize>;

/// What the terms come to.
struct Total {
    text: String,
    confidence: f64,
    sources: Vec<FactOrigin>,
    /// Every term that says anything is written, none is only proposed.
    is_sure: bool,
}

/// `None` where no term says anything; the field that cannot be read as an amount where there is one. Blank terms count
/// as nothing, as they do in viewers.
fn total(
    field: &FormField,
    currency: Currency,
    places: &Places,
    plan: &Plan,
) -> Option<Result<Total, String>> {
    let mut sum = Money::new(0, currency);
    let mut found = Total { text: String::new(), confidence: 1.0, sources: Vec::new(), is_sure: true };
    let (mut known, mut is_whole) = (0_usize, true);
    for name in &field.sum_of {
        let Some(term) = places.get(name).and_then(|at| plan.fields.get(*at)) else { continue };
        let text = match (term.state, term.value.as_deref()) {
            (FieldState::Filled, Some(text)) => text,
            // What is only proposed is in the sum, and makes it a proposal.
            (FieldState::Doubtful | FieldState::Invalid, Some(text)) => {
                found.is_sure = false;
                text
            }
            _ => continue,
        };
        if text.trim().is_empty() {
            continue;
        }
        let amount = match printed_value(text, FactType::Money, currency, None) {
            Ok(FactValue::Money(amount)) => amount,
            Ok(_) | Err(_) => return Some(Err(name.clone())),
        };
        let Ok(more) = sum.checked_add(amount) else { return Some(Err(name.clone())) };
        sum = more;
        known = known.saturating_add(1);
        is_whole &= !text.contains('.');
        found.confidence = found.confidence.min(term.confidence.unwrap_or(1.0));
        found.sources.extend(term.sources.iter().cloned());
    }
    let shape = if is_whole { Shape::MoneyWhole } else { Shape::Money };
    let formatter = Formatter { shape, ..Formatter::default() };
    found.text = formatter.apply(&FactValue::Money(sum), None)?;
    (known > 0).then_some(Ok(found))
}

/// Whether anything is another than before.
fn fill(field: &FormField, currency: Currency, places: &Places, plan: &mut Plan) -> bool {
    let answered = match total(field, currency, places, plan) {
        None => return false,
        Some(Err(term)) => {
            Answered::invalid("sum_unreadable", format!("`{term}` is no amount: the sum stays blank."))
        }
        Some(Ok(total)) => {
            let state = if total.is_sure { FieldState::Filled } else { FieldState::Doubtful };
            let reason = if total.is_sure {
                "The sum of the fields that the form itself adds."
            } else {
                "The sum of the fields that the form itself adds; not all of them are sure."
            };
            let write = write_of(field, &total.text, &[]).unwrap_or(FieldValue::Text(total.text.clone()));
            Answered {
                value: Some(total.text),
                write: Some(write),
                confidence: Some(total.confidence),
                sources: total.sources,
                ..Answered::nothing(state, reason)
            }
        }
    };
    let Some(at) = places.get(&field.name).copied().filter(|at| *at < plan.fields.len()) else {
        return false;
    };
    if plan.fields.get(at).is_some_and(|known| known.value == answered.value && known.state == answered.state)
    {
        return false;
    }
    plan.fields.remove(at);
    plan.values.remove(&field.name);
    let is_of_field = |gap: &FormGap| gap.fields == [field.name.clone()];
    plan.missing.retain(|gap| !is_of_field(gap));
    plan.invalid.retain(|gap| !is_of_field(gap));
    plan.keep(field, answered, None);
    if let Some(moved) = plan.fields.pop() {
        plan.fields.insert(at, moved);
    }
    true
}

/// A total that was answered by something else and is not the sum: viewers would replace it at the first key.
fn compare(field: &FormField, currency: Currency, places: &Places, plan: &mut Plan) {
    let stated = places.get(&field.name).and_then(|at| plan.fields.get(*at));
    let stated = stated.filter(|known| known.state == FieldState::Filled);
    let Some(stated) = stated.and_then(|known| known.value.as_deref()) else { return };
    let Some(Ok(total)) = total(field, currency, places, plan) else { return };
    let read = |text: &str| printed_value(text, FactType::Money, currency, None).ok();
    if read(stated) != read(&total.text) {
        let fields = std::iter::once(field.name.clone()).chain(field.sum_of.iter().cloned()).collect();
        let advice =
            "The form itself sums these fields, and the answer is another: correct the line that is wrong.";
        plan.invalid.push(FormGap { fields, rule: "sum_equals".to_owned(), advice: advice.to_owned() });
    }
}
