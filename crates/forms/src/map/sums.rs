//! Keys that a mapping works out: sums and differences in minor units.

use super::mapping::{Mapping, Sum};
use crate::facts::{ClientFact, FactBook, FactStatus, FactType, FactValue};
use smartexus_domain::Money;

/// The book with the mapping's own sums in it. A person's word about the same key leads as always; a sum of terms
/// that cannot be read, or of which one is not known, is left out.
pub(super) fn with_sums(mapping: &Mapping, facts: &FactBook) -> FactBook {
    let mut book = facts.clone();
    for sum in &mapping.sums {
        if let Some(fact) = worked_out(mapping, sum, &book) {
            book.facts.push(fact);
        }
    }
    book
}

fn worked_out(mapping: &Mapping, sum: &Sum, book: &FactBook) -> Option<ClientFact> {
    let mut total = Money::new(0, mapping.currency);
    let mut confidence = 1.0_f64;
    let mut known = 0_usize;
    let (mut rows, mut rows_left_out) = (Vec::new(), 0_u32);
    let terms = sum.plus.iter().map(|key| (key, true)).chain(sum.minus.iter().map(|key| (key, false)));
    for (key, is_added) in terms {
        let Some(lead) = book.lead(key) else {
            if sum.missing_is_zero {
                continue;
            }
            return None;
        };
        let read = FactValue::read(&lead.fact.value, FactType::Money, mapping.currency, mapping.dates);
        let Ok(FactValue::Money(amount)) = read else { return None };
        let signed = if is_added { amount } else { amount.checked_neg().ok()? };
        total = total.checked_add(signed).ok()?;
        // A term on which documents disagree makes its sum no surer than a proposal.
        let trusted = if lead.is_contested() { lead.fact.confidence.min(0.5) } else { lead.fact.confidence };
        confidence = confidence.min(trusted);
        rows.extend(lead.fact.rows.iter().cloned());
        rows_left_out = rows_left_out.saturating_add(lead.fact.rows_left_out);
        known = known.saturating_add(1);
    }
    (known > 0).then(|| ClientFact {
        key: sum.key.clone(),
        value: total.to_string(),
        confidence,
        status: FactStatus::Derived,
        document: None,
        source: None,
        rows,
        rows_left_out,
        valid_from: None,
    })
}
