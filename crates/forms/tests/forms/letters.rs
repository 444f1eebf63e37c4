//! Answers in any script: each is shown in embedded glyphs, in the order in which it is read, and says what was meant.

use crate::Case;
use lopdf::{Dictionary, Document, Object, content::Content};
use smartexus_forms::{FieldValue, FillOptions, FillProblem};
use std::collections::BTreeMap;

/// One text of each script.
const TEXTS: [(&str, &str); 34] = [
    ("Latin", "Łódź Şişli"),
    ("Vietnamese", "Nguyễn"),
    ("Greek", "Αθήνα"),
    ("Cyrillic", "Житомир"),
    ("Armenian", "Երևան"),
    ("Georgian", "თბილისი"),
    ("Hebrew", "שלום 12"),
    ("Arabic", "شركة النخيل"),
    ("Urdu", "پاکستان ٹریڈرز"),
    ("Persian", "گل‌فروشی ۱۲۳"),
    ("Syriac", "ܫܠܡܐ"),
    ("Thaana", "ދިވެހި"),
    ("N'Ko", "ߒߞߏ"),
    ("Devanagari", "क्षत्रिय ट्रेडर्स"),
    ("Bengali", "ঢাকা"),
    ("Gurmukhi", "ਪੰਜਾਬ"),
    ("Gujarati", "અમદાવાદ"),
    ("Odia", "ଓଡ଼ିଶା"),
    ("Tamil", "சென்னை"),
    ("Telugu", "హైదరాబాద్"),
    ("Kannada", "ಬೆಂಗಳೂರು"),
    ("Malayalam", "കൊച്ചി"),
    ("Sinhala", "කොළඹ"),
    ("Thai", "กรุงเทพ น้ำ"),
    ("Thai, one glyph in two clusters", "ทำงาน"),
    ("Lao, the same", "ຄຳ ອາ"),
    ("Lao", "ວຽງຈັນ"),
    ("Khmer", "ភ្នំពេញ"),
    ("Burmese", "ရန်ကုန်"),
    ("Tibetan", "བོད་ལྗོངས"),
    ("Amharic", "አዲስ አበባ"),
    ("Chinese", "上海貿易有限公司"),
    ("Japanese", "さくら商店 カブ"),
    ("Korean", "서울 상회"),
];

struct Shown {
    /// What the glyphs stand for, one by one from left to right.
    glyphs: Vec<String>,
    /// What the file says that they say together, line by line.
    actual: Vec<String>,
}

impl Shown {
    /// As it is seen from left to right, or as the file says.
    fn said(&self) -> String {
        if self.actual.is_empty() { self.glyphs.concat() } else { self.actual.concat() }
    }

    fn says(&self, text: &str) -> bool {
        let seen = |line: &str| {
            let info = unicode_bidi::ParagraphBidiInfo::new(line, None);
            info.reorder_line(0..line.len()).into_owned()
        };
        let solid =
            |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200C}').collect::<String>();
        let said = solid(&self.said());
        said == solid(text) || said == text.lines().map(|line| solid(&seen(line))).collect::<String>()
    }
}

fn fill(field: &str, text: &str) -> Result<Vec<u8>, FillProblem> {
    let case = Case::read("loan-application");
    let values = BTreeMap::from([(field.to_owned(), FieldValue::Text(text.to_owned()))]);
    let filled = case.form.fill(&values, &FillOptions::default()).unwrap();
    filled.refused.get(field).map_or(Ok(filled.bytes), |problem| Err(*problem))
}

/// Reads the appearance of a field as a viewer would.
fn shown(bytes: &[u8], field: &str) -> Shown {
    let document = Document::load_mem(bytes).unwrap();
    let widget =
        document.objects.values().filter_map(|object| object.as_dict().ok()).find(|object| {
            object.get(b"T").and_then(Object::as_str).is_ok_and(|name| name == field.as_bytes())
        });
    let get = |dictionary: &Dictionary, key: &[u8]| -> Object {
        document.dereference(dictionary.get(key).unwrap()).unwrap().1.clone()
    };
    let look = get(get(widget.unwrap(), b"AP").as_dict().unwrap(), b"N");
    let look = look.as_stream().unwrap();
    let fonts = get(get(&look.dict, b"Resources").as_dict().unwrap(), b"Font");
    let fonts: BTreeMap<Vec<u8>, BTreeMap<u16, String>> = fonts
        .as_dict()
        .unwrap()
        .iter()
        .map(|(name, _)| {
            let font = get(fonts.as_dict().unwrap(), name);
            let below = get(font.as_dict().unwrap(), b"DescendantFonts").as_array().unwrap()[0].clone();
            let below = document.dereference(&below).unwrap().1.as_dict().unwrap().clone();
            let file = get(get(&below, b"FontDescriptor").as_dict().unwrap(), b"FontFile2");
            assert!(file.as_stream().unwrap().get_plain_content().unwrap().len() > 100, "a font program");
            (name.clone(), unicode_map(&get(font.as_dict().unwrap(), b"ToUnicode")))
        })
        .collect();
    let content = Content::decode(&look.get_plain_content().unwrap()).unwrap();
    let mut shown = Shown { glyphs: Vec::new(), actual: Vec::new() };
    let mut font = None;
    for operation in content.operations {
        match operation.operator.as_str() {
            "Tf" => font = fonts.get(operation.operands[0].as_name().unwrap()),
            "BDC" => {
                let text = operation.operands[1].as_dict().unwrap().get(b"ActualText").unwrap();
                shown.actual.push(lopdf::decode_text_string(text).unwrap());
            }
            "TJ" => {
                for part in operation.operands[0].as_array().unwrap() {
                    for code in part.as_str().unwrap_or_default().chunks_exact(2) {
                        let code = u16::from_be_bytes([code[0], code[1]]);
                        assert_ne!(code, 0, "a box instead of a letter");
                        shown.glyphs.push(font.unwrap().get(&code).cloned().unwrap_or_default());
                    }
                }
            }
            _ => {}
        }
    }
    shown
}

fn unicode_map(stream: &Object) -> BTreeMap<u16, String> {
    let text = String::from_utf8(stream.as_stream().unwrap().get_plain_content().unwrap()).unwrap();
    let pairs = text.lines().filter_map(|line| line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <"));
    let units = |hex: &str| -> Vec<u16> {
        (0..hex.len() / 4).map(|at| u16::from_str_radix(&hex[4 * at..4 * at + 4], 16).unwrap()).collect()
    };
    pairs
        .filter(|(code, _)| *code != "0000")
        .map(|(code, to)| (u16::from_str_radix(code, 16).unwrap(), String::from_utf16(&units(to)).unwrap()))
        .collect()
}

#[test]
fn every_script_is_shown_and_says_what_was_meant() {
    for (script, text) in TEXTS {
        let bytes = fill("business_dba", text).unwrap_or_else(|problem| panic!("{script}: {problem:?}"));
        let shown = shown(&bytes, "business_dba");
        assert!(shown.says(text), "{script}: {:?}", shown.glyphs);
        if script.contains("glyph in two") || script.contains("the same") {
            continue;
        }
        // Readers that do not ask what glyphs say together get every character, if not in order.
        let sorted = |text: &str| {
            let mut letters: Vec<char> = text.chars().filter(|c| *c != '\u{200C}').collect();
            letters.sort_unstable();
            letters
        };
        assert_eq!(sorted(&shown.glyphs.concat()), sorted(text), "{script}");
    }
}

#[test]
fn what_runs_leftward_begins_at_the_right() {
    let glyphs = |text: &str| shown(&fill("business_dba", text).unwrap(), "business_dba").glyphs.concat();
    assert_eq!(glyphs("אבג"), "גבא");
    // Numbers and foreign words inside keep their own direction.
    assert_eq!(glyphs("אבג 123 Łb"), "Łb 123 גבא");
    assert_eq!(glyphs("Łb אבג!"), "Łb גבא!");
    // A bracket is named as it is drawn.
    assert_eq!(glyphs("(אב) ג"), "ג (בא)");
}

#[test]
fn letters_join() {
    let bytes = fill("business_dba", "ببب").unwrap();
    let document = Document::load_mem(&bytes).unwrap();
    let maps = document.objects.values().filter_map(|object| object.as_stream().ok());
    let maps = maps.filter_map(|stream| String::from_utf8(stream.get_plain_content().ok()?).ok());
    let map = maps.into_iter().find(|text| text.contains("begincmap")).unwrap();
    assert_eq!(map.matches("<0628>").count(), 3, "three shapes of one letter: {map}");
}

#[test]
fn lines_and_cells_take_every_script() {
    let long = "上海市浦東新區世紀大道一百號環球金融中心".repeat(6);
    for text in [long.as_str(), "مرحبا بكم في الشركة\nسطر ثان", "नमस्ते दुनिया\nदूसरी पंक्ति"]
    {
        let shown = shown(&fill("use_of_funds", text).unwrap(), "use_of_funds");
        assert!(shown.says(text), "{text}: {:?}", shown.glyphs);
    }
    // Blank lines and blanks in a row have no glyphs.
    for text in ["上海\n\n北京", "上海  北京\n", " אב  גד "] {
        assert!(fill("use_of_funds", text).is_ok(), "{text:?}");
    }
    assert_eq!(fill("business_dba", "上海\n"), Err(FillProblem::LineBreak));
    // Each line runs as its own letters do, and numbers in cells are not turned around.
    let lines = shown(&fill("use_of_funds", "שלום\n2020 - 2024 Ł").unwrap(), "use_of_funds").glyphs.concat();
    assert_eq!(lines, "םולש2020 - 2024 Ł");
    let cells = shown(&fill("routing_number", "אב 123").unwrap(), "routing_number").glyphs.concat();
    assert_eq!(cells, "123 בא");
    assert!(fill("routing_number", "१२३४५६७८९").is_ok());
    assert_eq!(fill("routing_number", "१२३४५६७८९०"), Err(FillProblem::TooLong));
}

#[test]
fn what_no_font_has_is_refused() {
    for text in ["a\u{E000}", "shop 😀", "tab\there", "𓂀"] {
        assert_eq!(fill("business_dba", text), Err(FillProblem::NoGlyph), "{text}");
    }
}
