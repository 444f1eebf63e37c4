//! A mapping applied: facts and a person's edits in, an answer or a reason for every field out. A pure function, so
//! that an edit changes what depends on it and nothing else.

use super::answered::{Answered, folded, missing, spoken, unreadable, write_of};
use super::calculate;
use super::known::{Known, known};
use super::mapping::{Answer, FieldEntry, Mapping};
use super::{rules, sums};
use crate::facts::{FactBook, ValueError, subject_of, with_index};
use crate::write::FieldValue;
use smartexus_domain::{FieldKind, FieldState, FilledField, Finding, FormField, FormGap};
use std::collections::BTreeMap;

/// What is to be written, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// One for each field of the blank, in its order.
    pub fields: Vec<FilledField>,
    /// What goes into the form.
    pub values: BTreeMap<String, FieldValue>,
    /// Fields that ask for an answer and have none.
    pub missing: Vec<FormGap>,
    /// Answers that cannot stand, and broken rules.
    pub invalid: Vec<FormGap>,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

/// Plans the answers to a blank. `edits` are a person's own words by full field name; they lead over every fact, and
/// an empty one keeps its field blank.
#[must_use]
pub fn plan(
    blank: &[FormField],
    mapping: Option<&Mapping>,
    facts: &FactBook,
    edits: &BTreeMap<String, String>,
) -> Plan {
    let book = mapping.map_or_else(|| facts.clone(), |mapping| sums::with_sums(mapping, facts));
    let planner = Planner { mapping, book: &book };
    let entries: BTreeMap<&str, &FieldEntry> =
        mapping.into_iter().flat_map(|m| &m.entries).map(|entry| (entry.field.as_str(), entry)).collect();
    let mut plan = Plan {
        fields: Vec::with_capacity(blank.len()),
        values: BTreeMap::new(),
        missing: Vec::new(),
        invalid: Vec::new(),
        findings: planner.conflicts(),
    };
    for field in blank {
        let answered = match (edits.get(&field.name), entries.get(field.name.as_str())) {
            (Some(edit), entry) => edited(field, edit, entry.map(|entry| entry.line)),
            (None, Some(entry)) => planner.answer(field, entry),
            (None, None) => Answered::nothing(FieldState::Unmapped, unmapped_reason(field)),
        };
        plan.keep(field, answered, entries.get(field.name.as_str()).copied());
    }
    planner.overflow(blank, edits, &mut plan);
    planner.beyond(&mut plan);
    calculate::fill_sums(blank, &entries, mapping, edits, &mut plan);
    if let Some(mapping) = mapping {
        let ticked = |value: &FieldValue| !matches!(value, FieldValue::Check(false));
        let shown = plan.fields.iter().filter(|field| plan.values.get(&field.name).is_some_and(ticked));
        let answers =
            shown.filter_map(|field| Some((field.name.as_str(), field.value.as_deref()?))).collect();
        let broken = rules::broken(mapping, &answers, &book);
        plan.invalid.extend(broken);
    }
    plan
}

fn unmapped_reason(field: &FormField) -> String {
    match field.kind {
        FieldKind::Signature => "Only the person may sign.",
        FieldKind::Button => "A button: there is nothing to fill.",
        FieldKind::Text
        | FieldKind::Multiline
        | FieldKind::Comb
        | FieldKind::Date
        | FieldKind::Checkbox
        | FieldKind::Radio
        | FieldKind::Combo
        | FieldKind::List => "No mapping answers this field.",
    }
    .to_owned()
}

impl Plan {
    pub(super) fn keep(&mut self, field: &FormField, answered: Answered, entry: Option<&FieldEntry>) {
        let is_required = field.required || entry.is_some_and(|entry| entry.required);
        let gap = |rule: &str, advice: &str| FormGap {
            fields: vec![field.name.clone()],
            rule: rule.to_owned(),
            advice: advice.to_owned(),
        };
        match answered.state {
            FieldState::Missing if is_required => self.missing.push(gap("required", &answered.reason)),
            FieldState::Unmapped if is_required => self.missing.push(gap("required", &answered.reason)),
            FieldState::Doubtful if is_required => self.missing.push(gap("confirm", &answered.reason)),
            FieldState::LeftToPerson if is_required => self.missing.push(gap("person", &answered.reason)),
            FieldState::Invalid => {
                self.invalid.push(gap(answered.rule.unwrap_or("invalid"), &answered.reason))
            }
            FieldState::Filled
            | FieldState::Missing
            | FieldState::Unmapped
            | FieldState::Doubtful
            | FieldState::LeftToPerson
            | FieldState::NotNeeded => {}
        }
        if answered.state == FieldState::Filled
            && let Some(value) = answered.write
        {
            self.values.insert(field.name.clone(), value);
        }
        self.fields.push(FilledField {
            name: field.name.clone(),
            kind: field.kind,
            page: field.page,
            bounds: field.widgets.first().map(|widget| widget.bounds),
            state: answered.state,
            value: answered.value,
            confidence: answered.confidence,
            reason: answered.reason,
            sources: answered.sources,
            mapping_line: answered.line,
        });
    }
}

fn edited(field: &FormField, edit: &str, line: Option<u32>) -> Answered {
    match write_of(field, edit, &[]) {
        Ok(write) => Answered {
            value: Some(edit.to_owned()),
            write: Some(write),
            confidence: Some(1.0),
            line,
            ..Answered::nothing(FieldState::Filled, "A person wrote this.")
        },
        Err(rule) => Answered {
            value: Some(edit.to_owned()),
            line,
            ..Answered::invalid(rule, "What the person wrote is none of the field's options.")
        },
    }
}

/// Parts that many names do not have.
fn is_optional(key: &str) -> bool {
    [".middle", ".suffix"].iter().any(|part| key.ends_with(part))
}

/// What the mapping says where nobody knows.
fn by_default(field: &FormField, text: &str, why: &str) -> Answered {
    match write_of(field, text, &[]) {
        Ok(write) => Answered {
            value: Some(text.to_owned()),
            write: Some(write),
            confidence: Some(1.0),
            ..Answered::nothing(FieldState::Filled, format!("{why} The mapping's default."))
        },
        Err(rule) => Answered::invalid(rule, "The mapping's default is none of the field's options."),
    }
}

struct Planner<'m, 'b> {
    mapping: Option<&'m Mapping>,
    book: &'b FactBook,
}

impl<'b> Planner<'_, 'b> {
    fn answer(&self, field: &FormField, entry: &FieldEntry) -> Answered {
        let answered = match &entry.when {
            Some(condition)
                if !condition.holds(self.known(&condition.key).ok().flatten().map(|k| k.value).as_ref()) =>
            {
                Answered::nothing(
                    FieldState::NotNeeded,
                    format!("Not needed: it depends on `{}`.", condition.key),
                )
            }
            Some(_) | None => self.answer_of(field, entry),
        };
        let answered = match &entry.default {
            Some(text) if answered.state == FieldState::Missing => by_default(field, text, &answered.reason),
            Some(_) | None => answered,
        };
        Answered { line: Some(entry.line), ..answered }
    }

    fn answer_of(&self, field: &FormField, entry: &FieldEntry) -> Answered {
        match &entry.answer {
            Answer::Leave(reason) => Answered::nothing(FieldState::LeftToPerson, reason.sentence()),
            Answer::Constant(text) => match write_of(field, text, &[]) {
                Ok(write) => Answered {
                    value: Some(text.clone()),
                    write: Some(write),
                    confidence: Some(1.0),
                    ..Answered::nothing(FieldState::Filled, "The mapping says the same for every client.")
                },
                Err(rule) => {
                    Answered::invalid(rule, "The mapping's constant is none of the field's options.")
                }
            },
            Answer::TickIf { key, value } => self.tick(key, value),
            Answer::Facts { keys, joiner, formatter, states } => {
                let mut parts = Vec::new();
                let mut known = Vec::new();
                for key in keys {
                    match self.known(key) {
                        Ok(Some(found)) => {
                            parts.extend(formatter.apply(&found.value, field.format.as_deref()));
                            known.push((key.as_str(), found));
                        }
                        Ok(None) => {}
                        Err((value, error)) => return unreadable(key, value, error),
                    }
                }
                if parts.is_empty() {
                    return missing(keys);
                }
                let is_known = |key: &&String| known.iter().any(|(found, _)| found == key);
                let lacking = keys.iter().find(|key| !is_known(key) && !is_optional(key)).cloned();
                let answered = self.settle(field, &parts.join(joiner), states, &known);
                match lacking {
                    Some(key) if answered.state == FieldState::Filled => Answered {
                        state: FieldState::Doubtful,
                        reason: format!("{} `{key}` is not known: complete it.", answered.reason),
                        ..answered
                    },
                    Some(_) | None => answered,
                }
            }
        }
    }

    fn tick(&self, key: &str, wanted: &str) -> Answered {
        let found = match self.known(key) {
            Ok(Some(found)) => found,
            Ok(None) => return missing(&[key.to_owned()]),
            Err((value, error)) => return unreadable(key, value, error),
        };
        let said = spoken(&found.value);
        let is_ticked = folded(&said) == folded(wanted);
        let answered = Answered {
            value: Some(if is_ticked { "ticked" } else { "not ticked" }.to_owned()),
            write: Some(FieldValue::Check(is_ticked)),
            ..Answered::nothing(FieldState::Filled, format!("`{key}` is `{said}`."))
        };
        self.judged(answered, &[(key, found)])
    }

    /// The words into the field, if it can hold them and the facts are sure enough.
    fn settle(
        &self,
        field: &FormField,
        text: &str,
        states: &[(String, String)],
        known: &[(&str, Known<'b>)],
    ) -> Answered {
        let keys: Vec<&str> = known.iter().map(|(key, _)| *key).collect();
        let reason =
            format!("From {}.", keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", "));
        let answered = match write_of(field, text, states) {
            Ok(write) => Answered {
                value: Some(text.to_owned()),
                write: Some(write),
                ..Answered::nothing(FieldState::Filled, reason)
            },
            Err(rule) => Answered {
                value: Some(text.to_owned()),
                ..Answered::invalid(rule, "The fact is none of the field's options.")
            },
        };
        self.judged(answered, known)
    }

    /// Sources and confidence; below the mapping's level, or where documents disagree, a value is only proposed.
    fn judged(&self, answered: Answered, known: &[(&str, Known<'b>)]) -> Answered {
        let confidence = known.iter().map(|(_, found)| found.confidence()).fold(1.0, f64::min);
        let sources = known.iter().flat_map(|(_, found)| found.origins()).collect();
        let leads = known.iter().flat_map(|(_, found)| &found.leads);
        let contested = leads.into_iter().find(|(_, lead)| lead.is_contested());
        let level = self.mapping.map_or(0, |mapping| mapping.fill_from_percent);
        // Hundredths, so that 0.80 is not below 80.
        #[expect(clippy::float_arithmetic, reason = "a ratio of confidence")]
        let is_low = (confidence * 100.0).round() < f64::from(level);
        let answered = Answered { confidence: Some(confidence), sources, ..answered };
        match (answered.state, contested) {
            (FieldState::Filled, Some((key, lead))) => Answered {
                state: FieldState::Doubtful,
                reason: format!(
                    "Documents disagree on `{key}`: {} values. Choose one.",
                    lead.others.len().saturating_add(1)
                ),
                ..answered
            },
            (FieldState::Filled, None) if is_low => Answered {
                state: FieldState::Doubtful,
                reason: format!("{} The confidence is below {level} %: confirm it.", answered.reason),
                ..answered
            },
            _ => answered,
        }
    }

    fn known(&self, key: &str) -> Result<Option<Known<'b>>, (String, ValueError)> {
        known(self.book, self.mapping, key)
    }

    /// Keys on which documents disagree.
    fn conflicts(&self) -> Vec<Finding> {
        let told = |(key, facts): (&str, Vec<&crate::facts::ClientFact>)| {
            Finding::new("facts_disagree", format!("{} values for `{key}`.", facts.len()))
        };
        self.book.conflicts().into_iter().map(told).collect()
    }

    /// Subjects beyond a table's rows: into the field for the rest, or onto the list of what is wrong.
    fn overflow(&self, blank: &[FormField], edits: &BTreeMap<String, String>, plan: &mut Plan) {
        for table in self.mapping.into_iter().flat_map(|mapping| &mapping.overflows) {
            let count = self.book.count_of(&table.subject);
            let Some(beyond) = count.checked_sub(table.rows).filter(|beyond| *beyond > 0) else { continue };
            let rest = table.rest.as_ref().and_then(|(name, key, joiner)| {
                let field = blank.iter().find(|field| field.name == *name)?;
                Some((field, key, joiner))
            });
            let Some((field, key, joiner)) = rest else {
                plan.invalid.push(FormGap {
                    fields: Vec::new(),
                    rule: "overflow".to_owned(),
                    advice: format!(
                        "{beyond} more of `{}` than the form has rows: attach a sheet.",
                        table.subject
                    ),
                });
                continue;
            };
            if edits.contains_key(&field.name) {
                continue;
            }
            let answered = self.rest(field, key, joiner, table.rows, count);
            plan.fields.retain(|known| known.name != field.name);
            plan.missing.retain(|gap| gap.fields != [field.name.clone()]);
            plan.keep(field, Answered { line: Some(table.line), ..answered }, None);
        }
        let place: BTreeMap<&str, usize> =
            blank.iter().enumerate().map(|(at, f)| (f.name.as_str(), at)).collect();
        plan.fields.sort_by_key(|field| place.get(field.name.as_str()).copied().unwrap_or(usize::MAX));
    }

    /// Subjects that the mapping names one by one, and of which more are known: a handmade table is a table all the same.
    fn beyond(&self, plan: &mut Plan) {
        let Some(mapping) = self.mapping else { return };
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in &mapping.entries {
            for (subject, index) in entry.answer.keys().filter_map(|key| subject_of(key)) {
                let place = places.entry(subject).or_insert(0);
                *place = (*place).max(index.saturating_add(1));
            }
        }
        for (subject, rows) in places {
            let is_table = mapping.overflows.iter().any(|table| table.subject == subject);
            let Some(beyond) = self.book.count_of(subject).checked_sub(rows).filter(|n| *n > 0) else {
                continue;
            };
            let advice = format!("{beyond} more of `{subject}` than the form has places: attach a sheet.");
            match rows {
                _ if is_table => {}
                1 => plan.findings.push(Finding::new("subjects_beyond_form", advice)),
                _ => plan.invalid.push(FormGap { fields: Vec::new(), rule: "overflow".to_owned(), advice }),
            }
        }
    }

    fn rest(&self, field: &FormField, key: &str, joiner: &str, from: usize, to: usize) -> Answered {
        let mut parts = Vec::new();
        let mut known = Vec::new();
        let keys: Vec<String> = (from..to).map(|index| with_index(key, index)).collect();
        for key in &keys {
            match self.known(key) {
                Ok(Some(found)) => {
                    parts.push(spoken(&found.value));
                    known.push((key.as_str(), found));
                }
                Ok(None) => {}
                Err((value, error)) => return unreadable(key, value, error),
            }
        }
        if parts.is_empty() { missing(&keys) } else { self.settle(field, &parts.join(joiner), &[], &known) }
    }
}
