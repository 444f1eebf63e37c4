//! Picture files that lie about their size, their depth or their end.

use super::packed::{deflated, zeros};
use super::png::{SIGNATURE, chunk, dots, file, header};
use super::shelf::Shelf;

pub(super) fn make(shelf: &mut Shelf) {
    shelf.put_all("png", "png", portable());
    shelf.put_all("jpeg", "jpg", jpeg());
    shelf.put_all("webp", "webp", webp());
    shelf.put_all("other-picture", "gif", gif());
    shelf.put_all("other-picture", "bmp", bmp());
}

type Cases = Vec<(String, Vec<u8>)>;

fn portable() -> Cases {
    let end: (&[u8; 4], &[u8]) = (b"IEND", b"");
    let rows = deflated(&[0, 40, 200, 0, 200, 40]);
    let with = |head: &[u8], data: &[u8]| file(&[(b"IHDR", head), (b"IDAT", data), end]);
    let mut cases = Vec::new();
    for (name, width, height) in [
        ("largest", 65_535, 65_535),
        ("beyond", u32::MAX, u32::MAX),
        ("one-line", i32::MAX as u32, 1),
        ("one-column", 1, i32::MAX as u32),
        ("just-too-large", 6_325, 6_325),
        ("no-width", 0, 9),
        ("no-height", 9, 0),
    ] {
        for (kind, depth, color) in [("gray", 8, 0), ("bits", 1, 0), ("color", 16, 6)] {
            cases.push((format!("{name}-{kind}"), with(&header(width, height, depth, color), &rows)));
        }
    }
    for (name, depth, color) in
        [("depth-three", 3, 0), ("depth-none", 0, 0), ("color-nine", 8, 9), ("palette-missing", 8, 3)]
    {
        cases.push((name.to_owned(), with(&header(2, 2, depth, color), &rows)));
    }
    // As large as it says: what it unpacks to must not be believed before the header was judged.
    cases.push(("largest-and-true".to_owned(), with(&header(65_535, 65_535, 1, 0), &zeros(65_535 * 8_193))));
    cases.push(("fits-and-blank".to_owned(), with(&header(6_000, 6_000, 8, 0), &zeros(6_000 * 6_001))));
    cases.push((
        "bomb-in-a-comment".to_owned(),
        file(&[
            (b"IHDR", &header(2, 2, 8, 0)),
            (b"zTXt", &[b"a\0\0".as_slice(), &zeros(1 << 28)].concat()),
            (b"IDAT", &rows),
            end,
        ]),
    ));
    cases.push((
        "bomb-in-a-profile".to_owned(),
        file(&[
            (b"IHDR", &header(2, 2, 8, 0)),
            (b"iCCP", &[b"a\0\0".as_slice(), &zeros(1 << 28)].concat()),
            (b"IDAT", &rows),
            end,
        ]),
    ));
    cases.push(("rows-go-on".to_owned(), with(&header(2, 2, 8, 0), &zeros(1 << 26))));
    cases.push((
        "ten-thousand-parts".to_owned(),
        [
            SIGNATURE.to_vec(),
            chunk(b"IHDR", &header(2, 2, 8, 0)),
            chunk(b"IDAT", b"").repeat(10_000),
            chunk(b"IEND", b""),
        ]
        .concat(),
    ));
    cases.push((
        "length-beyond".to_owned(),
        [SIGNATURE.as_slice(), &chunk(b"IHDR", &header(2, 2, 8, 0)), b"\xFF\xFF\xFF\xFFIDATabc"].concat(),
    ));
    cases.push((
        "wrong-checksum".to_owned(),
        dots().iter().enumerate().map(|(at, byte)| if at == 30 { !byte } else { *byte }).collect(),
    ));
    cases.push(("no-header".to_owned(), file(&[(b"IDAT", &rows), end])));
    cases.push((
        "two-headers".to_owned(),
        file(&[
            (b"IHDR", &header(2, 2, 8, 0)),
            (b"IHDR", &header(9_000, 9_000, 8, 0)),
            (b"IDAT", &rows),
            end,
        ]),
    ));
    cases.push(("filters-unknown".to_owned(), with(&header(2, 2, 8, 0), &deflated(&[99, 1, 1, 255, 1, 1]))));
    cases.push((
        "moving-without-frames".to_owned(),
        file(&[(b"IHDR", &header(2, 2, 8, 0)), (b"acTL", &[0xFF; 8]), (b"IDAT", &rows), end]),
    ));
    cases.push(("signature-only".to_owned(), SIGNATURE.to_vec()));
    cases
}

/// Segments of a JPEG file by their markers.
fn jpeg() -> Cases {
    let head = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x48\0\x48\0\0";
    let frame = |kind: u8, width: u16, height: u16| {
        [&[0xFF, kind, 0, 11, 8][..], &height.to_be_bytes(), &width.to_be_bytes(), &[1, 1, 0x11, 0]].concat()
    };
    let table = [b"\xFF\xDB\0\x43\0".as_slice(), &[1; 64]].concat();
    let codes = |counts: u8| [b"\xFF\xC4\0\x14\0".as_slice(), &[counts; 16], &[0]].concat();
    let scan = b"\xFF\xDA\0\x08\x01\x01\0\0\x3F\0";
    let whole = |parts: &[&[u8]]| [&head[..], &parts.concat(), b"\xFF\xD9"].concat();
    let mut cases = Vec::new();
    for (kind, marker) in [("plain", 0xC0), ("progressive", 0xC2), ("lossless", 0xC3), ("arithmetic", 0xC9)] {
        for (name, width, height) in [("small", 9, 9), ("largest", 65_535, 65_535), ("empty", 0, 0)] {
            let parts: [&[u8]; 5] = [&table, &frame(marker, width, height), &codes(0), scan, &[0x55; 60]];
            cases.push((format!("{kind}-{name}"), whole(&parts)));
        }
    }
    let progressive = [
        &table,
        &frame(0xC2, 6_000, 6_000)[..],
        &codes(0),
        &[scan.as_slice(), &[0x55; 9]].concat().repeat(3_000),
    ]
    .concat();
    cases.push(("three-thousand-scans".to_owned(), whole(&[&progressive])));
    cases.push(("codes-over-full".to_owned(), whole(&[&table, &frame(0xC0, 9, 9), &codes(255), scan])));
    cases.push(("no-frame".to_owned(), whole(&[&table, scan, &[0x55; 9]])));
    cases.push(("segment-too-short".to_owned(), whole(&[b"\xFF\xDB\0\0", b"\xFF\xC0\0\x01"])));
    cases.push((
        "only-restarts".to_owned(),
        whole(&[
            &table,
            &frame(0xC0, 900, 900),
            &codes(0),
            b"\xFF\xDD\0\x04\0\x01",
            scan,
            &b"\xFF\xD0".repeat(5_000),
        ]),
    ));
    cases.push(("only-fill".to_owned(), [&head[..], &[0xFF; 5_000]].concat()));
    cases.push((
        "orientation-nine".to_owned(),
        whole(&[
            b"\xFF\xE1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\xFF\xFF\xFF\xFF\x09\0\0\0\x08\0\0\0",
        ]),
    ));
    cases
}

fn webp() -> Cases {
    let riff = |size: u32, chunks: &[u8]| [b"RIFF", &size.to_le_bytes()[..], b"WEBP", chunks].concat();
    let part = |name: &[u8; 4], size: u32, data: &[u8]| [&name[..], &size.to_le_bytes(), data].concat();
    let sized = |name: &[u8; 4], data: &[u8]| part(name, u32::try_from(data.len()).unwrap_or(0), data);
    let lossy = |side: u16| {
        [b"\x30\x01\0\x9D\x01\x2A", &side.to_le_bytes()[..], &side.to_le_bytes(), &[0x55; 40]].concat()
    };
    let canvas = |flags: u8| [&[flags, 0, 0, 0][..], &[0xFF; 6]].concat();
    let all: [(&str, Vec<u8>); 14] = [
        ("empty", riff(4, b"")),
        ("size-beyond", riff(u32::MAX, &sized(b"VP8 ", &lossy(9)))),
        ("size-zero", riff(0, &sized(b"VP8 ", &lossy(9)))),
        ("lossy-junk", riff(90, &sized(b"VP8 ", &lossy(16)))),
        ("lossy-largest", riff(90, &sized(b"VP8 ", &lossy(0x3FFF)))),
        ("lossy-nothing", riff(90, &sized(b"VP8 ", &lossy(0)))),
        (
            "lossless-largest",
            riff(90, &sized(b"VP8L", &[b"\x2F\xFF\xFF\xFF\x0F".as_slice(), &[0x55; 40]].concat())),
        ),
        (
            "lossless-junk",
            riff(90, &sized(b"VP8L", &[b"\x2F\x08\x80\x02\0".as_slice(), &[0xA5; 60]].concat())),
        ),
        ("lossless-zeros", riff(90, &sized(b"VP8L", &[b"\x2F\x08\x80\x02\0".as_slice(), &[0; 60]].concat()))),
        ("canvas-beyond", riff(90, &[sized(b"VP8X", &canvas(0)), sized(b"VP8 ", &lossy(9))].concat())),
        ("moving-without-frames", riff(90, &[sized(b"VP8X", &canvas(2)), sized(b"ANIM", &[0; 6])].concat())),
        ("frame-in-a-frame", riff(90, &[sized(b"VP8X", &canvas(2)), sized(b"ANMF", &[0xFF; 40])].concat())),
        ("alpha-only", riff(90, &[sized(b"VP8X", &canvas(0x10)), sized(b"ALPH", &[1; 40])].concat())),
        ("part-beyond", riff(90, &part(b"VP8 ", u32::MAX, &lossy(9)))),
    ];
    all.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect()
}

fn gif() -> Cases {
    let head = |side: u16| {
        [b"GIF89a", &side.to_le_bytes()[..], &side.to_le_bytes(), b"\x80\0\0\0\0\0\xFF\xFF\xFF"].concat()
    };
    let frame = b"\x2C\0\0\0\0\xFF\xFF\xFF\xFF\0\x02\x02\x4C\x01\0";
    vec![
        ("frames-fifty-thousand".to_owned(), [head(9), frame.repeat(50_000), b";".to_vec()].concat()),
        ("largest".to_owned(), [head(u16::MAX), frame.to_vec(), b";".to_vec()].concat()),
        ("head-only".to_owned(), head(9)),
    ]
}

fn bmp() -> Cases {
    let file = |width: i32, height: i32, bits: u16, packing: u32| {
        let mut out = b"BM\xFF\xFF\xFF\x7F\0\0\0\0\x36\0\0\0\x28\0\0\0".to_vec();
        out.extend(width.to_le_bytes());
        out.extend(height.to_le_bytes());
        out.extend(1_u16.to_le_bytes());
        out.extend(bits.to_le_bytes());
        out.extend(packing.to_le_bytes());
        out.extend([0; 60]);
        out
    };
    vec![
        ("largest".to_owned(), file(i32::MAX, i32::MAX, 32, 0)),
        ("upside-down".to_owned(), file(9, i32::MIN, 24, 0)),
        ("runs".to_owned(), file(60_000, 60_000, 8, 1)),
        ("negative".to_owned(), file(-9, -9, 1, 9)),
    ]
}
