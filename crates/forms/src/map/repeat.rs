//! Tables: one row of fields for each subject, and what becomes of subjects without a row.

use super::check::{Checker, ROWS_MAX};
use super::file::{WrittenField, WrittenRepeat};
use super::mapping::{Answer, FieldEntry, Overflow};
use crate::facts::with_index;
use smartexus_manifest::Spanned;

/// Rows of fields: `{row}` in a field's name counts from 1, `[i]` in a key is the subject of that row.
pub(super) fn expand(
    checker: &mut Checker<'_>,
    table: &WrittenRepeat,
    entries: &mut Vec<FieldEntry>,
    overflows: &mut Vec<Overflow>,
) {
    let rows = table.rows.value;
    if rows == 0 || rows > ROWS_MAX {
        checker.fault("out_of_range", table.rows.span, format!("`rows` is 1 to {ROWS_MAX}"));
        return;
    }
    if !crate::facts::Vocabulary::get().has_subject(&table.over.value) {
        let message = format!("`{}` is no subject that the vocabulary counts", table.over.value);
        checker.fault("unknown_key", table.over.span, message);
        return;
    }
    for row in 0..rows {
        let index = usize::try_from(row).unwrap_or(usize::MAX);
        for field in &table.fields {
            if !field.field.contains("{row}") {
                if row == 0 {
                    checker.fault("row", field.field.span, "a field of a table has `{row}` in its name");
                }
                continue;
            }
            // What is wrong with a row's entry is wrong in every row: it is told once.
            let known = checker.faults.len();
            let entry = checker.entry(&of_row(field, row.saturating_add(1)));
            if row > 0 {
                let of_names = |code: &str| code == "unknown_form_field" || code == "duplicate_field";
                let mut at = 0;
                checker.faults.retain(|fault| {
                    at += 1;
                    at <= known || of_names(fault.code)
                });
            }
            entries.extend(entry.map(|entry| of_subject(entry, index)));
        }
    }
    let rest = table.overflow.as_ref().map(|overflow| {
        checker.field(&overflow.field);
        if checker.key(&overflow.key).is_some()
            && !overflow.key.value.starts_with(&format!("{}[i]", table.over.value))
        {
            let message = format!("the key of what goes beyond the rows is one of `{}[i]`", table.over.value);
            checker.fault("key", overflow.key.span, message);
        }
        (overflow.field.value.clone(), overflow.key.value.clone(), overflow.with.clone())
    });
    overflows.push(Overflow {
        subject: table.over.value.clone(),
        rows: usize::try_from(rows).unwrap_or(usize::MAX),
        rest,
        line: table.over.span.line,
    });
}

fn of_row(field: &WrittenField, row: u32) -> WrittenField {
    let name = Spanned { value: field.field.replace("{row}", &row.to_string()), span: field.field.span };
    WrittenField { field: name, ..field.clone() }
}

fn of_subject(entry: FieldEntry, index: usize) -> FieldEntry {
    let answer = match entry.answer {
        Answer::Facts { keys, joiner, formatter, states } => Answer::Facts {
            keys: keys.iter().map(|key| indexed(key, index)).collect(),
            joiner,
            formatter,
            states,
        },
        Answer::TickIf { key, value } => Answer::TickIf { key: indexed(&key, index), value },
        same @ (Answer::Constant(_) | Answer::Leave(_)) => same,
    };
    // Conditions were read with the first subject in the place of `[i]`.
    let when = entry.when.map(|condition| {
        let key = with_index(&crate::facts::pattern_of(&condition.key), index);
        condition.with_key(key)
    });
    FieldEntry { answer, when, ..entry }
}

fn indexed(key: &str, index: usize) -> String {
    if key.contains("[i]") { with_index(key, index) } else { key.to_owned() }
}
