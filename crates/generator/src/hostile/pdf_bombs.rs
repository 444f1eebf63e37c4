//! A few bytes that become very many.

use super::draft::{CONTENT, Draft, FONT, FREE, LINE, PAGE, XOBJECT, stream};
use super::packed::{ascii_hex, ascii85_zeros, deflated, lzw_run, runs, zeros};
use super::shelf::Shelf;

const MIB: usize = 1024 * 1024;

pub(super) fn make(shelf: &mut Shelf) {
    for (class, cases) in [
        ("flate-bomb", flate()),
        ("lzw-bomb", one_filter("LZWDecode", lzw_run)),
        ("run-length-bomb", one_filter("RunLengthDecode", |bytes| deflated(&runs(bytes)))),
        ("ascii85-bomb", one_filter("ASCII85Decode", |bytes| deflated(&ascii85_zeros(bytes)))),
    ] {
        for (name, entries, data) in cases {
            for (place, draft) in places(&entries, &data) {
                shelf.put(class, &format!("{name}-in-{place}.pdf"), draft.file());
            }
        }
    }
    shelf.put_all("predictor-bomb", "pdf", predictors());
    shelf.put_all("filter-chain", "pdf", chains());
    shelf.put_all(
        "form-bomb",
        "pdf",
        [5, 10, 40].map(|depth| (format!("ten-times-ten-{depth}"), forms(depth))),
    );
}

type Bomb = (String, String, Vec<u8>);

fn flate() -> Vec<Bomb> {
    let once = |bytes: u64| (format!("{}-mib", bytes >> 20), "/FlateDecode".to_owned(), zeros(bytes));
    let again = |bytes: u64| {
        let data = deflated(&zeros(bytes));
        (format!("{}-mib-packed-twice", bytes >> 20), "[/FlateDecode/FlateDecode]".to_owned(), data)
    };
    vec![once(16 << 20), once(256 << 20), again(64 << 20), again(1 << 30)]
}

/// One filter that expands, in two sizes; what would be large is deflated on top.
fn one_filter(filter: &str, bytes: impl Fn(usize) -> Vec<u8>) -> Vec<Bomb> {
    let filters =
        if filter == "LZWDecode" { format!("/{filter}") } else { format!("[/FlateDecode/{filter}]") };
    [16, 256].map(|mib| (format!("{mib}-mib"), filters.clone(), bytes(mib * MIB))).to_vec()
}

/// Where a stream can stand.
fn places(filter: &str, data: &[u8]) -> Vec<(&'static str, Draft)> {
    let draft = || Draft::new().stream(FREE, &format!("/Filter {filter}"), data);
    let also = |entries: &str| format!("/Filter {filter}{entries}");
    vec![
        ("content", draft().replaced(PAGE, &format!("/Contents {CONTENT}"), &format!("/Contents {FREE}"))),
        ("form", drawn(Draft::new().stream(XOBJECT, &also("/Subtype/Form/BBox[0 0 9 9]"), data))),
        (
            "image",
            drawn(Draft::new().stream(
                XOBJECT,
                &also("/Subtype/Image/Width 9000/Height 9000/BitsPerComponent 8/ColorSpace/DeviceRGB"),
                data,
            )),
        ),
        ("to-unicode", draft().replaced(FONT, "/Type/Font", &format!("/Type/Font/ToUnicode {FREE} 0 R"))),
        (
            "font-file",
            draft()
                .replaced(FONT, "/Encoding", &format!("/FontDescriptor {} 0 R/Encoding", FREE + 1))
                .replaced(FONT, "/Type1", "/TrueType")
                .with(FREE + 1, format!("<</Type/FontDescriptor/FontName/A/Flags 4/FontFile2 {FREE} 0 R>>")),
        ),
        ("object-stream", Draft::new().stream(FREE, &also("/Type/ObjStm/N 2/First 8"), data)),
        ("metadata", draft().replaced(1, "/Type/Catalog", &format!("/Type/Catalog/Metadata {FREE} 0 R"))),
    ]
}

fn drawn(draft: Draft) -> Draft {
    draft.content(format!("{LINE}/X Do\n"))
}

/// A predictor's row may be longer than memory.
fn predictors() -> Vec<(String, Vec<u8>)> {
    let mut cases = Vec::new();
    for predictor in [2, 10, 15, 99, -1] {
        for columns in ["0", "-5", "2147483647", "4294967297", "99999999999999999999"] {
            let entries = format!(
                "/Filter/FlateDecode/DecodeParms<</Predictor {predictor}/Columns {columns}/Colors 32/BitsPerComponent 16>>"
            );
            let draft = Draft::new().stream(CONTENT, &entries, &deflated(LINE.as_bytes()));
            cases.push((format!("predictor-{predictor}-columns-{columns}"), draft.file()));
        }
    }
    cases
}

fn chains() -> Vec<(String, Vec<u8>)> {
    let mut cases = Vec::new();
    for filter in
        ["FlateDecode", "ASCIIHexDecode", "RunLengthDecode", "ASCII85Decode", "Unheard", "Crypt", "DCTDecode"]
    {
        for count in [2_usize, 16, 1_000] {
            let entries = format!("/Filter[{}]", format!("/{filter}").repeat(count));
            let data = match filter {
                "FlateDecode" => (0..count.min(16)).fold(LINE.as_bytes().to_vec(), |data, _| deflated(&data)),
                "ASCIIHexDecode" => {
                    (0..count.min(6)).fold(LINE.as_bytes().to_vec(), |data, _| ascii_hex(&data))
                }
                _ => LINE.as_bytes().to_vec(),
            };
            let draft = Draft::new().stream(CONTENT, &entries, &data);
            cases.push((format!("{count}-{}", filter.to_lowercase()), draft.file()));
        }
    }
    let own_length = stream(&format!("/Filter {CONTENT} 0 R/Length {CONTENT} 0 R"), LINE.as_bytes());
    cases.push(("filter-is-itself".to_owned(), Draft::new().with(CONTENT, own_length).file()));
    cases
}

/// Each form draws the next one ten times.
fn forms(depth: i32) -> Vec<u8> {
    let mut draft = drawn(Draft::new());
    for level in 0..depth {
        let id = if level == 0 { XOBJECT } else { FREE + level };
        let entries = format!(
            "/Subtype/Form/BBox[0 0 600 700]/Resources<</Font<</F1 {FONT} 0 R>>/XObject<</X {} 0 R>>>>",
            FREE + level + 1
        );
        draft = draft.stream(id, &entries, format!("{}{LINE}", "/X Do ".repeat(10)).as_bytes());
    }
    draft.file()
}
