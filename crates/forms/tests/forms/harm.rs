//! Forms that mean harm, or are broken: each is refused with its code, or read in bounds.

use crate::{BLANKS, Case};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use smartexus_forms::{FieldValue, FillOptions, FillProblem, Form, FormError, FormLimits};
use std::collections::BTreeMap;

/// A file of one page with a catalog entry `/AcroForm` and objects behind it.
fn file(acro_form: Dictionary, objects: Vec<(u32, Object)>) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let widgets: Vec<Object> = objects.iter().map(|(id, _)| Object::Reference((*id, 0))).collect();
    document.objects.insert((1, 0), Object::Dictionary(dictionary! { "Type" => "Catalog", "Pages" => Object::Reference((2, 0)), "AcroForm" => acro_form }));
    document.objects.insert(
        (2, 0),
        Object::Dictionary(
            dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![Object::Reference((3, 0))] },
        ),
    );
    document.objects.insert(
        (3, 0),
        Object::Dictionary(dictionary! {
            "Type" => "Page", "Parent" => Object::Reference((2, 0)), "Annots" => widgets,
            "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
        }),
    );
    document.objects.extend(objects.into_iter().map(|(id, object)| ((id, 0), object)));
    document.max_id = 100_000;
    document.trailer.set("Root", Object::Reference((1, 0)));
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn text_field(name: &str) -> Dictionary {
    dictionary! {
        "FT" => "Tx", "T" => Object::string_literal(name), "Subtype" => "Widget",
        "Rect" => vec![10.into(), 10.into(), 200.into(), 30.into()],
    }
}

fn fields(ids: &[u32]) -> Dictionary {
    dictionary! { "Fields" => ids.iter().map(|id| Object::Reference((*id, 0))).collect::<Vec<_>>() }
}

fn open(bytes: &[u8]) -> Result<Form, FormError> {
    Form::open(bytes, None, &FormLimits::default())
}

#[test]
fn what_is_no_fillable_form_is_refused_with_its_code() {
    let mut xfa = fields(&[]);
    xfa.set("XFA", Object::string_literal("<xdp/>"));
    for (bytes, error, code) in [
        (b"%PDF-1.7\nnothing".to_vec(), FormError::Corrupt, "corrupt"),
        (b"<html>".to_vec(), FormError::NotPdf, "unsupported_media"),
        (file(fields(&[]), Vec::new()), FormError::NoFields, "no_form_fields"),
        (file(xfa, Vec::new()), FormError::XfaOnly, "unsupported_form"),
    ] {
        assert_eq!(open(&bytes).err(), Some(error));
        assert_eq!(error.code().as_str(), code);
    }
}

#[test]
fn a_signed_form_is_read_and_not_filled() {
    let mut signature = text_field("sig");
    signature.set("FT", "Sig");
    signature.set("V", dictionary! { "Type" => "Sig", "Contents" => Object::string_literal("x") });
    let objects = vec![(10, Object::Dictionary(signature)), (11, Object::Dictionary(text_field("a")))];
    let form = open(&file(fields(&[10, 11]), objects)).unwrap();
    let values = BTreeMap::from([("a".to_owned(), FieldValue::Text("x".to_owned()))]);
    assert!(form.is_signed());
    assert_eq!(form.fill(&values, &FillOptions::default()).err(), Some(FormError::Signed));
}

#[test]
fn an_xfa_twin_is_dropped_and_told() {
    let mut hybrid = fields(&[10]);
    hybrid.set("XFA", Object::string_literal("<xdp/>"));
    let form = open(&file(hybrid, vec![(10, Object::Dictionary(text_field("a")))])).unwrap();
    assert!(form.findings().iter().any(|finding| finding.code == "xfa_dropped"));
    let values = BTreeMap::from([("a".to_owned(), FieldValue::Text("x".to_owned()))]);
    let filled = form.fill(&values, &FillOptions::default()).unwrap();
    assert!(!open(&filled.bytes).unwrap().findings().iter().any(|finding| finding.code == "xfa_dropped"));
}

#[test]
fn trees_that_come_back_or_go_deep_end() {
    let mut turning = text_field("a");
    turning.set("Kids", vec![Object::Reference((10, 0)), Object::Reference((11, 0))]);
    let mut back = text_field("b");
    back.set("Kids", vec![Object::Reference((10, 0))]);
    back.set("Parent", Object::Reference((11, 0)));
    let _ = open(&file(fields(&[10, 10, 11]), vec![(10, turning.into()), (11, back.into())]));
    let deep: Vec<(u32, Object)> = (10..210_u32)
        .map(|id| {
            let mut node = text_field("n");
            node.set("Kids", vec![Object::Reference((id + 1, 0))]);
            (id, Object::Dictionary(node))
        })
        .collect();
    let deep = open(&file(fields(&[10]), deep));
    assert!(
        deep.is_err() || deep.unwrap().findings().iter().any(|finding| finding.code == "fields_too_deep")
    );
}

#[test]
fn what_nobody_would_see_is_refused() {
    let values = BTreeMap::from([("a".to_owned(), FieldValue::Text("x".to_owned()))]);
    let fill = |objects: Vec<(u32, Object)>, ids: &[u32], flatten| {
        let form = open(&file(fields(ids), objects)).unwrap();
        let options = FillOptions { flatten, ..FillOptions::default() };
        form.fill(&values, &options).unwrap().refused.get("a").copied()
    };
    // Bits 2 and 6 of `/F`: hidden from everybody, from whoever looks at a screen.
    for (flags, refused) in [(4, None), (2, Some(FillProblem::Invisible)), (36, Some(FillProblem::Invisible))]
    {
        let mut field = text_field("a");
        field.set("F", flags);
        assert_eq!(fill(vec![(10, field.into())], &[10], false), refused, "{flags}");
    }
    // Of two fields of one name and different kinds some viewers show only one; on a flat copy everybody sees both.
    let mut tick = text_field("a");
    tick.set("FT", "Btn");
    let both = vec![(10, text_field("a").into()), (11, tick.into())];
    assert_eq!(fill(both.clone(), &[11, 10], false), Some(FillProblem::SharedName));
    assert_eq!(fill(both, &[10, 11], true), None);
}

#[test]
fn an_absurd_widget_is_no_harm() {
    let values = BTreeMap::from([("a".to_owned(), FieldValue::Text("x".to_owned()))]);
    for (key, value) in [
        ("Rect", Object::Array(vec![0.into(), 0.into(), 0.into(), 0.into()])),
        ("Rect", Object::Array(vec![Object::Real(1e30), 0.into(), 1.into(), 1.into()])),
        ("MaxLen", Object::Integer(i64::MAX)),
        ("DA", Object::string_literal("/F1 99999999999999999999999999 Tf")),
        ("Ff", Object::Integer(-1)),
        ("MK", Object::Dictionary(dictionary! { "R" => i64::MIN, "BC" => vec![Object::Real(f32::MAX)] })),
        ("V", Object::Reference((10, 0))),
        ("AP", Object::Reference((10, 0))),
    ] {
        let mut field = text_field("a");
        field.set(key, value);
        let Ok(form) = open(&file(fields(&[10]), vec![(10, field.into())])) else { continue };
        for flatten in [false, true] {
            let _ = form.fill(&values, &FillOptions { flatten, ..FillOptions::default() });
        }
    }
}

#[test]
fn drawings_of_a_box_that_stand_behind_a_reference_come_into_the_widget() {
    let mut tick = text_field("a");
    tick.set("FT", "Btn");
    tick.set("AS", "Off");
    tick.set("AP", dictionary! { "N" => Object::Reference((11, 0)), "D" => Object::Reference((11, 0)) });
    let states = dictionary! { "On_x" => Object::Reference((12, 0)), "Off" => Object::Reference((12, 0)) };
    let drawing = lopdf::Stream::new(
        dictionary! { "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()] },
        Vec::new(),
    );
    let objects = vec![(10, tick.into()), (11, states.clone().into()), (12, drawing.into())];
    let form = open(&file(fields(&[10]), objects)).unwrap();
    let values = BTreeMap::from([("a".to_owned(), FieldValue::Check(true))]);
    let filled = form.fill(&values, &FillOptions::default()).unwrap();
    let after = Document::load_mem(&filled.bytes).unwrap();
    let widget = after.get_dictionary((10, 0)).unwrap();
    assert_eq!(widget.get(b"AS").and_then(Object::as_name).unwrap(), b"On_x");
    let normal = widget.get(b"AP").and_then(Object::as_dict).and_then(|ap| ap.get(b"N")).unwrap();
    assert_eq!(normal.as_dict().unwrap(), &states);
}

/// A file of numbers that follows from its seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most.max(1)
    }
}

#[test]
fn five_hundred_mutants_are_read_or_refused() {
    let cases: Vec<Case> = BLANKS.iter().map(|name| Case::read(name)).collect();
    let mut chance = Chance(7);
    let mut opened = 0;
    for round in 0..500 {
        let case = &cases[round % cases.len()];
        let mut bytes = case.bytes.clone();
        for _ in 0..=chance.below(20) {
            let at = chance.below(bytes.len());
            match chance.below(4) {
                0 => bytes[at] = u8::try_from(chance.below(256)).unwrap(),
                1 => bytes[at] ^= 1 << chance.below(8),
                2 => drop(bytes.drain(at..(at + chance.below(9)).min(bytes.len()))),
                _ => bytes.insert(at, b"0123456789<>[]()/ "[chance.below(18)]),
            }
        }
        let Ok(form) = open(&bytes) else { continue };
        opened += 1;
        // Filling reads the whole file again: a part of them is enough to find a crash.
        if opened % 3 != 0 {
            continue;
        }
        let values: BTreeMap<String, FieldValue> = form
            .describe()
            .into_iter()
            .map(|field| {
                (
                    field.name,
                    if field.kind.is_button() {
                        FieldValue::Check(true)
                    } else {
                        FieldValue::Text("12".to_owned())
                    },
                )
            })
            .collect();
        let _ = form.fill(&values, &FillOptions { flatten: round % 2 == 0, ..FillOptions::default() });
    }
    assert!(
        opened > 100,
        "only {opened} of 500 could be opened: the mutants are too broken to show anything"
    );
}

#[test]
fn every_object_that_is_not_the_forms_is_the_same_afterwards() {
    let case = Case::read("personal-statement");
    let values = BTreeMap::from([("Name".to_owned(), FieldValue::Text("Mara".to_owned()))]);
    let filled = case.form.fill(&values, &FillOptions::default()).unwrap();
    let before = Document::load_mem(&case.bytes).unwrap();
    let after = Document::load_mem(&filled.bytes).unwrap();
    let changed: Vec<ObjectId> = before
        .objects
        .iter()
        .filter(|(id, object)| after.objects.get(id) != Some(object))
        .map(|(id, _)| *id)
        .collect();
    let is_expected = |id: &ObjectId| {
        let dictionary = before.get_dictionary(*id).unwrap();
        *id == (1, 0) || dictionary.get(b"T").is_ok_and(|name| name.as_str().unwrap() == b"Name")
    };
    assert_eq!(changed.len(), 2);
    assert!(changed.iter().all(is_expected));
}
