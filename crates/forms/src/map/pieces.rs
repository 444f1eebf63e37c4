//! One value over several fields: numbers cut into combs, days cut into month, day and year.

use super::format::{Formatter, Shape};
use super::read_back::LeftOut;
use crate::facts::{FactType, NAME_PARTS, Vocabulary};
use smartexus_domain::FormField;
use std::collections::BTreeMap;

/// Digits of a whole number of this type, where every one has as many.
const fn digits_of(kind: FactType) -> Option<usize> {
    match kind {
        FactType::TaxId => Some(9),
        FactType::Phone => Some(10),
        FactType::Text
        | FactType::Choice
        | FactType::Money
        | FactType::Date
        | FactType::Email
        | FactType::Percent
        | FactType::Integer
        | FactType::Boolean => None,
    }
}

/// Pieces found so far, by key.
#[derive(Default)]
pub(super) struct Pieces<'f> {
    numbers: BTreeMap<String, Vec<(usize, usize, &'f FormField, String)>>,
    days: BTreeMap<String, Vec<(char, &'f FormField, String)>>,
    /// Pieces of what cannot be put together.
    lost: Vec<LeftOut>,
}

/// The fields, the key and the text of a value put together, or what is missing of it.
type Whole<'f> = Result<(Vec<&'f FormField>, String, String), Vec<LeftOut>>;

impl<'f> Pieces<'f> {
    /// Keeps the answer if its field takes a part of a value only.
    pub(super) fn take(
        &mut self,
        field: &'f FormField,
        text: &str,
        key: &str,
        formatter: &Formatter,
    ) -> bool {
        if let Some((from, count)) = formatter.take {
            let kind = Vocabulary::get().type_of(key);
            if formatter.shape == Shape::Digits && kind.and_then(digits_of).is_some() {
                let piece = (from, count, field, text.to_owned());
                self.numbers.entry(key.to_owned()).or_default().push(piece);
            } else {
                self.lost.push(LeftOut::new(
                    &field.name,
                    "not_invertible",
                    "The field takes a part of the value: the rest is not told.",
                ));
            }
            return true;
        }
        let Some(pattern) = formatter.pattern.as_deref().filter(|_| formatter.shape == Shape::Date) else {
            return false;
        };
        let pattern = pattern.to_lowercase();
        let has = |c: char| pattern.contains(c);
        if has('d') && has('m') && has('y') {
            return false;
        }
        match pattern.as_str() {
            "m" | "mm" | "d" | "dd" | "yyyy" => {
                let unit = pattern.chars().next().unwrap_or_default();
                self.days.entry(key.to_owned()).or_default().push((unit, field, text.to_owned()));
            }
            _ => self.lost.push(LeftOut::new(
                &field.name,
                "not_invertible",
                "The field takes a part of a day: the rest is not told.",
            )),
        }
        true
    }

    pub(super) fn wholes(self) -> Vec<Whole<'f>> {
        let mut wholes: Vec<Whole<'f>> = Vec::new();
        for (key, mut pieces) in self.numbers {
            pieces.sort_by_key(|(from, ..)| *from);
            let whole = Vocabulary::get().type_of(&key).and_then(digits_of).unwrap_or(0);
            let mut text = String::new();
            let mut is_sound = true;
            for (from, count, _, piece) in &pieces {
                is_sound &=
                    *from == text.len() && piece.len() == *count && piece.bytes().all(|b| b.is_ascii_digit());
                text.push_str(piece);
            }
            let fields: Vec<&FormField> = pieces.iter().map(|(_, _, field, _)| *field).collect();
            wholes.push(if is_sound && text.len() == whole {
                Ok((fields, key, text))
            } else {
                Err(parts(&fields))
            });
        }
        for (key, pieces) in self.days {
            let fields: Vec<&FormField> = pieces.iter().map(|(_, field, _)| *field).collect();
            let unit = |wanted: char| {
                let mut found =
                    pieces.iter().filter(|(unit, ..)| *unit == wanted).map(|(_, _, text)| text.as_str());
                found
                    .next()
                    .filter(|text| text.bytes().all(|b| b.is_ascii_digit()))
                    .filter(|_| found.next().is_none())
            };
            wholes.push(match (unit('y').filter(|year| year.len() == 4), unit('m'), unit('d')) {
                (Some(year), Some(month), Some(day)) => {
                    Ok((fields, key, format!("{year}-{month:0>2}-{day:0>2}")))
                }
                _ => Err(parts(&fields)),
            });
        }
        if !self.lost.is_empty() {
            wholes.push(Err(self.lost));
        }
        wholes
    }
}

fn parts(fields: &[&FormField]) -> Vec<LeftOut> {
    let lost = |field: &&FormField| {
        LeftOut::new(
            &field.name,
            "part_missing",
            "The value stands in several fields, and they do not make a whole.",
        )
    };
    fields.iter().map(lost).collect()
}

/// The person whose name these keys are the parts of, in their usual order.
pub(super) fn name_subject(keys: &[String]) -> Option<&str> {
    let parts: Option<Vec<(&str, usize)>> = keys
        .iter()
        .map(|key| {
            let (subject, part) = key.rsplit_once('.')?;
            Some((subject, NAME_PARTS.iter().position(|known| *known == part)?))
        })
        .collect();
    let parts = parts?;
    let (subject, _) = *parts.first()?;
    let has = |wanted: usize| parts.iter().any(|(_, at)| *at == wanted);
    let is_whole = has(0)
        && has(2)
        && parts.iter().all(|(of, _)| *of == subject)
        && parts.is_sorted_by_key(|(_, at)| *at);
    is_whole.then_some(subject)
}
