//! Blank application forms, drawn in the manner of forms that lenders use and copying none: what a person reads beside
//! each field, its kind, and the answers that a client's facts give.

mod application;
mod borrower;
mod residential;
pub(crate) mod sheet;
mod statement;
mod taxpayer;
mod transcript;

use crate::case::Files;
use sheet::Sheet;

/// One blank with what is known of a client and what the form must say then.
struct Blank {
    name: &'static str,
    sheet: Sheet,
    /// Key, value, confidence in percent.
    facts: Vec<(&'static str, &'static str, u8)>,
    /// Full field name and what it must say; ticked boxes say their state.
    answers: Vec<(String, String)>,
    /// Fields that must stay blank for a person.
    left: Vec<String>,
}

fn answers(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
}

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(|name| (*name).to_owned()).collect()
}

/// Writes every blank with its facts and its truth.
pub(crate) fn make(files: &mut Files) {
    for blank in [
        taxpayer::blank(),
        statement::blank(),
        application::blank(),
        borrower::blank(),
        residential::blank(),
        transcript::blank(),
    ] {
        let folder = format!("forms/{}", blank.name);
        files.insert(format!("{folder}/facts.json"), facts_file(&blank));
        files.insert(format!("{folder}/truth.json"), truth_file(&blank));
        files.insert(format!("{folder}/blank.pdf"), blank.sheet.finish());
    }
}

fn facts_file(blank: &Blank) -> Vec<u8> {
    let fact = |(key, value, percent): &(&str, &str, u8)| {
        serde_json::json!({
            "key": key,
            "value": value,
            "confidence": f64::from(*percent) / 100.0,
            "document": "statement-march.pdf",
        })
    };
    let facts: Vec<serde_json::Value> = blank.facts.iter().map(fact).collect();
    pretty(&serde_json::json!({ "schema": "smartexus.facts/1", "facts": facts }))
}

fn truth_file(blank: &Blank) -> Vec<u8> {
    let answers: serde_json::Map<String, serde_json::Value> =
        blank.answers.iter().map(|(field, value)| (field.clone(), value.clone().into())).collect();
    let labels: serde_json::Map<String, serde_json::Value> =
        blank.sheet.labels().map(|(field, label)| (field.to_owned(), label.into())).collect();
    let mut truth = serde_json::json!({ "answers": answers, "labels": labels, "left_to_person": blank.left });
    let meant: serde_json::Map<String, serde_json::Value> = blank
        .sheet
        .meant()
        .map(|(field, keys)| (field.to_owned(), keys.split('+').collect::<Vec<_>>().into()))
        .collect();
    if !meant.is_empty() {
        truth["meant"] = meant.into();
    }
    pretty(&truth)
}

fn pretty(value: &serde_json::Value) -> Vec<u8> {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text.into_bytes()
}
