//! Every fault of a mapping file points at its place.

use crate::Case;
use smartexus_forms::Mapping;

const HEAD: &str =
    "schema: smartexus.form_mapping/1\nname: t\nversion: 1\nform: { title: T, edition: e, currency: USD }\n";

fn codes(text: &str) -> Vec<&'static str> {
    match Mapping::from_yaml("t.yaml", &format!("{HEAD}{text}")) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.faults().iter().map(|fault| fault.code).collect(),
    }
}

#[test]
fn each_fault_has_its_code() {
    for (text, expected) in [
        ("fields: [{ field: a, key: business.legal_name }]", &[][..]),
        ("fields: [{ field: a, key: business.legal_nam }]", &["unknown_key"]),
        ("fields: [{ field: a, kye: business.legal_name }]", &["unknown_field"]),
        ("fields: [{ field: a }]", &["answer"]),
        ("fields: [{ field: a, constant: x, leave: consent }]", &["answer"]),
        ("fields: [{ field: a, leave: someday }]", &["unknown_value"]),
        ("fields: [{ field: a, constant: x }, { field: a, constant: y }]", &["duplicate_field"]),
        ("fields: [{ field: a, key: business.ein, format: money }]", &["format"]),
        ("fields: [{ field: a, key: business.ein, take: [1] }]", &["take"]),
        ("fields: [{ field: a, constant: x, when: loan.amount ~ 5 }]", &["condition"]),
        ("fields: []\nrules: [{ say: s, excludes: [a, b] }]", &["unknown_form_field", "unknown_form_field"]),
        ("fields: []\nrules: [{ say: s }]", &["rule"]),
        ("fields: []\ncompute: [{ key: net_worth, sum: [business.dba] }]", &["not_money"]),
        ("fields: []\nrepeat: [{ over: owner, rows: 0, fields: [] }]", &["out_of_range"]),
        ("fields: []\nrepeat: [{ over: owner, rows: 200, fields: [] }]", &[]),
        ("fields: []\nrepeat: [{ over: owner, rows: 201, fields: [] }]", &["out_of_range"]),
        ("fields: []\nrepeat: [{ over: owner, rows: 2, fields: [{ field: a, constant: x }] }]", &["row"]),
        (
            "fields: []\nrepeat: [{ over: owner, rows: 3, fields: [{ field: 'a{row}', key: 'owner[i].nme' }] }]",
            &["unknown_key"],
        ),
        ("fields: []\nrepeat: [{ over: ownr, rows: 2, fields: [] }]", &["unknown_key"]),
        (
            "fields: []\nrepeat: [{ over: owner, rows: 2, fields: [], overflow: { field: x, key: 'debt[i].lender', with: ', ' } }]",
            &["key"],
        ),
        ("fields: [{ field: a, leave: consent, default: x }]", &["default"]),
        ("fields: [{ field: a, key: loan.date, default: x }]", &[]),
        (
            "fields: [{ field: a, key: loan.date }]\nrules: [{ say: s, date_within: { field: a, days: 90, of: loan.date } }]",
            &[],
        ),
        (
            "fields: [{ field: a, key: loan.date }]\nrules: [{ say: s, date_within: { field: a, days: 0, of: loan.date } }]",
            &["out_of_range"],
        ),
        (
            "fields: [{ field: a, key: loan.amount }]\nrules: [{ say: s, date_within: { field: a, days: 9, of: loan.amount } }]",
            &["not_a_date", "not_a_date"],
        ),
        (
            "fields: []\nrules: [{ say: s, date_within: { field: a, days: 9, of: loan.date } }]",
            &["unknown_form_field"],
        ),
        ("fill_from_percent: 101\nfields: []", &["out_of_range"]),
    ] {
        assert_eq!(codes(text), expected, "{text}");
    }
}

#[test]
fn faults_show_their_place_and_what_was_meant() {
    let text = format!("{HEAD}fields:\n  - {{ field: a, key: busines.legal_name }}\n");
    let shown = Mapping::from_yaml("pipelines/forms/t.yaml", &text).unwrap_err().to_string();
    assert!(shown.contains("error[form_mapping.unknown_key]"), "{shown}");
    assert!(shown.contains("pipelines/forms/t.yaml:6:22"), "{shown}");
    assert!(shown.contains("did you mean `business.legal_name`?"), "{shown}");
}

#[test]
fn a_mapping_is_held_against_its_blank() {
    let case = Case::read("loan-application");
    let text = format!(
        "{HEAD}fields:\n  - {{ field: bank_nam, key: 'bank[0].name' }}\n  - {{ field: entity, key: business.entity_type, states: {{ llc: LTD }} }}\n"
    );
    let errors = Mapping::from_yaml_for("t.yaml", &text, &case.form.describe()).unwrap_err();
    let codes: Vec<&str> = errors.faults().iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["unknown_form_field", "unknown_state"]);
    assert!(errors.to_string().contains("did you mean `bank_name`?"));
}
