//! The whole way: a blank, a mapping, facts and edits in; a filled file and `smartexus.form/1` out.

use super::apply::{Plan, plan};
use super::mapping::Mapping;
use crate::facts::FactBook;
use crate::write::{FillOptions, FillProblem};
use crate::{Form, FormError};
use smartexus_domain::{Failure, FieldState, Finding, FormGap, FormResult};
use std::collections::BTreeMap;

/// A filled form and what is to be said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct FilledForm {
    /// The file; `None` when the form could not be filled, `result.failure` says why.
    pub bytes: Option<Vec<u8>>,
    /// `smartexus.form/1`.
    pub result: FormResult,
}

/// Fills a form. `file` is the blank as the caller names it.
#[must_use]
pub fn fill_form(
    file: &str,
    form: &Form,
    mapping: Option<&Mapping>,
    facts: &FactBook,
    edits: &BTreeMap<String, String>,
    options: &FillOptions,
) -> FilledForm {
    let mut plan = plan(&form.describe(), mapping, facts, edits);
    let mut findings = form.findings().to_vec();
    match mapping {
        None => findings.push(Finding::new(
            "form_unknown",
            "No mapping knows this form: only what a person wrote is filled.",
        )),
        Some(mapping) if !mapping.knows(form) => {
            findings.push(Finding::new(
                "edition_unknown",
                "The mapping was made for another edition of this form: check every field.",
            ));
        }
        Some(_) => {}
    }
    let outcome = form.fill(&plan.values, options);
    let (bytes, failure) = match outcome {
        Ok(filled) => {
            refuse(&mut plan, &filled.refused);
            (Some(filled.bytes), None)
        }
        Err(error) => {
            withdraw(&mut plan, error);
            (None, Some(Failure::from(error)))
        }
    };
    findings.extend(plan.findings);
    let result = FormResult {
        schema: FormResult::SCHEMA.to_owned(),
        file: file.to_owned(),
        sha256: form.sha256().to_owned(),
        fingerprint: form.fingerprint().to_owned(),
        mapping: mapping.map(|mapping| format!("{}/{}", mapping.name, mapping.version)),
        fields: plan.fields,
        missing: plan.missing,
        invalid: plan.invalid,
        findings,
        failure,
    };
    FilledForm { bytes, result }
}

/// Answers that their fields did not take.
fn refuse(plan: &mut Plan, refused: &BTreeMap<String, FillProblem>) {
    for field in &mut plan.fields {
        let Some(problem) = refused.get(&field.name) else { continue };
        field.state = FieldState::Invalid;
        problem.advice().clone_into(&mut field.reason);
        plan.invalid.push(FormGap {
            fields: vec![field.name.clone()],
            rule: problem.code().to_owned(),
            advice: problem.advice().to_owned(),
        });
    }
}

/// Nothing was written: nothing may say that it was.
fn withdraw(plan: &mut Plan, error: FormError) {
    for field in plan.fields.iter_mut().filter(|field| field.state == FieldState::Filled) {
        field.state = FieldState::Doubtful;
        field.reason = format!("Not written: {error}.");
    }
}
