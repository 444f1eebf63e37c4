//! The mapping file as it is written: tier 1, fields and types. What the values mean together is in `check`.

use super::format::Shape;
use super::leave::LeaveReason;
use super::{Mapping, check};
use serde::Deserialize;
use smartexus_domain::FormField;
use smartexus_manifest::{ManifestErrors, Source, Spanned};
use std::collections::BTreeMap;

pub(super) fn read(
    file_name: &str,
    text: &str,
    blank: Option<&[FormField]>,
) -> Result<Mapping, ManifestErrors> {
    let source = Source::new(file_name, text);
    let written: WrittenMapping = source.read()?;
    check::check(written, blank).map_err(|faults| source.errors(faults))
}

#[derive(Deserialize)]
#[serde(rename = "form_mapping")]
pub(super) struct WrittenMapping {
    pub(super) schema: Spanned<String>,
    pub(super) name: Spanned<String>,
    pub(super) version: Spanned<u32>,
    pub(super) form: WrittenForm,
    #[serde(default)]
    pub(super) fill_from_percent: Option<Spanned<u32>>,
    #[serde(default)]
    pub(super) compute: Vec<WrittenSum>,
    pub(super) fields: Vec<WrittenField>,
    #[serde(default)]
    pub(super) repeat: Vec<WrittenRepeat>,
    #[serde(default)]
    pub(super) rules: Vec<WrittenRule>,
}

#[derive(Deserialize)]
#[serde(rename = "form")]
pub(super) struct WrittenForm {
    pub(super) title: String,
    pub(super) edition: String,
    #[serde(default)]
    pub(super) language: Option<String>,
    #[serde(default)]
    pub(super) signed_by: Vec<String>,
    #[serde(default)]
    pub(super) sha256: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) fingerprint: Vec<Spanned<String>>,
    pub(super) currency: Spanned<String>,
    #[serde(default)]
    pub(super) dates: Option<WrittenOrder>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum WrittenOrder {
    DayMonth,
    MonthDay,
}

#[derive(Deserialize)]
#[serde(rename = "compute")]
pub(super) struct WrittenSum {
    pub(super) key: Spanned<String>,
    pub(super) sum: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) minus: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) missing: WrittenMissing,
}

/// What a term means that nobody knows.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum WrittenMissing {
    #[default]
    Refuse,
    Zero,
}

#[derive(Clone, Deserialize)]
#[serde(rename = "fields")]
pub(super) struct WrittenField {
    pub(super) field: Spanned<String>,
    #[serde(default)]
    pub(super) key: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) join: Option<Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    pub(super) with: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) constant: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) leave: Option<LeaveReason>,
    #[serde(default)]
    pub(super) tick_if: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) format: Option<Spanned<Shape>>,
    #[serde(default)]
    pub(super) pattern: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) take: Option<Spanned<Vec<u32>>>,
    #[serde(default)]
    pub(super) states: Option<Spanned<BTreeMap<String, String>>>,
    #[serde(default)]
    pub(super) when: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) default: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) required: bool,
}

#[derive(Deserialize)]
#[serde(rename = "repeat")]
pub(super) struct WrittenRepeat {
    pub(super) over: Spanned<String>,
    pub(super) rows: Spanned<u32>,
    pub(super) fields: Vec<WrittenField>,
    #[serde(default)]
    pub(super) overflow: Option<WrittenOverflow>,
}

#[derive(Deserialize)]
#[serde(rename = "overflow")]
pub(super) struct WrittenOverflow {
    pub(super) field: Spanned<String>,
    pub(super) key: Spanned<String>,
    pub(super) with: String,
}

#[derive(Deserialize)]
#[serde(rename = "rules")]
pub(super) struct WrittenRule {
    pub(super) say: Spanned<String>,
    #[serde(default)]
    pub(super) exactly_one_of: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    pub(super) requires: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    pub(super) excludes: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    pub(super) sum_equals: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    pub(super) date_within: Option<WrittenWithin>,
}

#[derive(Deserialize)]
#[serde(rename = "date_within")]
pub(super) struct WrittenWithin {
    pub(super) field: Spanned<String>,
    pub(super) days: Spanned<u32>,
    pub(super) of: Spanned<String>,
}
