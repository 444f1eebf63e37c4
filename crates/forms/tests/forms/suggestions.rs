//! What an unknown form probably asks for, given what is printed beside its fields.

use crate::{BLANKS, Case};
use smartexus_domain::{FieldKind, FormField, LabelSource, LabelText, Rect, WidgetPlace};
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

/// Fields below each other, each with its heading (or none) and the label left of it.
fn asked(questions: &[(&str, &str)]) -> Vec<FormField> {
    let field = |(at, (heading, label)): (u32, &(&str, &str))| {
        let top = f64::from(40 + 20 * at);
        let bottom = f64::from(54 + 20 * at);
        let text = |text: &str, from| LabelText { text: text.to_owned(), from };
        let labels = [text(label, LabelSource::Left), text(heading, LabelSource::Heading)];
        FormField {
            name: format!("f{at}"),
            kind: FieldKind::Text,
            page: Some(1),
            widgets: vec![WidgetPlace {
                page: Some(1),
                bounds: Rect::from([200.0, top, 400.0, bottom]),
                on_state: None,
            }],
            tooltip: None,
            labels: labels.into_iter().filter(|label| !label.text.is_empty()).collect(),
            options: Vec::new(),
            max_length: None,
            required: false,
            read_only: false,
            editable: false,
            multiple: false,
            format: None,
            calculated: false,
            sum_of: Vec::new(),
            value: None,
        }
    };
    (0..).zip(questions).map(field).collect()
}

/// Keys that are likely, one for each question.
fn likely(questions: &[(&str, &str)]) -> Vec<Option<String>> {
    let suggestions = suggest(&asked(questions));
    suggestions.into_iter().map(|one| one.key.filter(|_| one.confidence >= LIKELY_FROM)).collect()
}

#[test]
fn a_name_and_a_birthday_asked_twice_are_asked_of_two_people() {
    let one = [
        ("About you", "First name"),
        ("About you", "Date of birth"),
        ("About you", "Social Security number"),
    ];
    let keys = ["first_name", "dob", "ssn"].map(|part| Some(format!("applicant[0].{part}")));
    assert_eq!(likely(&one), keys);
    let two = [one[0], one[1], one[2], ("", "First name"), ("", "Date of birth")];
    assert!(likely(&two).iter().all(Option::is_none), "of whom is not told");
}

#[test]
fn what_stands_over_a_field_may_speak_against_its_label() {
    for (heading, label, key) in [
        ("Liabilities (omit cents)", "Mortgages on real estate", Some("liabilities.mortgages")),
        ("Real Estate Owned - Property A", "Mortgage balance", None),
        ("Emergency contact", "Home phone", None),
        // By themselves these mean one thing on one form and another on the next.
        ("About the applicant", "Title", None),
        ("Debts", "Mortgage balance", None),
        ("Loan request", "Collateral", None),
        ("Loan request", "Collateral offered", Some("loan.collateral")),
    ] {
        assert_eq!(likely(&[(heading, label)]), [key.map(str::to_owned)], "{heading}: {label}");
    }
    let told = suggest(&asked(&[("Demographic information", "Asian"), ("", "Have you ever been evicted?")]));
    assert_eq!(
        told.iter().map(|one| one.leave).collect::<Vec<_>>(),
        [Some("demographics"), Some("declaration")]
    );
}
