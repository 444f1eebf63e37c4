//! Archives and the workbooks in them.

use super::archive::{Entry, zip, zip_claiming};
use super::packed::zeros;
use super::shelf::Shelf;

const TYPES: &str = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>";
const RELATIONS: &str = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
const BOOK: &str = "<?xml version=\"1.0\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
const BOOK_RELATIONS: &str = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>";

pub(super) fn make(shelf: &mut Shelf) {
    shelf.put_all("archive", "zip", archives());
    for (name, sheet) in sheets() {
        shelf.put("workbook", &format!("{name}.xlsx"), workbook(&sheet, None, &[]));
    }
    for (name, strings) in strings() {
        let sheet = sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>");
        shelf.put("workbook", &format!("strings-{name}.xlsx"), workbook(&sheet, Some(&strings), &[]));
    }
    shelf.put_all("workbook", "xlsx", packages());
    shelf.put_all("other-office", "ods", tables_with_repeats());
}

/// A workbook whose one sheet is this.
pub(super) fn workbook(sheet: &str, strings: Option<&str>, more: &[Entry]) -> Vec<u8> {
    let mut entries = vec![
        Entry::packed("[Content_Types].xml", TYPES.as_bytes()),
        Entry::packed("_rels/.rels", RELATIONS.as_bytes()),
        Entry::packed("xl/workbook.xml", BOOK.as_bytes()),
        Entry::packed("xl/_rels/workbook.xml.rels", BOOK_RELATIONS.as_bytes()),
        Entry::packed("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    entries.extend(strings.map(|strings| Entry::packed("xl/sharedStrings.xml", strings.as_bytes())));
    entries.extend_from_slice(more);
    zip(&entries)
}

fn sheet(rows: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    )
}

fn cell(place: &str, inner: &str) -> String {
    format!("<row r=\"1\"><c r=\"{place}\"{inner}</c></row>")
}

/// Sheets whose cells are too many or nowhere.
fn sheets() -> Vec<(String, String)> {
    let number = |place: &str| cell(place, "><v>1</v>");
    let dimension =
        |range: &str| sheet("").replace("<sheetData>", &format!("<dimension ref=\"{range}\"/><sheetData>"));
    let named = [
        (
            "corners-only",
            sheet(&(number("A1") + "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>")),
        ),
        ("billion-cells-claimed", dimension("A1:XFD1048576")),
        ("row-beyond", sheet("<row r=\"4294967295\"><c r=\"A4294967295\"><v>1</v></c></row>")),
        (
            "row-far-beyond",
            sheet("<row r=\"99999999999999999999\"><c r=\"A99999999999999999999\"><v>1</v></c></row>"),
        ),
        ("column-beyond", sheet(&number("ZZZZZZZZZZ1"))),
        ("row-none", sheet(&number("A0"))),
        ("place-is-words", sheet(&number("no place"))),
        ("place-is-empty", sheet(&number(""))),
        ("dimension-backwards", dimension("XFD1048576:A1")),
        ("dimension-is-words", dimension("many")),
        ("cells-a-hundred-thousand", sheet(&"<row><c><v>1</v></c></row>".repeat(100_000))),
        ("one-row-of-sixteen-thousand", sheet(&format!("<row>{}</row>", "<c><v>1</v></c>".repeat(16_384)))),
        ("string-beyond", sheet(&cell("A1", " t=\"s\"><v>4294967295</v>"))),
        ("string-negative", sheet(&cell("A1", " t=\"s\"><v>-1</v>"))),
        ("style-beyond", sheet(&cell("A1", " s=\"99999999\"><v>1</v>"))),
        ("type-unknown", sheet(&cell("A1", " t=\"zz\"><v>1</v>"))),
        ("number-endless", sheet(&cell("A1", &format!("><v>{}</v>", "9".repeat(5_000))))),
        ("number-is-none", sheet(&cell("A1", "><v>NaN</v>"))),
        ("date-before-time", sheet(&cell("A1", " t=\"d\"><v>-999999-99-99T99:99:99</v>"))),
        ("formula-of-a-program", sheet(&cell("A1", "><f>cmd|'/c calc'!A1</f><v>1</v>"))),
        ("formula-of-the-network", sheet(&cell("A1", "><f>WEBSERVICE(\"http://127.0.0.1:9/\")</f><v>1</v>"))),
        (
            "shared-formula-of-itself",
            sheet(&cell("A1", "><f t=\"shared\" si=\"0\" ref=\"A1:XFD1048576\">A1</f><v>1</v>")),
        ),
        ("rows-never-close", sheet("<row><c>").replace("</sheetData></worksheet>", "")),
        ("nested", sheet(&format!("{}{}", "<row>".repeat(20_000), "</row>".repeat(20_000)))),
        (
            "merged-everything",
            sheet("").replace(
                "</sheetData>",
                &format!(
                    "</sheetData><mergeCells>{}</mergeCells>",
                    "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(2_000)
                ),
            ),
        ),
        ("no-sheet-data", "<worksheet/>".to_owned()),
        ("no-xml", "\0\0\0\0".to_owned()),
    ];
    named.into_iter().map(|(name, text)| (name.to_owned(), text)).collect()
}

fn strings() -> Vec<(String, String)> {
    let table = |head: &str, items: &str| {
        format!(
            "<?xml version=\"1.0\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"{head}>{items}</sst>"
        )
    };
    vec![
        (
            "billion-claimed".to_owned(),
            table(" count=\"4294967295\" uniqueCount=\"4294967295\"", "<si><t>a</t></si>"),
        ),
        ("negative".to_owned(), table(" count=\"-1\" uniqueCount=\"-1\"", "")),
        ("none".to_owned(), table("", "")),
        ("long".to_owned(), table("", &format!("<si><t>{}</t></si>", "A".repeat(3_000_000)))),
        ("million".to_owned(), table("", &"<si/>".repeat(300_000))),
        ("nested".to_owned(), table("", &"<si>".repeat(50_000))),
    ]
}

/// Packages whose parts are not what they say.
fn packages() -> Vec<(String, Vec<u8>)> {
    let sheet = sheet(&cell("A1", "><v>1</v>"));
    let with = |entry: Entry| workbook(&sheet, None, &[entry]);
    let bomb = || Entry::bomb("xl/worksheets/sheet1.xml", &zeros(1 << 30), 1 << 30);
    vec![
        (
            "part-of-a-gigabyte".to_owned(),
            zip(&[
                Entry::packed("[Content_Types].xml", TYPES.as_bytes()),
                Entry::packed("xl/workbook.xml", BOOK.as_bytes()),
                bomb(),
            ]),
        ),
        ("part-above-the-folder".to_owned(), with(Entry::stored("../../../../tmp/a.xml", b"<a/>"))),
        ("part-at-the-root".to_owned(), with(Entry::stored("/etc/passwd", b"<a/>"))),
        ("part-twice".to_owned(), with(Entry::packed("xl/workbook.xml", b"<workbook/>"))),
        ("part-without-a-name".to_owned(), with(Entry::stored("", b"<a/>"))),
        ("part-with-nul".to_owned(), with(Entry::stored("xl/a\0.xml", b"<a/>"))),
        ("macros".to_owned(), with(Entry::stored("xl/vbaProject.bin", &[0xD0, 0xCF, 0x11, 0xE0].repeat(40)))),
        (
            "outside-link".to_owned(),
            with(Entry::packed(
                "xl/externalLinks/externalLink1.xml",
                b"<externalLink xmlns:r=\"r\"><externalBook r:id=\"r1\"/></externalLink>",
            )),
        ),
        (
            "relations-in-a-circle".to_owned(),
            with(Entry::packed(
                "xl/worksheets/_rels/sheet1.xml.rels",
                BOOK_RELATIONS.replace("worksheets/sheet1.xml", "../worksheets/sheet1.xml").as_bytes(),
            )),
        ),
        ("only-the-name".to_owned(), zip(&[Entry::stored("xl/workbook.xml", b"")])),
    ]
}

fn archives() -> Vec<(String, Vec<u8>)> {
    let one = Entry::stored("a.txt", b"abc");
    let mut cases = vec![
        ("empty".to_owned(), zip(&[])),
        ("entries-sixty-thousand-claimed".to_owned(), zip_claiming(std::slice::from_ref(&one), 65_535)),
        ("entries-twenty-thousand".to_owned(), zip(&vec![Entry::stored("a", b""); 20_000])),
        ("directory-only".to_owned(), b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec()),
        ("header-only".to_owned(), b"PK\x03\x04".to_vec()),
        ("starts-itself-again".to_owned(), b"PK\x03\x04".repeat(900)),
        ("large-kind-beyond".to_owned(), [zip(std::slice::from_ref(&one)), b"PK\x06\x06\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7FPK\x06\x07\0\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F\x01\0\0\0PK\x05\x06\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0".to_vec()].concat()),
    ];
    for (name, entry) in [
        ("offset-beyond", Entry { offset: Some(u32::MAX), ..one.clone() }),
        ("packed-size-beyond", Entry { packed: u32::MAX, ..one.clone() }),
        ("size-beyond", Entry { unpacked: u32::MAX, ..one.clone() }),
        ("locked", Entry { flags: 1, ..one.clone() }),
        ("sizes-follow", Entry { flags: 8, packed: 0, unpacked: 0, ..one.clone() }),
        ("method-unknown", Entry { method: 99, ..one.clone() }),
        ("wrong-checksum", Entry { crc: 7, ..one.clone() }),
        ("path-upwards", Entry { name: "../".repeat(40) + "etc/passwd", ..one.clone() }),
        ("name-of-sixty-thousand", Entry { name: "a".repeat(60_000), ..one.clone() }),
        ("bomb", Entry::bomb("a", &zeros(1 << 30), 1 << 30)),
    ] {
        cases.push((name.to_owned(), zip(&[entry])));
    }
    // Every entry is the same bytes: little that unpacks to much, without nesting.
    let shared = Entry::bomb("kernel", &zeros(1 << 24), 1 << 24);
    let again = |index: usize| Entry {
        name: format!("f{index}"),
        data: Vec::new(),
        offset: Some(0),
        ..shared.clone()
    };
    let entries: Vec<Entry> = std::iter::once(shared.clone()).chain((0..600).map(again)).collect();
    cases.push(("entries-over-each-other".to_owned(), zip(&entries)));
    let mut nested = zip(&[Entry::bomb("0.dat", &zeros(1 << 26), 1 << 26)]);
    for level in 0..6 {
        let copies: Vec<Entry> =
            (0..16).map(|copy| Entry::packed(&format!("{level}-{copy}.zip"), &nested)).collect();
        nested = zip(&copies);
    }
    cases.push(("sixteen-in-sixteen-six-deep".to_owned(), nested));
    cases.push(("holds-its-own-head".to_owned(), quine()));
    cases
}

/// An archive whose one entry is the archive up to that entry: the first step of one that holds itself.
fn quine() -> Vec<u8> {
    let mut inner = zip(&[Entry::stored("q.zip", b"")]);
    for _ in 0..8 {
        inner = zip(&[Entry::stored("q.zip", &inner)]);
    }
    let start = Entry { offset: Some(0), ..Entry::stored("q.zip", &inner) };
    [inner, zip(&[start])].concat()
}

fn tables_with_repeats() -> Vec<(String, Vec<u8>)> {
    let kind = Entry::stored("mimetype", b"application/vnd.oasis.opendocument.spreadsheet");
    let content = |table: &str| {
        let xml = format!(
            "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
        );
        zip(&[kind.clone(), Entry::packed("content.xml", xml.as_bytes())])
    };
    let repeats = |rows: &str, columns: &str| {
        content(&format!(
            "<table:table><table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell table:number-columns-repeated=\"{columns}\" office:value=\"1\"/></table:table-row></table:table>"
        ))
    };
    [
        ("repeats-everything", repeats("1048576", "16384")),
        ("repeats-beyond", repeats("4294967295", "4294967295")),
        ("repeats-negative", repeats("-1", "-1")),
        ("repeats-in-repeats", content(&"<table:table-row table:number-rows-repeated=\"9999\">".repeat(900))),
        ("no-content", zip(std::slice::from_ref(&kind))),
    ]
    .map(|(name, bytes)| (name.to_owned(), bytes))
    .to_vec()
}
