//! References that come back to where they started.

use super::draft::{
    CATALOG, COLOR, CONTENT, Draft, FONT, FREE, LINE, PAGE, PAGES, PATTERN, SHADING, STATE, XOBJECT, stream,
};
use super::shelf::Shelf;

pub(super) fn make(shelf: &mut Shelf) {
    shelf.put_all("xref-loop", "pdf", cross_references());
    shelf.put_all("page-tree-loop", "pdf", page_trees());
    shelf.put_all("object-stream-loop", "pdf", object_streams());
    shelf.put_all("drawing-loop", "pdf", drawings());
    shelf.put_all("reference-loop", "pdf", references());
}

type Cases = Vec<(String, Vec<u8>)>;

fn named<const N: usize>(cases: [(&str, Vec<u8>); N]) -> Cases {
    cases.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect()
}

fn cross_references() -> Cases {
    let file = || Draft::new().file();
    let start = |file: &[u8]| file.windows(5).rposition(|w| w == b"\nxref").map_or(0, |at| at + 1);
    let at = start(&file());
    let mut cases = Vec::new();
    for (name, previous) in [
        ("itself", at.to_string()),
        ("first-byte", "0".to_owned()),
        ("past-the-end", "99999999".to_owned()),
        ("negative", "-1".to_owned()),
        ("too-long", "9".repeat(40)),
        ("a-name", "/Root".to_owned()),
        ("a-reference-to-itself", "1 0 R".to_owned()),
    ] {
        // The table stands where it stands without the entry.
        cases.push((format!("previous-is-{name}"), Draft::new().file_with(&format!("/Prev {previous}"))));
        cases.push((format!("stream-is-{name}"), Draft::new().file_with(&format!("/XRefStm {previous}"))));
    }
    for (name, target) in [("zero", "0"), ("negative", "-7"), ("endless", "1e99"), ("none", "")] {
        let text = String::from_utf8_lossy(&file())
            .replace(&format!("startxref\n{at}"), &format!("startxref\n{target}"));
        cases.push((format!("start-is-{name}"), text.into_bytes()));
    }
    cases.push(("two-tables-in-a-circle".to_owned(), circle(2)));
    cases.push(("forty-tables-in-a-circle".to_owned(), circle(40)));
    cases.push(("four-thousand-revisions".to_owned(), revisions(4_000)));
    for (name, rows) in [
        ("all-at-one-place", "0 5000\n".to_owned() + &format!("{at:010} 00000 n \n").repeat(5_000)),
        ("billion-promised", "0 1000000000\n0000000000 65535 f \n".to_owned()),
        ("negative-start", "-5 5\n0000000000 65535 f \n".to_owned()),
        ("overflow", "4294967295 4294967295\n0000000000 65535 f \n".to_owned()),
        ("overlapping", "0 2\n0000000000 65535 f \n0000000015 00000 n \n".repeat(300)),
    ] {
        let text = String::from_utf8_lossy(&file()).replacen("xref\n", &format!("xref\n{rows}"), 1);
        cases.push((format!("rows-{name}"), text.into_bytes()));
    }
    cases
}

/// So many tables, each naming the next, the last the first.
fn circle(count: usize) -> Vec<u8> {
    let mut file = Draft::new().file();
    let first = file.len();
    // Every part has the same length, so the place of the next one is known.
    let part = |previous: usize| {
        format!(
            "xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 9/Root 1 0 R/Prev {previous:010}>>\nstartxref\n{first:010}\n%%EOF\n"
        )
    };
    let length = part(0).len();
    for index in 0..count {
        file.extend(part(first + (index + 1) % count * length).bytes());
    }
    file
}

fn revisions(count: usize) -> Vec<u8> {
    let mut file = Draft::new().file();
    let mut previous = file.windows(5).rposition(|w| w == b"\nxref").map_or(0, |at| at + 1);
    for _ in 0..count {
        let start = file.len();
        file.extend(
            format!(
                "xref\n0 0\ntrailer\n<</Size 9/Root 1 0 R/Prev {previous}>>\nstartxref\n{start}\n%%EOF\n"
            )
            .bytes(),
        );
        previous = start;
    }
    file
}

fn page_trees() -> Cases {
    let kids = |kids: String| Draft::new().replaced(PAGES, "[3 0 R]", &kids);
    let node = |id: i32, kids: &str| format!("<</Type/Pages/Count 1/Parent {id} 0 R/Kids[{kids}]>>");
    let mut cases = named([
        ("kid-is-itself", kids("[2 0 R]".to_owned()).file()),
        ("kid-is-catalog", kids("[1 0 R]".to_owned()).file()),
        ("kids-are-themselves", kids("2 0 R".to_owned()).file()),
        ("grandchild-is-root", kids("[20 0 R]".to_owned()).with(FREE, node(2, "2 0 R")).file()),
        (
            "two-in-a-circle",
            kids("[20 0 R]".to_owned()).with(20, node(21, "21 0 R")).with(21, node(20, "20 0 R")).file(),
        ),
        ("page-and-itself", kids("[3 0 R 2 0 R 3 0 R]".to_owned()).file()),
        ("parent-is-itself", Draft::new().replaced(PAGE, "/Parent 2", "/Parent 3").file()),
        ("no-kids", kids("[]".to_owned()).file()),
        ("kids-missing", Draft::new().replaced(PAGES, "/Kids", "/Cats").file()),
        ("kids-are-numbers", kids("[1 2 3 4 null true /A (b)]".to_owned()).file()),
        ("one-page-two-thousand-times", kids(format!("[{}]", "3 0 R ".repeat(2_000))).file()),
        ("one-page-ninety-thousand-times", kids(format!("[{}]", "3 0 R ".repeat(90_000))).file()),
        ("pages-is-page", Draft::new().replaced(CATALOG, "/Pages 2", "/Pages 3").file()),
        ("pages-is-catalog", Draft::new().replaced(CATALOG, "/Pages 2", "/Pages 1").file()),
    ]);
    for depth in [4, 12, 40] {
        let mut draft = kids("[20 0 R 20 0 R]".to_owned());
        for level in 0..depth {
            let next = if level + 1 == depth { PAGE } else { FREE + level + 1 };
            draft = draft.with(FREE + level, node(2, &format!("{next} 0 R {next} 0 R")));
        }
        cases.push((format!("doubling-{depth}-times"), draft.file()));
    }
    cases
}

fn object_streams() -> Cases {
    let mut cases = Vec::new();
    let inner = b"21 0 22 9 <</A 1>> <</B 2>>";
    for (name, entries) in [
        ("extends-itself", "/N 2/First 10/Extends 20 0 R"),
        ("extends-catalog", "/N 2/First 10/Extends 1 0 R"),
        ("many-promised", "/N 2147483647/First 10"),
        ("negative-count", "/N -1/First 10"),
        ("first-past-the-end", "/N 2/First 99999"),
        ("first-negative", "/N 2/First -9"),
        ("count-is-itself", "/N 20 0 R/First 10"),
        ("first-is-itself", "/N 2/First 20 0 R"),
        ("length-inside", "/N 2/First 10/Length 21 0 R"),
        ("nothing", ""),
    ] {
        let entries = format!("/Type/ObjStm{entries}");
        cases.push((format!("{name}-by-table"), Draft::new().stream(FREE, &entries, inner).file()));
        cases.push((format!("{name}-by-stream"), packed_root(&entries, inner)));
    }
    for (name, index) in [
        ("index-of-itself", "20 0 20 0 ".to_owned()),
        ("index-is-words", "aa bb cc dd".to_owned()),
        ("index-backwards", "22 9 21 0 ".to_owned()),
        ("index-huge", "4294967296 99999999999 1 0".to_owned()),
    ] {
        let data = format!("{index}<</Type/Catalog/Pages 2 0 R>>");
        cases.push((
            name.to_owned(),
            packed_root(&format!("/Type/ObjStm/N 2/First {}", index.len()), data.as_bytes()),
        ));
    }
    cases
}

/// A cross-reference stream that looks for the catalog in an object stream, and for that in itself.
fn packed_root(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let object_stream = file.len();
    let body = stream(&format!("{entries}/Length {}", data.len()), data);
    file.extend([b"20 0 obj\n".as_slice(), &body, b"\nendobj\n"].concat());
    let start = file.len();
    let mut rows = Vec::new();
    for id in 0..24_u8 {
        let row = match id {
            20 => [1, (object_stream >> 8) as u8, object_stream as u8, 0],
            _ => [2, 0, 20, id % 3],
        };
        rows.extend(row);
    }
    let entries = format!("/Type/XRef/Size 24/W[1 2 1]/Root 1 0 R/Length {}", rows.len());
    file.extend([b"23 0 obj\n".as_slice(), &stream(&entries, &rows), b"\nendobj\n"].concat());
    file.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    file
}

fn drawings() -> Cases {
    let form = |resources: &str| format!("/Subtype/Form/BBox[0 0 600 700]/Resources<<{resources}>>");
    let x = |id: i32| format!("/XObject<</X {id} 0 R>>/Font<</F1 {FONT} 0 R>>");
    let shown = |draft: Draft, operators: &str| draft.content(format!("{LINE}{operators}\n")).file();
    let new = Draft::new;
    let pattern = |steps: &str, content: &str| {
        let entries = format!(
            "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]{steps}/Resources<</Pattern<</P {PATTERN} 0 R>>>>"
        );
        let draft = new().stream(PATTERN, &entries, content.as_bytes());
        shown(draft, "/Pattern cs /P scn 0 0 600 700 re f")
    };
    let paint = "/Pattern cs /P scn 0 0 9 9 re f";
    let type3 = |procedure: &str| {
        let font = format!(
            "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 0/LastChar 255\
             /Widths[1]/Encoding<</Differences[0/a 79/a]>>/CharProcs<</a 20 0 R>>/Resources<</Font<</F1 {FONT} 0 R>>>>>>"
        );
        new().with(FONT, font).stream(FREE, "", procedure.as_bytes()).file()
    };
    let function = |body: &str| {
        let draft = new().with(FREE, body).with(
            SHADING,
            format!("<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 600 700]/Function {FREE} 0 R/Extend[true true]>>"),
        );
        shown(draft, "/S sh")
    };
    let group = |smask: &str| {
        let draft = new().with(STATE, format!("<</SMask<</S/Luminosity/G {smask}>>>>")).stream(
            XOBJECT,
            &(form(&format!("/ExtGState<</G {STATE} 0 R>>")) + "/Group<</S/Transparency>>"),
            b"/G gs 0 0 9 9 re f",
        );
        shown(draft, "/G gs 0 0 600 700 re f")
    };
    named([
        ("form-draws-itself", shown(new().stream(XOBJECT, &form(&x(XOBJECT)), b"/X Do"), "/X Do")),
        ("form-draws-itself-often", shown(new().stream(XOBJECT, &form(&x(XOBJECT)), &b"/X Do ".repeat(500)), "/X Do")),
        ("two-forms-in-a-circle", shown(new().stream(XOBJECT, &form(&x(20)), b"/X Do").stream(20, &form(&x(XOBJECT)), b"/X Do"), "/X Do")),
        ("form-with-the-page-s-resources", shown(new().stream(XOBJECT, "/Subtype/Form/BBox[0 0 9 9]", b"/X Do"), "/X Do")),
        ("form-is-the-content", shown(new().replaced(PAGE, "/X 6", "/X 4"), "/X Do")),
        ("pattern-paints-itself", pattern("/XStep 9/YStep 9", paint)),
        ("pattern-steps-zero", pattern("/XStep 0/YStep 0", "0 0 9 9 re f")),
        ("pattern-steps-tiny", pattern("/XStep 0.00001/YStep 0.00001", "0 0 9 9 re f")),
        ("pattern-steps-negative", pattern("/XStep -1e30/YStep 1e-30", "0 0 9 9 re f")),
        ("pattern-steps-missing", pattern("", "0 0 9 9 re f")),
        ("glyph-shows-itself", type3("1 0 d0 BT /F1 1 Tf (O) Tj ET")),
        ("glyph-shows-itself-often", type3(&"BT /F1 1 Tf (OOOOOOOO) Tj ET ".repeat(100))),
        ("mask-is-its-own-group", group(&format!("{XOBJECT} 0 R"))),
        ("mask-is-the-page", group(&format!("{PAGE} 0 R"))),
        ("function-stitched-from-itself", function(&format!("<</FunctionType 3/Domain[0 1]/Functions[{FREE} 0 R {FREE} 0 R]/Bounds[0.5]/Encode[0 1 0 1]>>"))),
        ("function-bounds-backwards", function("<</FunctionType 3/Domain[1 0]/Functions[]/Bounds[9 -9]/Encode[]>>")),
        ("function-huge-exponent", function("<</FunctionType 2/Domain[0 1]/N 1e300/C0[0]/C1[1e300]>>")),
        ("function-is-a-number", function("7")),
        ("image-masks-itself", shown(new().stream(XOBJECT, &format!("/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray/SMask {XOBJECT} 0 R"), b"\0\x7f\x7f\0"), "/X Do")),
    ])
}

fn references() -> Cases {
    let new = Draft::new;
    let used = |draft: Draft, operators: &str| draft.content(format!("{LINE}{operators}\n")).file();
    let alias = |count: i32| {
        let mut draft = new().replaced(PAGE, "/Contents 4", "/Contents 20");
        for id in FREE..FREE + count {
            draft = draft.with(id, format!("{} 0 R", id + 1));
        }
        draft.with(FREE + count, format!("{CONTENT} 0 R")).file()
    };
    let contents = |list: &str| new().replaced(PAGE, "/Contents 4 0 R", &format!("/Contents {list}")).file();
    named([
        ("length-is-itself", new().with(CONTENT, stream("/Length 4 0 R", LINE.as_bytes())).file()),
        (
            "length-is-a-stream",
            new()
                .with(CONTENT, stream("/Length 20 0 R", LINE.as_bytes()))
                .with(20, stream("/Length 20 0 R", b"44"))
                .file(),
        ),
        ("object-is-itself", new().replaced(PAGE, "/Contents 4", "/Contents 20").with(20, "20 0 R").file()),
        (
            "two-objects-are-each-other",
            new().replaced(PAGE, "/Contents 4", "/Contents 20").with(20, "21 0 R").with(21, "20 0 R").file(),
        ),
        ("alias-of-an-alias-100", alias(100)),
        ("alias-of-an-alias-5000", alias(5_000)),
        (
            "contents-in-a-circle",
            new().replaced(PAGE, "/Contents 4", "/Contents 20").with(20, "[20 0 R 4 0 R]").file(),
        ),
        ("contents-ten-thousand-times", contents(&format!("[{}]", "4 0 R ".repeat(10_000)))),
        ("contents-of-contents", contents("[[[[4 0 R]]] [4 0 R]]")),
        ("contents-are-the-page", contents("3 0 R")),
        ("resources-are-the-page", new().replaced(PAGE, "/Resources<<", "/Resources 3 0 R/Old<<").file()),
        (
            "resources-of-the-parent-in-a-circle",
            new()
                .replaced(PAGE, "/Resources", "/Old")
                .replaced(PAGES, "/Count", "/Parent 2 0 R/Count")
                .file(),
        ),
        (
            "box-of-the-parent-in-a-circle",
            new().replaced(PAGE, "/MediaBox", "/Old").replaced(PAGES, "/Count", "/Parent 3 0 R/Count").file(),
        ),
        (
            "color-over-itself",
            used(new().with(COLOR, format!("[/Indexed {COLOR} 0 R 255 (abc)]")), "/C cs 1 sc 0 0 9 9 re f"),
        ),
        (
            "color-alternate-is-itself",
            used(
                new().with(COLOR, format!("[/Separation/A {COLOR} 0 R {COLOR} 0 R]")),
                "/C cs 1 sc 0 0 9 9 re f",
            ),
        ),
        (
            "color-profile-is-itself",
            used(
                new().with(COLOR, "[/ICCBased 20 0 R]").stream(20, "/N 3/Alternate 8 0 R", b""),
                "/C cs 1 1 1 sc 0 0 9 9 re f",
            ),
        ),
        (
            "color-pattern-over-itself",
            used(new().with(COLOR, format!("[/Pattern {COLOR} 0 R]")), "/C cs /P scn 0 0 9 9 re f"),
        ),
        (
            "color-default-is-itself",
            used(
                new()
                    .replaced(PAGE, "/C 8 0 R", "/DefaultRGB[/Indexed/DeviceRGB 1 20 0 R]/DefaultGray 8 0 R")
                    .with(COLOR, "[/CalGray 8 0 R]"),
                "1 0 0 rg 0 0 9 9 re f",
            ),
        ),
        (
            "state-font-is-itself",
            used(
                new().with(STATE, format!("<</Font[{STATE} 0 R 12]/HT {STATE} 0 R/TR {STATE} 0 R>>")),
                "/G gs",
            ),
        ),
        (
            "outline-in-a-circle",
            new()
                .replaced(CATALOG, "/Pages", "/Outlines 20 0 R/Pages")
                .with(20, "<</First 21 0 R/Last 21 0 R>>")
                .with(21, "<</Title(a)/Parent 20 0 R/Next 21 0 R/First 20 0 R>>")
                .file(),
        ),
        (
            "names-in-a-circle",
            new()
                .replaced(CATALOG, "/Pages", "/Names<</Dests 20 0 R>>/Pages")
                .with(20, "<</Kids[20 0 R 20 0 R]/Limits[(a)(b)]>>")
                .file(),
        ),
        (
            "layers-in-a-circle",
            new()
                .replaced(
                    CATALOG,
                    "/Pages",
                    "/OCProperties<</OCGs[20 0 R]/D<</Order 21 0 R/OFF[20 0 R]>>>>/Pages",
                )
                .with(20, "<</Type/OCMD/OCGs 20 0 R/VE[/And 20 0 R]>>")
                .with(21, "[21 0 R]")
                .content(format!("/OC /M BDC {LINE} EMC"))
                .file(),
        ),
        (
            "annotations-in-a-circle",
            new()
                .replaced(PAGE, "/Parent", "/Annots[20 0 R 20 0 R]/Parent")
                .with(
                    20,
                    "<</Type/Annot/Subtype/Widget/Rect[0 0 9 9]/AP<</N 20 0 R>>/Parent 20 0 R/Popup 20 0 R>>",
                )
                .file(),
        ),
        (
            "fields-in-a-circle",
            new()
                .replaced(CATALOG, "/Pages", "/AcroForm<</Fields[20 0 R]>>/Pages")
                .with(20, "<</FT/Tx/T(a)/Kids[20 0 R]/Parent 20 0 R/V 20 0 R>>")
                .file(),
        ),
        (
            "structure-in-a-circle",
            new()
                .replaced(CATALOG, "/Pages", "/StructTreeRoot 20 0 R/Pages")
                .with(20, "<</Type/StructTreeRoot/K 20 0 R/ParentTree 20 0 R>>")
                .file(),
        ),
    ])
}
