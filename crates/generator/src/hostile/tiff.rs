//! TIFF files whose directories go in circles, whose strips are elsewhere and whose tiles are too many.

use super::packed::{deflated, zeros};
use super::shelf::Shelf;

const SHORT: u16 = 3;
const LONG: u16 = 4;

/// A field: tag, type, count, value or place.
type Field = (u16, u16, u32, u32);

/// Size, bits, compression, kind, strip place, samples, rows a strip, strip bytes.
fn honest(side: u32, compression: u32, bytes: u32) -> Vec<Field> {
    vec![
        (256, LONG, 1, side),
        (257, LONG, 1, side),
        (258, SHORT, 1, 8),
        (259, SHORT, 1, compression),
        (262, SHORT, 1, 1),
        (273, LONG, 1, 8),
        (277, SHORT, 1, 1),
        (278, LONG, 1, side),
        (279, LONG, 1, bytes),
    ]
}

/// Data at byte 8, then one directory; `next` is where it says that another one stands.
fn file(data: &[u8], fields: &[Field], next: u32) -> Vec<u8> {
    let start = u32::try_from(8 + data.len().next_multiple_of(2)).unwrap_or(8);
    let mut out = [b"II*\0".as_slice(), &start.to_le_bytes(), data].concat();
    out.resize(usize::try_from(start).unwrap_or(8), 0);
    out.extend(u16::try_from(fields.len()).unwrap_or(0).to_le_bytes());
    for (tag, kind, count, value) in fields {
        out.extend(tag.to_le_bytes());
        out.extend(kind.to_le_bytes());
        out.extend(count.to_le_bytes());
        out.extend(value.to_le_bytes());
    }
    out.extend(next.to_le_bytes());
    out
}

/// With some fields others.
fn changed(changes: &[Field]) -> Vec<u8> {
    let mut fields = honest(9, 1, 81);
    for change in changes {
        fields.retain(|field| field.0 != change.0);
        fields.push(*change);
    }
    fields.sort_unstable();
    file(&[0x7F; 81], &fields, 0)
}

pub(super) fn make(shelf: &mut Shelf) {
    let put =
        |shelf: &mut Shelf, name: &str, bytes: Vec<u8>| shelf.put("tiff", &format!("{name}.tif"), bytes);
    put(shelf, "directory-is-next-to-itself", file(&[0x7F; 81], &honest(9, 1, 81), 90));
    put(shelf, "next-is-the-header", file(&[0x7F; 81], &honest(9, 1, 81), 0x10));
    put(shelf, "next-is-past-the-end", file(&[0x7F; 81], &honest(9, 1, 81), u32::MAX));
    put(shelf, "first-is-past-the-end", b"II*\0\xFF\xFF\xFF\xFF".to_vec());
    put(shelf, "first-is-the-header", b"II*\0\0\0\0\0".to_vec());
    put(shelf, "other-order-first-beyond", b"MM\0*\xFF\xFF\xFF\xFE".to_vec());
    put(shelf, "large-kind-beyond", b"II+\0\x08\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF".to_vec());
    put(shelf, "no-fields", file(&[], &[], 0));
    put(shelf, "many-fields", file(&[], &honest(9, 1, 81).repeat(700), 0));
    put(shelf, "pages-four-thousand", pages(4_000));
    for compression in [1, 2, 3, 4, 5, 6, 7, 8, 32_773, 32_946, 50_000, 65_535] {
        for (name, data) in [("ones", vec![0xFF; 90]), ("zeros", vec![0; 90]), ("steps", (0..90).collect())] {
            let mut fields = honest(900, compression, 90);
            if (2..=4).contains(&compression) {
                fields.retain(|field| field.0 != 258);
                fields.push((258, SHORT, 1, 1));
                fields.sort_unstable();
            }
            put(shelf, &format!("compression-{compression}-of-{name}"), file(&data, &fields, 0));
        }
    }
    let bomb = zeros(1 << 28);
    put(shelf, "deflate-bomb", file(&bomb, &honest(9, 8, u32::try_from(bomb.len()).unwrap_or(0)), 0));
    let blank = deflated(&[0; 90]);
    put(
        shelf,
        "deflate-too-short",
        file(&blank, &honest(6_000, 8, u32::try_from(blank.len()).unwrap_or(0)), 0),
    );
    for (name, fields) in liars() {
        put(shelf, name, changed(&fields));
    }
}

fn liars() -> Vec<(&'static str, Vec<Field>)> {
    vec![
        ("largest", vec![(256, LONG, 1, u32::MAX), (257, LONG, 1, u32::MAX)]),
        ("sixty-five-thousand", vec![(256, LONG, 1, 65_535), (257, LONG, 1, 65_535)]),
        ("no-width", vec![(256, LONG, 1, 0)]),
        ("width-of-billions", vec![(256, LONG, u32::MAX, 8)]),
        ("samples-sixty-thousand", vec![(277, SHORT, 1, 60_000)]),
        ("samples-none", vec![(277, SHORT, 1, 0)]),
        ("bits-sixty-four", vec![(258, SHORT, 1, 64)]),
        ("bits-none", vec![(258, SHORT, 1, 0)]),
        ("bits-of-billions", vec![(258, SHORT, 1_000_000_000, 8)]),
        ("strip-beyond", vec![(273, LONG, 1, u32::MAX)]),
        ("strip-is-long", vec![(279, LONG, 1, u32::MAX)]),
        ("strips-of-billions", vec![(273, LONG, 1_000_000_000, 8), (279, LONG, 1_000_000_000, 8)]),
        ("rows-none", vec![(278, LONG, 1, 0)]),
        ("rows-one-of-many", vec![(257, LONG, 1, 4_000_000), (278, LONG, 1, 1)]),
        (
            "tiles-of-one-dot",
            vec![
                (256, LONG, 1, 6_000),
                (257, LONG, 1, 6_000),
                (322, LONG, 1, 1),
                (323, LONG, 1, 1),
                (324, LONG, 1, 8),
                (325, LONG, 1, 1),
            ],
        ),
        (
            "tiles-of-nothing",
            vec![(322, LONG, 1, 0), (323, LONG, 1, 0), (324, LONG, 1, 8), (325, LONG, 1, 1)],
        ),
        (
            "tiles-larger-than-all",
            vec![(322, LONG, 1, 1 << 30), (323, LONG, 1, 1 << 30), (324, LONG, 1, 8), (325, LONG, 1, 81)],
        ),
        (
            "tiles-of-billions",
            vec![
                (322, LONG, 1, 16),
                (323, LONG, 1, 16),
                (324, LONG, 1_000_000_000, 8),
                (325, LONG, 1_000_000_000, 8),
            ],
        ),
        ("palette-missing", vec![(262, SHORT, 1, 3)]),
        ("kind-unknown", vec![(262, SHORT, 1, 9_999)]),
        ("planes-apart", vec![(284, SHORT, 1, 2), (277, SHORT, 1, 4)]),
        ("predictor-unknown", vec![(317, SHORT, 1, 99)]),
        ("orientation-nine", vec![(274, SHORT, 1, 9)]),
        ("format-complex", vec![(339, SHORT, 1, 6)]),
        ("type-unknown", vec![(256, 99, 1, 9)]),
        ("resolution-of-nothing", vec![(282, 5, 1, 8), (283, 5, 1, u32::MAX)]),
        ("child-is-itself", vec![(330, LONG, 1, 90)]),
    ]
}

/// So many directories over the same dots.
fn pages(count: u32) -> Vec<u8> {
    let fields = honest(9, 1, 81);
    let mut out = file(&[0x7F; 81], &fields, 0);
    let length = u32::try_from(2 + 12 * fields.len() + 4).unwrap_or(0);
    let (data, directory) = out.split_at(90);
    let (data, directory) = (data.to_vec(), directory[..directory.len() - 4].to_vec());
    out = data;
    for index in 0..count {
        out.extend(&directory);
        let next = if index + 1 == count { 0 } else { 90 + length * (index + 1) };
        out.extend(next.to_le_bytes());
    }
    out
}
