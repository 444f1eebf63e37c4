//! Each blank says exactly what its truth says, in the result and in the file.

use crate::{BLANKS, Case};
use smartexus_domain::{FieldState, FormResult};
use smartexus_forms::{FillOptions, Form, FormLimits, MappingSet, fill_form};
use std::collections::BTreeMap;

fn filled(case: &Case, options: &FillOptions) -> (Vec<u8>, FormResult) {
    let filled =
        fill_form("blank.pdf", &case.form, Some(&case.mapping), &case.facts, &BTreeMap::new(), options);
    (filled.bytes.unwrap(), filled.result)
}

#[test]
fn every_answer_is_the_true_one_and_nothing_else_is_filled() {
    for name in BLANKS {
        let case = Case::read(name);
        let (bytes, result) = filled(&case, &FillOptions::default());
        assert_eq!(result.failure, None, "{name}");
        let again = Form::open(&bytes, None, &FormLimits::default()).unwrap();
        let said: BTreeMap<String, String> =
            again.describe().into_iter().filter_map(|field| Some((field.name, field.value?))).collect();
        assert_eq!(said, case.truth.answers, "{name}");
        let left = result.fields.iter().filter(|field| field.state == FieldState::LeftToPerson);
        let mut left: Vec<String> = left.map(|field| field.name.clone()).collect();
        let mut expected = case.truth.left_to_person.clone();
        left.sort();
        expected.sort();
        assert_eq!(left, expected, "{name}");
    }
}

#[test]
fn every_filled_field_names_its_source() {
    for name in BLANKS {
        let case = Case::read(name);
        let (_, result) = filled(&case, &FillOptions::default());
        let blank = case.form.describe();
        let calculated: Vec<String> =
            blank.into_iter().filter(|field| !field.sum_of.is_empty()).map(|field| field.name).collect();
        for field in result.fields.iter().filter(|field| field.state == FieldState::Filled) {
            let is_of_mapping = field.mapping_line.is_some() || calculated.contains(&field.name);
            assert!(!field.sources.is_empty() && is_of_mapping, "{name} {}", field.name);
            assert!(field.confidence.is_some_and(|confidence| confidence >= 0.8), "{name} {}", field.name);
        }
    }
}

#[test]
fn what_is_doubtful_or_ambiguous_is_proposed_or_told() {
    let case = Case::read("loan-application");
    let (_, result) = filled(&case, &FillOptions::default());
    let state = |name: &str| result.fields.iter().find(|field| field.name == name).map(|field| field.state);
    assert_eq!(state("industry"), Some(FieldState::Doubtful));
    assert_eq!(state("owner_2_dob"), Some(FieldState::Invalid));
    assert_eq!(state("owner_3_name"), Some(FieldState::Missing));
    assert!(result.invalid.iter().any(|gap| gap.rule == "unreadable_fact"));
}

#[test]
fn the_blank_stands_unchanged_in_front() {
    for name in BLANKS {
        let case = Case::read(name);
        let (bytes, _) = filled(&case, &FillOptions::default());
        assert!(bytes.starts_with(&case.bytes), "{name}");
        let (again, _) = filled(&case, &FillOptions::default());
        assert_eq!(bytes, again, "{name}");
    }
}

#[test]
fn a_flat_form_has_no_field_and_a_locked_one_only_read_only_fields() {
    for name in BLANKS {
        let case = Case::read(name);
        let (flat, _) = filled(&case, &FillOptions { flatten: true, ..FillOptions::default() });
        assert!(Form::open(&flat, None, &FormLimits::default()).is_err(), "{name}");
        let (locked, _) = filled(&case, &FillOptions { lock: true, ..FillOptions::default() });
        let locked = Form::open(&locked, None, &FormLimits::default()).unwrap();
        assert!(locked.describe().iter().all(|field| field.read_only), "{name}");
    }
}

#[test]
fn each_blank_finds_its_mapping() {
    let cases: Vec<Case> = BLANKS.iter().map(|name| Case::read(name)).collect();
    let set = MappingSet::new(cases.iter().map(|case| case.mapping.clone()).collect());
    for (name, case) in BLANKS.iter().zip(&cases) {
        assert_eq!(
            set.for_form(&case.form).map(|mapping| mapping.name.as_str()),
            Some(*name),
            "{}",
            case.form.fingerprint()
        );
        // A filled copy is the same edition.
        let (bytes, _) = filled(case, &FillOptions::default());
        let copy = Form::open(&bytes, None, &FormLimits::default()).unwrap();
        assert_eq!(set.for_form(&copy).map(|mapping| mapping.name.as_str()), Some(*name));
    }
}

#[test]
fn an_unknown_form_is_not_filled() {
    let case = Case::read("loan-application");
    let filled = fill_form("x.pdf", &case.form, None, &case.facts, &BTreeMap::new(), &FillOptions::default());
    assert!(filled.result.fields.iter().all(|field| field.state == FieldState::Unmapped));
    assert!(filled.result.findings.iter().any(|finding| finding.code == "form_unknown"));
    let edition = Case::read("taxpayer-request");
    let other = fill_form(
        "x.pdf",
        &case.form,
        Some(&edition.mapping),
        &case.facts,
        &BTreeMap::new(),
        &FillOptions::default(),
    );
    assert!(other.result.findings.iter().any(|finding| finding.code == "edition_unknown"));
}
