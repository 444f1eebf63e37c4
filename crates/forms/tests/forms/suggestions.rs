//! What an unknown form probably asks for, given what is printed beside its fields.

use crate::{BLANKS, Case};
use smartexus_domain::{FormField, LabelSource, LabelText};
use smartexus_forms::{LIKELY_FROM, Mapping, draft_mapping, suggest};

/// The blank's fields with the labels that were printed, as if read from the page.
fn labelled(case: &Case) -> Vec<FormField> {
    let mut fields = case.form.describe();
    for field in &mut fields {
        let printed = case.truth.labels.get(&field.name).filter(|label| !label.is_empty());
        let label = printed.map(|text| LabelText { text: text.clone(), from: LabelSource::Above });
        field.labels.splice(0..0, label);
    }
    fields
}

#[test]
fn telling_labels_are_recognized() {
    let case = Case::read("loan-application");
    let suggestions = suggest(&labelled(&case));
    for (field, key) in [
        ("business_legal_name", "business.legal_name"),
        ("business_dba", "business.dba"),
        ("federal_tax_id", "business.ein"),
        ("start_date", "business.start_date"),
        ("annual_revenue", "business.annual_revenue"),
        ("loan_amount", "loan.amount"),
        ("bank_name", "bank[0].name"),
        ("routing_number", "bank[0].routing"),
        ("owner_2_name", "owner[1].full_name"),
    ] {
        let found = suggestions.iter().find(|suggestion| suggestion.field == field).unwrap();
        assert_eq!(found.key.as_deref(), Some(key), "{field}: {found:?}");
    }
}

/// Left to a person for what no label says: the mapping's author decided, or only `Yes` stands beside the button.
fn is_told(field: &str) -> bool {
    let ends = ["SSN", "b.credit", "b.selfemp", "f1_11[0]", "f1_12[0]"];
    let is_question =
        field.strip_prefix("dec.").or_else(|| field.strip_prefix('q')).is_some_and(|n| n.len() == 1);
    !is_question && !ends.iter().any(|end| field.ends_with(end))
}

#[test]
fn what_only_a_person_may_answer_never_gets_a_key() {
    for name in BLANKS {
        let case = Case::read(name);
        let suggestions = suggest(&labelled(&case));
        for field in case.truth.left_to_person.iter().filter(|field| is_told(field)) {
            let found = suggestions.iter().find(|suggestion| suggestion.field == *field).unwrap();
            assert!(found.key.is_none() && found.leave.is_some(), "{name} {field}: {found:?}");
        }
    }
}

#[test]
fn no_key_is_suggested_twice() {
    for name in BLANKS {
        let mut keys: Vec<String> =
            suggest(&labelled(&Case::read(name))).into_iter().filter_map(|s| s.key).collect();
        let all = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), all, "{name}");
    }
}

#[test]
fn a_draft_is_a_mapping_that_validates() {
    for name in BLANKS {
        let case = Case::read(name);
        let fields = labelled(&case);
        let suggestions = suggest(&fields);
        let text = draft_mapping(name, case.form.fingerprint(), &fields, &suggestions);
        let mapping = Mapping::from_yaml_for("draft.yaml", &text, &fields).unwrap_or_else(|e| panic!("{e}"));
        assert!(mapping.knows(&case.form));
        let likely = suggestions.iter().filter(|s| s.key.is_some() && s.confidence >= LIKELY_FROM).count();
        assert!(
            text.lines().filter(|line| line.starts_with("  - ") && line.contains("key:")).count() == likely
        );
    }
}
