//! Pictures inside a PDF whose compression is not what it says.

use super::draft::{Draft, LINE, XOBJECT};
use super::packed::deflated;
use super::shelf::Shelf;

pub(super) fn make(shelf: &mut Shelf) {
    for (codec, parameters, bodies) in [
        ("JBIG2Decode", "", jbig2()),
        ("JPXDecode", "", jpeg_2000()),
        ("CCITTFaxDecode", "<</K -1/Columns 900/Rows 900>>", fax()),
        ("DCTDecode", "", jpeg()),
    ] {
        for (name, body) in bodies {
            let entries = format!(
                "/Filter/{codec}/DecodeParms {}",
                if parameters.is_empty() { "null" } else { parameters }
            );
            let codec = codec.trim_end_matches("Decode").to_lowercase();
            shelf.put("picture-liar", &format!("{codec}-{name}.pdf"), with_image(&entries, 90, 90, &body));
        }
    }
    shelf.put_all("picture-liar", "pdf", parameters());
    shelf.put_all("inline-image", "pdf", inline());
}

fn with_image(entries: &str, width: u32, height: u32, data: &[u8]) -> Vec<u8> {
    let entries = format!(
        "/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8/ColorSpace/DeviceGray{entries}"
    );
    let content = format!("{LINE}q 600 0 0 700 0 0 cm /X Do Q\n");
    Draft::new().stream(XOBJECT, &entries, data).content(content).file()
}

type Bodies = Vec<(&'static str, Vec<u8>)>;

fn junk() -> Bodies {
    vec![
        ("empty", Vec::new()),
        ("of-zeros", vec![0; 500]),
        ("of-ones", vec![0xFF; 500]),
        ("of-steps", (0..=255).cycle().take(700).collect()),
    ]
}

/// Segments: number, flags, referred-to, page, length, data.
fn jbig2() -> Bodies {
    let segment = |number: u32, kind: u8, length: u32, data: &[u8]| {
        [&number.to_be_bytes()[..], &[kind, 0, 1], &length.to_be_bytes(), data].concat()
    };
    let page = |side: u32| {
        let data = [&side.to_be_bytes()[..], &side.to_be_bytes(), &[0; 8], &[0, 0, 0]].concat();
        segment(0, 48, 19, &data)
    };
    let region = |side: u32, tail: &[u8]| {
        let data = [
            &side.to_be_bytes()[..],
            &side.to_be_bytes(),
            &[0; 8],
            &[0, 0, 3, 0xFF, 0xFD, 0xFF, 2, 0xFE, 0xFE, 0xFE],
            tail,
        ]
        .concat();
        segment(1, 38, u32::try_from(data.len()).unwrap_or(0), &data)
    };
    let mut bodies = junk();
    bodies.push(("huge-page", page(u32::MAX)));
    bodies.push(("huge-region", [page(90), region(u32::MAX, &[0; 40])].concat()));
    bodies.push(("large-region", [page(60_000), region(60_000, &[0x55; 40])].concat()));
    bodies.push(("endless-segment", [page(90), segment(1, 38, u32::MAX, &[0; 20])].concat()));
    bodies.push((
        "refers-to-itself",
        [page(90), [&1_u32.to_be_bytes()[..], &[6, 0x20, 1, 1], &40_u32.to_be_bytes(), &[0; 40]].concat()]
            .concat(),
    ));
    bodies.push((
        "dictionary-of-billions",
        [page(90), segment(1, 0, 30, &[0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF].repeat(3))]
            .concat(),
    ));
    bodies.push((
        "pattern-of-billions",
        [page(90), segment(1, 16, 30, &[1, 255, 255, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0].repeat(3))].concat(),
    ));
    bodies
}

fn jpeg_2000() -> Bodies {
    let size = |width: u32, height: u32, tile: u32, components: u16| {
        let mut out = b"\xFF\x4F\xFF\x51".to_vec();
        out.extend((38 + 3 * components.min(9)).to_be_bytes());
        out.extend(0_u16.to_be_bytes());
        for number in [width, height, 0, 0, tile, tile, 0, 0] {
            out.extend(number.to_be_bytes());
        }
        out.extend(components.to_be_bytes());
        out.extend([7, 1, 1].repeat(usize::from(components.min(9))));
        out
    };
    let style = b"\xFF\x52\0\x0C\0\0\0\x01\0\x20\x04\x04\0\0\xFF\x5C\0\x13\x40\x40\x48\x48\x50\x48\x48\x50\x48\x48\x50\x48\x48\x50\x48\x48\x50";
    let tile = b"\xFF\x90\0\x0A\0\0\0\0\0\0\0\x01\xFF\x93";
    let whole = |head: Vec<u8>| [&head, &style[..], tile, &[0x5A; 60], b"\xFF\xD9"].concat();
    let mut bodies = junk();
    bodies.push(("small-and-wrong", whole(size(90, 90, 90, 1))));
    bodies.push(("huge", whole(size(u32::MAX, u32::MAX, u32::MAX, 1))));
    bodies.push(("large", whole(size(40_000, 40_000, 40_000, 3))));
    bodies.push(("tiles-of-one-dot", whole(size(60_000, 60_000, 1, 1))));
    bodies.push(("tiles-of-nothing", whole(size(90, 90, 0, 1))));
    bodies.push(("sixteen-thousand-components", whole(size(90, 90, 90, 16_384))));
    bodies
        .push(("box-in-itself", b"\0\0\0\x0CjP  \r\n\x87\n\0\0\0\0jp2h\0\0\0\0jp2h\0\0\0\x01ihdr".to_vec()));
    bodies
}

fn fax() -> Bodies {
    let mut bodies = junk();
    bodies.push(("only-white-lines", vec![0xFF; 20_000]));
    bodies.push(("half-codes", [0x00, 0x01].repeat(3_000)));
    bodies
}

fn jpeg() -> Bodies {
    let frame = |width: u16, height: u16, components: u8| {
        let mut out = b"\xFF\xD8\xFF\xC0".to_vec();
        out.extend((8 + 3 * u16::from(components)).to_be_bytes());
        out.push(8);
        out.extend(height.to_be_bytes());
        out.extend(width.to_be_bytes());
        out.push(components);
        out.extend([1, 0xFF, 0].repeat(usize::from(components)));
        out
    };
    let scan = b"\xFF\xDA\0\x08\x01\x01\0\0\x3F\0";
    let whole = |head: Vec<u8>| [&head, &scan[..], &[0x55; 90], b"\xFF\xD9"].concat();
    let mut bodies = junk();
    bodies.push(("no-tables", whole(frame(90, 90, 1))));
    bodies.push(("huge", whole(frame(65_535, 65_535, 1))));
    bodies.push(("of-nothing", whole(frame(0, 0, 1))));
    bodies.push(("two-hundred-components", whole(frame(9, 9, 200))));
    bodies.push(("starts-again", b"\xFF\xD8".repeat(300)));
    bodies.push(("segment-of-nothing", b"\xFF\xD8\xFF\xC4\0\0\xFF\xDB\0\x01".to_vec()));
    bodies
}

/// Parameters that the data do not have.
fn parameters() -> Vec<(String, Vec<u8>)> {
    let mut cases = Vec::new();
    for columns in ["0", "-1", "65535", "2147483647", "1e9"] {
        for k in ["-1", "0", "9"] {
            let entries =
                format!("/Filter/CCITTFaxDecode/DecodeParms<</K {k}/Columns {columns}/Rows {columns}>>");
            cases
                .push((format!("fax-columns-{columns}-k-{k}"), with_image(&entries, 900, 900, &[0x26; 200])));
        }
    }
    for (width, height) in [(65_535, 65_535), (1, 2_147_483_647), (2_147_483_647, 1), (0, 0), (60_000, 2)] {
        let entries = "/Filter/FlateDecode";
        cases.push((
            format!("raw-{width}-by-{height}"),
            with_image(entries, width, height, &deflated(&[7; 90])),
        ));
    }
    cases
}

fn inline() -> Vec<(String, Vec<u8>)> {
    let mut cases = Vec::new();
    for (name, image) in [
        ("without-end", "BI /W 9 /H 9 /BPC 8 /CS /G ID abcdefgh"),
        ("end-inside", "BI /W 9 /H 9 /BPC 8 /CS /G ID EI EI EI EI EI"),
        ("huge", "BI /W 2147483647 /H 2147483647 /BPC 16 /CS /CMYK ID x EI"),
        ("negative", "BI /W -9 /H -9 /BPC 8 /CS /G ID x EI"),
        ("no-data", "BI EI"),
        ("no-dictionary", "ID EI"),
        ("odd-dictionary", "BI /W /H /BPC ID x EI"),
        ("unknown-filter", "BI /W 1 /H 1 /F [/Nope /Fl /LZW /RL /DCT /CCF] ID x EI"),
        ("color-is-itself", "BI /W 1 /H 1 /CS [/I [/I [/I /G 1 (a)] 1 (b)] 1 (c)] ID x EI"),
        ("long-length", "BI /W 1 /H 1 /L 99999999999 ID x EI"),
        ("ten-in-ten", "BI BI BI BI BI ID ID ID EI EI EI"),
    ] {
        cases.push((name.to_owned(), Draft::new().content(format!("{image}\n{LINE}")).file()));
    }
    let many = "BI /W 1 /H 1 /BPC 8 /CS /G ID x EI\n".repeat(20_000);
    cases.push(("twenty-thousand".to_owned(), Draft::new().content(many + LINE).file()));
    cases
}
