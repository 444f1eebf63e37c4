//! Fills every field of a form with a value of its kind, and writes what was meant beside it:
//! `fill_every_field FORM.pdf OUT_DIR` leaves `filled.pdf`, `flat.pdf` and `meant.json`.
//! `benches/peers/forms_read_back.py` holds these against other readers.

#![expect(clippy::print_stderr, reason = "a program for people")]

use smartexus_domain::{FieldKind, FormField};
use smartexus_forms::{FieldValue, FillOptions, Form, FormLimits};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [form, out] = arguments.as_slice() else {
        eprintln!("fill_every_field FORM.pdf OUT_DIR");
        return ExitCode::from(2);
    };
    match fill(Path::new(form), Path::new(out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn fill(form: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read(form)?;
    let form = Form::open(&bytes, None, &FormLimits::default())?;
    let fields = form.describe();
    let values: BTreeMap<String, FieldValue> = fields
        .iter()
        .enumerate()
        .filter_map(|(index, field)| Some((field.name.clone(), value_for(index, field)?)))
        .collect();
    let filled = form.fill(&values, &FillOptions::default())?;
    let flat = form.fill(&values, &FillOptions { flatten: true, ..FillOptions::default() })?;
    std::fs::create_dir_all(out)?;
    std::fs::write(out.join("filled.pdf"), &filled.bytes)?;
    std::fs::write(out.join("flat.pdf"), &flat.bytes)?;
    let rows: Vec<serde_json::Value> = fields
        .iter()
        .map(|field| {
            serde_json::json!({
                "field": field,
                "meant": values.get(&field.name).map(words),
                "refused": filled.refused.get(&field.name).map(|problem| problem.code()),
            })
        })
        .collect();
    std::fs::write(out.join("meant.json"), serde_json::to_vec(&rows)?)?;
    Ok(())
}

fn words(value: &FieldValue) -> String {
    match value {
        FieldValue::Text(text) | FieldValue::State(text) => text.clone(),
        FieldValue::Choices(choices) => choices.join("; "),
        FieldValue::Check(ticked) => ticked.to_string(),
    }
}

/// Letters that the standard fonts lack.
const LETTERS: [&str; 8] = ["Łж", "日本", "שלום", "سلام", "नमः", "ไทย", "서울", "አዲስ"];

/// Every fourth text has some of them.
fn value_for(index: usize, field: &FormField) -> Option<FieldValue> {
    match field.kind {
        FieldKind::Text | FieldKind::Multiline | FieldKind::Comb => {
            let letters = if index % 4 == 3 { LETTERS[index / 4 % LETTERS.len()] } else { "V" };
            let text = format!("{letters}{index}");
            let most =
                field.max_length.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
            Some(FieldValue::Text(text.chars().take(most).collect()))
        }
        FieldKind::Date => Some(FieldValue::Text("03/14/2026".to_owned())),
        FieldKind::Combo => field.options.last().map(|option| FieldValue::Text(option.export.clone())),
        FieldKind::List => {
            field.options.last().map(|option| FieldValue::Choices(vec![option.export.clone()]))
        }
        FieldKind::Checkbox if field.options.len() < 2 => Some(FieldValue::Check(true)),
        FieldKind::Checkbox | FieldKind::Radio => {
            field.options.last().map(|option| FieldValue::State(option.export.clone()))
        }
        FieldKind::Signature | FieldKind::Button => None,
    }
}
