//! Just below passes, just above fails with its code.

use crate::Case;
use smartexus_forms::{FieldValue, FillOptions, FillProblem, Form, FormError, FormLimits};
use std::collections::BTreeMap;

#[test]
fn each_limit_of_a_file_holds() {
    let case = Case::read("personal-statement");
    let bytes = &case.bytes;
    let fields = case.form.describe().len();
    let objects = 200;
    let limits = FormLimits::default();
    for (name, below, above, error) in [
        (
            "size_bytes",
            FormLimits { size_bytes: bytes.len(), ..limits },
            FormLimits { size_bytes: bytes.len() - 1, ..limits },
            FormError::TooLarge,
        ),
        (
            "pages",
            FormLimits { pages: 2, ..limits },
            FormLimits { pages: 1, ..limits },
            FormError::TooManyPages,
        ),
        (
            "fields",
            FormLimits { fields, ..limits },
            FormLimits { fields: fields - 1, ..limits },
            FormError::TooManyFields,
        ),
        (
            "objects",
            FormLimits { objects, ..limits },
            FormLimits { objects: 20, ..limits },
            FormError::TooManyObjects,
        ),
    ] {
        assert!(Form::open(bytes, None, &below).is_ok(), "{name}");
        assert_eq!(Form::open(bytes, None, &above).err(), Some(error), "{name}");
    }
}

#[test]
fn a_text_is_never_cut() {
    let case = Case::read("loan-application");
    let fill = |field: &str, value: String| {
        let values = BTreeMap::from([(field.to_owned(), FieldValue::Text(value))]);
        let filled = case.form.fill(&values, &FillOptions::default()).unwrap();
        filled.refused.get(field).copied()
    };
    for (field, value, refused) in [
        ("routing_number", "123456789".to_owned(), None),
        ("routing_number", "1234567890".to_owned(), Some(FillProblem::TooLong)),
        ("business_dba", "m".repeat(50), None),
        ("business_dba", "m".repeat(60), Some(FillProblem::DoesNotFit)),
        ("business_dba", "two\nlines".to_owned(), Some(FillProblem::LineBreak)),
        ("business_dba", "\u{E000}".to_owned(), Some(FillProblem::NoGlyph)),
        ("use_of_funds", "two\nlines".to_owned(), None),
        ("use_of_funds", "word ".repeat(400), Some(FillProblem::DoesNotFit)),
        ("industry", "Food".to_owned(), None),
        ("industry", "Foot".to_owned(), Some(FillProblem::NotAnOption)),
        ("nowhere", "x".to_owned(), Some(FillProblem::UnknownField)),
        ("signature", "Zoë".to_owned(), Some(FillProblem::NotFillable)),
    ] {
        assert_eq!(fill(field, value.clone()), refused, "{field} {value}");
    }
}

#[test]
fn a_refused_answer_leaves_the_rest() {
    let case = Case::read("loan-application");
    let values = BTreeMap::from([
        ("business_dba".to_owned(), FieldValue::Text("\u{E000}".to_owned())),
        ("bank_name".to_owned(), FieldValue::Text("Ellery Savings Bank".to_owned())),
    ]);
    let filled = case.form.fill(&values, &FillOptions::default()).unwrap();
    let again = Form::open(&filled.bytes, None, &FormLimits::default()).unwrap().describe();
    let value =
        |name: &str| again.iter().find(|field| field.name == name).and_then(|field| field.value.clone());
    assert_eq!((value("business_dba"), value("bank_name").as_deref()), (None, Some("Ellery Savings Bank")));
}
