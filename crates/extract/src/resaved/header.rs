//! The steps that a JPEG file stores its values in.

use super::{FREQUENCIES, SIDE};

const VALUES: usize = SIDE * SIDE;
/// Where the values of a table stand in a block, in the order in which the file has them.
const ZIGZAG: [usize; VALUES] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
    14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39,
    46, 53, 60, 61, 54, 47, 55, 62, 63,
];
/// Example luminance steps of ITU-T T.81, annex K, at the frequencies that are looked at.
const USUAL: [u32; FREQUENCIES.len()] = [12, 11, 12, 14, 10, 13, 14, 14, 16];

/// The steps of a quality by the scale of the Independent JPEG Group, which most programs follow.
pub(super) fn usual_steps(quality: u32) -> [f64; FREQUENCIES.len()] {
    let quality = quality.clamp(1, 100);
    let percent = if quality < 50 { 5_000 / quality } else { 200 - 2 * quality };
    USUAL.map(|step| f64::from(((step * percent + 50) / 100).clamp(1, 255)))
}

/// The table of the luminance, row by row; `None` for files that are built in a rare way.
pub(super) fn luma_steps(jpeg: &[u8]) -> Option<[u16; VALUES]> {
    let mut tables: [Option<[u16; VALUES]>; 4] = [None; 4];
    let mut rest = jpeg.strip_prefix(&[0xFF, 0xD8])?;
    let (mut is_rgb, mut luma) = (false, None);
    loop {
        let [0xFF, marker, after @ ..] = rest else { return None };
        // Markers may be filled up.
        if *marker == 0xFF {
            rest = rest.get(1..)?;
            continue;
        }
        let length = usize::from(u16::from_be_bytes([*after.first()?, *after.get(1)?]));
        let segment = after.get(2..length)?;
        rest = after.get(length..)?;
        match marker {
            0xDB => read_tables(segment, &mut tables)?,
            // What Adobe says of its colors: none of them were turned into luminance.
            0xEE => is_rgb |= segment.starts_with(b"Adobe") && segment.get(11) == Some(&0),
            0xC0..=0xC2 => {
                let [_, _, _, _, _, count @ (1 | 3), parts @ ..] = segment else { return None };
                let sampling = |part: &[u8]| part.get(1).copied().unwrap_or(0);
                let first = parts.get(..3)?;
                let is_finest = parts.chunks_exact(3).all(|part| sampling(part) <= sampling(first));
                if !is_finest || (*count == 3 && is_rgb) {
                    return None;
                }
                luma = first.get(2).copied();
            }
            // Tables may stand before the frame or behind it, but before the pixels.
            0xDA => return *tables.get(usize::from(luma?))?,
            0xD9 => return None,
            _ => {}
        }
    }
}

fn read_tables(mut segment: &[u8], tables: &mut [Option<[u16; VALUES]>; 4]) -> Option<()> {
    while let [head, values @ ..] = segment {
        // Sixteen-bit steps belong to pictures of more than eight bits.
        if head >> 4 != 0 {
            return None;
        }
        let mut table = [0; VALUES];
        for (value, place) in values.get(..VALUES)?.iter().zip(ZIGZAG) {
            *table.get_mut(place)? = u16::from(*value);
        }
        *tables.get_mut(usize::from(head & 0x0F))? = Some(table);
        segment = values.get(VALUES..)?;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_steps() {
        assert_eq!(usual_steps(50), USUAL.map(f64::from));
        assert_eq!(usual_steps(75)[0], 6.0);
        assert_eq!(usual_steps(25)[1], 22.0);
    }

    #[test]
    fn no_jpeg_has_no_steps() {
        for bytes in [&b""[..], b"\xFF\xD8", b"\xFF\xD8\xFF\xDB\x00\x01", b"\xFF\xD8\xFF\xDB\x00\x43\x00"] {
            assert_eq!(luma_steps(bytes), None);
        }
    }
}
