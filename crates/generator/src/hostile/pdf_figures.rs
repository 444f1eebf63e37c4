//! Numbers that cannot be meant.

use super::draft::{COLOR, CONTENT, Draft, FONT, FREE, LINE, PAGE, PAGES, XOBJECT, stream};
use super::shelf::Shelf;

/// Numbers that break one reader or another.
const NUMBERS: [(&str, &str); 14] = [
    ("zero", "0"),
    ("minus-one", "-1"),
    ("signed-max", "2147483647"),
    ("signed-max-and-one", "2147483648"),
    ("signed-min", "-2147483648"),
    ("unsigned-max", "4294967295"),
    ("long-max", "9223372036854775807"),
    ("forty-digits", "9999999999999999999999999999999999999999"),
    ("exponent", "1e308"),
    ("tiny", "0.0000000000000000000000000000001"),
    ("two-signs", "--5"),
    ("two-points", "1.2.3"),
    ("not-a-number", "NaN"),
    ("a-name", "/Big"),
];

pub(super) fn make(shelf: &mut Shelf) {
    for (name, number) in NUMBERS {
        for (place, bytes) in boxes(number) {
            shelf.put("absurd-box", &format!("{place}-{name}.pdf"), bytes);
        }
        for (place, bytes) in counts(number) {
            shelf.put("absurd-count", &format!("{place}-{name}.pdf"), bytes);
        }
        let lying = Draft::new().with(CONTENT, stream(&format!("/Length {number}"), LINE.as_bytes())).file();
        shelf.put("lying-length", &format!("content-{name}.pdf"), lying);
        shelf.put("absurd-operand", &format!("all-{name}.pdf"), operands(number));
    }
    for (name, operators) in operations() {
        shelf.put("absurd-operand", &format!("{name}.pdf"), Draft::new().content(operators).file());
    }
    for (name, length) in
        [("one-less", LINE.len() - 1), ("one-more", LINE.len() + 1), ("swallows-the-file", 600)]
    {
        let lying = Draft::new().with(CONTENT, stream(&format!("/Length {length}"), LINE.as_bytes())).file();
        shelf.put("lying-length", &format!("{name}.pdf"), lying);
    }
    let endings = format!("{LINE}endstream endobj endstream\n");
    shelf.put("lying-length", "ending-in-the-content.pdf", Draft::new().content(endings).file());
}

fn boxes(number: &str) -> Vec<(&'static str, Vec<u8>)> {
    let page = |old: &str, new: &str| Draft::new().replaced(PAGE, old, new).file();
    vec![
        ("media", page("[0 0 612 792]", &format!("[0 0 {number} {number}]"))),
        ("crop", page("/MediaBox", &format!("/CropBox[{number} 0 612 {number}]/MediaBox"))),
        ("unit", page("/MediaBox", &format!("/UserUnit {number}/MediaBox"))),
        ("rotate", page("/MediaBox", &format!("/Rotate {number}/MediaBox"))),
    ]
}

fn counts(number: &str) -> Vec<(&'static str, Vec<u8>)> {
    let new = Draft::new;
    let font = |entries: &str| new().replaced(FONT, "/Encoding", &format!("{entries}/Encoding")).file();
    let image = |entries: String| {
        let entries = format!("/Subtype/Image{entries}");
        new().stream(XOBJECT, &entries, b"\0\0\0\0").content(format!("{LINE}/X Do\n")).file()
    };
    let gray = "/BitsPerComponent 8/ColorSpace/DeviceGray";
    vec![
        ("pages", new().replaced(PAGES, "/Count 1", &format!("/Count {number}")).file()),
        ("size", resized(number)),
        ("first-char", font(&format!("/FirstChar {number}/LastChar 255/Widths[500 500]"))),
        ("last-char", font(&format!("/FirstChar 0/LastChar {number}/Widths[500 500]"))),
        ("image-width", image(format!("/Width {number}/Height 2{gray}"))),
        ("image-height", image(format!("/Width 2/Height {number}{gray}"))),
        ("image-bits", image(format!("/Width 2/Height 2/BitsPerComponent {number}/ColorSpace/DeviceGray"))),
        (
            "indexed",
            new()
                .with(COLOR, format!("[/Indexed/DeviceRGB {number} (abc)]"))
                .content(format!("{LINE}/C cs {number} sc 0 0 9 9 re f"))
                .file(),
        ),
        (
            "object-stream",
            new().stream(FREE, &format!("/Type/ObjStm/N {number}/First {number}"), b"21 0 <<>>").file(),
        ),
    ]
}

/// The trailer claims another number of objects.
fn resized(number: &str) -> Vec<u8> {
    let file = Draft::new().file();
    let text: String = file.iter().map(|byte| char::from(*byte)).collect();
    let lying = text.replace("/Size 6", &format!("/Size {number}"));
    lying.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

/// Every operator that takes numbers, with this one.
fn operands(number: &str) -> Vec<u8> {
    const OPERATORS: [(&str, usize); 22] = [
        ("cm", 6),
        ("w", 1),
        ("J", 1),
        ("j", 1),
        ("M", 1),
        ("i", 1),
        ("re", 4),
        ("m", 2),
        ("l", 2),
        ("c", 6),
        ("S", 0),
        ("rg", 3),
        ("k", 4),
        ("g", 1),
        ("Tc", 1),
        ("Tw", 1),
        ("Tz", 1),
        ("TL", 1),
        ("Tr", 1),
        ("Ts", 1),
        ("Td", 2),
        ("Tm", 6),
    ];
    let mut content = format!("q BT /F1 {number} Tf\n");
    for (operator, count) in OPERATORS {
        content += &format!("{}{operator} (A) Tj\n", format!("{number} ").repeat(count));
    }
    content += &format!(
        "[(A) {number} (B) {number}] TJ {number} {number} (C) \" ET [{number} {number}] {number} d Q\n"
    );
    Draft::new().content(content + LINE).file()
}

/// Operators without, or with far too much of, what they need.
fn operations() -> Vec<(String, String)> {
    let mut cases = Vec::new();
    for count in [33_usize, 3_000, 200_000] {
        cases.push((format!("{count}-numbers"), format!("{}re f {LINE}", "7 ".repeat(count))));
        cases.push((
            format!("{count}-in-an-array"),
            format!("BT /F1 9 Tf [{}] TJ ET", "(a) -9 ".repeat(count)),
        ));
        cases.push((format!("{count}-unknown"), format!("{}{LINE}", "foo ".repeat(count))));
        cases.push((format!("{count}-lines"), LINE.repeat(count.min(20_000))));
        cases.push((format!("{count}-glyphs"), format!("BT /F1 9 Tf ({}) Tj ET", "W".repeat(count))));
        cases.push((format!("{count}-curves"), format!("0 0 m {}b {LINE}", "1 2 3 4 5 6 c ".repeat(count))));
        cases.push((
            format!("{count}-dashes"),
            format!("[{}] 0 d 0 0 m 9999 9999 l S {LINE}", "0.001 ".repeat(count)),
        ));
    }
    for operator in [
        "cm", "re", "Tf", "Tj", "TJ", "'", "\"", "Do", "gs", "sh", "scn", "d", "BDC", "EMC", "EI", "ID", "d1",
    ] {
        let name = operator.replace('\'', "quote").replace('"', "double-quote");
        cases.push((format!("{name}-without-operands"), format!("BT {operator} ET {LINE}")));
    }
    cases
}
