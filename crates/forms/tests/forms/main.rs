//! Forms of our own, from blank to filled file.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail the test")]

mod blanks;
mod edits;
mod harm;
mod letters;
mod limits;
mod mapping;
mod read_back;
mod suggestions;
mod sums;

use serde::Deserialize;
use smartexus_forms::{FactBook, Form, FormLimits, Mapping};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The names of the blanks that the generator draws.
pub(crate) const BLANKS: [&str; 6] = [
    "taxpayer-request",
    "personal-statement",
    "loan-application",
    "borrower-information",
    "residential-application",
    "transcript-request",
];

/// What the generator says that a filled blank must say.
#[derive(Deserialize)]
pub(crate) struct Truth {
    pub(crate) answers: BTreeMap<String, String>,
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) left_to_person: Vec<String>,
}

/// A blank with everything that belongs to it.
pub(crate) struct Case {
    pub(crate) bytes: Vec<u8>,
    pub(crate) form: Form,
    pub(crate) mapping: Mapping,
    pub(crate) facts: FactBook,
    pub(crate) truth: Truth,
}

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

impl Case {
    pub(crate) fn read(name: &str) -> Self {
        let folder = repository().join("fixtures/forms").join(name);
        let text = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap();
        let bytes = std::fs::read(folder.join("blank.pdf")).unwrap();
        let form = Form::open(&bytes, None, &FormLimits::default()).unwrap();
        let file = format!("pipelines/forms/{name}.yaml");
        let yaml = std::fs::read_to_string(repository().join(&file)).unwrap();
        let mapping =
            Mapping::from_yaml_for(&file, &yaml, &form.describe()).unwrap_or_else(|e| panic!("{e}"));
        let facts = FactBook::from_json(&text("facts.json")).unwrap();
        let truth = serde_json::from_str(&text("truth.json")).unwrap();
        Self { bytes, form, mapping, facts, truth }
    }
}
