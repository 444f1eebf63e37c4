//! Scans as TIFF: a picture a page, one strip each.

use super::{Bitmap, fax};

/// How the pixels are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TiffCodec {
    /// Gray, as they are.
    Gray,
    /// Black and white, as they are.
    Bilevel,
    /// Fax group 3, one-dimensional.
    FaxGroup3,
    /// Fax group 4.
    FaxGroup4,
}

impl TiffCodec {
    /// Bits of a pixel, number of the compression, what 0 means, and the data.
    fn encode(self, picture: &Bitmap) -> (u16, u16, u16, Vec<u8>) {
        match self {
            Self::Gray => (8, 1, 1, picture.pixels.clone()),
            Self::Bilevel => (1, 1, 1, picture.packed()),
            Self::FaxGroup3 => (1, 3, 0, fax::group3(picture)),
            Self::FaxGroup4 => (1, 4, 0, fax::group4(picture)),
        }
    }
}

/// A file of these pictures.
#[must_use]
pub fn tiff(pictures: &[Bitmap], codec: TiffCodec) -> Vec<u8> {
    let mut out = b"II*\0".to_vec();
    let mut link = out.len();
    out.extend([0; 4]);
    for picture in pictures {
        let (bits, compression, meaning, data) = codec.encode(picture);
        let strip = word(out.len());
        out.extend(&data);
        if out.len() % 2 == 1 {
            out.push(0);
        }
        let resolution = word(out.len());
        out.extend(picture.dpi.to_le_bytes());
        out.extend(1_u32.to_le_bytes());
        let directory = word(out.len());
        out[link..link + 4].copy_from_slice(&directory.to_le_bytes());
        let (short, long, ratio) = (3_u16, 4_u16, 5_u16);
        let entries: [(u16, u16, u32); 12] = [
            (256, long, word(picture.width)),
            (257, long, word(picture.height)),
            (258, short, u32::from(bits)),
            (259, short, u32::from(compression)),
            (262, short, u32::from(meaning)),
            (273, long, strip),
            (277, short, 1),
            (278, long, word(picture.height)),
            (279, long, word(data.len())),
            (282, ratio, resolution),
            (283, ratio, resolution),
            (296, short, 2),
        ];
        out.extend(u16::try_from(entries.len()).unwrap_or(0).to_le_bytes());
        for (tag, kind, value) in entries {
            out.extend(tag.to_le_bytes());
            out.extend(kind.to_le_bytes());
            out.extend(1_u32.to_le_bytes());
            out.extend(value.to_le_bytes());
        }
        link = out.len();
        out.extend([0; 4]);
    }
    out
}

fn word(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(0)
}
