//! XML that unfolds, that reaches outside, and that has too much of everything.

use super::archive::Entry;
use super::shelf::Shelf;
use super::workbooks::workbook;

/// Around a document, what makes it one of the formats that are XML.
const KINDS: [(&str, &str, &str); 4] = [
    (
        "camt",
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt><Id>",
        "</Id></Stmt></BkToCstmrStmt></Document>",
    ),
    (
        "ofx",
        "<?OFX OFXHEADER=\"200\" VERSION=\"211\"?><OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>",
        "</TRNUID></STMTTRNRS></BANKMSGSRSV1></OFX>",
    ),
    ("svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>", "</text></svg>"),
    ("html", "<html><body><p>", "</p></body></html>"),
];

pub(super) fn make(shelf: &mut Shelf) {
    for (kind, head, tail) in KINDS {
        let ending = if kind == "camt" { "xml" } else { kind };
        for (class, name, subset, text) in entities() {
            let document =
                format!("<?xml version=\"1.0\"?>\n<!DOCTYPE a [\n{subset}]>\n{head}{text}{tail}\n");
            shelf.put(class, &format!("{name}-in-{kind}.{ending}"), document);
        }
        for (name, text) in excesses() {
            shelf.put(
                "markup-excess",
                &format!("{name}-in-{kind}.{ending}"),
                format!("{head}{text}{tail}\n"),
            );
        }
    }
    for (class, name, subset, text) in entities() {
        let sheet = format!(
            "<?xml version=\"1.0\"?><!DOCTYPE a [{subset}]><worksheet><sheetData><row><c><v>{text}</v></c></row></sheetData></worksheet>"
        );
        shelf.put(
            class,
            &format!("{name}-in-xlsx.xlsx"),
            workbook(&sheet, None, &[Entry::stored("xl/a.bin", b"")]),
        );
    }
}

type Entities = (&'static str, &'static str, String, &'static str);

fn entities() -> Vec<Entities> {
    let unfolding = |levels: usize, each: usize| {
        let mut subset = "<!ENTITY l0 \"ha\">\n".to_owned();
        for level in 1..=levels {
            let inner = format!("&l{};", level - 1).repeat(each);
            subset += &format!("<!ENTITY l{level} \"{inner}\">\n");
        }
        subset
    };
    let outside = |address: &str| format!("<!ENTITY x SYSTEM \"{address}\">\n");
    let (bomb, reach) = ("entity-bomb", "outside-entity");
    vec![
        (bomb, "billion-laughs", unfolding(9, 10), "&l9;"),
        (bomb, "thirty-doublings", unfolding(30, 2), "&l30;"),
        (bomb, "quadratic", format!("<!ENTITY x \"{}\">\n", "y".repeat(60_000)), "&x;&x;&x;&x;&x;&x;&x;&x;"),
        (bomb, "itself", "<!ENTITY x \"&x;\">\n".to_owned(), "&x;"),
        (bomb, "each-other", "<!ENTITY x \"&y;\"><!ENTITY y \"&x;\">\n".to_owned(), "&x;"),
        (bomb, "parameters", "<!ENTITY % a \"&#37;b;\"><!ENTITY % b \"&#37;a;\">%a;\n".to_owned(), "z"),
        (reach, "file", outside("file:///etc/passwd"), "&x;"),
        (reach, "device", outside("file:///dev/zero"), "&x;"),
        (reach, "network", outside("http://127.0.0.1:9/x"), "&x;"),
        (reach, "share", outside("\\\\127.0.0.1\\share\\x"), "&x;"),
        (reach, "parameter", "<!ENTITY % p SYSTEM \"http://127.0.0.1:9/p\">%p;\n".to_owned(), "&x;"),
        (
            reach,
            "include",
            String::new(),
            "<i:include xmlns:i=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\" parse=\"text\"/>",
        ),
    ]
}

fn excesses() -> Vec<(&'static str, String)> {
    let attributes = |count: usize| {
        let list: Vec<String> = (0..count).map(|n| format!("a{n}=\"\"")).collect();
        format!("<b {}/>", list.join(" "))
    };
    vec![
        ("attributes-900", attributes(900)),
        ("attributes-800-thousand", attributes(800_000)),
        ("attributes-of-one-name", format!("<b {}/>", "a=\"\" ".repeat(40_000))),
        ("nested-sixty-thousand", "<b>".repeat(60_000)),
        ("closed-sixty-thousand", "</b>".repeat(60_000)),
        ("name-of-a-megabyte", format!("<{}/>", "b".repeat(1_000_000))),
        ("comment-without-end", "<!-- ".to_owned() + &"- -".repeat(900)),
        ("data-without-end", "<![CDATA[".to_owned() + &"]]".repeat(900)),
        ("instruction-without-end", "<?a ".to_owned() + &"?".repeat(900)),
        (
            "spaces-of-names",
            format!(
                "<b {}/>",
                (0..5_000).map(|n| format!("xmlns:n{n}=\"u{n}\"")).collect::<Vec<_>>().join(" ")
            ),
        ),
        ("numbers-beyond", "&#x110000;&#99999999999;&#0;&#xD800;".repeat(90)),
    ]
}
