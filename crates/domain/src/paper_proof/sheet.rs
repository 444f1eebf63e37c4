//! The facts of one paper by key.

use super::Decimal;
use crate::Fact;
use std::collections::BTreeMap;

/// Most entries of any list of a paper; later ones are not looked at, so the paper is not whole.
const LIST_MAX: usize = 2_000;

pub(super) struct Sheet<'a> {
    values: BTreeMap<&'a str, &'a str>,
}

impl<'a> Sheet<'a> {
    /// The first of facts of one key counts.
    pub(super) fn new(facts: &[&'a Fact]) -> Self {
        let mut values = BTreeMap::new();
        for fact in facts {
            values.entry(fact.key.as_str()).or_insert(fact.value.as_str());
        }
        Self { values }
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.values.get(key).copied()
    }

    pub(super) fn number(&self, key: &str) -> Option<Decimal> {
        Decimal::read(self.text(key)?)
    }

    /// `name[0].field`, `name[1].field` … up to the first entry of which nothing is known; an entry without a number in
    /// that field is `None`.
    pub(super) fn list(&self, name: &str, field: &str) -> Vec<Option<Decimal>> {
        let has = |index: usize| {
            let start = format!("{name}[{index}].");
            self.values.range(start.as_str()..).next().is_some_and(|(key, _)| key.starts_with(&start))
        };
        (0..LIST_MAX)
            .take_while(|index| has(*index))
            .map(|index| self.number(&format!("{name}[{index}].{field}")))
            .collect()
    }

    /// `name[0]`, `name[1]` … as far as they go.
    pub(super) fn row(&self, name: &str) -> Vec<Decimal> {
        (0..LIST_MAX).map_while(|index| self.number(&format!("{name}[{index}]"))).collect()
    }
}

/// The sum of a list; `None` where it is empty or an entry has no number.
pub(super) fn sum(list: &[Option<Decimal>]) -> Option<Decimal> {
    if list.is_empty() {
        return None;
    }
    list.iter().try_fold(Decimal::default(), |sum, item| Some(sum.plus((*item)?)))
}
