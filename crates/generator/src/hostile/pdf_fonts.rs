//! Fonts and maps of characters that are broken, endless or about themselves.

use super::draft::{Draft, FONT, FREE};
use super::shelf::Shelf;

/// A map that is honest around `body`.
fn map(body: &str) -> String {
    format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n\
         1 begincodespacerange <00> <FF> endcodespacerange\n{body}\nendcmap end end\n"
    )
}

/// A composite font whose encoding is the given name or reference, and whose map to Unicode is object 21.
fn composite(encoding: &str, entries: &str) -> Draft {
    Draft::new()
        .with(FONT, format!("<</Type/Font/Subtype/Type0/BaseFont/A/Encoding {encoding}/DescendantFonts[{FREE} 0 R]{entries}>>"))
        .with(FREE, "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>/DW 500>>")
}

pub(super) fn make(shelf: &mut Shelf) {
    shelf.put_all("broken-font", "pdf", dictionaries());
    shelf.put_all("broken-font", "pdf", programs());
    for (name, body) in maps() {
        let simple = Draft::new().replaced(FONT, "/Encoding", "/ToUnicode 21 0 R/Encoding");
        shelf.put(
            "character-map",
            &format!("{name}-of-a-simple-font.pdf"),
            simple.stream(21, "", body.as_bytes()).file(),
        );
        let two = composite("/Identity-H", "/ToUnicode 21 0 R").stream(21, "", body.as_bytes());
        shelf.put("character-map", &format!("{name}-of-a-composite-font.pdf"), two.file());
        let encoding =
            composite("21 0 R", "").stream(21, "/Type/CMap/CMapName/A/UseCMap 21 0 R", body.as_bytes());
        shelf.put("character-map", &format!("{name}-as-encoding.pdf"), encoding.file());
    }
}

fn maps() -> Vec<(String, String)> {
    let mut cases: Vec<(String, String)> =
        [("empty", ""), ("only-words", "beginbfchar endbfchar beginbfrange endbfrange endcmap")]
            .map(|(name, body)| (name.to_owned(), body.to_owned()))
            .to_vec();
    for (name, body) in [
        ("uses-itself", "/A usecmap"),
        ("range-of-everything", "1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange"),
        ("range-backwards", "1 beginbfrange <FF> <00> <0041> endbfrange"),
        ("cid-range-of-everything", "1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange"),
        ("range-past-unicode", "1 beginbfrange <00> <FF> <DBFFDFFF> endbfrange"),
        ("half-surrogates", "2 beginbfchar <4F> <D800> <70> <DC00DC00> endbfchar"),
        ("odd-digits", "2 beginbfchar <4> <0> <4F7> <004> endbfchar"),
        ("billion-promised", "1000000000 beginbfchar <4F> <0041> endbfchar"),
        ("space-of-everything", "1 begincodespacerange <> <FFFFFFFFFFFFFFFFFF> endcodespacerange"),
        ("space-missing", "1 begincodespacerange endcodespacerange"),
        ("array-too-short", "1 beginbfrange <00> <FF> [<0041>] endbfrange"),
        ("never-ends", "1 beginbfrange <00> <FF> [<0041>"),
        ("negative", "1 begincidrange <00> <FF> -5 endcidrange"),
    ] {
        cases.push((name.to_owned(), map(body)));
    }
    cases.push((
        "one-code-to-a-novel".to_owned(),
        map(&format!("1 beginbfchar <4F> <{}> endbfchar", "0041".repeat(1_200))),
    ));
    cases.push((
        "ninety-thousand-ranges".to_owned(),
        map(&"1 beginbfrange <00> <FF> <0041> endbfrange\n".repeat(90_000)),
    ));
    cases.push(("nested".to_owned(), map(&format!("{} 0 {}", "[".repeat(3_000), "]".repeat(3_000)))));
    cases
}

fn dictionaries() -> Vec<(String, Vec<u8>)> {
    let mut cases = Vec::new();
    for (name, body) in [
        ("null", "null"),
        ("number", "5"),
        ("itself", "5 0 R"),
        ("page", "3 0 R"),
        ("nothing", "<<>>"),
        ("no-subtype", "<</Type/Font>>"),
        ("unknown-subtype", "<</Type/Font/Subtype/Type99/BaseFont/A>>"),
        ("composite-of-none", "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H>>"),
        (
            "composite-of-itself",
            "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[5 0 R]>>",
        ),
        (
            "composite-of-pages",
            "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-V/DescendantFonts[2 0 R]>>",
        ),
        ("type3-without-glyphs", "<</Type/Font/Subtype/Type3/FontMatrix[0 0 0 0 0 0]/FontBBox[0 0 0 0]>>"),
        ("encoding-is-itself", "<</Type/Font/Subtype/Type1/BaseFont/A/Encoding 5 0 R>>"),
        (
            "differences-backwards",
            "<</Type/Font/Subtype/Type1/BaseFont/A/Encoding<</Differences[300/a -4/b/c 99999999999/d]>>>>",
        ),
        ("descriptor-is-itself", "<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor 5 0 R>>"),
        (
            "widths-are-words",
            "<</Type/Font/Subtype/Type1/BaseFont/A/FirstChar 0/LastChar 255/Widths[/a(b)<<>>null]>>",
        ),
        ("name-of-nothing", "<</Type/Font/Subtype/Type1/BaseFont/#00#00#2F#ZZ>>"),
    ] {
        cases.push((format!("dictionary-{name}"), Draft::new().with(FONT, body).file()));
    }
    for (name, widths) in [
        ("endless", "[0 4294967295 500]"),
        ("backwards", "[9 1 500 -5 -9 7]"),
        ("unfinished", "[0 [1 2 3] 7"),
        ("words", "[/a [/b] (c)]"),
        ("overflow", "[99999999999 [1e300 -1e300]]"),
    ] {
        let file =
            composite("/Identity-H", "").replaced(FREE, "/DW 500", &format!("/DW 500/W {widths}")).file();
        cases.push((format!("widths-{name}"), file));
    }
    cases
}

/// Font programs: the head of a format and then something else.
fn programs() -> Vec<(String, Vec<u8>)> {
    let heads: [(&str, &str, &[u8]); 6] = [
        ("true-type", "FontFile2", b"\0\x01\0\0"),
        ("open-type", "FontFile3/Subtype/OpenType", b"OTTO"),
        ("collection", "FontFile2", b"ttcf\0\x01\0\0"),
        ("compact", "FontFile3/Subtype/Type1C", b"\x01\0\x04\x01"),
        ("type-1", "FontFile", b"%!PS-AdobeFont-1.0: A\n"),
        ("type-1-binary", "FontFile", b"\x80\x01\xFF\xFF\xFF\x7F"),
    ];
    let mut cases = Vec::new();
    for (name, entry, head) in heads {
        let (key, kind) = entry.split_once("/Subtype").unwrap_or((entry, ""));
        let kind = if kind.is_empty() { String::new() } else { format!("/Subtype{kind}") };
        let tails: [(&str, Vec<u8>); 5] = [
            ("head-only", Vec::new()),
            ("of-ones", vec![0xFF; 600]),
            ("of-zeros", vec![0; 600]),
            ("of-steps", (0..=255).cycle().take(900).collect()),
            ("eval", b"currentfile eexec {loop} 999999 array dup 0 1 put exec".repeat(9)),
        ];
        for (tail_name, tail) in tails {
            let descriptor = format!("<</Type/FontDescriptor/FontName/A/Flags 4/{key} 21 0 R>>");
            let file = Draft::new()
                .replaced(FONT, "/Encoding", &format!("/FontDescriptor {FREE} 0 R/FirstChar 0/Encoding"))
                .replaced(
                    FONT,
                    "/Subtype/Type1",
                    if key == "FontFile2" { "/Subtype/TrueType" } else { "/Subtype/Type1" },
                )
                .with(FREE, descriptor)
                .stream(21, &kind, &[head, &tail].concat())
                .file();
            cases.push((format!("program-{name}-{tail_name}"), file));
        }
    }
    cases
}
