//! A filled form read backwards says what it was filled with, and names what it cannot say.

use crate::{BLANKS, Case};
use smartexus_domain::{Currency, DateOrder, FormField};
use smartexus_forms::{
    ClientFact, FactBook, FactStatus, FactValue, FillOptions, Form, FormLimits, FormReading, Vocabulary,
    facts_of_form, fill_form,
};
use std::collections::{BTreeMap, BTreeSet};

fn filled(case: &Case) -> Vec<FormField> {
    let nothing = BTreeMap::new();
    let filled = fill_form(
        "blank.pdf",
        &case.form,
        Some(&case.mapping),
        &case.facts,
        &nothing,
        &FillOptions::default(),
    );
    Form::open(&filled.bytes.unwrap(), None, &FormLimits::default()).unwrap().describe()
}

fn value(fact: &ClientFact) -> Option<FactValue> {
    let kind = Vocabulary::get().type_of(&fact.key)?;
    FactValue::read(&fact.value, kind, Currency::from_code("USD")?, Some(DateOrder::MonthDay)).ok()
}

/// Keys that the facts do not have: parts of a whole, and sums that the form prints.
const NEW: [&str; 10] = [
    "applicant[0].first_name",
    "applicant[0].middle",
    "applicant[0].last_name",
    "assets.total",
    "liabilities.total",
    "net_worth",
    "applicant[0].monthly_income.total",
    "business.address.state",
    "business.address.zip",
    "business.address.city",
];

fn is_the_same(read: &ClientFact, known: &ClientFact) -> bool {
    match (value(read), value(known)) {
        // A form without cents tells the unit, and says that it is no surer than a proposal.
        (Some(FactValue::Money(a)), Some(FactValue::Money(b))) => {
            a == b || (a.minor().abs_diff(b.minor()) <= 50 && read.confidence < 0.8)
        }
        // A national number is shown without its country.
        (Some(FactValue::Phone(a)), Some(FactValue::Phone(b))) => a.ends_with(b.trim_start_matches("+1")),
        (Some(FactValue::Text(a)), Some(FactValue::Text(b))) => a.to_lowercase() == b.to_lowercase(),
        (a, b) => a.is_some() && a == b,
    }
}

#[test]
fn what_was_filled_is_read_and_nothing_else() {
    for name in BLANKS {
        let case = Case::read(name);
        let reading = facts_of_form("filled.pdf", &filled(&case), &case.mapping);
        assert!(!reading.facts.facts.is_empty(), "{name}");
        for fact in &reading.facts.facts {
            let known = case.facts.lead(&fact.key);
            let is_right =
                known.map_or_else(|| NEW.contains(&fact.key.as_str()), |lead| is_the_same(fact, lead.fact));
            assert!(is_right, "{name}: {fact:?}");
            assert!(
                fact.source.is_some() && fact.document.as_deref() == Some("filled.pdf"),
                "{name}: {fact:?}"
            );
            assert!(fact.status == FactStatus::Extracted && fact.confidence <= 0.95, "{name}: {fact:?}");
        }
    }
}

#[test]
fn every_answer_is_a_fact_or_is_named() {
    for name in BLANKS {
        let case = Case::read(name);
        let fields = filled(&case);
        let reading = facts_of_form("filled.pdf", &fields, &case.mapping);
        let boxes: BTreeSet<String> =
            reading.facts.facts.iter().filter_map(|fact| Some(format!("{:?}", fact.source?))).collect();
        let named: BTreeSet<&str> = reading.left_out.iter().map(|left| left.field.as_str()).collect();
        for field in fields.iter().filter(|field| field.value.is_some()) {
            let place = field.widgets.first().map(|widget| {
                let source = smartexus_domain::Source { page: widget.page.unwrap(), bounds: widget.bounds };
                format!("{source:?}")
            });
            // The further pieces of a number or a day stand under its first.
            let is_piece = ["f1_09", "f1_15[0]", "f1_16[0]", "f1_18[0]", "f1_19[0]"]
                .iter()
                .any(|end| field.name.ends_with(end));
            let is_fact = place.is_some_and(|place| boxes.contains(&place));
            assert!(is_fact || is_piece || named.contains(field.name.as_str()), "{name}: {}", field.name);
        }
    }
}

#[test]
fn a_form_filled_from_what_was_read_says_the_same() {
    for name in BLANKS {
        let case = Case::read(name);
        let reading = facts_of_form("filled.pdf", &filled(&case), &case.mapping);
        let sure = reading.facts.facts.into_iter().filter(|fact| fact.confidence >= 0.8).collect();
        let again = Case { facts: FactBook::new(sure), ..case };
        let said: BTreeMap<String, String> =
            filled(&again).into_iter().filter_map(|field| Some((field.name, field.value?))).collect();
        assert!(
            said.len() * 2 > again.truth.answers.len() || name == "personal-statement",
            "{name}: {said:?}"
        );
        for (field, value) in said {
            assert_eq!(again.truth.answers.get(&field), Some(&value), "{name} {field}");
        }
    }
}

fn reading_of(name: &str, answers: &[(&str, &str)]) -> FormReading {
    let case = Case::read(name);
    let mut fields = case.form.describe();
    for (field, answer) in answers {
        let known = fields.iter_mut().find(|known| known.name == *field).unwrap_or_else(|| panic!("{field}"));
        known.value = Some((*answer).to_owned());
    }
    facts_of_form("f.pdf", &fields, &case.mapping)
}

#[test]
fn what_would_be_a_guess_is_left_out_with_its_code() {
    const TREE: &str = "topmostSubform[0].Page1[0]";
    let day = |unit: &str| format!("{TREE}.f1_{unit}[0]");
    for (name, answers, code) in [
        ("personal-statement", vec![("Marital", "Not Married")], "not_invertible"),
        ("personal-statement", vec![("AsOf", "31/31/2026")], "unreadable"),
        ("personal-statement", vec![("MoreDebts", "A; B")], "joined"),
        ("personal-statement", vec![("SSN", "900-11-2222")], "persons_word"),
        ("taxpayer-request", vec![("f1_04", "10117 Berlin")], "joined"),
        ("taxpayer-request", vec![("c1_01", "1"), ("c1_05", "5")], "contradicts"),
        ("taxpayer-request", vec![("f1_08", "98")], "part_missing"),
        ("taxpayer-request", vec![("f1_08", "98"), ("f1_09", "76543")], "part_missing"),
        ("transcript-request", vec![(day("14").as_str(), "12"), (day("15").as_str(), "31")], "part_missing"),
        (
            "transcript-request",
            vec![(day("5").as_str(), "HARBOUR LANE, SUITE B, PORT ELLERY, TX, 78702")],
            "joined",
        ),
        ("residential-application", vec![("b.citizen", "U.S. Citizen")], "persons_word"),
        ("residential-application", vec![("cur.months", "4")], "unmapped"),
    ] {
        let reading = reading_of(name, &answers);
        let codes: Vec<&str> = reading.left_out.iter().map(|left| left.code.as_str()).collect();
        assert!(!codes.is_empty() && codes.iter().all(|found| *found == code), "{answers:?}: {codes:?}");
        let told = reading
            .left_out
            .iter()
            .all(|left| answers.iter().all(|(_, a)| a.len() < 3 || !left.reason.contains(a)));
        assert!(told, "{answers:?}: a reason quotes an answer");
        for fact in &reading.facts.facts {
            assert!(fact.key.ends_with(".state") || fact.key.ends_with(".zip"), "{answers:?}: {fact:?}");
        }
    }
}

#[test]
fn pieces_and_tails_are_put_together() {
    let facts = |reading: FormReading| -> BTreeMap<String, String> {
        reading.facts.facts.into_iter().map(|fact| (fact.key, fact.value)).collect()
    };
    let request = facts(reading_of(
        "taxpayer-request",
        &[("f1_08", "98"), ("f1_09", "7654321"), ("f1_04", "Port Ellery TX 78701")],
    ));
    let expected = [
        ("business.address.city", "Port Ellery"),
        ("business.address.state", "TX"),
        ("business.address.zip", "78701"),
        ("business.ein", "987654321"),
    ];
    assert_eq!(request, expected.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect());
    let statement = reading_of("personal-statement", &[("AsOf", "03/04/2026"), ("cash", "18,251")]);
    let [day, cash] = statement.facts.facts.as_slice() else { panic!("{statement:?}") };
    assert_eq!((day.value.as_str(), cash.value.as_str()), ("2026-03-04", "18251.00"));
    assert!(cash.confidence < 0.8, "an amount without cents is a proposal");
}
